//! What is in a file of the tree, wherever it is kept?
//!
//! Files of a work tree or plain folder are read through the one door; links are followed to other files of the tree
//! only. Files of a commit, and those that a sparse checkout leaves out, come from the object database.

use super::decode::decode;
use super::object_id::ObjectId;
use super::refusal::Refusal;
use super::safe_root::{EntryKind, SafeRoot};
use super::{File, FileKind, Loss, Repository, links};
use crate::phrase::Phrase;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// How many bytes of text are kept for whoever asks again.
const KEPT_BYTES: usize = 64 << 20;
/// How many bytes of small objects are kept, and what is small: one object may be many files of a commit.
const KEPT_OBJECTS: usize = 4 << 20;
const SMALL_OBJECT: usize = 16 << 10;
/// The longest target of a link.
const LINK_BYTES: u64 = 4096;

/// How much of a file is wanted.
#[derive(Clone, Copy)]
pub(super) enum Want {
    /// all of it, if it is not larger
    All(u64),
    /// its first bytes
    Head(usize),
}

/// What came of reading a file.
#[derive(Clone, Debug)]
pub struct Read {
    /// its text; `None` where it is binary or could not be read
    pub text: Option<Arc<str>>,
    /// whether it could be read
    pub whole: bool,
    /// the SHA-256 of its bytes
    pub hash: Option<[u8; 32]>,
}

/// Objects that were read, and how many bytes they are together.
type Kept = (BTreeMap<ObjectId, Arc<[u8]>>, usize);

/// The texts that were read so far.
#[derive(Default)]
pub(super) struct Texts {
    /// one for each file of the tree
    slots: Vec<OnceLock<Result<Arc<str>, Phrase>>>,
    kept: AtomicUsize,
    /// small objects that were read, and how large they are together
    objects: Mutex<Kept>,
}

impl Texts {
    pub(super) fn of(files: usize) -> Self {
        Self { slots: (0..files).map(|_| OnceLock::new()).collect(), ..Self::default() }
    }

    /// The bytes of an object if they are kept, else what `read` says.
    fn object(&self, id: ObjectId, read: impl FnOnce() -> Result<Vec<u8>, Phrase>) -> Result<Vec<u8>, Phrase> {
        let kept = || self.objects.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = kept().0.get(&id) {
            return Ok(bytes.to_vec());
        }
        let bytes = read()?;
        let mut kept = kept();
        if bytes.len() <= SMALL_OBJECT && kept.1.saturating_add(bytes.len()) <= KEPT_OBJECTS {
            kept.1 += bytes.len();
            kept.0.insert(id, bytes.as_slice().into());
        }
        Ok(bytes)
    }

    /// What is kept of the text at a place.
    fn kept(&self, at: usize) -> Option<Result<Arc<str>, Phrase>> {
        self.slots.get(at)?.get().cloned()
    }

    /// The text at a place, or what `read` says, which is kept while there is room.
    fn get(&self, at: usize, read: impl FnOnce() -> Result<Arc<str>, Phrase>) -> Result<Arc<str>, Phrase> {
        let Some(slot) = self.slots.get(at) else { return read() };
        if let Some(kept) = slot.get() {
            return kept.clone();
        }
        let text = read();
        let len = text.as_ref().map_or(0, |text| text.len());
        if self.kept.fetch_add(len, Ordering::Relaxed).saturating_add(len) > KEPT_BYTES
            || slot.set(text.clone()).is_err()
        {
            self.kept.fetch_sub(len, Ordering::Relaxed);
        }
        text
    }
}

impl Repository {
    /// The bytes of a file, up to the limit for one file; not kept.
    ///
    /// # Errors
    /// The reason why it cannot be read: too large, no regular file, gone, not permitted. It is also kept as a loss.
    pub fn read(&self, file: &File) -> Result<Vec<u8>, Phrase> {
        self.bytes(file, Want::All(self.options.limits.file_bytes))
    }

    /// The first `limit` bytes of a file, of whatever size it is; not kept. For telling formats by their beginning.
    ///
    /// # Errors
    /// As [`Repository::read`], except that no file is too large.
    pub fn head(&self, file: &File, limit: usize) -> Result<Vec<u8>, Phrase> {
        self.bytes(file, Want::Head(limit))
    }

    /// The text of a file, decoded (BOM, UTF-8, UTF-16, else Windows-1252) and kept for whoever asks next.
    ///
    /// # Errors
    /// As [`Repository::read`]; and where the file is binary, which is no loss.
    pub fn text(&self, file: &File) -> Result<Arc<str>, Phrase> {
        match self.place(file.path.as_bytes()) {
            Some(at) => self.texts.get(at, || self.decoded(file)),
            None => self.decoded(file),
        }
    }

    /// The text of a file, decoded as [`Repository::text`] does, but not kept: for passes over all files.
    ///
    /// # Errors
    /// As [`Repository::text`].
    pub fn text_once(&self, file: &File) -> Result<Arc<str>, Phrase> {
        let kept = self.place(file.path.as_bytes()).and_then(|at| self.texts.kept(at));
        kept.unwrap_or_else(|| self.decoded(file))
    }

    /// The text of a file as [`Repository::text`] tells it (`keep`), or as [`Repository::text_once`] does; and what is
    /// known of its bytes, with their hash where that is asked for.
    pub fn text_and_hash(&self, file: &File, keep: bool, hash: bool) -> Read {
        let (mut whole, mut digest) = (false, None);
        let read = || {
            let bytes = self.read(file)?;
            whole = true;
            digest = hash.then(|| Sha256::digest(&bytes).into());
            text(bytes)
        };
        let text = match self.place(file.path.as_bytes()) {
            Some(at) if keep => self.texts.get(at, read),
            at => at.and_then(|at| self.texts.kept(at)).unwrap_or_else(read),
        };
        let text = text.ok();
        Read { whole: whole || text.is_some(), text, hash: digest }
    }

    fn decoded(&self, file: &File) -> Result<Arc<str>, Phrase> {
        text(self.read(file)?)
    }

    fn bytes(&self, file: &File, want: Want) -> Result<Vec<u8>, Phrase> {
        let bytes = match (self.file(&file.path), &self.work_tree) {
            (None, _) => return Err(no_part()),
            _ if file.kind == FileKind::Submodule => {
                return Err(Phrase::new("is another repository", "ist ein anderes Repository"));
            }
            (_, Some(root)) => self.bytes_in_folder(root, file, want),
            // in a tree of git nothing lies below a link
            (_, None) if file.kind == FileKind::Regular => self.stored_bytes(file.path.as_bytes(), want),
            (_, None) => self.resolve_in_commit(file.path.as_bytes()).and_then(|path| self.stored_bytes(&path, want)),
        };
        bytes.map_err(|refusal| {
            // a link to a folder, or to what is not published, hides nothing
            let harmless = matches!(refusal, Refusal::Kind(EntryKind::Folder) | Refusal::Dangling | Refusal::Untracked);
            let why = refusal.phrase();
            if !(file.kind == FileKind::Link && harmless) {
                self.lose(Loss { path: Some(file.path.clone()), why: why.clone() });
            }
            why
        })
    }

    fn bytes_in_folder(&self, root: &SafeRoot, file: &File, want: Want) -> Result<Vec<u8>, Refusal> {
        let read = |path: &[u8]| match want {
            Want::All(limit) => root.read_unlinked(path, limit),
            Want::Head(n) => root.head_unlinked(path, n),
        };
        let path = file.path.as_bytes();
        match read(path) {
            Err(Refusal::LinkLoop) => {
                let reached = self.resolve_in_folder(root, path)?;
                match read(&reached) {
                    Err(Refusal::NotFound) => self.stored_bytes(&reached, want),
                    other => other,
                }
            }
            Err(Refusal::NotFound) => self.stored_bytes(path, want),
            other => other,
        }
    }

    /// The bytes of a file that is not on disk.
    pub(super) fn stored_bytes(&self, path: &[u8], want: Want) -> Result<Vec<u8>, Refusal> {
        let object = *self.objects.get(path).ok_or(Refusal::NotFound)?;
        let (Some(object), Some(objects)) = (object, self.git.objects()) else {
            return Err(Refusal::Told(Phrase::new(
                "is left out by a sparse checkout, and git objects cannot be read here",
                "ist durch einen Sparse-Checkout ausgelassen, und Git-Objekte sind hier nicht lesbar",
            )));
        };
        let bytes = match want {
            Want::All(limit) => self.texts.object(object, || objects.blob(object, limit)),
            Want::Head(n) => objects.blob_head(object, n),
        };
        bytes.map_err(Refusal::Told)
    }

    /// Where a path leads that has links on its way; only to files of the tree.
    pub(super) fn resolve_in_folder(&self, root: &SafeRoot, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.in_tree(root.resolve(path)?)
    }

    /// The same among the files of a commit.
    pub(super) fn resolve_in_commit(&self, path: &[u8]) -> Result<Vec<u8>, Refusal> {
        let read_link = |path: &[u8]| match self.file(path) {
            Some(file) if file.kind == FileKind::Link => self.stored_bytes(path, Want::All(LINK_BYTES)),
            _ => Err(Refusal::NoLink),
        };
        self.in_tree(links::resolve(path, read_link)?)
    }

    fn in_tree(&self, reached: Vec<u8>) -> Result<Vec<u8>, Refusal> {
        if self.file(&reached).is_some() {
            Ok(reached)
        } else if reached.is_empty() || self.has_folder(&reached) {
            Err(Refusal::Kind(EntryKind::Folder))
        } else {
            Err(Refusal::Untracked)
        }
    }
}

fn text(bytes: Vec<u8>) -> Result<Arc<str>, Phrase> {
    decode(bytes).map(Into::into).ok_or_else(|| Phrase::new("is binary", "ist keine Textdatei"))
}

fn no_part() -> Phrase {
    Phrase::new("is not part of the tree", "gehört nicht zum Dateibaum")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_objects_are_read_once() {
        let texts = Texts::of(0);
        let id = ObjectId::new(&[7; 20]).unwrap();
        assert!(texts.object(id, || Err(no_part())).is_err());
        assert_eq!(texts.object(id, || Ok(b"x".to_vec())), Ok(b"x".to_vec()));
        assert_eq!(texts.object(id, || Err(no_part())), Ok(b"x".to_vec()));
        let large = ObjectId::new(&[8; 20]).unwrap();
        assert!(texts.object(large, || Ok(vec![0; SMALL_OBJECT + 1])).is_ok());
        assert!(texts.object(large, || Err(no_part())).is_err(), "a large one is not kept");
    }

    #[test]
    fn texts_are_kept_while_there_is_room() {
        let texts = Texts::of(3);
        let large: Arc<str> = "x".repeat(KEPT_BYTES / 2 + 1).into();
        assert_eq!(texts.get(0, || Ok(large.clone())).unwrap().len(), large.len());
        assert!(texts.get(0, || Err(no_part())).is_ok(), "kept");
        assert!(texts.get(1, || Ok(large.clone())).is_ok());
        assert!(texts.get(1, || Err(no_part())).is_err(), "no room for a second one");
        assert!(texts.get(1, || Ok(large.clone())).is_err(), "what fails is kept");
        assert!(texts.get(2, || Ok("small".into())).is_ok());
        assert!(texts.get(2, || Err(no_part())).is_ok(), "there is room for a small one");
    }
}
