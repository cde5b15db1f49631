//! Does a text hold anything for which it is worth being read as a program?
//!
//! One pass with all words of all tables, which rules out most files of most repositories.

use super::token::is_word;
use super::{local, shell};
use crate::reading::calls::{self, Telling};
use aho_corasick::{AhoCorasick, AhoCorasickKind, Match};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// When a word counts.
#[derive(Default)]
struct When {
    /// everywhere, in any language
    always: bool,
    /// as a part of any text, in these languages
    part: Vec<&'static str>,
    /// as a name that stands for itself, in these languages
    name: Vec<&'static str>,
}

struct Words {
    found: AhoCorasick,
    /// in the order of their numbers in `found`
    when: Vec<When>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, When> = BTreeMap::new();
    let always = ["://", "'//", "\"//", "`//", "hostname:", "FOREIGN DATA WRAPPER", "foreign data wrapper"];
    for word in always.into_iter().chain(shell::telling()).chain(local::telling()) {
        words.entry(word).or_default().always = true;
    }
    for Telling { word, name, languages } in calls::telling() {
        let when = words.entry(word).or_default();
        let known = if name { &mut when.name } else { &mut when.part };
        known.extend(languages.iter().map(String::as_str));
    }
    // A word may begin or end within another that does not count where it stands, so all of them are looked at.
    let found = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(words.keys());
    Words { found: found.expect("words of the tables"), when: words.into_values().collect() }
});

/// Whether a text holds something that is worth a reader; addresses in comments that stand on lines of their own do not
/// count. `language` is that of all of the text; where there is none, it may hold parts in any.
pub(super) fn is_worth_it(text: &str, language: Option<&str>) -> bool {
    WORDS.found.find_overlapping_iter(text).any(|found| {
        let Some(when) = WORDS.when.get(found.pattern().as_usize()) else { return true };
        let here = |languages: &[&str]| language.map_or(!languages.is_empty(), |own| languages.contains(&own));
        when.always && !is_commented(text, found) || here(&when.part) || here(&when.name) && is_name(text, found)
    })
}

/// Whether nothing before or behind a word makes a longer name of it.
fn is_name(text: &str, found: Match) -> bool {
    let (bytes, at) = (text.as_bytes(), found.range());
    let before = at.start.checked_sub(1).and_then(|before| bytes.get(before));
    !before.is_some_and(|byte| is_word(*byte)) && !bytes.get(at.end).is_some_and(|byte| is_word(*byte))
}

/// Whether an address stands in a comment on a line of its own.
fn is_commented(text: &str, found: Match) -> bool {
    if !text.get(found.range()).is_some_and(|needle| needle.contains("//")) {
        return false;
    }
    let line = memchr::memrchr(b'\n', text.as_bytes().get(..found.start()).unwrap_or_default()).map_or(0, |at| at + 1);
    let lead = text.get(line..found.start()).unwrap_or_default().trim_start();
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
