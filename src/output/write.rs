//! How does a report get to where it belongs, whole or not at all?

use crate::phrase::Phrase;
use crate::untrusted::Untrusted;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A report could not be written (exit code 4).
#[derive(Debug, thiserror::Error)]
#[error("a report could not be written")]
pub struct WriteError {
    /// what could not be written, and why
    pub why: Phrase,
}

/// Writes to a stream, usually standard output. A reader that has gone away (`| head`) is a quiet end.
///
/// # Errors
/// Where the stream cannot take it all: a full disk, a closed descriptor.
pub fn to_stream(report: &str, stream: &mut impl Write) -> Result<(), WriteError> {
    let written = stream.write_all(report.as_bytes()).and_then(|()| stream.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(WriteError {
            why: Phrase::new(
                "the report could not be written to standard output: {why}",
                "der Bericht ließ sich nicht auf die Standardausgabe schreiben: {why}",
            )
            .with("why", error.to_string()),
        }),
        _ => Ok(()),
    }
}

/// Writes a file: under another name in the same folder, then renamed, so that there is never half a report. What is
/// no regular file (a pipe, `/dev/stdout`) is written to directly.
///
/// # Errors
/// Where the folder does not exist, may not be written to, or is full; nothing is left behind.
pub fn to_file(report: &str, path: &Path) -> Result<(), WriteError> {
    place(report.as_bytes(), path).map_err(|error| unwritten(path, &error))
}

/// A file that is written in pieces, as it would be too large for one: under another name, and renamed by
/// [`Pieces::finish`]. Whoever drops it before leaves what was there.
pub struct Pieces {
    file: io::BufWriter<fs::File>,
    name: PathBuf,
    path: PathBuf,
    done: bool,
}

impl Pieces {
    /// Begins a file.
    ///
    /// # Errors
    /// Where the folder does not exist, may not be written to, or is full.
    pub fn begin(path: &Path) -> Result<Self, WriteError> {
        let (file, name) = beside(path).map_err(|error| unwritten(path, &error))?;
        Ok(Self { file: io::BufWriter::new(file), name, path: path.to_owned(), done: false })
    }

    /// Adds to it.
    ///
    /// # Errors
    /// Where the disk is full.
    pub fn add(&mut self, piece: &str) -> Result<(), WriteError> {
        self.file.write_all(piece.as_bytes()).map_err(|error| unwritten(&self.path, &error))
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Where the disk is full, or there is a folder of that name; nothing is left behind.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let whole = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        whole.and_then(|()| fs::rename(&self.name, &self.path)).map_err(|error| unwritten(&self.path, &error))?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        if !self.done {
            // There is nobody left to tell; a left-over has a name that nobody takes for a report.
            let _ = fs::remove_file(&self.name);
        }
    }
}

fn unwritten(path: &Path, error: &io::Error) -> WriteError {
    WriteError {
        why: Phrase::new("{path} could not be written: {why}", "{path} ließ sich nicht schreiben: {why}")
            .with("path", Untrusted::new(path.as_os_str().as_encoded_bytes()))
            .with("why", error.to_string()),
    }
}

fn place(report: &[u8], path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return OpenOptions::new().write(true).open(path)?.write_all(report),
        _ => {}
    }
    let (mut file, name) = beside(path)?;
    let written = file.write_all(report).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&name, path));
    if written.is_err() {
        // The first error is the one to tell; a left-over that cannot be removed changes nothing about it.
        let _ = fs::remove_file(&name);
    }
    written
}

/// A new file beside the one that is wanted. A name that exists is never opened: it could be somebody's link.
fn beside(path: &Path) -> io::Result<(fs::File, PathBuf)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    for number in 0..100 {
        let mut other = std::ffi::OsString::from(".");
        other.push(name);
        other.push(format!(".{}.{number}.part", std::process::id()));
        let other = path.with_file_name(other);
        match OpenOptions::new().write(true).create_new(true).open(&other) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (file, other)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fails(io::ErrorKind);

    impl Write for Fails {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_went_away_is_no_error_a_full_disk_is() {
        assert!(to_stream("x", &mut Fails(io::ErrorKind::BrokenPipe)).is_ok());
        assert!(to_stream("x", &mut Fails(io::ErrorKind::StorageFull)).is_err());
        let mut out = Vec::new();
        assert!(to_stream("whole", &mut out).is_ok());
        assert_eq!(out, b"whole");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "what is read is no repository's file, but what the test wrote")]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.json");
        to_file("a longer first report", &path).expect("written");
        to_file("second", &path).expect("written again");
        assert_eq!(fs::read(&path).expect("readable"), b"second");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "what is read is no repository's file, but what the test wrote")]
    fn pieces_are_one_file_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.csv");
        for finished in [false, true] {
            let mut pieces = Pieces::begin(&path).expect("begun");
            pieces.add("one,").expect("added");
            pieces.add("two").expect("added");
            assert!(!path.exists());
            if finished {
                pieces.finish().expect("finished");
            } else {
                drop(pieces);
            }
            assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), usize::from(finished));
        }
        assert_eq!(fs::read(&path).expect("readable"), b"one,two");
        let other = folder.path().join("folder");
        fs::create_dir(&other).expect("a folder");
        assert!(Pieces::begin(&other).expect("begun").finish().is_err(), "a folder is there");
        assert!(Pieces::begin(&folder.path().join("missing/x")).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
    }

    #[test]
    fn what_cannot_be_written_is_an_error_and_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(to_file("x", &folder.path().join("missing/report.json")).is_err());
        assert!(to_file("x", folder.path()).is_err());
        assert!(to_file("x", Path::new("/dev/full")).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
