//! How does the Markdown of a page look in a terminal?
//!
//! Paragraphs and lists are wrapped, code stays as it is, links keep their targets. What else Markdown may hold is shown
//! as text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Lists and quotations nested deeper are not indented further.
const DEEPEST: usize = 8;

/// The text, indented by so many columns and wrapped at `width`.
pub(super) fn to_text(markdown: &str, indent: usize, width: usize) -> String {
    let mut writer = Writer { out: String::new(), width, prefixes: vec![Prefix::blank(indent)], ..Writer::default() };
    for event in Parser::new_ext(markdown, Options::empty()) {
        writer.event(event);
    }
    writer.flush();
    writer.out
}

/// Words in lines of at most `width` columns; the first begins with `first`, the others with `rest`. Words longer than a
/// line stay whole.
pub(super) fn wrap(text: &str, first: &str, rest: &str, width: usize) -> String {
    let mut out = String::new();
    for (at, paragraph) in text.split('\n').enumerate() {
        let mut line = if at == 0 { first.to_owned() } else { rest.to_owned() };
        let mut empty = true;
        for word in paragraph.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > width {
                out += line.trim_end();
                out.push('\n');
                line = rest.to_owned();
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line += word;
            empty = false;
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

/// What stands before the lines of a list item or quotation.
struct Prefix {
    first: String,
    rest: String,
    used: bool,
}

impl Prefix {
    fn blank(width: usize) -> Self {
        Self { first: " ".repeat(width), rest: " ".repeat(width), used: false }
    }
}

#[derive(Default)]
struct Writer {
    out: String,
    width: usize,
    prefixes: Vec<Prefix>,
    /// the number of the next item of each open list; `None` in lists without numbers
    lists: Vec<Option<u64>>,
    /// the paragraph so far
    text: String,
    /// the targets of the open links, and where their text begins
    links: Vec<(String, usize)>,
    code: bool,
    /// whether something was written to which a blank line must be kept
    spaced: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text += &text,
            Event::Code(code) => self.text += &format!("`{code}`"),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule => self.spaced = true,
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } => self.flush(),
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::List(number) => {
                self.flush();
                // A list inside of an item follows without a blank line.
                self.spaced &= self.lists.is_empty();
                self.lists.push(number);
            }
            Tag::Item => {
                self.flush();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}. ", number.saturating_sub(1))
                    }
                    _ => "- ".to_owned(),
                };
                let rest = " ".repeat(mark.len());
                self.prefixes.push(Prefix { first: mark, rest, used: false });
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.prefixes.push(Prefix { first: "> ".to_owned(), rest: "> ".to_owned(), used: false });
            }
            Tag::Link { dest_url, .. } => self.links.push((dest_url.into_string(), self.text.len())),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                self.flush();
                self.spaced = true;
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.code = false;
                self.spaced = true;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.spaced = true;
            }
            TagEnd::Item => {
                self.flush();
                self.prefixes.pop();
                self.spaced = false;
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.prefixes.pop();
                self.spaced = true;
            }
            TagEnd::Link => {
                if let Some((target, start)) = self.links.pop()
                    && self.text.get(start..).is_some_and(|text| text != target && format!("mailto:{text}") != target)
                {
                    self.text += &format!(" ({target})");
                }
            }
            _ => {}
        }
    }

    /// Writes the paragraph, list item or code that was gathered.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        if self.spaced && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.spaced = false;
        let (first, rest) = self.prefix();
        if self.code {
            for line in text.trim_end_matches('\n').split('\n') {
                self.out += format!("{rest}    {line}").trim_end();
                self.out.push('\n');
            }
        } else {
            self.out += &wrap(&text, &first, &rest, self.width);
        }
    }

    /// What stands before the first line and before the others.
    fn prefix(&mut self) -> (String, String) {
        let mut first = String::new();
        let mut rest = String::new();
        for prefix in self.prefixes.iter_mut().take(DEEPEST) {
            first += if prefix.used { &prefix.rest } else { &prefix.first };
            rest += &prefix.rest;
            prefix.used = true;
        }
        (first, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_in_a_terminal() {
        for (markdown, wanted) in [
            ("One *two*\nthree `four`.", "  One two three\n  `four`.\n"),
            ("a\n\nb", "  a\n\n  b\n"),
            ("- one\n- two three fours\n  - five\n\nend", "  - one\n  - two three\n    fours\n    - five\n\n  end\n"),
            ("1. one\n2. two", "  1. one\n  2. two\n"),
            ("```sh\ncargo  run --release\n```\nend", "      cargo  run --release\n\n  end\n"),
            ("> said by\n> somebody", "  > said by\n  > somebody\n"),
            ("[a](https://b.example)", "  a\n  (https://b.example)\n"),
            ("<https://b.example>", "  https://b.example\n"),
            ("<ada@b.example>", "  ada@b.example\n"),
            ("### Deep\n\ntext", "  Deep\n\n  text\n"),
            ("", ""),
        ] {
            assert_eq!(to_text(markdown, 2, 18), wanted, "{markdown}");
        }
    }

    #[test]
    fn lines_keep_to_the_width() {
        assert_eq!(wrap("aaa bbb ccc", "> ", "  ", 9), "> aaa bbb\n  ccc\n");
        assert_eq!(wrap("ä ö ü", "", "", 3), "ä ö\nü\n");
        assert_eq!(wrap("unbreakable", "", "", 3), "unbreakable\n");
        assert_eq!(wrap("", "a", "b", 3), "a\n");
    }
}
