//! Which words, texts and signs is a program made of? Comments are left out.
//!
//! One lexer for all languages, told by their rows in `languages.toml` and `dialects.toml`. It never fails: what it
//! does not understand is a sign of one byte, and a text that never ends ends with its line (or the file).

use super::dialect::{Dialect, Hole};
use crate::reading::language::Language;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// a name or a keyword
    Name,
    /// a text between quotes
    Text(Form),
    /// a number
    Number,
    /// a sign of one byte
    Sign(u8),
    /// the end of a line
    Line,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// bytes before the text itself: letters and quote
    pub(super) before: u8,
    /// bytes of the quote that ends it; 0 where it never ends
    pub(super) after: u8,
    /// letters before the quote
    pub(super) prefix: u8,
    /// a backslash is nothing special
    pub(super) raw: bool,
}

/// A token: where, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// first byte
    pub(super) start: usize,
    /// the byte after the last
    pub(super) end: usize,
    /// what it is
    pub(super) kind: Kind,
}

impl Token {
    /// Whether it is this sign.
    pub(super) fn is(&self, sign: u8) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// So many tokens are kept of one file; nobody writes more by hand.
const MOST: usize = 400_000;
/// Rust takes no more before the quote of a raw text.
const HASHES: usize = 255;
/// Brackets within a filled-in text are followed this deep.
const DEEPEST: u32 = 12;

/// Splits a text into tokens.
pub(super) fn tokens(text: &str, dialect: &Dialect, language: &Language) -> Vec<Token> {
    let mut lexer = Lexer::new(text, dialect, language);
    lexer.run();
    lexer.tokens
}

/// Where the comments of a text stand, with their marks and without the end of the line, in their order.
pub(super) fn comments(text: &str, dialect: &Dialect, language: &Language) -> Vec<Range<usize>> {
    let mut lexer = Lexer::new(text, dialect, language);
    lexer.comments = Some(Vec::new());
    lexer.run();
    lexer.comments.unwrap_or_default()
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    dialect: &'t Dialect,
    language: &'t Language,
    tokens: Vec<Token>,
    /// the comments that were stepped over, where anybody wants to know
    comments: Option<Vec<Range<usize>>>,
    at: usize,
    /// no pattern begins before this: a slash of the same line was looked at, and none ends it
    no_pattern: usize,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, dialect: &'t Dialect, language: &'t Language) -> Self {
        let bytes = text.as_bytes();
        Self { text, bytes, dialect, language, tokens: Vec::new(), comments: None, at: 0, no_pattern: 0 }
    }

    fn run(&mut self) {
        while self.at < self.bytes.len() && self.tokens.len() < MOST {
            let byte = self.byte(self.at);
            match byte {
                b'\n' => self.push(1, Kind::Line),
                b'\\' if matches!(self.byte(self.at + 1), b'\n' | b'\r') => {
                    self.at += 2 + usize::from(self.bytes[self.at + 1..].starts_with(b"\r\n"));
                }
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ if self.comment() || self.quoted() || self.pattern() => {}
                b'0'..=b'9' => {
                    self.push(self.run_of(|byte| byte.is_ascii_alphanumeric() || byte == b'_'), Kind::Number)
                }
                _ if is_word(byte) || byte == b'$' && self.dialect.name() != "r" => {
                    self.push(1 + self.run_of_from(1, is_word), Kind::Name);
                }
                _ => self.push(1, Kind::Sign(byte)),
            }
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn rest(&self, at: usize) -> &[u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    fn run_of(&self, wanted: impl Fn(u8) -> bool) -> usize {
        self.run_of_from(0, wanted)
    }

    fn run_of_from(&self, from: usize, wanted: impl Fn(u8) -> bool) -> usize {
        self.rest(self.at + from).iter().take_while(|byte| wanted(**byte)).count()
    }

    fn push(&mut self, len: usize, kind: Kind) {
        let end = (self.at + len.max(1)).min(self.bytes.len());
        self.tokens.push(Token { start: self.at, end, kind });
        self.at = end;
    }

    /// Steps over a comment.
    fn comment(&mut self) -> bool {
        let start = self.at;
        let met = self.over_comment();
        if let Some(comments) = self.comments.as_mut().filter(|_| met) {
            comments.push(start..self.at);
        }
        met
    }

    fn over_comment(&mut self) -> bool {
        for (open, close) in &self.language.block {
            if self.rest(self.at).starts_with(open.as_bytes()) {
                let from = self.at + open.len();
                let end = memchr::memmem::find(self.rest(from), close.as_bytes());
                self.at = end.map_or(self.bytes.len(), |end| from + end + close.len());
                return true;
            }
        }
        // A `#` within a word or a `//` within an address that stands outside of quotes is none.
        let before = self.at.checked_sub(1).map_or(b'\n', |at| self.byte(at));
        for open in &self.language.line {
            if self.rest(self.at).starts_with(open.as_bytes()) && !(open == "//" && before == b':') {
                self.at += memchr::memchr(b'\n', self.rest(self.at)).unwrap_or(self.bytes.len() - self.at);
                return true;
            }
        }
        false
    }

    /// Steps over a text and keeps it.
    fn quoted(&mut self) -> bool {
        let letters = self.run_of(|byte| byte.is_ascii() && self.dialect.prefixes.as_bytes().contains(&byte));
        for prefix in [letters.min(3), 0] {
            let at = self.at + prefix;
            let raw = self.dialect.ticks && prefix > 0;
            let hashes =
                if raw { self.rest(at).iter().take(HASHES).take_while(|byte| **byte == b'#').count() } else { 0 };
            let rust = hashes > 0 && self.byte(at + hashes) == b'"';
            if rust || self.dialect.name() == "r" && self.r_raw() {
                let (open, close) =
                    if rust { (hashes + 1, format!("\"{}", "#".repeat(hashes))) } else { (3, ")\"".into()) };
                let from = if rust { at + open } else { self.at + open };
                self.keep(from, &close, prefix, true);
                return true;
            }
            let Some(quote) = self.language.strings.iter().find(|quote| self.rest(at).starts_with(quote.as_bytes()))
            else {
                if prefix == 0 {
                    break;
                }
                continue;
            };
            if self.dialect.ticks && quote == "'" {
                return false;
            }
            let letters = self.text.get(self.at..at).unwrap_or_default();
            let raw = self.language.raw.contains(quote)
                || matches!(self.dialect.name(), "python" | "dart" | "julia") && letters.contains(['r', 'R'])
                || self.dialect.name() == "csharp" && letters.contains('@')
                || self.dialect.name() == "rust" && letters.contains('r');
            let quote = quote.clone();
            self.text_from(at + quote.len(), &quote, prefix, raw);
            return true;
        }
        false
    }

    /// `r"(…)"`
    fn r_raw(&self) -> bool {
        matches!(self.rest(self.at), [b'r' | b'R', b'"' | b'\'', b'(', ..])
    }

    fn keep(&mut self, from: usize, close: &str, prefix: usize, raw: bool) {
        let end = memchr::memmem::find(self.rest(from), close.as_bytes()).map(|end| from + end);
        let inner = end.unwrap_or(self.bytes.len());
        let after = if end.is_some() { close.len() } else { 0 };
        self.finish(from, inner, after, prefix, raw);
    }

    fn finish(&mut self, from: usize, inner: usize, after: usize, prefix: usize, raw: bool) {
        let small = |len: usize| u8::try_from(len).unwrap_or(u8::MAX);
        let form = Form { before: small(from - self.at), after: small(after), prefix: small(prefix), raw };
        self.push(inner + after - self.at, Kind::Text(form));
    }

    /// Finds the end of a text that starts at `from`.
    fn text_from(&mut self, from: usize, quote: &str, prefix: usize, raw: bool) {
        let lines = quote.len() == 3
            || quote == "`"
            || matches!(self.dialect.name(), "r" | "php" | "ruby" | "rust" | "sql" | "julia")
            || self.dialect.name() == "csharp" && raw;
        let letters = self.text.get(self.at..self.at + prefix).unwrap_or_default();
        let braces = self.dialect.holes(quote, letters).any(|hole| hole == Hole::DollarBrace);
        let mut at = from;
        while at < self.bytes.len() {
            match self.byte(at) {
                b'\\' if !raw => at += 2,
                b'\n' if !lines => return self.finish(from, at, 0, prefix, raw),
                b'$' if braces && self.byte(at + 1) == b'{' => at = self.over_hole(at + 2, quote, 0),
                _ if self.rest(at).starts_with(quote.as_bytes()) => {
                    return self.finish(from, at, quote.len(), prefix, raw);
                }
                _ => at += 1,
            }
        }
        let end = self.bytes.len();
        self.finish(from.min(end), end, 0, prefix, raw);
    }

    /// The byte after the bracket that ends a hole; texts within it are stepped over.
    fn over_hole(&self, from: usize, quote: &str, depth: u32) -> usize {
        let mut open = 1u32;
        let mut at = from;
        while at < self.bytes.len() {
            match self.byte(at) {
                b'{' => open += 1,
                b'}' if open == 1 => return at + 1,
                b'}' => open -= 1,
                b'\n' if quote != "`" => return at,
                b'\\' => at += 1,
                b'`' if quote == "`" && depth < DEEPEST => {
                    at = self.over_template(at + 1, depth + 1);
                    continue;
                }
                inner @ (b'"' | b'\'') if quote.as_bytes().first() != Some(&inner) => {
                    let line = memchr::memchr2(inner, b'\n', self.rest(at + 1)).unwrap_or(0);
                    if self.byte(at + 1 + line) == inner {
                        at += line + 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        self.bytes.len()
    }

    fn over_template(&self, from: usize, depth: u32) -> usize {
        let mut at = from;
        while at < self.bytes.len() {
            match self.byte(at) {
                b'\\' => at += 2,
                b'`' => return at + 1,
                b'$' if self.byte(at + 1) == b'{' => at = self.over_hole(at + 2, "`", depth),
                _ => at += 1,
            }
        }
        self.bytes.len()
    }

    /// Steps over a pattern between slashes, where a value may begin.
    fn pattern(&mut self) -> bool {
        let may_begin = self.dialect.regex && self.byte(self.at) == b'/' && self.at >= self.no_pattern;
        if !may_begin || !self.value_may_begin() {
            return false;
        }
        let mut in_class = false;
        for (offset, byte) in self.rest(self.at + 1).iter().enumerate() {
            let escaped =
                offset > 0 && self.byte(self.at + offset) == b'\\' && self.byte(self.at + offset - 1) != b'\\';
            match byte {
                b'\n' => {
                    self.no_pattern = self.at + 1 + offset;
                    return false;
                }
                _ if escaped => {}
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => {
                    self.at += offset + 2;
                    self.at += self.run_of(|byte| byte.is_ascii_alphabetic());
                    return true;
                }
                _ => {}
            }
        }
        self.no_pattern = self.bytes.len();
        false
    }

    fn value_may_begin(&self) -> bool {
        let Some(last) = self.tokens.iter().rev().find(|token| token.kind != Kind::Line) else { return true };
        match last.kind {
            Kind::Sign(sign) => !matches!(sign, b')' | b']' | b'}' | b'<' | b'>'),
            Kind::Name => {
                matches!(self.text.get(last.start..last.end), Some("return" | "typeof" | "case" | "in" | "of"))
            }
            Kind::Text(_) | Kind::Number | Kind::Line => false,
        }
    }
}

/// Whether a byte may be part of a name; all of what is not ASCII may.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
