//! Does action.yml keep to what its tests rely on?

use crate::runner::{HOME, action, entries, steps, text};
use std::fs;
use std::path::Path;

#[test]
fn everything_is_described_and_used() {
    let steps: String = steps().iter().map(|step| step.to_string()).collect();
    for (name, input) in entries(&action(), "inputs") {
        assert!(text(input, "description").len() > 20, "{name}");
        assert!(input.get("default").is_some_and(serde_json::Value::is_string), "{name} has no default");
        assert!(steps.contains(&format!("inputs.{name} ")), "{name} is used nowhere");
    }
    for (name, output) in entries(&action(), "outputs") {
        assert!(text(output, "description").len() > 15, "{name}");
        assert_eq!(text(output, "value"), format!("${{{{ steps.check.outputs.{name} }}}}"));
    }
    for key in ["icon", "color"] {
        assert_ne!(text(&action()["branding"], key), "");
    }
}

#[test]
fn steps_are_scripts_or_pinned_actions() {
    for step in steps() {
        let run = text(&step, "run");
        if let Some(uses) = step.get("uses").and_then(serde_json::Value::as_str) {
            let pin = uses.split_once('@').expect("a pin").1;
            assert!(pin.len() == 40 && pin.chars().all(|c| c.is_ascii_hexdigit()), "{uses}");
            continue;
        }
        let script =
            run.strip_prefix("bash \"$GITHUB_ACTION_PATH/scripts/action/").and_then(|rest| rest.strip_suffix(".sh\""));
        let script = script.unwrap_or_else(|| panic!("not a script: {run}"));
        let source = fs::read_to_string(Path::new(HOME).join(format!("scripts/action/{script}.sh"))).expect("a script");
        assert!(source.contains("\nset -euo pipefail\n"), "{script}");
        for (name, _) in entries(&step, "env") {
            let head: String = source.lines().take_while(|line| line.starts_with('#')).collect();
            assert!(head.contains(name.as_str()) || name == "GH_TOKEN", "{script} does not say that it takes {name}");
        }
    }
}

#[test]
fn the_documentation_names_every_input_and_output() {
    for page in ["docs/ci.md", "docs/ci.de.md"] {
        let page_text = fs::read_to_string(Path::new(HOME).join(page)).expect("a page");
        for (name, _) in [entries(&action(), "inputs"), entries(&action(), "outputs")].concat() {
            assert!(page_text.contains(&format!("| `{name}` |")), "{page}: {name}");
        }
    }
}
