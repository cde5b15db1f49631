//! Which valid publiccode.yml files do the repositories have? The catalogue `publiccode.json`.
//!
//! The content of each file is passed on as it is, in the fields of the publiccode standard; what we add stands beside
//! it, and says where it came from.

use super::jsonl::text;
use crate::output::encode::json_guard;
use crate::output::write::{Pieces, WriteError};
use crate::portfolio::{Record, RepositoryResult};
use serde_json::{Value, json};
use std::path::Path;

/// The name and version of the format.
pub const SCHEMA: &str = "civiclint/catalogue/1";

/// The name of the file in an output folder.
pub const FILE: &str = "publiccode.json";

/// The first lines of a catalogue.
pub fn head(as_of: &str) -> String {
    // Texts are always JSON.
    let day = json!(text(as_of));
    json_guard(&format!("{{\n\"schema\": \"{SCHEMA}\",\n\"as_of\": {day},\n\"entries\": ["))
}

/// An entry, a line each; `None` where the repository has no valid publiccode.yml.
pub fn entry(record: &Record, result: &RepositoryResult, first: bool) -> Option<String> {
    let content = result.publiccode.as_ref().filter(|content| content.is_object())?;
    let value = json!({
        "repo": text(&record.repo),
        "name": text(&record.name),
        "owner": record.owner.as_deref().map(text),
        "head": record.head.as_deref().map(text),
        "publiccode": visible(content, 0),
    });
    Some(format!("{}\n{}", if first { "" } else { "," }, json_guard(&value.to_string())))
}

/// The last lines.
pub fn tail() -> &'static str {
    "\n]\n}\n"
}

/// So deep is a publiccode.yml never.
const DEEPEST: usize = 64;

/// The content, with texts in which nothing steers; line breaks stay, as descriptions need them.
fn visible(value: &Value, depth: usize) -> Value {
    match value {
        _ if depth > DEEPEST => Value::Null,
        Value::String(string) => {
            let lines: Vec<String> =
                string.split('\n').map(|line| crate::output::encode::visible(line.as_bytes())).collect();
            Value::String(lines.join("\n"))
        }
        Value::Array(list) => list.iter().map(|value| visible(value, depth + 1)).collect(),
        Value::Object(map) => map.iter().map(|(key, value)| (text(key), visible(value, depth + 1))).collect(),
        other => other.clone(),
    }
}

/// A catalogue that is written entry by entry, in the order of [`order`].
pub struct Catalogue {
    file: Pieces,
    first: bool,
}

impl Catalogue {
    /// Begins the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn begin(dir: &Path, as_of: &str) -> Result<Self, WriteError> {
        let mut file = Pieces::begin(&dir.join(FILE))?;
        file.add(&head(as_of))?;
        Ok(Self { file, first: true })
    }

    /// Adds a repository, where it has a valid publiccode.yml.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(&mut self, record: &Record, result: &RepositoryResult) -> Result<(), WriteError> {
        let Some(entry) = entry(record, result, self.first) else { return Ok(()) };
        self.first = false;
        self.file.add(&entry)
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.file.add(tail())?;
        self.file.finish()
    }
}

/// Sorts records as a catalogue has them: by what the list calls them.
pub fn order(records: &mut [&Record]) {
    records.sort_by(|a, b| (&a.repo, a.at).cmp(&(&b.repo, b.at)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::Status;
    use crate::portfolio::stored::tests::record;
    use crate::portfolio::summary::tests::result;

    #[test]
    fn entries_are_what_the_files_say() {
        let content = json!({"name": "Bäume\u{202e}", "description": {"de": {"longDescription": "a\nb\u{1b}[2J"}}});
        let with = RepositoryResult { publiccode: Some(content), ..result(Vec::new()) };
        let record = record(0, Status::Ok, None);
        let mut catalogue = head("2026-11-22");
        catalogue += &entry(&record, &with, true).expect("an entry");
        catalogue += &entry(&record, &with, false).expect("an entry");
        assert_eq!(entry(&record, &result(Vec::new()), false), None);
        let list = RepositoryResult { publiccode: Some(json!(["x"])), ..result(Vec::new()) };
        assert_eq!(entry(&record, &list, false), None);
        let parsed: Value = serde_json::from_str(&(catalogue + tail())).expect("JSON");
        let code = &parsed["entries"][1]["publiccode"];
        assert_eq!(code["name"], "Bäume\\u{202e}");
        assert_eq!(code["description"]["de"]["longDescription"], "a\nb\\u{1b}[2J");
    }

    #[test]
    fn a_catalogue_of_nothing_is_json_and_depth_has_an_end() {
        let parsed: Value = serde_json::from_str(&(head("2026-11-22") + tail())).expect("JSON");
        assert_eq!(parsed["entries"], json!([]));
        let deep = (0..200).fold(json!("x"), |inner, _| json!([inner]));
        assert!(visible(&deep, 0).to_string().contains("null"));
    }
}
