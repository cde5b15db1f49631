//! What is there? The files of the publishable tree, their classes and marks, and the history.
//!
//! Nothing here understands a file; that is `reading`'s work. Everything that is read of a repository is read
//! through this module, and everything that could not be read is kept in [`Repository::losses`].

mod attributes;
mod bots;
mod cache;
mod class;
mod commit;
mod contents;
mod create;
mod decode;
mod file;
mod folder;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod git;
mod git_dir;
#[cfg(test)]
mod git_testing;
mod history;
mod ignored;
mod ignores;
mod index;
mod left_out;
mod limits;
mod links;
mod mailmap;
mod named;
pub mod native;
mod object_id;
mod objects;
mod past;
mod path;
mod people;
mod probe;
mod refs;
mod refusal;
mod safe_root;
mod single;
mod state;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod tree;
mod walk;
mod work;
pub mod worker;

pub use cache::Cache;
pub use class::{Class, Mark, Marks};
pub use contents::Read;
pub use create::{Folder, NotCreated};
pub use decode::decode;
pub use file::{File, FileKind};
pub use git::TagNames;
pub use history::{Commit, History, Person, Span, Tag};
pub use ignored::{Ignored, Ignores};
pub use limits::{Limit, Limits, Unit};
pub(crate) use objects::LARGEST_HEAD;
#[cfg(any(test, fuzzing))]
pub(crate) use path::is_sound as is_path;
pub use path::{Lower, RepoPath};
pub use single::text_of;
pub use state::{Blob, Stamp, State};
pub use work::{Counted, Work};

use crate::phrase::{Lang, Phrase};
use crate::untrusted::Untrusted;
use attributes::Attributes;
use contents::Texts;
use git::Git;
use jiff::civil::Date;
use object_id::ObjectId;
use safe_root::SafeRoot;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tree::Tree;
use work::Tally;

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
    /// `None` where a commit is looked at instead of a folder
    work_tree: Option<SafeRoot>,
    git: Git,
    files: Vec<File>,
    /// what is known of the content of each, in the same order
    states: Vec<State>,
    /// what a policy leaves out: it is there, but nobody looks at it
    left_out: Vec<File>,
    /// the files that are in the object database only, and where, as far as that is known
    objects: BTreeMap<Box<[u8]>, Option<ObjectId>>,
    texts: Texts,
    attributes: Attributes,
    tally: Tally,
    losses: Mutex<BTreeMap<Option<RepoPath>, Vec<Phrase>>>,
}

impl Repository {
    /// Opens the folder `path` (a work tree, a bare repository, or a plain folder) and lists its publishable tree.
    ///
    /// # Errors
    /// Where there is no such folder, or it cannot be listed at all.
    pub fn open(path: &Path, options: Options) -> Result<Self, OpenError> {
        Self::open_tree(path, options, false)
    }

    /// As [`Repository::open`], with the files of a work tree that git neither tracks nor ignores yet: what a person
    /// works on. Where there is no git at all, nothing is ignored.
    ///
    /// # Errors
    /// As [`Repository::open`].
    pub fn open_with_untracked(path: &Path, options: Options) -> Result<Self, OpenError> {
        Self::open_tree(path, options, true)
    }

    fn open_tree(path: &Path, options: Options, untracked: bool) -> Result<Self, OpenError> {
        let root = SafeRoot::open(path).map_err(|error| OpenError { why: not_opened(path, &error) })?;
        let git = Git::open(&root, path, &options).map_err(|why| OpenError { why })?;
        let limits = options.limits;
        let bare = git.dir().is_some_and(git_dir::GitDir::is_bare);
        let (work_tree, tree) = if options.rev.is_some() || bare {
            (None, tree_of_commit(&git).map_err(|why| OpenError { why })?)
        } else {
            let tree = Tree::of_work_tree(&root, &git, &limits, untracked);
            (Some(root), tree)
        };
        let stored = tree.entries.iter().filter(|entry| entry.stored);
        let objects = stored.map(|entry| (entry.path.clone().into(), entry.object)).collect();
        let files = Tree::files(&tree.entries);
        let states = tree.entries.iter().map(|entry| entry.state).collect();
        let texts = Texts::of(&files, &limits);
        let attributes = Attributes::default();
        let mut repository = Self {
            options,
            work_tree,
            git,
            files,
            states,
            left_out: Vec::new(),
            objects,
            texts,
            attributes,
            tally: Tally::default(),
            losses: Mutex::default(),
        };
        repository.count(Counted::Files, repository.files.len());
        for loss in tree.losses {
            repository.lose(loss);
        }
        repository.attributes = repository.read_attributes();
        tree::apply(&repository.attributes, &mut repository.files);
        repository.probe();
        Ok(repository)
    }

    /// What the `.gitattributes` of the tree say, those of outer folders first.
    fn read_attributes(&self) -> Attributes {
        let mut attributes = Attributes::of(self.files.iter().map(|file| file.path.as_bytes().len()).sum());
        let named = self.files.iter().filter(|file| file.path.name() == b".gitattributes");
        let mut named: Vec<&File> = named.filter(|file| file.kind == FileKind::Regular).collect();
        named.sort_by_key(|file| file.path.folder().len());
        for file in named {
            let Ok(bytes) = self.read(file) else { continue };
            if !attributes.read(file.path.folder(), &String::from_utf8_lossy(&bytes)) {
                let why = Phrase::new(
                    "has more patterns, or longer ones with more wildcards, than are followed here",
                    "hat mehr oder längere Muster oder mehr Platzhalter darin, als hier befolgt werden",
                );
                self.lose(Loss { path: Some(file.path.clone()), why });
            }
        }
        attributes
    }

    /// The day of the scan.
    pub fn as_of(&self) -> Date {
        self.options.as_of
    }

    /// How much is read at most.
    pub fn limits(&self) -> &Limits {
        &self.options.limits
    }

    /// The publishable tree, sorted by the bytes of the paths.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// What is known of the content of each of [`Repository::files`] without reading it, in the same order.
    ///
    /// Which blob a file of a work tree holds is told only where nothing is said of filters, as what lies on disk is not
    /// the blob then.
    pub fn states(&self) -> impl Iterator<Item = State> {
        let filtered = self.work_tree.is_some() && self.attributes.change_content();
        let state = move |state: &State| State { blob: state.blob.filter(|_| !filtered), ..*state };
        self.states.iter().map(state)
    }

    /// Whether git holds a reference only to the content of a file (Git LFS, git-annex), as `.gitattributes` has it;
    /// `None` where that has more lines than are followed.
    pub fn lies_elsewhere(&self, file: &File) -> Option<bool> {
        self.attributes.lies_elsewhere(file.path.as_bytes())
    }

    /// Whether the size of a file is only the least that it can be, as a partial clone left the file on the server.
    pub fn is_least(&self, file: &File) -> bool {
        let promised = self.git.dir().and_then(git_dir::GitDir::promised);
        matches!(promised, Some(git_dir::Promised::From(least)) if file.len == Some(least))
    }

    /// The files directly at the root, sorted by the bytes of their names.
    pub fn root_files(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.path.at_root())
    }

    /// The file at a path, compared byte by byte; those that are left out are found as well.
    pub fn file(&self, path: impl AsRef<[u8]>) -> Option<&File> {
        let path = path.as_ref();
        self.place(path).and_then(|at| self.files.get(at)).or_else(|| self.left_out_file(path))
    }

    /// The file at the root that has this name in whatever case of its (ASCII) letters; the exact one first.
    pub fn root_file(&self, name: &str) -> Option<&File> {
        self.file(name)
            .or_else(|| self.root_files().find(|file| file.path.as_bytes().eq_ignore_ascii_case(name.as_bytes())))
    }

    fn place(&self, path: &[u8]) -> Option<usize> {
        self.files.binary_search_by(|file| file.path.as_bytes().cmp(path)).ok()
    }

    /// Whether the tree holds at least one file below this folder (without a slash at its end), left out or not.
    pub fn has_folder(&self, path: impl AsRef<[u8]>) -> bool {
        let mut prefix = path.as_ref().to_vec();
        prefix.push(b'/');
        [&self.files, &self.left_out].into_iter().any(|files| {
            let at = files.partition_point(|file| file.path.as_bytes() < prefix.as_slice());
            files.get(at).is_some_and(|file| file.path.as_bytes().starts_with(&prefix))
        })
    }

    /// Keeps something that could not be looked at; the report says it and the exit code becomes 3.
    pub fn lose(&self, loss: Loss) {
        let mut losses = self.losses.lock().unwrap_or_else(PoisonError::into_inner);
        let here = losses.entry(loss.path).or_default();
        if !here.contains(&loss.why) {
            here.push(loss.why);
        }
    }

    /// What could not be looked at so far, sorted by path.
    pub fn losses(&self) -> Vec<Loss> {
        let mut losses = self.losses.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for why in self.git.losses() {
            let whole = losses.entry(None).or_default();
            if !whole.contains(&why) {
                whole.push(why);
            }
        }
        // what was lost at the same path comes in an order that does not depend on who was first
        for here in losses.values_mut() {
            here.sort_by_cached_key(|why| format!("{:?}", why.message(Lang::En)));
        }
        let each = losses.into_iter();
        each.flat_map(|(path, here)| here.into_iter().map(move |why| Loss { path: path.clone(), why })).collect()
    }

    /// Starts reading the history in the background, as far back as these questions need it, so that it is there when
    /// they are asked. Nothing is read where no question needs it.
    pub fn expect_history(&self, questions: BTreeMap<&'static str, Span>) {
        self.git.expect_history(questions, || self.mailmap());
    }

    /// The history as far back as a question needs it by what [`Repository::expect_history`] was told, else all of it:
    /// read in a process of its own.
    ///
    /// # Errors
    /// Why not all that the question needs is there: no git, no commits yet, a shallow clone, a damaged or unsupported
    /// object database, commits whose dates cannot be believed, no worker, the deadline.
    pub fn history(&self, question: &'static str) -> Result<Arc<History>, Phrase> {
        self.git.history(question, || self.mailmap())
    }

    /// What the tags are called, without a look at the history.
    ///
    /// # Errors
    /// Why nobody can tell: no git, or a git folder that cannot be read.
    pub fn tag_names(&self) -> Result<&TagNames, Phrase> {
        self.git.tags()
    }

    fn mailmap(&self) -> Vec<u8> {
        self.file(".mailmap").and_then(|file| self.read(file).ok()).unwrap_or_default()
    }

    /// Whether git knows anything about this folder.
    pub fn has_git(&self) -> bool {
        self.git.dir().is_some()
    }

    /// The commit looked at, in hexadecimal; `None` for plain folders and unborn branches.
    pub fn revision(&self) -> Option<&str> {
        self.git.revision()
    }

    /// The addresses that git fetches from, `origin` first, as its configuration has them: for comparing, as they may
    /// hold passwords.
    pub fn remotes(&self) -> impl Iterator<Item = &[u8]> {
        self.git.dir().into_iter().flat_map(git_dir::GitDir::remotes).map(Vec::as_slice)
    }

    /// Whether a folder of files is looked at, not a commit or a bare repository.
    pub fn has_work_tree(&self) -> bool {
        self.work_tree.is_some()
    }

    /// What the process that reads git objects gave away; `None` where none was needed so far.
    pub fn confinement(&self) -> Option<worker::Confinement> {
        self.git.confinement()
    }

    /// Whether this is a shallow clone.
    pub fn is_shallow(&self) -> bool {
        self.git.is_shallow()
    }
}

/// The files of the commit that is looked at; of a branch without commits, none.
fn tree_of_commit(git: &Git) -> Result<Tree, Phrase> {
    let Some(commit) = git.commit() else {
        return git.losses().into_iter().next().map_or_else(|| Ok(Tree::default()), Err);
    };
    let objects = git.objects().ok_or_else(|| {
        Phrase::new(
            "this repository has no work tree, and the program that reads git objects cannot be started",
            "dieses Repository hat keinen Arbeitsbaum, und das Programm, das Git-Objekte liest, lässt sich nicht starten",
        )
    })?;
    Tree::of_commit(objects, commit)
}

/// Why the folder that somebody named cannot be opened, and what to do.
fn not_opened(path: &Path, error: &io::Error) -> Phrase {
    let named = Untrusted::new(native::bytes_of(path.as_os_str()));
    if named.lossy().contains("://") {
        // not repeated, as it may hold a password
        return Phrase::new(
            "this is an address and no folder; clone the repository first, then name its folder",
            "das ist eine Adresse und kein Ordner; klonen Sie das Repository zuerst und nennen Sie dann seinen Ordner",
        );
    }
    let phrase = match error.kind() {
        io::ErrorKind::NotFound => Phrase::new(
            "there is no folder {path}; check how it is written, and from where",
            "einen Ordner {path} gibt es nicht; prüfen Sie die Schreibweise und von wo aus er gesucht wird",
        ),
        io::ErrorKind::NotADirectory => Phrase::new(
            "{path} is no folder; name the folder that holds the repository",
            "{path} ist kein Ordner; nennen Sie den Ordner, in dem das Repository liegt",
        ),
        io::ErrorKind::PermissionDenied => Phrase::new(
            "the folder {path} may not be read; give yourself permission to, or choose another",
            "der Ordner {path} darf nicht gelesen werden; geben Sie sich das Recht dazu oder wählen Sie einen anderen",
        ),
        _ => {
            return Phrase::new(
                "the folder {path} cannot be opened: {why}",
                "der Ordner {path} lässt sich nicht öffnen: {why}",
            )
            .with("path", named)
            .with("why", error.to_string());
        }
    };
    phrase.with("path", named)
}
