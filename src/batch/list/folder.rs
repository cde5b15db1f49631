//! Which repositories lie below a folder?

use super::{Limits, List, Mistake, shown, unreadable};
use crate::batch::{Listed, Location};
use crate::output::encode::visible;
use crate::phrase::Phrase;
use crate::untrusted::Untrusted;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// How deep below the folder a repository may lie: `group/subgroup/team/project`.
const DEPTH: usize = 4;

/// All repositories below a folder, in the order of the bytes of their paths: work trees (they have a `.git`) and bare
/// repositories. What lies in a repository is part of it; links are not followed; hidden folders are entries where they
/// are repositories, and not looked into otherwise.
pub(super) fn read(root: &Path, limits: &Limits) -> Result<List, Vec<Mistake>> {
    if is_repository(root) {
        let told = Phrase::new(
            "{path} is a repository itself, and the only one that is looked at",
            "{path} ist selbst ein Repository, und nur dieses wird angesehen",
        );
        let listed = vec![entry(root, Path::new(""))];
        return Ok(List { listed, groups: Vec::new(), told: vec![told.with("path", shown(root))] });
    }
    let mut search =
        Search { root, limits, found: BTreeSet::new(), folders: 0, links: 0, deeper: 0, unread: Vec::new() };
    let mut open = vec![(PathBuf::new(), 0)];
    while let Some((folder, depth)) = open.pop() {
        search.folders += 1;
        if search.folders > limits.folders || search.found.len() > limits.entries {
            let phrase = Phrase::new("there are too many folders below {path}", "unter {path} gibt es zu viele Ordner");
            return Err(vec![phrase.with("path", shown(root)).into()]);
        }
        search.look_into(&folder, depth, &mut open).map_err(|error| vec![unreadable(root, &error).into()])?;
    }
    search.finish()
}

struct Search<'a> {
    root: &'a Path,
    limits: &'a Limits,
    /// relative paths, in the order of their bytes
    found: BTreeSet<Vec<u8>>,
    folders: usize,
    links: usize,
    deeper: usize,
    unread: Vec<Phrase>,
}

impl Search<'_> {
    /// An error only where the folder that was asked for itself cannot be read.
    fn look_into(&mut self, folder: &Path, depth: usize, open: &mut Vec<(PathBuf, usize)>) -> std::io::Result<()> {
        let there = match fs::read_dir(self.root.join(folder)) {
            Ok(there) => there,
            Err(error) if folder.as_os_str().is_empty() => return Err(error),
            Err(error) => {
                self.unread.push(unreadable(&self.root.join(folder), &error));
                return Ok(());
            }
        };
        for entry in there.filter_map(Result::ok) {
            // of the entry itself: a link is no folder
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|about| about.is_dir()) {
                self.links += 1;
            }
            if !kind.is_dir() {
                continue;
            }
            let below = folder.join(entry.file_name());
            if is_repository(&entry.path()) {
                self.found.insert(below.into_os_string().into_encoded_bytes());
            } else if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            } else if depth + 1 < DEPTH {
                open.push((below, depth + 1));
            } else {
                self.deeper += 1;
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<List, Vec<Mistake>> {
        let path = shown(self.root);
        if self.found.is_empty() {
            let phrase =
                Phrase::new("there is no git repository below {path}", "unter {path} gibt es kein Git-Repository");
            let mut mistakes = vec![phrase.with("path", path).into()];
            mistakes.extend(self.unread.into_iter().take(self.limits.entries.min(20)).map(Mistake::from));
            return Err(mistakes);
        }
        let mut told = self.unread;
        let mut tell = |number: usize, phrase: Phrase| {
            if number > 0 {
                told.push(phrase.with("number", number.to_string()).with("path", path.clone()));
            }
        };
        tell(
            self.links,
            Phrase::new(
                "{path}: links to folders are not followed ({number} of them)",
                "{path}: Links auf Ordner werden nicht verfolgt ({number} davon)",
            ),
        );
        tell(
            self.deeper,
            Phrase::new(
                "{path}: folders that lie deeper than four levels were not looked into ({number} of them)",
                "{path}: Ordner, die tiefer als vier Ebenen liegen, wurden nicht durchsucht ({number} davon)",
            ),
        );
        let listed: Vec<Listed> =
            self.found.iter().map(|below| entry(self.root, &crate::repository::native::owned_path_of(below))).collect();
        // Bytes that are no text are written visibly; what is called so in truth would be its double.
        let mut seen = BTreeSet::new();
        let (listed, doubles): (Vec<_>, Vec<_>) = listed.into_iter().partition(|entry| seen.insert(entry.repo.clone()));
        told.extend(doubles.into_iter().map(|double| {
            Phrase::new(
                "{repo} is left out: another folder is written like it",
                "{repo} bleibt aus: Ein anderer Ordner schreibt sich genauso",
            )
            .with("repo", Untrusted::from(double.repo))
        }));
        Ok(List { listed, groups: Vec::new(), told })
    }
}

fn entry(root: &Path, below: &Path) -> Listed {
    let whole = below.as_os_str().is_empty();
    let path = if whole { root.to_owned() } else { root.join(below) };
    let name = (!whole).then(|| visible(below.as_os_str().as_encoded_bytes()));
    Listed { repo: visible(path.as_os_str().as_encoded_bytes()), location: Location::Folder(path), name, owner: None }
}

/// Whether a folder is a work tree or a bare repository, by what lies in it. Whether it can be read is asked later.
fn is_repository(folder: &Path) -> bool {
    let is = |name: &str, right: fn(&fs::Metadata) -> bool| {
        fs::symlink_metadata(folder.join(name)).is_ok_and(|about| right(&about))
    };
    is(".git", |_| true)
        || (is("HEAD", |about| !about.is_dir())
            && is("objects", fs::Metadata::is_dir)
            && is("refs", fs::Metadata::is_dir))
}
