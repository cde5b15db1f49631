//! What is wrong with each file that describes data by a standard?

use super::there::There;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::dataset::{self, Described, NamedFile, Standard};
use crate::reading::schema::Flaw;
use crate::repository::{File, FileKind, Loss};
use crate::signal::{Observation, Place, Value};
use crate::untrusted::Untrusted;

/// So many files are looked into.
const FILES: usize = 1000;
/// So many files that are missing are told one by one.
const MISSING: usize = 3;

pub(super) fn descriptions(readings: &Readings<'_>) -> Vec<Observation> {
    let repo = readings.repo;
    let is_one = |file: &&File| {
        file.kind == FileKind::Regular && file.marks.none() && file.len != Some(0) && dataset::may_describe(&file.path)
    };
    let mut files: Vec<&File> = repo.files().iter().filter(is_one).collect();
    if files.len() > FILES {
        let why = Phrase::new(
            "only the first {most} of {all} files that may describe data were read",
            "nur die ersten {most} von {all} Dateien, die Daten beschreiben könnten, wurden gelesen",
        );
        let why = why.with("most", FILES.to_string()).with("all", files.len().to_string());
        repo.lose(Loss { path: None, why });
        files.truncate(FILES);
    }
    let mut there = There::of(repo);
    let mut seen = Vec::new();
    for file in files {
        let Ok(text) = repo.text(file) else { continue };
        if let Some((standard, described)) = dataset::read(&file.path, &text) {
            seen.extend(observed(file, standard, described, &mut there));
        }
    }
    seen
}

fn observed(file: &File, standard: Standard, described: Described, there: &mut There<'_>) -> Vec<Observation> {
    let new = |place: Place, called: Untrusted| Observation::new(place, called).with("standard", standard.name());
    if let Some(why) = described.unknown {
        let seen = new(Place::file(&file.path), file.path.untrusted()).with_reading("wrong", Err(why.clone()));
        return vec![seen.with("problem", Value::Said(why))];
    }
    let mut flaws = described.flaws;
    let all = described.files.len();
    let missing: Vec<NamedFile> =
        described.files.into_iter().filter(|named| there.is_missing(&file.path, &named.path)).collect();
    let count = missing.len();
    // so many have one reason: the description lies in another folder than it thinks
    let told = if count > MISSING { 1 } else { count };
    flaws.extend(missing.into_iter().take(told).map(|named| Flaw {
        key: named.key,
        span: Some(named.span),
        why: not_there(named.path, count, told, all),
        breaks: true,
    }));
    flaws.sort_by_key(|flaw| (flaw.span.is_some(), flaw.span));
    if flaws.is_empty() {
        let none = Phrase::new("nothing is wrong", "nichts ist falsch");
        return vec![new(Place::file(&file.path), file.path.untrusted()).with("wrong", false).with("problem", none)];
    }
    let one = |flaw: Flaw| {
        let place = flaw.span.map_or_else(|| Place::file(&file.path), |span| Place::span(&file.path, span));
        let called = if flaw.key.is_empty() { file.path.untrusted() } else { Untrusted::from(flaw.key) };
        new(place, called).with("wrong", true).with("problem", flaw.why)
    };
    flaws.into_iter().map(one).collect()
}

fn not_there(path: String, count: usize, told: usize, all: usize) -> Phrase {
    if count == told {
        return Phrase::new("the file {path} is not there", "die Datei {path} gibt es nicht").with("path", path);
    }
    Phrase::new(
        "{count} of the {all} files that are named here are not there; the first is {path}",
        "{count} der {all} Dateien, die hier genannt sind, gibt es nicht; die erste ist {path}",
    )
    .with("count", count.to_string())
    .with("all", all.to_string())
    .with("path", path)
}
