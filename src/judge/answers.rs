//! What do the rooms answer? Asked are only the questions that a rule needs, each once.

use super::{not_asked, places};
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::repository::Loss;
use crate::rule::{Asked, Rule};
use crate::side_by_side;
use crate::signal::{Observation, Reading, Subject, Whole};
use crate::signals;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;

/// What every report says about a repository, whatever the rules ask.
const ABOUT: &[&str] = &["kind", "licence"];

/// Every answer about one repository that was asked for so far; each question is answered at most once.
pub struct Answers {
    wholes: BTreeMap<&'static str, Reading>,
    subjects: BTreeMap<&'static str, Vec<Observation>>,
}

impl Answers {
    /// Answers that are there already, by name of the signal and of the subject.
    pub fn new(wholes: BTreeMap<&'static str, Reading>, subjects: BTreeMap<&'static str, Vec<Observation>>) -> Self {
        Self { wholes, subjects }
    }

    /// Asks what these rules need, with `head` also what the head of a report says, and nothing else.
    pub fn for_rules(readings: &Readings<'_>, rules: &[Rule], head: bool) -> Self {
        let about = if head { ABOUT } else { &[] };
        let Needs { wholes, subjects, enough } = Needs::of(rules, about);
        Self::ask(readings, wholes.into_values().collect(), subjects.into_values().collect(), &enough)
    }

    /// Asks these questions about the whole, with `head` also what the head of a report says, and nothing else.
    /// Meanwhile the history is read that the rules need.
    pub(super) fn first(readings: &Readings<'_>, names: &[&'static str], rules: &[&Rule], head: bool) -> Self {
        let Needs { wholes, subjects, enough } = Needs::of(rules.iter().copied(), &[]);
        expect_history(readings, wholes.into_keys().chain(subjects.into_keys()), &enough);
        // What kind of repository it is shows in all files: they are looked at while others wait for the history.
        let about = if head { ABOUT } else { &[] };
        let names: BTreeSet<&str> = about.iter().chain(names).copied().collect();
        let asked = names.iter().filter_map(|name| signals::whole(name)).collect();
        Self::ask(readings, asked, Vec::new(), &Enough::default())
    }

    /// Asks what is said of these subjects, by their names, and nothing else.
    pub fn about(readings: &Readings<'_>, subjects: &[&str]) -> Self {
        Self::asked(readings, &[], subjects)
    }

    /// Asks these questions about the whole, and what is said of these subjects, by their names, and nothing else.
    pub fn asked(readings: &Readings<'_>, wholes: &[&str], subjects: &[&str]) -> Self {
        Self::ask(
            readings,
            signals::wholes().filter(|whole| wholes.contains(&whole.signal.name)).collect(),
            signals::subjects().filter(|subject| subjects.contains(&subject.name)).collect(),
            &Enough::default(),
        )
    }

    /// Asks everything there is to ask.
    pub fn all(readings: &Readings<'_>) -> Self {
        Self::ask(readings, signals::wholes().collect(), signals::subjects().collect(), &Enough::default())
    }

    fn ask(
        readings: &Readings<'_>,
        wholes: Vec<&'static Whole>,
        subjects: Vec<&'static Subject>,
        enough: &Enough,
    ) -> Self {
        let names = wholes.iter().map(|whole| whole.signal.name).chain(subjects.iter().map(|subject| subject.name));
        expect_history(readings, names, enough);
        let asked: Vec<Ask> =
            subjects.into_iter().map(Ask::Subject).chain(wholes.into_iter().map(Ask::Whole)).collect();
        let mut answers = Self { wholes: BTreeMap::new(), subjects: BTreeMap::new() };
        for answer in side_by_side::map(&asked, |ask| ask.answer(readings)) {
            match answer {
                Answer::Subject(name, met) => drop(answers.subjects.insert(name, met)),
                Answer::Whole(name, reading) => drop(answers.wholes.insert(name, reading)),
            }
        }
        answers
    }

    /// The answers about the repository as a whole, by name of the signal.
    pub fn wholes(&self) -> &BTreeMap<&'static str, Reading> {
        &self.wholes
    }

    /// What was met, by name of the subject.
    pub fn subjects(&self) -> &BTreeMap<&'static str, Vec<Observation>> {
        &self.subjects
    }

    /// Replaces what was met of a subject, where a rule asked for it.
    pub(super) fn meet(&mut self, subject: &str, observations: Vec<Observation>) {
        if let Some(met) = self.subjects.get_mut(subject) {
            *met = observations;
        }
    }

    /// Whether it was asked what the head of a report says.
    pub(super) fn has_head(&self) -> bool {
        ABOUT.iter().all(|name| self.wholes.contains_key(name))
    }

    /// The answer about the repository as a whole; the reason where nobody asked.
    pub(super) fn whole(&self, name: &str) -> Reading {
        self.wholes.get(name).cloned().unwrap_or_else(|| Err(not_asked()))
    }
}

/// What rules need to be answered.
struct Needs {
    wholes: BTreeMap<&'static str, &'static Whole>,
    subjects: BTreeMap<&'static str, &'static Subject>,
    enough: Enough,
}

impl Needs {
    /// What these rules need, and these questions about the whole.
    fn of<'r>(rules: impl IntoIterator<Item = &'r Rule>, about: &[&'static str]) -> Self {
        let mut wholes: BTreeMap<&str, &'static Whole> =
            about.iter().filter_map(|name| Some((*name, signals::whole(name)?))).collect();
        let mut subjects = BTreeMap::new();
        let mut enough = Enough::default();
        for rule in rules {
            for clause in rule.applies_when.iter().chain(&rule.finding_when).chain(&rule.not_when) {
                if let Asked::Whole(whole) = clause.asked {
                    enough.add(whole.signal.name, clause.test.enough(&rule.settings));
                    wholes.insert(whole.signal.name, whole);
                }
            }
            for place in places(rule) {
                let name = place.strip_prefix("repository.").unwrap_or(place);
                if (rule.looks_at.is_none() || place != name)
                    && let Some(whole) = signals::whole(name)
                {
                    enough.add(whole.signal.name, None);
                    wholes.insert(whole.signal.name, whole);
                }
            }
            if let Some(subject) = rule.looks_at {
                subjects.insert(subject.name, subject);
            }
        }
        Self { wholes, subjects, enough }
    }
}

/// Has the history read as far back as these questions and subjects need it.
fn expect_history(readings: &Readings<'_>, names: impl Iterator<Item = &'static str>, enough: &Enough) {
    let reads = names.filter_map(signals::reads_history);
    let plan = reads.map(|reads| (reads.question, (reads.span)(enough.of(reads.question))));
    readings.repo.expect_history(plan.collect());
}

/// How many of what a question counts are enough for every rule that asks it.
#[derive(Default)]
struct Enough(BTreeMap<&'static str, Option<u32>>);

impl Enough {
    /// A rule for which so many are enough; `None` where it wants to know exactly.
    fn add(&mut self, question: &'static str, count: Option<u32>) {
        let known = self.0.entry(question).or_insert(count);
        *known = known.zip(count).map(|(known, count)| known.max(count));
    }

    fn of(&self, question: &str) -> Option<u32> {
        self.0.get(question).copied().flatten()
    }
}

/// A question to a room.
enum Ask {
    Subject(&'static Subject),
    Whole(&'static Whole),
}

/// What a room says.
enum Answer {
    Subject(&'static str, Vec<Observation>),
    Whole(&'static str, Reading),
}

impl Ask {
    fn answer(&self, readings: &Readings<'_>) -> Answer {
        match self {
            Self::Subject(subject) => {
                Answer::Subject(subject.name, guarded(readings, subject.name, || (subject.look)(readings)))
            }
            Self::Whole(whole) => Answer::Whole(whole.signal.name, answered(readings, whole)),
        }
    }
}

/// Asks one question about the whole.
fn answered(readings: &Readings<'_>, whole: &'static Whole) -> Reading {
    let name = whole.signal.name;
    guarded(readings, name, || Some((whole.answer)(readings))).unwrap_or_else(|| Err(failed(name)))
}

/// A room that panics is our mistake; it costs its own answers, is told in the report, and never ends the run.
fn guarded<T: Default>(readings: &Readings<'_>, name: &str, look: impl FnOnce() -> T) -> T {
    std::panic::catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| {
        readings.repo.lose(Loss { path: None, why: failed(name) });
        T::default()
    })
}

fn failed(name: &str) -> Phrase {
    Phrase::new(
        "civiclint failed to look at `{name}`; please report it",
        "civiclint ist an `{name}` gescheitert; bitte melden Sie das",
    )
    .with("name", name)
}
