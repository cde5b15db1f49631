//! Which environment variables does a program read, and what becomes of it where they are not set?

mod absence;
mod reads;
mod table;

pub use table::{is_for_tools, is_known};

use super::code::Code;
use super::{dialect, finder};
use crate::repository::RepoPath;
use reads::Reader;
use table::TABLE;

/// What becomes of a program that reads a variable nobody has set.
#[derive(Clone, Copy, Debug, serde::Deserialize, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Absence {
    /// nothing bad: it has a default, asks whether the variable is set, or sets it
    Handled,
    /// it fails, or goes on with nothing where something is needed
    Needed,
    /// what is done with the value shows elsewhere, if at all
    Unclear,
}

/// A place where a program reads an environment variable.
#[derive(Clone, Debug, serde::Deserialize, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Variable {
    /// line, from 1
    pub line: u32,
    /// first column, from 1, in characters
    pub column: u32,
    /// the column after the last character
    pub end_column: u32,
    /// its name
    pub name: String,
    /// what becomes of the program without it
    pub absence: Absence,
}

/// What a file reads, in the order of its lines.
pub fn variables(path: &RepoPath, text: &str) -> Vec<Variable> {
    let mut found: Vec<Variable> = if is_spring(path) {
        reads::placeholders(text)
    } else {
        let Some(spoken) = finder::spoken(path) else { return Vec::new() };
        if !TABLE.is_worth_it(text, spoken.language()) {
            return Vec::new();
        }
        finder::programs(path, text).iter().flat_map(|(language, text)| program(language, text, 0)).collect()
    };
    found.sort();
    found.dedup();
    found
}

/// Whether a file configures a Spring application: `application-prod.yml`.
pub fn is_spring(path: &RepoPath) -> bool {
    let name = path.name_lower();
    (name.starts_with("application") || name.starts_with("bootstrap"))
        && matches!(path.extension().as_str(), "yml" | "yaml" | "properties")
}

/// What a program in one language reads; `depth` says within how many texts that are filled in it stands.
fn program(language: &str, text: &str, depth: usize) -> Vec<Variable> {
    let Some((dialect, row)) = dialect::of(language) else { return Vec::new() };
    let code = Code::new(text, dialect, row);
    Reader::new(&code, depth).variables()
}

#[cfg(test)]
mod tests;
