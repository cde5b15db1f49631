//! Does `civiclint sources` print what people can paste and programs can read?

#![allow(clippy::disallowed_methods, reason = "tests read files of the repository")]

mod common;

use serde_json::Value;
use std::process::{Command, Output};

fn sources(folder: &str, args: &[&str]) -> Output {
    let built = common::build(&common::root().join("fixtures").join(folder));
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").arg("sources").arg(built.path()).args(args);
    command.output().expect("the binary runs")
}

fn stdout(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => "snapshots/sources", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name.to_owned(), text);
    });
}

#[test]
fn for_people() {
    for lang in ["en", "de"] {
        let text = stdout(&sources("sources", &["--lang", lang]));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        snapshot(&format!("text.{lang}"), &text);
        snapshot(&format!("markdown.{lang}"), &stdout(&sources("sources", &["--lang", lang, "--format", "markdown"])));
    }
}

#[test]
fn for_programs() {
    let csv = stdout(&sources("sources", &["--format", "csv"]));
    let columns = csv.lines().next().expect("headings").split(',').count();
    assert!(csv.lines().all(|line| line.split(',').count() == columns), "no field of this sample holds a comma: {csv}");
    snapshot("csv", &csv.replace("\r\n", "\n"));
    let block = stdout(&sources("sources", &["--format", "frictionless"]));
    let block: Value = serde_json::from_str(&block).expect("JSON");
    let listed = block["sources"].as_array().expect("a list");
    assert!(listed.iter().all(|source| source["title"].is_string()), "a title is demanded by Data Package v1");
    assert_eq!(listed.len(), csv.lines().count() - 1, "the same sources and models in every format");
    snapshot("frictionless", &serde_json::to_string_pretty(&block).expect("JSON"));
}

#[test]
fn pasted_it_documents_what_it_lists() {
    let built = common::build(&common::root().join("fixtures/sources"));
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
        let output = command.env_clear().env("LC_ALL", "C.UTF-8").args(args).output().expect("the binary runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let path = built.path().to_str().expect("UTF-8").to_owned();
    let before = run(&["sources", &path, "--format", "csv"]);
    assert!(before.contains(",no,"), "something is not documented yet: {before}");
    let table = run(&["sources", &path, "--format", "markdown"]);
    std::fs::write(built.path().join("README.md"), format!("# Heat map\n\n{table}")).expect("written");
    let after = run(&["check", &path, "--select", "data/undocumented-source,data/undocumented-model", "-q"]);
    assert!(!after.contains("warning["), "{after}");
}

#[test]
fn nothing_is_said_where_there_is_nothing() {
    let folder = "rules/data/undocumented-source/skip-badges-fonts-and-scripts";
    for (format, wanted) in
        [("text", "No data sources"), ("markdown", "reads no data"), ("frictionless", "\"sources\": []")]
    {
        let text = stdout(&sources(folder, &["--format", format]));
        assert!(text.contains(wanted), "{format}: {text}");
    }
    assert_eq!(stdout(&sources(folder, &["--format", "csv"])).lines().count(), 1);
}

#[test]
fn what_could_not_be_looked_at_is_told_beside_the_list() {
    let built = common::build(&common::root().join("fixtures/sources"));
    let target = built.path().join("README.md");
    std::fs::remove_file(&target).expect("removed");
    std::os::unix::fs::symlink("/dev/zero", &target).expect("a link");
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").arg("sources").arg(built.path()).args(["--format", "csv"]);
    let output = command.output().expect("the binary runs");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("  README.md: "), "{told}");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("type,source"), "the list is printed all the same");
}
