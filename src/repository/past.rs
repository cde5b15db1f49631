//! How does the history come from git's folder to whoever asks for it?
//!
//! In a thread, so that the files can be looked at meanwhile, and in a worker of its own, so that what hangs over the
//! history costs nothing else.

use super::git_dir::GitDir;
use super::history::{History, Tag};
use super::mailmap::Mailmap;
use super::object_id::ObjectId;
use super::objects::{Launch, Objects, Told, Trouble};
use super::people;
use super::refs::Refs;
use super::worker::message::{Fault, Stop, Summary, Walk};
use crate::phrase::Phrase;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

/// What is to be read of the history.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// the commit to start from
    pub(super) head: ObjectId,
    /// the day of the scan
    pub(super) as_of: Date,
    /// older commits are not wanted, but for the newest one by a person
    pub(super) since: Option<Date>,
    /// how many commits at most
    pub(super) commits: usize,
    /// seconds until it ends
    pub(super) seconds: u64,
}

/// The history, or why there is none, and what could not be looked at on the way.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// what was read
    pub(super) history: Result<History, Phrase>,
    /// what was lost
    pub(super) losses: Vec<Phrase>,
}

impl Outcome {
    /// There is none, and that is as it should be.
    pub(super) fn none(why: Phrase) -> Self {
        Self { history: Err(why), losses: Vec::new() }
    }

    /// There is none, because something is wrong.
    pub(super) fn lost(why: Phrase) -> Self {
        Self { losses: vec![why.clone()], history: Err(why) }
    }
}

/// The history of a repository: asked for early, needed later.
pub(super) struct Past {
    /// taken when it starts
    work: Mutex<Option<Work>>,
    running: Mutex<Option<JoinHandle<Outcome>>>,
    done: OnceLock<Outcome>,
}

/// What is needed to read the history.
pub(super) struct Work {
    /// git's folder
    pub(super) git: Arc<GitDir>,
    /// how the worker is started
    pub(super) launch: Launch,
    /// what is to be read
    pub(super) wanted: Wanted,
}

impl Past {
    /// A history that is read once somebody expects it.
    pub(super) fn later(work: Work) -> Self {
        Self { work: Mutex::new(Some(work)), running: Mutex::default(), done: OnceLock::new() }
    }

    /// No history, for a reason that is known.
    pub(super) fn never(outcome: Outcome) -> Self {
        Self { work: Mutex::default(), running: Mutex::default(), done: OnceLock::from(outcome) }
    }

    /// Starts reading, once; `mailmap` is the text of `.mailmap`.
    pub(super) fn start(&self, mailmap: impl FnOnce() -> Vec<u8>) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let work = self.work.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Work { git, launch, wanted }) = work {
            let mailmap = mailmap();
            *running = Some(std::thread::spawn(move || read(&git, launch, &wanted, &mailmap)));
        }
    }

    /// What was lost, as far as it was read.
    pub(super) fn losses(&self) -> &[Phrase] {
        self.done.get().map_or(&[], |outcome| &outcome.losses)
    }

    /// Waits until it is read.
    pub(super) fn get(&self, mailmap: impl FnOnce() -> Vec<u8>) -> &Outcome {
        self.done.get_or_init(|| {
            self.start(mailmap);
            let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
            let outcome = running.and_then(|running| running.join().ok());
            outcome.unwrap_or_else(|| Outcome::lost(trouble(Trouble::Ended(None))))
        })
    }
}

/// Reads the history.
fn read(git: &GitDir, launch: Launch, wanted: &Wanted, mailmap: &[u8]) -> Outcome {
    if let Err(why) = git.history() {
        return Outcome::lost(why);
    }
    if !git.shallow().is_empty() {
        return Outcome::none(Phrase::new(
            "the clone is shallow; fetch the whole history (`fetch-depth: 0`)",
            "der Klon ist flach (shallow); holen Sie die ganze Historie (`fetch-depth: 0`)",
        ));
    }
    let refs = match Refs::open(git) {
        Ok(refs) => refs,
        Err(why) => return Outcome::lost(why),
    };
    let (tags, all_tags) = refs.tags();
    let mut places: BTreeMap<ObjectId, u32> = BTreeMap::new();
    for tag in &tags {
        let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
        places.entry(tag.id).or_insert(next);
    }
    let mut ids: Vec<(u32, ObjectId)> = places.iter().map(|(id, place)| (*place, *id)).collect();
    ids.sort_unstable();
    let range = (at_midnight(date(1990, 1, 1)), at_midnight(wanted.as_of).saturating_add(DAY - 1));
    let walk = Walk {
        heads: vec![wanted.head],
        tags: ids.into_iter().map(|(_, id)| id).collect(),
        shallow: Vec::new(),
        since: wanted.since.map(at_midnight),
        // a day of grace for time zones and clocks
        until: range.1.saturating_add(DAY),
        commits: u32::try_from(wanted.commits).unwrap_or(u32::MAX),
        millis: u32::try_from(wanted.seconds.saturating_mul(1000)).unwrap_or(u32::MAX),
    };
    let objects = Objects::new(launch);
    let mailmap = Mailmap::parse(mailmap);
    let mut told = objects.history(&walk);
    let mut people = people::tell(&told.authors, std::mem::take(&mut told.commits), &mailmap, range);
    let went_far_enough = people.0.iter().any(|commit| !commit.bot);
    if walk.since.is_some() && !went_far_enough {
        told = objects.history(&Walk { since: None, ..walk });
        people = people::tell(&told.authors, std::mem::take(&mut told.commits), &mailmap, range);
    }

    let mut losses = losses(&told);
    if !all_tags {
        losses.push(Phrase::new(
            "not all tags of this git repository could be read",
            "nicht alle Tags dieses Git-Repositorys ließen sich lesen",
        ));
    }
    let (commits, people) = people;
    let summary = told.summary.unwrap_or_default();
    if commits.is_empty() && summary.future == 0 {
        let why = losses.first().cloned().unwrap_or_else(|| trouble(Trouble::Garbled));
        return Outcome { history: Err(why.clone()), losses: vec![why] };
    }
    let times: BTreeMap<u32, i64> = told.tags.iter().copied().collect();
    let tags = tags
        .into_iter()
        .map(|tag| {
            let time = places.get(&tag.id).and_then(|place| times.get(place));
            Tag { name: tag.name.as_slice().into(), time: time.map(|time| (*time).clamp(range.0, range.1)) }
        })
        .collect();
    let complete = told.trouble.is_none() && summary.stopped.is_none() && summary.faults == 0;
    let history = History { commits, tags, complete, reason: losses.first().cloned(), people, future: summary.future };
    Outcome { history: Ok(history), losses }
}

const DAY: i64 = 24 * 3600;

/// Seconds from 1970 until the day begins, UTC.
fn at_midnight(day: Date) -> i64 {
    let days = date(1970, 1, 1).until(day).map_or(0, |span| i64::from(span.get_days()));
    days.saturating_mul(DAY)
}

/// Why the worker told no history, or not all of it.
pub(super) fn trouble(trouble: Trouble) -> Phrase {
    match trouble {
        Trouble::NotStarted => Phrase::new(
            "the git history was not read: the program that reads git objects cannot be started",
            "die Git-Historie wurde nicht gelesen: Das Programm, das Git-Objekte liest, lässt sich nicht starten",
        ),
        Trouble::Late => Phrase::new(
            "the git history was not read to its end: it took too long",
            "die Git-Historie wurde nicht zu Ende gelesen: Es dauerte zu lange",
        ),
        Trouble::Stuck(_) | Trouble::Ended(_) => Phrase::new(
            "the git history was not read to its end: a git object could not be unpacked",
            "die Git-Historie wurde nicht zu Ende gelesen: Ein Git-Objekt ließ sich nicht entpacken",
        ),
        Trouble::Garbled => Phrase::new(
            "the git history was not read: the program that reads git objects gave no sensible answer",
            "die Git-Historie wurde nicht gelesen: Das Programm, das Git-Objekte liest, gab keine brauchbare \
             Antwort",
        ),
    }
}

/// Everything that is missing in what was told, the gravest first.
fn losses(told: &Told) -> Vec<Phrase> {
    let mut losses: Vec<Phrase> = told.trouble.map(trouble).into_iter().collect();
    let Some(summary) = &told.summary else { return losses };
    losses.extend(first_fault(summary));
    losses.extend(match summary.stopped {
        None | Some(Stop::Old) => None,
        Some(Stop::Many) => Some(Phrase::new(
            "the git history has more commits than are read; the older ones were left out",
            "die Git-Historie hat mehr Commits, als gelesen werden; die älteren wurden ausgelassen",
        )),
        Some(Stop::Late) => Some(trouble(Trouble::Late)),
    });
    if summary.malformed > 0 {
        losses.push(
            Phrase::new(
                "malformed commits of the git history were left out: {count}",
                "Fehlerhaft aufgebaute Commits der Git-Historie wurden ausgelassen: {count}",
            )
            .with("count", summary.malformed.to_string()),
        );
    }
    if summary.lost_tags > 0 {
        losses.push(
            Phrase::new(
                "tags of the git history lead to objects that cannot be read: {count}",
                "Tags der Git-Historie führen zu Objekten, die sich nicht lesen lassen: {count}",
            )
            .with("count", summary.lost_tags.to_string()),
        );
    }
    losses
}

fn first_fault(summary: &Summary) -> Option<Phrase> {
    let (id, fault) = summary.first_fault?;
    let phrase = match fault {
        Fault::Missing => Phrase::new(
            "the git history is incomplete: the commit {id} is missing; not readable in all: {count}",
            "die Git-Historie ist unvollständig: Der Commit {id} fehlt; nicht lesbar insgesamt: {count}",
        ),
        Fault::TooLarge => Phrase::new(
            "the git history is incomplete: the commit {id} is larger than any commit should be; not readable \
             in all: {count}",
            "die Git-Historie ist unvollständig: Der Commit {id} ist größer, als ein Commit sein sollte; nicht \
             lesbar insgesamt: {count}",
        ),
        Fault::Lost => Phrase::new(
            "the git history is incomplete: the commit {id} could not be unpacked to its end; not readable in \
             all: {count}",
            "die Git-Historie ist unvollständig: Der Commit {id} ließ sich nicht zu Ende entpacken; nicht \
             lesbar insgesamt: {count}",
        ),
        Fault::OtherKind | Fault::Damaged | Fault::Ambiguous => Phrase::new(
            "the git history is incomplete: the commit {id} is damaged; not readable in all: {count}",
            "die Git-Historie ist unvollständig: Der Commit {id} ist beschädigt; nicht lesbar insgesamt: {count}",
        ),
    };
    Some(phrase.with("count", summary.faults.to_string()).with("id", id.to_hex()))
}
