//! What does this look say of the requirements of a norm: settled, prepared for a person, or out of reach?
//!
//! A rule that holds seldom proves that a requirement is met, and a finding does not always prove that it is not. The
//! tables of norms say where either is enough ([`Requirement::not_met_by`], [`Requirement::covered`]); everything else
//! is evidence for a person. No norm as a whole is ever said to be met.

mod reason;
#[cfg(test)]
mod tests;

use crate::phrase::Phrase;
use crate::report::{Outcome, Verdict, WaivedBy};
use crate::rule::{Covered, Norm, Requirement, Rule, ToldBy};
use std::collections::BTreeMap;

/// The requirements of one norm, each with what is known of it.
#[derive(Debug)]
pub struct NormReport {
    /// the norm
    pub norm: &'static Norm,
    /// one for each requirement, in the norm's order
    pub rows: Vec<Row>,
}

/// A requirement and what is known of it.
#[derive(Debug)]
pub struct Row {
    /// what is demanded
    pub requirement: &'static Requirement,
    /// what is known
    pub standing: Standing,
    /// the rules that answer it, by id; those that were not asked too
    pub answers: Vec<Answer>,
}

/// A rule that answers a requirement.
#[derive(Debug)]
pub struct Answer {
    /// its id
    pub rule: String,
    /// what it says
    pub said: Said,
}

/// What a rule says of a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// it was judged, and nothing was found
    Ok,
    /// something was found that nobody accepted
    Finding,
    /// something was found, and all of it was accepted by somebody
    Accepted,
    /// there is nothing here that it looks at, and why
    Nothing(Phrase),
    /// it does not apply, or nobody can tell, and why
    Skipped(Phrase),
    /// it is turned off
    NotAsked,
}

impl Said {
    /// The word in machine formats.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Finding => "finding",
            Self::Accepted => "accepted",
            Self::Nothing(_) | Self::Skipped(_) => "skip",
            Self::NotAsked => "not-asked",
        }
    }

    /// Whether it was looked at and judged.
    fn is_judged(&self) -> bool {
        matches!(self, Self::Ok | Self::Finding | Self::Accepted)
    }
}

/// What is known of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// the rules decide it
    Settled(Settled),
    /// the rules found evidence; a person decides
    Prepared(Evidence),
    /// the rules could have said something, but none was judged
    Untold,
    /// no rule says anything
    OutOfReach(Beyond),
}

/// How a requirement is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Settled {
    /// it is not met
    NotMet,
    /// it is not met, and somebody accepted that
    Accepted,
    /// it is met, as far as was looked
    Holds,
}

/// What there is for a person to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// findings
    Findings,
    /// findings that somebody accepted
    Accepted,
    /// no findings
    Nothing,
}

/// Why a requirement is out of reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beyond {
    /// the rules that answer it were not asked
    NotAsked,
    /// a scan could tell, and there is no rule yet
    NoRule,
    /// files could hold a hint, and there is no rule yet
    NoHint,
    /// only the forge knows
    Forge,
    /// only a person can say
    Person,
    /// it does not show in the repository
    Outside,
}

impl Beyond {
    /// From what could be done about it to what could not.
    pub const ALL: [Self; 6] = [Self::NotAsked, Self::NoRule, Self::NoHint, Self::Forge, Self::Person, Self::Outside];
}

/// Which rules answer which requirement, whether they are asked or not.
#[derive(Debug, Default)]
pub struct Answering(BTreeMap<String, Vec<String>>);

impl Answering {
    /// From all rules that are there, before a policy takes any out.
    pub fn of(rules: &[Rule]) -> Self {
        let mut by_requirement: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for rule in rules {
            for requirement in &rule.norms {
                by_requirement.entry(requirement.clone()).or_default().push(rule.id.clone());
            }
        }
        for rules in by_requirement.values_mut() {
            rules.sort();
            rules.dedup();
        }
        Self(by_requirement)
    }
}

/// How many requirements stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// settled: met, as far as was looked
    pub holds: usize,
    /// settled: not met
    pub not_met: usize,
    /// settled: not met, and accepted
    pub accepted: usize,
    /// prepared, with findings (accepted ones among them)
    pub prepared_with_findings: usize,
    /// prepared, without findings
    pub prepared_without: usize,
    /// could not be told
    pub untold: usize,
    /// out of reach
    pub out_of_reach: usize,
}

impl NormReport {
    /// What the outcomes of a check say of a norm. `kind` is the kind of the repository, where it is known: some rules
    /// decide a requirement for software only.
    pub fn new(norm: &'static Norm, answering: &Answering, outcomes: &[Outcome], kind: Option<&str>) -> Self {
        let by_id: BTreeMap<&str, &Outcome> =
            outcomes.iter().map(|outcome| (outcome.rule.id.as_str(), outcome)).collect();
        let row = |requirement: &'static Requirement| {
            let rules = answering.0.get(&norm.id_of(requirement)).map_or(&[][..], Vec::as_slice);
            let answer = |rule: &String| Answer {
                rule: rule.clone(),
                said: by_id.get(rule.as_str()).map_or(Said::NotAsked, |outcome| said(outcome)),
            };
            let answers: Vec<Answer> = rules.iter().map(answer).collect();
            Row { requirement, standing: standing(requirement, &answers, kind), answers }
        };
        Self { norm, rows: norm.requirements.iter().map(row).collect() }
    }

    /// How many requirements stand how.
    pub fn sums(&self) -> Sums {
        let mut sums = Sums::default();
        for row in &self.rows {
            let number = match row.standing {
                Standing::Settled(Settled::Holds) => &mut sums.holds,
                Standing::Settled(Settled::NotMet) => &mut sums.not_met,
                Standing::Settled(Settled::Accepted) => &mut sums.accepted,
                Standing::Prepared(Evidence::Findings | Evidence::Accepted) => &mut sums.prepared_with_findings,
                Standing::Prepared(Evidence::Nothing) => &mut sums.prepared_without,
                Standing::Untold => &mut sums.untold,
                Standing::OutOfReach(_) => &mut sums.out_of_reach,
            };
            *number += 1;
        }
        sums
    }
}

fn said(outcome: &Outcome) -> Said {
    // A baseline says since when, not that anybody accepts it.
    let known = outcome.waived.iter().any(|waived| waived.by == WaivedBy::Baseline);
    match &outcome.verdict {
        _ if known => Said::Finding,
        Verdict::Findings(findings) if !findings.is_empty() => Said::Finding,
        Verdict::Ok | Verdict::Findings(_) if !outcome.waived.is_empty() => Said::Accepted,
        Verdict::Ok | Verdict::Findings(_) => Said::Ok,
        Verdict::Skipped(why) => {
            let none = outcome.rule.looks_at.map(|subject| Phrase::new(subject.none.en, subject.none.de));
            if none.as_ref() == Some(why) { Said::Nothing(why.clone()) } else { Said::Skipped(why.clone()) }
        }
    }
}

fn standing(requirement: &Requirement, answers: &[Answer], kind: Option<&str>) -> Standing {
    let any = |wanted: &Said| answers.iter().any(|answer| answer.said == *wanted);
    let decides = |wanted: &Said| {
        let by = |answer: &Answer| answer.said == *wanted && requirement.not_met_by.contains(&answer.rule);
        requirement.told_by.is_decidable() && answers.iter().any(by)
    };
    if decides(&Said::Finding) {
        return Standing::Settled(Settled::NotMet);
    }
    if decides(&Said::Accepted) {
        return Standing::Settled(Settled::Accepted);
    }
    if answers.iter().any(|answer| answer.said.is_judged()) {
        let all_hold = answers.iter().all(|answer| matches!(answer.said, Said::Ok | Said::Nothing(_)));
        return match () {
            () if all_hold && is_covered(requirement, kind) => Standing::Settled(Settled::Holds),
            () if any(&Said::Finding) => Standing::Prepared(Evidence::Findings),
            () if any(&Said::Accepted) => Standing::Prepared(Evidence::Accepted),
            () => Standing::Prepared(Evidence::Nothing),
        };
    }
    if answers.iter().any(|answer| answer.said != Said::NotAsked) {
        return Standing::Untold;
    }
    Standing::OutOfReach(match requirement.told_by {
        _ if !answers.is_empty() => Beyond::NotAsked,
        ToldBy::Files | ToldBy::History => Beyond::NoRule,
        ToldBy::Hint => Beyond::NoHint,
        ToldBy::Forge => Beyond::Forge,
        ToldBy::Person => Beyond::Person,
        ToldBy::Outside => Beyond::Outside,
    })
}

/// Whether rules that hold are enough to know that the requirement is met, in a repository of this kind.
fn is_covered(requirement: &Requirement, kind: Option<&str>) -> bool {
    requirement.told_by.is_decidable()
        && match requirement.covered {
            Some(Covered::All) => true,
            Some(Covered::Software) => kind == Some("software"),
            None => false,
        }
}
