//! Does the real worker read what it can, and does what it cannot read end in bounded time and with a word?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use civiclint::phrase::{Lang, Phrase, Piece};
use civiclint::repository::{Repository, Span};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A repository of a few commits, whose objects are loose.
struct Subject {
    folder: tempfile::TempDir,
    commits: Vec<git2::Oid>,
}

impl Subject {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let repository = git2::Repository::init(folder.path().join("repo")).unwrap();
        let mut subject = Self { folder, commits: Vec::new() };
        std::fs::write(subject.git("HEAD"), "ref: refs/heads/main\n").unwrap();
        repository.index().unwrap().write().unwrap();
        for day in 0..5 {
            let parents: Vec<_> =
                subject.commits.last().map(|id| repository.find_commit(*id).unwrap()).into_iter().collect();
            let time = git2::Time::new(1_700_000_000 + day * 86_400, 0);
            let ada = git2::Signature::new("Ada Example", "ada@example.org", &time).unwrap();
            let tree = repository.find_tree(repository.treebuilder(None).unwrap().write().unwrap()).unwrap();
            let message = format!("day {day}\n\n{}", noise(20_000));
            let parents: Vec<_> = parents.iter().collect();
            let id = repository.commit(Some("refs/heads/main"), &ada, &ada, &message, &tree, &parents).unwrap();
            subject.commits.push(id);
        }
        subject
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("repo")
    }

    fn git(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path().join(".git").join(path)
    }

    fn loose(&self, commit: usize) -> PathBuf {
        let hex = self.commits[commit].to_string();
        let path = self.git("objects").join(&hex[..2]).join(&hex[2..]);
        let mut permissions = std::fs::metadata(&path).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o644);
        std::fs::set_permissions(&path, permissions).unwrap();
        path
    }

    /// Cuts an object in half: libgit2 1.9.7 never comes back from it.
    fn truncate(&self, commit: usize) {
        let path = self.loose(commit);
        let file = std::fs::File::options().write(true).open(&path).unwrap();
        file.set_len(std::fs::metadata(&path).unwrap().len() / 2).unwrap();
    }

    fn open(&self) -> Repository {
        Repository::open(&self.path(), common::options()).unwrap_or_else(|error| panic!("{}", english(&error.why)))
    }
}

/// Text that hardly packs.
fn noise(len: usize) -> String {
    let mut state = 1_u32;
    let digit = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + u8::try_from((state >> 16) % 26).unwrap())
    };
    (0..len).map(digit).collect()
}

fn english(phrase: &Phrase) -> String {
    let text = |piece| match piece {
        Piece::Own(text) => text,
        Piece::Foreign(text) => text.lossy().into_owned(),
    };
    phrase.message(Lang::En).0.into_iter().map(text).collect()
}

fn losses(repository: &Repository) -> Vec<String> {
    repository.losses().iter().map(|loss| english(&loss.why)).collect()
}

#[test]
fn a_whole_history() {
    let subject = Subject::new();
    let repository = subject.open();
    let history = repository.history("all").unwrap();
    let subjects: Vec<_> = history.commits.iter().map(|commit| commit.subject.lossy()).collect();
    assert_eq!(subjects, ["day 4", "day 3", "day 2", "day 1", "day 0"]);
    assert!(repository.losses().is_empty());
    assert_eq!(repository.revision(), Some(subject.commits[4].to_string().as_str()));
}

#[test]
fn a_head_that_libgit2_does_not_come_back_from() {
    let subject = Subject::new();
    subject.truncate(4);
    let started = Instant::now();
    let repository = subject.open();
    let why = english(&repository.history("all").unwrap_err());
    assert!(why.contains("git history") && why.contains(&subject.commits[4].to_string()), "{why}");
    assert_eq!(losses(&repository), [why]);
    assert!(started.elapsed() < Duration::from_secs(15));
}

#[test]
fn what_comes_before_it_is_kept() {
    let subject = Subject::new();
    subject.truncate(2);
    let repository = subject.open();
    repository.expect_history([("newest", Span::Person), ("all", Span::Whole)].into());
    assert_eq!(repository.history("newest").unwrap().commits.len(), 2, "nothing newer can be missing");
    assert!(english(&repository.history("all").unwrap_err()).contains("could not be unpacked"));
    assert!(losses(&repository)[0].contains("could not be unpacked"), "{:?}", losses(&repository));
}

#[test]
fn a_pipe_among_the_objects() {
    let subject = Subject::new();
    let path = subject.loose(3);
    std::fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let repository = subject.open();
    repository.expect_history([("newest", Span::Commits(1))].into());
    assert_eq!(repository.history("newest").unwrap().commits.len(), 1);
    assert_eq!(losses(&repository).len(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn the_worker_may_read_objects_and_nothing_else() {
    let subject = Subject::new();
    let path = subject.loose(3);
    let outside = subject.folder.path().join("outside");
    std::fs::rename(&path, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &path).unwrap();
    let lists = landlock::Ruleset::default();
    let has_landlock = landlock::RulesetAttr::handle_access(lists, landlock::AccessFs::ReadFile).is_ok_and(|lists| {
        let lists = landlock::Compatible::set_compatibility(lists, landlock::CompatLevel::HardRequirement);
        lists.create().is_ok()
    });
    assert_eq!(subject.open().history("all").is_ok(), !has_landlock);
}

#[test]
fn a_commit_that_is_missing() {
    let subject = Subject::new();
    std::fs::remove_file(subject.loose(1)).unwrap();
    let repository = subject.open();
    repository
        .expect_history([("newest", Span::Person), ("three", Span::Commits(3)), ("four", Span::Commits(4))].into());
    assert!(repository.history("newest").is_ok());
    assert_eq!(repository.history("three").unwrap().commits.len(), 3);
    assert!(english(&repository.history("four").unwrap_err()).contains("missing"));
    assert!(losses(&repository)[0].contains("missing"));
}

#[test]
fn side_files_full_of_junk() {
    let subject = Subject::new();
    let junk = [b"CGPH\x01\x01\xff\xff".as_slice(), &[0xff; 3000]].concat();
    for file in ["objects/info/commit-graph", "objects/pack/multi-pack-index", "objects/pack/pack-1.idx"] {
        std::fs::create_dir_all(subject.git(file).parent().unwrap()).unwrap();
        std::fs::write(subject.git(file), &junk).unwrap();
    }
    assert_eq!(subject.open().history("all").unwrap().commits.len(), 5);
}

#[test]
fn shallow_unborn_and_plain_are_no_losses() {
    let subject = Subject::new();
    std::fs::write(subject.git("shallow"), format!("{}\n", subject.commits[4])).unwrap();
    let repository = subject.open();
    assert!(repository.is_shallow() && english(&repository.history("all").unwrap_err()).contains("fetch-depth"));
    assert!(repository.losses().is_empty());

    std::fs::remove_file(subject.git("shallow")).unwrap();
    std::fs::write(subject.git("HEAD"), "ref: refs/heads/other\n").unwrap();
    let repository = subject.open();
    assert!(english(&repository.history("all").unwrap_err()).contains("no commits yet"));
    assert!(repository.revision().is_none() && repository.losses().is_empty());

    std::fs::remove_dir_all(subject.git("")).unwrap();
    let repository = subject.open();
    assert!(english(&repository.history("all").unwrap_err()).contains("no git history"));
    assert!(repository.losses().is_empty());
}

#[test]
fn what_is_not_supported_is_a_loss() {
    let subject = Subject::new();
    std::fs::write(subject.git("config"), "[core]\nrepositoryformatversion = 1\n[extensions]\nrefstorage = reftable\n")
        .unwrap();
    let repository = subject.open();
    assert!(english(&repository.history("all").unwrap_err()).contains("reftable"));
    assert_eq!(losses(&repository).len(), 1);
}

#[test]
fn a_worker_that_cannot_be_started() {
    let subject = Subject::new();
    let options = civiclint::repository::Options { worker: Some("/nonexistent".into()), ..common::options() };
    let repository = Repository::open(&subject.path(), options).unwrap_or_else(|error| panic!("{error}"));
    assert!(english(&repository.history("all").unwrap_err()).contains("cannot be started"));
    assert_eq!(losses(&repository).len(), 1);
}
