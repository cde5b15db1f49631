//! The tables of sentences by which people end a project, and how one of them is looked for.

use crate::reading::pattern::Match;
use crate::reading::pattern::Pattern;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct Row {
    /// one of them stands in every text that the pattern finds
    words: Vec<String>,
    pattern: String,
    /// it tells of a move, which needs a place
    #[serde(default)]
    to: bool,
    /// it counts in headings only
    #[serde(default)]
    heading: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

/// A row whose pattern is built when a text has one of its words: few documents do, and building takes longer than all
/// that is looked for.
pub(super) struct Saying {
    row: Row,
    words: AhoCorasick,
    pattern: Pattern,
}

impl Saying {
    /// Where a text, in one line, says it.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        if !self.words.is_match(text) {
            return None;
        }
        self.pattern.find(text)
    }

    /// Whether it tells of a move, which counts only where a place is named.
    pub(super) fn is_move(&self) -> bool {
        self.row.to
    }

    /// Whether it counts in headings only.
    pub(super) fn in_headings_only(&self) -> bool {
        self.row.heading
    }
}

fn sayings(table: &str) -> Vec<Saying> {
    let table: Table = toml::from_str(table).expect("a test parses the table");
    let words = |row: &Row| {
        let built = AhoCorasick::builder().ascii_case_insensitive(true).build(&row.words);
        built.expect("a test builds every row")
    };
    table.row.into_iter().map(|row| Saying { words: words(&row), pattern: Pattern::new(&row.pattern), row }).collect()
}

/// The project was ended on purpose.
pub(super) static ENDED: LazyLock<Vec<Saying>> = LazyLock::new(|| sayings(include_str!("ended.toml")));

/// Nobody looks after it, whether that was meant or not.
pub(super) static UNMAINTAINED: LazyLock<Vec<Saying>> = LazyLock::new(|| sayings(include_str!("unmaintained.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_examples() {
        let mut wrong = Vec::new();
        for saying in ENDED.iter().chain(UNMAINTAINED.iter()) {
            let yes = saying.row.yes.iter().filter(|text| saying.find(text).is_none());
            let no = saying.row.no.iter().filter(|text| saying.find(text).is_some());
            wrong.extend(yes.chain(no));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
