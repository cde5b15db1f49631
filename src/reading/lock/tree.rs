//! Which files lie beside a manifest?

use super::table::{FilePattern, TABLE};
use crate::repository::{File, FileKind, RepoPath};

/// The files of a tree, sorted by path.
#[derive(Clone, Copy)]
pub(super) struct Tree<'f>(pub &'f [File]);

impl<'f> Tree<'f> {
    /// The file at a path.
    pub(super) fn file(self, path: &[u8]) -> Option<&'f File> {
        let at = self.0.binary_search_by(|file| file.path.as_bytes().cmp(path)).ok()?;
        self.0.get(at)
    }

    /// Whether one of the patterns, seen from a folder, is that of a file.
    pub(super) fn has(self, folder: &[u8], patterns: &[FilePattern]) -> bool {
        patterns.iter().any(|pattern| {
            let start = joined(folder, pattern.start.as_bytes());
            match &pattern.glob {
                None => self.file(&start).is_some_and(|file| file.kind != FileKind::Submodule),
                Some(glob) => {
                    let from = self.0.partition_point(|file| file.path.as_bytes() < start.as_slice());
                    let below = self.0.get(from..).unwrap_or_default().iter();
                    let offset = if folder.is_empty() { 0 } else { folder.len() + 1 };
                    below.take_while(|file| file.path.as_bytes().starts_with(&start)).any(|file| {
                        let rest = file.path.as_bytes().get(offset..).unwrap_or_default();
                        glob.is_match(String::from_utf8_lossy(rest).as_ref())
                    })
                }
            }
        })
    }
}

pub(super) fn joined(folder: &[u8], name: &[u8]) -> Vec<u8> {
    if folder.is_empty() { name.to_vec() } else { [folder, b"/", name].concat() }
}

/// The folders around a path, the nearest first; the last is the root.
pub(super) fn around(folder: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut next = Some(folder);
    std::iter::from_fn(move || {
        let here = next?;
        next = (!here.is_empty()).then(|| {
            let end = here.iter().rposition(|byte| *byte == b'/').unwrap_or_default();
            here.get(..end).unwrap_or_default()
        });
        Some(here)
    })
}

/// Whether a manifest there is that of documentation, an example, or a template to be filled in.
pub fn is_left_alone(path: &RepoPath) -> bool {
    let lower = path.lower();
    let mut folders = lower.split('/').rev().skip(1);
    lower.contains(['{', '}', '%', '$'])
        || folders.any(|folder| {
            let mut words = folder.split(['-', '_', '.', ' ']);
            TABLE.left_alone.contains(folder) || words.any(|word| TABLE.left_alone_words.contains(word))
        })
}
