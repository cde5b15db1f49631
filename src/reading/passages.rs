//! In which columns do words of a document stand?

use super::position::Lines;
use crate::place::Span;
use crate::repository::{RepoPath, Repository};

/// What lies further on in a line is not looked for: a file of one endless line holds thousands of links.
const LONGEST_LINE: usize = 16 << 10;

/// The text of a document, for finding the columns of words whose line is known.
pub struct Passages {
    text: String,
    lines: Lines,
}

impl Passages {
    /// Reads a document.
    pub fn of(repo: &Repository, path: &RepoPath) -> Self {
        let text = repo.file(path).and_then(|file| repo.text_once(file).ok()).map(|text| text.to_string());
        let text = text.unwrap_or_default();
        Self { lines: Lines::new(&text), text }
    }

    /// A line as a whole, without the white space at its end.
    pub fn line(&self, line: u32) -> Span {
        let Some(range) = self.lines.line(&self.text, line) else { return Span::on_line(line, 1, 1) };
        let said = self.text.get(range.clone()).unwrap_or_default();
        self.lines.span(&self.text, &(range.start..range.start + said.trim_end().len()))
    }

    /// Where in a line the words stand; the whole line where they are written in another way.
    pub fn span(&self, line: u32, words: &str) -> Span {
        let Some(range) = self.lines.line(&self.text, line) else { return Span::on_line(line, 1, 1) };
        let said = self.text.get(range.clone()).unwrap_or_default();
        let head = said.as_bytes().get(..said.len().min(LONGEST_LINE)).unwrap_or_default();
        let Some(at) = memchr::memmem::find(head, words.as_bytes()) else { return self.line(line) };
        self.lines.span(&self.text, &(range.start + at..range.start + at + words.len()))
    }
}
