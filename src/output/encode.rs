//! How does foreign text reach a reader unharmed? One encoder per medium.
//!
//! What steers a terminal, a log viewer or a CI runner instead of showing itself becomes a visible escape:
//! control characters, line and paragraph separators, characters that turn the direction of writing, characters
//! without width, bytes that are no UTF-8. A GitHub runner obeys `::name::` at the start of a line (after spaces)
//! and `##[name]` anywhere in a line (actions/runner, `ActionCommand.cs`); [`guard`] and [`json_guard`] go over
//! whole outputs, because wrapping and joining may form such a command out of harmless parts.

mod cells;

pub use cells::{csv_field, markdown_address, markdown_cell, markdown_code, markdown_message};

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
    guard(&join(message))
}

/// Foreign text for a string in JSON, up to [`MESSAGE_LIMIT`] characters.
pub fn json_value(text: &Untrusted) -> String {
    start_guard(cut(no_command(&visible(text.as_bytes())), MESSAGE_LIMIT, PIECE_TAIL))
}

/// A path for a string in JSON, in full; bytes that are no UTF-8 appear as `\xNN`.
pub fn json_path(path: &RepoPath) -> String {
    start_guard(no_command(&visible(path.as_bytes())))
}

/// Foreign bytes as a whole string of JSON, quotes included, in ASCII and without loss: for a format that another tool
/// defined, whose readers expect the text itself. Bytes that are no UTF-8 become single surrogates, as in Python
/// (PEP 383).
pub fn json_exact(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' | '\\' => {
                    out.push('\\');
                    out.push(c);
                }
                ' '..='~' => out.push(c),
                c => {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let _ = write!(out, "\\u{unit:04x}");
                    }
                }
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\udc{byte:02x}");
        }
    }
    out.push('"');
    out
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

/// Foreign text for a field of tab-separated values: every byte that is no letter, sign or space of one line is
/// escaped.
pub fn tsv_field(text: &Untrusted) -> String {
    start_guard(no_command(&visible(text.as_bytes())))
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
        Some(after) => format!("{}\\x3a:{after}", line.strip_suffix(rest).unwrap_or_default()),
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
pub(crate) fn steers(c: char) -> bool {
    matches!(u32::from(c),
        0x00..=0x1F | 0x7F..=0x9F | 0xAD | 0x34F | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2
        | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F
        | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0xFFFE..=0xFFFF | 0x110BD | 0x110CD | 0x13430..=0x1345F
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::{Lang, Phrase};

    fn of(bytes: &[u8]) -> Message {
        Message(vec![Piece::Foreign(Untrusted::new(bytes))])
    }

    #[test]
    fn every_hostile_class_becomes_visible() {
        let cases: &[(&[u8], &str)] = &[
            (b"plain text", "plain text"),
            ("für 樹木 🌳 €".as_bytes(), "für 樹木 🌳 €"),
            (b"\x1b[2J\x1b]0;title\x07", "\\u{1b}[2J\\u{1b}]0;title\\u{7}"),
            (b"nul\0 del\x7f", "nul\\u{0} del\\u{7f}"),
            (b"c1 \xc2\x9b31m nel \xc2\x85", "c1 \\u{9b}31m nel \\u{85}"),
            (b"a\nb\r\nc\td\x0b", "a\\nb\\r\\nc\\td\\u{b}"),
            ("a\u{2028}b\u{2029}c".as_bytes(), "a\\u{2028}b\\u{2029}c"),
            ("\u{202e}rtl\u{2066}\u{2069}\u{61c}".as_bytes(), "\\u{202e}rtl\\u{2066}\\u{2069}\\u{61c}"),
            ("read\u{200b}me\u{200d}\u{feff}\u{ad}".as_bytes(), "read\\u{200b}me\\u{200d}\\u{feff}\\u{ad}"),
            ("tag\u{e0041}\u{e0101}\u{3164}".as_bytes(), "tag\\u{e0041}\\u{e0101}\\u{3164}"),
            (b"caf\xe9 \xff\xfe", "caf\\xe9 \\xff\\xfe"),
            (b"\xc0\xaf \xed\xa0\x80 \xf4\x90", "\\xc0\\xaf \\xed\\xa0\\x80 \\xf4\\x90"),
            (b"##[error]x ###[set-env]", "\\x23#[error]x #\\x23#[set-env]"),
        ];
        for (bytes, shown) in cases {
            assert_eq!(terminal(&of(bytes)), *shown);
            assert_eq!(terminal_text(&Untrusted::new(bytes)), *shown);
            assert_eq!(terminal_path(&RepoPath::new(bytes)), *shown);
            assert_eq!(json_text(&of(bytes)), *shown);
            assert_eq!(json_value(&Untrusted::new(bytes)), *shown);
            assert_eq!(json_path(&RepoPath::new(bytes)), *shown);
            assert_eq!(sarif_text(&of(bytes)), *shown);
        }
    }

    #[test]
    fn no_line_is_a_command() {
        for (text, guarded) in [
            ("::error::x", "\\x3a:error::x"),
            ("  ::error::x\nok\n\u{3000}::notice::y\n", "  \\x3a:error::x\nok\n\u{3000}\\x3a:notice::y\n"),
            ("a ::error::x", "a ::error::x"),
            ("std::fs", "std::fs"),
            ("a ##[error]x", "a \\x23#[error]x"),
            ("::", "\\x3a:"),
            ("", ""),
        ] {
            assert_eq!(guard(text), guarded);
        }
        // Neither part is a command, both together would be.
        let parts = Phrase::new("#{x}", "#{x}").with("x", "#[error]y").message(Lang::En);
        assert_eq!(guard(&terminal(&parts)), "\\x23#[error]y");
        assert_eq!(json_text(&of(b"::error::x")), "\\x3a:error::x");
        assert_eq!(json_text(&parts), "\\x23#[error]y");
        let lines = Phrase::new("a\n{x}", "a\n{x}").with("x", "::error::y").message(Lang::En);
        assert_eq!(json_text(&lines), "a\n\\x3a:error::y");
        assert_eq!(json_value(&" ::error::x".into()), " \\x3a:error::x");
    }

    #[test]
    fn json_holds_no_command_and_decodes_to_the_same() {
        let json = serde_json::to_string("#{#[a] ###[b]").expect("JSON");
        assert_eq!(json_guard(&json), "\"#{#[a] #\\u0023#[b]\"");
        assert_eq!(serde_json::from_str::<String>(&json_guard(&json)).expect("JSON"), "#{#[a] ###[b]");
    }

    #[test]
    fn exact_json_is_ascii() {
        for (bytes, json) in [
            (&b"plain"[..], "\"plain\""),
            ("a\"b\\c".as_bytes(), "\"a\\\"b\\\\c\""),
            ("ü€😀".as_bytes(), "\"\\u00fc\\u20ac\\ud83d\\ude00\""),
            (b"\x1b[2J\n\x7f", "\"\\u001b[2J\\u000a\\u007f\""),
            (b"\xff.py", "\"\\udcff.py\""),
        ] {
            assert_eq!(json_exact(bytes), json);
        }
        assert_eq!(serde_json::from_str::<String>(&json_exact("ü\"😀\n".as_bytes())).expect("JSON"), "ü\"😀\n");
    }

    #[test]
    fn nothing_foreign_is_a_link() {
        assert_eq!(sarif_text(&of(b"[x](https://hostile.example)")), "[x]\\x28https://hostile.example)");
        assert_eq!(sarif_text(&of(b"app/[id]/(group)/page.tsx")), "app/[id]/(group)/page.tsx");
    }

    #[test]
    fn addresses() {
        for (path, address) in [
            (&b"src/main.rs"[..], Some("src/main.rs")),
            (b"100% #?&.yml", Some("100%25%20%23%3F%26.yml")),
            (b"caf\xe9\n.yml", Some("caf%E9%0A.yml")),
            ("é☃".as_bytes(), Some("%C3%A9%E2%98%83")),
            (b"http:x/y", Some("http%3Ax/y")),
            (b"C:\\x.yml", Some("C%3A%5Cx.yml")),
            (b"%2e%2e", Some("%252e%252e")),
            (b"...", Some("...")),
            (b"~a-b_c.d", Some("~a-b_c.d")),
            (b"/etc/passwd", None),
            (b"../x", None),
            (b"a/./b", None),
            (b"a//b", None),
            (b"a/", None),
            (b"", None),
        ] {
            assert_eq!(uri(&RepoPath::new(path)).as_deref(), address, "{}", path.escape_ascii());
        }
    }

    #[test]
    fn long_texts_are_cut_and_say_so() {
        let long = terminal(&of(&[b'a'; 5_000]));
        assert_eq!((long.chars().count(), long.matches('…').count()), (PIECE_LIMIT, 1));
        let ends = terminal(&of(&[&b"start"[..], &[0xff; 100_000], b"end"].concat()));
        assert!(ends.starts_with("start\\xff") && ends.ends_with("\\xffend"), "{ends}");
        let pieces = Message(vec![Piece::Foreign(Untrusted::new([b'a'; 900])); 20]);
        assert_eq!(terminal(&pieces).chars().count(), MESSAGE_LIMIT);
        assert_eq!(json_value(&Untrusted::new("ä".repeat(2_000))).chars().count(), MESSAGE_LIMIT);
        assert_eq!(terminal(&Message::own("ä".repeat(MESSAGE_LIMIT))).chars().count(), MESSAGE_LIMIT);
        let path = "x".repeat(4_000);
        assert_eq!(json_path(&RepoPath::new(&path)), path, "a path is whole, or it is none");
    }

    #[test]
    fn our_own_text_keeps_its_lines() {
        assert_eq!(plain("a\r\n\tb\u{1b}[2J"), "a\n    b\\u{1b}[2J");
        assert_eq!(source("\ta\u{7}\r"), "    a\\u{7}\\r");
    }
}
