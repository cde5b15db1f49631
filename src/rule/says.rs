//! Does something fill every `{place}` of a sentence?

use super::block::Law;
use super::desk::Desk;
use super::nearest::{did_you_mean, listed};
use super::vocabulary::own;
use super::{Vocabulary, Wrong};
use crate::phrase::Phrase;
use std::collections::BTreeSet;
use std::ops::Range;

/// The places of a sentence; a bracket without its other half is refused.
fn places(desk: &mut Desk, says: &(String, Range<usize>)) -> BTreeSet<String> {
    let (text, span) = says;
    let mut places = BTreeSet::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let after = rest.get(at + 1..).unwrap_or_default();
        let end = if rest[at..].starts_with('{') { after.find(['{', '}']) } else { None };
        match end.map(|end| (after.get(..end), after.get(end..))) {
            Some((Some(name), Some(tail))) if tail.starts_with('}') => {
                places.insert(name.to_owned());
                rest = tail.get(1..).unwrap_or_default();
            }
            _ => {
                let reason = Phrase::new("a bracket without its other half", "Eine Klammer ohne ihr Gegenstück");
                let help = Phrase::new(
                    "places are written `{open}name{close}`",
                    "Platzhalter schreibt man `{open}name{close}`",
                )
                .with("open", "{")
                .with("close", "}");
                let span = find(desk, span, rest);
                desk.refuse(Wrong::OpenPlace, span, reason, help);
                break;
            }
        }
    }
    places
}

/// Where a part of the sentence is written; the whole sentence where that cannot be told.
fn find(desk: &Desk, span: &Range<usize>, part: &str) -> Range<usize> {
    match desk.slice(span.clone()).find(part) {
        Some(at) => span.start + at..span.start + at + part.len(),
        None => span.clone(),
    }
}

/// Refuses places that nothing fills; gives the places of the sentence.
pub(super) fn check(
    desk: &mut Desk,
    says: &(String, Range<usize>),
    law: &mut Law,
    vocabulary: &Vocabulary,
) -> BTreeSet<String> {
    let places = places(desk, says);
    for place in &places {
        if law.settings.contains_key(place) {
            law.used_settings.insert(place.clone());
            continue;
        }
        let Some(looks_at) = law.looks_at.filter(|_| !law.refused_settings.contains(place)) else { continue };
        let known = match (place.strip_prefix("repository."), looks_at) {
            (Some(name), _) => vocabulary.whole(name).is_some(),
            (None, None) => vocabulary.whole(place).is_some(),
            (None, Some(subject)) => matches!(place.as_str(), "called" | "path") || own(subject, place).is_some(),
        };
        if known {
            continue;
        }
        let whole_only = looks_at.is_none() && matches!(place.as_str(), "called" | "path");
        let help = if whole_only {
            Phrase::new(
                "the repository as a whole has neither name nor path",
                "Das Repository als Ganzes hat weder Namen noch Pfad",
            )
        } else {
            let names = known_names(law, vocabulary);
            did_you_mean(place, names.iter().map(String::as_str)).unwrap_or_else(|| {
                let short = names.iter().map(String::as_str).filter(|name| !name.starts_with("repository."));
                Phrase::new("what can stand there: {names}", "Dort kann stehen: {names}").with("names", listed(short))
            })
        };
        let reason = Phrase::new("nothing fills the place `{place}`", "Nichts füllt den Platzhalter `{place}`")
            .with("place", place.as_str());
        let span = find(desk, &says.1, &format!("{{{place}}}"));
        desk.refuse(Wrong::UnknownPlace, span, reason, help);
    }
    places
}

/// The places that a sentence of this rule may have.
fn known_names(law: &Law, vocabulary: &Vocabulary) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    match law.looks_at.flatten() {
        Some(subject) => {
            names.extend(["called", "path"].map(str::to_owned));
            names.extend(subject.signals.iter().map(|signal| signal.name.to_owned()));
        }
        None => names.extend(vocabulary.wholes.iter().map(|whole| whole.signal.name.to_owned())),
    }
    names.extend(law.settings.keys().cloned());
    names.extend(vocabulary.wholes.iter().map(|whole| format!("repository.{}", whole.signal.name)));
    names
}

/// The same for a German sentence. What fills a finding is asked for by the English sentence, so the German one has no
/// place that the English one has not.
pub(super) fn check_german(
    desk: &mut Desk,
    says: &(String, Range<usize>),
    law: &mut Law,
    vocabulary: &Vocabulary,
    english: &BTreeSet<String>,
) {
    let before = desk.mistakes.len();
    let places = check(desk, says, law, vocabulary);
    if desk.mistakes.len() > before {
        return;
    }
    for place in places.difference(english) {
        let reason = Phrase::new(
            "the English sentence has no place `{place}`",
            "Der englische Satz hat keinen Platzhalter `{place}`",
        )
        .with("place", place.as_str());
        let span = find(desk, &says.1, &format!("{{{place}}}"));
        desk.refuse(Wrong::GermanPlace, span, reason, None);
    }
}
