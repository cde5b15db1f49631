//! Does the program keep to the policy that is to decide, and does the schema for editors say what the program says?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").current_dir(folder).args(args);
    command.output().expect("the binary runs")
}

fn told(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(both).expect("UTF-8")
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let all = [&["--as-of", common::SCAN_DAY, "--format", "json"], args].concat();
    let output = run(folder, &all);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", told(&output)))
}

fn ids(report: &Value) -> Vec<&str> {
    let rules = report["rules"].as_array().expect("rules");
    rules.iter().filter_map(|rule| rule["id"].as_str()).collect()
}

/// A repository whose branch `main` has one policy, and whose work tree, on another branch, has another.
fn pull_request(main: Option<&str>, here: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let repo = git2::Repository::init(folder.path()).expect("a repository");
    repo.set_head("refs/heads/main").expect("a branch");
    commit(&repo, &[("README.md", Some("# Trees\n\nCounts the trees of a city.\n")), ("civiclint.toml", main)]);
    repo.set_head("refs/heads/change").expect("a branch");
    commit(&repo, &[("civiclint.toml", here)]);
    drop(repo);
    folder
}

fn commit(repo: &git2::Repository, files: &[(&str, Option<&str>)]) {
    let mut index = repo.index().expect("an index");
    for (path, text) in files {
        let place = repo.workdir().expect("a work tree").join(path);
        match text {
            Some(text) => {
                fs::write(&place, text).expect("a file");
                index.add_path(Path::new(path)).expect("an entry");
            }
            None => {
                let _ = fs::remove_file(&place);
                index.remove_all([path], None).expect("an index");
            }
        }
    }
    index.write().expect("an index");
    let tree = repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let ada = git2::Signature::new("Ada", "ada@example.org", &git2::Time::new(1_795_000_000, 0)).expect("a name");
    let main = repo.find_reference("refs/heads/main").ok().and_then(|main| main.peel_to_commit().ok());
    let parents: Vec<_> = main.iter().collect();
    repo.commit(Some("HEAD"), &ada, &ada, "Work on it", &tree, &parents).expect("a commit");
}

#[test]
fn the_policy_of_the_tree_decides_unless_another_is_named() {
    let folder = pull_request(Some("extends = [\"minimal\"]\n"), Some("only = [\"docs/readme-missing\"]\n"));
    let path = folder.path();
    for (args, profile, rules, policy) in [
        (&[][..], "civic", 1, r#"{"not_applied":null,"own_differs":false,"path":"civiclint.toml","revision":null}"#),
        (
            &["--policy-rev", "main"],
            "minimal",
            6,
            r#"{"not_applied":null,"own_differs":true,"path":"civiclint.toml","revision":"main"}"#,
        ),
        (
            &["--policy-rev", "change"],
            "civic",
            1,
            r#"{"not_applied":null,"own_differs":false,"path":"civiclint.toml","revision":"change"}"#,
        ),
        (
            &["--rev", "main"],
            "minimal",
            6,
            r#"{"not_applied":null,"own_differs":false,"path":"civiclint.toml","revision":null}"#,
        ),
        (
            &["--no-policy", "--profile", "reuse"],
            "reuse",
            5,
            r#"{"not_applied":null,"own_differs":true,"path":null,"revision":null}"#,
        ),
        (
            &["--profile", "osps"],
            "osps",
            1,
            r#"{"not_applied":null,"own_differs":false,"path":"civiclint.toml","revision":null}"#,
        ),
        (
            &["--policy-rev", "main", "--profile", "reuse"],
            "reuse",
            5,
            r#"{"not_applied":null,"own_differs":true,"path":"civiclint.toml","revision":"main"}"#,
        ),
    ] {
        let report = json(path, args);
        assert_eq!(report["profile"], profile, "{args:?}");
        assert_eq!(ids(&report).len(), rules, "{args:?}");
        assert_eq!(report["policy"].to_string(), policy, "{args:?}");
    }
    let differs = told(&run(path, &["--policy-rev", "main", "--fail-on", "never", "--lang", "de"]));
    let differs = differs.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(differs.contains("die Richtlinie im geprüften Stand ist eine andere und zählt nicht"), "{differs}");
    let markdown = told(&run(path, &["--policy-rev", "main", "--fail-on", "never", "--format", "markdown"]));
    assert!(markdown.contains("Policy: "), "{markdown}");
}

#[test]
fn a_policy_that_comes_or_goes_in_a_pull_request() {
    let new = pull_request(None, Some("[rules]\n\"licence/missing\" = \"off\"\n"));
    assert_eq!(json(new.path(), &["--policy-rev", "main"])["policy"]["own_differs"], true);
    let gone = pull_request(Some("extends = [\"minimal\"]\n"), None);
    let report = json(gone.path(), &["--policy-rev", "main"]);
    assert_eq!((report["policy"]["own_differs"].clone(), ids(&report).len()), (Value::Bool(true), 6));
    assert_eq!(json(gone.path(), &[])["policy"], Value::Null);
}

#[test]
fn a_policy_counts_before_git_knows_it() {
    let folder = pull_request(None, None);
    fs::write(folder.path().join(".civiclint.toml"), "fail-on = \"never\"\nextends = [\"minimal\"]\n").expect("a file");
    let output = run(folder.path(), &["--as-of", common::SCAN_DAY]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(told(&output).contains("policy: .civiclint.toml"), "{}", told(&output));
    let output = run(folder.path(), &["--as-of", common::SCAN_DAY, "--fail-on", "error"]);
    assert_eq!(output.status.code(), Some(1), "the command line wins: {}", told(&output));
}

#[test]
fn what_is_left_out_is_counted() {
    let folder = pull_request(None, None);
    let path = folder.path();
    fs::write(path.join("civiclint.toml"), "exclude = [\"README.md\"]\nonly = [\"docs/readme-missing\"]\n")
        .expect("a file");
    let report = json(path, &[]);
    assert_eq!((report["left_out"].clone(), report["rules"][0]["verdict"].clone()), (1.into(), "finding".into()));
    let text = told(&run(path, &["--lang", "de"]));
    assert!(text.contains("1 Datei lässt die Richtlinie aus"), "{text}");
}

#[test]
fn how_far_it_has_come_decides_what_is_asked() {
    let folder = pull_request(None, None);
    let path = folder.path();
    let rule = |args: &[&str], id: &str, key: &str| {
        let rules = json(path, args)["rules"].as_array().expect("rules").clone();
        let found = rules.into_iter().find(|rule| rule["id"] == id).expect("the rule");
        found[key].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(rule(&[], "governance/contributing", "severity"), "warning");
    fs::write(path.join("README.md"), "# Trees\n\nThis project is no longer maintained.\n").expect("a file");
    assert_eq!(rule(&[], "governance/contributing", "severity"), "note");
    assert_eq!(rule(&["--select", "licence,governance"], "governance/contributing", "severity"), "note");
    assert_eq!(rule(&["--profile", "osps"], "governance/contributing", "severity"), "warning");
    let badge = "# Trees\n\n![concept](https://www.repostatus.org/badges/latest/concept.svg)\n";
    fs::write(path.join("README.md"), badge).expect("a file");
    let why = rule(&[], "docs/operation", "reason");
    assert_eq!(why, "the policy does not ask this where the state of development is concept");
    assert_ne!(rule(&["--select", "docs/operation"], "docs/operation", "reason"), why);
}

#[test]
fn what_is_wrong_ends_with_exit_code_2_and_nothing_on_stdout() {
    let folder = pull_request(Some("fail-on = \"eror\"\n"), None);
    let path = folder.path();
    fs::write(path.join("bad.toml"), "extends = [\"civik\"]\nlangauges = []\n").expect("a file");
    for (args, said) in [
        (&["--policy", "bad.toml"][..], "did you mean `civic`"),
        (&["--policy", "bad.toml"], "did you mean `languages`"),
        (&["--policy", "none.toml"], "there is no such file"),
        (&["--policy", "."], "this is no regular file"),
        (&["--policy-rev", "origin/main"], "git fetch --depth 1 origin"),
        (&["--profile", "opencod"], "did you mean `opencode`"),
        (&["--policy", "bad.toml", "--no-policy"], "cannot be used with"),
        (&["policy", "check", "bad.toml"], "bad.toml:2:1"),
        (&["policy", "show", "--policy", "bad.toml"], "bad.toml:2:1"),
    ] {
        let output = run(path, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", told(&output));
        assert!(output.stdout.is_empty() && told(&output).contains(said), "{args:?}: {}", told(&output));
    }
}

/// A mistake is shown in the line where it stands, and that line is a stranger's.
#[test]
fn what_a_wrong_policy_says_is_no_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "##[error]x = 1\n\"##[error]pwned\" = 1\n  ::error::pwned = 1\n";
    for text in [text, "\"##[error]pwned\" = 1\n", "[rules]\n\"##[error]pwned\" = \"off\"\n", "  ::error::pwned\n"] {
        fs::write(folder.path().join("evil.toml"), text).expect("a file");
        for args in [&["policy", "check", "evil.toml"][..], &["check", ".", "--policy", "evil.toml"]] {
            let told = told(&run(folder.path(), args));
            assert!(told.contains("evil.toml") && !told.contains("##["), "{told}");
            assert!(!told.lines().any(|line| line.trim_start().starts_with("::")), "{told}");
        }
    }
}

/// Puts something where the policy should be.
type Way = Box<dyn Fn(&Path)>;

/// What a repository says of itself can be wrong in as many ways as it likes: the report is made, everything is asked, and
/// it is said that its policy did not count.
#[test]
fn a_wrong_policy_of_the_repository_keeps_nobody_from_looking() {
    let off = "\"licence/missing\" = \"off\"\n";
    let right = pull_request(None, Some(&format!("[rules]\n{off}")));
    assert!(!findings(&json(right.path(), &[])).contains(&"licence/missing".to_owned()), "switched off");
    let link = |path: &Path| std::os::unix::fs::symlink("/etc/hostname", path).expect("a link");
    let large = |path: &Path| fs::File::create(path).and_then(|file| file.set_len(100 << 20)).expect("a large file");
    let text = |text: String| move |path: &Path| fs::write(path, &text).expect("a file");
    let ways: [(&str, Way); 6] = [
        ("there is no rule", Box::new(text(format!("[rules]\n\"licence/nowhere\" = \"off\"\n{off}")))),
        ("did you mean `error`", Box::new(text(format!("fail-on = \"eror\"\n[rules]\n{off}")))),
        ("and was not applied", Box::new(text(format!("]]]\u{1b}[31m\n::error::x\n[rules]\n{off}")))),
        ("leads out of the repository", Box::new(text(format!("extends = [\"../x.toml\"]\n[rules]\n{off}")))),
        ("symbolic link", Box::new(link)),
        ("larger than", Box::new(large)),
    ];
    for (said, way) in ways {
        let folder = pull_request(None, None);
        let path = folder.path();
        way(&path.join("civiclint.toml"));
        let report = json(path, &[]);
        assert!(findings(&report).contains(&"licence/missing".to_owned()), "{said}");
        assert_eq!(report["policy"]["not_applied"], "civiclint.toml", "{said}");
        let lost = report["losses"].to_string();
        assert!(lost.contains("civiclint.toml") && lost.contains("was not applied"), "{said}: {lost}");
        for format in ["text", "json", "sarif", "markdown", "html", "github", "gitlab", "junit", "rdjson"] {
            let args = ["--as-of", common::SCAN_DAY, "--format", format, "--fail-on", "never"];
            let output = run(path, &args);
            assert_eq!(output.status.code(), Some(3), "{said}, {format}: {}", told(&output));
            assert!(!output.stdout.is_empty(), "{said}, {format}");
            assert!(told(&output).contains("civiclint.toml"), "{said}, {format}: {}", told(&output));
        }
        assert_eq!(run(path, &["--policy", "civiclint.toml"]).status.code(), Some(2), "{said}: a person named it");
        assert_eq!(run(path, &["policy", "show"]).status.code(), Some(2), "{said}: a person asked for it");
    }
    let both = pull_request(Some("fail-on = \"eror\"\n"), Some(&format!("[rules]\n{off}")));
    let report = json(both.path(), &["--policy-rev", "main"]);
    assert!(findings(&report).contains(&"licence/missing".to_owned()), "nor does what the base cannot say");
    assert_eq!(report["policy"]["not_applied"], "civiclint.toml");
    let german = told(&run(both.path(), &["--policy-rev", "main", "--lang", "de"]));
    assert!(german.contains("aus main ist fehlerhaft und zählt nicht"), "{german}");
}

fn findings(report: &Value) -> Vec<String> {
    let rules = report["rules"].as_array().expect("rules").iter();
    let found = rules.filter(|rule| rule["verdict"] == "finding");
    found.filter_map(|rule| rule["id"].as_str().map(str::to_owned)).collect()
}

#[test]
fn what_is_in_force_is_shown() {
    let prose = tempfile::tempdir().expect("a folder");
    fs::write(prose.path().join("README.md"), "# Trees\n\nHow the city counts its trees.\n").expect("a file");
    let few = common::root().join("fixtures/policies/good/few.toml");
    fs::copy(few, prose.path().join("few.toml")).expect("a copy");
    for (lang, rest) in [("en", "Not asked\n"), ("de", "Nicht gefragt\n")] {
        let output = run(prose.path(), &["policy", "show", "--lang", lang, "--policy", "few.toml"]);
        let text = told(&output);
        assert_eq!(output.status.code(), Some(0), "{text}");
        // How many rules there are beside these is not for this test to say.
        let (text, others) = text.split_once(rest).unwrap_or_else(|| panic!("{text}"));
        assert!(others.lines().all(|line| line.chars().count() <= 80), "{others}");
        let all = civiclint::rule::shipped().expect("pages that hold").len().to_string();
        insta::assert_snapshot!(format!("policy.show.{lang}"), text.replace(&all, "ALL"));
    }
    let root = common::root().join("fixtures/policies/good/house");
    let document: Value =
        serde_json::from_slice(&run(&root, &["policy", "show", "--format", "json"]).stdout).expect("JSON");
    let schema = fs::read_to_string(common::root().join("schemas/policy-in-force-1.schema.json")).expect("a schema");
    let schema: Value = serde_json::from_str(&schema).expect("a schema");
    let validator = jsonschema::draft202012::new(&schema).expect("a valid schema");
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let rules = document["rules"].as_array().expect("rules");
    let inactive = rules.iter().find(|rule| rule["id"] == "maintenance/inactive").expect("the rule");
    assert_eq!(inactive["settings"]["months"].to_string(), r#"{"by":"civiclint.toml:4","value":36}"#);
    assert_eq!(inactive["severity"].to_string(), r#"{"by":".policies/base.toml:4","value":"note"}"#);
    let checked = run(&root, &["policy", "check", "civiclint.toml"]);
    assert_eq!(told(&checked), "The policy holds.\n");
}

/// A policy as editors see it: a date is a string to them.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(yes) => (*yes).into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.iter().map(as_json).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(common::root().join("fixtures/policies").join(folder)).expect("the fixtures");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn the_schema_says_what_the_program_says() {
    let path = common::root().join("schemas/policy-1.schema.json");
    let wanted = civiclint::policy::schema::schema(&civiclint::rule::shipped().expect("pages that hold"));
    if std::env::var_os("UPDATE_INDEX").is_some() {
        fs::write(&path, &wanted).expect("the schema");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == wanted, "the schema is out of date: run UPDATE_INDEX=1 cargo test --test policy");
    let schema: Value = serde_json::from_str(&found).expect("a schema");
    let validator = jsonschema::draft7::new(&schema).expect("a valid schema");
    let profiles = fs::read_dir(common::root().join("profiles")).expect("the profiles");
    let profiles = profiles.map(|entry| entry.expect("an entry").path());
    for path in files("good").into_iter().chain(profiles) {
        let text = fs::read_to_string(&path).expect("a policy");
        let policy = as_json(&toml::Value::Table(text.parse().expect("TOML")));
        let errors: Vec<String> = validator.iter_errors(&policy).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
    }
    for path in files("bad") {
        // What a glob means, and what is no TOML, no schema can tell.
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let Ok(table) = fs::read_to_string(&path).expect("a policy").parse::<toml::Table>() else { continue };
        let refused = !validator.is_valid(&as_json(&toml::Value::Table(table)));
        assert_eq!(refused, name != "glob", "{name}");
    }
}
