//! Is a data file that a description names in the tree, or somewhere git does not show?

use crate::reading::tree_path;
use crate::repository::{FileKind, Ignored, Ignores, RepoPath, Repository};
use std::sync::Arc;

/// Where files may be.
pub(super) struct There<'r> {
    repo: &'r Repository,
    ignores: Option<Ignores>,
    /// pipelines of DVC, which name what they put out
    pipelines: Option<Vec<Arc<str>>>,
}

impl<'r> There<'r> {
    pub(super) fn of(repo: &'r Repository) -> Self {
        Self { repo, ignores: None, pipelines: None }
    }

    /// Whether the file `path`, named by `from` and relative to its folder, is missing. What git ignores, what DVC or a
    /// submodule keeps, and what leads out of the tree may be there.
    pub(super) fn is_missing(&mut self, from: &RepoPath, path: &str) -> bool {
        let repo = self.repo;
        let Some(full) = tree_path::lead(&String::from_utf8_lossy(from.folder()), path) else { return false };
        let with_folders = || folders(&full).chain(std::iter::once(full.as_str()));
        if repo.file(&full).is_some() || repo.has_folder(&full) {
            return false;
        }
        let kept = with_folders().any(|part| {
            repo.file(format!("{part}.dvc")).is_some()
                || repo.file(part).is_some_and(|file| matches!(file.kind, FileKind::Submodule | FileKind::Link))
        });
        if kept {
            return false;
        }
        let ignores = self.ignores.get_or_insert_with(|| repo.ignores());
        if ignores.of(full.as_bytes()) != Ignored::No {
            return false;
        }
        let name = full.rsplit('/').next().unwrap_or_default();
        !self.pipelines().iter().any(|pipeline| pipeline.contains(name))
    }

    fn pipelines(&mut self) -> &[Arc<str>] {
        let repo = self.repo;
        self.pipelines.get_or_insert_with(|| {
            let named = repo.files().iter().filter(|file| matches!(file.path.name(), b"dvc.yaml" | b"dvc.lock"));
            named.take(20).filter_map(|file| repo.text(file).ok()).collect()
        })
    }
}

/// The folders on the way to a path, the outermost first.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, _)| path.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::testing::{folder, options};

    #[test]
    fn files_that_are_missing() {
        let held = folder(&[
            (".gitignore", "raw/\n"),
            ("data/datapackage.json", "{}"),
            ("data/a.csv", "a\n"),
            ("data/parts/1.csv", "a\n"),
            ("data/large.csv.dvc", "outs:\n"),
            ("data/all.dvc", "outs:\n"),
            ("dvc.yaml", "stages:\n  x:\n    outs: [data/made.csv]\n"),
        ]);
        let repo = Repository::open(held.path(), options()).unwrap();
        let mut there = There::of(&repo);
        for (path, missing) in [
            ("a.csv", false),
            ("./a.csv", false),
            ("parts", false),
            ("large.csv", false),
            ("all/b.csv", false),
            ("made.csv", false),
            ("raw/b.csv", false),
            ("../../b.csv", false),
            ("b.csv", true),
            ("A.csv", true),
            ("../a.csv", true),
        ] {
            assert_eq!(there.is_missing(&"data/datapackage.json".into(), path), missing, "{path}");
        }
    }
}
