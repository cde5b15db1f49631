//! Who said so? Where a value that is in force comes from.

use crate::phrase::{Lang, Message, Phrase};
use crate::untrusted::Untrusted;

/// Where a value was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// nowhere: it is what civiclint does by itself, or what the page of the rule says
    Default,
    /// in a profile that ships
    Profile(&'static str),
    /// in a policy file
    File {
        /// the file, as messages show it
        path: Untrusted,
        /// the line, from 1
        line: u32,
    },
    /// in an option of the command line, `--set`
    Option(&'static str),
}

impl Origin {
    /// In words: "profile civic", "civiclint.toml:12", "--set"; nothing where it was not set.
    pub fn message(&self, lang: Lang) -> Message {
        let phrase = match self {
            Self::Default => return Message::default(),
            Self::Profile(name) => Phrase::new("profile {name}", "Profil {name}").with("name", *name),
            Self::File { path, line } => {
                Phrase::new("{path}:{line}", "{path}:{line}").with("path", path.clone()).with("line", line.to_string())
            }
            Self::Option(name) => Phrase::new("{name}", "{name}").with("name", *name),
        };
        phrase.message(lang)
    }
}

/// A value, and where it was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// the value
    pub value: T,
    /// who said so
    pub by: Origin,
}

impl<T> Said<T> {
    /// What somebody said.
    pub fn new(value: T, by: Origin) -> Self {
        Self { value, by }
    }

    /// What holds as long as nobody says otherwise.
    pub fn default(value: T) -> Self {
        Self { value, by: Origin::Default }
    }
}
