//! Which files lie in a folder of which git says nothing?

use super::file::FileKind;
use super::ignores::{self, Compiler, Rules};
use super::path::{RepoPath, is_dot_git};
use super::refusal::Refusal;
use super::safe_root::{EntryKind, SafeRoot};
use super::state::State;
use super::tree::Entry;
use super::{Limit, Limits, Loss};
use crate::phrase::Phrase;
use std::sync::Arc;
use std::time::Instant;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// every file that no `.gitignore` names, sorted by path
    pub(super) entries: Vec<Entry>,
    /// folders and rules that could not be read
    pub(super) losses: Vec<Loss>,
    /// which limit ended it before its end
    pub(super) cut: Option<Limit>,
}

/// What is left out besides `.git`.
#[derive(Debug)]
pub(super) enum Ignored {
    /// what the `.gitignore` files name, and these lines, which come before them
    ByRules(Vec<u8>),
    /// nothing
    Nothing,
}

/// Lists a folder and what is below it, as far as the limits allow; links are listed and not followed, `.git` is left
/// out. Time is a limit because rules of a stranger's making, held against names of his making, can be slow.
pub(super) fn list(root: &SafeRoot, limits: &Limits, ignored: &Ignored) -> Found {
    list_since(root, limits, ignored, Instant::now())
}

fn list_since(root: &SafeRoot, limits: &Limits, ignored: &Ignored, start: Instant) -> Found {
    let late = || start.elapsed() > limits.time(Limit::FolderSeconds);
    let (most, depth) = (limits.count(Limit::Files), limits.count(Limit::Depth));
    let mut found = Found::default();
    let mut compiler = Compiler::default();
    let outermost = match ignored {
        Ignored::ByRules(lines) => compiler.rules(b"", &String::from_utf8_lossy(lines), None).0,
        Ignored::Nothing => None,
    };
    let mut ahead: Vec<(Vec<u8>, Option<Arc<Rules>>)> = vec![(Vec::new(), outermost)];
    while let Some((folder, outer)) = ahead.pop() {
        if found.cut.is_none() && late() {
            found.cut = Some(Limit::FolderSeconds);
        }
        if found.cut.is_some() {
            break;
        }
        if folder.iter().filter(|byte| **byte == b'/').count() >= depth {
            let why = Phrase::new("lies too deep and was not looked at", "liegt zu tief und wurde nicht angesehen");
            found.lose(folder, limits.hit(Limit::Depth, why));
            continue;
        }
        let listed = root.folder(&folder).and_then(|here| here.list(b"").map(|names| (here, names)));
        let (here, names) = match listed {
            Ok(listed) => listed,
            Err(refusal) => {
                found.lose(folder, refusal.phrase());
                continue;
            }
        };
        if !folder.is_empty() && names.iter().any(|(name, _)| name == b".git") {
            found.entries.push(Entry::new(folder, FileKind::Submodule));
            continue;
        }
        let rules = match ignored {
            Ignored::ByRules(_) => found.rules(&here, &folder, &names, outer, &mut compiler),
            Ignored::Nothing => None,
        };
        let mut below = Vec::new();
        for (name, kind) in names {
            let mut path = folder.clone();
            if !path.is_empty() {
                path.push(b'/');
            }
            path.extend_from_slice(&name);
            let is_folder = kind == EntryKind::Folder;
            if is_dot_git(&name) || rules.as_ref().is_some_and(|rules| rules.ignore(&path, is_folder)) {
                continue;
            }
            if is_folder {
                below.push((path, rules.clone()));
                continue;
            }
            if found.entries.len() == most || late() {
                found.cut = Some(if found.entries.len() == most { Limit::Files } else { Limit::FolderSeconds });
                break;
            }
            let kind = if kind == EntryKind::Link { FileKind::Link } else { FileKind::Regular };
            let stat = here.stat(&name).ok().filter(|stat| stat.kind == EntryKind::File);
            let state = State { stamp: stat.and_then(|stat| stat.stamp), blob: None };
            found.entries.push(Entry { len: stat.map(|stat| stat.len), state, ..Entry::new(path, kind) });
        }
        ahead.extend(below.into_iter().rev());
    }
    found.entries.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found
}

impl Found {
    fn lose(&mut self, path: Vec<u8>, why: Phrase) {
        self.losses.push(Loss { path: (!path.is_empty()).then(|| RepoPath::new(path)), why });
    }

    /// The rules of a folder: those of the folders around it, and its own.
    fn rules(
        &mut self,
        here: &SafeRoot,
        folder: &[u8],
        names: &[(Vec<u8>, EntryKind)],
        outer: Option<Arc<Rules>>,
        compiler: &mut Compiler,
    ) -> Option<Arc<Rules>> {
        // as git does, a `.gitignore` that is a link is not read
        if !names.iter().any(|(name, kind)| name == b".gitignore" && *kind != EntryKind::Link) {
            return outer;
        }
        let mut path = folder.to_vec();
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(b".gitignore");
        match here.read_unlinked(b".gitignore", ignores::BYTES) {
            Ok(bytes) => {
                let (rules, whole) = compiler.rules(folder, &String::from_utf8_lossy(&bytes), outer);
                if !whole {
                    let why = Phrase::new(
                        "has more or longer rules than are followed here",
                        "hat mehr oder längere Regeln, als hier befolgt werden",
                    );
                    self.lose(path, why);
                }
                rules
            }
            Err(Refusal::Kind(EntryKind::Folder) | Refusal::NotFound) => outer,
            Err(refusal) => {
                self.lose(path, refusal.phrase());
                outer
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::testing::{Yard, without_privileges};
    use std::time::Duration;

    const BY_RULES: Ignored = Ignored::ByRules(Vec::new());

    fn few(files: u64) -> Limits {
        let mut limits = Limits::default();
        limits.set(Limit::Files, files);
        limits
    }

    fn paths(found: &Found) -> Vec<String> {
        found.entries.iter().map(|entry| String::from_utf8_lossy(&entry.path).into_owned()).collect()
    }

    #[test]
    fn everything_but_git_and_what_is_ignored() {
        let yard = Yard::new();
        for path in [
            ".git/config",
            "a.txt",
            "b/.gitignore",
            "b/keep",
            "b/drop",
            "b/c/drop",
            "b/c/keep",
            "target/x",
            "x.log",
            "module/.git",
            "module/inner",
            ".GIT/config",
            ".github/x",
        ] {
            yard.file(path, "text");
        }
        yard.file(".gitignore", "target/\n*.log\n");
        yard.file("b/.gitignore", "drop\n!c/drop\n");
        yard.link("out", "../outside");
        yard.link("up", "..");
        yard.fifo("pipe");
        let found = list(&yard.root(), &few(100), &BY_RULES);
        let expected = [
            ".github/x",
            ".gitignore",
            "a.txt",
            "b/.gitignore",
            "b/c/drop",
            "b/c/keep",
            "b/keep",
            "module",
            "out",
            "pipe",
            "up",
        ];
        assert_eq!(paths(&found), expected);
        assert_eq!(found.losses, []);
        let kind = |path: &str| &found.entries.iter().find(|entry| entry.path == path.as_bytes()).unwrap().kind;
        assert_eq!(*kind("module"), FileKind::Submodule);
        assert_eq!(*kind("out"), FileKind::Link);
        assert_eq!(*kind("a.txt"), FileKind::Regular);
        assert_eq!(found.entries.iter().find(|entry| entry.path == b"a.txt").unwrap().len, Some(4));
    }

    #[test]
    fn other_rules_and_none() {
        let yard = Yard::new();
        for path in ["a.tmp", "b.log", "c", ".git/config", "d/e.tmp"] {
            yard.file(path, "text");
        }
        yard.file(".gitignore", "*.log\n!d/e.tmp\n");
        let found = list(&yard.root(), &few(100), &Ignored::ByRules(b"*.tmp\n".to_vec()));
        assert_eq!(paths(&found), [".gitignore", "c", "d/e.tmp"]);
        let found = list(&yard.root(), &few(100), &Ignored::Nothing);
        assert_eq!(paths(&found), [".gitignore", "a.tmp", "b.log", "c", "d/e.tmp"]);
    }

    #[test]
    fn only_so_many() {
        let yard = Yard::new();
        for name in ["a", "b/c", "b/d", "e"] {
            yard.file(name, "");
        }
        assert_eq!(list(&yard.root(), &few(4), &BY_RULES).cut, None);
        let found = list(&yard.root(), &few(3), &BY_RULES);
        assert_eq!((found.cut, found.entries.len()), (Some(Limit::Files), 3));
        let found = list_since(&yard.root(), &few(4), &BY_RULES, Instant::now() - Duration::from_secs(11));
        assert_eq!(found.cut, Some(Limit::FolderSeconds), "and only so long");
        let mut flat = few(4);
        flat.set(Limit::Depth, 1);
        yard.file("b/f/g", "");
        let found = list(&yard.root(), &flat, &BY_RULES);
        assert_eq!((found.entries.len(), found.losses.len()), (4, 1), "and only so deep");
    }

    #[test]
    fn deeper_than_paths_may_be() {
        let yard = Yard::new();
        yard.file("top", "");
        yard.nest(b"dddddddd", 480);
        let found = list(&yard.root(), &few(100), &BY_RULES);
        assert_eq!(paths(&found), ["top"]);
        assert_eq!(found.losses.len(), 1);
        assert!(found.losses.first().unwrap().path.as_ref().unwrap().lossy().starts_with("dddddddd/dddddddd"));
    }

    #[test]
    fn rules_that_cannot_be_read_are_losses() {
        let yard = Yard::new();
        yard.file("a", "");
        yard.fifo(".gitignore");
        yard.file("b/x", "");
        yard.link("b/.gitignore", "../../outside/secret");
        yard.file("huge/x", "");
        yard.sparse("huge/.gitignore", 20 << 30);
        let found = list(&yard.root(), &few(100), &BY_RULES);
        assert_eq!(paths(&found), [".gitignore", "a", "b/.gitignore", "b/x", "huge/.gitignore", "huge/x"]);
        let lost: Vec<_> = found.losses.iter().map(|loss| loss.path.clone().unwrap()).collect();
        assert_eq!(lost, [RepoPath::from(".gitignore"), RepoPath::from("huge/.gitignore")]);
    }

    #[test]
    fn folders_that_may_not_be_read_are_losses() {
        let yard = Yard::new();
        yard.file("a", "");
        yard.file("shut/x", "");
        yard.permit("shut", 0);
        let root = yard.root();
        let found = std::thread::scope(|scope| {
            scope
                .spawn(|| {
                    without_privileges();
                    list(&root, &few(100), &BY_RULES)
                })
                .join()
                .unwrap()
        });
        yard.permit("shut", 0o755);
        assert_eq!(paths(&found), ["a"]);
        assert_eq!(found.losses.first().unwrap().path, Some(RepoPath::from("shut")));
    }
}
