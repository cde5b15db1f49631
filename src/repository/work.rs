//! How much work was it to look at a repository? Counted, so that more of it shows without a clock.
//!
//! What is counted does not depend on who was first: a check of the same files counts the same again.

use super::Repository;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// files that the tree lists
    Files,
    /// how often a file was read, as a whole or its beginning
    Reads,
    /// how often that was a file that had been read before
    Rereads,
    /// bytes of files that were read
    Bytes,
    /// files that the pass over all files looked into
    Scanned,
    /// documents that were parsed
    Documents,
    /// package manifests that were parsed
    Manifests,
    /// texts in which a licence was looked for
    LicenceTexts,
    /// files that were taken from git's object database
    Blobs,
    /// commits that the history told; each time, if it was walked again
    Commits,
}

impl Counted {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Files,
        Self::Reads,
        Self::Rereads,
        Self::Bytes,
        Self::Scanned,
        Self::Documents,
        Self::Manifests,
        Self::LicenceTexts,
        Self::Blobs,
        Self::Commits,
    ];
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work([u64; Counted::ALL.len()]);

impl Work {
    /// How many of these.
    pub fn get(&self, what: Counted) -> u64 {
        self.0.get(what as usize).copied().unwrap_or(0)
    }
}

/// Numbers to which several threads add.
#[derive(Debug, Default)]
pub(crate) struct Tally([AtomicU64; Counted::ALL.len()]);

impl Tally {
    /// Adds so many.
    pub(crate) fn add(&self, what: Counted, number: usize) {
        if let Some(sum) = self.0.get(what as usize) {
            sum.fetch_add(number as u64, Ordering::Relaxed);
        }
    }

    /// What was counted so far, of both.
    pub(crate) fn plus(&self, others: &[Work]) -> Work {
        let sum = Counted::ALL.map(|what| {
            let own = self.0.get(what as usize).map_or(0, |sum| sum.load(Ordering::Relaxed));
            others.iter().map(|other| other.get(what)).sum::<u64>() + own
        });
        Work(sum)
    }
}

impl Repository {
    /// Counts what somebody does with the files.
    pub fn count(&self, what: Counted, number: usize) {
        self.tally.add(what, number);
    }

    /// What was done so far; waits for the history, if somebody asked for it.
    pub fn work(&self) -> Work {
        self.tally.plus(&self.git.work())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_counted_for_itself() {
        let (one, other) = (Tally::default(), Tally::default());
        for (number, what) in (1..).zip(Counted::ALL) {
            one.add(what, number);
            other.add(what, 100);
            other.add(what, 100);
        }
        let work = one.plus(&[other.plus(&[]), Work::default()]);
        let expected: Vec<u64> = (201..=210).collect();
        assert_eq!(Counted::ALL.map(|what| work.get(what)).to_vec(), expected);
    }
}
