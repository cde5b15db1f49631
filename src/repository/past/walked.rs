//! How far was the history walked, and what was met?

use super::super::history::{Commit, Person, Tag};
use super::super::limits::{Limit, Limits};
use super::super::object_id::ObjectId;
use super::super::objects::{Launch, Objects, Told};
use super::super::refs::TagRef;
use super::super::work::Work;
use super::super::worker::Confinement;
use super::super::worker::message::{Stop, Walk};
use super::{DAY, Wanted, losses};
use crate::phrase::Phrase;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// So many commits are read in any case: what is small is read at once.
const LEAST: u32 = 1000;

/// How far back a walk must go, at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// nothing older is needed, in seconds since 1970; `None` for the first commit
    pub(super) since: Option<i64>,
    /// so many commits are needed whatever their age
    pub(super) least: u32,
}

impl Need {
    /// What satisfies both.
    pub(super) fn and(self, other: Self) -> Self {
        let since = self.since.zip(other.since).map(|(one, other)| one.min(other));
        Self { since, least: self.least.max(other.least) }
    }
}

/// The history as far as it was walked.
pub(super) struct Walked {
    objects: Objects,
    /// how much is read at most
    pub(super) limits: Limits,
    /// the widest walk that may be made
    widest: Walk,
    until: Option<Instant>,
    tag_refs: Vec<TagRef>,
    tag_gap: Option<Phrase>,
    /// the last that was walked for, and what was met
    pub(super) told: Option<(Need, Told)>,
    tags: Option<(Vec<Tag>, Told)>,
    /// who made the first so many commits
    met: Mutex<BTreeMap<usize, Arc<Met>>>,
}

/// Commits, newest first, and who made them.
pub(super) type Met = (Vec<Commit>, Vec<Person>);

impl Walked {
    /// Nothing was walked yet.
    pub(super) fn new(
        launch: Launch,
        wanted: &Wanted,
        end_of_scan: i64,
        (tag_refs, tag_gap): (Vec<TagRef>, Option<Phrase>),
    ) -> Self {
        let limits = launch.limits;
        let widest = Walk {
            heads: vec![wanted.head],
            // a day of grace for time zones and clocks
            until: end_of_scan.saturating_add(DAY),
            commits: limits.small(Limit::Commits),
            millis: limits.small(Limit::HistorySeconds).saturating_mul(1000),
            ..Walk::default()
        };
        Self {
            objects: Objects::new(launch),
            limits,
            widest,
            until: None,
            tag_refs,
            tag_gap,
            told: None,
            tags: None,
            met: Mutex::default(),
        }
    }

    /// Walks so far, if that is further than before; whether it was.
    pub(super) fn go(&mut self, need: Need) -> bool {
        let need = self.told.as_ref().map_or(need, |(before, _)| before.and(need));
        let need = Need { least: need.least.max(LEAST), ..need };
        if self.is_at_end() || self.told.as_ref().is_some_and(|(before, _)| *before == need) {
            return false;
        }
        let told = self.ask(|widest| Walk { since: need.since, least: need.least, ..widest });
        self.told = Some((need, told));
        super::locked(&self.met).clear();
        true
    }

    /// Who made the first so many of the commits that were told, by `tell` if nobody asked before.
    pub(super) fn met(&self, length: usize, tell: impl FnOnce(&Told) -> Met) -> Arc<Met> {
        let mut met = super::locked(&self.met);
        let make = || Arc::new(self.told.as_ref().map(|(_, told)| tell(told)).unwrap_or_default());
        Arc::clone(met.entry(length).or_insert_with(make))
    }

    /// What the worker gave away.
    pub(super) fn confinement(&self) -> Option<Confinement> {
        self.objects.confinement()
    }

    /// What was read of it.
    pub(super) fn work(&self) -> Work {
        self.objects.tally.plus(&[])
    }

    /// Whether no walk would tell more.
    pub(super) fn is_at_end(&self) -> bool {
        let summary = self.told.as_ref().map(|(_, told)| told.summary.as_ref());
        summary.is_some_and(|summary| summary.is_none_or(|summary| summary.stopped != Some(Stop::Old)))
    }

    /// Reads when the commits of the tags were made, once.
    pub(super) fn read_tags(&mut self, (from, until): (i64, i64)) {
        if self.tags.is_some() {
            return;
        }
        let mut places: BTreeMap<ObjectId, u32> = BTreeMap::new();
        let mut ids = Vec::new();
        for tag in &self.tag_refs {
            places.entry(tag.id).or_insert_with(|| {
                ids.push(tag.id);
                u32::try_from(ids.len() - 1).unwrap_or(u32::MAX)
            });
        }
        let told = match ids.is_empty() {
            true => Told::default(),
            false => self.ask(|widest| Walk { heads: Vec::new(), tags: ids, ..widest }),
        };
        let times: BTreeMap<u32, i64> = told.tags.iter().copied().collect();
        let tags = self.tag_refs.iter().map(|tag| {
            let time = places.get(&tag.id).and_then(|place| times.get(place));
            Tag { name: tag.name.as_slice().into(), time: time.map(|time| (*time).clamp(from, until)) }
        });
        self.tags = Some((tags.collect(), told));
    }

    /// The tags, sorted by name.
    ///
    /// # Errors
    /// Why some may be missing, or their dates.
    pub(super) fn tags(&self) -> Result<&[Tag], Phrase> {
        let why = || self.tag_losses().into_iter().next();
        match &self.tags {
            Some((tags, _)) => why().map_or(Ok(tags.as_slice()), Err),
            None => Ok(&[]),
        }
    }

    fn tag_losses(&self) -> Vec<Phrase> {
        let Some((_, told)) = &self.tags else { return Vec::new() };
        losses::losses(told, &self.limits).into_iter().chain(self.tag_gap.clone()).collect()
    }

    /// What could not be read so far.
    pub(super) fn losses(&self) -> Vec<Phrase> {
        let mut all = self.told.as_ref().map(|(_, told)| losses::losses(told, &self.limits)).unwrap_or_default();
        for why in self.tag_losses() {
            if !all.contains(&why) {
                all.push(why);
            }
        }
        all
    }

    /// Asks the worker; all that is asked shares one limit of time.
    fn ask(&mut self, walk: impl FnOnce(Walk) -> Walk) -> Told {
        let whole = Duration::from_millis(self.widest.millis.into());
        let until = *self.until.get_or_insert_with(|| Instant::now() + whole);
        let left = until.saturating_duration_since(Instant::now()).as_millis();
        let millis = u32::try_from(left).unwrap_or(u32::MAX);
        self.objects.history(&walk(Walk { millis, ..self.widest.clone() }))
    }
}
