//! Does everything that a process may do come to an end?

use super::*;
use std::path::Path;

static NEVER: AtomicBool = AtomicBool::new(false);

fn shell(script: &str) -> Task {
    Task {
        program: "sh".into(),
        args: vec!["-c".into(), script.into()],
        env: Vec::new(),
        without: Vec::new(),
        input: Vec::new(),
        time: Duration::from_secs(20),
        memory: None,
        output: 1 << 20,
        folder: None,
    }
}

fn end_of(task: &Task) -> Ended {
    run(task, &NEVER).expect("started")
}

/// Whether a process is there and no mere rest of one.
#[expect(clippy::disallowed_methods, reason = "a test asks the system about processes")]
fn lives(pid: &str) -> bool {
    let state = std::process::Command::new("ps").args(["-o", "stat=", "-p", pid]).output().expect("ps").stdout;
    !state.is_empty() && !state.starts_with(b"Z")
}

fn is_gone(pid: &str) -> bool {
    let until = Instant::now() + Duration::from_secs(1);
    while lives(pid) {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(TICK);
    }
    true
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

#[test]
fn one_that_ends_by_itself() {
    let ended = end_of(&shell("echo out; echo err >&2; exit 7"));
    assert_eq!(ended.how, How::Exit(7));
    assert_eq!((ended.stdout.as_slice(), ended.stderr.as_slice()), (&b"out\n"[..], &b"err\n"[..]));
    assert_eq!(end_of(&shell("kill -TERM $$")).how, How::Signal(15));
    assert_eq!(end_of(&shell("kill -KILL $$")).how, How::Signal(9));
    let missing = Task { program: "/nonexistent".into(), ..shell("") };
    assert!(run(&missing, &NEVER).is_err());
}

#[test]
fn its_variables_are_those_that_were_wanted() {
    let mut task = shell("echo $A/${HOME-none}");
    task.env.push(("A".into(), "1".into()));
    task.without.push("HOME".into());
    assert_eq!(text(&end_of(&task).stdout), "1/none");
}

#[test]
fn one_that_never_ends() {
    let ended = end_of(&Task { time: Duration::from_millis(200), ..shell("trap '' TERM; while :; do sleep 9; done") });
    assert_eq!(ended.how, How::Late);
    assert!(ended.wall < Duration::from_secs(5), "{:?}", ended.wall);
}

#[test]
fn one_that_eats_memory() {
    let eat = "a=0123456789abcdef; while :; do a=$a$a; done";
    let ended = end_of(&Task { memory: Some(64 << 20), ..shell(eat) });
    assert_eq!(ended.how, How::Memory);
    let by_child = format!("(trap '' TERM; {eat}) & wait");
    assert_eq!(end_of(&Task { memory: Some(64 << 20), ..shell(&by_child) }).how, How::Memory);
}

#[test]
#[cfg(target_os = "linux")]
fn the_most_memory_is_told() {
    let eat = "a=0123456789abcdef; while [ ${#a} -lt 16777216 ]; do a=$a$a; done; sleep 0.1";
    let peak = end_of(&shell(eat)).peak.expect("seen");
    assert!((16 << 20..1 << 30).contains(&peak), "{peak}");
}

#[test]
fn one_that_says_too_much() {
    let ended = end_of(&Task { output: 1000, ..shell("while :; do echo 0123456789; done") });
    assert_eq!((ended.how, ended.stdout.len()), (How::Output, 1000));
    let ended = end_of(&Task { output: 5, ..shell("i=0; while [ $i -lt 999 ]; do i=$((i+1)); echo $i >&2; done") });
    assert_eq!((ended.how, ended.stderr.as_slice()), (How::Exit(0), &b"\n999\n"[..]));
}

#[test]
fn one_that_fills_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    let mut task = shell("while :; do head -c 1000000 /dev/zero >>\"$F/x\"; sleep 0.01; done");
    task.env.push(("F".into(), path.clone().into()));
    task.folder = Some((path.clone(), 5_000_000));
    assert_eq!(end_of(&task).how, How::Folder);
    assert!(bytes_below(&path) > 5_000_000);
    assert_eq!(bytes_below(Path::new("/nonexistent")), 0);
}

#[test]
fn children_do_not_outlive_it() {
    let ended = end_of(&shell("sleep 60 & echo $!"));
    assert_eq!(ended.how, How::Exit(0), "a pipe that a child holds open is no reason to wait");
    assert!(ended.wall < Duration::from_secs(5), "{:?}", ended.wall);
    assert!(is_gone(&text(&ended.stdout)));
    let ended = end_of(&Task { time: Duration::from_millis(300), ..shell("sleep 60 & echo $!; wait") });
    assert_eq!(ended.how, How::Late);
    assert!(is_gone(&text(&ended.stdout)));
}

#[test]
#[cfg(target_os = "linux")]
fn children_that_left_the_group_do_not_outlive_it() {
    let ended = end_of(&Task { time: Duration::from_millis(500), ..shell("setsid sleep 60 & echo $!; wait") });
    assert_eq!(ended.how, How::Late);
    assert!(is_gone(&text(&ended.stdout)));
}

#[test]
fn somebody_wants_to_stop() {
    let stop = AtomicBool::new(false);
    let task = shell("echo begun; sleep 60");
    let ended = std::thread::scope(|scope| {
        let running = scope.spawn(|| run(&task, &stop).expect("started"));
        std::thread::sleep(Duration::from_millis(200));
        stop.store(true, Ordering::Relaxed);
        running.join().expect("ended")
    });
    assert_eq!((ended.how, text(&ended.stdout).as_str()), (How::Stopped, "begun"));
    assert!(ended.wall < Duration::from_secs(5), "{:?}", ended.wall);
    assert_eq!(run(&task, &stop).expect("nothing was started").how, How::Stopped);
}

#[test]
fn input_comes_as_a_frame_and_stays_open() {
    let mut task = shell("head -c 7 | tail -c 3");
    task.input = b"abc".to_vec();
    assert_eq!(text(&end_of(&task).stdout), "abc");
    // more than a pipe takes, for one that does not read it
    task = shell("exit 3");
    task.input = vec![b'x'; 1 << 20];
    assert_eq!(end_of(&task).how, How::Exit(3));
}
