//! Which rules hold, which were not judged, and what could not be looked at?

use super::findings::other_language;
use super::flow::{Flow, Room, message, own, path};
use super::more;
use super::summary::quoted;
use crate::output::encode::json_text;
use crate::phrase::{Lang, Message};
use crate::report::{Report, Verdict};
use crate::rule::Level;
use std::collections::BTreeMap;

/// As many names share a reason.
const NAMES: usize = 40;
/// As many reasons are listed.
const REASONS: usize = 60;
/// As many bytes of foreign text are shown.
const BYTES: usize = 200_000;

/// The rules of a level that hold.
pub(super) struct Holding {
    pub(super) title: String,
    pub(super) rules: Vec<Held>,
}

/// A rule that holds.
pub(super) struct Held {
    pub(super) id: String,
    pub(super) title: Flow,
    pub(super) lang: Option<&'static str>,
}

/// A reason and what it holds for.
pub(super) struct Reason {
    pub(super) why: Flow,
    pub(super) names: Vec<Flow>,
    pub(super) more: Option<String>,
}

/// The rules without any finding; those whose findings were all accepted are told elsewhere.
pub(super) fn holding(report: &Report, lang: Lang) -> Vec<Holding> {
    let of = |level: Level| {
        report.outcomes.iter().filter(move |outcome| {
            let found = !outcome.verdict.findings().is_empty() || !outcome.waived.is_empty();
            outcome.rule.level == level && !outcome.is_skipped() && !found
        })
    };
    Level::ALL
        .into_iter()
        .map(|level| Holding {
            title: quoted(level, lang),
            rules: of(level)
                .map(|outcome| Held {
                    id: outcome.rule.id.clone(),
                    title: own(&outcome.rule.page(lang).title),
                    lang: other_language(&outcome.rule, lang),
                })
                .collect(),
        })
        .filter(|level| !level.rules.is_empty())
        .collect()
}

/// The rules that were not judged, by reason.
pub(super) fn skipped(report: &Report, lang: Lang) -> Vec<Reason> {
    let mut reasons = Reasons::default();
    for outcome in &report.outcomes {
        if let Verdict::Skipped(why) = &outcome.verdict {
            reasons.add(why.message(lang), Some(own(&format!("`{}`", outcome.rule.id))));
        }
    }
    reasons.told(lang)
}

/// What could not be looked at, by reason.
pub(super) fn losses(report: &Report, lang: Lang) -> Vec<Reason> {
    let mut reasons = Reasons::default();
    for loss in &report.losses {
        reasons.add(loss.why.message(lang), loss.path.as_ref().map(|lost| path(lost, None)));
    }
    reasons.told(lang)
}

/// Reasons in the order in which they were met.
#[derive(Default)]
struct Reasons {
    all: Vec<(Message, Vec<Flow>)>,
    places: BTreeMap<String, usize>,
}

impl Reasons {
    fn add(&mut self, why: Message, name: Option<Flow>) {
        let place = *self.places.entry(json_text(&why)).or_insert(self.all.len());
        match self.all.get_mut(place) {
            Some((_, names)) => names.extend(name),
            None => self.all.push((why, name.into_iter().collect())),
        }
    }

    fn told(self, lang: Lang) -> Vec<Reason> {
        let hidden: usize = self.all.iter().skip(REASONS).map(|(_, names)| names.len().max(1)).sum();
        let mut room = Room(BYTES);
        let reason = |(why, mut names): (Message, Vec<Flow>)| {
            let all = names.len();
            names.truncate(NAMES);
            names.retain(|name| room.take([name]));
            Reason { why: message(&why), more: more(all - names.len(), lang), names }
        };
        let mut told: Vec<Reason> = self.all.into_iter().take(REASONS).map(reason).collect();
        told.extend(more(hidden, lang).map(|more| Reason { why: own(&more), names: Vec::new(), more: None }));
        told
    }
}
