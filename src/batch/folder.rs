//! What lies where in the folder of a batch, and who may work in it?

use super::entry::HASH_DIGITS;
use super::lock;
use crate::phrase::Phrase;
use crate::portfolio::run::FILE;
use crate::untrusted::Untrusted;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The folder that `--out` names, held by this process until it ends, however it ends.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

/// What a kill may leave behind: a file that was not yet renamed; see `output::write`.
const UNFINISHED: &str = ".part";

/// What a run may have left that was killed before it said which run it is.
const BEGUN: [&str; 8] =
    ["cache", "clones", "forges", "journal.jsonl", "journal.previous", "lock", "results", "run.previous"];

impl Folder {
    /// Makes the folder where there is none, takes it, and removes what an interrupted run left unfinished. A folder that
    /// holds something else is somebody's: an index.html in it is not to be replaced.
    ///
    /// # Errors
    /// Where it cannot be made or written to, holds something else, or where another process works in it.
    pub fn take(path: &Path) -> Result<Self, Phrase> {
        if let Some(other) = foreign(path).map_err(|error| unusable(path, &error))? {
            return Err(occupied(path, &other));
        }
        let made = fs::create_dir_all(path.join("results"));
        let lock = made.and_then(|()| lock(&path.join("lock")));
        let lock = lock.map_err(|error| unusable(path, &error))?.map_err(|owner| busy(path, &owner))?;
        let folder = Self { path: path.to_owned(), _lock: lock };
        for swept in [folder.path.clone(), folder.path.join("results")] {
            sweep(&swept).map_err(|error| unusable(path, &error))?;
        }
        Ok(folder)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where records are written.
    pub fn journal(&self) -> PathBuf {
        self.path.join("journal.jsonl")
    }

    /// Where the journal of the run before lies, for `--since`.
    pub fn previous(&self) -> PathBuf {
        self.path.join("journal.previous")
    }

    /// Where the results of a repository lie, without an ending.
    pub fn results(&self, key: &str) -> PathBuf {
        self.path.join("results").join(key)
    }

    /// Removes the results of repositories that are not among these keys.
    ///
    /// # Errors
    /// Where the folder cannot be read or a file not be removed.
    pub fn keep_results(&self, keep: impl Fn(&str) -> bool) -> io::Result<()> {
        for entry in fs::read_dir(self.path.join("results"))? {
            let entry = entry?;
            let name = entry.file_name();
            let key = name.to_str().and_then(key_of);
            if key.is_some_and(|key| !keep(key)) && entry.file_type()?.is_file() {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

/// Something in a folder that is there and that no batch made.
fn foreign(path: &Path) -> io::Result<Option<OsString>> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if path.join(FILE).exists() {
        return Ok(None);
    }
    for entry in entries {
        let name = entry?.file_name();
        let is_ours = name.to_str().is_some_and(|name| BEGUN.contains(&name) || is_unfinished(name));
        if !is_ours {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The key in the name of a file of results; `None` where it is no such name. See `entry`.
fn key_of(name: &str) -> Option<&str> {
    let key = name.strip_suffix(".json").or_else(|| name.strip_suffix(".sarif"))?;
    let hash = key.rsplit('-').next().unwrap_or(key);
    let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(key)
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(UNFINISHED)
}

/// The lock, or who has it.
fn lock(path: &Path) -> io::Result<Result<File, String>> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    if lock::take(&file)? {
        // The number is for people only: the lock is the system's, and ends with the process.
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        writeln!(file, "{}", std::process::id())?;
        return Ok(Ok(file));
    }
    let mut owner = String::new();
    file.take(20).read_to_string(&mut owner)?;
    Ok(Err(owner.trim().to_owned()))
}

fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().is_some_and(is_unfinished) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn unusable(path: &Path, error: &io::Error) -> Phrase {
    Phrase::new("the folder {path} cannot be used: {why}", "der Ordner {path} lässt sich nicht benutzen: {why}")
        .with("path", Untrusted::new(path.as_os_str().as_encoded_bytes()))
        .with("why", error.to_string())
}

fn occupied(path: &Path, other: &OsStr) -> Phrase {
    Phrase::new(
        "{path} holds {other}, which no batch has made; take a folder that is new or empty",
        "in {path} liegt {other}, das nicht von einem solchen Lauf stammt; nehmen Sie einen neuen oder leeren Ordner",
    )
    .with("path", Untrusted::new(path.as_os_str().as_encoded_bytes()))
    .with("other", Untrusted::new(other.as_encoded_bytes()))
}

fn busy(path: &Path, owner: &str) -> Phrase {
    Phrase::new(
        "another batch works in {path} (process {owner}); wait for its end, or take another folder",
        "in {path} arbeitet schon ein anderer Lauf (Prozess {owner}); warten Sie sein Ende ab, oder nehmen Sie einen \
         anderen Ordner",
    )
    .with("path", Untrusted::new(path.as_os_str().as_encoded_bytes()))
    .with("owner", if owner.is_empty() { "?" } else { owner })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_do_not_work_in_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = Folder::take(folder.path()).unwrap();
        assert!(Folder::take(folder.path()).is_err());
        drop(first);
        assert!(Folder::take(folder.path()).is_ok());
    }

    #[test]
    fn what_was_not_finished_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let results = folder.path().join("results");
        fs::create_dir(&results).unwrap();
        let (ours, other) = ("amt-0123456789ab.json", "0123456789ac.sarif");
        for name in [".a.json.12.0.part", "b.json", "c.part", ".keep", ours, other, "amt-0123.json"] {
            fs::write(results.join(name), "x").unwrap();
        }
        let taken = Folder::take(folder.path()).unwrap();
        let left = |folder: &Path| {
            let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(left(&results), [".keep", other, "amt-0123.json", ours, "b.json", "c.part"]);
        taken.keep_results(|key| key == "amt-0123456789ab").unwrap();
        assert_eq!(left(&results), [".keep", "amt-0123.json", ours, "b.json", "c.part"]);
    }

    #[test]
    fn the_folder_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "mine").unwrap();
        assert!(Folder::take(folder.path()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was made in it");
        // What a batch has made may be taken again.
        fs::write(folder.path().join(FILE), "{}").unwrap();
        assert!(Folder::take(folder.path()).is_ok());
        let begun = tempfile::tempdir().unwrap();
        drop(Folder::take(begun.path()).unwrap());
        fs::write(begun.path().join(".run.json.7.0.part"), "").unwrap();
        assert!(Folder::take(begun.path()).is_ok());
    }

    #[test]
    fn a_file_is_no_folder() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Folder::take(file.path()).is_err());
    }
}
