//! What do CI systems list as tests? Every rule as a test case: passed, failed or skipped, with its reason.
//!
//! The chapters are the test suites. The format is the one of the JUnit schema that GitLab, Jenkins and others read.

use super::encode::{json_path, json_text, json_value, plain, visible};
use super::{located, waived};
use crate::phrase::Lang;
use crate::report::{Finding, Outcome, Report, Verdict, Waived};
use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;

/// More findings of a rule are counted instead of listed.
const LISTED: usize = 50;

/// The rules as test cases, their messages in one language, with a line break at its end.
pub fn render(report: &Report, lang: Lang) -> String {
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for outcome in &report.outcomes {
        let chapter = outcome.rule.chapter();
        suites.entry(chapter).or_insert_with(|| TestSuite::new(chapter)).add_test_case(case(outcome, lang));
    }
    let mut document = Suites::new(super::TOOL.name);
    document.add_test_suites(suites.into_values());
    if !report.losses.is_empty() {
        document.add_test_suite(losses(report, lang));
    }
    // Only writing to a full disk fails, and this writes to memory.
    let mut xml = document.to_string().unwrap_or_default();
    if !xml.ends_with('\n') {
        xml.push('\n');
    }
    super::encode::guard(&without_total_of_skipped(xml))
}

/// The schema that Jenkins holds reports against knows no `skipped` of the whole document; the suites say it.
fn without_total_of_skipped(xml: String) -> String {
    let end = xml.find("<testsuite ").unwrap_or(xml.len());
    let Some(start) = xml.get(..end).and_then(|head| head.find(" skipped=\"")) else { return xml };
    let length = xml.get(start..end).and_then(|rest| rest.match_indices('"').nth(1)).map_or(0, |(at, _)| at + 1);
    match (xml.get(..start), xml.get(start + length..)) {
        (Some(head), Some(rest)) => format!("{head}{rest}"),
        _ => xml,
    }
}

fn case(outcome: &Outcome, lang: Lang) -> TestCase {
    let page = outcome.rule.page(lang);
    let title = plain(&page.title);
    let status = match &outcome.verdict {
        Verdict::Ok => TestCaseStatus::success(),
        Verdict::Skipped(why) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(json_text(&why.message(lang)));
            status
        }
        // All of them are waived: nothing fails.
        Verdict::Findings(findings) if findings.is_empty() => TestCaseStatus::success(),
        Verdict::Findings(findings) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type(outcome.rule.severity.name()).set_message(title.as_str());
            status.set_description(listed(outcome, findings, lang));
            status
        }
    };
    let mut case = TestCase::new(outcome.rule.id.as_str(), status);
    case.set_classname(format!("civiclint.{}", outcome.rule.chapter()));
    if !outcome.waived.is_empty() {
        case.set_system_out(waived(outcome, lang));
    }
    case
}

/// What does not count, with its reason.
fn waived(outcome: &Outcome, lang: Lang) -> String {
    let line = |waived: &Waived| {
        let why = match waived.reason.is_empty() {
            true => String::new(),
            false => format!(": {}", json_value(&waived.reason)),
        };
        let (place, until) = (waived::place(waived.by, lang), waived::until(waived, lang));
        format!("{} {place}{why}{until} - {}", lang.pick("waived", "ausgenommen"), told(outcome, &waived.finding, lang))
    };
    let mut lines: Vec<String> = outcome.waived.iter().take(LISTED).map(line).collect();
    lines.extend(more(outcome.waived.len(), lang));
    lines.join("\n")
}

/// How many findings are not listed.
fn more(number: usize, lang: Lang) -> Option<String> {
    let more = number.checked_sub(LISTED).filter(|more| *more > 0)?;
    Some(lang.pick("and {n} more", "und {n} weitere").replace("{n}", &more.to_string()))
}

/// A finding with its place.
fn told(outcome: &Outcome, finding: &Finding, lang: Lang) -> String {
    let message = json_text(&located::message(outcome, finding, lang));
    let place = finding.place.path.as_ref().map(|path| match finding.place.span {
        Some(span) => format!("{}:{}: ", json_path(path), span.line),
        None => format!("{}: ", json_path(path)),
    });
    format!("{}{message}", place.unwrap_or_default())
}

fn listed(outcome: &Outcome, findings: &[Finding], lang: Lang) -> String {
    let shown = findings.iter().take(LISTED);
    let mut lines: Vec<String> = shown.map(|finding| told(outcome, finding, lang)).collect();
    lines.extend(more(findings.len(), lang));
    lines.push(format!("civiclint explain {}", outcome.rule.id));
    lines.join("\n")
}

/// What could not be looked at is an error of the run, and no verdict of a rule.
fn losses(report: &Report, lang: Lang) -> TestSuite {
    let lines: Vec<String> = report
        .losses
        .iter()
        .take(LISTED)
        .map(|loss| match &loss.path {
            Some(path) => format!("{}: {}", visible(path.as_bytes()), json_text(&loss.why.message(lang))),
            None => json_text(&loss.why.message(lang)),
        })
        .collect();
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(lang.pick("not everything could be looked at", "nicht alles ließ sich ansehen"));
    status.set_description(lines.join("\n"));
    let mut suite = TestSuite::new("civiclint");
    let mut case = TestCase::new(lang.pick("everything was looked at", "alles wurde angesehen"), status);
    case.set_classname("civiclint");
    suite.add_test_case(case);
    suite
}
