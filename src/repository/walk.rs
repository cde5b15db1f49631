//! In which order is the history read, and where does it end?
//!
//! An own walk, because libgit2's ends at the first commit that is not as it should be (`threats.md` 3). A commit
//! that cannot be read is counted and its parents are unknown; one that is malformed is counted and passed. The
//! walk ends after so many commits or so much time, and says so.
//!
//! How far it goes changes nothing about the order: a shorter walk tells the beginning of what a longer one tells, so
//! that a question which needs the beginning only gets the same answer from either.

use super::commit::{CommitHead, SUBJECT, tag_target};
use super::object_id::ObjectId;
use super::worker::message::{CommitRecord, Doubt, Fault, Reply, Stop, Summary, Walk};
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::time::{Duration, Instant};

/// Where commits and tags are read from.
pub(crate) trait Source {
    /// Puts a commit into `into`; where `or_tag` is set, a tag is as good.
    ///
    /// # Errors
    /// Why it could not be read.
    fn read(&mut self, id: ObjectId, or_tag: bool, into: &mut Vec<u8>) -> Result<SourceKind, Fault>;
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// a commit
    Commit,
    /// an annotated tag
    Tag,
}

/// How many commits are sent at once.
const BATCH: usize = 1024;
/// How many old commits in a row do not end the walk yet: a clock may have been wrong, as in git's own walk.
const SLOP: u32 = 16;
/// The beginning of 1990: no commit was made earlier, whatever its clock said; in seconds since 1970.
pub(crate) const EARLIEST: i64 = 631_152_000;
/// How many tags of tags are followed.
const PEEL: usize = 16;

/// Where a walk ends that asks for nothing older than some moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Old {
    since: i64,
    in_a_row: u32,
}

impl Old {
    /// Nothing was met yet.
    pub(crate) fn than(since: i64) -> Self {
        Self { since, in_a_row: 0 }
    }

    /// Takes the next commit that is told; whether the walk ends behind it. One without a date that can be believed
    /// says neither that the end has come nor that it has not.
    pub(crate) fn ends_behind(&mut self, time: i64) -> bool {
        if time >= EARLIEST {
            self.in_a_row = if time < self.since { self.in_a_row.saturating_add(1) } else { 0 };
        }
        self.in_a_row > SLOP
    }
}

/// Walks from the heads backwards, newest first, and tells what it meets; `tell` returns whether anybody still listens.
pub(crate) fn walk(source: &mut impl Source, of: &Walk, mut tell: impl FnMut(Reply) -> bool) -> Summary {
    let mut walker = Walker {
        source,
        of,
        until: Instant::now() + Duration::from_millis(of.millis.into()),
        seen: HashMap::new(),
        queue: BinaryHeap::new(),
        summary: Summary::default(),
        data: Vec::new(),
    };
    let mut told = Told::default();
    walker.commits(&mut told, &mut tell);
    told.send(&mut tell);
    walker.tags(&mut tell);
    walker.summary
}

struct Walker<'a, S> {
    source: &'a mut S,
    of: &'a Walk,
    until: Instant,
    /// when each commit was made; `None` where it could not be read
    seen: HashMap<ObjectId, Option<i64>>,
    queue: BinaryHeap<Queued>,
    summary: Summary,
    data: Vec<u8>,
}

/// A commit that was read and waits for its turn: the newest first, of the same age the smaller id.
struct Queued {
    /// when it takes its turn: when it was made, or right after its child where nobody knows
    turn: i64,
    id: ObjectId,
    parents: Vec<ObjectId>,
    /// what is told of it; `None` where it is malformed
    entry: Option<Entry>,
}

/// What is told of a commit.
struct Entry {
    time: i64,
    name: Vec<u8>,
    email: Vec<u8>,
    subject: Vec<u8>,
}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.turn.cmp(&other.turn).then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialEq for Queued {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Queued {}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<S: Source> Walker<'_, S> {
    fn commits(&mut self, told: &mut Told, tell: &mut impl FnMut(Reply) -> bool) {
        let shallow: BTreeSet<ObjectId> = self.of.shallow.iter().copied().collect();
        for head in &self.of.heads {
            self.meet(*head, i64::MAX, 0);
        }
        let mut turn = 0_u32;
        let mut old = self.of.since.map(Old::than);
        let mut is_over = false;
        while let Some(next) = self.queue.pop() {
            if is_over && told.commits >= self.of.least {
                self.summary.stopped = Some(Stop::Old);
                return;
            }
            if self.seen.len() > self.of.commits as usize {
                self.summary.stopped = Some(Stop::Many);
                return;
            }
            if turn.is_multiple_of(64) && Instant::now() > self.until {
                self.summary.stopped = Some(Stop::Late);
                return;
            }
            turn = turn.wrapping_add(1);
            if !shallow.contains(&next.id) {
                for parent in &next.parents {
                    self.meet(*parent, next.turn, told.commits);
                }
            }
            let summary = &mut self.summary;
            match next.entry {
                None => {
                    summary.malformed = summary.malformed.saturating_add(1);
                    summary.doubt(told.commits, Doubt::Malformed);
                }
                Some(entry) if entry.time > self.of.until => {
                    summary.future = summary.future.saturating_add(1);
                    summary.doubt(told.commits, Doubt::Future);
                }
                Some(entry) => {
                    if entry.time < EARLIEST {
                        summary.undated = summary.undated.saturating_add(1);
                        summary.doubt(told.commits, Doubt::Undated);
                    }
                    is_over = old.as_mut().is_some_and(|old| old.ends_behind(entry.time));
                    told.add(entry, u32::try_from(next.parents.len()).unwrap_or(u32::MAX));
                    if told.batch.len() >= BATCH && !told.send(tell) {
                        return;
                    }
                }
            }
        }
    }

    /// Reads a commit when it is met first; `told` were told before. One whose date cannot be believed takes its turn
    /// right after its child, so that what is behind it is not missed.
    fn meet(&mut self, id: ObjectId, child: i64, told: u32) {
        if self.seen.contains_key(&id) {
            return;
        }
        let read = self.source.read(id, false, &mut self.data);
        if let Err(fault) = read {
            self.summary.fault(id, fault);
            self.summary.doubt(told, Doubt::Unreadable);
            self.seen.insert(id, None);
            return;
        }
        let head = CommitHead::parse(&self.data);
        let time = head.made.as_ref().map(|made| made.time);
        self.seen.insert(id, time);
        let own = |bytes: &[u8]| bytes.get(..bytes.len().min(SUBJECT)).unwrap_or_default().to_vec();
        let entry = head.made.map(|made| Entry {
            time: made.time,
            name: own(made.author.name),
            email: own(made.author.email),
            subject: own(made.subject),
        });
        let turn = time.filter(|time| (EARLIEST..=self.of.until).contains(time)).unwrap_or(child);
        self.queue.push(Queued { turn, id, parents: head.parents, entry });
    }

    fn tags(&mut self, tell: &mut impl FnMut(Reply) -> bool) {
        let mut times = Vec::new();
        for (at, tag) in (0_u32..).zip(&self.of.tags) {
            if at.is_multiple_of(64) && Instant::now() > self.until {
                self.summary.stopped = self.summary.stopped.or(Some(Stop::Late));
                break;
            }
            match self.peel(*tag) {
                Ok(Some(time)) => times.push((at, time)),
                Ok(None) => {}
                Err(_) => self.summary.lost_tags = self.summary.lost_tags.saturating_add(1),
            }
        }
        tell(Reply::Tags(times));
    }

    /// When the commit that a tag leads to was made; nothing for trees and blobs, which may be tagged as well.
    fn peel(&mut self, tag: ObjectId) -> Result<Option<i64>, Fault> {
        let mut id = tag;
        for _ in 0..PEEL {
            if let Some(time) = self.seen.get(&id) {
                return Ok(*time);
            }
            match self.source.read(id, true, &mut self.data) {
                Ok(SourceKind::Commit) => {
                    let time = CommitHead::parse(&self.data).made.map(|made| made.time);
                    self.seen.insert(id, time);
                    return Ok(time);
                }
                Ok(SourceKind::Tag) => id = tag_target(&self.data).ok_or(Fault::Damaged)?,
                Err(Fault::OtherKind) => return Ok(None),
                Err(fault) => return Err(fault),
            }
        }
        Err(Fault::TooLarge)
    }
}

/// What is about to be told.
#[derive(Default)]
struct Told {
    /// how many commits in all
    commits: u32,
    authors: HashMap<(Vec<u8>, Vec<u8>), u32>,
    new_authors: Vec<(Vec<u8>, Vec<u8>)>,
    batch: Vec<CommitRecord>,
}

impl Told {
    fn add(&mut self, Entry { time, name, email, subject }: Entry, parents: u32) {
        let next = u32::try_from(self.authors.len()).unwrap_or(u32::MAX);
        let key = (name, email);
        let author = match self.authors.get(&key) {
            Some(known) => *known,
            None => {
                self.new_authors.push(key.clone());
                self.authors.insert(key, next);
                next
            }
        };
        self.batch.push(CommitRecord { author, time, parents, subject });
        self.commits = self.commits.saturating_add(1);
    }

    fn send(&mut self, tell: &mut impl FnMut(Reply) -> bool) -> bool {
        (self.new_authors.is_empty() || tell(Reply::Authors(std::mem::take(&mut self.new_authors))))
            && (self.batch.is_empty() || tell(Reply::Commits(std::mem::take(&mut self.batch))))
    }
}
