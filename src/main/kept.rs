//! What did an earlier look at the same repository tell, and what is kept of this one?

use super::now_in_seconds;
use civiclint::phrase::Phrase;
use civiclint::reading::Readings;
use civiclint::reading::kept::Kept;
use civiclint::repository::{Cache, Repository};
use std::path::Path;

/// The folder that was named, for the repository at `path`; its limit in MiB.
pub(crate) fn open(folder: Option<&Path>, size: u64, path: &Path, repo: &Repository) -> Result<Option<Cache>, Phrase> {
    folder.map(|folder| Cache::open(folder, path, !repo.has_work_tree(), size << 20)).transpose()
}

/// Readings that begin with what is kept.
pub(crate) fn readings<'r>(repo: &'r Repository, cache: Option<&Cache>) -> Readings<'r> {
    Readings::remembering(repo, cache.map(|cache| Kept::new(cache.load(), now_in_seconds())))
}

/// Keeps what was learnt. Where that fails the next look takes longer, and nothing else is lost: it is told and no more.
pub(crate) fn keep(readings: &Readings<'_>, cache: Option<&Cache>) -> Option<Phrase> {
    let bytes = readings.kept()?.to_keep(readings.repo)?;
    let error = cache?.store(&bytes).err()?;
    let phrase = Phrase::new(
        "the cache could not be written: {why}; the next check will take as long as this one",
        "der Cache ließ sich nicht schreiben: {why}; die nächste Prüfung dauert so lange wie diese",
    );
    Some(phrase.with("why", error.to_string()))
}

/// How many files were taken from the cache.
pub(crate) fn told(readings: &Readings<'_>) -> Option<Phrase> {
    let count = readings.kept()?.count();
    let phrase = Phrase::new(
        "{known} of {all} files are as the cache knows them and were not read again",
        "{known} von {all} Dateien sind so, wie der Cache sie kennt, und wurden nicht noch einmal gelesen",
    );
    Some(phrase.with("known", count.known.to_string()).with("all", count.all.to_string()))
}
