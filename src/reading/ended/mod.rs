//! Does a project say that it was ended on purpose: finished, archived, or moved to a named successor?
//!
//! "Deprecated" and "unmaintained" alone say that nobody looks after it, not that this was meant: see [`notice`].

mod notice;
mod sayings;

pub use notice::{Notice, notice};

use super::document::{Document, Prose};
use sayings::ENDED;

/// So much of a document is looked at; people say such a thing at its beginning.
const PIECES: usize = 200;

/// The line in which a document says that the project was ended on purpose.
pub fn says_ended(document: &Document) -> Option<u32> {
    let heading = document.headings.iter().take(PIECES).find(|heading| sentence(&heading.text, &heading.text, false));
    let prose = document.prose.iter().take(PIECES).find(|prose| in_prose(prose, document));
    let image = document.images.iter().take(PIECES).find(|image| sentence(&image.url, "", false));
    let lines = [heading.map(|heading| heading.line), prose.map(|prose| prose.line), image.map(|image| image.line)];
    lines.into_iter().flatten().min()
}

/// Whether a document says where a project goes on, what to use instead, or that there is nothing.
pub fn names_successor(document: &Document) -> bool {
    notice::names_successor(document, 1)
}

fn in_prose(prose: &Prose, document: &Document) -> bool {
    let from = prose.line;
    let to = from.saturating_add(u32::try_from(prose.text.matches('\n').count()).unwrap_or(u32::MAX));
    let links =
        !prose.linked.is_empty() || document.links.iter().any(|link| !link.image && (from..=to).contains(&link.line));
    sentence(&prose.text.replace('\n', " "), &prose.text, links)
}

/// Whether a sentence says it. A move counts where a link leads to the new place, or a name follows.
fn sentence(text: &str, written: &str, links: bool) -> bool {
    ENDED.iter().any(|saying| {
        saying.find(text).is_some_and(|found| {
            !saying.is_move() || links || names_place(text, found.end()) || written.contains("://")
        })
    })
}

/// Whether what follows reads like a name: a word in quotes, with a capital, a dash, a slash or a dot inside.
fn names_place(text: &str, from: usize) -> bool {
    let rest = text.get(from..).unwrap_or_default();
    let before = text.get(..from).unwrap_or_default();
    let is_name = |word: &str| {
        let bare = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        bare.len() > 2
            && (bare.contains(['-', '/', '_', '.'])
                || word.starts_with(['"', '`', '„', '“'])
                || bare.chars().any(char::is_uppercase))
    };
    rest.split_whitespace().take(8).any(is_name)
        || before.split_whitespace().rev().take(6).any(|word| is_name(word) && word.contains(['-', '/', '_']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn documents() {
        for (text, line) in [
            ("Archived because not used anymore.\n\n# Trees\n", Some(1)),
            ("# Note: This repository is archived and no longer maintained.\n", Some(1)),
            ("# Trees\n\n**This project has been\ndiscontinued.**\n", Some(3)),
            ("# Trees\n\nThe project has moved to [city trees](https://a.org/trees).\n", Some(3)),
            ("# Trees\n\nThis package has been superseded by `city-trees`.\n", Some(3)),
            ("# Bäume\n\nDas Projekt wurde 2023 abgeschlossen.\n", Some(3)),
            ("# Bäume\n\nDie Entwicklung wird in [stadtbaum](https://a.org) fortgeführt.\n", Some(3)),
            (
                "# Trees\n\n[![x](https://www.repostatus.org/badges/latest/moved.svg)](https://www.repostatus.org)\n",
                Some(3),
            ),
            ("# Trees\n\nThis project is no longer maintained.\n", None),
            ("# Trees\n\nThis repository is deprecated.\n", None),
            ("# Trees\n\nThe documentation has been moved to [the wiki](https://a.org).\n", None),
            ("# Trees\n\nThe code for the register moved to this [repo](https://a.org).\n", None),
            ("# Trees\n\nDaten werden archiviert.\n", None),
            ("", None),
        ] {
            let document = Document::read(&"README.md".into(), Format::Markdown, text);
            assert_eq!(says_ended(&document), line, "{text}");
        }
    }
}
