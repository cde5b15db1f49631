//! Is there a README, and does it say anything?

use crate::phrase::Phrase;
use crate::reading::corpus::{self, Corpus};
use crate::reading::document::Document;
use crate::reading::{Readings, spoken};
use crate::repository::RepoPath;
use crate::signal::{Observation, Place, Reading, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeSet;

pub(super) fn has_readme(readings: &Readings<'_>) -> Reading {
    Ok(Value::from(corpus::readme_files(readings.repo).next().is_some()))
}

/// The README that speaks for the whole.
pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let corpus = readings.corpus();
    let seen = |path: &RepoPath| Observation::new(Place::file(path), Untrusted::new(path.as_bytes()));
    let Some(readme) = corpus.readme() else {
        // There is one, but nobody here can read it: a PDF, or a file that is too large.
        let path = corpus::readme_files(readings.repo).next().map(|file| seen(&file.path));
        let why = Phrase::new("the README cannot be read", "die README lässt sich nicht lesen");
        return path
            .into_iter()
            .map(|seen| {
                let seen = seen.with_reading("words", Err(why.clone())).with_reading("template", Err(why.clone()));
                seen.with_reading("written-in", Err(why.clone()))
            })
            .collect();
    };
    let template = corpus.own(readme).and_then(|own| own.template).unwrap_or_default();
    // What one of the READMEs beside it says (other languages), or the document it only points at, is said as well.
    let words = beside(corpus, readme).filter_map(|readme| corpus.own(readme)).map(|own| own.words).max();
    vec![
        seen(&readme.path)
            .with("words", words.unwrap_or(0))
            .with("template", template)
            .with_reading("written-in", languages(corpus)),
    ]
}

/// The languages of all READMEs that speak for the whole.
fn languages(corpus: &Corpus) -> Reading {
    let mut told = BTreeSet::new();
    for readme in corpus.readmes() {
        match spoken::of(readme) {
            Some(language) => told.insert(language),
            None => {
                return Err(Phrase::new(
                    "it cannot be told in which language {readme} is written",
                    "in welcher Sprache {readme} geschrieben ist, lässt sich nicht sagen",
                )
                .with("readme", &readme.path));
            }
        };
    }
    Ok(Value::List(told.into_iter().map(Untrusted::from).collect()))
}

/// READMEs in the same folder, and those elsewhere that this one links.
fn beside<'c>(corpus: &'c Corpus, readme: &'c Document) -> impl Iterator<Item = &'c Document> {
    let linked = corpus.linked(readme);
    corpus.readmes().filter(move |other| {
        other.path.folder() == readme.path.folder() || linked.iter().any(|linked| linked.path == other.path)
    })
}
