//! What did one look at every file tell the last time, and of which files does it still hold?
//!
//! Readers are pure: what they tell of a file follows from its path, its class, its content and themselves. So it may be
//! kept beside the repository and told again, as long as nothing of that has changed (`record` says how that is known;
//! that the readers are the same, whoever keeps the bytes has to see to). Nothing that a rule said is kept.
//!
//! What was kept is foreign text: it is bounded by its own length, and what makes no sense is as if it were not there.

mod record;
mod sound;

use super::pass::FileScan;
use crate::repository::{File, Repository, State};
use record::{Answer, Known, Record};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

/// What is kept of the files of a repository.
#[derive(Debug)]
pub struct Kept {
    /// what was kept before
    bytes: Vec<u8>,
    /// the second at which this look began
    now: i64,
    rows: OnceLock<Vec<Row>>,
    /// what was asked of files this time
    asked: Mutex<BTreeMap<(usize, Question), Said>>,
}

/// What names a question: what is told of a file follows from the file and the question.
pub(super) type Question = [u8; 16];

/// An answer.
#[derive(Clone, Debug)]
enum Said {
    /// as before
    Same(Range<usize>),
    New(Vec<u8>),
}

/// How many files were looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// of so many it was known what they tell
    pub known: usize,
    /// so many were asked for
    pub all: usize,
}

/// What one look at a file told.
pub(super) struct Look {
    /// that
    pub(super) scan: FileScan,
    /// the SHA-256 of its content, where that was asked for
    pub(super) hash: Option<[u8; 32]>,
    /// whether another look would tell the same and do nothing else
    pub(super) lasts: bool,
}

/// What is to be kept of a file.
#[derive(Clone, Debug)]
enum Row {
    /// nothing: nobody asked for it, or it could not be read, or is not for keeping
    Nothing,
    /// what was kept before, which need not be written again
    Same(Before),
    /// what was kept before, of a file that is known by something new
    Moved(Before),
    /// what it told now
    New(Known, Vec<u8>),
}

/// What was kept of a file before.
#[derive(Clone, Debug)]
struct Before {
    known: Known,
    answers: Vec<(Question, Range<usize>)>,
    told: Range<usize>,
}

/// What was told of a file, and what is to be kept of that.
pub(super) struct Told(FileScan, Row);

impl Kept {
    /// From what [`Kept::to_keep`] gave, or nothing; `now` is the second at which this look begins, from 1970.
    pub fn new(bytes: Vec<u8>, now: i64) -> Self {
        Self { bytes, now, rows: OnceLock::new(), asked: Mutex::default() }
    }

    /// Looks at every file that has to be looked at: `look` tells of a file, with the hash of its content where its second
    /// argument asks for that. Nobody wants to know of files that `wanted` says no to.
    pub(super) fn scan(
        &self,
        repo: &Repository,
        wanted: impl Fn(&File) -> bool + Sync,
        look: impl Fn(&File, bool) -> Look + Sync,
    ) -> Vec<FileScan> {
        use rayon::prelude::*;
        let states: Vec<State> = repo.states().collect();
        let before = record::before(&self.bytes, repo.files());
        let files = repo.files().par_iter().zip(states).zip(before);
        let told = files.map(|((file, state), before)| {
            if wanted(file) { self.tell(file, state, before, &look) } else { Told(FileScan::default(), Row::Nothing) }
        });
        let (scans, rows) = told.map(|Told(scan, row)| (scan, row)).unzip();
        // Whoever asks twice is told the same.
        let _ = self.rows.set(rows);
        scans
    }

    fn tell(&self, file: &File, state: State, before: Option<Before>, look: impl Fn(&File, bool) -> Look) -> Told {
        let stamp = state.stamp.filter(|stamp| stamp.is_settled(self.now));
        let known = Known { stamp, blob: state.blob, hash: None };
        let old = before.and_then(|before| {
            let scan = sound::decode(self.bytes.get(before.told.clone())?)?;
            Some((before, scan))
        });
        let old = match old {
            Some((before, scan)) if before.known.is(&known) => return Told(scan, Row::Same(before)),
            other => other,
        };
        // git's name for the content is as good as another
        let Look { scan, hash, lasts } = look(file, known.blob.is_none());
        let known = Known { hash, ..known };
        match old {
            _ if !lasts || known.is_nothing() => Told(scan, Row::Nothing),
            // read, and the same: so is what was told of it
            Some((before, _)) if before.known.is(&known) => Told(scan, Row::Moved(Before { known, ..before })),
            _ => match sound::encode(&scan) {
                Some(told) => Told(scan, Row::New(known, told)),
                None => Told(scan, Row::Nothing),
            },
        }
    }

    /// What the file at a place answers to a question, if it was asked before and has not changed; else what `ask` says,
    /// which is kept. Only after [`Kept::scan`], and of files that were looked at.
    pub(super) fn answer<T: Serialize + DeserializeOwned>(
        &self,
        at: usize,
        question: Question,
        ask: impl FnOnce() -> Option<T>,
    ) -> Option<T> {
        let row = self.rows.get().and_then(|rows| rows.get(at));
        let before = match row {
            Some(Row::Same(before) | Row::Moved(before)) => {
                before.answers.iter().find(|(asked, _)| *asked == question).map(|(_, said)| said.clone())
            }
            Some(Row::New(..)) => None,
            Some(Row::Nothing) | None => return ask(),
        };
        let known = before.and_then(|said| {
            let answer = postcard::from_bytes(self.bytes.get(said.clone())?).ok()?;
            Some((answer, Said::Same(said)))
        });
        let (answer, said) = known.or_else(|| {
            let answer = ask()?;
            let said = postcard::to_stdvec(&answer).ok()?;
            Some((answer, Said::New(said)))
        })?;
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert((at, question), said);
        Some(answer)
    }

    /// How many files were known; nothing before they were looked at.
    pub fn count(&self) -> Count {
        let rows = self.rows.get().map(Vec::as_slice).unwrap_or_default();
        let known = rows.iter().filter(|row| matches!(row, Row::Same(..))).count();
        Count { known, all: rows.iter().filter(|row| !matches!(row, Row::Nothing)).count() }
    }

    /// What is to be kept now; `None` where that is what is kept already, or nobody looked.
    pub fn to_keep(&self, repo: &Repository) -> Option<Vec<u8>> {
        let rows = self.rows.get()?;
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = rows.iter().any(|row| matches!(row, Row::Moved(..) | Row::New(..)));
        if !changed && !asked.values().any(|said| matches!(said, Said::New(_))) {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut path: &[u8] = b"";
        for (at, (file, row)) in repo.files().iter().zip(rows).enumerate() {
            let (known, told) = match row {
                Row::Nothing => continue,
                Row::Same(before) | Row::Moved(before) => (&before.known, self.bytes.get(before.told.clone())?),
                Row::New(known, told) => (known, told.as_slice()),
            };
            let answers = asked.range((at, Question::default())..=(at, [u8::MAX; 16]));
            let answers = answers.filter_map(|((_, question), said)| {
                let said = match said {
                    Said::Same(said) => self.bytes.get(said.clone())?,
                    Said::New(said) => said,
                };
                Some(Answer { question: *question, said })
            });
            Record::of(file, path, known, answers.collect(), told).write(&mut bytes)?;
            path = file.path.as_bytes();
        }
        Some(bytes)
    }
}

#[cfg(test)]
mod tests;
