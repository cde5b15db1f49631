//! How are all repositories summed up, one by one?

use super::next::Names;
use super::{LevelCount, Licence, LicenceGroup, Next, OwnerGroup, Row, Summary, Upkeep, named, rules};
use crate::portfolio::trend::TrendPoint;
use crate::portfolio::{Record, RepositoryResult, Status, stored};
use crate::rule::Level;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The rule that finds data sources which no document names.
const SOURCES: &str = "data/undocumented-source";

/// The rule that finds trained models which no document names.
const MODELS: &str = "data/undocumented-model";

/// The rules above, for a test that they exist.
#[cfg(test)]
pub(super) const NAMED: [&str; 2] = [SOURCES, MODELS];

/// Sums up repositories, one by one, in the order of the list.
#[derive(Default)]
pub struct Summarizer {
    rows: Vec<Row>,
    rules: rules::Collected,
    sources: named::Collected,
    models: named::Collected,
    names: Names,
}

impl Summarizer {
    /// Takes a repository; the result of one that nobody looked at is `None`.
    pub fn add(&mut self, record: &Record, result: Option<&RepositoryResult>) {
        let at = self.rows.len();
        let row = Row::named(record, result, &mut self.names);
        for rule in result.into_iter().flat_map(|result| &result.rules) {
            self.rules.add(at, rule, row.next.as_ref());
            let called = rule.findings.iter().map(|finding| finding.called.as_str());
            match rule.id.as_str() {
                SOURCES => self.sources.add(at, called, rule.number),
                MODELS => self.models.add(at, called, rule.number),
                _ => {}
            }
        }
        self.rows.push(row);
    }

    /// All of them.
    pub fn finish(self, trend: Vec<TrendPoint>) -> Summary {
        let rows = self.rows;
        let (rules, hindering) = self.rules.finish();
        let seen = || rows.iter().filter(|row| row.record.status.is_seen());
        let count = |status: Status| rows.iter().filter(|row| row.record.status == status).count();
        let exactly = |level: Option<Level>| seen().filter(|row| row.level == level).count();
        let at_least = |level: Option<Level>| seen().filter(|row| row.level >= level).count();
        let levels = [None].into_iter().chain(Level::ALL.map(Some));
        let upkeep = |upkeep: Upkeep| seen().filter(|row| row.upkeep == upkeep).count();
        Summary {
            statuses: Status::ALL.map(|status| (status, count(status))).to_vec(),
            seen: seen().count(),
            levels: levels
                .map(|level| LevelCount { level, exactly: exactly(level), at_least: at_least(level) })
                .collect(),
            hindering,
            rules,
            nearest: rules::nearest(&rows),
            licences: licences(&rows),
            sources: self.sources.finish(),
            models: self.models.finish(),
            upkeep: Upkeep::ALL.map(|answer| (answer, upkeep(answer))).to_vec(),
            unmaintained: owners(&rows, Upkeep::Nobody),
            ended: owners(&rows, Upkeep::Ended),
            trend,
            rows,
        }
    }
}

impl Row {
    /// A repository by itself; the result of one that nobody looked at is `None`.
    pub fn of(record: &Record, result: Option<&RepositoryResult>) -> Self {
        Self::named(record, result, &mut Names::default())
    }

    fn named(record: &Record, result: Option<&RepositoryResult>, names: &mut Names) -> Self {
        let number = |id| {
            let mut rules = result.into_iter().flat_map(|result| &result.rules);
            rules.find(|rule| rule.id == id).map_or(0, |rule| rule.number)
        };
        Self {
            record: record.clone(),
            level: record.level.as_deref().and_then(stored::level),
            next: result.and_then(|result| Next::of(result, names)),
            upkeep: result.map_or(Upkeep::CannotTell, Upkeep::of),
            licence: Licence::of(record, result),
            sources: number(SOURCES),
            models: number(MODELS),
        }
    }
}

fn licences(rows: &[Row]) -> Vec<LicenceGroup> {
    let mut groups: BTreeMap<&Licence, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.record.status.is_seen()) {
        groups.entry(&row.licence).or_default().push(at);
    }
    let mut groups: Vec<LicenceGroup> =
        groups.into_iter().map(|(licence, rows)| LicenceGroup { licence: licence.clone(), rows }).collect();
    // Those without a name come last, whatever their number; equals stay in the order of their names.
    groups.sort_by_key(|group| match group.licence {
        Licence::Known(_) => (0, Reverse(group.rows.len())),
        Licence::Absent => (1, Reverse(0)),
        Licence::Unclear => (2, Reverse(0)),
        Licence::NotAsked => (3, Reverse(0)),
    });
    groups
}

fn owners(rows: &[Row], upkeep: Upkeep) -> Vec<OwnerGroup> {
    let mut groups: BTreeMap<(Option<&String>, Option<&String>), Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.upkeep == upkeep) {
        groups.entry((row.record.owner.as_ref(), row.record.kind.as_ref())).or_default().push(at);
    }
    let group = |((owner, kind), rows): ((Option<&String>, Option<&String>), Vec<usize>)| OwnerGroup {
        owner: owner.cloned(),
        kind: kind.cloned(),
        rows,
    };
    groups.into_iter().map(group).collect()
}
