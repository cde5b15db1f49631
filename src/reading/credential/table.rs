//! Which forms do tokens have? The rows of `tokens.toml`.

use super::check::Test;
use crate::reading::pattern::Pattern;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::sync::{LazyLock, OnceLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) token: Vec<Row>,
    pub(super) sample: Sample,
    pub(super) hosts: Hosts,
}

/// Why a row is trusted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RestsOn {
    Checksum,
    Structure,
    Form,
}

/// A form of tokens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Row {
    pub(super) form: String,
    pub(super) needles: Vec<String>,
    #[serde(default)]
    pub(super) before: usize,
    pub(super) pattern: String,
    #[serde(default)]
    pub(super) test: Test,
    #[serde(default)]
    pub(super) near: Vec<String>,
    #[serde(default)]
    pub(super) public: Vec<String>,
    /// read by the tests, which ask each row for its reason
    #[allow(dead_code, reason = "a row has to say why it is trusted; the tests hold it against what the row checks")]
    pub(super) rests_on: RestsOn,
    #[serde(skip)]
    compiled: OnceLock<Pattern>,
}

/// Words that say that something is no real credential.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sample {
    pub(super) path: Vec<String>,
    pub(super) line: Vec<String>,
    pub(super) document: Vec<String>,
}

/// Names of manuals.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hosts {
    pub(super) manual: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) users: Vec<String>,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("tokens.toml")).expect("a test parses the table"));

/// The needles of all rows and, by their number, the rows.
pub(super) struct Needles {
    pub(super) all: AhoCorasick,
    pub(super) rows: Vec<usize>,
}

pub(super) static NEEDLES: LazyLock<Needles> = LazyLock::new(|| {
    let (mut words, mut rows) = (Vec::new(), Vec::new());
    for (number, row) in TABLE.token.iter().enumerate() {
        words.extend(row.needles.iter().map(String::as_str));
        rows.extend(row.needles.iter().map(|_| number));
    }
    Needles { all: AhoCorasick::new(words).expect("a test builds it"), rows }
});

impl Row {
    /// Its pattern, compiled when it is first needed: most runs need none.
    pub(super) fn pattern(&self) -> &Pattern {
        self.compiled.get_or_init(|| Pattern::as_written(&self.pattern))
    }
}
