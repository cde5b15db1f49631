//! Is a document there already, under whichever name?

use super::Name;
use crate::reading::community::{self, Purpose};
use crate::reading::security;
use crate::repository::{File, FileKind, Folder, Mark, RepoPath, Repository};
use crate::untrusted::Untrusted;

/// The files that are this document, also where they are empty: nobody writes over what somebody began.
pub(super) fn paths(repo: &Repository, folder: Option<&Folder>, name: Name) -> Vec<Untrusted> {
    let foreign = [Mark::Vendored, Mark::Test, Mark::Example];
    let own = repo.files().iter().filter(|file| file.kind != FileKind::Submodule);
    let own = own.filter(|file| !foreign.iter().any(|mark| file.marks.has(*mark)));
    let mut found: Vec<&File> = own.filter(|file| is(&file.path, name)).collect();
    found.sort_by_key(|file| (file.path.as_bytes().len(), &file.path));
    let mut paths: Vec<Untrusted> = found.into_iter().map(|file| file.path.untrusted()).collect();
    if paths.is_empty() && folder.is_some_and(|folder| folder.has(name.path())) {
        paths.push(name.path().into());
    }
    paths
}

fn is(path: &RepoPath, name: Name) -> bool {
    let lower = path.lower();
    let stem = lower.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
    match name {
        Name::Policy => matches!(lower.as_str(), "civiclint.toml" | ".civiclint.toml" | ".github/civiclint.toml"),
        Name::Publiccode => path.at_root() && matches!(lower.as_str(), "publiccode.yml" | "publiccode.yaml"),
        // R packages have theirs in inst/.
        Name::Citation => path.at_root() && stem == "citation" || lower == "inst/citation",
        Name::Security => security::by_name(path).is_some(),
        Name::Contributing => community::is_for(path, Purpose::Contributing),
        Name::Conduct => community::is_for(path, Purpose::CodeOfConduct),
        Name::Data => {
            path.at_root() && matches!(lower.as_str(), "data.md" | "daten.md" | "data.rst" | "datenquellen.md")
        }
    }
}

/// Whether a path can be put into a link as it is.
pub(super) fn is_plain(path: &Untrusted) -> bool {
    path.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._/".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_count() {
        for (path, name) in [
            (".github/SECURITY.md", Name::Security),
            ("docs/security.rst", Name::Security),
            ("SICHERHEIT.md", Name::Security),
            ("CONTRIBUTING.rst", Name::Contributing),
            ("docs/contributing.de.md", Name::Contributing),
            ("Mitmachen.md", Name::Contributing),
            (".gitlab/CODE-OF-CONDUCT.md", Name::Conduct),
            ("Verhaltenskodex.md", Name::Conduct),
            ("CITATION", Name::Citation),
            ("citation.cff", Name::Citation),
            ("inst/CITATION", Name::Citation),
            ("Publiccode.yaml", Name::Publiccode),
            (".civiclint.toml", Name::Policy),
            ("data.md", Name::Data),
        ] {
            let all: Vec<Name> = Name::ALL.into_iter().filter(|name| is(&path.into(), *name)).collect();
            assert_eq!(all, [name], "{path}");
        }
        for path in ["src/security.rs", "docs/CITATION.cff", "src/publiccode.yml", "data/data.md", "README.md"] {
            assert!(!Name::ALL.into_iter().any(|name| is(&path.into(), name)), "{path}");
        }
    }

    #[test]
    fn every_document_is_there_once_it_is_written() {
        for name in Name::ALL {
            assert!(is(&name.path().into(), name), "{name:?}");
        }
    }
}
