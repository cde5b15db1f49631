//! What do the benchmarks look at? Generated repositories, made anew for each run and removed after it.

#![allow(dead_code, reason = "each benchmark uses its own part of this module")]

#[path = "../../tests/common/generate/mod.rs"]
pub(crate) mod generate;

use civiclint::judge;
use civiclint::reading::Readings;
use civiclint::report::Report;
use civiclint::repository::{Limits, Options, Repository};
use civiclint::rule;
use generate::Plan;
use std::path::PathBuf;
use tempfile::TempDir;

/// How many files the repository of most benchmarks has, beside those of the root.
pub(crate) const FILES: usize = 1000;

/// A repository that lives as long as this.
pub(crate) struct Made {
    folder: TempDir,
}

impl Made {
    /// Writes it.
    pub(crate) fn of(plan: Plan) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        plan.write(folder.path()).expect("a repository");
        Self { folder }
    }

    /// Opens it, with the program as the worker that reads git's objects.
    pub(crate) fn open(&self) -> Repository {
        let options = Options {
            as_of: jiff::civil::date(2026, 11, 22),
            rev: None,
            limits: Limits::default(),
            worker: Some(PathBuf::from(env!("CARGO_BIN_EXE_civiclint"))),
        };
        Repository::open(self.folder.path(), options).unwrap_or_else(|refusal| panic!("{:?}", refusal.why))
    }
}

/// The repository of most benchmarks: every kind of file, a hundred flaws, a year's worth of commits.
pub(crate) fn usual() -> Made {
    Made::of(Plan { files: FILES, commits: 500, findings: 100, bare: false })
}

/// Looks at everything, with all rules that ship.
pub(crate) fn report(repo: &Repository) -> Report {
    let rules = rule::shipped().unwrap_or_else(|_| panic!("the rules that ship are broken"));
    judge::judge(&Readings::new(repo), rules, ".".into(), "all")
}
