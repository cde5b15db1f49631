//! Which uses count, now that all files are known?
//!
//! What is kept under a name counts where another file reads it; what only shows how something is used does not.

use super::{Awaits, Needs, Use, imported_as, needs};
use crate::reading::pass::FileScan;
use crate::repository::{Class, File, Repository};
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The uses that count, each as the number of its file and its own among the uses of the file, in their order.
pub fn counted(repo: &Repository, scans: &[FileScan]) -> Vec<(usize, usize)> {
    let mut uses: Vec<(usize, &File, &Use)> = Vec::new();
    let mut numbers: Vec<usize> = Vec::new();
    for (at, (file, scan)) in repo.files().iter().zip(scans).enumerate() {
        if file.marks.none() && !scan.generated && !scan.uses.is_empty() && !is_showcase(file) {
            uses.extend(scan.uses.iter().map(|used| (at, file, used)));
            numbers.extend(0..scan.uses.len());
        }
    }
    let asked = Asked::of(repo, scans, &uses);
    let all = uses.iter().zip(numbers);
    all.filter(|((at, file, used), _)| asked.counts(*at, file, &used.awaits))
        .map(|((at, ..), one)| (*at, one))
        .collect()
}

/// Whether a file only shows how something is used: parts of the interface to their makers, a package in its
/// vignettes, what a documentation tool runs.
fn is_showcase(file: &File) -> bool {
    let name = file.path.name_lower();
    let folders = format!("/{}", file.path.lower());
    let in_documents = ["/doc/", "/docs/"].iter().any(|folder| folders.contains(folder));
    name.contains(".stories.")
        || name.contains(".story.")
        || folders.contains("/vignettes/")
        || in_documents && matches!(file.path.extension().as_str(), "py" | "rb")
}

/// What other files say of names that uses wait for.
#[derive(Default)]
struct Asked {
    needed: BTreeSet<String>,
    /// the files that import one of this name
    imported: BTreeMap<String, BTreeSet<usize>>,
    /// the files whose code mentions a name
    mentioned: BTreeMap<String, BTreeSet<usize>>,
}

impl Asked {
    fn of(repo: &Repository, scans: &[FileScan], uses: &[(usize, &File, &Use)]) -> Self {
        let names: BTreeSet<String> = uses
            .iter()
            .filter_map(|(_, _, used)| match &used.awaits {
                Awaits::Nothing => None,
                Awaits::Mention(name) | Awaits::Need(name) | Awaits::Imported(name) => Some(name.clone()),
            })
            .collect();
        let kept: BTreeSet<String> = uses
            .iter()
            .filter(|(_, _, used)| matches!(used.awaits, Awaits::Imported(_)))
            .map(|(_, file, _)| imported_as(&file.path))
            .collect();
        let names: BTreeSet<String> = names.into_iter().chain(kept).collect();
        let mut asked = Self::default();
        let mut passed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (at, needs) in told(repo, scans, &names) {
            asked.needed.extend(needs.needed);
            for name in needs.imported {
                asked.imported.entry(name).or_default().insert(at);
            }
            for name in needs.mentioned {
                asked.mentioned.entry(name).or_default().insert(at);
            }
            for (key, name) in needs.passed {
                passed.entry(key).or_default().insert(name);
            }
        }
        // A name may be given to a function under another name that the function's own file needs.
        let keys: BTreeSet<String> = passed.keys().cloned().collect();
        for (_, needs) in told(repo, scans, &keys) {
            for key in needs.needed {
                asked.needed.extend(passed.get(&key).into_iter().flatten().cloned());
            }
        }
        asked
    }

    fn counts(&self, at: usize, file: &File, awaits: &Awaits) -> bool {
        match awaits {
            Awaits::Imported(name) => {
                let imported = self.imported.get(&imported_as(&file.path));
                self.needed.contains(name) && imported.is_some_and(|files| files.iter().any(|other| *other != at))
            }
            Awaits::Nothing => true,
            Awaits::Need(name) => self.needed.contains(name),
            Awaits::Mention(name) => self.mentioned.get(name).is_some_and(|files| files.iter().any(|file| *file != at)),
        }
    }
}

/// What every program that mentions one of these names does with them.
fn told(repo: &Repository, scans: &[FileScan], names: &BTreeSet<String>) -> Vec<(usize, Needs)> {
    let Some(finder) = AhoCorasick::new(names).ok().filter(|_| !names.is_empty()) else { return Vec::new() };
    let files: Vec<(usize, (&File, &FileScan))> = repo.files().iter().zip(scans).enumerate().collect();
    files
        .into_par_iter()
        .filter(|(_, (file, scan))| file.class == Class::Source && file.marks.none() && !scan.generated)
        .filter_map(|(at, (file, _))| {
            let text = repo.text_once(file).ok().filter(|text| finder.is_match(text.as_bytes()))?;
            Some((at, needs(&file.path, &text, names)))
        })
        .collect()
}
