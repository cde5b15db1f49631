//! Does a waiver take out what it is about, and nothing else, whatever the finding?

use crate::{common, looked, none, part};
use civiclint::judge::judge_in_two_steps;
use civiclint::policy::{self, Circumstances};
use civiclint::reading::Readings;
use civiclint::report::{Outcome, Report, Verdict};
use civiclint::repository::Repository;
use civiclint::side_by_side;
use civiclint::untrusted::Untrusted;
use civiclint::waiver::{self, Waivers};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// All rules, with the waivers of a policy.
fn look(repo: &Repository, policy: Option<&Path>) -> Report {
    let all = looked::shipped();
    let found = match policy {
        Some(file) => policy::from_file(file, None, &all),
        None => policy::from_profile(policy::DEFAULT_PROFILE, &all),
    };
    let found = found.unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let readings = Readings::new(repo);
    let waivers = Waivers::new(&found.policy.waivers, true, &all);
    let later = (waiver::SUBJECT, |outcomes: &mut [Outcome]| waivers.apply(outcomes, &readings));
    let asked = found.policy.settle(all, &Circumstances::default()).asked;
    judge_in_two_steps(&readings, asked, Untrusted::from("."), "civic", true, later)
}

/// The findings of all rules but one, and those of this one.
fn findings(report: &Report, of: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut all = (BTreeSet::new(), BTreeSet::new());
    for outcome in report.outcomes.iter().filter(|outcome| outcome.rule.chapter() != "waivers") {
        let to = if outcome.rule.id == of { &mut all.1 } else { &mut all.0 };
        to.insert(format!("{} {}", outcome.rule.id, if outcome.is_skipped() { "skip" } else { "" }));
        to.extend(outcome.verdict.findings().iter().map(|finding| {
            format!("{} {:?} {:?} {}", outcome.rule.id, finding.place, finding.called, finding.fingerprint)
        }));
    }
    all
}

#[test]
fn a_waiver_takes_out_its_rule_and_no_other() {
    let fixtures = part(1);
    // Every fourth is enough: all rules are asked twice here.
    let fixtures: Vec<_> = fixtures.into_iter().step_by(4).collect();
    let wrong = side_by_side::map(&fixtures, |(_, case)| {
        let built = common::build(case);
        let before = look(&built.open(), None);
        let mut with = before.outcomes.iter().filter(|outcome| !outcome.verdict.findings().is_empty());
        let waived = with.find(|outcome| outcome.rule.chapter() != "waivers")?.rule.id.clone();
        let policy = built.path().with_file_name("policy.toml");
        let text = format!("[[waivers]]\nrule = \"{waived}\"\nreason = \"A test\"\n");
        fs::write(&policy, text).expect("a policy");
        let after = look(&built.open(), Some(&policy));
        let ((others, _), (kept, own)) = (findings(&before, &waived), findings(&after, &waived));
        let gone = after.outcomes.iter().find(|outcome| outcome.rule.id == waived);
        let gone = gone.is_some_and(|outcome| matches!(&outcome.verdict, Verdict::Findings(left) if left.is_empty()));
        let differ: Vec<&String> = others.symmetric_difference(&kept).collect();
        let name = common::name(case);
        (!gone || !differ.is_empty()).then(|| format!("{waived} in {name}: {own:?} left, {differ:?} differ"))
    });
    none("a rule is waived", wrong.into_iter().flatten().collect());
}
