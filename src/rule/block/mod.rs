//! What does the block of a page say? Its words, in the closed vocabulary of rules.

mod clause;
mod settings;
pub(crate) mod syntax;
mod test;
pub(crate) mod values;

use super::desk::Desk;
use super::nearest::{did_you_mean, listed, meant};
use super::{Clause, Level, Norms, Precision, Setting, Severity, Vocabulary, Wrong};
use crate::phrase::Phrase;
use crate::signal::Subject;
use clause::CLAUSE_WORDS;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use values::texts;

/// The words of a block, in the order in which pages write them.
const WORDS: [&str; 10] = [
    "level",
    "severity",
    "precision",
    "norms",
    "looks-at",
    "says",
    "applies-when",
    "finding-when",
    "not-when",
    "settings",
];
/// Those that no rule can do without.
const NEEDED: [&str; 7] = ["level", "severity", "precision", "norms", "looks-at", "says", "finding-when"];

/// The block of an English page; what is missing was refused.
#[derive(Default)]
pub(super) struct Law {
    pub(super) level: Option<Level>,
    pub(super) severity: Option<Severity>,
    pub(super) precision: Option<Precision>,
    pub(super) norms: Vec<String>,
    /// what it looks at; the inner `None` is the repository
    pub(super) looks_at: Option<Option<&'static Subject>>,
    /// the sentence and where it stands
    pub(super) says: Option<(String, Range<usize>)>,
    pub(super) settings: BTreeMap<String, Setting>,
    pub(super) used_settings: BTreeSet<String>,
    pub(super) setting_spans: BTreeMap<String, Range<usize>>,
    /// settings that were refused; nothing more is said of them
    pub(super) refused_settings: BTreeSet<String>,
    /// words of the block that stand below `[settings]` or in a condition
    pub(super) misplaced: BTreeSet<String>,
    pub(super) applies_when: Vec<Clause>,
    pub(super) finding_when: Vec<Clause>,
    pub(super) not_when: Vec<Clause>,
}

/// Reads one block and collects what is wrong with it.
pub(super) struct Reader<'a> {
    pub(super) desk: &'a mut Desk,
    /// where the block begins in its page
    pub(super) start: usize,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) law: Law,
}

/// A key or value and where it stands in the page.
pub(super) type Entry<'t, 'i> = (&'t str, Range<usize>, &'t Spanned<DeValue<'i>>);

/// Reads the block of an English page.
pub(super) fn read(desk: &mut Desk, block: Range<usize>, vocabulary: &Vocabulary, norms: &Norms) -> Option<Law> {
    let text = Arc::clone(&desk.text);
    let inside = text.get(block.clone()).unwrap_or_default();
    let table = match DeTable::parse(inside) {
        Ok(table) => table,
        Err(error) => {
            syntax::refuse(desk, &block, &error);
            return None;
        }
    };
    let mut reader = Reader { desk, start: block.start, vocabulary, law: Law::default() };
    reader.words(table.get_ref(), &block, norms);
    Some(reader.law)
}

/// Reads the block of a German page, which holds the sentence and nothing else.
pub(super) fn read_german(desk: &mut Desk, block: Range<usize>) -> Option<(String, Range<usize>)> {
    let text = Arc::clone(&desk.text);
    let table = match DeTable::parse(text.get(block.clone()).unwrap_or_default()) {
        Ok(table) => table,
        Err(error) => {
            syntax::refuse(desk, &block, &error);
            return None;
        }
    };
    let mut reader = Reader { desk, start: block.start, vocabulary: &Vocabulary::default(), law: Law::default() };
    let entries = reader.entries(table.get_ref());
    for (word, span, value) in &entries {
        if *word == "says" {
            reader.says(value);
            continue;
        }
        let reason = Phrase::new(
            "the block of a German page holds `says` and nothing else",
            "Der Block einer deutschen Seite enthält nur `says`",
        );
        let help = if WORDS.contains(word) || CLAUSE_WORDS.contains(word) {
            Some(
                Phrase::new("`{word}` stands in the English page", "`{word}` steht in der englischen Seite")
                    .with("word", *word),
            )
        } else {
            did_you_mean(word, ["says"])
        };
        reader.desk.refuse(Wrong::GermanWord, span.clone(), reason, help);
    }
    if entries.is_empty() || reader.law.says.is_none() && reader.desk.mistakes.is_empty() {
        reader.missing("says", &block);
    }
    reader.law.says
}

impl<'a> Reader<'a> {
    fn words(&mut self, table: &DeTable<'_>, block: &Range<usize>, norms: &Norms) {
        let entries = self.entries(table);
        let find = |name: &str| entries.iter().find(|(word, ..)| *word == name).map(|(.., value)| *value);
        for (word, span, _) in &entries {
            if !WORDS.contains(word) {
                self.unknown_word(word, span);
            }
        }
        let level =
            Choice { wrong: Wrong::UnknownLevel, reason: unknown_level, known: Level::ALL.map(|it| (it.name(), it)) };
        self.law.level = find("level").and_then(|value| self.choose("level", value, level));
        let severity = Choice {
            wrong: Wrong::UnknownSeverity,
            reason: unknown_severity,
            known: Severity::ALL.map(|it| (it.name(), it)),
        };
        self.law.severity = find("severity").and_then(|value| self.choose("severity", value, severity));
        let precision = Choice {
            wrong: Wrong::UnknownPrecision,
            reason: unknown_precision,
            known: Precision::ALL.map(|it| (it.name(), it)),
        };
        self.law.precision = find("precision").and_then(|value| self.choose("precision", value, precision));
        if let Some(value) = find("norms") {
            self.norms(value, norms);
        }
        self.law.looks_at = find("looks-at").and_then(|value| self.looks_at(value));
        if let Some(value) = find("settings") {
            self.settings(value);
        }
        self.law.applies_when =
            find("applies-when").map(|value| self.clauses("applies-when", value)).unwrap_or_default();
        self.law.finding_when =
            find("finding-when").map(|value| self.clauses("finding-when", value)).unwrap_or_default();
        self.law.not_when = find("not-when").map(|value| self.clauses("not-when", value)).unwrap_or_default();
        if let Some(value) = find("says") {
            self.says(value);
        }
        for word in NEEDED {
            let misspelt = |other: &&str| !WORDS.contains(other) && super::nearest(other, WORDS) == Some(word);
            if find(word).is_none()
                && !self.law.misplaced.contains(word)
                && !entries.iter().any(|(other, ..)| misspelt(other))
            {
                self.missing(word, block);
            }
        }
    }

    /// The entries of a table, with their places in the page.
    pub(super) fn entries<'t, 'i>(&self, table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
        table.iter().map(|(key, value)| (key.get_ref().as_ref(), self.place(key.span()), value)).collect()
    }

    /// Where in the page something of the block stands.
    pub(super) fn place(&self, span: Range<usize>) -> Range<usize> {
        self.start + span.start..self.start + span.end
    }

    fn unknown_word(&mut self, word: &str, span: &Range<usize>) {
        let help = if CLAUSE_WORDS.contains(&word) {
            Phrase::new(
                "`{word}` belongs below `[[finding-when]]`, `[[applies-when]]` or `[[not-when]]`",
                "`{word}` gehört unter `[[finding-when]]`, `[[applies-when]]` oder `[[not-when]]`",
            )
            .with("word", word)
        } else {
            did_you_mean(word, WORDS).unwrap_or_else(|| {
                Phrase::new("the words of a block are {words}", "Die Wörter eines Blocks sind {words}")
                    .with("words", listed(WORDS))
            })
        };
        let reason = Phrase::new("unknown word `{word}`", "Unbekanntes Wort `{word}`").with("word", word);
        self.desk.refuse(Wrong::UnknownWord, span.clone(), reason, help);
    }

    /// Refuses a missing word, at the first line of the block.
    fn missing(&mut self, word: &str, block: &Range<usize>) {
        let line = self.desk.slice(block.clone()).lines().next().unwrap_or_default().len();
        let reason = Phrase::new("`{word}` is missing in the block", "Im Block fehlt `{word}`").with("word", word);
        self.desk.refuse(Wrong::NoWord, block.start..block.start + line, reason, None);
    }

    /// A text; anything else is refused.
    pub(super) fn text(&mut self, word: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            let reason =
                Phrase::new("`{word}` takes a text in quotes", "`{word}` nimmt einen Text in Anführungszeichen")
                    .with("word", word);
            self.desk.refuse(Wrong::ValueKind, self.place(value.span()), reason, None);
        }
        text
    }

    fn choose<T: Copy, const N: usize>(
        &mut self,
        word: &str,
        value: &Spanned<DeValue<'_>>,
        choice: Choice<T, N>,
    ) -> Option<T> {
        let written = self.text(word, value)?;
        let found = choice.known.iter().find(|(name, _)| *name == written).map(|(_, it)| *it);
        if found.is_none() {
            let names = || choice.known.iter().map(|(name, _)| *name);
            let help = did_you_mean(&written, names()).unwrap_or_else(|| {
                Phrase::new("it is one of {names}", "Möglich sind {names}").with("names", listed(names()))
            });
            let reason = (choice.reason)().with("written", written);
            self.desk.refuse(choice.wrong, self.place(value.span()), reason, help);
        }
        found
    }

    fn norms(&mut self, value: &Spanned<DeValue<'_>>, norms: &Norms) {
        let Some(list) = texts(value) else {
            let reason = Phrase::new("`norms` takes a list of texts", "`norms` nimmt eine Liste von Texten");
            let help = Phrase::new(
                "`norms = []` where a rule answers to none",
                "`norms = []`, wo eine Regel zu keiner Norm gehört",
            );
            self.desk.refuse(Wrong::ValueKind, self.place(value.span()), reason, help);
            return;
        };
        for (written, span) in list {
            if norms.of(written).is_some() {
                self.law.norms.push(written.to_owned());
                continue;
            }
            let ids: Vec<String> = norms.ids().collect();
            let bare = ids.iter().find(|id| id.split_once('/').is_some_and(|(_, rest)| rest == written));
            let help = bare
                .map(|id| meant(id))
                .or_else(|| did_you_mean(written, ids.iter().map(String::as_str)))
                .unwrap_or_else(|| {
                    Phrase::new("an id begins with one of {names}", "Eine Kennung beginnt mit {names}").with(
                        "names",
                        norms.all().iter().map(|norm| format!("`{}/`", norm.id)).collect::<Vec<_>>().join(", "),
                    )
                });
            let reason =
                Phrase::new("unknown norm `{written}`", "Unbekannte Norm `{written}`").with("written", written);
            self.desk.refuse(Wrong::UnknownNorm, self.place(span), reason, help);
        }
    }

    fn looks_at(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Option<&'static Subject>> {
        let written = self.text("looks-at", value)?;
        if written == "repository" {
            return Some(None);
        }
        if let Some(subject) = self.vocabulary.subject(&written) {
            return Some(Some(subject));
        }
        let names = || self.vocabulary.subjects.iter().map(|subject| subject.name).chain(["repository"]);
        let help = did_you_mean(&written, names()).unwrap_or_else(|| {
            Phrase::new("a rule can look at {names}", "Eine Regel kann sich ansehen: {names}")
                .with("names", listed(names()))
        });
        let reason = Phrase::new("there is no subject `{written}`", "Es gibt keinen Gegenstand `{written}`")
            .with("written", written);
        self.desk.refuse(Wrong::UnknownSubject, self.place(value.span()), reason, help);
        None
    }

    fn says(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(text) = self.text("says", value) else { return };
        if text.trim().is_empty() {
            let reason = Phrase::new("`says` says nothing", "`says` sagt nichts");
            self.desk.refuse(Wrong::ValueKind, self.place(value.span()), reason, None);
            return;
        }
        self.law.says = Some((text, self.place(value.span())));
    }
}

/// A word that takes one of a few names.
struct Choice<T, const N: usize> {
    wrong: Wrong,
    reason: fn() -> Phrase,
    known: [(&'static str, T); N],
}

fn unknown_level() -> Phrase {
    Phrase::new("unknown level `{written}`", "Unbekannte Stufe `{written}`")
}

fn unknown_severity() -> Phrase {
    Phrase::new("unknown severity `{written}`", "Unbekannter Schweregrad `{written}`")
}

fn unknown_precision() -> Phrase {
    Phrase::new("unknown precision `{written}`", "Unbekannte Treffsicherheit `{written}`")
}
