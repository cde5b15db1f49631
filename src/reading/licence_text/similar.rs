//! Which texts of the list does a text hold, and where?
//!
//! Every gram of the text votes for the licences it stands in, with the weight that it tells. The licence whose grams
//! are there, and few of whose grams are missing, is taken; its part of the text is taken out, and the rest votes
//! again.

use super::difference::{Difference, MOST_CHANGES, difference};
use super::index::{self, GRAM, Posting, TextNumber};
use super::lists::lists;
use super::normal::Words;
use super::work;
use std::collections::BTreeSet;
use std::ops::Range;

/// A text counts as held, changed or not, where so much of its weight is there, in percent.
const SURE: u64 = 72;
/// And from here on where nothing in it says anything else.
const ENOUGH: u64 = 50;
/// Then at most so many words of a hundred may be others.
const MOST_DIFFERENT: usize = 15;
/// Below this a text is not even near.
const NEAR: u64 = 30;
/// A missing gram counts so much against a text as this many percent of one that is there count for it.
const MISSING: i64 = 70;
/// Texts that explain so much of what the best explains are compared word by word, in percent.
const NEARLY: i64 = 80;
/// So many words more than the text has may stand in its stretch before it is held for two copies.
const SPARE: usize = 30;
/// So many hits fewer are as many, when a copy is told from the next.
const FEW: usize = 2;
/// So many words of a text are compared; what follows is not looked at.
const MOST_WORDS: usize = 100_000;
/// The first of them are told from their rivals word by word.
const WITH_RIVALS: usize = 8;
/// So many texts are looked for in one file.
const MOST_TEXTS: usize = 40;

/// A text of the list that a text holds, or is near to.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// which
    pub(super) text: TextNumber,
    /// the words of the file
    pub(super) region: Range<usize>,
    /// how much of the text's weight is there, in percent
    pub(super) coverage: u64,
    /// what differs; `None` where nothing does
    pub(super) difference: Difference,
}

/// What was found in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Similar {
    /// texts that are there (perhaps altered), in the order of their places
    pub(super) found: Vec<Found>,
    /// where none is there, the text it is nearest to
    pub(super) nearest: Option<Found>,
}

/// Looks for the texts of the list.
pub(super) fn similar(words: &Words) -> Similar {
    let mut numbers = index::numbers(words);
    numbers.truncate(MOST_WORDS);
    let postings: Vec<Option<(u64, Posting)>> = numbers
        .windows(GRAM)
        .map(|four| {
            let gram = index::gram(four)?;
            index::posting(gram).map(|posting| (gram, posting))
        })
        .collect();
    let mut free = vec![true; postings.len()];
    let mut result = Similar::default();
    let mut refused = BTreeSet::new();
    while result.found.len() < MOST_TEXTS {
        let votes = votes(&postings, &free);
        let Some(best) = best(&votes, &refused, ENOUGH) else { break };
        let best = if result.found.len() < WITH_RIVALS {
            closest(best, &votes, &refused, words, &numbers, &postings, &free)
        } else {
            best
        };
        let region = region(best, &postings, &free);
        let coverage = coverage(best, &postings, &free, &region);
        if coverage < ENOUGH {
            refused.insert(best);
            continue;
        }
        free.get_mut(region.clone()).into_iter().flatten().for_each(|free| *free = false);
        let region = region.start..(region.end + GRAM - 1).min(numbers.len());
        result.found.push(Found { text: best, region, coverage, difference: Difference::default() });
    }
    result.found.sort_by_key(|found| found.region.start);
    let regions: Vec<Range<usize>> = result.found.iter().map(|found| found.region.clone()).collect();
    for (at, found) in result.found.iter_mut().enumerate() {
        let before = at.checked_sub(1).and_then(|before| regions.get(before)).map_or(0, |before| before.end);
        let behind = regions.get(at + 1).map_or(numbers.len(), |behind| behind.start);
        let room = before.min(found.region.start)..behind.max(found.region.end);
        found.difference = difference(words, &numbers, &mut found.region, room, found.text, MOST_CHANGES);
    }
    // A text of which less is there is held all the same where nothing that is there says anything else.
    result.found.retain(|found| {
        let small = found.difference.words() * 100 <= found.region.len() * MOST_DIFFERENT;
        let whole = !found.difference.far && !found.difference.without_grant;
        let held = whole && (found.coverage >= SURE || !found.difference.matters() && small);
        if !held && result.nearest.as_ref().is_none_or(|nearest| nearest.coverage < found.coverage) {
            result.nearest = Some(found.clone());
        }
        held
    });
    if result.found.is_empty()
        && result.nearest.is_none()
        && let Some(best) = best(&votes(&postings, &free), &BTreeSet::new(), NEAR)
    {
        let region = region(best, &postings, &free);
        let coverage = coverage(best, &postings, &free, &region);
        let mut region = region.start..(region.end + GRAM - 1).min(numbers.len());
        let difference = difference(words, &numbers, &mut region, 0..numbers.len(), best, MOST_CHANGES);
        result.nearest = Some(Found { text: best, region, coverage, difference });
    }
    result
}

type Postings = [Option<(u64, Posting)>];

/// For every text the weight of its grams that are there.
fn votes(postings: &Postings, free: &[bool]) -> Vec<u32> {
    work::steps(postings.len());
    let mut votes = vec![0u32; index::TEXTS.len()];
    let mut seen = std::collections::HashSet::new();
    for (posting, free) in postings.iter().zip(free) {
        if let (Some((gram, posting)), true) = (posting, free)
            && seen.insert(*gram)
        {
            for text in posting.texts() {
                if let Some(vote) = votes.get_mut(usize::from(text)) {
                    *vote = vote.saturating_add(posting.weight);
                }
            }
        }
    }
    votes
}

/// Among texts that explain nearly as much as the best, the one that differs in the fewest words.
fn closest(
    best: TextNumber,
    votes: &[u32],
    refused: &BTreeSet<TextNumber>,
    words: &Words,
    numbers: &[u16],
    postings: &Postings,
    free: &[bool],
) -> TextNumber {
    const RIVALS: usize = 5;
    /// An institution that the text names and the file does not counts as so many words.
    const STRANGER: usize = 4;
    /// So many words more of a rival are followed than the best has that differ.
    const AMPLE: usize = 200;
    let score = |number: TextNumber| {
        let there = votes.get(usize::from(number)).copied().map_or(0, i64::from);
        let all = index::text(number).map_or(0, |text| i64::from(text.weight));
        there * 100 - (all - there) * MISSING
    };
    let most = score(best);
    let mut rivals: Vec<TextNumber> = (0..)
        .zip(index::TEXTS)
        .map(|(number, _)| number)
        .filter(|number| !refused.contains(number) && score(*number) * 100 >= most * NEARLY)
        .filter(|number| {
            index::text(*number).is_some_and(|text| {
                u64::from(votes.get(usize::from(*number)).copied().unwrap_or_default()) * 100
                    >= u64::from(text.weight) * ENOUGH
            })
        })
        .collect();
    if rivals.len() < 2 {
        return best;
    }
    rivals.sort_by_key(|number| std::cmp::Reverse(score(*number)));
    rivals.truncate(RIVALS);
    // whether it says something else, and how many words differ: a rival needs clearly fewer
    let cost = |number: TextNumber, most: usize| {
        let region = region(number, postings, free);
        let mut region = region.start..(region.end + GRAM - 1).min(numbers.len());
        let difference = difference(words, numbers, &mut region, 0..numbers.len(), number, most);
        let strangers = difference.changes.iter().flat_map(|change| &change.removed);
        let strangers = strangers.filter(|word| lists().institutions.contains(index::spelling(**word))).count();
        let missing = index::text(number).map_or(0, |text| text.len().saturating_sub(region.len()));
        (difference.matters(), difference.words() + missing / 8 + strangers * STRANGER)
    };
    let mut closest = (best, cost(best, MOST_CHANGES));
    for rival in rivals.into_iter().filter(|rival| *rival != best) {
        // Words that are put in other places count twice, and what only spelling tells apart is no difference.
        let cost = cost(rival, closest.1.1 * 2 + AMPLE);
        let (same, less) = (cost.0 == closest.1.0, cost.1 * 10 + 20 < closest.1.1 * 9);
        if !cost.0 && closest.1.0 || same && less {
            closest = (rival, cost);
        }
    }
    closest.0
}

/// The text that explains most, less what is missing of it.
fn best(votes: &[u32], refused: &BTreeSet<TextNumber>, enough: u64) -> Option<TextNumber> {
    let mut best = None;
    for (number, (vote, text)) in (0..).zip(votes.iter().zip(index::TEXTS)) {
        let (there, all) = (u64::from(*vote), u64::from(text.weight));
        if there == 0 || there * 100 < all * enough || refused.contains(&number) {
            continue;
        }
        let score = there as i64 * 100 - (all as i64 - there as i64) * MISSING;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, number));
        }
    }
    best.map(|(_, number)| number)
}

/// The grams' places where a text stands: the stretch with the most hits, each miss taking one off. Where the text
/// stands there more than once, the part that one copy takes.
fn region(text: TextNumber, postings: &Postings, free: &[bool]) -> Range<usize> {
    work::steps(postings.len());
    let hits: Vec<bool> = postings
        .iter()
        .zip(free)
        .map(|(posting, free)| *free && posting.is_some_and(|(_, posting)| posting.holds(text)))
        .collect();
    let (mut best, mut most, mut sum, mut start) = (0..0, 0i64, 0i64, 0);
    for (at, hit) in hits.iter().enumerate() {
        if sum <= 0 {
            sum = 0;
            start = at;
        }
        sum += if *hit { 1 } else { -1 };
        if sum > most {
            most = sum;
            best = start..at + 1;
        }
    }
    let length = index::text(text).map_or(0, index::Text::len);
    if best.len() > length + length / 2 + SPARE { one_copy(&hits, best, length + SPARE) } else { best }
}

/// The first window of this length that holds as many hits as any, up to a few.
fn one_copy(hits: &[bool], within: Range<usize>, length: usize) -> Range<usize> {
    let hits = hits.get(within.clone()).unwrap_or_default();
    let mut sum = hits.iter().take(length).filter(|hit| **hit).count();
    let mut sums = vec![sum];
    for (gone, come) in hits.iter().zip(hits.iter().skip(length)) {
        sum = sum + usize::from(*come) - usize::from(*gone);
        sums.push(sum);
    }
    let most = sums.iter().copied().max().unwrap_or_default();
    let start = sums.iter().position(|sum| *sum + FEW >= most).unwrap_or_default();
    within.start + start..(within.start + start + length).min(within.end)
}

/// How much of a text's weight a stretch holds, in percent.
fn coverage(text: TextNumber, postings: &Postings, free: &[bool], region: &Range<usize>) -> u64 {
    let mut seen = std::collections::HashSet::new();
    let places = postings.iter().zip(free).skip(region.start).take(region.len());
    let there: u64 = places
        .filter_map(|(posting, free)| posting.filter(|(_, posting)| *free && posting.holds(text)))
        .filter(|(gram, _)| seen.insert(*gram))
        .map(|(_, posting)| u64::from(posting.weight))
        .sum();
    let all = index::text(text).map_or(1, |text| u64::from(text.weight).max(1));
    there * 100 / all
}
