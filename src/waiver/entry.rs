//! Which findings does one waiver match?

use super::Waiver;
use crate::phrase::Phrase;
use crate::reading::waiver_comment::Covers;
use crate::report::{Finding, WaivedBy};
use crate::repository::{RepoPath, native};
use crate::signal::Place;
use crate::untrusted::Untrusted;
use globset::GlobMatcher;
use jiff::civil::Date;

/// A waiver of one rule, from wherever it comes.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// the rule, as it is written; foreign where it stands in a comment
    pub(super) rule: Untrusted,
    pub(super) scope: Scope,
    pub(super) reason: Untrusted,
    pub(super) until: Option<Date>,
    pub(super) place: Place,
    /// why it does not hold
    pub(super) flaw: Option<Phrase>,
    /// whether it matches a finding
    pub(super) used: bool,
}

/// What a waiver is about.
#[derive(Clone, Debug)]
pub(super) enum Scope {
    /// every finding in these files and folders that is called so; all of them where neither is said
    Pattern { path: Option<GlobMatcher>, called: Option<String> },
    /// findings of one file
    Comment { path: RepoPath, covers: Covers },
}

impl Entry {
    pub(super) fn of_policy(waiver: &Waiver) -> Self {
        Self {
            rule: waiver.rule.as_str().into(),
            scope: Scope::Pattern { path: waiver.path.clone(), called: waiver.called.clone() },
            reason: waiver.reason.clone(),
            until: waiver.until,
            place: waiver.place.clone(),
            flaw: None,
            used: false,
        }
    }

    /// Where it stands.
    pub(super) fn by(&self) -> WaivedBy {
        match self.scope {
            Scope::Pattern { .. } => WaivedBy::Policy,
            Scope::Comment { .. } => WaivedBy::Line,
        }
    }

    /// Whether it held once and no longer does; the last day still counts.
    pub(super) fn is_expired(&self, as_of: Date) -> bool {
        self.flaw.is_none() && self.until.is_some_and(|until| until < as_of)
    }

    /// Whether it is about a finding of its rule.
    pub(super) fn matches(&self, finding: &Finding) -> bool {
        match &self.scope {
            Scope::Comment { path, covers } => {
                let touches = match (covers, finding.place.span) {
                    (Covers::File, _) => true,
                    (Covers::Lines(first, last), Some(span)) => {
                        span.line <= *last && span.end_line.max(span.line) >= *first
                    }
                    (Covers::Lines(..), None) => false,
                };
                touches && finding.place.path.as_ref() == Some(path)
            }
            Scope::Pattern { path, called } => {
                let same_name = called.as_ref().is_none_or(|called| called.as_bytes() == finding.called.as_bytes());
                same_name
                    && path.as_ref().is_none_or(|glob| finding.place.path.as_ref().is_some_and(|at| below(glob, at)))
            }
        }
    }
}

/// Whether a pattern names a path; `data/**` names the folder `data` too.
fn below(glob: &GlobMatcher, path: &RepoPath) -> bool {
    let is_match = |bytes: &[u8]| glob.is_match(native::owned_path_of(bytes));
    is_match(path.as_bytes()) || is_match(&[path.as_bytes(), b"/"].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, path, yes) in [
            ("data/a.csv", "data/a.csv", true),
            ("data/**", "data/a.csv", true),
            ("data/**", "data/old/a.csv", true),
            ("data/**", "data", true),
            ("data/*", "data/old/a.csv", false),
            ("data/*.csv", "data", false),
            ("src/**", "data/a.csv", false),
        ] {
            let glob = globset::GlobBuilder::new(pattern).literal_separator(true).build();
            let glob = glob.expect("a pattern").compile_matcher();
            assert_eq!(below(&glob, &path.into()), yes, "{pattern} {path}");
        }
    }
}
