//! Where does git keep its own data about this folder, and may it be read?
//!
//! `.git` is part of what a stranger hands us. It may be read only where it belongs to the folder that is looked
//! at, and only after everything in it that a library opens unasked was found to be a regular file of sane size
//! (`threats.md` 3, "pre-flight"). The environment (`GIT_DIR` and the like) has no say.

mod alternates;
mod config;
mod gitfile;
#[cfg(test)]
mod tests;

pub(crate) use config::{ObjectFormat, Promised};

use super::limits::{Limit, Limits};
use super::object_id::ObjectId;
use super::refusal::Refusal;
use super::safe_root::{EntryKind, SafeRoot};
use crate::phrase::Phrase;
use config::Config;
use std::path::{Path, PathBuf};

/// The largest `config`, `HEAD` or `.git` file, which people write or could have written.
const SMALL_FILE_BYTES: u64 = 1 << 20;
/// How many commits may be named as the edge of a shallow clone.
const SHALLOW_COMMITS: usize = 100_000;

/// Git's own folder, which belongs to the folder looked at.
#[derive(Debug)]
pub(crate) struct GitDir {
    root: SafeRoot,
    limits: Limits,
    /// where refs, objects and configuration are, where that is elsewhere: in a linked worktree
    common: Option<SafeRoot>,
    objects: PathBuf,
    alternates: Vec<Vec<u8>>,
    bare: bool,
    format: ObjectFormat,
    shallow: Vec<ObjectId>,
    remotes: Vec<Vec<u8>>,
    leaves_tags: bool,
    promised: Option<Promised>,
    grafts: bool,
    history: Result<(), Phrase>,
    oddity: Option<Phrase>,
}

impl GitDir {
    /// Looks for git's folder at a work tree or bare repository; `None` where there is none.
    ///
    /// # Errors
    /// Where there is a `.git` that must not be followed: a link, or a file that leads to a folder that does not lead
    /// back here.
    pub(crate) fn find(tree: &SafeRoot, path: &Path, limits: &Limits) -> Result<Option<Self>, Phrase> {
        match tree.stat(b".git").map(|stat| stat.kind) {
            Ok(EntryKind::Folder) => {
                let root = tree.folder(b".git").map_err(|_| odd_file(b"", EntryKind::Special))?;
                if root.stat(b"commondir").is_ok() {
                    return Err(Phrase::new(
                        "git: the .git folder says that its data are elsewhere (commondir), as only linked \
                         worktrees do; it was not followed",
                        "Git: Der .git-Ordner sagt, seine Daten lägen anderswo (commondir), wie es nur \
                         verknüpfte Arbeitsbäume tun; dem wurde nicht gefolgt",
                    ));
                }
                Ok(Some(Self::open(root, &path.join(".git"), None, false, limits)))
            }
            Ok(EntryKind::File) => gitfile::follow(tree, path, limits).map(Some),
            Ok(kind) => Err(odd_file(b"", kind)),
            Err(Refusal::NotFound) if is_git_folder(tree) => {
                let root = SafeRoot::open(path).map_err(|_| odd_file(b"", EntryKind::Special))?;
                Ok(Some(Self::open(root, path, None, true, limits)))
            }
            Err(Refusal::NotFound) => Ok(None),
            Err(_) => Err(odd_file(b"", EntryKind::Special)),
        }
    }

    fn open(root: SafeRoot, path: &Path, common: Option<(SafeRoot, PathBuf)>, bare: bool, limits: &Limits) -> Self {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (common, common_path) = common.map_or((None, path.clone()), |(root, path)| (Some(root), path));
        let mut git = Self {
            root,
            limits: *limits,
            common,
            objects: common_path.join("objects"),
            alternates: Vec::new(),
            bare,
            format: ObjectFormat::Sha1,
            shallow: Vec::new(),
            remotes: Vec::new(),
            leaves_tags: false,
            promised: None,
            grafts: false,
            history: Ok(()),
            oddity: None,
        };
        git.history = git.look();
        let odd = git.common().list(b"info").unwrap_or_default();
        let odd = odd.iter().find(|(_, kind)| !matches!(kind, EntryKind::File | EntryKind::Folder));
        git.oddity = odd.map(|(name, kind)| odd_file(&[b"info/", name.as_slice()].concat(), *kind));
        git
    }

    /// Everything that must hold before a commit is read.
    fn look(&mut self) -> Result<(), Phrase> {
        for file in [&b"HEAD"[..], b"commondir", b"gitdir"] {
            plain_file(&self.root, file, &self.limits)?;
        }
        for file in [&b"config"[..], b"packed-refs", b"shallow"] {
            plain_file(self.common(), file, &self.limits)?;
        }
        let config = read_config(self.common(), b"config")?;
        self.format = config.object_format();
        // `origin` is where a clone comes from; whoever takes the first takes that.
        let origin = config.remotes.get(b"origin".as_slice()).into_iter();
        let others = config.remotes.iter().filter(|(name, _)| name.as_slice() != b"origin").map(|(_, address)| address);
        self.remotes = origin.chain(others).cloned().collect();
        self.leaves_tags = config.leaves_tags;
        self.promised = config.promised;
        config.supported()?;
        for (folder, needed) in [(&b"objects"[..], true), (b"refs", false)] {
            match self.common().stat(folder) {
                Ok(stat) if stat.kind == EntryKind::Folder => {}
                Ok(stat) => return Err(odd_file(folder, stat.kind)),
                Err(Refusal::NotFound) if !needed => {}
                Err(_) => return Err(missing_file(folder)),
            }
        }
        self.alternates = alternates::alternates(&self.objects)?;
        self.shallow = self.read_shallow()?;
        self.grafts = self.common().stat(b"info/grafts").is_ok_and(|stat| stat.kind != EntryKind::File || stat.len > 0);
        Ok(())
    }

    fn read_shallow(&self) -> Result<Vec<ObjectId>, Phrase> {
        let text = match self.common().read(b"shallow", self.limits.get(Limit::GitFileBytes)) {
            Ok(text) => text,
            Err(Refusal::NotFound) => return Ok(Vec::new()),
            Err(_) => return Err(odd_file(b"shallow", EntryKind::Special)),
        };
        let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let ids: Option<Vec<_>> =
            lines.take(SHALLOW_COMMITS + 1).map(|line| ObjectId::from_hex(line.trim_ascii())).collect();
        match ids {
            Some(ids) if ids.len() <= SHALLOW_COMMITS => Ok(ids),
            _ => Err(Phrase::new(
                "the git history was not read: .git/shallow is damaged",
                "die Git-Historie wurde nicht gelesen: .git/shallow ist beschädigt",
            )),
        }
    }

    /// How much is read at most.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The folder with `HEAD` and `index`.
    pub(crate) fn root(&self) -> &SafeRoot {
        &self.root
    }

    /// The folder with `refs`, `packed-refs`, `objects`, `info` and `config`.
    pub(crate) fn common(&self) -> &SafeRoot {
        self.common.as_ref().unwrap_or(&self.root)
    }

    /// Where the objects are.
    pub(crate) fn objects(&self) -> &Path {
        &self.objects
    }

    /// Where else objects are, as borrowed from other clones.
    pub(crate) fn alternates(&self) -> &[Vec<u8>] {
        &self.alternates
    }

    /// Whether there is no work tree: the folder looked at is itself git's folder.
    pub(crate) fn is_bare(&self) -> bool {
        self.bare
    }

    /// How long ids are, in the index as well.
    pub(crate) fn object_format(&self) -> ObjectFormat {
        self.format
    }

    /// The commits whose parents are missing because the clone is shallow; empty for whole clones.
    pub(crate) fn shallow(&self) -> &[ObjectId] {
        &self.shallow
    }

    /// The addresses of the remotes, `origin` first, as the configuration has them; foreign.
    pub(crate) fn remotes(&self) -> &[Vec<u8>] {
        &self.remotes
    }

    /// Whether the configuration says that tags are not fetched (`git clone --no-tags`).
    pub(crate) fn leaves_tags(&self) -> bool {
        self.leaves_tags
    }

    /// What a partial clone left on the server; `None` for whole clones.
    pub(crate) fn promised(&self) -> Option<Promised> {
        self.promised
    }

    /// Whether `info/grafts` gives commits other parents than they have.
    pub(crate) fn has_grafts(&self) -> bool {
        self.grafts
    }

    /// Whether commits, trees and blobs can be read.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn history(&self) -> Result<(), Phrase> {
        self.history.clone()
    }

    /// What else is not as it should be, though nothing that is needed.
    pub(crate) fn oddity(&self) -> Option<&Phrase> {
        self.oddity.as_ref()
    }
}

/// Whether a folder is one of git's: `HEAD`, `objects` and `refs` are in it.
fn is_git_folder(folder: &SafeRoot) -> bool {
    let is = |name: &[u8], kind| folder.stat(name).is_ok_and(|stat| stat.kind == kind);
    is(b"HEAD", EntryKind::File) && is(b"objects", EntryKind::Folder) && is(b"refs", EntryKind::Folder)
}

fn read_config(folder: &SafeRoot, name: &[u8]) -> Result<Config, Phrase> {
    let text = match folder.read(name, SMALL_FILE_BYTES) {
        Ok(text) => text,
        Err(Refusal::NotFound) => Vec::new(),
        Err(_) => return Err(too_long("config")),
    };
    Config::parse(&text).map_err(|line| {
        Phrase::new(
            "the git history was not read: line {line} of .git/config is not as git writes it",
            "die Git-Historie wurde nicht gelesen: Zeile {line} von .git/config ist nicht so, wie Git sie schreibt",
        )
        .with("line", line.to_string())
    })
}

/// A regular file of sane size, or none.
fn plain_file(folder: &SafeRoot, name: &[u8], limits: &Limits) -> Result<(), Phrase> {
    match folder.stat(name) {
        Ok(stat) if stat.kind != EntryKind::File => Err(odd_file(name, stat.kind)),
        Ok(stat) if stat.len > limits.get(Limit::GitFileBytes) => {
            Err(limits.hit(Limit::GitFileBytes, too_long(String::from_utf8_lossy(name))))
        }
        Ok(_) | Err(Refusal::NotFound) => Ok(()),
        Err(_) => Err(odd_file(name, EntryKind::Special)),
    }
}

fn place(name: &[u8]) -> Vec<u8> {
    if name.is_empty() { b".git".to_vec() } else { [b".git/", name].concat() }
}

/// Something in git's folder is not a file; the empty name is the folder.
fn odd_file(name: &[u8], kind: EntryKind) -> Phrase {
    match kind {
        EntryKind::Folder => Phrase::new(
            "git: {file} is a folder and no regular file; it was not read",
            "Git: {file} ist ein Ordner und keine gewöhnliche Datei; er wurde nicht gelesen",
        ),
        EntryKind::Link => Phrase::new(
            "git: {file} is a symbolic link; it was not followed",
            "Git: {file} ist ein symbolischer Link; ihm wurde nicht gefolgt",
        ),
        EntryKind::Fifo => Phrase::new(
            "git: {file} is a named pipe and no regular file; it was not read",
            "Git: {file} ist eine benannte Pipe und keine gewöhnliche Datei; sie wurde nicht gelesen",
        ),
        EntryKind::File => Phrase::new(
            "git: {file} is a file and no folder; it was not read",
            "Git: {file} ist eine Datei und kein Ordner; sie wurde nicht gelesen",
        ),
        EntryKind::Special => Phrase::new("git: {file} cannot be read", "Git: {file} lässt sich nicht lesen"),
    }
    .with("file", place(name).as_slice())
}

fn missing_file(name: &[u8]) -> Phrase {
    Phrase::new("git: {file} is missing", "Git: {file} fehlt").with("file", place(name).as_slice())
}

/// Something in git's folder is longer than is read.
fn too_long(name: impl AsRef<str>) -> Phrase {
    Phrase::new(
        "git: {file} is larger than such a file should be; it was not read",
        "Git: {file} ist größer, als eine solche Datei sein sollte; sie wurde nicht gelesen",
    )
    .with("file", place(name.as_ref().as_bytes()).as_slice())
}
