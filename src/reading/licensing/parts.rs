//! Which licences must somebody accept who uses the repository, and which of them may they choose?

use super::{Grant, Whole};
use spdx::expression::{ExprNode, Operator};
use spdx::{Expression, ParseMode};

/// Of an expression with more parts than this nothing is said.
const MOST: usize = 64;

/// The licence as a list of what has to be accepted: of each entry one licence is enough, all entries apply. The
/// conjunctive normal form of the expression; every licence stands with the spellings under which a list may name it.
/// `None` where the expression cannot be read, or is too long.
pub fn parts(whole: &Whole) -> Option<Vec<Vec<String>>> {
    let parsed = Expression::parse_mode(&whole.expression, ParseMode::LAX).ok()?;
    let mut stack: Vec<Vec<Vec<String>>> = Vec::new();
    for node in parsed.iter() {
        let next = match node {
            ExprNode::Req(one) => vec![vec![one.req.to_string()]],
            ExprNode::Op(Operator::And) => {
                let (right, left) = (stack.pop()?, stack.pop()?);
                left.into_iter().chain(right).collect()
            }
            ExprNode::Op(Operator::Or) => {
                let (right, left) = (stack.pop()?, stack.pop()?);
                let pair = |one: &Vec<String>, other: &Vec<String>| [one.clone(), other.clone()].concat();
                left.iter().flat_map(|one| right.iter().map(move |other| pair(one, other))).collect()
            }
        };
        if next.len() > MOST || next.iter().any(|choice| choice.len() > MOST) {
            return None;
        }
        stack.push(next);
    }
    let mut parts = stack.pop()?;
    for choices in &mut parts {
        choices.sort();
        choices.dedup();
    }
    parts.sort();
    parts.dedup();
    Some(parts)
}

/// The names under which a list may accept a licence: itself; without its exception, which only permits more; `-only`
/// where later versions may be chosen; the deprecated id. Where nobody said whether later versions may be chosen, a list
/// that names either is met.
pub fn accepted_as(licence: &str, grant: Grant) -> Vec<String> {
    let mut names = vec![licence.to_owned()];
    let bare = licence.split(" WITH ").next().unwrap_or(licence);
    names.push(bare.to_owned());
    if let Some(family) = bare.strip_suffix("-or-later") {
        names.extend([format!("{family}-only"), family.to_owned(), format!("{family}+")]);
    } else if let Some(family) = bare.strip_suffix("-only") {
        names.push(family.to_owned());
        if grant == Grant::None {
            names.push(format!("{family}-or-later"));
        }
    } else if let Some(family) = bare.strip_suffix('+') {
        names.push(family.to_owned());
    }
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_to_be_accepted() {
        let whole = |expression: &str| Whole { expression: expression.into(), from: vec![], grant: Grant::NotGnu };
        for (expression, wanted) in [
            ("MIT", &["MIT"][..]),
            ("MIT OR Apache-2.0", &["Apache-2.0|MIT"]),
            ("MIT AND CC-BY-4.0", &["CC-BY-4.0", "MIT"]),
            ("(MIT OR ISC) AND CC-BY-4.0", &["CC-BY-4.0", "ISC|MIT"]),
            ("MIT OR (ISC AND Zlib)", &["ISC|MIT", "MIT|Zlib"]),
        ] {
            let found: Vec<String> = parts(&whole(expression)).unwrap().iter().map(|one| one.join("|")).collect();
            assert_eq!(found, wanted, "{expression}");
        }
        assert_eq!(parts(&whole("?")), None);
        let long = ["(MIT AND ISC)"; 12].join(" OR ");
        assert!(parts(&whole(&long)).is_none_or(|parts| parts.len() <= MOST));
    }

    #[test]
    fn names_of_a_list() {
        for (licence, grant, name, yes) in [
            ("GPL-3.0-or-later", Grant::OrLater, "GPL-3.0-only", true),
            ("GPL-3.0-only", Grant::Only, "GPL-3.0-or-later", false),
            ("GPL-3.0-only", Grant::None, "GPL-3.0-or-later", true),
            ("GPL-3.0-only", Grant::Only, "GPL-3.0", true),
            ("GPL-2.0-only WITH Classpath-exception-2.0", Grant::Only, "GPL-2.0-only", true),
            ("GPL-2.0-only", Grant::Only, "GPL-2.0-only WITH Classpath-exception-2.0", false),
            ("EUPL-1.2", Grant::NotGnu, "EUPL-1.1", false),
        ] {
            assert_eq!(accepted_as(licence, grant).iter().any(|one| one == name), yes, "{licence} as {name}");
        }
    }
}
