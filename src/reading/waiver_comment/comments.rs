//! Where in a file are comments that hold the needle?
//!
//! Programs are told from their texts by the lexer, documents by their own readers; for the rest a table says what
//! starts a comment. What nobody knows is no comment.

use super::format;
use super::words::NEEDLE;
use crate::reading::document::{Document, Format};
use crate::reading::{language, source};
use crate::repository::{Class, File};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

/// More of a line than this is not looked at, before the needle and behind it.
const LINE: usize = 4 << 10;
/// So many needles of a file are looked at.
const NEEDLES: usize = 10_000;

/// The needle in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// the words: from the needle to the end of the line or comment
    pub(super) at: Range<usize>,
    /// what stands before it in the comment, on the same line
    pub(super) before: Range<usize>,
    /// where the comment ends
    pub(super) end: usize,
    /// whether nothing but the comment stands on its lines
    pub(super) alone: bool,
}

/// All needles in comments, in their order.
pub(super) fn find(file: &File, text: &str) -> Vec<Found> {
    let end = file.path.extension();
    let format = format::of(&end);
    if end == "ipynb" {
        return by_line(text, notebook);
    }
    match Format::of(&file.path) {
        Format::Markdown if end == "rmd" || end == "qmd" => {
            let mut found = within(text, &markdown(text));
            found.extend(by_line_in(text, &chunks(text), &["#"]));
            found.sort_by_key(|found| found.at.start);
            return found;
        }
        Format::Markdown => return within(text, &markdown(text)),
        format @ (Format::Rst | Format::AsciiDoc) => {
            let mark = if format == Format::Rst { ".." } else { "//" };
            let code = code(&Document::read(&file.path, format, text), text);
            let found = by_line(text, |line| line.trim_start().starts_with(mark).then(|| indent(line)));
            return found.into_iter().filter(|found| !code.iter().any(|code| code.contains(&found.at.start))).collect();
        }
        _ => {}
    }
    if format.is_some_and(|row| row.markup) {
        return within(text, &markup(text, 0));
    }
    let language = language::of(&file.path).or_else(|| language::named("javascript").filter(|_| is_json(&end)));
    if let Some(language) = language {
        let mut found = within(text, &source::comments(language, text));
        if let Some(more) = format {
            found.extend(by_marks(text, &more.marks.iter().map(String::as_str).collect::<Vec<_>>()));
            found.sort_by_key(|found| found.at.start);
        }
        return found;
    }
    match format {
        Some(row) => by_marks(text, &row.marks.iter().map(String::as_str).collect::<Vec<_>>()),
        None if file.class == Class::Documentation => Vec::new(),
        None => by_marks(text, &format::ANY),
    }
}

fn is_json(end: &str) -> bool {
    matches!(end, "json" | "jsonc" | "json5" | "code-workspace")
}

/// The needles of a text.
fn needles(text: &str) -> impl Iterator<Item = usize> {
    memchr::memmem::find_iter(text.as_bytes(), NEEDLE).take(NEEDLES)
}

/// The line around an offset, as far as it is looked at: where it starts (`None` where that is too far off), and where
/// it ends.
fn line(text: &str, at: usize) -> (Option<usize>, usize) {
    let bytes = text.as_bytes();
    let near = bytes.get(at.saturating_sub(LINE)..at).unwrap_or_default();
    let start = match memchr::memrchr(b'\n', near) {
        Some(end) => Some(at - near.len() + end + 1),
        None => (near.len() == at).then_some(0),
    };
    let rest = bytes.get(at..bytes.len().min(at + LINE)).unwrap_or_default();
    let mut end = at + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (start, end)
}

/// The needles within these comments, which are in order and do not overlap.
fn within(text: &str, comments: &[Range<usize>]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in needles(text) {
        if found.last().is_some_and(|last| at < last.at.end) {
            continue;
        }
        let number = comments.partition_point(|comment| comment.end <= at);
        let Some(comment) = comments.get(number).filter(|comment| comment.contains(&at)) else { continue };
        let (Some(start), end) = line(text, at) else { continue };
        let (_, last) = line(text, comment.end.saturating_sub(1));
        let around = (text.get(start..comment.start.max(start)), text.get(comment.end..last.max(comment.end)));
        let around = (around.0.map(str::trim), around.1.map(str::trim));
        // The braces are those of JSX.
        let alone = matches!(around, (Some(""), Some("")) | (Some("{"), Some("}")));
        let before = start.max(comment.start)..at;
        found.push(Found { at: at..end.min(comment.end), before, end: comment.end, alone });
    }
    found
}

/// The needles in lines of which `starts` says where their comment starts.
fn by_line(text: &str, starts: impl Fn(&str) -> Option<usize>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in needles(text) {
        if found.last().is_some_and(|last| at < last.at.end) {
            continue;
        }
        let (Some(start), end) = line(text, at) else { continue };
        let Some(before) = text.get(start..at).and_then(&starts) else { continue };
        let alone = text.get(start..start + before).is_some_and(|before| before.trim().is_empty());
        found.push(Found { at: at..end, before: start + before..at, end, alone });
    }
    found
}

fn by_marks(text: &str, marks: &[&str]) -> Vec<Found> {
    by_line(text, |line| format::mark(line, marks))
}

/// The needles in lines of these parts of the text.
fn by_line_in(text: &str, parts: &[Range<usize>], marks: &[&str]) -> Vec<Found> {
    let inside = |found: &Found| parts.iter().any(|part| part.contains(&found.at.start));
    by_marks(text, marks).into_iter().filter(inside).collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A line of a notebook is a text of JSON that holds a line of code.
fn notebook(before: &str) -> Option<usize> {
    let code = before.trim_start().strip_prefix('"')?;
    let start = before.len() - code.len();
    format::mark(&code.replace("\\\"", "\" "), &["#"]).map(|at| start + at).filter(|at| before.is_char_boundary(*at))
}

/// `<!-- … -->` from an offset of the text on.
fn markup(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| memchr::memmem::find(rest.as_bytes(), b"<!--")) {
        let start = at + open;
        let rest = text.get(start + 4..).unwrap_or_default();
        let end = memchr::memmem::find(rest.as_bytes(), b"-->").map_or(text.len(), |end| start + 4 + end + 3);
        found.push(base + start..base + end);
        at = end;
    }
    found
}

/// The comments of Markdown: those of its HTML, and so none in code.
fn markdown(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_GFM).into_offset_iter() {
        if matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) && range.start >= done {
            done = range.end;
            found.extend(markup(text.get(range.clone()).unwrap_or_default(), range.start));
        }
    }
    found
}

/// The parts of R Markdown and Quarto that are programs.
fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut at, mut open) = (0, None);
    for line in text.split_inclusive('\n') {
        let fence = line.trim_start();
        match open {
            None if fence.starts_with("```{") => open = Some(at + line.len()),
            Some(start) if fence.starts_with("```") => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    found
}

/// The parts of a document that are code.
fn code(document: &Document, text: &str) -> Vec<Range<usize>> {
    let lines = crate::reading::position::Lines::new(text);
    let blocks = document.code_blocks.iter().filter(|block| block.text.contains(NEEDLE));
    let range = |block: &crate::reading::document::CodeBlock| {
        let last = block.line.saturating_add(u32::try_from(block.text.lines().count()).unwrap_or(u32::MAX));
        let start = lines.line(text, block.line)?.start;
        Some(start..lines.line(text, last).map_or(text.len(), |line| line.start))
    };
    blocks.filter_map(range).collect()
}
