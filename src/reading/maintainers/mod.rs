//! Who is named as responsible for it?

use super::contact::mail_address;
use super::document::{Document, Prose, Section};
use super::manifest::{Contractor, Person};
use super::patterns::globs;
use super::sections::{self, Invitation, Meaning};
use crate::reading::pattern::Pattern;
use globset::GlobSet;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct Written {
    paths: Vec<String>,
    text: String,
    example: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTable {
    nobody: BTreeSet<String>,
    phrases: Vec<String>,
    place: Vec<Written>,
}

struct Place {
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
    written: Written,
    paths: GlobSet,
    text: Pattern,
}

struct Table {
    nobody: BTreeSet<String>,
    phrases: Vec<String>,
    places: Vec<Place>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table: WrittenTable = toml::from_str(include_str!("maintainers.toml")).expect("a test parses the table");
    let WrittenTable { nobody, phrases, place } = table;
    Table { nobody, phrases, places: place.into_iter().map(compiled).collect() }
});

fn compiled(written: Written) -> Place {
    Place { paths: globs(&written.paths), text: Pattern::as_written(&written.text), written }
}

/// Whether a file may name people, by its path in lower case; [`in_metadata`] reads it.
pub fn may_name(path: &str) -> bool {
    TABLE.places.iter().any(|place| place.paths.is_match(path))
}

/// Whether a file of metadata names somebody.
pub fn in_metadata(path: &str, text: &str) -> bool {
    TABLE.places.iter().filter(|place| place.paths.is_match(path)).any(|place| {
        let names = place.text.captures_iter(text).take(NAMES);
        names.into_iter().any(|found| found.iter().skip(1).flatten().any(|name| is_somebody(name.as_str())))
    })
}

/// So many names of one file are looked at.
const NAMES: usize = 50;

/// Whether a manifest's person is one, and no placeholder.
pub fn is_person(person: &Person) -> bool {
    let name = person.name.as_ref().map(|name| name.value.as_str());
    match name {
        Some(name) => is_somebody(name),
        None => person.email.as_ref().is_some_and(|email| mail_address(&email.value).is_some()),
    }
}

/// Whether publiccode.yml names a contractor.
pub fn is_contractor(contractor: &Contractor) -> bool {
    contractor.name.as_ref().is_some_and(|name| is_somebody(&name.value))
}

/// Whether a name is that of somebody: a person, a team, a body.
pub fn is_somebody(name: &str) -> bool {
    let bare = name.split(['<', '(']).next().unwrap_or_default().trim().trim_matches(['"', '\'', ',', ';', '.']);
    if bare.is_empty() {
        return mail_address(name).is_some();
    }
    let lower = bare.to_lowercase();
    bare.chars().any(char::is_alphabetic)
        && !["{{", "${", "<%"].iter().any(|sign| bare.contains(sign))
        && !bare.starts_with(['[', '%'])
        && !TABLE.nobody.contains(&lower)
        && !lower.starts_with("your ")
        && !lower.contains("example.com")
}

/// Whether a CODEOWNERS, MAINTAINERS, AUTHORS or CONTRIBUTORS file (its name in lower case) names anybody.
pub fn in_owners(name: &str, text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    if name.starts_with("codeowners") {
        return lines.any(has_owner);
    }
    lines.any(|line| {
        let heading = line.starts_with('#') || !line.contains(char::is_alphanumeric);
        let entry = line.trim_start_matches(['*', '-', '+', ' ', '|', '>']);
        !heading && entry.chars().filter(|c| c.is_alphabetic()).count() > 2 && is_somebody(entry)
            || heading && line.contains(['@', '<']) && is_somebody(line.trim_start_matches(['#', ' ']))
    })
}

/// Whether a line of CODEOWNERS says whom files belong to.
fn has_owner(line: &str) -> bool {
    let line = if line.starts_with('#') { "" } else { line.split(" #").next().unwrap_or_default() };
    line.split_whitespace().any(|word| {
        let account = word.strip_prefix('@').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
        account || mail_address(word).is_some()
    })
}

/// Whether a document names somebody: a section on the team, one on contact with an address, or a sentence.
pub fn in_document(document: &Document) -> bool {
    sections::about(document, Meaning::Team).next().is_some()
        || sections::about(document, Meaning::Contact).any(|section| is_addressed(&section))
        || document.prose.iter().any(|prose| names(prose) || invites(prose))
}

/// Whether a section on contact names an address or an account.
fn is_addressed(section: &Section<'_>) -> bool {
    section.links.iter().any(|link| link.url.strip_prefix("mailto:").is_some_and(|to| mail_address(to).is_some()))
        || section.prose.iter().any(|prose| mail_address(&prose.text).is_some())
}

/// "Please write to <trees@muster.org>."
fn invites(prose: &Prose) -> bool {
    mail_address(&prose.text).is_some() && sections::invites(&prose.text, Invitation::Write).is_some()
}

/// "It is maintained by the Office for Trees."
fn names(prose: &Prose) -> bool {
    let lower = prose.text.to_lowercase();
    // Where lower case has other lengths, offsets would not fit.
    if lower.len() != prose.text.len() {
        return false;
    }
    TABLE.phrases.iter().any(|phrase| {
        lower.match_indices(phrase.as_str()).take(NAMES).any(|(at, _)| {
            let before = lower.get(..at).unwrap_or_default();
            let rest = prose.text.get(at + phrase.len()..).unwrap_or_default();
            !before.ends_with(char::is_alphanumeric) && (is_name(rest) || prose.is_linked(at + phrase.len() + 1))
        })
    })
}

/// Whether what follows begins with a name: one of the first words has a capital letter or is an account.
fn is_name(rest: &str) -> bool {
    let end = rest.find(['.', ';', '!', '?', '\n']).unwrap_or(rest.len()).min(rest.len());
    let words = rest.get(..end).unwrap_or_default().split_whitespace().take(4);
    let named = |word: &str| {
        let bare = word.trim_start_matches(['(', '"', '*', '_', '[']);
        bare.starts_with('@') || bare.starts_with(char::is_uppercase)
    };
    words.into_iter().filter(|word| !matches!(*word, "I" | "You" | "Your" | "TODO" | "TBD")).any(named)
}

#[cfg(test)]
mod tests;
