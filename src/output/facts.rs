//! What was observed? Everything that rules are asked about, as `civiclint/facts/1`; see
//! `schemas/facts-1.schema.json`.

use super::encode::{json_path, json_text, json_value};
use super::{Loss, TOOL, Tool};
use crate::judge::Answers;
use crate::phrase::{Lang, Phrase};
use crate::report::About;
use crate::signal::{self, Reading, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// The name and version of the format; a change that is not only an addition gets another number.
pub const SCHEMA: &str = "civiclint/facts/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    as_of: &'a str,
    target: Target<'a>,
    losses: Vec<Loss>,
    repository: BTreeMap<&'static str, Answer>,
    subjects: BTreeMap<&'static str, Vec<Observation>>,
}

#[derive(Serialize)]
struct Target<'a> {
    path: String,
    revision: Option<&'a str>,
    shallow: bool,
}

#[derive(Serialize)]
struct Observation {
    path: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    called: String,
    readings: BTreeMap<&'static str, Answer>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    YesNo(bool),
    Number(i64),
    Text(String),
    List(Vec<String>),
    Unknown { unknown: String },
}

impl Answer {
    fn of(reading: &Reading, lang: Lang) -> Self {
        match reading {
            Ok(Value::YesNo(yes)) => Self::YesNo(*yes),
            Ok(Value::Number(number)) => Self::Number(*number),
            Ok(Value::AtLeast(least)) => {
                let why = Phrase::new("it is at least {least}", "es sind mindestens {least}");
                Self::Unknown { unknown: json_text(&why.with("least", least.to_string()).message(lang)) }
            }
            Ok(Value::Text(text)) => Self::Text(json_value(text)),
            Ok(Value::List(list)) => Self::List(list.iter().map(json_value).collect()),
            Ok(Value::Said(sentence)) => Self::Text(json_text(&sentence.message(lang))),
            Err(why) => Self::Unknown { unknown: json_text(&why.message(lang)) },
        }
    }
}

/// All answers about a repository as JSON, the reasons in one language, with a line break at its end.
///
/// `as_of` is the day of the scan, `losses` what could not be looked at.
pub fn render(about: &About, as_of: &str, losses: &[crate::repository::Loss], answers: &Answers, lang: Lang) -> String {
    let readings = |readings: &BTreeMap<&'static str, Reading>| {
        readings.iter().map(|(name, reading)| (*name, Answer::of(reading, lang))).collect()
    };
    let observation = |seen: &signal::Observation| Observation {
        path: seen.place.path.as_ref().map(json_path),
        line: seen.place.span.map(|span| span.line),
        column: seen.place.span.map(|span| span.column),
        called: json_value(&seen.called),
        readings: readings(&seen.readings),
    };
    let document = Document {
        schema: SCHEMA,
        tool: TOOL,
        as_of,
        target: Target { path: json_value(&about.path), revision: about.revision.as_deref(), shallow: about.shallow },
        losses: losses.iter().map(|loss| Loss::of(loss, lang)).collect(),
        repository: readings(answers.wholes()),
        subjects: answers
            .subjects()
            .iter()
            .map(|(name, seen)| (*name, seen.iter().map(observation).collect()))
            .collect(),
    };
    super::serialise(&document)
}
