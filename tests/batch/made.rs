//! What is looked at again, and what not? Which part of a list belongs to a job?

use crate::zoo::Zoo;
use crate::{assert_same, files, records};
use std::fs;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, args: &[&str]) {
    let who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
    let ran = Command::new("git").current_dir(folder).args(who).args(args).output().expect("git runs");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// Two repositories of one file each.
fn two(zoo: &Zoo) -> Vec<String> {
    let made = ["first", "second"].map(|name| {
        let folder = zoo.folder(name);
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("README.md"), format!("# {name}\n")).expect("written");
        git(&folder, &["init", "-q"]);
        git(&folder, &["add", "."]);
        git(&folder, &["commit", "-qm", "first"]);
        folder.to_string_lossy().into_owned()
    });
    made.to_vec()
}

#[test]
fn since_looks_only_at_what_moved_and_everything_where_rules_changed() {
    let zoo = Zoo::new();
    let repos = two(&zoo);
    let list = zoo.list_of("two.txt", &repos);
    let run = |args: &[&str]| {
        let out = zoo.run_list(&list, "out", args);
        assert_eq!(out.code, Some(0), "{}", out.told);
        let records = records(&out.dir);
        repos.iter().map(|repo| records[repo]["since"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(run(&[]), [None, None]);
    fs::write(Path::new(&repos[1]).join("more.md"), "more\n").expect("written");
    git(Path::new(&repos[1]), &["add", "."]);
    git(Path::new(&repos[1]), &["commit", "-qm", "second"]);
    let day = crate::common::SCAN_DAY.to_owned();
    assert_eq!(run(&["--since"]), [Some(day), None]);
    assert_eq!(run(&["--since", "--ignore", "docs/contact"]), [None, None]);
}

#[test]
fn the_parts_of_a_list_together_are_the_list() {
    let zoo = Zoo::new();
    let whole = zoo.run("whole", &[]);
    let all = records(&whole.dir);
    let mut parts = std::collections::BTreeMap::new();
    for index in 1..=3 {
        let out = format!("part{index}");
        let ran = zoo.run(&out, &["--shard", &format!("{index}/3")]);
        assert!(matches!(ran.code, Some(0 | 3)), "{}", ran.told);
        parts.extend(records(&ran.dir));
    }
    assert_eq!(parts, all);
}

#[test]
fn a_job_knows_its_part() {
    let zoo = Zoo::new();
    let list = zoo.folder("list.txt");
    let run = |out: &str, args: &[&str], variables: &[(&str, &str)]| {
        let mut command = zoo.command(&list, out, args);
        for name in ["CI_NODE_INDEX", "CI_NODE_TOTAL", "JOB_COMPLETION_INDEX"] {
            command.env_remove(name);
        }
        command.envs(variables.iter().copied()).output().expect("the program runs").status.code()
    };
    let named = zoo.run("named", &["--shard", "2/3"]);
    assert!(matches!(named.code, Some(0 | 3)));
    assert_eq!(run("gitlab", &["--shard", "auto"], &[("CI_NODE_INDEX", "2"), ("CI_NODE_TOTAL", "3")]), named.code);
    assert_eq!(run("kubernetes", &["--shard", "auto/3"], &[("JOB_COMPLETION_INDEX", "1")]), named.code);
    assert_same(&named.dir, &zoo.folder("gitlab"));
    assert_same(&named.dir, &zoo.folder("kubernetes"));
    assert_eq!(run("nobody", &["--shard", "auto"], &[]), Some(2));
    assert_eq!(run("nobody", &["--shard", "4/3"], &[]), Some(2));
    // The folder of one part is not that of another.
    assert_eq!(zoo.run("named", &["--shard", "1/3"]).code, Some(2));
}

#[test]
fn what_is_no_longer_in_the_list_is_gone() {
    let zoo = Zoo::new();
    let repos = two(&zoo);
    let out = zoo.run_list(&zoo.list_of("two.txt", &repos), "out", &[]);
    assert_eq!(records(&out.dir).len(), 2);
    let results = |dir: &Path| files(dir).keys().filter(|name| name.starts_with("results/")).count();
    assert_eq!(results(&out.dir), 4);
    let out = zoo.run_list(&zoo.list_of("one.txt", &repos[..1]), "out", &[]);
    assert_eq!((records(&out.dir).len(), results(&out.dir)), (1, 2));
}

#[test]
fn a_cache_changes_nothing_but_the_time() {
    let zoo = Zoo::new();
    let repos = two(&zoo);
    let list = zoo.list_of("two.txt", &repos);
    let run = |out: &str, args: &[&str]| {
        let ran = zoo.run_list(&list, out, args);
        assert_eq!(ran.code, Some(0), "{}", ran.told);
        ran.dir
    };
    let without = run("without", &["--no-cache"]);
    assert!(!without.join("cache").exists());
    let with = run("with", &[]);
    assert_same(&without, &with);
    assert_eq!(fs::read_dir(with.join("cache")).expect("a cache").count(), 2, "one file for each repository");
    let without = run("without", &["--no-cache", "--fresh"]);
    assert_same(&without, &run("with", &["--fresh"]));
    // A folder that is not to be trusted is told, and the run goes on.
    fs::remove_dir_all(with.join("cache")).expect("removed");
    std::os::unix::fs::symlink(&without, with.join("cache")).expect("a link");
    let ran = zoo.run_list(&list, "with", &["--fresh"]);
    assert!(ran.told.contains("symbolic link") && ran.told.contains("without a cache"), "{}", ran.told);
    assert_eq!(ran.code, Some(0));
    fs::remove_file(with.join("cache")).expect("removed");
    assert_same(&without, &with);
}
