//! What came out? Verdicts, findings and the level, before anything is written down.

mod line_hash;
pub mod norm;

pub use line_hash::line_hashes;

use crate::phrase::{Lang, Message, Phrase, Piece};
use crate::repository::worker::Confinement;
use crate::repository::{Limits, Loss, Work};
use crate::rule::{Level, Rule, Severity};
use crate::signal::{Place, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// The result of a check.
#[derive(Debug)]
pub struct Report {
    /// the day of the scan, `2026-11-22`
    pub as_of: String,
    /// what was looked at
    pub repository: About,
    /// the active rules with their verdicts: by level, then by severity (the worst first), then by id
    pub outcomes: Vec<Outcome>,
    /// the highest level that holds; `None` where not even the lowest does
    pub level: Option<Level>,
    /// the name of what was asked
    pub profile: String,
    /// the policy file that decided, and what became of the repository's own; `None` where there is nothing to say
    pub policy: Option<PolicyUsed>,
    /// how many files the policy leaves out
    pub left_out: usize,
    /// what could not be looked at
    pub losses: Vec<Loss>,
    /// how much work it was
    pub work: Work,
    /// what is known of the requirements of a norm, where the profile in force names one
    pub norm: Option<norm::NormReport>,
    /// what became of the findings of the baseline; `None` where there is none
    pub baseline: Option<Baselined>,
    /// how much was read and is told at most
    pub limits: Limits,
    /// what the process that reads git objects gave away, which depends on the system; `None` where none was needed
    pub confinement: Option<Confinement>,
}

/// What became of the findings of a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Baselined {
    /// how many findings it holds
    pub entries: usize,
    /// how many of them are no longer there, so that it can be written anew with fewer
    pub gone: usize,
}

/// Which policy decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyUsed {
    /// the file; `None` where no file decided, but a profile
    pub path: Option<Untrusted>,
    /// the revision that it was read from, as the user wrote it; `None` where it is that of what is looked at
    pub revision: Option<Untrusted>,
    /// whether the repository, as it is looked at, has another policy of its own, which did not count
    pub own_differs: bool,
    /// the policy file that is wrong, so that a profile decided in its place
    pub not_applied: Option<Untrusted>,
}

/// What was looked at.
#[derive(Clone, Debug)]
pub struct About {
    /// as the user wrote it
    pub path: Untrusted,
    /// the commit, in hexadecimal
    pub revision: Option<String>,
    /// `software`, `data` or `documentation`; `None` where nobody can tell
    pub kind: Option<String>,
    /// the licence of the whole, an SPDX expression; `None` where there is none
    pub licence: Option<Untrusted>,
    /// whether anybody asked for kind and licence
    pub asked: bool,
    /// whether the clone is shallow
    pub shallow: bool,
    /// a file of the tree that findings about the whole may be anchored on: README, else a manifest, else any
    pub anchor: Option<crate::repository::RepoPath>,
}

/// A rule and its verdict.
#[derive(Debug)]
pub struct Outcome {
    /// the rule, with the settings in force
    pub rule: Rule,
    /// what the judge says, less the findings that are waived; `Findings` of none where all of them are
    pub verdict: Verdict,
    /// the findings that do not count, in the order of their places
    pub waived: Vec<Waived>,
}

/// A finding that does not count, and why.
#[derive(Clone, Debug)]
pub struct Waived {
    /// what was found
    pub finding: Finding,
    /// where it is said that it does not count
    pub by: WaivedBy,
    /// why, in the words of whoever waived it; empty for a baseline
    pub reason: Untrusted,
    /// the last day on which the waiver holds, `2027-06-30`
    pub until: Option<String>,
}

/// Where it is said that a finding does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaivedBy {
    /// in the policy
    Policy,
    /// in the file, next to the finding
    Line,
    /// it was there when the baseline was written
    Baseline,
}

impl WaivedBy {
    /// The word in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Line => "line",
            Self::Baseline => "baseline",
        }
    }
}

impl Outcome {
    /// Sorts by level, then by severity (the worst first), then by id.
    pub fn sort(outcomes: &mut [Self]) {
        outcomes.sort_by(|a, b| {
            (a.rule.level, std::cmp::Reverse(a.rule.severity), &a.rule.id).cmp(&(
                b.rule.level,
                std::cmp::Reverse(b.rule.severity),
                &b.rule.id,
            ))
        });
    }

    /// Whether the rule was not asked or could not be answered.
    pub fn is_skipped(&self) -> bool {
        matches!(self.verdict, Verdict::Skipped(_))
    }

    /// Whether the findings keep the repository from the rule's level; notes never do. Those of a baseline do, as
    /// nobody has said why they should not count.
    pub fn blocks(&self) -> bool {
        let known = || self.waived.iter().any(|waived| waived.by == WaivedBy::Baseline);
        self.rule.severity >= Severity::Warning && (!self.verdict.findings().is_empty() || known())
    }
}

/// What the judge says of one rule.
#[derive(Debug)]
pub enum Verdict {
    /// looked at, nothing found
    Ok,
    /// at least one
    Findings(Vec<Finding>),
    /// not asked or not answerable, and why
    Skipped(Phrase),
}

impl Verdict {
    /// The word in fixtures, labels and machine formats.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Findings(_) => "finding",
            Self::Skipped(_) => "skip",
        }
    }

    /// The findings; none for other verdicts.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Findings(findings) => findings,
            _ => &[],
        }
    }
}

/// One thing found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// where
    pub place: Place,
    /// what it is called
    pub called: Untrusted,
    /// what the message may say: answers and settings, by the name of the place in `says`
    pub values: BTreeMap<String, Value>,
    /// where `place` is a folder: the first file below it, for readers that know files only
    pub stands_for: Option<crate::repository::RepoPath>,
    /// the line it points at, where there is one and it may be quoted
    pub excerpt: Option<Untrusted>,
    /// GitHub's `primaryLocationLineHash` of that line
    pub line_hash: Option<String>,
    /// stable under moved lines: SHA-256 of rule, path, name and number among equals, in hexadecimal
    pub fingerprint: String,
}

impl Finding {
    /// The message in one language.
    pub fn message(&self, rule: &Rule, lang: Lang) -> Message {
        let foreign = |value: Untrusted| Message(vec![Piece::Foreign(value)]);
        Message::compose(&rule.page(lang).says, |name| match name {
            "called" => Some(foreign(self.called.clone())),
            "path" => self.place.path.as_ref().map(|path| foreign(path.untrusted())),
            _ => self.values.get(name).map(|value| match value {
                Value::Said(sentence) => sentence.message(lang),
                value => foreign(show(value, lang)),
            }),
        })
    }
}

/// A value as text.
pub fn show(value: &Value, lang: Lang) -> Untrusted {
    match value {
        Value::YesNo(yes) => lang.pick(if *yes { "yes" } else { "no" }, if *yes { "ja" } else { "nein" }).into(),
        Value::Number(number) => number.to_string().into(),
        Value::AtLeast(least) => format!("≥ {least}").into(),
        Value::Text(text) => text.clone(),
        Value::List(list) => {
            let parts: Vec<&[u8]> = list.iter().map(Untrusted::as_bytes).collect();
            Untrusted::new(parts.join(&b", "[..]))
        }
        Value::Said(sentence) => {
            let pieces = sentence.message(lang).0;
            let bytes = pieces.iter().map(|piece| match piece {
                Piece::Own(own) => own.as_bytes(),
                Piece::Foreign(foreign) => foreign.as_bytes(),
            });
            Untrusted::new(bytes.collect::<Vec<_>>().concat())
        }
    }
}

impl Report {
    /// Takes in rules that are not asked of this repository, and why.
    pub fn add_skipped(&mut self, rules: Vec<(Rule, Phrase)>) {
        let skipped =
            rules.into_iter().map(|(rule, why)| Outcome { rule, verdict: Verdict::Skipped(why), waived: Vec::new() });
        self.outcomes.extend(skipped);
        Outcome::sort(&mut self.outcomes);
        self.level = Self::level_of(&self.outcomes);
    }

    /// The highest level at which no rule of that level or below has a finding that is at least a warning. A level
    /// of which no rule was asked is not reached.
    pub fn level_of(outcomes: &[Outcome]) -> Option<Level> {
        let of = |level: Level| outcomes.iter().filter(move |outcome| outcome.rule.level == level);
        Level::ALL
            .into_iter()
            .take_while(|level| of(*level).next().is_some() && !of(*level).any(Outcome::blocks))
            .last()
    }

    /// How many findings of each severity: notes, warnings, errors.
    pub fn count(&self, severity: Severity) -> usize {
        self.outcomes
            .iter()
            .filter(|outcome| outcome.rule.severity == severity)
            .map(|outcome| outcome.verdict.findings().len())
            .sum()
    }

    /// How many rules were skipped.
    pub fn skipped(&self) -> usize {
        self.outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Skipped(_))).count()
    }

    /// How many findings do not count.
    pub fn waived(&self) -> usize {
        self.outcomes.iter().map(|outcome| outcome.waived.len()).sum()
    }

    /// Whether there is a finding of this severity or worse.
    pub fn has(&self, severity: Severity) -> bool {
        self.outcomes.iter().any(|outcome| outcome.rule.severity >= severity && !outcome.verdict.findings().is_empty())
    }
}
