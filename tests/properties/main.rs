//! What changes no verdict, whatever the repository? Every property is held against the fixtures of all rules.
//!
//! The fixtures are the inputs: more than a thousand small repositories, each of which was written because a reader
//! could get it wrong. Generated ones would reach none of those readers, so that nothing is generated here; what bytes
//! alone can break is found by `fuzz/`. A run takes a part of the fixtures for each property, the same in every run,
//! and `CIVICLINT_ALL=1` all of them.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod bytes;
#[path = "../common/mod.rs"]
mod common;
mod counts;
mod history;
#[path = "../common/looked.rs"]
mod looked;
mod surroundings;
mod waived;

use civiclint::report::Report;
use civiclint::side_by_side;
use std::path::{Path, PathBuf};

/// Every so many fixtures are looked at for one property.
const STEP: usize = 12;

/// A part of the fixtures, which is another one for each property.
fn part(of: usize) -> Vec<(String, PathBuf)> {
    let step = if std::env::var_os("CIVICLINT_ALL").is_some() { 1 } else { STEP };
    looked::fixtures().into_iter().skip(of % step).step_by(step).collect()
}

/// What is told of each of these fixtures as it is and as it was altered; those of which it is not the same.
fn differ(fixtures: &[(String, PathBuf)], altered: impl Fn(&Path, &str) -> Report + Sync) -> Vec<String> {
    let told = side_by_side::map(fixtures, |(id, case)| {
        let before = looked::told(&looked::look(case, looked::one(id)));
        let after = looked::told(&altered(case, id));
        (before != after).then(|| format!("{id}/{}\n{before}but\n{after}", common::name(case)))
    });
    told.into_iter().flatten().collect()
}

/// Fails where a property does not hold for some fixtures, and says for which.
fn none(property: &str, wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{property}: {} fixtures\n\n{}", wrong.len(), wrong.join("\n"));
}
