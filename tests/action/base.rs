//! Whose policy and baseline decide on a pull request? Those of the branch it goes to.

use crate::runner::Runner;
use crate::{README, git, pull_request, repository, stand_in, told, with_findings};
use serde_json::json;
use std::fs;
use std::process::Command;

#[test]
fn on_a_pull_request_the_policy_of_the_base_decides() {
    let mut runner = Runner::new();
    stand_in(&runner, 0);
    let base = repository(&runner.workspace(), &[("README.md", README), ("known.json", "of the base")]);
    fs::write(runner.workspace().join("known.json"), "of the pull request").expect("a file");
    git(&runner.workspace(), &["commit", "--quiet", "--all", "--message", "All is known"]);

    runner.event = pull_request(&base, "mallory/app");
    let run = runner.run();
    assert!(told(&runner).contains(&format!("--policy-rev\n{base}\n")), "{}", run.log);

    runner.event = json!({"merge_group": {"base_sha": base}});
    runner.run();
    assert!(told(&runner).contains(&format!("--policy-rev\n{base}\n")));

    // The stand-in keeps the baseline that it was given.
    let keeps = format!("case $1 in --baseline) cp \"$2\" '{}' ;;", runner.path("baseline").display());
    let script = runner.note("program").expect("a script").replace("case $1 in", &keeps);
    runner.executable("program", &script);
    runner.input("baseline", "known.json").run();
    assert_eq!(runner.note("baseline").as_deref(), Some("of the base"));
    for (policy, baseline) in [("", "new.json"), ("ci/civiclint.toml", ""), ("new.toml", "./new.json")] {
        let _ = fs::create_dir(runner.workspace().join("ci"));
        for name in [policy, baseline].iter().filter(|name| !name.is_empty()) {
            fs::write(runner.workspace().join(name), "of the pull request").expect("a file");
        }
        let run = runner.input("policy", policy).input("baseline", baseline).run();
        assert!(run.said("warning").contains("does not have"), "{}", run.log);
        let told = told(&runner);
        assert!(!told.contains("--baseline") && !told.contains("--policy\n"), "{told}");
        assert_eq!(told.contains("--no-policy"), !policy.is_empty(), "{told}");
    }
    runner.input("policy", "").input("baseline", "known.json").input("policy-from", "tree").run();
    assert!(!told(&runner).contains("--policy-rev") && told(&runner).contains("--baseline\nknown.json\n"));
}

#[test]
fn a_policy_that_a_pull_request_cannot_change_decides_as_it_is() {
    let mut runner = with_findings();
    stand_in(&runner, 0);
    let rules = runner.workspace().join("rules of the city");
    repository(&rules, &[("civiclint.toml", "")]);
    let outside = runner.path("outside.toml");
    fs::write(&outside, "").expect("a file");
    for base in [git(&runner.workspace(), &["rev-parse", "HEAD"]), "0".repeat(40)] {
        runner.event = pull_request(&base, "mallory/app");
        for policy in ["rules of the city/civiclint.toml", outside.to_str().expect("a path")] {
            let run = runner.input("policy", policy).run();
            let told = told(&runner);
            assert!(told.contains(&format!("--policy\n{policy}\n")), "{told}");
            assert!(!told.contains("--policy-rev") && !told.contains("--no-policy"), "{told}");
            assert!(run.said("warning").is_empty(), "{}", run.log);
        }
    }
}

#[test]
fn without_the_base_no_policy_decides_and_it_is_told() {
    let hostile = "$(touch pwned)`touch pwned`\n::error::x";
    for base in ["0123456789012345678901234567890123456789", "main", "--help", hostile, ""] {
        let mut runner = with_findings();
        stand_in(&runner, 0);
        runner.event = pull_request(base, "city/app");
        let run = runner.input("policy", "civiclint.toml").input("baseline", "known.json").run();
        let told = told(&runner);
        assert!(told.contains("--no-policy\n"), "{base}: {told}");
        assert!(
            !told.contains("--policy-rev") && !told.contains("--policy\n") && !told.contains("--baseline"),
            "{told}"
        );
        assert!(run.said("warning").contains("is not in the clone"), "{}", run.log);
        assert!(!runner.workspace().join("pwned").exists());
    }
}

#[test]
fn a_pull_request_cannot_switch_off_the_rule_it_breaks() {
    let mut runner = Runner::new();
    let base = repository(&runner.workspace(), &[("README.md", README)]);
    fs::write(runner.workspace().join("civiclint.toml"), "[rules]\n\"licence/missing\" = \"off\"\n").expect("a policy");
    git(&runner.workspace(), &["add", "--all"]);
    git(&runner.workspace(), &["commit", "--quiet", "--message", "No licence needed"]);
    for (event, found) in [
        (json!({}), false),
        (pull_request(&base, "mallory/app"), true),
        (pull_request(&"0".repeat(40), "mallory/app"), true),
    ] {
        runner.event = event;
        let run = runner.run();
        assert_eq!(run.said("error").contains("licence/missing"), found, "{}", run.log);
    }
}

#[test]
fn what_the_baseline_knows_fails_nothing() {
    let mut runner = with_findings();
    let known = runner.workspace().join("civiclint-baseline.json");
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.arg("check").arg(runner.workspace()).arg("--write-baseline").arg(&known).arg("--fail-on").arg("never");
    assert!(command.output().expect("civiclint").status.success());
    git(&runner.workspace(), &["add", "--all"]);
    git(&runner.workspace(), &["commit", "--quiet", "--message", "What is known"]);
    let base = git(&runner.workspace(), &["rev-parse", "HEAD"]);
    runner.input("baseline", "civiclint-baseline.json");
    for event in [json!({}), pull_request(&base, "mallory/app")] {
        runner.event = event;
        let run = runner.run();
        assert_eq!((run.failed, run.outputs["errors"].as_str()), (None, "0"), "{}", run.log);
    }
    runner.event = pull_request(&"0".repeat(40), "mallory/app");
    assert_eq!(runner.run().failed, Some(1));
}
