//! Which values may a key of a policy take? And what is said where it takes another?

use super::{ENTRIES, Reader};
use crate::phrase::Phrase;
use crate::rule::Wrong;
use crate::rule::block::values;
use crate::rule::nearest::{did_you_mean, listed};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

impl Reader<'_> {
    /// Refuses a value of the wrong kind.
    fn misfit(&mut self, key: &str, value: &Spanned<DeValue<'_>>, reason: Phrase, help: Option<Phrase>) {
        let span = self.first_line(value.span());
        self.desk.refuse(Wrong::ValueKind, span, reason.with("key", key), help);
    }

    /// A text.
    pub(super) fn text<'t>(&mut self, key: &str, value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let reason = Phrase::new("`{key}` takes a text in quotes", "`{key}` nimmt einen Text in Anführungszeichen");
            self.misfit(key, value, reason, None);
        }
        text
    }

    /// `true` or `false`.
    pub(super) fn yes_no(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let yes = value.get_ref().as_bool();
        if yes.is_none() {
            let reason = Phrase::new("`{key}` is `true` or `false`", "`{key}` ist `true` oder `false`");
            let quoted = value.get_ref().as_str().is_some_and(|text| matches!(text, "true" | "false"));
            let help = quoted.then(|| Phrase::new("without quotes", "Ohne Anführungszeichen"));
            self.misfit(key, value, reason, help);
        }
        yes
    }

    /// A list of texts, with their places; more than are read are refused.
    pub(super) fn texts<'t>(
        &mut self,
        key: &str,
        value: &'t Spanned<DeValue<'_>>,
    ) -> Option<Vec<(&'t str, Range<usize>)>> {
        let Some(list) = values::texts(value) else {
            let reason = Phrase::new("`{key}` takes a list of texts", "`{key}` nimmt eine Liste von Texten");
            let help = value.get_ref().as_str().map(|text| {
                Phrase::new("write `{key} = [\"{text}\"]`", "Schreiben Sie `{key} = [\"{text}\"]`")
                    .with("key", key)
                    .with("text", text)
            });
            self.misfit(key, value, reason, help);
            return None;
        };
        self.bounded(key, list.len(), &value.span()).then_some(list)
    }

    /// Refuses lists of more entries than are read.
    pub(super) fn bounded(&mut self, key: &str, entries: usize, span: &Range<usize>) -> bool {
        if entries > ENTRIES {
            let reason = Phrase::new("`{key}` has more than {most} entries", "`{key}` hat mehr als {most} Einträge")
                .with("key", key)
                .with("most", ENTRIES.to_string());
            let span = self.first_line(span.clone());
            self.desk.refuse(Wrong::TooMany, span, reason, None);
        }
        entries <= ENTRIES
    }

    /// One of a few words.
    pub(super) fn choose<T: Copy>(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        wrong: Wrong,
        reason: impl Fn() -> Phrase,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let written = self.text(key, value)?;
        let found = known.iter().find(|(name, _)| *name == written).map(|(_, it)| *it);
        if found.is_none() {
            let names = || known.iter().map(|(name, _)| *name);
            let help = did_you_mean(written, names()).unwrap_or_else(|| one_of(names()));
            self.desk.refuse(wrong, value.span(), reason().with("written", written), help);
        }
        found
    }

    /// Refuses a key that nobody knows; `place` is the table that it stands in, if it is not the top.
    pub(super) fn unknown_key(&mut self, key: &str, span: &Range<usize>, known: &[&str], place: Option<&str>) {
        let reason = match place {
            Some(place) => {
                Phrase::new("unknown key `{key}` in `{place}`", "Unbekannter Schlüssel `{key}` in `{place}`")
                    .with("place", place)
            }
            None => Phrase::new("unknown key `{key}`", "Unbekannter Schlüssel `{key}`"),
        };
        let help = did_you_mean(key, known.iter().copied()).or_else(|| home(key, place)).unwrap_or_else(|| {
            Phrase::new("the keys here are {known}", "Hier gibt es die Schlüssel {known}")
                .with("known", listed(known.iter().copied()))
        });
        self.desk.refuse(Wrong::UnknownWord, span.clone(), reason.with("key", key), help);
    }

    /// The first line of a place.
    pub(super) fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let line = self.desk.slice(span.clone()).lines().next().unwrap_or_default().trim_end().len();
        span.start..span.start + line
    }
}

/// Where a key belongs that stands in the wrong table.
fn home(key: &str, place: Option<&str>) -> Option<Phrase> {
    let home = match key {
        "approved" => "[licence]",
        "internal-hosts" | "private-registries" => "[publication]",
        _ if super::KEYS.contains(&key) && place.is_some() => {
            let phrase = Phrase::new("`{key}` stands above the first `[…]`", "`{key}` steht über dem ersten `[…]`");
            return Some(phrase.with("key", key));
        }
        _ => return None,
    };
    let phrase = Phrase::new("`{key}` belongs below `{home}`", "`{key}` gehört unter `{home}`");
    Some(phrase.with("key", key).with("home", home))
}

/// "It is one of …"
pub(super) fn one_of<'w>(names: impl IntoIterator<Item = &'w str>) -> Phrase {
    Phrase::new("it is one of {names}", "Möglich sind {names}").with("names", listed(names))
}
