//! A list of repositories, some of them odd, and how a batch is run over it.

use crate::common::{Built, build, root};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// Fixtures of every chapter; what is found in them does not matter here.
const FIXTURES: &[&str] = &[
    "licence/not-stated/finding-content-only",
    "licence/manifest-conflict/finding-unlicensed",
    "licence/unrecognised/finding-points-nowhere",
    "governance/roadmap/finding-road-map-of-a-town",
    "publication/secret-file/finding-private-key",
    "data/undocumented-source/finding-two-data-sets-of-one-hub",
    "data/undocumented-file/finding-folder",
    "maintenance/single-maintainer/finding-bots-are-no-second",
    "docs/broken-link/finding-other-case-of-the-file",
    "docs/purpose/finding-title-only",
];

/// Rules that are quick to ask, so that twenty kills do not take minutes.
const ASKED: &[&str] = &["--select", "licence/missing,docs/readme-missing,docs/contact,data/undocumented-source"];

/// A list of repositories.
pub(crate) struct Zoo {
    folder: TempDir,
    _built: Vec<Built>,
    /// the lines of the list
    pub(crate) list: Vec<String>,
    /// what becomes of the odd ones
    pub(crate) expected: Vec<(String, &'static str)>,
}

/// What a batch left.
pub(crate) struct Out {
    pub(crate) dir: PathBuf,
    pub(crate) code: Option<i32>,
    pub(crate) told: String,
}

impl Zoo {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let built: Vec<Built> = FIXTURES.iter().map(|name| build(&root().join("fixtures/rules").join(name))).collect();
        let mut list: Vec<String> = built.iter().map(|built| built.path().to_string_lossy().into_owned()).collect();
        let mut expected = Vec::new();
        for (at, (name, status)) in [
            (2, ("hangs", "timeout")),
            (4, ("eats", "oom")),
            (5, ("crashes", "crashed")),
            (8, ("missing", "unreachable")),
        ] {
            let path = folder.path().join(name);
            if name != "missing" {
                fs::create_dir(&path).expect("a folder");
            }
            let path = path.to_string_lossy().into_owned();
            list.insert(at, path.clone());
            expected.push((path, status));
        }
        let file = folder.path().join("no-folder");
        fs::write(&file, "a file").expect("written");
        let file = file.to_string_lossy().into_owned();
        list.push(file.clone());
        expected.push((file, "unreachable"));
        let zoo = Self { folder, _built: built, list, expected };
        zoo.list_of("list.txt", &zoo.list);
        zoo.examiner();
        zoo
    }

    /// The program that looks: civiclint itself, but for repositories over which it is to hang, eat or crash.
    fn examiner(&self) {
        let program = env!("CARGO_BIN_EXE_civiclint");
        let script = format!(
            "#!/bin/sh\nfor path; do :; done\ncase \"$path\" in\n\
             */hangs) exec '{program}' __guard sh -c 'sleep 600; :' \"$path\";;\n\
             */eats) exec '{program}' __guard sh -c 'head -c 600m /dev/zero | tail -c 500m | sleep 600';;\n\
             */crashes) kill -SEGV $$;;\n\
             *) exec '{program}' \"$@\";;\nesac\n"
        );
        let path = self.folder("examiner");
        fs::write(&path, script).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("executable");
    }

    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn list_of(&self, name: &str, lines: &[String]) -> PathBuf {
        let path = self.folder(name);
        fs::write(&path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).expect("written");
        path
    }

    /// A batch that is about to be run.
    pub(crate) fn command(&self, list: &Path, out: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
        let given = [OsStr::new("batch"), list.as_os_str(), OsStr::new("--out")];
        command.args(given).arg(self.folder(out)).args(ASKED).args(args);
        command.args(["--lang", "en", "--as-of", crate::common::SCAN_DAY, "--jobs", "2"]);
        command.args(["--time-limit", "6", "--memory-limit", "200"]);
        command.arg("--examiner").arg(self.folder("examiner")).env("LC_ALL", "C").stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, out: &str, args: &[&str]) -> Out {
        self.run_list(&self.folder("list.txt"), out, args)
    }

    pub(crate) fn run_list(&self, list: &Path, out: &str, args: &[&str]) -> Out {
        let ran = self.command(list, out, args).output().expect("the program runs");
        let told = String::from_utf8_lossy(&[ran.stdout, ran.stderr].concat()).into_owned();
        Out { dir: self.folder(out), code: ran.status.code(), told }
    }

    /// A batch that runs.
    pub(crate) fn start(&self, out: &str, args: &[&str]) -> Child {
        let mut command = self.command(&self.folder("list.txt"), out, args);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs")
    }

    /// What a check of one repository reports, as JSON.
    pub(crate) fn check(&self, repo: &str) -> serde_json::Value {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
        command.args(["check", repo, "--rev", "HEAD", "--no-policy", "--format", "json"]).args(ASKED);
        let ran = command.args(["--as-of", crate::common::SCAN_DAY]).output().expect("the program runs");
        serde_json::from_slice(&ran.stdout).expect("a report")
    }
}
