//! How is a finding shown to a viewer?

use super::{address, anchor, artifact, bag, share};
use crate::output::encode::{self, json_path, sarif_text};
use crate::output::located::{self, Located, Scope};
use crate::phrase::{Lang, Message, Phrase, Piece};
use crate::report::{Finding, Outcome, Report, Waived, WaivedBy};
use crate::repository::Limit;
use crate::rule::Severity;
use crate::signal::Span;
use serde_json::json;
use serde_sarif::sarif::{
    Location, LogicalLocation, PhysicalLocation, Region, Result as Found, ResultLevel, Suppression,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The fingerprint that GitHub reads.
const GITHUB: &str = "primaryLocationLineHash";

/// Our own, which does not change when lines move.
const OURS: &str = "civiclint/v1";

/// The findings, as many as a viewer takes; where those that are waived are wanted, behind the others of their rule.
pub(super) fn all(report: &Report, lang: Lang, with_waived: bool) -> Vec<Found> {
    let waived = |outcome: &Outcome| if with_waived { outcome.waived.len() } else { 0 };
    let count = |outcome: &Outcome| outcome.verdict.findings().len() + waived(outcome);
    let counts: Vec<usize> = report.outcomes.iter().map(count).collect();
    let share = share::share(&counts, report.limits.count(Limit::Findings));
    let mut results = Vec::new();
    for (index, outcome) in report.outcomes.iter().enumerate() {
        let findings = outcome.verdict.findings();
        let open = findings.iter().map(|finding| one(report, outcome, index, finding, lang));
        let suppressed = outcome.waived.iter().take(waived(outcome)).map(|waived| {
            let mut found = one(report, outcome, index, &waived.finding, lang);
            found.suppressions = Some(vec![suppression(waived)]);
            found
        });
        results.extend(open.chain(suppressed).take(share));
        if count(outcome) > share {
            results.push(more(report, outcome, index, count(outcome) - share, lang));
        }
    }
    if with_waived {
        // SARIF 2.1.0 §3.27.23: where one result says whether it is suppressed, all of them do.
        results.iter_mut().for_each(|found| found.suppressions = found.suppressions.take().or(Some(Vec::new())));
    }
    results
}

fn suppression(waived: &Waived) -> Suppression {
    let kind = if waived.by == WaivedBy::Line { "inSource" } else { "external" };
    let mut suppression = Suppression::builder().kind(json!(kind)).build();
    suppression.status = Some(json!("accepted"));
    suppression.justification = Some(encode::json_value(&waived.reason)).filter(|reason| !reason.is_empty());
    suppression
}

fn one(report: &Report, outcome: &Outcome, index: usize, finding: &Finding, lang: Lang) -> Found {
    let located = Located::of(report, finding, |path| encode::uri(path).is_some());
    let scope = located.scope;
    let logical = match (scope, &finding.place.path) {
        (Scope::Line | Scope::File, Some(_)) if located.own => None,
        (_, Some(path)) => Some(json_path(path)),
        (_, None) => Some("repository".to_owned()),
    };
    let shown = located.own || scope == Scope::Folder;
    let line_hash = finding.line_hash.as_ref().filter(|_| shown);
    let fingerprints = BTreeMap::from([
        (GITHUB.to_owned(), line_hash.unwrap_or(&finding.fingerprint).clone()),
        (OURS.to_owned(), finding.fingerprint.clone()),
    ]);
    let location = location(address(located.file), region(located.span), logical);
    found(outcome, index, located::message(outcome, finding, lang), location, fingerprints, scope)
}

fn more(report: &Report, outcome: &Outcome, index: usize, number: usize, lang: Lang) -> Found {
    let more = Phrase::new(
        "{number} more findings of this rule are not listed here; the JSON report holds them all",
        "{number} weitere Befunde dieser Regel stehen hier nicht; der JSON-Bericht enthält alle",
    );
    let message = report.limits.hit(Limit::Findings, more.with("number", number.to_string())).message(lang);
    let hash: String =
        Sha256::digest(format!("more of {}", outcome.rule.id)).iter().map(|byte| format!("{byte:02x}")).collect();
    let fingerprints = BTreeMap::from([(GITHUB.to_owned(), hash.clone()), (OURS.to_owned(), hash)]);
    let location = location(anchor(report), region(None), Some("repository".to_owned()));
    found(outcome, index, message, location, fingerprints, Scope::Repository)
}

fn found(
    outcome: &Outcome,
    index: usize,
    message: Message,
    location: Location,
    fingerprints: BTreeMap<String, String>,
    scope: Scope,
) -> Found {
    let level = match outcome.rule.severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Note => ResultLevel::Note,
    };
    Found::builder()
        .rule_id(outcome.rule.id.as_str())
        .rule_index(integer(index))
        .level(level)
        .message(&sarif_text(&sentence(message)))
        .locations(vec![location])
        .partial_fingerprints(fingerprints)
        .properties(bag(Vec::new(), [("civiclint", json!({ "scope": scope.name() }))]))
        .build()
}

/// A message that ends as a sentence does: GitHub shows the first one as the title.
fn sentence(mut message: Message) -> Message {
    let ended = match message.0.last() {
        Some(Piece::Own(text)) => text.ends_with(['.', '!', '?', '…']),
        _ => false,
    };
    if !ended {
        message.0.push(Piece::Own(".".to_owned()));
    }
    message
}

fn location(file: String, region: Region, logical: Option<String>) -> Location {
    let place = PhysicalLocation::builder().artifact_location(artifact(file)).region(region).build();
    let mut location = Location::builder().physical_location(place).build();
    location.logical_locations =
        logical.map(|name| vec![LogicalLocation::builder().kind("resource").fully_qualified_name(name).build()]);
    location
}

/// GitHub needs a region; a file as a whole is its first character.
fn region(span: Option<Span>) -> Region {
    let span = span.unwrap_or(Span::on_line(1, 1, 1));
    let (line, column) = (span.line.max(1), span.column.max(1));
    let end_line = span.end_line.max(line);
    let end_column = if end_line == line { span.end_column.max(column) } else { span.end_column.max(1) };
    Region::builder()
        .start_line(i64::from(line))
        .start_column(i64::from(column))
        .end_line(i64::from(end_line))
        .end_column(i64::from(end_column))
        .build()
}

pub(super) fn integer(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}
