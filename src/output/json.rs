//! What do other programs read? The report as `civiclint/report/1`; see `schemas/report-1.schema.json`.

use super::encode::{json_path, json_text, json_value};
use super::{Counts, Loss, TOOL, Tool};
use crate::phrase::Lang;
use crate::report::{Finding, Outcome, PolicyUsed, Report, Verdict, Waived};
use serde::Serialize;

/// The name and version of the format; a change that is not only an addition gets another number.
pub const SCHEMA: &str = "civiclint/report/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    tool: Tool,
    as_of: &'r str,
    repository: Repository<'r>,
    level: Option<&'static str>,
    profile: String,
    policy: Option<Policy>,
    left_out: usize,
    counts: Counts,
    losses: Vec<Loss>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<Baselined>,
    rules: Vec<Rule<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    norm: Option<super::norm::json::Norm<'r>>,
}

/// What became of the findings of the baseline.
#[derive(Serialize)]
struct Baselined {
    entries: usize,
    gone: usize,
}

#[derive(Serialize)]
struct Repository<'r> {
    path: String,
    revision: Option<&'r str>,
    kind: Option<&'r str>,
    licence: Option<String>,
    shallow: bool,
}

#[derive(Serialize)]
struct Policy {
    path: Option<String>,
    revision: Option<String>,
    own_differs: bool,
    not_applied: Option<String>,
}

impl Policy {
    fn of(used: &PolicyUsed) -> Self {
        Self {
            path: used.path.as_ref().map(json_value),
            revision: used.revision.as_ref().map(json_value),
            own_differs: used.own_differs,
            not_applied: used.not_applied.as_ref().map(json_value),
        }
    }
}

#[derive(Serialize)]
struct Rule<'r> {
    id: &'r str,
    level: &'static str,
    severity: &'static str,
    title: String,
    verdict: &'static str,
    reason: Option<String>,
    findings: Vec<Found<'r>>,
}

#[derive(Serialize)]
struct Found<'r> {
    path: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    called: String,
    message: String,
    fingerprint: &'r str,
    waiver: Option<Waiver<'r>>,
}

#[derive(Serialize)]
struct Waiver<'r> {
    by: &'static str,
    reason: String,
    until: Option<&'r str>,
}

/// The report as JSON, its messages in one language, with a line break at its end.
pub fn render(report: &Report, lang: Lang) -> String {
    let about = &report.repository;
    let document = Document {
        schema: SCHEMA,
        tool: TOOL,
        as_of: &report.as_of,
        repository: Repository {
            path: json_value(&about.path),
            revision: about.revision.as_deref(),
            kind: about.kind.as_deref(),
            licence: about.licence.as_ref().map(json_value),
            shallow: about.shallow,
        },
        level: report.level.map(crate::rule::Level::name),
        profile: json_value(&report.profile.as_str().into()),
        policy: report.policy.as_ref().map(Policy::of),
        left_out: report.left_out,
        counts: Counts::of(report),
        losses: report.losses.iter().map(|loss| Loss::of(loss, lang)).collect(),
        baseline: report.baseline.map(|baseline| Baselined { entries: baseline.entries, gone: baseline.gone }),
        rules: report.outcomes.iter().map(|outcome| rule(outcome, lang)).collect(),
        norm: report.norm.as_ref().map(|norm| super::norm::json::norm(norm, lang)),
    };
    super::serialise(&document)
}

fn rule(outcome: &Outcome, lang: Lang) -> Rule<'_> {
    let rule = &outcome.rule;
    Rule {
        id: &rule.id,
        level: rule.level.name(),
        severity: rule.severity.name(),
        title: super::encode::plain(&rule.page(lang).title),
        verdict: outcome.verdict.name(),
        reason: match &outcome.verdict {
            Verdict::Skipped(why) => Some(json_text(&why.message(lang))),
            _ => None,
        },
        findings: findings(outcome, lang),
    }
}

/// Those that count and those that are waived, by place.
fn findings(outcome: &Outcome, lang: Lang) -> Vec<Found<'_>> {
    let open = outcome.verdict.findings().iter().map(|finding| (finding, None));
    let waived = outcome.waived.iter().map(|waived| (&waived.finding, Some(waived)));
    let mut all: Vec<(&Finding, Option<&Waived>)> = open.chain(waived).collect();
    all.sort_by(|(a, _), (b, _)| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    all.into_iter().map(|(finding, waived)| found(&outcome.rule, finding, waived, lang)).collect()
}

fn found<'r>(rule: &crate::rule::Rule, finding: &'r Finding, waived: Option<&'r Waived>, lang: Lang) -> Found<'r> {
    let span = finding.place.span;
    Found {
        path: finding.place.path.as_ref().map(json_path),
        line: span.map(|span| span.line),
        column: span.map(|span| span.column),
        end_line: span.map(|span| span.end_line),
        end_column: span.map(|span| span.end_column),
        called: json_value(&finding.called),
        message: json_text(&finding.message(rule, lang)),
        fingerprint: &finding.fingerprint,
        waiver: waived.map(|waived| Waiver {
            by: waived.by.name(),
            reason: json_value(&waived.reason),
            until: waived.until.as_deref(),
        }),
    }
}
