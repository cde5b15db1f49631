//! How is a text cut into pieces that are looked at one after the other?
//!
//! A line may be as long as a file. Pieces bound what is looked at together, and so the length of a notice; the
//! sizes are those of the reference tool. They end at the end of a line, or, within an endless one, never in or right
//! behind the beginning of a tag.

use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// A piece has at least so many bytes, but for the last.
const PIECE: usize = 64 << 10;
/// Within so many bytes more the end of a line is looked for.
const LINE: usize = 1 << 10;

/// What licensing information begins with.
pub(super) static NEEDLES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(["SPDX-", "Copyright", "©", "REUSE-Ignore"])
        .expect("four short needles")
});

/// The pieces of a text, in their order.
pub(super) fn pieces(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let head = text.get(..2048).unwrap_or(text);
    let end_of_line =
        if memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some() { b'\r' } else { b'\n' };
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, after) = rest.split_at_checked(cut(rest, end_of_line)).unwrap_or((rest, b""));
        rest = after;
        Some(piece)
    })
}

/// How long the first piece is.
fn cut(text: &[u8], end_of_line: u8) -> usize {
    let Some(more) = text.get(PIECE..) else { return text.len() };
    if let Some(end) = memchr::memchr(end_of_line, more.get(..LINE).unwrap_or(more)) {
        return PIECE + end + 1;
    }
    let mut end = text.len().min(PIECE + LINE);
    if end == text.len() {
        return end;
    }
    // within a line: no tag may be torn from its value
    let start = end - LINE;
    let window = text.get(start..text.len().min(end + 16)).unwrap_or_default();
    if let Some(found) = NEEDLES.find(window).filter(|found| start + found.start() < end) {
        return start + found.start();
    }
    // and no character in two
    while text.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) && end > PIECE {
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(text: &str) -> Vec<usize> {
        let all: Vec<&[u8]> = pieces(text.as_bytes()).collect();
        assert_eq!(all.concat(), text.as_bytes());
        all.iter().map(|piece| piece.len()).collect()
    }

    #[test]
    fn cuts() {
        assert!(lengths("").is_empty());
        assert_eq!(lengths("short\n"), [6]);
        assert_eq!(lengths(&"1234567\n".repeat(10_000)), [PIECE + 8, 80_000 - PIECE - 8]);
        assert_eq!(lengths(&"x".repeat(2 * PIECE)), [PIECE + LINE, PIECE - LINE]);
        let torn = format!("{}SPDX-License-Identifier: MIT{}", "x".repeat(PIECE + LINE - 3), "y".repeat(PIECE));
        assert_eq!(lengths(&torn).first(), Some(&(PIECE + LINE - 3)));
        let near = format!("{}SPDX-License-Identifier: MIT{}", "x".repeat(PIECE + 20), "y".repeat(PIECE));
        assert_eq!(lengths(&near).first(), Some(&(PIECE + 20)));
        let character = format!("{}©{}", "x".repeat(PIECE + LINE - 1), "y".repeat(9));
        assert_eq!(lengths(&character), [PIECE + LINE - 1, 11]);
        let umlaut = format!("{}ä{}", "x".repeat(PIECE + LINE - 1), "y".repeat(9));
        assert_eq!(lengths(&umlaut), [PIECE + LINE - 1, 11]);
        let carriage = "1234567\r".repeat(10_000);
        assert_eq!(lengths(&carriage).first(), Some(&(PIECE + 8)));
    }

    #[test]
    fn every_piece_moves_on() {
        let hostile = "SPDX-".repeat(100_000);
        assert!(lengths(&hostile).iter().rev().skip(1).all(|len| *len >= PIECE));
    }
}
