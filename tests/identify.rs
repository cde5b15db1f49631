//! Does `civiclint identify` tell people and programs what they need?

#![allow(clippy::disallowed_methods, reason = "tests read files of the repository")]

mod common;

use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const FILES: [&str; 6] = ["LICENSE", "LICENSE-changed", "README.md", "main.c", "COPYRIGHT", "LICENSE.bin"];

fn identify(args: &[&str], list: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").current_dir(common::root().join("fixtures/identify"));
    command.arg("identify").args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(list.unwrap_or_default().as_bytes()).expect("written");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn for_people() {
    for lang in ["en", "de"] {
        let mut args = FILES.to_vec();
        args.extend(["--lang", lang]);
        let output = identify(&args, None);
        let text = stdout(&output);
        assert!(FILES.iter().all(|file| text.contains(file)), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        insta::with_settings!({ snapshot_path => "snapshots/identify", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("text.{lang}"), text);
        });
    }
}

#[test]
fn for_scripts() {
    let output = identify(&["--format", "tsv", "--files-from", "-"], Some(&FILES.join("\r\n")));
    insta::with_settings!({ snapshot_path => "snapshots/identify", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("tsv", stdout(&output));
    });
}

#[test]
fn for_programs() {
    let mut args = FILES.to_vec();
    args.extend(["--format", "json"]);
    let document: Value = serde_json::from_str(&stdout(&identify(&args, None))).expect("JSON");
    let schema = serde_json::from_str(include_str!("../schemas/identify-1.schema.json")).expect("a schema");
    let validator = jsonschema::draft202012::new(&schema).expect("a valid schema");
    let wrong: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(document["files"].as_array().expect("files").len(), FILES.len());
}

#[test]
fn exit_codes() {
    for (args, code) in [
        (&["LICENSE"][..], 0),
        (&["LICENSE", "README.md", "main.c"], 0),
        (&["LICENSE-changed"], 1),
        (&["COPYRIGHT", "LICENSE.bin"], 1),
        (&["LICENSE", "LICENSE.bin"], 3),
        (&["nowhere"], 3),
        (&["."], 3),
        (&[], 2),
        (&["--files-from", "nowhere"], 2),
        (&["--as", "source", "COPYRIGHT"], 1),
    ] {
        let output = identify(args, None);
        assert_eq!(output.status.code(), Some(code), "{args:?}\n{}", stdout(&output));
    }
}
