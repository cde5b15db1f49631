//! Which tokens and passwords stand in files that anybody may open?
//!
//! What is found is told by its form, its place and at most the first characters of its public prefix.

use super::secret_file::beside;
use crate::reading::credential::says_sample;
use crate::reading::{Readings, credential, secrets};
use crate::repository::{File, RepoPath};
use crate::signal::{Observation, Place};

pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
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
