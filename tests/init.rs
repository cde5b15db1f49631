//! Does `civiclint init` write documents that hold, never over anything, and nothing that nobody said?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FIXTURES: &[&str] = &["npm-de", "python-en", "rust-en", "maven-de", "r-data-de", "no-git-en"];

fn fixture(name: &str) -> common::Built {
    common::build(&common::root().join("fixtures/init").join(name))
}

fn run(args: &[&str], path: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").args(args).arg(path);
    command.output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ snapshot_path => "snapshots/init", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name.to_owned(), text);
    });
}

/// Everything that only a person can know.
const ALL: &[&str] = &[
    "--contact",
    "Parks office <baeume@stadt-muster.de>",
    "--organisation",
    "Stadt Muster",
    "--set",
    "developmentStatus=beta",
    "--set",
    "maintenance=internal",
    "--set",
    "softwareType=standalone/other",
    "--set",
    "platforms=web,linux",
    "--set",
    "availableLanguages=de",
    "--set",
    "localisationReady=no",
    "--set",
    "features=Shows trees: old, and new",
];

/// What a repository that says little of itself does not say.
const MORE: &[&str] = &[
    "--set",
    "url=https://gitlab.opencode.de/stadt-muster/baeume",
    "--set",
    "name=Bäume",
    "--set",
    "shortDescription=Zeigt, welche Bäume Wasser brauchen.",
    "--set",
    "license=EUPL-1.2",
    "--set",
    "longDescription=Zeigt auf einer Karte, welche der jungen Bäume in den Straßen Wasser brauchen, und wer sie zuletzt \
     gegossen hat. Die Nachbarschaft trägt ein, was sie getan hat, und das Amt sieht, wo es fehlt.",
];

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = all.filter(|entry| {
        entry.file_type().is_file() && !entry.path().components().any(|part| part.as_os_str() == ".git")
    });
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).expect("readable"))).collect()
}

/// What a check finds: rule and place.
fn findings(path: &Path) -> BTreeSet<(String, String, String)> {
    let output = run(&["check", "--format", "json", "--fail-on", "never", "--as-of", common::SCAN_DAY], path);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let rules = report["rules"].as_array().expect("rules");
    let found = rules.iter().flat_map(|rule| {
        let id = rule["id"].as_str().expect("an id").to_owned();
        let findings = rule["findings"].as_array().cloned().unwrap_or_default();
        findings.into_iter().map(move |one| (id.clone(), one["path"].to_string(), one["message"].to_string()))
    });
    found.collect()
}

/// Adds everything to git's index, which is what a check looks at.
fn add(path: &Path) {
    if path.join(".git").exists() {
        let added = Command::new("git").current_dir(path).args(["add", "-A"]).status().expect("git runs");
        assert!(added.success());
    }
}

#[test]
fn what_is_printed() {
    for name in FIXTURES {
        let built = fixture(name);
        for lang in ["en", "de"] {
            let output = run(&["init", "--lang", lang], &built.path());
            let told = text(&output.stderr).replace(&built.path().display().to_string(), "REPO");
            assert_eq!(output.status.code(), Some(0), "{name}: {told}");
            let printed = format!("{}\n--- stderr ---\n{told}", text(&output.stdout));
            for line in told.lines().filter(|line| !line.contains("REPO")) {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
            if lang == "en" || *name == "npm-de" {
                snapshot(&format!("{name}.{lang}"), &printed);
            }
        }
    }
}

#[test]
fn the_language_is_that_of_the_readme() {
    for (name, german) in [("npm-de", true), ("python-en", false), ("maven-de", true)] {
        let output = run(&["init", "--only", "contributing"], &fixture(name).path());
        assert_eq!(text(&output.stdout).starts_with("# Mitmachen"), german, "{name}");
        assert!(text(&output.stderr).contains("Next:"), "messages are in the locale's language");
    }
}

#[test]
fn nothing_is_written_unless_asked() {
    for name in FIXTURES {
        let built = fixture(name);
        let before = files(&built.path());
        run(&["init"], &built.path());
        assert_eq!(files(&built.path()), before, "{name}");
    }
}

#[test]
fn what_is_incomplete_is_not_written_but_told() {
    let built = fixture("python-en");
    let output = run(&["init", "--write"], &built.path());
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(output.stdout.is_empty());
    assert!(told.contains("SECURITY.md") && told.contains("--contact …"), "{told}");
    for name in ["SECURITY.md", "CODE_OF_CONDUCT.md", "publiccode.yml"] {
        assert!(!built.path().join(name).exists(), "{name}");
    }
    for (path, bytes) in files(&built.path()) {
        assert!(!text(&bytes).contains(['‹', '›']), "{}", path.display());
    }
}

/// What it writes passes the rules it serves, and brings nothing new. That nobody says under which terms a source's data
/// may be used was not to be seen while nobody named the source.
#[test]
fn what_it_writes_passes_the_rules_it_serves() {
    let served = [
        "docs/publiccode",
        "docs/publiccode-invalid",
        "docs/citation-invalid",
        "docs/metadata-conflict",
        "docs/placeholder",
        "docs/contact",
        "maintenance/no-security-policy",
        "governance/contributing",
        "governance/code-of-conduct",
        "governance/issue-channel",
        "data/undocumented-source",
        "data/undocumented-model",
    ];
    for name in FIXTURES {
        for lang in ["en", "de"] {
            let built = fixture(name);
            let path = built.path();
            let before = findings(&path);
            let known = files(&path);
            let more = if ["r-data-de", "no-git-en"].contains(name) { MORE } else { &[] };
            let args: Vec<&str> = ["init", "--write", "--lang", lang].iter().chain(ALL).chain(more).copied().collect();
            let output = run(&args, &path);
            assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
            assert!(!text(&output.stderr).contains("--set"), "{name}: {}", text(&output.stderr));
            let after_files = files(&path);
            for (file, bytes) in &known {
                assert_eq!(after_files.get(file), Some(bytes), "{}", file.display());
            }
            add(&path);
            let after = findings(&path);
            let still: Vec<_> = after.iter().filter(|(rule, ..)| served.contains(&rule.as_str())).collect();
            assert!(still.is_empty(), "{name} {lang}: {still:?}\n{}", text(&output.stderr));
            let new: Vec<_> =
                after.difference(&before).filter(|(rule, ..)| rule != "data/source-without-terms").collect();
            assert!(new.is_empty(), "{name} {lang}: {new:?}");
            let again = run(&args, &path);
            assert_eq!(files(&path), after_files, "{name}: a second run writes nothing");
            assert!(text(&again.stderr).starts_with("Nothing was written.") || lang == "de", "{}", text(&again.stderr));
        }
    }
}

#[test]
fn what_is_there_under_any_name_is_left_alone() {
    let built = fixture("rust-en");
    let path = built.path();
    for (name, bytes) in
        [("CONTRIBUTING.rst", "x\n"), (".github/SECURITY.md", ""), ("citation.cff", "x"), (".civiclint.toml", "")]
    {
        fs::create_dir_all(path.join(name).parent().expect("a folder")).expect("made");
        fs::write(path.join(name), bytes).expect("written");
    }
    let before = files(&path);
    let args: Vec<&str> =
        ["init", "--write", "--only", "contributing,security,citation,policy"].iter().chain(ALL).copied().collect();
    let output = run(&args, &path);
    let told = text(&output.stderr);
    assert_eq!(files(&path), before, "{told}");
    for name in ["CONTRIBUTING.rst", ".github/SECURITY.md", "citation.cff", ".civiclint.toml"] {
        assert!(told.contains(name), "{told}");
    }
}

/// What stands in a comment of the policy is there to be said one day.
#[test]
fn the_policy_holds_as_it_is_and_with_every_comment_taken_off() {
    let folder = tempfile::tempdir().expect("a folder");
    for lang in ["en", "de"] {
        let args = ["init", "--only", "policy", "--lang", lang, "--profile", "opencode"];
        let policy = text(&run(&args, &fixture("rust-en").path()).stdout);
        let bare = |line: &str| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_lowercase() || "[\"".contains(c)) => rest.to_owned(),
            _ => line.to_owned(),
        };
        let said = policy.lines().map(bare).collect::<Vec<_>>().join("\n");
        assert!(said.contains("\n[[waivers]]") && said.contains("\n[licence]"), "{said}");
        for text_of in [&policy, &said] {
            let file = folder.path().join("civiclint.toml");
            fs::write(&file, text_of).expect("written");
            let checked = run(&["policy", "check"], &file);
            assert_eq!(checked.status.code(), Some(0), "{}\n{text_of}", text(&checked.stderr));
        }
    }
}

#[test]
fn links_are_no_way_out() {
    let outside = tempfile::tempdir().expect("a folder");
    let built = fixture("rust-en");
    let path = built.path();
    symlink(outside.path().join("planted"), path.join("SECURITY.md")).expect("a link");
    symlink(outside.path(), path.join("CONTRIBUTING.md")).expect("a link");
    symlink("../..", path.join("CODE_OF_CONDUCT.md")).expect("a link");
    fs::create_dir(path.join("publiccode.yml")).expect("a folder of that name");
    let args: Vec<&str> = ["init", "--write"].iter().chain(ALL).copied().collect();
    let output = run(&args, &path);
    assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 0);
    for name in ["SECURITY.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md"] {
        assert!(fs::symlink_metadata(path.join(name)).expect("there").is_symlink(), "{name}");
        assert!(text(&output.stderr).contains(name), "{}", text(&output.stderr));
    }
    assert!(path.join("publiccode.yml").is_dir());
    assert!(path.join("civiclint.toml").is_file(), "what is free is written");
}

#[test]
fn a_folder_that_may_not_be_written_to() {
    const NOBODY: u32 = 65_534;
    let built = fixture("no-git-en");
    let path = built.path();
    let before = files(&path);
    for folder in [path.as_path(), path.parent().expect("a folder")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).expect("permissions");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().env("LC_ALL", "C.UTF-8").args(["init", "--write"]).arg(&path);
    // Nothing is forbidden to root.
    if fs::write(path.join("probe"), "").is_ok() {
        fs::remove_file(path.join("probe")).expect("removed");
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command.output().expect("the binary runs");
    for folder in [path.as_path(), path.parent().expect("a folder")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("permissions");
    }
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{told}");
    assert!(told.contains("the folder may not be written to"), "{told}");
    assert!(told.lines().all(|line| !line.starts_with("Written")), "{told}");
    assert_eq!(files(&path), before);
}

#[test]
fn a_bare_repository_is_read_and_not_written_to() {
    let built = fixture("rust-en");
    let bare = built.path().join("../bare.git");
    let cloned = Command::new("git").args(["clone", "-q", "--bare"]).arg(built.path()).arg(&bare).status();
    assert!(cloned.expect("git runs").success());
    let output = run(&["init", "--only", "policy"], &bare);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("extends = [\"civic\"]"));
    let refused = run(&["init", "--write"], &bare);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("bare repository"));
}

#[test]
fn hostile_values_stay_values() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let nasty = "x\"\nurl: https://evil.example\nlegal: {license: none}\n# \u{1b}[2J\u{202e}::error::y <script>alert(1)</script> ![a](b) `c`";
    let package = serde_json::json!({
        "name": nasty, "description": format!("A map of trees {nasty}"), "author": format!("Ada {nasty}"),
        "repository": "https://git.stadt-muster.de/a/b\nx: y", "homepage": "https://stadt-muster.de/<x>",
        "bugs": "javascript:alert(1)", "version": nasty, "maintainers": [{"name": nasty, "email": "a@b.de> x: y"}],
    });
    fs::write(path.join("package.json"), package.to_string()).expect("written");
    fs::write(
        path.join("README.md"),
        format!("# {nasty}\n\n{nasty} is what it says here.\n\n## Features\n\n- {nasty}\n"),
    )
    .expect("written");
    fs::write(path.join("index.js"), "fetch(\"https://data.stadt-muster.de/a|b`c.json\").then((r) => r.json());\n")
        .expect("written");
    fs::create_dir_all(path.join("locales")).expect("made");
    for name in ["de.json", "en.json", "x\ny.json"] {
        fs::write(path.join("locales").join(name), "{}").expect("written");
    }
    let git =
        |args: &[&str]| assert!(Command::new("git").current_dir(path).args(args).status().expect("git runs").success());
    git(&["init", "-q"]);
    git(&["remote", "add", "origin", "https://user:secret@git.stadt-muster.de/\"><x>/b"]);
    let args: Vec<&str> = ["init"].iter().chain(ALL.iter().take(4)).copied().collect();
    let output = run(&args, path);
    let printed = text(&output.stdout) + &text(&output.stderr);
    assert!(!printed.contains(['\u{1b}', '\u{202e}']), "{printed}");
    assert!(!printed.contains("secret"), "{printed}");
    assert!(!printed.lines().any(|line| line.trim_start().starts_with("::")), "{printed}");
    for line in printed.lines() {
        assert!(!line.starts_with("url: https://evil"), "{printed}");
        assert!(!line.starts_with("legal: {"), "{printed}");
    }
    let written = run(&["init", "--write", "--contact", "a@stadt-muster.de", "--set", "name=Karte"], path);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    for (file, bytes) in files(path) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if ["CITATION.cff", "SECURITY.md", "CONTRIBUTING.md", "DATA.md", "CODE_OF_CONDUCT.md"].contains(&name.as_str())
        {
            let text = text(&bytes);
            assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.contains("\nurl: https://evil"), "{text}");
            assert!(name.ends_with("cff") || !text.contains("<script"), "{text}");
        }
    }
}

#[test]
fn wrong_values_are_refused_with_the_option() {
    let built = fixture("rust-en");
    for (args, words) in [
        (&["--set", "developmentStatus=finished"][..], "--set developmentStatus"),
        (&["--set", "colour=red"], "`--set` knows no key `colour`"),
        (&["--contact", "nobody"], "neither an e-mail address"),
        (&["--profile", "none"], "there is no profile `none`"),
        (&["--approved", "Beerware-ish"], "no id of the SPDX list"),
        (&["--only", "readme"], "invalid value"),
    ] {
        let args: Vec<&str> = ["init"].iter().chain(args).copied().collect();
        let output = run(&args, &built.path());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(words), "{args:?}: {}", text(&output.stderr));
    }
}
