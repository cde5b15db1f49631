//! What does GitLab show in a merge request? A Code Quality report.
//!
//! Source: GitLab's documentation, "Code Quality", "Implement a custom tool", and its schema `codeclimate.json`:
//! an array of findings, each in a file and on a line; findings with one fingerprint are one.

use super::encode::{json_path, json_text, plain};
use super::located::{self, Located};
use crate::phrase::Lang;
use crate::report::{Finding, Outcome, Report};
use crate::rule::Severity;
use serde::Serialize;

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: &'r str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The findings as a Code Quality report, their messages in one language, with a line break at its end.
pub fn render(report: &Report, lang: Lang) -> String {
    let issues: Vec<Issue<'_>> =
        located::findings(report).map(|(outcome, finding)| issue(report, outcome, finding, lang)).collect();
    super::serialise(&issues)
}

fn issue<'r>(report: &'r Report, outcome: &'r Outcome, finding: &'r Finding, lang: Lang) -> Issue<'r> {
    let located = Located::of(report, finding, |_| true);
    let (begin, end) = located.span.map_or((1, 1), |span| (span.line.max(1), span.end_line.max(span.line).max(1)));
    let title = plain(&outcome.rule.page(lang).title);
    Issue {
        description: format!("{title}: {}", json_text(&located::message(outcome, finding, lang))),
        check_name: &outcome.rule.id,
        fingerprint: &finding.fingerprint,
        severity: match outcome.rule.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Note => "minor",
        },
        location: Location { path: json_path(located.file), lines: Lines { begin, end } },
    }
}
