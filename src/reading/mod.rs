//! How are files understood? Readings that more than one room needs, made at most once a run.
//!
//! The modules below are pure: text in, structure out. [`Readings`] keeps what was read; a room asks it and never
//! another room.

pub mod manifest;
pub mod node;
pub mod position;

use crate::phrase::Phrase;
use crate::repository::Repository;
use manifest::{Manifest, Publiccode};
use std::sync::OnceLock;

/// A repository and everything that was understood of it so far.
pub struct Readings<'r> {
    /// what there is
    pub repo: &'r Repository,
    manifests: OnceLock<Vec<Manifest>>,
    publiccode: OnceLock<Option<Result<Publiccode, Phrase>>>,
}

impl<'r> Readings<'r> {
    /// Nothing is read until somebody asks.
    pub fn new(repo: &'r Repository) -> Self {
        Self { repo, manifests: OnceLock::new(), publiccode: OnceLock::new() }
    }

    /// The package manifests without marks, in the order of their paths.
    pub fn manifests(&self) -> &[Manifest] {
        self.manifests.get_or_init(|| manifest::all(self.repo))
    }

    /// publiccode.yml: `None` where there is none, the reason where it cannot be read.
    pub fn publiccode(&self) -> Option<Result<&Publiccode, &Phrase>> {
        self.publiccode.get_or_init(|| manifest::public_code(self.repo)).as_ref().map(Result::as_ref)
    }
}
