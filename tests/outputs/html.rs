//! What can be printed and passed on: is the page whole, small enough, and free of what is not ours?

use crate::sample;
use civiclint::output::html;
use civiclint::phrase::Lang;
use civiclint::report::{Report, Verdict, Waived, WaivedBy};
use civiclint::repository::RepoPath;
use civiclint::rule::{Level, Severity};
use civiclint::signal::{Place, Span};
use civiclint::untrusted::Untrusted;
use regex::Regex;

/// A page without its style sheet, the hash of it and our version, so that none of these changes a snapshot.
fn bare(page: &str) -> String {
    let mut page = page.replace(&format!("civiclint {}", env!("CARGO_PKG_VERSION")), "civiclint VERSION");
    for (pattern, short) in [("(?s)<style>.*</style>", "<style>…</style>"), ("sha256-[^&]*", "sha256-…")] {
        page = Regex::new(pattern).expect("a pattern").replace(&page, short).into_owned();
    }
    page
}

/// Something of everything: findings of each kind of place, what was accepted, what holds, was not judged or not looked at.
fn mixed() -> Report {
    let mut report = sample::all_chapters();
    report.losses = sample::partial().losses;
    let keep = ["licence/", "data/", "docs/publiccode", "docs/readme-stub", "maintenance/inactive"];
    report.outcomes.retain(|outcome| keep.iter().any(|start| outcome.rule.id.starts_with(start)));
    let sources = report.outcomes.iter_mut().find(|outcome| outcome.rule.id == "data/undocumented-source");
    let sources = sources.expect("the rule");
    let found = sources.verdict.findings().to_vec();
    let reasons = [
        (WaivedBy::Policy, "described in the catalogue, entry <4711>", Some("2027-06-30")),
        (WaivedBy::Baseline, "", None),
    ];
    sources.waived = found[1..]
        .iter()
        .zip(reasons)
        .map(|(finding, (by, reason, until))| Waived {
            finding: finding.clone(),
            by,
            reason: reason.into(),
            until: until.map(str::to_owned),
        })
        .collect();
    sources.verdict = Verdict::Findings(found[..1].to_vec());
    report
}

#[test]
fn as_it_is() {
    for lang in [Lang::En, Lang::De] {
        insta::assert_snapshot!(format!("html.{}", lang.tag()), bare(&html::render(&mixed(), lang)));
    }
    insta::assert_snapshot!("html.empty", bare(&html::render(&sample::empty(), Lang::En)));
}

#[test]
fn nothing_steers_a_reader_or_a_runner() {
    for report in [sample::empty(), sample::good(), sample::partial(), sample::hostile(), mixed()] {
        let page = html::render(&report, Lang::De);
        assert!(page.ends_with("</html>\n"));
        for c in page.chars().filter(|c| *c != '\n') {
            assert!(!c.is_control() && !"\u{202e}\u{2028}\u{200b}".contains(c), "{c:?}");
        }
        assert!(!page.contains("##[") && !page.lines().any(|line| line.trim_start().starts_with("::")));
    }
}

/// A report in which everything that comes from a repository is this text.
fn of(text: &str) -> Report {
    let foreign = Untrusted::from(text);
    let mut line = sample::finding(Place::span(&RepoPath::from(text), Span::on_line(3, 2, 9)), foreign.clone());
    line.excerpt = Some(foreign.clone());
    let file = sample::finding(Place::file(&RepoPath::from(text)), foreign.clone());
    let mut outcome = sample::outcome(
        sample::plain_rule("docs/one", Level::Publishable, Severity::Error),
        Verdict::Findings(vec![line.clone(), file.clone()]),
    );
    outcome.waived =
        vec![Waived { finding: line, by: WaivedBy::Line, reason: foreign.clone(), until: Some(text.to_owned()) }];
    let many = sample::outcome(
        sample::plain_rule("docs/many", Level::Publishable, Severity::Error),
        Verdict::Findings(vec![file; 9]),
    );
    let why = civiclint::phrase::Phrase::new("{why}", "{why}").with("why", text);
    let skipped = sample::outcome(
        sample::plain_rule("docs/skipped", Level::Publishable, Severity::Error),
        Verdict::Skipped(why.clone()),
    );
    let loss = civiclint::repository::Loss { path: Some(text.into()), why };
    let mut report = sample::report(vec![outcome, many, skipped], vec![loss]);
    report.repository.path = foreign.clone();
    report.repository.licence = Some(foreign);
    report.repository.kind = Some(text.to_owned());
    report.repository.revision = Some(text.to_owned());
    report.as_of = text.to_owned();
    report.profile = text.to_owned();
    report
}

#[test]
fn nothing_foreign_becomes_markup() {
    let tags = Regex::new("<[^>]*>").expect("a pattern");
    let skeleton = |page: &str| -> Vec<String> {
        tags.find_iter(&bare(page)).map(|tag| tag.as_str().to_owned()).filter(|tag| tag != "<wbr>").collect()
    };
    for hostile in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</style></title></code></pre><svg onload=alert(1)>",
        "--><!--<base href=//hostile.example>",
        "javascript:alert(1)",
        "[x](javascript:alert(1)) <https://hostile.example> `</code>`",
        "&lt;script&gt;&#60;script&#62;",
        "{{ 7 * 7 }}{% include \"page.html\" %}",
    ] {
        for lang in [Lang::En, Lang::De] {
            let page = html::render(&of(hostile), lang);
            let harmless: String = hostile.chars().map(|c| if "<>\"'&".contains(c) { 'x' } else { c }).collect();
            assert_eq!(skeleton(&page), skeleton(&html::render(&of(&harmless), lang)), "{hostile}");
            assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<svg"));
        }
    }
}

#[test]
fn what_is_in_another_language_says_so() {
    let page = html::render(&sample::all_chapters(), Lang::De);
    let card = page.split("<article").find(|card| card.contains("id=\"licence/manifest-conflict\"")).expect("the rule");
    assert!(card.starts_with(" class=\"error\" aria-labelledby=\"licence/manifest-conflict\" lang=\"en\">"), "{card}");
    assert!(card.contains("<summary lang=\"de\">So beheben Sie es</summary>"));
    let own = html::render(&sample::all_chapters(), Lang::En);
    assert_eq!(own.matches(" lang=").count(), 1, "an English page is all English");
}

#[test]
fn it_stays_small() {
    let findings = |count: usize, name: &str| {
        let file = |number| {
            let path = RepoPath::from(format!("{number}/{name}").as_str());
            let mut finding = sample::finding(Place::span(&path, Span::on_line(1, 1, 9)), name);
            finding.excerpt = Some("<".repeat(2_000).into());
            finding
        };
        Verdict::Findings((0..count).map(file).collect())
    };
    let report = |rules: usize, count: usize, name: &str| {
        let rule = |number| sample::plain_rule(&format!("docs/rule-{number}"), Level::Publishable, Severity::Error);
        let outcomes = (0..rules).map(|number| sample::outcome(rule(number), findings(count, name)));
        sample::report(outcomes.collect(), Vec::new())
    };
    let page = html::render(&report(5, 100, "a-file-of-some-kind.py"), Lang::En);
    assert!(page.len() < 100_000, "{}", page.len());
    let name = "<\"&/".repeat(1_000);
    let mut hostile = report(100, 60, &name);
    for (number, outcome) in hostile.outcomes.iter_mut().enumerate() {
        let waived = |finding: &civiclint::report::Finding| Waived {
            finding: finding.clone(),
            by: WaivedBy::Line,
            reason: format!("{number}{name}").into(),
            until: None,
        };
        outcome.waived = outcome.verdict.findings().iter().map(waived).collect();
    }
    hostile.losses = (0..5_000)
        .map(|number| civiclint::repository::Loss {
            path: Some(format!("{number}{name}").as_str().into()),
            why: civiclint::phrase::Phrase::new("{n}", "{n}").with("n", format!("{}{name}", number % 90)),
        })
        .collect();
    let hostile = html::render(&hostile, Lang::De);
    assert!(hostile.len() < 2 * 1024 * 1024, "{}", hostile.len());
    assert!(hostile.contains("id=\"docs/rule-99\""), "each rule is there");
}
