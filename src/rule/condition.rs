//! The words of a condition, and what they say of an answer.
//!
//! Three answers: *unknown wins over yes, no wins over unknown* (Kleene's strong logic of indeterminacy, 1938).

use super::Setting;
use crate::phrase::Phrase;
use crate::signal::{Reading, Signal, Value, Whole};
use crate::untrusted::Untrusted;
use regex::bytes::Regex;
use std::collections::BTreeMap;

/// A question and the answer that is asked for; the loader has made sure that they fit each other.
#[derive(Clone, Debug)]
pub struct Clause {
    /// the signal as the page writes it
    pub written: String,
    /// whom to ask
    pub asked: Asked,
    /// what the answer must be
    pub test: Test,
}

/// Whom a clause asks.
#[derive(Clone, Copy, Debug)]
pub enum Asked {
    /// the thing the rule looks at
    Own(&'static Signal),
    /// the repository as a whole
    Whole(&'static Whole),
}

impl Asked {
    /// The question.
    pub fn signal(self) -> &'static Signal {
        match self {
            Self::Own(signal) => signal,
            Self::Whole(whole) => &whole.signal,
        }
    }
}

/// What an answer must be.
#[derive(Clone, Debug)]
pub enum Test {
    /// this very value
    Is(Value),
    /// a greater number
    MoreThan(Amount),
    /// a smaller number
    LessThan(Amount),
    /// a text (or a text of the list) among these
    OneOf(Among),
    /// a text not among these (of a list: none of its texts)
    NoneOf(Among),
    /// a list with this in it
    Includes(Untrusted),
    /// a text (or a text of the list) in which the pattern is found
    Matches(Regex),
}

/// A number, or the setting that holds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// as written
    Number(i64),
    /// the name of a setting
    Setting(String),
}

impl Amount {
    /// The number; `None` where the setting holds none.
    pub fn get(&self, settings: &BTreeMap<String, Setting>) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Setting(name) => match settings.get(name)? {
                Setting::Number(number) => Some(*number),
                Setting::List(_) => None,
            },
        }
    }
}

/// A list of texts, or the setting that holds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// as written
    Texts(Vec<Untrusted>),
    /// the name of a setting
    Setting(String),
}

impl Among {
    fn contains(&self, text: &Untrusted, settings: &BTreeMap<String, Setting>) -> Option<bool> {
        match self {
            Self::Texts(list) => Some(list.contains(text)),
            Self::Setting(name) => match settings.get(name)? {
                Setting::List(list) => Some(list.iter().any(|one| one.as_bytes() == text.as_bytes())),
                Setting::Number(_) => None,
            },
        }
    }
}

impl Test {
    /// How many of what is counted are enough to tell whether this holds: one more than the number that must be passed.
    /// `None` where nothing is counted.
    pub fn enough(&self, settings: &BTreeMap<String, Setting>) -> Option<u32> {
        let count = match self {
            Self::MoreThan(amount) => amount.get(settings)?.checked_add(1)?,
            Self::LessThan(amount) => amount.get(settings)?,
            Self::Is(Value::Number(number)) => number.checked_add(1)?,
            _ => return None,
        };
        u32::try_from(count.max(0)).ok()
    }

    /// Whether the answer is what was asked for. An answer of another kind never is; the loader refuses such a clause.
    pub fn holds(&self, value: &Value, settings: &BTreeMap<String, Setting>) -> bool {
        match (self, value) {
            (Self::Is(wanted), value) => wanted == value,
            (Self::MoreThan(amount), Value::Number(number)) => amount.get(settings).is_some_and(|than| *number > than),
            (Self::MoreThan(amount), Value::AtLeast(least)) => amount.get(settings).is_some_and(|than| *least > than),
            (Self::LessThan(amount), Value::Number(number)) => amount.get(settings).is_some_and(|than| *number < than),
            (Self::OneOf(list), Value::List(texts)) => {
                texts.iter().any(|text| list.contains(text, settings) == Some(true))
            }
            (Self::NoneOf(list), Value::List(texts)) => {
                texts.iter().all(|text| list.contains(text, settings) == Some(false))
            }
            (Self::OneOf(list), Value::Text(text)) => list.contains(text, settings) == Some(true),
            (Self::NoneOf(list), Value::Text(text)) => list.contains(text, settings) == Some(false),
            (Self::Includes(wanted), Value::List(list)) => list.contains(wanted),
            (Self::Matches(pattern), Value::Text(text)) => pattern.is_match(text.as_bytes()),
            (Self::Matches(pattern), Value::List(list)) => list.iter().any(|text| pattern.is_match(text.as_bytes())),
            _ => false,
        }
    }
}

impl Test {
    /// Whether it may hold, although what is known does not tell: a number of which only the lower end is known.
    fn may_hold(&self, value: &Value, settings: &BTreeMap<String, Setting>) -> bool {
        let Value::AtLeast(least) = value else { return false };
        match self {
            Self::MoreThan(_) => true,
            Self::LessThan(amount) => amount.get(settings).is_some_and(|than| *least < than),
            Self::Is(Value::Number(number)) => number >= least,
            _ => false,
        }
    }

    /// Whether the setting to compare with is an empty list: what a policy was to name, it does not name.
    fn asks_empty_list(&self, settings: &BTreeMap<String, Setting>) -> bool {
        let (Self::OneOf(Among::Setting(name)) | Self::NoneOf(Among::Setting(name))) = self else { return false };
        settings.get(name).is_some_and(|setting| matches!(setting, Setting::List(list) if list.is_empty()))
    }
}

/// One of three answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// it is so
    Yes,
    /// it is not so
    No,
    /// nobody can tell, and why
    Unknown(Phrase),
}

impl Truth {
    /// What a clause says of a reading.
    pub fn of(clause: &Clause, reading: &Reading, settings: &BTreeMap<String, Setting>) -> Self {
        if clause.test.asks_empty_list(settings) {
            return Self::Unknown(Phrase::new(
                "there is no list in the policy to compare with",
                "die Richtlinie enthält keine Liste, mit der man vergleichen könnte",
            ));
        }
        match reading {
            Ok(value) if clause.test.holds(value, settings) => Self::Yes,
            Ok(value) if clause.test.may_hold(value, settings) => Self::Unknown(Phrase::new(
                "only the least that it can be is known",
                "bekannt ist nur, wie viel es mindestens ist",
            )),
            Ok(_) => Self::No,
            Err(why) => Self::Unknown(why.clone()),
        }
    }

    /// Both: no wins over unknown, unknown over yes; of two unknowns the first speaks.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown(why), _) | (_, Self::Unknown(why)) => Self::Unknown(why),
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    /// The opposite; the opposite of unknown is unknown.
    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            unknown @ Self::Unknown(_) => unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truths() -> [Truth; 3] {
        [Truth::Yes, Truth::No, Truth::Unknown(Phrase::new("a", "a"))]
    }

    #[test]
    fn kleene() {
        for a in truths() {
            assert_eq!(!!a.clone(), a);
            assert_eq!(a.clone().and(Truth::Yes), a);
            assert_eq!(a.clone().and(Truth::No), Truth::No);
            for b in truths() {
                assert_eq!(a.clone().and(b.clone()), b.and(a.clone()));
            }
        }
    }

    #[test]
    fn tests_and_values() {
        let settings = BTreeMap::from([
            ("months".to_owned(), Setting::Number(12)),
            ("approved".to_owned(), Setting::List(vec!["a".to_owned()])),
        ]);
        let more = Test::MoreThan(Amount::Setting("months".into()));
        assert!(more.holds(&Value::Number(13), &settings));
        assert!(!more.holds(&Value::Number(12), &settings));
        assert!(more.holds(&Value::AtLeast(13), &settings));
        assert!(!more.holds(&Value::AtLeast(12), &settings) && more.may_hold(&Value::AtLeast(12), &settings));
        let less = Test::LessThan(Amount::Number(12));
        assert!(!less.holds(&Value::AtLeast(11), &settings) && less.may_hold(&Value::AtLeast(11), &settings));
        assert!(!less.may_hold(&Value::AtLeast(12), &settings));
        assert!(!more.holds(&Value::YesNo(true), &settings));
        assert!(Test::NoneOf(Among::Texts(vec!["a".into()])).holds(&Value::from("b"), &settings));
        let approved = || Among::Setting("approved".into());
        assert!(Test::OneOf(approved()).holds(&Value::from("a"), &settings));
        assert!(!Test::NoneOf(approved()).holds(&Value::from("a"), &settings));
        for neither in [Test::OneOf(Among::Setting("x".into())), Test::NoneOf(Among::Setting("x".into()))] {
            assert!(!neither.holds(&Value::from("a"), &settings), "a setting that is not there decides nothing");
        }
        let list = |texts: &[&str]| Value::List(texts.iter().map(|text| (*text).into()).collect());
        for (texts, among) in [(&["b", "a"][..], true), (&["b"], false)] {
            assert_eq!(Test::OneOf(approved()).holds(&list(texts), &settings), among, "{texts:?}");
            assert_eq!(Test::NoneOf(approved()).holds(&list(texts), &settings), !among, "{texts:?}");
        }
        let empty = BTreeMap::from([("approved".to_owned(), Setting::List(vec![]))]);
        assert!(
            Test::NoneOf(approved()).asks_empty_list(&empty) && !Test::NoneOf(approved()).asks_empty_list(&settings)
        );
        assert!(Test::Includes("a".into()).holds(&Value::List(vec!["a".into()]), &settings));
    }
}
