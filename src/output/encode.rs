//! How does foreign text reach a reader unharmed? One encoder per medium.
//!
//! What steers a terminal, a log viewer or a CI runner instead of showing itself becomes a visible escape:
//! control characters, line and paragraph separators, characters that turn the direction of writing, characters
//! without width, bytes that are no UTF-8. A GitHub runner obeys `::name::` at the start of a line (after spaces)
//! and `##[name]` anywhere in a line (actions/runner, `ActionCommand.cs`); [`guard`] and [`json_guard`] go over
//! whole outputs, because wrapping and joining may form such a command out of harmless parts.

use crate::phrase::{Message, Piece};
use crate::repository::RepoPath;
use crate::untrusted::Untrusted;
use std::fmt::Write as _;

/// The longest message, in characters.
pub const MESSAGE_LIMIT: usize = 1_000;

/// The longest foreign part of a message, in characters; longer ones lose their middle.
pub const PIECE_LIMIT: usize = 300;

/// How much of the end of a shortened foreign part stays, in characters.
const PIECE_TAIL: usize = 80;

/// A message for a terminal or a log: one line, wrapped by whoever prints it.
pub fn terminal(message: &Message) -> String {
    join(message)
}

/// Foreign text for a terminal or a log: one line.
pub fn terminal_text(text: &Untrusted) -> String {
    piece(text.as_bytes())
}

/// A path for a terminal or a log, in full.
pub fn terminal_path(path: &RepoPath) -> String {
    no_command(&visible(path.as_bytes()))
}

/// A message for a string in JSON; it is harmless even where somebody prints what the JSON decodes to.
pub fn json_text(message: &Message) -> String {
    start_guard(join(message))
}

/// Foreign text for a string in JSON, up to [`MESSAGE_LIMIT`] characters.
pub fn json_value(text: &Untrusted) -> String {
    start_guard(cut(no_command(&visible(text.as_bytes())), MESSAGE_LIMIT, PIECE_TAIL))
}

/// A path for a string in JSON, in full; bytes that are no UTF-8 appear as `\xNN`.
pub fn json_path(path: &RepoPath) -> String {
    start_guard(no_command(&visible(path.as_bytes())))
}

/// A message for SARIF's `message.text`, where `[text](target)` would be a link (SARIF 2.1.0 §3.11.6); nothing that
/// is foreign becomes one.
pub fn sarif_text(message: &Message) -> String {
    json_text(message).replace("](", "]\\x28")
}

/// Text of ours or of a rule page: line breaks stay, whatever steers is escaped.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            '\t' => out.push_str("    "),
            '\r' => {}
            c => push(&mut out, c),
        }
    }
    no_command(&out)
}

/// One line of a file for an excerpt, as [`visible`], except that a tab is as wide as four spaces.
pub fn source(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str("    "),
            c => push(&mut out, c),
        }
    }
    no_command(&out)
}

/// A path as a relative URI reference (RFC 3986): every byte but letters, digits, `-._~` and `/` becomes `%NN`,
/// so that no colon, `?` or `#` is left to change its meaning. `None` where the path does not stay below the root.
pub fn uri(path: &RepoPath) -> Option<String> {
    let stays = |segment: &[u8]| !matches!(segment, b"" | b"." | b"..");
    path.as_bytes().split(|byte| *byte == b'/').all(stays).then(|| percent(path.as_bytes()))
}

/// Bytes as the path of a URI.
pub(crate) fn percent(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(*byte)),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A whole text output, so that no line of it is a command to a CI runner.
pub fn guard(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in no_command(text).split_inclusive('\n') {
        out.push_str(&start_guard(line.to_owned()));
    }
    out
}

/// A whole JSON output: `##[` can only stand in a string, where `#` may be written as an escape.
pub fn json_guard(json: &str) -> String {
    if json.contains("##[") { json.replace("##[", "\\u0023#[") } else { json.to_owned() }
}

/// Foreign bytes with everything visible that steers.
pub fn visible(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            push(&mut out, c);
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out
}

/// Cuts to `limit` characters; where something is left out it ends in `…`.
pub(crate) fn clip(text: &str, limit: usize) -> String {
    cut(text.to_owned(), limit, 0)
}

/// Cuts to `limit` characters, of which the last `tail` are the end of the text.
fn cut(text: String, limit: usize, tail: usize) -> String {
    // Bytes are never fewer than characters, so that nothing is counted for the usual short text.
    if text.len() <= limit {
        return text;
    }
    let count = text.chars().count();
    if count <= limit {
        return text;
    }
    let head: String = text.chars().take(limit - tail - 1).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{head}…{end}")
}

fn piece(bytes: &[u8]) -> String {
    // Longer than this in bytes is longer than the limit in characters too; the middle need not be encoded.
    let most = PIECE_LIMIT * 8;
    let short: Vec<u8>;
    let bytes = match bytes.len() > most {
        true => {
            short =
                [bytes.get(..most / 2).unwrap_or_default(), bytes.get(bytes.len() - most / 2..).unwrap_or_default()]
                    .concat();
            &short
        }
        false => bytes,
    };
    cut(no_command(&visible(bytes)), PIECE_LIMIT, PIECE_TAIL)
}

fn join(message: &Message) -> String {
    let mut text = String::new();
    for part in &message.0 {
        match part {
            Piece::Own(own) => text.push_str(&plain(own)),
            Piece::Foreign(foreign) => text.push_str(&piece(foreign.as_bytes())),
        }
    }
    cut(text, MESSAGE_LIMIT, 0)
}

fn no_command(text: &str) -> String {
    if text.contains("##[") { text.replace("##[", "\\x23#[") } else { text.to_owned() }
}

/// A line (or a text of which each line is ours but the first) that would start with `::`.
fn start_guard(line: String) -> String {
    let rest = line.trim_start();
    match rest.strip_prefix("::") {
        Some(after) => format!("{}\\x3a:{after}", &line[..line.len() - rest.len()]),
        None => line,
    }
}

fn push(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if steers(c) => {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// Whether a character steers or hides instead of showing itself: Unicode's control and format characters (Cc, Cf),
/// separators of lines and paragraphs, fillers without a glyph, tags and the selectors beyond U+E0000.
fn steers(c: char) -> bool {
    matches!(u32::from(c),
        0x00..=0x1F | 0x7F..=0x9F | 0xAD | 0x34F | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2
        | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
        | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xFFFE..=0xFFFF | 0x110BD | 0x110CD | 0x13430..=0x1345F
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}
