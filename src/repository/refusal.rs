//! Why is something not read?

use super::safe_root::EntryKind;
use crate::phrase::Phrase;
use std::io;

/// Why the one door stays shut. [`Refusal::phrase`] says it as the end of a sentence whose subject is the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// nothing lies there
    NotFound,
    /// no path beneath a root: absolute, with `.`, `..`, empty names or a NUL
    BadPath,
    /// a symbolic link leads out of the root
    LeadsOut,
    /// a symbolic link leads into a `.git`
    IntoGit,
    /// symbolic links lead in a circle, or too many follow each other
    LinkLoop,
    /// a symbolic link leads to something that is not there
    Dangling,
    /// a symbolic link leads to something that is no part of the tree
    Untracked,
    /// a link was wanted, and there is none
    NoLink,
    /// a file was wanted, and this is something else
    Kind(EntryKind),
    /// more bytes than may be read
    TooLarge {
        /// how many may be
        limit: u64,
    },
    /// more bytes came than there were when it was opened
    Grew {
        /// how many may be read
        limit: u64,
    },
    /// more names in a folder than are read
    TooManyNames {
        /// how many are
        limit: usize,
    },
    /// the system says no
    NotPermitted,
    /// longer than the system takes
    NameTooLong,
    /// what else the system says, by its number
    Io(i32),
    /// what somebody else says, in these words
    Told(Phrase),
}

impl Refusal {
    /// The reason, as in "README.md: {is a symbolic link that leads out of the repository}".
    pub(crate) fn phrase(&self) -> Phrase {
        match self {
            Self::NotFound => Phrase::new("is not there", "ist nicht vorhanden"),
            Self::BadPath => Phrase::new("is no path inside the repository", "ist kein Pfad innerhalb des Repositorys"),
            Self::LeadsOut => Phrase::new(
                "is a symbolic link that leads out of the repository",
                "ist ein symbolischer Link, der aus dem Repository hinausführt",
            ),
            Self::IntoGit => {
                Phrase::new("is a symbolic link into a .git folder", "ist ein symbolischer Link in einen .git-Ordner")
            }
            Self::LinkLoop => Phrase::new(
                "leads through symbolic links that go in a circle or are too many",
                "führt über symbolische Links, die im Kreis gehen oder zu viele sind",
            ),
            Self::Dangling => Phrase::new(
                "is a symbolic link to something that is not there",
                "ist ein symbolischer Link auf etwas, das es nicht gibt",
            ),
            Self::Untracked => Phrase::new(
                "is a symbolic link to something that is no part of the repository",
                "ist ein symbolischer Link auf etwas, das nicht zum Repository gehört",
            ),
            Self::NoLink => Phrase::new("is no symbolic link", "ist kein symbolischer Link"),
            Self::Kind(EntryKind::Folder) => {
                Phrase::new("is a folder, not a regular file", "ist ein Ordner und keine gewöhnliche Datei")
            }
            Self::Kind(EntryKind::Fifo) => {
                Phrase::new("is a named pipe, not a regular file", "ist eine benannte Pipe und keine gewöhnliche Datei")
            }
            Self::Kind(_) => Phrase::new("is not a regular file", "ist keine gewöhnliche Datei"),
            Self::TooLarge { limit } => {
                Phrase::new("is larger than {limit}", "ist größer als {limit}").with("limit", size(*limit))
            }
            Self::Grew { limit } => {
                Phrase::new("grew beyond {limit} while it was read", "wuchs beim Lesen über {limit} hinaus")
                    .with("limit", size(*limit))
            }
            Self::TooManyNames { limit } => {
                Phrase::new("holds more than {limit} entries", "enthält mehr als {limit} Einträge")
                    .with("limit", limit.to_string())
            }
            Self::NotPermitted => {
                Phrase::new("cannot be read: permission denied", "lässt sich nicht lesen: keine Berechtigung")
            }
            Self::NameTooLong => Phrase::new(
                "cannot be read: its path is longer than the system allows",
                "lässt sich nicht lesen: Der Pfad ist länger, als das System erlaubt",
            ),
            Self::Io(error) => Phrase::new("cannot be read: {why}", "lässt sich nicht lesen: {why}")
                .with("why", io::Error::from_raw_os_error(*error).to_string()),
            Self::Told(why) => why.clone(),
        }
    }
}

#[cfg(unix)]
impl From<rustix::io::Errno> for Refusal {
    fn from(error: rustix::io::Errno) -> Self {
        use rustix::io::Errno;
        match error {
            Errno::NOENT | Errno::NOTDIR => Self::NotFound,
            Errno::LOOP | Errno::MLINK => Self::LinkLoop,
            Errno::XDEV => Self::LeadsOut,
            Errno::ACCESS | Errno::PERM => Self::NotPermitted,
            Errno::NAMETOOLONG => Self::NameTooLong,
            Errno::NXIO | Errno::NODEV => Self::Kind(EntryKind::Special),
            other => Self::Io(other.raw_os_error()),
        }
    }
}

#[cfg(windows)]
impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::NotPermitted,
            io::ErrorKind::InvalidFilename => Self::NameTooLong,
            _ => error.raw_os_error().map_or(Self::NotPermitted, Self::Io),
        }
    }
}

/// A number of bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..0x10_0000 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}
