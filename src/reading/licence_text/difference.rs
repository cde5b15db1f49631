//! What differs between a text and the licence it seems to be, and does it matter?

use super::index::{self, GRAM, TextNumber};
use super::lists::lists;
use super::normal::Words;
use super::sense::{harmless, weighs};
use super::work;
use std::ops::Range;

/// So many changed words are followed one by one; more make another text of it.
pub(super) const MOST_CHANGES: usize = 1_000;
/// So many words that stay between two changes make one change of them.
const BETWEEN: usize = 1;
/// So many words that agree in a row are the licence's own, at its beginning and end.
const SOLID: usize = 4;
/// The version stands within so many words from the beginning.
const TITLE: usize = 40;
/// So many words more are looked at where the licence's beginning or end is not there.
const SLACK: usize = 30;

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// the places that differ, in their order
    pub(super) changes: Vec<Change>,
    /// the two are too far apart to be compared word by word
    pub(super) far: bool,
    /// what grants the licence is not there: only a part of it that many licences have, such as the disclaimer
    pub(super) without_grant: bool,
}

/// One place that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// words of the file that the licence does not have there
    pub(super) added: Range<usize>,
    /// words of the licence that the file does not have there
    pub(super) removed: Vec<u16>,
    /// whether it changes what the text says
    pub(super) matters: bool,
    /// whether it leaves the sense as it was, as far as can be told
    pub(super) harmless: bool,
}

impl Difference {
    /// Whether the text says something else than the licence.
    pub(super) fn matters(&self) -> bool {
        self.far || self.changes.iter().any(|change| change.matters)
    }

    /// How many words differ, other than in their spelling and the like.
    pub(super) fn words(&self) -> usize {
        let counts = self.changes.iter().filter(|change| !change.harmless);
        counts.map(|change| change.added.len().max(change.removed.len())).sum()
    }
}

/// Compares a stretch of a file with a licence. What the file leaves out at the licence's beginning or end (a heading,
/// an appendix), and what it says before and behind it, is no difference. The stretch is moved to where the licence
/// begins and ends, within `room`. Where more than `most` words differ the two are too far apart.
pub(super) fn difference(
    words: &Words,
    numbers: &[u16],
    region: &mut Range<usize>,
    room: Range<usize>,
    text: TextNumber,
    most: usize,
) -> Difference {
    let Some(licence) = index::text(text) else { return Difference::default() };
    let licence: Vec<u16> = licence.words().collect();
    let too_far = Difference { far: true, ..Difference::default() };
    let most = most.min(MOST_CHANGES);
    let Some((file, mut changes)) = compare(numbers, region.clone(), &licence, most) else { return too_far };
    // The licence's first and last words may be there, too, with a change among them.
    let head = changes.first().filter(|(_, old)| old.start == 0).map_or(0, |(_, old)| old.len());
    let tail = changes.last().filter(|(_, old)| old.end == licence.len()).map_or(0, |(_, old)| old.len());
    *region = file;
    if head + tail > 0 {
        let wider =
            region.start.saturating_sub(head + SLACK).max(room.start)..(region.end + tail + SLACK).min(room.end);
        if let Some((file, better)) = compare(numbers, wider, &licence, most) {
            *region = file;
            changes = better;
        }
    }
    let last = changes.len().saturating_sub(1);
    let at_end = |at: usize, old: &Range<usize>| at == 0 && old.start == 0 || at == last && old.end == licence.len();
    let left_out = changes.iter().enumerate().filter(|(at, (_, old))| at_end(*at, old));
    let without_grant = left_out.into_iter().any(|(_, (_, old))| grants(licence.get(old.clone()).unwrap_or_default()));
    let tail = changes.last().filter(|(_, old)| old.end == licence.len());
    let tail = tail.and_then(|(_, old)| licence.get(old.clone())).unwrap_or_default();
    let inserted = insertion(words, numbers, region.end, room.end, tail);
    let inside = changes.into_iter().enumerate().filter(|(at, (_, old))| !at_end(*at, old));
    let changes = inside.map(|(_, (added, old))| {
        let removed = licence.get(old.clone()).unwrap_or_default().to_vec();
        let new: Vec<&str> = added.clone().map(|at| words.get(at)).collect();
        let gone: Vec<&str> = removed.iter().map(|word| index::spelling(*word)).collect();
        let next = licence.get(old.end..(old.end + 8).min(licence.len())).unwrap_or_default();
        let next: Vec<&str> = next.iter().map(|word| index::spelling(*word)).collect();
        let harmless = harmless(&new, &gone, &next);
        let version = old.start < TITLE && other_version(&new, &gone, licence.get(..old.start).unwrap_or_default());
        let matters = !harmless && weighs(&new, &gone) || version;
        let harmless = harmless && !version;
        Change { added, removed, matters, harmless }
    });
    let mut changes: Vec<Change> = changes.collect();
    changes.extend(inserted);
    Difference { changes, far: false, without_grant }
}

/// A stretch that was put into a text: the licence's last words are not where its others end, but stand further on.
fn insertion(words: &Words, numbers: &[u16], end: usize, room: usize, tail: &[u16]) -> Option<Change> {
    /// A shorter end is a heading or an address.
    const LEAST: usize = 20;
    /// So far behind the others the last words are looked for.
    const FURTHER: usize = 800;
    let behind = numbers.get(end..room.min(end + FURTHER).min(numbers.len()))?;
    if tail.len() < LEAST {
        return None;
    }
    let wanted: std::collections::BTreeSet<&[u16]> = tail.windows(GRAM).collect();
    let hits: Vec<usize> =
        (0..).zip(behind.windows(GRAM)).filter(|(_, four)| wanted.contains(four)).map(|(at, _)| at).collect();
    let start = *hits.first().filter(|_| hits.len() * 2 > wanted.len())?;
    let added = end..end + start;
    let new: Vec<&str> = added.clone().map(|at| words.get(at)).collect();
    let matters = weighs(&new, &[]);
    (start > 0).then_some(Change { added, removed: Vec::new(), matters, harmless: !matters })
}

/// Whether these words of a licence hold the one that grants something.
fn grants(words: &[u16]) -> bool {
    let joined = words.iter().map(|word| index::spelling(*word)).collect::<Vec<_>>().join(" ");
    lists().granting.iter().any(|words| joined.contains(words.as_str()))
}

/// Whether a change puts another number in the place of a version.
fn other_version(new: &[&str], old: &[&str], before: &[u16]) -> bool {
    let number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 2;
    let of = |words: &[&str]| words.iter().find(|word| number(word)).map(|word| (*word).to_owned());
    let Some((new, old_number)) = of(new).zip(of(old)) else { return false };
    let before = before.iter().rev().take(3).map(|word| index::spelling(*word)).chain(old.iter().copied());
    new != old_number && before.into_iter().any(|word| matches!(word, "version" | "v"))
}

type Changes = Vec<(Range<usize>, Range<usize>)>;

/// The stretch that the licence takes, and the changes in it. What stands before the first and behind the last words
/// that agree in a row belongs to one change at either end.
fn compare(numbers: &[u16], region: Range<usize>, licence: &[u16], most: usize) -> Option<(Range<usize>, Changes)> {
    let file = numbers.get(region.clone())?;
    let edits = edits(file, licence, most)?;
    // The stretches that agree lie between the changes.
    let mut same = Vec::new();
    let (mut at, mut old) = (0, 0);
    for (added, removed) in edits.iter().chain([&(file.len()..file.len(), licence.len()..licence.len())]) {
        if added.start - at >= SOLID {
            same.push((at..added.start, old..removed.start));
        }
        (at, old) = (added.end, removed.end);
    }
    let ((first, first_old), (last, last_old)) = (same.first()?.clone(), same.last()?.clone());
    let inside = edits.into_iter().filter(|(added, removed)| {
        added.start >= first.start
            && removed.start >= first_old.start
            && added.end <= last.end
            && removed.end <= last_old.end
    });
    let moved = |range: Range<usize>| range.start + region.start..range.end + region.start;
    let mut changes: Changes = inside.map(|(added, removed)| (moved(added), removed)).collect();
    let (start, end) = (region.start + first.start, region.start + last.end);
    if first_old.start > 0 {
        changes.insert(0, (start..start, 0..first_old.start));
    }
    if last_old.end < licence.len() {
        changes.push((end..end, last_old.end..licence.len()));
    }
    Some((start..end, changes))
}

/// The shortest way from one sequence to another, as pairs of stretches that differ (Myers, An O(ND) Difference
/// Algorithm, 1986). `None` where it is longer than `most`.
fn edits(new: &[u16], old: &[u16], most: usize) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let rounds = rounds(new, old, most)?;
    let (mut x, mut y) = (new.len() as i32, old.len() as i32);
    let mut steps: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for round in (1..rounds.len() as i32).rev() {
        let (down, diagonal) = step(&rounds, round, x - y);
        x = reach(&rounds, round - 1, diagonal);
        y = x - diagonal;
        let (from_x, from_y) = (x.max(0) as usize, y.max(0) as usize);
        let one = if down { (from_x..from_x, from_y..from_y + 1) } else { (from_x..from_x + 1, from_y..from_y) };
        match steps.last_mut() {
            // Words that stay between two changes belong to them where they are few: a name, a phrase put otherwise.
            Some((added, removed)) if added.start - one.0.end <= BETWEEN && removed.start - one.1.end <= BETWEEN => {
                added.start = one.0.start;
                removed.start = one.1.start;
            }
            _ => steps.push(one),
        }
    }
    steps.reverse();
    Some(steps)
}

/// How far every round of Myers' algorithm gets on each of its diagonals, until both sequences end.
fn rounds(new: &[u16], old: &[u16], most: usize) -> Option<Vec<Vec<i32>>> {
    let mut rounds: Vec<Vec<i32>> = Vec::new();
    for round in 0..=i32::try_from(most).unwrap_or(i32::MAX) {
        let mut row = vec![0; 2 * round as usize + 1];
        for diagonal in (-round..=round).step_by(2) {
            let mut x = match step(&rounds, round, diagonal) {
                _ if round == 0 => 0,
                (true, above) => reach(&rounds, round - 1, above),
                (false, left) => reach(&rounds, round - 1, left) + 1,
            };
            let at = |list: &[u16], place: i32| usize::try_from(place).ok().and_then(|place| list.get(place)).copied();
            while let (Some(a), Some(b)) = (at(new, x), at(old, x - diagonal))
                && a == b
                && a != index::UNKNOWN
            {
                x += 1;
                work::steps(1);
            }
            if let Some(place) = row.get_mut((diagonal + round) as usize) {
                *place = x;
            }
            if x >= new.len() as i32 && x - diagonal >= old.len() as i32 {
                rounds.push(row);
                return Some(rounds);
            }
        }
        rounds.push(row);
    }
    None
}

/// Whether a round comes to a diagonal from above (a word removed) or from the left (one added), and from which.
fn step(rounds: &[Vec<i32>], round: i32, diagonal: i32) -> (bool, i32) {
    let reach = |diagonal| reach(rounds, round - 1, diagonal);
    let down = diagonal == -round || (diagonal != round && reach(diagonal - 1) < reach(diagonal + 1));
    (down, if down { diagonal + 1 } else { diagonal - 1 })
}

fn reach(rounds: &[Vec<i32>], round: i32, diagonal: i32) -> i32 {
    let row = usize::try_from(round).ok().and_then(|round| rounds.get(round));
    row.and_then(|row| row.get(usize::try_from(diagonal + round).ok()?)).copied().unwrap_or(-1)
}
