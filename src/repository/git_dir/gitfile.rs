//! Where does a `.git` file lead, and does it lead back?
//!
//! In a linked worktree and in a submodule `.git` is a file that names git's folder (gitrepository-layout(5)). A
//! stranger could name any folder of this machine, so it is followed only where that folder names this one too:
//! a worktree's by its `gitdir` file and its place in `worktrees/`, a submodule's by `core.worktree`.

use super::super::limits::Limits;
use super::super::native::{identity, path_of};
use super::{Config, EntryKind, GitDir, SMALL_FILE_BYTES, SafeRoot, is_git_folder, read_config};
use crate::phrase::Phrase;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The largest `.git`, `gitdir` or `commondir` file: a path and a few words.
const BYTES: u64 = 8 << 10;

pub(super) fn follow(tree: &SafeRoot, path: &Path, limits: &Limits) -> Result<GitDir, Phrase> {
    let text = tree.read(b".git", SMALL_FILE_BYTES).map_err(|_| no_gitfile())?;
    let target = text.strip_prefix(b"gitdir:").map(first_line).filter(|target| !target.is_empty());
    let target = path.join(path_of(target.ok_or_else(no_gitfile)?));
    let folder = SafeRoot::open(&target).map_err(|_| leads_nowhere())?;
    if folder.stat(b"commondir").is_ok_and(|stat| stat.kind == EntryKind::File) {
        let common = common_of(&folder, &target).filter(|_| names_back(&folder, &target, path));
        let (common, common_path) = common.ok_or_else(leads_not_back)?;
        return Ok(GitDir::open(folder, &target, Some((common, common_path)), false, limits));
    }
    let config = read_config(&folder, b"config").unwrap_or_default();
    if is_git_folder(&folder) && is_work_tree_of(&folder, &config, &target, path) {
        return Ok(GitDir::open(folder, &target, None, false, limits));
    }
    Err(leads_not_back())
}

/// The folder that a worktree's git folder shares with others, if it has its place there.
fn common_of(folder: &SafeRoot, target: &Path) -> Option<(SafeRoot, PathBuf)> {
    let text = folder.read(b"commondir", BYTES).ok()?;
    let path = target.join(path_of(first_line(&text)));
    let common = SafeRoot::open(&path).ok().filter(is_git_folder)?;
    let place = path.join("worktrees").join(target.file_name()?);
    same(&place, target).then_some((common, path))
}

/// Whether a worktree's git folder names the `.git` file of this folder.
fn names_back(folder: &SafeRoot, target: &Path, path: &Path) -> bool {
    let Ok(text) = folder.read(b"gitdir", BYTES) else { return false };
    let back = target.join(path_of(first_line(&text)));
    back.file_name() == Some(OsStr::new(".git")) && back.parent().is_some_and(|back| same(back, path))
}

/// Whether a submodule's git folder names this folder as its work tree.
fn is_work_tree_of(folder: &SafeRoot, config: &Config, target: &Path, path: &Path) -> bool {
    let own = if config.has_worktree_config() { read_config(folder, b"config.worktree").ok() } else { None };
    let named = own.and_then(|own| own.worktree).or_else(|| config.worktree.clone());
    named.is_some_and(|named| same(&target.join(path_of(&named)), path))
}

/// Whether two paths lead to the same folder.
fn same(one: &Path, other: &Path) -> bool {
    identity(one).is_some_and(|one| identity(other) == Some(one))
}

fn first_line(text: &[u8]) -> &[u8] {
    text.split(|byte| matches!(byte, b'\n' | b'\r' | 0)).next().unwrap_or_default().trim_ascii()
}

fn no_gitfile() -> Phrase {
    Phrase::new(
        "git: .git is a file that names no git folder; there is no history to read",
        "Git: .git ist eine Datei, die keinen Git-Ordner nennt; es gibt keine Historie zu lesen",
    )
}

fn leads_nowhere() -> Phrase {
    Phrase::new(
        "git: .git is a file that names a git folder that is not there; there is no history to read",
        "Git: .git ist eine Datei, die einen Git-Ordner nennt, den es nicht gibt; es gibt keine Historie zu lesen",
    )
}

fn leads_not_back() -> Phrase {
    Phrase::new(
        "git: .git is a file that names a git folder which does not belong to this folder; it was not followed",
        "Git: .git ist eine Datei, die einen Git-Ordner nennt, der nicht zu diesem Ordner gehört; dem wurde \
         nicht gefolgt",
    )
}
