//! What programs read: every kind of report against the schemas that ship.

use crate::sample;
use civiclint::judge::Answers;
use civiclint::output::{facts, json};
use civiclint::phrase::{Lang, Phrase};
use civiclint::report::Report;
use civiclint::repository::{Loss, RepoPath};
use civiclint::signal::{Observation, Place, Span, Value as Answer};
use civiclint::untrusted::Untrusted;
use serde_json::Value;
use std::collections::BTreeMap;

const REPORT: &str = include_str!("../../schemas/report-1.schema.json");
const FACTS: &str = include_str!("../../schemas/facts-1.schema.json");

fn assert_valid(schema: &str, document: &str) -> Value {
    let schema: Value = serde_json::from_str(schema).expect("a schema");
    let document: Value = serde_json::from_str(document).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a valid schema");
    let errors: Vec<String> =
        validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    document
}

fn reports() -> [Report; 5] {
    [sample::empty(), sample::good(), sample::all_chapters(), sample::partial(), sample::hostile()]
}

#[test]
fn reports_keep_to_their_schema() {
    for report in reports() {
        for lang in [Lang::En, Lang::De] {
            let text = json::render(&report, lang);
            assert!(text.ends_with("}\n"));
            let document = assert_valid(REPORT, &text);
            assert_eq!(document["rules"].as_array().expect("rules").len(), report.outcomes.len());
            assert_eq!(document["losses"].as_array().expect("losses").len(), report.losses.len());
        }
    }
    insta::assert_snapshot!("json.all-chapters", sample::timeless(&json::render(&sample::all_chapters(), Lang::De)));
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let good: Value = serde_json::from_str(&json::render(&sample::all_chapters(), Lang::En)).expect("JSON");
    let schema: Value = serde_json::from_str(REPORT).expect("a schema");
    let validator = jsonschema::draft202012::new(&schema).expect("a valid schema");
    assert!(validator.is_valid(&good));
    for (pointer, value) in [
        ("/schema", Value::from("civiclint/report/2")),
        ("/level", Value::from("gold")),
        ("/rules/0/verdict", Value::from("pass")),
        ("/rules/0/verdict", Value::from("ok")),
        ("/rules/0/findings/0/line", Value::from(0)),
        ("/rules/0/findings/0/fingerprint", Value::from("abc")),
        ("/repository/revision", Value::from("main")),
        ("/counts", Value::Null),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).expect("a value") = value;
        assert!(!validator.is_valid(&bad), "{pointer}");
    }
}

#[test]
fn every_property_of_the_schemas_is_described() {
    fn walk(value: &Value, at: &str) {
        match value {
            Value::Object(map) => {
                if let Some(Value::Object(properties)) = map.get("properties")
                    && !at.ends_with("/if")
                    && !at.ends_with("/then")
                    && !at.ends_with("/else")
                {
                    assert_eq!(map.get("additionalProperties"), Some(&Value::Bool(false)), "{at} is open");
                    for (name, property) in properties {
                        assert!(property["description"].is_string(), "{at}/{name} is not described");
                        assert!(!map["required"].is_null(), "{at} does not say what is required");
                    }
                }
                map.iter().for_each(|(key, value)| walk(value, &format!("{at}/{key}")));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(value, at)),
            _ => {}
        }
    }
    for schema in [
        REPORT,
        FACTS,
        include_str!("../../schemas/baseline-1.schema.json"),
        include_str!("../../schemas/catalogue-1.schema.json"),
        include_str!("../../schemas/portfolio-1.schema.json"),
        include_str!("../../schemas/record-1.schema.json"),
        include_str!("../../schemas/repository-1.schema.json"),
        include_str!("../../schemas/result-1.schema.json"),
        include_str!("../../schemas/run-1.schema.json"),
    ] {
        let schema = serde_json::from_str(schema).expect("a schema");
        assert!(jsonschema::meta::is_valid(&schema));
        walk(&schema, "");
    }
}

fn answers() -> Answers {
    let unknown =
        Phrase::new("the history of {what} is missing", "die Historie von {what} fehlt").with("what", "x\x1b[2J");
    let at = |path: &[u8], line| match line {
        Some(line) => Place::span(&RepoPath::new(path), Span::on_line(line, 5, 9)),
        None => Place::file(&RepoPath::new(path)),
    };
    let wholes = BTreeMap::from([
        ("kind", Ok(Answer::from("software"))),
        ("languages", Ok(Answer::List(vec!["python".into(), "##[error]\u{202e}".into()]))),
        ("months-idle", Err(unknown.clone())),
        ("shallow", Ok(Answer::from(false))),
    ]);
    let sources = vec![
        Observation::new(at(b"a.py", Some(7)), "opendata.example.org").with("documented", false).with("uses", 3_i64),
        Observation::new(at(b"caf\xe9\n.csv", None), Untrusted::new(b"\xff")).with_reading("documented", Err(unknown)),
        Observation::new(Place::default(), ""),
    ];
    Answers::new(wholes, BTreeMap::from([("data-source", sources), ("model", Vec::new())]))
}

#[test]
fn facts_keep_to_their_schema() {
    let about = sample::all_chapters().repository;
    let lost = [Loss { path: Some("big.csv".into()), why: Phrase::new("is too large", "ist zu groß") }];
    let text = facts::render(&about, "2026-11-22", &lost, &answers(), Lang::De);
    let document = assert_valid(FACTS, &text);
    insta::assert_snapshot!("facts", sample::timeless(&text));
    assert_eq!(document["subjects"]["model"], Value::Array(Vec::new()), "subjects that were not met appear too");
    assert_eq!(document["subjects"]["data-source"][1]["path"], "caf\\xe9\\n.csv");
    assert_eq!(document["repository"]["months-idle"]["unknown"], "die Historie von x\\u{1b}[2J fehlt");
    assert_valid(
        FACTS,
        &facts::render(&about, "2026-11-22", &[], &Answers::new(BTreeMap::new(), BTreeMap::new()), Lang::En),
    );
}

#[test]
fn nothing_hostile_gets_through() {
    let about = sample::hostile().repository;
    for text in
        [json::render(&sample::hostile(), Lang::En), facts::render(&about, "2026-11-22", &[], &answers(), Lang::En)]
    {
        let steers = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2028}\u{200b}".contains(c);
        assert!(!text.contains("##["));
        assert!(!text.contains(steers));
        // What it decodes to is as harmless: line breaks are the only escape that is needed for our own text.
        assert!(!text.contains("\\u001b") && !text.contains("\\u202e") && !text.contains("\": \"::"), "{text}");
        assert!(text.lines().all(|line| !line.trim_start().starts_with("::")));
    }
}
