//! Does somebody still work on a repository?

use crate::portfolio::RepositoryResult;
use serde::Deserialize;
use std::sync::LazyLock;

/// Whether somebody still works on a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upkeep {
    /// somebody does, or it was ended in good order with a word on where it goes on
    Somebody,
    /// somebody does, and nearly all of it alone
    OnePerson,
    /// nobody does any more, and nothing says that this is meant so
    Nobody,
    /// it says itself that it has ended
    Ended,
    /// nobody can tell: it was not looked at, not asked, or accepted
    CannotTell,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    sign: Vec<Sign>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sign {
    rule: String,
    verdict: String,
    says: Upkeep,
}

static SIGNS: LazyLock<Vec<Sign>> = LazyLock::new(|| {
    let table: Result<Table, _> = toml::from_str(include_str!("upkeep.toml"));
    table.map(|table| table.sign).unwrap_or_default()
});

impl Upkeep {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Somebody, Self::OnePerson, Self::Nobody, Self::Ended, Self::CannotTell];

    /// The word in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Somebody => "somebody",
            Self::OnePerson => "one-person",
            Self::Nobody => "nobody",
            Self::Ended => "ended",
            Self::CannotTell => "cannot-tell",
        }
    }

    /// What the verdicts of a repository say; publiccode.yml may say first that it has ended.
    pub fn of(result: &RepositoryResult) -> Self {
        let status = result.publiccode.as_ref().and_then(|code| code.get("developmentStatus")?.as_str());
        if status == Some("obsolete") {
            return Self::Ended;
        }
        let there = |sign: &&Sign| {
            result.rules.iter().any(|rule| {
                let counts = rule.verdict != "finding" || rule.number > 0;
                rule.id == sign.rule && rule.verdict == sign.verdict && counts
            })
        };
        SIGNS.iter().find(there).map_or(Self::CannotTell, |sign| sign.says)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{result, rule};
    use super::*;

    #[test]
    fn the_table_knows_rules_that_exist_and_every_answer() {
        let rules = crate::rule::shipped().expect("rules");
        assert!(!SIGNS.is_empty());
        for sign in SIGNS.iter() {
            assert!(rules.iter().any(|rule| rule.id == sign.rule), "{}", sign.rule);
            assert!(["ok", "finding"].contains(&sign.verdict.as_str()));
            assert_eq!(
                Ok(sign.says),
                toml::from_str(&format!("says = \"{}\"", sign.says.name())).map(|v: Says| v.says)
            );
        }
        for says in [Upkeep::Somebody, Upkeep::OnePerson, Upkeep::Nobody, Upkeep::Ended] {
            assert!(SIGNS.iter().any(|sign| sign.says == says), "{says:?}");
        }
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Says {
        says: Upkeep,
    }

    #[test]
    fn verdicts_decide() {
        let inactive = |verdict, number| rule("maintenance/inactive", "sustained", verdict, number);
        let single = |verdict, number| rule("maintenance/single-maintainer", "sustained", verdict, number);
        let notice = |number| rule("maintenance/unmaintained-notice", "reusable", "finding", number);
        for (rules, upkeep) in [
            (vec![], Upkeep::CannotTell),
            (vec![inactive("ok", 0)], Upkeep::Somebody),
            (vec![inactive("ok", 0), single("skip", 0)], Upkeep::Somebody),
            (vec![inactive("ok", 0), single("finding", 1)], Upkeep::OnePerson),
            (vec![inactive("skip", 0)], Upkeep::CannotTell),
            (vec![inactive("finding", 1), single("finding", 1)], Upkeep::Nobody),
            (vec![inactive("finding", 0)], Upkeep::CannotTell),
            (vec![inactive("finding", 1), notice(1)], Upkeep::Ended),
            (vec![inactive("finding", 1), notice(0)], Upkeep::Nobody),
        ] {
            assert_eq!(Upkeep::of(&result(rules.clone())), upkeep, "{rules:?}");
        }
        let mut obsolete = result(vec![inactive("finding", 1)]);
        obsolete.publiccode = Some(serde_json::json!({"developmentStatus": "obsolete"}));
        assert_eq!(Upkeep::of(&obsolete), Upkeep::Ended);
        obsolete.publiccode = Some(serde_json::json!({"developmentStatus": "stable"}));
        assert_eq!(Upkeep::of(&obsolete), Upkeep::Nobody);
    }
}
