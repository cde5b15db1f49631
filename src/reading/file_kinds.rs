//! What does the end of an address say about what lies there?

use super::address::Address;
use serde::Deserialize;
use std::sync::LazyLock;

/// What the end of a path says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// a table, records, geodata: data
    Data,
    /// data or something else
    Maybe,
    /// trained weights
    Model,
    /// a part of a page: a script, style, font or picture
    Asset,
    /// a program or a part of one, or something about it
    Software,
    /// nothing
    Unknown,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    data: Vec<String>,
    maybe: Vec<String>,
    model: Vec<String>,
    asset: Vec<String>,
    software: Vec<String>,
    names: Vec<String>,
    parts: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("file-kinds.toml")).expect("a test parses the table"));

/// What lies at an address, by its end.
pub fn of(address: &Address) -> FileKind {
    let path = address.path.to_ascii_lowercase();
    let whole = format!("{path}?{}", address.query.to_ascii_lowercase());
    let name = path.rsplit('/').next().unwrap_or_default();
    if TABLE.names.iter().any(|other| other == name) || TABLE.parts.iter().any(|part| whole.contains(part.as_str())) {
        return FileKind::Software;
    }
    // `/bin/query.exe` is asked on a server, not fetched from it.
    let asked = name.ends_with(".exe") && ["/bin/", "/cgi", "/hafas"].iter().any(|part| path.contains(part));
    if asked { FileKind::Unknown } else { of_extension(&address.extension()) }
}

/// What a file with this extension is.
pub fn of_extension(end: &str) -> FileKind {
    let is = |ends: &[String]| ends.iter().any(|other| other == end);
    match () {
        () if end.is_empty() => FileKind::Unknown,
        () if is(&TABLE.data) => FileKind::Data,
        () if is(&TABLE.model) => FileKind::Model,
        () if is(&TABLE.asset) => FileKind::Asset,
        () if is(&TABLE.software) => FileKind::Software,
        () if is(&TABLE.maybe) => FileKind::Maybe,
        () => FileKind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends() {
        for (text, kind) in [
            ("https://e.de/a.csv?x", FileKind::Data),
            ("https://e.de/a.csv.gz", FileKind::Data),
            ("https://e.de/a.json", FileKind::Maybe),
            ("https://e.de/schemas/a.json", FileKind::Software),
            ("https://e.de/package.json", FileKind::Software),
            ("https://e.de/yolo.weights", FileKind::Model),
            ("https://e.de/a.js", FileKind::Asset),
            ("https://e.de/install.sh", FileKind::Software),
            ("https://e.de/oauth/token", FileKind::Software),
            ("https://e.de/x", FileKind::Unknown),
            ("https://e.de/bin/query.exe", FileKind::Unknown),
            ("https://e.de/downloads/setup.exe", FileKind::Software),
        ] {
            assert_eq!(of(&Address::find(text).unwrap().1), kind, "{text}");
        }
    }

    #[test]
    fn every_row_is_what_it_says() {
        let rows = [
            (&TABLE.data, FileKind::Data),
            (&TABLE.maybe, FileKind::Maybe),
            (&TABLE.model, FileKind::Model),
            (&TABLE.asset, FileKind::Asset),
            (&TABLE.software, FileKind::Software),
        ];
        for (ends, kind) in rows {
            for end in ends {
                assert_eq!(of_extension(end), kind, "{end}");
                assert_eq!(of_extension(&format!("zz{end}")), FileKind::Unknown, "{end}");
            }
        }
        let at = |text: &str| of(&Address::find(text).unwrap().1);
        for name in &TABLE.names {
            assert_eq!(at(&format!("https://e.de/{name}")), FileKind::Software, "{name}");
        }
        for part in &TABLE.parts {
            assert_eq!(at(&format!("https://e.de/a{part}b.csv")), FileKind::Software, "{part}");
        }
    }

    #[test]
    fn no_ending_is_two_things() {
        let all = [&TABLE.data, &TABLE.maybe, &TABLE.model, &TABLE.asset, &TABLE.software];
        let mut ends: Vec<&String> = all.into_iter().flatten().collect();
        ends.sort();
        let len = ends.len();
        ends.dedup();
        assert_eq!(len, ends.len());
    }
}
