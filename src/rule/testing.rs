//! What do tests of rules ask? A vocabulary and pages of their own, so that they do not depend on the rooms.

use super::{Norms, Rule, Vocabulary, load};
use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::signal::{Kind, Observation, Place, Reading, Signal, Span, Subject, Whole};
use std::path::Path;

const fn asks(name: &'static str, kind: Kind, en: &'static str, de: &'static str) -> Signal {
    Signal { name, kind, asks: Words::new(en, de) }
}

static SUBJECTS: [Subject; 2] = [
    Subject {
        name: "data-source",
        is: Words::new("place that data are read from", "Ort, von dem Daten gelesen werden"),
        none: Words::new("no data are read", "Es werden keine Daten gelesen"),
        signals: &[
            asks("documented", Kind::YesNo, "Does any document name it?", "Nennt es ein Dokument?"),
            asks("own-site", Kind::YesNo, "Is it the project's own site?", "Ist es die eigene Seite des Projekts?"),
            asks("uses", Kind::Number, "In how many places is it read?", "An wie vielen Stellen wird es gelesen?"),
            asks("host", Kind::Text, "Which host is it?", "Welcher Host ist es?"),
            asks("formats", Kind::List, "Which formats does it offer?", "Welche Formate bietet es an?"),
        ],
        look: sources,
    },
    Subject {
        name: "manifest",
        is: Words::new("package manifest", "Paketmanifest"),
        none: Words::new("no manifests", "keine Manifeste"),
        signals: &[
            asks("publishable", Kind::YesNo, "Can it be published?", "Kann es veröffentlicht werden?"),
            asks("ecosystem", Kind::Text, "Whose manifest is it?", "Wessen Manifest ist es?"),
        ],
        look: |_| Vec::new(),
    },
];

/// Their names are no names of the rooms: the judge looks up what a message says by name.
static WHOLES: [Whole; 4] = [
    Whole {
        signal: asks("kind", Kind::Text, "What kind of repository is it?", "Was für ein Repository ist es?"),
        answer: |_| Ok("software".into()),
    },
    Whole {
        signal: asks(
            "months-quiet",
            Kind::Number,
            "For how many months has nobody worked on it?",
            "Seit wie vielen Monaten hat niemand daran gearbeitet?",
        ),
        answer: no_history,
    },
    Whole {
        signal: asks("adopts-reuse", Kind::YesNo, "Does it adopt REUSE?", "Folgt es REUSE?"),
        answer: |_| Ok(false.into()),
    },
    Whole {
        signal: asks("languages", Kind::List, "In which languages is it?", "In welchen Sprachen ist es?"),
        answer: |_| Err(Phrase::new("not asked", "nicht gefragt")),
    },
];

/// Every file `load.txt` is an undocumented source.
fn sources(readings: &Readings<'_>) -> Vec<Observation> {
    let files = readings.repo.files().iter().filter(|file| file.path.name() == b"load.txt");
    files
        .map(|file| {
            Observation::new(Place::span(&file.path, Span::on_line(1, 1, 2)), "opendata.example.org")
                .with("documented", false)
                .with("own-site", false)
                .with("uses", 1_i64)
                .with("host", "opendata.example.org")
                .with_reading("formats", Err(Phrase::new("not asked", "nicht gefragt")))
        })
        .collect()
}

fn no_history(_: &Readings<'_>) -> Reading {
    Err(Phrase::new("this folder has no git history", "Dieser Ordner hat keine Git-Historie"))
}

pub(crate) fn vocabulary() -> Vocabulary {
    Vocabulary { subjects: SUBJECTS.iter().collect(), wholes: WHOLES.iter().collect() }
}

/// A page that uses everything a page may use.
pub(crate) const PAGE: &str = include_str!("../../fixtures/good-rules/house/source.md");
/// Its German page.
pub(crate) const PAGE_DE: &str = include_str!("../../fixtures/good-rules/house/source.de.md");
/// A page about the repository as a whole, without a German one.
const WHOLE_PAGE: &str = include_str!("../../fixtures/good-rules/house/asleep.md");

/// The rules of these pages.
pub(crate) fn rules() -> Vec<Rule> {
    let pages = [("house/source.md", PAGE), ("house/source.de.md", PAGE_DE), ("house/asleep.md", WHOLE_PAGE)];
    let pages = pages.map(|(path, text)| (path.to_owned(), text.to_owned())).to_vec();
    load(pages, &vocabulary(), Norms::shipped(), false).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// Snapshots in `tests/snapshots/<folder>`.
pub(crate) fn snapshots(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(folder));
    settings
}
