//! What would a report be in which everything that can be foreign is?

use super::parts;
use crate::phrase::{Lang, Message, Phrase, Piece};
use crate::report::{About, Finding, Outcome, PolicyUsed, Report, Verdict, Waived, WaivedBy};
use crate::repository::{Limits, Loss, RepoPath, Work};
use crate::rule::{Level, Page, Precision, Rule, Severity};
use crate::signal::{Place, Span, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

fn page() -> Page {
    Page {
        title: "Something is not as it should be".to_owned(),
        summary: "It is about {called}.".to_owned(),
        says: "`{called}` is off: {text}, {list}; {said}".to_owned(),
        why: "Because.".to_owned(),
        mend: "Do `it`.".to_owned(),
        example: None,
        markdown: "# Something\n\n## Why it matters\n\nBecause.\n\n## How to mend it\n\nDo it.\n".to_owned(),
    }
}

fn rule(id: &str, level: Level, severity: Severity) -> Rule {
    Rule {
        id: id.to_owned(),
        level,
        severity,
        precision: Precision::High,
        norms: vec!["reuse/spec".to_owned()],
        looks_at: None,
        settings: BTreeMap::new(),
        applies_when: Vec::new(),
        finding_when: Vec::new(),
        not_when: Vec::new(),
        en: page(),
        de: Some(page()),
    }
}

/// A finding of which the first byte decides where it is, and the others are all that is foreign in it.
fn finding(data: &[u8]) -> Finding {
    let (first, data) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let path = RepoPath::new(data);
    let place = match first % 4 {
        0 => Place::default(),
        1 => Place::file(&path),
        2 => Place::span(&path, Span::on_line(1, u32::from(first), u32::from(first) + 3)),
        _ => Place::span(&path, Span { line: 1, column: 1, end_line: u32::from(first), end_column: 2 }),
    };
    let foreign = Untrusted::new(data);
    let said = Phrase::new("so {it} says", "so {it} sagt").with("it", foreign.clone());
    let values = [
        ("text", Value::Text(foreign.clone())),
        ("list", Value::List(vec![foreign.clone(), foreign.clone()])),
        ("said", Value::Said(said)),
    ];
    Finding {
        place,
        called: foreign.clone(),
        values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        stands_for: None,
        excerpt: Some(Untrusted::from(foreign.lossy().split(['\n', '\r']).next().unwrap_or_default())),
        line_hash: Some("62e6d4504864ed3b:1".to_owned()),
        fingerprint: "3f1d".repeat(16),
    }
}

/// A report with a finding for each part, of the three severities in turn, and foreign text everywhere else, too.
pub(super) fn of(data: &[u8]) -> Report {
    let mut findings: [Vec<Finding>; 3] = Default::default();
    for (number, part) in parts(data).take(60).enumerate() {
        if let Some(place) = findings.get_mut(number % 3) {
            place.push(finding(part));
        }
    }
    let foreign = Untrusted::new(parts(data).next().unwrap_or_default());
    let [errors, warnings, notes] = findings;
    let said = Phrase::new("{it} is why", "{it} ist der Grund").with("it", foreign.clone());
    let waived = errors.first().map(|finding| Waived {
        finding: finding.clone(),
        by: WaivedBy::Policy,
        reason: foreign.clone(),
        until: None,
    });
    let outcome =
        |id: &str, level, severity, verdict| Outcome { rule: rule(id, level, severity), verdict, waived: Vec::new() };
    let mut outcomes = vec![
        outcome("own/error", Level::Publishable, Severity::Error, Verdict::Findings(errors)),
        outcome("own/warning", Level::Reusable, Severity::Warning, Verdict::Findings(warnings)),
        outcome("own/note", Level::Sustained, Severity::Note, Verdict::Findings(notes)),
        outcome("own/skipped", Level::Sustained, Severity::Note, Verdict::Skipped(said.clone())),
        outcome("own/waived", Level::Sustained, Severity::Note, Verdict::Ok),
    ];
    if let Some(last) = outcomes.last_mut() {
        last.waived.extend(waived);
    }
    Report {
        as_of: "2026-11-22".to_owned(),
        repository: About {
            path: foreign.clone(),
            revision: None,
            kind: Some("software".to_owned()),
            licence: Some(foreign.clone()),
            asked: true,
            shallow: false,
            anchor: Some("README.md".into()),
        },
        level: Report::level_of(&outcomes),
        outcomes,
        profile: "civic".to_owned(),
        policy: Some(PolicyUsed {
            path: Some(foreign.clone()),
            revision: Some(foreign.clone()),
            own_differs: foreign.is_empty(),
            not_applied: None,
        }),
        left_out: 0,
        losses: vec![Loss { path: Some(RepoPath::new(foreign.as_bytes())), why: said }],
        norm: None,
        baseline: None,
        work: Work::default(),
        limits: Limits::default(),
        confinement: None,
    }
}

/// A message of which every second part is foreign.
pub(super) fn message(data: &[u8]) -> Message {
    let own = ["see `", "` and ", "", " of ", "\n"];
    let pieces = parts(data).zip(own.iter().cycle()).take(20);
    let pieces =
        pieces.flat_map(|(foreign, own)| [Piece::Own((*own).to_owned()), Piece::Foreign(Untrusted::new(foreign))]);
    Message(pieces.collect())
}

/// Both languages.
pub(super) const LANGS: [Lang; 2] = [Lang::En, Lang::De];
