//! Does the README say under which licence the repository is?

use super::{family, is_licence_name, is_open_for_software};
use crate::phrase::Phrase;
use crate::reading::corpus;
use crate::reading::document::{Document, Format};
use crate::reading::licence_text::{self, Place, expression};
use crate::reading::sections::{self, Meaning};
use crate::repository::{RepoPath, Repository};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What the README says of the licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InReadme {
    /// the README
    pub path: RepoPath,
    /// the line where it would stand: the heading on licences, if there is one
    pub line: Option<u32>,
    /// whether it names a licence that may be that of the repository, or links to its text
    pub stated: bool,
    /// what it names, if that is the licence of other things only
    pub names: Option<String>,
}

/// Longer documents are no READMEs.
const LARGEST: u64 = 1 << 20;

/// A sentence that points to a licence file.
static POINTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:LICEN[SC]E|COPYING|UNLICENSE|LIZENZ)(?:[-_.][A-Za-z0-9]+)*\b|(?i)\blicen[sc]e file\b|\blizenzdatei\b|\blizenztext\b").ok()
});

/// Addresses of licences and of badges that show one.
const ADDRESSES: &[&str] = &[
    "opensource.org/license",
    "choosealicense.com/licenses/",
    "spdx.org/licenses/",
    "gnu.org/licenses/",
    "apache.org/licenses/",
    "eupl.eu",
    "/license/",
    "badge/license",
    "badge/licence",
    "badge/lizenz",
    "badge/licen",
    "-license-",
    "mit-license.org",
    "unlicense.org",
    "mozilla.org/mpl",
    "mozilla.org/en-us/mpl",
    "license-badge",
    "/eupl",
    "license.svg",
    "/l/",
    "fossa.",
];

/// Names of families as people write them; the id of the licence begins with the first.
const FAMILIES: &[(&str, &[&str])] = &[
    ("MIT", &["mit"]),
    ("Apache-", &["apache"]),
    ("GPL-", &["gpl", "gplv", "gnu"]),
    ("LGPL-", &["lgpl", "lgplv", "lesser"]),
    ("AGPL-", &["agpl", "agplv", "affero"]),
    ("BSD-", &["bsd"]),
    ("EUPL-", &["eupl", "european union public"]),
    ("MPL-", &["mpl", "mozilla public"]),
    ("EPL-", &["epl", "eclipse public"]),
    ("CC0-", &["cc0", "cc"]),
    ("CC-", &["cc", "creative commons", "creativecommons"]),
    ("ODbL-", &["odbl", "open database"]),
    ("DL-DE-", &["datenlizenz", "dl"]),
    ("ISC", &["isc"]),
    ("Unlicense", &["unlicense", "public domain"]),
];

/// Reads the README that speaks for the whole. `licence` is that of the repository, where it is known.
///
/// # Errors
/// Where there is a README that cannot be read.
pub fn in_readme(repo: &Repository, licence: Option<&str>) -> Option<Result<InReadme, Phrase>> {
    let file = corpus::readme_files(repo).next()?;
    if file.len.is_some_and(|len| len > LARGEST) {
        return Some(Err(Phrase::new("the README is too long to be read", "die README ist zu lang")));
    }
    let text = match repo.text(file) {
        Ok(text) => text,
        Err(why) => return Some(Err(why)),
    };
    Some(Ok(read(&file.path, &text, licence)))
}

fn read(path: &RepoPath, text: &str, licence: Option<&str>) -> InReadme {
    let document = Document::read(path, Format::of(path), text);
    let line = document.headings.iter().find(|one| sections::is_about(&one.text, Meaning::Licence)).map(|one| one.line);
    let own: BTreeSet<String> = licence.map(families).unwrap_or_default();
    let said = licence_text::identify(text, Place::Document).expression;
    let named = said.as_deref().map(families).unwrap_or_default();
    let is_own = |id: &String| own.is_empty() || own.contains(id) || is_open_for_software(id) && !is_for_content(id);
    let stated = named.iter().any(is_own)
        || document.links.iter().any(|link| points(&link.url))
        || document.images.iter().any(|image| points(&image.url))
        || document.prose.iter().any(|prose| says(&prose.text, &own))
        || document.sections().any(|section| section.heading.is_some_and(|heading| says(&heading.text, &own)));
    InReadme { path: path.clone(), line, stated, names: said.filter(|_| !stated) }
}

/// Licences for texts, pictures and data. Some are free by the FSF's list, too, and yet say nothing of the code.
fn is_for_content(id: &str) -> bool {
    ["CC-", "CC0", "ODbL", "ODC", "PDDL", "DL-DE", "OGL", "GFDL", "OFL", "etalab", "CDLA"]
        .iter()
        .any(|start| id.starts_with(start))
}

fn families(licence: &str) -> BTreeSet<String> {
    expression::licences(licence).iter().map(|id| family(id).to_owned()).collect()
}

/// Whether an address leads to a licence file, to a licence, or to a badge that shows one.
fn points(url: &str) -> bool {
    let lower = url.to_lowercase();
    let bare = url.split(['#', '?']).next().unwrap_or_default();
    let name = bare.rsplit('/').next().unwrap_or_default();
    is_licence_name(name).is_some() && !lower.contains("creativecommons.org")
        || ADDRESSES.iter().any(|address| lower.contains(address)) && lower.contains("licen")
        || lower.contains("eupl") && lower.contains("://")
}

/// Whether a piece of prose points to a licence file, or names the repository's licence where it speaks of licences.
fn says(text: &str, own: &BTreeSet<String>) -> bool {
    let lower = text.to_lowercase();
    if ["public domain", "gemeinfrei", "nicht dem urheberrecht", "amtliche werke"]
        .iter()
        .any(|words| lower.contains(words))
    {
        return true;
    }
    if POINTER.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
        return true;
    }
    let about = ["licens", "licenc", "lizen", "released under", "published under", "unter der", "copyright", "©"];
    let words = || lower.split(|c: char| !c.is_alphabetic() && c != '0');
    about.iter().any(|word| lower.contains(word))
        && own.iter().any(|id| {
            FAMILIES
                .iter()
                .filter(|(start, _)| id.starts_with(start))
                .flat_map(|(_, names)| names.iter())
                .any(|name| if name.contains(' ') { lower.contains(name) } else { words().any(|word| word == *name) })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn said_or_not() {
        for (text, licence, stated) in [
            ("# X\n\n## License\n\nMIT\n", Some("MIT"), true),
            ("# X\n\nReleased under the [MIT licence](LICENSE).\n", Some("MIT"), true),
            ("# X\n\n[![License](https://img.shields.io/github/license/a/b)](x)\n", Some("MIT"), true),
            ("# X\n\nSee the LICENSE file.\n", None, true),
            ("# X\n\nSiehe Lizenzdatei.\n", None, true),
            ("# X\n\nDie Software steht unter der EUPL.\n", Some("EUPL-1.2"), true),
            ("# X\n\nThis code is licensed under GPLv3.\n", Some("GPL-3.0-only"), true),
            ("# X\n\n## Lizenz\n\nInhalte: CC BY 4.0\n", Some("MIT"), false),
            ("# X\n\n## Lizenz\n\nInhalte: CC BY 4.0\n", Some("CC-BY-4.0"), true),
            ("# X\n\n## License\n\nFill in later\n", Some("MIT"), false),
            ("# X\n\nAn open source project of the MIT.\n", Some("MIT"), false),
            ("# X\n\nThe licences of all dependencies are checked.\n", Some("MIT"), false),
            ("# X\n\nGesetze sind amtliche Werke.\n", Some("Unlicense"), true),
            ("# X\n", None, false),
        ] {
            let found = read(&"README.md".into(), text, licence);
            assert_eq!(found.stated, stated, "{text}");
        }
        let found = read(&"README.md".into(), "# X\n\n## Lizenz\n\nspäter\n", Some("MIT"));
        assert_eq!((found.line, found.names), (Some(3), None));
    }
}
