//! Which of many path patterns fit a path?
//!
//! All patterns of one document become one automaton, so that a path is looked at once however many there are. Plain
//! paths are looked up.

use regex::bytes::{RegexSet, RegexSetBuilder};
use std::collections::BTreeMap;

/// Bytes of the automaton of one document.
const SIZE: usize = 16 << 20;
/// Bytes of the patterns with wildcards of all documents of a repository.
pub(super) const WILD_BYTES: usize = 256 << 10;

/// Patterns, each with the number of the table it stands in.
#[derive(Debug, Default)]
pub(super) struct Globs {
    plain: BTreeMap<Vec<u8>, usize>,
    set: RegexSet,
    tables: Vec<usize>,
    /// bytes of the patterns with wildcards
    pub(super) wild_bytes: usize,
}

/// A pattern, part by part.
pub(super) enum Part {
    /// these characters
    Text(String),
    /// any characters of one name
    Star,
    /// any characters
    Any,
    /// any character
    One,
}

impl Globs {
    /// From pairs of a pattern and the number of its table; `None` where they are too many or too long together.
    pub(super) fn new(patterns: impl IntoIterator<Item = (Vec<Part>, usize)>) -> Option<Self> {
        let mut globs = Self::default();
        let mut expressions = Vec::new();
        for (parts, table) in patterns {
            if let Some(text) = plain(&parts) {
                globs.plain.insert(text.into_bytes(), table);
                continue;
            }
            let inner: String = parts
                .iter()
                .map(|part| match part {
                    Part::Text(text) => regex::escape(text),
                    Part::Star => "(?-u:[^/]*)".to_owned(),
                    Part::Any => "(?s-u:.*)".to_owned(),
                    Part::One => "(?s:.)".to_owned(),
                })
                .collect();
            globs.wild_bytes += inner.len();
            if globs.wild_bytes > WILD_BYTES {
                return None;
            }
            expressions.push(format!("\\A{inner}\\z"));
            globs.tables.push(table);
        }
        globs.set = RegexSetBuilder::new(expressions).size_limit(SIZE).build().ok()?;
        Some(globs)
    }

    /// The number of the last table that has a pattern for this path.
    pub(super) fn last(&self, path: &[u8]) -> Option<usize> {
        let matched = self.set.matches(path);
        let wild = matched.into_iter().filter_map(|at| self.tables.get(at).copied()).max();
        wild.max(self.plain.get(path).copied())
    }
}

/// The text of a pattern without wildcards.
fn plain(parts: &[Part]) -> Option<String> {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

/// A pattern of REUSE.toml: `*` fits within a name, `**` and `**/` fit everything, a backslash takes away the meaning.
pub(super) fn of_toml(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => parts.extend(chars.next().map(|c| Part::Text(c.to_string()))),
            '*' if chars.next_if_eq(&'*').is_some() => {
                while chars.next_if(|next| matches!(next, '*' | '/')).is_some() {}
                parts.push(Part::Any);
            }
            '*' => parts.push(Part::Star),
            c => parts.push(Part::Text(c.to_string())),
        }
    }
    parts
}

/// A pattern of DEP5: `*` fits everything, `?` one character, a backslash takes away the meaning of these three.
/// `None` where the backslash stands before anything else.
pub(super) fn of_dep5(pattern: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        parts.push(match c {
            '*' => Part::Any,
            '?' => Part::One,
            '\\' => Part::Text(chars.next().filter(|c| matches!(c, '*' | '?' | '\\'))?.to_string()),
            c => Part::Text(c.to_string()),
        });
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_patterns() {
        for (pattern, path, fits) in [
            ("a.py", "a.py", true),
            ("*.py", "d/b.py", false),
            ("*.py", ".py", true),
            ("**", "d/e/b.py", true),
            ("**", "a\nb", true),
            ("**/a.py", "a.py", true),
            ("**/a.py", "d/e/a.py", true),
            ("d/**/b.py", "d/b.py", true),
            ("ab**", "ab/c.py", true),
            ("d", "d/a.py", false),
            ("d/", "d/a.py", false),
            ("d/*", "d/e/b.py", false),
            ("./a.py", "a.py", false),
            ("a\\*b.py", "a*b.py", true),
            ("a\\*b.py", "axb.py", false),
            ("a\\*b.py", "a*xb.py", false),
            ("a\\\\b", "a\\b", true),
            ("a\\b", "ab", true),
            ("a?.py", "ab.py", false),
            ("a[1].py", "a[1].py", true),
            ("Straßen/*.csv", "Straßen/Übersicht.csv", true),
            ("*/*", "a/b", true),
            ("***", "a/b", true),
            ("\\", "", true),
        ] {
            let globs = Globs::new([(of_toml(pattern), 0)]).unwrap();
            assert_eq!(globs.last(path.as_bytes()).is_some(), fits, "{pattern} {path}");
        }
        assert!(Globs::new([(of_toml("*.x"), 0)]).unwrap().last(b"\xff.x").is_some(), "no UTF-8");
    }

    #[test]
    fn dep5_patterns() {
        for (pattern, path, fits) in [
            ("*.py", "d/e/a.py", true),
            ("a?c", "abc", true),
            ("a?c", "aöc", true),
            ("a?c", "ac", false),
            ("a\\*", "a*", true),
            ("a\\*", "ab", false),
        ] {
            let globs = Globs::new([(of_dep5(pattern).unwrap(), 0)]).unwrap();
            assert_eq!(globs.last(path.as_bytes()).is_some(), fits, "{pattern} {path}");
        }
        assert!(of_dep5("a\\b").is_none() && of_dep5("a\\").is_none());
    }

    #[test]
    fn the_last_table_wins() {
        let globs = ["**", "a.py", "*.py", "b.py"].iter().enumerate().map(|(at, text)| (of_toml(text), at));
        let globs = Globs::new(globs).unwrap();
        for (path, table) in [("x", Some(0)), ("a.py", Some(2)), ("b.py", Some(3)), ("d/a.py", Some(0))] {
            assert_eq!(globs.last(path.as_bytes()), table, "{path}");
        }
    }

    #[test]
    fn too_many() {
        let long = "*a".repeat(3_000);
        assert!(Globs::new((0..200).map(|at| (of_toml(&format!("{long}{at}")), at))).is_none());
    }
}
