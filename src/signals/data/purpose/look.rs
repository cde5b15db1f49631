//! Are models trained or used here, and does a document say why?

use super::super::uses;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::card::{self, Of, Part};
use crate::reading::document::Document;
use crate::reading::learning;
use crate::reading::source::{Evidence, Is};
use crate::reading::weights;
use crate::repository::RepoPath;
use crate::signal::{Observation, Place, Reading, Span, Value};
use crate::untrusted::Untrusted;
use rayon::prelude::*;

/// The use of machine learning, where there is any.
pub(super) fn machine_learning(readings: &Readings<'_>) -> Vec<Observation> {
    let Some(shown) = shown(readings) else { return Vec::new() };
    let told = told(readings);
    let corpus = readings.corpus();
    let answer: Reading = if told.is_none() && !corpus.unread().is_empty() {
        Err(Phrase::new(
            "what is said of it may stand in a document that is not read (PDF, office files)",
            "was dazu gesagt wird, kann in einem Dokument stehen, das nicht gelesen wird (PDF, Office-Dateien)",
        ))
    } else {
        Ok(Value::from(told.is_some()))
    };
    let place = match corpus.readme() {
        Some(readme) => Place::span(&readme.path, Span::on_line(1, 1, 1)),
        None => Place::span(shown.path, Span::on_line(shown.line, 1, 1)),
    };
    let first = format!("{}:{}", shown.path.lossy(), shown.line);
    let where_told = told.map(Untrusted::from).into_iter().collect();
    vec![
        Observation::new(place, shown.with)
            .with_reading("purpose-told", answer)
            .with("purpose-where", Value::List(where_told))
            .with("shown-by", shown.by)
            .with("where", first.as_str()),
    ]
}

/// What shows that models are at work.
struct Shown<'r> {
    by: &'static str,
    /// a library, a model, a file
    with: String,
    path: &'r RepoPath,
    line: u32,
}

/// The strongest evidence: training, then a model that a call is given, then weights in the tree.
fn shown<'r>(readings: &'r Readings<'_>) -> Option<Shown<'r>> {
    let files = readings.repo.files().iter().zip(readings.scans());
    let mut trains = files.filter_map(|(file, scan)| Some((file, scan.training.as_ref()?)));
    if let Some((file, training)) = trains.next() {
        return Some(Shown { by: "training", with: training.with.clone(), path: &file.path, line: training.line });
    }
    let models = uses::grouped(readings, |used| used.is == Is::Model && used.evidence <= Evidence::Flow);
    let deciding = models.iter().filter(|found| !learning::is_tool(&found.called));
    let used = deciding.filter_map(|found| found.uses.first().map(|(file, used)| (found, *file, *used)));
    if let Some((found, file, used)) = used.min_by_key(|(_, file, used)| (&file.path, used.line)) {
        return Some(Shown { by: "model", with: found.called.clone(), path: &file.path, line: used.line });
    }
    let weights = weights::weights(readings.repo);
    let first = weights.first()?;
    Some(Shown { by: "weights", with: first.file.path.lossy().into_owned(), path: &first.file.path, line: 1 })
}

/// The first place that says why: a README, a filled card, then all other documents.
fn told(readings: &Readings<'_>) -> Option<String> {
    let corpus = readings.corpus();
    let at = |document: &Document, line: u32| format!("{}:{line}", document.path.lossy());
    if let Some(place) = corpus.readmes().find_map(|readme| Some(at(readme, learning::why(readme)?))) {
        return Some(place);
    }
    let cards = card::cards(readings.repo, corpus);
    let filled =
        cards.iter().find(|card| card.of == Of::Model && !card.template && card.told.contains(&Part::IntendedUse));
    if let Some(card) = filled {
        return Some(format!("{}:{}", card.file.path.lossy(), card.line));
    }
    let documents: Vec<&Document> = corpus.documents().collect();
    let lines: Vec<Option<u32>> = documents.par_iter().map(|document| learning::why(document)).collect();
    documents.iter().zip(lines).find_map(|(document, line)| Some(at(document, line?)))
}
