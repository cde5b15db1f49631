//! Which files does a commit hold?
//!
//! An own walk over the trees, with a list of what is still to be read instead of recursion: libgit2's overflows
//! the stack on deep trees, and trees may name what no tree should (`..`, `.git`, `a/b`).

use super::super::commit::{CommitHead, tag_target};
use super::super::object_id::ObjectId;
use super::super::path::is_dot_git;
use super::super::walk::{Source, SourceKind};
use super::message::{EntryRecord, Fault, Reply, Stop, Summary};
use super::store::Store;
use git2::ObjectType;

/// How long a path may be.
const PATH_BYTES: usize = 4096;
/// How many entries are sent at once.
const BATCH: usize = 4096;
/// How many tags of tags are followed.
const PEEL: usize = 16;

/// The commit, tree, or the tree's commit, that an id leads to.
pub(super) fn peel(store: &mut Store<'_>, id: ObjectId) -> Result<ObjectId, Fault> {
    let mut at = id;
    let mut data = Vec::new();
    for _ in 0..PEEL {
        match Source::read(store, at, true, &mut data)? {
            SourceKind::Commit => return Ok(at),
            SourceKind::Tag => at = tag_target(&data).ok_or(Fault::Damaged)?,
        }
    }
    Err(Fault::TooLarge)
}

/// How much is told.
#[derive(Clone, Copy)]
pub(super) struct Most {
    pub(super) entries: u32,
    /// folders inside of each other
    pub(super) depth: u32,
    /// of paths and ids
    pub(super) bytes: u64,
}

/// Tells all files below a commit or tree, folder by folder; nothing is told where the tree itself cannot be read.
pub(super) fn list(
    store: &mut Store<'_>,
    of: ObjectId,
    most: Most,
    sizes: bool,
    mut tell: impl FnMut(Reply) -> bool,
) -> Result<Summary, Fault> {
    let mut data = Vec::new();
    let root = match peel(store, of) {
        Ok(commit) => {
            Source::read(store, commit, false, &mut data)?;
            CommitHead::parse(&data).tree.ok_or(Fault::Damaged)?
        }
        Err(Fault::OtherKind) => of,
        Err(fault) => return Err(fault),
    };
    store.tree(root, &mut data)?;

    let mut summary = Summary::default();
    let mut batch = Vec::new();
    let (mut count, mut bytes) = (0_u32, 0_u64);
    let mut ahead: Vec<(Vec<u8>, u32, ObjectId)> = vec![(Vec::new(), 0, root)];
    while let Some((folder, depth, tree)) = ahead.pop() {
        if let Err(fault) = store.tree(tree, &mut data) {
            summary.fault(tree, fault);
            continue;
        }
        let mut rest = data.as_slice();
        while !rest.is_empty() {
            let Some((mode, name, id, after)) = parse_entry(rest) else {
                summary.malformed = summary.malformed.saturating_add(1);
                break;
            };
            rest = after;
            count = count.saturating_add(1);
            bytes = bytes.saturating_add((folder.len() + name.len() + 32) as u64);
            if count > most.entries || bytes > most.bytes {
                summary.stopped = Some(if count > most.entries { Stop::Many } else { Stop::Full });
                ahead.clear();
                break;
            }
            let path = join(&folder, name);
            let sound = is_sound(name) && path.len() <= PATH_BYTES;
            match mode {
                0o040_000 if sound && depth < most.depth => ahead.push((path, depth + 1, id)),
                0o040_000 if sound => summary.deep = summary.deep.saturating_add(1),
                0o100_000..=0o100_777 | 0o120_000 | 0o160_000 if sound => {
                    let is_file = mode & 0o170_000 == 0o100_000;
                    let len = if sizes && is_file { size(store, id) } else { None };
                    let mode = match mode {
                        0o120_000 | 0o160_000 => mode,
                        _ if mode & 0o100 != 0 => 0o100_755,
                        _ => 0o100_644,
                    };
                    batch.push(EntryRecord { path, mode, id, len });
                }
                _ => summary.malformed = summary.malformed.saturating_add(1),
            }
            if batch.len() >= BATCH && !tell(Reply::Entries(std::mem::take(&mut batch))) {
                return Ok(summary);
            }
        }
    }
    tell(Reply::Entries(batch));
    Ok(summary)
}

fn size(store: &mut Store<'_>, id: ObjectId) -> Option<u64> {
    let (len, kind) = store.header(id).ok()?;
    (kind == ObjectType::Blob).then_some(len as u64)
}

fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    if folder.is_empty() { name.to_vec() } else { [folder, b"/", name].concat() }
}

/// Whether a tree may hold such a name; see git's `verify_path`.
fn is_sound(name: &[u8]) -> bool {
    !matches!(name, b"" | b"." | b"..") && !name.contains(&b'/') && !is_dot_git(name)
}

/// `mode SP name NUL id`, and what follows.
fn parse_entry(data: &[u8]) -> Option<(u32, &[u8], ObjectId, &[u8])> {
    let space = memchr::memchr(b' ', data.get(..8).unwrap_or(data))?;
    let mode = data.get(..space)?.iter().try_fold(0_u32, |mode, digit| match digit {
        b'0'..=b'7' => Some(mode * 8 + u32::from(digit - b'0')),
        _ => None,
    })?;
    let rest = data.get(space + 1..)?;
    let end = memchr::memchr(0, rest)?;
    let id = ObjectId::new(rest.get(end + 1..end + 1 + ObjectId::LEN)?)?;
    Some((mode, rest.get(..end)?, id, rest.get(end + 1 + ObjectId::LEN..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_a_tree() {
        let data = [b"100644 a b\0".as_slice(), &[7; 20], b"rest"].concat();
        let (mode, name, id, rest) = parse_entry(&data).unwrap();
        assert_eq!((mode, name, id, rest), (0o100_644, &b"a b"[..], ObjectId::new(&[7; 20]).unwrap(), &b"rest"[..]));
        for junk in [&b""[..], b"100644", b"100644 a", b"100644 a\0short", b"10x644 a\0", b"100644100644100644 a\0"] {
            assert!(parse_entry(junk).is_none(), "{junk:?}");
        }
    }

    #[test]
    fn names_no_tree_should_hold() {
        for name in ["", ".", "..", ".git", ".GIT", "a/b", "/abs", "git~1"] {
            assert!(!is_sound(name.as_bytes()), "{name}");
        }
        for name in [".gitignore", "...", "a\\b", "-", "\u{1b}[2J"] {
            assert!(is_sound(name.as_bytes()), "{name}");
        }
    }
}
