//! What is in force, and where does each value come from? `civiclint policy show`.

mod json;
mod text;

pub use json::json;
pub use text::text;

use crate::policy::{Circumstances, Policy, Ruling};
use crate::report::PolicyUsed;
use crate::rule::{Level, Rule};
use crate::untrusted::Untrusted;

/// What is shown of a policy.
pub struct Shown<'a> {
    /// the repository, as the user wrote it
    pub path: Untrusted,
    /// what decides
    pub policy: &'a Policy,
    /// the file that it was read from, where there is something to say of it
    pub used: Option<&'a PolicyUsed>,
    /// how many files are left out
    pub left_out: usize,
    /// what switches ask about the repository
    pub here: &'a Circumstances,
    /// the rules there are
    pub rules: &'a [Rule],
}

impl<'a> Shown<'a> {
    /// Every rule with what is in force for it: by level, then by id.
    fn rulings(&self) -> Vec<(&'a Rule, Ruling)> {
        let mut rulings: Vec<_> = self.rules.iter().map(|rule| (rule, self.policy.ruling(rule, self.here))).collect();
        rulings.sort_by(|(a, one), (b, two)| (one.level.value, &a.id).cmp(&(two.level.value, &b.id)));
        rulings
    }
}

/// Whether a rule is asked of this repository.
fn is_asked(ruling: &Ruling) -> bool {
    ruling.asked.value && ruling.switched_off.is_none()
}

/// The rules of one level.
fn of_level<'r>(rulings: &'r [(&'r Rule, Ruling)], level: Level) -> impl Iterator<Item = &'r (&'r Rule, Ruling)> {
    rulings.iter().filter(move |(_, ruling)| ruling.level.value == level)
}
