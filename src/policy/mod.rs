//! What does one administration want? Which rules are asked, and with which settings.

use crate::rule::{Level, Rule, Setting};
use crate::waiver::Waiver;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A policy that ships under a name, in the form of a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// the name, as reports say it
    pub name: &'static str,
    /// only these rules or chapters; empty means all
    only: Vec<String>,
    /// rules or chapters that are turned off
    off: Vec<String>,
}

/// What a file of `profiles/` may say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    only: Vec<String>,
    #[serde(default)]
    rules: BTreeMap<String, Off>,
}

/// What may be said of a rule.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Off {
    Off,
}

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    let files =
        [("civic", include_str!("../../profiles/civic.toml")), ("reuse", include_str!("../../profiles/reuse.toml"))];
    let read = files.into_iter().map(|(name, text)| {
        #[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
        let file: File = toml::from_str(text).expect("a profile is what `File` says");
        let off = file.rules.into_iter().map(|(rule, Off::Off)| rule).collect();
        Profile { name, only: file.only, off }
    });
    read.collect()
});

impl Profile {
    /// The profile of this name.
    pub fn named(name: &str) -> Option<Self> {
        PROFILES.iter().find(|profile| profile.name == name).cloned()
    }

    /// The names of all.
    pub fn names() -> Vec<&'static str> {
        PROFILES.iter().map(|profile| profile.name).collect()
    }

    /// Whether it names the rules it asks, so that nothing else is of interest.
    pub fn is_narrow(&self) -> bool {
        !self.only.is_empty()
    }

    fn asks(&self, id: &str) -> bool {
        let named = |names: &[String]| names.iter().any(|name| names_rule(name, id));
        (self.only.is_empty() || named(&self.only)) && !named(&self.off)
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self { name: "civic", only: Vec::new(), off: Vec::new() }
    }
}

/// What is asked for, from the command line (a policy file comes with a later version).
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// what is asked when nothing else is said
    pub profile: Profile,
    /// only rules of this level and below
    pub level: Option<Level>,
    /// only these rules or chapters; empty means all
    pub select: Vec<String>,
    /// not these rules or chapters
    pub ignore: Vec<String>,
    /// values of settings, by rule
    pub settings: BTreeMap<String, BTreeMap<String, Setting>>,
    /// findings that somebody accepted
    pub waivers: Vec<Waiver>,
}

impl Policy {
    /// Whether a rule is asked.
    pub fn asks(&self, rule: &Rule) -> bool {
        let named = |names: &[String]| names.iter().any(|name| names_rule(name, &rule.id));
        self.profile.asks(&rule.id)
            && self.level.is_none_or(|level| rule.level <= level)
            && (self.select.is_empty() || named(&self.select))
            && !named(&self.ignore)
    }

    /// Those of the rules that are asked, with the settings in force.
    pub fn active(&self, mut rules: Vec<Rule>) -> Vec<Rule> {
        rules.retain(|rule| self.asks(rule));
        for rule in &mut rules {
            if let Some(settings) = self.settings.get(&rule.id) {
                rule.settings.extend(settings.clone());
            }
        }
        rules
    }

    /// The words of `select` and `ignore` that name no rule of these.
    pub fn unknown_names<'p>(&'p self, rules: &[Rule]) -> Vec<&'p str> {
        self.select
            .iter()
            .chain(&self.ignore)
            .filter(|name| !rules.iter().any(|rule| names_rule(name, &rule.id)))
            .map(String::as_str)
            .collect()
    }
}

/// `data/undocumented-source`, `data/*` and `data` all name that rule.
fn names_rule(name: &str, id: &str) -> bool {
    let chapter = name.strip_suffix("/*").unwrap_or(name);
    name == id || id.strip_prefix(chapter).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn profiles() {
        let rules = || crate::rule::shipped().expect("pages that hold");
        let asked = |name: &str| {
            let policy = Policy { profile: Profile::named(name).expect("a profile"), ..Policy::default() };
            policy.active(rules()).into_iter().map(|rule| rule.id).collect::<Vec<_>>()
        };
        assert_eq!(asked("civic").len(), rules().len());
        let reuse = Profile::named("reuse").expect("a profile");
        assert_eq!(asked("reuse").into_iter().collect::<BTreeSet<_>>(), reuse.only.iter().cloned().collect());
        assert!(reuse.is_narrow() && !Profile::default().is_narrow());
        assert_eq!(Profile::named("civic"), Some(Profile::default()));
        assert_eq!(Profile::named("none"), None);
        assert_eq!(Profile::names(), ["civic", "reuse"]);
        assert!(toml::from_str::<File>("only = [\"a/b\"]\n[rules]\n\"a/c\" = \"off\"\n").is_ok());
        assert!(toml::from_str::<File>("[rules]\n\"a/c\" = \"on\"\n").is_err());
    }

    #[test]
    fn names() {
        for (name, yes) in
            [("data/no-licence", true), ("data", true), ("data/*", true), ("dat", false), ("data/no", false)]
        {
            assert_eq!(names_rule(name, "data/no-licence"), yes, "{name}");
        }
    }
}
