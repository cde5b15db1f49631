//! How are files understood? Readings that more than one room needs, made at most once a run.
//!
//! The modules below are pure: text in, structure out. [`Readings`] keeps what was read; a room asks it and never
//! another room.

pub mod address;
pub mod calls;
pub mod file_kinds;
pub mod hosts;
pub mod kind;
pub mod language;
pub mod pass;
pub mod source;

use crate::phrase::Phrase;
use crate::repository::Repository;
use kind::RepositoryKind;
use pass::FileScan;
use std::sync::OnceLock;

/// A repository and everything that was understood of it so far.
pub struct Readings<'r> {
    /// what there is
    pub repo: &'r Repository,
    scans: OnceLock<Vec<FileScan>>,
    kind: OnceLock<Result<RepositoryKind, Phrase>>,
}

impl<'r> Readings<'r> {
    /// Nothing is read until somebody asks.
    pub fn new(repo: &'r Repository) -> Self {
        Self { repo, scans: OnceLock::new(), kind: OnceLock::new() }
    }

    /// What one look at every file told, in the order of [`Repository::files`].
    pub fn scans(&self) -> &[FileScan] {
        self.scans.get_or_init(|| pass::scan(self.repo))
    }

    /// Whether the repository is software, data or documentation.
    ///
    /// # Errors
    /// Where there is too little to tell by.
    pub fn kind(&self) -> Result<RepositoryKind, Phrase> {
        self.kind.get_or_init(|| kind::kind(self.repo.files(), self.scans())).clone()
    }
}
