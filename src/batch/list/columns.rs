//! Which column of a table, which key of an object, holds the address, the name, the owner?

use serde::Deserialize;
use std::sync::LazyLock;

/// What columns are called.
#[derive(Deserialize)]
struct Names {
    address: Vec<String>,
    name: Vec<String>,
    owner: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the table is part of the program, and a test reads it")]
    toml::from_str(include_str!("columns.toml")).expect("columns.toml")
});

/// Where what stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// where the repository is
    pub(super) address: usize,
    /// what it is called
    pub(super) name: Option<usize>,
    /// whose it is
    pub(super) owner: Option<usize>,
}

impl Columns {
    /// The columns of a header or the keys of an object; `None` where none of them is known for an address.
    pub(super) fn of<S: AsRef<str>>(header: &[S]) -> Option<Self> {
        let header: Vec<String> = header.iter().map(|cell| plain(cell.as_ref())).collect();
        let find = |names: &[String]| names.iter().find_map(|name| header.iter().position(|cell| cell == name));
        Some(Self { address: find(&NAMES.address)?, name: find(&NAMES.name), owner: find(&NAMES.owner) })
    }
}

/// Some of the names that an address may have, for people.
pub(super) const KNOWN: &str = "url, clone_url, repository, repo, path, adresse, pfad";

fn plain(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
    name.chars().map(|c| if matches!(c, ' ' | '-' | '/' | '.') { '_' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found() {
        for (header, columns) in [
            (&["url"][..], Some((0, None, None))),
            (&["Name", "Repository URL", "Behörde"], Some((1, Some(0), Some(2)))),
            (&["html_url", "clone_url", "full_name"], Some((1, Some(2), None))),
            (&["Pfad", "Titel"], Some((0, Some(1), None))),
            (&["stars", "language"], None),
            (&[], None),
        ] {
            let found = Columns::of(header).map(|found| (found.address, found.name, found.owner));
            assert_eq!(found, columns, "{header:?}");
        }
    }

    #[test]
    fn a_name_stands_in_one_list() {
        let all: Vec<&String> = NAMES.address.iter().chain(&NAMES.name).chain(&NAMES.owner).collect();
        for (at, name) in all.iter().enumerate() {
            assert_eq!(plain(name), **name, "as it is compared");
            assert!(!all[..at].contains(name), "{name} twice");
        }
    }
}
