//! Does a batch go on where another one stopped, or does it begin anew, and what of earlier runs is kept?
//!
//! A run is for one day and one set of rules. The same command goes on with it, as often as it is given, until every
//! repository has its record; on another day, or with other rules, it begins a new run. Each step leaves the folder in a
//! state from which the next start finds its way: the journal is moved away before `run.json` speaks of the new run.

use super::entry::{Entry, hex};
use super::folder::Folder;
use super::journal::{Journal, in_order};
use crate::output::write::{self, WriteError};
use crate::phrase::Phrase;
use crate::portfolio::run::{FILE, Run, SCHEMA, Shard};
use crate::portfolio::{Record, Status};
use crate::untrusted::Untrusted;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// What is wanted of a run.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// the day of the scan, where it was asked for
    pub as_of: Option<String>,
    /// today, `2026-11-22`
    pub today: String,
    /// now, `2026-11-22T10:00:00Z`
    pub now: String,
    /// a hash of the rules and of the policy
    pub rules: String,
    /// a hash of the whole list
    pub list: String,
    /// the name of what is asked
    pub profile: String,
    /// `en` or `de`
    pub lang: String,
    /// how many repositories the whole list names
    pub repositories: usize,
    /// which part of it this is
    pub shard: Option<Shard>,
    /// begin anew, whatever is there
    pub fresh: bool,
    /// keep the results of the run before where neither commit nor rules have changed
    pub since: bool,
    /// look again at what could not be looked at
    pub retry: bool,
}

/// A run that has begun.
#[derive(Debug)]
pub struct Begun {
    /// which run it is
    pub run: Run,
    /// where its records go
    pub journal: Journal,
    /// what is recorded already
    pub done: Vec<Record>,
    /// what is still to be done, in the order of the list
    pub todo: Vec<Entry>,
    /// results of the run before that may be kept, by repository
    pub before: BTreeMap<String, Record>,
    /// whether it goes on with a run that had begun earlier
    pub resumed: bool,
}

/// Why no run could begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotBegun {
    /// the folder holds what is not to be lost, or what cannot be read
    Refused(Phrase),
    /// the disk does not take it
    Unwritten(Phrase),
}

impl From<Phrase> for NotBegun {
    fn from(why: Phrase) -> Self {
        Self::Refused(why)
    }
}

impl From<WriteError> for NotBegun {
    fn from(failed: WriteError) -> Self {
        Self::Unwritten(failed.why)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Way {
    GoOn,
    Anew,
}

/// Begins a run or goes on with one. `leave` is called with the run that is left behind for a new one, before anything
/// of it is moved.
///
/// # Errors
/// Where the folder holds what is not to be lost: another part of the list, or a journal that cannot be read.
pub fn begin(
    folder: &Folder,
    wanted: &Wanted,
    entries: &[Entry],
    leave: impl FnOnce(&Run) -> Result<(), Phrase>,
) -> Result<Begun, NotBegun> {
    let there = folder.path().join(FILE).exists();
    if !there && folder.journal().exists() && !wanted.fresh {
        return Err(Phrase::new(
            "{path} holds a journal without run.json; take another folder, or begin anew with --fresh",
            "{path} enthält ein Journal ohne run.json; nehmen Sie einen anderen Ordner, oder beginnen Sie mit --fresh \
             von vorn",
        )
        .with("path", shown(folder.path()))
        .into());
    }
    let old = if there { Some(Run::read(folder.path())) } else { None };
    let old = if wanted.fresh { old.and_then(Result::ok) } else { old.transpose()? };
    let way = old.as_ref().map_or(Ok(Way::Anew), |old| way(old, wanted))?;
    let run = match (way, old) {
        (Way::GoOn, Some(old)) => Run { complete: false, ..old },
        (_, old) => {
            if let Some(old) = old.as_ref().filter(|old| old.complete && !wanted.fresh) {
                leave(old)?;
            }
            anew(folder, wanted, old.as_ref())?
        }
    };
    let resumed = run.started != wanted.now;
    let (mut journal, done) = Journal::open(&folder.journal())?;
    let (done, todo, changed) = share(done, entries, wanted.retry);
    if changed {
        let mut kept = done.clone();
        let text = in_order(&mut kept).map_err(|error| journal.told(&error))?;
        write::to_file(&text, &folder.journal())?;
        (journal, _) = Journal::open(&folder.journal())?;
    }
    let run = Run { list: wanted.list.clone(), repositories: wanted.repositories, lang: wanted.lang.clone(), ..run };
    write(folder, &run)?;
    let before = if wanted.since { before(folder, &run)? } else { BTreeMap::new() };
    Ok(Begun { run, journal, done, todo, before, resumed })
}

/// Writes `run.json`.
///
/// # Errors
/// Where the disk does not take it.
pub fn write(folder: &Folder, run: &Run) -> Result<(), WriteError> {
    write::to_file(&run.render(), &folder.path().join(FILE))
}

fn way(old: &Run, wanted: &Wanted) -> Result<Way, Phrase> {
    if wanted.fresh {
        return Ok(Way::Anew);
    }
    if old.shard != wanted.shard {
        let named = |shard: Option<Shard>| match shard {
            Some(shard) => format!("{}/{}", shard.index, shard.of),
            None => "1/1".to_owned(),
        };
        return Err(Phrase::new(
            "the folder holds part {old} of a list, and part {new} is asked for; each part needs a folder of its own",
            "der Ordner enthält Teil {old} einer Liste, verlangt ist Teil {new}; jeder Teil braucht einen eigenen Ordner",
        )
        .with("old", named(old.shard))
        .with("new", named(wanted.shard)));
    }
    let other_day = wanted.as_of.as_ref().is_some_and(|day| *day != old.as_of);
    // Who asks for what has moved since, asks for a new run, on the same day too.
    let later = wanted.as_of.is_none() && old.as_of != wanted.today;
    let over = old.complete && !wanted.retry && (wanted.since || later);
    Ok(if old.rules != wanted.rules || other_day || over { Way::Anew } else { Way::GoOn })
}

/// Moves the journal away and says that another run has begun.
fn anew(folder: &Folder, wanted: &Wanted, old: Option<&Run>) -> Result<Run, NotBegun> {
    let as_of = wanted.as_of.clone().unwrap_or_else(|| wanted.today.clone());
    let run = Run {
        schema: SCHEMA.to_owned(),
        run: name(wanted, &as_of),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of,
        lang: wanted.lang.clone(),
        rules: wanted.rules.clone(),
        list: wanted.list.clone(),
        profile: wanted.profile.clone(),
        repositories: wanted.repositories,
        shard: wanted.shard,
        started: wanted.now.clone(),
        finished: None,
        complete: false,
    };
    if let Some(old) = old {
        let path = folder.path().join("run.previous");
        write::to_file(&old.render(), &path)?;
    }
    match fs::rename(folder.journal(), folder.previous()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(NotBegun::Unwritten(not_moved(&folder.journal(), &error)));
        }
        _ => {}
    }
    write(folder, &run)?;
    Ok(run)
}

/// Two runs never share a name: no two begin in the same second, for the same list and part, with the same rules.
fn name(wanted: &Wanted, as_of: &str) -> String {
    let part = wanted.shard.map_or_else(String::new, |shard| format!("{}/{}", shard.index, shard.of));
    let told = [wanted.now.as_str(), wanted.list.as_str(), wanted.rules.as_str(), as_of, part.as_str()];
    hex(&Sha256::digest(told.join("\n")), 8)
}

/// Which records stand, which repositories are still to be looked at, and whether the journal has to be written anew.
fn share(records: Vec<Record>, entries: &[Entry], retry: bool) -> (Vec<Record>, Vec<Entry>, bool) {
    let number = records.len();
    let mut known: BTreeMap<String, Record> = records.into_iter().map(|record| (record.repo.clone(), record)).collect();
    let mut changed = known.len() != number;
    let mut done = Vec::new();
    let mut todo = Vec::new();
    for entry in entries {
        match known.remove(&entry.listed.repo) {
            Some(record) if retry && !record.status.is_seen() => {
                changed = true;
                todo.push(entry.clone());
            }
            Some(record) => {
                let named = (entry.at, &entry.name, &entry.listed.owner) == (record.at, &record.name, &record.owner);
                changed |= !named;
                let (at, name, owner) = (entry.at, entry.name.clone(), entry.listed.owner.clone());
                done.push(Record { at, name, owner, ..record });
            }
            None => todo.push(entry.clone()),
        }
    }
    changed |= !known.is_empty();
    (done, todo, changed)
}

/// What the run before found, where it asked the same.
fn before(folder: &Folder, run: &Run) -> Result<BTreeMap<String, Record>, Phrase> {
    let path = folder.path().join("run.previous");
    if !path.exists() || !folder.previous().exists() {
        return Ok(BTreeMap::new());
    }
    let old = Run::read_file(&path)?;
    if old.rules != run.rules || old.version != run.version {
        return Ok(BTreeMap::new());
    }
    let (_, records) = Journal::open(&folder.previous())?;
    let whole = |record: &Record| {
        matches!(record.status, Status::Ok | Status::Findings)
            && folder.results(&record.key).with_extension("json").is_file()
    };
    Ok(records.into_iter().filter(whole).map(|record| (record.repo.clone(), record)).collect())
}

fn shown(path: &Path) -> Untrusted {
    Untrusted::new(path.as_os_str().as_encoded_bytes())
}

fn not_moved(path: &Path, error: &io::Error) -> Phrase {
    Phrase::new("{path} could not be moved: {why}", "{path} ließ sich nicht verschieben: {why}")
        .with("path", shown(path))
        .with("why", error.to_string())
}

#[cfg(test)]
#[path = "begin_tests.rs"]
mod tests;
