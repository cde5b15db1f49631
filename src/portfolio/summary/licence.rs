//! Which licence is a repository under, as far as anybody can tell?

use crate::portfolio::{Record, RepositoryResult};

/// The rule that finds that there is no licence text.
const MISSING: &str = "licence/missing";

/// The licence of the whole, or why there is none to be named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Licence {
    /// an SPDX expression
    Known(String),
    /// there is no licence for the whole
    Absent,
    /// there is a licence text, and nobody can tell which licence it is or which of several holds for the whole
    Unclear,
    /// nobody looked or asked
    NotAsked,
}

impl Licence {
    /// What is known of a repository's licence.
    pub fn of(record: &Record, result: Option<&RepositoryResult>) -> Self {
        let known = result.map_or(&record.licence, |result| &result.licence);
        if let Some(known) = known {
            return Self::Known(known.clone());
        }
        let verdict = result.and_then(|result| {
            let rule = result.rules.iter().find(|rule| rule.id == MISSING)?;
            Some(rule.verdict.as_str())
        });
        match verdict {
            Some("finding") => Self::Absent,
            Some("ok") => Self::Unclear,
            _ => Self::NotAsked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{result, rule};
    use super::*;
    use crate::portfolio::Status;
    use crate::portfolio::stored::tests::record;

    #[test]
    fn absent_is_not_the_same_as_unclear_or_not_asked() {
        let rules = crate::rule::shipped().expect("rules");
        assert!(rules.iter().any(|rule| rule.id == MISSING));
        let record = record(0, Status::Findings, None);
        let missing = |verdict, number| vec![rule(MISSING, "publishable", verdict, number)];
        for (rules, licence) in [
            (missing("finding", 1), Licence::Absent),
            (missing("finding", 0), Licence::Absent),
            (missing("ok", 0), Licence::Unclear),
            (missing("skip", 0), Licence::NotAsked),
            (vec![], Licence::NotAsked),
        ] {
            assert_eq!(Licence::of(&record, Some(&result(rules))), licence);
        }
        assert_eq!(Licence::of(&record, None), Licence::NotAsked);
        let mut named = result(missing("finding", 1));
        named.licence = Some("MIT".to_owned());
        assert_eq!(Licence::of(&record, Some(&named)), Licence::Known("MIT".to_owned()), "a manifest names it");
    }
}
