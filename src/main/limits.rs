//! Which limits does the command line move, and how is `civiclint limits` run? docs/limits.md is the same list.

use super::{Failure, error, lang, print};
use crate::cli::LimitsArgs;
use civiclint::phrase::{Lang, Phrase};
use civiclint::repository::{Limit, Limits, Unit};
use civiclint::rule;

/// The limits in force: `--limit NAME=VALUE`; the last word on one counts.
pub(crate) fn of(asked: &[String], lang: Lang) -> Result<Limits, Failure> {
    let mut limits = Limits::default();
    for one in asked {
        let (name, value) = one.split_once('=').unwrap_or((one, ""));
        let limit = Limit::named(name.trim()).ok_or_else(|| unknown(name, lang))?;
        limits.set(limit, limit.parse(value).ok_or_else(|| no_value(limit, value, lang))?);
    }
    Ok(limits)
}

/// Prints the limits, what they bound and what holds where nobody moves them.
pub(crate) fn list(args: &LimitsArgs) -> Result<u8, Failure> {
    let lang = lang(args.lang);
    let wide = |text: fn(Limit) -> String| Limit::ALL.iter().map(|limit| text(*limit).len()).max().unwrap_or(0);
    let (name, value) = (wide(|limit| limit.name().to_owned()), wide(|limit| limit.show(limit.default_value())));
    let mut told = String::new();
    for limit in Limit::ALL {
        let default = limit.show(limit.default_value());
        told.push_str(&format!("{:name$}  {default:>value$}  {}\n", limit.name(), limit.bounds().get(lang)));
    }
    print(&told)
}

fn unknown(name: &str, lang: Lang) -> Failure {
    let phrase = match rule::nearest(name, Limit::ALL.iter().map(|limit| limit.name())) {
        Some(near) => Phrase::new(
            "there is no limit `{name}`; did you mean `{near}`? (`civiclint limits` lists them all)",
            "es gibt keine Grenze `{name}`; meinten Sie `{near}`? (`civiclint limits` zeigt alle)",
        )
        .with("near", near),
        None => Phrase::new(
            "there is no limit `{name}` (`civiclint limits` lists them all)",
            "es gibt keine Grenze `{name}` (`civiclint limits` zeigt alle)",
        ),
    };
    Failure::Use(error(&phrase.with("name", name), lang))
}

fn no_value(limit: Limit, value: &str, lang: Lang) -> Failure {
    let phrase = match limit.unit() {
        Unit::Number => Phrase::new(
            "`{value}` is no value of the limit `{name}`; write a whole number from 1, for instance {name}={default}",
            "`{value}` ist kein Wert der Grenze `{name}`; schreiben Sie eine ganze Zahl ab 1, zum Beispiel \
             {name}={default}",
        ),
        Unit::Bytes => Phrase::new(
            "`{value}` is no value of the limit `{name}`; write a size in KiB, MiB or GiB, for instance {name}={default}",
            "`{value}` ist kein Wert der Grenze `{name}`; schreiben Sie eine Größe in KiB, MiB oder GiB, zum Beispiel \
             {name}={default}",
        ),
        Unit::Seconds => Phrase::new(
            "`{value}` is no value of the limit `{name}`; write seconds or minutes, for instance {name}={default} or \
             {name}=2min",
            "`{value}` ist kein Wert der Grenze `{name}`; schreiben Sie Sekunden oder Minuten, zum Beispiel \
             {name}={default} oder {name}=2min",
        ),
    };
    let default = limit.show(limit.default_value()).replace(' ', "");
    Failure::Use(error(&phrase.with("value", value).with("name", limit.name()).with("default", default), lang))
}
