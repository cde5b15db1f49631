//! Where in a text do these words stand?
//!
//! Of all ways to ask that, the search for the leftmost of them is the one that compares many bytes at a time where the
//! words are few ("packed" in the documentation of aho-corasick). Words that overlap are found by asking again from the
//! next byte, and those that begin at the same byte because they are the beginnings of the longest.

use aho_corasick::{AhoCorasick, Input, Match, MatchKind};
use std::ops::Range;

/// Words that are looked for as they are written.
pub struct Needles {
    /// `None` where all words together are longer than 2 GiB, of which no text holds any
    found: Option<AhoCorasick>,
    /// lengths in bytes
    lengths: Vec<usize>,
    /// for each word the longest of the others that it begins with; of equal words the next
    beginnings: Vec<Option<usize>>,
}

impl Needles {
    /// Looks for these words, as they are written.
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Self {
        let words: Vec<Vec<u8>> = words.into_iter().map(|word| word.as_ref().to_vec()).collect();
        let found = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words).ok();
        let lengths = words.iter().map(Vec::len).collect();
        Self { found, lengths, beginnings: beginnings(&words) }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// Whether one of them stands in the text.
    pub fn is_in(&self, text: &str) -> bool {
        self.found.as_ref().is_some_and(|found| found.is_match(text))
    }

    /// Those that stand in the text, none within another: of those that begin at one byte, the longest.
    pub fn each<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Match> + 'a {
        self.found.iter().flat_map(move |found| found.find_iter(text))
    }

    /// The leftmost that stands at this byte or behind it; of those that begin there, the longest.
    pub fn first(&self, text: &str, from: usize) -> Option<Match> {
        self.found.as_ref()?.find(Input::new(text).range(from.min(text.len())..))
    }

    /// All that stand in the text, also within one another, by where they begin: their numbers and places.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let mut from = 0;
        let starts = std::iter::from_fn(move || {
            let found = self.first(text, from)?;
            from = found.start() + 1;
            Some((found.pattern().as_usize(), found.start()))
        });
        starts.flat_map(move |(found, start)| {
            let shorter = |number: &usize| self.beginnings.get(*number).copied().flatten();
            let here = std::iter::successors(Some(found), shorter);
            here.filter_map(move |number| Some((number, start..start + self.lengths.get(number)?)))
        })
    }
}

/// For each word the longest of the others that it begins with; of equal words, the first of which is found, the next.
fn beginnings(words: &[Vec<u8>]) -> Vec<Option<usize>> {
    let mut beginnings = vec![None; words.len()];
    let mut sorted: Vec<(&[u8], usize)> = words.iter().map(Vec::as_slice).zip(0..).collect();
    sorted.sort_unstable_by_key(|(word, number)| (*word, std::cmp::Reverse(*number)));
    // each of these begins the next, and the last is nearest to the word that is looked at
    let mut open: Vec<(&[u8], usize)> = Vec::new();
    for (word, number) in sorted {
        while open.last().is_some_and(|(shorter, _)| !word.starts_with(shorter)) {
            open.pop();
        }
        if let Some(beginning) = beginnings.get_mut(number) {
            *beginning = open.last().map(|(_, shorter)| *shorter);
        }
        open.push((word, number));
    }
    beginnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand() {
        let needles = Needles::new(["environ", "env(", "Ä"]);
        for (text, first) in [("", None), ("an env", None), ("env(", Some(0)), ("x Ä env(", Some(2))] {
            assert_eq!(needles.first(text, 0).map(|found| found.start()), first, "{text}");
            assert_eq!(needles.is_in(text), first.is_some(), "{text}");
        }
        assert_eq!(needles.first("env(env(", 1).map(|found| found.start()), Some(4));
        assert!(needles.first("env(", 9).is_none());
        assert!(Needles::new([""; 0]).is_empty() && !Needles::new([""; 0]).is_in("a"));
    }

    #[test]
    fn words_within_words_are_found_as_by_a_search_for_each() {
        let words = ["a", "ab", "abc", "b", "bc", "abd", "c-a", "abcab", "\u{e4}", "ab", "a", "ab"];
        let needles = Needles::new(words);
        for text in ["", "abc", "abdabc-abcabcab", "xx\u{e4}ab", "cccc-a", "aaaa"] {
            let mut wanted: Vec<(usize, Range<usize>)> = (0..words.len())
                .flat_map(|number| text.char_indices().map(move |(at, _)| (number, at)))
                .filter(|(number, at)| text[*at..].starts_with(words[*number]))
                .map(|(number, at)| (number, at..at + words[number].len()))
                .collect();
            let mut found: Vec<_> = needles.all(text).collect();
            assert!(found.is_sorted_by_key(|(_, range)| range.start), "{text}");
            wanted.sort_by_key(|(number, range)| (*number, range.start));
            found.sort_by_key(|(number, range)| (*number, range.start));
            assert_eq!(found, wanted, "{text}");
        }
    }
}
