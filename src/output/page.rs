//! What of a rule's page fits in a report? Its first sentence, its first step, without markup.

use crate::output::encode::plain;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// More lines of an example than these belong in `civiclint explain`.
const CODE_LINES: usize = 12;

/// A part of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// text to be wrapped
    Text(String),
    /// text to be wrapped, in a list
    Item(String),
    /// lines to be shown as they are
    Code(Vec<String>),
}

/// The first paragraph; with the list or the code behind it where it leads up to one with a colon.
pub(crate) fn first_step(markdown: &str) -> Vec<Block> {
    let mut blocks = blocks(markdown).into_iter().peekable();
    let mut step = Vec::new();
    let Some(first) = blocks.next() else { return step };
    let leads_on = matches!(&first, Block::Text(text) if text.ends_with(':'));
    let mut listing = matches!(first, Block::Item(_));
    step.push(first);
    while let Some(next) = blocks.peek() {
        match next {
            Block::Item(_) if listing || (leads_on && step.len() == 1) => listing = true,
            Block::Code(_) if leads_on && step.len() == 1 => {}
            _ => break,
        }
        step.extend(blocks.next());
    }
    step
}

/// The first sentence of the first paragraph.
pub(crate) fn first_sentence(markdown: &str) -> String {
    match blocks(markdown).into_iter().next() {
        Some(Block::Text(text) | Block::Item(text)) => sentence(&text).to_owned(),
        Some(Block::Code(_)) | None => String::new(),
    }
}

/// Ends behind `.`, `!` or `?` before a space and a capital letter, but not behind an abbreviation or a number
/// ("z. B. Daten", "am 3. Oktober").
fn sentence(text: &str) -> &str {
    let mut ends = text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')).map(|(at, c)| at + c.len_utf8());
    let end = ends.find(|end| {
        let (before, after) = text.split_at_checked(*end).unwrap_or((text, ""));
        let closing = after.trim_start_matches(['”', '“', '"', '’', ')']);
        let Some(next) = closing.strip_prefix(' ').and_then(|rest| rest.chars().next()) else { return false };
        let word = before.rsplit([' ', '(', '.']).find(|word| !word.is_empty()).unwrap_or_default();
        let short = before.ends_with('.')
            && (word.chars().count() == 1
                || word.chars().all(|c| c.is_ascii_digit())
                || ["etc", "bzw", "vgl", "ggf", "usw", "Nr", "Abs", "Art", "St", "cf", "vs", "eg", "ie"]
                    .contains(&word));
        !next.is_lowercase() && !short
    });
    let Some(end) = end else { return text };
    let closing = text.get(end..).map_or(0, |after| after.find(' ').unwrap_or(0));
    text.get(..end + closing).unwrap_or(text)
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let (mut code, mut items) = (false, 0usize);
    let mut targets = Vec::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => {
                code = false;
                let lines = plain(&std::mem::take(&mut text));
                blocks.push(Block::Code(lines.trim_end().lines().take(CODE_LINES).map(str::to_owned).collect()));
            }
            Event::Start(Tag::Item) => {
                flush(&mut text, items, &mut blocks);
                items += 1;
            }
            Event::End(TagEnd::Item) => {
                flush(&mut text, items, &mut blocks);
                items = items.saturating_sub(1);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::BlockQuote(_)) => {
                flush(&mut text, items, &mut blocks);
            }
            Event::Start(Tag::Link { dest_url, .. }) => targets.push((text.len(), dest_url)),
            Event::End(TagEnd::Link) => {
                if let Some((start, target)) = targets.pop()
                    && target.contains("://")
                    && text.get(start..) != Some(&*target)
                {
                    text.push_str(&format!(" ({target})"));
                }
            }
            Event::Text(part) => text.push_str(&part),
            Event::Code(part) => text.push_str(&format!("`{part}`")),
            Event::SoftBreak | Event::HardBreak => text.push(if code { '\n' } else { ' ' }),
            _ => {}
        }
    }
    flush(&mut text, items, &mut blocks);
    blocks
}

fn flush(text: &mut String, items: usize, blocks: &mut Vec<Block>) {
    let done = plain(std::mem::take(text).trim());
    if !done.is_empty() {
        blocks.push(if items > 0 { Block::Item(done) } else { Block::Text(done) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        for (text, first) in [
            ("One. Two.", "One."),
            ("Only one", "Only one"),
            ("Use e.g. MIT. Then go.", "Use e.g. MIT."),
            ("Nimm z. B. MIT. Dann los.", "Nimm z. B. MIT."),
            ("Seit dem 3. Oktober gilt das. Gut.", "Seit dem 3. Oktober gilt das."),
            ("Is it? Yes.", "Is it?"),
            ("Name it “Data.” Then go.", "Name it “Data.”"),
            ("Version 1.2 is out. Use it.", "Version 1.2 is out."),
            ("See README.md for all. Or not.", "See README.md for all."),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), first, "{text}");
        }
    }

    #[test]
    fn steps() {
        let text = |text: &str| Block::Text(text.to_owned());
        let item = |text: &str| Block::Item(text.to_owned());
        for (markdown, step) in [
            ("Do **this**\nnow.\n\nThen that.", vec![text("Do this now.")]),
            (
                "See [the list](https://example.org/a) or [here](b.md).",
                vec![text("See the list (https://example.org/a) or here.")],
            ),
            ("<https://example.org>", vec![text("https://example.org")]),
            (
                "Add it:\n\n```toml\nlicense = \"MIT\"\n```\n\nMore.",
                vec![text("Add it:"), Block::Code(vec!["license = \"MIT\"".to_owned()])],
            ),
            ("Both:\n\n- a `x`\n- b\n\nMore.", vec![text("Both:"), item("a `x`"), item("b")]),
            ("1. a\n2. b\n\nMore.", vec![item("a"), item("b")]),
            ("Add it.\n\n```\nx\n```", vec![text("Add it.")]),
            ("A\u{1b}[2Jb", vec![text("A\\u{1b}[2Jb")]),
            ("", vec![]),
        ] {
            assert_eq!(first_step(markdown), step, "{markdown}");
        }
    }
}
