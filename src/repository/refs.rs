//! Which commits do branches and tags name?
//!
//! A reader of our own for `HEAD`, loose refs and `packed-refs` (gitrepository-layout(5), git-pack-refs(1)), each of
//! bounded size; lines that are no refs are passed over.

use super::git_dir::GitDir;
use super::limits::Limit;
use super::object_id::ObjectId;
use super::refusal::Refusal;
use super::safe_root::{EntryKind, SafeRoot};
use crate::phrase::Phrase;
use std::collections::BTreeMap;

#[cfg(test)]
mod tests;

/// How often a ref may name another one.
const LINKS: usize = 5;
/// The largest loose ref.
const REF_BYTES: u64 = 4 << 10;
/// How deep folders of tags are followed.
const DEPTH: usize = 16;

/// What `HEAD` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// a commit
    At(ObjectId),
    /// a branch that has no commits yet
    Unborn,
}

/// What a revision given by a person may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Revision {
    /// a commit or tag object
    Id(ObjectId),
    /// the first digits of an id
    Prefix(Vec<u8>),
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TagRef {
    /// without `refs/tags/`
    pub(crate) name: Vec<u8>,
    /// what it names; where `packed-refs` says what an annotated tag leads to, that
    pub(crate) id: ObjectId,
}

/// The refs of a repository.
pub(crate) struct Refs<'g> {
    git: &'g GitDir,
    packed: BTreeMap<Vec<u8>, Packed>,
    /// whether there are more packed refs than are kept
    cut: bool,
}

#[derive(Clone, Copy)]
struct Packed {
    id: ObjectId,
    peeled: Option<ObjectId>,
}

enum Value {
    Id(ObjectId),
    Symbolic(Vec<u8>),
}

impl<'g> Refs<'g> {
    /// Reads `packed-refs`; loose refs are read when they are asked for.
    ///
    /// # Errors
    /// Where `packed-refs` cannot be read.
    pub(crate) fn open(git: &'g GitDir) -> Result<Self, Phrase> {
        let limits = git.limits();
        let (packed, cut) = match git.common().read(b"packed-refs", limits.get(Limit::GitFileBytes)) {
            Ok(text) => parse_packed(&text, limits.count(Limit::Refs)),
            Err(Refusal::NotFound) => (BTreeMap::new(), false),
            Err(_) => return Err(unreadable(b"packed-refs")),
        };
        Ok(Self { git, packed, cut })
    }

    /// What is checked out, or the default branch of a bare repository.
    ///
    /// # Errors
    /// Where `HEAD`, or what it names, is not as git writes it, or leads in a circle.
    pub(crate) fn head(&self) -> Result<Head, Phrase> {
        let mut value = match read_loose(self.git.root(), b"HEAD")? {
            Some(value) => value,
            None => return Err(unreadable(b"HEAD")),
        };
        for _ in 0..LINKS {
            let name = match value {
                Value::Id(id) => return Ok(Head::At(id)),
                Value::Symbolic(name) => name,
            };
            value = match self.value(&name)? {
                Some(value) => value,
                None => return Ok(Head::Unborn),
            };
        }
        Err(Phrase::new(
            "git: HEAD names a branch that names another one, and so on without end",
            "Git: HEAD nennt einen Branch, der einen anderen nennt, und so fort ohne Ende",
        ))
    }

    /// What a branch, tag, remote branch or id given by a person means, in the order of gitrevisions(7).
    ///
    /// # Errors
    /// Where it is none of these, or the ref is damaged.
    pub(crate) fn revision(&self, given: &str) -> Result<Revision, Phrase> {
        let bytes = given.as_bytes();
        if let Some(id) = ObjectId::from_hex(bytes) {
            return Ok(Revision::Id(id));
        }
        if matches!(given, "HEAD" | "@") {
            return match self.head()? {
                Head::At(id) => Ok(Revision::Id(id)),
                Head::Unborn => Err(no_revision(given)),
            };
        }
        let places: [(&[u8], &[u8]); 6] = [
            (b"", b""),
            (b"refs/", b""),
            (b"refs/tags/", b""),
            (b"refs/heads/", b""),
            (b"refs/remotes/", b""),
            (b"refs/remotes/", b"/HEAD"),
        ];
        for (before, behind) in places {
            let name = [before, bytes, behind].concat();
            if !name.starts_with(b"refs/") || !is_sound(&name) {
                continue;
            }
            if let Some(id) = self.follow(&name)? {
                return Ok(Revision::Id(id));
            }
        }
        if bytes.len() >= 4 && ObjectId::from_hex_prefix(bytes).is_some() {
            return Ok(Revision::Prefix(bytes.to_vec()));
        }
        Err(no_revision(given))
    }

    fn follow(&self, name: &[u8]) -> Result<Option<ObjectId>, Phrase> {
        let mut name = name.to_vec();
        for _ in 0..LINKS {
            match self.value(&name)? {
                None => return Ok(None),
                Some(Value::Id(id)) => return Ok(Some(id)),
                Some(Value::Symbolic(next)) => name = next,
            }
        }
        Err(unreadable(&name))
    }

    fn value(&self, name: &[u8]) -> Result<Option<Value>, Phrase> {
        let loose = read_loose(self.git.common(), name)?;
        let found = loose.or_else(|| self.packed.get(name).map(|packed| Value::Id(packed.id)));
        if found.is_none() && self.cut {
            return Err(self.too_many());
        }
        Ok(found)
    }

    /// Whether git is told to read other objects in the place of some (git-replace(1)).
    pub(crate) fn has_replacements(&self) -> bool {
        let prefix = b"refs/replace/".to_vec();
        let packed = self.packed.range(prefix.clone()..).next().is_some_and(|(name, _)| name.starts_with(&prefix));
        packed
            || match self.git.common().list(b"refs/replace") {
                Ok(names) => !names.is_empty(),
                Err(refusal) => !matches!(refusal, Refusal::NotFound),
            }
    }

    fn too_many(&self) -> Phrase {
        let why = Phrase::new(
            "git: there are more packed refs than are read",
            "Git: Es gibt mehr gepackte Referenzen, als gelesen werden",
        );
        self.git.limits().hit(Limit::Refs, why)
    }

    /// All tags, sorted by name, and why these are not all: tags that cannot be read or are over a limit are missing.
    pub(crate) fn tags(&self) -> (Vec<TagRef>, Option<Phrase>) {
        let most = self.git.limits().count(Limit::Tags);
        let mut tags: BTreeMap<Vec<u8>, ObjectId> = BTreeMap::new();
        let mut whole = true;
        let mut many = false;
        let prefix = b"refs/tags/".to_vec();
        for (name, packed) in self.packed.range(prefix.clone()..) {
            let Some(short) = name.strip_prefix(prefix.as_slice()) else { break };
            tags.insert(short.to_vec(), packed.peeled.unwrap_or(packed.id));
        }
        let mut ahead = vec![(Vec::new(), 0)];
        while let Some((folder, depth)) = ahead.pop() {
            let place = [b"refs/tags", folder.as_slice()].concat();
            let names = match self.git.common().list(&place) {
                Ok(names) => names,
                Err(Refusal::NotFound) => continue,
                Err(_) => {
                    whole = false;
                    continue;
                }
            };
            for (name, kind) in names {
                let path = [folder.as_slice(), b"/", &name].concat();
                let short = path.get(1..).unwrap_or_default();
                match kind {
                    EntryKind::Folder if depth < DEPTH => ahead.push((path, depth + 1)),
                    EntryKind::File if name.ends_with(b".lock") => {}
                    EntryKind::File if tags.len() >= most && !tags.contains_key(short) => many = true,
                    EntryKind::File => match self.follow(&[b"refs/tags/", short].concat()) {
                        Ok(Some(id)) => {
                            tags.insert(short.to_vec(), id);
                        }
                        Ok(None) | Err(_) => whole = false,
                    },
                    _ => whole = false,
                }
            }
        }
        let gap = if self.cut {
            Some(self.too_many())
        } else if many || tags.len() > most {
            let why =
                Phrase::new("git: there are more tags than are read", "Git: Es gibt mehr Tags, als gelesen werden");
            Some(self.git.limits().hit(Limit::Tags, why))
        } else {
            (!whole).then(|| {
                Phrase::new(
                    "not all tags of this git repository could be read",
                    "nicht alle Tags dieses Git-Repositorys ließen sich lesen",
                )
            })
        };
        (tags.into_iter().take(most).map(|(name, id)| TagRef { name, id }).collect(), gap)
    }
}

fn read_loose(folder: &SafeRoot, name: &[u8]) -> Result<Option<Value>, Phrase> {
    let text = match folder.read(name, REF_BYTES) {
        Ok(text) => text,
        // a folder is what is left of a branch `a/b` where `a` is asked for
        Err(Refusal::NotFound | Refusal::Kind(EntryKind::Folder)) => return Ok(None),
        Err(_) => return Err(unreadable(name)),
    };
    if let Some(target) = text.strip_prefix(b"ref:") {
        let target = target.trim_ascii();
        return if is_sound(target) { Ok(Some(Value::Symbolic(target.to_vec()))) } else { Err(unreadable(name)) };
    }
    let hex = text.get(..2 * ObjectId::LEN).filter(|_| text.get(40).is_none_or(u8::is_ascii_whitespace));
    match hex.and_then(ObjectId::from_hex) {
        Some(id) => Ok(Some(Value::Id(id))),
        None => Err(unreadable(name)),
    }
}

/// Whether this may be a ref: below `refs/`, and nothing that git-check-ref-format(1) forbids and a path could abuse.
fn is_sound(name: &[u8]) -> bool {
    name.starts_with(b"refs/")
        && name.len() < 1024
        && !name.iter().any(|byte| byte.is_ascii_control() || b" ~^:?*[\\".contains(byte))
        && name.split(|byte| *byte == b'/').all(|part| !part.is_empty() && !part.starts_with(b"."))
        && !name.windows(2).any(|pair| pair == b".." || pair == b"@{")
}

/// `id SP name`, followed by `^id` where the ref is an annotated tag and that is what it leads to; at most so many, and
/// whether there are more.
fn parse_packed(text: &[u8], most: usize) -> (BTreeMap<Vec<u8>, Packed>, bool) {
    let mut refs = BTreeMap::new();
    let mut cut = false;
    let mut last: Option<Vec<u8>> = None;
    for line in text.split(|byte| *byte == b'\n') {
        if let Some(peeled) = line.strip_prefix(b"^") {
            if let (Some(name), Some(id)) = (last.take(), ObjectId::from_hex(peeled.trim_ascii_end()))
                && let Some(packed) = refs.get_mut(&name)
            {
                let Packed { peeled, .. } = packed;
                *peeled = Some(id);
            }
            continue;
        }
        last = None;
        let Some((hex, name)) = line.split_at_checked(2 * ObjectId::LEN) else { continue };
        let name = name.strip_prefix(b" ").unwrap_or_default().trim_ascii_end();
        if let Some(id) = ObjectId::from_hex(hex)
            && is_sound(name)
        {
            if refs.len() >= most {
                cut = true;
                break;
            }
            refs.insert(name.to_vec(), Packed { id, peeled: None });
            last = Some(name.to_vec());
        }
    }
    (refs, cut)
}

fn unreadable(name: &[u8]) -> Phrase {
    Phrase::new(
        "git: {name} is not as git writes it, or cannot be read",
        "Git: {name} ist nicht so, wie Git es schreibt, oder nicht lesbar",
    )
    .with("name", name.get(..200).unwrap_or(name))
}

fn no_revision(given: &str) -> Phrase {
    Phrase::new(
        "{given} is no branch, tag or commit of this git repository",
        "{given} ist kein Branch, Tag oder Commit dieses Git-Repositorys",
    )
    .with("given", given)
}
