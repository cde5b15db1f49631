//! What do all repositories together look like? Everything that overviews need, without their results.

mod licence;
mod named;
mod next;
mod rules;
mod summarizer;
mod upkeep;

pub use licence::Licence;
pub use named::{AllNamed, Named};
pub use next::Next;
pub(in crate::portfolio) use next::in_the_way;
pub use rules::{Hit, RuleSummary};
pub use summarizer::Summarizer;
pub use upkeep::Upkeep;

use super::trend::TrendPoint;
use super::{Record, Status};
use crate::rule::Level;

/// All repositories of a run. Lists of repositories are places in [`Summary::rows`], in ascending order where nothing
/// else is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// the repositories, in the order of the list
    pub rows: Vec<Row>,
    /// how many came to what; every status appears, the best first
    pub statuses: Vec<(Status, usize)>,
    /// how many were looked at
    pub seen: usize,
    /// not even the lowest level, then every level from the lowest to the highest
    pub levels: Vec<LevelCount>,
    /// every rule that was asked anywhere: by level, then by severity (the worst first), then by id
    pub rules: Vec<RuleSummary>,
    /// the rules that hinder, as places in `rules`: those that stand between most repositories and their next level
    /// first, then those that block most, then those with most findings, then by id
    pub hindering: Vec<usize>,
    /// the repositories that have a next level: those with the fewest rules in the way first, then the fewest findings,
    /// then by name
    pub nearest: Vec<usize>,
    /// the licences in use, the most frequent first; then the repositories without one, those whose licence is unclear
    /// and those that were not asked
    pub licences: Vec<LicenceGroup>,
    /// data sources that no document names
    pub sources: AllNamed,
    /// trained models that no document names
    pub models: AllNamed,
    /// how many repositories somebody works on, and so forth; every answer appears
    pub upkeep: Vec<(Upkeep, usize)>,
    /// the repositories that nobody works on any more, by owner and kind
    pub unmaintained: Vec<OwnerGroup>,
    /// the repositories that say themselves that they have ended, by owner and kind
    pub ended: Vec<OwnerGroup>,
    /// the runs, the earliest first; the last one is this run, where it is complete
    pub trend: Vec<TrendPoint>,
}

/// A repository of a [`Summary`].
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// what became of it
    pub record: Record,
    /// the level that holds
    pub level: Option<Level>,
    /// what stands between it and the next level; `None` where nothing does, or nobody looked
    pub next: Option<Next>,
    /// whether somebody still works on it
    pub upkeep: Upkeep,
    /// its licence
    pub licence: Licence,
    /// how many data sources no document names
    pub sources: usize,
    /// how many trained models no document names
    pub models: usize,
}

impl Row {
    /// Findings that count, of every severity.
    pub fn findings(&self) -> usize {
        let counts = &self.record.counts;
        counts.errors.saturating_add(counts.warnings).saturating_add(counts.notes)
    }
}

/// How many repositories hold a level, of those that were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelCount {
    /// the level; `None` for not even the lowest
    pub level: Option<Level>,
    /// how many hold this one and none that is higher
    pub exactly: usize,
    /// how many hold this one or a higher one
    pub at_least: usize,
}

/// The repositories under one licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LicenceGroup {
    /// the licence, or why none can be named
    pub licence: Licence,
    /// the repositories
    pub rows: Vec<usize>,
}

/// The repositories of one owner and one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerGroup {
    /// whose they are; `None` where the list does not say
    pub owner: Option<String>,
    /// `software`, `data` or `documentation`; `None` where nobody can tell
    pub kind: Option<String>,
    /// the repositories
    pub rows: Vec<usize>,
}

#[cfg(test)]
pub(in crate::portfolio) mod tests;
