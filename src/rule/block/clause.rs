//! What does a condition ask, and does its test fit the question?

use super::Reader;
use crate::phrase::Phrase;
use crate::rule::nearest::{did_you_mean, listed, meant};
use crate::rule::vocabulary::own;
use crate::rule::{Asked, Clause, Wrong, nearest};
use crate::signal::Kind;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The words of a clause.
pub(super) const CLAUSE_WORDS: [&str; 8] =
    ["signal", "is", "more-than", "less-than", "one-of", "none-of", "includes", "matches"];
/// Those that are tests.
const TESTS: [&str; 7] = ["is", "more-than", "less-than", "one-of", "none-of", "includes", "matches"];

/// The tests that fit a kind of answer.
fn fitting(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::YesNo => &["is"],
        Kind::Number => &["is", "more-than", "less-than"],
        Kind::Text => &["is", "one-of", "none-of", "matches"],
        Kind::List => &["includes", "one-of", "none-of", "matches"],
    }
}

impl Reader<'_> {
    /// The clauses of one word.
    pub(super) fn clauses(&mut self, word: &'static str, value: &Spanned<DeValue<'_>>) -> Vec<Clause> {
        let Some(list) = value.get_ref().as_array() else {
            let (reason, wrong) = match value.get_ref() {
                DeValue::Table(_) => (
                    Phrase::new("`{word}` takes double brackets", "`{word}` braucht doppelte Klammern"),
                    Wrong::SingleBrackets,
                ),
                _ => (
                    Phrase::new("`{word}` is a list of conditions", "`{word}` ist eine Liste von Bedingungen"),
                    Wrong::ValueKind,
                ),
            };
            let help = Phrase::new("write `[[{word}]]`", "Schreiben Sie `[[{word}]]`").with("word", word);
            self.desk.refuse(wrong, self.place(value.span()), reason.with("word", word), help);
            return Vec::new();
        };
        if list.is_empty() && word == "finding-when" {
            let reason =
                Phrase::new("a rule without a condition finds nothing", "Eine Regel ohne Bedingung findet nichts");
            let help = Phrase::new(
                "write `[[finding-when]]` and below it a signal and a test",
                "Schreiben Sie `[[finding-when]]` und darunter ein Signal und eine Prüfung",
            );
            self.desk.refuse(Wrong::NoFinding, self.place(value.span()), reason, help);
        }
        list.iter().filter_map(|item| self.clause(word, item)).collect()
    }

    fn clause(&mut self, word: &'static str, item: &Spanned<DeValue<'_>>) -> Option<Clause> {
        let span = self.first_line(self.place(item.span()));
        let Some(table) = item.get_ref().as_table() else {
            let reason = Phrase::new("`{word}` is a list of conditions", "`{word}` ist eine Liste von Bedingungen");
            let help = Phrase::new("write `[[{word}]]`", "Schreiben Sie `[[{word}]]`").with("word", word);
            self.desk.refuse(Wrong::ValueKind, span, reason.with("word", word), help);
            return None;
        };
        let unknown = self.unknown_words(table);
        let entries = self.entries(table);
        let signal = match entries.iter().find(|(word, ..)| *word == "signal") {
            Some((.., value)) => self.signal(value),
            None => {
                if !unknown.contains(&"signal") {
                    let reason = Phrase::new("this condition names no signal", "Diese Bedingung nennt kein Signal");
                    let help = Phrase::new("write `signal = \"…\"`", "Schreiben Sie `signal = \"…\"`");
                    self.desk.refuse(Wrong::NoSignal, span.clone(), reason, help);
                }
                None
            }
        };
        let mut tests = entries.iter().filter(|(word, ..)| TESTS.contains(word));
        let Some((test, test_span, value)) = tests.next() else {
            if !unknown.iter().any(|word| *word != "signal") {
                let reason = Phrase::new("this condition has no test", "Diese Bedingung hat keine Prüfung");
                let fitting = signal.as_ref().map_or(&TESTS[..], |(_, asked)| fitting(asked.signal().kind));
                let help = Phrase::new("what fits: {tests}", "passend: {tests}")
                    .with("tests", listed(fitting.iter().copied()));
                self.desk.refuse(Wrong::NoTest, span, reason, help);
            }
            return None;
        };
        if let Some((other, other_span, _)) = tests.next() {
            let (later, at) = if other_span.start > test_span.start { (other, other_span) } else { (test, test_span) };
            let reason = Phrase::new(
                "this condition has a second test: `{test}`",
                "Diese Bedingung hat eine zweite Prüfung: `{test}`",
            )
            .with("test", *later);
            let help = Phrase::new(
                "one test each; two conditions with the same signal both have to hold",
                "Je eine Prüfung; zwei Bedingungen mit demselben Signal müssen beide gelten",
            );
            self.desk.refuse(Wrong::TwoTests, at.clone(), reason, help);
            return None;
        }
        let Some((written, asked)) = signal else {
            // What the signal would have used is not reported as unused as well.
            let named = value.get_ref().as_str().filter(|name| self.law.settings.contains_key(*name));
            self.law.used_settings.extend(named.map(str::to_owned));
            return None;
        };
        let kind = asked.signal().kind;
        if !fitting(kind).contains(test) {
            self.misfit(test, test_span.clone(), &written, kind);
            return None;
        }
        Some(Clause { written, asked, test: self.test(test, kind, value)? })
    }

    /// Refuses the words of a clause that nobody knows; gives what was probably meant by them, `?` where that is unclear.
    fn unknown_words(&mut self, table: &DeTable<'_>) -> Vec<&'static str> {
        let mut meant_words = Vec::new();
        for (word, span, _) in self.entries(table) {
            if CLAUSE_WORDS.contains(&word) {
                continue;
            }
            let near = nearest(word, CLAUSE_WORDS);
            if !super::WORDS.contains(&word) {
                meant_words.push(near.unwrap_or("?"));
            }
            let help = if super::WORDS.contains(&word) {
                self.law.misplaced.insert(word.to_owned());
                Phrase::new("`{word}` stands above the first `[[…]]`", "`{word}` steht über dem ersten `[[…]]`")
                    .with("word", word)
            } else {
                near.map(meant).unwrap_or_else(|| {
                    Phrase::new("the words of a condition are {words}", "Die Wörter einer Bedingung sind {words}")
                        .with("words", listed(CLAUSE_WORDS))
                })
            };
            let reason =
                Phrase::new("unknown word `{word}` in a condition", "Unbekanntes Wort `{word}` in einer Bedingung")
                    .with("word", word);
            self.desk.refuse(Wrong::UnknownWord, span, reason, help);
        }
        meant_words
    }

    fn signal(&mut self, value: &Spanned<DeValue<'_>>) -> Option<(String, Asked)> {
        let written = self.text("signal", value)?;
        let asked = match (written.strip_prefix("repository."), self.law.looks_at) {
            (Some(name), _) => self.vocabulary.whole(name).map(Asked::Whole),
            (None, Some(None)) => self.vocabulary.whole(&written).map(Asked::Whole),
            (None, Some(Some(subject))) => own(subject, &written).map(Asked::Own),
            (None, None) => return None,
        };
        if asked.is_none() {
            self.unknown_signal(&written, self.place(value.span()));
        }
        Some((written, asked?))
    }

    fn unknown_signal(&mut self, written: &str, span: Range<usize>) {
        let whole = |name: &str| self.vocabulary.whole(name).map(|_| meant(&format!("repository.{name}")));
        let wholes: Vec<String> =
            self.vocabulary.wholes.iter().map(|whole| format!("repository.{}", whole.signal.name)).collect();
        let of_repository = || wholes.iter().map(String::as_str);
        let bare = written.strip_prefix("repository.");
        let subject = self.law.looks_at.flatten();
        let (about, help) = match (bare, subject) {
            (None, Some(subject)) => {
                let names = || subject.signals.iter().map(|signal| signal.name);
                let help = whole(written)
                    .or_else(|| did_you_mean(written, names().chain(of_repository())))
                    .or_else(|| self.other_subjects(written))
                    .unwrap_or_else(|| {
                        Phrase::new("it can be asked for {names}", "Fragen kann man nach {names}")
                            .with("names", listed(names()))
                    });
                (subject.name, Some(help))
            }
            (Some(name), Some(subject)) if own(subject, name).is_some() => ("repository", Some(meant(name))),
            (Some(_), _) => ("repository", did_you_mean(written, of_repository())),
            (None, None) => {
                let names = self.vocabulary.wholes.iter().map(|whole| whole.signal.name);
                ("repository", did_you_mean(written, names).or_else(|| self.other_subjects(written)))
            }
        };
        let reason =
            Phrase::new("`{about}` cannot be asked for its `{signal}`", "`{about}` hat keine Antwort auf `{signal}`")
                .with("about", about)
                .with("signal", bare.unwrap_or(written));
        self.desk.refuse(Wrong::UnknownSignal, span, reason, help);
    }

    fn other_subjects(&self, signal: &str) -> Option<Phrase> {
        let others: Vec<&str> = self.vocabulary.subjects_with(signal).map(|subject| subject.name).collect();
        (!others.is_empty()).then(|| {
            Phrase::new("that can be asked of {others}", "Danach fragen kann man bei {others}")
                .with("others", listed(others))
        })
    }

    fn misfit(&mut self, test: &str, span: Range<usize>, signal: &str, kind: Kind) {
        let reason = match kind {
            Kind::YesNo => Phrase::new(
                "`{test}` does not fit `{signal}`, which is answered yes or no",
                "`{test}` passt nicht zu `{signal}`: Die Antwort ist ja oder nein",
            ),
            Kind::Number => Phrase::new(
                "`{test}` does not fit `{signal}`, which is answered with a number",
                "`{test}` passt nicht zu `{signal}`: Die Antwort ist eine Zahl",
            ),
            Kind::Text => Phrase::new(
                "`{test}` does not fit `{signal}`, which is answered with a text",
                "`{test}` passt nicht zu `{signal}`: Die Antwort ist ein Text",
            ),
            Kind::List => Phrase::new(
                "`{test}` does not fit `{signal}`, which is answered with a list",
                "`{test}` passt nicht zu `{signal}`: Die Antwort ist eine Liste",
            ),
        };
        let help =
            Phrase::new("what fits: {tests}", "passend: {tests}").with("tests", listed(fitting(kind).iter().copied()));
        self.desk.refuse(Wrong::TestMisfit, span, reason.with("test", test).with("signal", signal), help);
    }

    /// The first line of a place.
    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let line = self.desk.slice(span.clone()).lines().next().unwrap_or_default().trim_end().len();
        span.start..span.start + line
    }
}
