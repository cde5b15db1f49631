//! What would `reuse lint --json` print?
//!
//! The fields and their order are those of reuse 6.2.0; lists are sorted. Values are written without loss, as whoever
//! reads this format expects them, and in ASCII, so that nothing in them reaches a terminal or a runner as it is.

use super::Verdict;
use crate::output::encode::{json_exact, json_guard};
use crate::phrase::Lang;
use crate::reading::reuse::{Reuse, SourceKind, Told};
use crate::repository::RepoPath;

/// The version of the reference tool whose output this is.
const TOOL: &str = "6.2.0";

/// A value of JSON; texts are encoded already.
enum Value {
    Text(String),
    Number(usize),
    Bool(bool),
    List(Vec<Self>),
    Map(Vec<(&'static str, Self)>),
}

/// The document, with a line break at its end.
pub fn render(reuse: &Reuse, verdict: &Verdict<'_>) -> String {
    let mut out = String::new();
    write(&document(reuse, verdict), 0, &mut out);
    out.push('\n');
    json_guard(&out)
}

fn document(reuse: &Reuse, verdict: &Verdict<'_>) -> Value {
    let ids = |list: &[&crate::reading::reuse::Text]| {
        let mut ids: Vec<&str> = list.iter().map(|text| text.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        Value::List(ids.into_iter().map(text).collect())
    };
    let paths = |list: &[&RepoPath]| Value::List(list.iter().map(|path| bytes(path)).collect());
    let files = reuse.files.iter().filter_map(|file| Some(self::file(&file.path, file.told.as_ref().ok()?)));
    Value::Map(vec![
        ("lint_version", text("1.0")),
        ("reuse_spec_version", text("3.3")),
        ("reuse_tool_version", text(TOOL)),
        ("files", Value::List(files.collect())),
        (
            "non_compliant",
            Value::Map(vec![
                ("bad_licenses", ids(&verdict.bad)),
                ("deprecated_licenses", ids(&verdict.deprecated)),
                ("licenses_without_extension", ids(&verdict.without_ending)),
                ("missing_licenses", Value::List(verdict.missing.keys().map(|id| text(id)).collect())),
                ("unused_licenses", ids(&verdict.unused)),
                ("read_errors", Value::List(verdict.read_errors.iter().map(bytes).collect())),
                ("missing_copyright_info", paths(&verdict.without_copyright)),
                ("missing_licensing_info", paths(&verdict.without_licence)),
            ]),
        ),
        (
            "summary",
            Value::Map(vec![
                ("used_licenses", Value::List(reuse.references.keys().map(|id| text(id)).collect())),
                ("files_total", Value::Number(verdict.files)),
                ("files_with_copyright_info", Value::Number(verdict.files - verdict.without_copyright.len())),
                ("files_with_licensing_info", Value::Number(verdict.files - verdict.without_licence.len())),
                ("compliant", Value::Bool(verdict.is_compliant())),
            ]),
        ),
        (
            "recommendations",
            Value::List(super::text::steps(verdict).into_iter().map(|step| text(step.get(Lang::En))).collect()),
        ),
    ])
}

fn file(path: &RepoPath, told: &[Told]) -> Value {
    let mut copyrights: Vec<(&str, &Told)> = Vec::new();
    let mut expressions: Vec<(&str, bool, &Told)> = Vec::new();
    for one in told {
        copyrights.extend(one.notices().iter().map(|notice| (notice.text.as_str(), one)));
        let stated = one.expressions().iter().map(|stated| &stated.expression);
        expressions.extend(stated.map(|stated| (stated.text.as_str(), stated.is_valid(), one)));
    }
    copyrights.sort_by_key(|(text, told)| (*text, &told.source().path));
    expressions.sort_by_key(|(text, _, told)| (*text, &told.source().path));
    let from = |told: &Told| [("source", bytes(&told.source().path)), ("source_type", text(kind(told.source().kind)))];
    let copyrights = copyrights.into_iter().map(|(value, told)| {
        let mut map = vec![("value", text(value))];
        map.extend(from(told));
        Value::Map(map)
    });
    let expressions = expressions.into_iter().map(|(value, valid, told)| {
        let mut map = vec![("value", text(value)), ("is_valid", Value::Bool(valid))];
        map.extend(from(told));
        Value::Map(map)
    });
    Value::Map(vec![
        ("path", bytes(path)),
        ("copyrights", Value::List(copyrights.collect())),
        ("spdx_expressions", Value::List(expressions.collect())),
    ])
}

fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Header => "file-header",
        SourceKind::DotLicense => "dot-license",
        SourceKind::Dep5 => "dep5",
        SourceKind::ReuseToml => "reuse-toml",
    }
}

fn text(text: &str) -> Value {
    Value::Text(json_exact(text.as_bytes()))
}

fn bytes(path: &RepoPath) -> Value {
    Value::Text(json_exact(path.as_bytes()))
}

/// Writes a value with an indent of two spaces a level; the nesting is ours and four deep.
fn write(value: &Value, level: usize, out: &mut String) {
    let lines = |open: char, close: char, count: usize, out: &mut String, item: &mut dyn FnMut(usize, &mut String)| {
        out.push(open);
        for number in 0..count {
            out.push_str(if number == 0 { "\n" } else { ",\n" });
            out.push_str(&"  ".repeat(level + 1));
            item(number, out);
        }
        if count > 0 {
            out.push('\n');
            out.push_str(&"  ".repeat(level));
        }
        out.push(close);
    };
    match value {
        Value::Text(text) => out.push_str(text),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::List(list) => lines('[', ']', list.len(), out, &mut |at, out| {
            if let Some(value) = list.get(at) {
                write(value, level + 1, out);
            }
        }),
        Value::Map(map) => lines('{', '}', map.len(), out, &mut |at, out| {
            if let Some((key, value)) = map.get(at) {
                out.push_str(&format!("\"{key}\": "));
                write(value, level + 1, out);
            }
        }),
    }
}
