//! Can the files be read that somebody always looks for?
//!
//! A licence that leads out of the repository, or a `publiccode.yml` that is a pipe, must be said even if no rule
//! asks for it; opening is enough to know.

use super::class::Names;
use super::file::FileKind;
use super::refusal::Refusal;
use super::safe_root::EntryKind;
use super::{File, Limit, Loss, RepoPath, Repository};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    folders: Names,
    names: Names,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
    toml::from_str(include_str!("well_known.toml")).expect("well_known.toml is what `Table` says")
});

/// Whether somebody always looks for a file of this name at this place.
pub(super) fn is_well_known(path: &RepoPath) -> bool {
    TABLE.folders.has(&String::from_utf8_lossy(path.folder()).to_ascii_lowercase())
        && TABLE.names.has(&path.name_lower())
}

impl Repository {
    /// Keeps as losses which well-known files cannot be read.
    pub(super) fn probe(&self) {
        for file in self.files.iter().filter(|file| file.kind != FileKind::Submodule && is_well_known(&file.path)) {
            if let Err(refusal) = self.probe_file(file) {
                self.lose(Loss { path: Some(file.path.clone()), why: self.why(&refusal) });
            }
        }
        // `publiccode.yml/` is no folder that anybody means; `LICENSE/` may be one, and `README.assets/` is
        let mut folders: Vec<&[u8]> = self.files.iter().filter_map(|file| first_folder(&file.path)).collect();
        folders.dedup();
        for folder in folders {
            let path = RepoPath::new(folder);
            if folder.contains(&b'.') && TABLE.names.has_exactly(&path.name_lower()) {
                let why = Refusal::Kind(EntryKind::Folder).phrase();
                self.lose(Loss { path: Some(path), why });
            }
        }
    }

    fn probe_file(&self, file: &File) -> Result<(), Refusal> {
        let limit = self.options.limits.get(Limit::FileBytes);
        let Some(root) = &self.work_tree else {
            let reached = self.resolve_in_commit(file.path.as_bytes())?;
            let len = self.file(&reached).and_then(|file| file.len);
            return if len.is_some_and(|len| len > limit) { Err(Refusal::TooLarge { limit }) } else { Ok(()) };
        };
        match root.probe_unlinked(file.path.as_bytes(), limit) {
            Err(Refusal::LinkLoop) => root.probe_unlinked(&self.resolve_in_folder(root, file.path.as_bytes())?, limit),
            // left out by a sparse checkout: it is in the object database
            Err(Refusal::NotFound) if self.objects.contains_key(file.path.as_bytes()) => Ok(()),
            other => other,
        }
    }
}

fn first_folder(path: &RepoPath) -> Option<&[u8]> {
    let slash = path.as_bytes().iter().position(|byte| *byte == b'/')?;
    path.as_bytes().get(..slash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (path, known) in [
            ("README.md", true),
            ("readme", true),
            ("LICENSE-MIT", true),
            (".github/SECURITY.md", true),
            ("docs/CONTRIBUTING.md", true),
            ("publiccode.yml", true),
            ("Cargo.toml", true),
            ("src/README.md", false),
            ("data.csv", false),
            ("my-package.json", false),
        ] {
            assert_eq!(is_well_known(&RepoPath::from(path)), known, "{path}");
        }
    }
}
