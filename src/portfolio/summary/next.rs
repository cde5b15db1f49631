//! What stands between a repository and the next level?

use crate::portfolio::{RepositoryResult, RuleResult};
use crate::rule::Level;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What stands between a repository and the next level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// the level that is next
    pub level: Level,
    /// the ids of the rules that stand in its way, in the order of the report; at least one
    pub rules: Vec<Arc<str>>,
    /// how many findings they have in all
    pub findings: usize,
}

impl Next {
    /// The lowest level that is blocked, and by what; `None` where nothing is.
    pub(super) fn of(result: &RepositoryResult, names: &mut Names) -> Option<Self> {
        let blocking = || result.rules.iter().filter(|rule| rule.blocks);
        let level = blocking().filter_map(|rule| crate::portfolio::stored::level(&rule.level)).min()?;
        let here = || blocking().filter(|rule| rule.level == level.name());
        Some(Self {
            level,
            rules: here().map(|rule| names.get(&rule.id)).collect(),
            findings: here().map(in_the_way).sum(),
        })
    }
}

/// How many findings of a rule stand in the way: those of a baseline do, too, and where only they are left they are
/// counted among the waived.
pub(in crate::portfolio) fn in_the_way(rule: &RuleResult) -> usize {
    if rule.number > 0 { rule.number } else { rule.waived.max(1) }
}

/// The ids of rules, each held once, however many repositories have it.
#[derive(Default)]
pub(super) struct Names(BTreeSet<Arc<str>>);

impl Names {
    pub(super) fn get(&mut self, id: &str) -> Arc<str> {
        if let Some(there) = self.0.get(id) {
            return Arc::clone(there);
        }
        let new: Arc<str> = Arc::from(id);
        self.0.insert(Arc::clone(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{result, rule};
    use super::*;

    #[test]
    fn only_the_lowest_level_that_is_blocked_is_next() {
        let blocks = |id, level, number| RuleResult { blocks: true, ..rule(id, level, "finding", number) };
        let of = |rules| {
            let next = Next::of(&result(rules), &mut Names::default())?;
            Some((next.level, next.rules.iter().map(|id| id.to_string()).collect::<Vec<_>>().join(" "), next.findings))
        };
        assert_eq!(of(vec![]), None);
        assert_eq!(of(vec![rule("a/note", "publishable", "finding", 3)]), None, "notes block nothing");
        let both = vec![blocks("a/x", "reusable", 2), blocks("a/y", "reusable", 1), blocks("a/z", "sustained", 9)];
        assert_eq!(of(both), Some((Level::Reusable, "a/x a/y".to_owned(), 3)));
        let known = RuleResult { waived: 4, ..blocks("a/x", "publishable", 0) };
        assert_eq!(of(vec![known]), Some((Level::Publishable, "a/x".to_owned(), 4)), "what a baseline knows");
    }
}
