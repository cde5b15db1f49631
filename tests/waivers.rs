//! Do waivers and baselines take out what they are about, and nothing else?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use civiclint::judge::judge_in_two_steps;
use civiclint::output::{baseline, encode, github, gitlab, json, junit, markdown, rdjson, sarif, text};
use civiclint::phrase::Lang;
use civiclint::reading::Readings;
use civiclint::report::{Outcome, Report, Waived};
use civiclint::repository::Repository;
use civiclint::rule::{self, Rule};
use civiclint::signal::Place;
use civiclint::untrusted::Untrusted;
use civiclint::waiver::{self, Baseline, Waiver, Waivers};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn shipped() -> Vec<Rule> {
    rule::shipped().unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

fn open(folder: &Path) -> Repository {
    Repository::open(folder, common::options()).unwrap_or_else(|error| panic!("{:?}", error.why))
}

fn look(repo: &Repository, policy: &[Waiver]) -> Report {
    look_with(repo, policy, shipped())
}

fn look_with(repo: &Repository, policy: &[Waiver], rules: Vec<Rule>) -> Report {
    let readings = Readings::new(repo);
    let waivers = Waivers::new(policy, true, &rules);
    let later = (waiver::SUBJECT, |outcomes: &mut [Outcome]| waivers.apply(outcomes, &readings));
    judge_in_two_steps(&readings, rules, Untrusted::from("."), "civic", true, later)
}

/// A repository with findings of several rules in several files.
struct Yard(tempfile::TempDir);

const README: &str = "# Tree map\n\nShows the street trees of Musterstadt on a map, for people who water them.\n";
const LOAD: &str = "import pandas as pd\n\ntrees = pd.read_csv(\"http://opendata.stadt-muster.de/trees/2024.csv\")\n\
                    stops = pd.read_csv(\"http://data.verkehr-muster.de/stops/2024.csv\")\n";

impl Yard {
    fn new() -> Self {
        let yard = Self(tempfile::tempdir().expect("a folder"));
        yard.put("README.md", README);
        yard.put("src/load.py", LOAD);
        yard.put(
            "src/again.py",
            "import requests\n\nrequests.get(\"http://opendata.stadt-muster.de/wells/2024.csv\")\n",
        );
        yard
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn look(&self, policy: &[Waiver]) -> Report {
        look(&open(self.0.path()), policy)
    }

    fn with(&self, baseline: &Baseline) -> Report {
        let repo = open(self.0.path());
        let mut report = look(&repo, &[]);
        baseline.apply(&mut report, &repo);
        report
    }
}

/// What counts: rule, path, line and name.
type Shown = (String, String, u32, String);

fn shown(outcome: &Outcome, finding: &civiclint::report::Finding) -> Shown {
    let path = finding.place.path.as_ref().map(|path| path.lossy().into_owned()).unwrap_or_default();
    let line = finding.place.span.map_or(0, |span| span.line);
    (outcome.rule.id.clone(), path, line, finding.called.lossy().into_owned())
}

fn counted(report: &Report) -> BTreeSet<Shown> {
    let of = |outcome: &Outcome| outcome.verdict.findings().iter().map(|one| shown(outcome, one)).collect::<Vec<_>>();
    report.outcomes.iter().flat_map(of).collect()
}

fn waived(report: &Report) -> BTreeSet<Shown> {
    let of = |outcome: &Outcome| outcome.waived.iter().map(|one| shown(outcome, &one.finding)).collect::<Vec<_>>();
    report.outcomes.iter().flat_map(of).collect()
}

fn entry(rule: &str, pattern: Option<&str>) -> Waiver {
    let glob = |pattern: &str| globset::Glob::new(pattern).expect("a pattern").compile_matcher();
    Waiver {
        rule: rule.to_owned(),
        path: pattern.map(glob),
        called: None,
        reason: "for a test".into(),
        until: None,
        place: Place::file(&"civiclint.toml".into()),
    }
}

fn about_waivers(found: &BTreeSet<Shown>) -> BTreeSet<Shown> {
    found.iter().filter(|(rule, ..)| rule.starts_with("waivers/")).cloned().collect()
}

#[test]
fn a_waiver_of_one_thing_removes_only_that() {
    let yard = Yard::new();
    let before = counted(&yard.look(&[]));
    assert!(before.iter().map(|(rule, ..)| rule).collect::<BTreeSet<_>>().len() > 5, "{before:?}");
    for (rule, path, ..) in &before {
        let of_file = (!path.is_empty()).then_some(path.as_str());
        for pattern in [None, of_file] {
            let report = yard.look(&[entry(rule, pattern)]);
            let is_meant = |one: &&Shown| one.0 == *rule && pattern.is_none_or(|pattern| one.1 == pattern);
            let expected: BTreeSet<Shown> = before.iter().filter(is_meant).cloned().collect();
            assert_eq!(waived(&report), expected, "{rule} {pattern:?}");
            assert_eq!(counted(&report), before.difference(&expected).cloned().collect(), "{rule} {pattern:?}");
        }
    }
}

#[test]
fn a_comment_waives_its_line_and_the_one_below() {
    let yard = Yard::new();
    let before = counted(&yard.look(&[]));
    let insecure = |line| ("data/insecure-source".to_owned(), "src/load.py".to_owned(), line);
    let is =
        |found: &BTreeSet<Shown>, line| found.iter().any(|one| (one.0.clone(), one.1.clone(), one.2) == insecure(line));
    assert!(is(&before, 3) && is(&before, 4));
    let behind = LOAD.replace("trees/2024.csv\")", "trees/2024.csv\")  # civiclint: ignore data/insecure-source -- x");
    yard.put("src/load.py", &behind);
    let report = yard.look(&[]);
    assert!(is(&waived(&report), 3) && is(&counted(&report), 4));
    assert_eq!(counted(&report).union(&waived(&report)).cloned().collect::<BTreeSet<_>>(), before);
    yard.put("src/load.py", &format!("# civiclint: ignore-file data/insecure-source -- x\n{LOAD}"));
    let report = yard.look(&[]);
    assert!(is(&waived(&report), 4) && is(&waived(&report), 5));
    assert_eq!(waived(&report).len(), 2);
}

#[test]
fn comments_are_found_where_nobody_asks_for_them() {
    let yard = Yard::new();
    yard.put("src/load.py", &LOAD.replace("\nstops", "  # civiclint: ignore data/insecure-source -- x\nstops"));
    let one: Vec<Rule> = shipped().into_iter().filter(|rule| rule.id == "data/insecure-source").collect();
    let report = look_with(&open(yard.0.path()), &[], one);
    assert_eq!((waived(&report).len(), counted(&report).len()), (1, 2));
}

#[test]
fn a_baseline_knows_what_was_there() {
    let yard = Yard::new();
    let first = yard.look(&[]);
    let baseline = Baseline::of(&first, Vec::new());
    assert_eq!(baseline.known().len(), counted(&first).len());
    let read = Baseline::read(&baseline::render(&baseline)).expect("a baseline");
    assert_eq!(read, baseline);
    let again = yard.with(&read);
    assert_eq!((counted(&again).len(), waived(&again)), (0, counted(&first)));
    assert_eq!(again.level, first.level, "nobody has said why it should not count for the level");
    assert_ne!(first.level, Some(civiclint::rule::Level::Sustained));
    assert_eq!(again.baseline.as_ref().map(|known| known.gone), Some(0));

    // Lines move, blank lines come and go.
    yard.put("src/load.py", &format!("# one\n# two\n\n{}\n\n# end\n", LOAD.replace("\n\n", "\n\n\n\n")));
    assert_eq!(counted(&yard.with(&read)).len(), 0);

    // Something new.
    yard.put("src/load.py", &format!("{LOAD}parks = pd.read_csv(\"http://parks-muster.de/parks.csv\")\n"));
    let new = counted(&yard.with(&read));
    assert!(!new.is_empty() && new.iter().all(|(.., called)| called == "parks-muster.de"), "{new:?}");

    // Something mended.
    yard.put("src/load.py", &LOAD.replace("http://opendata", "https://opendata"));
    let mended = yard.with(&read);
    assert_eq!(counted(&mended).len(), 0);
    assert_eq!(mended.baseline.map(|known| known.gone), Some(1));
}

#[test]
fn files_that_move_take_their_findings_along() {
    let baseline = |yard: &Yard| Baseline::of(&yard.look(&[]), Vec::new());
    let insecure = |report: &Report| -> BTreeSet<Shown> {
        counted(report).into_iter().filter(|(rule, ..)| rule == "data/insecure-source").collect()
    };
    let yard = Yard::new();
    let known = baseline(&yard);
    fs::create_dir(yard.path("lib")).expect("a folder");
    fs::rename(yard.path("src/load.py"), yard.path("lib/load.py")).expect("moved");
    assert_eq!(insecure(&yard.with(&known)), BTreeSet::new(), "moved to another folder");
    fs::rename(yard.path("lib/load.py"), yard.path("src/fetch.py")).expect("renamed");
    assert_eq!(insecure(&yard.with(&known)), BTreeSet::new(), "renamed in its folder");
    yard.put("src/load.py", LOAD);
    assert_eq!(insecure(&yard.with(&known)).len(), 2, "a copy of a file that is still there is new");
    fs::remove_file(yard.path("src/load.py")).expect("removed");
    fs::rename(yard.path("src/fetch.py"), yard.path("lib/other.py")).expect("moved and renamed");
    assert_eq!(insecure(&yard.with(&known)).len(), 2, "moved and renamed is new");
}

#[test]
fn what_was_not_judged_stays_known() {
    let yard = Yard::new();
    let repo = open(yard.0.path());
    let known = Baseline::of(&look(&repo, &[]), Vec::new());
    let one: Vec<Rule> = shipped().into_iter().filter(|rule| rule.id == "data/insecure-source").collect();
    yard.put("src/load.py", &LOAD.replace("http:", "https:"));
    fs::remove_file(yard.path("src/again.py")).expect("removed");
    let repo = open(yard.0.path());
    let mut report = look_with(&repo, &[], one);
    let kept = known.apply(&mut report, &repo);
    assert!(kept.iter().all(|one| one.rule != "data/insecure-source") && !kept.is_empty());
    assert_eq!(report.baseline.map(|known| known.gone), Some(3));
    let next = Baseline::of(&report, kept);
    assert_eq!(next.known().len(), known.known().len() - 3);
    report.losses.push(civiclint::repository::Loss { path: None, why: civiclint::phrase::Phrase::new("x", "x") });
    assert_eq!(known.apply(&mut report, &repo).len(), known.known().len(), "nothing is dropped where not all was seen");
}

#[test]
fn what_is_no_baseline_is_refused() {
    let good = baseline::render(&Baseline::of(&Yard::new().look(&[]), Vec::new()));
    let print = "0123456789abcdef".repeat(4);
    let with = |entry: &str| format!("{{\"schema\": \"{}\", \"findings\": [{entry}]}}", waiver::SCHEMA);
    for text in [
        "",
        "[]",
        "{}",
        "null",
        "# a README\n",
        good.get(..good.len() / 2).expect("half"),
        &good.replace("baseline/1", "baseline/2"),
        &good.replace("\"rule\"", "\"rules\""),
        &with("{\"rule\": \"a/b\", \"path\": null, \"called\": \"\", \"fingerprint\": \"12\"}"),
        &"[".repeat(1 << 20),
    ] {
        assert!(Baseline::read(text).is_err(), "{}", text.get(..80).unwrap_or(text));
    }
    let one = with(&format!("{{\"rule\": \"a/b\", \"path\": null, \"called\": \"\", \"fingerprint\": \"{print}\"}}"));
    assert!(Baseline::read(&one).is_ok());
    let schema = serde_json::from_str(include_str!("../schemas/baseline-1.schema.json")).expect("a schema");
    let validator = jsonschema::draft202012::new(&schema).expect("a valid schema");
    for (text, yes) in [(&good, true), (&one, true), (&one.replace("null", "1"), false)] {
        assert_eq!(validator.is_valid(&serde_json::from_str(text).expect("JSON")), yes, "{text}");
    }
}

/// A reason that tries everything.
const HOSTILE: &str = "\u{1b}[2J\n::error::pwned ##[error]x <b>y</b> [z](https://hostile.example) \u{202e}";

fn with_waived() -> Report {
    let yard = Yard::new();
    let mut policy = entry("licence/missing", None);
    policy.until = Some("2027-06-30".parse().expect("a date"));
    policy.reason = HOSTILE.into();
    let mut insecure = entry("data/insecure-source", Some("src/again.py"));
    insecure.reason = HOSTILE.into();
    yard.put("src/load.py", &format!("# civiclint: ignore-file data/insecure-source -- the city has no https\n{LOAD}"));
    yard.look(&[policy, insecure])
}

#[test]
fn every_output_tells_what_is_waived() {
    let report = with_waived();
    let all: Vec<&Waived> = report.outcomes.iter().flat_map(|outcome| &outcome.waived).collect();
    assert_eq!(all.len(), 4);
    assert!(report.outcomes.iter().any(|one| one.rule.id == "data/insecure-source" && one.verdict.name() == "finding"));
    for lang in [Lang::En, Lang::De] {
        let verbose = text::Style { lang, verbose: true, ..text::Style::default() };
        let brief = text::render(&report, &text::Style { lang, ..text::Style::default() });
        let told = text::render(&report, &verbose);
        assert!(told.contains("the city has no https") && !brief.contains("the city has no https"));
        for told in [&brief, &told] {
            let flat = told.replace('\n', " ");
            assert!(flat.contains(lang.pick("4 findings waived", "4 Befunde ausgenommen")), "{told}");
            assert!(!told.contains("data/insecure-source]"), "no headline without a finding: {told}");
        }
        let markdown = markdown::render(&report, lang);
        assert!(markdown.contains("the city has no https") && markdown.contains("\\[z\\](https"), "{markdown}");
        let github = github::render(&report, lang);
        assert!(!github.contains("data/insecure-source)"), "{github}");
        for told in [&brief, &told, &markdown, &github, &junit::render(&report, lang)] {
            assert!(!told.contains('\u{1b}') && !told.contains('\u{202e}') && !told.contains("##["), "{told}");
            assert!(!told.lines().any(|line| line.trim_start().starts_with("::error::pwned")), "{told}");
        }
        assert!(!gitlab::render(&report, lang).contains("insecure-source"));
        assert!(!rdjson::render(&report, lang).contains("insecure-source"));
        let junit = junit::render(&report, lang);
        assert!(junit.contains("<system-out>") && junit.contains("the city has no https"), "{junit}");
    }
    let json: serde_json::Value = serde_json::from_str(&json::render(&report, Lang::En)).expect("JSON");
    assert_eq!(json["counts"]["waived"], 4);
    let rules = json["rules"].as_array().expect("rules");
    let found = |id: &str| rules.iter().find(|rule| rule["id"] == id).expect("a rule")["findings"].clone();
    let by: Vec<serde_json::Value> = found("data/insecure-source")
        .as_array()
        .expect("findings")
        .iter()
        .map(|one| one["waiver"]["by"].clone())
        .collect();
    assert_eq!(by, ["policy", "line", "line"]);
    assert_eq!(found("licence/missing")[0]["waiver"]["until"], "2027-06-30");
    assert!(encode::visible(HOSTILE.as_bytes()).contains("\\u{1b}"));
    let schema = serde_json::from_str(include_str!("../schemas/report-1.schema.json")).expect("a schema");
    assert!(jsonschema::draft202012::new(&schema).expect("a valid schema").is_valid(&json));
}

#[test]
fn sarif_leaves_them_out_unless_asked() {
    let report = with_waived();
    let results = |text: &str| -> Vec<serde_json::Value> {
        let log: serde_json::Value = serde_json::from_str(text).expect("JSON");
        log["runs"][0]["results"].as_array().expect("results").clone()
    };
    let plain = results(&sarif::render(&report, Lang::En, None));
    assert!(plain.iter().all(|one| one["ruleId"] != "data/insecure-source" && one.get("suppressions").is_none()));
    let all = results(&sarif::render_with_waived(&report, Lang::En, None));
    assert_eq!(all.len(), plain.len() + 4);
    assert!(all.iter().all(|one| one["suppressions"].is_array()));
    let kinds: Vec<&serde_json::Value> = all
        .iter()
        .filter(|one| one["ruleId"] == "data/insecure-source")
        .map(|one| &one["suppressions"][0]["kind"])
        .collect();
    assert_eq!(kinds, ["external", "inSource", "inSource"]);
}

#[test]
fn waivers_are_judged_by_what_they_waive() {
    let yard = Yard::new();
    let policy = [entry("licence/missing", None), entry("data/insecure-source", Some("data/**"))];
    let found = counted(&yard.look(&policy));
    let about: Vec<String> =
        about_waivers(&found).into_iter().map(|(rule, .., called)| format!("{rule} {called}")).collect();
    assert_eq!(about, ["waivers/unused data/insecure-source"]);
    let mut elsewhere = entry("data/insecure-source", Some("data/**"));
    elsewhere.place = Place::default();
    assert!(about_waivers(&counted(&yard.look(&[elsewhere]))).is_empty(), "a policy that others share too");
}

fn run(yard: &Yard, options: &[&str]) -> (Option<i32>, String, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_civiclint"));
    let ended = command.arg(yard.0.path()).args(options).output().expect("a run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ended.status.code(), text(&ended.stdout), text(&ended.stderr))
}

#[test]
fn a_baseline_by_hand() {
    let yard = Yard::new();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("known.json");
    let file = file.to_str().expect("a name");
    assert_eq!(run(&yard, &["-q"]).0, Some(1));
    let (code, _, told) = run(&yard, &["--write-baseline", file, "--lang", "en"]);
    assert!(code == Some(0) && told.contains("findings written"), "{code:?} {told}");
    let (code, shown, told) = run(&yard, &["--baseline", file, "--lang", "de"]);
    assert!(code == Some(0) && told.is_empty() && shown.contains("keine Befunde"), "{code:?} {shown}{told}");

    // A run that looks at a part keeps the rest.
    let before = fs::read_to_string(file).expect("a baseline");
    let (code, _, told) = run(&yard, &["--write-baseline", file, "--select", "data", "--lang", "de"]);
    assert!(code == Some(0) && told.contains("bleiben stehen"), "{code:?} {told}");
    assert_eq!(fs::read_to_string(file).expect("a baseline"), before);

    // What is no baseline is neither taken for one nor overwritten.
    let foreign = folder.path().join("notes.md");
    fs::write(&foreign, "# Notes\n").expect("a file");
    for option in ["--baseline", "--write-baseline"] {
        for (lang, words) in [("en", "is no baseline"), ("de", "ist keine Baseline")] {
            let (code, shown, told) = run(&yard, &[option, foreign.to_str().expect("a name"), "--lang", lang]);
            assert!(code == Some(2) && shown.is_empty() && told.contains(words), "{code:?} {told}");
        }
    }
    assert_eq!(fs::read(&foreign).expect("still there"), b"# Notes\n");
}
