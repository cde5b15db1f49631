//! What does publiccode.yml say, where it keeps to its standard? For the catalogue.

use crate::output::encode::visible;
use crate::reading::Readings;
use crate::reading::node::{Data, Node, yaml};
use crate::report::{Report, Verdict};
use crate::repository::Repository;
use serde_json::{Map, Value};

/// The rule that holds publiccode.yml against its standard.
const RULE: &str = "docs/publiccode-invalid";

/// The content of publiccode.yml, with its texts made visible; `None` where there is none, where it breaks its
/// standard, or where nobody asked whether it does.
pub(crate) fn valid(report: &Report, readings: &Readings<'_>, repository: &Repository) -> Option<Value> {
    let asked = report.outcomes.iter().find(|outcome| outcome.rule.id == RULE)?;
    // A file whose flaws are waived still breaks its standard.
    if !matches!(asked.verdict, Verdict::Ok) || !asked.waived.is_empty() {
        return None;
    }
    let path = &readings.publiccode()?.ok()?.path;
    let text = repository.text(repository.file(path.as_bytes())?).ok()?;
    yaml(&text).ok().map(|document| value(&document.root))
}

/// The tree is at most as deep as [`crate::reading::node::DEPTH`].
fn value(node: &Node) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Bool(yes) => Value::Bool(*yes),
        // Dates and versions are told from numbers by what JSON takes for one.
        Data::Number(written) => {
            written.parse::<serde_json::Number>().map_or_else(
                |_| text(written),
                |number| {
                    // 0.10 is a version, and would be another one as a number.
                    if number.to_string() == *written { Value::Number(number) } else { text(written) }
                },
            )
        }
        Data::Text(written) => text(written),
        Data::List(values) => Value::Array(values.iter().map(value).collect()),
        Data::Map(entries) => {
            let entries = entries.iter().map(|entry| (visible(entry.key.as_bytes()), value(&entry.value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

/// Line breaks of a description are part of it; each line is made visible by itself.
fn text(written: &str) -> Value {
    let lines: Vec<String> = written.lines().map(|line| visible(line.as_bytes())).collect();
    Value::String(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_as_json() {
        let text = "name: Amt\nsoftwareVersion: 0.10\nusers: 3\nopen: true\nnone:\nlist: [a, 2026-01-31]\n\
                    text: |\n  one\n  two\u{202e}\n";
        let told = value(&yaml(text).unwrap().root);
        assert_eq!(told["softwareVersion"], "0.10");
        assert_eq!(told["users"], 3);
        assert_eq!(told["open"], true);
        assert_eq!(told["none"], Value::Null);
        assert_eq!(told["list"][1], "2026-01-31");
        let shown = told["text"].as_str().unwrap();
        assert!(shown.starts_with("one\ntwo") && !shown.contains('\u{202e}'), "{shown}");
    }
}
