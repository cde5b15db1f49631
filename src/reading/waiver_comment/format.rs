//! How do the comments of a file that is no program look?

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A row of `formats.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Format {
    extensions: Vec<String>,
    /// what starts a comment that ends with the line
    #[serde(default)]
    pub(super) marks: Vec<String>,
    /// whether comments are `<!-- … -->`
    #[serde(default)]
    pub(super) markup: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    format: Vec<Format>,
}

static FORMATS: LazyLock<BTreeMap<String, Format>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("formats.toml")).expect("a test parses the table");
    let rows = table.format.into_iter();
    rows.flat_map(|row| row.extensions.clone().into_iter().map(move |end| (end, row.clone()))).collect()
});

/// What starts a comment in files that nobody knows; in which of them it does is told by what follows.
pub(super) const ANY: [&str; 8] = ["#", "//", ";", "--", "%", "/*", "<!--", "(*"];

/// The row of an extension, in lower case.
pub(super) fn of(extension: &str) -> Option<&'static Format> {
    FORMATS.get(extension)
}

/// Where the comment of a line starts: a mark outside of quotes, at the beginning or behind a space.
pub(super) fn mark(line: &str, marks: &[&str]) -> Option<usize> {
    let bytes = line.as_bytes();
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in bytes.iter().copied().enumerate() {
        let starts = before.is_ascii_whitespace();
        match quote {
            Some(open) if byte == open && before != b'\\' => quote = None,
            Some(_) => {}
            None if starts && marks.iter().any(|mark| line.get(at..).is_some_and(|rest| rest.starts_with(mark))) => {
                return Some(at);
            }
            // An apostrophe within a word opens nothing.
            None if matches!(byte, b'"' | b'\'' | b'`') && (starts || b"=:,([{".contains(&before)) => {
                quote = Some(byte);
            }
            None => {}
        }
        before = byte;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extension_stands_once() {
        let table: Table = toml::from_str(include_str!("formats.toml")).expect("a table");
        assert_eq!(table.format.iter().map(|row| row.extensions.len()).sum::<usize>(), FORMATS.len());
        assert!(of("yml").is_some_and(|row| row.marks == ["#"]) && of("svg").is_some_and(|row| row.markup));
    }

    #[test]
    fn marks() {
        for (line, at) in [
            ("# a", Some(0)),
            ("  # a", Some(2)),
            ("a: b # c", Some(5)),
            ("a: b#c", None),
            ("a: 'b # c'", None),
            ("a: \"b \\\" # c\"", None),
            ("a: don't # c", Some(9)),
            ("a: 'b' # c", Some(7)),
            ("", None),
        ] {
            assert_eq!(mark(line, &["#"]), at, "{line}");
        }
        assert_eq!(mark("; a", &ANY), Some(0));
    }
}
