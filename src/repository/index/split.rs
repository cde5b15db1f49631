//! How is a split index put together?
//!
//! Its `link` extension names a shared index and says, in two bitmaps, which of the shared entries are deleted and
//! which are replaced (`gitformat-index`, "Split index"); the bitmaps are compressed (`bitmap-format`, "EWAH").

use super::Entry;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What a split index says of its base.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    base: Vec<u8>,
    deleted: Bitmap,
    replaced: Bitmap,
}

impl Link {
    /// Reads the extension; `None` where it is damaged.
    pub(super) fn parse(body: &[u8], hash: usize) -> Option<Self> {
        let (base, rest) = body.split_at_checked(hash)?;
        if rest.is_empty() {
            return Some(Self { base: base.to_vec(), ..Self::default() });
        }
        let (deleted, rest) = Bitmap::parse(rest)?;
        let (replaced, _) = Bitmap::parse(rest)?;
        Some(Self { base: base.to_vec(), deleted, replaced })
    }

    /// The name of the shared index in the git folder; `None` where there is none.
    pub(super) fn base_name(&self) -> Option<String> {
        if self.base.iter().all(|byte| *byte == 0) {
            return None;
        }
        let mut name = String::from("sharedindex.");
        for byte in &self.base {
            let _ = write!(name, "{byte:02x}");
        }
        Some(name)
    }
}

/// The entries of both indexes, sorted; `None` where they do not fit each other.
pub(super) fn merge(base: Vec<Entry>, own: Vec<Entry>, link: &Link) -> Option<Vec<Entry>> {
    let replaced = link.replaced.positions(base.len());
    let deleted = link.deleted.positions(base.len());
    let mut own = own.into_iter();
    let mut all = Vec::with_capacity(base.len() + own.len());
    for (at, mut entry) in base.into_iter().enumerate() {
        if replaced.contains(&at) {
            let new = own.next()?;
            if !new.path.is_empty() {
                return None;
            }
            entry = Entry { path: entry.path, ..new };
        }
        if !deleted.contains(&at) {
            all.push(entry);
        }
    }
    for entry in own {
        if entry.path.is_empty() {
            return None;
        }
        all.push(entry);
    }
    // a path of its own goes before the shared one, and the first of equal paths is kept later
    all.reverse();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    Some(all)
}

/// A compressed set of numbers: words that say how many equal words and how many literal words follow.
#[derive(Debug, Default, PartialEq, Eq)]
struct Bitmap(Vec<u64>);

impl Bitmap {
    /// Reads one, and what is behind it.
    fn parse(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (_bits, rest) = bytes.split_at_checked(4)?;
        let (count, rest) = rest.split_at_checked(4)?;
        let count = usize::try_from(u32::from_be_bytes(count.try_into().ok()?)).ok()?;
        let (words, rest) = rest.split_at_checked(count.checked_mul(8)?)?;
        let (_last, rest) = rest.split_at_checked(4)?;
        let words = words.chunks_exact(8).filter_map(|word| Some(u64::from_be_bytes(word.try_into().ok()?))).collect();
        Some((Self(words), rest))
    }

    /// The numbers in it that are below `most`.
    fn positions(&self, most: usize) -> BTreeSet<usize> {
        let mut positions = BTreeSet::new();
        let mut at = 0_usize;
        let mut words = self.0.iter();
        while let Some(word) = words.next()
            && at < most
        {
            let run = usize::try_from((word >> 1) & 0xffff_ffff).unwrap_or(usize::MAX).saturating_mul(64);
            let end = at.saturating_add(run).min(most);
            if word & 1 == 1 {
                positions.extend(at..end);
            }
            at = end;
            for _ in 0..word >> 33 {
                let Some(literal) = words.next() else { return positions };
                positions
                    .extend((0..64).filter(|bit| literal >> bit & 1 == 1).map(|bit| at + bit).filter(|at| *at < most));
                at = at.saturating_add(64);
            }
        }
        positions
    }
}
