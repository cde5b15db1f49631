//! How is an object read without libgit2 taking us along where it goes?
//!
//! Only the object database of libgit2 is used, never its repository. The size is asked for first, so that nothing
//! large is unpacked unasked, and the content must hash to its name. What is being read at the moment is noted, so
//! that somebody who watches can say where libgit2 does not come back (1.9.7 spins for ever on a loose object that
//! was cut short, libgit2 #7342).

use super::super::object_id::ObjectId;
use super::super::walk::{Source, SourceKind};
use super::message::Fault;
use git2::{ErrorClass, ErrorCode, ObjectType, Odb, Oid};
use sha1::{Digest, Sha1};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The largest commit or tag.
const COMMIT_BYTES: usize = 1 << 20;
/// The largest tree.
const TREE_BYTES: usize = 8 << 20;

/// The object that is being read, and how many were read before it.
#[derive(Default)]
pub(super) struct Current(Mutex<(u64, Option<ObjectId>)>);

impl Current {
    /// What it is now.
    pub(super) fn get(&self) -> (u64, Option<ObjectId>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, id: Option<ObjectId>) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *current = (current.0.wrapping_add(1), id);
    }
}

/// An object database, opened.
pub(super) struct Store<'c> {
    odb: Odb<'static>,
    current: &'c Current,
    skip: BTreeSet<ObjectId>,
    /// told of each object before it is read
    announce: Option<Box<dyn FnMut(ObjectId) + 'c>>,
}

impl<'c> Store<'c> {
    /// Opens an `objects` folder, and with it the alternates it names.
    pub(super) fn open(objects: &str, current: &'c Current) -> Result<Self, git2::Error> {
        git2::opts::strict_hash_verification(false); // done here, with a hash that takes a tenth of the time
        git2::opts::enable_caching(false); // each object is read once
        let odb = Odb::new()?;
        odb.add_disk_alternate(objects)?;
        Ok(Self { odb, current, skip: BTreeSet::new(), announce: None })
    }

    /// How the next request is gone about.
    pub(super) fn prepare(&mut self, skip: Vec<ObjectId>, announce: Option<Box<dyn FnMut(ObjectId) + 'c>>) {
        self.skip = skip.into_iter().collect();
        self.announce = announce;
    }

    /// Size and kind of an object.
    pub(super) fn header(&mut self, id: ObjectId) -> Result<(usize, ObjectType), Fault> {
        self.watched(id, |odb, oid| odb.read_header(oid).map_err(|error| fault(&error)))
    }

    /// The bytes of an object of one of these kinds, which may have at most so many.
    pub(super) fn read(
        &mut self,
        id: ObjectId,
        kinds: &[ObjectType],
        limit: usize,
        into: &mut Vec<u8>,
    ) -> Result<ObjectType, Fault> {
        self.watched(id, |odb, oid| {
            let (len, kind) = odb.read_header(oid).map_err(|error| fault(&error))?;
            if !kinds.contains(&kind) {
                return Err(Fault::OtherKind);
            }
            if len > limit {
                return Err(Fault::TooLarge);
            }
            let object = odb.read(oid).map_err(|error| fault(&error))?;
            if object.kind() != kind || object.len() != len || hash(kind, object.data()) != Some(id) {
                return Err(Fault::Damaged);
            }
            into.clear();
            into.extend_from_slice(object.data());
            Ok(kind)
        })
    }

    /// The bytes of a tree.
    pub(super) fn tree(&mut self, id: ObjectId, into: &mut Vec<u8>) -> Result<(), Fault> {
        self.read(id, &[ObjectType::Tree], TREE_BYTES, into).map(|_| ())
    }

    /// The object whose id begins with so many hexadecimal digits.
    pub(super) fn find(&mut self, prefix: ObjectId, digits: usize) -> Result<ObjectId, Fault> {
        self.watched(prefix, |odb, oid| {
            let found = odb.exists_prefix(oid, digits).map_err(|error| fault(&error))?;
            ObjectId::new(found.as_bytes()).ok_or(Fault::Damaged)
        })
    }

    fn watched<T>(
        &mut self,
        id: ObjectId,
        read: impl FnOnce(&Odb<'static>, Oid) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.skip.contains(&id) {
            return Err(Fault::Lost);
        }
        let oid = Oid::from_bytes(id.as_bytes()).map_err(|_| Fault::Damaged)?;
        if let Some(announce) = &mut self.announce {
            announce(id);
        }
        self.current.set(Some(id));
        let result = read(&self.odb, oid);
        self.current.set(None);
        result
    }
}

impl Source for Store<'_> {
    fn read(&mut self, id: ObjectId, or_tag: bool, into: &mut Vec<u8>) -> Result<SourceKind, Fault> {
        let kinds = if or_tag { &[ObjectType::Commit, ObjectType::Tag][..] } else { &[ObjectType::Commit] };
        Ok(match self.read(id, kinds, COMMIT_BYTES, into)? {
            ObjectType::Tag => SourceKind::Tag,
            _ => SourceKind::Commit,
        })
    }
}

fn fault(error: &git2::Error) -> Fault {
    match error.code() {
        _ if error.class() == ErrorClass::NoMemory => Fault::Memory,
        ErrorCode::NotFound => Fault::Missing,
        ErrorCode::Ambiguous => Fault::Ambiguous,
        _ => Fault::Damaged,
    }
}

/// What an object with this content is called: the SHA-1 of its kind, its length and its bytes.
fn hash(kind: ObjectType, data: &[u8]) -> Option<ObjectId> {
    let mut hash = Sha1::new();
    hash.update(kind.str());
    hash.update(b" ");
    hash.update(data.len().to_string());
    hash.update(b"\0");
    hash.update(data);
    ObjectId::new(&hash.finalize())
}
