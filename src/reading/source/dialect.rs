//! How does a language write texts, and how does it join them?

use crate::reading::language::{self, Language};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// When the end of a line ends a statement.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LineEnds {
    /// outside of brackets, always
    Always,
    /// not where an operator stands beside it
    UnlessJoined,
    /// a semicolon does
    Never,
}

/// How values are filled into a text.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Hole {
    /// `{x}` where an `f` stands before the quote
    F,
    /// `${x}`
    DollarBrace,
    /// `$x`
    DollarName,
    /// `#{x}`
    HashBrace,
    /// `\(x)` and `$(x)`
    Paren,
    /// `{x}` where a `$` stands before the quote
    Csharp,
}

/// A row of `dialects.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Dialect {
    language: String,
    /// when the end of a line ends a statement
    pub(super) line_ends: LineEnds,
    /// operators that put two texts together
    pub(super) join: Vec<String>,
    /// two texts side by side are one
    #[serde(default)]
    pub(super) side: bool,
    holes: Vec<Hole>,
    holed: Option<Vec<String>>,
    /// letters that may stand before a quote
    pub(super) prefixes: String,
    /// a text that is a statement of its own is a comment
    #[serde(default)]
    pub(super) docstrings: bool,
    /// a slash may begin a pattern
    #[serde(default)]
    pub(super) regex: bool,
    /// a single quote may begin a lifetime
    #[serde(default)]
    pub(super) ticks: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    dialect: Vec<Dialect>,
}

static DIALECTS: LazyLock<BTreeMap<String, (Dialect, &'static Language)>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("dialects.toml")).expect("a test parses the table");
    table
        .dialect
        .into_iter()
        .filter_map(|dialect| {
            let language = language::named(&dialect.language)?;
            Some((dialect.language.clone(), (dialect, language)))
        })
        .collect()
});

/// The dialect of a language, by its name, with its comments and strings.
pub(super) fn of(language: &str) -> Option<(&'static Dialect, &'static Language)> {
    DIALECTS.get(language).map(|(dialect, language)| (dialect, *language))
}

/// The languages of which a dialect is known.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    DIALECTS.keys().map(String::as_str)
}

impl Dialect {
    /// How a language is read of which only its comments and quotes are known.
    pub(super) fn plain(language: &Language) -> Self {
        Self {
            language: language.name.clone(),
            line_ends: LineEnds::Always,
            join: Vec::new(),
            side: false,
            holes: Vec::new(),
            holed: None,
            prefixes: String::new(),
            docstrings: false,
            regex: false,
            ticks: false,
        }
    }

    /// Its name, as in `languages.toml`.
    pub(super) fn name(&self) -> &str {
        &self.language
    }

    /// The holes of a text between `quote`s with these letters before it.
    pub(super) fn holes<'d>(&'d self, quote: &'d str, prefix: &'d str) -> impl Iterator<Item = Hole> + 'd {
        let holed = self.holed.as_ref().is_none_or(|quotes| quotes.iter().any(|other| other == quote));
        self.holes.iter().copied().filter(move |hole| match hole {
            Hole::F => prefix.contains(['f', 'F']),
            Hole::Csharp => prefix.contains('$'),
            _ => holed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_language() {
        let table: Table = toml::from_str(include_str!("dialects.toml")).unwrap();
        assert_eq!(table.dialect.len(), DIALECTS.len());
        assert!(of("python").is_some_and(|(dialect, language)| dialect.docstrings && language.name == "python"));
        assert!(of("klingon").is_none());
    }

    #[test]
    fn holes_belong_to_quotes_and_prefixes() {
        let holes = |language: &str, quote: &str, prefix: &str| {
            of(language).map_or(0, |(dialect, _)| dialect.holes(quote, prefix).count())
        };
        assert_eq!((holes("python", "\"", "f"), holes("python", "\"", "r")), (1, 0));
        assert_eq!((holes("javascript", "`", ""), holes("javascript", "'", "")), (1, 0));
        assert_eq!((holes("csharp", "\"", "$"), holes("csharp", "\"", "")), (1, 0));
        assert_eq!((holes("ruby", "\"", ""), holes("ruby", "'", "")), (1, 0));
    }
}
