//! What must hold of text, of JSON and of tables that were made of foreign text?

use super::report::{self, LANGS};
use super::runner::{Command, commands, meant};
use crate::output::encode::{self, MESSAGE_LIMIT, PIECE_LIMIT, steers};
use crate::output::text::Style;
use crate::output::{self};
use crate::phrase::Lang;
use crate::report::Report;
use crate::repository::RepoPath;
use crate::untrusted::Untrusted;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Nothing in an output steers a terminal or a runner.
pub(super) fn harmless(format: &str, output: &str) {
    let steering = output.chars().find(|c| *c != '\n' && steers(*c));
    assert_eq!(steering, None, "{format}");
    assert_eq!(commands(output), [], "{format}");
}

/// A report in all formats but that for runners.
fn in_all_formats(report: &Report, lang: Lang) -> Vec<(&'static str, String)> {
    let style = Style { lang, verbose: true, ..Style::default() };
    vec![
        ("text", output::text::render(report, &style)),
        ("text", output::text::render(report, &Style { width: 40, ..style })),
        ("json", output::json::render(report, lang)),
        ("sarif", output::sarif::render_with_waived(report, lang, Some("civic"))),
        ("markdown", output::markdown::render(report, lang)),
        ("gitlab", output::gitlab::render(report, lang)),
        ("junit", output::junit::render(report, lang)),
        ("rdjson", output::rdjson::render(report, lang)),
        ("html", output::html::render(report, lang)),
        ("badge", output::badge::svg(report, lang)),
        ("shields", output::badge::endpoint(report, lang)),
    ]
}

/// Foreign text for a terminal or a log: nothing steers, nothing is a command, and what is too long is cut.
pub(super) fn text(_: &Path, data: &[u8]) {
    let (foreign, path) = (Untrusted::new(data), RepoPath::new(data));
    let message = report::message(data);
    let lossy = String::from_utf8_lossy(data);
    for shown in [encode::terminal_text(&foreign), encode::source(&lossy), encode::visible(data)] {
        assert!(!shown.contains(|c: char| steers(c)), "{shown:?}");
    }
    assert!(encode::terminal_text(&foreign).chars().count() <= PIECE_LIMIT);
    assert!(encode::terminal(&message).chars().count() <= MESSAGE_LIMIT);
    harmless("plain", &encode::guard(&encode::plain(&lossy)));
    harmless("message", &encode::guard(&encode::terminal(&message)));
    let values = [encode::json_text(&message), encode::json_value(&foreign), encode::json_path(&path)];
    for value in values.into_iter().chain([encode::sarif_text(&message), encode::tsv_field(&foreign)]) {
        harmless("value", &value);
    }
    let exact: Result<String, _> = serde_json::from_str(&encode::json_exact(data));
    if let Ok(told) = std::str::from_utf8(data) {
        assert_eq!(exact.ok().as_deref(), Some(told));
    }
    let report = report::of(data);
    for lang in LANGS {
        for (format, output) in in_all_formats(&report, lang) {
            harmless(format, &output);
        }
    }
}

/// Annotations: a runner obeys those that were written and no others, and each is about the file that was meant.
pub(super) fn github(_: &Path, data: &[u8]) {
    let report = report::of(data);
    for lang in LANGS {
        let output = output::github::render(&report, lang);
        let steering = output.chars().find(|c| *c != '\n' && steers(*c));
        assert_eq!(steering, None);
        let output = format!("\n{output}");
        let (annotations, rest) = output.split_once("\n::stop-commands::").expect("commands are stopped");
        let (token, summary) = rest.split_once('\n').expect("a line");
        let summary = summary.strip_suffix(&format!("::{token}::\n")).expect("commands go on");
        assert!(!summary.contains(token));
        assert_eq!(commands(summary), []);
        let paths: BTreeSet<String> = findings(&report).map(|finding| encode::terminal_path(&finding)).collect();
        let annotations = commands(annotations);
        for Command { name, properties, data } in &annotations {
            assert!(["error", "warning", "notice"].contains(name), "{name}");
            assert!(!meant(data).is_empty());
            for property in properties.split(',').filter(|property| !property.is_empty()) {
                let (key, value) = property.split_once('=').expect("key=value");
                match key {
                    "file" => assert!(paths.contains(&meant(value)) || value == "README.md", "{value}"),
                    "line" | "endLine" | "col" | "endColumn" => assert!(value.parse::<u32>().is_ok(), "{value}"),
                    "title" => {}
                    other => panic!("{other}"),
                }
            }
        }
        let all: usize = report.outcomes.iter().map(|outcome| outcome.verdict.findings().len().min(10)).sum();
        assert_eq!(annotations.len(), all);
    }
}

fn findings(report: &Report) -> impl Iterator<Item = RepoPath> {
    let outcomes = report.outcomes.iter();
    outcomes.flat_map(|outcome| outcome.verdict.findings()).filter_map(|finding| finding.place.path.clone())
}

/// Reports in JSON: they are of the shape that their readers know, and addresses lead to the paths they were made of.
pub(super) fn sarif(_: &Path, data: &[u8]) {
    let report = report::of(data);
    let count: usize = report.outcomes.iter().map(|outcome| outcome.verdict.findings().len()).sum();
    let mut paths: BTreeSet<Vec<u8>> = findings(&report).map(|path| path.as_bytes().to_vec()).collect();
    paths.extend([b"README.md".to_vec(), parts_first(data)]);
    for lang in LANGS {
        let sarif = output::sarif::render(&report, lang, None);
        assert!(output::sarif::is_sarif(&sarif), "{sarif}");
        let value: Value = serde_json::from_str(&sarif).expect("JSON");
        let results = value.pointer("/runs/0/results").and_then(Value::as_array).expect("results");
        assert_eq!(results.len(), count);
        for result in results {
            let text = result.pointer("/message/text").and_then(Value::as_str).expect("a message");
            assert!(!text.contains("]("), "{text}");
        }
        uris(&value, &mut |uri| {
            let decoded = percent_decoded(uri);
            assert!(decoded.as_ref().is_some_and(|path| paths.contains(path)), "{uri}");
        });
        for other in [output::json::render(&report, lang), output::gitlab::render(&report, lang)] {
            assert!(serde_json::from_str::<Value>(&other).is_ok());
        }
        assert!(serde_json::from_str::<Value>(&output::rdjson::render(&report, lang)).is_ok());
    }
    if let Some(uri) = encode::uri(&RepoPath::new(data)) {
        assert_eq!(percent_decoded(&uri).as_deref(), Some(data));
        assert!(!uri.starts_with('/') && uri.split('/').all(|part| !matches!(part, "" | "." | "..")));
    }
}

fn parts_first(data: &[u8]) -> Vec<u8> {
    super::parts(data).next().unwrap_or_default().to_vec()
}

/// Every relative address of a SARIF log.
fn uris(value: &Value, check: &mut impl FnMut(&str)) {
    match value {
        Value::Object(object) => {
            let relative = object.contains_key("uriBaseId");
            if let Some(Value::String(uri)) = object.get("uri").filter(|_| relative) {
                check(uri);
            }
            object.values().for_each(|value| uris(value, check));
        }
        Value::Array(list) => list.iter().for_each(|value| uris(value, check)),
        _ => {}
    }
}

/// The bytes that an address stands for (RFC 3986, section 2.1); `None` where it holds what has to be escaped.
fn percent_decoded(uri: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match byte {
            b'%' => bytes.push(u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => bytes.push(byte),
            _ => return None,
        }
    }
    Some(bytes)
}

/// Fields of a table: a reader finds as many as were written, with what was meant, and none is a formula.
pub(super) fn csv(_: &Path, data: &[u8]) {
    let fields: Vec<Untrusted> = super::parts(data).take(20).map(Untrusted::new).collect();
    let row: Vec<String> = fields.iter().map(encode::csv_field).collect();
    let line = row.join(",") + "\n";
    assert!(!line.trim_end_matches('\n').contains(|c: char| steers(c)), "{line:?}");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a record")).collect();
    let blank = fields.len() == 1 && fields.iter().all(Untrusted::is_empty);
    assert_eq!(records.len(), usize::from(!blank), "{line:?}");
    for (field, record) in fields.iter().zip(records.iter().flatten()) {
        let meant = encode::visible(field.as_bytes()).replace("##[", "\\x23#[");
        assert_eq!(record.strip_prefix('\'').filter(|rest| *rest == meant).unwrap_or(record), meant);
        assert!(!record.starts_with(['=', '+', '-', '@', '\t', '\r']), "{record:?}");
    }
    assert_eq!(records.first().map_or(0, csv::StringRecord::len), if blank { 0 } else { fields.len() });
    let tabs = encode::tsv_field(&Untrusted::new(data));
    assert!(!tabs.contains(['\t', '\n', '\r']), "{tabs:?}");
}
