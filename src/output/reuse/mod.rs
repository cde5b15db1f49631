//! How is the REUSE verdict told?
//!
//! `json` prints what `reuse lint --json` prints, `lines` one line for each problem, `text` what a person reads.

mod json;
mod lines;
mod text;

pub use json::render as json;
pub use lines::render as lines;
pub use text::render as text;

use crate::reading::reuse::{Flaw, Name, Reuse, Text};
use crate::repository::{Loss, RepoPath, Repository};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that keeps a repository from complying, each list sorted.
#[derive(Debug, Default)]
pub struct Verdict<'r> {
    /// files in `LICENSES/` whose name is no identifier
    pub bad: Vec<&'r Text>,
    /// texts whose identifier SPDX advises against
    pub deprecated: Vec<&'r Text>,
    /// texts without an ending
    pub without_ending: Vec<&'r Text>,
    /// texts whose identifier another one has
    pub repeated: Vec<&'r Text>,
    /// texts that nothing refers to
    pub unused: Vec<&'r Text>,
    /// licences without a text, with the covered files that refer to them
    pub missing: BTreeMap<&'r str, Vec<&'r RepoPath>>,
    /// covered files, and folders, that could not be read
    pub read_errors: BTreeSet<RepoPath>,
    /// covered files that nobody says the copyright of
    pub without_copyright: Vec<&'r RepoPath>,
    /// covered files that nobody says the licence of
    pub without_licence: Vec<&'r RepoPath>,
    /// expressions that are none, with the covered files for which they are stated
    pub invalid: BTreeMap<&'r RepoPath, BTreeSet<&'r str>>,
    /// what else the specification forbids
    pub flaws: Vec<(&'r RepoPath, Flaw)>,
    /// what of the repository as a whole could not be looked at
    pub incomplete: Vec<Loss>,
    /// how many covered files could be read
    pub files: usize,
}

impl<'r> Verdict<'r> {
    /// Holds what was read against the specification. What could not be looked at is never passed over.
    pub fn of(reuse: &'r Reuse, repo: &Repository) -> Self {
        let mut verdict = Self::default();
        for text in &reuse.texts {
            let lists = [
                (&mut verdict.bad, text.name == Name::Bad),
                (&mut verdict.deprecated, text.name.is_deprecated()),
                (&mut verdict.without_ending, text.name.lacks_ending()),
                (&mut verdict.repeated, text.repeated),
                (&mut verdict.unused, !reuse.is_used(text)),
            ];
            for (list, _) in lists.into_iter().filter(|(_, is)| *is) {
                list.push(text);
            }
        }
        for file in &reuse.files {
            verdict.flaws.extend(file.flaws.iter().map(|flaw| (&file.path, *flaw)));
            if file.told.is_err() {
                verdict.read_errors.insert(file.path.clone());
                continue;
            }
            verdict.files += 1;
            for stated in file.expressions() {
                if !stated.expression.is_valid() {
                    verdict.invalid.entry(&file.path).or_default().insert(&stated.expression.text);
                }
                for id in stated.expression.ids().iter().filter(|id| !reuse.has_text(id)) {
                    let files = verdict.missing.entry(id).or_default();
                    if files.last() != Some(&&file.path) {
                        files.push(&file.path);
                    }
                }
            }
            if !file.has_copyright() {
                verdict.without_copyright.push(&file.path);
            }
            if !file.has_licence() {
                verdict.without_licence.push(&file.path);
            }
        }
        for loss in repo.losses() {
            match &loss.path {
                // of files it is known already whether it matters; what is no file is a folder
                Some(path) if repo.file(path).is_some() => {}
                Some(path) => {
                    verdict.read_errors.insert(path.clone());
                }
                None => verdict.incomplete.push(loss),
            }
        }
        verdict
    }

    /// Whether nothing is wrong.
    pub fn is_compliant(&self) -> bool {
        let texts = [&self.bad, &self.deprecated, &self.without_ending, &self.repeated, &self.unused];
        texts.iter().all(|list| list.is_empty())
            && self.missing.is_empty()
            && self.read_errors.is_empty()
            && self.without_copyright.is_empty()
            && self.without_licence.is_empty()
            && self.invalid.is_empty()
            && self.flaws.is_empty()
            && self.incomplete.is_empty()
    }
}

#[cfg(test)]
mod tests;
