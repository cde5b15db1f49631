//! How did the state of all repositories change from run to run?

use super::Status;
use crate::rule::Level;
use std::collections::BTreeMap;

/// What one run found, in numbers. Of several runs for the same day the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// the day of the scan, `2026-11-22`
    pub as_of: String,
    /// the name of the run
    pub run: String,
    /// the version of civiclint that looked
    pub version: String,
    /// a hash of the rules and of the policy: where it changes, numbers before and after do not compare
    pub rules: String,
    /// a hash of the list
    pub list: String,
    /// how many repositories have a record
    pub repositories: usize,
    /// how many of them came to what; every status appears
    pub statuses: BTreeMap<Status, usize>,
    /// how many hold exactly this level, of those that were looked at; `None` (not even the lowest) and every level
    /// appear
    pub levels: BTreeMap<Option<Level>, usize>,
    /// findings of severity `error` that count
    pub errors: usize,
    /// findings of severity `warning` that count
    pub warnings: usize,
    /// findings of severity `note` that count
    pub notes: usize,
}

impl TrendPoint {
    /// How many were looked at.
    pub fn seen(&self) -> usize {
        self.levels.values().sum()
    }

    /// How many hold this level or a higher one.
    pub fn at_least(&self, level: Level) -> usize {
        self.levels.range(Some(level)..).map(|(_, number)| number).sum()
    }
}

/// A share in tenths of a percent, rounded half up; `None` of nothing.
pub fn permille(part: usize, whole: usize) -> Option<usize> {
    (whole > 0).then(|| (part.saturating_mul(2000) + whole) / whole.saturating_mul(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_half_up() {
        for (part, whole, share) in
            [(0, 0, None), (0, 7, Some(0)), (1, 3, Some(333)), (2, 3, Some(667)), (1, 16, Some(63)), (7, 7, Some(1000))]
        {
            assert_eq!(permille(part, whole), share, "{part} of {whole}");
        }
    }
}
