//! How does the history come from git's folder to whoever asks for it?
//!
//! In a thread, so that the files can be looked at meanwhile, and in a worker of its own, so that what hangs over the
//! history costs nothing else. It is walked once, as far back as the question that needs most of it; see
//! `docs/history.md`.

mod losses;
mod view;
mod walked;

pub(super) use losses::trouble;

use super::git_dir::GitDir;
use super::history::{History, Span};
use super::mailmap::Mailmap;
use super::object_id::ObjectId;
use super::objects::Launch;
use super::refs::Refs;
use super::walk::EARLIEST;
use super::worker::Confinement;
use crate::phrase::Phrase;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use walked::Walked;

/// What is to be read of the history.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// the commit to start from
    pub(super) head: ObjectId,
    /// the day of the scan
    pub(super) as_of: Date,
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

/// Questions by their names, and how far back each needs the history.
pub(super) type Plan = BTreeMap<&'static str, Span>;

/// The history of a repository: asked for early, needed later.
pub(super) struct Past(Arc<Inner>);

struct Inner {
    work: Result<Work, Phrase>,
    plan: Mutex<Plan>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// `None` before anybody asked
    walked: Option<Result<Walked, Phrase>>,
    mailmap: Option<Mailmap>,
    /// what questions were shown
    views: BTreeMap<&'static str, Result<Arc<History>, Phrase>>,
    losses: Vec<Phrase>,
}

impl Past {
    /// A history that is read once somebody expects it.
    pub(super) fn later(work: Work) -> Self {
        Self(Arc::new(Inner { work: Ok(work), plan: Mutex::default(), state: Mutex::default() }))
    }

    /// No history, for a reason that is known.
    pub(super) fn never(why: Phrase) -> Self {
        Self(Arc::new(Inner { work: Err(why), plan: Mutex::default(), state: Mutex::default() }))
    }

    /// Starts reading as far back as these questions need; `mailmap` is the text of `.mailmap`.
    pub(super) fn start(&self, plan: Plan, mailmap: impl FnOnce() -> Vec<u8>) {
        if plan.is_empty() || self.0.work.is_err() {
            return;
        }
        locked(&self.0.state).views.retain(|question, _| !plan.contains_key(question));
        locked(&self.0.plan).extend(plan);
        let mailmap = mailmap();
        let inner = Arc::clone(&self.0);
        std::thread::spawn(move || inner.walk(&mut locked(&inner.state), || mailmap));
    }

    /// What was lost, as far as it was read; waits until that is done.
    pub(super) fn losses(&self) -> Vec<Phrase> {
        locked(&self.0.state).losses.clone()
    }

    /// What its worker gave away, if there was one.
    pub(super) fn confinement(&self) -> Option<Confinement> {
        match &locked(&self.0.state).walked {
            Some(Ok(walked)) => walked.confinement(),
            _ => None,
        }
    }

    /// How much was read; waits until that is done.
    pub(super) fn work(&self) -> super::work::Work {
        let state = locked(&self.0.state);
        state.walked.as_ref().and_then(|walked| walked.as_ref().ok()).map(Walked::work).unwrap_or_default()
    }

    /// Waits until it is read, and shows a question what it needs; all there is where nobody said how much that is.
    ///
    /// # Errors
    /// Why not all that it needs could be read.
    pub(super) fn get(
        &self,
        question: &'static str,
        mailmap: impl FnOnce() -> Vec<u8>,
    ) -> Result<Arc<History>, Phrase> {
        let inner = &self.0;
        let work = inner.work.as_ref().map_err(Clone::clone)?;
        let span = *locked(&inner.plan).entry(question).or_insert(Span::Whole);
        let mut state = locked(&inner.state);
        if let Some(view) = state.views.get(question) {
            return view.clone();
        }
        inner.walk(&mut state, mailmap);
        let view = match (&state.walked, &state.mailmap) {
            (Some(Ok(walked)), Some(mailmap)) => view::view(span, walked, mailmap, &Days::of(work.wanted.as_of)),
            (Some(Err(why)), _) => Err(why.clone()),
            _ => Err(trouble(super::objects::Trouble::Ended(None), &work.launch.limits)),
        };
        let view = view.map(Arc::new);
        state.views.insert(question, view.clone());
        view
    }
}

impl Inner {
    /// Walks as far as everybody who asked so far needs.
    fn walk(&self, state: &mut State, mailmap: impl FnOnce() -> Vec<u8>) {
        let Ok(work) = &self.work else { return };
        let mailmap = &*state.mailmap.get_or_insert_with(|| Mailmap::parse(&mailmap()));
        let plan: Vec<Span> = locked(&self.plan).values().copied().collect();
        let days = Days::of(work.wanted.as_of);
        if state.walked.is_none() {
            let walked = opened(work, &days);
            state.losses.extend(walked.as_ref().err().filter(|why| why.lost).map(|why| why.phrase.clone()));
            state.walked = Some(walked.map_err(|why| why.phrase));
        }
        let Some(Ok(walked)) = &mut state.walked else { return };
        let needs_tags = plan.iter().any(|span| matches!(span, Span::Tags | Span::Tag(_) | Span::Whole));
        if needs_tags {
            walked.read_tags(days.range());
        }
        // each round goes further back than the one before, or ends
        while let Some(need) =
            plan.iter().filter_map(|span| view::need(*span, walked, mailmap, &days)).reduce(walked::Need::and)
        {
            if !walked.go(need) {
                break;
            }
        }
        state.losses = walked.losses();
    }
}

/// Why there is nothing to walk.
struct Refused {
    phrase: Phrase,
    /// whether something is wrong, and not as it should be
    lost: bool,
}

/// Opens what is to be walked.
fn opened(work: &Work, days: &Days) -> Result<Walked, Refused> {
    let lost = |phrase| Refused { phrase, lost: true };
    let Work { git, launch, wanted } = work;
    git.history().map_err(lost)?;
    if !git.shallow().is_empty() {
        let phrase = Phrase::new(
            "the clone is shallow; fetch the whole history (`fetch-depth: 0`)",
            "der Klon ist flach (shallow); holen Sie die ganze Historie (`fetch-depth: 0`)",
        );
        return Err(Refused { phrase, lost: false });
    }
    let refs = Refs::open(git).map_err(lost)?;
    if git.has_grafts() || refs.has_replacements() {
        let phrase = Phrase::new(
            "the git history of this clone was changed afterwards (`info/grafts` or `git replace`); look at a fresh clone",
            "die Git-Historie dieses Klons wurde nachträglich verändert (`info/grafts` oder `git replace`); prüfen Sie \
             einen frischen Klon",
        );
        return Err(Refused { phrase, lost: false });
    }
    Ok(Walked::new(launch.clone(), wanted, days.end_of_scan(), refs.tags()))
}

/// The moments that the day of the scan stands for.
struct Days {
    as_of: Date,
}

const DAY: i64 = 24 * 3600;

impl Days {
    fn of(as_of: Date) -> Self {
        Self { as_of }
    }

    /// When so many months before the day of the scan begin, in seconds since 1970 UTC.
    fn months_ago(&self, months: i32) -> i64 {
        self.as_of.checked_sub(months.months()).map_or(i64::MIN, at_midnight)
    }

    /// The last moment of the day of the scan.
    fn end_of_scan(&self) -> i64 {
        at_midnight(self.as_of).saturating_add(DAY - 1)
    }

    /// Between which moments dates of commits are kept.
    fn range(&self) -> (i64, i64) {
        (EARLIEST, self.end_of_scan())
    }
}

/// Seconds from 1970 until the day begins, UTC.
fn at_midnight(day: Date) -> i64 {
    let days = date(1970, 1, 1).until(day).map_or(0, |span| i64::from(span.get_days()));
    days.saturating_mul(DAY)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
