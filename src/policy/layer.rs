//! What does one file say? A profile that ships and a file of an administration's own have the same form.

use super::origin::{Origin, Said};
use crate::rule::{Level, Norm, Rule, Setting, Severity};
use crate::waiver::Waiver;
use globset::GlobMatcher;

/// What one file says, each value with its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    /// the norm it is about
    pub norm: Option<&'static Norm>,
    /// what it builds on; `None` where it does not say
    pub extends: Option<Vec<Extended>>,
    /// only these rules; `None` means all that it builds on
    pub only: Option<Vec<Said<String>>>,
    /// whether kind and licence are looked for, for the head of a report
    pub overview: Option<bool>,
    /// files that are left out
    pub exclude: Vec<GlobMatcher>,
    /// from which severity on a run fails; the inner `None` is "never"
    pub fail_on: Option<Said<Option<Severity>>>,
    /// whether a finding may be waived in the line where it is
    pub inline_waivers: Option<Said<bool>>,
    /// what is said of rules
    pub statements: Vec<Statement>,
    /// what is said of rules for some repositories only
    pub whens: Vec<When>,
    /// findings that somebody accepted
    pub waivers: Vec<Waiver>,
}

/// A file or profile to build on, as it is written.
#[derive(Clone, Debug)]
pub(super) struct Extended {
    /// the name of a profile, or a path
    pub name: String,
    /// where that is written, in bytes
    pub span: std::ops::Range<usize>,
}

/// Something that is said of a rule, or of all rules of a chapter or norm.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// `data/no-licence`, `data/*`
    pub about: String,
    /// what is to be
    pub change: Change,
    /// where it stands
    pub by: Origin,
}

/// What is to be different for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// `"on"` or `"off"`
    Ask(bool),
    /// something else is said of it, so it is meant to be asked
    Mention,
    /// how much a finding hinders
    Severity(Severity),
    /// the level it belongs to
    Level(Level),
    /// the value of a setting
    Set(String, Setting),
    /// more entries of a setting that is a list
    Add(String, Vec<String>),
}

/// What is said for some repositories only.
#[derive(Clone, Debug)]
pub(super) struct When {
    /// kinds of repository; empty means any
    pub kinds: Vec<String>,
    /// states of development; empty means any
    pub life_cycles: Vec<String>,
    /// what is said of rules
    pub statements: Vec<Statement>,
}

/// The kinds of repository.
pub const KINDS: [&str; 3] = ["software", "data", "documentation"];
/// The states of development: the words of publiccode.yml.
pub const LIFE_CYCLES: [&str; 5] = ["concept", "development", "beta", "stable", "obsolete"];

/// Whether a name names a rule: `data/no-licence` itself, `data` and `data/*` its chapter, `norm:dpg` a norm that it
/// answers to.
pub fn names_rule(name: &str, rule: &Rule) -> bool {
    if let Some(norm) = name.strip_prefix("norm:") {
        return rule.norms.iter().any(|id| id.split('/').next() == Some(norm));
    }
    name == rule.id || chapter(name).is_some_and(|chapter| chapter == rule.chapter())
}

/// The chapter that a name means: of `data` and `data/*` that is `data`.
pub(super) fn chapter(name: &str) -> Option<&str> {
    let chapter = name.strip_suffix("/*").unwrap_or(name);
    (!chapter.contains(['/', ':'])).then_some(chapter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let rules = crate::rule::shipped().expect("pages that hold");
        let rule = rules.iter().find(|rule| rule.id == "data/no-licence").expect("the rule");
        for (name, yes) in [
            ("data/no-licence", true),
            ("data", true),
            ("data/*", true),
            ("norm:dpg", true),
            ("norm:osps", false),
            ("norm:", false),
            ("dpg", false),
            ("dat", false),
            ("data/no", false),
            ("data/no-licence/*", false),
            ("*", false),
        ] {
            assert_eq!(names_rule(name, rule), yes, "{name}");
        }
    }
}
