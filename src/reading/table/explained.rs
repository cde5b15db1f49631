//! Which columns need to be explained, and which texts explain them?

use super::header::is_of_series;
use crate::reading::personal::folded;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// So short a name of a column is a letter of any text.
const SHORT: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    plain: BTreeSet<String>,
    short: BTreeSet<String>,
    explains: Vec<String>,
    reads: BTreeSet<String>,
    unread: BTreeSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("columns.toml")).expect("a test parses the table"));

/// How far a file by its name explains columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explains {
    /// it may, and can be read
    Text,
    /// it may, and cannot be read here
    Unread,
    /// it does not
    No,
}

/// Whether a file of this name (in lower case) is one that explains columns: a codebook, a schema, a metadata file.
pub fn explains(name: &str) -> Explains {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = folded(stem);
    if !TABLE.explains.iter().any(|words| stem.split(' ').any(|word| word == words) || stem.contains(words.as_str())) {
        return Explains::No;
    }
    match () {
        () if TABLE.reads.contains(end) => Explains::Text,
        () if TABLE.unread.contains(end) => Explains::Unread,
        () => Explains::No,
    }
}

/// The columns whose names do not say by themselves what they hold, in small letters: no dates and years of a series, no
/// `id`, `name` or `latitude`, no single letters.
pub fn telling<'c>(columns: impl Iterator<Item = &'c str>) -> BTreeSet<String> {
    // of columns that are told apart by a number only, the first stands for all
    let mut kinds = BTreeSet::new();
    let mut is_new = |name: &str| kinds.insert(name.replace(|c: char| c.is_ascii_digit(), ""));
    columns
        .filter(|name| name.chars().count() >= SHORT && !is_of_series(name) && !TABLE.plain.contains(&folded(name)))
        .map(str::to_lowercase)
        .filter(|name| is_new(name))
        .collect()
}

/// Whether a column's name is a riddle: a part of it is no word of a language, as `gst_kz`, `P1` and `dtlbl` are. What
/// stands in brackets is a unit.
pub fn is_riddle(name: &str) -> bool {
    let bare = name.split(['(', '[', '{']).next().unwrap_or_default();
    let folded = folded(if bare.trim().is_empty() { name } else { bare });
    let words = folded.split(' ').count();
    let riddles = folded.split(' ').filter(|word| !is_word(word)).count();
    // in a phrase an abbreviation explains itself
    if words > 2 && !name.contains(['_', '.']) { riddles * 2 > words } else { riddles > 0 }
}

fn is_word(word: &str) -> bool {
    // `address1`, `region2`: one of several
    let stem = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = stem.chars().any(|c| c.is_ascii_digit());
    let vowels = stem.chars().filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !c.is_ascii()).count();
    let long = stem.chars().count() > 3 && vowels > 0 && !digits;
    TABLE.short.contains(word) || long || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Finds names of columns in texts.
pub struct Finder {
    names: Vec<String>,
    needles: Option<AhoCorasick>,
}

impl Finder {
    /// Looks for these names, given in small letters.
    pub fn of(names: BTreeSet<String>) -> Self {
        let names: Vec<String> = names.into_iter().collect();
        let needles = AhoCorasick::new(&names).ok().filter(|_| !names.is_empty());
        Self { names, needles }
    }

    /// The names that stand in a text, whole.
    pub fn found(&self, text: &str) -> BTreeSet<&str> {
        let text = text.to_lowercase();
        let Some(needles) = &self.needles else { return BTreeSet::new() };
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let mut found: BTreeMap<usize, &str> = BTreeMap::new();
        for hit in needles.find_overlapping_iter(&text) {
            let at = hit.pattern().as_usize();
            let before = text.get(..hit.start()).and_then(|before| before.chars().next_back());
            let after = text.get(hit.end()..).and_then(|after| after.chars().next());
            if let (false, Some(name)) = (before.is_some_and(is_part) || after.is_some_and(is_part), self.names.get(at))
            {
                found.insert(at, name);
            }
        }
        found.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plain_column_is_folded() {
        for name in &TABLE.plain {
            assert_eq!(&folded(name), name);
            assert!(telling([name.as_str()].into_iter()).is_empty());
        }
        for name in &TABLE.explains {
            assert_eq!(&folded(name), name);
            assert_eq!(explains(&format!("{name}.csv")), Explains::Text, "{name}");
        }
        assert!(TABLE.reads.is_disjoint(&TABLE.unread));
    }

    #[test]
    fn telling_columns() {
        let columns = [
            "id",
            "Name",
            "Breitengrad",
            "PM10_mean",
            "2019",
            "X1998",
            "FY2020",
            "1/22/20",
            "x",
            "",
            "date_time",
            "Höhe",
            "NO2 max",
        ];
        assert_eq!(telling(columns.into_iter()).into_iter().collect::<Vec<_>>(), ["no2 max", "pm10_mean"]);
    }

    #[test]
    fn columns_that_are_counted() {
        let columns = ["rd1_win", "rd2_win", "rd10_win", "V12", "Unnamed: 3", "height"];
        assert_eq!(telling(columns.into_iter()).into_iter().collect::<Vec<_>>(), ["height", "rd1_win"]);
    }

    #[test]
    fn riddles() {
        for name in
            ["height", "number of rooms", "Ammonia [kt/a]", "total_mwh", "bikeCount", "address1", "PM10", "Übergewicht"]
        {
            assert!(!is_riddle(name), "{name}");
        }
        assert!(!is_riddle("Share of the GDPX") && !is_riddle("2013 Inequality-adjusted HDI value"));
        for name in ["gst_kz", "P1", "durP1", "dtlbl", "12bis17", "val_adj", "UAN [kt/a]"] {
            assert!(is_riddle(name), "{name}");
        }
        for word in &TABLE.short {
            assert_eq!(&folded(word), word);
            assert!(!is_riddle(word) && is_riddle(&format!("{word} q7q")), "{word}");
        }
    }

    #[test]
    fn names_of_files() {
        for (name, explained) in [
            ("codebook.csv", Explains::Text),
            ("trees_data-dictionary.xlsx", Explains::Unread),
            ("datapackage.json", Explains::Text),
            ("schema.yml", Explains::Text),
            ("trees.csv", Explains::No),
            ("schema.py", Explains::No),
        ] {
            assert_eq!(explains(name), explained, "{name}");
        }
    }

    #[test]
    fn names_in_texts() {
        let finder = Finder::of(["pm10_mean".to_owned(), "größe".to_owned(), "größe in m".to_owned()].into());
        let found = finder.found("`PM10_mean`: the mean. Größe in m, pm10_means");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["größe", "größe in m", "pm10_mean"]);
        assert!(finder.found("xpm10_mean größen").is_empty());
        assert!(Finder::of(BTreeSet::new()).found("pm10").is_empty());
    }
}
