//! How does a fixture become a repository? Its files are copied to a temporary folder and its `history.toml` is
//! acted out with fixed times, so that every run sees the same commits.

#![allow(dead_code, reason = "each test binary uses its own part of this module")]

use civiclint::repository::{Limits, Options, Repository};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The day on which every test looks.
pub(crate) const SCAN_DAY: &str = "2026-11-22";
/// Noon of that day, in seconds since 1970.
const SCAN_NOON: i64 = 1_795_348_800;
const DAY: i64 = 86_400;

/// What `history.toml` may say; see CONTRIBUTING.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct History {
    #[serde(default)]
    shallow: bool,
    #[serde(default)]
    plain: bool,
    /// files of zeros, and how many bytes each has
    #[serde(default)]
    large: BTreeMap<String, u64>,
    #[serde(default)]
    commits: Vec<Commit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Commit {
    #[serde(default = "ada")]
    author: String,
    days_ago: i64,
    #[serde(default = "message")]
    message: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default = "one")]
    count: i64,
}

fn ada() -> String {
    "Ada Example <ada@example.org>".into()
}

fn message() -> String {
    "Work on it".into()
}

fn one() -> i64 {
    1
}

/// A fixture as a repository in a temporary folder that lives as long as this.
pub(crate) struct Built {
    folder: TempDir,
    name: String,
}

impl Built {
    /// Where it lies.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }

    /// Opens it, with the built binary as the worker.
    pub(crate) fn open(&self) -> Repository {
        match Repository::open(&self.path(), options()) {
            Ok(repository) => repository,
            Err(error) => panic!("{}: {:?}", self.path().display(), error.why),
        }
    }
}

/// The options of every test.
pub(crate) fn options() -> Options {
    Options {
        as_of: SCAN_DAY.parse().expect("a date"),
        rev: None,
        limits: Limits::default(),
        worker: Some(PathBuf::from(env!("CARGO_BIN_EXE_civiclint"))),
    }
}

/// Makes a repository of a fixture.
pub(crate) fn build(fixture: &Path) -> Built {
    build_as("repo", fixture, |_| {})
}

/// Makes a repository of a fixture in a folder of this name; `alter` is given the files before they are committed.
pub(crate) fn build_as(name: &str, fixture: &Path, alter: impl Fn(&Path)) -> Built {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let target = folder.path().join(name);
    fs::create_dir(&target).expect("a new folder");
    copy(fixture, &target, true);
    let history = fixture.join("history.toml");
    let history: History = match fs::read_to_string(&history) {
        Ok(text) => toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", history.display())),
        Err(_) => History::default(),
    };
    for (path, bytes) in &history.large {
        let path = target.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::File::create(path).and_then(|file| file.set_len(*bytes)).expect("a large file");
    }
    alter(&target);
    if !history.plain {
        commit(&target, history);
    }
    Built { folder, name: name.to_owned() }
}

fn copy(from: &Path, to: &Path, top: bool) {
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("an entry");
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if top && (entry.file_name() == "history.toml" || entry.file_name() == "settings.toml") {
            continue;
        }
        if source.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(&source).expect("a link"), target).expect("a link");
        } else if source.is_dir() {
            fs::create_dir(&target).expect("a new folder");
            copy(&source, &target, false);
        } else {
            fs::write(target, filled_in(fs::read(&source).expect("a file"))).expect("a copy");
        }
    }
}

/// What stands for a token in a fixture: forges refuse files with real ones, and rightly.
const TOKEN: &str = "{{github-token}}";

/// The bytes of a fixture's file, with a token of the right form where one is wanted.
fn filled_in(bytes: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(bytes) {
        Ok(text) if text.contains(TOKEN) => text.replace(TOKEN, &made_up_token()).into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(other) => other.into_bytes(),
    }
}

/// A token of GitHub's form with the checksum that belongs to it: the CRC-32 of what is before, in base 62.
pub(crate) fn made_up_token() -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let body: String = (0u32..30).map(|at| char::from(DIGITS[(at * at * 7 + at * 13 + 29) as usize % 62])).collect();
    let step = |crc: u32| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    let mut sum = !body.bytes().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(byte), |crc, _| step(crc)));
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[sum as usize % 62];
        sum /= 62;
    }
    format!("{}{body}{}", "ghp_", String::from_utf8_lossy(&digits))
}

fn commit(folder: &Path, mut history: History) {
    if history.commits.is_empty() {
        history.commits.push(Commit { author: ada(), days_ago: 1, message: message(), tags: vec![], count: 1 });
    }
    let mut options = git2::RepositoryInitOptions::new();
    let repo = git2::Repository::init_opts(folder, options.initial_head("main").no_reinit(true)).expect("a repository");
    let mut index = repo.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::FORCE, None).expect("files");
    index.write().expect("an index on disk");
    let tree = repo.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let mut parent: Option<git2::Commit<'_>> = None;
    for declared in &history.commits {
        for number in (0..declared.count).rev() {
            let time = git2::Time::new(SCAN_NOON - (declared.days_ago + number) * DAY, 0);
            let (name, email) = declared.author.trim_end_matches('>').split_once(" <").expect("Name <address>");
            let who = git2::Signature::new(name, email, &time).expect("a signature");
            let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
            let id = repo.commit(Some("HEAD"), &who, &who, &declared.message, &tree, &parents).expect("a commit");
            parent = Some(repo.find_commit(id).expect("a commit"));
        }
        let head = parent.as_ref().expect("a commit").as_object();
        for tag in &declared.tags {
            repo.tag_lightweight(tag, head, false).expect("a tag");
        }
    }
    if history.shallow {
        let head = parent.expect("a commit").id();
        fs::write(folder.join(".git/shallow"), format!("{head}\n")).expect("a shallow file");
    }
}

/// The folders directly below one, sorted by name.
pub(crate) fn folders(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut found: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// The root of this project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
