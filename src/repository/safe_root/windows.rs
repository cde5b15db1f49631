//! How does Windows open files beneath a folder? By cap-std, one component at a time, none of them a link.

use super::{CHUNK, EntryKind, NAMES, Refusal, Stat};
use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder(Dir);

/// An open regular file.
pub(super) struct Open(File);

/// Names of devices, which every folder seems to hold, with any ending; digits follow the last two.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];
const PORTS: &[&str] = &["com", "lpt"];

/// Whether a name means no more to the system than it says: no other folder, stream, device or short name.
///
/// "Naming Files, Paths, and Namespaces" in the documentation of Windows.
pub(super) fn may_be(name: &[u8]) -> bool {
    let Ok(name) = std::str::from_utf8(name) else { return false };
    if name.chars().any(|c| c.is_control() || "\\:*?\"<>|".contains(c)) || name.ends_with(['.', ' ']) {
        return false;
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let port = |of: &&str| {
        let digit = stem.strip_prefix(*of).map(|rest| rest.chars().collect::<Vec<_>>());
        digit.is_some_and(|digit| matches!(digit.as_slice(), [c] if c.is_ascii_digit() || "¹²³".contains(*c)))
    };
    // `git~1` is what `.git` is called for programs of old
    let short = stem.strip_prefix("git~").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    !short && !DEVICES.contains(&stem.as_str()) && !PORTS.iter().any(|of| port(&of))
}

impl Folder {
    /// Opens a folder; links on the way to it are followed.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Dir::open_ambient_dir(path, ambient_authority()).map(Self)
    }

    pub(super) fn create_new(&self, name: &str) -> io::Result<std::fs::File> {
        self.0.open_with(name, OpenOptions::new().write(true).create_new(true)).map(File::into_std)
    }

    /// A profile's folders are its user's by themselves.
    pub(super) fn create_private(&self, name: &str) -> io::Result<std::fs::File> {
        self.create_new(name)
    }

    pub(super) fn replace(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename(from, &self.0, to)
    }

    pub(super) fn touch(&self, _: &str) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn is_private(&self) -> io::Result<bool> {
        Ok(true)
    }

    pub(super) fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        // renaming would replace what is there; linking fails
        self.0.hard_link(from, &self.0, to)?;
        self.remove(from)
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        self.0.remove_file(name)
    }

    /// A folder below; [`Refusal::LinkLoop`] where a link is in the way.
    pub(super) fn folder(&self, path: &[u8]) -> Result<Self, Refusal> {
        let mut here = self.0.try_clone()?;
        for name in path.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
            here = step(&here, text(name)?)?;
        }
        Ok(Self(here))
    }

    /// Opens a regular file that is reached without links, and says how long it is.
    pub(super) fn file(&self, path: &[u8]) -> Result<(Open, u64), Refusal> {
        let Some((parent, name)) = self.parent(path)? else { return Err(Refusal::Kind(EntryKind::Folder)) };
        // looked at before it is opened, as opening a folder as a file is refused for other reasons
        match of(&parent.0.symlink_metadata(name)?).kind {
            EntryKind::File => {}
            EntryKind::Link => return Err(Refusal::LinkLoop),
            other => return Err(Refusal::Kind(other)),
        }
        let mut how = OpenOptions::new();
        how.read(true).follow(FollowSymlinks::No);
        let file = parent.0.open_with(name, &how)?;
        let stat = of(&file.metadata()?);
        match stat.kind {
            EntryKind::File => Ok((Open(file), stat.len)),
            EntryKind::Link => Err(Refusal::LinkLoop),
            other => Err(Refusal::Kind(other)),
        }
    }

    /// What lies at a path; a link is a link, and one on the way to it is a refusal.
    pub(super) fn stat(&self, path: &[u8]) -> Result<Stat, Refusal> {
        match self.parent(path)? {
            Some((parent, name)) => Ok(of(&parent.0.symlink_metadata(name)?)),
            None => Ok(of(&self.0.dir_metadata()?)),
        }
    }

    /// What a symbolic link says, with `/` between its names.
    pub(super) fn read_link(&self, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        let Some((parent, name)) = self.parent(path)? else { return Err(Refusal::NoLink) };
        if of(&parent.0.symlink_metadata(name)?).kind != EntryKind::Link {
            return Err(Refusal::NoLink);
        }
        // `read_link` alone refuses what is absolute; what it says is judged by `links`
        let target = parent.0.read_link_contents(name)?;
        Ok(target.to_string_lossy().replace('\\', "/").into_bytes())
    }

    /// The names in it and what they are, in no order.
    pub(super) fn names(self) -> Result<Vec<(Vec<u8>, EntryKind)>, Refusal> {
        let mut names = Vec::new();
        for entry in self.0.entries()? {
            let entry = entry?;
            if names.len() == NAMES {
                return Err(Refusal::TooManyNames { limit: NAMES });
            }
            let kind = entry.file_type().map_or(EntryKind::Special, kind_of);
            names.push((entry.file_name().as_encoded_bytes().to_vec(), kind));
        }
        Ok(names)
    }

    /// The folder in which a path lies, and its last name; `None` for the folder itself.
    fn parent<'p>(&self, path: &'p [u8]) -> Result<Option<(Self, &'p str)>, Refusal> {
        let (folder, name) = match path.iter().rposition(|byte| *byte == b'/') {
            Some(slash) => path.split_at_checked(slash).ok_or(Refusal::BadPath)?,
            None => (&b""[..], path),
        };
        let name = text(name.strip_prefix(b"/").unwrap_or(name))?;
        if name.is_empty() { Ok(None) } else { Ok(Some((self.folder(folder)?, name))) }
    }
}

/// A folder in a folder, which may be no link.
fn step(at: &Dir, name: &str) -> Result<Dir, Refusal> {
    match of(&at.symlink_metadata(name)?).kind {
        EntryKind::Folder => {}
        EntryKind::Link => return Err(Refusal::LinkLoop),
        _ => return Err(Refusal::NotFound),
    }
    Ok(at.open_dir_nofollow(name)?)
}

fn text(name: &[u8]) -> Result<&str, Refusal> {
    std::str::from_utf8(name).map_err(|_| Refusal::NotFound)
}

fn of(metadata: &Metadata) -> Stat {
    Stat { kind: kind_of(metadata.file_type()), len: metadata.len(), stamp: None }
}

fn kind_of(kind: FileType) -> EntryKind {
    if kind.is_symlink() {
        EntryKind::Link
    } else if kind.is_dir() {
        EntryKind::Folder
    } else if kind.is_file() {
        EntryKind::File
    } else {
        EntryKind::Special
    }
}

impl Open {
    /// Reads until the end or until `most` bytes are there; `expected` is what is allocated at first.
    pub(super) fn read_up_to(self, expected: u64, most: u64) -> Result<Vec<u8>, Refusal> {
        let expected = usize::try_from(expected.min(most)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(expected.saturating_add(CHUNK.min(64)));
        self.0.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
