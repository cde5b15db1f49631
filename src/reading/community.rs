//! Which files speak to the people around the project?

use super::corpus;
use crate::repository::{File, FileKind, Mark, RepoPath, Repository};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What such a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// how to take part
    Contributing,
    /// how people treat each other
    CodeOfConduct,
    /// where to get help, whom to ask
    Support,
    /// how to report vulnerabilities
    Security,
    /// who decides
    Governance,
    /// what is planned
    Roadmap,
    /// who looks after it: CODEOWNERS, MAINTAINERS, AUTHORS
    Owners,
    /// how to get it running
    Install,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    places: Vec<String>,
    names: BTreeMap<Purpose, Vec<String>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("community.toml")).expect("the table is part of the program and tested")
});

/// What a file is for by its name, in whatever folder.
pub fn purpose(path: &RepoPath) -> Option<Purpose> {
    let stem = corpus::stem(path).replace(['-', ' '], "_");
    TABLE.names.iter().find(|(_, names)| names.contains(&stem)).map(|(purpose, _)| *purpose)
}

/// Whether a file lies where such files are looked for.
pub fn is_in_place(path: &RepoPath) -> bool {
    let folder = String::from_utf8_lossy(path.folder()).to_lowercase();
    TABLE.places.contains(&folder)
}

/// Whether a file is for a purpose by its name, lies where such files are looked for, and is no program.
pub fn is_for(path: &RepoPath, wanted: Purpose) -> bool {
    !is_program(path) && is_in_place(path) && purpose(path) == Some(wanted)
}

/// The files for a purpose, of any extension, in the places forges and people look; also empty ones.
pub fn files(repo: &Repository, wanted: Purpose) -> impl Iterator<Item = &File> {
    repo.files().iter().filter(move |file| {
        file.kind != FileKind::Submodule
            && is_for(&file.path, wanted)
            && ![Mark::Vendored, Mark::Test].iter().any(|mark| file.marks.has(*mark))
    })
}

/// `setup.py`, `build.sh`, `support.json`: the name says what a program or its settings are for.
fn is_program(path: &RepoPath) -> bool {
    let prose = ["", "md", "markdown", "mdx", "rst", "adoc", "asciidoc", "txt", "org", "textile", "html", "rmd", "qmd"];
    let extension = path.extension();
    !prose.contains(&extension.as_str()) && !corpus::is_language(&extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes() {
        for (path, wanted) in [
            ("CONTRIBUTING.md", Some(Purpose::Contributing)),
            (".github/contributing.de.md", Some(Purpose::Contributing)),
            ("CONTRIBUTE.md", Some(Purpose::Contributing)),
            ("MITMACHEN", Some(Purpose::Contributing)),
            ("CODE-OF-CONDUCT.rst", Some(Purpose::CodeOfConduct)),
            ("docs/Verhaltenskodex.md", Some(Purpose::CodeOfConduct)),
            ("README_DEV.md", Some(Purpose::Install)),
            ("README.md", None),
            ("contributing_factors.md", None),
        ] {
            assert_eq!(purpose(&path.into()), wanted, "{path}");
        }
    }

    #[test]
    fn each_name_is_found_and_a_longer_one_is_not() {
        for (wanted, names) in &TABLE.names {
            for name in names {
                assert_eq!(purpose(&format!("{}.md", name.to_uppercase()).as_str().into()), Some(*wanted), "{name}");
                assert_eq!(purpose(&format!("{name}x.md").as_str().into()), None, "{name}");
            }
        }
    }

    #[test]
    fn places_and_programs() {
        assert!(is_in_place(&".GitHub/x.md".into()));
        assert!(!is_in_place(&"packages/a/CONTRIBUTING.md".into()));
        assert!(is_program(&"setup.py".into()));
        assert!(!is_program(&"INSTALL".into()));
        assert!(!is_program(&"CONTRIBUTING.de".into()));
    }
}
