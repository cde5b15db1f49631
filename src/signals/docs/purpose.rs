//! Does the README say what this is, before it says how to use it?

use crate::reading::Readings;
use crate::reading::corpus::Corpus;
use crate::reading::document::{Document, Prose, ProseKind, tokens};
use crate::reading::ended;
use crate::reading::sections::{self, Meaning};
use crate::signal::{Reading, Value};

/// Sections that say how, or something else than what it is: what stands behind the first of them comes too late.
const HOW_TO: &[Meaning] = &[
    Meaning::Installation,
    Meaning::Usage,
    Meaning::Contributing,
    Meaning::Licence,
    Meaning::Operation,
    Meaning::Tests,
    Meaning::Release,
    Meaning::Contact,
    Meaning::Security,
    Meaning::CodeOfConduct,
];
/// Headings that stand before a how-to and are part of it.
const BEFORE: &[&str] =
    &["prerequisite", "requirement", "voraussetzung", "prérequis", "requisit", "requisiti", "vereisten"];
/// A sentence of fewer words names a thing and does not say what it is for.
const WORDS: usize = 4;

pub(super) fn says(readings: &Readings<'_>) -> Reading {
    let corpus: &Corpus = readings.corpus();
    Ok(Value::from(corpus.readmes().any(says_purpose)))
}

/// Whether a sentence before the first how-to section says what it is.
fn says_purpose(readme: &Document) -> bool {
    let ended = ended::says_ended(readme);
    let until =
        readme.headings.iter().skip(usize::from(readme.headings.len() > 1)).find(|heading| is_how_to(&heading.text));
    let until = until.map_or(u32::MAX, |heading| heading.line);
    let before = readme.prose.iter().filter(|prose| prose.line < until && prose.kind != ProseKind::Field);
    let title = readme
        .headings
        .first()
        .is_some_and(|heading| heading.line < until && tokens(&heading.text).count() > WORDS + 1);
    title || before.into_iter().any(|prose| is_statement(prose) && ended != Some(prose.line))
}

fn is_how_to(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    HOW_TO.iter().any(|meaning| sections::is_about(heading, *meaning)) || BEFORE.iter().any(|word| lower.contains(word))
}

/// Words of one's own, and not only that it is archived, moved, or to be read elsewhere.
fn is_statement(prose: &Prose) -> bool {
    let lower = prose.text.to_lowercase();
    let notices = [
        "archived",
        "archiviert",
        "no longer maintained",
        "not maintained",
        "unmaintained",
        "deprecated",
        "has moved",
        "moved to",
        "umgezogen",
        "work in progress",
        "under construction",
        "read this in",
        "other languages",
        "todo",
        "this repository is read-only",
        "nicht mehr gepflegt",
        "table of contents",
        "all rights reserved",
        "copyright",
    ];
    let notice = notices.iter().any(|notice| lower.contains(notice)) && prose.words() < 25;
    let is_list_of_links = prose.kind == ProseKind::TableCell && prose.words() < 2 * WORDS;
    prose.words() >= WORDS && !notice && !is_list_of_links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn what_says_what_it_is() {
        for (text, yes) in [
            ("# Gießplan\n\nShows which trees need water.\n\n## Install\n\nnpm ci\n", true),
            ("# Gießplan\n\n## About\n\nShows which trees need water.\n\n## Install\n\nnpm ci\n", true),
            ("# A map of trees that need water\n\n## Install\n\nnpm ci\n", true),
            ("Shows which trees need water.\n", true),
            ("# Gießplan\n\n## Prerequisites\n\nYou need Node and a map of all trees.\n", false),
            ("# Gießplan\n\n## Install\n\nTake the newest version and unpack it somewhere.\n", false),
            ("# Gießplan\n\nThis repository has been archived by its owners.\n\n## Install\n\nnpm ci\n", false),
            ("# Gießplan\n\n[![Build](b.svg)](https://ci.muster.test)\n\n## Install\n\nnpm ci\n", false),
            ("# Gießplan\n", false),
            ("# Gießplan\n\n## Table of Contents\n\n- [A](#a)\n\n## Features\n\nShows which trees need water.\n", true),
        ] {
            let readme = Document::read(&"README.md".into(), Format::Markdown, text);
            assert_eq!(says_purpose(&readme), yes, "{text}");
        }
    }
}
