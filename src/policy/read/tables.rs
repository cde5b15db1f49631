//! Which keys of their own stand for settings of rules, and which norm is a policy about?

use super::{Reader, entries};
use crate::phrase::{Lang, Phrase};
use crate::policy::layer::{Change, Statement};
use crate::rule::nearest::did_you_mean;
use crate::rule::{Norms, Setting, Wrong};
use toml::Spanned;
use toml::de::DeValue;

/// A key that stands for settings of rules.
pub(in crate::policy) struct Shorthand {
    /// the key
    pub(in crate::policy) key: &'static str,
    /// the rule, its setting, and whether entries are added to those it has
    pub(in crate::policy) means: &'static [(&'static str, &'static str, bool)],
}

/// `languages`, at the top.
pub(in crate::policy) const LANGUAGES: Shorthand =
    Shorthand { key: "languages", means: &[("docs/language", "languages", false)] };
/// Below `[licence]`.
pub(in crate::policy) const LICENCE: [Shorthand; 1] =
    [Shorthand { key: "approved", means: &[("licence/not-approved", "approved", false)] }];
/// Below `[publication]`.
pub(in crate::policy) const PUBLICATION: [Shorthand; 2] = [
    Shorthand {
        key: "internal-hosts",
        means: &[("publication/internal-host", "internal", true), ("publication/private-dependency", "private", true)],
    },
    Shorthand { key: "private-registries", means: &[("publication/private-dependency", "private", true)] },
];

impl Reader<'_> {
    pub(super) fn section(&mut self, name: &str, known: &[Shorthand], value: &Spanned<DeValue<'_>>) {
        let Some(table) = self.table(name, value) else { return };
        for (key, span, value) in entries::of(table) {
            match known.iter().find(|shorthand| shorthand.key == key) {
                Some(shorthand) => self.shorthand(shorthand, value),
                None => {
                    let keys: Vec<&str> = known.iter().map(|shorthand| shorthand.key).collect();
                    self.unknown_key(key, &span, &keys, Some(&format!("[{name}]")));
                }
            }
        }
    }

    pub(super) fn shorthand(&mut self, shorthand: &Shorthand, value: &Spanned<DeValue<'_>>) {
        let Some(list) = self.texts(shorthand.key, value) else { return };
        // `*.bund.local` and `bund.local` both mean the hosts below it.
        let list: Vec<String> = list.iter().map(|(text, _)| text.trim_start_matches("*.").to_owned()).collect();
        let by = self.origin(&value.span());
        for (rule, setting, add) in shorthand.means {
            let change = match add {
                true => Change::Add((*setting).to_owned(), list.clone()),
                false => Change::Set((*setting).to_owned(), Setting::List(list.clone())),
            };
            self.layer.statements.push(Statement { about: (*rule).to_owned(), change, by: by.clone() });
        }
    }

    pub(super) fn norm(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = self.table("norm", value) else { return };
        let mut norm = None;
        let mut version = None;
        for (key, span, value) in entries::of(table) {
            match key {
                "id" => norm = self.text(key, value).map(|text| (text, value.span())),
                "version" => version = self.text(key, value).map(|text| (text, value.span())),
                _ => self.unknown_key(key, &span, &["id", "version"], Some("[norm]")),
            }
        }
        for (key, there) in [("id", norm.is_some()), ("version", version.is_some())] {
            if !there && !table.iter().any(|(written, _)| written.get_ref() == key) {
                self.missing(key, "[norm]", &value.span());
            }
        }
        let Some((id, span)) = norm else { return };
        let Some(known) = Norms::shipped().all().iter().find(|norm| norm.id == id) else {
            let names = || Norms::shipped().all().iter().map(|norm| norm.id.as_str());
            let help = did_you_mean(id, names()).unwrap_or_else(|| super::values::one_of(names()));
            let reason = Phrase::new("unknown norm `{written}`", "Unbekannte Norm `{written}`").with("written", id);
            self.desk.refuse(Wrong::UnknownNorm, span, reason, help);
            return;
        };
        match version {
            Some((written, span)) if written != known.version(Lang::En) => {
                let reason = Phrase::new(
                    "the rules answer to another version of this norm: {version}",
                    "Die Regeln beziehen sich auf eine andere Fassung dieser Norm: {version}",
                );
                self.desk.refuse(Wrong::NormVersion, span, reason.with("version", known.version.as_str()), None);
            }
            _ => self.layer.norm = Some(known),
        }
    }

    /// Refuses a table that lacks a key.
    pub(super) fn missing(&mut self, key: &str, place: &str, span: &std::ops::Range<usize>) {
        let reason = Phrase::new("`{key}` is missing in `{place}`", "In `{place}` fehlt `{key}`");
        let span = self.first_line(span.clone());
        self.desk.refuse(Wrong::NoWord, span, reason.with("key", key).with("place", place), None);
    }
}
