//! Which files does git track?
//!
//! A reader of git's index (`gitformat-index` in git's documentation): versions 2 to 4, SHA-1 and SHA-256, split and
//! sparse indexes. It trusts nothing: every length is checked, paths are handed on only if they are paths beneath a
//! root, and what is left out is said.

mod parse;
mod split;

use super::path::RepoPath;
use super::refusal::Refusal;
use super::safe_root::SafeRoot;
use super::state::State;
use super::{Limit, Limits, Loss};
use crate::phrase::Phrase;
use parse::{Damage, Parsed};

/// A reason for having no list of tracked files, and what is looked at instead.
macro_rules! instead {
    ($en:literal, $de:literal) => {
        Phrase::new(
            concat!($en, "; all files of the folder were taken instead, except those that .gitignore names"),
            concat!($de, "; stattdessen gelten alle Dateien des Ordners außer denen, die .gitignore nennt"),
        )
    };
}
use instead;

/// A file that git tracks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// its path, of which nothing is known yet
    pub(super) path: Vec<u8>,
    /// type and permissions as in a tree: `0o100644`, `0o120000` (link), `0o160000` (submodule), `0o040000` (a folder
    /// that a sparse checkout leaves out)
    pub(super) mode: u32,
    /// the object, in bytes; empty unless the file may have to be read from the object database
    pub(super) oid: Vec<u8>,
    /// whether git leaves it out of the work tree
    pub(super) skip_worktree: bool,
    /// which blob it is, and what the system said of the file when git last looked at it; where that is asked for
    pub(super) state: State,
}

/// What an index says.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// sorted by path, each path once, all of them beneath the root and none in a `.git`
    pub(super) entries: Vec<Entry>,
    /// what was left out, and why
    pub(super) losses: Vec<Loss>,
    /// whether there were more than were asked for
    pub(super) cut: bool,
    /// when it was written, in seconds and nanoseconds
    pub(super) written: Option<(u32, u32)>,
}

/// Reads the index of a git folder; `None` where there is none.
///
/// `hash` is the length of an object id in bytes (20 or 32).
///
/// # Errors
/// Why it cannot be read or understood; the words "git index" are in it.
pub(super) fn read(git: &SafeRoot, hash: usize, limits: &Limits) -> Result<Option<Index>, Phrase> {
    let most = limits.count(Limit::Files);
    // before it is read: one that is written in between is newer than this says, and vouches for less
    let written = git.stat(b"index").ok().and_then(|stat| stat.stamp).map(|stamp| stamp.modified());
    let bytes = match git.read(b"index", limits.get(Limit::GitFileBytes)) {
        Ok(bytes) => bytes,
        Err(Refusal::NotFound) => return Ok(None),
        Err(other) => return Err(unreadable(&other, limits)),
    };
    let mut parsed = parse::parse(&bytes, hash, most).map_err(Damage::phrase)?;
    drop(bytes);
    // the shared part of a split index is older, and has its own word for what changed since
    let written = written.filter(|_| parsed.link.is_none());
    let mut index = Index { cut: parsed.cut, written, ..Index::default() };
    if let Some(name) = &parsed.unknown {
        let why = Phrase::new(
            "the git index has an extension that is not known here ({name}); files may be missing",
            "der Index von Git (git index) hat eine hier unbekannte Erweiterung ({name}); Dateien können fehlen",
        );
        index.losses.push(Loss { path: None, why: why.with("name", name.as_slice()) });
    }
    if let Some(link) = parsed.link.take() {
        let base = read_base(git, &link, hash, limits)?;
        index.cut |= base.cut;
        parsed.entries =
            split::merge(base.entries, parsed.entries, &link).ok_or(Damage::Split).map_err(Damage::phrase)?;
    }
    take_sound(parsed.entries, &mut index);
    Ok(Some(index))
}

/// What [`read`] would say of an index of these bytes, were `base` the one that it is split from.
#[cfg(any(test, fuzzing))]
pub(super) fn of_bytes(bytes: &[u8], base: &[u8], hash: usize, most: usize) -> Result<Index, Phrase> {
    let mut parsed = parse::parse(bytes, hash, most).map_err(Damage::phrase)?;
    let mut index = Index { cut: parsed.cut, ..Index::default() };
    if let Some(link) = parsed.link.take() {
        let base = parse::parse(base, hash, most).map_err(Damage::phrase)?;
        parsed.entries =
            split::merge(base.entries, parsed.entries, &link).ok_or(Damage::Split).map_err(Damage::phrase)?;
    }
    take_sound(parsed.entries, &mut index);
    Ok(index)
}

/// The index that a split index refers to.
fn read_base(git: &SafeRoot, link: &split::Link, hash: usize, limits: &Limits) -> Result<Parsed, Phrase> {
    let Some(name) = link.base_name() else { return Ok(Parsed::default()) };
    let bytes = git.read(name.as_bytes(), limits.get(Limit::GitFileBytes)).map_err(|refusal| match refusal {
        Refusal::NotFound => instead!(
            "the git index is split, and its shared part is missing",
            "der Index von Git (git index) ist geteilt, und sein gemeinsamer Teil fehlt"
        ),
        other => unreadable(&other, limits),
    })?;
    parse::parse(&bytes, hash, limits.count(Limit::Files)).map_err(Damage::phrase)
}

/// Keeps each path once and only if it is one beneath the root; the others are losses and never opened.
fn take_sound(entries: Vec<Entry>, index: &mut Index) {
    let mut last: Vec<u8> = Vec::new();
    for mut entry in entries {
        if entry.path == last {
            continue;
        }
        last.clone_from(&entry.path);
        if entry.is_folder() && entry.path.last() == Some(&b'/') {
            entry.path.pop();
        }
        if super::path::is_sound(&entry.path) {
            index.entries.push(entry);
        } else {
            let why = Phrase::new(
                "is named in the git index, but is no path inside the repository; it was not opened",
                "steht im Index von Git (git index), ist aber kein Pfad innerhalb des Repositorys; \
                 die Datei wurde nicht geöffnet",
            );
            index.losses.push(Loss { path: Some(RepoPath::new(entry.path)), why });
        }
    }
}

impl Entry {
    /// Whether it stands for a whole folder, which only sparse indexes have.
    pub(super) fn is_folder(&self) -> bool {
        self.mode & 0o170_000 == 0o040_000
    }
}

/// Why an index cannot be opened, and what is done instead.
fn unreadable(refusal: &Refusal, limits: &Limits) -> Phrase {
    match refusal {
        Refusal::TooLarge { .. } | Refusal::Grew { .. } => limits.hit(
            Limit::GitFileBytes,
            instead!(
                "the git index is larger than is read",
                "der Index von Git (git index) ist größer, als gelesen wird"
            ),
        ),
        Refusal::NotPermitted => instead!(
            "the git index cannot be read (permission denied)",
            "der Index von Git (git index) lässt sich nicht lesen (keine Berechtigung)"
        ),
        Refusal::Kind(_) => {
            instead!("the git index is no regular file", "der Index von Git (git index) ist keine gewöhnliche Datei")
        }
        Refusal::LeadsOut | Refusal::IntoGit | Refusal::LinkLoop | Refusal::Dangling => instead!(
            "the git index is a symbolic link that is not followed",
            "der Index von Git (git index) ist ein symbolischer Link, dem nicht gefolgt wird"
        ),
        _ => instead!("the git index cannot be read", "der Index von Git (git index) lässt sich nicht lesen"),
    }
}

/// Why there is no list of tracked files, and what is looked at instead.
pub(super) fn missing() -> Phrase {
    instead!("the git index is missing", "der Index von Git (git index) fehlt")
}

#[cfg(test)]
mod tests;
