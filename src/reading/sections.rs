//! What is a section about, and what does a sentence invite to? In the languages public bodies write.
//!
//! The words are a table, `sections.toml`; everything is compared word by word, without case and accents.

use super::document::{Document, Section, tokens};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What a section of a document may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// getting it running
    Installation,
    /// using it
    Usage,
    /// reaching its people
    Contact,
    /// taking part
    Contributing,
    /// how people treat each other
    CodeOfConduct,
    /// licence and copyright
    Licence,
    /// running it for others
    Operation,
    /// how it is built
    Architecture,
    /// where data come from
    DataSources,
    /// use by people with disabilities
    Accessibility,
    /// protection of personal data
    Privacy,
    /// what is planned
    Roadmap,
    /// who decides and how
    Governance,
    /// vulnerabilities
    Security,
    /// testing it
    Tests,
    /// versions and publishing them
    Release,
    /// help for users
    Support,
    /// who makes it
    Team,
    /// the manual, wherever it lies
    Documentation,
    /// what it offers to other programs
    Api,
    /// where mistakes and wishes are told
    Reporting,
}

/// What a sentence may invite to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Invitation {
    /// to write an issue
    #[serde(rename = "issue-invitation")]
    Issue,
    /// to write to somebody; says nothing where no address stands beside it
    #[serde(rename = "invitation-to-write")]
    Write,
    /// to install or run it
    Install,
    /// how contributions are made
    #[serde(rename = "how-to-contribute")]
    Contribute,
    /// to propose a change, wherever in a document it stands
    #[serde(rename = "proposal-of-changes")]
    Propose,
}

/// Whether a heading is about this.
pub fn is_about(heading: &str, meaning: Meaning) -> bool {
    let words = folded(heading);
    TABLE
        .meanings
        .get(&meaning)
        .is_some_and(|entry| entry.found.find(&words).is_some() && entry.not.find(&words).is_none())
}

/// The first sentence that invites to this: its offset in the text.
pub fn invites(text: &str, to: Invitation) -> Option<usize> {
    TABLE.invitations.get(&to)?.find(&folded(text))
}

/// The sections that are about this and say something, in order.
pub fn about(document: &Document, meaning: Meaning) -> impl Iterator<Item = Section<'_>> {
    document.sections().filter(move |section| {
        section.heading.is_some_and(|heading| is_about(&heading.text, meaning)) && section.says_something()
    })
}

/// The words of a text, without case and accents, with their offsets; the numbers before a heading go.
pub(super) fn folded(text: &str) -> Vec<(usize, String)> {
    let mut words: Vec<_> = tokens(text).map(|(at, word)| (at, without_accents(&word))).collect();
    let numbers = words.iter().take_while(|(_, word)| word.bytes().all(|byte| byte.is_ascii_digit())).count();
    words.drain(..numbers);
    words
}

/// `ä` becomes `ae`, `é` becomes `e`: people write both.
fn without_accents(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        plain.push_str(match letter {
            'ä' | 'æ' => "ae",
            'ö' | 'œ' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'á' | 'à' | 'â' | 'ã' | 'å' => "a",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'í' | 'ì' | 'î' | 'ï' => "i",
            'ó' | 'ò' | 'ô' | 'õ' => "o",
            'ú' | 'ù' | 'û' => "u",
            'ç' => "c",
            'ñ' => "n",
            _ => {
                plain.push(letter);
                continue;
            }
        });
    }
    plain
}

/// At most so many words stand for `…`.
const WIDEST_GAP: usize = 4;

/// A row of the table.
#[derive(Debug)]
struct Row {
    /// nothing else may stand in the heading
    whole: bool,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Word(String),
    /// the beginning of a word
    Start(String),
    Gap,
}

impl Row {
    fn new(written: &str) -> Self {
        let (whole, rest) = written.strip_prefix("= ").map_or((false, written), |rest| (true, rest));
        let parts = rest.split_whitespace().map(|word| match word.strip_suffix('*') {
            _ if word == "…" => Part::Gap,
            Some(start) => Part::Start(without_accents(&start.to_lowercase())),
            None => Part::Word(without_accents(&word.to_lowercase())),
        });
        Self { whole, parts: parts.collect() }
    }

    /// Whether the words begin with this row.
    fn matches(&self, words: &[(usize, String)]) -> bool {
        let mut at = 0;
        let mut gap = 0;
        for part in &self.parts {
            if matches!(part, Part::Gap) {
                gap = WIDEST_GAP;
                continue;
            }
            let fits = |at: &usize| words.get(*at).is_some_and(|(_, word)| part.fits(word));
            let Some(found) = (at..=at + gap).find(fits) else { return false };
            at = found + 1;
            gap = 0;
        }
        !self.whole || at == words.len()
    }
}

impl Part {
    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Word(wanted) => word == wanted,
            Self::Start(start) => word.starts_with(start.as_str()),
            Self::Gap => false,
        }
    }
}

/// Rows of all languages, found by their first word.
#[derive(Debug, Default)]
pub(super) struct Rows {
    by_word: HashMap<String, Vec<Row>>,
    by_start: Vec<Row>,
}

impl Rows {
    /// Adds a row as the table writes it.
    pub(super) fn add(&mut self, written: &str) {
        let row = Row::new(written);
        match row.parts.first() {
            Some(Part::Word(word)) => self.by_word.entry(word.clone()).or_default().push(row),
            _ => self.by_start.push(row),
        }
    }

    /// The offset of the first words that one of the rows fits.
    pub(super) fn find(&self, words: &[(usize, String)]) -> Option<usize> {
        words.iter().enumerate().find_map(|(at, (offset, word))| {
            let rest = words.get(at..).unwrap_or_default();
            let by_word = self.by_word.get(word).into_iter().flatten();
            let mut rows = by_word.chain(&self.by_start).filter(|row| !row.whole || at == 0);
            rows.any(|row| row.matches(rest)).then_some(*offset)
        })
    }
}

struct Entry {
    found: Rows,
    not: Rows,
}

struct Table {
    meanings: BTreeMap<Meaning, Entry>,
    invitations: BTreeMap<Invitation, Rows>,
}

/// The table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    meaning: Vec<WrittenRows<Meaning>>,
    phrase: Vec<WrittenRows<Invitation>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRows<Name> {
    name: Name,
    en: Vec<String>,
    de: Vec<String>,
    fr: Vec<String>,
    it: Vec<String>,
    es: Vec<String>,
    nl: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

impl<Name> WrittenRows<Name> {
    fn rows(&self) -> impl Iterator<Item = &str> {
        [&self.en, &self.de, &self.fr, &self.it, &self.es, &self.nl].into_iter().flatten().map(String::as_str)
    }

    fn entry(&self) -> Entry {
        let (mut found, mut not) = (Rows::default(), Rows::default());
        self.rows().for_each(|row| found.add(row));
        self.not.iter().for_each(|row| not.add(row));
        Entry { found, not }
    }
}

fn written() -> Written {
    toml::from_str(include_str!("sections.toml")).expect("the table is part of the program and tested")
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written = written();
    Table {
        meanings: written.meaning.iter().map(|rows| (rows.name, rows.entry())).collect(),
        invitations: written.phrase.iter().map(|rows| (rows.name, rows.entry().found)).collect(),
    }
});

#[cfg(test)]
mod tests;
