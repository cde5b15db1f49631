//! Does it say what changed from version to version?

use crate::reading::community::{self, Purpose};
use crate::reading::{Readings, changelog, corpus};
use crate::signal::Reading;

pub(super) fn has_changelog(readings: &Readings<'_>) -> Reading {
    let repo = readings.repo;
    let in_tree = changelog::in_tree(repo.files(), &|file| repo.text(file));
    if in_tree == Ok(true) {
        return Ok(true.into());
    }
    let speaks = |path: &crate::repository::RepoPath| {
        corpus::is_readme(path) || community::is_for(path, Purpose::Contributing) || community::is_in_place(path)
    };
    let mut documents = readings.corpus().documents().filter(|document| speaks(&document.path));
    if documents.any(changelog::in_document) {
        return Ok(true.into());
    }
    in_tree.map(Into::into)
}
