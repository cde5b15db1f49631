//! Where does a program read a variable?

use super::absence;
use super::table::{Absent, Form, Row, TABLE};
use super::{Absence, Variable};
use crate::reading::source::code::Code;
use crate::reading::source::evidence::place;
use crate::reading::source::text::Piece;
use crate::reading::source::token::Kind;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// So many reads of one file are kept.
const MOST: usize = 500;
/// So deep texts that are filled in are followed.
const DEEPEST: usize = 2;
/// In longer lines and texts nobody fills in a setting by hand.
const LONGEST: usize = 2_000;
/// So many arguments of a call are stepped over.
const FARTHEST: usize = 400;

/// Reads one program.
pub(super) struct Reader<'c, 't> {
    code: &'c Code<'t>,
    rows: Vec<&'static Row>,
    found: Vec<Variable>,
    /// tokens that are the names of what is read
    names: BTreeSet<usize>,
    /// how often each name stands in the program
    counts: BTreeMap<&'t str, Vec<usize>>,
    /// within how many texts it stands
    depth: usize,
}

impl<'c, 't> Reader<'c, 't> {
    pub(super) fn new(code: &'c Code<'t>, depth: usize) -> Self {
        let mut counts: BTreeMap<&'t str, Vec<usize>> = BTreeMap::new();
        for at in 0..code.tokens.len() {
            if let Some(name) = code.name(at) {
                counts.entry(name).or_default().push(at);
            }
        }
        let rows = TABLE.rows(code.dialect.name(), code.text);
        Self { code, rows, found: Vec::new(), names: BTreeSet::new(), counts, depth }
    }

    /// All variables it reads.
    pub(super) fn variables(mut self) -> Vec<Variable> {
        for at in 0..self.code.tokens.len() {
            if self.found.len() >= MOST {
                break;
            }
            match self.code.kind(at) {
                Some(Kind::Sign(b'(')) => self.call(at),
                Some(Kind::Sign(b'[')) => self.index(at),
                Some(Kind::Sign(b'.')) => self.member(at),
                Some(Kind::Sign(b'=')) => self.unpacked(at),
                Some(Kind::Text(_)) => self.filled(at),
                _ => {}
            }
        }
        self.spoken_of();
        self.found
    }

    fn row(&self, form: Form, name: &str) -> Option<&'static Row> {
        let fits = |known: &String| {
            name == known || name.strip_suffix(known.as_str()).is_some_and(|before| before.ends_with('.'))
        };
        self.rows.iter().copied().find(|row| row.form == form && row.names.iter().any(fits))
    }

    /// `getenv("NAME")`, `@Value("${NAME}")`
    fn call(&mut self, open: usize) {
        let code = self.code;
        let text = code.skip_lines(open + 1);
        if !matches!(code.kind(text), Some(Kind::Text(_))) {
            return;
        }
        let callee = code.callee(open);
        if self.row(Form::Placeholder, &callee).is_some() {
            for (name, has_default) in in_placeholders(code.inner(text)) {
                let absence = if has_default { Absence::Handled } else { Absence::Needed };
                self.add(&name, text, absence);
            }
            self.names.insert(text);
            return;
        }
        let Some(row) = self.row(Form::Call, &callee) else { return };
        let Some(name) = plain_name(code, text) else { return };
        // What follows the name is joined to it: `getenv("A_" + x)`.
        let next = code.skip_lines(text + 1);
        if !(code.is(next, b')') || code.is(next, b',')) {
            return;
        }
        let Some(close) = closing(code, open) else { return };
        let absence = match row.absent {
            Absent::Asked => Absence::Handled,
            _ if code.is(next, b',') && self.has_default(row, open, close) => Absence::Handled,
            // Ruby: `ENV.fetch("NAME") { … }`
            Absent::Fails if code.is(close + 1, b'{') || code.name(close + 1) == Some("do") => Absence::Handled,
            absent => self.judged(open, close, absent),
        };
        self.names.insert(text);
        self.add(&name, text, absence);
    }

    /// Whether a call is given a default.
    fn has_default(&self, row: &Row, open: usize, close: usize) -> bool {
        let code = self.code;
        let mut depth = 0u32;
        let mut position = 0;
        let mut found = false;
        for at in open + 1..close {
            match code.kind(at) {
                Some(Kind::Sign(b'(' | b'[' | b'{')) => depth += 1,
                Some(Kind::Sign(b')' | b']' | b'}')) => depth = depth.saturating_sub(1),
                Some(Kind::Sign(b',')) if depth == 0 => position += 1,
                Some(Kind::Name) if depth == 0 && code.is(at + 1, b'=') => {
                    found |= matches!(code.name(at), Some("default" | "unset"));
                }
                Some(Kind::Line) => {}
                // `os.getenv("X", None)` says no more than `os.getenv("X")`.
                _ if depth == 0 && Some(position) == row.default => {
                    let none = matches!(code.name(at), Some("None" | "null" | "nil" | "NA" | "undefined"));
                    let keyword = at >= 2 && code.is(at - 1, b'=');
                    found |= !none && !keyword;
                }
                _ => {}
            }
        }
        found
    }

    /// `environ["NAME"]`
    fn index(&mut self, open: usize) {
        let code = self.code;
        if !matches!(code.kind(open + 1), Some(Kind::Text(_))) || !code.is(open + 2, b']') {
            return;
        }
        let Some(row) = self.row(Form::Index, &code.callee(open)) else { return };
        let Some(name) = plain_name(code, open + 1) else { return };
        let absence = self.judged(open, open + 2, row.absent);
        self.names.insert(open + 1);
        self.add(&name, open + 1, absence);
    }

    /// `process.env.NAME`
    fn member(&mut self, dot: usize) {
        let code = self.code;
        let Some(name) = code.name(dot + 1).filter(|name| is_name(name)) else { return };
        if code.is(dot + 2, b'(') || dot.checked_sub(1).and_then(|at| code.name(at)) != Some("env") {
            return;
        }
        let Some(row) = self.row(Form::Member, &code.callee(dot)) else { return };
        let absence = self.judged(dot, dot + 1, row.absent);
        self.add(name, dot + 1, absence);
    }

    /// `const { NAME, OTHER = "x" } = process.env`
    fn unpacked(&mut self, equals: usize) {
        let code = self.code;
        let Some(close) = equals.checked_sub(1).filter(|at| code.is(*at, b'}')) else { return };
        let whole = [("process", "env"), ("meta", "env")].iter().any(|(first, last)| {
            let at = if code.name(equals + 1) == Some("import") { equals + 3 } else { equals + 1 };
            code.name(at) == Some(first) && code.name(at + 2) == Some(last) && !code.is(at + 3, b'.')
        });
        if !whole || self.rows.iter().all(|row| row.form != Form::Member) {
            return;
        }
        let Some(open) = code.opening(close, b'{', b'}', close.saturating_sub(FARTHEST)) else { return };
        for at in open + 1..close {
            let begins = code.is(at - 1, b'{') || code.is(at - 1, b',') || code.kind(at - 1) == Some(Kind::Line);
            let Some(name) = code.name(at).filter(|name| begins && is_name(name)) else { continue };
            let absence = match code.kind(at + 1) {
                Some(Kind::Sign(b'=')) => Absence::Handled,
                Some(Kind::Sign(b':')) if (at + 3..close).any(|next| code.is(next, b'=')) => Absence::Handled,
                Some(Kind::Sign(b':')) => self.kept(at + 2),
                _ => self.kept(at),
            };
            self.add(name, at, absence);
        }
    }

    /// Reads within a text that is filled in: `${process.env.NAME}/trees`.
    fn filled(&mut self, at: usize) {
        let code = self.code;
        if self.depth >= DEEPEST
            || !TABLE.is_worth_it(code.inner(at), Some(code.dialect.name()))
            || code.is_docstring(at)
        {
            return;
        }
        for piece in code.pieces(at) {
            let Piece::Filled(expression) = piece else { continue };
            if !TABLE.is_worth_it(&expression, Some(code.dialect.name())) {
                continue;
            }
            for read in super::program(code.dialect.name(), &expression, self.depth + 1) {
                // Where nothing else is done with it, the text has a hole.
                let told = absence::is_told(code, at);
                let absence = if told || read.absence == Absence::Handled || expression.contains(" if ") {
                    Absence::Handled
                } else {
                    Absence::Needed
                };
                self.add(&read.name, at, absence);
            }
        }
    }

    fn judged(&self, at: usize, end: usize, absent: Absent) -> Absence {
        let start = start(self.code, at);
        match absence::judge(self.code, start, end) {
            _ if absent == Absent::Asked => Absence::Handled,
            absence::Judged::Is(absence @ Absence::Handled) => absence,
            _ if absent == Absent::Fails => {
                if absence::is_caught(self.code, start) {
                    Absence::Handled
                } else {
                    Absence::Needed
                }
            }
            absence::Judged::Is(absence) => absence,
            absence::Judged::KeptAs(name) => self.kept(name),
        }
    }

    /// What becomes of a value that is kept under the name at this place.
    fn kept(&self, name: usize) -> Absence {
        let places = self.code.name(name).and_then(|word| self.counts.get(word));
        absence::of_uses(self.code, name, places.map_or(&[], Vec::as_slice))
    }

    fn add(&mut self, name: &str, token: usize, absence: Absence) {
        let Some(token) = self.code.tokens.get(token) else { return };
        let (line, column, end_column) = place(self.code.text, token.start, token.end);
        self.found.push(Variable { line, column, end_column, name: name.to_owned(), absence });
    }

    /// Where else the program speaks of what it reads, it does something about it: lists of names that must be set,
    /// a schema, a message that says what is missing.
    fn spoken_of(&mut self) {
        let code = self.code;
        let read: BTreeSet<String> = self.found.iter().map(|found| found.name.clone()).collect();
        if read.is_empty() {
            return;
        }
        let mut spoken: BTreeMap<String, usize> = BTreeMap::new();
        for (at, token) in code.tokens.iter().enumerate() {
            match token.kind {
                Kind::Text(_) if !self.names.contains(&at) && !code.is_docstring(at) => {
                    let said: String = code.pieces(at).iter().filter_map(Piece::said).collect::<Vec<_>>().join(" ");
                    let words = || said.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                    let all = words().filter(|word| word.chars().any(char::is_alphabetic)).count();
                    let message = all >= 3 && !absence::is_within(code, at, "expect");
                    let in_code = said.contains("process.env.") || said.contains("import.meta.env.");
                    let alone = all == 1 && read.contains(said.as_str());
                    if message || alone || in_code {
                        for word in words().filter(|word| read.contains(*word)) {
                            spoken.entry(word.to_owned()).or_insert(at);
                        }
                    }
                }
                Kind::Name
                    if code.is(at + 1, b':')
                        && read.contains(code.word(at))
                        && code.name(at + 2).is_some_and(|kind| TABLE.is_kind(kind)) =>
                {
                    spoken.entry(code.word(at).to_owned()).or_insert(at);
                }
                _ => {}
            }
        }
        for (name, at) in spoken {
            self.add(&name, at, Absence::Handled);
        }
    }
}

/// The first token of the read whose bracket or dot stands at `at`.
fn start(code: &Code<'_>, at: usize) -> usize {
    let mut at = at;
    while let Some(before) = at.checked_sub(1) {
        let joined = code.name(before).is_some()
            || code.is(before, b'.')
            || code.is(before, b'!') && code.name(before.wrapping_sub(1)).is_some()
            || code.is(before, b':') && (code.is(at, b':') || code.is(before.wrapping_sub(1), b':'));
        let closed = code.is(before, b')') && code.is(before.wrapping_sub(1), b'(');
        let glued = code.tokens.get(before).map(|token| token.end) == code.tokens.get(at).map(|token| token.start);
        match () {
            () if closed && glued => at = before - 1,
            () if joined && glued => at = before,
            () => break,
        }
    }
    at
}

/// The bracket that closes the call.
fn closing(code: &Code<'_>, open: usize) -> Option<usize> {
    let mut depth = 0u32;
    for at in open..open + FARTHEST {
        match code.kind(at)? {
            Kind::Sign(b'(') => depth += 1,
            Kind::Sign(b')') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The name that a text is, if it is one.
fn plain_name(code: &Code<'_>, at: usize) -> Option<String> {
    let inner = code.inner(at);
    is_name(inner).then(|| inner.to_owned())
}

fn is_name(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    plain
        && text.len() > 1
        && text.len() < 100
        && text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
}

static PLACEHOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\$\{([A-Z][A-Z0-9_]+)(:[^}]*)?\}").expect("a test uses it"));

/// Variables in the `${…}` of Spring, with whether they have a default.
fn in_placeholders(text: &str) -> impl Iterator<Item = (String, bool)> {
    let text = if text.len() > LONGEST { "" } else { text };
    PLACEHOLDER.captures_iter(text).map(move |found| {
        // `${A:${B}}`: what stands within is a default of a default.
        let name = found.get(1).map_or("", |name| name.as_str());
        let nested = found.get(0).is_some_and(|found| {
            let line = text.get(..found.start()).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
            line.matches("${").count() > line.matches('}').count()
        });
        (name.to_owned(), found.get(2).is_some() || nested)
    })
}

/// Variables that the settings of a Spring application are filled with.
pub(super) fn placeholders(text: &str) -> Vec<Variable> {
    let lines = text.lines().zip(1u32..).filter(|(line, _)| !line.trim_start().starts_with('#'));
    let variables = lines.flat_map(|(line, number)| {
        in_placeholders(line.split(" #").next().unwrap_or(line)).map(move |(name, has_default)| {
            let start = line.find(&name).unwrap_or(0);
            let (_, column, end_column) = place(line, start, start + name.len());
            let absence = if has_default { Absence::Handled } else { Absence::Needed };
            Variable { line: number, column, end_column, name, absence }
        })
    });
    variables.take(MOST).collect()
}
