//! Which files are there?

use super::{Class, Marks, OpenError, RepoPath};
use crate::phrase::Phrase;
use std::path::Path;

/// What an entry of the tree is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// a file
    Regular,
    /// a symbolic link; reading it reads its target where that stays inside the tree
    Link,
    /// another repository
    Submodule,
}

/// An entry of the publishable tree.
#[derive(Clone, Debug)]
pub struct File {
    /// where
    pub path: RepoPath,
    /// what it is for
    pub class: Class,
    /// marks across classes
    pub marks: Marks,
    /// regular, link or submodule
    pub kind: FileKind,
    /// its size in bytes, where known without reading it
    pub len: Option<u64>,
}

pub(super) fn list(root: &Path) -> Result<Vec<File>, OpenError> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root).into_iter().filter_entry(|entry| entry.file_name() != ".git") {
        let entry = entry.map_err(|error| OpenError {
            why: Phrase::new("cannot be listed: {why}", "lässt sich nicht auflisten: {why}")
                .with("why", error.to_string()),
        })?;
        if entry.file_type().is_file()
            && let Ok(path) = entry.path().strip_prefix(root)
        {
            let path = RepoPath::new(path.to_string_lossy().as_bytes());
            files.push(File { path, class: Class::Asset, marks: Marks::default(), kind: FileKind::Regular, len: None });
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
