//! Which uses count, now that all files are known?
//!
//! What is kept under a name counts where another file reads it; what only shows how something is used does not.

use super::{Awaits, Needs, Use, imported_as, needs};
use crate::reading::kept::{Kept, Question};
use crate::reading::needles::Needles;
use crate::reading::pass::FileScan;
use crate::repository::{Class, File, Repository};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// So far before the name of a file stands the word that imports it, in bytes.
const NEAR: usize = 200;

/// The uses that count, each as the number of its file and its own among the uses of the file, in their order.
///
/// What files say of names that others wait for is taken from `kept` where they have not changed.
pub fn counted(repo: &Repository, scans: &[FileScan], kept: Option<&Kept>) -> Vec<(usize, usize)> {
    let mut uses: Vec<(usize, &File, &Use)> = Vec::new();
    let mut numbers: Vec<usize> = Vec::new();
    for (at, (file, scan)) in repo.files().iter().zip(scans).enumerate() {
        if file.marks.none() && !scan.generated && !scan.uses.is_empty() && !is_showcase(file) {
            uses.extend(scan.uses.iter().map(|used| (at, file, used)));
            numbers.extend(0..scan.uses.len());
        }
    }
    let asked = Asked::of(&All { repo, scans, memory: kept }, &uses);
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

/// All files, and what is known of them.
struct All<'a> {
    repo: &'a Repository,
    scans: &'a [FileScan],
    memory: Option<&'a Kept>,
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
    fn of(all: &All<'_>, uses: &[(usize, &File, &Use)]) -> Self {
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
        let mut asked = Self::default();
        let mut passed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (at, needs) in told(all, &names, &kept) {
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
        for (_, needs) in told(all, &keys, &BTreeSet::new()) {
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

/// What every program that mentions one of these names does with them, and which files of the names `kept` it imports.
fn told(
    &All { repo, scans, memory }: &All<'_>,
    names: &BTreeSet<String>,
    kept: &BTreeSet<String>,
) -> Vec<(usize, Needs)> {
    let wanted: BTreeSet<String> = names.union(kept).cloned().collect();
    if names.is_empty() {
        return Vec::new();
    }
    let finder = Needles::new(&wanted);
    let question = question(names, kept);
    let ask = |file: &File| {
        let text = repo.text_once(file).ok()?;
        Some(mentions(&text, &finder, names).then(|| needs(&file.path, &text, &wanted)))
    };
    let files: Vec<(usize, (&File, &FileScan))> = repo.files().iter().zip(scans).enumerate().collect();
    files
        .into_par_iter()
        .filter(|(_, (file, scan))| file.class == Class::Source && file.marks.none() && !scan.generated)
        .filter_map(|(at, (file, _))| {
            let needs = match memory {
                Some(memory) => memory.answer(at, question, || ask(file)),
                None => ask(file),
            };
            Some((at, needs??))
        })
        .collect()
}

/// What is asked of every file, as a name for it.
fn question(names: &BTreeSet<String>, kept: &BTreeSet<String>) -> Question {
    let mut hash = Sha256::new();
    for set in [names, kept] {
        hash.update((set.len() as u64).to_le_bytes());
        for name in set {
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name);
        }
    }
    let mut question = Question::default();
    question.iter_mut().zip(hash.finalize()).for_each(|(byte, of)| *byte = of);
    question
}

/// Whether a text has one of the names as a word, or the name of a file in a line that may import it.
fn mentions(text: &str, finder: &Needles, names: &BTreeSet<String>) -> bool {
    let bytes = text.as_bytes();
    let word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    finder.all(text).any(|(_, found)| {
        let before = found.start.checked_sub(1).and_then(|at| bytes.get(at));
        if word(before) || word(bytes.get(found.end)) {
            return false;
        }
        let near = bytes.get(found.start.saturating_sub(NEAR)..found.start).unwrap_or_default();
        let line = memchr::memrchr(b'\n', near).map_or(0, |at| at + 1);
        let lead = near.get(line..).unwrap_or_default();
        let imports = |verb: &&str| memchr::memmem::find(lead, verb.as_bytes()).is_some();
        text.get(found.clone()).is_some_and(|name| names.contains(name))
            || ["import", "require", "from", "source", "include", "use", "load"].iter().any(imports)
    })
}
