//! How do many repositories go through fetching and looking, as many at once as the machine can, into one journal?
//!
//! Fetching waits for networks and looking for processors, so that each has threads of its own; between them lie a few
//! repositories at most, as what lies there is kept from being removed. Records are written by one thread.

use super::begin::Begun;
use super::child::{self, Task};
use super::entry::Entry;
use super::examine::both;
use super::fetch::{Clones, Held};
use super::folder::Folder;
use super::listed::Location;
use super::outcome::{Outcome, Terms};
use crate::portfolio::stored::read_result;
use crate::portfolio::{Both, Record};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The most that a process says on its standard output, in bytes: one answer.
const OUTPUT: usize = 64 << 10;

/// How repositories are looked at.
pub struct How<'a> {
    /// the program that looks: this one
    pub program: PathBuf,
    /// its arguments
    pub args: &'a (dyn Fn(&Asked<'_>) -> Vec<OsString> + Sync),
    /// where clones are kept; not needed where the list names folders only
    pub clones: Option<&'a Clones>,
    /// how many are looked at at once
    pub jobs: usize,
    /// how many are fetched at once
    pub fetch_jobs: usize,
    /// how long looking at one may take
    pub time: Duration,
    /// how many bytes of memory looking at one may take
    pub memory: u64,
    /// turns true when somebody wants to stop, or when the disk is full
    pub stop: &'a AtomicBool,
}

/// What is asked of the process of one repository.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// the repository
    pub path: &'a Path,
    /// the name of its files, without an ending
    pub results: &'a Path,
    /// the day of the scan
    pub as_of: &'a str,
    /// the commit that is not to be looked at again
    pub unless: Option<&'a str>,
}

/// Whoever wants to know how far it is. Called from several threads.
pub trait Watch: Sync {
    /// A repository is being fetched.
    fn fetching(&self, entry: &Entry);
    /// A repository is being looked at.
    fn looking(&self, entry: &Entry);
    /// A repository has its record.
    fn done(&self, record: &Record);
}

/// Why a run ended before every repository had its record. The same command goes on with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// somebody stopped it
    Stopped,
    /// the disk takes nothing more
    Full(Both),
}

/// Looks at what is still to be done and writes down what comes of it. All records of the run come back, in the order
/// of the list.
///
/// # Errors
/// Where it ended before its time.
pub fn run(begun: Begun, folder: &Folder, how: &How<'_>, watch: &dyn Watch) -> Result<Vec<Record>, Halt> {
    let Begun { run, mut journal, mut done, todo, before, .. } = begun;
    let terms = Terms { as_of: run.as_of, time: how.time, memory: how.memory };
    let wanted = done.len() + todo.len();
    let next = AtomicUsize::new(0);
    let (ready, waiting) = sync_channel(how.jobs.max(1));
    let waiting = Mutex::new(waiting);
    let stage = Stage { how, folder, terms: &terms, before: &before, todo: &todo, watch, next: &next };
    let (tell, outcomes) = sync_channel(how.jobs.max(1));
    let most = todo.len().max(1);
    let mut full = None;
    thread::scope(|scope| {
        for _ in 0..how.fetch_jobs.clamp(1, most) {
            let (ready, tell) = (ready.clone(), tell.clone());
            scope.spawn(move || stage.fetch(&ready, &tell));
        }
        for _ in 0..how.jobs.clamp(1, most) {
            let (waiting, tell) = (&waiting, tell.clone());
            scope.spawn(move || stage.look(waiting, &tell));
        }
        drop((ready, tell));
        for outcome in outcomes {
            let why = match outcome {
                Outcome::Stopped => continue,
                Outcome::Full(why) => why,
                Outcome::Recorded(record) => match journal.add(&record) {
                    Ok(()) => {
                        watch.done(&record);
                        done.push(*record);
                        continue;
                    }
                    Err(error) => both(&journal.told(&error)),
                },
            };
            full.get_or_insert(Halt::Full(why));
            how.stop.store(true, Ordering::Relaxed);
        }
    });
    match full {
        Some(halt) => Err(halt),
        None if done.len() < wanted => Err(Halt::Stopped),
        None => {
            done.sort_by_key(|record| record.at);
            Ok(done)
        }
    }
}

/// What the threads of a run share.
#[derive(Clone, Copy)]
struct Stage<'s> {
    how: &'s How<'s>,
    folder: &'s Folder,
    terms: &'s Terms,
    before: &'s BTreeMap<String, Record>,
    todo: &'s [Entry],
    watch: &'s dyn Watch,
    next: &'s AtomicUsize,
}

/// A repository that can be looked at.
struct Ready<'s> {
    entry: &'s Entry,
    place: Place<'s>,
}

enum Place<'s> {
    Folder(&'s Path),
    Clone(Held<'s>),
}

impl<'s> Stage<'s> {
    fn is_over(&self) -> bool {
        self.how.stop.load(Ordering::Relaxed)
    }

    /// Takes one repository after the other and brings it here. When somebody hears no more, there is nothing to do.
    fn fetch(self, ready: &SyncSender<Ready<'s>>, tell: &SyncSender<Outcome>) {
        while let Some(entry) = self.todo.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            if self.is_over() {
                return;
            }
            let place = match (&entry.listed.location, self.how.clones) {
                (Location::Remote(address), Some(clones)) => {
                    self.watch.fetching(entry);
                    clones
                        .fetch(address, self.how.stop)
                        .map(Place::Clone)
                        .map_err(|why| self.terms.unfetched(entry, &why))
                }
                (Location::Remote(_), None) => Err(self.terms.no_clones(entry)),
                (Location::Folder(path), _) => Ok(Place::Folder(path)),
            };
            let heard = match place {
                Ok(place) => ready.send(Ready { entry, place }).is_ok(),
                Err(outcome) => tell.send(outcome).is_ok(),
            };
            if !heard {
                return;
            }
        }
    }

    fn look(self, waiting: &Mutex<Receiver<Ready<'s>>>, tell: &SyncSender<Outcome>) {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(ready) = next else { return };
            if tell.send(self.examine(&ready)).is_err() {
                return;
            }
        }
    }

    fn examine(&self, ready: &Ready<'_>) -> Outcome {
        let entry = ready.entry;
        let results = self.folder.results(&entry.key);
        let before = self.before.get(&entry.listed.repo);
        let path = match &ready.place {
            Place::Folder(path) => path,
            Place::Clone(held) => &**held,
        };
        let unless = before.and_then(|before| before.head.as_deref());
        let asked = Asked { path, results: &results, as_of: &self.terms.as_of, unless };
        let task = Task {
            program: self.how.program.clone(),
            args: (self.how.args)(&asked),
            env: Vec::new(),
            without: Vec::new(),
            input: Vec::new(),
            time: self.how.time,
            memory: Some(self.how.memory),
            output: OUTPUT,
            folder: None,
        };
        if self.is_over() {
            return Outcome::Stopped;
        }
        self.watch.looking(entry);
        match child::run(&task, self.how.stop) {
            Ok(ended) => {
                let result = || read_result(&results.with_extension("json"));
                self.terms.ended(entry, &ended, before, result)
            }
            Err(error) => self.terms.not_started(entry, &error),
        }
    }
}
