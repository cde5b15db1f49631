//! The language between rooms and rules: what is met, what may be asked about it, and the answers.

pub use crate::place::{Place, Span};

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// A kind of thing that may be met in a repository, with every question that may be asked about one.
///
/// The subject called `repository` is the whole; every room adds signals of its own to it.
#[derive(Debug)]
pub struct Subject {
    /// The name rules use: `data-source`.
    pub name: &'static str,
    /// What one of them is, after the word "each": "place outside the repository that code reads data from".
    pub is: Words,
    /// Why a rule is skipped where none is met: "no data files". Empty where that is the best that can be: what is
    /// looked for should not be there at all, and a rule that meets none holds.
    pub none: Words,
    /// The questions.
    pub signals: &'static [Signal],
    /// Meets them all, in order of their place; every observation answers every signal.
    pub look: fn(&Readings<'_>) -> Vec<Observation>,
}

/// One question about a subject.
#[derive(Debug)]
pub struct Signal {
    /// The name rules use: `documented`.
    pub name: &'static str,
    /// What kind of answer it has.
    pub kind: Kind,
    /// The question in plain words, ending in "?".
    pub asks: Words,
}

/// One question about the repository as a whole, and the function that answers it.
#[derive(Debug)]
pub struct Whole {
    /// The question; a rule writes `repository.<name>`, or `<name>` where it looks at `repository`.
    pub signal: Signal,
    /// Answers it. Asked at most once a run, and only when an active rule or `facts` wants to know.
    pub answer: fn(&Readings<'_>) -> Reading,
}

/// The kinds of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// yes or no
    YesNo,
    /// a whole number
    Number,
    /// a text
    Text,
    /// a list of texts
    List,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// to a [`Kind::YesNo`] question
    YesNo(bool),
    /// to a [`Kind::Number`] question
    Number(i64),
    /// to a [`Kind::Number`] question of which only the lower end is known: it is this or more
    AtLeast(i64),
    /// to a [`Kind::Text`] question
    Text(Untrusted),
    /// to a [`Kind::List`] question
    List(Vec<Untrusted>),
    /// to a [`Kind::Text`] question whose answer is a sentence of ours; no rule can compare it
    Said(Phrase),
}

impl Value {
    /// Which kind of question this answers.
    pub fn kind(&self) -> Kind {
        match self {
            Self::YesNo(_) => Kind::YesNo,
            Self::Number(_) | Self::AtLeast(_) => Kind::Number,
            Self::Text(_) | Self::Said(_) => Kind::Text,
            Self::List(_) => Kind::List,
        }
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::YesNo(yes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<Phrase> for Value {
    fn from(sentence: Phrase) -> Self {
        Self::Said(sentence)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<Untrusted> for Value {
    fn from(text: Untrusted) -> Self {
        Self::Text(text)
    }
}

/// An answer, or the reason why nobody can tell.
pub type Reading = Result<Value, Phrase>;

/// One thing met, with the answers to all questions of its subject.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Where.
    pub place: Place,
    /// What it is called: `opendata.dwd.de`, `LICENSE`.
    pub called: Untrusted,
    /// The answers, by name of the signal.
    pub readings: BTreeMap<&'static str, Reading>,
    /// Whether outputs may quote the line; false where it may hold a secret.
    pub quotable: bool,
}

impl Observation {
    /// Something called `called`, met at `place`.
    pub fn new(place: Place, called: impl Into<Untrusted>) -> Self {
        Self { place, called: called.into(), readings: BTreeMap::new(), quotable: true }
    }

    /// Adds an answer.
    #[must_use]
    pub fn with(mut self, signal: &'static str, value: impl Into<Value>) -> Self {
        self.readings.insert(signal, Ok(value.into()));
        self
    }

    /// Adds an answer that may be a reason instead.
    #[must_use]
    pub fn with_reading(mut self, signal: &'static str, reading: Reading) -> Self {
        self.readings.insert(signal, reading);
        self
    }

    /// Forbids outputs to quote the line.
    #[must_use]
    pub fn not_quotable(mut self) -> Self {
        self.quotable = false;
        self
    }
}
