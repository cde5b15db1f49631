//! What stands at the top level of a page, and where?

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};
use std::ops::Range;

/// What stands at the top level of a page.
pub(super) struct Item<'t> {
    pub(super) what: What<'t>,
    /// all of it
    pub(super) range: Range<usize>,
    /// its text
    pub(super) inner: Range<usize>,
}

pub(super) enum What<'t> {
    Heading(HeadingLevel),
    Paragraph,
    /// a fenced block and the word after its fence
    Fence(&'t str),
    Html,
    Other,
}

/// The top level of a page, from above.
pub(super) fn items(text: &str) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let end = matches!(event, Event::End(_));
        if end {
            depth = depth.saturating_sub(1);
            continue;
        }
        if depth == 0 {
            let what = match &event {
                Event::Start(Tag::Heading { level, .. }) => What::Heading(*level),
                Event::Start(Tag::Paragraph) => What::Paragraph,
                Event::Start(Tag::HtmlBlock) => What::Html,
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                    let line = text.get(first_line(text, &range)).unwrap_or_default();
                    let info = line.trim_start_matches(['`', '~', ' ']);
                    What::Fence(info.split_whitespace().next().unwrap_or_default())
                }
                _ => What::Other,
            };
            items.push(Item { what, inner: range.start..range.start, range });
        } else if let Some(item) = items.last_mut() {
            let start = if item.inner.is_empty() { range.start } else { item.inner.start };
            item.inner = start..range.end.max(item.inner.end);
        }
        if matches!(event, Event::Start(_)) {
            depth += 1;
        }
    }
    items
}

/// The first line of a range, without its end.
pub(super) fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let line = text.get(range.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
    range.start..range.start + line.trim_end().len()
}

/// A range without the blank at its end.
pub(super) fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    range.start..range.start + text.get(range.clone()).unwrap_or_default().trim_end().len()
}

/// Whether a fenced block ends with a fence (and not with the page).
pub(super) fn closed(text: &str, fence: &Range<usize>) -> bool {
    let mut lines = text.get(fence.clone()).unwrap_or_default().lines();
    let first = lines.next().unwrap_or_default().trim_start();
    let mark = first.chars().next().unwrap_or('`');
    let width = first.chars().take_while(|c| *c == mark).count();
    lines.next_back().is_some_and(|last| {
        let last = last.trim();
        last.chars().all(|c| c == mark) && last.len() >= width
    })
}

/// What stands between the fences.
pub(super) fn inside(text: &str, fence: &Range<usize>) -> Range<usize> {
    let block = text.get(fence.clone()).unwrap_or_default();
    let start = block.find('\n').map_or(block.len(), |end| end + 1);
    let end = block.rfind('\n').map_or(start, |end| end + 1).max(start);
    fence.start + start..fence.start + end
}
