//! The rooms: each looks at a repository from one side and answers the questions of its table.
//!
//! A room knows no other room; what two rooms need is a reading.

mod data;
mod docs;
mod governance;
mod licence;
mod maintenance;
mod overview;
mod publication;
mod waivers;

use crate::repository::Span;
use crate::signal::{Signal, Subject, Whole};

/// A room: what it can be asked.
#[derive(Debug)]
pub struct Room {
    /// its name, which is a chapter of the rules
    pub name: &'static str,
    /// what it adds to the subject `repository`
    pub whole: &'static [Whole],
    /// the things it may meet
    pub subjects: &'static [Subject],
    /// those of its subjects and questions about the whole that read the history
    pub history: &'static [ReadsHistory],
}

/// A question that reads the history.
#[derive(Debug)]
pub struct ReadsHistory {
    /// the name of the question or subject
    pub question: &'static str,
    /// How far back it needs the history. What it is given is the count that is enough for every rule: where they ask
    /// for `more-than = 50`, fifty-one; `None` where somebody wants to know exactly.
    pub span: fn(Option<u32>) -> Span,
}

/// All rooms, in the order of the chapters.
pub const ROOMS: &[&Room] = &[
    &overview::ROOM,
    &licence::ROOM,
    &docs::ROOM,
    &data::ROOM,
    &maintenance::ROOM,
    &governance::ROOM,
    &publication::ROOM,
    &waivers::ROOM,
];

/// Every subject but `repository`, in the order of the rooms.
pub fn subjects() -> impl Iterator<Item = &'static Subject> {
    ROOMS.iter().flat_map(|room| room.subjects)
}

/// The subject of this name.
pub fn subject(name: &str) -> Option<&'static Subject> {
    subjects().find(|subject| subject.name == name)
}

/// Every question about the repository as a whole.
pub fn wholes() -> impl Iterator<Item = &'static Whole> {
    ROOMS.iter().flat_map(|room| room.whole)
}

/// The question about the repository as a whole that has this name (without `repository.`).
pub fn whole(name: &str) -> Option<&'static Whole> {
    wholes().find(|whole| whole.signal.name == name)
}

/// How far back a subject or a question about the whole needs the history; `None` where it does not read it.
pub fn reads_history(name: &str) -> Option<&'static ReadsHistory> {
    ROOMS.iter().flat_map(|room| room.history).find(|reads| reads.question == name)
}

/// The question a rule that looks at `looks_at` may ask by this name: the subject's own, or `repository.…`.
pub fn signal(looks_at: &str, name: &str) -> Option<&'static Signal> {
    if let Some(name) = name.strip_prefix("repository.") {
        return whole(name).map(|whole| &whole.signal);
    }
    if looks_at == "repository" {
        return whole(name).map(|whole| &whole.signal);
    }
    subject(looks_at)?.signals.iter().find(|signal| signal.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_has_one_meaning() {
        let twice = |names: Vec<&'static str>| {
            let mut seen = BTreeSet::new();
            names.into_iter().filter(|name| !seen.insert(*name)).collect::<Vec<_>>()
        };
        assert!(twice(subjects().map(|subject| subject.name).collect()).is_empty());
        assert!(twice(wholes().map(|whole| whole.signal.name).collect()).is_empty());
        for subject in subjects() {
            assert!(twice(subject.signals.iter().map(|signal| signal.name).collect()).is_empty(), "{}", subject.name);
        }
    }
}
