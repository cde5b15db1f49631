//! Is everything there that SECURITY.md says keeps our promises, in code and in tests?

#![allow(clippy::disallowed_methods, reason = "tests read files of this project")]

use std::fs;
use std::path::{Path, PathBuf};

/// The promises of the threat model, by number.
const ROWS: usize = 15;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// What stands in backticks.
fn spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn is_path(span: &str) -> bool {
    !span.contains(' ') && [".rs", ".toml", ".yml"].iter().any(|end| span.ends_with(end)) && span != "build.rs"
}

/// The cells of each row of the table.
fn rows(page: &str) -> Vec<Vec<String>> {
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| #"));
    rows.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What is wrong with the tests that a text names: `path`: `function`, `function`; `path`: …
fn missing_tests(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut here: Option<(&str, String)> = None;
    for span in spans(text) {
        if is_path(span) {
            here = fs::read_to_string(root().join(span)).ok().map(|code| (span, code));
            if here.is_none() {
                wrong.push(format!("{span} is not there"));
            }
        } else if let Some((path, code)) = &here
            && !is_test(code, span)
        {
            wrong.push(format!("{path} has no test {span}"));
        }
    }
    wrong
}

/// Whether a function of this name is a test.
fn is_test(code: &str, name: &str) -> bool {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    lines.windows(2).any(|pair| {
        pair.first() == Some(&"#[test]") && pair.get(1).is_some_and(|line| line.starts_with(&format!("fn {name}(")))
    })
}

#[test]
fn every_promise_has_its_code_and_its_test() {
    let mut tables = Vec::new();
    for file in ["SECURITY.md", "SECURITY.de.md"] {
        let page = fs::read_to_string(root().join(file)).expect("a page");
        let rows = rows(&page);
        let numbers: Vec<&str> = rows.iter().filter_map(|row| row.first()).map(String::as_str).collect();
        assert_eq!(numbers, (1..=ROWS).map(|number| number.to_string()).collect::<Vec<_>>(), "{file}");
        for row in &rows {
            let [number, threat, promise, mechanism, tests] = row.as_slice() else { panic!("{file}: {row:?}") };
            assert!(!threat.is_empty() && !promise.is_empty(), "{file}: row {number}");
            let paths: Vec<&str> = spans(mechanism).into_iter().filter(|span| is_path(span)).collect();
            assert!(!paths.is_empty(), "{file}: row {number} names no code");
            let gone: Vec<&&str> = paths.iter().filter(|path| !root().join(path).is_file()).collect();
            assert!(gone.is_empty(), "{file}: row {number}: {gone:?} are not there");
            assert!(spans(tests).len() >= 2, "{file}: row {number} names no test");
            let missing = missing_tests(tests);
            assert!(missing.is_empty(), "{file}: row {number}: {}", missing.join("; "));
        }
        // Both languages point to the same code and the same tests.
        tables
            .push(rows.iter().map(|row| row.iter().skip(3).map(|cell| paths(cell)).collect()).collect::<Vec<Vec<_>>>());
    }
    assert_eq!(tables.first(), tables.get(1));
}

fn paths(cell: &str) -> Vec<String> {
    let spans = spans(cell).into_iter().filter(|span| is_path(span) || span.contains('_'));
    spans.map(str::to_owned).collect()
}

#[test]
fn what_is_not_there_is_noticed() {
    let own = "`tests/security.rs`: `what_is_not_there_is_noticed`, `spans`, `nothing`; `tests/nowhere.rs`: `x`";
    let wrong = ["tests/security.rs has no test spans", "tests/security.rs has no test nothing"];
    assert_eq!(missing_tests(own), [wrong.as_slice(), &["tests/nowhere.rs is not there"]].concat());
}

/// `forbid` in the manifest is for every target of the package; nothing may be built beside it.
#[test]
fn no_code_of_ours_is_unsafe() {
    let manifest: toml::Table =
        fs::read_to_string(root().join("Cargo.toml")).expect("a manifest").parse().expect("TOML");
    let lints = manifest.get("lints").and_then(|lints| lints.get("rust")).expect("lints of rustc");
    assert_eq!(lints.get("unsafe_code").and_then(toml::Value::as_str), Some("forbid"));
    let code = walkdir::WalkDir::new(root()).into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        !(entry.depth() == 1 && matches!(&*name, "target" | ".git" | "fixtures"))
    });
    let mut seen = 0;
    for entry in code.filter_map(Result::ok).filter(|entry| entry.path().extension().is_some_and(|end| end == "rs")) {
        let text = fs::read_to_string(entry.path()).expect("a source");
        let word = ["un", "safe"].concat();
        let unsafe_code = [" {", " fn", " impl", " extern"].map(|after| format!("{word}{after}"));
        let found = text.lines().find(|line| {
            !line.trim_start().starts_with("//") && unsafe_code.iter().any(|code| line.contains(code.as_str()))
        });
        assert_eq!(found, None, "{}", entry.path().display());
        seen += 1;
    }
    assert!(seen > 100, "the sources were looked for in the wrong place");
}
