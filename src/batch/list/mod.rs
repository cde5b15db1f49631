//! Which repositories does a folder or a file name?
//!
//! ```text
//! folder ─► folder ──────────────────────────┐
//! file ─► form ─► lines │ table │ data ─► location ─► gather ─► List
//! ```
//!
//! One wrong entry refuses the whole list, with all that is wrong in it: a repository that is silently missing from a
//! portfolio would be worse than one more look at the list.

mod columns;
mod data;
mod folder;
mod form;
mod gather;
mod lines;
mod location;
mod mistake;
mod publisher;
mod table;

pub use location::{Wrong, location};
pub use mistake::Mistake;

use super::Listed;
use crate::phrase::Phrase;
use crate::untrusted::Untrusted;
use form::Form;
use gather::Gather;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

/// What a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// the repositories: those of a folder in the order of their bytes, those of a file in the order of the file
    pub listed: Vec<Listed>,
    /// whole groups or organisations, whose repositories a forge has to be asked for
    pub groups: Vec<Group>,
    /// what was left out or changed, and why; blank lines and comments are not told
    pub told: Vec<Phrase>,
}

impl List {
    /// Leaves out what is there already under another address; for lists that were put together.
    #[must_use]
    pub fn without_doubles(mut self) -> Self {
        let before = self.listed.len();
        let mut seen = BTreeSet::new();
        self.listed.retain(|entry| seen.insert(location::same_place(&entry.location)));
        let doubles = before - self.listed.len();
        if doubles > 0 {
            let phrase = Phrase::new(
                "repositories that were named twice are looked at once ({number})",
                "doppelt genannte Repositorys werden einmal angesehen ({number})",
            );
            self.told.push(phrase.with("number", doubles.to_string()));
        }
        self
    }
}

/// A group of a forge, as a list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// its address, `https://host/group`
    pub address: String,
    /// whose it is, where the list says so
    pub owner: Option<String>,
}

/// How much of a list is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// the largest list, in bytes
    pub bytes: u64,
    /// the most entries of a list
    pub entries: usize,
    /// the most folders that are looked into for repositories
    pub folders: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 256 << 20, entries: 10_000_000, folders: 1_000_000 }
    }
}

/// Reads a list: a folder of clones, a text with an address or a path a line, CSV, JSON, JSON Lines or publishers.yml.
///
/// Paths in a file are those of the current folder, as with `xargs` and `tar --files-from`. Whether there is a
/// repository at a path or an address is not asked here: one that is missing is a row of the result.
///
/// # Errors
/// Where the list cannot be read, or something in it is no repository: every mistake in a sentence, the first 20.
pub fn read(path: &Path, limits: &Limits) -> Result<List, Vec<Mistake>> {
    let about = fs::metadata(path).map_err(|error| vec![unreadable(path, &error).into()])?;
    if about.is_dir() {
        return folder::read(path, limits);
    }
    let bytes = bounded(path, limits.bytes).map_err(|error| vec![unreadable(path, &error).into()])?;
    if bytes.len() as u64 > limits.bytes {
        let most = Untrusted::from((limits.bytes >> 20).to_string());
        let phrase = Phrase::new("{path} is larger than {most} MiB", "{path} ist größer als {most} MiB");
        return Err(vec![phrase.with("path", shown(path)).with("most", most).into()]);
    }
    parse(path, bytes, limits)
}

/// What the bytes of a list name; `path` says what it is called.
pub(crate) fn parse(path: &Path, bytes: Vec<u8>, limits: &Limits) -> Result<List, Vec<Mistake>> {
    let text = form::decode(path, bytes).map_err(|why| vec![why.into()])?;
    let mut gather = Gather::new(shown(path), limits.entries);
    match form::recognise(path, &text) {
        Form::Lines => lines::read(&text, &mut gather),
        Form::Table { delimiter } => table::read(&text, delimiter, &mut gather),
        Form::JsonLines => data::json_lines(&text, &mut gather),
        Form::Json => data::json(&text, &mut gather),
        Form::Yaml => data::yaml(&text, &mut gather),
    }
    gather.finish()
}

/// Up to one byte more than `most` of a file.
#[expect(clippy::disallowed_methods, reason = "a list is the user's own file, and no part of a repository")]
pub(super) fn bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Phrase {
    let phrase = match error.kind() {
        io::ErrorKind::NotFound => Phrase::new("there is no {path}", "{path} gibt es nicht"),
        _ => Phrase::new("{path} cannot be read: {why}", "{path} lässt sich nicht lesen: {why}")
            .with("why", error.to_string()),
    };
    phrase.with("path", shown(path))
}

fn shown(path: &Path) -> Untrusted {
    Untrusted::new(path.as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests;
