//! Which values of rules does the command line change? `--set RULE.SETTING=VALUE`, until a policy file says it.

use super::{Failure, error, unknown_rule};
use civiclint::phrase::{Lang, Phrase};
use civiclint::rule::{self, Rule, Setting};
use std::collections::BTreeMap;

/// The settings by rule; of a list the values are parted by commas.
pub(crate) fn settings(
    asked: &[String],
    rules: &[Rule],
    lang: Lang,
) -> Result<BTreeMap<String, BTreeMap<String, Setting>>, Failure> {
    let mut settings: BTreeMap<String, BTreeMap<String, Setting>> = BTreeMap::new();
    for one in asked {
        let (name, value) = one.split_once('=').unwrap_or((one, ""));
        let (id, key) = name.rsplit_once('.').unwrap_or((name, ""));
        let Some(rule) = rules.iter().find(|rule| rule.id == id) else { return Err(unknown_rule(id, rules, lang)) };
        let Some(now) = rule.settings.get(key) else { return Err(unknown_setting(rule, key, lang)) };
        let setting = match now {
            Setting::Number(_) => {
                value.trim().parse().map(Setting::Number).map_err(|_| no_number(name, value, lang))?
            }
            Setting::List(_) => {
                let values = value.split(',').map(str::trim).filter(|value| !value.is_empty());
                Setting::List(values.map(str::to_owned).collect())
            }
        };
        settings.entry(rule.id.clone()).or_default().insert(key.to_owned(), setting);
    }
    Ok(settings)
}

fn unknown_setting(rule: &Rule, key: &str, lang: Lang) -> Failure {
    let names: Vec<&str> = rule.settings.keys().map(String::as_str).collect();
    let phrase = if names.is_empty() {
        Phrase::new("`{rule}` has no settings", "`{rule}` hat keine Einstellungen")
    } else if let Some(near) = rule::nearest(key, names.iter().copied()) {
        Phrase::new(
            "`{rule}` has no setting `{key}`; did you mean `{near}`?",
            "`{rule}` hat keine Einstellung `{key}`; meinten Sie `{near}`?",
        )
        .with("key", key)
        .with("near", near)
    } else {
        Phrase::new(
            "`{rule}` has no setting `{key}`; write RULE.SETTING=VALUE with one of: {names}",
            "`{rule}` hat keine Einstellung `{key}`; schreiben Sie REGEL.EINSTELLUNG=WERT mit einer von: {names}",
        )
        .with("key", key)
        .with("names", names.join(", "))
    };
    Failure::Use(error(&phrase.with("rule", rule.id.as_str()), lang))
}

fn no_number(name: &str, value: &str, lang: Lang) -> Failure {
    let phrase = Phrase::new("`{name}` is a number; `{value}` is none", "`{name}` ist eine Zahl; `{value}` ist keine");
    Failure::Use(error(&phrase.with("name", name).with("value", value), lang))
}
