//! Where in a repository is something?

use crate::repository::RepoPath;

/// Where something was met. Lines and columns count from 1, columns in Unicode characters;
/// a place without a line is the file (or folder), one without a path the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file or folder; `None` for the repository as a whole.
    pub path: Option<RepoPath>,
    /// The line and what follows; `None` for the file as a whole.
    pub span: Option<Span>,
}

/// A part of a file, end column exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
pub struct Span {
    /// first line, from 1
    pub line: u32,
    /// first column, from 1
    pub column: u32,
    /// last line
    pub end_line: u32,
    /// the column after the last character
    pub end_column: u32,
}

impl Span {
    /// A part of one line.
    pub fn on_line(line: u32, column: u32, end_column: u32) -> Self {
        Self { line, column, end_line: line, end_column }
    }
}

impl Place {
    /// A file or folder as a whole.
    pub fn file(path: &RepoPath) -> Self {
        Self { path: Some(path.clone()), span: None }
    }

    /// A part of a file.
    pub fn span(path: &RepoPath, span: Span) -> Self {
        Self { path: Some(path.clone()), span: Some(span) }
    }
}
