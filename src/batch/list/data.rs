//! Lists that are data: JSON, JSON Lines, YAML.

use super::columns::{Columns, KNOWN};
use super::gather::{Entry, Gather};
use super::publisher;
use crate::phrase::Phrase;
use serde_json::Value;

/// What an object calls the list that it holds.
const LISTS: [&str; 7] = ["repositories", "repos", "projects", "publishers", "items", "data", "values"];

/// Reads one JSON value a line.
pub(super) fn json_lines(text: &str, gather: &mut Gather) {
    for (number, line) in text.lines().enumerate() {
        let written = line.trim();
        if written.is_empty() || written.starts_with('#') {
            continue;
        }
        match serde_json::from_str::<Value>(written) {
            Ok(value) => entry(&value, &mut Lines::one(number + 1), gather),
            Err(error) => gather.wrong(number + 1, no_json(&error)),
        }
    }
}

/// Reads one JSON array, or an object that holds one.
pub(super) fn json(text: &str, gather: &mut Gather) {
    match serde_json::from_str::<Value>(text) {
        Ok(value) => entries(&value, &mut Lines::of_text(text), gather),
        Err(error) => gather.wrong(error.line().max(1), no_json(&error)),
    }
}

/// Reads one YAML list, or an object that holds one. Aliases are followed within a budget against bombs.
pub(super) fn yaml(text: &str, gather: &mut Gather) {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 32,
            max_nodes: 2_000_000,
            max_events: 10_000_000,
            max_documents: 1,
        },
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options::<Value>(text, options) {
        Ok(value) => entries(&value, &mut Lines::of_text(text), gather),
        Err(error) => {
            let line = error.location().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(1);
            let said = error.to_string();
            let why = Phrase::new("this is no YAML: {why}", "das ist kein YAML: {why}");
            gather.wrong(line.max(1), why.with("why", said.lines().next().unwrap_or_default()));
        }
    }
}

fn no_json(error: &serde_json::Error) -> Phrase {
    Phrase::new("this is no JSON: {why}", "das ist kein JSON: {why}").with("why", error.to_string())
}

fn entries(value: &Value, lines: &mut Lines<'_>, gather: &mut Gather) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| entry(value, lines, gather)),
        Value::Object(object) if publisher::is_publisher(object) && !object.contains_key("url") => {
            // `{"repos": [{"url": …}]}` is a list and `{"repos": ["https://…"]}` a publisher; both come to the same
            let nested = LISTS.iter().find_map(|key| object.get(*key)).and_then(Value::as_array);
            match nested.filter(|list| list.iter().any(Value::is_object)) {
                Some(list) => list.iter().for_each(|value| entry(value, lines, gather)),
                None => publisher::read(object, lines, gather),
            }
        }
        Value::Object(object) => match LISTS.iter().find_map(|key| object.get(*key)).and_then(Value::as_array) {
            Some(list) => list.iter().for_each(|value| entry(value, lines, gather)),
            None => entry(value, lines, gather),
        },
        Value::Null => {}
        _ => gather.wrong(lines.here(), Phrase::new("this is no list", "das ist keine Liste")),
    }
}

fn entry(value: &Value, lines: &mut Lines<'_>, gather: &mut Gather) {
    match value {
        Value::String(address) => gather.add(lines.of(address), Entry { address, name: None, owner: None }),
        Value::Object(object) if publisher::is_publisher(object) => publisher::read(object, lines, gather),
        Value::Object(object) => {
            let filled: Vec<(&String, String)> =
                object.iter().filter_map(|(key, value)| Some((key, text_of(value)?))).collect();
            let keys: Vec<&String> = filled.iter().map(|(key, _)| *key).collect();
            let Some(columns) = Columns::of(&keys) else {
                let why = Phrase::new(
                    "this entry has no address; it would stand in one of these: {known}",
                    "dieser Eintrag hat keine Adresse; sie stünde in einem dieser Felder: {known}",
                );
                return gather.wrong(lines.here(), why.with("known", KNOWN));
            };
            let cell = |at: usize| filled.get(at).map(|(_, value)| value.as_str());
            let Some(address) = cell(columns.address) else { return };
            let (name, owner) = (columns.name.and_then(cell), columns.owner.and_then(cell));
            gather.add(lines.of(address), Entry { address, name, owner });
        }
        _ => gather.wrong(
            lines.here(),
            Phrase::new("this entry is neither text nor an object", "dieser Eintrag ist weder Text noch Objekt"),
        ),
    }
}

/// The text of a value; of an object (`owner` in the API of a forge) what it is called. `None` where it is empty.
pub(super) fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => {
            let named = ["full_path", "login", "name", "username", "title"];
            named.iter().find_map(|key| object.get(*key).and_then(Value::as_str))?.to_owned()
        }
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// How much of a text is searched for the places of its values, in bytes, all searches together.
const SEARCHED: usize = 1 << 30;

/// The lines of a text, to say where a value stands: values come without their places, and mostly in their order.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// how far values have been found
    at: usize,
    line: usize,
    budget: usize,
}

impl<'a> Lines<'a> {
    fn of_text(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, budget: SEARCHED }
    }

    /// Everything stands in this line.
    fn one(line: usize) -> Lines<'static> {
        Lines { text: "", at: 0, line, budget: 0 }
    }

    /// The line where `value` stands next, or else first; the last one known where it is written in another way
    /// (escapes).
    pub(super) fn of(&mut self, value: &str) -> usize {
        let bytes = self.text.as_bytes();
        let (mut from, mut line) = (self.at, self.line);
        for _ in 0..2 {
            let rest = bytes.get(from..).unwrap_or_default();
            let found = (self.budget > 0).then(|| memchr::memmem::find(rest, value.as_bytes())).flatten();
            self.budget = self.budget.saturating_sub(found.map_or(rest.len(), |at| at + value.len()));
            if let Some(at) = found {
                let before = rest.get(..at).unwrap_or_default();
                self.line = line + memchr::memchr_iter(b'\n', before).count();
                self.at = from + at + value.len();
                break;
            }
            (from, line) = (0, 1);
        }
        self.line
    }

    /// The line up to which values have been found.
    pub(super) fn here(&self) -> usize {
        self.line
    }
}
