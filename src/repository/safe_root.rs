//! How is a file of a repository opened without being led astray?
//!
//! The one door to the file system (`threats.md` 5, rows 1 and 2). Everything is opened relative to one folder and
//! beneath it; symbolic links are never followed by the kernel but by us, where they stay inside; only regular
//! files are read, and never more of them than was asked for. Whatever else is found comes back as a [`Refusal`].

use super::links;
use super::refusal::Refusal;
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::{Errno, retry_on_intr};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

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
}

/// A folder beneath which may be read. Paths are relative to it, in bytes, with `/`; the empty path is the folder.
#[derive(Debug)]
pub(crate) struct SafeRoot {
    dir: OwnedFd,
    /// whether the kernel has `openat2`; else each component is opened by itself
    beneath: bool,
}

/// How many names of one folder are read.
const NAMES: usize = 1 << 20;
/// How often an opening is tried again while somebody renames things around it.
const RACES: usize = 16;

/// How many bytes more are asked for where a file is longer than it said.
const CHUNK: usize = 64 << 10;

const LOOK: OFlags = OFlags::NONBLOCK.union(OFlags::NOCTTY).union(OFlags::CLOEXEC);
const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC);

impl SafeRoot {
    /// Opens a folder that the user named; links on the way to it are followed.
    ///
    /// # Errors
    /// Where there is no folder, or it may not be opened.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let dir = retry_on_intr(|| rustix::fs::open(path, FOLDER, Mode::empty()))?;
        let beneath = openat2(dir.as_fd(), b".", FOLDER).is_ok();
        Ok(Self { dir, beneath })
    }

    /// The folder itself, for making something directly in it: see `create.rs`.
    pub(super) fn dir(&self) -> BorrowedFd<'_> {
        self.dir.as_fd()
    }

    /// A folder below this one, as a root of its own.
    ///
    /// # Errors
    /// As [`SafeRoot::list`].
    pub(crate) fn folder(&self, path: &[u8]) -> Result<Self, Refusal> {
        Ok(Self { dir: self.open_following(path, FOLDER)?, beneath: self.beneath })
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
        let (file, len) = self.open_file(path)?;
        if len > limit {
            return Err(Refusal::TooLarge { limit });
        }
        let bytes = read_up_to(file.as_fd(), len, limit.saturating_add(1))?;
        if bytes.len() as u64 > limit { Err(Refusal::Grew { limit }) } else { Ok(bytes) }
    }

    /// The first `n` bytes of a regular file, or all of them where there are fewer, without following any link.
    ///
    /// # Errors
    /// As [`SafeRoot::read_unlinked`], except that no file is too large.
    pub(crate) fn head_unlinked(&self, path: &[u8], n: usize) -> Result<Vec<u8>, Refusal> {
        let (file, len) = self.open_file(path)?;
        let mut bytes = read_up_to(file.as_fd(), len.min(n as u64), n as u64)?;
        bytes.truncate(n);
        Ok(bytes)
    }

    /// Whether a file of at most `limit` bytes could be read, without reading it and without following links.
    ///
    /// # Errors
    /// As [`SafeRoot::read_unlinked`].
    pub(crate) fn probe_unlinked(&self, path: &[u8], limit: u64) -> Result<(), Refusal> {
        let (_, len) = self.open_file(path)?;
        if len > limit { Err(Refusal::TooLarge { limit }) } else { Ok(()) }
    }

    /// What lies at a path; a link is a link, and one on the way to it is a refusal.
    ///
    /// # Errors
    /// Where nothing lies there, or it cannot be reached.
    pub(crate) fn stat(&self, path: &[u8]) -> Result<Stat, Refusal> {
        if path.is_empty() {
            return Ok(of(&rustix::fs::fstat(&self.dir)?));
        }
        self.in_parent(path, |parent, name| rustix::fs::statat(parent, name, AtFlags::SYMLINK_NOFOLLOW))
            .map(|stat| of(&stat))
    }

    /// What a symbolic link says, as it says it.
    ///
    /// # Errors
    /// [`Refusal::NoLink`] where something else lies there.
    pub(crate) fn read_link(&self, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        match self.in_parent(path, |parent, name| rustix::fs::readlinkat(parent, name, Vec::new())) {
            Ok(target) => Ok(target.into_bytes()),
            Err(Refusal::Io(Errno::INVAL)) => Err(Refusal::NoLink),
            Err(other) => Err(other),
        }
    }

    /// The names in a folder and what they are, sorted by their bytes; without `.` and `..`.
    ///
    /// # Errors
    /// Where there is no folder, it may not be read, or it holds more than a million names.
    pub(crate) fn list(&self, path: &[u8]) -> Result<Vec<(Vec<u8>, EntryKind)>, Refusal> {
        let folder = self.open_following(path, FOLDER)?;
        let mut names = Vec::new();
        let mut folder = Dir::new(folder)?;
        while let Some(entry) = folder.read() {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            if names.len() == NAMES {
                return Err(Refusal::TooManyNames { limit: NAMES });
            }
            let kind = match entry.file_type() {
                FileType::Unknown => match rustix::fs::statat(folder.fd()?, name, AtFlags::SYMLINK_NOFOLLOW) {
                    Ok(stat) => kind_of(FileType::from_raw_mode(stat.st_mode)),
                    Err(Errno::NOENT) => continue,
                    Err(_) => EntryKind::Special,
                },
                known => kind_of(known),
            };
            names.push((name.to_vec(), kind));
        }
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

    /// Opens a regular file that is reached without links, and says how long it is.
    fn open_file(&self, path: &[u8]) -> Result<(OwnedFd, u64), Refusal> {
        let file = self.open_once(path, LOOK)?;
        let stat = of(&rustix::fs::fstat(&file)?);
        if stat.kind == EntryKind::File { Ok((file, stat.len)) } else { Err(Refusal::Kind(stat.kind)) }
    }

    /// Opens a path; where links are in the way, what they lead to.
    fn open_following(&self, path: &[u8], flags: OFlags) -> Result<OwnedFd, Refusal> {
        match self.open_once(path, flags) {
            Err(Refusal::LinkLoop) => {
                let reached = self.resolve(path)?;
                self.open_once(&reached, flags)
            }
            other => other,
        }
    }

    /// Opens a path that has no links in it; [`Refusal::LinkLoop`] where it has.
    fn open_once(&self, path: &[u8], flags: OFlags) -> Result<OwnedFd, Refusal> {
        check(path)?;
        let path = if path.is_empty() { b"." } else { path };
        if self.beneath { Ok(openat2(self.dir.as_fd(), path, flags)?) } else { self.open_stepwise(path, flags) }
    }

    /// What `openat2` does, for kernels without it: one component after the other, none of them a link.
    fn open_stepwise(&self, path: &[u8], flags: OFlags) -> Result<OwnedFd, Refusal> {
        let mut names = path.split(|byte| *byte == b'/');
        let last = names.next_back().unwrap_or(b".");
        let mut held: Option<OwnedFd> = None;
        for name in names {
            let at = held.as_ref().map_or(self.dir.as_fd(), AsFd::as_fd);
            let next = step(at, name, FOLDER | SEARCH)?;
            held = Some(next);
        }
        step(held.as_ref().map_or(self.dir.as_fd(), AsFd::as_fd), last, flags)
    }

    /// Asks the folder in which a path lies about the path's last name.
    fn in_parent<T>(
        &self,
        path: &[u8],
        ask: impl Fn(BorrowedFd<'_>, &[u8]) -> rustix::io::Result<T>,
    ) -> Result<T, Refusal> {
        check(path)?;
        let Some(slash) = path.iter().rposition(|byte| *byte == b'/') else {
            return Ok(retry_on_intr(|| ask(self.dir.as_fd(), path))?);
        };
        let (folder, name) = path.split_at_checked(slash).ok_or(Refusal::BadPath)?;
        let folder = self.open_once(folder, FOLDER | SEARCH)?;
        Ok(retry_on_intr(|| ask(folder.as_fd(), name.get(1..).unwrap_or_default()))?)
    }
}

/// Flags to pass through a folder that may be searched but not listed.
#[cfg(target_os = "linux")]
const SEARCH: OFlags = OFlags::PATH;
#[cfg(not(target_os = "linux"))]
const SEARCH: OFlags = OFlags::empty();

#[cfg(target_os = "linux")]
fn openat2(at: BorrowedFd<'_>, path: &[u8], flags: OFlags) -> rustix::io::Result<OwnedFd> {
    use rustix::fs::ResolveFlags;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    let mut tries = 0;
    loop {
        match rustix::fs::openat2(at, path, flags, Mode::empty(), resolve) {
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) if tries < RACES => tries += 1,
            other => return other,
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn openat2(_: BorrowedFd<'_>, _: &[u8], _: OFlags) -> rustix::io::Result<OwnedFd> {
    Err(Errno::NOSYS)
}

/// Opens one name in a folder; a link is [`Refusal::LinkLoop`] unless it is the link itself that is wanted.
fn step(at: BorrowedFd<'_>, name: &[u8], flags: OFlags) -> Result<OwnedFd, Refusal> {
    let is_link = || {
        rustix::fs::statat(at, name, AtFlags::SYMLINK_NOFOLLOW)
            .is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Symlink)
    };
    match retry_on_intr(|| rustix::fs::openat(at, name, flags | OFlags::NOFOLLOW, Mode::empty())) {
        Err(Errno::LOOP | Errno::MLINK) => Err(Refusal::LinkLoop),
        Err(Errno::NOTDIR) if is_link() => Err(Refusal::LinkLoop),
        Err(error) => Err(error.into()),
        Ok(file) => Ok(file),
    }
}

fn of(stat: &rustix::fs::Stat) -> Stat {
    Stat { kind: kind_of(FileType::from_raw_mode(stat.st_mode)), len: u64::try_from(stat.st_size).unwrap_or(u64::MAX) }
}

fn kind_of(kind: FileType) -> EntryKind {
    match kind {
        FileType::RegularFile => EntryKind::File,
        FileType::Directory => EntryKind::Folder,
        FileType::Symlink => EntryKind::Link,
        FileType::Fifo => EntryKind::Fifo,
        _ => EntryKind::Special,
    }
}

/// Refuses what is no path beneath a root: absolute, with `.`, `..`, empty names or a NUL.
fn check(path: &[u8]) -> Result<(), Refusal> {
    let sound = path.is_empty()
        || !path.contains(&0) && path.split(|byte| *byte == b'/').all(|name| !matches!(name, b"" | b"." | b".."));
    if sound { Ok(()) } else { Err(Refusal::BadPath) }
}

/// Reads until the end or until `most` bytes are there; `expected` is what is allocated at first.
fn read_up_to(file: BorrowedFd<'_>, expected: u64, most: u64) -> rustix::io::Result<Vec<u8>> {
    let expected = expected.min(most).saturating_add(1);
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    while (bytes.len() as u64) < most {
        if bytes.len() == bytes.capacity() {
            bytes.reserve(CHUNK);
        }
        if retry_on_intr(|| rustix::io::read(file, rustix::buffer::spare_capacity(&mut bytes)))? == 0 {
            break;
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
