//! Would git ignore what is not in the tree?

use super::ignores::{self, Compiler, Rules};
use super::{FileKind, Repository};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The `.gitignore` files of the tree, for paths that are not in it.
pub struct Ignores {
    /// those in force in a folder; folders without a file of their own are not named
    rules: BTreeMap<Vec<u8>, Arc<Rules>>,
}

/// What git would ignore of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// nothing
    No,
    /// the file itself
    File,
    /// a folder on the way to it
    Folder,
}

impl Repository {
    /// Reads the `.gitignore` files of the tree.
    pub fn ignores(&self) -> Ignores {
        let mut named: Vec<_> = self
            .files
            .iter()
            .filter(|file| file.path.name() == b".gitignore" && file.kind == FileKind::Regular)
            .filter(|file| file.len.is_none_or(|len| len <= ignores::BYTES))
            .collect();
        named.sort_by_key(|file| (file.path.folder().len(), file.path.clone()));
        let mut compiler = Compiler::default();
        let mut ignores = Ignores { rules: BTreeMap::new() };
        for file in named {
            let Ok(text) = self.text(file) else { continue };
            let folder = file.path.folder();
            let outer = ignores.in_force(folder).cloned();
            if let (Some(rules), _) = compiler.rules(folder, &text, outer) {
                ignores.rules.insert(folder.to_vec(), rules);
            }
        }
        ignores
    }
}

impl Ignores {
    /// Whether git would ignore a path, or a folder on the way to it.
    pub fn of(&self, path: &[u8]) -> Ignored {
        for (at, _) in path.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
            let folder = path.get(..at).unwrap_or_default();
            if self.rules_for(folder).is_some_and(|rules| rules.ignore(folder, true)) {
                return Ignored::Folder;
            }
        }
        let Some(rules) = self.rules_for(path) else { return Ignored::No };
        if rules.ignore(path, true) && !rules.ignore(path, false) {
            return Ignored::Folder;
        }
        if rules.ignore(path, false) { Ignored::File } else { Ignored::No }
    }

    /// The rules for something in a folder.
    fn rules_for(&self, path: &[u8]) -> Option<&Arc<Rules>> {
        let folder = path.iter().rposition(|byte| *byte == b'/').and_then(|slash| path.get(..slash));
        self.in_force(folder.unwrap_or_default())
    }

    fn in_force(&self, folder: &[u8]) -> Option<&Arc<Rules>> {
        let mut folder = folder;
        loop {
            if let Some(rules) = self.rules.get(folder) {
                return Some(rules);
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder.iter().rposition(|byte| *byte == b'/').and_then(|at| folder.get(..at)).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::testing::{Yard, options};

    #[test]
    fn paths_that_are_not_there() {
        let yard = Yard::new();
        yard.file(".gitignore", "/dist/\n.env\n_build\n");
        yard.file("a/.gitignore", "!.env\nlocal.toml\n");
        let ignores = Repository::open(&yard.path(""), options()).expect("a folder").ignores();
        for (path, wanted) in [
            ("dist/a/b.html", Ignored::Folder),
            ("docs/_build/x", Ignored::Folder),
            ("dist", Ignored::Folder),
            (".env", Ignored::File),
            ("b/c/.env", Ignored::File),
            ("a/.env", Ignored::No),
            ("a/b/local.toml", Ignored::File),
            ("local.toml", Ignored::No),
            ("", Ignored::No),
        ] {
            assert_eq!(ignores.of(path.as_bytes()), wanted, "{path}");
        }
    }
}
