//! Which anchors does a document offer?
//!
//! Every forge and tool makes them in its own way; an anchor that any of those in question makes is there.

use crate::reading::document::{Document, Format, slug};
use std::collections::BTreeSet;

/// The anchors of a document, for comparing.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// as the forges make them, and those written by hand
    exact: BTreeSet<String>,
    /// letters and digits of all of them
    loose: BTreeSet<String>,
}

impl Anchors {
    /// Reads a document; `source` is its text.
    pub(super) fn of(document: &Document, source: &str) -> Self {
        let mut anchors = Self::default();
        for heading in &document.headings {
            let github = slug(&heading.text);
            anchors.add(&gitlab(&github));
            anchors.add(&heading.anchor);
            // GitHub turns `:rocket:` into a picture in some places and leaves its name in others.
            anchors.add(&slug(&without_shortcodes(&heading.text)));
            anchors.add(&github);
        }
        for anchor in &document.anchors {
            anchors.add(anchor);
        }
        anchors.written(source);
        anchors
    }

    fn add(&mut self, anchor: &str) {
        self.exact.insert(plain(anchor));
        self.loose.insert(letters(anchor));
    }

    /// Identifiers that are written somewhere in the source, whatever the markup: `id="x"`, `{#x}`, `[[x]]`, `(x)=`.
    fn written(&mut self, source: &str) {
        let bytes = source.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let before = |text: &str| source.as_bytes().get(..at).is_some_and(|start| start.ends_with(text.as_bytes()));
            let opens = match byte {
                b'"' | b'\'' => before("id=") || before("name=") || before("Id="),
                b'#' => before("{") || before("{ ") || before("["),
                b'[' => before("["),
                b':' => before("anchor") || before("[#"),
                b'_' => before(".. "),
                b'(' => at == 0 || before("\n"),
                b'=' => before("id") || before("name"),
                _ => false,
            };
            if !opens {
                continue;
            }
            let rest = source.get(at + 1..).unwrap_or_default();
            let rest = rest.trim_start_matches(['`', '#']);
            let is_id = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | ' ');
            // Bounded, as the next identifier may begin inside this one.
            let id: String = rest.chars().take(LONGEST).take_while(is_id).collect();
            if !id.is_empty() {
                self.add(id.trim());
                self.add(id.split([':', ' ']).next().unwrap_or_default());
            }
        }
    }

    /// Whether a fragment leads somewhere; `loosely` where a tool with rules of its own makes the page.
    pub(super) fn lead(&self, fragment: &str, loosely: bool) -> bool {
        let wanted = plain(fragment);
        let wanted = wanted.strip_prefix("user-content-").unwrap_or(&wanted);
        self.exact.contains(wanted) || loosely && self.loose.contains(&letters(fragment))
    }
}

/// Longer identifiers are text that somebody forgot to close a quote in; in characters.
const LONGEST: usize = 200;

/// Whether headings of a format get anchors by rules of the tool, not of the forge.
pub(super) fn is_loose(format: Format) -> bool {
    !matches!(format, Format::Markdown)
}

/// In lower case, without the marks that turn a sign into a picture.
fn plain(anchor: &str) -> String {
    anchor.chars().filter(|c| !matches!(c, '\u{fe0f}' | '\u{fe0e}' | '\u{200d}')).flat_map(char::to_lowercase).collect()
}

/// Letters and digits only, those with accents as what they are made of or not at all.
fn letters(anchor: &str) -> String {
    anchor.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}

/// GitLab's anchors: several hyphens become one, none is left at an end.
fn gitlab(github: &str) -> String {
    let mut out = String::with_capacity(github.len());
    for letter in github.chars() {
        if letter != '-' || !out.ends_with('-') {
            out.push(letter);
        }
    }
    out
}

fn without_shortcodes(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split(':').enumerate() {
        let is_name = !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-'));
        if at % 2 == 0 || !is_name {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(text: &str) -> Anchors {
        Anchors::of(&Document::read(&"a.md".into(), Format::Markdown, text), text)
    }

    #[test]
    fn anchors_as_forges_make_them() {
        let found =
            anchors("# A & B\n\n## ⚠️ Bäume\n\n## Contributors\n\n## A & B\n\n## :rocket: Go\n\n<a id=\"hand\"></a>\n");
        for (fragment, yes) in [
            ("a--b", true),
            ("a-b", true),
            ("A--B", true),
            ("a--b-1", true),
            ("a--b-2", false),
            ("️-bäume", true),
            ("-bäume", true),
            ("bäume", false),
            ("contributors", true),
            ("contributors-", false),
            ("rocket-go", true),
            ("-go", true),
            ("hand", true),
            ("user-content-hand", true),
            ("a", false),
        ] {
            assert_eq!(found.lead(fragment, false), yes, "{fragment}");
        }
        assert!(found.lead("_contributors", true));
    }

    #[test]
    fn anchors_written_by_hand() {
        for text in [
            "## X {#hand}",
            "[[hand]]\n== X",
            "[#hand]\n== X",
            "(hand)=\n## X",
            ".. _hand:\n",
            "<X id='hand'/>",
            "anchor:hand[]",
        ] {
            assert!(anchors(text).lead("hand", false), "{text}");
        }
        assert!(!anchors("see (hand) and hand").lead("hand", false));
    }
}
