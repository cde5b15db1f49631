//! Which licensing information does a text hold, and in which lines?
//!
//! REUSE 3.3, "Comment headers", "In-line Snippet comments" and "Ignore block": tags may stand anywhere in a file and
//! in any kind of comment; what a comment ends with is no part of the value. A line is looked at as a whole, and holds
//! one notice or one expression. Linear in the length of the text, whatever it holds.

use super::encoding;
use super::expression::Expression;
use super::line::{self, Tag};
use super::notice::{Notice, Notices};
use super::pieces::{NEEDLES, pieces};
use crate::place::Span;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What a text says of copyright and licences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// the copyright notices, each once, sorted
    pub notices: Vec<Notice>,
    /// the licence expressions, each once, sorted, with the place where each stands first
    pub expressions: Vec<Stated>,
    /// what the specification forbids, in the order of the lines
    pub flaws: Vec<Flaw>,
    /// whether there are more different expressions than are kept, so that not all are known
    pub overfull: bool,
    /// how many bytes were looked at, over all steps: what bounds the work
    pub looked_at: usize,
}

/// An expression and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stated {
    /// what is stated
    pub expression: Expression,
    /// where; `None` where the line is not known
    pub span: Option<Span>,
}

/// What REUSE 3.3 forbids within a file, with its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// a snippet begins and never ends
    OpenSnippet(u32),
    /// a notice within a snippet has the tag of files
    FileTagInSnippet(u32),
}

/// Reads the bytes of a file; of a binary one, nothing.
pub fn header(bytes: &[u8]) -> Header {
    let Some(text) = encoding::text(bytes) else { return Header::default() };
    let mut reader = Reader::default();
    reader.result.looked_at = text.len();
    if NEEDLES.is_match(text.as_ref()) {
        for piece in pieces(&text) {
            reader.piece(piece);
        }
    }
    reader.finish()
}

/// So many different expressions of one file are kept: what lists more is no header but a catalogue, or an attack.
const MOST: usize = 10_000;
/// So many flaws of each kind are told of one file.
const FLAWS: usize = 100;

/// The beginning of an ignore block.
pub(super) const IGNORE_START: &str = "REUSE-IgnoreStart";
const IGNORE_END: &str = "REUSE-IgnoreEnd";

#[derive(Default)]
struct Reader {
    result: Header,
    notices: Notices,
    /// texts of the expressions so far
    known: BTreeSet<String>,
    ignoring: bool,
    /// line ends before the piece
    lines: usize,
    /// the lines in which open snippets begin
    snippets: Vec<u32>,
}

impl Reader {
    fn piece(&mut self, piece: &[u8]) {
        let lines = self.lines;
        self.lines += memchr::memchr_iter(b'\n', piece).count();
        self.result.looked_at += piece.len();
        if !NEEDLES.is_match(piece) {
            return;
        }
        let text = String::from_utf8_lossy(piece);
        let (text, gaps) = self.without_ignored(text);
        let mut line_number = Counter { text: &text, gaps, at: 0, lines };
        let mut done = 0;
        while let Some(found) = text.get(done..).and_then(|rest| NEEDLES.find(rest)) {
            let at = done + found.start();
            let before = text.get(done..at).unwrap_or_default();
            let start = before.rfind(['\n', '\r']).map_or(done, |end| done + end + 1);
            let rest = text.get(at..).unwrap_or_default();
            let end = rest.find(['\n', '\r']).map_or(text.len(), |end| at + end);
            let line = text.get(start..end).unwrap_or_default();
            self.result.looked_at += line.len();
            self.line(line, || line_number.of(start));
            done = end;
        }
    }

    fn line(&mut self, line: &str, number: impl FnOnce() -> usize) {
        let Some(tag) = line::tag(line) else { return };
        let number = u32::try_from(number()).unwrap_or(u32::MAX);
        match tag {
            Tag::Notice { notice, of_file } => {
                if of_file && !self.snippets.is_empty() && self.result.flaws.len() < FLAWS {
                    self.result.flaws.push(Flaw::FileTagInSnippet(number));
                }
                self.notices.add(notice);
            }
            Tag::Licence { value, at } => {
                let expression = Expression::parse(value);
                if self.known.len() >= MOST {
                    self.result.overfull |= !self.known.contains(&expression.text);
                } else if self.known.insert(expression.text.clone()) {
                    let column = |bytes: usize| line.get(..bytes).map_or(0, |text| text.chars().count()) + 1;
                    let column = |bytes| u32::try_from(column(bytes)).unwrap_or(u32::MAX);
                    let span = Some(Span::on_line(number, column(at), column(at + value.len())));
                    self.result.expressions.push(Stated { expression, span });
                }
            }
            Tag::SnippetBegin => self.snippets.push(number),
            Tag::SnippetEnd => {
                self.snippets.pop();
            }
        }
    }

    /// The text without what stands in ignore blocks; and after which of its bytes how many line ends are missing.
    fn without_ignored<'t>(&mut self, text: Cow<'t, str>) -> (Cow<'t, str>, Vec<(usize, usize)>) {
        if !self.ignoring && !text.contains(IGNORE_START) {
            return (text, Vec::new());
        }
        let mut kept = String::new();
        let mut gaps = Vec::new();
        let mut rest: &str = &text;
        loop {
            let mark = if self.ignoring { IGNORE_END } else { IGNORE_START };
            let (part, after) = match rest.find(mark) {
                Some(at) => {
                    let (part, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
                    (part, after.strip_prefix(mark))
                }
                None => (rest, None),
            };
            if self.ignoring {
                gaps.push((kept.len(), memchr::memchr_iter(b'\n', part.as_bytes()).count()));
            } else {
                kept.push_str(part);
            }
            let Some(after) = after else { break };
            self.ignoring = !self.ignoring;
            rest = after;
        }
        (Cow::Owned(kept), gaps)
    }

    fn finish(mut self) -> Header {
        self.result.notices = self.notices.sorted();
        self.result.expressions.sort();
        self.result.flaws.extend(self.snippets.into_iter().take(FLAWS).map(Flaw::OpenSnippet));
        self.result.flaws.sort_by_key(|flaw| match flaw {
            Flaw::OpenSnippet(line) | Flaw::FileTagInSnippet(line) => *line,
        });
        self.result
    }
}

/// Counts lines while it moves on.
struct Counter<'t> {
    text: &'t str,
    /// after so many bytes of the text, so many line ends are missing
    gaps: Vec<(usize, usize)>,
    at: usize,
    lines: usize,
}

impl Counter<'_> {
    /// The number of the line at an offset, which is not before the one asked for last.
    fn of(&mut self, offset: usize) -> usize {
        let passed = self.text.as_bytes().get(self.at..offset).unwrap_or_default();
        self.lines += memchr::memchr_iter(b'\n', passed).count();
        self.at = self.at.max(offset);
        let missing = self.gaps.iter().take_while(|(after, _)| *after <= offset).count();
        self.lines += self.gaps.drain(..missing).map(|(_, lines)| lines).sum::<usize>();
        self.lines + 1
    }
}

#[cfg(test)]
mod tests;
