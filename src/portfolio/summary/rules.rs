//! How do all repositories stand with each rule?

use super::next::in_the_way;
use super::{Next, Row};
use crate::portfolio::{RuleResult, stored};
use crate::rule::{Level, Severity};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A rule, in all repositories that were looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSummary {
    /// `data/undocumented-source`
    pub id: String,
    /// its level; where policies differ the lowest
    pub level: Level,
    /// its severity as it was in force; where policies differ the worst
    pub severity: Severity,
    /// how many repositories hold it
    pub ok: usize,
    /// how many were not asked, or nobody could tell
    pub skipped: usize,
    /// how many have findings, all of which are waived
    pub waived: usize,
    /// in how many its findings stand in the way of its level
    pub blocks: usize,
    /// in how many it stands between the repository and its next level
    pub next: usize,
    /// in how many it is the only thing between the repository and its next level
    pub alone: usize,
    /// how many findings count, in all repositories
    pub findings: usize,
    /// the repositories with findings that count: most findings first, then in the order of the list
    pub hits: Vec<Hit>,
}

/// A repository with findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// the repository, as a place in [`super::Summary::rows`]
    pub row: usize,
    /// how many findings count
    pub number: usize,
    /// whether they stand in the way of the rule's level
    pub blocks: bool,
}

#[derive(Default)]
pub(super) struct Collected(BTreeMap<String, RuleSummary>);

impl Collected {
    /// A rule of one repository. A level or severity that this version does not know counts as the highest level and as
    /// a note, which blocks nothing.
    pub(super) fn add(&mut self, row: usize, rule: &RuleResult, next: Option<&Next>) {
        let level = stored::level(&rule.level).unwrap_or(Level::Sustained);
        let severity = Severity::ALL.into_iter().find(|known| known.name() == rule.severity).unwrap_or(Severity::Note);
        if !self.0.contains_key(&rule.id) {
            let new = RuleSummary {
                id: rule.id.clone(),
                level,
                severity,
                ok: 0,
                skipped: 0,
                waived: 0,
                blocks: 0,
                next: 0,
                alone: 0,
                findings: 0,
                hits: Vec::new(),
            };
            self.0.insert(rule.id.clone(), new);
        }
        let Some(sum) = self.0.get_mut(&rule.id) else { return };
        sum.level = sum.level.min(level);
        sum.severity = sum.severity.max(severity);
        match rule.verdict.as_str() {
            "ok" => sum.ok += 1,
            "skip" => sum.skipped += 1,
            _ if rule.number == 0 => sum.waived += 1,
            _ => {
                sum.findings += rule.number;
                sum.hits.push(Hit { row, number: rule.number, blocks: rule.blocks });
            }
        }
        sum.blocks += usize::from(rule.blocks);
        if let Some(next) = next.filter(|next| rule.blocks && next.level.name() == rule.level) {
            sum.next += 1;
            sum.alone += usize::from(next.rules.len() == 1 && next.findings == in_the_way(rule));
        }
    }

    /// The rules in the order of reports, and the places of those that hinder, the worst first.
    pub(super) fn finish(self) -> (Vec<RuleSummary>, Vec<usize>) {
        let mut rules: Vec<RuleSummary> = self.0.into_values().collect();
        // Stable: equals stay in the order of their ids.
        rules.sort_by_key(|rule| (rule.level, Reverse(rule.severity)));
        for rule in &mut rules {
            rule.hits.sort_by_key(|hit| (Reverse(hit.number), hit.row));
            rule.hits.shrink_to_fit();
        }
        let mut order: Vec<(Reverse<[usize; 3]>, &str, usize)> = rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.blocks > 0)
            .map(|(at, rule)| (Reverse([rule.next, rule.blocks, rule.findings]), rule.id.as_str(), at))
            .collect();
        order.sort_unstable();
        let order = order.into_iter().map(|(_, _, at)| at).collect();
        (rules, order)
    }
}

/// The repositories that have a next level, the nearest first.
pub(super) fn nearest(rows: &[Row]) -> Vec<usize> {
    let near = |(at, row): (usize, &'_ Row)| Some((row.next.as_ref()?.rules.len(), row.next.as_ref()?.findings, at));
    let mut all: Vec<(usize, usize, usize)> = rows.iter().enumerate().filter_map(near).collect();
    let name = |at: &usize| rows.get(*at).map(|row| (&row.record.name, &row.record.repo));
    all.sort_by(|a, b| (a.0, a.1, name(&a.2), a.2).cmp(&(b.0, b.1, name(&b.2), b.2)));
    all.into_iter().map(|(_, _, at)| at).collect()
}
