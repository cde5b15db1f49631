//! Is anything of a batch lost, doubled or changed by what may happen to it? Run on fixtures, with the real program.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read, write and run what is their own")]

#[path = "../common/mod.rs"]
mod common;
mod kills;
mod made;
mod zoo;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use zoo::Zoo;

/// What a run wrote down of each repository, without what differs from run to run.
pub(crate) fn records(out: &Path) -> BTreeMap<String, serde_json::Value> {
    let text = fs::read_to_string(out.join("journal.jsonl")).unwrap_or_default();
    let mut records = BTreeMap::new();
    for line in text.lines() {
        let mut record: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|_| panic!("a torn line: {line}"));
        let object = record.as_object_mut().expect("an object");
        object.remove("wall_s");
        object.remove("rss_mib");
        let repo = object["repo"].as_str().expect("a repository").to_owned();
        assert!(records.insert(repo, record).is_none(), "two records of one repository");
    }
    records
}

/// Every file below a folder, but for what tells which run it was, and what is kept for the next one.
pub(crate) fn files(out: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out) {
        let entry = entry.expect("an entry");
        let name = entry.path().strip_prefix(out).expect("below").to_string_lossy().into_owned();
        let of_the_run = ["run.json", "run.previous", "journal.jsonl", "journal.previous", "history.sqlite", "lock"];
        let is_of_the_run = of_the_run.contains(&name.as_str());
        if entry.file_type().is_file() && !is_of_the_run && !name.starts_with("cache/") {
            files.insert(name, String::from_utf8_lossy(&fs::read(entry.path()).expect("a file")).into_owned());
        }
    }
    files
}

/// Two folders tell the same.
pub(crate) fn assert_same(one: &Path, other: &Path) {
    assert_eq!(records(one), records(other));
    let (one, other) = (files(one), files(other));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, text) in &one {
        assert!(text == &other[name], "{name} differs");
    }
}

#[test]
fn every_repository_has_its_record() {
    let zoo = Zoo::new();
    let out = zoo.run("whole", &[]);
    assert_eq!(out.code, Some(3), "{}", out.told);
    let records = records(&out.dir);
    assert_eq!(records.len(), zoo.list.len());
    for (repo, status) in &zoo.expected {
        assert_eq!(records[repo]["status"], *status, "{repo}: {}", records[repo]);
    }
    // What was looked at has its results, and nothing else has.
    let files = files(&out.dir);
    for record in records.values() {
        let seen = ["ok", "findings", "incomplete"].contains(&record["status"].as_str().expect("a status"));
        for ending in ["json", "sarif"] {
            let name = format!("results/{}.{ending}", record["key"].as_str().expect("a key"));
            assert_eq!(files.contains_key(&name), seen, "{name}");
        }
    }
}

#[test]
fn a_single_check_says_the_same() {
    let zoo = Zoo::new();
    let out = zoo.run("whole", &[]);
    let records = records(&out.dir);
    for repo in zoo.list.iter().filter(|repo| zoo.expected.iter().all(|(odd, _)| odd != *repo)) {
        let single = zoo.check(repo);
        let record = &records[repo];
        assert_eq!(record["level"], single["level"], "{repo}");
        for count in ["errors", "warnings", "notes", "ok", "skipped", "waived"] {
            assert_eq!(record["counts"][count], single["counts"][count], "{repo}: {count}");
        }
    }
}

#[test]
fn a_policy_decides_over_all_and_a_repository_over_itself_only_where_that_is_wanted() {
    let zoo = Zoo::new();
    let own = zoo.folder("own");
    fs::create_dir(&own).expect("a folder");
    fs::write(own.join("civiclint.toml"), "[rules]\n\"docs/readme-missing\" = { severity = \"note\" }\n")
        .expect("written");
    let list = zoo.list_of("own.txt", &[own.to_string_lossy().into_owned()]);
    let found = |args: &[&str], out: &str| {
        let out = zoo.run_list(&list, out, &[&["--ignore", "licence/missing,docs/contact"], args].concat());
        assert_eq!(out.code, Some(0), "{}", out.told);
        records(&out.dir).into_values().next().expect("a record")["counts"]["errors"].as_u64()
    };
    assert_eq!(found(&[], "all"), Some(1));
    assert_eq!(found(&["--own-policy"], "each"), Some(0));
    let policy = zoo.folder("policy.toml");
    fs::write(&policy, "[rules]\n\"docs/readme-missing\" = { severity = \"note\" }\n").expect("written");
    assert_eq!(found(&["--policy", &policy.to_string_lossy()], "one"), Some(0));
}
