//! Is a finding one that the baseline knows from a file that was moved or renamed since?
//!
//! No history is asked: a file of the baseline that is gone and a file it does not know are taken for the same where a
//! finding of the same rule has the same name, and either the file is called the same (it was moved to another folder)
//! or it lies in the same folder and the finding is about a line (it was renamed). A finding about a renamed file as a
//! whole is new: nothing tells it from one about another file.

use super::baseline::Known;
use crate::report::Finding;
use crate::repository::{RepoPath, Repository};
use crate::untrusted::Untrusted;
use std::collections::{BTreeMap, BTreeSet};

/// Rule, what the finding is called, and the name of the file or its folder.
type Key = (String, Called, Vec<u8>);

/// What a finding is called, where names of files change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Called {
    /// as the path
    Path,
    /// as the file
    Name,
    Other(Untrusted),
}

/// What the baseline knows of files that are gone.
#[derive(Debug, Default)]
pub(super) struct Moved<'k> {
    by_name: BTreeMap<Key, Vec<&'k str>>,
    by_folder: BTreeMap<Key, Vec<&'k str>>,
    taken: BTreeSet<&'k str>,
    /// files that the baseline knows; what is new in them is new
    files: BTreeSet<&'k [u8]>,
}

impl<'k> Moved<'k> {
    /// Those of the findings that were not `met`, and whose files are gone.
    pub(super) fn of(known: impl Iterator<Item = &'k Known>, met: &BTreeSet<&str>, repo: &Repository) -> Self {
        let mut moved = Self::default();
        for one in known {
            let Some(path) = one.path.as_ref().map(Untrusted::as_bytes) else { continue };
            moved.files.insert(path);
            if met.contains(one.fingerprint.as_str()) || repo.file(path).is_some() || repo.has_folder(path) {
                continue;
            }
            let path = RepoPath::new(path);
            let called = Called::of(&one.called, &path);
            let name = (one.rule.clone(), called.clone(), path.name().to_vec());
            moved.by_name.entry(name).or_default().push(&one.fingerprint);
            if matches!(called, Called::Other(_)) {
                let folder = (one.rule.clone(), called, path.folder().to_vec());
                moved.by_folder.entry(folder).or_default().push(&one.fingerprint);
            }
        }
        // The first that was written down is the first to be taken.
        moved.by_name.values_mut().chain(moved.by_folder.values_mut()).for_each(|prints| prints.reverse());
        moved
    }

    /// The fingerprint that a finding had before its file was moved or renamed; each is given once.
    pub(super) fn take(&mut self, rule: &str, finding: &Finding) -> Option<&'k str> {
        let path = finding.place.path.as_ref().filter(|path| !self.files.contains(path.as_bytes()))?;
        let called = Called::of(&finding.called, path);
        let name = (rule.to_owned(), called.clone(), path.name().to_vec());
        let folder = (rule.to_owned(), called, path.folder().to_vec());
        let free = |taken: &mut BTreeSet<&'k str>, prints: Option<&mut Vec<&'k str>>| {
            let prints = prints?;
            std::iter::from_fn(|| prints.pop()).find(|print| taken.insert(*print))
        };
        free(&mut self.taken, self.by_name.get_mut(&name)).or_else(|| {
            let folder = self.by_folder.get_mut(&folder).filter(|_| finding.place.span.is_some());
            free(&mut self.taken, folder)
        })
    }
}

impl Called {
    fn of(called: &Untrusted, path: &RepoPath) -> Self {
        match called.as_bytes() {
            called if called == path.as_bytes() => Self::Path,
            called if called == path.name() => Self::Name,
            _ => Self::Other(called.clone()),
        }
    }
}
