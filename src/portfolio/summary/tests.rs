//! Is a handful of repositories summed up rightly?

use super::*;
use crate::portfolio::stored::tests::record;
use crate::portfolio::{Both, Counts, FindingResult, RepositoryResult, RuleResult, result as format};

/// A result with these rules.
pub(in crate::portfolio) fn result(rules: Vec<RuleResult>) -> RepositoryResult {
    RepositoryResult {
        schema: format::SCHEMA.to_owned(),
        version: "0.1.0".to_owned(),
        as_of: "2026-11-22".to_owned(),
        revision: None,
        kind: None,
        licence: None,
        shallow: false,
        level: None,
        profile: "civic".to_owned(),
        counts: Counts::default(),
        rules,
        losses: Vec::new(),
        publiccode: None,
    }
}

/// A rule with a verdict and so many findings; they block nothing.
pub(in crate::portfolio) fn rule(id: &str, level: &str, verdict: &str, number: usize) -> RuleResult {
    RuleResult {
        id: id.to_owned(),
        level: level.to_owned(),
        severity: "warning".to_owned(),
        verdict: verdict.to_owned(),
        blocks: false,
        reason: None,
        number,
        waived: 0,
        findings: Vec::new(),
    }
}

fn blocks(id: &str, level: &str, number: usize) -> RuleResult {
    RuleResult { blocks: true, ..rule(id, level, "finding", number) }
}

fn source(called: &str) -> FindingResult {
    FindingResult {
        path: None,
        line: None,
        called: called.to_owned(),
        message: Both::default(),
        fingerprint: String::new(),
    }
}

fn summary() -> Summary {
    let mut summarizer = Summarizer::default();
    let mut at = 0..;
    let mut add = |status, level, licence: Option<&str>, rules: Vec<RuleResult>| {
        let at = at.next().unwrap_or(0);
        let record = Record { licence: licence.map(str::to_owned), ..record(at, status, level) };
        let seen = RepositoryResult { licence: record.licence.clone(), ..result(rules) };
        summarizer.add(&record, status.is_seen().then_some(&seen));
    };
    let used = |names: &[&str]| RuleResult {
        findings: names.iter().map(|name| source(name)).collect(),
        ..blocks("data/undocumented-source", "reusable", names.len())
    };
    add(
        Status::Findings,
        None,
        None,
        vec![
            blocks("licence/missing", "publishable", 1),
            blocks("a/many", "publishable", 8),
            used(&["b.example", "a.example"]),
        ],
    );
    add(Status::Timeout, None, None, vec![]);
    add(
        Status::Findings,
        Some("publishable"),
        Some("MIT"),
        vec![
            rule("licence/missing", "publishable", "ok", 0),
            used(&["b.example"]),
            rule("maintenance/inactive", "sustained", "finding", 1),
        ],
    );
    add(
        Status::Findings,
        Some("publishable"),
        Some("EUPL-1.2"),
        vec![rule("licence/missing", "publishable", "ok", 0), blocks("a/other", "reusable", 2)],
    );
    add(Status::Ok, Some("sustained"), Some("MIT"), vec![rule("licence/missing", "publishable", "skip", 0)]);
    summarizer.finish(Vec::new())
}

#[test]
fn numbers_add_up() {
    let summary = summary();
    assert_eq!(summary.seen, 4);
    let statuses: Vec<usize> = summary.statuses.iter().map(|(_, number)| *number).collect();
    assert_eq!(statuses, [1, 3, 0, 1, 0, 0, 0]);
    let levels: Vec<(Option<Level>, usize, usize)> =
        summary.levels.iter().map(|count| (count.level, count.exactly, count.at_least)).collect();
    let (publishable, reusable, sustained) = (Level::Publishable, Level::Reusable, Level::Sustained);
    assert_eq!(levels, [(None, 1, 4), (Some(publishable), 2, 3), (Some(reusable), 0, 1), (Some(sustained), 1, 1)]);
}

#[test]
fn the_nearest_come_first() {
    let summary = summary();
    assert_eq!(summary.nearest, [2, 3, 0]);
    let next = summary.rows[2].next.as_ref().expect("a next level");
    assert_eq!((next.level, next.rules.len(), next.findings), (Level::Reusable, 1, 1));
}

#[test]
fn rules_know_where_they_hinder() {
    let summary = summary();
    let ids: Vec<&str> = summary.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["a/many", "licence/missing", "a/other", "data/undocumented-source", "maintenance/inactive"]);
    let hindering: Vec<&str> = summary.hindering.iter().map(|at| ids[*at]).collect();
    assert_eq!(hindering, ["data/undocumented-source", "a/many", "a/other", "licence/missing"]);
    let sources = &summary.rules[3];
    assert_eq!((sources.blocks, sources.next, sources.alone, sources.findings), (2, 1, 1, 3));
    assert_eq!(sources.hits.iter().map(|hit| (hit.row, hit.number)).collect::<Vec<_>>(), [(0, 2), (2, 1)]);
    let missing = &summary.rules[1];
    assert_eq!((missing.ok, missing.skipped, missing.waived, missing.alone), (2, 1, 0, 0));
}

#[test]
fn licences_sources_and_upkeep() {
    let summary = summary();
    let known = |name: &str| Licence::Known(name.to_owned());
    let licences: Vec<(Licence, Vec<usize>)> =
        summary.licences.iter().map(|group| (group.licence.clone(), group.rows.clone())).collect();
    assert_eq!(licences, [(known("MIT"), vec![2, 4]), (known("EUPL-1.2"), vec![3]), (Licence::Absent, vec![0])]);
    let sources: Vec<(&str, &[usize])> =
        summary.sources.list.iter().map(|named| (named.called.as_str(), named.rows.as_slice())).collect();
    assert_eq!(sources, [("b.example", &[0, 2][..]), ("a.example", &[0][..])]);
    assert_eq!((summary.rows[0].sources, summary.models.findings), (2, 0));
    assert_eq!(summary.upkeep[2], (Upkeep::Nobody, 1));
    assert_eq!(summary.unmaintained[0].rows, [2]);
    assert_eq!(summary.ended, []);
}

#[test]
fn nothing_is_summed_up_too() {
    let summary = Summarizer::default().finish(Vec::new());
    assert_eq!((summary.seen, summary.rows.len(), summary.levels.len()), (0, 0, 4));
}

#[test]
fn the_rules_by_name_exist() {
    let rules = crate::rule::shipped().expect("rules");
    for id in super::summarizer::NAMED {
        assert!(rules.iter().any(|rule| rule.id == id), "{id}");
    }
}
