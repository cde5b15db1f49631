//! What is in force for each rule, once it is known what kind of repository it is?

use super::Policy;
use super::layer::{Change, Layer, Statement, When, names_rule};
use super::origin::{Origin, Said};
use crate::phrase::Phrase;
use crate::rule::{Level, Rule, Setting, Severity};
use std::collections::BTreeMap;

/// What switches ask about a repository; `None` where nobody can tell, or nobody asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// `software`, `data` or `documentation`
    pub kind: Option<String>,
    /// the state of development, in the words of publiccode.yml
    pub life_cycle: Option<String>,
}

/// What is in force for one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// whether it is asked
    pub asked: Said<bool>,
    /// why it is not asked of this repository, though it is asked of others
    pub switched_off: Option<Phrase>,
    /// how much a finding hinders
    pub severity: Said<Severity>,
    /// the level it belongs to
    pub level: Said<Level>,
    /// the values of its settings
    pub settings: BTreeMap<String, Said<Setting>>,
}

/// The rules with what is in force for them.
#[derive(Debug, Default)]
pub struct Settled {
    /// those that are asked
    pub asked: Vec<Rule>,
    /// those that are not asked of this repository, and why
    pub switched_off: Vec<(Rule, Phrase)>,
}

impl Policy {
    /// The questions about the whole repository whose answers decide which of these rules are asked, and how; none where
    /// no switch is about any of them.
    pub fn needs(&self, rules: &[&Rule]) -> Vec<&'static str> {
        let is_about = |when: &&When| {
            when.statements.iter().any(|statement| rules.iter().any(|rule| names_rule(&statement.about, rule)))
        };
        let whens = || self.layers.iter().flat_map(|layer| &layer.whens).filter(is_about);
        let kind = whens().any(|when| !when.kinds.is_empty()).then_some("kind");
        let life_cycle = whens().any(|when| !when.life_cycles.is_empty()).then_some("life-cycle");
        kind.into_iter().chain(life_cycle).collect()
    }

    /// Those of the rules that may be asked, whatever kind of repository it is.
    pub fn candidates<'r>(&self, rules: &'r [Rule]) -> Vec<&'r Rule> {
        let may = |rule: &&Rule| {
            let mut ruling = self.without_whens(rule);
            let on = |when: &When| {
                let on = |change: &Change| matches!(change, Change::Ask(true) | Change::Mention);
                when.statements.iter().any(|statement| names_rule(&statement.about, rule) && on(&statement.change))
            };
            if self.layers.iter().flat_map(|layer| &layer.whens).any(on) {
                ruling.asked.value = true;
            }
            self.command_line(rule, &mut ruling);
            ruling.asked.value
        };
        rules.iter().filter(may).collect()
    }

    fn without_whens(&self, rule: &Rule) -> Ruling {
        let mut ruling = self.untouched(rule);
        let statements = self.layers.iter().flat_map(|layer| &layer.statements);
        for statement in statements.filter(|statement| names_rule(&statement.about, rule)) {
            ruling.change(statement, None);
        }
        ruling
    }

    /// What its page says, as far as `only` leaves it in.
    fn untouched(&self, rule: &Rule) -> Ruling {
        Ruling {
            asked: self.scope(rule),
            switched_off: None,
            severity: Said::default(rule.severity),
            level: Said::default(rule.level),
            settings: rule.settings.iter().map(|(name, value)| (name.clone(), Said::default(value.clone()))).collect(),
        }
    }

    /// What is in force for a rule.
    pub fn ruling(&self, rule: &Rule, here: &Circumstances) -> Ruling {
        let mut ruling = self.untouched(rule);
        for Layer { statements, whens, .. } in &self.layers {
            for statement in statements.iter().filter(|statement| names_rule(&statement.about, rule)) {
                ruling.change(statement, None);
            }
            for when in whens {
                let Some(reason) = when.holds(here) else { continue };
                for statement in when.statements.iter().filter(|statement| names_rule(&statement.about, rule)) {
                    ruling.change(statement, Some(&reason));
                }
            }
        }
        self.command_line(rule, &mut ruling);
        ruling
    }

    /// The rules that are asked of a repository, with what is in force for them, and those that are not asked of it.
    pub fn settle(&self, rules: Vec<Rule>, here: &Circumstances) -> Settled {
        let mut settled = Settled::default();
        for mut rule in rules {
            let ruling = self.ruling(&rule, here);
            rule.severity = ruling.severity.value;
            rule.level = ruling.level.value;
            rule.settings = ruling.settings.into_iter().map(|(name, said)| (name, said.value)).collect();
            match ruling.switched_off {
                _ if !ruling.asked.value => {}
                Some(why) => settled.switched_off.push((rule, why)),
                None => settled.asked.push(rule),
            }
        }
        settled
    }

    /// Whether `only` leaves the rule in.
    fn scope(&self, rule: &Rule) -> Said<bool> {
        let Some(only) = &self.only else { return Said::default(true) };
        match only.iter().rev().find(|name| names_rule(&name.value, rule)) {
            Some(name) => Said::new(true, name.by.clone()),
            None => Said::new(false, only.last().map_or(Origin::Default, |name| name.by.clone())),
        }
    }

    /// The command line wins over every file. A rule that `select` names by its own id is asked whatever they say.
    fn command_line(&self, rule: &Rule, ruling: &mut Ruling) {
        let named = |names: &[String]| names.iter().any(|name| names_rule(name, rule));
        for (name, value) in self.settings.get(&rule.id).into_iter().flatten() {
            ruling.settings.insert(name.clone(), Said::new(value.clone(), Origin::Option("--set")));
        }
        if self.select.contains(&rule.id) {
            ruling.asked = Said::new(true, Origin::Option("--select"));
            ruling.switched_off = None;
        } else if !self.select.is_empty() && !named(&self.select) {
            ruling.asked = Said::new(false, Origin::Option("--select"));
        }
        if self.level.is_some_and(|level| ruling.level.value > level) {
            ruling.asked = Said::new(false, Origin::Option("--level"));
        }
        if named(&self.ignore) {
            ruling.asked = Said::new(false, Origin::Option("--ignore"));
        }
    }
}

impl Ruling {
    /// Does what a file says; `reason` is there where it says so of some repositories only.
    fn change(&mut self, statement: &Statement, reason: Option<&Phrase>) {
        let by = || statement.by.clone();
        match (&statement.change, reason) {
            (Change::Ask(false), Some(reason)) => self.switched_off = Some(reason.clone()),
            (Change::Ask(yes), _) => {
                self.asked = Said::new(*yes, by());
                self.switched_off = None;
            }
            // A setting alone does not bring back what is switched off for this repository.
            (Change::Mention, _) if self.asked.value => {}
            (Change::Mention, _) => self.asked = Said::new(true, by()),
            (Change::Severity(severity), _) => self.severity = Said::new(*severity, by()),
            (Change::Level(level), _) => self.level = Said::new(*level, by()),
            (Change::Set(name, value), _) => drop(self.settings.insert(name.clone(), Said::new(value.clone(), by()))),
            (Change::Add(name, more), _) => {
                if let Some(Said { value: Setting::List(list), by: origin }) = self.settings.get_mut(name) {
                    list.extend(more.iter().filter(|one| !list.contains(one)).cloned().collect::<Vec<_>>());
                    *origin = by();
                }
            }
        }
    }
}

impl When {
    /// Why it holds of this repository, if it does.
    fn holds(&self, here: &Circumstances) -> Option<Phrase> {
        let fits = |wanted: &[String], is: &Option<String>| {
            wanted.is_empty() || is.as_ref().is_some_and(|is| wanted.contains(is))
        };
        if !fits(&self.kinds, &here.kind) || !fits(&self.life_cycles, &here.life_cycle) {
            return None;
        }
        let (kind, life_cycle) = (here.kind.clone().unwrap_or_default(), here.life_cycle.clone().unwrap_or_default());
        Some(match (self.kinds.is_empty(), self.life_cycles.is_empty()) {
            (false, false) => Phrase::new(
                "the policy does not ask this where the kind is {kind} and the state of development {state}",
                "die Richtlinie fragt das nicht, wo die Art {kind} und der Entwicklungsstand {state} ist",
            )
            .with("kind", kind)
            .with("state", life_cycle),
            (false, true) => Phrase::new(
                "the policy does not ask this where the kind is {kind}",
                "die Richtlinie fragt das nicht, wo die Art {kind} ist",
            )
            .with("kind", kind),
            _ => Phrase::new(
                "the policy does not ask this where the state of development is {state}",
                "die Richtlinie fragt das nicht, wo der Entwicklungsstand {state} ist",
            )
            .with("state", life_cycle),
        })
    }
}
