//! Does an output folder become what people and programs read: the same from parts as from one run, and as the schemas say?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

#[path = "common/portfolio.rs"]
mod sample;

use civiclint::output::encode;
use civiclint::phrase::{Lang, Phrase};
use civiclint::portfolio::{self, Shard, Stored, history};
use civiclint::rule::{self, Rule};
use sample::Sample;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

fn rules() -> Vec<Rule> {
    rule::shipped().unwrap_or_else(|_| panic!("the rules that ship"))
}

fn made(sample: &Sample) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    sample::write(folder.path(), sample, &rules()).expect("a sample");
    folder
}

fn told(why: &Phrase) -> String {
    encode::terminal(&why.message(Lang::En))
}

/// Every file of a folder but the history, with what only the run knows taken out.
fn files(dir: &Path) -> BTreeMap<PathBuf, String> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file() && !entry.file_name().eq(history::FILE));
    files
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).expect("text");
            let text = match entry.file_name().to_str() {
                Some("run.json") => timeless(&text),
                _ => text,
            };
            (entry.path().strip_prefix(dir).expect("below").to_owned(), text)
        })
        .collect()
}

fn timeless(run: &str) -> String {
    let mut run: Value = serde_json::from_str(run).expect("JSON");
    for name in ["run", "started", "finished"] {
        run[name] = Value::Null;
    }
    run.to_string()
}

fn shards(of: usize, all: usize) -> Vec<TempDir> {
    (1..=of).map(|index| made(&Sample { shard: Some(Shard { index, of }), ..Sample::of(all) })).collect()
}

fn paths(folders: &[TempDir]) -> Vec<PathBuf> {
    folders.iter().map(|folder| folder.path().to_owned()).collect()
}

#[test]
fn four_shards_merged_are_one_run() {
    let whole = made(&Sample::of(61));
    portfolio::make(whole.path(), &rules(), Lang::En).expect("made");
    let shards = shards(4, 61);
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("merged");
    // In any order, and although each part has been made by itself.
    let mut parts = paths(&shards);
    portfolio::make(&parts[2], &rules(), Lang::En).expect("a part by itself");
    parts.rotate_left(3);
    let merged =
        portfolio::merge(&parts, &out, None, &rules(), Lang::En).unwrap_or_else(|why| panic!("{}", told(&why)));
    assert!(merged.kept);
    let (one, other) = (files(whole.path()), files(&out));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, text) in &one {
        assert!(Some(text) == other.get(path), "{} differs", path.display());
    }
    let without = |dir: &Path| {
        let mut points = history::trend(dir).expect("a trend");
        points.iter_mut().for_each(|point| point.run.clear());
        points
    };
    assert_eq!(without(whole.path()), without(&out));
    let rows = |dir: &Path| history::rows(dir, "2026-11-22").expect("a run").1;
    assert_eq!(rows(whole.path()), rows(&out));
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1, "nothing is left beside it");
}

#[test]
fn a_merge_goes_on_with_the_history() {
    let before = made(&Sample { as_of: "2026-10-22".to_owned(), ..Sample::of(12) });
    portfolio::make(before.path(), &rules(), Lang::En).expect("made");
    let shards = shards(2, 12);
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("merged");
    let old = before.path().join(history::FILE);
    portfolio::merge(&paths(&shards), &out, Some(&old), &rules(), Lang::En).expect("merged");
    let days: Vec<String> = history::trend(&out).expect("a trend").into_iter().map(|point| point.as_of).collect();
    assert_eq!(days, ["2026-10-22", "2026-11-22"]);
    assert_eq!(history::trend(before.path()).expect("a trend").len(), 1, "the old one is left alone");
}

#[test]
fn what_is_not_one_run_is_not_merged() {
    let parts = shards(3, 10);
    let dirs = paths(&parts);
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("merged");
    let refused = |dirs: &[PathBuf], old: Option<&Path>| {
        let why = portfolio::merge(dirs, &out, old, &rules(), Lang::En).expect_err("refused");
        assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0, "nothing is left");
        told(&why)
    };
    assert!(refused(&[], None).contains("no shard"));
    assert!(refused(&[dirs[0].clone(), dirs[2].clone()], None).contains("these are missing: 2."));
    assert!(refused(&[dirs[0].clone(), dirs[0].clone()], None).contains("both part 1"));
    let whole = made(&Sample::of(10));
    assert!(refused(&[whole.path().to_owned()], None).contains("without --shard"));
    assert!(refused(&dirs, Some(&place.path().join("no.sqlite"))).contains("no history"));
    let run = dirs[1].join("run.json");
    let good = fs::read_to_string(&run).expect("run.json");
    for (from, to, why) in [
        ("\"complete\": true", "\"complete\": false", "is not complete"),
        ("\"list\": \"0", "\"list\": \"1", "different lists"),
        ("5eed", "5eee", "different rules"),
        ("\"as_of\": \"2026-11-22\"", "\"as_of\": \"2026-11-23\"", "same --as-of"),
        ("\"of\": 3", "\"of\": 4", "number of parts"),
        ("\"repositories\": 10", "\"repositories\": 11", "different length"),
        ("\"profile\": \"civic\"", "\"profile\": \"osps\"", "the profile"),
        ("\"version\": \"", "\"version\": \"9", "same version"),
    ] {
        assert!(good.contains(from), "{from}");
        fs::write(&run, good.replace(from, to)).expect("written");
        let told = refused(&dirs, None);
        assert!(told.contains(why), "{told}");
    }
    fs::write(&run, &good).expect("written");
    let journal = dirs[1].join("journal.jsonl");
    let lines = fs::read_to_string(&journal).expect("a journal");
    fs::write(&journal, lines.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>()).expect("written");
    assert!(refused(&dirs, None).contains("these places of the list are missing: 2."));
    fs::write(&journal, lines.replace("\"at\":1,", "\"at\":0,")).expect("written");
    assert!(refused(&dirs, None).contains("not parts of one list"));
    fs::write(&journal, lines).expect("written");
    let result = fs::read_dir(dirs[1].join("results")).expect("results").next().expect("one").expect("one").path();
    fs::remove_file(result.with_extension("json")).expect("removed");
    assert!(refused(&dirs, None).contains("could not be read"));
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("mine"), "x").expect("written");
    let why = portfolio::merge(&dirs, &out, None, &rules(), Lang::En).expect_err("refused");
    assert!(told(&why).contains("is not empty"), "{}", told(&why));
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let folder = made(&Sample::of(40));
    portfolio::make(folder.path(), &rules(), Lang::De).expect("made");
    let (before, kept) = (files(folder.path()), fs::read(folder.path().join(history::FILE)).expect("a history"));
    portfolio::make(folder.path(), &rules(), Lang::De).expect("made again");
    assert!(files(folder.path()) == before);
    assert!(fs::read(folder.path().join(history::FILE)).expect("a history") == kept);
}

#[test]
fn a_run_that_is_not_complete_is_shown_and_not_kept() {
    let folder = made(&Sample::of(5));
    let run = folder.path().join("run.json");
    let text = fs::read_to_string(&run).expect("run.json").replace("\"complete\": true", "\"complete\": false");
    fs::write(&run, text).expect("written");
    let made = portfolio::make(folder.path(), &rules(), Lang::En).expect("made");
    assert!(!made.kept && !folder.path().join(history::FILE).exists());
    let page = fs::read_to_string(folder.path().join("portfolio.md")).expect("a page");
    assert!(page.contains("The run is not complete"), "{page}");
}

#[test]
fn what_programs_read_keeps_to_its_schema() {
    let before = made(&Sample { as_of: "2026-10-22".to_owned(), month: 0, ..Sample::of(120) });
    portfolio::make(before.path(), &rules(), Lang::En).expect("made");
    sample::write(before.path(), &Sample { month: 1, ..Sample::of(120) }, &rules()).expect("a second month");
    portfolio::make(before.path(), &rules(), Lang::En).expect("made");
    let dir = before.path();
    let read = |name: &str| fs::read_to_string(dir.join(name)).expect(name);
    let valid = |schema: &str, texts: Vec<String>| {
        let schema = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(schema));
        let schema: Value = serde_json::from_str(&schema.expect("a schema")).expect("JSON");
        let validator = jsonschema::draft202012::new(&schema).expect("a valid schema");
        assert!(!texts.is_empty());
        for text in texts {
            let document: Value = serde_json::from_str(&text).expect("JSON");
            let errors: Vec<String> =
                validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{}", errors.join("\n"));
            for key in document.as_object().expect("an object").keys() {
                let mut less = document.clone();
                less.as_object_mut().expect("an object").remove(key);
                assert!(!validator.is_valid(&less), "{key} is not required");
            }
        }
    };
    let lines = |text: String| text.lines().map(str::to_owned).collect::<Vec<_>>();
    valid("run-1.schema.json", vec![read("run.json")]);
    valid("record-1.schema.json", lines(read("journal.jsonl")));
    let stored = Stored::open(dir).expect("a folder");
    let seen = stored.records().iter().filter(|record| record.status.is_seen());
    valid("result-1.schema.json", seen.map(|record| read(&format!("results/{}.json", record.key))).collect());
    valid("catalogue-1.schema.json", vec![read("publiccode.json")]);
    let export = |format: &str| {
        let output = civiclint(&["portfolio", "export", "--format", format, &dir.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    valid("repository-1.schema.json", lines(export("jsonl")));
    valid("portfolio-1.schema.json", vec![export("json")]);
    let catalogue: Value = serde_json::from_str(&read("publiccode.json")).expect("JSON");
    let entries = catalogue["entries"].as_array().expect("entries");
    assert!(entries.len() > 5);
    let names: Vec<&str> = entries.iter().map(|entry| entry["repo"].as_str().expect("a name")).collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn nothing_hostile_gets_through() {
    let folder = made(&Sample::of(400));
    portfolio::make(folder.path(), &rules(), Lang::De).expect("made");
    let page = fs::read_to_string(folder.path().join("portfolio.md")).expect("a page");
    assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    for name in ["portfolio.csv", "portfolio.md", "publiccode.json"] {
        let text = fs::read_to_string(folder.path().join(name)).expect("a file");
        assert!(!text.contains("##[") && !text.contains(|c: char| c.is_control() && !"\n\r".contains(c)), "{name}");
    }
    let findings = civiclint(&["portfolio", "export", "--format", "csv-findings", &folder.path().to_string_lossy()]);
    let findings = String::from_utf8(findings.stdout).expect("UTF-8");
    let table = fs::read_to_string(folder.path().join("portfolio.csv")).expect("a table");
    for (text, rows) in [(table, 400), (findings, 1_000)] {
        let records: Vec<csv::StringRecord> =
            csv::Reader::from_reader(text.as_bytes()).into_records().map(|line| line.expect("a line")).collect();
        assert!(records.len() >= rows);
        let formula = |field: &str| field.starts_with(['=', '+', '-', '@']);
        assert!(records.iter().all(|record| !record.iter().any(formula)));
    }
}

fn civiclint(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.args(args).env("LC_ALL", "C").output().expect("a run")
}

#[test]
fn the_command_builds_lists_exports_and_says_what_is_wrong() {
    let folder = made(&Sample::of(30));
    let dir = folder.path().to_string_lossy().into_owned();
    let run = |args: &[&str]| {
        let output = civiclint(&[&["portfolio"], args].concat());
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(run(&["runs", &dir]), (Some(0), "The history knows no run yet.\n".to_owned(), String::new()));
    let (code, out, err) = run(&["build", &dir]);
    assert_eq!((code, out.as_str()), (Some(3), ""), "not every repository could be looked at: {err}");
    assert!(err.contains("30 repositories; not looked at, or not in full: "), "{err}");
    let (code, out, _) = run(&["runs", "--lang", "de", &dir]);
    assert_eq!((code, out.lines().count()), (Some(0), 2));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
    let (_, now, _) = run(&["export", "--format", "csv", &dir]);
    assert_eq!(now, fs::read_to_string(folder.path().join("portfolio.csv")).expect("a table"));
    for day in ["csv", "jsonl"] {
        let (_, now, _) = run(&["export", "--format", day, &dir]);
        let (code, then, err) = run(&["export", "--format", day, "--run", "2026-11-22", &dir]);
        assert_eq!((code, then), (Some(0), now), "{err}");
    }
    let (code, _, err) = run(&["export", "--format", "markdown", "--run", "2026-11-22", &dir]);
    assert!(code == Some(2) && err.contains("--run goes with"), "{err}");
    let (code, _, err) = run(&["export", "--format", "csv", "--run", "1999-01-01", &dir]);
    assert!(code == Some(2) && err.contains("knows no run 1999-01-01"), "{err}");
    let (_, page, _) = run(&["export", "--format", "markdown", &dir]);
    assert_eq!(page, fs::read_to_string(folder.path().join("portfolio.md")).expect("a page"));
    let file = folder.path().join("out.csv");
    assert_eq!(run(&["export", "--format", "csv", "--output", &file.to_string_lossy(), &dir]).0, Some(0));
    assert_eq!(fs::read_to_string(file).expect("a file"), now);
    let (code, _, err) = run(&["build", "/nonexistent"]);
    assert!(code == Some(2) && err.contains("run.json"), "{err}");
    fs::write(folder.path().join(history::FILE), "x".repeat(9_000)).expect("written");
    let (code, _, err) = run(&["build", &dir]);
    assert!(code == Some(4) && err.contains("is damaged; nothing was changed"), "{err}");
}

#[test]
fn the_summary_for_people() {
    let folder = made(&Sample { as_of: "2026-10-22".to_owned(), ..Sample::of(300) });
    for lang in [Lang::En, Lang::De] {
        portfolio::make(folder.path(), &rules(), lang).expect("made");
        sample::write(folder.path(), &Sample { month: 2, ..Sample::of(300) }, &rules()).expect("a later month");
        portfolio::make(folder.path(), &rules(), lang).expect("made");
        let page = fs::read_to_string(folder.path().join("portfolio.md")).expect("a page");
        insta::with_settings!({snapshot_path => "snapshots/portfolio", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(format!("summary.{}", lang.tag()), page);
        });
    }
}
