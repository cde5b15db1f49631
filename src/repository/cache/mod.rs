//! Where does what was learnt of a repository lie until the next time, and may it be believed?
//!
//! A folder of this user's own, with one file for each repository. It is refused where anybody else may write to it, or
//! where it lies in the repository that is looked at, which could bring its own. A file counts only if it was written
//! by this very build, under this name, and whole; whatever else lies there is as if it did not. Files are written beside
//! their place and renamed, so that whoever reads meets the old one or the new one.

mod refused;

use super::native;
use super::safe_root::{EntryKind, SafeRoot};
use crate::phrase::Phrase;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, DirBuilder};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// How every file begins.
const MAGIC: &[u8; 16] = b"civiclint cache\n";
/// The sources that this program was built from.
const BUILD: &str = env!("CIVICLINT_BUILD");
/// How the names of files end.
const ENDING: &str = ".kept";
/// What a kill may leave behind.
const UNFINISHED: &str = ".part";
/// The largest file that is read or written.
const MOST_BYTES: u64 = 64 << 20;
/// Behind the beginning: the SHA-256 of everything that follows, of the name, and of the build.
const DIGEST: usize = 32;
/// A file that was begun so many seconds before another one is nobody's any more.
const FORGOTTEN: u32 = 3600;

/// What is kept of one repository, in a folder of such.
#[derive(Debug)]
pub struct Cache {
    folder: SafeRoot,
    name: String,
    most: u64,
}

impl Cache {
    /// The folder at `path`, which is made where there is none, for what is learnt of the repository at `repository`, as
    /// a work tree or as a commit. At most `most` bytes are kept in it for all repositories together.
    ///
    /// # Errors
    /// Where the folder cannot be used, or not be trusted.
    pub fn open(path: &Path, repository: &Path, as_commit: bool, most: u64) -> Result<Self, Phrase> {
        let root = real(repository).map_err(|error| refused::unusable(path, &error))?;
        if nearest(path).map_err(|error| refused::unusable(path, &error))?.starts_with(&root) {
            return Err(refused::inside(path));
        }
        let folder = own(path)?;
        let mut hash = Sha256::new();
        hash.update([u8::from(as_commit)]);
        hash.update(native::bytes_of(root.as_os_str()));
        let name = hex(hash.finalize().get(..16).unwrap_or_default()) + ENDING;
        Ok(Self { folder, name, most })
    }

    /// Whether a folder, which is made where there is none, may be used for repositories that lie elsewhere.
    ///
    /// # Errors
    /// As [`Cache::open`].
    pub fn check(path: &Path) -> Result<(), Phrase> {
        own(path).map(drop)
    }

    /// What was kept the last time; nothing where there is nothing that may be believed.
    pub fn load(&self) -> Vec<u8> {
        let most = self.most.min(MOST_BYTES);
        let Ok(mut bytes) = self.folder.read_unlinked(self.name.as_bytes(), most) else { return Vec::new() };
        let head = MAGIC.len() + DIGEST;
        let sound = bytes.starts_with(MAGIC)
            && bytes.get(head..).is_some_and(|body| bytes.get(MAGIC.len()..head) == Some(self.digest(body).as_slice()));
        if !sound {
            return Vec::new();
        }
        // those that are used stay the longest; where that cannot be written down, they go earlier
        let _ = self.folder.touch(&self.name);
        bytes.drain(..head);
        bytes
    }

    /// Keeps this until the next time, in place of what was kept; what was not used for longest goes to make room for it.
    /// Too much is not kept.
    ///
    /// # Errors
    /// What the system says; what was kept before is still there.
    pub fn store(&self, body: &[u8]) -> io::Result<()> {
        let len = (MAGIC.len() + DIGEST + body.len()) as u64;
        if len > self.most.min(MOST_BYTES) {
            return Ok(());
        }
        let (mut file, beside) = self.beside()?;
        let written =
            file.write_all(MAGIC).and_then(|()| file.write_all(&self.digest(body))).and_then(|()| file.write_all(body));
        // Closed first, as Windows gives no other name to what is open. Nothing waits for the disk: what a power cut
        // leaves is not whole, and so not believed.
        drop(file);
        let placed = written.and_then(|()| self.folder.replace(&beside, &self.name));
        if placed.is_err() {
            // The first error is the one to tell.
            let _ = self.folder.remove(&beside);
        }
        placed?;
        self.make_room();
        Ok(())
    }

    fn digest(&self, body: &[u8]) -> [u8; DIGEST] {
        let mut hash = Sha256::new();
        hash.update(BUILD);
        hash.update(&self.name);
        hash.update(body);
        hash.finalize().into()
    }

    /// A new, empty file under a name that nothing had.
    fn beside(&self) -> io::Result<(fs::File, String)> {
        for number in 0..100 {
            let other = format!(".{}.{}.{number}{UNFINISHED}", self.name, std::process::id());
            match self.folder.create_private(&other) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made.map(|file| (file, other)),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Removes what was not used for longest until all of it is no more than it may be; what cannot be removed stays.
    fn make_room(&self) {
        let Ok(names) = self.folder.list(b"") else { return };
        let mut kept: Vec<(u32, String, u64)> = Vec::new();
        let mut begun: Vec<(u32, String)> = Vec::new();
        for (name, kind) in names {
            let Ok(name) = String::from_utf8(name) else { continue };
            if kind != EntryKind::File || !is_ours(&name) {
                continue;
            }
            let Ok(stat) = self.folder.stat(name.as_bytes()) else { continue };
            let used = stat.stamp.map_or(0, |stamp| stamp.modified().0);
            if name.ends_with(UNFINISHED) { begun.push((used, name)) } else { kept.push((used, name, stat.len)) }
        }
        let now = kept.iter().find(|(_, name, _)| *name == self.name).map_or(0, |(used, ..)| *used);
        for (_, name) in begun.iter().filter(|(used, _)| used.saturating_add(FORGOTTEN) < now) {
            let _ = self.folder.remove(name);
        }
        let mut all: u64 = kept.iter().fold(0, |sum, (.., len)| sum.saturating_add(*len));
        kept.sort();
        for (_, name, len) in kept.iter().filter(|(_, name, _)| *name != self.name) {
            if all <= self.most {
                break;
            }
            if self.folder.remove(name).is_ok() {
                all = all.saturating_sub(*len);
            }
        }
    }
}

/// A folder that nobody else may write to; it is made where there is none.
fn own(path: &Path) -> Result<SafeRoot, Phrase> {
    let unusable = |error| refused::unusable(path, &error);
    make(path).map_err(unusable)?;
    if fs::symlink_metadata(path).map_err(unusable)?.file_type().is_symlink() {
        return Err(refused::link(path));
    }
    let folder = SafeRoot::open(path).map_err(unusable)?;
    if folder.is_private().map_err(unusable)? { Ok(folder) } else { Err(refused::open_to_others(path)) }
}

/// Whether a file has a name that is given here.
fn is_ours(name: &str) -> bool {
    let whole = |name: &str| {
        let stem = name.strip_suffix(ENDING);
        stem.is_some_and(|stem| stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let of_part = name.strip_prefix('.').filter(|_| name.ends_with(UNFINISHED)).and_then(|rest| rest.get(..37));
    whole(name) || of_part.is_some_and(whole)
}

/// Makes a folder and those it lies in, for this user alone.
fn make(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Where a path leads, as far as it exists.
fn nearest(path: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(path)?;
    for there in whole.ancestors() {
        match real(there) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

#[expect(clippy::disallowed_methods, reason = "paths that the user named, and nothing is opened by what comes of it")]
fn real(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(all(test, unix))]
mod tests;
