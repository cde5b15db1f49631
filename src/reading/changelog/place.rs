//! Does a document keep the change log, or say where it is kept?

use super::TABLE;
use crate::reading::document::{Document, tokens};

/// Whether a document keeps one in a section of its own, or says where it is kept.
pub fn in_document(document: &Document) -> bool {
    let section = document
        .sections()
        .any(|section| section.heading.is_some_and(|heading| is_heading(&heading.text)) && section.says_something());
    section
        || document.links.iter().any(|link| !link.image && is_heading(&link.text))
        || document.prose.iter().any(|prose| says_where(&prose.text, prose.linked.is_empty()))
}

/// Whether a heading or the text of a link names a change log.
pub(super) fn is_heading(text: &str) -> bool {
    let words: Vec<String> = tokens(text).map(|(_, word)| word).collect();
    let spaced = format!(" {} ", words.join(" "));
    words.len() <= LONGEST && TABLE.headings.iter().any(|heading| spaced.contains(&format!(" {heading} ")))
}

/// A longer heading or link is a sentence about something else.
const LONGEST: usize = 8;

/// "Release notes are published on GitHub": a sentence on where they are.
fn says_where(text: &str, plain: bool) -> bool {
    let lower = text.to_lowercase();
    let named = TABLE.headings.iter().take(4).any(|heading| lower.contains(heading.as_str()));
    let place =
        ["on github", "github release", "gitlab release", "releases page", "release page", "auf github", "/releases"];
    named && (place.iter().any(|place| lower.contains(place)) || !plain && lower.contains("release"))
}
