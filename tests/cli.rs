//! Does the program keep its promises to whoever calls it: arguments, exit codes, streams, languages?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use common::Built;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").args(args);
    command.output().expect("the binary runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn fixture(name: &str) -> Built {
    common::build(&common::root().join("fixtures/rules").join(name))
}

/// A repository without a licence: one error at least.
fn without_licence() -> Built {
    let cases = common::folders(&common::root().join("fixtures/rules/licence/missing"));
    let case = cases.iter().find(|case| common::name(case).starts_with("finding")).expect("a finding");
    common::build(case)
}

fn check(built: &Built, args: &[&str]) -> Output {
    let path = built.path();
    let mut all = vec!["check", path.to_str().expect("UTF-8"), "--as-of", common::SCAN_DAY];
    all.extend(args);
    run(&all)
}

#[test]
fn exit_codes() {
    let built = without_licence();
    for (args, code) in [
        (&["--select", "licence/missing"][..], 1),
        (&["--select", "licence/missing", "--fail-on", "never"], 0),
        (&["--select", "licence/missing", "--format", "sarif"], 0),
        (&["--select", "licence/missing", "--format", "sarif", "--fail-on", "error"], 1),
        (&["--ignore", "licence,docs,governance,maintenance,data,publication"], 0),
        (&["--select", "licence/mising"], 2),
        (&["--select", "licence/missing", "--output", "/nowhere/at/all.json"], 4),
    ] {
        let output = check(&built, args);
        assert_eq!(output.status.code(), Some(code), "{args:?}\n{}{}", stdout(&output), stderr(&output));
    }
}

#[test]
fn findings_win_over_what_could_not_be_read() {
    let built = without_licence();
    std::os::unix::fs::symlink("/dev/zero", built.path().join("CITATION.cff")).expect("a link");
    let repo = git2::Repository::init(built.path()).expect("the repository");
    let mut index = repo.index().expect("an index");
    index.add_path(Path::new("CITATION.cff")).and_then(|()| index.write()).expect("an entry");
    for (args, code) in
        [(&["--select", "licence/missing"][..], 1), (&["--select", "licence/missing", "--fail-on", "never"], 3)]
    {
        let output = check(&built, args);
        assert_eq!(output.status.code(), Some(code), "{}", stdout(&output));
        assert!(stdout(&output).contains("CITATION.cff"), "{}", stdout(&output));
    }
}

#[test]
fn check_is_what_happens_without_a_command() {
    let built = without_licence();
    let path = built.path();
    let path = path.to_str().expect("UTF-8");
    let plain = run(&[path, "--as-of", common::SCAN_DAY]);
    assert_eq!(stdout(&plain), stdout(&check(&built, &[])));
}

#[test]
fn a_misspelt_rule_is_answered_with_the_nearest_one() {
    let built = without_licence();
    let output = check(&built, &["--select", "licence/mising"]);
    assert!(stderr(&output).contains("did you mean `licence/missing`"), "{}", stderr(&output));
    assert!(stdout(&output).is_empty());
    let output = run(&["explain", "licence/mising", "--lang", "de"]);
    assert!(stderr(&output).contains("meinten Sie `licence/missing`"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn one_scan_writes_many_reports() {
    let built = without_licence();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (json, sarif) = (format!("json={}", file("a.json")), format!("sarif={}", file("b.sarif")));
    let output = check(&built, &["--output", &json, "--output", &sarif]);
    assert!(stdout(&output).contains("licence/missing"), "the text still goes to standard output");
    for (name, key) in [("a.json", "schema"), ("b.sarif", "runs")] {
        let text = fs::read_to_string(file(name)).expect("a report");
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert!(value.get(key).is_some(), "{name}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "no temporary file is left behind");
}

#[test]
fn the_language_comes_from_the_locale_or_the_option() {
    let built = without_licence();
    let path = built.path();
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    let german = command.env_clear().env("LANG", "de_DE.UTF-8").arg(&path).output().expect("the binary runs");
    let asked = check(&built, &["--lang", "de"]);
    for output in [german, asked] {
        assert!(stdout(&output).contains("Fehler"), "{}", stdout(&output));
    }
    assert!(stdout(&check(&built, &[])).contains("error"));
}

#[test]
fn same_input_same_bytes() {
    let built = without_licence();
    for format in ["text", "json", "sarif"] {
        let [a, b] = [0, 1].map(|_| stdout(&check(&built, &["--format", format])));
        assert_eq!(a, b, "{format}");
    }
}

#[test]
fn nothing_is_written_into_the_repository() {
    let built = without_licence();
    let before = listing(&built.path());
    check(&built, &[]);
    assert_eq!(before, listing(&built.path()));
}

fn listing(folder: &Path) -> Vec<(std::path::PathBuf, std::time::SystemTime)> {
    let mut found = Vec::new();
    let mut stack = vec![folder.to_owned()];
    while let Some(folder) = stack.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            let meta = fs::symlink_metadata(&entry).expect("metadata");
            if meta.is_dir() {
                stack.push(entry.clone());
            }
            found.push((entry, meta.modified().expect("a time")));
        }
    }
    found.sort();
    found
}

#[test]
fn wrong_paths_are_explained() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("a file");
    let missing = folder.path().join("mis\u{1b}[31msing");
    for path in [&file, &missing] {
        let output = run(&["check", path.to_str().expect("UTF-8")]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).starts_with("error: "), "{}", stderr(&output));
        assert!(!stderr(&output).contains('\u{1b}'), "control characters are escaped");
    }
    let secret = "hunter2hunter2";
    let output = run(&["check", &format!("https://ada:{secret}@git.example.org/x.git")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!stderr(&output).contains(secret), "{}", stderr(&output));
}

#[test]
fn help_completions_and_manual() {
    for (args, wanted) in [
        (&["--help"][..], "Exit codes"),
        (&["completions", "bash"], "_civiclint"),
        (&["man"], ".TH civiclint"),
        (&["rules"], "data/undocumented-source"),
        (&["explain", "data/undocumented-source"], "How to mend it"),
        (&["explain", "data/undocumented-source", "--lang", "de"], "So beheben Sie es"),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
        assert!(stdout(&output).contains(wanted), "{args:?}: {}", stdout(&output));
        assert!(stderr(&output).is_empty(), "{args:?}");
    }
    let refused = run(&["check", "--as-of", "yesterday"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn eighty_columns_without_colour() {
    let built = without_licence();
    for lang in ["en", "de"] {
        for line in stdout(&check(&built, &["--lang", lang])).lines() {
            assert!(line.chars().count() <= 80, "{line}");
            assert!(!line.contains('\u{1b}'), "{line}");
        }
    }
    assert!(stdout(&check(&built, &["--color", "always"])).contains('\u{1b}'));
}

#[test]
fn a_repository_is_chosen_by_its_path_and_not_by_the_environment() {
    let built = without_licence();
    let other = fixture("licence/missing/ok-licence");
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().arg(built.path()).args(["--select", "licence/missing"]);
    let told = command.env("GIT_DIR", other.path().join(".git")).env("GIT_WORK_TREE", other.path()).output();
    assert_eq!(told.expect("the binary runs").status.code(), Some(1));
}

#[test]
fn reuse_is_a_drop_in() {
    let path = |built: &Built| built.path().to_str().expect("UTF-8").to_owned();
    let good = fixture("licence/missing-text/ok-all-there");
    let bad = fixture("licence/missing-text/finding-no-text");
    let broken = fixture("licence/file-without-licence/skip-broken-table");
    for (built, args, code) in [
        (&good, &[][..], 0),
        (&good, &["--json"], 0),
        (&bad, &["--json"], 1),
        (&bad, &["-l"], 1),
        (&bad, &["--quiet"], 1),
        (&bad, &["--json", "--lines"], 2),
        (&broken, &["--json"], 2),
    ] {
        let path = path(built);
        let mut all = vec!["reuse", path.as_str()];
        all.extend(args);
        let output = run(&all);
        assert_eq!(output.status.code(), Some(code), "{args:?}\n{}{}", stdout(&output), stderr(&output));
        let silent = code == 2 || args == ["--quiet"];
        assert_eq!(stdout(&output).is_empty(), silent, "{args:?}");
    }
    let lines = run(&["reuse", "--lines", &path(&bad)]);
    assert_eq!(stdout(&lines), "plant.py: missing license 'EUPL-1.2'\nwater.py: missing license 'EUPL-1.2'\n");
    let refused = run(&["reuse", "--lang", "de", &path(&broken)]);
    assert!(stderr(&refused).starts_with("Fehler: REUSE.toml: braucht den Schlüssel"), "{}", stderr(&refused));
    // what a person works on counts before git knows it, unless git ignores it
    fs::write(good.path().join("new.py"), "x\n").expect("a file");
    assert_eq!(run(&["reuse", "--quiet", &path(&good)]).status.code(), Some(1));
    fs::write(good.path().join(".git/info/exclude"), "new.py\n").expect("a file");
    assert_eq!(run(&["reuse", "--quiet", &path(&good)]).status.code(), Some(0));
}

#[test]
fn the_profile_asks_its_rules_only() {
    let built = fixture("licence/missing-text/finding-no-text");
    let output = check(&built, &["--profile", "reuse", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(report["profile"], "reuse");
    let ids: Vec<_> =
        report["rules"].as_array().expect("rules").iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), 5);
    assert!(ids.contains(&"licence/missing-text"), "{ids:?}");
    assert_eq!(report["repository"]["licence"], serde_json::Value::Null, "nobody asked");
    let text = stdout(&check(&built, &["--profile", "reuse"]));
    assert!(!text.contains("no licence recognised"), "{text}");
    let unknown = check(&built, &["--profile", "reus"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `reuse`"), "{}", stderr(&unknown));
}

#[test]
fn hundreds_of_files_stay_readable() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..500 {
        let below = folder.path().join(format!("src/part{}", number % 7));
        fs::create_dir_all(&below).expect("a folder");
        fs::write(below.join(format!("{number}.py")), "x = 1\n").expect("a file");
    }
    fs::write(folder.path().join("REUSE.toml"), "version = 1\n").expect("a file");
    let path = folder.path().to_str().expect("UTF-8");
    let text = stdout(&run(&["check", path, "--profile", "reuse"]));
    assert!(text.contains("1000 errors"), "{text}");
    assert!(text.lines().count() < 70, "{text}");
    assert!(text.contains("and 495 more: 71 in src/part0/"), "{text}");
}

#[test]
fn settings_of_rules() {
    let built = fixture("licence/not-open/ok-eupl");
    let select = ["--select", "licence/not-approved", "--set"];
    for (set, code, said) in [
        ("licence/not-approved.approved=EUPL-1.2,MIT", 0, "1 rule holds"),
        ("licence/not-approved.approved=MIT", 1, "licence/not-approved"),
        ("licence/not-approved.aproved=MIT", 2, "did you mean `approved`"),
        ("licence/not-aproved.approved=MIT", 2, "did you mean `licence/not-approved`"),
        ("maintenance/inactive.months=many", 2, "`many` is none"),
        ("docs/readme-missing.x=1", 2, "has no settings"),
        ("nonsense", 2, "there is no rule"),
    ] {
        let output = check(&built, &[select.as_slice(), &[set]].concat());
        let told = format!("{}{}", stdout(&output), stderr(&output));
        assert_eq!(output.status.code(), Some(code), "{set}\n{told}");
        assert!(told.contains(said), "{set}\n{told}");
    }
}
