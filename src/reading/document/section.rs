//! What stands below a heading?

use super::{CodeBlock, Document, Heading, Link, Prose, ProseKind};

/// The part of a document below a heading, with the parts below it.
#[derive(Clone, Copy, Debug)]
pub struct Section<'d> {
    /// the heading; `None` for the introduction
    pub heading: Option<&'d Heading>,
    /// paragraphs, list items, cells
    pub prose: &'d [Prose],
    /// blocks of code
    pub code_blocks: &'d [CodeBlock],
    /// links
    pub links: &'d [Link],
    /// the first line
    pub line: u32,
    /// the line after the last
    pub end_line: u32,
}

impl Section<'_> {
    /// How many words of prose it has, as [`Document::words`] counts.
    pub fn words(&self) -> usize {
        self.prose.iter().filter(|prose| prose.kind != ProseKind::Field).map(Prose::words).sum()
    }

    /// How many items its lists have.
    pub fn list_items(&self) -> usize {
        self.prose.iter().filter(|prose| prose.kind == ProseKind::ListItem).count()
    }

    /// Whether it says something: words other than a note that somebody has yet to write it, code, or a link.
    pub fn says_something(&self) -> bool {
        !self.code_blocks.is_empty()
            || self.links.iter().any(|link| !link.image)
            || self.prose.iter().any(|prose| prose.text.chars().any(char::is_alphanumeric) && !is_to_do(&prose.text))
    }
}

/// `TODO`, `TBD`, `coming soon`, `folgt`: a promise, no words.
fn is_to_do(text: &str) -> bool {
    let words: Vec<String> = super::tokens(text).map(|(_, word)| word).take(7).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    matches!(
        words.as_slice(),
        ["todo" | "tbd" | "tba" | "fixme" | "wip", ..]
            | ["coming", "soon"]
            | ["to", "be", "done" | "written" | "added" | "defined" | "announced", ..]
            | ["work", "in", "progress"]
            | ["in", "arbeit" | "bearbeitung" | "vorbereitung"]
            | ["under", "construction"]
            | ["folgt" | "ausstehend"]
            | ["folgt", "noch" | "in" | "bald" | "demnächst", ..]
            | ["wird", "noch", "ergänzt"]
            | ["kommt", "noch" | "bald"]
            | ["noch", "zu" | "nicht", "ergänzen" | "vorhanden", ..]
            | ["n", "a"]
            | ["none"]
            | ["lorem", "ipsum", ..]
    )
}

/// All sections, in the order of their headings.
pub(super) fn sections(document: &Document) -> impl Iterator<Item = Section<'_>> {
    let ends = ends(&document.headings);
    document
        .headings
        .iter()
        .zip(ends)
        .map(|(heading, end)| section(document, Some(heading), heading.line, end.unwrap_or(u32::MAX)))
}

/// What stands before the second heading, or before the first where that is no title.
pub(super) fn introduction(document: &Document) -> Section<'_> {
    let mut headings = document.headings.iter();
    let first = headings.next();
    let begins_with_title = first.is_some_and(|first| {
        document.prose.iter().all(|prose| prose.line >= first.line || prose.kind == ProseKind::Field)
    });
    let end = if begins_with_title { headings.next() } else { first };
    section(document, None, 1, end.map_or(u32::MAX, |heading| heading.line))
}

/// For each heading the line of the next one that is not below it.
fn ends(headings: &[Heading]) -> Vec<Option<u32>> {
    let mut ends = vec![None; headings.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        while let Some(last) =
            open.last().copied().filter(|last| headings.get(*last).is_some_and(|above| above.level >= heading.level))
        {
            if let Some(end) = ends.get_mut(last) {
                *end = Some(heading.line);
            }
            open.pop();
        }
        open.push(at);
    }
    ends
}

fn section<'d>(document: &'d Document, heading: Option<&'d Heading>, line: u32, end_line: u32) -> Section<'d> {
    Section {
        heading,
        prose: part(&document.prose, line, end_line, |prose| prose.line),
        code_blocks: part(&document.code_blocks, line, end_line, |code| code.line),
        // A link in the heading itself says nothing about it.
        links: part(&document.links, line + u32::from(heading.is_some()), end_line, |link| link.line),
        line,
        end_line,
    }
}

/// Those of the items, which are in the order of their lines, that stand from `line` up to before `end_line`.
fn part<T>(items: &[T], line: u32, end_line: u32, of: impl Fn(&T) -> u32) -> &[T] {
    let start = items.partition_point(|item| of(item) < line);
    let end = items.partition_point(|item| of(item) < end_line);
    items.get(start..end).unwrap_or_default()
}
