//! The requirements of a norm for other programs.

use crate::output::encode::json_text;
use crate::phrase::Lang;
use crate::report::norm::{NormReport, Row};
use serde::Serialize;

/// A norm, as `norm` of `civiclint/report/1`.
#[derive(Serialize)]
pub(in crate::output) struct Norm<'r> {
    id: &'r str,
    name: &'r str,
    version: &'r str,
    note: &'static str,
    counts: Counts,
    requirements: Vec<Requirement<'r>>,
}

#[derive(Serialize)]
struct Counts {
    holds: usize,
    not_met: usize,
    accepted: usize,
    prepared: usize,
    could_not_be_told: usize,
    out_of_reach: usize,
}

#[derive(Serialize)]
struct Requirement<'r> {
    id: &'r str,
    level: Option<&'static str>,
    text: &'r str,
    standing: &'static str,
    detail: Option<&'static str>,
    rules: Vec<Rule<'r>>,
    reason: String,
}

#[derive(Serialize)]
struct Rule<'r> {
    id: &'r str,
    verdict: &'static str,
}

/// The report on a norm, its texts in one language.
pub(in crate::output) fn norm(report: &NormReport, lang: Lang) -> Norm<'_> {
    let sums = report.sums();
    Norm {
        id: &report.norm.id,
        name: report.norm.name(lang),
        version: report.norm.version(lang),
        note: NormReport::is_not(lang),
        counts: Counts {
            holds: sums.holds,
            not_met: sums.not_met,
            accepted: sums.accepted,
            prepared: sums.prepared_with_findings + sums.prepared_without,
            could_not_be_told: sums.untold,
            out_of_reach: sums.out_of_reach,
        },
        requirements: report.rows.iter().map(|row| requirement(row, lang)).collect(),
    }
}

fn requirement(row: &Row, lang: Lang) -> Requirement<'_> {
    let rule = |answer: &'_ crate::report::norm::Answer| answer.said.name();
    Requirement {
        id: &row.requirement.id,
        level: row.requirement.level.map(crate::rule::Binding::name),
        text: row.requirement.says(lang),
        standing: row.standing.name(),
        detail: row.standing.detail(),
        rules: row.answers.iter().map(|answer| Rule { id: &answer.rule, verdict: rule(answer) }).collect(),
        reason: json_text(&row.reason(lang)),
    }
}
