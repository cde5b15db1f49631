//! Which findings were there when the baseline was written, and which are new?

use super::moved::Moved;
use crate::phrase::Phrase;
use crate::report::{Baselined, Finding, Outcome, Report, Verdict, Waived, WaivedBy};
use crate::repository::{RepoPath, Repository};
use crate::untrusted::Untrusted;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The name and version of the format; see `schemas/baseline-1.schema.json`.
pub const SCHEMA: &str = "civiclint/baseline/1";

/// A finding that was there. Paths and names are those that the file shows, so that bytes that are no UTF-8 are written
/// out; the fingerprint alone decides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// the id of the rule
    pub rule: String,
    /// where; `None` for the repository as a whole
    pub path: Option<Untrusted>,
    /// what it is called
    pub called: Untrusted,
    /// which one it is
    pub fingerprint: String,
}

/// The findings that were there, sorted by rule, path, name and fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeSet<Known>,
}

/// What a file says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: String,
    findings: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    path: Option<String>,
    called: String,
    fingerprint: String,
}

/// As much of a file as tells whether it is a baseline.
#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
}

impl Baseline {
    /// Reads what [`Baseline`] was written as.
    ///
    /// # Errors
    /// Where the text is no JSON, is something else, or is damaged; the end of a sentence that begins with the name of
    /// the file.
    pub fn read(text: &str) -> Result<Self, Phrase> {
        let damaged = |error: serde_json::Error| {
            Phrase::new("is no baseline: {why}", "ist keine Baseline: {why}").with("why", error.to_string())
        };
        let head: Head = serde_json::from_str(text).map_err(damaged)?;
        match head.schema.as_deref() {
            Some(SCHEMA) => {}
            Some(other) => {
                let phrase = Phrase::new(
                    "is no baseline that this version knows: `schema` is `{other}`, not `{wanted}`",
                    "ist keine Baseline, die diese Version kennt: `schema` ist `{other}`, nicht `{wanted}`",
                );
                return Err(phrase.with("other", other).with("wanted", SCHEMA));
            }
            None => {
                let phrase = Phrase::new(
                    "is no baseline: it has no `schema`; `--write-baseline` writes one",
                    "ist keine Baseline: `schema` fehlt; `--write-baseline` schreibt eine",
                );
                return Err(phrase);
            }
        }
        let file: File = serde_json::from_str(text).map_err(damaged)?;
        let mut known = BTreeSet::new();
        for Entry { rule, path, called, fingerprint } in file.findings {
            if fingerprint.len() != 64 || !fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                let phrase = Phrase::new(
                    "is damaged: `{fingerprint}` is no fingerprint",
                    "ist beschädigt: `{fingerprint}` ist kein Fingerabdruck",
                );
                return Err(phrase.with("fingerprint", fingerprint));
            }
            known.insert(Known { rule, path: path.map(Untrusted::from), called: called.into(), fingerprint });
        }
        Ok(Self { known })
    }

    /// The findings of a report that count, those that an older baseline waived, and `kept` ones.
    pub fn of(report: &Report, kept: Vec<Known>) -> Self {
        let mut known: BTreeSet<Known> = kept.into_iter().collect();
        for outcome in &report.outcomes {
            let waived = outcome.waived.iter().filter(|waived| waived.by == WaivedBy::Baseline);
            let findings = outcome.verdict.findings().iter().chain(waived.map(|waived| &waived.finding));
            known.extend(findings.map(|finding| Known {
                rule: outcome.rule.id.clone(),
                path: finding.place.path.as_ref().map(RepoPath::untrusted),
                called: finding.called.clone(),
                fingerprint: finding.fingerprint.clone(),
            }));
        }
        Self { known }
    }

    /// The findings, sorted.
    pub fn known(&self) -> impl ExactSizeIterator<Item = &Known> {
        self.known.iter()
    }

    /// Takes the findings that are known out of the verdicts, and says of how many there is nothing left. Returns what
    /// is known of findings that may still be there: their rule was not judged, or not everything could be looked at.
    pub fn apply(&self, report: &mut Report, repo: &Repository) -> Vec<Known> {
        let by_print: BTreeMap<&str, &Known> =
            self.known.iter().map(|known| (known.fingerprint.as_str(), known)).collect();
        let all = |outcome: &'_ Outcome| {
            let waived = outcome.waived.iter().map(|waived| &waived.finding);
            let findings = outcome.verdict.findings().iter().chain(waived);
            findings.filter_map(|one| by_print.get(one.fingerprint.as_str()).copied()).collect::<Vec<&Known>>()
        };
        let mut met: BTreeSet<&str> =
            report.outcomes.iter().flat_map(all).map(|known| known.fingerprint.as_str()).collect();
        let mut moved = Moved::of(self.known.iter(), &met, repo);
        for outcome in &mut report.outcomes {
            let rule = outcome.rule.id.clone();
            take(outcome, |finding| {
                by_print.contains_key(finding.fingerprint.as_str())
                    || moved.take(&rule, finding).is_some_and(|known| met.insert(known))
            });
        }
        // A rule that is skipped may say nothing of what is still there; where the file is gone there is nothing.
        let is_there = |path: &Untrusted| repo.file(path.as_bytes()).is_some() || repo.has_folder(path.as_bytes());
        let is_gone = |known: &Known| {
            let outcome = report.outcomes.iter().find(|outcome| outcome.rule.id == known.rule);
            let file_is_gone = || known.path.as_ref().is_some_and(|path| !is_there(path));
            report.losses.is_empty() && outcome.is_some_and(|outcome| !outcome.is_skipped() || file_is_gone())
        };
        let left = self.known.iter().filter(|known| !met.contains(known.fingerprint.as_str()));
        let (gone, open): (Vec<&Known>, Vec<&Known>) = left.partition(|known| is_gone(known));
        report.baseline = Some(Baselined { entries: self.known.len(), gone: gone.len() });
        report.level = Report::level_of(&report.outcomes);
        open.into_iter().cloned().collect()
    }
}

/// Waives the findings of a rule that are known.
fn take(outcome: &mut Outcome, mut is_known: impl FnMut(&Finding) -> bool) {
    let Verdict::Findings(findings) = &mut outcome.verdict else { return };
    let (known, new): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(findings).into_iter().partition(|one| is_known(one));
    *findings = new;
    outcome.waived.extend(known.into_iter().map(|finding| Waived {
        finding,
        by: WaivedBy::Baseline,
        reason: Untrusted::default(),
        until: None,
    }));
    outcome.waived.sort_by(|a, b| (&a.finding.place, &a.finding.called).cmp(&(&b.finding.place, &b.finding.called)));
}
