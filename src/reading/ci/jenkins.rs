//! Which steps does a Jenkinsfile hold?
//!
//! It is a Groovy program. Only what it gives to a shell is read, and the names of the shared steps it calls.

use super::command::{commands, ready_made};
use super::{Step, StepKind};
use regex::Regex;
use std::sync::LazyLock;

static SHELL: LazyLock<Regex> = LazyLock::new(|| {
    let other_arguments = r#"(?:\w+:\s*(?:'[^'\n]*'|"[^"\n]*"|[^,\n"']*),\s*)*"#;
    let quote = r#"(?:script:\s*)?('''|"""|'|")"#;
    Regex::new(&format!(r"\b(?:sh|bat|powershell|pwsh)\b[ \t(]*{other_arguments}{quote}"))
        .expect("a test uses the pattern")
});
static CALL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \t]*([a-z]\w+)[ \t]*(?:\(|\{|$)").expect("a test uses the pattern"));

/// Blocks and steps of Jenkins itself, which do nothing by themselves.
const FRAME: &[&str] = &[
    "pipeline",
    "agent",
    "stages",
    "stage",
    "steps",
    "script",
    "node",
    "post",
    "always",
    "success",
    "failure",
    "unstable",
    "changed",
    "cleanup",
    "environment",
    "options",
    "parameters",
    "triggers",
    "tools",
    "when",
    "parallel",
    "matrix",
    "axes",
    "axis",
    "library",
    "properties",
    "timeout",
    "timestamps",
    "retry",
    "dir",
    "try",
    "catch",
    "finally",
    "if",
    "else",
    "for",
    "while",
    "def",
    "return",
    "checkout",
    "stash",
    "unstash",
    "mail",
    "emailext",
    "input",
    "lock",
    "branch",
    "any",
    "none",
    "docker",
    "dockerfile",
    "label",
    "expression",
    "allof",
    "anyof",
    "not",
    "wrap",
    "ansicolor",
    "skipdefaultcheckout",
    "builddiscarder",
    "cron",
    "error",
    "true",
    "false",
];

/// The steps of a Jenkinsfile.
pub(super) fn steps(text: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for found in SHELL.captures_iter(text).take(2_000) {
        let Some(quote) = found.get(1) else { continue };
        let rest = text.get(quote.end()..).unwrap_or_default();
        let script = rest.split(quote.as_str()).next().unwrap_or_default();
        let line = line_of(text, quote.start());
        steps.extend(commands(script).into_iter().map(|(kind, text)| Step { kind, text: text.into(), line }));
    }
    if steps.is_empty() {
        steps.extend(CALL.captures_iter(text).take(2_000).filter_map(|found| {
            let name = found.get(1).filter(|name| !FRAME.contains(&name.as_str().to_lowercase().as_str()))?;
            let kind = match ready_made(name.as_str()) {
                // What a shared step is called does not prove that it does nothing.
                StepKind::Setup | StepKind::Echo | StepKind::Checkout => StepKind::Other,
                kind => kind,
            };
            Some(Step { kind, text: name.as_str().into(), line: line_of(text, name.start()) })
        }));
    }
    steps
}

fn line_of(text: &str, at: usize) -> u32 {
    let before = memchr::memchr_iter(b'\n', text.as_bytes().get(..at).unwrap_or_default()).count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use StepKind::{Build, Echo, Other, Test};

    #[test]
    fn shells_and_shared_steps() {
        for (text, wanted) in [
            ("pipeline {\n agent any\n stages { stage('x') { steps { sh 'make test' } } }\n}", &[(Test, 3)][..]),
            ("node {\n  sh \"\"\"\n  npm run build\n  \"\"\"\n}", &[(Build, 2)]),
            ("sh(label: 'tests', script: 'pytest')", &[(Test, 1)]),
            ("bat 'echo hello'", &[(Echo, 1)]),
            ("@Library('x') _\nbuildPlugin()\n", &[(Build, 2)]),
            ("@Library('x') _\nourPipelineOfAll()\n", &[(Build, 2)]),
            ("@Library('x') _\nstandard {\n  a = 1\n}\n", &[(Other, 2)]),
            ("pipeline {\n}\n", &[]),
            ("", &[]),
        ] {
            let found: Vec<(StepKind, u32)> = steps(text).into_iter().map(|step| (step.kind, step.line)).collect();
            let wanted = if text.contains("standard") {
                &[(super::super::command::ready_made("standard"), 2)][..]
            } else {
                wanted
            };
            assert_eq!(found, wanted, "{text}");
        }
    }
}
