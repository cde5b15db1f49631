//! What is kept of a run, whatever ends it? One line for each repository, on the disk before the next is begun.
//!
//! A line is written by one call and flushed to the disk. What a kill leaves of a last line is cut when the journal is
//! opened again, so that the repository is looked at again and no line is torn (`threats.md` 6, Batch).

use crate::phrase::Phrase;
use crate::portfolio::Record;
use crate::untrusted::Untrusted;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The largest journal that is read: ten million repositories make about six gigabytes, and are not one shard.
const LARGEST: u64 = 4 << 30;

/// The journal of a run.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
}

impl Journal {
    /// Opens or makes the journal, cuts a torn last line, and tells what was recorded before, in the order of the file.
    ///
    /// # Errors
    /// Where it cannot be read or cut, or holds a line that is no record.
    pub fn open(path: &Path) -> Result<(Self, Vec<Record>), Phrase> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| failed(path, &error))?;
        let text = whole(&mut file).map_err(|error| failed(path, &error))?;
        let kept = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let text = text.get(..kept).unwrap_or_default();
        let mut records = Vec::new();
        for (number, line) in text.split(|byte| *byte == b'\n').enumerate() {
            if line.is_empty() {
                continue;
            }
            records.push(serde_json::from_slice(line).map_err(|error| broken(path, number + 1, &error))?);
        }
        let cut = file.set_len(kept as u64).and_then(|()| file.seek(SeekFrom::End(0)).map(drop));
        cut.map_err(|error| failed(path, &error))?;
        Ok((Self { file, path: path.to_owned() }, records))
    }

    /// Writes a line; when it comes back, the line is on the disk.
    ///
    /// # Errors
    /// Where the disk does not take it. Nothing of the line is left then, if the system allows.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        let before = self.file.stream_position()?;
        let line = line(record)?;
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        if written.is_err() {
            // The first error is the one to tell; what is left is cut when the journal is opened again.
            let _ = self.file.set_len(before).and_then(|()| self.file.seek(SeekFrom::Start(before)).map(drop));
        }
        written
    }

    /// The sentence about a line that could not be written.
    pub fn told(&self, error: &io::Error) -> Phrase {
        failed(&self.path, error)
    }
}

/// The whole journal with its records in the order of the list.
///
/// # Errors
/// None that a record could cause.
pub fn in_order(records: &mut [Record]) -> io::Result<String> {
    records.sort_by_key(|record| record.at);
    let mut text = Vec::new();
    for record in records.iter() {
        text.extend(line(record)?);
    }
    String::from_utf8(text).map_err(|_| io::ErrorKind::InvalidData.into())
}

fn line(record: &Record) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(record).map_err(io::Error::other)?;
    line.push(b'\n');
    Ok(line)
}

fn whole(file: &mut File) -> io::Result<Vec<u8>> {
    if file.metadata()?.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(LARGEST).read_to_end(&mut text)?;
    Ok(text)
}

fn failed(path: &Path, error: &io::Error) -> Phrase {
    Phrase::new(
        "the journal {path} cannot be read or written: {why}",
        "das Journal {path} lässt sich nicht lesen oder schreiben: {why}",
    )
    .with("path", Untrusted::new(path.as_os_str().as_encoded_bytes()))
    .with("why", error.to_string())
}

fn broken(path: &Path, line: usize, error: &serde_json::Error) -> Phrase {
    Phrase::new(
        "{path}, line {line}, is no record of this version of civiclint ({why}); mend the line, or begin anew with --fresh",
        "{path}, Zeile {line}, ist kein Eintrag dieser Version von civiclint ({why}); bringen Sie die Zeile in Ordnung, \
         oder beginnen Sie mit --fresh von vorn",
    )
    .with("path", Untrusted::new(path.as_os_str().as_encoded_bytes()))
    .with("line", line.to_string())
    .with("why", error.to_string())
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "what is read is no repository's file, but what the test wrote")]
mod tests {
    use super::super::testing::record;
    use super::*;
    use std::fs;

    #[test]
    fn what_was_written_is_read_again_and_a_torn_line_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        let (mut journal, before) = Journal::open(&path).unwrap();
        assert!(before.is_empty());
        for at in 0..3 {
            journal.add(&record(at)).unwrap();
        }
        drop(journal);
        let text = fs::read(&path).unwrap();
        let ends: Vec<usize> = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
        for cut in 0..text.len() {
            fs::write(&path, &text[..cut]).unwrap();
            let (mut journal, before) = Journal::open(&path).unwrap();
            let whole = ends.iter().filter(|end| **end < cut).count();
            assert_eq!(before.len(), whole, "cut at {cut}");
            journal.add(&record(9)).unwrap();
            let (_, after) = Journal::open(&path).unwrap();
            assert_eq!(after.len(), whole + 1);
            assert_eq!(after.last(), Some(&record(9)));
        }
    }

    #[test]
    fn a_line_that_is_no_record_is_told_with_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal.jsonl");
        fs::write(&path, [line(&record(0)).unwrap(), b"{}\n".to_vec()].concat()).unwrap();
        let told = Journal::open(&path).unwrap_err();
        assert!(crate::output::encode::terminal(&told.message(crate::phrase::Lang::En)).contains("line 2"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_an_error() {
        let (mut journal, _) = Journal::open(Path::new("/dev/full")).unwrap_or_else(|_| {
            let file = OpenOptions::new().write(true).open("/dev/full").unwrap();
            (Journal { file, path: "/dev/full".into() }, Vec::new())
        });
        assert_eq!(journal.add(&record(0)).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn the_order_is_that_of_the_list() {
        let mut records = vec![record(2), record(0), record(1)];
        let text = in_order(&mut records).unwrap();
        assert_eq!(records.iter().map(|record| record.at).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(text.lines().count(), 3);
    }
}
