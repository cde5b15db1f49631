//! What do other programs read of it?

use super::Shown;
use crate::output::encode::{json_text, json_value};
use crate::output::{TOOL, Tool, serialise};
use crate::phrase::Lang;
use crate::policy::{Origin, Ruling, Said};
use crate::rule::{Rule, Setting, Severity};
use serde::Serialize;
use std::collections::BTreeMap;

/// The name and version of the format; a change that is not only an addition gets another number.
pub(super) const SCHEMA: &str = "civiclint/policy-in-force/1";

#[derive(Serialize)]
struct Document<'s> {
    schema: &'static str,
    tool: Tool,
    path: String,
    profile: String,
    file: Option<String>,
    revision: Option<String>,
    own_differs: bool,
    norms: Vec<Norm<'s>>,
    fail_on: Value<&'static str>,
    inline_waivers: bool,
    waivers: usize,
    left_out: usize,
    kind: Option<&'s str>,
    life_cycle: Option<&'s str>,
    rules: Vec<InForce<'s>>,
}

#[derive(Serialize)]
struct Norm<'s> {
    id: &'s str,
    version: &'s str,
}

/// A value, and whoever said so; `null` where that is the page of the rule, or nobody.
#[derive(Serialize)]
struct Value<T> {
    value: T,
    by: Option<String>,
}

#[derive(Serialize)]
struct InForce<'s> {
    id: &'s str,
    asked: Value<bool>,
    switched_off: Option<String>,
    level: Value<&'static str>,
    severity: Value<&'static str>,
    settings: BTreeMap<&'s str, Value<Set>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Set {
    Number(i64),
    List(Vec<String>),
}

/// What is in force, as `civiclint/policy-in-force/1`.
pub fn json(shown: &Shown<'_>) -> String {
    let policy = shown.policy;
    let rulings = shown.rulings();
    let never = |severity: Option<Severity>| severity.map_or("never", Severity::name);
    serialise(&Document {
        schema: SCHEMA,
        tool: TOOL,
        path: json_value(&shown.path),
        profile: json_value(&policy.name.as_str().into()),
        file: shown.used.and_then(|used| used.path.as_ref()).map(json_value),
        revision: shown.used.and_then(|used| used.revision.as_ref()).map(json_value),
        own_differs: shown.used.is_some_and(|used| used.own_differs),
        norms: policy.norms().into_iter().map(|norm| Norm { id: &norm.id, version: &norm.version }).collect(),
        fail_on: match policy.fail_on() {
            Some(said) => Value { value: never(said.value), by: by(&said.by) },
            None => Value { value: Severity::Error.name(), by: None },
        },
        inline_waivers: policy.inline_waivers,
        waivers: policy.waivers.len(),
        left_out: shown.left_out,
        kind: shown.here.kind.as_deref(),
        life_cycle: shown.here.life_cycle.as_deref(),
        rules: rulings.iter().map(|(rule, ruling)| in_force(rule, ruling)).collect(),
    })
}

fn in_force<'s>(rule: &'s Rule, ruling: &'s Ruling) -> InForce<'s> {
    let set = |said: &Said<Setting>| match &said.value {
        Setting::Number(number) => Set::Number(*number),
        Setting::List(list) => Set::List(list.iter().map(|one| json_value(&one.as_str().into())).collect()),
    };
    let setting =
        |(name, said): (&'s String, &Said<Setting>)| (name.as_str(), Value { value: set(said), by: by(&said.by) });
    InForce {
        id: &rule.id,
        asked: Value { value: ruling.asked.value, by: by(&ruling.asked.by) },
        switched_off: ruling.switched_off.as_ref().map(|why| json_text(&why.message(Lang::En))),
        level: Value { value: ruling.level.value.name(), by: by(&ruling.level.by) },
        severity: Value { value: ruling.severity.value.name(), by: by(&ruling.severity.by) },
        settings: ruling.settings.iter().map(setting).collect(),
    }
}

fn by(origin: &Origin) -> Option<String> {
    (*origin != Origin::Default).then(|| json_text(&origin.message(Lang::En)))
}
