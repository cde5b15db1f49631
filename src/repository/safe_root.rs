//! How is a file of a repository opened without being led astray?
//!
//! The one door to the file system (`threats.md` 5, rows 1 and 2). Everything is opened relative to one folder and
//! beneath it; symbolic links are never followed by the system but by us, where they stay inside; only regular
//! files are read, and never more of them than was asked for. Whatever else is found comes back as a [`Refusal`].
//!
//! What a system can do differs: `unix.rs` rests on `openat` and, on Linux, `openat2`; `windows.rs` on cap-std.

use super::links;
use super::refusal::Refusal;
use super::state::Stamp;
use std::fs::File;
use std::io;
use std::path::Path;
use system::Folder;

#[cfg(unix)]
#[path = "safe_root/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "safe_root/windows.rs"]
mod system;

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// a regular file
    File,
    /// a folder
    Folder,
    /// a symbolic link
    Link,
    /// a named pipe
    Fifo,
    /// a socket or a device
    Special,
}

/// What is known of a path without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stat {
    /// what it is
    pub(crate) kind: EntryKind,
    /// its size in bytes; of a link, the length of what it says
    pub(crate) len: u64,
    /// all that would show a change, where the system tells when something was changed
    pub(crate) stamp: Option<Stamp>,
}

/// A folder beneath which may be read. Paths are relative to it, in bytes, with `/`; the empty path is the folder.
#[derive(Debug)]
pub(crate) struct SafeRoot(Folder);

/// How many names of one folder are read.
const NAMES: usize = 1 << 20;
/// How many bytes more are asked for where a file is longer than it said.
const CHUNK: usize = 64 << 10;

impl SafeRoot {
    /// Opens a folder that the user named; links on the way to it are followed.
    ///
    /// # Errors
    /// Where there is no folder, or it may not be opened.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Folder::open(path).map(Self)
    }

    /// A new, empty file directly in the folder, to be written to: for `create.rs`.
    ///
    /// # Errors
    /// Where anything has that name already, or the system says no.
    pub(super) fn create_new(&self, name: &str) -> io::Result<File> {
        self.0.create_new(name)
    }

    /// As [`SafeRoot::create_new`], for this user's eyes only: for `cache`.
    ///
    /// # Errors
    /// As [`SafeRoot::create_new`].
    pub(super) fn create_private(&self, name: &str) -> io::Result<File> {
        self.0.create_private(name)
    }

    /// Gives a file directly in the folder the name of another, which is gone then: for `cache`.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn replace(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.replace(from, to)
    }

    /// Says that a file directly in the folder was used now: for `cache`.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn touch(&self, name: &str) -> io::Result<()> {
        self.0.touch(name)
    }

    /// Whether nobody but this user may write to the folder; where the system does not tell that way, it is taken to be
    /// so.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn is_private(&self) -> io::Result<bool> {
        self.0.is_private()
    }

    /// Gives a file directly in the folder another name there: for `create.rs`.
    ///
    /// # Errors
    /// Where anything has that name already, or the system says no.
    pub(super) fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename_new(from, to)
    }

    /// Removes a file directly in the folder: for `create.rs`.
    ///
    /// # Errors
    /// What the system says.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        self.0.remove(name)
    }

    /// A folder below this one, as a root of its own.
    ///
    /// # Errors
    /// As [`SafeRoot::list`].
    pub(crate) fn folder(&self, path: &[u8]) -> Result<Self, Refusal> {
        check(path)?;
        match self.0.folder(path) {
            Err(Refusal::LinkLoop) => self.0.folder(&self.resolve(path)?).map(Self),
            other => other.map(Self),
        }
    }

    /// The bytes of a regular file, of which there may be at most `limit`; links that stay inside are followed.
    ///
    /// # Errors
    /// Where it is no regular file, larger than `limit`, or reached only by a link that leads out; see [`Refusal`].
    pub(crate) fn read(&self, path: &[u8], limit: u64) -> Result<Vec<u8>, Refusal> {
        match self.read_unlinked(path, limit) {
            Err(Refusal::LinkLoop) => self.read_unlinked(&self.resolve(path)?, limit),
            other => other,
        }
    }

    /// As [`SafeRoot::read`] without following any link: [`Refusal::LinkLoop`] where there is one on the way.
    ///
    /// # Errors
    /// As [`SafeRoot::read`].
    pub(crate) fn read_unlinked(&self, path: &[u8], limit: u64) -> Result<Vec<u8>, Refusal> {
        check(path)?;
        let (file, len) = self.0.file(path)?;
        if len > limit {
            return Err(Refusal::TooLarge { limit });
        }
        let bytes = file.read_up_to(len, limit.saturating_add(1))?;
        if bytes.len() as u64 > limit { Err(Refusal::Grew { limit }) } else { Ok(bytes) }
    }

    /// The first `n` bytes of a regular file, or all of them where there are fewer, without following any link.
    ///
    /// # Errors
    /// As [`SafeRoot::read_unlinked`], except that no file is too large.
    pub(crate) fn head_unlinked(&self, path: &[u8], n: usize) -> Result<Vec<u8>, Refusal> {
        check(path)?;
        let (file, len) = self.0.file(path)?;
        let mut bytes = file.read_up_to(len.min(n as u64), n as u64)?;
        bytes.truncate(n);
        Ok(bytes)
    }

    /// Whether a file of at most `limit` bytes could be read, without reading it and without following links.
    ///
    /// # Errors
    /// As [`SafeRoot::read_unlinked`].
    pub(crate) fn probe_unlinked(&self, path: &[u8], limit: u64) -> Result<(), Refusal> {
        check(path)?;
        let (_, len) = self.0.file(path)?;
        if len > limit { Err(Refusal::TooLarge { limit }) } else { Ok(()) }
    }

    /// What lies at a path; a link is a link, and one on the way to it is a refusal.
    ///
    /// # Errors
    /// Where nothing lies there, or it cannot be reached.
    pub(crate) fn stat(&self, path: &[u8]) -> Result<Stat, Refusal> {
        check(path)?;
        self.0.stat(path)
    }

    /// What a symbolic link says, as it says it.
    ///
    /// # Errors
    /// [`Refusal::NoLink`] where something else lies there.
    pub(crate) fn read_link(&self, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        check(path)?;
        self.0.read_link(path)
    }

    /// The names in a folder and what they are, sorted by their bytes; without `.` and `..`.
    ///
    /// # Errors
    /// Where there is no folder, it may not be read, or it holds more than a million names.
    pub(crate) fn list(&self, path: &[u8]) -> Result<Vec<(Vec<u8>, EntryKind)>, Refusal> {
        let mut names = self.folder(path)?.0.names()?;
        names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Ok(names)
    }

    /// Where a path leads once the links on its way are followed.
    ///
    /// # Errors
    /// Where a link is absolute, leads out of the root or into a `.git`, or too many follow each other.
    pub(crate) fn resolve(&self, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        check(path)?;
        links::resolve(path, |path| self.read_link(path))
    }
}

/// Refuses what is no path beneath a root: absolute, with `.`, `..`, empty names, a NUL, or a name that means
/// something else to the system.
fn check(path: &[u8]) -> Result<(), Refusal> {
    let sound = path.is_empty()
        || !path.contains(&0)
            && path.split(|byte| *byte == b'/').all(|name| !matches!(name, b"" | b"." | b"..") && system::may_be(name));
    if sound { Ok(()) } else { Err(Refusal::BadPath) }
}

#[cfg(all(test, unix))]
mod tests;
