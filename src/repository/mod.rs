//! What is there? The files of the publishable tree, their classes and marks, and the history.
//!
//! Nothing here understands a file; that is `reading`'s work. Everything that is read of a repository is read
//! through this module, and everything that could not be read is kept in [`Repository::losses`].

mod bots;
mod class;
mod commit;
mod file;
mod git;
mod git_dir;
#[cfg(test)]
mod git_testing;
mod history;
mod index;
mod links;
mod mailmap;
mod object_id;
mod objects;
mod past;
mod path;
mod people;
mod refs;
mod refusal;
mod safe_root;
#[cfg(test)]
mod testing;
mod walk;
pub mod worker;

pub use class::{Class, Mark, Marks};
pub use file::{File, FileKind};
pub use history::{Commit, History, Person, Tag};
pub use path::RepoPath;

use crate::phrase::Phrase;
use git::Git;
use jiff::civil::Date;
use safe_root::SafeRoot;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

/// How a repository is to be looked at.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day of the scan; all arithmetic with dates starts here.
    pub as_of: Date,
    /// A revision to look at instead of the work tree: a branch, tag or commit id.
    pub rev: Option<String>,
    /// Bounds of what is read.
    pub limits: Limits,
    /// This program, to be started as the worker that reads git's objects; without it there is no history.
    pub worker: Option<PathBuf>,
    /// How far back the history is needed: older commits are read only until one by a person is found.
    pub history_since: Option<Date>,
}

/// Bounds of what is read; whoever hits one finds it among the losses.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// files of the tree
    pub entries: usize,
    /// bytes of one file that is parsed
    pub file_bytes: u64,
    /// commits of the history
    pub commits: usize,
    /// seconds until the history worker is stopped
    pub history_seconds: u64,
}

impl Default for Limits {
    /// The limits of `threats.md` part 6.
    fn default() -> Self {
        Self { entries: 200_000, file_bytes: 8 << 20, commits: 200_000, history_seconds: 20 }
    }
}

/// Something that could not be looked at. Any of these ends in exit code 3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The file or folder; `None` for the repository as a whole.
    pub path: Option<RepoPath>,
    /// What happened, and why.
    pub why: Phrase,
}

/// Why a path cannot be looked at, at all.
#[derive(Debug, thiserror::Error)]
#[error("the repository cannot be opened")]
pub struct OpenError {
    /// What is wrong and what to do.
    pub why: Phrase,
}

/// A repository, opened for looking.
pub struct Repository {
    options: Options,
    files: Vec<File>,
    texts: Vec<OnceLock<Result<Arc<str>, Phrase>>>,
    losses: Mutex<Vec<Loss>>,
    root: PathBuf,
    git: Git,
}

impl Repository {
    /// Opens the folder `path` (a work tree, a bare repository, or a plain folder) and lists its publishable tree.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be listed at all.
    pub fn open(path: &Path, options: Options) -> Result<Self, OpenError> {
        let root = SafeRoot::open(path).map_err(|error| OpenError {
            why: Phrase::new("cannot be opened: {why}", "lässt sich nicht öffnen: {why}")
                .with("why", error.to_string()),
        })?;
        let git = Git::open(&root, path, &options).map_err(|why| OpenError { why })?;
        let files = file::list(path)?;
        let texts = files.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { options, files, texts, losses: Mutex::default(), root: path.to_owned(), git })
    }

    /// The day of the scan.
    pub fn as_of(&self) -> Date {
        self.options.as_of
    }

    /// The publishable tree, sorted by the bytes of the paths.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The file at a path, compared byte by byte.
    pub fn file(&self, path: impl AsRef<[u8]>) -> Option<&File> {
        let at = self.files.binary_search_by(|file| file.path.as_bytes().cmp(path.as_ref())).ok()?;
        self.files.get(at)
    }

    /// Whether the tree holds at least one file below this folder (without a slash at its end).
    pub fn has_folder(&self, path: impl AsRef<[u8]>) -> bool {
        let mut prefix = path.as_ref().to_vec();
        prefix.push(b'/');
        let at = self.files.partition_point(|file| file.path.as_bytes() < prefix.as_slice());
        self.files.get(at).is_some_and(|file| file.path.as_bytes().starts_with(&prefix))
    }

    /// The bytes of a file, up to the limit for one file; not kept.
    ///
    /// # Errors
    /// The reason why it cannot be read: too large, no regular file, gone, not permitted. It is also kept as a loss.
    pub fn read(&self, file: &File) -> Result<Vec<u8>, Phrase> {
        std::fs::read(self.root.join(String::from_utf8_lossy(file.path.as_bytes()).as_ref())).map_err(|error| {
            Phrase::new("cannot be read: {why}", "lässt sich nicht lesen: {why}").with("why", error.to_string())
        })
    }

    /// The first `limit` bytes of a file, of whatever size it is; not kept. For telling formats by their beginning.
    ///
    /// # Errors
    /// As [`Repository::read`], except that no file is too large.
    pub fn head(&self, file: &File, limit: usize) -> Result<Vec<u8>, Phrase> {
        self.read(file).map(|mut bytes| {
            bytes.truncate(limit);
            bytes
        })
    }

    /// The text of a file, decoded (BOM, UTF-8, UTF-16, else Latin-1) and kept for whoever asks next.
    ///
    /// # Errors
    /// As [`Repository::read`]; and where the file is binary.
    pub fn text(&self, file: &File) -> Result<Arc<str>, Phrase> {
        let at = self
            .files
            .binary_search_by(|other| other.path.cmp(&file.path))
            .map_err(|_| Phrase::new("is not part of the tree", "gehört nicht zum Dateibaum"))?;
        self.texts[at].get_or_init(|| self.read(file).map(|bytes| String::from_utf8_lossy(&bytes).into())).clone()
    }

    /// The text of a file, decoded as [`Repository::text`] does, but not kept: for passes over all files.
    ///
    /// # Errors
    /// As [`Repository::text`].
    pub fn text_once(&self, file: &File) -> Result<Arc<str>, Phrase> {
        self.read(file).map(|bytes| String::from_utf8_lossy(&bytes).into())
    }

    /// Keeps something that could not be looked at; the report says it and the exit code becomes 3.
    pub fn lose(&self, loss: Loss) {
        if let Ok(mut losses) = self.losses.lock()
            && !losses.contains(&loss)
        {
            losses.push(loss);
        }
    }

    /// What could not be looked at so far, sorted by path.
    pub fn losses(&self) -> Vec<Loss> {
        let mut losses = self.losses.lock().map(|losses| losses.clone()).unwrap_or_default();
        for why in self.git.losses() {
            let loss = Loss { path: None, why: why.clone() };
            if !losses.contains(&loss) {
                losses.push(loss);
            }
        }
        losses.sort_by(|a, b| a.path.cmp(&b.path));
        losses
    }

    /// Starts reading the history in the background, so that it is there when somebody asks.
    pub fn expect_history(&self) {
        self.git.expect_history(|| self.mailmap());
    }

    /// The history: read once, in a process of its own.
    ///
    /// # Errors
    /// The reason why there is none: no git, no commits yet, a shallow clone, a damaged or unsupported object
    /// database, no worker, the deadline.
    pub fn history(&self) -> Result<&History, Phrase> {
        self.git.history(|| self.mailmap())
    }

    fn mailmap(&self) -> Vec<u8> {
        self.file(".mailmap").and_then(|file| self.read(file).ok()).unwrap_or_default()
    }

    /// The commit looked at, in hexadecimal; `None` for plain folders and unborn branches.
    pub fn revision(&self) -> Option<&str> {
        self.git.revision()
    }

    /// Whether this is a shallow clone.
    pub fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }
}
