//! How much work is a check? Counted on generated repositories: no file twice, nothing that no rule asks for, and for
//! twice the files twice the work.

#![allow(clippy::disallowed_methods, reason = "tests read, write and run what is their own")]

mod common;
#[path = "common/generate/mod.rs"]
mod generate;

use civiclint::judge;
use civiclint::reading::Readings;
use civiclint::repository::{Counted, Repository, Work};
use civiclint::rule::{self, Rule};
use generate::{CYCLE, Plan, ROOT_FILES};
use std::path::Path;

/// Opens a repository as it would be checked.
fn open(path: &Path) -> Repository {
    Repository::open(path, common::options()).unwrap_or_else(|refusal| panic!("{:?}", refusal.why))
}

fn rules(wanted: impl Fn(&Rule) -> bool) -> Vec<Rule> {
    let shipped = rule::shipped().unwrap_or_else(|_| panic!("the rules that ship are broken"));
    shipped.into_iter().filter(wanted).collect()
}

/// What it takes to hold these rules against a repository, and the bytes of its files.
fn work(plan: Plan, wanted: impl Fn(&Rule) -> bool, head: bool) -> (Work, u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    plan.write(folder.path()).expect("a repository");
    let repo = open(folder.path());
    let readings = Readings::new(&repo);
    let judge = if head { judge::judge } else { judge::judge_only };
    let report = judge(&readings, rules(wanted), ".".into(), "all");
    assert!(report.losses.is_empty(), "{:?}", report.losses);
    (report.work, repo.files().iter().filter_map(|file| file.len).sum())
}

fn all(plan: Plan) -> (Work, u64) {
    work(plan, |_| true, true)
}

#[test]
fn the_same_again_is_the_same_work() {
    for bare in [false, true] {
        let plan = Plan { files: 10 * CYCLE, commits: 50, findings: 20, bare };
        assert_eq!(all(plan), all(plan), "bare: {bare}");
    }
}

/// Linear, exactly: each cycle of files adds the same to everything that is counted.
#[test]
fn twice_the_files_are_twice_the_work() {
    let of = |cycles: usize| all(Plan { findings: cycles * 6, ..Plan::of(cycles * CYCLE) }).0;
    let (one, two, three) = (of(10), of(20), of(30));
    for what in Counted::ALL {
        let added = |more: Work, less: Work| more.get(what) - less.get(what);
        // The length of a number may differ from one file to the next.
        let slack = if what == Counted::Bytes { added(two, one) / 50 } else { 0 };
        assert!(added(three, two).abs_diff(added(two, one)) <= slack, "{what:?}: {one:?} {two:?} {three:?}");
    }
    assert_eq!(two.get(Counted::Files), (20 * CYCLE + ROOT_FILES) as u64);
    assert_eq!(two.get(Counted::Manifests) - one.get(Counted::Manifests), 10);
    assert_eq!(two.get(Counted::Documents) - one.get(Counted::Documents), 3 * 10);
}

#[test]
fn twice_the_commits_are_twice_the_work() {
    for commits in [100, 200] {
        let (work, _) = all(Plan { commits, ..Plan::of(CYCLE) });
        assert_eq!(work.get(Counted::Commits), commits as u64);
    }
}

#[test]
fn hardly_more_bytes_are_read_than_there_are() {
    for bare in [false, true] {
        let (work, bytes) = all(Plan { bare, ..Plan::of(20 * CYCLE) });
        let read = work.get(Counted::Bytes);
        assert!(read * 10 <= bytes * 13, "{read} of {bytes} bytes were read: {work:?}");
    }
}

#[test]
fn nothing_is_read_that_no_rule_asks_for() {
    let plan = Plan { files: 10 * CYCLE, commits: 100, findings: 20, bare: false };
    let nothing = |id: &str, unwanted: &[Counted]| {
        let (work, _) = work(plan, |rule| rule.id == id, false);
        for what in unwanted {
            assert_eq!(work.get(*what), 0, "{id} needs no {what:?}: {work:?}");
        }
    };
    nothing("docs/readme-missing", &[Counted::Scanned, Counted::Documents, Counted::Manifests, Counted::Commits]);
    nothing("publication/large-file", &[Counted::Reads, Counted::Documents, Counted::Manifests, Counted::Commits]);
    // It reads the documents for a notice that nobody works on it any more.
    nothing("maintenance/inactive", &[Counted::Scanned, Counted::Manifests, Counted::LicenceTexts]);
    nothing("publication/personal-path", &[Counted::Documents, Counted::Commits]);
}
