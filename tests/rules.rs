//! Does every rule say what its fixtures expect, and does the index say what the rules say?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use civiclint::judge::{Answers, judge, judge_in_two_steps};
use civiclint::phrase::{Lang, Message, Piece};
use civiclint::policy::{self, Circumstances};
use civiclint::reading::Readings;
use civiclint::report::{Outcome, Report, Verdict};
use civiclint::repository::Repository;
use civiclint::rule::{self, Rule, Setting};
use civiclint::side_by_side;
use civiclint::signals;
use civiclint::untrusted::Untrusted;
use civiclint::waiver::{self, Waivers};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// All fixtures, with the id of the rule that each belongs to.
fn fixtures() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for chapter in common::folders(&common::root().join("fixtures/rules")) {
        for rule in common::folders(&chapter) {
            let id = format!("{}/{}", common::name(&chapter), common::name(&rule));
            found.extend(common::folders(&rule).into_iter().map(|case| (id.clone(), case)));
        }
    }
    found
}

fn expected(case: &Path) -> &str {
    common::name(case).split('-').next().unwrap_or_default()
}

fn shipped() -> Vec<Rule> {
    rule::shipped().unwrap_or_else(|mistakes| {
        let told: Vec<String> = mistakes.iter().map(|mistake| mistake.render(Lang::En, false)).collect();
        panic!("{}", told.join("\n"))
    })
}

fn one(id: &str) -> Vec<Rule> {
    shipped().into_iter().filter(|rule| rule.id == id).collect()
}

/// What a policy sets for a fixture: `settings.toml` at its root, names and numbers or lists.
fn set(case: &Path, rules: &mut [Rule]) {
    let Ok(text) = std::fs::read_to_string(case.join("settings.toml")) else { return };
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", case.display()));
    for (name, value) in table {
        let list = value.as_array().map(|list| list.iter().filter_map(|one| Some(one.as_str()?.to_owned())).collect());
        let setting = value.as_integer().map(Setting::Number).or(list.map(Setting::List)).expect("a number or a list");
        for rule in &mut *rules {
            rule.settings.insert(name.clone(), setting.clone());
        }
    }
}

fn look(case: &Path, mut rules: Vec<Rule>) -> Report {
    set(case, &mut rules);
    let built = common::build(case);
    let repo = built.open();
    if rules.iter().any(|rule| rule.chapter() == "waivers") {
        return look_at_waivers(&repo, &rules);
    }
    judge(&Readings::new(&repo), rules, Untrusted::from("."), "civic")
}

/// The verdicts of rules about waivers depend on those of all others, and on the policy of the fixture.
fn look_at_waivers(repo: &Repository, wanted: &[Rule]) -> Report {
    let all = shipped();
    let found = policy::from_repository(repo, None, &all).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let waivers = Waivers::new(&found.policy.waivers, found.policy.inline_waivers, &all);
    let readings = Readings::new(repo);
    let later = (waiver::SUBJECT, |outcomes: &mut [Outcome]| waivers.apply(outcomes, &readings));
    let asked = found.policy.settle(all, &Circumstances::default()).asked;
    let mut report = judge_in_two_steps(&readings, asked, Untrusted::from("."), "civic", true, later);
    report.outcomes.retain(|outcome| wanted.iter().any(|rule| rule.id == outcome.rule.id));
    report
}

fn plain(message: &Message) -> String {
    message
        .0
        .iter()
        .map(|piece| match piece {
            Piece::Own(text) => text.clone(),
            Piece::Foreign(text) => {
                text.as_bytes().escape_ascii().to_string().replace("\\'", "'").replace("\\\"", "\"")
            }
        })
        .collect()
}

/// The verdict with all that a reader is told, in both languages.
fn told(report: &Report) -> String {
    let mut text = String::new();
    for outcome in &report.outcomes {
        writeln!(text, "{}: {}", outcome.rule.id, outcome.verdict.name()).expect("a string");
        for finding in outcome.verdict.findings() {
            let path = finding.place.path.as_ref().map_or("(repository)".into(), |path| format!("{path:?}"));
            let place = finding.place.span.map_or(String::new(), |span| {
                format!(":{}:{}-{}:{}", span.line, span.column, span.end_line, span.end_column)
            });
            writeln!(text, "  {path}{place}").expect("a string");
            for lang in [Lang::En, Lang::De] {
                let message = plain(&finding.message(&outcome.rule, lang));
                writeln!(text, "    {}: {message}", lang.tag()).expect("a string");
            }
        }
        if let Verdict::Skipped(why) = &outcome.verdict {
            for lang in [Lang::En, Lang::De] {
                writeln!(text, "    {}: {}", lang.tag(), plain(&why.message(lang))).expect("a string");
            }
        }
    }
    for loss in &report.losses {
        writeln!(text, "lost {:?}: {}", loss.path, plain(&loss.why.message(Lang::En))).expect("a string");
    }
    text
}

#[test]
fn every_fixture_gets_the_verdict_in_its_name() {
    let results: Vec<(String, PathBuf, Report)> =
        side_by_side::map(&fixtures(), |(id, case)| (id.clone(), case.clone(), look(case, one(id))));
    assert!(!results.is_empty(), "there are no fixtures");
    let mut wrong = String::new();
    for (id, case, report) in &results {
        let verdict = report.outcomes.first().map_or("no such rule", |outcome| outcome.verdict.name());
        if verdict != expected(case) {
            writeln!(wrong, "{id}/{}: {verdict}\n{}", common::name(case), told(report)).expect("a string");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (id, case, report) in results {
        settings.set_snapshot_path(common::root().join("tests/snapshots").join(&id));
        settings.bind(|| insta::assert_snapshot!(common::name(&case).to_owned(), told(&report)));
    }
}

#[test]
fn every_rule_has_an_ok_and_a_finding_and_every_fixture_a_rule() {
    let mut verdicts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, case) in fixtures() {
        verdicts.entry(id).or_default().insert(expected(&case).to_owned());
    }
    for rule in shipped() {
        let has = verdicts.remove(&rule.id).unwrap_or_default();
        assert!(has.contains("ok") && has.contains("finding"), "{} has fixtures for {has:?} only", rule.id);
    }
    assert!(verdicts.is_empty(), "fixtures without a rule: {:?}", verdicts.keys());
}

#[test]
fn every_subject_answers_every_question() {
    side_by_side::map(&fixtures(), |(_, case)| {
        let built = common::build(case);
        let repo = built.open();
        let readings = Readings::new(&repo);
        let answers = Answers::all(&readings);
        for whole in signals::wholes() {
            let reading = answers.wholes().get(whole.signal.name).expect("every question is asked");
            if let Ok(value) = reading {
                assert_eq!(value.kind(), whole.signal.kind, "repository.{}", whole.signal.name);
            }
        }
        for subject in signals::subjects() {
            for seen in answers.subjects().get(subject.name).expect("every subject is met") {
                let asked: BTreeSet<&str> = subject.signals.iter().map(|signal| signal.name).collect();
                let answered: BTreeSet<&str> = seen.readings.keys().copied().collect();
                assert_eq!(asked, answered, "{} in {}", subject.name, case.display());
                for signal in subject.signals {
                    if let Some(Ok(value)) = seen.readings.get(signal.name) {
                        assert_eq!(value.kind(), signal.kind, "{} of {}", signal.name, subject.name);
                    }
                }
            }
        }
    });
}

#[test]
fn names_of_subjects_and_signals_are_unique() {
    let mut names = BTreeSet::new();
    for subject in signals::subjects() {
        assert!(names.insert(subject.name), "{} twice", subject.name);
        let signals: BTreeSet<&str> = subject.signals.iter().map(|signal| signal.name).collect();
        assert_eq!(signals.len(), subject.signals.len(), "{} asks something twice", subject.name);
    }
    let mut names = BTreeSet::new();
    for whole in signals::wholes() {
        assert!(names.insert(whole.signal.name), "repository.{} twice", whole.signal.name);
        for asks in [whole.signal.asks.en, whole.signal.asks.de] {
            assert!(asks.ends_with('?'), "repository.{} asks no question", whole.signal.name);
        }
    }
}

#[test]
fn the_index_says_what_the_rules_say() {
    let rules = shipped();
    for (file, lang) in [("rules/README.md", Lang::En), ("rules/README.de.md", Lang::De)] {
        let path = common::root().join(file);
        let wanted = civiclint::explain::index(&rules, lang);
        if std::env::var_os("UPDATE_INDEX").is_some() {
            std::fs::write(&path, &wanted).expect("the index");
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == wanted, "{file} is out of date: run UPDATE_INDEX=1 cargo test --test rules");
    }
}
