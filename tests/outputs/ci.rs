//! What CI systems and code forges read of a report.

use crate::sample;
use civiclint::output::{badge, github, gitlab, junit, markdown, rdjson};
use civiclint::phrase::Lang;
use civiclint::report::{Report, Verdict};
use civiclint::rule::{Level, Severity};
use quick_junit::Report as Suites;
use serde_json::Value;

type Render = fn(&Report, Lang) -> String;

const FORMATS: [(&str, Render); 7] = [
    ("markdown", markdown::render),
    ("github", github::render),
    ("gitlab", gitlab::render),
    ("junit", junit::render),
    ("rdjson", rdjson::render),
    ("badge", badge::svg),
    ("shields", badge::endpoint),
];

fn reports() -> [Report; 5] {
    [sample::empty(), sample::good(), sample::all_chapters(), sample::partial(), sample::hostile()]
}

/// 60 findings of one rule in files with long names, for each of 80 rules.
fn many() -> Report {
    let outcomes = (0..80).map(|number| {
        let rule = sample::plain_rule(&format!("docs/rule-{number}"), Level::Publishable, Severity::Error);
        let findings = (0..60).map(|file| sample::in_file(&format!("{}/{file}.md", "folder".repeat(40))));
        sample::outcome(rule, Verdict::Findings(findings.collect()))
    });
    sample::report(outcomes.collect(), Vec::new())
}

#[test]
fn as_they_are() {
    for (name, render) in FORMATS {
        for lang in [Lang::En, Lang::De] {
            let text = render(&sample::all_chapters(), lang);
            insta::assert_snapshot!(format!("{name}.{}", lang.tag()), text);
        }
        insta::assert_snapshot!(format!("{name}.hostile"), render(&sample::hostile(), Lang::En));
    }
}

#[test]
fn nothing_steers_a_reader_or_a_runner() {
    for (name, render) in FORMATS {
        for report in reports() {
            let text = render(&report, Lang::De);
            assert!(text.ends_with('\n'), "{name}");
            for c in text.chars().filter(|c| *c != '\n') {
                assert!(!c.is_control() && !"\u{202e}\u{2028}\u{200b}".contains(c), "{name}: {c:?}");
            }
            assert!(!text.contains("##["), "{name}");
            assert!(!text.contains("<script") && !text.contains("<img"), "{name}");
            let commands = text.lines().filter(|line| line.trim_start().starts_with("::"));
            assert!(name == "github" || commands.count() == 0, "{name}");
        }
    }
}

#[test]
fn annotations_are_few_and_fenced() {
    let text = github::render(&many(), Lang::En);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.iter().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(lines[9].contains("4791 more findings"), "{}", lines[9]);
    let token = lines[10].strip_prefix("::stop-commands::").expect("a fence");
    assert_eq!(lines.last(), Some(&format!("::{token}::").as_str()));
    let hostile = github::render(&sample::hostile(), Lang::En);
    for line in hostile.lines().filter(|line| line.starts_with("::")) {
        let known = ["::error ", "::warning ", "::notice ", "::stop-commands::"];
        let fence = line.len() == 36 && line.ends_with("::");
        assert!(fence || known.iter().any(|command| line.starts_with(command)), "{line}");
    }
}

#[test]
fn markdown_fits_in_a_comment() {
    for lang in [Lang::En, Lang::De] {
        let text = markdown::render(&many(), lang);
        assert!(text.len() < 65_536, "{}", text.len());
        assert!(text.contains("`docs/rule-79`"), "what is left out is named");
    }
}

#[test]
fn programs_can_read_them() {
    for report in reports() {
        let findings: usize = report.outcomes.iter().map(|outcome| outcome.verdict.findings().len()).sum();
        let gitlab: Value = serde_json::from_str(&gitlab::render(&report, Lang::En)).expect("JSON");
        let issues = gitlab.as_array().expect("a list");
        assert_eq!(issues.len(), findings);
        for issue in issues {
            let path = issue["location"]["path"].as_str().expect("a path");
            assert!(
                !path.is_empty() && !path.starts_with("./") && issue["location"]["lines"]["begin"].as_u64() > Some(0)
            );
        }
        let rdjson: Value = serde_json::from_str(&rdjson::render(&report, Lang::En)).expect("JSON");
        assert_eq!(rdjson["diagnostics"].as_array().expect("a list").len(), findings);
        let suites = Suites::deserialize_from_str(&junit::render(&report, Lang::En)).expect("JUnit XML");
        let cases: usize = suites.test_suites.iter().map(|suite| suite.test_cases.len()).sum();
        assert_eq!(cases, report.outcomes.len() + usize::from(!report.losses.is_empty()));
    }
}

#[test]
fn a_badge_says_the_level() {
    for (report, words) in [(sample::good(), "nachhaltig"), (sample::all_chapters(), "noch nicht veröffentlichbar")] {
        let svg = badge::svg(&report, Lang::De);
        assert!(svg.contains(&format!("<title>civiclint: {words}</title>")), "{svg}");
        let endpoint: Value = serde_json::from_str(&badge::endpoint(&report, Lang::De)).expect("JSON");
        assert_eq!((&endpoint["schemaVersion"], &endpoint["message"]), (&Value::from(1), &Value::from(words)));
    }
}
