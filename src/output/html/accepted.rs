//! Which findings were accepted, by whom and why?

use super::flow::{Flow, Room, foreign, message, own, path};
use super::summary::day;
use super::{findings::other_language, more};
use crate::output::encode::visible;
use crate::output::waived::place;
use crate::phrase::Lang;
use crate::report::{Report, Waived};
use std::collections::BTreeMap;

/// As many findings with the same reason are named.
const NAMED: usize = 6;
/// As many reasons are shown.
const GROUPS: usize = 100;
/// As many bytes of foreign text are shown.
const BYTES: usize = 200_000;

/// Findings of one rule that were accepted for the same reason.
pub(super) struct Group {
    pub(super) id: String,
    pub(super) title: Flow,
    pub(super) count: usize,
    pub(super) findings: Vec<Accepted>,
    pub(super) more: Option<String>,
    /// empty for a baseline
    pub(super) reason: Flow,
    /// where it is said
    pub(super) by: String,
    /// the last day on which it holds
    pub(super) until: Option<String>,
    pub(super) lang: Option<&'static str>,
}

/// A finding that was accepted.
pub(super) struct Accepted {
    pub(super) at: Option<Flow>,
    pub(super) message: Flow,
}

/// What was accepted, by rule and reason; with it how many reasons are left out.
pub(super) fn groups(report: &Report, lang: Lang) -> (Vec<Group>, Option<String>) {
    let mut groups = Vec::new();
    let mut room = Room(BYTES);
    for outcome in &report.outcomes {
        let mut by_reason: BTreeMap<_, Vec<&Waived>> = BTreeMap::new();
        for waived in &outcome.waived {
            by_reason.entry((waived.by, &waived.reason, &waived.until)).or_default().push(waived);
        }
        for ((by, reason, until), waived) in by_reason {
            let shown = waived.iter().take(NAMED).map(|waived| Accepted {
                at: waived
                    .finding
                    .place
                    .path
                    .as_ref()
                    .map(|at| path(at, waived.finding.place.span.map(|span| span.line))),
                message: message(&waived.finding.message(&outcome.rule, lang)),
            });
            let shown: Vec<Accepted> =
                shown.take_while(|accepted| room.take(accepted.at.iter().chain([&accepted.message]))).collect();
            groups.push(Group {
                id: outcome.rule.id.clone(),
                title: own(&outcome.rule.page(lang).title),
                count: waived.len(),
                more: more(waived.len() - shown.len(), lang),
                findings: shown,
                reason: if reason.is_empty() { Flow::new() } else { foreign(reason) },
                by: lang.pick("waived {place}", "ausgenommen {place}").replace("{place}", place(by, lang)),
                until: until.as_ref().map(|until| visible(day(until, lang).as_bytes())),
                lang: other_language(&outcome.rule, lang),
            });
        }
    }
    let hidden = groups.len().saturating_sub(GROUPS);
    groups.truncate(GROUPS);
    (groups, more(hidden, lang))
}
