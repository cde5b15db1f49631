//! What kind of list is this: lines, a table, JSON, YAML?

use super::{columns, table};
use crate::phrase::Phrase;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::path::Path;

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// an address or a path a line
    Lines,
    /// a table with a header
    Table {
        /// what stands between two cells
        delimiter: u8,
    },
    /// a JSON value a line
    JsonLines,
    /// one JSON array or object
    Json,
    /// YAML, as publishers.yml
    Yaml,
}

/// The text of a list: UTF-8; UTF-16 with a byte order mark, as Windows writes it; a table may be Windows-1252, as
/// spreadsheets write it.
pub(super) fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, Phrase> {
    let utf_16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    };
    if let Some(encoding) = utf_16 {
        return Ok(encoding.decode_with_bom_removal(&bytes).0.into_owned());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) if is_table(path) => Ok(WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned()),
        Err(error) => {
            let before = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(Phrase::new(
                "{path}:{line}: this is not UTF-8; save the list as UTF-8",
                "{path}:{line}: Das ist kein UTF-8; speichern Sie die Liste als UTF-8",
            )
            .with("path", super::shown(path))
            .with("line", line.to_string()))
        }
    }
}

/// How a list is written: its name decides, and where that says nothing, how it begins.
pub(super) fn recognise(path: &Path, text: &str) -> Form {
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    match end.as_str() {
        "csv" | "tsv" | "tab" => Form::Table { delimiter: table::delimiter(first, &end) },
        "yml" | "yaml" => Form::Yaml,
        "jsonl" | "ndjson" => Form::JsonLines,
        _ if first.starts_with('[') => Form::Json,
        "json" if !several(text) => Form::Json,
        "json" => Form::JsonLines,
        _ if first.starts_with('{') => {
            if several(text) {
                Form::JsonLines
            } else {
                Form::Json
            }
        }
        _ if first == "---" || first.starts_with("- ") => Form::Yaml,
        _ => match table::header_of(first) {
            // `url` alone could be a folder that is called so
            Some((delimiter, cells)) if cells.len() > 1 && columns::Columns::of(&cells).is_some() => {
                Form::Table { delimiter }
            }
            _ => Form::Lines,
        },
    }
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|end| ["csv", "tsv", "tab"].iter().any(|table| end.eq_ignore_ascii_case(table)))
}

/// Whether there are several JSON values, one a line.
fn several(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (Some(first), Some(_)) = (lines.next(), lines.next()) else { return false };
    serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let comma = Form::Table { delimiter: b',' };
        for (name, text, form) in [
            ("list.txt", "# ours\nhttps://git.example.org/a/b\n", Form::Lines),
            ("list", "../a\n", Form::Lines),
            ("list", "url\n", Form::Lines),
            ("list", "url,name\n", comma),
            ("list", "Name;Adresse\n", Form::Table { delimiter: b';' }),
            ("list", "name\tpath\n", Form::Table { delimiter: b'\t' }),
            ("list", "a,b\n", Form::Lines),
            ("list.csv", "url\nx\n", comma),
            ("LIST.CSV", "Name;URL\n", Form::Table { delimiter: b';' }),
            ("x.json", "[\n]", Form::Json),
            ("x.json", "{\"url\": \"a\"}\n{\"url\": \"b\"}\n", Form::JsonLines),
            ("x.json", "{\n \"repos\": []\n}\n", Form::Json),
            ("x.jsonl", "\"a\"\n", Form::JsonLines),
            ("x", "{\"url\": \"a\"}\n{\"url\": \"b\"}\n", Form::JsonLines),
            ("publishers.yml", "- name: a\n", Form::Yaml),
            ("x", "---\n- name: a\n", Form::Yaml),
        ] {
            assert_eq!(recognise(Path::new(name), text), form, "{name} {text}");
        }
    }

    #[test]
    fn encodings() {
        let list = Path::new("list.txt");
        assert_eq!(decode(list, b"\xef\xbb\xbfa\n".to_vec()).unwrap(), "a\n");
        assert_eq!(decode(list, b"\xff\xfea\0\n\0".to_vec()).unwrap(), "a\n");
        assert_eq!(decode(Path::new("x.csv"), b"Beh\xf6rde".to_vec()).unwrap(), "Behörde");
        assert!(decode(list, b"ok\nBeh\xf6rde".to_vec()).is_err());
    }
}
