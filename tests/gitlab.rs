//! Does the GitLab component do what it says? Its script is run as a runner runs it, with inputs that would be code if they
//! were written into it.

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The job, its inputs filled in as GitLab fills them in: in the text of the page.
fn job(inputs: &[(&str, &str)]) -> Value {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/civiclint.yml")).expect("a page");
    let (head, body) = page.split_once("\n---\n").expect("a header");
    let head: Value = serde_saphyr::from_str(head).expect("YAML");
    let mut body = body.to_owned();
    for (name, input) in head["spec"]["inputs"].as_object().expect("inputs") {
        let given = inputs.iter().find(|(found, _)| found == name).map(|(_, value)| *value);
        let value = given.unwrap_or_else(|| input["default"].as_str().expect("a default"));
        body = body.replace(&format!("$[[ inputs.{name} ]]"), value);
    }
    assert!(!body.contains("$[["), "{body}");
    let jobs: Value = serde_saphyr::from_str(&body).expect("YAML");
    jobs.as_object().and_then(|jobs| jobs.values().next()).expect("a job").clone()
}

struct Machine {
    folder: TempDir,
    predefined: BTreeMap<&'static str, String>,
}

struct Ended {
    code: i32,
    log: String,
    /// what civiclint was told, one argument a line
    told: Option<String>,
}

impl Machine {
    /// An image with civiclint: a stand-in that writes down what it was told and ends with a code.
    fn new(code: u8) -> Self {
        let machine = Self { folder: TempDir::new().expect("a folder"), predefined: BTreeMap::new() };
        for name in ["bin", "project", "releases"] {
            fs::create_dir(machine.path(name)).expect("a folder");
        }
        machine.program(
            "bin/civiclint",
            &format!("printf '%s\\n' \"$@\" >'{}'\nexit {code}", machine.path("told").display()),
        );
        // The last argument is the address.
        let serve = "while [ $# -gt 1 ]; do case $1 in -O | --output) to=$2 ;; esac; shift; done";
        let from = machine.path("releases");
        let serve =
            format!("{serve}\nprintf '%s\\n' \"$1\" >'{}/address'\ncp '{0}/'\"${{1##*/}}\" \"$to\"", from.display());
        machine.program("bin/curl", &serve);
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str, script: &str) {
        fs::write(self.path(name), format!("#!/bin/sh\n{script}\n")).expect("a script");
        fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).expect("a mode");
    }

    fn run(&self, inputs: &[(&str, &str)]) -> Ended {
        let job = job(inputs);
        let lines = job["script"].as_array().expect("a script").iter().map(|line| line.as_str().expect("text"));
        let script: Vec<&str> = lines.collect();
        let mut command = Command::new("sh");
        command.arg("-ec").arg(script.join("\n")).current_dir(self.path("project")).env_clear();
        command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", self.path("bin").display()));
        for (name, value) in job["variables"].as_object().expect("variables") {
            command.env(name, value.as_str().expect("text"));
        }
        let done = command.envs(&self.predefined).output().expect("sh");
        let log = [done.stdout, done.stderr].concat();
        assert!(!self.path("project/pwned").exists());
        Ended {
            code: done.status.code().unwrap_or(-1),
            log: String::from_utf8_lossy(&log).into_owned(),
            told: fs::read_to_string(self.path("told")).ok(),
        }
    }
}

#[test]
fn one_scan_writes_what_the_job_keeps() {
    let ended = Machine::new(0).run(&[]);
    assert_eq!(ended.code, 0, "{}", ended.log);
    let told = ended.told.expect("civiclint ran");
    let artifacts = job(&[])["artifacts"].to_string();
    let written: Vec<&str> = told.lines().filter_map(|line| line.split_once('=')).map(|(_, file)| file).collect();
    assert_eq!(written.len(), 4, "{told}");
    for file in written {
        assert!(artifacts.contains(&format!("\"{file}\"")), "{file} is written and not kept");
    }
    assert!(told.ends_with("--\n.\n") && !told.contains("--policy") && !told.contains("--profile"), "{told}");
}

#[test]
fn it_ends_as_civiclint_ends() {
    for code in [0, 1, 2, 3, 4] {
        assert_eq!(Machine::new(code).run(&[]).code, i32::from(code));
    }
    assert_eq!(job(&[])["allow_failure"]["exit_codes"], serde_json::json!([3]));
    assert_eq!(job(&[])["variables"]["GIT_DEPTH"], "0");
}

#[test]
fn in_a_merge_request_the_policy_of_the_base_decides() {
    let mut machine = Machine::new(0);
    let told = |machine: &Machine| machine.run(&[]).told.expect("civiclint ran");
    machine.predefined.insert("CI_MERGE_REQUEST_DIFF_BASE_SHA", "1".repeat(40));
    assert!(told(&machine).contains(&format!("--policy-rev\n{}\n", "1".repeat(40))));
    machine.predefined.insert("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "2".repeat(40));
    assert!(told(&machine).contains(&format!("--policy-rev\n{}\n", "2".repeat(40))));
    machine.predefined.insert("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", String::new());
    assert!(told(&machine).contains(&format!("--policy-rev\n{}\n", "1".repeat(40))));
}

#[test]
fn inputs_stay_text() {
    let hostile = "a b; touch pwned $(touch pwned) `touch pwned` ' * --";
    for input in ["path", "profile", "baseline", "fail-on"] {
        let told = Machine::new(0).run(&[(input, hostile)]).told.expect("civiclint ran");
        assert!(told.contains(&format!("\n{hostile}\n")), "{input}: {told}");
    }
    for input in ["release-url", "version", "sha256"] {
        let ended =
            Machine::new(0).run(&[("release-url", "x"), ("version", "1.0.0"), ("sha256", "0"), (input, hostile)]);
        assert!(ended.code != 0 && ended.told.is_none(), "{input}: {}", ended.log);
    }
}

#[test]
fn a_release_runs_only_with_its_checksum() {
    let machine = Machine::new(4);
    let name = format!("civiclint-1.0.0-{}-unknown-linux-musl.tar.gz", std::env::consts::ARCH);
    machine.program("civiclint", &format!("echo released >'{}'", machine.path("told").display()));
    let archive = machine.path("releases").join(&name);
    let packed =
        Command::new("tar").arg("-czf").arg(&archive).arg("-C").arg(machine.path("")).arg("civiclint").status();
    assert!(packed.expect("tar").success());
    let hash: String =
        Sha256::digest(fs::read(&archive).expect("it")).iter().map(|byte| format!("{byte:02x}")).collect();
    let run = |version, sha256: &str| {
        machine.run(&[("release-url", "https://git.example/r"), ("version", version), ("sha256", sha256)])
    };

    if cfg!(target_os = "linux") {
        let ended = run("1.0.0", &hash);
        assert_eq!((ended.code, ended.told.as_deref()), (0, Some("released\n")), "{}", ended.log);
        let address = fs::read_to_string(machine.path("releases/address")).expect("an address");
        assert_eq!(address, format!("https://git.example/r/{name}\n"));
        fs::remove_file(machine.path("told")).expect("it ran");
    }
    for (version, sha256) in [("1.0.0", "0".repeat(64)), ("1.0.0", String::new()), ("", hash.clone()), ("2.0.0", hash)]
    {
        let ended = run(version, &sha256);
        assert!(ended.code != 0 && ended.told.is_none(), "{version} {sha256}: {}", ended.log);
    }
}
