//! From where do manifests and lock files take packages, and what keeps the public from it?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::manifest::Ecosystem;
use crate::reading::origins::{self, Origin, barrier};
use crate::reading::position::Lines;
use crate::repository::File;
use crate::signal::{Kind, Observation, Place, Signal, Subject, Value};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const SUBJECT: Subject = Subject {
    name: "package-origin",
    is: Words::new(
        "place that a manifest or lock file takes packages or images from",
        "Ort, von dem ein Manifest oder eine Lock-Datei Pakete oder Images bezieht",
    ),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "kind",
            kind: Kind::Text,
            asks: Words::new(
                "What is it: `registry`, `git`, `folder` or `image`?",
                "Was ist es: `registry`, `git`, `folder` oder `image`?",
            ),
        },
        Signal {
            name: "packages",
            kind: Kind::Number,
            asks: Words::new(
                "In how many places of the file is it named?",
                "An wie vielen Stellen der Datei wird er genannt?",
            ),
        },
        Signal {
            name: "behind",
            kind: Kind::List,
            asks: Words::new(
                "In which domains, private networks and services does it lie (`maven.pkg.github.com`, `stadt.intern`, \
                 `10.0.0.0/8`), and what else keeps the public from it: `ssh-key`, `token`, `outside-tree`, `no-domain`?",
                "In welchen Domains, privaten Netzen und Diensten liegt er (`maven.pkg.github.com`, `stadt.intern`, \
                 `10.0.0.0/8`), und was hält die Öffentlichkeit sonst fern: `ssh-key`, `token`, `outside-tree`, `no-domain`?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let repo = readings.repo;
    let names = needed_names(readings);
    let files: Vec<&File> = repo.files().iter().filter(|file| origins::is_read(file)).collect();
    let found = files.into_par_iter().map(|file| {
        let Ok(text) = repo.text_once(file) else { return Vec::new() };
        let folder = String::from_utf8_lossy(file.path.folder()).into_owned();
        let mut seen: BTreeMap<String, (Origin, Vec<String>, usize)> = BTreeMap::new();
        for origin in origins::origins(&file.path, &text) {
            let unneeded = origin.scope.as_ref().is_some_and(|scope| !names.iter().any(|name| in_scope(name, scope)));
            if unneeded {
                continue;
            }
            if let Some((_, _, count)) = seen.get_mut(&origin.called) {
                *count += 1;
                continue;
            }
            let behind = origins::behind(&origin, &folder);
            if !behind.is_empty() {
                seen.insert(origin.called.clone(), (origin, behind, 1));
            }
        }
        let lines = Lines::new(&text);
        seen.into_values()
            .map(|(origin, behind, count)| {
                let place = Place::span(&file.path, lines.span(&text, &origin.at));
                let unknown = behind.iter().any(|one| one == barrier::OUTSIDE) && !repo.has_git();
                let behind = if unknown { Err(no_root()) } else { Ok(Value::List(list(behind))) };
                let written = text.get(origin.at.clone()).unwrap_or_default();
                let observation = Observation::new(place, origin.called.as_str())
                    .with("kind", origin.kind.name())
                    .with("packages", count)
                    .with_reading("behind", behind);
                let login = written.contains('@') && written.contains("://") && !written.contains("//git@");
                if login { observation.not_quotable() } else { observation }
            })
            .collect()
    });
    let mut found: Vec<Observation> = found.collect::<Vec<_>>().into_iter().flatten().collect();
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}

fn list(texts: Vec<String>) -> Vec<crate::untrusted::Untrusted> {
    texts.into_iter().map(Into::into).collect()
}

fn no_root() -> Phrase {
    Phrase::new(
        "without git nobody can tell whether the folder lies outside of the repository",
        "ohne Git lässt sich nicht sagen, ob der Ordner außerhalb des Repositorys liegt",
    )
}

/// The names of packages that npm must fetch: what the manifests of the tree need and none of them is.
fn needed_names(readings: &Readings<'_>) -> BTreeSet<String> {
    let manifests = || readings.manifests().iter().filter(|manifest| manifest.ecosystem == Ecosystem::Npm);
    let own: BTreeSet<&str> =
        manifests().filter_map(|manifest| manifest.name.as_ref()).map(|name| name.value.as_str()).collect();
    let local =
        |wanted: &str| ["workspace:", "file:", "link:", "portal:"].iter().any(|start| wanted.starts_with(start));
    manifests()
        .flat_map(|manifest| &manifest.dependencies)
        .filter(|dependency| !own.contains(dependency.name.value.as_str()) && !local(&dependency.wanted))
        .map(|dependency| dependency.name.value.clone())
        .collect()
}

fn in_scope(name: &str, scope: &str) -> bool {
    name.strip_prefix(scope).is_some_and(|rest| rest.starts_with('/'))
}
