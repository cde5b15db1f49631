//! How are files understood? Readings that more than one room needs, made at most once a run.
//!
//! The modules below are pure: text in, structure out. [`Readings`] keeps what was read; a room asks it and never
//! another room.

use crate::repository::Repository;

/// A repository and everything that was understood of it so far.
pub struct Readings<'r> {
    /// what there is
    pub repo: &'r Repository,
}

impl<'r> Readings<'r> {
    /// Nothing is read until somebody asks.
    pub fn new(repo: &'r Repository) -> Self {
        Self { repo }
    }
}
