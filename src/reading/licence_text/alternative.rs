//! Which paragraphs offer another licence in the middle of a text?
//!
//! "Alternatively, this software may be distributed under the terms of the GNU General Public License" stands within
//! the conditions of many a BSD text. It is no change of that text, but a second licence.

use super::mention::mentions;
use super::naming;
use std::borrow::Cow;
use std::ops::Range;

/// The longest such paragraph, in bytes.
const LONGEST: usize = 900;
/// So many of them are looked for in one text.
const MOST: usize = 20;

/// The text with spaces where such paragraphs stand, and where that is.
pub(super) fn without_alternatives(text: &str) -> (Cow<'_, str>, Vec<Range<usize>>) {
    let found: Vec<Range<usize>> = beginnings(text).filter_map(|start| paragraph(text, start)).take(MOST).collect();
    if found.is_empty() {
        return (Cow::Borrowed(text), found);
    }
    let mut bytes = text.as_bytes().to_vec();
    for range in &found {
        for byte in bytes.get_mut(range.clone()).into_iter().flatten() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Whole characters became spaces, so that it is text still.
    match String::from_utf8(bytes) {
        Ok(kept) => (Cow::Owned(kept), found),
        Err(_) => (Cow::Borrowed(text), Vec::new()),
    }
}

/// Where "alternatively" stands at the beginning of a sentence.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"lternatively")
        .filter_map(|at| {
            let start = at.checked_sub(1)?;
            text.get(start..at)?.starts_with(['A', 'a']).then_some(start)
        })
        .chain(memchr::memmem::find_iter(text.as_bytes(), b"ALTERNATIVELY"))
}

/// From there to the end of the paragraph, where it names a licence and holds no conditions of its own.
fn paragraph(text: &str, start: usize) -> Option<Range<usize>> {
    let mut end = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        let empty = end > start && !line.chars().any(char::is_alphanumeric);
        if empty || end - start > LONGEST {
            break;
        }
        end += line.len();
    }
    let slice = text.get(start..end).filter(|slice| slice.len() <= LONGEST)?;
    let lower = slice.to_lowercase();
    let conditions = lower.contains("redistribution and use") || lower.contains("permission is hereby granted");
    // GNU Bison: "Alternatively, if you … redistribute the parser skeleton itself, you may remove this special exception"
    let conditions = conditions || lower.contains("exception");
    (!conditions && !mentions(slice, &naming::tokens(slice)).is_empty()).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over() {
        for (text, kept) in [
            ("a\n * Alternatively, use it under the GPL,\n * version 2.\n *\n * b", "a b"),
            ("a\nAlternatively, redistribution and use in source under the GPL\n\nb", ""),
            ("a\nAlternatively, you may remove this exception and use the GNU General Public License.\n\nb", ""),
            ("a\nAlternatively, you may call us.\n\nb", ""),
            ("alternatively", ""),
            ("Über alternatively: MIT License – ÄÖÜ\n", "Über"),
        ] {
            let (found, ranges) = without_alternatives(text);
            let words: Vec<&str> =
                found.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            assert_eq!(found.len(), text.len());
            assert_eq!(!ranges.is_empty(), !kept.is_empty(), "{text}");
            if !kept.is_empty() {
                assert_eq!(words.join(" "), kept, "{text}");
            }
        }
    }
}
