//! What does reviewdog comment on? Its own format, `rdjson`.
//!
//! Source: reviewdog's `proto/rdf/reviewdog.proto` and its JSON schema `DiagnosticResult.json`.

use super::encode::{json_path, json_text};
use super::located::{self, Located};
use crate::phrase::Lang;
use crate::report::{Finding, Outcome, Report};
use crate::rule::Severity;
use crate::signal::Span;
use serde::Serialize;

#[derive(Serialize)]
struct Document<'r> {
    source: Source,
    diagnostics: Vec<Diagnostic<'r>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'r> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'r>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
}

#[derive(Serialize)]
struct Code<'r> {
    value: &'r str,
}

/// The findings for reviewdog, their messages in one language, with a line break at its end.
pub fn render(report: &Report, lang: Lang) -> String {
    let diagnostics = located::findings(report).map(|(outcome, finding)| diagnostic(report, outcome, finding, lang));
    let source = Source { name: super::TOOL.name, url: env!("CARGO_PKG_REPOSITORY") };
    super::serialise(&Document { source, diagnostics: diagnostics.collect() })
}

fn diagnostic<'r>(report: &'r Report, outcome: &'r Outcome, finding: &'r Finding, lang: Lang) -> Diagnostic<'r> {
    let located = Located::of(report, finding, |_| true);
    Diagnostic {
        message: json_text(&located::message(outcome, finding, lang)),
        location: Location { path: json_path(located.file), range: located.span.map(range) },
        severity: match outcome.rule.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        code: Code { value: &outcome.rule.id },
    }
}

/// reviewdog counts columns in bytes, and we in characters: only whole lines are certain to be the same.
fn range(span: Span) -> Range {
    let line = |line: u32| Position { line: line.max(1), column: None };
    Range { start: line(span.line), end: line(span.end_line.max(span.line)) }
}
