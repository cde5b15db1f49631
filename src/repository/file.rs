//! Which files are there?

use super::{Class, Marks, RepoPath};

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
    /// its size in bytes, where known without reading it; unknown for links. See [`super::Repository::is_least`]
    pub len: Option<u64>,
}
