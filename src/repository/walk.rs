//! In which order is the history read, and where does it end?
//!
//! An own walk, because libgit2's ends at the first commit that is not as it should be (`threats.md` 3). A commit
//! that cannot be read is counted and its parents are unknown; one that is malformed is counted and passed. The
//! walk ends after so many commits or so much time, and says so.

use super::commit::{CommitHead, Ident, SUBJECT, tag_target};
use super::object_id::ObjectId;
use super::worker::message::{CommitRecord, Fault, Reply, Stop, Summary, Walk};
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
/// How many old commits in a row end the walk: a clock may have been wrong, as in git's own walk.
const SLOP: u32 = 16;
/// How many tags of tags are followed.
const PEEL: usize = 16;

/// Walks from the heads backwards, newest first, and tells what it meets.
///
/// `is_bot` says whether an author is known not to be a person. `tell` returns whether anybody still listens.
pub(crate) fn walk(
    source: &mut impl Source,
    of: &Walk,
    is_bot: impl Fn(Ident<'_>) -> bool,
    mut tell: impl FnMut(Reply) -> bool,
) -> Summary {
    let mut walker = Walker {
        source,
        of,
        until: Instant::now() + Duration::from_millis(of.millis.into()),
        seen: HashMap::new(),
        queue: BinaryHeap::new(),
        summary: Summary::default(),
        data: Vec::new(),
    };
    let mut told = Told { is_bot, authors: HashMap::new(), new_authors: Vec::new(), batch: Vec::new(), person: false };
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
#[derive(PartialEq, Eq)]
struct Queued {
    time: i64,
    id: ObjectId,
    parents: Vec<ObjectId>,
    made: Option<(Vec<u8>, Vec<u8>, Vec<u8>)>,
}

impl Ord for Queued {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.time.cmp(&other.time).then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for Queued {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<S: Source> Walker<'_, S> {
    fn commits(&mut self, told: &mut Told<impl Fn(Ident<'_>) -> bool>, tell: &mut impl FnMut(Reply) -> bool) {
        let shallow: BTreeSet<ObjectId> = self.of.shallow.iter().copied().collect();
        for head in &self.of.heads {
            self.meet(*head, i64::MAX);
        }
        let mut turn = 0_u32;
        let mut old = 0;
        while let Some(next) = self.queue.pop() {
            old = if self.of.since.is_some_and(|since| next.time < since) { old + 1 } else { 0 };
            if told.person && old > SLOP {
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
                    self.meet(*parent, next.time);
                }
            }
            match next.made {
                None => self.summary.malformed = self.summary.malformed.saturating_add(1),
                Some(_) if next.time > self.of.until => self.summary.future = self.summary.future.saturating_add(1),
                Some((name, email, subject)) => {
                    let parents = u32::try_from(next.parents.len()).unwrap_or(u32::MAX);
                    told.add(name, email, CommitRecord { author: 0, time: next.time, parents, subject });
                    if told.batch.len() >= BATCH && !told.send(tell) {
                        return;
                    }
                }
            }
        }
    }

    /// Reads a commit when it is met first. A malformed one takes its turn right after its child.
    fn meet(&mut self, id: ObjectId, child: i64) {
        if self.seen.contains_key(&id) {
            return;
        }
        let read = self.source.read(id, false, &mut self.data);
        if let Err(fault) = read {
            self.summary.fault(id, fault);
            self.seen.insert(id, None);
            return;
        }
        let head = CommitHead::parse(&self.data);
        let time = head.made.as_ref().map(|made| made.time);
        self.seen.insert(id, time);
        let own = |bytes: &[u8]| bytes.get(..bytes.len().min(SUBJECT)).unwrap_or_default().to_vec();
        let made = head.made.map(|made| (own(made.author.name), own(made.author.email), own(made.subject)));
        self.queue.push(Queued { time: time.unwrap_or(child), id, parents: head.parents, made });
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
struct Told<F> {
    is_bot: F,
    authors: HashMap<(Vec<u8>, Vec<u8>), u32>,
    new_authors: Vec<(Vec<u8>, Vec<u8>)>,
    batch: Vec<CommitRecord>,
    /// whether a person was among the authors
    person: bool,
}

impl<F: Fn(Ident<'_>) -> bool> Told<F> {
    fn add(&mut self, name: Vec<u8>, email: Vec<u8>, commit: CommitRecord) {
        let next = u32::try_from(self.authors.len()).unwrap_or(u32::MAX);
        let key = (name, email);
        let author = match self.authors.get(&key) {
            Some(known) => *known,
            None => {
                self.person |= !(self.is_bot)(Ident { name: &key.0, email: &key.1 });
                self.new_authors.push(key.clone());
                self.authors.insert(key, next);
                next
            }
        };
        self.batch.push(CommitRecord { author, ..commit });
    }

    fn send(&mut self, tell: &mut impl FnMut(Reply) -> bool) -> bool {
        (self.new_authors.is_empty() || tell(Reply::Authors(std::mem::take(&mut self.new_authors))))
            && (self.batch.is_empty() || tell(Reply::Commits(std::mem::take(&mut self.batch))))
    }
}
