//! Which community files have a name that the forges know?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::corpus;
use crate::repository::{FileKind, RepoPath};
use crate::signal::{Kind, Observation, Place, Signal, Subject};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) const FILES: Subject = Subject {
    name: "community-file",
    is: Words::new(
        "file at the root, in .github/, .gitlab/ or docs/ that speaks to the people around the project",
        "Datei im Hauptordner, in .github/, .gitlab/ oder docs/, die sich an die Menschen rund um das Projekt richtet",
    ),
    none: Words::new(
        "no README, licence or other community file",
        "keine README, Lizenz oder andere Gemeinschaftsdatei",
    ),
    signals: &[
        Signal {
            name: "recognised",
            kind: Kind::YesNo,
            asks: Words::new("Does a forge recognise its name?", "Erkennt eine Forge ihren Namen?"),
        },
        Signal {
            name: "beside-recognised",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is there a file for the same purpose whose name is recognised?",
                "Gibt es eine Datei für denselben Zweck, deren Name erkannt wird?",
            ),
        },
        Signal {
            name: "expected",
            kind: Kind::Text,
            asks: Words::new("Which name do the forges look for?", "Nach welchem Namen suchen die Forges?"),
        },
    ],
    look,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    file: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    expected: String,
    /// only these very names, in this case
    #[serde(default)]
    exact: bool,
    /// the endings that say what it is; any where there are none
    #[serde(default)]
    endings: BTreeSet<String>,
    names: BTreeSet<String>,
    /// beginnings of names that are recognised, before `-`, `_` or `.`
    #[serde(default)]
    prefixes: Vec<String>,
    others: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../reading/recognised.toml")).expect("the table is part of the program and tested")
});

/// Endings of programs and data, which say nothing to people.
const NO_TEXT: &[&str] = &[
    "py", "js", "ts", "sh", "rb", "java", "go", "rs", "php", "csv", "png", "svg", "json", "html", "yml", "yaml", "cff",
    "toml", "xml", "c", "h",
];

/// The purpose a file serves, and whether its name is one that forges know.
fn purpose(path: &RepoPath) -> Option<(&'static Row, bool)> {
    let name = path.lossy().rsplit('/').next().unwrap_or_default().to_owned();
    let lower = name.to_lowercase();
    let folded = lower.replace(['-', ' '], "_");
    let ending = lower.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, end)| end);
    let stem = corpus::stem(path).replace(['-', ' '], "_");
    let plain = folded.split('.').next().unwrap_or_default();
    TABLE.file.iter().find_map(|row| {
        if row.exact {
            let meant = row.endings.contains(ending) && row.others.contains(plain);
            return meant.then(|| (row, row.names.contains(&name)));
        }
        if NO_TEXT.contains(&ending) {
            return None;
        }
        let starts =
            |prefix: &String| folded.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with(['_', '.']));
        let known = row.names.contains(&stem) || row.names.contains(plain) || row.prefixes.iter().any(starts);
        (known || row.others.contains(&stem)).then_some((row, known))
    })
}

fn is_in_place(path: &RepoPath) -> bool {
    let folder = String::from_utf8_lossy(path.folder()).to_lowercase();
    matches!(folder.as_str(), "" | ".github" | ".gitlab" | ".forgejo" | ".gitea")
}

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let files = || readings.repo.files().iter().filter(|file| file.kind != FileKind::Submodule);
    let in_docs = |path: &RepoPath| path.folder().eq_ignore_ascii_case(b"docs");
    let recognised: BTreeSet<&str> = files()
        .filter(|file| is_in_place(&file.path) || in_docs(&file.path))
        .filter_map(|file| purpose(&file.path).filter(|(_, known)| *known))
        .map(|(row, _)| row.expected.as_str())
        .collect();
    let met = files().filter(|file| is_in_place(&file.path)).filter_map(|file| Some((file, purpose(&file.path)?)));
    met.map(|(file, (row, known))| {
        Observation::new(Place::file(&file.path), file.path.untrusted())
            .with("recognised", known)
            .with("beside-recognised", recognised.contains(row.expected.as_str()))
            .with("expected", row.expected.as_str())
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_of_the_table() {
        for row in &TABLE.file {
            for name in &row.names {
                let path = if row.exact { name.clone() } else { format!("{}.md", name.to_uppercase()) };
                let (found, known) = purpose(&path.as_str().into()).expect("a purpose");
                assert!(known && found.expected == row.expected, "{path}");
            }
            for name in &row.others {
                let ending = row.endings.iter().next_back().map_or("md", String::as_str);
                let path = format!("{name}.{ending}");
                let (found, known) = purpose(&path.as_str().into()).expect("a purpose");
                assert!(found.expected == row.expected && (!known || row.names.contains(&path)), "{path}");
            }
        }
    }

    #[test]
    fn names_as_people_write_them() {
        for (path, wanted) in [
            ("CONTRIBUTE.md", Some(false)),
            ("contributing.rst", Some(true)),
            ("CONTRIBUTING.de.md", Some(true)),
            ("Mitwirken.md", Some(false)),
            ("LIZENZ", Some(false)),
            ("LICENSE-MIT", Some(true)),
            ("LICENSE-APACHE.txt", Some(true)),
            ("LIESMICH.md", Some(false)),
            ("README", Some(true)),
            ("citation.cff", Some(false)),
            ("CITATION.cff", Some(true)),
            ("CITATION.bib", None),
            ("publiccode.yaml", Some(false)),
            ("publiccode.yml", Some(true)),
            ("codeowners", Some(false)),
            ("CODEOWNERS", Some(true)),
            ("contribute.py", None),
            ("license.js", None),
            ("notes.md", None),
        ] {
            assert_eq!(purpose(&path.into()).map(|(_, known)| known), wanted, "{path}");
        }
    }
}
