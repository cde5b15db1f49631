//! What does a JSON, TOML or YAML document say, and where?
//!
//! One tree for all three, with the position of every value; reading never fails because a value is of another type
//! than its schema wants. Depth is bounded by [`DEPTH`] before or while parsing, so that no tree is too deep to walk.

mod json;
mod toml;
mod yaml;

pub use json::json;
pub use toml::toml;
pub use yaml::{yaml, yaml_or_place};

use super::position::Lines;
use crate::phrase::Phrase;
use crate::place::Span;
use std::ops::Range;

/// The deepest nesting that is read.
pub const DEPTH: usize = 64;

/// A text from a document, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
pub struct Located {
    /// the text as it is meant, without quotes and escapes; foreign: for comparing, never for printing
    pub value: String,
    /// the token in the file, quotes included
    pub span: Span,
}

/// A document: the tree, and the lines for its positions.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    text: &'t str,
    lines: Lines,
    /// the outermost value
    pub root: Node,
}

impl<'t> Document<'t> {
    fn new(text: &'t str, root: Node) -> Self {
        Self { text, lines: Lines::new(text), root }
    }

    /// Where a node stands.
    pub fn span(&self, node: &Node) -> Span {
        self.lines.span(self.text, &node.at)
    }

    /// Where the key of an entry stands.
    pub fn key_span(&self, entry: &Entry) -> Span {
        self.lines.span(self.text, &entry.key_at)
    }

    /// A node as it is written in the file, quotes included.
    pub fn written(&self, node: &Node) -> &'t str {
        self.text.get(node.at.clone()).unwrap_or_default()
    }

    /// The text of a node with its place; `None` for lists, maps, null, and empty text.
    pub fn located(&self, node: &Node) -> Option<Located> {
        let value = node.scalar()?.trim();
        (!value.is_empty()).then(|| Located { value: value.to_owned(), span: self.span(node) })
    }

    /// The text at a path of keys from the root, with its place.
    pub fn at(&self, path: &[&str]) -> Option<Located> {
        self.located(self.root.walk(path)?)
    }
}

/// A value and the bytes it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// what it says
    pub data: Data,
    /// from its first to after its last byte
    pub at: Range<usize>,
}

/// What a [`Node`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// nothing
    Null,
    /// yes or no
    Bool(bool),
    /// a number or date, as it is written
    Number(String),
    /// a text
    Text(String),
    /// values in their order
    List(Vec<Node>),
    /// keys and values in the order of the document (TOML: of the keys)
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// the key
    pub key: String,
    /// from its first to after its last byte
    pub key_at: Range<usize>,
    /// the value
    pub value: Node,
}

impl Node {
    /// The value of a key; of equal keys the last, as JSON parsers have it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its value.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().rev().find(|entry| entry.key == key)
    }

    /// The value at a path of keys.
    pub fn walk(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a text, number or date.
    pub fn scalar(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) | Data::Number(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it says yes.
    pub fn is_true(&self) -> bool {
        self.data == Data::Bool(true)
    }

    /// The values of a list; none where it is no list.
    pub fn list(&self) -> &[Self] {
        match &self.data {
            Data::List(list) => list,
            _ => &[],
        }
    }

    /// The values of a list, or the one value that stands instead of a list; null is none.
    pub fn list_or_one(&self) -> &[Self] {
        match &self.data {
            Data::List(list) => list,
            Data::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The entries of a map; none where it is no map.
    pub fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }
}

fn too_deep() -> Phrase {
    Phrase::new("it is nested deeper than {depth} levels", "es ist tiefer als {depth} Ebenen verschachtelt")
        .with("depth", DEPTH.to_string())
}

/// Why a document cannot be read.
#[derive(Clone, Debug)]
pub struct Stopped {
    /// the reason
    pub why: Phrase,
    /// where, as far as that is known
    pub span: Option<Span>,
    /// whether many other parsers read it all the same
    pub disputed: bool,
}

/// The words of a parser, at a place.
fn broken(what: &'static str, lines: &Lines, text: &str, offset: usize, why: &str) -> Phrase {
    let (line, column) = lines.place(text, offset);
    Phrase::new(
        "it is no valid {what} (line {line}, column {column}: {why})",
        "es ist kein gültiges {what} (Zeile {line}, Spalte {column}: {why})",
    )
    .with("what", what)
    .with("line", line.to_string())
    .with("column", column.to_string())
    .with("why", why)
}
