//! What do the objects of a repository hold? Asked of the worker, with an end to every question.
//!
//! An object over which the worker hangs or dies is not touched again; the worker is started anew, three times at
//! most. What was told before is kept.

mod process;
#[cfg(test)]
mod tests;

pub(crate) use process::{Launch, Program, Trouble, Worker};

use super::git_dir::Promised;
use super::object_id::ObjectId;
use super::work::{Counted, Tally};
use super::worker::message::{EntryRecord, Fault, Manner, Reply, Request, Stop, Summary, Walk};
use crate::phrase::Phrase;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the worker is started anew.
const RESTARTS: u32 = 3;
/// How long one file may take.
const BLOB_TIME: Duration = Duration::from_secs(10);
/// How long the list of files may take.
const LIST_TIME: Duration = Duration::from_secs(30);

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
}

/// Why an object was not read.
enum Unread {
    Fault(Fault),
    Trouble(Trouble),
}

impl Unread {
    fn phrase(self) -> Phrase {
        match self {
            Self::Fault(fault) => fault_phrase(fault),
            Self::Trouble(trouble) => trouble_phrase(trouble),
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
                Some(Promised::From(least)) if least > limit => fault_phrase(Fault::TooLarge),
                Some(_) => not_fetched(),
                None => fault_phrase(Fault::Missing),
            }),
            asked => asked.map_err(Unread::phrase).map(|()| {
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
            _ => Err(fault_phrase(Fault::Missing)),
        }
    }

    fn found(&self, id: ObjectId, request: &Request) -> Result<ObjectId, Phrase> {
        let mut found = None;
        self.short(id, request, |reply| {
            if let Reply::Found(id) = reply {
                found = Some(id);
            }
        })
        .map_err(Unread::phrase)?;
        found.ok_or_else(|| fault_phrase(Fault::Missing))
    }

    /// All files of a commit or tree, with their sizes.
    ///
    /// # Errors
    /// Why not even the root folder can be read.
    pub(crate) fn list(&self, of: ObjectId, limit: usize) -> Result<Listing, Phrase> {
        let entries = u32::try_from(limit).unwrap_or(u32::MAX);
        let (told, end) = self.long(
            Instant::now() + LIST_TIME,
            |with| Request::List { of, entries, sizes: true, with },
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
            Ok(Reply::Done(summary)) => listing.gaps = gaps(&summary, limit, twice),
            Ok(Reply::Fault(fault)) => return Err(fault_phrase(fault)),
            Ok(_) => return Err(trouble_phrase(Trouble::Garbled)),
            Err(trouble) if listing.entries.is_empty() => return Err(trouble_phrase(trouble)),
            Err(trouble) => listing.gaps.push(trouble_phrase(trouble)),
        }
        Ok(listing)
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
        let answer =
            state.worker(&self.launch).and_then(|worker| worker.ask(request, Instant::now() + BLOB_TIME, take));
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
            let trouble = match worker.ask(&request(with), until, |reply| take(&mut told, reply)) {
                Ok(last) => return (told, Ok(last)),
                Err(trouble) => trouble,
            };
            state.worker = None;
            match trouble {
                Trouble::Stuck(id) | Trouble::Ended(Some(id)) => {
                    state.skip.insert(id);
                }
                Trouble::Ended(None) => state.announce = true,
                Trouble::NotStarted | Trouble::Late | Trouble::Garbled => return (told, Err(trouble)),
            }
            if state.starts > RESTARTS {
                return (told, Err(trouble));
            }
        }
    }
}

impl State {
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

fn gaps(summary: &Summary, limit: usize, twice: usize) -> Vec<Phrase> {
    let mut gaps = Vec::new();
    if summary.stopped == Some(Stop::Many) {
        gaps.push(
            Phrase::new(
                "the commit holds more than {limit} files; the others were not looked at",
                "der Commit enthält mehr als {limit} Dateien; die übrigen wurden nicht betrachtet",
            )
            .with("limit", limit.to_string()),
        );
    }
    if summary.faults > 0 {
        let what = summary.first_fault.map_or_else(String::new, |(id, _)| id.to_hex());
        gaps.push(
            Phrase::new(
                "folders of the commit cannot be read: {count}; the first is the git object {what}",
                "Ordner des Commits lassen sich nicht lesen: {count}; der erste ist das Git-Objekt {what}",
            )
            .with("count", summary.faults.to_string())
            .with("what", what),
        );
    }
    let odd = (summary.malformed as usize).saturating_add(twice);
    if odd > 0 {
        gaps.push(
            Phrase::new(
                "the commit names files as no file can be named (.., .git, a slash, the same name twice); left \
                 out: {count}",
                "der Commit nennt Dateien, wie keine heißen kann (.., .git, ein Schrägstrich, doppelt); \
                 ausgelassen: {count}",
            )
            .with("count", odd.to_string()),
        );
    }
    gaps
}

/// Why a file of a partial clone cannot be read, as the end of a sentence.
fn not_fetched() -> Phrase {
    Phrase::new(
        "was left on the server by a partial clone (`git clone --filter`) and was not read",
        "wurde beim partiellen Klonen (`git clone --filter`) auf dem Server gelassen und nicht gelesen",
    )
}

/// Why an object cannot be read, as the end of a sentence.
pub(crate) fn fault_phrase(fault: Fault) -> Phrase {
    match fault {
        Fault::Missing => Phrase::new(
            "is missing from git's object database",
            "fehlt in der Objektdatenbank \
        von Git",
        ),
        Fault::OtherKind => Phrase::new(
            "is another kind of git object than it should be",
            "ist ein Git-Objekt anderer Art, als es sein sollte",
        ),
        Fault::TooLarge => Phrase::new(
            "is a git object larger than is read",
            "ist ein Git-Objekt, das größer ist, als gelesen \
            wird",
        ),
        Fault::Damaged => Phrase::new("is a damaged git object", "ist ein beschädigtes Git-Objekt"),
        Fault::Lost => Phrase::new(
            "is a git object that could not be unpacked to its end",
            "ist ein Git-Objekt, das sich nicht zu Ende entpacken ließ",
        ),
        Fault::Ambiguous => Phrase::new(
            "is the beginning of more than one git object's id",
            "ist der Anfang der Kennung von mehr als einem Git-Objekt",
        ),
    }
}

/// Why the worker has no answer, as the end of a sentence.
pub(crate) fn trouble_phrase(trouble: Trouble) -> Phrase {
    match trouble {
        Trouble::NotStarted => Phrase::new(
            "was not read: the program that reads git objects cannot be started",
            "wurde nicht gelesen: Das Programm, das Git-Objekte liest, lässt sich nicht starten",
        ),
        Trouble::Stuck(_) | Trouble::Ended(_) => fault_phrase(Fault::Lost),
        Trouble::Late => Phrase::new(
            "was not read to its end: reading the git objects took too long",
            "wurde nicht zu Ende gelesen: Das Lesen der Git-Objekte dauerte zu lange",
        ),
        Trouble::Garbled => Phrase::new(
            "was not read: the program that reads git objects gave no sensible answer",
            "wurde nicht gelesen: Das Programm, das Git-Objekte liest, gab keine brauchbare Antwort",
        ),
    }
}
