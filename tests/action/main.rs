//! Does the action do on a runner what it says? Its steps are run as a runner runs them, with events, clones and names that
//! somebody chose to break it.

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod base;
mod expression;
mod page;
mod program;
mod runner;

use runner::{Run, Runner};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]);
    command.args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"]).args(arguments);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    let done = command.output().expect("git");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// A repository with one commit of these files; its name is returned.
fn repository(folder: &Path, files: &[(&str, &str)]) -> String {
    fs::create_dir_all(folder).expect("a folder");
    git(folder, &["init", "--quiet"]);
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file");
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "Work"]);
    git(folder, &["rev-parse", "HEAD"])
}

const README: &str = "\
# Trees

Shows on a map which trees of the town need water, so that neighbours can share the work. The administration keeps the
list of trees up to date, neighbours mark what they have watered, and the map shows in three colours how thirsty each tree
is. It runs in every browser and keeps no names.

## Installation

Open `index.html` in a browser; nothing has to be built.
";

/// A workspace without a licence: errors.
fn with_findings() -> Runner {
    let runner = Runner::new();
    repository(&runner.workspace(), &[("README.md", README)]);
    runner
}

/// A program that writes down what it was told, writes the reports, and ends with a code.
fn stand_in(runner: &Runner, code: u8) {
    let report = "{\n  \"level\": \"reusable\",\n  \"counts\": {\n    \"errors\": 0,\n    \"warnings\": 2,\n    \"notes\": 1\n  }\n}";
    runner.executable(
        "program",
        &format!(
            "printf '%s\\n' \"$@\" >'{}'\n\
             while [ $# -gt 0 ]; do case $1 in\n\
             sarif=*) echo '{{\"version\": \"2.1.0\"}}' >\"${{1#*=}}\" ;;\n\
             json=*) echo '{report}' >\"${{1#*=}}\" ;;\n\
             markdown=*) echo '# Report' >\"${{1#*=}}\" ;;\n\
             esac; shift; done\nexit {code}",
            runner.path("told").display()
        ),
    );
}

/// What the stand-in was told, one argument a line.
fn told(runner: &Runner) -> String {
    runner.note("told").expect("the program ran")
}

fn pull_request(base: &str, head: &str) -> serde_json::Value {
    json!({"pull_request": {"number": 7, "base": {"sha": base}, "head": {"repo": {"full_name": head}}}})
}

#[test]
fn findings_fail_the_job_after_the_upload() {
    let runner = with_findings();
    let run = runner.run();
    assert_eq!(run.failed, Some(1), "{}", run.log);
    assert!(run.upload.is_some());
    assert!(run.said("error").contains("licence/missing"), "{}", run.log);
    assert!(run.summary.contains("licence/missing"), "{}", run.summary);
    let number = |name: &str| run.outputs[name].parse::<u32>().unwrap_or_else(|_| panic!("{name}: {run:?}"));
    assert!(number("errors") > 0);
    assert_eq!(number("findings"), number("errors") + number("warnings") + number("notes"));
    assert_eq!(run.outputs["exit-code"], "1");
    for file in ["sarif-file", "json-file", "markdown-file"] {
        assert!(Path::new(&run.outputs[file]).is_file(), "{file}");
    }
    assert_eq!(run.outputs["html-file"], "");
}

#[test]
fn without_errors_it_passes() {
    let mut runner = Runner::new();
    let licence = fs::read_to_string(Path::new(runner::HOME).join("LICENSE")).expect("a licence");
    repository(&runner.workspace(), &[("README.md", README), ("LICENSE", &licence)]);
    let run = runner.run();
    assert_eq!(run.failed, None, "{}", run.log);
    assert_eq!((run.outputs["exit-code"].as_str(), run.outputs["level"].as_str()), ("0", "publishable"), "{}", run.log);
    let strict = runner.input("fail-on", "warning").run();
    assert_eq!(strict.failed, Some(1), "{}", strict.log);
    assert_eq!(with_findings().input("fail-on", "never").run().failed, None);
}

#[test]
fn every_exit_code_has_its_end() {
    for (code, incomplete, failed, said) in [
        (0, "warning", None, ""),
        (1, "warning", Some(1), "::There are findings"),
        (2, "warning", Some(2), "::civiclint was used wrongly"),
        (3, "warning", None, "::Not everything could be looked at"),
        (3, "error", Some(3), "::Not everything could be looked at"),
        (4, "warning", Some(4), "::A report could not be written"),
        (130, "warning", Some(1), "::civiclint ended unexpectedly (exit code 130)"),
    ] {
        let mut runner = with_findings();
        stand_in(&runner, code);
        let run = runner.input("incomplete", incomplete).run();
        assert_eq!(run.failed, failed, "{code}: {}", run.log);
        assert_eq!(run.outputs["exit-code"], code.to_string());
        assert_eq!(run.outputs["level"], "reusable");
        assert_eq!(run.outputs["findings"], "3");
        let all = run.said("error") + &run.said("warning");
        assert!(all.contains(said) && all.is_empty() == said.is_empty(), "{code}: {all}");
    }
}

#[test]
fn german_words_where_asked() {
    let mut runner = with_findings();
    let run = runner.input("language", "de").run();
    assert!(run.said("error").contains("Befunde, mit denen diese Prüfung nicht bestanden ist"), "{}", run.log);
    assert!(run.summary.contains("Lizenz"), "{}", run.summary);
}

#[test]
fn a_shallow_clone_is_told() {
    let runner = Runner::new();
    let origin = runner.path("origin");
    repository(&origin, &[("README.md", README)]);
    git(&origin, &["commit", "--quiet", "--allow-empty", "--message", "More"]);
    let from = format!("file://{}", origin.display());
    fs::remove_dir(runner.workspace()).expect("an empty folder");
    git(&runner.path(""), &["clone", "--quiet", "--depth", "1", &from, "work space"]);
    let run = runner.run();
    assert!(run.said("warning").contains("`fetch-depth: 0`"), "{}", run.log);
    assert!(!with_findings().run().said("warning").contains("fetch-depth"));
}

#[test]
fn who_may_not_upload_does_not_fail() {
    let upload = |event: serde_json::Value, actor: &str, works: bool, wanted: &str| {
        let mut runner = with_findings();
        stand_in(&runner, 0);
        runner.event = event;
        runner.upload_works = works;
        runner.variables.insert("GITHUB_ACTOR".into(), actor.into());
        runner.input("policy-from", "tree").input("upload-sarif", wanted).run()
    };
    let zeros = "0".repeat(40);
    let own = pull_request(&zeros, "city/app");
    for (event, actor, wanted, uploads) in [
        (json!({}), "ada", "true", true),
        (own.clone(), "ada", "true", true),
        (own.clone(), "ada", "false", false),
        (pull_request(&zeros, "mallory/app"), "mallory", "true", false),
        // The fork was deleted.
        (json!({"pull_request": {"number": 7, "base": {"sha": zeros}, "head": {"repo": null}}}), "ada", "true", false),
        (own.clone(), "dependabot[bot]", "true", false),
        (json!({}), "dependabot[bot]", "true", false),
    ] {
        let run = upload(event.clone(), actor, true, wanted);
        assert_eq!((run.upload.is_some(), run.failed), (uploads, None), "{event} {actor}: {}", run.log);
        assert!(run.summary.contains("# Report"));
    }
    let run = upload(own, "ada", false, "true");
    assert_eq!(run.failed, None, "{}", run.log);
    assert!(run.said("warning").contains("`security-events: write`"), "{}", run.log);
}

/// Nothing but what we say ourselves is obeyed, and nothing was run.
fn nothing_broke_out(runner: &Runner, run: &Run) {
    for (name, text) in run.commands() {
        assert!(["error", "warning", "notice"].contains(&name.as_str()), "{text}");
        let head = text.split("::").next().unwrap_or_default();
        assert!(head.contains("title="), "{text}");
    }
    for folder in [runner.workspace(), runner.path(""), runner.path("the action")] {
        assert!(!folder.join("pwned").exists(), "{}", folder.display());
    }
}

#[test]
fn hostile_names_stay_names() {
    let hostile = [
        "a b; touch pwned.csv",
        "$(touch pwned).csv",
        "`touch pwned`.csv",
        "x\n::set-output name=level::evil\n.csv",
        "x\r::error::evil.csv",
        "%0A::error::evil.csv",
        "##[set-env name=PATH]evil.csv",
        "-rf.csv",
    ];
    let runner = Runner::new();
    let files: Vec<(&str, &str)> = hostile.iter().map(|name| (*name, "id;amount\n1;2\n")).collect();
    repository(&runner.workspace(), &files);
    let run = runner.run();
    assert_eq!(run.failed, Some(1), "{}", run.log);
    nothing_broke_out(&runner, &run);
    assert_ne!(run.outputs["level"], "evil");
}

#[test]
fn hostile_branches_and_inputs_stay_text() {
    let hostile = "x\";touch pwned;$(touch pwned)`touch pwned`'\n::warning::evil\n%0A::error::evil";
    for name in ["GITHUB_HEAD_REF", "GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_BASE_REF", "GITHUB_ACTOR"] {
        let mut runner = with_findings();
        runner.variables.insert(name.into(), hostile.into());
        nothing_broke_out(&runner, &runner.run());
    }
    for input in runner::entries(&runner::action(), "inputs") {
        let mut runner = with_findings();
        let run = runner.input(input.0, hostile).run();
        nothing_broke_out(&runner, &run);
    }
}

#[test]
fn what_the_program_complains_of_is_no_command() {
    let runner = with_findings();
    runner.executable("program", "printf '::error::evil\\n##[error]evil\\n::stop-commands::x' >&2; exit 2");
    let run = runner.run();
    nothing_broke_out(&runner, &run);
    assert_eq!((run.failed, run.outputs["exit-code"].as_str(), run.upload), (Some(2), "2", None), "{}", run.log);
}

#[test]
fn paths_with_spaces_and_signs() {
    for name in ["an app", "$(touch pwned)", "-app", "äpp's \"own\""] {
        let mut runner = Runner::new();
        repository(&runner.workspace().join(name), &[("README.md", README)]);
        let run = runner.input("path", name).run();
        assert_eq!(run.failed, Some(1), "{name}: {}", run.log);
        assert!(run.summary.contains("licence/missing"), "{name}: {}", run.log);
        let root = runner.workspace().join(name);
        assert_eq!(run.upload.as_ref().map(|with| with["checkout_path"].as_str()), root.to_str());
        nothing_broke_out(&runner, &run);
    }
}

#[test]
fn options_arrive_as_they_were_given() {
    let mut runner = with_findings();
    stand_in(&runner, 0);
    runner.input("formats", "junit, badge\nshields sarif").input("profile", "reuse").input("category", "city app");
    let run = runner.input("args", "--ignore\ndocs/language\n\n--set\nx=*; touch pwned\n").run();
    let told = told(&runner);
    let reports = &run.outputs["reports"];
    for expected in [
        "--format\ngithub\n--lang\nen\n".to_owned(),
        format!("--output\njunit={reports}/civiclint-junit.xml\n"),
        format!("--output\nbadge={reports}/civiclint-badge.svg\n"),
        format!("--output\nshields={reports}/civiclint-shields.json\n"),
        "--profile\nreuse\n--sarif-category\ncity app\n--ignore\ndocs/language\n--set\nx=*; touch pwned\n--\n.\n"
            .into(),
    ] {
        assert!(told.contains(&expected), "{expected}\n{told}");
    }
    assert_eq!(told.matches("sarif=").count(), 1);
    assert_eq!(run.upload.expect("an upload")["category"], "city app");
    for (input, value) in [("language", "fr"), ("policy-from", "me"), ("incomplete", ""), ("formats", "html=/x")] {
        let mut runner = with_findings();
        let run = runner.input(input, value).run();
        assert_eq!(run.failed, Some(2), "{input}: {}", run.log);
        assert!(run.said("error").contains(input), "{}", run.log);
    }
}

#[test]
fn a_long_summary_is_cut_below_what_a_runner_takes() {
    let runner = with_findings();
    stand_in(&runner, 0);
    let long = "markdown=*) yes 'ä a line of the report' | head -n 60000 >\"${1#*=}\" ;;\nx=*";
    let script = runner.note("program").expect("a script").replacen("markdown=*", long, 1);
    runner.executable("program", &script);
    let run = runner.run();
    assert_eq!(run.failed, None, "{}", run.log);
    assert!((900_000..1_048_576).contains(&run.summary.len()), "{}", run.summary.len());
    assert!(run.summary.ends_with("ä a line of the report\n\n\n…\n"));
}

#[test]
fn a_folder_inside_of_a_checkout_is_not_uploaded() {
    let mut runner = with_findings();
    fs::create_dir(runner.workspace().join("part")).expect("a folder");
    let run = runner.input("path", "part").run();
    assert!(run.upload.is_none() && run.said("warning").contains("not the root of a checkout"), "{}", run.log);
}
