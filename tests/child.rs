//! Does what a batch started end with the batch, even when that is killed?

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests start processes and read what they wrote")]

use civiclint::batch::child::{GUARD, How, Task, run};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

fn guarded(args: &[&str]) -> Task {
    let args = std::iter::once(GUARD).chain(args.iter().copied());
    Task {
        program: PathBuf::from(env!("CARGO_BIN_EXE_civiclint")),
        args: args.map(OsString::from).collect(),
        env: Vec::new(),
        without: Vec::new(),
        input: b"frame".to_vec(),
        time: Duration::from_secs(60),
        memory: None,
        output: 1 << 20,
        folder: None,
    }
}

fn lives(pid: &str) -> bool {
    let state = Command::new("ps").args(["-o", "stat=", "-p", pid]).output().expect("ps").stdout;
    !state.is_empty() && !state.starts_with(b"Z")
}

fn within(time: Duration, is: impl Fn() -> bool) -> bool {
    let until = Instant::now() + time;
    while !is() {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    true
}

#[test]
fn a_guarded_program_ends_as_it_ends() {
    let stop = AtomicBool::new(false);
    let end = |args: &[&str]| run(&guarded(args), &stop).expect("started");
    let ended = end(&["sh", "-c", "cat; echo said; exit 7"]);
    assert_eq!((ended.how, ended.stdout.as_slice()), (How::Exit(7), &b"said\n"[..]), "and has no input");
    assert_eq!(end(&["sh", "-c", "kill -TERM $$"]).how, How::Exit(128 + 15));
    assert_eq!(end(&["/nonexistent"]).how, How::Exit(127));
    assert_eq!(end(&[]).how, How::Exit(1));
    #[cfg(target_os = "linux")]
    assert_eq!(end(&["cat", "/proc/self/oom_score_adj"]).stdout, b"1000\n");
}

/// The parent of the next test: starts what never ends and is killed over it.
#[test]
#[ignore = "played by another process"]
fn parent() {
    let Some(folder) = std::env::var_os("CHILD_TEST_FOLDER") else { return };
    let mut task = guarded(&["sh", "-c", "sleep 60 & echo $! $$ >\"$F.part\"; mv \"$F.part\" \"$F\"; wait"]);
    task.env.push(("F".into(), Path::new(&folder).join("pids").into()));
    let _ = run(&task, &AtomicBool::new(false));
}

#[test]
fn everything_ends_with_a_parent_that_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut parent = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "parent", "--ignored"])
        .env("CHILD_TEST_FOLDER", folder.path())
        .stdout(Stdio::null())
        .spawn()
        .expect("started");
    let pids = folder.path().join("pids");
    assert!(within(Duration::from_secs(30), || pids.exists()));
    let pids = std::fs::read_to_string(pids).expect("pids");
    let pids: Vec<&str> = pids.split_whitespace().collect();
    assert!(pids.len() == 2 && pids.iter().all(|pid| lives(pid)), "{pids:?}");
    // SIGKILL
    parent.kill().expect("killed");
    parent.wait().expect("gone");
    assert!(within(Duration::from_secs(1), || !pids.iter().any(|pid| lives(pid))), "{pids:?}");
}
