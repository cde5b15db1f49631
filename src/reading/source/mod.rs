//! Where does a program read data from? Addresses, data sets and models that code and configuration use.
//!
//! One file at a time, and no more of it than the prefilter finds worth reading: texts are told from comments by a
//! lexer driven by tables, constants are followed within the file, and every address is judged by what stands around
//! it. What only another file can tell (whether a setting is read, whether a host is the project's own) is left to
//! the room, which sees all files.

mod code;
mod configuration;
mod context;
mod counted;
mod dialect;
pub mod environment;
mod evidence;
mod finder;
mod functions;
mod local;
mod markup;
mod model;
mod names;
pub(super) mod notebook;
mod prefilter;
mod script;
pub mod serving;
mod settings;
mod shell;
mod sites;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod value;
mod walk;

pub use counted::counted;
pub use finder::{Needs, imported_as, needs, uses};

use super::address::Address;
use super::hosts::SourceKind;
use super::language::Language;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Where the comments of a program stand, with their marks, in their order; for those who have to tell them from texts.
pub fn comments(language: &Language, text: &str) -> Vec<Range<usize>> {
    match dialect::of(&language.name) {
        Some((dialect, language)) => token::comments(text, dialect, language),
        None => token::comments(text, &dialect::Dialect::plain(language), language),
    }
}

/// What is used.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Is {
    /// a data source
    Source(SourceKind),
    /// a trained model, or a service that is one
    Model,
    /// a file that is read by its path, or a host of a private network
    Path,
}

/// What speaks for a use, the strongest first.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Evidence {
    /// a call that reads data is given it
    Call,
    /// it reaches such a call by names within the file
    Flow,
    /// its host is known to publish data
    Portal,
    /// its address looks like data or a data service
    Address,
    /// it is kept under a name; whether anybody reads it, other files tell
    Kept,
}

impl Evidence {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Flow => "flow",
            Self::Portal => "portal",
            Self::Address => "address",
            Self::Kept => "setting",
        }
    }
}

/// What another file has to say before a use counts.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Awaits {
    /// nothing
    #[default]
    Nothing,
    /// this name occurs there: it is a constant that its own file does not use
    Mention(String),
    /// a call that reads data needs this name
    Need(String),
    /// a call that reads data needs this name, and a program imports the file in which it is kept
    Imported(String),
}

/// Whether a call that takes something from a hub says which state of it.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Pin {
    /// it takes nothing from a hub, or nobody can tell
    #[default]
    NotAsked,
    /// it names a revision or a checksum
    Named,
    /// it takes whatever is newest
    Left,
}

/// A place where something outside of the repository is used.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Use {
    /// line, from 1
    pub line: u32,
    /// first column, from 1, in characters
    pub column: u32,
    /// the column after the last character
    pub end_column: u32,
    /// what is used
    pub is: Is,
    /// what it is called: its host (with owner and repository, bucket or data set where the host is shared), or the model's id
    pub called: String,
    /// the address, as far as it is known
    pub address: Address,
    /// what speaks for it
    pub evidence: Evidence,
    /// what another file has to say first
    pub awaits: Awaits,
    /// whether the call names a revision
    pub pin: Pin,
}
