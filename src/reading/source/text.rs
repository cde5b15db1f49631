//! What does a text between quotes say, once escapes are undone and holes are seen?

use super::dialect::Hole;

pub(super) use crate::reading::address::HOLE;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// what is said
    Said(String),
    /// what is filled in: the expression
    Filled(String),
}

impl Piece {
    /// What is said, where it is no hole.
    pub(super) fn said(&self) -> Option<&str> {
        match self {
            Self::Said(text) => Some(text),
            Self::Filled(_) => None,
        }
    }
}

/// So much of one text is looked at; addresses are shorter.
const LONGEST: usize = 64 << 10;

/// Undoes escapes and parts the text at its holes.
pub(super) fn pieces(inner: &str, raw: bool, holes: &[Hole]) -> Vec<Piece> {
    let mut end = inner.len().min(LONGEST);
    while !inner.is_char_boundary(end) {
        end -= 1;
    }
    let mut rest = &inner[..end];
    let mut pieces = Vec::new();
    let mut said = String::new();
    while let Some(first) = rest.chars().next() {
        if let Some((filled, after)) = holes.iter().find_map(|hole| hole_at(rest, *hole)) {
            if !said.is_empty() {
                pieces.push(Piece::Said(std::mem::take(&mut said)));
            }
            pieces.push(Piece::Filled(filled.to_owned()));
            rest = after;
            continue;
        }
        rest = &rest[first.len_utf8()..];
        match first {
            '\\' if !raw => {
                let Some(escaped) = rest.chars().next() else { break };
                rest = &rest[escaped.len_utf8()..];
                match escaped {
                    'n' | 'r' | 't' => said.push(' '),
                    '\n' => {}
                    _ => said.push(escaped),
                }
            }
            '{' | '}' if holes.iter().any(|hole| matches!(hole, Hole::F | Hole::Csharp)) => {
                said.push(first);
                rest = rest.strip_prefix(first).unwrap_or(rest);
            }
            HOLE => {}
            _ => said.push(first),
        }
    }
    if !said.is_empty() {
        pieces.push(Piece::Said(said));
    }
    pieces
}

/// The hole a text begins with, and what follows it.
fn hole_at(rest: &str, hole: Hole) -> Option<(&str, &str)> {
    match hole {
        Hole::F | Hole::Csharp => {
            let after = rest.strip_prefix('{').filter(|after| !after.starts_with('{'))?;
            let (filled, after) = closed(after, b'{', b'}')?;
            let end = filled.find([':', '!']).filter(|_| !filled.contains(['(', '[', '"', '\'']));
            Some((&filled[..end.unwrap_or(filled.len())], after))
        }
        Hole::DollarBrace => closed(rest.strip_prefix("${")?, b'{', b'}'),
        Hole::HashBrace => closed(rest.strip_prefix("#{")?, b'{', b'}'),
        Hole::Paren => closed(rest.strip_prefix("\\(").or_else(|| rest.strip_prefix("$("))?, b'(', b')'),
        Hole::DollarName => {
            let after = rest.strip_prefix('$')?;
            let len = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            (len > 0 && !after.as_bytes().first()?.is_ascii_digit()).then(|| after.split_at(len))
        }
    }
}

/// What stands before the bracket that closes, and what follows it.
fn closed(text: &str, open: u8, close: u8) -> Option<(&str, &str)> {
    let mut depth = 0u32;
    for (at, byte) in text.bytes().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some((&text[..at], &text[at + 1..])),
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(inner: &str, raw: bool, holes: &[Hole]) -> String {
        pieces(inner, raw, holes)
            .into_iter()
            .map(|piece| match piece {
                Piece::Said(text) => text,
                Piece::Filled(text) => format!("<{text}>"),
            })
            .collect()
    }

    #[test]
    fn holes_and_escapes() {
        for (inner, raw, holes, wanted) in [
            ("a/{b}/{c:02d}/{{d}}", false, &[Hole::F][..], "a/<b>/<c>/{d}"),
            ("{f(x, 'y:z')}", false, &[Hole::F], "<f(x, 'y:z')>"),
            ("a{b}", false, &[], "a{b}"),
            ("${a}/$b/$1", false, &[Hole::DollarBrace, Hole::DollarName], "<a>/<b>/$1"),
            ("${f({a: 1})}b", false, &[Hole::DollarBrace], "<f({a: 1})>b"),
            ("#{a}b", false, &[Hole::HashBrace], "<a>b"),
            ("\\(a)b$(c)", false, &[Hole::Paren], "<a>b<c>"),
            ("https:\\/\\/a\\n\\\"", false, &[], "https://a \""),
            ("a\\nb", true, &[], "a\\nb"),
            ("${never", false, &[Hole::DollarBrace], "${never"),
            ("\\", false, &[], ""),
            ("ä\\ö{", false, &[Hole::F], "äö{"),
        ] {
            assert_eq!(shown(inner, raw, holes), wanted, "{inner}");
        }
    }
}
