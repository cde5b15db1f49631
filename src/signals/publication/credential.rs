//! Which tokens and passwords stand in files that anybody may open?
//!
//! What is found is told by its form, its place and at most the first characters of its public prefix.

use super::secret_file::beside;
use crate::phrase::Words;
use crate::reading::credential::says_sample;
use crate::reading::{Readings, credential, secrets};
use crate::repository::{File, RepoPath};
use crate::signal::{Kind, Observation, Place, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "credential",
    is: Words::new(
        "token or password that proves by its form what it is",
        "Token oder Passwort, dessen Form beweist, was es ist",
    ),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "form",
            kind: Kind::Text,
            asks: Words::new(
                "Which form does it have: `github-token`, `slack-webhook`, `url-password`, `connection-password` …?",
                "Welche Form hat es: `github-token`, `slack-webhook`, `url-password`, `connection-password` …?",
            ),
        },
        Signal {
            name: "test-like",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does its path, its line or what stands beside it say that it is made up, or only for trying things out?",
                "Sagt sein Pfad, seine Zeile oder was daneben steht, dass es erfunden oder nur zum Ausprobieren da ist?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let files = readings.repo.files().iter().zip(readings.scans());
    let holding = files.filter(|(file, scan)| !scan.credentials.is_empty() && !is_told_as_a_file(file));
    let mut seen = Vec::new();
    for (file, scan) in holding {
        let sample = is_beside_samples(readings, &file.path);
        seen.extend(scan.credentials.iter().map(|found| observed(file, found, sample)));
    }
    seen
}

/// Files that hold credentials by their kind are the subject of `secret-file`.
fn is_told_as_a_file(file: &File) -> bool {
    secrets::has_form(&file.path) || secrets::is_environment(&file.path) && !secrets::is_template(&file.path)
}

fn observed(file: &File, found: &credential::Credential, beside_samples: bool) -> Observation {
    let called = match found.begins.as_str() {
        "" => found.form.to_owned(),
        begins => format!("{} {begins}…", found.form),
    };
    Observation::new(Place::span(&file.path, found.span), called)
        .with("form", found.form)
        .with("test-like", found.sample || beside_samples)
        .not_quotable()
}

/// Whether a README in the folder of a file, unless that is the root, says that samples lie there.
fn is_beside_samples(readings: &Readings<'_>, path: &RepoPath) -> bool {
    let is_readme = |file: &&File| file.path.name_lower().starts_with("readme");
    !path.at_root()
        && beside(readings, path.folder())
            .filter(is_readme)
            .filter_map(|file| readings.repo.text(file).ok())
            .any(|text| says_sample(&text))
}
