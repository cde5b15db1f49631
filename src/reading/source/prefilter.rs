//! Does a text hold anything for which it is worth being read as a program?
//!
//! One pass with all words of all tables, which rules out most files of most repositories.

use super::token::is_word;
use super::{dialect, local, shell};
use crate::reading::calls::{self, Telling};
use crate::reading::needles::Needles;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

/// A word that is looked for.
#[derive(Clone, Copy)]
struct Word {
    word: &'static str,
    counts: When,
}

/// When a word counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    /// outside of comments that stand on lines of their own, if it is an address
    Always,
    /// as a part of any text
    Part,
    /// as a name that stands for itself
    Name,
}

/// The words of one language, or of all.
struct Words {
    needles: Needles,
    /// in the order of their numbers in `needles`
    words: Vec<Word>,
}

impl Words {
    /// `language` is `None` for the words of all languages.
    fn of(language: Option<&str>) -> Self {
        let mut words: BTreeMap<&'static str, When> = BTreeMap::new();
        for Telling { word, name, languages } in calls::telling() {
            if language.is_some_and(|own| !languages.iter().any(|known| known == own)) {
                continue;
            }
            let when = if name { When::Name } else { When::Part };
            words.entry(word).and_modify(|known| *known = when.min(*known)).or_insert(when);
        }
        let always = ["://", "'//", "\"//", "`//", "hostname:", "FOREIGN DATA WRAPPER", "foreign data wrapper"];
        words.extend(
            always.into_iter().chain(shell::telling()).chain(local::telling()).map(|word| (word, When::Always)),
        );
        let words: Vec<Word> = words.into_iter().map(|(word, counts)| Word { word, counts }).collect();
        Self { needles: Needles::new(words.iter().map(|word| word.word)), words }
    }

    fn are_in(&self, text: &str) -> bool {
        // A word may begin or end within another that does not count where it stands, so all of them are looked at.
        let counts = |number: usize, at| self.words.get(number).is_some_and(|word| word.counts_at(text, at));
        self.needles.all(text).any(|(number, range)| counts(number, range.start))
    }
}

impl Word {
    /// Whether it counts where it stands.
    fn counts_at(&self, text: &str, start: usize) -> bool {
        match self.counts {
            When::Always => !self.word.contains("//") || !is_commented(text, start),
            When::Part => true,
            When::Name => is_name(text, start..start + self.word.len()),
        }
    }
}

/// Those of the languages that were met so far; `None` stands for all languages.
static WORDS: LazyLock<BTreeMap<Option<&'static str>, OnceLock<Words>>> =
    LazyLock::new(|| dialect::names().map(Some).chain([None]).map(|language| (language, OnceLock::new())).collect());

/// Whether a text holds something that is worth a reader; addresses in comments that stand on lines of their own do not
/// count. `language` is that of all of the text; where there is none, it may hold parts in any.
pub(super) fn is_worth_it(text: &str, language: Option<&str>) -> bool {
    let known = WORDS.get(&language);
    known.is_none_or(|words| words.get_or_init(|| Words::of(language)).are_in(text))
}

/// Whether nothing before or behind a word makes a longer name of it.
fn is_name(text: &str, at: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = at.start.checked_sub(1).and_then(|before| bytes.get(before));
    !before.is_some_and(|byte| is_word(*byte)) && !bytes.get(at.end).is_some_and(|byte| is_word(*byte))
}

/// Whether an address stands in a comment on a line of its own.
fn is_commented(text: &str, start: usize) -> bool {
    let line = memchr::memrchr(b'\n', text.as_bytes().get(..start).unwrap_or_default()).map_or(0, |at| at + 1);
    let lead = text.get(line..start).unwrap_or_default().trim_start();
    ["#", "//", "*", "/*", "--", "<!--", "%"].iter().any(|comment| lead.starts_with(comment) && !lead.starts_with("#|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_alone() {
        for (text, yes) in [
            ("# see https://example.de\n", false),
            (" * @see https://example.de\n", false),
            ("x = 1 # https://example.de\n", true),
            ("get('https://example.de')\n", true),
            ("x = from_pretrained('a/b')\n", true),
            ("x = 1\n", false),
        ] {
            assert_eq!(is_worth_it(text, Some("python")), yes, "{text}");
        }
    }

    #[test]
    fn words_count_in_their_languages_and_as_names() {
        for (language, text, yes) in [
            (Some("python"), "client.completions.create(model=x)", true),
            (Some("python"), "x.create(model=y)", false),
            (Some("rust"), "client.completions.create(model)", false),
            (None, "client.completions.create(model=x)", true),
            (Some("python"), "from pretrained_models import x", false),
            (Some("python"), "my_from_pretrained('a')", false),
            (Some("python"), "import geopy.geocoders", true),
            (Some("java"), "import geopy.geocoders", false),
            (Some("rust"), "open(\"/home/ada/a.csv\")", true),
        ] {
            assert_eq!(is_worth_it(text, language), yes, "{text}");
        }
    }
}
