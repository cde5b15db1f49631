//! Which findings has somebody accepted, and why?

use crate::report::WaivedBy;
use crate::signal::Place;
use crate::untrusted::Untrusted;

/// One entry that says why findings do not count.
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
    /// whether it stands in the policy or next to the finding
    pub by: WaivedBy,
    /// where it is written; a place without a path where the policy lies outside of the repository
    pub place: Place,
}
