//! What does the process of one repository write down, and what does it answer?
//!
//! The process is this program, started anew with [`SUBCOMMAND`]. It writes `results/<key>.json` and
//! `results/<key>.sarif`, each under another name first, and then says one line of JSON on standard output: an
//! [`Answer`]. Whatever ends it before that leaves no answer, and so no result.

mod publiccode;

use crate::output;
use crate::output::encode::{json_path, json_text, json_value};
use crate::phrase::{Lang, Message, Phrase};
use crate::portfolio::result::{MOST_FINDINGS, SCHEMA};
use crate::portfolio::{Both, Counts, FindingResult, LossResult, RepositoryResult, RuleResult, Status};
use crate::reading::Readings;
use crate::report::{Finding, Outcome, Report, Verdict};
use crate::repository::{Loss, Repository};
use crate::rule::{Level, Rule};
use serde::{Deserialize, Serialize};

/// The hidden first argument that starts this program for one repository.
pub const SUBCOMMAND: &str = "__examine";

/// What the process of a repository says at its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// the result is written
    Seen,
    /// the commit is the one that was not to be looked at again
    Same,
    /// there is nothing that can be looked at
    Refused(Both),
    /// the result cannot be written
    Unwritten(Both),
}

/// A sentence in both languages, made visible.
pub fn both(phrase: &Phrase) -> Both {
    Both::of(|lang| phrase.message(lang))
}

impl Both {
    fn of(message: impl Fn(Lang) -> Message) -> Self {
        Self { en: json_text(&message(Lang::En)), de: json_text(&message(Lang::De)) }
    }
}

/// What is kept of a report.
pub fn result(report: &Report, readings: &Readings<'_>, repository: &Repository) -> RepositoryResult {
    let about = &report.repository;
    RepositoryResult {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: report.as_of.clone(),
        revision: about.revision.clone(),
        kind: about.kind.clone(),
        licence: about.licence.as_ref().map(json_value),
        shallow: about.shallow,
        level: report.level.map(|level| Level::name(level).to_owned()),
        profile: json_value(&report.profile.as_str().into()),
        counts: counts(report),
        rules: report.outcomes.iter().map(rule).collect(),
        losses: report.losses.iter().map(loss).collect(),
        publiccode: publiccode::valid(report, readings, repository),
    }
}

/// The text of `results/<key>.json`.
pub fn render(result: &RepositoryResult) -> String {
    // Nothing in it can fail to be written: keys are strings, and numbers finite.
    let mut json = serde_json::to_string(result).unwrap_or_default();
    json.push('\n');
    json
}

/// What came of a repository that was looked at. As with exit codes, findings win over what could not be looked at.
pub fn status(counts: &Counts) -> Status {
    match (counts.errors + counts.warnings + counts.notes, counts.losses) {
        (0, 0) => Status::Ok,
        (0, _) => Status::Incomplete,
        _ => Status::Findings,
    }
}

fn counts(report: &Report) -> Counts {
    let output::Counts { errors, warnings, notes, ok, skipped, waived } = output::Counts::of(report);
    Counts { errors, warnings, notes, ok, skipped, waived, losses: report.losses.len() }
}

fn rule(outcome: &Outcome) -> RuleResult {
    let findings = outcome.verdict.findings();
    RuleResult {
        id: outcome.rule.id.clone(),
        level: outcome.rule.level.name().to_owned(),
        severity: outcome.rule.severity.name().to_owned(),
        verdict: outcome.verdict.name().to_owned(),
        blocks: outcome.blocks(),
        reason: match &outcome.verdict {
            Verdict::Skipped(why) => Some(both(why)),
            _ => None,
        },
        number: findings.len(),
        waived: outcome.waived.len(),
        findings: findings.iter().take(MOST_FINDINGS).map(|one| finding(one, &outcome.rule)).collect(),
    }
}

fn finding(finding: &Finding, rule: &Rule) -> FindingResult {
    FindingResult {
        path: finding.place.path.as_ref().map(json_path),
        line: finding.place.span.map(|span| span.line),
        called: json_value(&finding.called),
        message: Both::of(|lang| finding.message(rule, lang)),
        fingerprint: finding.fingerprint.clone(),
    }
}

fn loss(loss: &Loss) -> LossResult {
    LossResult { path: loss.path.as_ref().map(json_path), message: both(&loss.why) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_win_over_what_could_not_be_looked_at() {
        let counts = |notes, losses| Counts { notes, losses, ..Counts::default() };
        assert_eq!(status(&counts(0, 0)), Status::Ok);
        assert_eq!(status(&counts(0, 1)), Status::Incomplete);
        assert_eq!(status(&counts(1, 1)), Status::Findings);
    }

    #[test]
    fn answers_are_one_line_each() {
        let why = both(&Phrase::new("no {x}", "kein {x}").with("x", "a\nb\u{1b}[2J"));
        for answer in [Answer::Seen, Answer::Same, Answer::Refused(why.clone()), Answer::Unwritten(why)] {
            let told = serde_json::to_string(&answer).unwrap();
            assert!(!told.contains(['\n', '\u{1b}']), "{told}");
            assert_eq!(serde_json::from_str::<Answer>(&told).unwrap(), answer);
        }
    }
}
