//! Which files does nobody look at, because a policy says so?
//!
//! They stay part of the tree: a link that leads to one is not broken. But no room meets them.

use super::contents::Texts;
use super::{File, RepoPath, Repository};
use std::sync::PoisonError;

impl Repository {
    /// Leaves out the files that `excluded` names; what was lost of them is forgotten. To be called before anybody
    /// looks at the files.
    pub fn leave_out(&mut self, excluded: impl Fn(&RepoPath) -> bool) {
        if !self.files.iter().any(|file| excluded(&file.path)) {
            return;
        }
        let all = self.files.drain(..).zip(self.states.drain(..));
        let (out, kept): (Vec<_>, Vec<_>) = all.partition(|(file, _)| excluded(&file.path));
        (self.files, self.states) = kept.into_iter().unzip();
        self.left_out.extend(out.into_iter().map(|(file, _)| file));
        self.left_out.sort_by(|a, b| a.path.cmp(&b.path));
        self.texts = Texts::of(&self.files, &self.options.limits);
        let mut losses = std::mem::take(&mut *self.losses.lock().unwrap_or_else(PoisonError::into_inner));
        losses.retain(|path, _| path.as_ref().is_none_or(|path| self.left_out_file(path.as_bytes()).is_none()));
        *self.losses.lock().unwrap_or_else(PoisonError::into_inner) = losses;
    }

    /// How many files are left out.
    pub fn left_out(&self) -> usize {
        self.left_out.len()
    }

    pub(super) fn left_out_file(&self, path: &[u8]) -> Option<&File> {
        let at = self.left_out.binary_search_by(|file| file.path.as_bytes().cmp(path)).ok()?;
        self.left_out.get(at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Yard, options};
    use super::*;

    #[test]
    fn they_are_there_but_nobody_meets_them() {
        let yard = Yard::new();
        yard.file("README.md", "# Trees\n");
        yard.file("fixtures/a.csv", "a;b\n");
        yard.fifo("fixtures/publiccode.yml");
        yard.fifo("CITATION.cff");
        let mut repo = Repository::open(&yard.path(""), options()).expect("a folder");
        let lost = |repo: &Repository| repo.losses().into_iter().filter_map(|loss| loss.path).collect::<Vec<_>>();
        repo.lose(super::super::Loss {
            path: Some("fixtures/a.csv".into()),
            why: crate::phrase::Phrase::new("a", "a"),
        });
        repo.leave_out(|path| path.as_bytes().starts_with(b"fixtures/"));
        let files: Vec<_> = repo.files().iter().map(|file| file.path.lossy().into_owned()).collect();
        assert_eq!(files, ["CITATION.cff", "README.md"]);
        assert_eq!(repo.left_out(), 2);
        assert!(repo.has_folder("fixtures"), "a link to it is not broken");
        let file = repo.file("fixtures/a.csv").expect("it is there").clone();
        assert_eq!(repo.text(&file).as_deref(), Ok("a;b\n"));
        assert_eq!(lost(&repo), [RepoPath::from("CITATION.cff")], "what is left out is not missed");
    }
}
