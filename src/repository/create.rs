//! How does a new file get into a folder, whole or not at all, and never over another one?
//!
//! The one door for writing into a repository, for `civiclint init`. A file is written under another name in the same
//! folder and then given its own by a call that fails where anything has that name: a file, a folder, or a link, be it
//! one that leads nowhere. Nothing is followed and nothing is replaced.

use super::safe_root::SafeRoot;
use crate::phrase::Phrase;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// A folder that new files may be made in.
#[derive(Debug)]
pub struct Folder(SafeRoot);

/// Why a file was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCreated {
    /// something has that name already
    Exists,
    /// the end of a sentence about the file
    Failed(Phrase),
}

impl Folder {
    /// Opens the folder that somebody named; links on the way to it are followed.
    ///
    /// # Errors
    /// Where it is not there, or may not be opened.
    pub fn open(path: &Path) -> Result<Self, Phrase> {
        SafeRoot::open(path).map(Self).map_err(|error| {
            Phrase::new("the folder cannot be opened: {why}", "der Ordner lässt sich nicht öffnen: {why}")
                .with("why", error.to_string())
        })
    }

    /// Whether anything has this name directly in the folder, be it a link that leads nowhere.
    pub fn has(&self, name: &str) -> bool {
        self.0.stat(name.as_bytes()).is_ok()
    }

    /// Makes a file directly in the folder.
    ///
    /// # Errors
    /// [`NotCreated::Exists`] where anything has that name; else what the system says. Nothing is left behind.
    pub fn create(&self, name: &str, text: &str) -> Result<(), NotCreated> {
        if name.is_empty() || name.contains(['/', '\0']) || [".", "..", ".git"].contains(&name) {
            return Err(failed(&io::ErrorKind::InvalidInput.into()));
        }
        let (file, beside) = self.beside(name)?;
        let made = write(file, text.as_bytes()).and_then(|()| self.0.rename_new(&beside, name));
        if made.is_err() {
            // The first error is the one to tell; a left-over that cannot be removed changes nothing about it.
            let _ = self.0.remove(&beside);
        }
        made.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => NotCreated::Exists,
            _ => failed(&error),
        })
    }

    /// A new, empty file under a name that nothing had.
    fn beside(&self, name: &str) -> Result<(File, String), NotCreated> {
        for number in 0..100 {
            let other = format!(".{name}.{}.{number}.part", std::process::id());
            match self.0.create_new(&other) {
                Ok(file) => return Ok((file, other)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(&error)),
            }
        }
        Err(failed(&io::ErrorKind::AlreadyExists.into()))
    }
}

/// Closed at its end, as Windows gives no other name to what is open.
fn write(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

fn failed(error: &io::Error) -> NotCreated {
    NotCreated::Failed(match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Phrase::new(
            "the folder may not be written to; give yourself permission to, or choose another",
            "in den Ordner darf nicht geschrieben werden; geben Sie sich das Recht dazu oder wählen Sie einen anderen",
        ),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Phrase::new("there is no space left", "der Speicherplatz ist voll")
        }
        _ => Phrase::new("the system says: {why}", "das System sagt: {why}").with("why", error.to_string()),
    })
}

#[cfg(all(test, unix))]
#[expect(clippy::disallowed_methods, reason = "what is read is what the test wrote")]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_new_file_is_whole_and_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let door = Folder::open(folder.path()).expect("opened");
        assert!(!door.has("A.md"));
        door.create("A.md", "text\n").expect("made");
        assert!(door.has("A.md"));
        assert_eq!(fs::read(folder.path().join("A.md")).expect("readable"), b"text\n");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside it");
    }

    #[test]
    fn whatever_is_there_stays_as_it_is() {
        let (folder, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "mine").expect("written");
        fs::create_dir(at("folder")).expect("made");
        symlink(outside.path().join("target"), at("dangling")).expect("a link");
        symlink(outside.path(), at("leads-out")).expect("a link");
        let door = Folder::open(folder.path()).expect("opened");
        for name in ["file", "folder", "dangling", "leads-out"] {
            assert!(door.has(name), "{name}");
            assert_eq!(door.create(name, "x"), Err(NotCreated::Exists), "{name}");
        }
        assert_eq!(fs::read(at("file")).expect("readable"), b"mine");
        assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 0);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 4, "nothing is left beside them");
    }

    #[test]
    fn names_that_lead_elsewhere_are_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let door = Folder::open(folder.path()).expect("opened");
        for name in ["", ".", "..", "../x", "a/b", "/x", ".git"] {
            assert!(matches!(door.create(name, "x"), Err(NotCreated::Failed(_))), "{name}");
        }
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
