//! Which clones are there, which of them can be relied on, and which must go?
//!
//! A folder holds one clone for each address, called after it. A clone is whole only while it holds a mark, which is
//! taken away before git touches it and put back when git is done: whoever is killed in between leaves no mark, and
//! what has none is made anew. The age of the mark tells when a clone was last used. Nothing else is written down:
//! sizes are measured when the folder is opened and after each change.

use super::address::{hash, is_key};
use super::git::FILTER_BYTES;
use crate::batch::child::bytes_below;
use crate::batch::lock;
use crate::output::write;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// The file in a clone that says it is whole.
const MARK: &str = "civiclint-whole";
/// How clones are called that are being made, and those that are being removed.
const NEW: &str = ".new-";
const GONE: &str = ".gone-";
/// A clone with more packs than this is made anew, as each update adds one and nothing joins them.
const PACKS: usize = 60;
/// How often whoever waits for a clone looks whether to stop.
const TICK: Duration = Duration::from_millis(100);

/// The folder of the clones.
pub(super) struct Cache {
    folder: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
    /// locked while this lives
    _lock: File,
}

#[derive(Default)]
struct State {
    clones: BTreeMap<String, Entry>,
    /// those that are being fetched
    busy: BTreeSet<String>,
    number: u64,
}

struct Entry {
    bytes: u64,
    /// how many hold it
    held: usize,
    /// the order in which they were used; those of earlier runs by the age of their marks
    used: Used,
    /// fetched in this run
    fresh: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Used {
    Before(SystemTime),
    Now(u64),
}

/// A bare clone that stays where it is while this lives.
pub struct Held<'c> {
    cache: &'c Cache,
    key: String,
    path: PathBuf,
    fresh: bool,
}

impl Cache {
    /// Opens the folder and removes what was not finished. Nothing is touched that is not called as clones are.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        make(folder)?;
        #[expect(clippy::disallowed_methods, reason = "the folder of our own clones, for git by its real name")]
        let folder = fs::canonicalize(folder)?;
        let lock = OpenOptions::new().create(true).append(true).open(folder.join("lock"))?;
        if !lock::take(&lock)? {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        // backups leave out what can be had again; https://bford.info/cachedir/
        let tag = "Signature: 8a477f597d28d172789f06886806bc55\n# clones of civiclint\n";
        write::to_file(tag, &folder.join("CACHEDIR.TAG")).map_err(|_| io::ErrorKind::PermissionDenied)?;
        let mut state = State::default();
        for entry in fs::read_dir(&folder)?.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = entry.path();
            match fs::symlink_metadata(path.join(MARK)).and_then(|mark| mark.modified()) {
                Ok(at) if is_key(&name) => {
                    let clone = Entry { bytes: bytes_below(&path), held: 0, used: Used::Before(at), fresh: false };
                    state.clones.insert(name, clone);
                }
                _ if is_key(&name) || name.starts_with(NEW) || name.starts_with(GONE) => remove(&path)?,
                _ => {}
            }
        }
        Ok(Self { folder, state: Mutex::new(state), changed: Condvar::new(), _lock: lock })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn path(&self, key: &str) -> PathBuf {
        self.folder.join(key)
    }

    /// A name that nothing has.
    pub(super) fn new_path(&self, key: &str) -> PathBuf {
        let mut state = self.state();
        state.number += 1;
        self.folder.join(format!("{NEW}{}-{key}", state.number))
    }

    /// Takes hold of a clone, whether it is there yet or not; waits for whoever is fetching it. `None` where somebody
    /// wants to stop.
    pub(super) fn hold(&self, key: &str, stop: &AtomicBool) -> Option<Held<'_>> {
        let mut state = self.state();
        while state.busy.contains(key) {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            state = match self.changed.wait_timeout(state, TICK) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        let now = state.now();
        let new = || Entry { bytes: 0, held: 0, used: now, fresh: false };
        let clone = state.clones.entry(key.to_owned()).or_insert_with(new);
        clone.held += 1;
        clone.used = now;
        let fresh = clone.fresh;
        if !fresh {
            state.busy.insert(key.to_owned());
        }
        Some(Held { cache: self, key: key.to_owned(), path: self.path(key), fresh })
    }

    /// Whether there is a clone of this address that git was done with, in the form that is made today.
    #[expect(clippy::disallowed_methods, reason = "a mark of our own")]
    pub(super) fn is_whole(&self, key: &str, address: &str) -> bool {
        let path = self.path(key);
        let packs = fs::read_dir(path.join("objects/pack")).map_or(0, |packs| {
            packs.flatten().filter(|pack| pack.path().extension().is_some_and(|end| end == "pack")).count()
        });
        packs <= PACKS && fs::read_to_string(path.join(MARK)).is_ok_and(|mark| mark == mark_of(address))
    }

    /// Says that git is done with a clone.
    pub(super) fn mark(&self, key: &str, address: &str) -> io::Result<()> {
        mark(&self.path(key), address)
    }

    /// Says that git is about to touch a clone.
    pub(super) fn unmark(&self, key: &str) -> io::Result<()> {
        fs::remove_file(self.path(key).join(MARK))
    }

    /// Puts a clone that was made under another name where it belongs.
    pub(super) fn settle(&self, new: &Path, key: &str, address: &str) -> io::Result<()> {
        mark(new, address)?;
        fs::rename(new, self.path(key))
    }

    /// Removes a clone, which may not be there.
    pub(super) fn remove(&self, key: &str) -> io::Result<()> {
        let path = self.path(key);
        let gone = {
            let mut state = self.state();
            state.number += 1;
            self.folder.join(format!("{GONE}{}-{key}", state.number))
        };
        // under another name first: what is half removed is no clone
        match fs::rename(&path, &gone) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
            Ok(()) => remove(&gone),
        }
    }

    /// Removes the clones that were not used for the longest time until all together fit; those in use stay.
    pub(super) fn shrink(&self, most: u64) {
        while self.bytes() > most && self.remove_oldest() {}
    }

    fn bytes(&self) -> u64 {
        self.state().clones.values().fold(0, |sum, clone| sum.saturating_add(clone.bytes))
    }

    /// Removes the clone that was not used for the longest time; `false` where all are in use.
    pub(super) fn remove_oldest(&self) -> bool {
        let mut state = self.state();
        let free = state.clones.iter().filter(|(_, clone)| clone.held == 0);
        let Some(key) = free.min_by_key(|(_, clone)| clone.used).map(|(key, _)| key.clone()) else { return false };
        state.clones.remove(&key);
        // nobody may take hold of it meanwhile
        state.busy.insert(key.clone());
        drop(state);
        // one that cannot be removed is not counted any more, and met again by the next run
        let _ = self.remove(&key);
        self.state().busy.remove(&key);
        self.changed.notify_all();
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn now(&mut self) -> Used {
        self.number += 1;
        Used::Now(self.number)
    }
}

impl Held<'_> {
    /// Whether it was fetched in this run already, and is only shared.
    pub(super) fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// Says that it was fetched.
    pub(super) fn fetched(&self) {
        let bytes = bytes_below(&self.path);
        let mut state = self.cache.state();
        if let Some(clone) = state.clones.get_mut(&self.key) {
            clone.bytes = bytes;
            clone.fresh = true;
        }
        state.busy.remove(&self.key);
        drop(state);
        self.cache.changed.notify_all();
    }
}

impl Deref for Held<'_> {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut state = self.cache.state();
        let fresh = state.clones.get_mut(&self.key).is_some_and(|clone| {
            clone.held = clone.held.saturating_sub(1);
            clone.fresh
        });
        // it was not fetched: what is left of it, if anything, counts from the next run on
        if !self.fresh && !fresh {
            state.busy.remove(&self.key);
            if let Some(clone) = state.clones.get_mut(&self.key) {
                clone.bytes = bytes_below(&self.path);
            }
        }
        drop(state);
        self.cache.changed.notify_all();
    }
}

fn mark_of(address: &str) -> String {
    format!("{} {FILTER_BYTES}\n", hash(address))
}

fn mark(clone: &Path, address: &str) -> io::Result<()> {
    write::to_file(&mark_of(address), &clone.join(MARK)).map_err(|_| io::Error::other("a file could not be written"))
}

/// Makes the folder, for nobody else to read: git keeps addresses in its clones, and with them what is secret in them.
fn make(folder: &Path) -> io::Result<()> {
    let mut make = fs::DirBuilder::new();
    make.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    make.create(folder)
}

/// Removes a folder, a file or a link, if it is there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// The bytes that are free on the disk of a folder; `None` where the system does not say.
#[cfg(unix)]
pub(super) fn free(folder: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(folder).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

/// The bytes that are free on the disk of a folder: not asked on other systems, where git's own complaint tells.
#[cfg(not(unix))]
pub(super) fn free(_: &Path) -> Option<u64> {
    None
}
