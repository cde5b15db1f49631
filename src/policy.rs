//! What does one administration want? Which rules are asked, and with which settings.

use crate::rule::{Level, Rule, Setting};
use std::collections::BTreeMap;

/// What is asked for, from the command line (a policy file comes with a later version).
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// only rules of this level and below
    pub level: Option<Level>,
    /// only these rules or chapters; empty means all
    pub select: Vec<String>,
    /// not these rules or chapters
    pub ignore: Vec<String>,
    /// values of settings, by rule
    pub settings: BTreeMap<String, BTreeMap<String, Setting>>,
}

impl Policy {
    /// The name reports give to what was asked.
    pub const PROFILE: &str = "civic";

    /// Whether a rule is asked.
    pub fn asks(&self, rule: &Rule) -> bool {
        let named = |names: &[String]| names.iter().any(|name| names_rule(name, &rule.id));
        self.level.is_none_or(|level| rule.level <= level)
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
    use super::names_rule;

    #[test]
    fn names() {
        for (name, yes) in
            [("data/no-licence", true), ("data", true), ("data/*", true), ("dat", false), ("data/no", false)]
        {
            assert_eq!(names_rule(name, "data/no-licence"), yes, "{name}");
        }
    }
}
