//! How is a baseline written down? As `civiclint/baseline/1`, a finding on each line, so that a change of one is a
//! change of one line; see `schemas/baseline-1.schema.json`.

use super::encode::{json_guard, json_path, json_value};
use crate::repository::RepoPath;
use crate::waiver::{Baseline, Known, SCHEMA};
use serde::Serialize;

#[derive(Serialize)]
struct Entry<'b> {
    rule: &'b str,
    path: Option<String>,
    called: String,
    fingerprint: &'b str,
}

/// The findings, sorted by rule, path, name and fingerprint, with a line break at the end. Nothing in it changes from
/// day to day or from version to version.
pub fn render(baseline: &Baseline) -> String {
    let lines: Vec<String> = baseline.known().map(line).collect();
    let findings = if lines.is_empty() { "[]".to_owned() } else { format!("[\n    {}\n  ]", lines.join(",\n    ")) };
    json_guard(&format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"findings\": {findings}\n}}\n"))
}

fn line(known: &Known) -> String {
    let entry = Entry {
        rule: &known.rule,
        path: known.path.as_ref().map(|path| json_path(&RepoPath::new(path.as_bytes()))),
        called: json_value(&known.called),
        fingerprint: &known.fingerprint,
    };
    // Only maps with keys that are no texts could fail.
    serde_json::to_string(&entry).unwrap_or_default()
}
