//! What may a policy change?

use super::values::{number, texts, without_quotes};
use super::{Reader, WORDS};
use crate::phrase::Phrase;
use crate::rule::{Setting, Wrong, load, vocabulary};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

impl Reader<'_> {
    pub(super) fn settings(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            let reason = Phrase::new("`settings` is a table", "`settings` ist eine Tabelle");
            let help = Phrase::new(
                "write `[settings]` on a line of its own, and below it one setting a line",
                "Schreiben Sie `[settings]` in eine eigene Zeile und darunter je Zeile eine Einstellung",
            );
            self.desk.refuse(Wrong::ValueKind, self.place(value.span()), reason, help);
            return;
        };
        for (name, span, value) in self.entries(table) {
            let setting = match value.get_ref() {
                DeValue::Integer(_) => number(value).map(Setting::Number),
                _ => {
                    texts(value).map(|list| Setting::List(list.into_iter().map(|(text, _)| text.to_owned()).collect()))
                }
            };
            match setting {
                _ if !self.setting_name(name, &span) => {
                    self.law.refused_settings.insert(name.to_owned());
                }
                Some(setting) => {
                    self.law.settings.insert(name.to_owned(), setting);
                    self.law.setting_spans.insert(name.to_owned(), span);
                }
                None => {
                    let reason = Phrase::new(
                        "a setting is a whole number or a list of texts",
                        "Eine Einstellung ist eine ganze Zahl oder eine Liste von Texten",
                    );
                    let help = value.get_ref().as_str().and_then(without_quotes);
                    self.desk.refuse(Wrong::SettingKind, self.place(value.span()), reason, help);
                    self.law.refused_settings.insert(name.to_owned());
                }
            }
        }
    }

    /// Refuses names that mean something else in `says`, words of the block and what is not kebab-case.
    fn setting_name(&mut self, name: &str, span: &Range<usize>) -> bool {
        let own = self.law.looks_at.flatten().is_some_and(|subject| vocabulary::own(subject, name).is_some());
        let whole = matches!(self.law.looks_at, Some(None)) && self.vocabulary.whole(name).is_some();
        let reason = if WORDS.contains(&name) {
            self.law.misplaced.insert(name.to_owned());
            Phrase::new(
                "`{name}` is a word of the block, no setting",
                "`{name}` ist ein Wort des Blocks, keine Einstellung",
            )
        } else if matches!(name, "called" | "path" | "repository") || own || whole {
            Phrase::new(
                "`{name}` already means something else in `says`",
                "`{name}` bedeutet in `says` schon etwas anderes",
            )
        } else if !load::is_kebab(name) {
            Phrase::new(
                "`{name}` is not written in small letters, digits and hyphens",
                "`{name}` besteht nicht aus Kleinbuchstaben, Ziffern und Bindestrichen",
            )
        } else {
            return true;
        };
        let help = WORDS
            .contains(&name)
            .then(|| Phrase::new("write it above `[settings]`", "Schreiben Sie es über `[settings]`"));
        self.desk.refuse(Wrong::SettingName, span.clone(), reason.with("name", name), help);
        false
    }
}
