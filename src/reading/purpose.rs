//! What does a README say that this is, before it says how to use it?

use super::document::{Document, Prose, ProseKind, tokens};
use super::ended;
use super::sections::{self, Meaning};

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

/// Whether a sentence before the first how-to section says what it is.
pub fn is_stated(readme: &Document) -> bool {
    let until = how_to(readme);
    let title = readme
        .headings
        .first()
        .is_some_and(|heading| heading.line < until && tokens(&heading.text).count() > WORDS + 1);
    title || statements(readme).next().is_some()
}

/// What stands before the first how-to section and says something about it, in order.
pub fn statements(readme: &Document) -> impl Iterator<Item = &Prose> {
    let ended = ended::says_ended(readme);
    let until = how_to(readme);
    let before = readme.prose.iter().filter(move |prose| prose.line < until && prose.kind != ProseKind::Field);
    before.filter(move |prose| is_statement(prose) && ended != Some(prose.line))
}

/// The line of the first how-to section.
fn how_to(readme: &Document) -> u32 {
    let mut headings = readme.headings.iter().skip(usize::from(readme.headings.len() > 1));
    headings.find(|heading| is_how_to(&heading.text)).map_or(u32::MAX, |heading| heading.line)
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
            assert_eq!(is_stated(&readme), yes, "{text}");
        }
    }
}
