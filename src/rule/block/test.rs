//! Does the value of a test fit the question, and which settings does it use?

use super::Reader;
use super::values::{number, texts, without_quotes};
use crate::phrase::Phrase;
use crate::rule::nearest::did_you_mean;
use crate::rule::{Among, Amount, Setting, Test, Wrong, nearest};
use crate::signal::{Kind, Value};
use crate::untrusted::Untrusted;
use regex::bytes::RegexBuilder;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// The largest compiled pattern, in bytes.
const PATTERN_SIZE: usize = 1 << 20;
/// The deepest nesting of a pattern.
const PATTERN_NEST: u32 = 50;

impl Reader<'_> {
    /// The test, where its value fits.
    pub(super) fn test(&mut self, test: &str, kind: Kind, value: &Spanned<DeValue<'_>>) -> Option<Test> {
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
        if self.law.refused_settings.contains(name) {
            return None;
        }
        let help = match self.law.settings.is_empty() {
            false => did_you_mean(name, self.law.settings.keys().map(String::as_str)),
            true => Some(Phrase::new("settings stand below `[settings]`", "Einstellungen stehen unter `[settings]`")),
        };
        // What was probably meant is not reported as unused as well.
        let meant = nearest(name, self.law.settings.keys().map(String::as_str)).map(str::to_owned);
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
}
