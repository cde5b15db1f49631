//! Do clones get here whole, whatever is at the other end and whoever is killed meanwhile?

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests make repositories and run git")]

use civiclint::batch::fetch::{Clones, FetchLimits, Held, Unfetched};
use civiclint::phrase::{Lang, Message, Piece};
use civiclint::portfolio::Status;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

static GO: AtomicBool = AtomicBool::new(false);

/// Repositories at the other end, and clones at this one.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn address(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    /// A repository with one commit.
    fn repository(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).expect("a folder");
        git(&path, &["init", "-q", "-b", "master"]);
        commit(&path, "README.md", b"# One\n");
        path
    }

    fn open(&self, limits: FetchLimits) -> Clones {
        self.try_open(limits).expect("opened")
    }

    fn try_open(&self, limits: FetchLimits) -> std::io::Result<Clones> {
        Clones::open(&self.path("clones"), limits, "git".into(), env!("CARGO_BIN_EXE_civiclint").into())
    }
}

fn limits() -> FetchLimits {
    FetchLimits { local: true, free: 0, pause: Duration::from_millis(10), ..FetchLimits::default() }
}

fn git(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Ada Example").env(format!("GIT_{who}_EMAIL"), "ada@example.org");
        command.env(format!("GIT_{who}_DATE"), "2026-11-01T12:00:00Z");
    }
    let done = command.output().expect("git");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

fn commit(folder: &Path, name: &str, content: &[u8]) {
    fs::write(folder.join(name), content).expect("written");
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", name]);
}

fn refs(folder: &Path) -> String {
    git(folder, &["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags"])
}

fn is_like(clone: &Held<'_>, source: &Path) {
    assert_eq!(refs(clone), refs(source));
    assert_eq!(git(clone, &["symbolic-ref", "HEAD"]), git(source, &["symbolic-ref", "HEAD"]));
    git(clone, &["fsck", "--connectivity-only"]);
}

fn english(unfetched: &Unfetched) -> String {
    let Message(pieces) = unfetched.why.message(Lang::En);
    let text = |piece: &Piece| match piece {
        Piece::Own(own) => own.clone(),
        Piece::Foreign(foreign) => foreign.lossy().into_owned(),
    };
    pieces.iter().map(text).collect()
}

fn failure(clones: &Clones, address: &str) -> Unfetched {
    match clones.fetch(address, &GO) {
        Ok(held) => panic!("{address} was fetched to {}", held.display()),
        Err(unfetched) => unfetched,
    }
}

#[test]
fn a_clone_follows_its_repository() {
    let place = Place::new();
    let source = place.repository("source");
    git(&source, &["branch", "old"]);
    git(&source, &["tag", "v1"]);
    let address = place.address("source");
    let first = {
        let clones = place.open(limits());
        let held = clones.fetch(&address, &GO).unwrap_or_else(|why| panic!("{}", english(&why)));
        is_like(&held, &source);
        held.to_path_buf()
    };
    // renamed, rewritten, a branch that takes the place of a folder of branches, a tag that was moved
    git(&source, &["branch", "-m", "master", "main"]);
    git(&source, &["branch", "-D", "old"]);
    git(&source, &["branch", "old/er"]);
    fs::write(source.join("README.md"), "# Two\n").expect("written");
    git(&source, &["commit", "-qa", "--amend", "-m", "rewritten"]);
    git(&source, &["tag", "-f", "v1"]);
    let clones = place.open(limits());
    let held = clones.fetch(&address, &GO).unwrap_or_else(|why| panic!("{}", english(&why)));
    assert_eq!(*held, *first);
    is_like(&held, &source);
    // once is enough for a run
    commit(&source, "later", b"x");
    let again = clones.fetch(&address, &GO).expect("held");
    assert_ne!(refs(&again), refs(&source));
}

#[test]
fn a_head_without_a_branch_is_followed() {
    let place = Place::new();
    let source = place.repository("source");
    let address = place.address("source");
    drop(place.open(limits()).fetch(&address, &GO).expect("fetched"));
    commit(&source, "second", b"x");
    git(&source, &["checkout", "-q", "--detach"]);
    commit(&source, "third", b"x");
    let clones = place.open(limits());
    let held = clones.fetch(&address, &GO).unwrap_or_else(|why| panic!("{}", english(&why)));
    assert_eq!(git(&held, &["rev-parse", "HEAD"]), git(&source, &["rev-parse", "HEAD"]));
}

#[test]
fn an_empty_repository_is_one() {
    let place = Place::new();
    let source = place.path("source");
    fs::create_dir_all(&source).expect("a folder");
    git(&source, &["init", "-q", "-b", "trunk"]);
    let address = place.address("source");
    assert_eq!(refs(&place.open(limits()).fetch(&address, &GO).expect("fetched")), "");
    assert_eq!(refs(&place.open(limits()).fetch(&address, &GO).expect("fetched again")), "");
    commit(&source, "first", b"x");
    let clones = place.open(limits());
    is_like(&clones.fetch(&address, &GO).expect("fetched with a commit"), &source);
}

#[test]
fn what_is_not_there_is_asked_for_once() {
    let place = Place::new();
    let clones = place.open(limits());
    let gone = failure(&clones, &place.address("nowhere"));
    assert_eq!((gone.status, gone.attempts, gone.disk_full), (Status::Unreachable, 1, false), "{}", english(&gone));
    assert!(english(&gone).contains("no such repository"), "{}", english(&gone));
    for address in ["/srv/x", "http://127.0.0.1/x", "ext::touch x", "--upload-pack=x", "ssh://-oProxyCommand=x/y"] {
        assert!(english(&failure(&clones, address)).contains("only addresses"), "{address}");
    }
    drop(clones);
    let source = place.repository("source");
    let clones = place.open(FetchLimits { local: false, ..limits() });
    assert!(english(&failure(&clones, &format!("file://{}", source.display()))).contains("only addresses"));
}

#[test]
fn a_repository_that_goes_away_leaves_its_clone() {
    let place = Place::new();
    let source = place.repository("source");
    let address = place.address("source");
    drop(place.open(limits()).fetch(&address, &GO).expect("fetched"));
    fs::rename(&source, place.path("moved")).expect("moved");
    assert_eq!(failure(&place.open(limits()), &address).status, Status::Unreachable);
    fs::rename(place.path("moved"), &source).expect("moved back");
    is_like(&place.open(limits()).fetch(&address, &GO).expect("fetched again"), &source);
}

#[test]
fn half_a_clone_is_not_trusted() {
    let place = Place::new();
    let source = place.repository("source");
    let address = place.address("source");
    let path = place.open(limits()).fetch(&address, &GO).expect("fetched").to_path_buf();
    let clones = place.path("clones");
    // killed while git was at it
    fs::remove_file(path.join("civiclint-whole")).expect("a mark");
    fs::write(path.join("HEAD.lock"), "").expect("written");
    for left in [".new-1-x.git", ".gone-7-x.git"] {
        fs::create_dir_all(clones.join(left).join("objects")).expect("a folder");
    }
    fs::create_dir_all(clones.join("somebody-elses")).expect("a folder");
    let opened = place.open(limits());
    let mut names: Vec<_> =
        fs::read_dir(&clones).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["CACHEDIR.TAG", "lock", "somebody-elses"]);
    is_like(&opened.fetch(&address, &GO).expect("fetched anew"), &source);
    drop(opened);
    // whole, as it says, but damaged
    for pack in fs::read_dir(path.join("objects/pack")).expect("packs") {
        fs::remove_file(pack.expect("a pack").path()).expect("removed");
    }
    commit(&source, "second", b"x");
    let opened = place.open(limits());
    let held = opened.fetch(&address, &GO).unwrap_or_else(|why| panic!("{}", english(&why)));
    is_like(&held, &source);
}

#[test]
fn a_folder_belongs_to_one_run() {
    let place = Place::new();
    let first = place.open(limits());
    assert_eq!(place.try_open(limits()).err().map(|error| error.kind()), Some(std::io::ErrorKind::WouldBlock));
    drop(first);
    assert!(place.try_open(limits()).is_ok());
    let no_git =
        Clones::open(&place.path("x"), limits(), "/nonexistent".into(), env!("CARGO_BIN_EXE_civiclint").into());
    assert_eq!(no_git.err().map(|error| error.kind()), Some(std::io::ErrorKind::NotFound));
}

#[test]
fn clones_in_use_stay_the_oldest_others_go() {
    let place = Place::new();
    let names = ["one", "two", "three"];
    for name in names {
        place.repository(name);
    }
    let path = {
        let clones = place.open(limits());
        names.map(|name| clones.fetch(&place.address(name), &GO).expect("fetched").to_path_buf())
    };
    let clones = place.open(FetchLimits { cache: 0, ..limits() });
    let held = clones.fetch(&place.address("two"), &GO).expect("fetched");
    assert!(!path[0].exists() && path[1].exists() && !path[2].exists());
    drop(clones.fetch(&place.address("three"), &GO).expect("fetched"));
    assert!(path[1].exists() && path[2].exists(), "one is held, and the other was when there was too much");
    drop(held);
    drop(clones.fetch(&place.address("one"), &GO).expect("fetched"));
    assert!(path[0].exists() && !path[1].exists() && !path[2].exists());
}

#[test]
fn room_is_made_or_missed() {
    let place = Place::new();
    place.repository("source");
    let path = place.open(limits()).fetch(&place.address("source"), &GO).expect("fetched").to_path_buf();
    let clones = place.open(FetchLimits { free: u64::MAX, ..limits() });
    let full = failure(&clones, &place.address("other"));
    assert!(full.disk_full && english(&full).contains("no room"), "{}", english(&full));
    assert!(!path.exists(), "what nobody uses is given up first");
    drop(clones);
    let small = failure(&place.open(FetchLimits { bytes: 1000, ..limits() }), &place.address("source"));
    assert!(!small.disk_full && english(&small).contains("larger than"), "{}", english(&small));
    assert!(!path.exists());
}

#[test]
fn servers_that_hang_or_refuse() {
    let place = Place::new();
    // it takes the call, and never says a word
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    let clones = place.open(FetchLimits { time: Duration::from_millis(1500), ..limits() });
    let started = Instant::now();
    let late = failure(&clones, &format!("https://127.0.0.1:{port}/x"));
    assert_eq!(late.status, Status::Timeout, "{}", english(&late));
    assert!(started.elapsed() < Duration::from_secs(10));
    let stop = AtomicBool::new(true);
    let stopped = clones.fetch(&format!("https://127.0.0.1:{port}/x"), &stop).map(|_| ()).expect_err("stopped");
    assert!(stopped.stopped);
    drop((listener, clones));
    let clones = place.open(limits());
    let refused = failure(&clones, &format!("https://user:geheimnis@127.0.0.1:{port}/x"));
    assert_eq!((refused.status, refused.attempts), (Status::Unreachable, 3), "{}", english(&refused));
    assert!(!english(&refused).contains("geheimnis"), "{}", english(&refused));
}

#[test]
fn nothing_of_a_hostile_repository_runs() {
    let place = Place::new();
    let source = place.repository("source");
    let trap = place.path("trap");
    let script = format!("#!/bin/sh\ntouch '{}'\n", trap.display());
    for hook in ["post-checkout", "post-update", "pre-receive", "reference-transaction", "fsmonitor-watchman"] {
        let path = source.join(".git/hooks").join(hook);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, &script).expect("written");
        Command::new("chmod").arg("+x").arg(&path).status().expect("chmod");
    }
    let hook = source.join(".git/hooks/post-update").display().to_string();
    for key in ["core.fsmonitor", "core.sshCommand", "core.pager", "uploadpack.packObjectsHook", "core.gitProxy"] {
        git(&source, &["config", key, &hook]);
    }
    // added behind git's back, as later calls of git in this test would fall for it
    commit(&source, "x.txt", b"x");
    let _ = fs::remove_file(&trap);
    let modules = "[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c touch% trap\n";
    fs::write(source.join(".gitmodules"), modules).expect("written");
    let clones = place.open(limits());
    let held = clones.fetch(&place.address("source"), &GO).unwrap_or_else(|why| panic!("{}", english(&why)));
    assert!(!held.join("hooks").exists());
    drop(held);
    drop(clones);
    let clones = place.open(limits());
    assert!(clones.fetch(&place.address("source"), &GO).is_ok());
    assert!(!trap.exists());
}

#[test]
fn threads_share_a_clone() {
    let place = Place::new();
    place.repository("source");
    let address = place.address("source");
    let clones = place.open(limits());
    let paths: Vec<PathBuf> = std::thread::scope(|scope| {
        let all: Vec<_> =
            (0..4).map(|_| scope.spawn(|| clones.fetch(&address, &GO).expect("fetched").to_path_buf())).collect();
        all.into_iter().map(|thread| thread.join().expect("ended")).collect()
    });
    assert!(paths.windows(2).all(|pair| pair[0] == pair[1]));
}

/// What civiclint says of a repository, but for where it lies.
fn report(path: &Path) -> String {
    let said = Command::new(env!("CARGO_BIN_EXE_civiclint"))
        .args(["check", "--format", "json", "--as-of", "2026-11-22", "--lang", "en"])
        .arg(path)
        .output()
        .expect("civiclint")
        .stdout;
    String::from_utf8_lossy(&said).replace(&path.display().to_string(), "REPOSITORY")
}

#[test]
fn a_filtered_clone_is_judged_as_a_whole_one() {
    let place = Place::new();
    let source = place.repository("source");
    git(&source, &["config", "uploadpack.allowFilter", "true"]);
    // data that is no text and no single byte, one byte too large and one that just is not
    let content = |len: usize| (0..len).map(|at| b"0,1;2\n".get(at % 6).copied().unwrap_or(0)).collect::<Vec<u8>>();
    commit(&source, "measurements.csv", &content((16 << 20) + 1));
    commit(&source, "smaller.csv", &content(16 << 20));
    commit(&source, "publiccode.yml", b"name: x\n");
    git(&place.path(""), &["clone", "-q", "--bare", &place.address("source"), "whole.git"]);
    let clones = place.open(limits());
    let held = clones.fetch(&place.address("source"), &GO).unwrap_or_else(|why| panic!("{}", english(&why)));
    let missing = git(&held, &["rev-list", "--objects", "--missing=print", "--all"]);
    assert_eq!(missing.lines().filter(|line| line.starts_with('?')).count(), 1, "it is filtered");
    let whole = report(&place.path("whole.git"));
    assert!(whole.contains("measurements.csv"), "{whole}");
    // the one thing that nobody knows of a file that is not there
    assert!(whole.contains("measurements.csv has 17 MiB"), "{whole}");
    assert_eq!(report(&held), whole.replace("measurements.csv has 17 MiB", "measurements.csv has ≥ 17 MiB"));
}
