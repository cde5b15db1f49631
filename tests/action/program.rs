//! Does the action run only a civiclint whose origin is proven?

use crate::runner::{Run, Runner};
use crate::{stand_in, told, with_findings};
use sha2::{Digest, Sha256};
use std::fs;
use std::process::Command;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A release of this version with the stand-in as its program; the checksum of its archive.
fn release(runner: &Runner, version: &str) -> String {
    stand_in(runner, 0);
    let name = format!("civiclint-{version}-x86_64-unknown-linux-musl.tar.gz");
    let script = runner.note("program").expect("a script").replace("#!/bin/bash", "#!/bin/bash\necho released >&2");
    runner.executable("civiclint", &script);
    let archive = runner.path("releases").join(&name);
    let packed = Command::new("tar").arg("-czf").arg(&archive).arg("-C").arg(runner.path("")).arg("civiclint").status();
    assert!(packed.expect("tar").success());
    let hash: String =
        Sha256::digest(fs::read(&archive).expect("an archive")).iter().map(|b| format!("{b:02x}")).collect();
    format!("{hash}  {name}\n")
}

fn known(runner: &Runner, table: &str) {
    fs::write(runner.path("the action/scripts/action/checksums.txt"), format!("# hash and name\n{table}"))
        .expect("a table");
}

fn was_built(run: &Run) -> bool {
    run.steps.iter().any(|step| step == "Build civiclint")
}

#[test]
fn a_release_in_the_table_is_used() {
    for version in ["", VERSION, &format!("v{VERSION}")] {
        let mut runner = with_findings();
        let entry = release(&runner, VERSION);
        known(&runner, &entry);
        let run = runner.input("version", version).run();
        assert_eq!((run.failed, was_built(&run)), (None, false), "{}", run.log);
        assert!(run.log.contains("\nreleased\n"), "{}", run.log);
        let archive = entry.split_whitespace().nth(1).expect("a name");
        let address = format!("https://github.example/civic/civiclint/releases/download/v{VERSION}/{archive}\n");
        assert_eq!(runner.note("curl-was-told"), Some(address));
    }
}

#[test]
fn a_wrong_checksum_ends_it() {
    let runner = with_findings();
    let entry = release(&runner, VERSION);
    let wrong = if entry.starts_with('0') { "1" } else { "0" };
    known(&runner, &format!("{wrong}{}", entry.get(1..).expect("a hash")));
    let run = runner.run();
    assert_eq!(run.failed, Some(1), "{}", run.log);
    assert!(run.said("error").contains("is not what was released"), "{}", run.log);
    assert_eq!(run.steps, ["Find civiclint"]);
    assert_eq!((runner.note("told"), runner.note("cargo-was-told")), (None, None));
}

#[test]
fn outside_of_the_table_the_attestation_decides() {
    let runner = with_findings();
    release(&runner, VERSION);
    let run = runner.run();
    assert_eq!((run.failed, was_built(&run)), (None, true), "{}", run.log);
    assert!(!run.log.contains("\nreleased\n"), "{}", run.log);
    fs::write(runner.path("attested"), "").expect("a file");
    let run = runner.run();
    assert_eq!((run.failed, was_built(&run)), (None, false), "{}", run.log);
    assert!(run.log.contains("\nreleased\n"), "{}", run.log);
}

#[test]
fn without_a_release_it_is_built_away_from_the_workspace() {
    let runner = with_findings();
    stand_in(&runner, 0);
    let run = runner.run();
    assert_eq!((run.failed, was_built(&run)), (None, true), "{}", run.log);
    told(&runner);
    let ran_in = runner.note("cargo-ran-in").expect("cargo ran");
    assert!(ran_in.trim_end().ends_with("/the action"), "{ran_in}");
    let arguments = runner.note("cargo-was-told").expect("cargo ran");
    assert!(arguments.starts_with("build\n--locked\n--release\n"), "{arguments}");
}

#[test]
fn a_build_is_kept_for_the_next_run_with_the_same_sources() {
    let key = |runner: &Runner| {
        let contexts = runner.run();
        assert_eq!(contexts.failed, None, "{}", contexts.log);
        let made = fs::read_dir(runner.path("temp")).expect("a folder");
        let outputs = made.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
        outputs
            .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
            .find(|line| line.starts_with("civiclint-Linux-X64-"))
    };
    let mut runner = with_findings();
    stand_in(&runner, 0);
    let first = key(&runner);
    assert!(first.is_some());
    assert_eq!(key(&runner), first);
    fs::write(runner.path("the action/Cargo.lock"), "changed").expect("a file");
    assert_ne!(key(&runner), first);

    runner.cached = true;
    fs::remove_file(runner.path("cargo-was-told")).expect("cargo ran");
    let run = runner.run();
    assert_eq!((run.failed, was_built(&run)), (None, false), "{}", run.log);
    assert_eq!(runner.note("cargo-was-told"), None);
}

#[test]
fn another_version_is_never_replaced_by_this_one() {
    let mut runner = with_findings();
    release(&runner, "9.9.9");
    let run = runner.input("version", "9.9.9").run();
    assert_eq!(run.failed, Some(1), "{}", run.log);
    assert!(run.said("error").contains("no release 9.9.9"), "{}", run.log);
    fs::write(runner.path("attested"), "").expect("a file");
    let run = runner.run();
    assert_eq!((run.failed, was_built(&run)), (None, false), "{}", run.log);
}

#[test]
fn source_and_a_checkout_of_itself_are_built() {
    let mut runner = with_findings();
    let entry = release(&runner, VERSION);
    known(&runner, &entry);
    runner.action_repository.clear();
    assert!(was_built(&runner.run()));
    runner.action_repository = "civic/civiclint".into();
    assert!(was_built(&runner.input("version", "source").run()));
    assert_eq!(runner.note("curl-was-told"), None);
}

#[test]
fn versions_and_systems_that_are_none_are_refused() {
    for version in ["latest", "1", "../../x/y/1.0.0", "1.0.0 --insecure", "1.0.0\n"] {
        let mut runner = with_findings();
        let run = runner.input("version", version).run();
        assert_eq!((run.failed, run.steps.len()), (Some(2), 1), "{version}: {}", run.log);
        assert_eq!(runner.note("curl-was-told"), None);
    }
    let mut runner = with_findings();
    runner.variables.insert("RUNNER_OS".into(), "Windows".into());
    assert!(runner.run().said("error").contains("Linux and macOS"));
}

#[test]
fn without_cargo_it_says_what_is_missing() {
    let runner = with_findings();
    fs::remove_file(runner.path("bin/cargo")).expect("a file");
    if Command::new("sh")
        .args(["-c", "PATH=/usr/local/bin:/usr/bin:/bin command -v cargo"])
        .status()
        .is_ok_and(|s| s.success())
    {
        return; // This machine has one for everybody.
    }
    let run = runner.run();
    assert_eq!(run.failed, Some(2), "{}", run.log);
    assert!(run.said("error").contains("install Rust"), "{}", run.log);
}
