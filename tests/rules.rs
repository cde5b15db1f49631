//! Does every rule say what its fixtures expect, and does the index say what the rules say?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;
#[path = "common/looked.rs"]
mod looked;

use civiclint::judge::Answers;
use civiclint::phrase::Lang;
use civiclint::reading::Readings;
use civiclint::report::Report;
use civiclint::side_by_side;
use civiclint::signals;
use looked::{fixtures, look, one, shipped, told};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn expected(case: &Path) -> &str {
    common::name(case).split('-').next().unwrap_or_default()
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
