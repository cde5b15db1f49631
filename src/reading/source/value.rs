//! Which text does an expression give? Constants, joined texts and filled-in names are followed within a file.

use super::code::Code;
use super::text::{HOLE, Piece};
use super::token::Kind;
use crate::reading::calls::{self, Gives};
use std::collections::BTreeMap;

/// A text that an expression may give; what is not known of it is a [`HOLE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// the text
    pub(super) text: String,
    /// the token of the first text in quotes it is made of
    pub(super) anchor: Option<usize>,
}

/// The values of names, as far as they are plain texts.
pub(super) type Names = BTreeMap<String, Vec<Value>>;

/// An argument of a call, as tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Argument<'t> {
    /// the keyword before it
    pub(super) key: Option<&'t str>,
    /// its first token
    pub(super) start: usize,
    /// the token behind its last
    pub(super) end: usize,
}

/// So many values of one name are followed.
const MOST: usize = 6;
/// So deep are brackets and calls followed.
const DEEPEST: u32 = 8;
/// So far does one expression reach, in tokens.
const FARTHEST: usize = 400;
/// Longer texts are no addresses.
const LONGEST: usize = 4 << 10;

/// Follows expressions in one program.
pub(super) struct Evaluator<'c, 't> {
    code: &'c Code<'t>,
    names: &'c Names,
}

impl<'c, 't> Evaluator<'c, 't> {
    pub(super) fn new(code: &'c Code<'t>, names: &'c Names) -> Self {
        Self { code, names }
    }

    /// The values of the expression that begins at this place, and the place behind it. `inside` brackets, the end
    /// of a line ends nothing.
    pub(super) fn expression(&self, at: usize, inside: bool) -> (Vec<Value>, usize) {
        self.joined(at, inside, 0)
    }

    fn joined(&self, at: usize, inside: bool, depth: u32) -> (Vec<Value>, usize) {
        let start = at;
        let (mut values, mut at) = self.term(at, depth);
        while at < start + FARTHEST {
            let next = if inside || !self.code.line_ends(at) { self.code.skip_lines(at) } else { at };
            let more = match self.code.kind(next) {
                Some(Kind::Text(_)) if self.code.dialect.side => next,
                Some(Kind::Sign(_)) if self.joins(next) => self.code.skip_lines(next + 1),
                Some(Kind::Sign(b'|')) if self.code.are(next, "||") => {
                    return self.either(values, next + 2, inside, depth);
                }
                Some(Kind::Sign(b'?')) if self.code.are(next, "??") => {
                    return self.either(values, next + 2, inside, depth);
                }
                Some(Kind::Name) if self.code.word(next) == "or" => {
                    return self.either(values, next + 1, inside, depth);
                }
                _ => break,
            };
            let (right, after) = self.term(more, depth);
            values = product(&values, &right);
            at = after;
        }
        (values, at)
    }

    fn joins(&self, at: usize) -> bool {
        self.code.dialect.join.iter().any(|sign| self.code.are(at, sign))
            && !self.code.is(at + 1, b'=')
            && !self.code.are(at, "++")
    }

    fn either(&self, mut values: Vec<Value>, at: usize, inside: bool, depth: u32) -> (Vec<Value>, usize) {
        if depth >= DEEPEST {
            return (values, at);
        }
        let (right, after) = self.joined(self.code.skip_lines(at), inside, depth + 1);
        values.retain(|value| value.anchor.is_some());
        values.extend(right);
        values.truncate(MOST);
        (values, after)
    }

    fn term(&self, at: usize, depth: u32) -> (Vec<Value>, usize) {
        let (values, after) = match self.code.kind(at) {
            Some(Kind::Text(_)) => (vec![self.text(at)], at + 1),
            Some(Kind::Sign(b'[')) if depth < DEEPEST => (self.each(at, depth), self.behind(at)),
            Some(Kind::Sign(b'(')) if depth < DEEPEST => {
                let (values, _) = self.joined(self.code.skip_lines(at + 1), true, depth + 1);
                (values, self.behind(at))
            }
            Some(Kind::Name) if matches!(self.code.word(at), "new" | "await" | "return") && depth < DEEPEST => {
                return self.term(at + 1, depth + 1);
            }
            Some(Kind::Name) => self.named(at, depth),
            _ => (unknown(), at + 1),
        };
        (values, self.methods(after))
    }

    /// Steps over what is done with a text: `.format(…)`, `.trim()`.
    fn methods(&self, mut at: usize) -> usize {
        while self.code.is(at, b'.') && self.code.kind(at + 1) == Some(Kind::Name) && self.code.is(at + 2, b'(') {
            at = self.behind(at + 2);
        }
        at
    }

    /// A text in quotes, with the names in it filled in where they are known.
    fn text(&self, at: usize) -> Value {
        let mut text = String::new();
        let mut anchor = at;
        for piece in self.code.pieces(at) {
            match piece {
                Piece::Said(said) => text.push_str(&said),
                Piece::Filled(name) => match self.filled(&name) {
                    Some(value) => {
                        if !text.contains("://") && value.text.contains("://") {
                            anchor = value.anchor.unwrap_or(at);
                        }
                        text.push_str(&value.text);
                    }
                    None if name.contains("://") => text.push_str(&name),
                    None => text.push(HOLE),
                },
            }
        }
        cut(&mut text);
        Value { text, anchor: Some(anchor) }
    }

    /// The one value of a name that is filled in; an address that stands in for a missing setting counts too.
    fn filled(&self, expression: &str) -> Option<&Value> {
        let name = expression.trim().rsplit(['.', '$', '>']).next().unwrap_or_default();
        self.names.get(name).and_then(|values| values.first())
    }

    fn named(&self, at: usize, depth: u32) -> (Vec<Value>, usize) {
        let start = at;
        let mut last = at;
        let mut at = at + 1;
        while at < start + FARTHEST {
            let next = if self.code.are(at, "::") || self.code.are(at, "->") || self.code.are(at, "?.") {
                at + 2
            } else if self.code.is(at, b'.') && self.code.dialect.join.iter().all(|sign| sign != ".")
                || self.code.is(at, b'$')
            {
                at + 1
            } else if self.code.is(at, b'!') && self.code.is(at + 1, b'(') {
                at += 1;
                break;
            } else {
                break;
            };
            if self.code.kind(next) != Some(Kind::Name) {
                break;
            }
            last = next;
            at = next + 1;
        }
        if self.code.is(at, b'(') {
            let callee = self.code.callee(at);
            let after = self.behind(at);
            return match calls::gives(&callee) {
                Some(gives) if depth < DEEPEST => (self.given(at, gives, depth), after),
                _ => (unknown(), after),
            };
        }
        let name = self.code.name(last).unwrap_or_default();
        (self.known(name, start), at)
    }

    /// The values of a name at a place: those it gets in the same function, if there are any.
    fn known(&self, name: &str, at: usize) -> Vec<Value> {
        let Some(values) = self.names.get(name).filter(|values| !values.is_empty()) else { return unknown() };
        let here = self.code.function_at(at);
        let same = |value: &&Value| value.anchor.is_some_and(|anchor| self.code.function_at(anchor) == here);
        let near: Vec<Value> = values.iter().filter(same).cloned().collect();
        if near.is_empty() { values.clone() } else { near }
    }

    /// The values of all members of a list.
    fn each(&self, open: usize, depth: u32) -> Vec<Value> {
        let members = self.arguments(open).into_iter().take(MOST);
        let values: Vec<Value> =
            members.flat_map(|member| self.joined(member.start, true, depth + 1).0).take(MOST).collect();
        if values.is_empty() { unknown() } else { values }
    }

    /// What a call that only joins or passes on its arguments gives.
    fn given(&self, open: usize, gives: &Gives, depth: u32) -> Vec<Value> {
        let mut parts: Vec<Vec<Value>> = Vec::new();
        let mut separator = gives.separator.clone();
        for argument in self.arguments(open) {
            match argument.key {
                Some("sep" | "collapse") => {
                    let given = self.joined(argument.start, true, depth + 1).0;
                    separator = given.into_iter().next().map_or(separator, |value| value.text);
                }
                Some(_) if gives.argument.is_none() && !gives.each => {}
                _ => parts.push(self.joined(argument.start, true, depth + 1).0),
            }
        }
        match gives.argument {
            _ if gives.each => parts.into_iter().flatten().take(MOST).collect(),
            Some(wanted) => parts.into_iter().nth(wanted).unwrap_or_else(unknown),
            None if gives.base_last => {
                parts.reverse();
                join(parts, &separator)
            }
            None => join(parts, &separator),
        }
    }

    /// The arguments of the call whose bracket opens here.
    pub(super) fn arguments(&self, open: usize) -> Vec<Argument<'t>> {
        let mut found = Vec::new();
        let mut at = self.code.skip_lines(open + 1);
        let last = open + FARTHEST;
        while at < last && !self.code.is(at, b')') && self.code.kind(at).is_some() {
            let paired = self.code.are(at + 1, "=>");
            let key = match self.code.kind(at) {
                // `['base_uri' => …]`
                Some(Kind::Text(_)) if paired => Some(self.code.inner(at)),
                _ => self.code.name(at).filter(|_| {
                    self.code.is(at + 1, b'=') && !self.code.are(at + 1, "==") && !paired
                        || self.code.is(at + 1, b':') && !self.code.are(at + 1, "::")
                }),
            };
            let behind_key = if key.is_some() { at + 2 + usize::from(paired) } else { at };
            let start = self.code.skip_lines(behind_key);
            at = start;
            while at < last && !matches!(self.code.kind(at), None | Some(Kind::Sign(b',' | b')' | b']' | b'}'))) {
                at = match self.code.kind(at) {
                    Some(Kind::Sign(b'(' | b'[' | b'{')) => self.behind(at),
                    _ => at + 1,
                };
            }
            found.push(Argument { key, start, end: at });
            if !self.code.is(at, b',') {
                break;
            }
            at = self.code.skip_lines(at + 1);
        }
        found
    }

    /// Where the name begins that the bracket at this place calls.
    pub(super) fn path_start(&self, open: usize) -> usize {
        let mut at = open - usize::from(open > 0 && self.code.is(open - 1, b'!'));
        while open - at < 24 && at > 0 && self.code.kind(at - 1) == Some(Kind::Name) {
            at -= 1;
            let joint = if at > 1
                && (self.code.are(at - 2, "::") || self.code.are(at - 2, "->") || self.code.are(at - 2, "?."))
            {
                2
            } else {
                usize::from(at > 0 && (self.code.is(at - 1, b'.') || self.code.is(at - 1, b'$')))
            };
            if joint == 0 || at < joint + 1 || self.code.kind(at - joint - 1) != Some(Kind::Name) {
                break;
            }
            at -= joint;
        }
        at
    }

    /// The place behind the bracket that closes the one at this place.
    pub(super) fn behind(&self, open: usize) -> usize {
        let mut depth = 0u32;
        let mut at = open;
        while let Some(kind) = self.code.kind(at) {
            match kind {
                Kind::Sign(b'(' | b'[' | b'{') => depth += 1,
                Kind::Sign(b')' | b']' | b'}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        at
    }
}

fn unknown() -> Vec<Value> {
    vec![Value { text: HOLE.to_string(), anchor: None }]
}

fn cut(text: &mut String) {
    if text.len() > LONGEST {
        let mut end = LONGEST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
}

fn product(left: &[Value], right: &[Value]) -> Vec<Value> {
    let mut values = Vec::new();
    for left in left {
        for right in right {
            let mut text = format!("{}{}", left.text, right.text);
            cut(&mut text);
            values.push(Value { text, anchor: left.anchor.or(right.anchor) });
            if values.len() == MOST {
                return values;
            }
        }
    }
    values
}

fn join(parts: Vec<Vec<Value>>, separator: &str) -> Vec<Value> {
    let mut parts = parts.into_iter();
    let Some(mut values) = parts.next() else { return unknown() };
    for part in parts {
        for value in &mut values {
            if !separator.is_empty() && !value.text.ends_with(separator) {
                value.text.push_str(separator);
            }
        }
        values = product(&values, &part);
    }
    values
}
