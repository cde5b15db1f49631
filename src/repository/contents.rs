//! What is in a file of the tree, wherever it is kept?
//!
//! Files of a work tree or plain folder are read through the one door; links are followed to other files of the tree
//! only. Files of a commit, and those that a sparse checkout leaves out, come from the object database.

use super::decode::decode;
use super::object_id::ObjectId;
use super::probe::is_well_known;
use super::refusal::Refusal;
use super::safe_root::{EntryKind, SafeRoot};
use super::{Class, Counted, File, FileKind, Limit, Limits, Loss, Repository, links};
use crate::phrase::Phrase;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
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
    /// whether each file of the tree was read
    was_read: Vec<AtomicBool>,
    /// small objects that were read, and how large they are together
    objects: Mutex<Kept>,
    /// from which place of the tree on nothing is read as a whole any more
    beyond: Option<usize>,
}

impl Texts {
    /// No text was read yet. By their sizes it is clear from the start which files are too many, so that it does not
    /// depend on who reads first.
    pub(super) fn of(files: &[File], limits: &Limits) -> Self {
        let mut left = limits.get(Limit::AllBytes);
        let beyond = files.iter().position(|file| {
            let len = file.len.filter(|len| *len <= limits.get(Limit::FileBytes)).unwrap_or(0);
            left.checked_sub(len).map(|rest| left = rest).is_none()
        });
        Self {
            slots: files.iter().map(|_| OnceLock::new()).collect(),
            was_read: files.iter().map(|_| AtomicBool::new(false)).collect(),
            beyond,
            ..Self::default()
        }
    }

    /// Whether the file at a place may be read as a whole.
    fn may_read(&self, at: usize) -> bool {
        self.beyond.is_none_or(|beyond| at < beyond)
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

    /// Notes that the file at a place was read; whether it had been before.
    fn note_read(&self, at: usize) -> bool {
        self.was_read.get(at).is_some_and(|was_read| was_read.swap(true, Ordering::Relaxed))
    }

    /// What is kept of the text at a place.
    fn kept(&self, at: usize) -> Option<Result<Arc<str>, Phrase>> {
        self.slots.get(at)?.get().cloned()
    }

    /// The text at a place, or what `read` says, which is kept while there is room for the bytes that the file has by
    /// its size. Whoever asks while it is being read waits, so that it is read once.
    fn get(
        &self,
        at: usize,
        bytes: Option<u64>,
        read: impl FnOnce() -> Result<Arc<str>, Phrase>,
    ) -> Result<Arc<str>, Phrase> {
        let Some(slot) = self.slots.get(at) else { return read() };
        if let Some(kept) = slot.get() {
            return kept.clone();
        }
        let room = usize::try_from(bytes.unwrap_or(0)).unwrap_or(usize::MAX).min(KEPT_BYTES + 1);
        if self.kept.fetch_add(room, Ordering::Relaxed).saturating_add(room) > KEPT_BYTES {
            self.kept.fetch_sub(room, Ordering::Relaxed);
            return read();
        }
        let text = slot.get_or_init(|| {
            let text = read();
            self.kept.fetch_add(text.as_ref().map_or(0, |text| text.len()), Ordering::Relaxed);
            text
        });
        self.kept.fetch_sub(room, Ordering::Relaxed);
        text.clone()
    }
}

impl Repository {
    /// The bytes of a file, up to the limit for one file; not kept.
    ///
    /// # Errors
    /// The reason why it cannot be read: too large, no regular file, gone, not permitted. It is also kept as a loss.
    pub fn read(&self, file: &File) -> Result<Vec<u8>, Phrase> {
        self.bytes(file, Want::All(self.options.limits.get(Limit::FileBytes)))
    }

    /// The first `limit` bytes of a file, of whatever size it is; not kept. For telling formats by their beginning.
    ///
    /// # Errors
    /// As [`Repository::read`], except that no file is too large.
    pub fn head(&self, file: &File, limit: usize) -> Result<Vec<u8>, Phrase> {
        self.bytes(file, Want::Head(limit))
    }

    /// As [`Repository::head`], as text without a mark of the byte order; bytes that are no UTF-8 become U+FFFD.
    ///
    /// # Errors
    /// As [`Repository::head`].
    pub fn head_text(&self, file: &File, limit: usize) -> Result<String, Phrase> {
        let head = self.head(file, limit)?;
        Ok(String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head)).into_owned())
    }

    /// The text of a file, decoded (BOM, UTF-8, UTF-16, else Windows-1252) and kept for whoever asks next.
    ///
    /// # Errors
    /// As [`Repository::read`]; and where the file is binary, which is no loss.
    pub fn text(&self, file: &File) -> Result<Arc<str>, Phrase> {
        match self.place(file.path.as_bytes()) {
            Some(at) => self.texts.get(at, file.len, || self.decoded(file)),
            None => self.decoded(file),
        }
    }

    /// The text of a file, decoded as [`Repository::text`] does, but not kept: for passes over all files. That of a
    /// document is kept all the same, as several readings want each.
    ///
    /// # Errors
    /// As [`Repository::text`].
    pub fn text_once(&self, file: &File) -> Result<Arc<str>, Phrase> {
        if file.class == Class::Documentation {
            return self.text(file);
        }
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
            Some(at) if keep => self.texts.get(at, file.len, read),
            at => at.and_then(|at| self.texts.kept(at)).unwrap_or_else(read),
        };
        let text = text.ok();
        Read { whole: whole || text.is_some(), text, hash: digest }
    }

    fn decoded(&self, file: &File) -> Result<Arc<str>, Phrase> {
        text(self.read(file)?)
    }

    fn bytes(&self, file: &File, want: Want) -> Result<Vec<u8>, Phrase> {
        let whole = matches!(want, Want::All(_)) && !is_well_known(&file.path);
        let bytes = match (self.file(&file.path), &self.work_tree) {
            (None, _) => return Err(no_part()),
            _ if whole && self.place(file.path.as_bytes()).is_some_and(|at| !self.texts.may_read(at)) => {
                Err(Refusal::Told(self.options.limits.hit(Limit::AllBytes, too_many_bytes())))
            }
            _ if file.kind == FileKind::Submodule => {
                return Err(Phrase::new("is another repository", "ist ein anderes Repository"));
            }
            (_, Some(root)) => self.bytes_in_folder(root, file, want),
            // in a tree of git nothing lies below a link
            (_, None) if file.kind == FileKind::Regular => self.stored_bytes(file.path.as_bytes(), want),
            (_, None) => self.resolve_in_commit(file.path.as_bytes()).and_then(|path| self.stored_bytes(&path, want)),
        };
        if let Ok(bytes) = &bytes {
            self.count(Counted::Reads, 1);
            self.count(Counted::Bytes, bytes.len());
            let again = self.place(file.path.as_bytes()).is_some_and(|at| self.texts.note_read(at));
            self.count(Counted::Rereads, again.into());
        }
        bytes.map_err(|refusal| {
            // a link to a folder, or to what is not published, hides nothing
            let harmless = matches!(refusal, Refusal::Kind(EntryKind::Folder) | Refusal::Dangling | Refusal::Untracked);
            let why = self.why(&refusal);
            if !(file.kind == FileKind::Link && harmless) {
                self.lose(Loss { path: Some(file.path.clone()), why: why.clone() });
            }
            why
        })
    }

    /// Why a file is not read, with the limit that it hit.
    pub(super) fn why(&self, refusal: &Refusal) -> Phrase {
        let limits = &self.options.limits;
        match refusal {
            Refusal::TooLarge { limit } | Refusal::Grew { limit } if *limit == limits.get(Limit::FileBytes) => {
                limits.hit(Limit::FileBytes, refusal.phrase())
            }
            _ => refusal.phrase(),
        }
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

/// Why a file is not read although it is small enough.
fn too_many_bytes() -> Phrase {
    Phrase::new(
        "was not read, as all files together are larger than is read",
        "wurde nicht gelesen: Alle Dateien zusammen sind größer, als gelesen wird",
    )
}

fn no_part() -> Phrase {
    Phrase::new("is not part of the tree", "gehört nicht zum Dateibaum")
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Entry, Tree};
    use super::*;

    #[test]
    fn what_all_files_together_may_have() {
        let entry = |path: &str, len| Entry { len: Some(len), ..Entry::new(path.into(), FileKind::Regular) };
        let files = Tree::files(&[entry("a", 4), entry("b", 1 << 40), entry("c", 5), entry("d", 2)]);
        let mut limits = Limits::default();
        for (most, read) in [(8, [true, true, false, false]), (9, [true, true, true, false]), (11, [true; 4])] {
            limits.set(Limit::AllBytes, most);
            let texts = Texts::of(&files, &limits);
            assert_eq!([0, 1, 2, 3].map(|at| texts.may_read(at)), read, "{most}");
        }
    }

    #[test]
    fn small_objects_are_read_once() {
        let texts = Texts::of(&[], &Limits::default());
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
        let entries = ["a", "b", "c", "d"].map(|path| Entry::new(path.into(), FileKind::Regular));
        let files = Tree::files(&entries);
        let texts = Texts::of(&files, &Limits::default());
        let large: Arc<str> = "x".repeat(KEPT_BYTES / 2 + 1).into();
        let len = Some(large.len() as u64);
        assert_eq!(texts.get(0, len, || Ok(large.clone())).unwrap().len(), large.len());
        assert!(texts.get(0, len, || Err(no_part())).is_ok(), "kept");
        assert!(texts.get(1, len, || Ok(large.clone())).is_ok());
        assert!(texts.get(1, len, || Err(no_part())).is_err(), "no room for a second one");
        assert!(texts.get(1, Some(9), || Err(no_part())).is_err());
        assert!(texts.get(1, Some(9), || Ok("changed".into())).is_err(), "what fails is kept");
        assert!(texts.get(2, Some(5), || Ok("small".into())).is_ok());
        assert!(texts.get(2, Some(5), || Err(no_part())).is_ok(), "there is room for a small one");
        assert!(texts.get(3, Some(u64::MAX), || Ok("x".into())).is_ok(), "whatever it says of its size");
    }
}
