//! How is a condition said in plain words?

use crate::output::encode;
use crate::phrase::{Lang, Words};
use crate::rule::{Among, Amount, Clause, Precision, Rule, Setting, Test};
use crate::signal::{Kind, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// What a rule looks at: "each `data-source`: place that …".
pub(super) fn looks_at(rule: &Rule, lang: Lang) -> String {
    match rule.looks_at {
        None => lang.pick("the repository as a whole", "das Repository als Ganzes").to_owned(),
        Some(subject) => format!("{} `{}`: {}", lang.pick("each", "jedes"), subject.name, subject.is.get(lang)),
    }
}

/// How often a finding is right.
pub(super) fn precision(precision: Precision) -> Words {
    match precision {
        Precision::Low => {
            Words::new("low (under 80 % of findings are right)", "niedrig (unter 80 % der Befunde stimmen)")
        }
        Precision::Medium => {
            Words::new("medium (80 % of findings or more are right)", "mittel (mindestens 80 % der Befunde stimmen)")
        }
        Precision::High => {
            Words::new("high (90 % of findings or more are right)", "hoch (mindestens 90 % der Befunde stimmen)")
        }
        Precision::VeryHigh => Words::new(
            "very high (98 % of findings or more are right)",
            "sehr hoch (mindestens 98 % der Befunde stimmen)",
        ),
    }
}

/// The kind of an answer.
pub(super) fn kind(kind: Kind) -> Words {
    match kind {
        Kind::YesNo => Words::new("yes or no", "ja oder nein"),
        Kind::Number => Words::new("number", "Zahl"),
        Kind::Text => Words::new("text", "Text"),
        Kind::List => Words::new("list", "Liste"),
    }
}

/// "`documented` is no · Does any document name it?".
pub(super) fn clause(clause: &Clause, settings: &BTreeMap<String, Setting>, lang: Lang) -> String {
    let asks = clause.asked.signal().asks.get(lang);
    format!("`{}` {} · {asks}", clause.written, test(&clause.test, settings, lang))
}

fn test(test: &Test, settings: &BTreeMap<String, Setting>, lang: Lang) -> String {
    let word = |en, de| lang.pick(en, de);
    match test {
        Test::Is(Value::YesNo(true)) => word("is yes", "ist ja").to_owned(),
        Test::Is(Value::YesNo(false)) => word("is no", "ist nein").to_owned(),
        Test::Is(Value::Number(number)) => format!("{} {number}", word("is", "ist")),
        Test::Is(Value::Text(text)) => format!("{} {}", word("is", "ist"), quoted(text)),
        // the loader makes no such tests
        Test::Is(Value::AtLeast(number)) => format!("{} {number}", word("is at least", "ist mindestens")),
        Test::Is(Value::Said(_)) => word("is said", "ist gesagt").to_owned(),
        Test::Is(Value::List(list)) => format!("{} {}", word("is", "ist"), listed(list)),
        Test::MoreThan(than) => format!("{} {}", word("is more than", "ist größer als"), amount(than, settings, lang)),
        Test::LessThan(than) => format!("{} {}", word("is less than", "ist kleiner als"), amount(than, settings, lang)),
        Test::OneOf(list) => format!("{} {}", word("is one of", "ist eins von"), among(list, settings, lang)),
        Test::NoneOf(list) => format!("{} {}", word("is none of", "ist keins von"), among(list, settings, lang)),
        Test::Includes(text) => format!("{} {}", word("includes", "enthält"), quoted(text)),
        Test::Matches(pattern) => format!("{} `{}`", word("matches", "passt auf"), pattern.as_str()),
    }
}

fn amount(amount: &Amount, settings: &BTreeMap<String, Setting>, lang: Lang) -> String {
    match amount {
        Amount::Number(number) => number.to_string(),
        Amount::Setting(name) => match settings.get(name) {
            Some(Setting::Number(number)) => format!("{number} ({})", setting(name, lang)),
            _ => setting(name, lang),
        },
    }
}

fn among(among: &Among, settings: &BTreeMap<String, Setting>, lang: Lang) -> String {
    match among {
        Among::Texts(list) => listed(list),
        Among::Setting(name) => match settings.get(name) {
            Some(Setting::List(list)) if !list.is_empty() => {
                let list: Vec<Untrusted> = list.iter().map(|text| text.as_str().into()).collect();
                format!("{} ({})", listed(&list), setting(name, lang))
            }
            _ => setting(name, lang),
        },
    }
}

fn setting(name: &str, lang: Lang) -> String {
    format!("{} `{name}`", lang.pick("setting", "Einstellung"))
}

fn listed(list: &[Untrusted]) -> String {
    list.iter().map(quoted).collect::<Vec<_>>().join(", ")
}

fn quoted(text: &Untrusted) -> String {
    format!("`{}`", encode::visible(text.as_bytes()))
}
