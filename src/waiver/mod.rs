//! Which findings has somebody accepted, and why?
//!
//! A waiver takes findings out of a verdict; it never adds any. It stands in the policy, in a comment next to the
//! finding, or a [`Baseline`] says that the finding was there before. Rules about waivers themselves can only be judged
//! once the verdicts of the others are there: [`Waivers::apply`] stands between the two steps of
//! [`judge_in_two_steps`](crate::judge::judge_in_two_steps), so that neither the judge nor a room knows of waivers:
//!
//! ```text
//! judge (all other rules) ─► Waivers::apply ─► judge (rules that look at a waiver) ─► Baseline::apply ─► output
//! ```

mod apply;
mod baseline;
mod comment;
mod entry;
mod moved;

pub use baseline::{Baseline, Known, SCHEMA};

use crate::rule::Rule;
use crate::signal::Place;
use crate::untrusted::Untrusted;

/// One entry of a policy that says why findings do not count.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// the id of a rule; chapters and `*` are not enough, because a waiver has to say what it is about
    pub rule: String,
    /// the files and folders it is about, as a pattern; `None` for every finding of the rule
    pub path: Option<globset::GlobMatcher>,
    /// what the findings are called, where it is about some of a file only
    pub called: Option<String>,
    /// why; never empty
    pub reason: Untrusted,
    /// the last day on which it holds; `None` where it has no end
    pub until: Option<jiff::civil::Date>,
    /// where it is written; a place without a path where the policy lies outside of the repository
    pub place: Place,
}

/// What rules about waivers look at.
pub const SUBJECT: &str = "waiver";

/// All waivers of a run.
#[derive(Clone, Debug)]
pub struct Waivers<'w> {
    /// those of the policy
    policy: &'w [Waiver],
    /// whether comments count
    in_line: bool,
    /// the ids of all rules that there are, also of those that are not asked
    known: Vec<String>,
}

impl<'w> Waivers<'w> {
    /// The waivers of a policy and, where they count, those next to the findings. `rules` are all that there are, so
    /// that a rule that is not asked is told from one that does not exist.
    pub fn new(policy: &'w [Waiver], in_line: bool, rules: &[Rule]) -> Self {
        Self { policy, in_line, known: rules.iter().map(|rule| rule.id.clone()).collect() }
    }
}
