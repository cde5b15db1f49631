//! How does the summary become one document of JSON?

use super::csv::known;
use super::jsonl::text;
use crate::output::encode::json_guard;
use crate::portfolio::summary::{AllNamed, Licence, OwnerGroup, Summary};
use crate::portfolio::{Run, TrendPoint};
use serde_json::{Map, Value, json};

/// The name and version of the format.
pub const SCHEMA: &str = "civiclint/portfolio/1";

/// The summary of a run; repositories are named as in the list.
pub fn render(run: &Run, summary: &Summary) -> String {
    let statuses: Map<String, Value> =
        summary.statuses.iter().map(|(status, number)| (status.name().to_owned(), json!(number))).collect();
    let upkeep: Map<String, Value> =
        summary.upkeep.iter().map(|(answer, number)| (answer.name().to_owned(), json!(number))).collect();
    let levels: Vec<Value> = summary
        .levels
        .iter()
        .map(|count| {
            let level = count.level.map(|level| level.name());
            json!({"level": level, "exactly": count.exactly, "at_least": count.at_least})
        })
        .collect();
    let rules: Vec<Value> = summary
        .rules
        .iter()
        .map(|rule| {
            json!({
                "id": text(&rule.id), "level": rule.level.name(), "severity": rule.severity.name(), "ok": rule.ok,
                "found": rule.hits.len(), "skipped": rule.skipped, "waived": rule.waived, "blocks": rule.blocks,
                "next": rule.next, "alone": rule.alone, "findings": rule.findings,
            })
        })
        .collect();
    let hindering = summary.hindering.iter().filter_map(|at| summary.rules.get(*at));
    let licences: Vec<Value> = summary
        .licences
        .iter()
        .map(|group| {
            let name = if let Licence::Known(name) = &group.licence { Some(text(name)) } else { None };
            json!({"licence": name, "known": known(&group.licence), "repositories": repos(summary, &group.rows)})
        })
        .collect();
    let document = json!({
        "schema": SCHEMA,
        "as_of": text(&run.as_of),
        "version": text(&run.version),
        "profile": text(&run.profile),
        "rules_hash": text(&run.rules),
        "complete": run.complete,
        "repositories": summary.rows.len(),
        "seen": summary.seen,
        "statuses": statuses,
        "levels": levels,
        "rules": rules,
        "hindering": hindering.map(|rule| text(&rule.id)).collect::<Vec<_>>(),
        "nearest": repos(summary, &summary.nearest),
        "licences": licences,
        "undocumented_sources": named(summary, &summary.sources),
        "undocumented_models": named(summary, &summary.models),
        "upkeep": upkeep,
        "unmaintained": owners(summary, &summary.unmaintained),
        "ended": owners(summary, &summary.ended),
        "trend": summary.trend.iter().map(point).collect::<Vec<_>>(),
    });
    // A value is always JSON.
    json_guard(&(serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"))
}

fn repos(summary: &Summary, rows: &[usize]) -> Vec<String> {
    rows.iter().filter_map(|at| summary.rows.get(*at)).map(|row| text(&row.record.repo)).collect()
}

fn named(summary: &Summary, all: &AllNamed) -> Value {
    let list: Vec<Value> = all
        .list
        .iter()
        .map(|named| {
            json!({
                "called": text(&named.called), "findings": named.findings,
                "repositories": repos(summary, &named.rows),
            })
        })
        .collect();
    json!({"list": list, "repositories": all.repositories, "findings": all.findings, "left_out": all.left_out})
}

fn owners(summary: &Summary, groups: &[OwnerGroup]) -> Vec<Value> {
    let group = |group: &OwnerGroup| {
        json!({
            "owner": group.owner.as_deref().map(text), "kind": group.kind.as_deref().map(text),
            "repositories": repos(summary, &group.rows),
        })
    };
    groups.iter().map(group).collect()
}

fn point(point: &TrendPoint) -> Value {
    let statuses: Map<String, Value> =
        point.statuses.iter().map(|(status, number)| (status.name().to_owned(), json!(number))).collect();
    let level = |level: &Option<crate::rule::Level>| level.map_or("none", |level| level.name()).to_owned();
    let levels: Map<String, Value> = point.levels.iter().map(|(which, number)| (level(which), json!(number))).collect();
    json!({
        "as_of": text(&point.as_of), "version": text(&point.version), "rules_hash": text(&point.rules),
        "list_hash": text(&point.list), "repositories": point.repositories, "seen": point.seen(),
        "statuses": statuses, "levels": levels, "errors": point.errors, "warnings": point.warnings,
        "notes": point.notes,
    })
}
