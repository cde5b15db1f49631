//! What is left of a run that is killed, stopped, or finds the disk full?

use crate::zoo::Zoo;
use crate::{assert_same, records};
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Numbers that look like chance and are the same in every run (Knuth's multiplicative generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most.max(1)
    }
}

#[test]
fn twenty_kills_change_nothing() {
    let zoo = Zoo::new();
    let began = Instant::now();
    let whole = zoo.run("whole", &[]);
    let took = u64::try_from(began.elapsed().as_millis()).expect("no century");
    let mut chance = Chance(22);
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut unfinished = 0;
    for kill in 0..20 {
        let mut child = zoo.start("cut", &[]);
        std::thread::sleep(Duration::from_millis(20 + chance.below(took / 5)));
        child.kill().expect("killed");
        child.wait().expect("gone");
        let journal = std::fs::read_to_string(zoo.folder("cut/journal.jsonl")).unwrap_or_default();
        let kept: BTreeSet<String> = journal
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .map(|record| record["repo"].as_str().expect("a repository").to_owned())
            .collect();
        assert!(known.is_subset(&kept), "kill {kill}: a record is gone");
        known = kept;
        unfinished += usize::from(known.len() < zoo.list.len());
    }
    assert!(unfinished >= 3, "the kills came too late to be any: {unfinished}");
    let cut = zoo.run("cut", &[]);
    assert_eq!((cut.code, whole.code), (Some(3), Some(3)), "{}", cut.told);
    assert_same(&whole.dir, &cut.dir);
}

#[test]
fn nothing_of_a_killed_run_goes_on() {
    let zoo = Zoo::new();
    let mut child = zoo.start("out", &[]);
    let hangs = zoo.folder("hangs").to_string_lossy().into_owned();
    let is_there = || {
        let listed = Command::new("ps").args(["-ww", "-eo", "args"]).stderr(Stdio::null()).output().expect("ps runs");
        String::from_utf8_lossy(&listed.stdout).lines().any(|line| line.contains(&hangs))
    };
    let until = |wanted: bool| {
        let began = Instant::now();
        while is_there() != wanted && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        is_there() == wanted
    };
    assert!(until(true), "the process that hangs was started");
    child.kill().expect("killed");
    child.wait().expect("gone");
    assert!(until(false), "a process outlives the run");
}

#[test]
fn who_is_asked_to_stop_stops_and_goes_on_later() {
    let zoo = Zoo::new();
    let whole = zoo.run("whole", &[]);
    let mut child = zoo.start("out", &[]);
    std::thread::sleep(Duration::from_millis(1_500));
    let asked = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
    assert!(asked.success());
    let began = Instant::now();
    assert_eq!(child.wait().expect("gone").code(), Some(130));
    assert!(began.elapsed() < Duration::from_secs(5), "it did not wait for what hangs");
    assert!(records(&zoo.folder("out")).len() < zoo.list.len());
    assert_eq!(zoo.run("out", &[]).code, Some(3));
    assert_same(&whole.dir, &zoo.folder("out"));
}

#[test]
fn a_full_disk_stops_the_run_and_loses_nothing() {
    let zoo = Zoo::new();
    let whole = zoo.run("whole", &[]);
    // A limit of the size of files is the full disk of somebody who may not make one.
    let command = zoo.command(&zoo.folder("list.txt"), "out", &[]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 12; exec \"$@\"", "sh"]).arg(command.get_program());
    let ran = limited.args(command.get_args()).env("LC_ALL", "C").output().expect("sh runs");
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(4), "{told}");
    assert!(told.contains("nothing that was done is lost"), "{told}");
    assert!(records(&zoo.folder("out")).len() < zoo.list.len());
    assert_eq!(zoo.run("out", &[]).code, Some(3));
    assert_same(&whole.dir, &zoo.folder("out"));
}

#[test]
fn two_runs_do_not_share_a_folder() {
    let zoo = Zoo::new();
    let mut child = zoo.start("out", &[]);
    let began = Instant::now();
    while !zoo.folder("out/journal.jsonl").exists() && began.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let second = zoo.run("out", &[]);
    assert_eq!(second.code, Some(2), "{}", second.told);
    assert!(second.told.contains("another batch works in"), "{}", second.told);
    child.kill().expect("killed");
    child.wait().expect("gone");
}
