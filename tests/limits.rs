//! Is every limit told where people look for it, moved by whoever runs the program, and named where it is hit?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use civiclint::phrase::Lang;
use civiclint::repository::Limit;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").current_dir(folder).args(args);
    command.output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// A folder with a README, a LICENSE and a program, without git.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("src/deep")).expect("folders");
    for (path, text) in [
        ("README.md", "# Trees\n\nCounts the trees of a city.\n"),
        ("src/trees.py", "import csv\nprint(sum(1 for _ in csv.reader(open('trees.csv'))))\n"),
        ("src/deep/more.py", "print(1)\n"),
    ] {
        fs::write(folder.path().join(path), text).expect("a file");
    }
    folder
}

#[test]
fn the_pages_list_what_the_program_knows() {
    for (file, lang, head) in [
        ("docs/limits.md", Lang::En, "| Name | Default | What it bounds |\n|---|---|---|\n"),
        ("docs/limits.de.md", Lang::De, "| Name | Vorgabe | Was sie begrenzt |\n|---|---|---|\n"),
    ] {
        let page = fs::read_to_string(common::root().join(file)).expect("a page");
        let rows = Limit::ALL.iter().map(|limit| {
            let default = limit.show(limit.default_value());
            format!("| `{}` | {default} | {} |\n", limit.name(), limit.bounds().get(lang))
        });
        let table = head.to_owned() + &rows.collect::<String>() + "\n";
        assert!(page.contains(&table), "{file} has to hold:\n{table}");
        let listed = text(&run(common::root(), &["limits", "--lang", lang.tag()]).stdout);
        for limit in Limit::ALL {
            let line = listed.lines().find(|line| line.starts_with(&format!("{} ", limit.name()))).unwrap_or_default();
            assert!(line.ends_with(limit.bounds().get(lang)) && line.chars().count() <= 100, "{line}");
        }
    }
}

#[test]
fn what_is_no_limit_is_wrong_use() {
    let folder = folder();
    for (asked, said) in [
        ("file-byte=1MiB", "did you mean `file-bytes`"),
        ("nothing-of-the-kind=1", "civiclint limits"),
        ("file-bytes", "KiB, MiB or GiB"),
        ("file-bytes=8MB", "file-bytes=8MiB"),
        ("files=0", "a whole number from 1"),
        ("history-seconds=-1", "history-seconds=2min"),
        ("\u{1b}[31m\n::error::x=1", "there is no limit"),
    ] {
        let output = run(folder.path(), &["check", ".", "--limit", asked]);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{asked}: {told}");
        assert!(told.contains(said) && output.stdout.is_empty(), "{asked}: {told}");
        assert!(!told.contains('\u{1b}') && !told.contains("\n::error"), "{told:?}");
    }
}

/// A limit that is hit is a loss with its name in every format, and not looking is not passing.
#[test]
fn what_is_hit_is_named_in_every_format() {
    let folder = folder();
    for (asked, hit) in [
        (&["file-bytes=20"][..], "file-bytes"),
        (&["all-bytes=60"], "all-bytes"),
        (&["files=2"], "files"),
        (&["depth=1"], "depth"),
        (&["files=1", "files=2"], "files"),
    ] {
        for format in ["text", "json", "sarif", "markdown", "html", "github", "gitlab", "junit", "rdjson"] {
            let mut args = vec!["check", ".", "--as-of", common::SCAN_DAY, "--fail-on", "never", "--format", format];
            asked.iter().for_each(|limit| args.extend(["--limit", *limit]));
            let output = run(folder.path(), &args);
            let told = [output.stdout, output.stderr].concat();
            let told = text(&told).replace("<bdi>", "").replace("</bdi>", "").replace('`', "");
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(output.status.code(), Some(3), "{asked:?}, {format}: {told}");
            assert!(told.contains(&format!("--limit {hit}=")), "{asked:?}, {format}: {told}");
        }
    }
    assert_eq!(run(folder.path(), &["check", ".", "--fail-on", "never"]).status.code(), Some(0), "else nothing is hit");
}

#[test]
fn a_repository_moves_no_limit() {
    let folder = folder();
    fs::write(folder.path().join("civiclint.toml"), "limit = [\"files=1\"]\n[limits]\nfiles = 1\n").expect("a file");
    let output = run(folder.path(), &["check", ".", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["policy"]["not_applied"], "civiclint.toml");
    assert!(!text(&output.stdout).contains("--limit files="));
}

/// With `--verbose` the text says what held the process that reads git objects, and which limits were moved.
#[test]
fn what_was_in_force_is_told_on_demand() {
    let folder = folder();
    let plain = text(&run(folder.path(), &["--verbose", "--lang", "de"]).stdout);
    assert!(plain.contains("Es wurde kein Git-Objekt gelesen."), "{plain}");
    let repo = git2::Repository::init(folder.path()).expect("a repository");
    let mut index = repo.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).expect("entries");
    let tree = repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let ada = git2::Signature::new("Ada", "ada@example.org", &git2::Time::new(1_795_000_000, 0)).expect("a name");
    repo.commit(Some("HEAD"), &ada, &ada, "Count", &tree, &[]).expect("a commit");
    index.write().expect("an index");
    let args = ["--verbose", "--as-of", common::SCAN_DAY, "--limit", "worker-bytes=256MiB"];
    let told = text(&run(folder.path(), &args).stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("Git objects were read in a process of its own"), "{told}");
    assert!(told.contains("256 MiB of memory") && told.contains("no core dumps"), "{told}");
    assert!(told.contains("Limits that were moved: worker-bytes = 256 MiB."), "{told}");
    let quiet = text(&run(folder.path(), &["--as-of", common::SCAN_DAY]).stdout);
    assert!(!quiet.contains("in a process of its own"), "{quiet}");
}
