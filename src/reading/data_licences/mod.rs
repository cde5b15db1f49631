//! Which licence is given to data, and is it open?
//!
//! Data are licensed in other words than code: ids of portals (`dl-de/by-2-0`, `cc-zero`), addresses of dcat-ap.de,
//! names without a version, sentences. All of them are read here; `data-licences.toml` holds the words.

mod sentences;

pub use sentences::{Said, sentences};

use super::licence_text::{self, expression};
use super::licensing::{is_open_for_data, is_open_for_software};
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A licence as it is given to data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Licence {
    /// the SPDX expression where there is one, else the name as people write it
    pub name: String,
    /// whether it is open by the Open Definition; `None` where only people can tell
    pub open: Option<bool>,
    /// whether it is made for data alone, so that naming it speaks of data
    pub for_data: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    ids: Vec<String>,
    data_ids: Vec<String>,
    nothing: BTreeSet<String>,
    data_words: BTreeSet<String>,
    data_endings: Vec<String>,
    no_data_words: BTreeSet<String>,
    licence_words: BTreeSet<String>,
    no_licence_words: BTreeSet<String>,
    other_subjects: BTreeSet<String>,
    licence_phrases: Vec<String>,
    restrictions: Vec<String>,
    no_restrictions: Vec<String>,
    name: Vec<Name>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    words: String,
    id: String,
    #[serde(default)]
    open: Option<bool>,
    #[serde(default)]
    data: bool,
}

struct Words {
    table: Table,
    names: AhoCorasick,
    restrictions: AhoCorasick,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("data-licences.toml")).expect("a test parses the table");
    let built = |patterns: Vec<&str>| {
        let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        builder.expect("the words are few and short")
    };
    let names = built(table.name.iter().map(|row| row.words.as_str()).collect());
    let restrictions = built(table.restrictions.iter().map(String::as_str).collect());
    Words { table, names, restrictions }
});

/// Longer values are texts, not names.
const LONGEST_VALUE: usize = 300;

/// What the value of a licence field says (`license: cc-by-4.0`, `http://dcat-ap.de/def/licenses/dl-by-de/2.0`);
/// `None` where it says nothing.
pub fn of_value(value: &str) -> Option<Licence> {
    let value = value.trim().trim_matches(['"', '\'', '<', '>']).trim();
    let folded = Folded::of(value);
    if WORDS.table.nothing.contains(folded.text.trim()) {
        return None;
    }
    if value.len() > LONGEST_VALUE {
        let found = licence_text::identify(value, licence_text::Place::LicenceFile).expression;
        let shown: String = value.lines().next().unwrap_or_default().chars().take(60).collect();
        return Some(found.map_or(Licence { name: shown, open: None, for_data: false }, |one| of_expression(&one)));
    }
    if let Some(found) = expression::canonical(value).or_else(|| licence_text::named(value)) {
        return Some(of_expression(&found));
    }
    let named = named_in(value).into_iter().next().map(|(_, licence)| licence);
    let restricted = !restrictions(&folded).is_empty();
    Some(match named {
        Some(licence) if !restricted => licence,
        _ => Licence { name: value.to_owned(), open: restricted.then_some(false), for_data: false },
    })
}

/// An SPDX expression as the licence of data.
pub fn of_expression(expression: &str) -> Licence {
    let open = |id: &str| is_open_for_data(id) || is_open_for_software(id);
    let ids = expression::licences(expression);
    let own = ids.iter().any(|id| id.contains("LicenseRef-"));
    let open = expression::satisfied(expression, open).filter(|open| *open || !own);
    let for_data = !ids.is_empty() && ids.iter().all(|id| begins(&WORDS.table.data_ids, id));
    Licence { name: expression.to_owned(), open, for_data }
}

/// Whether a licence of an expression is made for data or content rather than for code.
pub fn is_for_data_or_content(expression: &str) -> bool {
    expression::licences(expression).iter().any(|id| begins(&WORDS.table.ids, id))
}

/// Whether it is a licence of the SPDX list that is made for code.
pub fn is_for_code(name: &str) -> bool {
    let ids = expression::licences(name);
    !ids.is_empty() && ids.iter().all(|id| spdx::license_id(id).is_some()) && !is_for_data_or_content(name)
}

fn begins(starts: &[String], id: &str) -> bool {
    starts.iter().any(|start| id.starts_with(start.as_str()))
}

/// All licences that a text names, and where, in their order. Everyday words (`MIT`, `Apache`) name none.
fn named_in(text: &str) -> Vec<(Range<usize>, Licence)> {
    let mut found: Vec<(Range<usize>, Licence)> =
        licence_text::mentioned(text).into_iter().map(|(at, id)| (at, of_expression(&id))).collect();
    let folded = Folded::of(text);
    for hit in WORDS.names.find_iter(&folded.text) {
        let (Some(row), Some(at)) = (WORDS.table.name.get(hit.pattern().as_usize()), folded.word(hit.range())) else {
            continue;
        };
        if found.iter().all(|(other, _)| other.end <= at.start || other.start >= at.end) {
            found.push((at, Licence { name: row.id.clone(), open: row.open, for_data: row.data }));
        }
    }
    found.sort_by_key(|(at, _)| at.start);
    found
}

/// The places that forbid what an open licence grants.
fn restrictions(folded: &Folded) -> Vec<Range<usize>> {
    let mine = |hit: &Range<usize>| {
        let before = folded.text.get(..hit.start).unwrap_or_default();
        let before: String = before.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
        !WORDS.table.no_restrictions.iter().any(|words| before.contains(words.as_str()))
    };
    let hits = WORDS.restrictions.find_iter(&folded.text).map(|hit| hit.range());
    hits.filter(mine).filter_map(|hit| folded.word(hit)).collect()
}

/// A text in lower case whose words are parted by one space, and where each byte of it comes from.
struct Folded {
    text: String,
    from: Vec<usize>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                folded.text.extend(c.to_lowercase());
            } else if !folded.text.is_empty() && !folded.text.ends_with(' ') {
                folded.text.push(' ');
            }
            folded.from.resize(folded.text.len(), at);
        }
        folded.from.push(text.len());
        folded
    }

    /// Where in the text whole words stand; `None` where they are parts of others.
    fn word(&self, at: Range<usize>) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        let free = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ');
        let whole = free(at.start.checked_sub(1).and_then(|before| bytes.get(before))) && free(bytes.get(at.end));
        whole.then(|| Some(*self.from.get(at.start)?..*self.from.get(at.end)?))?
    }

    /// The words, and where they begin in the text.
    fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.text.split(' ').filter_map(move |word| {
            let start = at;
            at += word.len() + 1;
            (!word.is_empty()).then(|| Some((*self.from.get(start)?, word)))?
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (value, name, open) in [
            ("cc-by-4.0", "CC-BY-4.0", Some(true)),
            ("CC0-1.0", "CC0-1.0", Some(true)),
            ("odc-by", "ODC-By-1.0", Some(true)),
            ("ODC-PDDL-1.0", "PDDL-1.0", Some(true)),
            ("dl-de/by-2-0", "DL-DE-BY-2.0", Some(true)),
            ("dl-de/zero-2-0", "DL-DE-ZERO-2.0", Some(true)),
            ("http://dcat-ap.de/def/licenses/dl-by-de/2.0", "DL-DE-BY-2.0", Some(true)),
            ("http://dcat-ap.de/def/licenses/cc-zero", "CC0-1.0", Some(true)),
            ("http://dcat-ap.de/def/licenses/geonutz/20130319", "GeoNutzV", Some(true)),
            ("http://dcat-ap.de/def/licenses/officialWork", "§ 5 UrhG", Some(true)),
            ("Datenlizenz Deutschland – Namensnennung – Version 2.0", "DL-DE-BY-2.0", Some(true)),
            ("Datenlizenz Deutschland – Namensnennung", "Datenlizenz Deutschland", Some(true)),
            ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0", Some(true)),
            ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0", Some(false)),
            ("cc-by-nc-4.0", "CC-BY-NC-4.0", Some(false)),
            ("CC BY-NC", "CC BY-NC", Some(false)),
            ("other-closed", "other-closed", Some(false)),
            ("for research purposes only", "for research purposes only", Some(false)),
            ("Some terms", "Some terms", None),
            ("MIT", "MIT", Some(true)),
            ("LicenseRef-Own", "LicenseRef-Own", None),
        ] {
            let found = of_value(value);
            let wanted = Some((name, open));
            assert_eq!(found.as_ref().map(|one| (one.name.as_str(), one.open)), wanted, "{value}");
        }
        for value in &WORDS.table.nothing {
            assert_eq!(of_value(value), None, "{value}");
        }
    }

    #[test]
    fn every_name_is_found() {
        for row in &WORDS.table.name {
            let text = format!("Daten: {}, Stadt Musterstadt", row.words);
            let found = named_in(&text);
            assert!(!found.is_empty(), "{text}");
            assert!(found.iter().all(|(_, one)| one.open == row.open || row.open.is_none()), "{text}: {found:?}");
        }
        assert!(named_in("the acc bypass").is_empty() && named_in("written at the MIT").is_empty());
    }

    #[test]
    fn every_restriction_is_found() {
        for words in &WORDS.table.restrictions {
            assert_eq!(restrictions(&Folded::of(&format!("Use: {words}."))).len(), 1, "{words}");
        }
        for words in &WORDS.table.no_restrictions {
            assert!(restrictions(&Folded::of(&format!("{words} data all rights reserved"))).is_empty(), "{words}");
        }
    }

    #[test]
    fn made_for_data() {
        for (expression, content, data) in [
            ("CC-BY-4.0", true, false),
            ("ODbL-1.0", true, true),
            ("MIT", false, false),
            ("MIT AND CC-BY-4.0", true, false),
        ] {
            assert_eq!(is_for_data_or_content(expression), content, "{expression}");
            assert_eq!(is_for_code(expression), !content, "{expression}");
            assert_eq!(of_expression(expression).for_data, data, "{expression}");
        }
        assert!(!is_for_code("Datenlizenz Deutschland") && !is_for_code("for research only"));
        for id in WORDS.table.ids.iter().chain(&WORDS.table.data_ids) {
            assert!(spdx::identifiers::LICENSES.iter().any(|known| known.name.starts_with(id.as_str())), "{id}");
        }
    }

    #[test]
    fn places_of_words() {
        let text = "Größe:  CC–BY, x";
        let folded = Folded::of(text);
        assert_eq!(folded.text, "größe cc by x");
        let at = folded.text.find("cc by").map(|at| at..at + 5).and_then(|at| folded.word(at));
        assert_eq!(at.map(|at| &text[at]), Some("CC–BY"));
        assert_eq!(folded.words().map(|(_, word)| word).collect::<Vec<_>>(), ["größe", "cc", "by", "x"]);
    }
}
