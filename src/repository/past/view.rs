//! What of the walked history is a question shown?
//!
//! Always the beginning of what a walk tells, cut where the question's span ends: the same, however far the walk went.

use super::super::history::{Commit, History, Span, Tag};
use super::super::mailmap::Mailmap;
use super::super::people;
use super::super::walk::Old;
use super::walked::{Met, Need, Walked};
use super::{Days, losses};
use crate::phrase::Phrase;
use std::sync::Arc;

/// So many months more are read than are shown, to know who is a program: see [`people::tell`].
const MARGIN: i32 = 24;
/// How far back a person is looked for, in months, before the whole history is read.
const LADDER: [i32; 3] = [24, 48, 96];

/// How much further the walk must go for this span; `None` where it has come far enough, or to its end.
pub(super) fn need(span: Span, walked: &Walked, mailmap: &Mailmap, days: &Days) -> Option<Need> {
    if walked.is_at_end() {
        return None;
    }
    let since = |since| Need { since: Some(since), least: 0 };
    let short = |moment: i64| length(walked, Some(moment)).is_none().then(|| since(moment));
    match span {
        Span::Whole => Some(Need { since: None, least: 0 }),
        Span::Commits(count) => missing(walked, count),
        Span::Tags => missing(walked, 1),
        Span::Months(months) => short(days.months_ago(months.saturating_add(MARGIN))),
        Span::Tag(is_meant) => match newest(walked, is_meant) {
            Ok(Some(newest)) => short(before(newest)),
            Ok(None) | Err(_) => missing(walked, 1),
        },
        Span::Person | Span::People(_) => {
            for months in LADDER {
                let margin = days.months_ago(months.saturating_add(MARGIN));
                let Some(length) = length(walked, Some(margin)) else { return Some(since(margin)) };
                let met = met(walked, length, mailmap, days);
                if is_enough(span, &met, days.months_ago(months)) {
                    return None;
                }
            }
            Some(Need { since: None, least: 0 })
        }
    }
}

/// What a question with this span is shown.
///
/// # Errors
/// Why something of it is missing, or doubtful.
pub(super) fn view(span: Span, walked: &Walked, mailmap: &Mailmap, days: &Days) -> Result<History, Phrase> {
    let told = walked.told.as_ref().map(|(_, told)| told);
    let whole = told.map_or(0, |told| told.commits.len());
    let met = |length: usize| met(walked, length, mailmap, days);
    let tags = || walked.tags().map(<[_]>::to_vec);
    match span {
        Span::Whole => {
            sure(walked, None)?;
            Ok(shown(&met(whole), tags()?, |_| true))
        }
        Span::Commits(count) => {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            sure(walked, (count <= whole).then_some(0))?;
            Ok(shown(&met(count.min(whole)), Vec::new(), |_| true))
        }
        Span::Tags => {
            sure(walked, Some(1).filter(|_| whole > 0))?;
            Ok(shown(&met(1), tags()?, |_| true))
        }
        Span::Months(months) => {
            let moment = days.months_ago(months);
            sure(walked, length(walked, Some(moment)))?;
            let margin = length(walked, Some(days.months_ago(months.saturating_add(MARGIN))));
            Ok(shown(&met(margin.unwrap_or(whole)), Vec::new(), |commit| commit.time >= moment))
        }
        Span::Tag(is_meant) => {
            let Some(newest) = newest(walked, is_meant)? else {
                return Ok(History { tags: tags()?, ..History::default() });
            };
            sure(walked, length(walked, Some(newest)))?;
            let margin = length(walked, Some(before(newest)));
            Ok(shown(&met(margin.unwrap_or(whole)), tags()?, |commit| commit.time > newest))
        }
        Span::Person | Span::People(_) => {
            for months in LADDER {
                let Some(length) = length(walked, Some(days.months_ago(months.saturating_add(MARGIN)))) else { break };
                let met = met(length);
                if is_enough(span, &met, days.months_ago(months)) {
                    return certain(span, walked, &met, days);
                }
            }
            certain(span, walked, &met(whole), days)
        }
    }
}

/// Those of the commits that are meant, and everybody who was met.
fn shown((commits, people): &Met, tags: Vec<Tag>, is_meant: impl Fn(&Commit) -> bool) -> History {
    let commits = commits.iter().filter(|commit| is_meant(commit)).cloned().collect();
    History { commits, tags, people: people.clone() }
}

/// Two years before a moment: who is a program is told from these as well.
fn before(moment: i64) -> i64 {
    moment.saturating_sub(i64::from(MARGIN) * 31 * super::DAY)
}

/// So many commits are needed, and were not told.
fn missing(walked: &Walked, count: u32) -> Option<Need> {
    let told = walked.told.as_ref().map_or(0, |(_, told)| told.commits.len());
    (told < usize::try_from(count).unwrap_or(usize::MAX)).then_some(Need { since: Some(i64::MAX), least: count })
}

/// How many of the commits that were told a walk tells that asks for nothing older than `since`; `None` where none ended
/// there.
fn length(walked: &Walked, since: Option<i64>) -> Option<usize> {
    let mut old = Old::than(since?);
    let (_, told) = walked.told.as_ref()?;
    told.commits.iter().position(|commit| old.ends_behind(commit.time)).map(|last| last + 1)
}

/// Whether nothing is missing and nothing doubtful among so many commits from the newest on; `None` for all there are.
fn sure(walked: &Walked, length: Option<usize>) -> Result<(), Phrase> {
    let Some((_, told)) = &walked.told else {
        return Err(losses::trouble(super::super::objects::Trouble::Garbled, &walked.limits));
    };
    let doubt = told.summary.as_ref().and_then(|summary| {
        let (at, doubt) = summary.first_doubt?;
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        length.is_none_or(|length| at < length).then(|| losses::doubt(summary, doubt))
    });
    let end = || if length.is_none() { losses::end(told, &walked.limits) } else { None };
    match doubt.or_else(end) {
        Some(why) => Err(why),
        None if told.commits.is_empty() => {
            Err(losses::trouble(super::super::objects::Trouble::Garbled, &walked.limits))
        }
        None => Ok(()),
    }
}

/// Who made the first so many commits; worked out once for all questions that need as many.
fn met(walked: &Walked, length: usize, mailmap: &Mailmap, days: &Days) -> Arc<Met> {
    walked.met(length, |told| {
        let records = told.commits.get(..length).unwrap_or(&told.commits);
        // authors are numbered as they are told, so that these are the first of them
        let last = records.iter().map(|record| record.author).max();
        let authors = last.map_or(0, |last| usize::try_from(last).unwrap_or(usize::MAX).saturating_add(1));
        people::tell(told.authors.get(..authors).unwrap_or(&told.authors), records, mailmap, days.range())
    })
}

/// Whether those who were met are all that is asked for; nobody counts whose commits are all older than `since`.
fn is_enough(span: Span, (commits, people): &Met, since: i64) -> bool {
    match span {
        Span::People(count) => people.iter().filter(|person| !person.bot).count() >= count as usize,
        _ => commits.iter().any(|commit| !commit.bot && commit.time >= since),
    }
}

/// What was met, if it is sure that it is what was asked for.
fn certain(span: Span, walked: &Walked, met: &Met, days: &Days) -> Result<History, Phrase> {
    if let Span::People(_) = span {
        if !is_enough(span, met, i64::MIN) {
            sure(walked, None)?;
        }
    } else {
        let newest = met.0.iter().find(|commit| !commit.bot).map(|commit| commit.time);
        let (from, until) = days.range();
        let mut told = walked.told.iter().flat_map(|(_, told)| &told.commits);
        let place = newest.and_then(|newest| told.position(|commit| commit.time.clamp(from, until) == newest));
        sure(walked, place.map(|place| place + 1))?;
    }
    Ok(shown(met, Vec::new(), |_| true))
}

/// When the newest of the tags was made that are meant.
fn newest(walked: &Walked, is_meant: fn(&str) -> bool) -> Result<Option<i64>, Phrase> {
    let meant = |name: &super::super::Untrusted| is_meant(&name.lossy());
    Ok(walked.tags()?.iter().filter(|tag| meant(&tag.name)).filter_map(|tag| tag.time).max())
}
