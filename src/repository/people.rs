//! Who are the authors, and which of them are programs?
//!
//! Identities are merged by mailmap, then by address, then by equal name. An author is a program by the table of
//! `bots`, or if nearly all of its commits carry a generated message ("Update 2026-01-31"), see [`generated`].

use super::bots::Bots;
use super::history::{Commit, Person};
use super::mailmap::Mailmap;
use super::worker::message::CommitRecord;
use crate::untrusted::Untrusted;
use regex::bytes::{Regex, RegexBuilder};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[cfg(test)]
mod tests;

/// The window within which an author's messages are looked at first: 24 months.
const WINDOW: i64 = 730 * 24 * 3600;
/// How many commits an author must have in it, and how many must carry one pattern.
const ENOUGH: usize = 10;
/// How many different messages there must be of one pattern: a date that never changes is part of a name.
const DIFFERENT: usize = 5;
/// Names that do not tell one person from another.
const COMMON_NAMES: [&str; 12] = [
    "",
    "admin",
    "administrator",
    "anonymous",
    "nobody",
    "none",
    "root",
    "ubuntu",
    "unknown",
    "user",
    "vagrant",
    "your name",
];
/// Addresses that do not either.
const COMMON_EMAILS: [&str; 10] = [
    "",
    "devnull@localhost",
    "email@example.com",
    "you@example.com",
    "user@example.com",
    "noreply@github.com",
    "none",
    "none@none",
    "root@localhost",
    "unknown",
];

/// Makes commits of what the worker told: times clamped to `from ..= until`, authors merged, newest first.
pub(super) fn tell(
    authors: &[(Vec<u8>, Vec<u8>)],
    records: &[CommitRecord],
    mailmap: &Mailmap,
    (from, until): (i64, i64),
) -> (Vec<Commit>, Vec<Person>) {
    let mut identities = merge(authors, mailmap);
    let mut people: Vec<Person> = Vec::new();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut commits: Vec<Commit> = records
        .iter()
        .filter_map(|record| {
            let author = usize::try_from(record.author).ok()?;
            let identity = identities.get(author)?;
            Some(Commit {
                time: record.time.clamp(from, until),
                parents: record.parents,
                subject: record.subject.as_slice().into(),
                bot: identity.bot,
                person: author,
            })
        })
        .collect();
    commits.sort_by_key(|commit| std::cmp::Reverse(commit.time));
    for commit in &mut commits {
        let author = commit.person;
        let root = root(&mut identities, author);
        commit.person = *numbers.entry(root).or_insert_with(|| {
            let named = identities.get(author).map(|own| (own.name.clone(), own.email.clone())).unwrap_or_default();
            people.push(Person { name: named.0, email: named.1, bot: commit.bot });
            people.len() - 1
        });
    }
    by_message(&mut commits, &mut people, until.saturating_sub(WINDOW));
    (commits, people)
}

struct Identity {
    name: Untrusted,
    email: Untrusted,
    bot: bool,
    /// the identity it was merged into
    parent: usize,
}

fn merge(authors: &[(Vec<u8>, Vec<u8>)], mailmap: &Mailmap) -> Vec<Identity> {
    let bots = Bots::known();
    let mut identities: Vec<Identity> = Vec::with_capacity(authors.len());
    // programs and people are never merged: a program may borrow its master's address
    let mut known: BTreeMap<(bool, bool, String), usize> = BTreeMap::new();
    for (at, (name, email)) in authors.iter().enumerate() {
        let (proper_name, proper_email) = mailmap.proper(name, email);
        let renamed = (name.as_slice(), email.as_slice()) != (proper_name, proper_email);
        let bot = bots.is_bot(name, email) || renamed && bots.is_bot(proper_name, proper_email);
        identities.push(Identity { name: proper_name.into(), email: proper_email.into(), bot, parent: at });
        let email = email_key(proper_email).map(|key| (bot, true, key));
        let name = name_key(proper_name).map(|key| (bot, false, key));
        for key in [email, name].into_iter().flatten() {
            let first = *known.entry(key).or_insert(at);
            let (one, other) = (root(&mut identities, first), root(&mut identities, at));
            if let Some(identity) = identities.get_mut(one.max(other)) {
                identity.parent = one.min(other);
            }
        }
    }
    identities
}

/// The identity that stands for all those merged with this one.
fn root(identities: &mut [Identity], mut at: usize) -> usize {
    while let Some(parent) = identities.get(at).map(|identity| identity.parent).filter(|parent| *parent != at) {
        let grand = identities.get(parent).map_or(parent, |identity| identity.parent);
        if let Some(identity) = identities.get_mut(at) {
            identity.parent = grand;
        }
        at = grand;
    }
    at
}

fn name_key(name: &[u8]) -> Option<String> {
    let key = String::from_utf8_lossy(name).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    (!COMMON_NAMES.contains(&key.as_str())).then_some(key)
}

/// The address in lower case; GitHub's number before a `noreply` address is taken off.
fn email_key(email: &[u8]) -> Option<String> {
    let email = String::from_utf8_lossy(email).trim().to_lowercase();
    let key = match email.strip_suffix("@users.noreply.github.com").and_then(|login| login.split_once('+')) {
        Some((number, login)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{login}@users.noreply.github.com")
        }
        _ => email,
    };
    (!COMMON_EMAILS.contains(&key.as_str())).then_some(key)
}

/// Marks the commits of authors whose messages give them away.
fn by_message(commits: &mut [Commit], people: &mut [Person], window: i64) {
    let mut of: Vec<Vec<usize>> = vec![Vec::new(); people.len()];
    for (at, commit) in commits.iter().enumerate().filter(|(_, commit)| !commit.bot) {
        if let Some(own) = of.get_mut(commit.person) {
            own.push(at);
        }
    }
    for (person, own) in people.iter_mut().zip(of) {
        let recent = own.partition_point(|at| commits.get(*at).is_some_and(|commit| commit.time >= window));
        let is_bot = |own: &[usize]| {
            let subjects: Vec<&[u8]> =
                own.iter().filter_map(|at| commits.get(*at)).map(|c| c.subject.as_bytes()).collect();
            generated(&person.name.lossy(), &subjects)
        };
        let (newer, older) = own.split_at_checked(recent).unwrap_or((&own, &[]));
        let always = is_bot(&own);
        let lately = if newer.len() >= ENOUGH { is_bot(newer) } else { always };
        for (part, bot) in [(newer, lately), (older, always)] {
            for at in part {
                if let Some(commit) = commits.get_mut(*at) {
                    commit.bot |= bot;
                }
            }
        }
        person.bot |= if newer.is_empty() { always } else { lately };
    }
}

/// Whether nine tenths of the messages, and at least ten, were generated.
///
/// A generated message is one that comes back ten times or more once dates, times, hashes and numbers are folded,
/// and that holds a date, a time or a hash or says itself that it is automatic. Plain numbers are no sign (tickets,
/// versions, "Fix #12"), unless the name ends in "bot".
fn generated(name: &str, subjects: &[&[u8]]) -> bool {
    let others = subjects.len() / 10;
    let most = subjects.len() - others;
    if subjects.len() < ENOUGH {
        return false;
    }
    let called_bot = name.to_lowercase().ends_with("bot");
    let mut patterns: BTreeMap<Vec<u8>, (usize, BTreeSet<&[u8]>)> = BTreeMap::new();
    // Most people are known by the first tenth of what they wrote.
    let (mut plain, mut typed) = (0, 0);
    for subject in subjects {
        if plain.max(typed) > others {
            return false;
        }
        let automatic = says_automatic(subject);
        plain += usize::from(!automatic && !subject.iter().any(u8::is_ascii_digit));
        let pattern = fold(subject);
        let tells = pattern.iter().any(|byte| matches!(*byte, DATE | HASH) || called_bot && *byte == NUMBER);
        if tells || automatic {
            let (times, different) = patterns.entry(pattern).or_default();
            *times += 1;
            // what says itself that it is automatic need not change
            if different.len() < DIFFERENT || automatic {
                different.insert(if automatic { &[][..] } else { subject });
            }
        } else {
            typed += 1;
        }
    }
    if plain > others {
        return false;
    }
    let is_generated = |(times, different): &&(usize, BTreeSet<&[u8]>)| {
        *times >= ENOUGH && (different.len() >= DIFFERENT || different.contains(&[][..]))
    };
    patterns.values().filter(is_generated).map(|(times, _)| times).sum::<usize>() >= most
}

/// What stands for what was folded: bytes that no line of text holds.
const DATE: u8 = 1;
const HASH: u8 = 2;
const VERSION: u8 = 3;
const NUMBER: u8 = 4;

/// The table of what changes in generated messages.
struct Messages {
    folds: Vec<(Regex, u8)>,
    automatic: Regex,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    automatic: String,
    fold: Vec<Fold>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fold {
    is: What,
    pattern: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    Date,
    Hash,
    Version,
    Number,
}

static MESSAGES: LazyLock<Messages> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("messages.toml")).expect("the baked table is read by a test");
    let regex = |pattern: &str| {
        let regex = RegexBuilder::new(pattern).unicode(false).case_insensitive(true).build();
        regex.expect("the baked table is read by a test")
    };
    let byte = |what| match what {
        What::Date => DATE,
        What::Hash => HASH,
        What::Version => VERSION,
        What::Number => NUMBER,
    };
    let folds = table.fold.iter().map(|fold| (regex(&fold.pattern), byte(fold.is))).collect();
    Messages { folds, automatic: regex(&table.automatic) }
});

/// A message with everything that changes from time to time replaced by what kind of thing it is.
fn fold(subject: &[u8]) -> Vec<u8> {
    let mut text = subject.to_ascii_lowercase();
    for (regex, kind) in &MESSAGES.folds {
        text = regex
            .replace_all(&text, |found: &regex::bytes::Captures<'_>| {
                let whole = found.get(0).map(|whole| whole.as_bytes()).unwrap_or_default();
                if *kind == HASH && !(7..=64).contains(&whole.len()) { whole.to_vec() } else { vec![*kind] }
            })
            .into_owned();
    }
    text.dedup_by(|b, a| a == b && *a <= NUMBER);
    text
}

/// Whether a message says that nobody typed it.
fn says_automatic(subject: &[u8]) -> bool {
    MESSAGES.automatic.is_match(subject)
}
