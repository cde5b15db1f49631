//! Is the history walked only where a rule asks, and does a verdict depend on nothing but the history?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use civiclint::judge::judge_only;
use civiclint::phrase::{Lang, Phrase, Piece};
use civiclint::reading::Readings;
use civiclint::report::{Report, Verdict};
use civiclint::repository::{Options, Repository};
use civiclint::rule::{self, Asked, Rule};
use civiclint::signals;
use civiclint::untrusted::Untrusted;
use std::path::{Path, PathBuf};

const DAY: i64 = 86_400;
/// Noon of the day of the scan.
const NOON: i64 = 1_795_348_800;
/// The rules that read the history.
const READERS: [&str; 6] = [
    "docs/metadata-conflict",
    "governance/decisions",
    "maintenance/inactive",
    "maintenance/no-release",
    "maintenance/single-maintainer",
    "maintenance/unreleased-work",
];

fn rules(is_meant: impl Fn(&Rule) -> bool) -> Vec<Rule> {
    rule::shipped().unwrap_or_default().into_iter().filter(is_meant).collect()
}

fn reads_history(rule: &Rule) -> bool {
    let clauses = rule.applies_when.iter().chain(&rule.finding_when).chain(&rule.not_when);
    let asked = clauses.filter_map(|clause| match clause.asked {
        Asked::Whole(whole) => Some(whole.signal.name),
        Asked::Own(_) => None,
    });
    asked.chain(rule.looks_at.map(|subject| subject.name)).any(|name| signals::reads_history(name).is_some())
}

fn look(path: &Path, options: Options, rules: Vec<Rule>) -> Report {
    let repository = Repository::open(path, options).unwrap_or_else(|error| panic!("{error}"));
    judge_only(&Readings::new(&repository), rules, Untrusted::from("."), "civic")
}

fn text(phrase: &Phrase, lang: Lang) -> String {
    let piece = |piece| match piece {
        Piece::Own(text) => text,
        Piece::Foreign(text) => text.lossy().into_owned(),
    };
    phrase.message(lang).0.into_iter().map(piece).collect()
}

/// The verdict of a rule with all that is said of it.
fn verdict(report: &Report, id: &str) -> String {
    let outcome = report.outcomes.iter().find(|outcome| outcome.rule.id == id).unwrap();
    match &outcome.verdict {
        Verdict::Skipped(why) => format!("skip: {}", text(why, Lang::En)),
        Verdict::Ok => "ok".into(),
        findings => findings.findings().iter().map(|finding| format!("finding: {:?} ", finding.values)).collect(),
    }
}

/// A commit of a test: its parents by their places, days before the scan, author and message.
#[derive(Clone)]
struct Made {
    parents: Vec<usize>,
    time: i64,
    author: &'static str,
    message: String,
}

fn day(days_ago: i64) -> i64 {
    NOON - days_ago * DAY
}

/// Commits one after the other, the first the oldest, a day apart, the last so many days ago.
fn line(commits: &mut Vec<Made>, count: i64, last: i64, author: &'static str) {
    for number in (0..count).rev() {
        let parents = commits.len().checked_sub(1).into_iter().collect();
        let message = if author == "Data" { format!("Data of 2026-01-{:02}", number % 28 + 1) } else { "work".into() };
        commits.push(Made { parents, time: day(last + number), author, message });
    }
}

struct Built {
    folder: tempfile::TempDir,
    ids: Vec<git2::Oid>,
}

impl Built {
    fn new(commits: &[Made], tags: &[(&str, usize)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("repo");
        let repository =
            git2::Repository::init_opts(&path, git2::RepositoryInitOptions::new().initial_head("main")).unwrap();
        std::fs::write(path.join("README.md"), "# Oaks\n\nCounts the oaks of a town.\n").unwrap();
        std::fs::write(path.join("Cargo.toml"), "[package]\nname = \"oaks\"\nversion = \"1.0.0\"\n").unwrap();
        let mut index = repository.index().unwrap();
        index.add_all(["*"], git2::IndexAddOption::FORCE, None).unwrap();
        index.write().unwrap();
        let tree = repository.find_tree(index.write_tree().unwrap()).unwrap();
        let mut ids: Vec<git2::Oid> = Vec::new();
        for made in commits {
            let email = format!("{}@example.org", made.author.to_lowercase());
            let who = git2::Signature::new(made.author, &email, &git2::Time::new(made.time, 0)).unwrap();
            let parents: Vec<_> = made.parents.iter().map(|at| repository.find_commit(ids[*at]).unwrap()).collect();
            let parents: Vec<_> = parents.iter().collect();
            ids.push(repository.commit(None, &who, &who, &made.message, &tree, &parents).unwrap());
        }
        if let Some(last) = ids.last() {
            repository.reference("refs/heads/main", *last, true, "test").unwrap();
        }
        for (name, at) in tags {
            repository.reference(&format!("refs/tags/{name}"), ids[*at], true, "test").unwrap();
        }
        Self { folder, ids }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    fn git(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path().join(".git").join(path)
    }

    fn lose(&self, commit: usize) {
        let hex = self.ids[commit].to_string();
        std::fs::remove_file(self.git("objects").join(&hex[..2]).join(&hex[2..])).unwrap();
    }

    fn look(&self) -> Report {
        look(&self.path(), common::options(), rules(reads_history))
    }
}

fn without_worker() -> Options {
    Options { worker: Some("/nonexistent".into()), ..common::options() }
}

#[test]
fn these_rules_read_the_history() {
    let ids: Vec<String> = rules(reads_history).into_iter().map(|rule| rule.id).collect();
    assert!(READERS.iter().all(|reader| ids.iter().any(|id| id == reader)), "{ids:?}");
}

/// The worker is what reads commits, so where it cannot be started and nobody misses it, none was read.
#[test]
fn history_is_not_walked_when_no_active_rule_asks() {
    let mut commits = Vec::new();
    line(&mut commits, 60, 30, "Ada");
    let built = Built::new(&commits, &[("v1.0.0", 5)]);
    let report = look(&built.path(), without_worker(), rules(|rule| !reads_history(rule)));
    assert!(report.outcomes.len() > 50 && report.losses.is_empty(), "{:?}", report.losses);
    for id in READERS {
        let report = look(&built.path(), without_worker(), rules(|rule| rule.id == id));
        assert_eq!(report.losses.len(), 1, "{id}: {:?}", report.losses);
    }
}

#[test]
fn the_names_of_tags_are_read_without_a_walk() {
    let mut commits = Vec::new();
    line(&mut commits, 3, 30, "Ada");
    let count = |built: &Built| {
        let repository = Repository::open(&built.path(), without_worker()).unwrap();
        let reading = (signals::whole("version-tags").unwrap().answer)(&Readings::new(&repository));
        assert!(repository.losses().is_empty());
        reading.map_err(|why| text(&why, Lang::De))
    };
    let built = Built::new(&commits, &[("v1.0.0", 0), ("cli/v1.1.0", 1), ("latest", 2)]);
    assert_eq!(count(&built), Ok(2_i64.into()));
    let shallow = |built: &Built| std::fs::write(built.git("shallow"), format!("{}\n", built.ids[2])).unwrap();
    shallow(&built);
    assert_eq!(count(&built), Ok(2_i64.into()), "what is there is there");

    let built = Built::new(&commits, &[("latest", 2)]);
    assert_eq!(count(&built), Ok(0_i64.into()));
    std::fs::write(built.git("config"), "[remote \"origin\"]\n\turl = https://example.org/x\n\ttagOpt = --no-tags\n")
        .unwrap();
    assert!(count(&built).unwrap_err().contains("git fetch --tags"));
    shallow(&built);
    assert!(count(&built).unwrap_err().contains("fetch-depth: 0"));
    std::fs::remove_dir_all(built.git("")).unwrap();
    assert!(count(&built).unwrap_err().contains("keine Git-Historie"));
}

/// Histories that are hard to walk: long, forked, with bots that come and go, and clocks that are wrong.
fn hard(is_meant: impl Fn(&str) -> bool) -> Vec<(&'static str, Built)> {
    let mut all = Vec::new();
    let mut build = |name, tags: &[(&str, usize)], make: &dyn Fn(&mut Vec<Made>)| {
        if !is_meant(name) {
            return;
        }
        let mut commits = Vec::new();
        make(&mut commits);
        all.push((name, Built::new(&commits, tags)));
    };
    build("long", &[("v1.0.0", 10), ("v1.2.0", 1500)], &|commits| {
        line(commits, 1400, 900, "Bo");
        line(commits, 40, 800, "Cem");
        line(commits, 700, 20, "Ada");
    });
    build("idle", &[("v1.0.0", 3)], &|commits| {
        line(commits, 30, 4000, "Bo");
        line(commits, 1200, 2000, "Ada");
    });
    build("a program lately", &[("v1.0.0", 3)], &|commits| {
        line(commits, 40, 2500, "Ada");
        line(commits, 900, 800, "Data");
        line(commits, 5, 20, "Data");
    });
    build("one identity long ago", &[], &|commits| {
        line(commits, 600, 1000, "Ada");
        line(commits, 25, 400, "ada");
        line(commits, 500, 10, "Bo");
    });
    build("a clock years behind", &[("v1.0.0", 0)], &|commits| {
        line(commits, 60, 500, "Ada");
        line(commits, 30, 6000, "Bo");
        line(commits, 30, 100, "Ada");
    });
    build("a clock ahead", &[("v1.0.0", 0)], &|commits| {
        line(commits, 1100, 900, "Ada");
        line(commits, 3, -900, "Bo");
        line(commits, 60, 300, "Ada");
    });
    build("1970 deep down", &[("v1.0.0", 0)], &|commits| {
        commits.push(Made { parents: vec![], time: 0, author: "Ada", message: "import".into() });
        line(commits, 1200, 700, "Bo");
        line(commits, 60, 100, "Ada");
    });
    all
}

#[test]
fn a_verdict_does_not_depend_on_which_other_rules_are_active() {
    for (name, built) in hard(|_| true) {
        if name == "long" {
            built.lose(2);
        }
        let together = built.look();
        for id in READERS {
            let alone = look(&built.path(), common::options(), rules(|rule| rule.id == id));
            assert_eq!(verdict(&alone, id), verdict(&together, id), "{name}");
        }
        for (one, other) in READERS.iter().zip(READERS.iter().skip(1)) {
            let pair = look(&built.path(), common::options(), rules(|rule| [*one, *other].contains(&rule.id.as_str())));
            assert_eq!(verdict(&pair, one), verdict(&together, one), "{name}");
            assert_eq!(verdict(&pair, other), verdict(&together, other), "{name}");
        }
    }
}

#[test]
fn what_is_behind_the_span_does_not_matter() {
    let of = |name| hard(|other| other == name).pop().unwrap().1;
    let built = of("long");
    built.lose(2);
    let report = built.look();
    assert_eq!(verdict(&report, "maintenance/inactive"), "ok");
    assert!(verdict(&report, "maintenance/single-maintainer").starts_with("finding"));
    assert!(verdict(&report, "maintenance/unreleased-work").starts_with("finding"));
    assert_eq!(verdict(&of("1970 deep down").look(), "maintenance/inactive"), "ok");
    assert!(verdict(&of("a program lately").look(), "maintenance/inactive").starts_with("finding"));
    assert!(verdict(&of("a clock years behind").look(), "maintenance/unreleased-work").starts_with("finding"));
}

/// Commits by one person, over fifty since the only version, the newest lately; then something goes wrong.
fn spoiled(spoil: impl Fn(&mut Vec<Made>)) -> Built {
    let mut commits = Vec::new();
    line(&mut commits, 70, 400, "Ada");
    spoil(&mut commits);
    line(&mut commits, 1, 300, "Ada");
    Built::new(&commits, &[("v1.0.0", 0)])
}

/// That the rules about time and people cannot tell, and why.
fn cannot_tell(built: &Built, en: &str, de: &str) {
    let report = built.look();
    for id in ["maintenance/inactive", "maintenance/single-maintainer", "maintenance/unreleased-work"] {
        let outcome = report.outcomes.iter().find(|outcome| outcome.rule.id == id).unwrap();
        let Verdict::Skipped(why) = &outcome.verdict else { panic!("{id}: {}", outcome.verdict.name()) };
        assert!(text(why, Lang::En).contains(en), "{id}: {}", text(why, Lang::En));
        assert!(text(why, Lang::De).contains(de), "{id}: {}", text(why, Lang::De));
    }
}

#[test]
fn histories_that_are_cut_or_changed() {
    let whole = || spoiled(|_| {});
    let report = whole().look();
    assert_eq!(verdict(&report, "maintenance/inactive"), "ok");
    assert!(verdict(&report, "maintenance/single-maintainer").starts_with("finding"));
    assert!(verdict(&report, "maintenance/unreleased-work").starts_with("finding"));

    let built = whole();
    std::fs::write(built.git("shallow"), format!("{}\n", built.ids[9])).unwrap();
    cannot_tell(&built, "(`fetch-depth: 0`)", "flach (shallow)");

    let built = whole();
    std::fs::create_dir_all(built.git("info")).unwrap();
    std::fs::write(built.git("info/grafts"), format!("{}\n", built.ids[9])).unwrap();
    cannot_tell(&built, "info/grafts", "nachträglich verändert");
    std::fs::write(built.git("info/grafts"), "").unwrap();
    assert_eq!(verdict(&built.look(), "maintenance/inactive"), "ok", "an empty file changes nothing");

    let built = whole();
    let replaced = built.git(format!("refs/replace/{}", built.ids[70]));
    std::fs::create_dir_all(replaced.parent().unwrap()).unwrap();
    std::fs::write(&replaced, format!("{}\n", built.ids[3])).unwrap();
    cannot_tell(&built, "git replace", "nachträglich verändert");
    std::fs::remove_file(replaced).unwrap();
    std::fs::write(built.git("packed-refs"), format!("{} refs/replace/{}\n", built.ids[3], built.ids[70])).unwrap();
    cannot_tell(&built, "git replace", "nachträglich verändert");

    cannot_tell(&Built::new(&[], &[]), "no commits yet", "noch keine Commits");

    let built = whole();
    built.lose(69);
    let report = built.look();
    assert_eq!((report.losses.len(), verdict(&report, "maintenance/inactive")), (1, "ok".to_owned()));
    for id in ["maintenance/single-maintainer", "maintenance/unreleased-work", "maintenance/no-release"] {
        let expected = if id.ends_with("release") { "ok" } else { "skip: the git history is incomplete" };
        assert!(verdict(&report, id).starts_with(expected), "{id}: {}", verdict(&report, id));
    }
}

#[test]
fn dates_that_cannot_be_believed() {
    // the newest commit itself
    for (time, en, de) in [
        (day(-400), "dated after the day of the scan", "nach dem Tag der Prüfung"),
        (0, "dated before 1990", "vor 1990"),
    ] {
        let mut commits = Vec::new();
        line(&mut commits, 90, 500, "Ada");
        commits.push(Made { parents: vec![89], time, author: "Ada", message: "now".into() });
        cannot_tell(&Built::new(&commits, &[("v1.0.0", 0)]), en, de);
    }
    // an older one: the newest commit is known, what was done in two years is not
    for time in [day(-400), 0] {
        let built = spoiled(|commits| {
            commits.push(Made { parents: vec![69], time, author: "Ada", message: "odd".into() });
        });
        let report = built.look();
        assert_eq!(verdict(&report, "maintenance/inactive"), "ok");
        for id in ["maintenance/single-maintainer", "maintenance/unreleased-work"] {
            assert!(verdict(&report, id).contains("nobody can tell when"), "{id}: {}", verdict(&report, id));
        }
    }
    // a day of grace for time zones
    let built = spoiled(|commits| line(commits, 1, -1, "Ada"));
    assert_eq!(verdict(&built.look(), "maintenance/inactive"), "ok");
}
