//! What is a repository in a list?

use std::path::PathBuf;

/// A repository as a list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// as it stood in the list: the key of the journal
    pub repo: String,
    /// where it is
    pub location: Location,
    /// what it is called for people (`group/project`), where the list says so
    pub name: Option<String>,
    /// whose it is (publisher, group, organisation), where the list says so
    pub owner: Option<String>,
}

/// Where a repository is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// on this machine: a work tree, a bare repository or a plain folder
    Folder(PathBuf),
    /// elsewhere, to be fetched: an address with `https://` or `ssh://`, or `user@host:path`
    Remote(String),
}
