//! Which files make up the publishable tree?
//!
//! Those that git tracks, as its index says, without those deleted on disk; the files of one commit, where there is
//! no work tree or another revision is asked for; or the files of a folder of which git says nothing.

use super::attributes::Attributes;
use super::class::{Endings, Folder};
use super::folder::Ignored;
use super::git::Git;
use super::git_dir::ObjectFormat;
use super::object_id::ObjectId;
use super::objects::Objects;
use super::path::{RepoPath, is_sound};
use super::refusal::Refusal;
use super::safe_root::{EntryKind, SafeRoot};
use super::state::{Blob, Stamp, State};
use super::worker::message::EntryRecord;
use super::{File, FileKind, Limit, Limits, Loss, folder, ignores, index};
use crate::phrase::Phrase;
use rayon::prelude::*;

/// An entry of the tree before it is known what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: Vec<u8>,
    pub(super) kind: FileKind,
    pub(super) len: Option<u64>,
    /// whether git keeps it in the object database only: in a commit, or left out by a sparse checkout
    pub(super) stored: bool,
    /// where it is in the object database, if it may have to be read from there
    pub(super) object: Option<ObjectId>,
    /// what is known of its content
    pub(super) state: State,
}

impl Entry {
    pub(super) fn new(path: Vec<u8>, kind: FileKind) -> Self {
        Self { path, kind, len: None, stored: false, object: None, state: State::default() }
    }

    fn folder(&self) -> &[u8] {
        let slash = self.path.iter().rposition(|byte| *byte == b'/');
        slash.and_then(|slash| self.path.get(..slash)).unwrap_or_default()
    }

    fn name(&self) -> &[u8] {
        self.path.rsplit(|byte| *byte == b'/').next().unwrap_or_default()
    }
}

/// The tree, and what is missing in it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// sorted by path, each path once
    pub(super) entries: Vec<Entry>,
    pub(super) losses: Vec<Loss>,
    /// when the index was written that named them
    written: Option<(u32, u32)>,
}

impl Tree {
    /// What git tracks in a work tree; or what lies in the folder, where git says nothing. As much as `limits` allow.
    /// With `untracked` also what it neither tracks nor ignores, and everything where there is no git.
    pub(super) fn of_work_tree(root: &SafeRoot, git: &Git, limits: &Limits, untracked: bool) -> Self {
        let Some(dir) = git.dir() else {
            let why = git.losses().first().map(|_| no_list());
            let ignored = if untracked && why.is_none() { Ignored::Nothing } else { Ignored::ByRules(Vec::new()) };
            return Self::from_folder(root, limits, why, &ignored);
        };
        let hash = if dir.object_format() == ObjectFormat::Sha256 { 32 } else { 20 };
        match index::read(dir.root(), hash, limits) {
            Ok(Some(index)) => {
                let mut tree = Self::of_index(root, index, git.objects(), limits);
                if untracked {
                    tree.add_untracked(root, dir.common().read(b"info/exclude", ignores::BYTES), limits);
                }
                tree
            }
            // nothing was ever committed or added: the files that would be
            Ok(None) if git.commit().is_none() && git.losses().is_empty() => Self::of_folder(root, limits, None),
            Ok(None) => Self::of_folder(root, limits, Some(index::missing())),
            Err(why) => Self::of_folder(root, limits, Some(why)),
        }
    }

    /// The files of a commit.
    ///
    /// # Errors
    /// Why not even its root folder can be read.
    pub(super) fn of_commit(objects: &Objects, commit: ObjectId) -> Result<Self, Phrase> {
        let listing = objects.list(commit)?;
        let mut tree = Self::default();
        tree.losses.extend(listing.gaps.into_iter().map(|why| Loss { path: None, why }));
        for entry in listing.entries {
            tree.take(entry, b"");
        }
        Ok(tree)
    }

    /// Takes in what lies in the folder and is neither tracked nor ignored; `exclude` is git's own list beside the
    /// `.gitignore` files.
    fn add_untracked(&mut self, root: &SafeRoot, exclude: Result<Vec<u8>, Refusal>, limits: &Limits) {
        let found = folder::list(root, limits, &Ignored::ByRules(exclude.unwrap_or_default()));
        let mut new = found.entries;
        new.retain(|entry| self.entries.binary_search_by(|known| known.path.cmp(&entry.path)).is_err());
        self.entries.extend(new);
        self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        self.losses.extend(found.losses);
        let most = limits.count(Limit::Files);
        if found.cut == Some(Limit::FolderSeconds) {
            self.cut(limits, Limit::FolderSeconds);
        } else if found.cut.is_some() || self.entries.len() > most {
            self.entries.truncate(most);
            self.cut(limits, Limit::Files);
        }
    }

    fn of_folder(root: &SafeRoot, limits: &Limits, why: Option<Phrase>) -> Self {
        Self::from_folder(root, limits, why, &Ignored::ByRules(Vec::new()))
    }

    fn from_folder(root: &SafeRoot, limits: &Limits, why: Option<Phrase>, ignored: &Ignored) -> Self {
        let found = folder::list(root, limits, ignored);
        let mut tree = Self { entries: found.entries, losses: found.losses, written: None };
        tree.losses.extend(why.map(|why| Loss { path: None, why }));
        if let Some(limit) = found.cut {
            tree.cut(limits, limit);
        }
        tree
    }

    fn of_index(root: &SafeRoot, index: index::Index, objects: Option<&Objects>, limits: &Limits) -> Self {
        let mut tree = Self { losses: index.losses, written: index.written, ..Self::default() };
        let mut cut = index.cut;
        for entry in index.entries {
            let object = ObjectId::new(&entry.oid);
            if entry.is_folder() {
                tree.left_out(entry.path, object, objects);
            } else {
                let stored = entry.skip_worktree;
                let object = object.filter(|_| stored);
                let state = entry.state;
                tree.entries.push(Entry { stored, object, state, ..Entry::new(entry.path, kind_of_mode(entry.mode)) });
            }
        }
        tree.entries.sort_by(|a, b| a.path.cmp(&b.path));
        tree.entries.dedup_by(|b, a| a.path == b.path);
        let most = limits.count(Limit::Files);
        if tree.entries.len() > most {
            tree.entries.truncate(most);
            cut = true;
        }
        if cut {
            tree.cut(limits, Limit::Files);
        }
        tree.look(root);
        tree
    }

    /// Takes in a folder that a sparse checkout leaves out.
    fn left_out(&mut self, folder: Vec<u8>, object: Option<ObjectId>, objects: Option<&Objects>) {
        let listing = match (object, objects) {
            (Some(object), Some(objects)) => objects.list(object),
            _ => Err(Phrase::new(
                "is left out by a sparse checkout and was not looked at",
                "ist durch einen Sparse-Checkout ausgelassen und wurde nicht angesehen",
            )),
        };
        match listing {
            Err(why) => self.losses.push(Loss { path: Some(RepoPath::new(folder)), why }),
            Ok(listing) => {
                let gaps = listing.gaps.into_iter();
                self.losses.extend(gaps.map(|why| Loss { path: Some(RepoPath::new(&folder)), why }));
                for entry in listing.entries {
                    self.take(entry, &folder);
                }
            }
        }
    }

    /// Keeps an entry of a git tree that lies in `folder`, unless it names a place outside.
    fn take(&mut self, entry: EntryRecord, folder: &[u8]) {
        let mut path = folder.to_vec();
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(&entry.path);
        if is_sound(&path) {
            let kind = kind_of_mode(entry.mode);
            let state = State { stamp: None, blob: Blob::new(entry.id.as_bytes()) };
            self.entries.push(Entry { path, kind, len: entry.len, stored: true, object: Some(entry.id), state });
        } else {
            let why = Phrase::new(
                "is named in a git tree, but is no path inside the repository; it was not opened",
                "steht in einem Git-Baum, ist aber kein Pfad innerhalb des Repositorys; die Datei wurde nicht geöffnet",
            );
            self.losses.push(Loss { path: Some(RepoPath::new(path)), why });
        }
    }

    /// Says that there are more.
    fn cut(&mut self, limits: &Limits, limit: Limit) {
        let why = Phrase::new(
            "only the first {count} files were looked at",
            "nur die ersten {count} Dateien wurden angesehen",
        );
        let why = why.with("count", self.entries.len().to_string());
        self.losses.push(Loss { path: None, why: limits.hit(limit, why) });
    }

    /// Sees which of the tracked files are there, and what they are; the folders are opened in parallel.
    fn look(&mut self, root: &SafeRoot) {
        let seen: Vec<(Vec<Seen>, Option<Loss>)> = self
            .entries
            .par_chunk_by(|a, b| a.folder() == b.folder())
            .map(|entries| look_into(root, entries))
            .collect();
        let mut all = Vec::with_capacity(self.entries.len());
        for (seen, loss) in seen {
            all.extend(seen);
            if let Some(loss) = loss
                && !self.losses.contains(&loss)
            {
                self.losses.push(loss);
            }
        }
        let mut all = all.into_iter();
        let written = self.written;
        self.entries.retain_mut(|entry| match all.next() {
            Some(Seen::Gone) => false,
            Some(Seen::As(kind, len, stamp)) => {
                entry.kind = kind;
                entry.len = len.or(entry.len);
                entry.state = State::on_disk(entry.state, written, stamp);
                true
            }
            Some(Seen::Unknown) | None => {
                entry.state = State { stamp: None, blob: entry.state.blob.filter(|_| entry.stored) };
                true
            }
        });
    }

    /// The files with their classes and marks, before `.gitattributes`.
    pub(super) fn files(entries: &[Entry]) -> Vec<File> {
        entries
            .par_chunk_by(|a, b| a.folder() == b.folder())
            .flat_map_iter(|entries| {
                let folder = Folder::of(entries.first().map(Entry::folder).unwrap_or_default());
                let mut endings = Endings::default();
                entries.iter().map(move |entry| {
                    let path = RepoPath::new(&entry.path);
                    let (class, marks) = folder.next_file(&path, entry.len, &mut endings);
                    File { path, class, marks, kind: entry.kind.clone(), len: entry.len }
                })
            })
            .collect()
    }
}

/// Sets marks and classes by `.gitattributes`.
pub(super) fn apply(attributes: &Attributes, files: &mut [File]) {
    if !attributes.is_empty() {
        files.par_iter_mut().for_each(|file| attributes.apply(file));
    }
}

/// What the disk says of a tracked file.
enum Seen {
    /// deleted, and so no part of the tree
    Gone,
    As(FileKind, Option<u64>, Option<Stamp>),
    /// it could not be reached, or is no file: whoever reads it is told
    Unknown,
}

/// Looks at the files of one folder.
fn look_into(root: &SafeRoot, entries: &[Entry]) -> (Vec<Seen>, Option<Loss>) {
    let folder = entries.first().map(Entry::folder).unwrap_or_default();
    match root.folder(folder) {
        Ok(here) => (entries.iter().map(|entry| look_at(&here, entry)).collect(), None),
        Err(refusal) => {
            let gone = matches!(refusal, Refusal::NotFound | Refusal::Dangling);
            let seen = entries.iter().map(|entry| if gone && !may_miss(entry) { Seen::Gone } else { Seen::Unknown });
            // where a folder was swapped for a link, whoever wants a file in it is told
            let silent = gone || matches!(refusal, Refusal::LeadsOut | Refusal::IntoGit | Refusal::LinkLoop);
            let loss = (!silent).then(|| Loss { path: Some(RepoPath::new(folder)), why: refusal.phrase() });
            (seen.collect(), loss)
        }
    }
}

fn look_at(here: &SafeRoot, entry: &Entry) -> Seen {
    match here.stat(entry.name()) {
        _ if entry.kind == FileKind::Submodule => Seen::Unknown,
        Ok(stat) if stat.kind == EntryKind::File => Seen::As(FileKind::Regular, Some(stat.len), stat.stamp),
        Ok(stat) if stat.kind == EntryKind::Link => Seen::As(FileKind::Link, None, None),
        Ok(_) => Seen::As(FileKind::Regular, None, None),
        Err(Refusal::NotFound) if !may_miss(entry) => Seen::Gone,
        Err(_) => Seen::Unknown,
    }
}

/// Whether a file that is not on disk is part of the tree all the same.
fn may_miss(entry: &Entry) -> bool {
    entry.stored || entry.kind == FileKind::Submodule
}

fn kind_of_mode(mode: u32) -> FileKind {
    match mode & 0o170_000 {
        0o120_000 => FileKind::Link,
        0o160_000 => FileKind::Submodule,
        _ => FileKind::Regular,
    }
}

fn no_list() -> Phrase {
    Phrase::new(
        "git could not be asked which files it tracks; all files of the folder were taken, except those that .gitignore names",
        "Git ließ sich nicht fragen, welche Dateien es verwaltet; es gelten alle Dateien des Ordners außer denen, die .gitignore nennt",
    )
}
