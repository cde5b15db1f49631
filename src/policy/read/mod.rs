//! What does the text of a policy say, and what is wrong with it?
//!
//! A policy may come from a repository that nobody trusts: its size is bounded by whoever reads it, and what collects
//! in lists is bounded here.

mod entries;
mod globs;
mod rules;
pub(super) mod tables;
mod values;
mod waivers;
mod when;

use super::layer::{Extended, Layer};
use super::origin::{Origin, Said};
use crate::phrase::Phrase;
use crate::repository::RepoPath;
use crate::rule::block::syntax;
use crate::rule::desk::Desk;
use crate::rule::{Mistake, Rule, Severity, Wrong};
use crate::untrusted::Untrusted;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The words at the top of a policy, in the order in which the pages about it explain them.
pub(super) const KEYS: [&str; 13] = [
    "extends",
    "only",
    "languages",
    "exclude",
    "fail-on",
    "inline-waivers",
    "overview",
    "norm",
    "licence",
    "publication",
    "rules",
    "when",
    "waivers",
];

/// What `fail-on` may say.
pub(super) const FAIL_ON: [(&str, Option<Severity>); 4] = [
    ("note", Some(Severity::Note)),
    ("warning", Some(Severity::Warning)),
    ("error", Some(Severity::Error)),
    ("never", None),
];

/// The most entries of one list.
const ENTRIES: usize = 2_000;
/// The most mistakes that are told of one file.
const MISTAKES: usize = 50;

/// Whose text it is.
pub(super) enum Whose<'a> {
    /// a profile that ships
    Profile(&'static str),
    /// a file, as messages show it, and where it lies in the repository, if it does
    File(&'a str, Option<RepoPath>),
}

/// Reads one policy and collects what is wrong with it.
pub(super) struct Reader<'a> {
    pub(super) desk: &'a mut Desk,
    pub(super) whose: &'a Whose<'a>,
    /// the rules there are
    pub(super) rules: &'a [Rule],
    pub(super) layer: Layer,
}

/// A key and its value.
type Entry<'t, 'i> = (&'t str, Range<usize>, &'t Spanned<DeValue<'i>>);

/// Reads the text of a policy: what it says as far as that can be read, and every mistake in the order of lines, up to a
/// number that somebody may want to read.
pub(super) fn read(whose: &Whose<'_>, text: &str, rules: &[Rule]) -> (Layer, Vec<Mistake>) {
    let shown = match whose {
        Whose::Profile(name) => format!("profiles/{name}.toml"),
        Whose::File(path, _) => (*path).to_owned(),
    };
    let mut desk = Desk::new(&shown, text.strip_prefix('\u{feff}').unwrap_or(text));
    let text = Arc::clone(&desk.text);
    let layer = match DeTable::parse(&text) {
        Ok(table) => {
            let mut reader = Reader { desk: &mut desk, whose, rules, layer: Layer::default() };
            reader.top(table.get_ref());
            reader.layer
        }
        Err(error) => {
            syntax::refuse(&mut desk, &(0..text.len()), &error);
            Layer { extends: Some(Vec::new()), ..Layer::default() }
        }
    };
    (layer, sorted(desk))
}

fn sorted(mut desk: Desk) -> Vec<Mistake> {
    let start = |mistake: &Mistake| mistake.span.as_ref().map(|span| span.start);
    desk.mistakes.sort_by_key(|mistake| (start(mistake), mistake.wrong));
    let more = desk.mistakes.len().saturating_sub(MISTAKES);
    if more > 0 {
        desk.mistakes.truncate(MISTAKES);
        let reason = Phrase::new("and {more} more mistakes", "und {more} weitere Fehler");
        desk.refuse_page(Wrong::TooMany, reason.with("more", more.to_string()), None);
    }
    desk.mistakes
}

impl Reader<'_> {
    fn top(&mut self, table: &DeTable<'_>) {
        for (key, span, value) in entries::of(table) {
            match key {
                "extends" => self.extends(value),
                "only" => self.only(value),
                "languages" => self.shorthand(&tables::LANGUAGES, value),
                "exclude" => self.exclude(value),
                "fail-on" => self.fail_on(value),
                "inline-waivers" => {
                    let by = self.origin(&span);
                    self.layer.inline_waivers = self.yes_no(key, value).map(|yes| Said::new(yes, by));
                }
                "overview" => self.layer.overview = self.yes_no(key, value),
                "norm" => self.norm(value),
                "licence" => self.section(key, &tables::LICENCE, value),
                "publication" => self.section(key, &tables::PUBLICATION, value),
                "rules" => {
                    let statements = self.statements(key, value);
                    self.layer.statements.extend(statements);
                }
                "when" => self.whens(value),
                "waivers" => self.waivers(value),
                _ => self.unknown_key(key, &span, &KEYS, None),
            }
        }
        // What a section adds is added to what `[rules]` sets, wherever either stands.
        self.layer.statements.sort_by_key(|statement| matches!(statement.change, super::layer::Change::Add(..)));
    }

    fn extends(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(list) = self.texts("extends", value) else { return };
        self.layer.extends =
            Some(list.into_iter().map(|(name, span)| Extended { name: name.to_owned(), span }).collect());
    }

    fn only(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(list) = self.texts("only", value) else { return };
        if list.is_empty() {
            let reason =
                Phrase::new("with an empty list nothing is asked", "Mit einer leeren Liste wird nichts gefragt");
            let help = Phrase::new(
                "name rules, chapters or norms, or leave `only` out",
                "Nennen Sie Regeln, Kapitel oder Normen, oder lassen Sie `only` weg",
            );
            self.desk.refuse(Wrong::EmptyList, value.span(), reason, help);
        }
        let mut only = Vec::new();
        for (name, span) in list {
            if self.is_rule_name(name, &span, true) {
                only.push(Said::new(name.to_owned(), self.origin(&span)));
            }
        }
        self.layer.only = Some(only);
    }

    fn fail_on(&mut self, value: &Spanned<DeValue<'_>>) {
        let reason = || Phrase::new("unknown severity `{written}`", "Unbekannter Schweregrad `{written}`");
        let chosen = self.choose("fail-on", value, Wrong::UnknownFailOn, reason, &FAIL_ON);
        let by = self.origin(&value.span());
        self.layer.fail_on = chosen.map(|severity| Said::new(severity, by));
    }

    /// Who says what stands at these bytes.
    pub(super) fn origin(&self, span: &Range<usize>) -> Origin {
        match self.whose {
            Whose::Profile(name) => Origin::Profile(name),
            Whose::File(path, _) => Origin::File { path: Untrusted::from(*path), line: self.line(span) },
        }
    }

    /// The line at which these bytes begin, from 1.
    pub(super) fn line(&self, span: &Range<usize>) -> u32 {
        let before = self.desk.text.get(..span.start).unwrap_or_default();
        u32::try_from(memchr::memchr_iter(b'\n', before.as_bytes()).count()).unwrap_or(u32::MAX).saturating_add(1)
    }
}
