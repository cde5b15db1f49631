//! What may a policy say, for editors? A JSON Schema, made from the rules themselves.
//!
//! Draft 7, because that is what the editors' TOML extensions (Taplo, Even Better TOML) read; a TOML date is a string
//! to them.

use super::layer::{KINDS, LIFE_CYCLES};
use super::profile;
use super::read::{FAIL_ON, tables};
use crate::phrase::Lang;
use crate::rule::{Level, Norms, Rule, Setting, Severity};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Where the schema says that it lies.
const ID: &str = "https://civiclint.example/schemas/policy-1.schema.json";

/// The JSON Schema of policy files for these rules, with a line break at its end. Rules in chapters of an
/// administration's own are let through.
pub fn schema(rules: &[Rule]) -> String {
    let chapters: BTreeSet<&str> = rules.iter().map(Rule::chapter).collect();
    let own =
        format!("^(?!(?:{})/)[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$", chapters.iter().copied().collect::<Vec<_>>().join("|"));
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    let wide: Vec<String> = chapters.iter().flat_map(|one| [(*one).to_owned(), format!("{one}/*")]).collect();
    let norms: Vec<String> = Norms::shipped().all().iter().map(|norm| format!("norm:{}", norm.id)).collect();
    let words = |about: &str, items: Value| json!({ "description": about, "type": "array", "items": items });
    let texts = |about: &str| words(about, json!({ "type": "string" }));
    let table = |about: &str, properties: Value| json!({ "description": about, "type": "object", "additionalProperties": false, "properties": properties });
    let one_or_more = |about: &str, known: &[&str]| {
        let one = json!({ "enum": known });
        json!({ "description": about, "anyOf": [one, { "type": "array", "minItems": 1, "items": one }] })
    };
    let versions: Vec<Value> = Norms::shipped()
        .all()
        .iter()
        .map(|norm| json!({ "properties": { "id": { "const": norm.id }, "version": { "const": norm.version(Lang::En) } } }))
        .collect();
    let properties = json!({
        "extends": words(
            "What this policy builds on: profiles that ship, or paths from the folder of this file. Later ones win over earlier ones, this file wins over all. Without it: civic.",
            json!({ "anyOf": [{ "enum": profile::names().collect::<Vec<_>>() }, { "type": "string", "pattern": "/|\\.toml$" }] }),
        ),
        "only": json!({
            "description": "Only these rules, chapters (`data`) or norms (`norm:osps`).",
            "type": "array",
            "minItems": 1,
            "items": { "anyOf": [{ "enum": ids }, { "enum": wide }, { "enum": norms }, { "type": "string", "pattern": own }] },
        }),
        "languages": texts("Languages of the public, as language tags: README has to be there in one of them."),
        "exclude": texts("Paths that are left out, from the root: `fixtures/**`, `data/legacy/`. The report says how many files they are."),
        "fail-on": {
            "description": "From which severity on a run ends with exit code 1.",
            "enum": FAIL_ON.map(|(name, _)| name),
        },
        "inline-waivers": { "description": "Whether findings may be waived in the line where they are.", "type": "boolean" },
        "overview": { "description": "Whether kind and licence of the whole are looked for, for the head of the report.", "type": "boolean" },
        "norm": {
            "description": "The norm that this policy is about, in the version that the rules answer to.",
            "type": "object",
            "additionalProperties": false,
            "required": ["id", "version"],
            "properties": { "id": { "type": "string" }, "version": { "type": "string" } },
            "anyOf": versions,
        },
        "licence": table("About licences.", keys(&tables::LICENCE, |_| {
            "Licences that the administration approves of, as SPDX ids: other ones are findings."
        })),
        "publication": table("About what must not be published.", keys(&tables::PUBLICATION, |key| match key {
            "internal-hosts" => "More hosts and domains that only the internal network knows: `*.bund.local`.",
            _ => "More package registries that the public cannot reach.",
        })),
        "rules": { "description": "What is different for single rules or chapters.", "$ref": "#/definitions/rules" },
        "when": {
            "description": "What is different for some repositories only.",
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["rules"],
                "anyOf": [{ "required": ["kind"] }, { "required": ["life-cycle"] }],
                "properties": {
                    "kind": one_or_more("Kinds of repository.", &KINDS),
                    "life-cycle": one_or_more("States of development, in the words of publiccode.yml.", &LIFE_CYCLES),
                    "rules": { "$ref": "#/definitions/rules" },
                },
            },
        },
        "waivers": {
            "description": "Findings that are accepted, each with its reason.",
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["rule", "reason"],
                "properties": {
                    "rule": { "description": "The rule.", "anyOf": [{ "enum": ids }, { "type": "string", "pattern": own }] },
                    "path": { "description": "The files and folders that are meant, as a pattern from the root; without it, all of the rule.", "type": "string", "minLength": 1 },
                    "called": { "description": "What the findings are called, where not all of a file are meant.", "type": "string" },
                    "reason": { "description": "Why it is accepted; reports show it.", "type": "string", "pattern": "\\S" },
                    "until": { "description": "The last day of the waiver, without quotes.", "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" },
                },
            },
        },
    });
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ID,
        "title": "civiclint policy, version 1",
        "description": "What `civiclint.toml` may say; see docs/policy.md. `civiclint policy schema` prints this schema.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "definitions": { "rules": rules_table(rules, &wide, &own) },
    });
    // Only maps with keys that are no strings could fail.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// The keys of a table that stand for settings.
fn keys(known: &[tables::Shorthand], about: impl Fn(&str) -> &'static str) -> Value {
    let one = |shorthand: &tables::Shorthand| {
        let value = json!({ "description": about(shorthand.key), "type": "array", "items": { "type": "string" } });
        (shorthand.key.to_owned(), value)
    };
    Value::Object(known.iter().map(one).collect())
}

/// What may be said of rules: each has settings of its own.
fn rules_table(rules: &[Rule], wide: &[String], own: &str) -> Value {
    let switch = json!({ "enum": ["on", "off"] });
    let table = |settings: Map<String, Value>, closed: bool| {
        let mut properties = settings;
        properties.insert("severity".to_owned(), json!({ "enum": Severity::ALL.map(Severity::name) }));
        properties.insert("level".to_owned(), json!({ "enum": Level::ALL.map(Level::name) }));
        json!({ "type": "object", "additionalProperties": !closed, "properties": properties })
    };
    let of_rule = |rule: &Rule| {
        let about = format!("{}. {}", rule.en.title, rule.en.summary);
        let settings = rule.settings.iter().map(|(name, value)| (name.clone(), setting(value))).collect();
        (rule.id.clone(), json!({ "description": about, "anyOf": [switch, table(settings, true)] }))
    };
    let of_chapter = |name: &String| (name.clone(), json!({ "anyOf": [switch, table(Map::new(), true)] }));
    let properties: Map<String, Value> = rules.iter().map(of_rule).chain(wide.iter().map(of_chapter)).collect();
    let mut own_rules = Map::new();
    own_rules.insert(own.to_owned(), json!({ "anyOf": [switch, table(Map::new(), false)] }));
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "patternProperties": own_rules,
    })
}

fn setting(value: &Setting) -> Value {
    match value {
        Setting::Number(number) => json!({ "type": "integer", "minimum": 0, "default": number }),
        Setting::List(list) => json!({ "type": "array", "items": { "type": "string" }, "default": list }),
    }
}
