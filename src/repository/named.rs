//! What stands in a file that is looked for by its name, whether git tracks it or not?

use super::contents::Want;
use super::path::is_sound;
use super::refusal::Refusal;
use super::safe_root::EntryKind;
use super::{File, FileKind, Repository};
use crate::phrase::Phrase;

impl Repository {
    /// The bytes of the file at a path, of which there may be at most `limit`; `None` where nothing lies there. In a
    /// work tree that is the file as it lies there, tracked or not: what somebody has just written counts before it is
    /// added. Nothing is kept, and nothing is a loss: whoever asks says what is wrong.
    ///
    /// # Errors
    /// The reason why it cannot be read: a path that leads out, too large, no regular file, not permitted.
    pub fn named(&self, path: &str, limit: u64) -> Option<Result<Vec<u8>, Phrase>> {
        if !is_sound(path.as_bytes()) {
            return Some(Err(Refusal::BadPath.phrase()));
        }
        let on_disk = self.work_tree.as_ref().map(|root| root.read(path.as_bytes(), limit));
        let bytes = match on_disk {
            // a pipe or a device is no file that somebody wrote, and git could not keep it
            Some(Err(Refusal::NotFound | Refusal::Kind(EntryKind::Fifo | EntryKind::Special))) | None => {
                self.stored(path, limit)?
            }
            Some(read) => read,
        };
        Some(bytes.map_err(|refusal| refusal.phrase()))
    }

    /// The same of a file that git keeps only.
    fn stored(&self, path: &str, limit: u64) -> Option<Result<Vec<u8>, Refusal>> {
        let file = self.file(path).filter(|_| self.objects.contains_key(path.as_bytes()))?;
        Some(match file.kind {
            FileKind::Submodule => Err(Refusal::NotFound),
            _ => self.stored_within(file, limit),
        })
    }

    fn stored_within(&self, file: &File, limit: u64) -> Result<Vec<u8>, Refusal> {
        let reached = self.resolve_in_commit(file.path.as_bytes())?;
        self.stored_bytes(&reached, Want::All(limit))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Yard, options};

    #[test]
    fn files_by_name() {
        let yard = Yard::new();
        yard.file("civiclint.toml", "languages = []\n");
        yard.file(".github/large.toml", "#".repeat(100));
        yard.fifo("pipe.toml");
        yard.link("out.toml", "../outside/secret");
        yard.link("in.toml", "civiclint.toml");
        let repo = super::Repository::open(&yard.path(""), options()).expect("a folder");
        let told = |path| repo.named(path, 50).map(|read| read.is_ok());
        for (path, wanted) in [
            ("civiclint.toml", Some(true)),
            ("in.toml", Some(true)),
            ("none.toml", None),
            (".github/large.toml", Some(false)),
            ("pipe.toml", None),
            ("out.toml", Some(false)),
            ("../outside/secret", Some(false)),
            (".git/config", Some(false)),
            ("", Some(false)),
            (".github", Some(false)),
        ] {
            assert_eq!(told(path), wanted, "{path}");
        }
        assert!(repo.losses().is_empty(), "{:?}", repo.losses());
    }
}
