//! What is there, for commands to take: files, folders, and what the build files define?

use super::targets::{self, Targets};
use crate::reading::tree_path::lead;
use crate::repository::{FileKind, Ignored, Ignores, Repository};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Build files of one name that are looked at in all; the nearest to the root first.
const BUILD_FILES: usize = 60;
/// Of more files of one name any may be meant.
const NAMESAKES: usize = 200;

/// The tree, for looking things up.
pub(super) struct Tree<'r> {
    pub(super) repo: &'r Repository,
    ignores: Ignores,
    /// made when a command names something that is not where it should be
    parts: OnceCell<Parts<'r>>,
    /// what the repository is called
    pub(super) names: BTreeSet<String>,
    defined: RefCell<BTreeMap<&'static str, Vec<Targets>>>,
}

/// What the paths are made of.
#[derive(Default)]
struct Parts<'r> {
    /// the paths by their last part
    by_name: HashMap<&'r [u8], Vec<&'r [u8]>>,
    /// the names of all folders
    folders: HashSet<&'r [u8]>,
}

impl<'r> Tree<'r> {
    pub(super) fn of(repo: &'r Repository, names: BTreeSet<String>) -> Self {
        Self { repo, ignores: repo.ignores(), parts: OnceCell::new(), names, defined: RefCell::default() }
    }

    fn parts(&self) -> &Parts<'r> {
        self.parts.get_or_init(|| {
            let mut parts = Parts::default();
            let mut before: Option<&[u8]> = None;
            for file in self.repo.files() {
                parts.by_name.entry(file.path.name()).or_default().push(file.path.as_bytes());
                // Files of one folder stand one after the other.
                let folder = file.path.folder();
                if before.replace(folder) != Some(folder) {
                    parts.folders.extend(folder.split(|byte| *byte == b'/'));
                }
            }
            parts
        })
    }

    /// Whether a file or folder is at a path.
    pub(super) fn is_there(&self, path: &str) -> bool {
        path.is_empty() || self.repo.file(path).is_some() || self.repo.has_folder(path)
    }

    /// Whether something of this path lies in some other folder.
    pub(super) fn is_somewhere(&self, path: &str) -> bool {
        let Some(end) = lead("", path.trim_start_matches("../")) else { return true };
        let name = end.rsplit('/').next().unwrap_or_default();
        let ends = |path: &&[u8]| path.ends_with(end.as_bytes());
        let parts = self.parts();
        parts.by_name.get(name.as_bytes()).is_some_and(|paths| paths.len() > NAMESAKES || paths.iter().any(ends))
            || parts.folders.contains(name.as_bytes())
    }

    /// Whether a path leads into another repository, or behind a symbolic link.
    pub(super) fn is_out_of_sight(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at)).chain([path]);
        folders.any(|folder| self.repo.file(folder).is_some_and(|file| file.kind != FileKind::Regular))
    }

    /// Whether git ignores a path.
    pub(super) fn is_ignored(&self, path: &str) -> bool {
        self.ignores.of(path.as_bytes()) != Ignored::No
    }

    /// Whether there is a file of this name, in whatever folder.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.parts().by_name.contains_key(name.as_bytes())
    }

    /// Whether every build file of this name lacks a target; `None` where there is none of them.
    pub(super) fn lacks(&self, kind: &'static str, target: &str) -> Option<bool> {
        let mut defined = self.defined.borrow_mut();
        let all = defined.entry(kind).or_insert_with(|| self.defined(kind));
        (!all.is_empty()).then(|| all.iter().all(|targets| targets.lacks(target)))
    }

    fn defined(&self, kind: &'static str) -> Vec<Targets> {
        let names: &[&str] = match kind {
            "make" => &["Makefile", "makefile", "GNUmakefile"],
            "just" => &["justfile", "Justfile", ".justfile"],
            "npm" => &["package.json"],
            "composer" => &["composer.json"],
            _ => &["pom.xml"],
        };
        let mut paths: Vec<&[u8]> =
            names.iter().filter_map(|name| self.parts().by_name.get(name.as_bytes())).flatten().copied().collect();
        paths.sort_by_key(|path| (path.iter().filter(|byte| **byte == b'/').count(), *path));
        let texts =
            paths.into_iter().take(BUILD_FILES).filter_map(|path| self.repo.text_once(self.repo.file(path)?).ok());
        let read = |text: &str| match kind {
            "make" => Some(targets::makefile(text)),
            "just" => Some(targets::justfile(text)),
            "mvn" => Some(targets::profiles(text)),
            _ => targets::scripts(text),
        };
        texts.filter_map(|text| read(&text)).collect()
    }
}
