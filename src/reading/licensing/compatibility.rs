//! May a file under one licence be part of a work under another?
//!
//! The table is OSADL's (see `osadl.md`). Where it does not say "No", or where either side leaves a way out, the answer
//! is that nothing was found: only what is certainly impossible counts.

use serde::Deserialize;
use spdx::expression::ExprNode;
use spdx::expression::Operator;
use spdx::{Expression, ParseMode};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Ways {
    own_files_only: BTreeSet<String>,
    whole_work: BTreeSet<String>,
    later: BTreeMap<String, Vec<String>>,
}

static WAYS: LazyLock<Ways> = LazyLock::new(|| {
    toml::from_str(include_str!("compatibility.toml")).expect("the table is part of the program and tested")
});

/// The rows of the table: the outbound licence, and one character for each inbound licence in the order of the rows.
static TABLE: LazyLock<BTreeMap<&'static str, (usize, &'static [u8])>> = LazyLock::new(|| {
    include_str!("osadl.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter(|(name, _)| *name != "timestamp")
        .enumerate()
        .map(|(number, (name, row))| (name, (number, row.as_bytes())))
        .collect()
});

/// Why two licences do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// a copyleft licence inside of a work whose licence has none
    CopyleftUnderPermissive,
    /// two copyleft licences, each of which wants the whole
    TwoCopylefts,
    /// the outbound licence forbids a condition of the inbound one
    Condition,
}

impl Clash {
    /// The name in machine formats and messages; the rule's page explains it.
    pub fn name(self) -> &'static str {
        match self {
            Self::CopyleftUnderPermissive => "copyleft",
            Self::TwoCopylefts => "two-copylefts",
            Self::Condition => "condition",
        }
    }
}

/// What the table says of one pair; `None` where it does not say "No".
fn pair(outbound: &str, inbound: &str) -> Option<Clash> {
    let (_, row) = TABLE.get(outbound)?;
    let (column, _) = TABLE.get(inbound)?;
    match row.get(*column)? {
        b'c' => Some(Clash::CopyleftUnderPermissive),
        b'k' => Some(Clash::TwoCopylefts),
        b'x' => Some(Clash::Condition),
        _ => None,
    }
}

/// One pair, with the ways out that the licences leave.
fn certain(outbound: &str, inbound: &str) -> Option<Clash> {
    let clash = pair(outbound, inbound)?;
    if WAYS.own_files_only.contains(inbound) && !WAYS.whole_work.contains(outbound) {
        return None;
    }
    let later = WAYS.later.get(outbound).map(Vec::as_slice).unwrap_or_default();
    let upgrades = WAYS.later.get(inbound).map(Vec::as_slice).unwrap_or_default();
    let inbound_forms = || std::iter::once(inbound).chain(upgrades.iter().map(String::as_str));
    let impossible = std::iter::once(outbound)
        .chain(later.iter().map(String::as_str))
        .all(|outbound| inbound_forms().all(|inbound| outbound != inbound && pair(outbound, inbound).is_some()));
    impossible.then_some(clash)
}

/// Why a file under `inbound` certainly cannot be part of a work under `outbound`; both are SPDX expressions. Of
/// licences that are offered (`OR`) every one must clash; of an inbound `AND` one is enough; an outbound `AND` means
/// that parts differ, and the file may belong to any of them. With an exception (`WITH`) nothing is certain.
pub fn clash(outbound: &str, inbound: &str) -> Option<Clash> {
    let outbound = licences(outbound)?;
    evaluate(inbound, |inbound| {
        let clashes = outbound.iter().map(|outbound| {
            outbound.as_deref().zip(inbound).and_then(|(outbound, inbound)| certain(outbound, inbound))
        });
        clashes.collect::<Option<Vec<Clash>>>()?.into_iter().min()
    })
}

/// Every licence of an expression; `None` for one with an exception or a text of the repository's own.
fn licences(expression: &str) -> Option<Vec<Option<String>>> {
    let parsed = parse(expression)?;
    Some(parsed.requirements().map(|one| plain(&one.req)).collect())
}

fn plain(requirement: &spdx::LicenseReq) -> Option<String> {
    let name = requirement.to_string();
    (requirement.addition.is_none() && spdx::license_id(&name).is_some()).then_some(name)
}

fn parse(expression: &str) -> Option<Expression> {
    const LONGEST: usize = 2_000;
    (expression.len() <= LONGEST).then(|| Expression::parse_mode(expression, ParseMode::LAX).ok()).flatten()
}

/// Puts the answers for single licences together, as the operators of the expression want it.
fn evaluate(expression: &str, answer: impl Fn(Option<&str>) -> Option<Clash>) -> Option<Clash> {
    let parsed = parse(expression)?;
    let mut stack: Vec<Option<Clash>> = Vec::new();
    for node in parsed.iter() {
        let next = match node {
            ExprNode::Req(one) => answer(plain(&one.req).as_deref()),
            ExprNode::Op(operator) => {
                let (right, left) = (stack.pop()?, stack.pop()?);
                match operator {
                    Operator::Or => left.zip(right).map(|(left, _)| left),
                    Operator::And => left.or(right),
                }
            }
        };
        stack.push(next);
    }
    stack.pop()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use Clash::{Condition, CopyleftUnderPermissive, TwoCopylefts};

    #[test]
    fn the_table_is_whole() {
        assert!(TABLE.len() > 100);
        for (name, (_, row)) in TABLE.iter() {
            assert_eq!(row.len(), TABLE.len(), "{name}");
            assert!(row.iter().all(|sign| b".?ckx".contains(sign)), "{name}");
            assert_eq!(pair(name, name), None, "{name}");
        }
        let text = include_str!("osadl.tsv");
        let stamp = text.lines().find_map(|line| line.strip_prefix("timestamp\t")).unwrap();
        assert!(stamp.starts_with("20") && text.contains("CC-BY-4.0"));
        for name in WAYS.own_files_only.iter().chain(&WAYS.whole_work).chain(WAYS.later.values().flatten()) {
            assert!(TABLE.contains_key(name.as_str()), "{name}");
        }
    }

    #[test]
    fn only_what_is_certain() {
        for (outbound, inbound, wanted) in [
            ("MIT", "GPL-3.0-or-later", Some(CopyleftUnderPermissive)),
            ("Apache-2.0", "AGPL-3.0-only", Some(CopyleftUnderPermissive)),
            ("MIT", "EUPL-1.2", Some(CopyleftUnderPermissive)),
            ("GPL-2.0-only", "Apache-2.0", Some(Condition)),
            ("GPL-3.0-only", "GPL-2.0-only", Some(TwoCopylefts)),
            ("GPL-3.0-or-later", "BSD-4-Clause", Some(Condition)),
            ("EUPL-1.2", "GPL-3.0-only", Some(TwoCopylefts)),
            ("GPL-3.0-or-later", "EPL-1.0", Some(TwoCopylefts)),
            // the table says yes, or does not know
            ("GPL-3.0-only", "Apache-2.0", None),
            ("GPL-3.0-only", "MIT", None),
            ("GPL-3.0-only", "EUPL-1.2", None),
            ("AGPL-3.0-only", "GPL-3.0-only", None),
            ("EUPL-1.2", "Apache-2.0", None),
            ("MIT", "CC-BY-SA-4.0", None),
            ("DL-DE-BY-2.0", "GPL-3.0-only", None),
            // OSADL itself knows another interpretation
            ("GPL-3.0-only", "Python-2.0", None),
            // a later version is a way out
            ("GPL-2.0-or-later", "Apache-2.0", None),
            ("GPL-2.0-or-later", "GPL-3.0-only", None),
            ("GPL-3.0-or-later", "GPL-3.0-only", None),
            ("GPL-3.0-only", "GPL-2.0-or-later", None),
            // conditions for own files only
            ("MIT", "MPL-2.0", None),
            ("Apache-2.0", "LGPL-2.1-or-later", None),
            ("EUPL-1.2", "LGPL-3.0-only", None),
            // choices, parts and exceptions
            ("MIT", "MIT OR GPL-3.0-only", None),
            ("MIT", "MIT AND GPL-3.0-only", Some(CopyleftUnderPermissive)),
            ("MIT", "GPL-2.0-only OR GPL-3.0-only", Some(CopyleftUnderPermissive)),
            ("MIT OR Apache-2.0", "GPL-3.0-only", Some(CopyleftUnderPermissive)),
            ("MIT OR GPL-3.0-only", "GPL-3.0-only", None),
            ("MIT AND GPL-3.0-only", "GPL-3.0-only", None),
            ("MIT AND CC-BY-4.0", "GPL-3.0-only", None),
            ("MIT", "GPL-2.0-only WITH Classpath-exception-2.0", None),
            ("GPL-2.0-only WITH Classpath-exception-2.0", "Apache-2.0", None),
            ("MIT", "LicenseRef-Own", None),
            ("nothing", "GPL-3.0-only", None),
        ] {
            assert_eq!(clash(outbound, inbound), wanted, "{inbound} in {outbound}");
        }
    }
}
