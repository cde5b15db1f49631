//! Which tokens and passwords in a text prove by their form what they are?
//!
//! Precision comes before recall: a form is only looked for where its prefix, its checksum or what can be decoded of it
//! leaves no doubt, and what manuals, tests and examples show is left alone. No value leaves this module; what does is the
//! name of its form, where it stands, and at most four characters that nearly always are its public prefix.

mod address;
mod check;
mod connection;
mod runs;
mod sample;
mod table;
#[cfg(test)]
mod tests;

pub use sample::says_sample;

use super::position::Lines;
use crate::place::Span;
use crate::repository::{Class, File};
use check::passes;
use std::collections::BTreeSet;
use std::ops::Range;
use table::{NEEDLES, Row, TABLE};

/// Documents and files of settings that are no source are read up to this size in bytes.
pub const LARGEST: u64 = 1 << 20;
/// More than so many in one file are not told.
const MOST: usize = 50;
/// So many places of one file are looked at: bounds the work on a file that is made of nothing but needles.
const ATTEMPTS: usize = 10_000;
/// No token is longer.
const LONGEST: usize = 1200;
/// So many characters of a value may be shown, where it has at least four times as many.
const SHOWN: usize = 4;

/// A credential; the value itself is not kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credential {
    /// where it stands
    pub span: Span,
    /// the form, a row of the table: `github-token`; or `url-password`, `connection-password`
    pub form: &'static str,
    /// how it begins: at most four characters and a quarter of it; empty for passwords
    pub begins: String,
    /// whether its surroundings say that it was made up, or was made for trying things out
    pub sample: bool,
}

/// What was found, as bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    at: Range<usize>,
    form: &'static str,
    begins: String,
}

/// Whether a file that is neither source nor configuration is worth being searched.
pub fn may_hold(file: &File) -> bool {
    let end = file.path.extension();
    match file.class {
        Class::Source | Class::Configuration => true,
        Class::Documentation => {
            !matches!(end.as_str(), "pdf" | "odt" | "ott" | "doc" | "docx" | "rtf" | "odp" | "ppt" | "pptx" | "epub")
        }
        Class::Data => {
            matches!(end.as_str(), "json" | "jsonl" | "yml" | "yaml" | "txt" | "xml" | "ini" | "log" | "sql")
        }
        Class::Asset => matches!(end.as_str(), "txt" | "log" | "har" | "env" | "conf" | "bak" | "old" | "orig" | ""),
        Class::Manifest => true,
        Class::Model => false,
    }
}

/// The credentials of a file, one for each form and line, in the order of their place.
pub fn find(file: &File, text: &str) -> Vec<Credential> {
    let mut found = tokens(text);
    found.extend(address::passwords(file.class, text));
    if matches!(file.class, Class::Source | Class::Configuration) {
        found.extend(connection::passwords(text));
    }
    if found.is_empty() {
        return Vec::new();
    }
    let lines = Lines::new(text);
    let by_path = sample::is_sample_path(&file.path);
    let mut seen = BTreeSet::new();
    let mut credentials: Vec<Credential> = found
        .into_iter()
        .map(|found| Credential {
            span: lines.span(text, &found.at),
            form: found.form,
            sample: by_path
                || sample::is_sample(file.class, text, &found.at)
                || found.begins.is_empty() && sample::is_description(text, &found.at),
            begins: found.begins,
        })
        .filter(|credential| seen.insert((credential.span.line, credential.form)))
        .collect();
    credentials.sort();
    credentials.truncate(MOST);
    credentials
}

/// Tokens by the rows of the table.
fn tokens(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let parts = runs::runs(bytes).filter_map(|run| Some((run.start, bytes.get(run)?)));
    let hits = parts.flat_map(|(start, part)| NEEDLES.all.find_iter(part).map(move |needle| (start, needle)));
    hits.take(ATTEMPTS)
        .filter_map(|(start, needle)| {
            let row = TABLE.token.get(*NEEDLES.rows.get(needle.pattern().as_usize())?)?;
            token(row, text, start + needle.start()..start + needle.end())
        })
        .take(20 * MOST)
        .collect()
}

/// The token that a needle leads to.
fn token(row: &'static Row, text: &str, needle: Range<usize>) -> Option<Found> {
    if row.before == 0 && !begins_a_word(text, needle.start) {
        return None;
    }
    let start = floor(text, needle.start.saturating_sub(row.before));
    let window = text.get(start..floor(text, needle.end.saturating_add(LONGEST)))?;
    let captures = row.pattern().captures_iter(window).find(|captures| {
        captures.get(0).is_some_and(|whole| start + whole.start() <= needle.start && needle.end <= start + whole.end())
    })?;
    let (whole, value) = (captures.get(0)?, captures.name("value")?.as_str());
    let at = start + whole.start()..start + whole.end();
    let ends = text.get(at.end..)?.bytes().next().is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte != b'_');
    let known = row.public.iter().any(|start| value.starts_with(start.as_str()));
    let near = || {
        let line = sample::line(text, &at).to_lowercase();
        row.near.is_empty() || row.near.iter().any(|word| line.contains(word.as_str()))
    };
    if !ends || known || !begins_a_word(text, at.start) || !near() {
        return None;
    }
    if !passes(row.test, value, whole.as_str(), (text, at.start)) {
        return None;
    }
    let begins = whole.as_str().chars().take(SHOWN.min(whole.as_str().len() / 4)).collect();
    Some(Found { at, form: &row.form, begins })
}

/// Whether no word goes on at a byte: what stands before it is no letter, digit or underscore, or is the escape of a
/// string (`\n`).
fn begins_a_word(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    match before {
        [.., b'\\', b'n' | b't' | b'r'] | [] => true,
        [.., last] => !last.is_ascii_alphanumeric() && *last != b'_',
    }
}

/// The nearest border between characters at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
