//! What does a condition ask, and does its test fit the question?

use super::block::{Reader, number, texts, without_quotes};
use super::nearest::{did_you_mean, listed, meant};
use super::vocabulary::own;
use super::{Among, Amount, Asked, Clause, Setting, Test, Wrong};
use crate::phrase::Phrase;
use crate::signal::{Kind, Value};
use crate::untrusted::Untrusted;
use regex::bytes::RegexBuilder;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The words of a clause.
pub(super) const CLAUSE_WORDS: [&str; 8] =
    ["signal", "is", "more-than", "less-than", "one-of", "none-of", "includes", "matches"];
/// Those that are tests.
const TESTS: [&str; 7] = ["is", "more-than", "less-than", "one-of", "none-of", "includes", "matches"];
/// The largest compiled pattern, in bytes.
const PATTERN_SIZE: usize = 1 << 20;
/// The deepest nesting of a pattern.
const PATTERN_NEST: u32 = 50;

/// The tests that fit a kind of answer.
pub(super) fn fitting(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::YesNo => &["is"],
        Kind::Number => &["is", "more-than", "less-than"],
        Kind::Text => &["is", "one-of", "none-of", "matches"],
        Kind::List => &["includes", "matches"],
    }
}

impl Reader<'_> {
    /// The clauses of one word.
    pub(super) fn clauses(&mut self, word: &'static str, value: &Spanned<DeValue<'_>>) -> Vec<Clause> {
        let Some(list) = value.get_ref().as_array() else {
            let (reason, wrong) = match value.get_ref() {
                DeValue::Table(_) => (
                    Phrase::new("`{word}` stands in double brackets", "`{word}` steht in doppelten Klammern"),
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
            if !unknown.iter().any(|word| TESTS.contains(word)) {
                let reason = Phrase::new("this condition has no test", "Diese Bedingung hat keine Prüfung");
                let fitting = signal.as_ref().map_or(&TESTS[..], |(_, asked)| fitting(asked.signal().kind));
                let help = Phrase::new("it takes one of {tests}", "Möglich sind {tests}")
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
        let (written, asked) = signal?;
        let kind = asked.signal().kind;
        if !fitting(kind).contains(test) {
            self.misfit(test, test_span.clone(), &written, kind);
            return None;
        }
        Some(Clause { written, asked, test: self.test(test, kind, value)? })
    }

    /// Refuses the words of a clause that nobody knows; gives the words that were probably meant.
    fn unknown_words(&mut self, table: &DeTable<'_>) -> Vec<&'static str> {
        let mut meant_words = Vec::new();
        for (word, span, _) in self.entries(table) {
            if CLAUSE_WORDS.contains(&word) {
                continue;
            }
            let near = super::nearest(word, CLAUSE_WORDS);
            meant_words.extend(near);
            let help = if super::block::WORDS.contains(&word) {
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
        let help = Phrase::new("what fits: {tests}", "Es passen: {tests}")
            .with("tests", listed(fitting(kind).iter().copied()));
        self.desk.refuse(Wrong::TestMisfit, span, reason.with("test", test).with("signal", signal), help);
    }

    fn test(&mut self, test: &str, kind: Kind, value: &Spanned<DeValue<'_>>) -> Option<Test> {
        let text = value.get_ref().as_str();
        match (test, kind) {
            ("is", Kind::YesNo) => match value.get_ref().as_bool() {
                Some(yes) => Some(Test::Is(Value::YesNo(yes))),
                None => {
                    let reason =
                        Phrase::new("`is` takes `true` or `false` here", "`is` nimmt hier `true` oder `false`");
                    let quoted = text.is_some_and(|text| matches!(text, "true" | "false"));
                    let help = quoted.then(|| Phrase::new("without quotes", "ohne Anführungszeichen"));
                    self.value_misfit(value, reason, help)
                }
            },
            ("is", Kind::Number) => match number(value) {
                Some(number) => Some(Test::Is(Value::Number(number))),
                None => {
                    let reason = Phrase::new("`is` takes a whole number here", "`is` nimmt hier eine ganze Zahl");
                    let setting = text.is_some_and(|text| self.law.settings.contains_key(text)).then(|| {
                        Phrase::new(
                            "only `more-than` and `less-than` may name a setting",
                            "Nur `more-than` und `less-than` können eine Einstellung nennen",
                        )
                    });
                    self.value_misfit(value, reason, setting.or_else(|| text.and_then(without_quotes)))
                }
            },
            ("is", _) => match text {
                Some(text) => Some(Test::Is(Value::from(text))),
                None => {
                    let reason = Phrase::new("`is` takes a text here", "`is` nimmt hier einen Text");
                    self.value_misfit(
                        value,
                        reason,
                        Phrase::new("put it in quotes", "Setzen Sie ihn in Anführungszeichen"),
                    )
                }
            },
            ("more-than", _) => self.amount("more-than", value).map(Test::MoreThan),
            ("less-than", _) => self.amount("less-than", value).map(Test::LessThan),
            ("one-of", _) => self.among("one-of", value).map(Test::OneOf),
            ("none-of", _) => self.among("none-of", value).map(Test::NoneOf),
            ("includes", _) => match text {
                Some(text) => Some(Test::Includes(Untrusted::from(text))),
                None => {
                    let reason = Phrase::new("`includes` takes one text", "`includes` nimmt einen Text");
                    self.value_misfit(value, reason, None)
                }
            },
            _ => match text {
                Some(pattern) => self.pattern(pattern, self.place(value.span())),
                None => {
                    let reason = Phrase::new(
                        "`matches` takes a pattern in quotes",
                        "`matches` nimmt ein Muster in Anführungszeichen",
                    );
                    self.value_misfit(value, reason, None)
                }
            },
        }
    }

    fn value_misfit<T>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        reason: Phrase,
        help: impl Into<Option<Phrase>>,
    ) -> Option<T> {
        self.desk.refuse(Wrong::ValueMisfit, self.place(value.span()), reason, help);
        None
    }

    /// A number, or a setting that holds one.
    fn amount(&mut self, test: &str, value: &Spanned<DeValue<'_>>) -> Option<Amount> {
        if let Some(number) = number(value) {
            return Some(Amount::Number(number));
        }
        let reason = Phrase::new(
            "`{test}` takes a whole number or the name of a setting that holds one",
            "`{test}` nimmt eine ganze Zahl oder den Namen einer Einstellung, die eine enthält",
        )
        .with("test", test);
        let Some(name) = value.get_ref().as_str() else { return self.value_misfit(value, reason, None) };
        if let Some(help) = without_quotes(name) {
            return self.value_misfit(value, reason, help);
        }
        match self.setting(name, value)? {
            Setting::Number(_) => Some(Amount::Setting(name.to_owned())),
            Setting::List(_) => {
                let help =
                    Phrase::new("the setting `{name}` holds a list", "Die Einstellung `{name}` enthält eine Liste");
                self.value_misfit(value, reason, help.with("name", name))
            }
        }
    }

    /// A list of texts, or a setting that holds one.
    fn among(&mut self, test: &str, value: &Spanned<DeValue<'_>>) -> Option<Among> {
        let reason = Phrase::new(
            "`{test}` takes a list of texts or the name of a setting that holds one",
            "`{test}` nimmt eine Liste von Texten oder den Namen einer Einstellung, die eine enthält",
        )
        .with("test", test);
        if let Some(name) = value.get_ref().as_str() {
            return match self.setting(name, value)? {
                Setting::List(_) => Some(Among::Setting(name.to_owned())),
                Setting::Number(_) => {
                    let help = Phrase::new(
                        "the setting `{name}` holds a number",
                        "Die Einstellung `{name}` enthält eine Zahl",
                    );
                    self.value_misfit(value, reason, help.with("name", name))
                }
            };
        }
        let Some(list) = texts(value) else { return self.value_misfit(value, reason, None) };
        if list.is_empty() {
            let reason = Phrase::new("this list is empty", "Diese Liste ist leer");
            self.desk.refuse(Wrong::EmptyList, self.place(value.span()), reason, None);
            return None;
        }
        Some(Among::Texts(list.into_iter().map(|(text, _)| text.into()).collect()))
    }

    /// The setting of this name, which is used from now on.
    fn setting(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Setting> {
        if let Some(setting) = self.law.settings.get(name) {
            self.law.used_settings.insert(name.to_owned());
            return Some(setting.clone());
        }
        let help = match self.law.settings.is_empty() {
            false => did_you_mean(name, self.law.settings.keys().map(String::as_str)),
            true => Some(Phrase::new("settings stand below `[settings]`", "Einstellungen stehen unter `[settings]`")),
        };
        // What was probably meant is not reported as unused as well.
        let meant = super::nearest(name, self.law.settings.keys().map(String::as_str)).map(str::to_owned);
        self.law.used_settings.extend(meant);
        let reason =
            Phrase::new("there is no setting `{name}`", "Es gibt keine Einstellung `{name}`").with("name", name);
        self.desk.refuse(Wrong::UnknownSetting, self.place(value.span()), reason, help);
        None
    }

    fn pattern(&mut self, pattern: &str, span: Range<usize>) -> Option<Test> {
        match RegexBuilder::new(pattern).size_limit(PATTERN_SIZE).nest_limit(PATTERN_NEST).build() {
            Ok(pattern) => Some(Test::Matches(pattern)),
            Err(error) => {
                let reason = match &error {
                    regex::Error::CompiledTooBig(_) => {
                        Phrase::new("this pattern is too large", "Dieses Muster ist zu groß")
                    }
                    _ => {
                        let text = error.to_string();
                        let why = text.rsplit("error: ").next().unwrap_or_default();
                        Phrase::new("this is no pattern: {why}", "Das ist kein Muster: {why}").with("why", why)
                    }
                };
                self.desk.refuse(Wrong::Pattern, span, reason, None);
                None
            }
        }
    }

    /// The first line of a place.
    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let line = self.desk.slice(span.clone()).lines().next().unwrap_or_default().trim_end().len();
        span.start..span.start + line
    }
}
