//! Which trained weights lie in the tree, and does a model card belong to them?

use super::super::mention::{self, Mention, Wanted};
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::address::Address;
use crate::reading::card::{self, Card, Of, Part};
use crate::reading::corpus;
use crate::reading::document::Document;
use crate::reading::weights::{self, Weights};
use crate::repository::RepoPath;
use crate::signal::{Observation, Place, Reading, Value};
use crate::untrusted::Untrusted;
use std::collections::{BTreeMap, BTreeSet};

/// The trained weights, by folder.
pub(super) fn weights(readings: &Readings<'_>) -> Vec<Observation> {
    let mut by_folder: BTreeMap<&[u8], Vec<Weights<'_>>> = BTreeMap::new();
    for found in weights::weights(readings.repo) {
        by_folder.entry(found.file.path.folder()).or_default().push(found);
    }
    if by_folder.is_empty() {
        return Vec::new();
    }
    let mut cards = card::cards(readings.repo, readings.corpus());
    cards.retain(|card| card.of == Of::Model && !card.template);
    let folders: BTreeSet<&[u8]> = by_folder.keys().copied().collect();
    let wanted: Vec<_> = by_folder.values().map(|group| names(group)).collect();
    let places = mention::places(readings, &wanted);
    let mut seen = Vec::new();
    for ((folder, group), places) in by_folder.iter().zip(places) {
        let card = card_of(readings, &cards, &folders, folder, &places);
        // Weights at the root have no folder of their own to be named by.
        let path = match group.as_slice() {
            [only] => only.file.path.clone(),
            [first, ..] if folder.is_empty() => first.file.path.clone(),
            _ => RepoPath::new(folder),
        };
        let formats: BTreeSet<&str> = group.iter().map(|found| found.format).collect();
        seen.push(
            Observation::new(Place::file(&path), path.untrusted())
                .with_reading("card", answer(readings, &card))
                .with("card-where", list(card))
                .with("documented-where", mention::listed(&places))
                .with("format", formats.into_iter().collect::<Vec<_>>().join(", ").as_str())
                .with("files", group.len())
                .with("pointer", group.iter().any(|found| found.pointer)),
        );
    }
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen
}

fn list(card: Option<String>) -> Value {
    Value::List(card.into_iter().map(Untrusted::from).collect())
}

/// Whether there is a card; where documents cannot be read that may be one, nobody can tell.
fn answer(readings: &Readings<'_>, card: &Option<String>) -> Reading {
    let may_be_one = |path: &RepoPath| {
        let name = path.name_lower();
        name.contains("card") || name.contains("karte") || name.contains("model")
    };
    if card.is_none() && readings.corpus().unread().iter().any(may_be_one) {
        return Err(Phrase::new(
            "what may be the model card is in a format that is not read (PDF, office files)",
            "was die Modellkarte sein könnte, hat ein Format, das nicht gelesen wird (PDF, Office-Dateien)",
        ));
    }
    Ok(Value::from(card.is_some()))
}

/// The card of the weights in a folder: one in it or above, one that lies where no weights do, a document that tells
/// what a card tells, or a link to a card elsewhere beside the name of the weights.
fn card_of(
    readings: &Readings<'_>,
    cards: &[Card<'_>],
    folders: &BTreeSet<&[u8]>,
    folder: &[u8],
    places: &[Mention],
) -> Option<String> {
    let fits = |card: &&Card<'_>| {
        let own = card.file.path.folder();
        is_above(own, folder) || is_above(folder, own) || !folders.contains(own)
    };
    if let Some(card) = cards.iter().find(fits) {
        return Some(card.file.path.lossy().into_owned());
    }
    let named = |document: &Document| places.iter().any(|place| place.path == document.path);
    let tells = |document: &&Document| {
        let near = corpus::is_readme(&document.path) && is_above(document.path.folder(), folder);
        (near || named(document)) && {
            let told = card::told(document);
            [Part::TrainingData, Part::Evaluation, Part::Limits].iter().all(|part| told.contains(part))
        }
    };
    let documents = || readings.corpus().documents();
    let links = |document: &&Document| {
        let here = places.iter().filter(|place| place.path == document.path);
        let lines: Vec<u32> = here.map(|place| place.line).collect();
        document.links.iter().any(|link| {
            lines.iter().any(|line| line.abs_diff(link.line) <= NEAR) && leads_to_card(link.url.as_str(), &link.text)
        })
    };
    documents().find(tells).or_else(|| documents().find(links)).map(|document| document.path.lossy().into_owned())
}

/// So many lines apart a link still belongs to a name.
const NEAR: u32 = 6;

/// Whether a link leads to a model's page on a hub, or says that it leads to a card.
fn leads_to_card(url: &str, text: &str) -> bool {
    let text = text.to_lowercase();
    if ["model card", "modelcard", "modellkarte"].iter().any(|name| text.contains(name)) {
        return true;
    }
    Address::find(url).is_some_and(|(_, address)| {
        let path = address.path.trim_matches('/');
        match address.host.as_str() {
            "huggingface.co" | "hf.co" => {
                path.matches('/').count() >= 1
                    && !["datasets/", "spaces/", "docs/", "blog/"].iter().any(|other| path.starts_with(other))
            }
            "tfhub.dev" => !path.is_empty(),
            "kaggle.com" | "www.kaggle.com" => path.starts_with("models/"),
            _ => false,
        }
    })
}

/// Whether a folder is another, or lies above it.
fn is_above(above: &[u8], below: &[u8]) -> bool {
    above.is_empty() || below.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
}

/// What names weights in a document: their names, and the path of their folder.
fn names(group: &[Weights<'_>]) -> BTreeSet<Wanted> {
    let mut wanted = BTreeSet::new();
    for found in group {
        let name = String::from_utf8_lossy(found.file.path.name()).into_owned();
        wanted.insert(Wanted::Exact(name));
        let folder = String::from_utf8_lossy(found.file.path.folder()).into_owned();
        if folder.contains('/') {
            wanted.insert(Wanted::Exact(folder));
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders() {
        for (above, below, yes) in
            [("", "a", true), ("a", "a", true), ("a", "a/b", true), ("a", "ab", false), ("a/b", "a", false)]
        {
            assert_eq!(is_above(above.as_bytes(), below.as_bytes()), yes, "{above} {below}");
        }
    }

    #[test]
    fn links_to_cards() {
        for (url, text, yes) in [
            ("https://huggingface.co/org/trees", "weights", true),
            ("https://huggingface.co/datasets/org/trees", "data", false),
            ("https://huggingface.co/docs/hub", "hub", false),
            ("https://huggingface.co/", "hub", false),
            ("https://example.org/x", "Model card", true),
            ("https://example.org/x", "paper", false),
        ] {
            assert_eq!(leads_to_card(url, text), yes, "{url}");
        }
    }
}
