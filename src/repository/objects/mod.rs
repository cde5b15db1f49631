//! What do the objects of a repository hold? Asked of the worker, with an end to every question.
//!
//! An object over which the worker hangs or dies is not touched again; the worker is started anew, three times at
//! most. What was told before is kept.

mod process;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use process::{Launch, Program, Trouble, Worker};

use super::git_dir::Promised;
use super::limits::{Limit, Limits};
use super::object_id::ObjectId;
use super::work::{Counted, Tally};
use super::worker::Confinement;
use super::worker::message::{EntryRecord, Fault, Manner, Reply, Request, Summary, Walk};
use crate::phrase::Phrase;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use words::{fault_phrase, gaps, not_fetched, trouble_phrase};

/// How often the worker is started anew.
const RESTARTS: u32 = 3;

/// The largest file of which only the beginning is read.
pub(crate) const LARGEST_HEAD: u64 = 16 << 20;

/// The object database of a repository, behind the worker.
pub(crate) struct Objects {
    launch: Launch,
    state: Mutex<State>,
    /// what was taken from it
    pub(crate) tally: Tally,
}

#[derive(Default)]
struct State {
    worker: Option<Worker>,
    starts: u32,
    skip: BTreeSet<ObjectId>,
    announce: bool,
    confinement: Option<Confinement>,
}

/// Why an object was not read.
enum Unread {
    Fault(Fault),
    Trouble(Trouble),
}

impl Unread {
    fn phrase(self, limits: &Limits) -> Phrase {
        match self {
            Self::Fault(fault) => fault_phrase(fault, limits),
            Self::Trouble(trouble) => trouble_phrase(trouble, Limit::ObjectSeconds, limits),
        }
    }
}

/// The files of a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listing {
    /// sorted by path, each path once
    pub(crate) entries: Vec<EntryRecord>,
    /// what is not in it, and why; empty where it is whole
    pub(crate) gaps: Vec<Phrase>,
}

/// What a walk over the history told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// names and addresses of authors
    pub(crate) authors: Vec<(Vec<u8>, Vec<u8>)>,
    /// newest first, as they were met
    pub(crate) commits: Vec<super::worker::message::CommitRecord>,
    /// the number of an asked tag, and the time of the commit that it leads to
    pub(crate) tags: Vec<(u32, i64)>,
    /// what is to be said of the whole; `None` where the worker did not come to its end
    pub(crate) summary: Option<Summary>,
    /// why it did not
    pub(crate) trouble: Option<Trouble>,
}

impl Objects {
    /// Nothing is started until something is asked.
    pub(crate) fn new(launch: Launch) -> Self {
        Self { launch, state: Mutex::default(), tally: Tally::default() }
    }

    /// The bytes of a file, of which there may be at most `limit`.
    ///
    /// # Errors
    /// Why it cannot be read, as the end of a sentence whose subject is the file.
    pub(crate) fn blob(&self, id: ObjectId, limit: u64) -> Result<Vec<u8>, Phrase> {
        self.bytes(id, limit, limit)
    }

    /// The first bytes of a file of at most 16 MiB.
    ///
    /// # Errors
    /// As [`Objects::blob`].
    pub(crate) fn blob_head(&self, id: ObjectId, first: usize) -> Result<Vec<u8>, Phrase> {
        self.bytes(id, LARGEST_HEAD, first as u64)
    }

    fn bytes(&self, id: ObjectId, limit: u64, first: u64) -> Result<Vec<u8>, Phrase> {
        let mut bytes = Vec::new();
        let asked = self.short(id, &Request::Blob { id, limit, first }, |reply| {
            if let Reply::Bytes(told) = reply {
                bytes = told;
            }
        });
        match asked {
            // what the filter of a partial clone left out is not read in a whole clone either, if it is so large
            Err(Unread::Fault(Fault::Missing)) => Err(match self.launch.promised {
                Some(Promised::From(least)) if least > limit => fault_phrase(Fault::TooLarge, &self.launch.limits),
                Some(_) => not_fetched(),
                None => fault_phrase(Fault::Missing, &self.launch.limits),
            }),
            asked => asked.map_err(|unread| unread.phrase(&self.launch.limits)).map(|()| {
                self.tally.add(Counted::Blobs, 1);
                bytes
            }),
        }
    }

    /// The commit that a commit or tag leads to.
    ///
    /// # Errors
    /// Why none can be found, as the end of a sentence whose subject is the object.
    pub(crate) fn peel(&self, id: ObjectId) -> Result<ObjectId, Phrase> {
        self.found(id, &Request::Peel(id))
    }

    /// The object whose id begins with these four or more hexadecimal digits.
    ///
    /// # Errors
    /// As [`Objects::peel`]; and where there are several.
    pub(crate) fn find(&self, prefix: &[u8]) -> Result<ObjectId, Phrase> {
        let digits = u8::try_from(prefix.len()).ok().filter(|digits| *digits >= 4);
        match (ObjectId::from_hex_prefix(prefix), digits) {
            (Some(id), Some(digits)) => self.found(id, &Request::Find { prefix: id, digits }),
            _ => Err(fault_phrase(Fault::Missing, &self.launch.limits)),
        }
    }

    fn found(&self, id: ObjectId, request: &Request) -> Result<ObjectId, Phrase> {
        let mut found = None;
        self.short(id, request, |reply| {
            if let Reply::Found(id) = reply {
                found = Some(id);
            }
        })
        .map_err(|unread| unread.phrase(&self.launch.limits))?;
        found.ok_or_else(|| fault_phrase(Fault::Missing, &self.launch.limits))
    }

    /// All files of a commit or tree, with their sizes.
    ///
    /// # Errors
    /// Why not even the root folder can be read.
    pub(crate) fn list(&self, of: ObjectId) -> Result<Listing, Phrase> {
        let limits = &self.launch.limits;
        let (entries, depth) = (limits.small(Limit::Files), limits.small(Limit::Depth));
        // the other half is for what each of them takes besides its name
        let bytes = limits.get(Limit::AnswerBytes) / 2;
        let (told, end) = self.long(
            Instant::now() + limits.time(Limit::TreeSeconds),
            |with| Request::List { of, entries, depth, bytes, sizes: true, with },
            |told: &mut Vec<EntryRecord>, reply| {
                if let Reply::Entries(more) = reply {
                    told.extend(more);
                }
            },
        );
        let mut listing = Listing { entries: told, gaps: Vec::new() };
        if let Some(Promised::From(least)) = self.launch.promised {
            // at least so large: that is all that is known of them, and larger than whatever asks
            let files = listing.entries.iter_mut().filter(|entry| entry.mode & 0o170_000 == 0o100_000);
            files.filter(|entry| entry.len.is_none()).for_each(|entry| entry.len = Some(least));
        }
        let mut twice = 0_usize;
        listing.entries.sort_by(|a, b| a.path.cmp(&b.path));
        listing.entries.dedup_by(|b, a| {
            twice += usize::from(a.path == b.path);
            a.path == b.path
        });
        match end {
            Ok(Reply::Done(summary)) => listing.gaps = gaps(&summary, limits, twice),
            Ok(Reply::Fault(fault)) => return Err(fault_phrase(fault, limits)),
            Ok(_) => return Err(trouble_phrase(Trouble::Garbled, Limit::TreeSeconds, limits)),
            Err(trouble) if listing.entries.is_empty() => {
                return Err(trouble_phrase(trouble, Limit::TreeSeconds, limits));
            }
            Err(trouble) => listing.gaps.push(trouble_phrase(trouble, Limit::TreeSeconds, limits)),
        }
        Ok(listing)
    }

    /// What the worker has given away; `None` where there was none yet.
    pub(crate) fn confinement(&self) -> Option<Confinement> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).confinement.clone()
    }

    /// The history; whatever could be read of it.
    pub(crate) fn history(&self, of: &Walk) -> Told {
        let until = Instant::now() + Duration::from_millis(of.millis.into());
        let (mut told, end) = self.long(
            // The worker stops by itself at `until`; it is given a moment to say so.
            until + Duration::from_secs(1),
            |with| {
                let left = until.saturating_duration_since(Instant::now()).as_millis();
                let millis = u32::try_from(left).unwrap_or(u32::MAX).min(of.millis);
                Request::History { of: Walk { millis, ..of.clone() }, with }
            },
            |told: &mut Told, reply| match reply {
                Reply::Authors(more) => told.authors.extend(more),
                Reply::Commits(more) => told.commits.extend(more),
                Reply::Tags(more) => told.tags.extend(more),
                _ => {}
            },
        );
        match end {
            Ok(Reply::Done(summary)) => told.summary = Some(summary),
            Ok(_) => told.trouble = Some(Trouble::Garbled),
            Err(trouble) => told.trouble = Some(trouble),
        }
        self.tally.add(Counted::Commits, told.commits.len());
        told
    }

    /// Asks about one object. If the worker is lost over it, it is not asked about again.
    fn short(&self, id: ObjectId, request: &Request, take: impl FnMut(Reply)) -> Result<(), Unread> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.skip.contains(&id) {
            return Err(Unread::Fault(Fault::Lost));
        }
        let until = Instant::now() + self.launch.limits.time(Limit::ObjectSeconds);
        let answer = state.worker(&self.launch).and_then(|worker| worker.ask(request, until, take));
        state.note();
        match answer {
            Ok(Reply::Fault(fault)) => Err(Unread::Fault(fault)),
            Ok(_) => Ok(()),
            Err(trouble) => {
                state.worker = None;
                state.skip.insert(id);
                Err(Unread::Trouble(trouble))
            }
        }
    }

    /// Asks about many objects, again without the one over which the worker was lost, and keeps the last that came.
    fn long<T: Default>(
        &self,
        until: Instant,
        request: impl Fn(Manner) -> Request,
        take: impl Fn(&mut T, Reply),
    ) -> (T, Result<Reply, Trouble>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut told = T::default();
        loop {
            let with = Manner { skip: state.skip.iter().copied().collect(), announce: state.announce };
            let worker = match state.worker(&self.launch) {
                Ok(worker) => worker,
                Err(trouble) => return (told, Err(trouble)),
            };
            told = T::default();
            let answer = worker.ask(&request(with), until, |reply| take(&mut told, reply));
            state.note();
            let trouble = match answer {
                Ok(last) => return (told, Ok(last)),
                Err(trouble) => trouble,
            };
            state.worker = None;
            match trouble {
                Trouble::Stuck(id) | Trouble::Ended(Some(id)) => {
                    state.skip.insert(id);
                }
                Trouble::Ended(None) => state.announce = true,
                Trouble::NotStarted | Trouble::Late | Trouble::Worn | Trouble::TooMuch | Trouble::Garbled => {
                    return (told, Err(trouble));
                }
            }
            if state.starts > RESTARTS {
                return (told, Err(trouble));
            }
        }
    }
}

impl State {
    /// Keeps what the worker said that it has given away.
    fn note(&mut self) {
        if let Some(worker) = &mut self.worker {
            self.confinement = worker.confinement.take().or(self.confinement.take());
        }
    }

    fn worker(&mut self, launch: &Launch) -> Result<&mut Worker, Trouble> {
        if self.worker.is_none() {
            if self.starts > RESTARTS {
                return Err(Trouble::NotStarted);
            }
            self.starts += 1;
            self.worker = Some(Worker::start(launch)?);
        }
        self.worker.as_mut().ok_or(Trouble::NotStarted)
    }
}
