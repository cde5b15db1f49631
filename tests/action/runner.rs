//! What does a GitHub runner do with action.yml? The same here: expressions, environment files, steps in a bash of their
//! own, `if`, `continue-on-error`; steps that use another action are written down instead.

use crate::expression::{filled, holds};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// The folder of this project.
pub(crate) const HOME: &str = env!("CARGO_MANIFEST_DIR");

/// A machine with a workspace and a copy of the action, its paths with a space in them.
pub(crate) struct Runner {
    folder: TempDir,
    pub(crate) inputs: BTreeMap<String, String>,
    pub(crate) event: Value,
    /// variables that a runner sets, or that a test adds
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) action_repository: String,
    pub(crate) upload_works: bool,
    pub(crate) cached: bool,
}

/// What a run left.
#[derive(Debug, Default)]
pub(crate) struct Run {
    /// the log of all steps
    pub(crate) log: String,
    pub(crate) summary: String,
    /// the outputs of the action
    pub(crate) outputs: BTreeMap<String, String>,
    /// the exit code of the step that failed
    pub(crate) failed: Option<i32>,
    /// names of the steps that ran, and of the actions that would have
    pub(crate) steps: Vec<String>,
    /// what the upload was given
    pub(crate) upload: Option<BTreeMap<String, String>>,
}

/// action.yml as it is.
pub(crate) fn action() -> Value {
    let text = fs::read_to_string(Path::new(HOME).join("action.yml")).expect("action.yml");
    serde_saphyr::from_str(&text).expect("YAML")
}

pub(crate) fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(crate) fn entries<'v>(value: &'v Value, key: &str) -> Vec<(&'v String, &'v Value)> {
    value.get(key).and_then(Value::as_object).map(|map| map.iter().collect()).unwrap_or_default()
}

pub(crate) fn steps() -> Vec<Value> {
    action()["runs"]["steps"].as_array().expect("steps").clone()
}

impl Runner {
    /// A Linux runner with cargo, no release and an empty workspace; the program is the one under test.
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let runner = Self {
            folder,
            inputs: BTreeMap::new(),
            event: json!({}),
            variables: BTreeMap::new(),
            action_repository: "civic/civiclint".into(),
            upload_works: true,
            cached: false,
        };
        for name in ["bin", "temp", "releases", "work space", "the action/scripts/action"] {
            fs::create_dir_all(runner.path(name)).expect("a folder");
        }
        for name in ["action.yml", "Cargo.toml", "Cargo.lock"] {
            fs::copy(Path::new(HOME).join(name), runner.path("the action").join(name)).expect("a copy");
        }
        for file in fs::read_dir(Path::new(HOME).join("scripts/action")).expect("scripts") {
            let file = file.expect("a script").path();
            let name = file.file_name().expect("a name");
            fs::copy(&file, runner.path("the action/scripts/action").join(name)).expect("a copy");
        }
        let there = runner.path("");
        let there = there.display();
        runner.executable("program", &format!("exec '{}' \"$@\"", env!("CARGO_BIN_EXE_civiclint")));
        runner.executable(
            "bin/cargo",
            &format!(
                "pwd >'{there}/cargo-ran-in'; printf '%s\\n' \"$@\" >'{there}/cargo-was-told'\n\
                 while [ \"$1\" != --target-dir ]; do shift; done\n\
                 mkdir -p \"$2/release\"; cp '{there}/program' \"$2/release/civiclint\""
            ),
        );
        // The last argument is the address, the one before --output's value is known.
        runner.executable(
            "bin/curl",
            &format!(
                "while [ $# -gt 1 ]; do [ \"$1\" != --output ] || output=$2; shift; done\n\
                 printf '%s\\n' \"$1\" >'{there}/curl-was-told'\n\
                 cp '{there}/releases/'\"${{1##*/}}\" \"$output\" 2>/dev/null || exit 22"
            ),
        );
        runner.executable("bin/gh", &format!("[ -f '{there}/attested' ]"));
        runner
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn workspace(&self) -> PathBuf {
        self.path("work space")
    }

    pub(crate) fn executable(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.path(name);
        fs::write(&path, format!("#!/bin/bash\n{script}\n")).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a mode");
    }

    /// What was put down in the machine's folder under this name.
    pub(crate) fn note(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    pub(crate) fn input(&mut self, name: &str, value: &str) -> &mut Self {
        assert!(action()["inputs"].get(name).is_some(), "there is no input {name}");
        self.inputs.insert(name.into(), value.into());
        self
    }

    /// Runs the action as a step of a job.
    pub(crate) fn run(&self) -> Run {
        let inputs: Map<String, Value> = entries(&action(), "inputs")
            .into_iter()
            .map(|(name, input)| {
                let value = self.inputs.get(name).cloned().unwrap_or_else(|| text(input, "default"));
                (name.clone(), Value::String(value))
            })
            .collect();
        let mut contexts = json!({
            "inputs": inputs,
            "github": {"event": self.event, "action_repository": self.action_repository, "token": "no-token"},
            "steps": {},
        });
        let mut run = Run::default();
        for (number, step) in steps().iter().enumerate() {
            let condition = text(step, "if");
            if run.failed.is_some() || !(condition.is_empty() || holds(&condition, &contexts)) {
                continue;
            }
            run.steps.push(text(step, "name"));
            let (outputs, ended) = match step.get("uses") {
                Some(uses) => self.used(uses.as_str().expect("a name"), step, &contexts, &mut run),
                None => self.bash(number, step, &contexts, &mut run),
            };
            let outcome = if ended == 0 { "success" } else { "failure" };
            if ended != 0 && step.get("continue-on-error") != Some(&Value::Bool(true)) {
                run.failed = Some(ended);
            }
            if let Some(id) = step.get("id").and_then(Value::as_str) {
                contexts["steps"][id] = json!({"outputs": outputs, "outcome": outcome});
            }
        }
        for (name, output) in entries(&action(), "outputs") {
            run.outputs.insert(name.clone(), filled(&text(output, "value"), &contexts));
        }
        run
    }

    fn used(&self, uses: &str, step: &Value, contexts: &Value, run: &mut Run) -> (BTreeMap<String, String>, i32) {
        let with: BTreeMap<String, String> = entries(step, "with")
            .into_iter()
            .map(|(name, value)| (name.clone(), filled(value.as_str().expect("text"), contexts)))
            .collect();
        if uses.starts_with("actions/cache@") {
            assert!(with["path"].starts_with('/') && !with["key"].contains(','), "{with:?}");
            if self.cached {
                let folder = Path::new(&with["path"]);
                fs::create_dir_all(folder).expect("a folder");
                fs::copy(self.path("program"), folder.join("civiclint")).expect("a copy");
            }
            return ([("cache-hit".into(), self.cached.to_string())].into(), 0);
        }
        assert!(uses.starts_with("github/codeql-action/upload-sarif@"), "{uses}");
        let sarif = fs::read_to_string(&with["sarif_file"]).expect("a SARIF file");
        assert!(sarif.contains("\"version\": \"2.1.0\""));
        assert!(Path::new(&with["checkout_path"]).is_absolute());
        run.upload = Some(with);
        (BTreeMap::new(), i32::from(!self.upload_works))
    }

    fn bash(&self, number: usize, step: &Value, contexts: &Value, run: &mut Run) -> (BTreeMap<String, String>, i32) {
        assert_eq!(text(step, "shell"), "bash");
        let file = |name: &str| self.path("temp").join(format!("{name}-{number}"));
        let files = ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH"];
        for name in files {
            fs::write(file(name), "").expect("an environment file");
        }
        fs::write(file("event"), self.event.to_string()).expect("the event");
        fs::write(file("script"), filled(&text(step, "run"), contexts)).expect("the script");
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-e", "-o", "pipefail"]).arg(file("script"));
        command.current_dir(self.workspace()).env_clear();
        command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", self.path("bin").display()));
        for (name, value) in [
            ("HOME", self.path("")),
            ("RUNNER_TEMP", self.path("temp")),
            ("GITHUB_WORKSPACE", self.workspace()),
            ("GITHUB_ACTION_PATH", self.path("the action")),
            ("GITHUB_EVENT_PATH", file("event")),
        ] {
            command.env(name, value);
        }
        for (name, value) in [
            ("CI", "true"),
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_ACTOR", "ada"),
            ("GITHUB_EVENT_NAME", "push"),
            ("GITHUB_REPOSITORY", "city/app"),
            ("GITHUB_SERVER_URL", "https://github.example"),
            ("RUNNER_OS", "Linux"),
            ("RUNNER_ARCH", "X64"),
        ] {
            command.env(name, value);
        }
        command.envs(&self.variables).envs(files.map(|name| (name, file(name))));
        command.envs(
            entries(step, "env")
                .into_iter()
                .map(|(name, value)| (name.clone(), filled(value.as_str().expect("text"), contexts))),
        );
        let ended = command.output().expect("bash");
        run.log.push_str(&String::from_utf8_lossy(&ended.stdout));
        run.log.push_str(&String::from_utf8_lossy(&ended.stderr));
        run.summary.push_str(&fs::read_to_string(file("GITHUB_STEP_SUMMARY")).expect("a summary"));
        for name in ["GITHUB_ENV", "GITHUB_PATH"] {
            assert_eq!(fs::read_to_string(file(name)).expect("a file"), "", "{name} changes what later steps run");
        }
        let outputs = outputs(&fs::read_to_string(file("GITHUB_OUTPUT")).expect("outputs"));
        (outputs, ended.status.code().unwrap_or(-1))
    }
}

/// The environment file of outputs, as the runner reads it: `name=value`, or `name<<end`, lines, `end`.
fn outputs(file: &str) -> BTreeMap<String, String> {
    let mut outputs = BTreeMap::new();
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        let (name, value) = match line.split_once("<<") {
            Some((name, end)) => {
                let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
                (name, value.join("\n"))
            }
            None => line.split_once('=').map(|(name, value)| (name, value.to_owned())).expect("an output"),
        };
        assert!(outputs.insert(name.to_owned(), value).is_none(), "{name} twice");
    }
    outputs
}

impl Run {
    /// The commands that a runner would obey, each as its name and its text.
    pub(crate) fn commands(&self) -> Vec<(String, String)> {
        let mut commands = Vec::new();
        let mut fence: Option<String> = None;
        for line in self.log.split(['\n', '\r']).map(str::trim_start) {
            // The old form is obeyed anywhere in a line.
            assert!(fence.is_some() || !line.contains("##["), "{line}");
            let Some((head, data)) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")) else { continue };
            match &fence {
                Some(token) if head == token => fence = None,
                Some(_) => {}
                None if head == "stop-commands" => fence = Some(data.to_owned()),
                None => {
                    let name = head.split(' ').next().unwrap_or_default();
                    commands.push((name.to_owned(), format!("{head}::{data}")));
                }
            }
        }
        assert!(fence.is_none(), "commands stay stopped");
        commands
    }

    /// The texts of the commands of this name, as one.
    pub(crate) fn said(&self, name: &str) -> String {
        self.commands().into_iter().filter(|(found, _)| found == name).map(|(_, text)| text + "\n").collect()
    }
}
