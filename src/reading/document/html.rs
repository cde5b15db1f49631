//! What does HTML say? Whole pages, and the tags people put into Markdown.
//!
//! No tree is built: the tags are met in order, and what is never closed ends with the document.

use super::ProseKind;
use super::builder::Builder;
use std::borrow::Cow;

/// The tags that are open, as far as they change what text means.
#[derive(Default)]
pub(super) struct State {
    /// inside `<script>` or `<style>`: nobody reads it
    hidden: Option<&'static str>,
    /// inside `<pre>`
    preformatted: bool,
    /// inside `<code>`, `<kbd>` or `<samp>`
    code: bool,
    /// open list items and table cells
    kinds: u32,
}

/// Reads HTML that starts at `base` of the source.
pub(super) fn read(builder: &mut Builder, html: &str, base: usize) {
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(hidden) = builder.html.hidden {
            // Only the end of the script ends it.
            let Some(end) = find_close(rest, hidden) else { return };
            builder.html.hidden = None;
            at += end;
            continue;
        }
        let Some(open) = memchr::memchr(b'<', rest.as_bytes()) else {
            text(builder, rest, base + at);
            return;
        };
        if open > 0 {
            text(builder, rest.get(..open).unwrap_or_default(), base + at);
            at += open;
            continue;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = memchr::memmem::find(comment.as_bytes(), b"-->") else { return };
            at += 4 + end + 3;
            continue;
        }
        match tag(rest) {
            Tag::Met { name, closing, attributes, len } => {
                meet(builder, &name, closing, attributes, base + at);
                at += len;
            }
            Tag::Text => {
                text(builder, "<", base + at);
                at += 1;
            }
            Tag::Unclosed => {
                text(builder, rest, base + at);
                return;
            }
        }
    }
}

/// Where `</name` starts, in any case.
fn find_close(text: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"</").find(|at| {
        text.as_bytes()
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

enum Tag<'t> {
    Met {
        name: String,
        closing: bool,
        attributes: &'t str,
        len: usize,
    },
    /// a `<` that starts no tag
    Text,
    /// a tag that never ends; looking again from the next `<` would be quadratic
    Unclosed,
}

fn tag(text: &str) -> Tag<'_> {
    let bytes = text.as_bytes();
    let closing = bytes.get(1) == Some(&b'/');
    let start = if closing { 2 } else { 1 };
    let first = bytes.get(start).copied().unwrap_or_default();
    if !first.is_ascii_alphabetic() && !matches!(first, b'!' | b'?') {
        return Tag::Text;
    }
    let name_len = bytes
        .iter()
        .skip(start)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'!' | b'?'))
        .count();
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(start + name_len) {
        match (quote, byte) {
            (None, b'>') => {
                let name = text.get(start..start + name_len).unwrap_or_default().to_ascii_lowercase();
                let attributes = text.get(start + name_len..at).unwrap_or_default();
                return Tag::Met { name, closing, attributes, len: at + 1 };
            }
            // A quote only opens after an equals sign; an apostrophe elsewhere is just that.
            (None, b'"' | b'\'') if bytes.get(..at).is_some_and(|before| before.trim_ascii_end().ends_with(b"=")) => {
                quote = Some(*byte);
            }
            (Some(open), _) if open == *byte => quote = None,
            _ => {}
        }
    }
    Tag::Unclosed
}

/// The value of an attribute, with its character references resolved; `None` where it is not there.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut rest = attributes.trim_start_matches([' ', '\t', '\r', '\n', '/']);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_ascii_whitespace() || c == '/').unwrap_or(rest.len());
        let key = rest.get(..end)?;
        let after = rest.get(end..)?.trim_start();
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(after) => {
                let after = after.trim_start();
                match after.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        let inner = after.get(1..)?;
                        let end = inner.find(quote).unwrap_or(inner.len());
                        (inner.get(..end)?, inner.get(end + 1..).unwrap_or_default())
                    }
                    _ => {
                        let end = after.find(|c: char| c.is_ascii_whitespace()).unwrap_or(after.len());
                        (after.get(..end)?, after.get(end..)?)
                    }
                }
            }
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(unescape(value));
        }
        let next = after.trim_start_matches([' ', '\t', '\r', '\n', '/']);
        // A stray `=` would be met again and again.
        rest = if next.len() < rest.len() { next } else { next.get(1..).unwrap_or_default() };
    }
    None
}

fn meet(builder: &mut Builder, name: &str, closing: bool, attributes: &str, offset: usize) {
    if !closing && let Some(id) = attribute(attributes, "id").or_else(|| attribute(attributes, "name")) {
        builder.anchor(&id);
    }
    match (name, closing) {
        ("script", false) => builder.html.hidden = Some("script"),
        ("style", false) => builder.html.hidden = Some("style"),
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
            let level = name.as_bytes().get(1).map_or(1, |digit| digit.wrapping_sub(b'0'));
            let id = attribute(attributes, "id").unwrap_or_default();
            builder.start_heading(level, offset, &id);
        }
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", true) => builder.end_heading(),
        ("a", false) => {
            if let Some(url) = attribute(attributes, "href") {
                builder.start_link(&url, offset);
            }
        }
        ("a", true) => builder.end_link(),
        ("img", false) => {
            let url = attribute(attributes, "src").unwrap_or_default();
            let title = attribute(attributes, "title").unwrap_or_default();
            builder.image(&url, attribute(attributes, "alt").as_deref(), &title, offset);
        }
        ("pre", false) => {
            builder.html.preformatted = true;
            builder.start_code("", offset);
        }
        ("pre", true) => {
            builder.html.preformatted = false;
            builder.end_code();
        }
        ("code" | "kbd" | "samp" | "tt", _) => builder.html.code = !closing,
        ("br", _) => builder.soft_break(),
        ("li" | "td" | "th" | "dd", false) => {
            builder.html.kinds = builder.html.kinds.saturating_add(1);
            let kind = if matches!(name, "td" | "th") { ProseKind::TableCell } else { ProseKind::ListItem };
            builder.enter(kind);
        }
        ("li" | "td" | "th" | "dd", true) if builder.html.kinds > 0 => {
            builder.html.kinds -= 1;
            builder.leave();
        }
        _ if BLOCKS.contains(&name) => {
            builder.end_block();
        }
        _ => {}
    }
}

/// Tags that end the paragraph before them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "head",
    "header",
    "hr",
    "html",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "summary",
    "table",
    "tbody",
    "thead",
    "title",
    "tr",
    "ul",
];

fn text(builder: &mut Builder, text: &str, offset: usize) {
    if builder.html.preformatted && builder.in_code() {
        builder.text(&unescape(text), offset);
        return;
    }
    let is_code = builder.html.code;
    builder.flow(&unescape(text), offset, is_code);
}

/// Resolves the character references that people use.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        // Names are short: an ampersand without a semicolon nearby is an ampersand.
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let known = end.and_then(|end| rest.get(1..end)).and_then(character);
        match (known, end) {
            (Some(letter), Some(end)) => {
                out.push(letter);
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "copy" => '©',
        _ => return None,
    })
}
