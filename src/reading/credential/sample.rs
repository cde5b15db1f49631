//! Do the surroundings of a credential say that it is none?

use super::floor;
use super::table::TABLE;
use crate::reading::secrets;
use crate::repository::{Class, RepoPath};
use std::ops::Range;

/// So many bytes of a line before and behind it are looked at; lines of notebooks and of what is bundled are endless.
const LINE: usize = 200;
/// So many lines before it.
const ABOVE: usize = 3;

/// Whether the words of a path say that what lies there was made for trying things out.
pub(super) fn is_sample_path(path: &RepoPath) -> bool {
    has_word(&path.lower(), &TABLE.sample.path)
}

/// Whether a text beside it, a README, says that what lies there are samples.
pub fn says_sample(text: &str) -> bool {
    let head = text.get(..floor(text, 2000)).unwrap_or_default().to_lowercase();
    has_word(&head, &TABLE.sample.path)
}

/// The line in which something stands, or as much of it as is near.
pub(super) fn line<'t>(text: &'t str, at: &Range<usize>) -> &'t str {
    let before = text.get(floor(text, at.start.saturating_sub(LINE))..at.start).unwrap_or_default();
    let start = at.start - before.rsplit('\n').next().unwrap_or_default().len();
    let behind = text.get(at.end..floor(text, at.end.saturating_add(LINE))).unwrap_or_default();
    let end = at.end + behind.split('\n').next().unwrap_or_default().len();
    text.get(start..end).unwrap_or_default()
}

/// Whether the line, or the lines above it, say that it is an example.
pub(super) fn is_sample(class: Class, text: &str, at: &Range<usize>) -> bool {
    let line = line(text, at);
    let token = text.get(at.clone()).unwrap_or_default();
    let words = line.replace(token, " ").to_lowercase();
    let above = text.get(floor(text, at.start.saturating_sub(LINE * ABOVE))..at.start).unwrap_or_default();
    let above: Vec<&str> = above.lines().rev().skip(1).take(ABOVE).collect();
    let above = above.join("\n");
    has_word(&words, &TABLE.sample.line)
        || secrets::says_test(&above)
        || class == Class::Documentation
            && (has_word(&words, &TABLE.sample.document) || has_word(&above.to_lowercase(), &TABLE.sample.document))
}

/// Whether the line is part of a comment that describes an interface (Javadoc, rustdoc): the addresses in it are
/// examples.
pub(super) fn is_description(text: &str, at: &Range<usize>) -> bool {
    let lead = line(text, at).trim_start();
    ["*", "///", "//!", "/**", "#'"].iter().any(|start| lead.starts_with(start))
}

fn has_word(text: &str, words: &[String]) -> bool {
    let part = |character: char| !character.is_alphanumeric() && character != '.';
    text.split(part).any(|part| {
        let part = part.trim_matches('.');
        words.iter().any(|word| word == part) || part.split('.').any(|part| words.iter().any(|word| word == part))
    })
}
