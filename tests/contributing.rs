//! Does the example in CONTRIBUTING.md work exactly as it stands there?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

/// The files of the example: a line that holds nothing but a path in backticks, then a fenced block.
fn example(page: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(path) = line.strip_prefix('`').and_then(|line| line.strip_suffix('`')) else { continue };
        while lines.next_if(|line| line.is_empty()).is_some() {}
        let Some(fence) = lines.next().filter(|line| line.starts_with("```")) else { continue };
        let ticks: String = fence.chars().take_while(|c| *c == '`').collect();
        let content: Vec<&str> = lines.by_ref().take_while(|line| *line != ticks).collect();
        files.push((path.to_owned(), content.join("\n") + "\n"));
    }
    files
}

fn civiclint(args: &[&str], folder: &Path) -> (Option<i32>, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_civiclint")).args(args).current_dir(folder).env("LC_ALL", "C").output();
    let ran = ran.expect("the binary runs");
    (ran.status.code(), String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned())
}

#[test]
fn the_worked_example_works() {
    let page = fs::read_to_string(common::root().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    let files = example(&page);
    assert_eq!(files.len(), 3, "the example has a page and two fixtures");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let rules = folder.path().join("house-rules");
    for (path, content) in &files {
        let path = rules.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    let (code, told) = civiclint(&["rules", "check", "house-rules"], folder.path());
    assert_eq!(code, Some(0), "{told}");

    // The rule finds what it is about in a repository it has never seen.
    let (code, told) = civiclint(
        &[
            "check",
            "house-rules/fixtures/data/spreadsheet/finding-a-workbook",
            "--rules",
            "house-rules",
            "--fail-on",
            "warning",
        ],
        folder.path(),
    );
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("data/spreadsheet") && told.contains("trees.xls"), "{told}");

    // The fixtures are really run: a wrong expectation is refused.
    fs::rename(
        rules.join("fixtures/data/spreadsheet/ok-a-table"),
        rules.join("fixtures/data/spreadsheet/finding-a-table"),
    )
    .expect("a new name");
    let (code, told) = civiclint(&["rules", "check", "house-rules"], folder.path());
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("finding-a-table"), "{told}");
}
