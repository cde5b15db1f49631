//! How are the files of an output folder read? Never more than they may hold, and never what is no file.

use crate::phrase::Phrase;
use crate::untrusted::Untrusted;
use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// A path, for a sentence about it.
pub(super) fn shown(path: &Path) -> Untrusted {
    Untrusted::new(path.as_os_str().as_encoded_bytes())
}

/// That a path could not be read, and why.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Phrase {
    Phrase::new("{path} could not be read: {why}", "{path} ließ sich nicht lesen: {why}")
        .with("path", shown(path))
        .with("why", error.to_string())
}

/// That something could not be written, and why.
pub(super) fn unwritable(path: &Path, error: &io::Error) -> Phrase {
    Phrase::new("{path} could not be written: {why}", "{path} ließ sich nicht schreiben: {why}")
        .with("path", shown(path))
        .with("why", error.to_string())
}

/// That a file is not what it should be, and why.
pub(super) fn broken(path: &Path, error: &impl ToString) -> Phrase {
    Phrase::new("{path} is broken: {why}", "{path} ist kaputt: {why}")
        .with("path", shown(path))
        .with("why", error.to_string())
}

/// A file for reading. A pipe or device would never end.
pub(super) fn open(path: &Path) -> Result<fs::File, Phrase> {
    let there = fs::symlink_metadata(path).map_err(|error| unreadable(path, &error))?;
    if !there.is_file() {
        return Err(Phrase::new("{path} is no file", "{path} ist keine Datei").with("path", shown(path)));
    }
    OpenOptions::new().read(true).open(path).map_err(|error| unreadable(path, &error))
}

/// The bytes of a file of at most `most` bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, Phrase> {
    let mut bytes = Vec::new();
    open(path)?.take(most + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > most {
        return Err(Phrase::new("{path} is larger than {most} bytes", "{path} ist größer als {most} Bytes")
            .with("path", shown(path))
            .with("most", most.to_string()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_size_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "four").expect("written");
        assert_eq!(read(&path, 4), Ok(b"four".to_vec()));
        assert!(read(&path, 3).is_err());
        assert!(read(folder.path(), 9).is_err());
        assert!(read(&folder.path().join("missing"), 9).is_err());
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink("/dev/zero", &link).expect("a link");
            assert!(read(&link, 9).is_err());
        }
    }
}
