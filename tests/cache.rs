//! Does a check with a cache tell the same as one without, whatever lies in the cache? And is nothing written without?

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read, write and run what is their own")]

mod common;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

const PROGRAM: &str = "\
# SPDX-License-Identifier: MIT
import requests
from settings import TREES
trees = requests.get(TREES)
more = requests.get('https://opendata.stadt-muster.de/more.csv')
path = '/home/klara/messung/trees.csv'
";

/// A repository, and place for a cache beside it.
struct Place(tempfile::TempDir);

/// What a check ended with.
#[derive(Debug, PartialEq)]
struct Told {
    code: Option<i32>,
    report: String,
    said: String,
}

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        let repo = place.path("repo");
        fs::create_dir(&repo).expect("made");
        place.write("README.md", "# Trees\n\nAll trees of the city.\n");
        place.write("trees.py", PROGRAM);
        place.write("settings.py", "TREES = 'https://opendata.stadt-muster.de/trees.csv'\n");
        place.write("deploy.yml", "host: db.intern.example.org\nurl: http://10.1.2.3/trees\n");
        place.git(&["init", "-q", "-b", "main"]);
        place.git(&["add", "."]);
        place.git(&["commit", "-qm", "first"]);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path("repo").join(name), text).expect("written");
    }

    fn git(&self, args: &[&str]) {
        let who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
        let ran = Command::new("git").current_dir(self.path("repo")).args(who).args(args).output().expect("git runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }

    fn run(&self, args: &[&str]) -> Told {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
        command.env_clear().env("LC_ALL", "C.UTF-8").env("HOME", self.path("home")).env("TMPDIR", self.path("home"));
        command.current_dir(self.0.path()).args(["check", "repo", "--as-of", common::SCAN_DAY, "--format", "json"]);
        let output = command.args(args).output().expect("the binary runs");
        Told {
            code: output.status.code(),
            report: String::from_utf8(output.stdout).expect("UTF-8"),
            said: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// A check with the cache, which tells the same as one without; and how many files it knew.
    fn cached(&self) -> String {
        let (with, without) = (self.run(&["--cache", "cache", "--verbose"]), self.run(&["--verbose"]));
        assert_eq!((with.code, &with.report), (without.code, &without.report), "{}", with.said);
        assert_eq!(without.said, "");
        let known = with.said.strip_prefix("civiclint: ").and_then(|said| said.split(" files").next());
        known.unwrap_or(&with.said).to_owned()
    }

    /// The one file that is kept.
    fn kept(&self) -> PathBuf {
        let mut files = fs::read_dir(self.path("cache")).expect("a cache").map(|entry| entry.expect("an entry").path());
        let one = files.next().expect("a file");
        assert_eq!(files.next(), None);
        one
    }

    /// As if all of it had been changed long ago: what was changed a moment ago is not known by its times.
    fn age(&self) {
        std::thread::sleep(std::time::Duration::from_millis(4100));
    }
}

/// All below a folder, with sizes and times.
fn listing(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let line = |entry: walkdir::DirEntry| {
        let found = entry.metadata().expect("there");
        format!("{} {} {:?}", entry.path().display(), found.len(), found.modified())
    };
    entries.map(|entry| line(entry.expect("an entry"))).collect()
}

#[test]
fn what_changed_is_looked_at_again_and_nothing_else() {
    let place = Place::new();
    place.age();
    assert_eq!(place.cached(), "0 of 4");
    assert_eq!(place.cached(), "4 of 4");
    place.write("trees.py", &PROGRAM.replace("/home/klara", "/home/paula"));
    assert_eq!(place.cached(), "3 of 4");
    // where the file is kept that was changed a moment ago, its name for git is not known
    place.git(&["stash", "-q"]);
    place.cached();
    // git writes an index of the same second as the file: it vouches for nothing that it cannot know
    place.write("settings.py", "TREES = 'https://opendata.stadt-muster.de/plants.csv'\n");
    place.git(&["add", "."]);
    place.write("settings.py", "TREES = 'https://opendata.stadt-muster.de/shrubs.csv'\n");
    place.cached();
    place.git(&["checkout", "-qfb", "other"]);
    place.git(&["mv", "trees.py", "plants.py"]);
    place.git(&["commit", "-qam", "second"]);
    place.cached();
    place.git(&["checkout", "-q", "main"]);
    place.cached();
    let touched = fs::OpenOptions::new().append(true).open(place.path("repo/README.md")).expect("open");
    touched.set_modified(std::time::SystemTime::now()).expect("touched");
    place.cached();
}

#[test]
fn a_fresh_clone_is_known_by_what_git_calls_its_files() {
    let place = Place::new();
    place.age();
    assert_eq!(place.cached(), "0 of 4");
    // the same files with other times and numbers, as in a job of CI
    place.git(&["clone", "-q", ".", "../clone"]);
    fs::remove_dir_all(place.path("repo")).expect("removed");
    fs::rename(place.path("clone"), place.path("repo")).expect("in its place");
    place.git(&["remote", "remove", "origin"]);
    place.age();
    // written later than the files, so that it vouches for them
    place.git(&["update-index", "--force-write-index"]);
    assert_eq!(place.cached(), "4 of 4");
    // what may be written otherwise than git keeps it is known by its content only
    place.write(".gitattributes", "*.py filter=x\n");
    place.git(&["add", "."]);
    place.cached();
}

#[test]
fn whatever_lies_in_the_cache_the_report_is_the_same() {
    let place = Place::new();
    place.age();
    place.cached();
    let kept = place.kept();
    let whole = fs::read(&kept).expect("kept");
    for (at, byte) in [(0, b'C'), (20, 0), (whole.len() / 2, 0xff), (whole.len() - 1, 0xff)] {
        let mut other = whole.clone();
        other[at] = byte;
        fs::write(&kept, &other).expect("changed");
        assert_eq!(place.cached(), "0 of 4", "byte {at}");
        assert_eq!(place.cached(), "4 of 4", "it was replaced");
    }
    fs::write(&kept, &whole[..whole.len() / 2]).expect("cut off");
    assert_eq!(place.cached(), "0 of 4");
    fs::rename(place.path("repo"), place.path("moved")).expect("moved");
    fs::create_dir(place.path("repo")).expect("another one");
    fs::write(place.path("repo/trees.py"), PROGRAM).expect("written");
    place.cached();
}

#[test]
fn two_at_once() {
    let place = Place::new();
    place.age();
    let without = place.run(&[]).report;
    std::thread::scope(|scope| {
        let check = || place.run(&["--cache", "cache"]).report;
        let both = [scope.spawn(check), scope.spawn(check)];
        for one in both {
            assert_eq!(one.join().expect("no panic"), without);
        }
    });
    assert_eq!(place.cached(), "4 of 4");
}

#[test]
fn a_folder_that_is_not_to_be_trusted_is_refused() {
    let place = Place::new();
    fs::create_dir(place.path("own")).expect("made");
    fs::create_dir(place.path("shared")).expect("made");
    fs::set_permissions(place.path("shared"), fs::Permissions::from_mode(0o777)).expect("permitted");
    symlink("own", place.path("link")).expect("a link");
    for (folder, word) in [("link", "symbolic link"), ("shared", "others"), ("repo/.cache", "in the repository")] {
        let told = place.run(&["--cache", folder]);
        assert_eq!((told.code, told.report.as_str()), (Some(2), ""), "{folder}");
        assert!(told.said.starts_with("error: the cache ") && told.said.contains(word), "{}", told.said);
    }
    assert!(!place.path("repo/.cache").exists());
    let german = place.run(&["--cache", "link", "--lang", "de"]).said;
    assert!(german.starts_with("Fehler: der Cache "), "{german}");
}

#[test]
fn without_a_cache_nothing_is_written() {
    let place = Place::new();
    fs::create_dir(place.path("home")).expect("made");
    let before = listing(place.0.path());
    place.run(&[]);
    assert_eq!(listing(place.0.path()), before);
    place.run(&["--cache", "cache"]);
    let after: Vec<String> = listing(place.0.path()).into_iter().filter(|line| !before.contains(line)).collect();
    assert!(
        after.iter().all(|line| line.contains("/cache") || line.starts_with(&format!("{} ", place.0.path().display())))
    );
    assert_eq!(fs::metadata(place.kept()).expect("kept").permissions().mode() & 0o777, 0o600);
}
