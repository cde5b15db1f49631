//! Which data sources and models do several repositories use without a word?

use std::collections::BTreeMap;

/// So many names are kept of one repository; more are counted only.
const MOST_EACH: usize = 200;

/// So many names are kept in all.
const MOST: usize = 100_000;

/// A data source or a model that no document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// the address or name, as the repositories have it
    pub called: String,
    /// how many findings there are on it
    pub findings: usize,
    /// the repositories that use it, as places in [`super::Summary::rows`]
    pub rows: Vec<usize>,
}

/// All of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllNamed {
    /// those in most repositories first, then those with most findings, then by name
    pub list: Vec<Named>,
    /// how many repositories have at least one
    pub repositories: usize,
    /// how many findings there are in all
    pub findings: usize,
    /// how many findings are not in the list, as one repository or all together have too many
    pub left_out: usize,
}

#[derive(Default)]
pub(super) struct Collected {
    by_name: BTreeMap<String, (usize, Vec<usize>)>,
    repositories: usize,
    findings: usize,
    kept: usize,
}

impl Collected {
    /// The findings of one repository: what they are about, and how many there are in all.
    pub(super) fn add<'n>(&mut self, row: usize, called: impl Iterator<Item = &'n str>, number: usize) {
        if number == 0 {
            return;
        }
        self.repositories += 1;
        self.findings += number;
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        for name in called {
            if here.len() < MOST_EACH || here.contains_key(name) {
                *here.entry(name).or_default() += 1;
            }
        }
        for (name, findings) in here {
            if self.by_name.len() >= MOST && !self.by_name.contains_key(name) {
                continue;
            }
            let (all, rows) = self.by_name.entry(name.to_owned()).or_default();
            *all += findings;
            rows.push(row);
            self.kept += findings;
        }
    }

    pub(super) fn finish(self) -> AllNamed {
        let mut list: Vec<Named> =
            self.by_name.into_iter().map(|(called, (findings, rows))| Named { called, findings, rows }).collect();
        // Stable: equals stay in the order of their names.
        list.sort_by_key(|named| std::cmp::Reverse((named.rows.len(), named.findings)));
        AllNamed {
            list,
            repositories: self.repositories,
            findings: self.findings,
            left_out: self.findings.saturating_sub(self.kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_repositories_use_comes_first() {
        let mut collected = Collected::default();
        collected.add(0, ["b", "a"].into_iter(), 2);
        collected.add(1, ["c", "b", "c"].into_iter(), 7);
        collected.add(2, [].into_iter(), 0);
        let all = collected.finish();
        let told: Vec<_> = all.list.iter().map(|n| (n.called.as_str(), n.findings, n.rows.clone())).collect();
        assert_eq!(told, [("b", 2, vec![0, 1]), ("c", 2, vec![1]), ("a", 1, vec![0])]);
        assert_eq!((all.repositories, all.findings, all.left_out), (2, 9, 4));
    }

    #[test]
    fn one_repository_cannot_fill_the_list() {
        let names: Vec<String> = (0..1_000).map(|n| format!("x{n}")).collect();
        let mut collected = Collected::default();
        collected.add(0, names.iter().map(String::as_str), 1_000);
        collected.add(1, ["y"].into_iter(), 1);
        let all = collected.finish();
        assert_eq!((all.list.len(), all.left_out), (MOST_EACH + 1, 1_000 - MOST_EACH));
        assert!(all.list.iter().any(|named| named.called == "y"));
    }
}
