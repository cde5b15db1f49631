//! Is this an SPDX expression, and which licences does it hold?

use spdx::expression::ExprNode;
use spdx::{Expression, LicenseItem, ParseMode};
use std::collections::BTreeSet;

/// Longer values are no expressions.
const LONGEST: usize = 2_000;

/// The expression in today's spelling (`GPL-3.0` is `GPL-3.0-only`, `MIT/Apache-2.0` is `MIT OR Apache-2.0`); `None`
/// where it is none even to a lenient reader. `LicenseRef-…` stays as it is.
pub fn canonical(value: &str) -> Option<String> {
    let value = value.trim();
    if value.is_empty() || value.len() > LONGEST || value.bytes().filter(|byte| *byte == b'(').count() > 40 {
        return None;
    }
    let parsed = Expression::parse_mode(&spelt(value), mode()).ok()?;
    Some(parsed.to_string())
}

/// As the specification has it, ids that are deprecated included.
fn mode() -> ParseMode {
    ParseMode { allow_deprecated: true, allow_postfix_plus_on_gpl: true, ..ParseMode::STRICT }
}

/// The ids and operators in the case that the specification has, GNU ids with their grant, `/` as `OR`.
fn spelt(value: &str) -> String {
    let id = |word: &str| {
        for operator in ["AND", "OR", "WITH"] {
            if word.eq_ignore_ascii_case(operator) {
                return operator.to_owned();
            }
        }
        let bare = word.strip_suffix('+').unwrap_or(word);
        let licences = spdx::identifiers::LICENSES.iter().map(|licence| licence.name);
        let exceptions = spdx::identifiers::EXCEPTIONS.iter().map(|exception| exception.name);
        let Some(known) = licences.chain(exceptions).find(|name| name.eq_ignore_ascii_case(bare)) else {
            return word.to_owned();
        };
        let plus = bare.len() < word.len();
        let grant = if plus { "-or-later" } else { "-only" };
        match spdx::license_id(&format!("{known}{grant}")) {
            Some(today) => today.name.to_owned(),
            None => format!("{known}{}", if plus { "+" } else { "" }),
        }
    };
    let mut spelt = String::new();
    let mut word = String::new();
    for c in value.chars().chain([' ']) {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+' | ':') {
            word.push(c);
        } else {
            if !word.is_empty() {
                spelt.push_str(&id(&word));
                word.clear();
            }
            if c == '/' { spelt.push_str(" OR ") } else { spelt.push(c) }
        }
    }
    spelt.trim().to_owned()
}

/// Whether the value is an expression as the SPDX specification has it, deprecated ids included.
pub fn is_valid(value: &str) -> bool {
    value.len() <= LONGEST && Expression::parse_mode(value, mode()).is_ok()
}

/// The licences of an expression, each once, sorted: `GPL-2.0-or-later WITH Classpath-exception-2.0` is one.
pub fn licences(expression: &str) -> BTreeSet<String> {
    let Some(parsed) = parse(expression) else { return BTreeSet::new() };
    parsed.requirements().map(|one| one.req.to_string()).collect()
}

/// Whether the expression is satisfied where only licences that `accepted` says yes to may be used: one of several
/// that are offered is enough, of several that apply together all are needed. `None` where it is no expression.
pub fn satisfied(expression: &str, mut accepted: impl FnMut(&str) -> bool) -> Option<bool> {
    let parsed = parse(expression)?;
    Some(parsed.evaluate(|requirement| {
        let name = match &requirement.license {
            LicenseItem::Spdx { id, .. } => id.name.to_owned(),
            other => other.to_string(),
        };
        accepted(&name)
    }))
}

/// Joins expressions with `AND` or `OR`, each once, in their order; one that holds operators itself is put in brackets.
pub fn join(parts: &[String], operator: &str) -> String {
    let mut once: Vec<&str> = Vec::new();
    for part in parts {
        if !once.contains(&part.as_str()) {
            once.push(part);
        }
    }
    match once.as_slice() {
        [one] => (*one).to_owned(),
        _ => {
            let bracketed = |part: &&str| {
                let mixed = part.contains(" OR ") && operator == "AND" || part.contains(" AND ") && operator == "OR";
                if mixed { format!("({part})") } else { (*part).to_owned() }
            };
            once.iter().map(bracketed).collect::<Vec<_>>().join(&format!(" {operator} "))
        }
    }
}

/// Whether an expression offers a choice at all.
pub fn has_choice(expression: &str) -> bool {
    parse(expression)
        .is_some_and(|parsed| parsed.iter().any(|node| matches!(node, ExprNode::Op(spdx::expression::Operator::Or))))
}

fn parse(expression: &str) -> Option<Expression> {
    if expression.len() > LONGEST {
        return None;
    }
    Expression::parse_mode(expression, ParseMode::LAX).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn todays_spelling() {
        for (value, wanted) in [
            ("MIT", Some("MIT")),
            (" GPL-3.0 ", Some("GPL-3.0-only")),
            ("GPL-2.0+", Some("GPL-2.0-or-later")),
            ("MIT/Apache-2.0", Some("MIT OR Apache-2.0")),
            ("mit OR apache-2.0", Some("MIT OR Apache-2.0")),
            ("(MIT OR Apache-2.0) AND CC-BY-4.0", Some("(MIT OR Apache-2.0) AND CC-BY-4.0")),
            ("LicenseRef-Own", Some("LicenseRef-Own")),
            ("EUPL 1.2", None),
            ("BSD", None),
            ("(mit or apache-2.0) and gpl-2.0+", Some("(MIT OR Apache-2.0) AND GPL-2.0-or-later")),
            ("GPL-2.0-or-later WITH Classpath-exception-2.0", Some("GPL-2.0-or-later WITH Classpath-exception-2.0")),
            ("", None),
            ("(((", None),
        ] {
            assert_eq!(canonical(value).as_deref(), wanted, "{value}");
        }
        assert_eq!(canonical(&"(".repeat(5_000)), None);
    }

    #[test]
    fn parts() {
        let of = |expression: &str| licences(expression).into_iter().collect::<Vec<_>>();
        assert_eq!(
            of("MIT OR GPL-2.0-or-later WITH Classpath-exception-2.0"),
            ["GPL-2.0-or-later WITH Classpath-exception-2.0", "MIT"]
        );
        assert!(of("nothing").is_empty());
        assert!(is_valid("GPL-3.0+") && is_valid("MIT") && !is_valid("MIT License") && !is_valid("mit/apache"));
    }

    #[test]
    fn offered_and_needed() {
        let mit = |name: &str| name == "MIT";
        assert_eq!(satisfied("MIT OR CC-BY-NC-4.0", mit), Some(true));
        assert_eq!(satisfied("MIT AND CC-BY-NC-4.0", mit), Some(false));
        assert_eq!(satisfied("?", mit), None);
        assert_eq!(join(&["MIT OR ISC".into(), "CC0-1.0".into(), "CC0-1.0".into()], "AND"), "(MIT OR ISC) AND CC0-1.0");
        assert!(has_choice("MIT OR ISC") && !has_choice("MIT AND ISC"));
    }
}
