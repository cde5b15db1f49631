//! How is it written down what a file told, and by what is the file known again?
//!
//! One record a file, in the order of the paths, each path without what it shares with the one before. A file is known
//! again by its path, class, marks and size, and by one of: what the system says of it, the blob that git says it is,
//! the hash of its content.

use super::{Before, Question};
use crate::repository::{Blob, File, Stamp};
use serde::{Deserialize, Serialize};

/// The longest path that is read.
const LONGEST_PATH: usize = 16 << 10;

/// By what the content of a file is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// what the system said of it when it was read, if another change would show in that
    pub(super) stamp: Option<Stamp>,
    /// which blob it is
    pub(super) blob: Option<Blob>,
    /// the SHA-256 of its content
    pub(super) hash: Option<[u8; 32]>,
}

impl Known {
    /// Whether both are known to be the same content.
    pub(super) fn is(&self, now: &Self) -> bool {
        fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            a.is_some() && a == b
        }
        same(self.stamp, now.stamp) || same(self.blob, now.blob) || same(self.hash, now.hash)
    }

    /// Whether it would never be known again.
    pub(super) fn is_nothing(&self) -> bool {
        self.stamp.is_none() && self.blob.is_none() && self.hash.is_none()
    }
}

/// What is written of a file.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Record<'b> {
    /// how many bytes its path shares with the one before
    shared: u32,
    /// the rest of its path
    rest: &'b [u8],
    class: u8,
    marks: u8,
    len: Option<u64>,
    stamp: Option<[u32; 9]>,
    blob: Option<[u8; 32]>,
    hash: Option<[u8; 32]>,
    answers: Vec<Answer<'b>>,
    told: &'b [u8],
}

/// What a file answered to a question.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(super) struct Answer<'b> {
    pub(super) question: Question,
    pub(super) said: &'b [u8],
}

impl<'b> Record<'b> {
    /// Of a file that comes after the one at `last`.
    pub(super) fn of(file: &'b File, last: &[u8], known: &Known, answers: Vec<Answer<'b>>, told: &'b [u8]) -> Self {
        let path = file.path.as_bytes();
        let shared = path.iter().zip(last).take_while(|(a, b)| a == b).count();
        Self {
            shared: u32::try_from(shared).unwrap_or_default(),
            rest: path.get(shared..).unwrap_or_default(),
            class: file.class as u8,
            marks: file.marks.bits(),
            len: file.len,
            stamp: known.stamp.map(|stamp| stamp.0),
            blob: known.blob.map(|blob| blob.0),
            hash: known.hash,
            answers,
            told,
        }
    }

    /// Adds it to others; `None` where it cannot be.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) -> Option<()> {
        *bytes = postcard::to_extend(self, std::mem::take(bytes)).ok()?;
        Some(())
    }

    fn is_of(&self, file: &File) -> bool {
        self.class == file.class as u8 && self.marks == file.marks.bits() && self.len == file.len
    }
}

/// What was kept of each of these files, which are sorted by path. Behind what makes no sense nothing is read.
pub(super) fn before(bytes: &[u8], files: &[File]) -> Vec<Option<Before>> {
    let mut found = vec![None; files.len()];
    let mut slots = files.iter().zip(&mut found).peekable();
    let mut path: Vec<u8> = Vec::new();
    let mut rest = bytes;
    while let Ok((record, left)) = postcard::take_from_bytes::<Record<'_>>(rest) {
        rest = left;
        let shared = usize::try_from(record.shared).unwrap_or(usize::MAX);
        let in_order = path.get(shared..).is_some_and(|replaced| replaced < record.rest);
        if !in_order || shared.saturating_add(record.rest.len()) > LONGEST_PATH {
            break;
        }
        path.truncate(shared);
        path.extend_from_slice(record.rest);
        while slots.next_if(|(file, _)| file.path.as_bytes() < path.as_slice()).is_some() {}
        let Some((file, slot)) = slots.next_if(|(file, _)| file.path.as_bytes() == path) else { continue };
        if record.is_of(file) {
            let place = |part: &[u8]| {
                let start = (part.as_ptr() as usize).saturating_sub(bytes.as_ptr() as usize);
                start..start.saturating_add(part.len())
            };
            let answers = record.answers.iter().map(|answer| (answer.question, place(answer.said)));
            *slot = Some(Before {
                answers: answers.collect(),
                known: Known { stamp: record.stamp.map(Stamp), blob: record.blob.map(Blob), hash: record.hash },
                told: place(record.told),
            });
        }
    }
    found
}
