//! How are tables of patterns read? Each row has a pattern, and examples that a test holds it against.

use super::pattern::Pattern;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A row with a pattern.
pub(super) trait Row: DeserializeOwned {
    /// The pattern, whatever the case of letters.
    fn pattern(&self) -> &str;
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table<R> {
    row: Vec<R>,
}

/// The bytes that a table writes in hexadecimal; nothing where it is not written so.
pub(super) fn bytes(hexadecimal: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        hexadecimal.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    digits.map(|digits| digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |all, digit| all * 16 + digit)).collect())
}

/// The rows of a table that is part of the program, `[[row]]` each, with their patterns.
///
/// # Panics
/// Where the table is not what its rows say; a test of the table's own reads all of it.
pub(super) fn rows<R: Row>(table: &str) -> Vec<(R, Pattern)> {
    let table: Table<R> = toml::from_str(table).expect("a test parses the table");
    let compiled = |row: R| {
        let pattern = Pattern::new(row.pattern());
        (row, pattern)
    };
    table.row.into_iter().map(compiled).collect()
}

/// The globs of a row, for whole paths: `*` stays within a folder, and `{,a/}` may be nothing.
///
/// # Panics
/// Where one of them is none; a test of the table's own builds them all.
pub(super) fn globs(written: impl IntoIterator<Item = impl AsRef<str>>) -> GlobSet {
    let mut globs = GlobSetBuilder::new();
    for glob in written.into_iter().flat_map(|glob| expanded(glob.as_ref())) {
        globs.add(GlobBuilder::new(&glob).literal_separator(true).build().expect("a test compiles every glob"));
    }
    globs.build().expect("a test compiles every glob")
}

/// `{a,b}.md` as `a.md` and `b.md`: a glob without alternatives is mostly a name or an ending, which a set looks up,
/// while one with them is a regular expression.
fn expanded(glob: &str) -> Vec<String> {
    let parts = glob.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    let Some((before, (choices, behind))) = parts else { return vec![glob.to_owned()] };
    let behind = expanded(behind);
    let each = |choice: &str| behind.iter().map(move |behind| format!("{before}{choice}{behind}")).collect::<Vec<_>>();
    choices.split(',').flat_map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_told_apart() {
        for (glob, wanted) in [
            ("a/*.md", &["a/*.md"][..]),
            ("{,docs/}a.{md,rst}", &["a.md", "a.rst", "docs/a.md", "docs/a.rst"]),
            ("{a}", &["a"]),
        ] {
            assert_eq!(expanded(glob), wanted, "{glob}");
        }
        let set = globs(["**/{a,b}.{md,txt}", "{,c/}*.rs"]);
        for (path, yes) in [("x/a.md", true), ("b.txt", true), ("c.md", false), ("c/x.rs", true), ("d/x.rs", false)] {
            assert_eq!(set.is_match(path), yes, "{path}");
        }
    }
}
