//! Does an address name one state of a file, or whatever is newest?

use super::address::{Address, HOLE};
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What an address says about the revision of the file behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revision {
    /// nothing: there is no place for one
    Unsaid,
    /// one that stays: a commit, a tag, a version
    Pinned,
    /// one that moves, or none where one could stand; as it is written
    Moving(String),
    /// one of which only its repository knows whether it is a branch or a tag; as it is written
    Unclear(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    moving: BTreeSet<String>,
    place: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    hosts: Vec<String>,
    path: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the test of the row"))]
    moving: String,
    #[cfg_attr(not(test), expect(dead_code, reason = "the test of the row"))]
    pinned: Option<String>,
}

struct Places {
    table: Table,
    paths: Vec<Regex>,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("revisions.toml")).expect("a test parses the table");
    let paths = table.place.iter().map(|row| Regex::new(&row.path).expect("a test parses the paths")).collect();
    Places { table, paths }
});

/// What an address says about the revision of the file behind it.
pub fn revision(address: &Address) -> Revision {
    let host = address.host.strip_prefix("www.").unwrap_or(&address.host);
    let rows = PLACES.table.place.iter().zip(&PLACES.paths);
    for (_, path) in rows.filter(|(row, _)| row.hosts.iter().any(|known| known == "*" || known == host)) {
        let Some(found) = path.captures(&address.path) else { continue };
        let Some(name) = found.name("ref").map(|name| name.as_str()) else {
            return Revision::Moving(String::new());
        };
        return match found.name("kind").map(|kind| kind.as_str()) {
            Some("refs/tags" | "tag" | "commit") => Revision::Pinned,
            Some(_) => Revision::Moving(name.to_owned()),
            None => named(name),
        };
    }
    Revision::Unsaid
}

fn named(name: &str) -> Revision {
    // An archive is called after its revision: `main.zip`.
    let plain = [".zip", ".tar.gz", ".tgz", ".tar"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    if PLACES.table.moving.contains(&plain.to_lowercase()) {
        return Revision::Moving(plain.to_owned());
    }
    // A part that is filled in when the program runs is whatever the program says.
    let filled = plain.contains([HOLE, '{', '$', '%']);
    if !filled && (is_commit(plain) || is_version(plain)) {
        return Revision::Pinned;
    }
    Revision::Unclear(plain.replace(HOLE, "…"))
}

/// The beginning of the name of a commit, in hexadecimal digits.
fn is_commit(name: &str) -> bool {
    (7..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        && name.bytes().any(|byte| byte.is_ascii_digit())
}

/// `v1.2`, `2024-05-01`, `release-3`: a name that counts.
fn is_version(name: &str) -> bool {
    let plain = name.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches(['-', '_', '.']);
    plain.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Revision {
        revision(&Address::find(url).expect(url).1)
    }

    #[test]
    fn every_row_tells_what_moves_from_what_stays() {
        for (at, row) in PLACES.table.place.iter().enumerate() {
            // Without a scheme, so that the table reads no data itself.
            let moving = format!("https://{}", row.moving);
            assert!(matches!(of(&moving), Revision::Moving(_)), "{moving}");
            let address = Address::find(&moving).expect("an address").1;
            assert!(PLACES.paths[at].is_match(&address.path), "{moving} is the work of another row");
            if let Some(pinned) = &row.pinned {
                assert_eq!(of(&format!("https://{pinned}")), Revision::Pinned, "{pinned}");
            }
        }
        for name in &PLACES.table.moving {
            let url = format!("https://raw.githubusercontent.com/muster/daten/{name}/x.csv");
            assert_eq!(of(&url), Revision::Moving(name.clone()));
        }
    }

    #[test]
    fn what_cannot_be_told_is_not_guessed() {
        for (url, wanted) in [
            ("https://raw.githubusercontent.com/muster/daten/umbau/x.csv", Revision::Unclear("umbau".into())),
            ("https://raw.githubusercontent.com/muster/daten/{branch}/x.csv", Revision::Unclear("{branch}".into())),
            ("https://daten.muster.de/2024/x.csv", Revision::Unsaid),
            ("https://api.muster.de/latest", Revision::Unsaid),
            ("https://api.muster.de/latest/messwerte", Revision::Unsaid),
            ("https://github.com/muster/daten", Revision::Unsaid),
            ("https://daten.muster.de/translatest.csv", Revision::Unsaid),
        ] {
            assert_eq!(of(url), wanted, "{url}");
        }
    }
}
