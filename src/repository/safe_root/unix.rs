//! How does a Unix open files beneath a folder? By `openat2` where the kernel has it, else one component at a time.

use super::{CHUNK, EntryKind, NAMES, Refusal, Stamp, Stat};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Timespec, Timestamps};
use rustix::io::{Errno, retry_on_intr};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    dir: OwnedFd,
    /// whether the kernel has `openat2`; else each component is opened by itself
    pub(super) beneath: bool,
}

/// An open regular file.
pub(super) struct Open(OwnedFd);

/// How often an opening is tried again while somebody renames things around it.
const RACES: usize = 16;

const LOOK: OFlags = OFlags::NONBLOCK.union(OFlags::NOCTTY).union(OFlags::CLOEXEC);
const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC);

/// Whether a name means no more to the system than it says: on a Unix every name does.
pub(super) fn may_be(_: &[u8]) -> bool {
    true
}

impl Folder {
    /// Opens a folder; links on the way to it are followed.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let dir = retry_on_intr(|| rustix::fs::open(path, FOLDER, Mode::empty()))?;
        let beneath = openat2(dir.as_fd(), b".", FOLDER).is_ok();
        Ok(Self { dir, beneath })
    }

    pub(super) fn create_new(&self, name: &str) -> io::Result<File> {
        self.create(name, 0o666)
    }

    pub(super) fn create_private(&self, name: &str) -> io::Result<File> {
        self.create(name, 0o600)
    }

    fn create(&self, name: &str, mode: u16) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = retry_on_intr(|| rustix::fs::openat(&self.dir, name, flags, Mode::from_raw_mode(mode.into())))?;
        Ok(File::from(file))
    }

    pub(super) fn replace(&self, from: &str, to: &str) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.dir, from, &self.dir, to)?)
    }

    pub(super) fn touch(&self, name: &str) -> io::Result<()> {
        let now = || Timespec { tv_sec: 0, tv_nsec: rustix::fs::UTIME_NOW };
        let times = Timestamps { last_access: now(), last_modification: now() };
        Ok(rustix::fs::utimensat(&self.dir, name, &times, AtFlags::SYMLINK_NOFOLLOW)?)
    }

    pub(super) fn is_private(&self) -> io::Result<bool> {
        let stat = rustix::fs::fstat(&self.dir)?;
        Ok(stat.st_uid == rustix::process::geteuid().as_raw() && stat.st_mode & 0o022 == 0)
    }

    pub(super) fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        match rename_new(self.dir.as_fd(), from, to) {
            // A file system that cannot rename this way can link: that fails just the same where there is something.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                rustix::fs::linkat(&self.dir, from, &self.dir, to, AtFlags::empty())?;
                self.remove(from)
            }
            other => Ok(other?),
        }
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.dir, name, AtFlags::empty())?)
    }

    /// A folder below; [`Refusal::LinkLoop`] where a link is in the way.
    pub(super) fn folder(&self, path: &[u8]) -> Result<Self, Refusal> {
        Ok(Self { dir: self.open_once(path, FOLDER)?, beneath: self.beneath })
    }

    /// Opens a regular file that is reached without links, and says how long it is.
    pub(super) fn file(&self, path: &[u8]) -> Result<(Open, u64), Refusal> {
        let file = self.open_once(path, LOOK)?;
        let stat = of(&rustix::fs::fstat(&file)?);
        if stat.kind == EntryKind::File { Ok((Open(file), stat.len)) } else { Err(Refusal::Kind(stat.kind)) }
    }

    /// What lies at a path; a link is a link, and one on the way to it is a refusal.
    pub(super) fn stat(&self, path: &[u8]) -> Result<Stat, Refusal> {
        if path.is_empty() {
            return Ok(of(&rustix::fs::fstat(&self.dir)?));
        }
        self.in_parent(path, |parent, name| rustix::fs::statat(parent, name, AtFlags::SYMLINK_NOFOLLOW))
            .map(|stat| of(&stat))
    }

    /// What a symbolic link says.
    pub(super) fn read_link(&self, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        match self.in_parent(path, |parent, name| rustix::fs::readlinkat(parent, name, Vec::new())) {
            Ok(target) => Ok(target.into_bytes()),
            Err(Refusal::Io(code)) if code == Errno::INVAL.raw_os_error() => Err(Refusal::NoLink),
            Err(other) => Err(other),
        }
    }

    /// The names in it and what they are, in no order.
    pub(super) fn names(self) -> Result<Vec<(Vec<u8>, EntryKind)>, Refusal> {
        let mut names = Vec::new();
        let mut folder = Dir::new(self.dir)?;
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
        Ok(names)
    }

    /// Opens a path that has no links in it; [`Refusal::LinkLoop`] where it has.
    fn open_once(&self, path: &[u8], flags: OFlags) -> Result<OwnedFd, Refusal> {
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
        let Some(slash) = path.iter().rposition(|byte| *byte == b'/') else {
            return Ok(retry_on_intr(|| ask(self.dir.as_fd(), path))?);
        };
        let (folder, name) = path.split_at_checked(slash).ok_or(Refusal::BadPath)?;
        let folder = self.open_once(folder, FOLDER | SEARCH)?;
        Ok(retry_on_intr(|| ask(folder.as_fd(), name.get(1..).unwrap_or_default()))?)
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn rename_new(dir: BorrowedFd<'_>, from: &str, to: &str) -> rustix::io::Result<()> {
    rustix::fs::renameat_with(dir, from, dir, to, rustix::fs::RenameFlags::NOREPLACE)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn rename_new(_: BorrowedFd<'_>, _: &str, _: &str) -> rustix::io::Result<()> {
    Err(Errno::NOSYS)
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
    Stat {
        kind: kind_of(FileType::from_raw_mode(stat.st_mode)),
        len: u64::try_from(stat.st_size).unwrap_or(u64::MAX),
        stamp: Some(stamp(stat)),
    }
}

/// As `fill_stat_data` in git's `statinfo.c` has it.
fn stamp(stat: &rustix::fs::Stat) -> Stamp {
    // the types of these differ from system to system
    let low = |number: i128| u32::try_from(number & 0xffff_ffff).unwrap_or_default();
    Stamp([
        low(stat.st_ctime.into()),
        low(stat.st_ctime_nsec.into()),
        low(stat.st_mtime.into()),
        low(stat.st_mtime_nsec.into()),
        low(stat.st_dev.into()),
        low(stat.st_ino.into()),
        low(stat.st_uid.into()),
        low(stat.st_gid.into()),
        low(stat.st_size.into()),
    ])
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

impl Open {
    /// Reads until the end or until `most` bytes are there; `expected` is what is allocated at first.
    pub(super) fn read_up_to(self, expected: u64, most: u64) -> Result<Vec<u8>, Refusal> {
        let expected = expected.min(most).saturating_add(1);
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
        while (bytes.len() as u64) < most {
            if bytes.len() == bytes.capacity() {
                bytes.reserve(CHUNK);
            }
            if retry_on_intr(|| rustix::io::read(&self.0, rustix::buffer::spare_capacity(&mut bytes)))? == 0 {
                break;
            }
        }
        Ok(bytes)
    }
}
