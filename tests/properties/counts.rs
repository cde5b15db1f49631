//! Do all formats tell of as many findings?

use crate::{common, looked, none, part};
use civiclint::judge::judge;
use civiclint::output::{json, rdjson, sarif, text};
use civiclint::phrase::Lang;
use civiclint::reading::Readings;
use civiclint::report::Report;
use civiclint::rule::Severity;
use civiclint::side_by_side;
use civiclint::untrusted::Untrusted;
use serde_json::Value;

/// Errors, warnings and notes.
type Counts = [usize; 3];

fn of_report(report: &Report) -> Counts {
    [Severity::Error, Severity::Warning, Severity::Note].map(|severity| report.count(severity))
}

/// The numbers of the last line: `2 errors, 1 warning; 30 rules hold`.
fn of_text(report: &Report) -> Counts {
    let told = text::render(report, &text::Style { width: 200, ..text::Style::default() });
    let line = told.lines().last().unwrap_or_default();
    let found = line.split(';').next().unwrap_or_default();
    let number = |word: &str| {
        let part =
            found.split(',').find(|part| part.trim().split(' ').nth(1).is_some_and(|found| found.starts_with(word)));
        part.and_then(|part| part.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
    };
    ["error", "warning", "note"].map(number)
}

/// How many values stand at this key for each of these words, anywhere in a document.
fn of_json(told: &str, list: &str, key: &str, words: [&str; 3]) -> Counts {
    let value: Value = serde_json::from_str(told).expect("JSON");
    let list = value.pointer(list).and_then(Value::as_array).cloned().unwrap_or_default();
    words.map(|word| list.iter().filter(|one| one.get(key).and_then(Value::as_str) == Some(word)).count())
}

fn of_own_json(report: &Report) -> Counts {
    let value: Value = serde_json::from_str(&json::render(report, Lang::En)).expect("JSON");
    ["errors", "warnings", "notes"].map(|word| {
        let number = value.pointer(&format!("/counts/{word}")).and_then(Value::as_u64).unwrap_or(u64::MAX);
        usize::try_from(number).expect("a small number")
    })
}

#[test]
fn every_format_tells_of_as_many_findings() {
    let fixtures: Vec<_> = part(2).into_iter().step_by(3).collect();
    let wrong = side_by_side::map(&fixtures, |(_, case)| {
        let repo = common::build(case);
        let repo = repo.open();
        let report = judge(&Readings::new(&repo), looked::shipped(), Untrusted::from("."), "civic");
        let (sarif, rdjson) = (sarif::render(&report, Lang::En, None), rdjson::render(&report, Lang::En));
        let told = [
            of_report(&report),
            of_text(&report),
            of_own_json(&report),
            of_json(&sarif, "/runs/0/results", "level", ["error", "warning", "note"]),
            of_json(&rdjson, "/diagnostics", "severity", ["ERROR", "WARNING", "INFO"]),
        ];
        (told.iter().any(|counts| *counts != told[0])).then(|| format!("{}: {told:?}", common::name(case)))
    });
    none("formats are compared", wrong.into_iter().flatten().collect());
}
