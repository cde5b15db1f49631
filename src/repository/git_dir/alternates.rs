//! Where else are objects of this repository kept?
//!
//! A clone made with `--shared` or `--reference` borrows objects from another one (gitrepository-layout(5),
//! `objects/info/alternates`). libgit2 follows these files by itself; they are looked at here before, so that it
//! meets nothing that it hangs on, and so that the worker keeps the right to read those folders and no others.

use super::super::native::{bytes_of, identity, path_of};
use super::super::refusal::Refusal;
use super::super::safe_root::{EntryKind, SafeRoot};
use super::{odd_file, too_long};
use crate::phrase::Phrase;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The largest file of this kind.
const BYTES: u64 = 64 << 10;
/// How many folders are followed, and how deep: as deep as libgit2 goes.
const FOLDERS: usize = 64;
const DEPTH: usize = 5;

/// The folders that the `objects` folder at `path` borrows from; those that do not exist are left out.
///
/// # Errors
/// Which file, here or there, must not be given to libgit2.
pub(super) fn alternates(path: &Path) -> Result<Vec<Vec<u8>>, Phrase> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut ahead = vec![(path.to_owned(), 0)];
    while let Some((folder, depth)) = ahead.pop() {
        let Some(identity) = identity(&folder) else { continue };
        if !seen.insert(identity) {
            continue;
        }
        let Ok(objects) = SafeRoot::open(&folder) else { continue };
        let here = depth == 0;
        if !here && !looks_like_objects(&objects) {
            continue;
        }
        preflight(&objects)?;
        if !here {
            found.push(bytes_of(folder.as_os_str()).to_vec());
        }
        if found.len() > FOLDERS {
            return Err(too_long("objects/info/alternates"));
        }
        if depth < DEPTH {
            let named = match objects.read(b"info/alternates", BYTES) {
                Ok(named) => named,
                Err(Refusal::NotFound) => continue,
                Err(_) => return Err(too_long("objects/info/alternates")),
            };
            let lines = named.split(|byte| matches!(byte, b'\n' | b'\r'));
            ahead.extend(lines.filter(|line| !matches!(line.first(), None | Some(b'#'))).map(|line| {
                let named: PathBuf = folder.join(path_of(line));
                (named, depth + 1)
            }));
            if ahead.len() > FOLDERS {
                return Err(too_long("objects/info/alternates"));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn looks_like_objects(folder: &SafeRoot) -> bool {
    [&b"pack"[..], b"info"].iter().any(|name| folder.stat(name).is_ok_and(|stat| stat.kind == EntryKind::Folder))
}

/// Whether the `objects` folder, and what libgit2 opens unasked in it, holds files and folders only.
fn preflight(objects: &SafeRoot) -> Result<(), Phrase> {
    for folder in [&b""[..], b"info", b"pack"] {
        let place = |name: &[u8]| {
            let parts = [&b"objects"[..], folder, name];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&b'/')
        };
        let names = match objects.list(folder) {
            Ok(names) => names,
            Err(Refusal::NotFound) => continue,
            Err(_) => return Err(odd_file(&place(b""), EntryKind::Special)),
        };
        for (name, kind) in names {
            if !matches!(kind, EntryKind::File | EntryKind::Folder) {
                return Err(odd_file(&place(&name), kind));
            }
        }
    }
    Ok(())
}
