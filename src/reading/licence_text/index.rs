//! Where are the texts of the SPDX list, and in which of them do four words stand together?
//!
//! The arrays are written by `build/licences.rs` and searched where they lie: nothing is loaded or computed at start.

use super::naming;
use super::normal::Words;
use super::weight::weight;
use sha2::{Digest, Sha256};
use std::ops::Range;

/// So many words make a gram.
pub(super) const GRAM: usize = 4;

/// The number of a word that stands in no licence text.
pub(super) const UNKNOWN: u16 = u16::MAX;

/// A text of the SPDX list.
#[derive(Debug)]
pub(super) struct Text {
    /// the ids that share it, the one to be named first
    pub(super) ids: &'static [&'static str],
    /// whether it is an exception to a licence
    pub(super) exception: bool,
    /// the language of an official text that the list does not have; empty for those of the list
    pub(super) language: &'static str,
    /// its place in the array of words
    words: Range<usize>,
    /// the weights of its grams, each once
    pub(super) weight: u32,
}

include!(concat!(env!("OUT_DIR"), "/licences.rs"));

static VOCABULARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/vocabulary.bin"));
static SPELLINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/spellings.bin"));
static SPELLING_ENDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/spelling_ends.bin"));
static GRAMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/grams.bin"));
static GRAM_ENDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gram_ends.bin"));
static POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postings.bin"));
static WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));
static HASHES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/hashes.bin"));
static NAME_KEYS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/names.bin"));

/// The number of a text.
pub(super) type TextNumber = u16;

/// A text by its number.
pub(super) fn text(number: TextNumber) -> Option<&'static Text> {
    TEXTS.get(usize::from(number))
}

impl Text {
    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The numbers of its words.
    pub(super) fn words(&self) -> impl Iterator<Item = u16> + use<> {
        self.words.clone().map(|at| u16_at(WORDS, at).unwrap_or(UNKNOWN))
    }
}

/// The numbers of the words of a text.
pub(super) fn numbers(words: &Words) -> Vec<u16> {
    words.iter().map(number).collect()
}

fn number(word: &str) -> u16 {
    let key = naming::key(std::iter::once(word));
    search(VOCABULARY, 8, |entry| u64_from(entry).cmp(&key)).and_then(|at| u16::try_from(at).ok()).unwrap_or(UNKNOWN)
}

/// The word with a number.
pub(super) fn spelling(number: u16) -> &'static str {
    let end = |at: usize| u32_at(SPELLING_ENDS, at).unwrap_or_default() as usize;
    let at = usize::from(number);
    let start = at.checked_sub(1).map_or(0, end);
    SPELLINGS.get(start..end(at)).unwrap_or_default()
}

/// The gram of four words; `None` where one of them stands in no licence text.
pub(super) fn gram(words: &[u16]) -> Option<u64> {
    if words.contains(&UNKNOWN) {
        return None;
    }
    Some(words.iter().fold(0, |so_far, word| so_far << 16 | u64::from(*word)))
}

/// The texts in which a gram stands, and what it tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    texts: &'static [u8],
    pub(super) weight: u32,
}

impl Posting {
    /// The numbers of the texts, rising.
    pub(super) fn texts(self) -> impl Iterator<Item = TextNumber> {
        self.texts.chunks_exact(2).map(u16_from)
    }

    /// Whether the gram stands in this text.
    pub(super) fn holds(self, text: TextNumber) -> bool {
        search(self.texts, 2, |entry| u16_from(entry).cmp(&text)).is_some()
    }
}

/// Looks up a gram.
pub(super) fn posting(gram: u64) -> Option<Posting> {
    let at = search(GRAMS, 8, |entry| u64_from(entry).cmp(&gram))?;
    let end = u32_at(GRAM_ENDS, at)? as usize;
    let start = match at.checked_sub(1) {
        Some(before) => u32_at(GRAM_ENDS, before)? as usize,
        None => 0,
    };
    let texts = POSTINGS.get(2 * start..2 * end)?;
    Some(Posting { texts, weight: weight(TEXTS.len(), end - start) })
}

/// The text whose words are exactly these.
pub(super) fn same(words: &Words) -> Option<TextNumber> {
    let mut hash = Sha256::new();
    for (number, word) in words.iter().enumerate() {
        if number > 0 {
            hash.update(b" ");
        }
        hash.update(word.as_bytes());
    }
    let hash: [u8; 32] = hash.finalize().into();
    let at = search(HASHES, 34, |entry| entry.get(..32).unwrap_or_default().cmp(&hash))?;
    HASHES.get(34 * at + 32..34 * at + 34).map(u16_from)
}

/// What a sequence of words is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameOf {
    /// the name of a licence; whether it only is one where a licence is expected
    Licence(&'static str, bool),
    /// the beginning of names, and none itself
    Beginning,
}

/// What a sequence of words with this key is; `None` where no name begins with it.
pub(super) fn named(key: u64) -> Option<NameOf> {
    let at = search(NAME_KEYS, 10, |entry| u64_from(entry).cmp(&key))?;
    let number = NAME_KEYS.get(10 * at + 8..10 * at + 10).map(u16_from)?;
    match NAMES.get(usize::from(number & 0x7fff)) {
        Some(id) => Some(NameOf::Licence(id, number & 0x8000 != 0)),
        None => Some(NameOf::Beginning),
    }
}

/// The place of an entry in a sorted array of entries of `size` bytes.
fn search(array: &[u8], size: usize, compare: impl Fn(&[u8]) -> std::cmp::Ordering) -> Option<usize> {
    let (mut low, mut high) = (0, array.len() / size);
    while low < high {
        let middle = low + (high - low) / 2;
        match compare(array.get(size * middle..size * (middle + 1))?) {
            std::cmp::Ordering::Equal => return Some(middle),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

fn u64_from(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

fn u16_from(bytes: &[u8]) -> u16 {
    bytes.first_chunk().map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

fn u32_at(array: &[u8], at: usize) -> Option<u32> {
    array.get(4 * at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn u16_at(array: &[u8], at: usize) -> Option<u16> {
    array.get(2 * at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}
