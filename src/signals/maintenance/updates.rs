//! Is there anything of others to keep up to date, and does anything propose to?

use crate::reading::{Readings, lock, updates};
use crate::signal::Reading;

pub(super) fn has_dependencies(readings: &Readings<'_>) -> Reading {
    let repo = readings.repo;
    let lockable = lock::all(repo.files(), readings.manifests(), &|file| repo.text(file).ok());
    let text = |file: &crate::repository::File| repo.text(file);
    updates::has_dependencies(repo.files(), readings.manifests(), &lockable, &text).map(Into::into)
}

pub(super) fn configured(readings: &Readings<'_>) -> Reading {
    let repo = readings.repo;
    updates::configured(repo.files(), &|file| repo.text(file)).map(Into::into)
}
