//! Which findings does a policy accept, and why? The tables `[[waivers]]`.

use super::{Reader, Whose, entries};
use crate::phrase::Phrase;
use crate::policy::layer::chapter;
use crate::rule::Wrong;
use crate::signal::{Place, Span};
use crate::waiver::Waiver;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of a waiver.
pub(in crate::policy) const KEYS: [&str; 5] = ["rule", "path", "called", "reason", "until"];

impl Reader<'_> {
    pub(super) fn waivers(&mut self, value: &Spanned<DeValue<'_>>) {
        for (item, table) in self.tables("waivers", value) {
            let waiver = self.waiver(&item.span(), table);
            self.layer.waivers.extend(waiver);
        }
    }

    fn waiver(&mut self, span: &Range<usize>, table: &DeTable<'_>) -> Option<Waiver> {
        let mistakes = self.desk.mistakes.len();
        let (mut rule, mut path, mut called, mut reason, mut until) = (None, None, None, None, None);
        let mut written = Vec::new();
        for (key, span, value) in entries::of(table) {
            written.push(key);
            match key {
                "rule" => rule = self.waived_rule(value),
                "path" => path = self.text(key, value).and_then(|text| self.glob(text, value.span())),
                "called" => called = self.text(key, value).map(str::to_owned),
                "reason" => reason = self.reason(value),
                "until" => until = self.day(value),
                _ => self.unknown_key(key, &span, &KEYS, Some("[[waivers]]")),
            }
        }
        if !written.contains(&"rule") {
            self.missing("rule", "[[waivers]]", span);
        }
        if !written.contains(&"reason") {
            let why = Phrase::new("this waiver has no reason", "Diese Ausnahme hat keine Begründung");
            let at = self.first_line(span.clone());
            self.desk.refuse(Wrong::NoReason, at, why, reason_help());
        }
        if self.desk.mistakes.len() > mistakes {
            return None;
        }
        Some(Waiver { rule: rule?, path, called, reason: reason?.into(), until, place: self.place(span) })
    }

    fn waived_rule(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let name = self.text("rule", value)?;
        if !self.is_rule_name(name, &value.span(), false) {
            return None;
        }
        if chapter(name).is_some() {
            let reason = Phrase::new(
                "a waiver is about one rule, and `{name}` is a chapter",
                "Eine Ausnahme gilt für eine Regel, und `{name}` ist ein Kapitel",
            );
            let help = Phrase::new(
                "to ask nothing of a chapter, turn it off below `[rules]`",
                "Soll ein Kapitel nicht gefragt werden, schalten Sie es unter `[rules]` ab",
            );
            self.desk.refuse(Wrong::WideWaiver, value.span(), reason.with("name", name), help);
            return None;
        }
        Some(name.to_owned())
    }

    fn reason(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = self.text("reason", value)?;
        if text.trim().is_empty() {
            let why = Phrase::new("this reason says nothing", "Diese Begründung sagt nichts");
            self.desk.refuse(Wrong::NoReason, value.span(), why, reason_help());
            return None;
        }
        Some(text.to_owned())
    }

    /// A day: TOML's own date, without quotes and time.
    fn day(&mut self, value: &Spanned<DeValue<'_>>) -> Option<jiff::civil::Date> {
        let date = match value.get_ref() {
            DeValue::Datetime(day) if day.time.is_none() && day.offset.is_none() => day.date,
            _ => None,
        };
        let day = date.and_then(|date| {
            let part = |part: u8| i8::try_from(part).ok();
            jiff::civil::Date::new(i16::try_from(date.year).ok()?, part(date.month)?, part(date.day)?).ok()
        });
        if day.is_none() {
            let reason = Phrase::new("`until` is a day", "`until` ist ein Tag");
            let help = match value.get_ref().as_str().and_then(|text| text.parse::<jiff::civil::Date>().ok()) {
                Some(day) => {
                    Phrase::new("without quotes: {day}", "Ohne Anführungszeichen: {day}").with("day", day.to_string())
                }
                None => Phrase::new(
                    "for instance 2027-06-30, without quotes",
                    "Zum Beispiel 2027-06-30, ohne Anführungszeichen",
                ),
            };
            self.desk.refuse(Wrong::Date, value.span(), reason, help);
        }
        day
    }

    /// Where a waiver stands; without a path where its policy does not lie in the repository.
    fn place(&self, span: &Range<usize>) -> Place {
        let line = self.line(span);
        let width = self.desk.slice(self.first_line(span.clone())).chars().count();
        let span = Span::on_line(line, 1, u32::try_from(width).unwrap_or(u32::MAX).saturating_add(1));
        let path = match self.whose {
            Whose::File(_, path) => path.clone(),
            Whose::Profile(_) => None,
        };
        Place { path, span: Some(span) }
    }
}

fn reason_help() -> Phrase {
    Phrase::new(
        "write `reason = \"…\"`: whoever reads the report has to know why it is accepted",
        "Schreiben Sie `reason = \"…\"`: Wer den Bericht liest, muss wissen, warum das so bleiben darf",
    )
}
