//! Which subjects and signals may a rule name?

use crate::signal::{Signal, Subject, Whole};
use crate::signals;

/// The subjects and signals that rules may name: those of the rooms, or those of a test.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// every subject but `repository`
    pub subjects: Vec<&'static Subject>,
    /// every question about the repository as a whole
    pub wholes: Vec<&'static Whole>,
}

impl Vocabulary {
    /// What the rooms can be asked.
    pub fn of_rooms() -> Self {
        Self { subjects: signals::subjects().collect(), wholes: signals::wholes().collect() }
    }

    /// The subject of this name.
    pub fn subject(&self, name: &str) -> Option<&'static Subject> {
        self.subjects.iter().copied().find(|subject| subject.name == name)
    }

    /// The question about the repository as a whole that has this name (without `repository.`).
    pub fn whole(&self, name: &str) -> Option<&'static Whole> {
        self.wholes.iter().copied().find(|whole| whole.signal.name == name)
    }

    /// The subjects that can be asked for a signal of this name.
    pub fn subjects_with(&self, signal: &str) -> impl Iterator<Item = &'static Subject> {
        self.subjects.iter().copied().filter(move |subject| own(subject, signal).is_some())
    }
}

/// The subject's own question of this name.
pub(super) fn own(subject: &'static Subject, name: &str) -> Option<&'static Signal> {
    subject.signals.iter().find(|signal| signal.name == name)
}
