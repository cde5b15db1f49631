//! What stands where in a program? Its tokens, and the questions that readers ask about their neighbours.

use super::dialect::{Dialect, LineEnds};
use super::text::{self, Piece};
use super::token::{self, Kind, Token};
use crate::reading::language::Language;

/// A program as tokens.
pub(super) struct Code<'t> {
    /// the program
    pub(super) text: &'t str,
    /// its tokens, comments left out
    pub(super) tokens: Vec<Token>,
    /// how its language writes texts
    pub(super) dialect: &'static Dialect,
    /// where functions begin, as tokens
    functions: Vec<usize>,
}

/// So far back a name is followed: `a.b(…).c(…).d`.
const FARTHEST: usize = 160;

impl<'t> Code<'t> {
    /// Reads a program.
    pub(super) fn new(text: &'t str, dialect: &'static Dialect, language: &'static Language) -> Self {
        let tokens = token::tokens(text, dialect, language);
        let mut code = Self { text, tokens, dialect, functions: Vec::new() };
        code.functions = (0..code.tokens.len()).filter(|at| code.begins_function(*at)).collect();
        code
    }

    fn begins_function(&self, at: usize) -> bool {
        if matches!(self.name(at), Some("def" | "function" | "func" | "fun" | "fn")) {
            return true;
        }
        let Some(before) = at.checked_sub(1).filter(|_| self.is(at, b'{')) else { return false };
        if self.is(before, b'>') {
            return before > 0 && self.are(before - 1, "=>");
        }
        let open = if self.is(before, b')') {
            self.opening(before, b'(', b')', before.saturating_sub(FARTHEST))
        } else {
            None
        };
        let name = open.and_then(|open| open.checked_sub(1)).and_then(|name| self.name(name));
        name.is_some_and(|name| {
            !matches!(name, "if" | "for" | "while" | "switch" | "catch" | "foreach" | "elseif" | "with" | "using")
        })
    }

    /// The function that a token stands in, as the number of functions that begin before it.
    pub(super) fn function_at(&self, at: usize) -> usize {
        self.functions.partition_point(|start| *start <= at)
    }

    /// The token at this place, if there is one.
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// What a token looks like.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    /// The name at this place, if it is one.
    pub(super) fn name(&self, at: usize) -> Option<&'t str> {
        (self.kind(at)? == Kind::Name).then(|| self.word(at).trim_start_matches('$')).filter(|name| !name.is_empty())
    }

    /// Whether this sign stands at this place.
    pub(super) fn is(&self, at: usize, sign: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(sign))
    }

    /// Whether these signs stand here, one close to the other.
    pub(super) fn are(&self, at: usize, signs: &str) -> bool {
        signs.bytes().enumerate().all(|(offset, sign)| {
            self.is(at + offset, sign)
                && (offset == 0
                    || self.tokens.get(at + offset).map(|token| token.start)
                        == self.tokens.get(at + offset - 1).map(|token| token.end))
        })
    }

    /// The next place that is no end of a line.
    pub(super) fn skip_lines(&self, mut at: usize) -> usize {
        while self.kind(at) == Some(Kind::Line) {
            at += 1;
        }
        at
    }

    /// The parts of the text at this place; empty where there is none.
    pub(super) fn pieces(&self, at: usize) -> Vec<Piece> {
        let Some(Token { start, kind: Kind::Text(form), .. }) = self.tokens.get(at).copied() else {
            return Vec::new();
        };
        let prefix = self.text.get(start..start + usize::from(form.prefix)).unwrap_or_default();
        let quote = self.text.get(start + usize::from(form.prefix)..start + usize::from(form.before));
        let holes: Vec<_> = self.dialect.holes(quote.unwrap_or_default(), prefix).collect();
        text::pieces(self.inner(at), form.raw, &holes)
    }

    /// What stands between the quotes, as it is written.
    pub(super) fn inner(&self, at: usize) -> &'t str {
        match self.tokens.get(at) {
            Some(Token { start, end, kind: Kind::Text(form) }) => {
                self.text.get(start + usize::from(form.before)..end - usize::from(form.after)).unwrap_or_default()
            }
            _ => "",
        }
    }

    /// The name that is called by the bracket at this place, its parts joined by dots: `pd.read_csv`, `sf.st_read`,
    /// `requests.Session.get`; empty where nothing is called.
    pub(super) fn callee(&self, bracket: usize) -> String {
        let mut parts: Vec<&str> = Vec::new();
        let mut at = bracket;
        let floor = bracket.saturating_sub(FARTHEST);
        let back = |at: usize| at.checked_sub(1).filter(|at| *at >= floor);
        let Some(mut before) = back(at) else { return String::new() };
        if self.is(before, b'!') {
            at = before;
            before = match back(at) {
                Some(before) => before,
                None => return String::new(),
            };
        }
        if self.is(before, b'>')
            && let Some(open) = self.opening(before, b'<', b'>', floor)
        {
            at = open;
        }
        while let Some(before) = back(at) {
            match self.kind(before) {
                Some(Kind::Name) => {
                    parts.extend(self.name(before));
                    at = before;
                }
                Some(Kind::Sign(b')')) if !parts.is_empty() => {
                    let Some(open) = self.opening(before, b'(', b')', floor) else { break };
                    at = open;
                    continue;
                }
                Some(Kind::Sign(b']')) if !parts.is_empty() => {
                    let Some(open) = self.opening(before, b'[', b']', floor) else { break };
                    at = open;
                    continue;
                }
                _ => break,
            }
            match self.joint(at, floor) {
                Some(next) => at = next,
                None => break,
            }
        }
        parts.reverse();
        parts.join(".")
    }

    /// Where the sign begins that joins the name at this place to what stands before it.
    fn joint(&self, at: usize, floor: usize) -> Option<usize> {
        let mut at = at.checked_sub(1)?;
        if at < floor {
            return None;
        }
        if self.is(at, b'.') {
            // `a\n  .b(…)` and `a?.b(…)`
            while at > floor && (self.kind(at - 1) == Some(Kind::Line) || self.is(at - 1, b'?')) {
                at -= 1;
            }
            return Some(at);
        }
        let before = at.checked_sub(1)?;
        (self.are(before, "::") || self.are(before, "->")).then_some(before).or_else(|| {
            // R: `providers$OpenStreetMap`
            (self.is(at, b'$')).then_some(at)
        })
    }

    /// The place of the bracket that opens what the one at `close` closes.
    pub(super) fn opening(&self, close: usize, open_sign: u8, close_sign: u8, floor: usize) -> Option<usize> {
        let mut depth = 0u32;
        let mut at = close;
        while at >= floor {
            if self.is(at, close_sign) {
                depth += 1;
            } else if self.is(at, open_sign) {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    /// Whether the end of a line at this place ends a statement, outside of brackets.
    pub(super) fn line_ends(&self, at: usize) -> bool {
        match self.dialect.line_ends {
            LineEnds::Always => true,
            LineEnds::Never => false,
            LineEnds::UnlessJoined => {
                let next = self.skip_lines(at);
                let goes_on = |sign: u8| matches!(sign, b'+' | b'.' | b'?' | b':' | b'&' | b'|' | b'*' | b'%');
                let waits = |sign: u8| goes_on(sign) || matches!(sign, b'=' | b',' | b'(' | b'-' | b'<');
                let before = at.checked_sub(1).and_then(|before| self.kind(before));
                let after = self.kind(next);
                !matches!(before, Some(Kind::Sign(sign)) if waits(sign) || sign == b'>' && self.arrow_ends(at))
                    && !matches!(after, Some(Kind::Sign(sign)) if goes_on(sign))
            }
        }
    }

    fn arrow_ends(&self, at: usize) -> bool {
        at >= 2 && (self.are(at - 2, "=>") || self.are(at - 2, "|>"))
    }

    /// Whether a colon stands before this place that ends the head of a function or class: `def f():`, `class A:`.
    fn heads_body(&self, at: usize) -> bool {
        let Some(colon) = at.checked_sub(1).filter(|colon| self.is(*colon, b':')) else { return false };
        let before = |back: usize| colon.checked_sub(back);
        before(1).is_some_and(|at| self.is(at, b')')) || before(2).and_then(|at| self.name(at)) == Some("class")
    }

    /// Whether the text at this place is a statement of its own: a docstring.
    pub(super) fn is_docstring(&self, at: usize) -> bool {
        if !self.dialect.docstrings {
            return false;
        }
        let ends = |kind: Option<Kind>| matches!(kind, None | Some(Kind::Line | Kind::Sign(b';')));
        let before = at.checked_sub(1).and_then(|before| self.kind(before));
        (ends(before) || self.heads_body(at)) && ends(self.kind(at + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::source::dialect;

    fn code<'t>(language: &str, text: &'t str) -> Code<'t> {
        let (dialect, language) = dialect::of(language).unwrap();
        Code::new(text, dialect, language)
    }

    #[test]
    fn callees() {
        for (language, text, wanted) in [
            ("python", "pd.read_csv(", "pd.read_csv"),
            ("python", "x = (", ""),
            ("python", "requests.Session().get(", "requests.Session.get"),
            ("python", "a[0].b(", "a.b"),
            ("r", "sf::st_read(", "sf.st_read"),
            ("r", "read.csv(", "read.csv"),
            ("javascript", "await fetch(", "fetch"),
            ("javascript", "axios\n  .get<Foo[]>(", "axios.get"),
            ("javascript", "a?.b(", "a.b"),
            ("php", "$client->get(", "client.get"),
            ("ruby", "Net::HTTP.get(", "Net.HTTP.get"),
            ("rust", "println!(", "println"),
            ("java", "new RestTemplate().getForObject(", "RestTemplate.getForObject"),
        ] {
            let code = code(language, text);
            assert_eq!(code.callee(code.tokens.len() - 1), wanted, "{text}");
        }
    }

    #[test]
    fn docstrings() {
        for (text, wanted) in [
            ("'''a'''\nx = 1", true),
            ("def f():\n  'a'\n", true),
            ("def f(): 'a'", true),
            ("class A: 'a'", true),
            ("rule a:\n  shell: 'a'\n", false),
            ("x = 'a'\n", false),
            ("f('a')\n", false),
            ("x = {1: 'a'}", false),
        ] {
            let code = code("python", text);
            let at = code.tokens.iter().position(|token| matches!(token.kind, Kind::Text(_))).unwrap();
            assert_eq!(code.is_docstring(at), wanted, "{text}");
        }
    }
}
