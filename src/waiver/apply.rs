//! Which findings do not count, and what is to be said of the waivers themselves?

use super::entry::{Entry, Scope};
use super::{Waivers, comment};
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::report::{Outcome, Verdict, Waived};
use crate::repository::{Loss, RepoPath};
use crate::signal::{Observation, Reading, Value};
use std::collections::{BTreeMap, BTreeSet};

impl Waivers<'_> {
    /// Takes the findings that are waived out of the verdicts, and says what is met of waivers, for the rules that look
    /// at one. Comments are looked for in files with findings; in all files only where every file was read anyway,
    /// which is so where a rule looks at waivers.
    pub fn apply(&self, outcomes: &mut [Outcome], readings: &Readings<'_>) -> Vec<Observation> {
        let mut entries: Vec<Entry> = self.policy.iter().map(Entry::of_policy).collect();
        if self.in_line {
            let found = outcomes.iter().flat_map(|outcome| outcome.verdict.findings());
            let files: BTreeSet<RepoPath> = found.filter_map(|finding| finding.place.path.clone()).collect();
            let comments = readings.waiver_comments_in(&files);
            entries.extend(comments.iter().flat_map(|comment| comment::entries(comment, &self.known)));
        }
        let as_of = readings.repo.as_of();
        let index = Index::of(&entries, |entry| entry.flaw.is_none() && !entry.is_expired(as_of));
        let mut used = BTreeSet::new();
        for outcome in &mut *outcomes {
            waive(outcome, &entries, &index, &mut used);
        }
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.used = used.contains(&number);
        }
        let losses = readings.repo.losses();
        let expired = |entry: &Entry| entry.is_expired(as_of);
        entries.iter().map(|entry| observe(entry, expired(entry), outcomes, &losses)).collect()
    }
}

/// The waivers that hold: those of a file by rule and file, the others by rule.
struct Index<'e> {
    files: BTreeMap<(&'e [u8], &'e RepoPath), Vec<usize>>,
    others: BTreeMap<&'e [u8], Vec<usize>>,
}

impl<'e> Index<'e> {
    fn of(entries: &'e [Entry], holds: impl Fn(&Entry) -> bool) -> Self {
        let mut index = Self { files: BTreeMap::new(), others: BTreeMap::new() };
        for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| holds(entry)) {
            let rule = entry.rule.as_bytes();
            match &entry.scope {
                Scope::Comment { path, .. } => index.files.entry((rule, path)).or_default().push(number),
                Scope::Pattern { .. } => index.others.entry(rule).or_default().push(number),
            }
        }
        index
    }
}

fn waive(outcome: &mut Outcome, entries: &[Entry], index: &Index<'_>, used: &mut BTreeSet<usize>) {
    let Verdict::Findings(findings) = &mut outcome.verdict else { return };
    let rule = outcome.rule.id.as_bytes();
    let mut open = Vec::with_capacity(findings.len());
    for finding in std::mem::take(findings) {
        let of_file = finding.place.path.as_ref().and_then(|path| index.files.get(&(rule, path)));
        let candidates = of_file.into_iter().chain(index.others.get(rule)).flatten();
        // What stands beside the finding explains it best; all that match are of use.
        let mut first = None;
        for number in candidates {
            if let Some(entry) = entries.get(*number).filter(|entry| entry.matches(&finding)) {
                used.insert(*number);
                first.get_or_insert(entry);
            }
        }
        match first {
            Some(entry) => outcome.waived.push(Waived {
                finding,
                by: entry.by(),
                reason: entry.reason.clone(),
                until: entry.until.map(|until| until.to_string()),
            }),
            None => open.push(finding),
        }
    }
    *findings = open;
}

/// A waiver, as rules see it.
fn observe(entry: &Entry, expired: bool, outcomes: &[Outcome], losses: &[Loss]) -> Observation {
    let no_end = || Phrase::new("it has no end", "sie gilt unbefristet");
    let sound = || Phrase::new("nothing is wrong with it", "an ihr ist nichts falsch");
    Observation::new(entry.place.clone(), entry.rule.clone())
        .with("by", entry.by().name())
        .with("complete", entry.flaw.is_none())
        .with_reading("lacks", entry.flaw.clone().map(Value::Said).ok_or_else(sound))
        .with_reading("until", entry.until.map(|until| Value::from(until.to_string().as_str())).ok_or_else(no_end))
        .with("expired", expired)
        .with("reason", entry.reason.clone())
        .with_reading("used", used(entry, expired, outcomes, losses))
}

fn used(entry: &Entry, expired: bool, outcomes: &[Outcome], losses: &[Loss]) -> Reading {
    let unknown = |en, de| Err(Phrase::new(en, de));
    if entry.used {
        return Ok(true.into());
    }
    if entry.flaw.is_some() || expired {
        return unknown("it does not hold", "sie gilt nicht");
    }
    let of_policy = matches!(entry.scope, Scope::Pattern { .. });
    if of_policy && entry.place.path.is_none() {
        return unknown(
            "its policy lies outside of the repository, and may be for others too",
            "ihre Richtlinie liegt außerhalb des Repositorys und kann auch für andere gelten",
        );
    }
    let lost = |loss: &Loss| loss.path.is_none() || loss.path == entry.place.path || of_policy;
    if losses.iter().any(lost) {
        return unknown("not everything could be looked at", "nicht alles ließ sich ansehen");
    }
    let outcome = outcomes.iter().find(|outcome| outcome.rule.id.as_bytes() == entry.rule.as_bytes());
    match outcome {
        None => {
            Err(Phrase::new("`{rule}` was not asked", "nach `{rule}` wurde nicht gefragt")
                .with("rule", entry.rule.clone()))
        }
        Some(Outcome { verdict: Verdict::Skipped(_), .. }) => {
            Err(Phrase::new("`{rule}` was not judged", "`{rule}` wurde nicht beurteilt")
                .with("rule", entry.rule.clone()))
        }
        Some(_) => Ok(false.into()),
    }
}
