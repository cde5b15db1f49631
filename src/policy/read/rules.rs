//! What is said of rules? The table `[rules]`, at the top and below `[[when]]`.

use super::{Reader, entries};
use crate::phrase::Phrase;
use crate::policy::layer::{Change, Statement, chapter};
use crate::rule::block::values::{number, texts, without_quotes};
use crate::rule::nearest::{did_you_mean, listed, meant};
use crate::rule::{Level, Norms, Rule, Setting, Severity, Wrong};
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The words that take the place of a table.
const SWITCHES: [&str; 2] = ["off", "on"];
/// The keys that every rule has beside its settings.
const OF_ALL: [&str; 2] = ["severity", "level"];

impl Reader<'_> {
    /// A table, or nothing where the value is something else, which is refused.
    pub(super) fn table<'t, 'i>(&mut self, key: &str, value: &'t Spanned<DeValue<'i>>) -> Option<&'t DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let reason = Phrase::new("`{key}` is a table", "`{key}` ist eine Tabelle").with("key", key);
            let help =
                Phrase::new("write `[{key}]` on a line of its own", "Schreiben Sie `[{key}]` in eine eigene Zeile")
                    .with("key", key);
            let span = self.first_line(value.span());
            self.desk.refuse(Wrong::ValueKind, span, reason, help);
        }
        table
    }

    /// What a table says of rules; of a chapter first, as what is said of a rule itself weighs more.
    pub(super) fn statements(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<Statement> {
        let Some(table) = self.table(key, value) else { return Vec::new() };
        if !self.bounded(key, table.len(), &value.span()) {
            return Vec::new();
        }
        let mut statements = Vec::new();
        for (name, span, value) in entries::of(table) {
            if self.is_rule_name(name, &span, false) {
                let by = self.origin(&span);
                let changes = self.changes(name, value);
                statements.extend(changes.into_iter().map(|(at, change)| Statement {
                    about: name.to_owned(),
                    change,
                    by: at.map_or_else(|| by.clone(), |at| self.origin(&at)),
                }));
            }
        }
        statements.sort_by_key(|statement| statement.about.contains('/') && !statement.about.ends_with("/*"));
        statements
    }

    /// Whether a name is that of a rule or chapter, with `norms` also of a norm; others are refused.
    pub(super) fn is_rule_name(&mut self, name: &str, span: &Range<usize>, norms: bool) -> bool {
        let known = match name.strip_prefix("norm:") {
            Some(id) => norms && Norms::shipped().all().iter().any(|norm| norm.id == id),
            None => {
                self.rules.iter().any(|rule| rule.id == name)
                    || chapter(name).is_some_and(|chapter| self.rules.iter().any(|rule| rule.chapter() == chapter))
            }
        };
        if !known {
            let chapters: BTreeSet<&str> = self.rules.iter().map(Rule::chapter).collect();
            let norm_names: Vec<String> =
                Norms::shipped().all().iter().filter(|_| norms).map(|norm| format!("norm:{}", norm.id)).collect();
            let ids = || self.rules.iter().map(|rule| rule.id.as_str());
            let bare = ids().find(|id| id.split_once('/').is_some_and(|(_, rest)| rest == name));
            let names = ids().chain(chapters.iter().copied()).chain(norm_names.iter().map(String::as_str));
            let help = bare
                .map(meant)
                .or_else(|| did_you_mean(name, names))
                .unwrap_or_else(|| Phrase::new("`civiclint rules` lists them all", "`civiclint rules` zeigt alle"));
            let reason =
                Phrase::new("there is no rule or chapter `{name}`", "Es gibt keine Regel und kein Kapitel `{name}`")
                    .with("name", name);
            self.desk.refuse(Wrong::UnknownRule, span.clone(), reason, help);
        }
        known
    }

    /// What is to be different, each with its place where it has one of its own.
    fn changes(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Vec<(Option<Range<usize>>, Change)> {
        let table = match value.get_ref() {
            DeValue::Table(table) => table,
            DeValue::String(word) if SWITCHES.contains(&word.as_ref()) => {
                return vec![(None, Change::Ask(word.as_ref() == "on"))];
            }
            other => {
                let reason = Phrase::new(
                    "a rule is `\"off\"`, `\"on\"` or a table of what is to be different",
                    "Eine Regel ist `\"off\"`, `\"on\"` oder eine Tabelle mit dem, was anders sein soll",
                );
                let span = self.first_line(value.span());
                self.desk.refuse(Wrong::UnknownSwitch, span, reason, switch_help(other));
                return Vec::new();
            }
        };
        // What is said of a chapter is about those of its rules that are asked.
        let mut changes = if chapter(name).is_none() { vec![(None, Change::Mention)] } else { Vec::new() };
        for (key, span, value) in entries::of(table) {
            let change = match key {
                "severity" => {
                    let reason = || Phrase::new("unknown severity `{written}`", "Unbekannter Schweregrad `{written}`");
                    let known = Severity::ALL.map(|it| (it.name(), it));
                    self.choose(key, value, Wrong::UnknownSeverity, reason, &known).map(Change::Severity)
                }
                "level" => {
                    let reason = || Phrase::new("unknown level `{written}`", "Unbekannte Stufe `{written}`");
                    let known = Level::ALL.map(|it| (it.name(), it));
                    self.choose(key, value, Wrong::UnknownLevel, reason, &known).map(Change::Level)
                }
                _ => self.setting(name, key, &span, value).map(|setting| Change::Set(key.to_owned(), setting)),
            };
            changes.extend(change.map(|change| (Some(span), change)));
        }
        changes
    }

    fn setting(&mut self, name: &str, key: &str, span: &Range<usize>, value: &Spanned<DeValue<'_>>) -> Option<Setting> {
        let settings = self.rules.iter().find(|rule| rule.id == name).map(|rule| &rule.settings);
        let names = || settings.into_iter().flatten().map(|(name, _)| name.as_str()).chain(OF_ALL);
        let Some(now) = settings.and_then(|settings| settings.get(key)) else {
            let reason = Phrase::new("`{rule}` has no setting `{key}`", "`{rule}` hat keine Einstellung `{key}`")
                .with("rule", name)
                .with("key", key);
            let help = did_you_mean(key, names())
                .unwrap_or_else(|| Phrase::new("it has {names}", "Sie hat {names}").with("names", listed(names())));
            self.desk.refuse(Wrong::UnknownSetting, span.clone(), reason, help);
            return None;
        };
        let setting = match now {
            Setting::Number(_) => number(value).filter(|number| *number >= 0).map(Setting::Number),
            Setting::List(_) => {
                texts(value).map(|list| Setting::List(list.into_iter().map(|(text, _)| text.to_owned()).collect()))
            }
        };
        if setting.is_none() {
            let (reason, help) = match now {
                Setting::Number(_) => (
                    Phrase::new("`{key}` is a whole number, not below 0", "`{key}` ist eine ganze Zahl, nicht unter 0"),
                    value.get_ref().as_str().and_then(without_quotes),
                ),
                Setting::List(_) => {
                    (Phrase::new("`{key}` takes a list of texts", "`{key}` nimmt eine Liste von Texten"), None)
                }
            };
            self.desk.refuse(Wrong::ValueKind, value.span(), reason.with("key", key), help);
        }
        setting
    }
}

/// What was probably meant by a value that is neither a switch nor a table.
fn switch_help(value: &DeValue<'_>) -> Option<Phrase> {
    match value {
        DeValue::Boolean(yes) => Some(meant(if *yes { "\"on\"" } else { "\"off\"" })),
        DeValue::String(word) if Severity::ALL.iter().any(|severity| severity.name() == word.as_ref()) => Some(
            Phrase::new("in braces: `severity = \"{word}\"`", "In geschweiften Klammern: `severity = \"{word}\"`")
                .with("word", word.as_ref()),
        ),
        DeValue::String(word) => did_you_mean(word, SWITCHES),
        _ => None,
    }
}
