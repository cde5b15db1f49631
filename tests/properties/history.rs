//! Does anything look better because the history cannot be read?

use crate::{common, looked, none, part};
use civiclint::report::{Report, Verdict};
use civiclint::side_by_side;
use std::fs;
use std::path::{Path, PathBuf};

/// The files with objects of git.
fn objects(root: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root.join(".git/objects")).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

/// What it is called, and what does it.
type Damage = (&'static str, fn(&Path));

/// What may become of the objects.
const DAMAGES: [Damage; 3] = [
    ("gone", |root| objects(root).iter().for_each(|object| fs::remove_file(object).expect("an object"))),
    ("empty", |root| objects(root).iter().for_each(|object| rewritten(object, |_| Vec::new()))),
    ("no objects", |root| objects(root).iter().for_each(|object| rewritten(object, |bytes| vec![b'x'; bytes.len()]))),
];

fn rewritten(object: &Path, with: impl Fn(&[u8]) -> Vec<u8>) {
    let bytes = fs::read(object).expect("an object");
    fs::remove_file(object).expect("an object");
    fs::write(object, with(&bytes)).expect("an object");
}

fn has_history(case: &Path) -> bool {
    let told = fs::read_to_string(case.join("history.toml")).unwrap_or_default();
    told.contains("commits") && !told.contains("plain = true")
}

/// Verdicts that were none before: a finding that is gone without a word.
fn better(before: &Report, after: &Report) -> bool {
    let pairs = before.outcomes.iter().zip(&after.outcomes);
    pairs.into_iter().any(|(before, after)| {
        let less = after.verdict.findings().len() < before.verdict.findings().len();
        less && !matches!(after.verdict, Verdict::Skipped(_))
    })
}

#[test]
fn a_history_that_cannot_be_read_makes_nothing_better() {
    let asks_history = |(id, case): &&(String, PathBuf)| {
        has_history(case) && ["maintenance/", "governance/"].iter().any(|chapter| id.starts_with(chapter))
    };
    let mut fixtures: Vec<(String, PathBuf)> = looked::fixtures().iter().filter(asks_history).cloned().collect();
    fixtures.extend(part(0));
    fixtures.sort();
    fixtures.dedup();
    let of_case = |(number, (id, case)): &(usize, (String, PathBuf))| {
        let (damage, harm) = DAMAGES[number % DAMAGES.len()];
        let built = common::build(case);
        let before = looked::look_in(&built.open(), case, looked::one(id));
        if !built.path().join(".git").is_dir() {
            return None;
        }
        harm(&built.path());
        let after = looked::look_in(&built.open(), case, looked::one(id));
        let told = || format!("{id}/{}: {}but\n{}", common::name(case), looked::told(&before), looked::told(&after));
        better(&before, &after).then(|| format!("{damage}: {}", told()))
    };
    let numbered: Vec<(usize, (String, PathBuf))> = fixtures.into_iter().enumerate().collect();
    let wrong = side_by_side::map(&numbered, of_case).into_iter().flatten().collect();
    none("objects of git are damaged", wrong);
}
