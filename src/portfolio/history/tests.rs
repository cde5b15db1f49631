//! Is a run kept once and whole, and is what cannot be read left alone?

use super::*;
use crate::output::encode;
use crate::phrase::{Lang, Phrase};
use crate::portfolio::run::tests::example;
use crate::portfolio::stored::tests::record;
use crate::portfolio::summary::{Licence, Row, Upkeep};
use crate::portfolio::{Both, Counts, Record, RepositoryResult, RuleResult, Run, Status, result as format};
use crate::rule::Level;
use rusqlite::Connection;
use std::fs;
use std::path::Path;

fn rule(id: &str, level: &str, verdict: &str, number: usize, blocks: bool) -> RuleResult {
    RuleResult {
        id: id.to_owned(),
        level: level.to_owned(),
        severity: "warning".to_owned(),
        verdict: verdict.to_owned(),
        blocks,
        reason: None,
        number,
        waived: 0,
        findings: Vec::new(),
    }
}

fn repositories() -> Vec<(Record, Option<RepositoryResult>)> {
    let mut first = record(0, Status::Findings, Some("publishable"));
    first.counts = Counts { errors: 1, warnings: 2, notes: 3, ..Counts::default() };
    first.owner = Some("Amt'); DROP TABLE runs; --".to_owned());
    let result = RepositoryResult {
        schema: format::SCHEMA.to_owned(),
        version: "0.1.0".to_owned(),
        as_of: "2026-11-22".to_owned(),
        revision: first.head.clone(),
        kind: first.kind.clone(),
        licence: None,
        shallow: false,
        level: first.level.clone(),
        profile: "civic".to_owned(),
        counts: first.counts,
        rules: vec![
            rule("licence/missing", "publishable", "ok", 0, false),
            rule("data/undocumented-source", "reusable", "finding", 2, true),
            rule("maintenance/inactive", "sustained", "finding", 1, true),
        ],
        losses: Vec::new(),
        publiccode: None,
    };
    let why = Some(Both { en: "it took too long".to_owned(), de: "es hat zu lange gedauert".to_owned() });
    let second = Record { why, ..record(1, Status::Timeout, None) };
    vec![(first, Some(result)), (second, None)]
}

fn keep(dir: &Path, run: &Run) -> Result<(), Phrase> {
    super::keep(dir, run, |keeper| {
        repositories().iter().try_for_each(|(record, result)| keeper.add(record, result.as_ref()))
    })
}

fn told(what: Result<impl Sized, Phrase>) -> String {
    encode::terminal(&what.err().expect("an error").message(Lang::En))
}

fn files(dir: &Path) -> Vec<String> {
    let names = fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

fn bytes(dir: &Path) -> Vec<u8> {
    crate::portfolio::files::read(&dir.join(FILE), 1 << 30).expect("a file")
}

fn later() -> Run {
    Run { run: "a2abcdef".to_owned(), as_of: "2026-12-22".to_owned(), rules: "b3".to_owned(), ..example() }
}

#[test]
fn runs_are_kept_and_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(trend(folder.path()), Ok(Vec::new()), "no history yet");
    keep(folder.path(), &later()).expect("kept");
    keep(folder.path(), &example()).expect("kept");
    let points = trend(folder.path()).expect("a trend");
    let days: Vec<&str> = points.iter().map(|point| point.as_of.as_str()).collect();
    assert_eq!(days, ["2026-11-22", "2026-12-22"]);
    let point = &points[0];
    assert_eq!((point.repositories, point.seen(), point.errors, point.warnings, point.notes), (2, 1, 1, 2, 3));
    assert_eq!((point.at_least(Level::Publishable), point.at_least(Level::Reusable)), (1, 0));
    assert_eq!((point.statuses[&Status::Timeout], point.statuses[&Status::Oom]), (1, 0));
    assert_eq!(files(folder.path()), [FILE], "nothing is left beside it");
}

#[test]
fn a_kept_run_comes_back_as_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    keep(folder.path(), &example()).expect("kept");
    keep(folder.path(), &later()).expect("kept");
    for name in ["a1", "2026-11-22"] {
        let (point, rows) = rows(folder.path(), name).expect("a run");
        assert_eq!(point.run, "a1");
        let wanted: Vec<Row> = repositories()
            .into_iter()
            .map(|(record, result)| {
                let record = Record { wall_s: 0.0, ..record };
                Row::of(&record, result.as_ref())
            })
            .collect();
        assert_eq!(rows, wanted);
        assert_eq!((rows[0].sources, rows[0].upkeep, &rows[0].licence), (2, Upkeep::Nobody, &Licence::Unclear));
    }
    assert_eq!(rows(folder.path(), "a2abcd").expect("a run").0.run, "a2abcdef");
    for unknown in ["a2abc", "2026", "", "%"] {
        assert!(told(rows(folder.path(), unknown)).contains("knows no run"), "{unknown}");
    }
}

#[test]
fn keeping_again_changes_nothing_and_a_kill_leaves_what_was() {
    let folder = tempfile::tempdir().expect("a folder");
    keep(folder.path(), &example()).expect("kept");
    let before = bytes(folder.path());
    keep(folder.path(), &example()).expect("kept again");
    assert!(bytes(folder.path()) == before, "the same to the byte");
    let failed = super::keep(folder.path(), &later(), |keeper| {
        keeper.add(&repositories()[0].0, None)?;
        Err(Phrase::new("stopped", "aufgehört"))
    });
    assert_eq!(told(failed), "stopped");
    assert!(bytes(folder.path()) == before, "what is not finished is not kept");
    assert_eq!(files(folder.path()), [FILE]);
    // The same run with another outcome replaces the old one.
    let other = record(0, Status::Ok, Some("sustained"));
    super::keep(folder.path(), &example(), |keeper| keeper.add(&other, None)).expect("kept");
    let points = kept(folder.path()).expect("runs");
    assert_eq!((points.len(), points[0].repositories, points[0].at_least(Level::Sustained)), (1, 1, 1));
}

#[test]
fn of_several_runs_on_one_day_the_last_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    keep(folder.path(), &example()).expect("kept");
    keep(folder.path(), &Run { run: "ff".to_owned(), ..example() }).expect("kept");
    let points = trend(folder.path()).expect("a trend");
    assert_eq!(points.iter().map(|point| point.run.as_str()).collect::<Vec<_>>(), ["ff"]);
    assert_eq!(kept(folder.path()).expect("runs").len(), 2);
}

#[test]
fn what_is_damaged_foreign_or_newer_is_told_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    keep(folder.path(), &example()).expect("kept");
    let good = bytes(folder.path());
    let mut cut = good.clone();
    cut.truncate(good.len() / 2);
    let mut scratched = good.clone();
    scratched.iter_mut().skip(4_096).for_each(|byte| *byte = 0x5a);
    let database = |sql: &str| {
        fs::write(&path, &good).expect("written");
        Connection::open(&path).expect("open").execute_batch(sql).expect("SQL");
        bytes(folder.path())
    };
    let newer = database("PRAGMA user_version = 99");
    let foreign = database("PRAGMA application_id = 1");
    let foreign_too = {
        fs::remove_file(&path).expect("removed");
        Connection::open(&path).expect("open").execute_batch("CREATE TABLE theirs (x)").expect("SQL");
        bytes(folder.path())
    };
    for (bad, why) in [
        (b"no database at all, but long enough to have been one".repeat(90), "is damaged"),
        (cut, "is damaged"),
        (scratched, "is damaged"),
        (newer, "a newer civiclint"),
        (foreign, "another program"),
        (foreign_too, "another program"),
    ] {
        fs::write(&path, &bad).expect("written");
        assert!(told(keep(folder.path(), &later())).contains(why), "{}", told(keep(folder.path(), &later())));
        assert!(bytes(folder.path()) == bad, "left alone: {why}");
        assert!(trend(folder.path()).is_err(), "{why}");
        assert_eq!(files(folder.path()), [FILE]);
    }
}

#[test]
fn an_empty_file_is_a_history_that_has_not_begun() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(FILE), "").expect("written");
    assert_eq!(trend(folder.path()), Ok(Vec::new()));
    keep(folder.path(), &example()).expect("kept");
    assert_eq!(trend(folder.path()).expect("a trend").len(), 1);
}

#[test]
fn what_stands_in_the_place_of_the_file_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(FILE)).expect("a folder");
    assert!(told(keep(folder.path(), &example())).contains("is no file"));
    assert!(told(trend(folder.path())).contains("is no file"));
    assert!(told(keep(&folder.path().join("missing"), &example())).contains("cannot be opened"));
}

#[test]
fn an_older_file_gets_what_it_lacks_and_keeps_what_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(FILE);
    keep(folder.path(), &example()).expect("kept");
    let next = "ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT 'none';
                CREATE TABLE notes (run INTEGER NOT NULL REFERENCES runs (id), text TEXT NOT NULL) STRICT;";
    let steps: Vec<&str> = database::STEPS.iter().copied().chain([next]).collect();
    // A step that fails takes nothing along.
    let before = bytes(folder.path());
    let broken: Vec<&str> = steps.iter().copied().chain(["ALTER TABLE missing ADD COLUMN x"]).collect();
    assert!(database::for_writing(&path, &broken).is_err());
    assert!(bytes(folder.path()) == before);
    let migrated = database::for_reading(&path, &steps).expect("migrated").expect("a history");
    let read = |sql: &str| migrated.query_row(sql, [], |row| row.get::<_, i64>(0)).expect("a number");
    assert_eq!(read("SELECT count(*) FROM runs WHERE note = 'none' AND run = 'a1'"), 1);
    assert_eq!((read("SELECT count(*) FROM notes"), read("PRAGMA user_version")), (0, steps.len() as i64));
    assert_eq!(read("SELECT count(*) FROM verdicts"), 3);
    drop(migrated);
    // The same file, made anew by all steps, has the same tables.
    let fresh = folder.path().join("fresh.sqlite");
    database::for_writing(&fresh, &steps).expect("made").execute_batch("COMMIT").expect("kept");
    let tables = |path: &Path| -> Vec<String> {
        let database = Connection::open(path).expect("open");
        let mut names = database.prepare("SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY sql").expect("SQL");
        names.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("texts")
    };
    assert_eq!(tables(&path), tables(&fresh));
    assert!(told(trend(folder.path())).contains("a newer civiclint"), "this version cannot read it");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    keep(folder.path(), &example()).expect("kept");
    let mode = |file, dir| {
        fs::set_permissions(folder.path().join(FILE), fs::Permissions::from_mode(file)).expect("a mode");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(dir)).expect("a mode");
    };
    mode(0o400, 0o500);
    assert_eq!(trend(folder.path()).expect("a trend").len(), 1);
    // Whoever is root may write it all the same; nobody else may.
    let written = keep(folder.path(), &later());
    mode(0o600, 0o700);
    if let Err(why) = written {
        assert!(encode::terminal(&why.message(Lang::En)).contains("may not be written to"));
        assert_eq!(trend(folder.path()).expect("a trend").len(), 1);
    }
}

#[test]
fn the_queries_of_the_documentation_run() {
    let folder = tempfile::tempdir().expect("a folder");
    keep(folder.path(), &example()).expect("kept");
    keep(folder.path(), &later()).expect("kept");
    let database = Connection::open(folder.path().join(FILE)).expect("open");
    let queries = |page: &'static str| -> Vec<&'static str> {
        page.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
    };
    let english = queries(include_str!("../../../docs/portfolio.md"));
    assert_eq!(english, queries(include_str!("../../../docs/portfolio.de.md")));
    assert!(!english.is_empty());
    for query in &english {
        let mut prepared = database.prepare(query).expect(query);
        let mut rows = prepared.query([]).expect(query);
        while rows.next().expect(query).is_some() {}
    }
    let reusable = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get(2)?));
    assert_eq!(database.query_row(english[0], [], reusable), Ok(("2026-11-22".to_owned(), 0, 1)));
}
