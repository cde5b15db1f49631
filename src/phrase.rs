//! How is something said in more than one language?
//!
//! Both languages stand side by side where a sentence is made, so that neither can be forgotten.
//! What is said is never a `String` until an output has encoded it: see [`Message`].

use crate::untrusted::Untrusted;

/// A language that civiclint speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Lang {
    /// The language of a locale name such as `de_AT.UTF-8`; English where it is not German.
    pub fn of_locale(locale: &str) -> Self {
        let code = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if code.eq_ignore_ascii_case("de") { Self::De } else { Self::En }
    }

    /// The language tag, as HTML and SARIF want it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The one of two texts that is in this language.
    pub fn pick<T>(self, en: T, de: T) -> T {
        match self {
            Self::En => en,
            Self::De => de,
        }
    }
}

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// German.
    pub de: &'static str,
}

impl Words {
    /// Both languages of one text.
    pub const fn new(en: &'static str, de: &'static str) -> Self {
        Self { en, de }
    }

    /// The text in one language.
    pub fn get(self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.de)
    }
}

/// A sentence in both languages, with what is to be put in its `{places}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    words: Words,
    with: Vec<(&'static str, Filling)>,
}

/// What stands in a place of a [`Phrase`].
#[derive(Clone, Debug, PartialEq, Eq)]
enum Filling {
    Foreign(Untrusted),
    Phrase(Phrase),
}

impl Phrase {
    /// A sentence; its `{places}` are filled by [`Phrase::with`] and are the same in both languages.
    pub fn new(en: &'static str, de: &'static str) -> Self {
        Self { words: Words::new(en, de), with: Vec::new() }
    }

    /// Fills `{name}`.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Untrusted>) -> Self {
        self.fill(name, Filling::Foreign(value.into()))
    }

    /// Fills `{name}` with another sentence, in the language of this one.
    #[must_use]
    pub fn with_phrase(self, name: &'static str, phrase: Self) -> Self {
        self.fill(name, Filling::Phrase(phrase))
    }

    fn fill(mut self, name: &'static str, filling: Filling) -> Self {
        debug_assert!(
            [self.words.en, self.words.de].iter().all(|text| text.contains(&format!("{{{name}}}"))),
            "{{{name}}} is missing in one language of: {}",
            self.words.en
        );
        self.with.push((name, filling));
        self
    }

    /// The sentence in one language.
    pub fn message(&self, lang: Lang) -> Message {
        Message::compose(self.words.get(lang), |name| {
            self.with.iter().find(|(place, _)| *place == name).map(|(_, filling)| match filling {
                Filling::Foreign(value) => Message(vec![Piece::Foreign(value.clone())]),
                Filling::Phrase(phrase) => phrase.message(lang),
            })
        })
    }
}

/// A sentence whose foreign parts are still told from our own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(pub Vec<Piece>);

/// A part of a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Our own words.
    Own(String),
    /// Something from the repository; every medium encodes it in its own way.
    Foreign(Untrusted),
}

impl Message {
    /// A sentence of our own words only.
    pub fn own(text: impl Into<String>) -> Self {
        Self(vec![Piece::Own(text.into())])
    }

    /// Puts values into the `{places}` of a template; a place without a value stays as it is written.
    pub fn fill(template: &str, value: impl Fn(&str) -> Option<Untrusted>) -> Self {
        Self::compose(template, |name| value(name).map(|value| Self(vec![Piece::Foreign(value)])))
    }

    /// Puts values or whole messages into the `{places}` of a template.
    pub fn compose(template: &str, value: impl Fn(&str) -> Option<Self>) -> Self {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some(start) = rest.find('{') {
            let Some(end) = rest[start..].find('}').map(|end| start + end) else { break };
            match value(&rest[start + 1..end]) {
                Some(found) => {
                    if start > 0 {
                        pieces.push(Piece::Own(rest[..start].to_owned()));
                    }
                    pieces.extend(found.0);
                }
                None => pieces.push(Piece::Own(rest[..=end].to_owned())),
            }
            rest = &rest[end + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Own(rest.to_owned()));
        }
        Self(pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_kept_apart() {
        let phrase = Phrase::new("no {what} here", "hier kein {what}").with("what", "README");
        assert_eq!(
            phrase.message(Lang::De),
            Message(vec![Piece::Own("hier kein ".into()), Piece::Foreign("README".into())])
        );
    }

    #[test]
    fn a_sentence_in_a_sentence_speaks_its_language() {
        let inner = Phrase::new("no {it}", "kein {it}").with("it", "{why}");
        let phrase = Phrase::new("it says: {why}", "es sagt: {why}").with_phrase("why", inner);
        let foreign = || Piece::Foreign("{why}".into());
        let german = vec![Piece::Own("es sagt: ".into()), Piece::Own("kein ".into()), foreign()];
        assert_eq!(phrase.message(Lang::De), Message(german));
    }

    #[test]
    fn foreign_text_is_never_a_template() {
        let phrase = Phrase::new("{a}{b}", "{a}{b}").with("a", "{b}").with("b", "x");
        assert_eq!(phrase.message(Lang::En), Message(vec![Piece::Foreign("{b}".into()), Piece::Foreign("x".into())]));
    }

    #[test]
    fn locales() {
        assert_eq!(Lang::of_locale("de_AT.UTF-8"), Lang::De);
        assert_eq!(Lang::of_locale("DE"), Lang::De);
        assert_eq!(Lang::of_locale("C.UTF-8"), Lang::En);
        assert_eq!(Lang::of_locale("den_CA"), Lang::En);
    }
}
