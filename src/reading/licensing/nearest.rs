//! Which valid SPDX expression was probably meant, and what is written today for a deprecated id?

use super::statements::is_family_only;
use crate::reading::licence_text::{self, expression};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static DEPRECATED: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("deprecated.toml")).expect("the table is part of the program and tested")
});

/// Longer values are texts, and nobody knows what was meant.
const LONGEST: usize = 300;
/// More parts than this are no expression that somebody mistyped.
const MOST_PARTS: usize = 12;
/// Shorter words are near to too many ids.
const SHORTEST: usize = 5;

/// The valid expression nearest to a value that is none: by the table of names (`Apache 2.0`), by case (`mit`), by what
/// stands between two names (`MIT/ISC` and `MIT, ISC` are a choice), by an id that is nearly the same. `None` where it
/// is not sure what was meant; a version is never guessed.
pub fn nearest_expression(value: &str) -> Option<String> {
    let value = value.trim().trim_matches(['"', '\'', '`']).trim();
    if value.is_empty() || value.len() > LONGEST || is_family_only(value) {
        return None;
    }
    whole(value).or_else(|| parts(value))
}

fn whole(value: &str) -> Option<String> {
    if is_family_only(value) {
        return None;
    }
    let found = expression::canonical(value).or_else(|| licence_text::named(value)).or_else(|| misspelt(value))?;
    let today = today(&found).unwrap_or(found);
    expression::is_valid(&today).then_some(today)
}

/// Names with something between them that is no operator of SPDX.
fn parts(value: &str) -> Option<String> {
    if value.contains(['(', ')']) {
        return None;
    }
    let spaced = [("/", " OR "), ("|", " OR "), (",", " OR "), (";", " OR "), ("&", " AND ")]
        .iter()
        .fold(value.to_owned(), |value, (from, to)| value.replace(from, to));
    let mut found: Vec<String> = Vec::new();
    let mut operators: Vec<&str> = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for word in spaced.split_whitespace().chain(["OR"]) {
        let operator = match word.to_ascii_lowercase().as_str() {
            "or" | "oder" => "OR",
            "and" | "und" => "AND",
            _ => {
                words.push(word);
                continue;
            }
        };
        if words.is_empty() {
            continue;
        }
        found.push(whole(&words.join(" "))?);
        operators.push(operator);
        words.clear();
    }
    operators.pop();
    let operator = *operators.first()?;
    let same = operators.iter().all(|other| *other == operator);
    (same && found.len() > 1 && found.len() <= MOST_PARTS).then(|| expression::join(&found, operator))
}

/// The one id that differs in a letter or two. Numbers must be the same: `GPL-4.0` is not nearly `GPL-3.0`.
fn misspelt(value: &str) -> Option<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let wanted = value.to_ascii_lowercase().replace([' ', '_'], "-");
    // What npm calls `UNLICENSED` is the very opposite of the Unlicense.
    if wanted == "unlicensed" {
        return None;
    }
    let most = match wanted.len() {
        ..SHORTEST => return None,
        SHORTEST..=8 => 1,
        _ => 2,
    };
    let ids = spdx::identifiers::LICENSES.iter().map(|licence| licence.name);
    let mut near: Vec<(usize, &str)> = ids
        .filter(|id| id.len().abs_diff(wanted.len()) <= most && digits(id) == digits(&wanted))
        .map(|id| (strsim::osa_distance(&wanted, &id.to_ascii_lowercase()), id))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some(*only),
        [(best, first), (next, _), ..] if best < next => Some(*first),
        _ => None,
    }
    .and_then(expression::canonical)
}

/// The expression with today's ids, where it holds deprecated ones: `GPL-3.0+` is `GPL-3.0-or-later`. `None` where all
/// ids are today's, or where nothing has taken the place of one.
pub fn today(value: &str) -> Option<String> {
    let mut old = false;
    let mut spelt = String::new();
    for (word, between) in words(value) {
        match deprecated(word) {
            Some(new) => {
                old = true;
                spelt.push_str(&new?);
            }
            None => spelt.push_str(word),
        }
        spelt.push_str(between);
    }
    old.then_some(spelt).filter(|spelt| expression::is_valid(spelt))
}

/// Whether the expression holds an id that SPDX has deprecated.
pub fn is_deprecated(value: &str) -> bool {
    words(value).any(|(word, _)| deprecated(word).is_some())
}

/// `Some` where the id is deprecated: with what is written today, if something is.
fn deprecated(id: &str) -> Option<Option<String>> {
    if let Some(new) = DEPRECATED.get(id) {
        return Some(Some(new.clone()));
    }
    let bare = id.strip_suffix('+').unwrap_or(id);
    let grant = if bare.len() < id.len() { "-or-later" } else { "-only" };
    let granted = [bare, grant].concat();
    let known = |id: &str| spdx::license_id(id).filter(|found| found.name == id);
    let old = known(bare)?.is_deprecated();
    old.then(|| known(&granted).map(|today| today.name.to_owned()))
}

/// The ids and operators of an expression, each with what stands behind it.
fn words(value: &str) -> impl Iterator<Item = (&str, &str)> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+' | ':' | '_');
    let mut rest = value;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let next = after.find(inside).unwrap_or(after.len());
        let (between, after) = after.split_at(next);
        rest = after;
        Some((word, between))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        for (value, wanted) in [
            ("Apache 2.0", Some("Apache-2.0")),
            ("Apache License, Version 2.0", Some("Apache-2.0")),
            ("apache-2.0", Some("Apache-2.0")),
            ("mit", Some("MIT")),
            ("MIT License", Some("MIT")),
            ("MIT/Apache-2.0", Some("MIT OR Apache-2.0")),
            ("MIT, Apache-2.0", Some("MIT OR Apache-2.0")),
            ("MIT or Apache 2.0", Some("MIT OR Apache-2.0")),
            ("MIT & ISC", Some("MIT AND ISC")),
            ("EUPL 1.2", Some("EUPL-1.2")),
            ("EUPL-1.2-or-later", None),
            ("European Union Public Licence 1.2", Some("EUPL-1.2")),
            ("dl-de/by-2-0", Some("DL-DE-BY-2.0")),
            ("Datenlizenz Deutschland – Namensnennung – Version 2.0", Some("DL-DE-BY-2.0")),
            ("GPLv3", Some("GPL-3.0-only")),
            ("GPL-3.0-orlater", Some("GPL-3.0-or-later")),
            ("GLP-3.0", Some("GPL-3.0-only")),
            ("BSD-3-Clauses", Some("BSD-3-Clause")),
            ("Apache_2.0", Some("Apache-2.0")),
            // nothing where it is not sure
            ("GPL-4.0", None),
            ("EUPL-1.3", None),
            ("BSD", None),
            ("MIT or BSD", None),
            ("GPL", None),
            ("MTI", None),
            ("Unlicensed", None),
            ("see website", None),
            ("Firma GmbH", None),
            ("(MIT", Some("MIT")),
            ("", None),
        ] {
            assert_eq!(nearest_expression(value).as_deref(), wanted, "{value}");
        }
        assert_eq!(nearest_expression(&"MIT/".repeat(200_000)), None);
    }

    #[test]
    fn old_ids() {
        for (value, wanted) in [
            ("GPL-3.0", Some("GPL-3.0-only")),
            ("AGPL-3.0+", Some("AGPL-3.0-or-later")),
            ("MIT OR GPL-2.0+", Some("MIT OR GPL-2.0-or-later")),
            ("(MIT OR GPL-2.0)", Some("(MIT OR GPL-2.0-only)")),
            ("GPL-2.0-with-classpath-exception", Some("GPL-2.0-only WITH Classpath-exception-2.0")),
            ("bzip2-1.0.5", Some("bzip2-1.0.6")),
            ("GPL-3.0-only", None),
            ("MIT", None),
            ("Apache-2.0+", None),
            ("LicenseRef-GPL-3.0", None),
        ] {
            assert_eq!(today(value).as_deref(), wanted, "{value}");
            assert_eq!(is_deprecated(value), wanted.is_some(), "{value}");
        }
        assert!(is_deprecated("Nunit") && today("Nunit").is_none());
    }

    #[test]
    fn every_row_is_a_deprecated_id_and_a_valid_expression() {
        for (old, new) in DEPRECATED.iter() {
            let bare = old.trim_end_matches('+');
            assert!(spdx::license_id(bare).is_some_and(|id| id.is_deprecated()), "{old}");
            assert!(expression::is_valid(new) && !is_deprecated(new), "{new}");
        }
        for licence in spdx::identifiers::LICENSES {
            let id = spdx::license_id(licence.name).expect("an id of the list");
            assert_eq!(is_deprecated(licence.name), id.is_deprecated(), "{}", licence.name);
        }
    }
}
