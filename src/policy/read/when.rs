//! What is said of rules for some repositories only? The tables `[[when]]`.

use super::{Reader, entries};
use crate::phrase::Phrase;
use crate::policy::layer::{KINDS, LIFE_CYCLES, When};
use crate::rule::Wrong;
use crate::rule::block::values;
use crate::rule::nearest::did_you_mean;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The keys of a `[[when]]`.
pub(in crate::policy) const KEYS: [&str; 3] = ["kind", "life-cycle", "rules"];

impl Reader<'_> {
    /// The tables of a list; anything else is refused.
    pub(super) fn tables<'t, 'i>(
        &mut self,
        key: &str,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Vec<(&'t Spanned<DeValue<'i>>, &'t DeTable<'i>)> {
        let tables: Option<Vec<_>> = value
            .get_ref()
            .as_array()
            .and_then(|list| list.iter().map(|item| Some((item, item.get_ref().as_table()?))).collect());
        let Some(tables) = tables else {
            let single = value.get_ref().as_table().is_some();
            let (wrong, reason) = match single {
                true => (
                    Wrong::SingleBrackets,
                    Phrase::new("`{key}` takes double brackets", "`{key}` braucht doppelte Klammern"),
                ),
                false => (
                    Wrong::ValueKind,
                    Phrase::new("`{key}` is a list of tables", "`{key}` ist eine Liste von Tabellen"),
                ),
            };
            let help = Phrase::new("write `[[{key}]]`", "Schreiben Sie `[[{key}]]`").with("key", key);
            let span = self.first_line(value.span());
            self.desk.refuse(wrong, span, reason.with("key", key), help);
            return Vec::new();
        };
        if self.bounded(key, tables.len(), &value.span()) { tables } else { Vec::new() }
    }

    pub(super) fn whens(&mut self, value: &Spanned<DeValue<'_>>) {
        for (item, table) in self.tables("when", value) {
            let mut when = When { kinds: Vec::new(), life_cycles: Vec::new(), statements: Vec::new() };
            let keys: Vec<&str> = table.iter().map(|(key, _)| key.get_ref().as_ref()).collect();
            for (key, span, value) in entries::of(table) {
                match key {
                    "kind" => when.kinds = self.words(key, value, Wrong::UnknownKind, &KINDS),
                    "life-cycle" => when.life_cycles = self.words(key, value, Wrong::UnknownLifeCycle, &LIFE_CYCLES),
                    "rules" => when.statements = self.statements("when.rules", value),
                    _ => self.unknown_key(key, &span, &KEYS, Some("[[when]]")),
                }
            }
            let conditions = keys.contains(&"kind") || keys.contains(&"life-cycle");
            if !conditions || !keys.contains(&"rules") {
                let reason = match conditions {
                    false => Phrase::new(
                        "this `[[when]]` does not say for which repositories",
                        "Dieses `[[when]]` sagt nicht, für welche Repositorys",
                    ),
                    true => Phrase::new(
                        "this `[[when]]` says nothing of any rule",
                        "Dieses `[[when]]` sagt nichts über eine Regel",
                    ),
                };
                let help = match conditions {
                    false => Phrase::new(
                        "name `kind` or `life-cycle`",
                        "Nennen Sie `kind` (Art) oder `life-cycle` (Entwicklungsstand)",
                    ),
                    true => Phrase::new(
                        "write `[when.rules]` below it, and there one rule a line",
                        "Schreiben Sie darunter `[when.rules]` und dort je Zeile eine Regel",
                    ),
                };
                let span = self.first_line(item.span());
                self.desk.refuse(Wrong::EmptyWhen, span, reason, help);
            }
            self.layer.whens.push(when);
        }
    }

    /// One or more of a few words: a text or a list of texts.
    fn words(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wrong: Wrong, known: &[&'static str]) -> Vec<String> {
        let list = match value.get_ref().as_str() {
            Some(text) => vec![(text, value.span())],
            None => match values::texts(value).filter(|list| !list.is_empty()) {
                Some(list) => list,
                None => {
                    let reason = Phrase::new(
                        "`{key}` takes one or more words in quotes",
                        "`{key}` nimmt ein oder mehrere Wörter in Anführungszeichen",
                    );
                    self.desk.refuse(Wrong::ValueKind, value.span(), reason.with("key", key), None);
                    return Vec::new();
                }
            },
        };
        let mut words = Vec::new();
        for (word, span) in list {
            if known.contains(&word) {
                words.push(word.to_owned());
                continue;
            }
            let reason = match wrong {
                Wrong::UnknownKind => {
                    Phrase::new("there is no kind of repository `{word}`", "Es gibt keine Art von Repository `{word}`")
                }
                _ => Phrase::new(
                    "there is no state of development `{word}`",
                    "Es gibt keinen Entwicklungsstand `{word}`",
                ),
            };
            let help = did_you_mean(word, known.iter().copied())
                .unwrap_or_else(|| super::values::one_of(known.iter().copied()));
            self.desk.refuse(wrong, span, reason.with("word", word), help);
        }
        words
    }
}
