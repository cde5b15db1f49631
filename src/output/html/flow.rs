//! How does text get into the page, with the little markup it may have?
//!
//! The engine escapes what comes as text. Markup can only be a `&'static str`, so that nothing that was read anywhere is
//! ever taken for it.

use crate::output::encode::{MESSAGE_LIMIT, clip, plain, terminal_text};
use crate::output::text::excerpt;
use crate::phrase::{Message, Piece};
use crate::repository::RepoPath;
use crate::signal::Span;
use crate::untrusted::Untrusted;

/// A piece of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Bit {
    /// markup of ours
    Mark(&'static str),
    /// text, to be escaped
    Text(String),
    /// the beginning of a link to this address, to be escaped
    Link(String),
}

/// Pieces of the page in their order.
pub(crate) type Flow = Vec<Bit>;

/// How many columns of a line are shown.
const COLUMNS: usize = 160;

/// A message: code in backticks is code, and what is foreign stands for itself in whatever direction it is written.
pub(super) fn message(message: &Message) -> Flow {
    let mut flow = Vec::new();
    let mut code = false;
    let mut room = MESSAGE_LIMIT;
    let mut put = |flow: &mut Flow, text: &str| {
        if text.is_empty() || room == 0 {
            return;
        }
        let text = clip(text, room);
        room = room.saturating_sub(text.chars().count());
        flow.push(Bit::Text(text));
    };
    for piece in &message.0 {
        match piece {
            Piece::Own(own) => {
                for (number, part) in plain(own).split('`').enumerate() {
                    if number > 0 {
                        code = !code;
                        flow.push(Bit::Mark(if code { "<code>" } else { "</code>" }));
                    }
                    put(&mut flow, part);
                }
            }
            Piece::Foreign(foreign) => {
                flow.push(Bit::Mark("<bdi>"));
                put(&mut flow, &terminal_text(foreign));
                flow.push(Bit::Mark("</bdi>"));
            }
        }
    }
    if code {
        flow.push(Bit::Mark("</code>"));
    }
    flow
}

/// A sentence of our own.
pub(crate) fn own(text: &str) -> Flow {
    message(&Message::own(text))
}

/// Foreign text, short enough for a line or two.
pub(super) fn foreign(text: &Untrusted) -> Flow {
    message(&Message(vec![Piece::Foreign(text.clone())]))
}

/// A path that may be broken behind its slashes, with the line where there is one.
pub(super) fn path(path: &RepoPath, line: Option<u32>) -> Flow {
    let text = terminal_text(&path.untrusted());
    let mut flow = Vec::new();
    for name in text.split_inclusive('/') {
        if !flow.is_empty() {
            flow.push(Bit::Mark("<wbr>"));
        }
        flow.push(Bit::Text(name.to_owned()));
    }
    if let Some(line) = line {
        flow.push(Bit::Text(format!(":{line}")));
    }
    flow
}

/// The line of a file around a place, which is marked.
pub(super) fn line(text: &Untrusted, span: Span) -> Flow {
    let (shown, marked) = excerpt::window(&text.lossy(), span, COLUMNS);
    let part = |range: std::ops::Range<usize>| Bit::Text(shown.get(range).unwrap_or_default().to_owned());
    let mut flow = vec![part(0..marked.start)];
    if !marked.is_empty() {
        flow.extend([Bit::Mark("<mark>"), part(marked.clone()), Bit::Mark("</mark>")]);
    }
    flow.push(part(marked.end..shown.len()));
    flow.retain(|bit| !matches!(bit, Bit::Text(text) if text.is_empty()));
    flow
}

/// How many bytes of foreign text a part of the page may still take.
pub(super) struct Room(pub(super) usize);

impl Room {
    /// Takes the room for these pieces, and for the markup around them, where there is enough.
    pub(super) fn take<'f>(&mut self, flows: impl IntoIterator<Item = &'f Flow>) -> bool {
        let size: usize = flows.into_iter().map(|flow| size(flow) + AROUND).sum();
        let left = self.0.checked_sub(size);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// Markup around pieces, in bytes.
const AROUND: usize = 60;

/// Roughly how many bytes of the page it takes.
fn size(flow: &[Bit]) -> usize {
    let escaped = |text: &str| text.chars().map(|c| if "<>&\"'".contains(c) { 5 } else { c.len_utf8() }).sum::<usize>();
    flow.iter()
        .map(|bit| match bit {
            Bit::Mark(mark) => mark.len(),
            Bit::Text(text) => escaped(text),
            Bit::Link(address) => escaped(address) + 40,
        })
        .sum()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The pieces as they would be seen, with what is to be escaped in braces.
    pub(in crate::output::html) fn seen(flow: &[Bit]) -> String {
        flow.iter()
            .map(|bit| match bit {
                Bit::Mark(mark) => (*mark).to_owned(),
                Bit::Text(text) => format!("{{{text}}}"),
                Bit::Link(address) => format!("<a {address}>"),
            })
            .collect()
    }

    #[test]
    fn messages() {
        let own = |text: &str| Piece::Own(text.to_owned());
        let foreign = |text: &str| Piece::Foreign(Untrusted::from(text));
        for (pieces, flow) in [
            (vec![own("all is well")], "{all is well}"),
            (vec![own("run `npm ci` first")], "{run }<code>{npm ci}</code>{ first}"),
            (vec![own("`"), foreign("a`<b>"), own("` is off")], "<code><bdi>{a`<b>}</bdi></code>{ is off}"),
            (vec![foreign("</code>\u{202e}\n"), own(" is off")], "<bdi>{</code>\\u{202e}\\n}</bdi>{ is off}"),
            (vec![own("an `open end")], "{an }<code>{open end}</code>"),
        ] {
            assert_eq!(seen(&message(&Message(pieces))), flow);
        }
        let long = Message(vec![foreign(&"x".repeat(280)); 9]);
        let shown: usize = message(&long)
            .iter()
            .map(|bit| match bit {
                Bit::Text(text) => text.chars().count(),
                _ => 0,
            })
            .sum();
        assert_eq!(shown, MESSAGE_LIMIT);
    }

    #[test]
    fn paths_break_behind_slashes() {
        assert_eq!(seen(&path(&"src/a b/<i>.py".into(), Some(7))), "{src/}<wbr>{a b/}<wbr>{<i>.py}{:7}");
        assert_eq!(seen(&path(&"README.md".into(), None)), "{README.md}");
    }

    #[test]
    fn lines_are_marked() {
        for (text, columns, flow) in [
            ("url = \"x\"", (8, 9), "{url = \"}<mark>{x}</mark>{\"}"),
            ("<script>", (1, 9), "<mark>{<script>}</mark>"),
            ("beyond", (90, 99), "{beyond}"),
            ("", (1, 1), ""),
        ] {
            assert_eq!(seen(&line(&text.into(), Span::on_line(1, columns.0, columns.1))), flow);
        }
    }
}
