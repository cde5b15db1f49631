//! Which names are given which texts?

use super::code::Code;
use super::token::Kind;
use super::value::{Evaluator, Names, Value};

/// A name that is given a value, and where the value begins.
pub(super) struct Given<'t> {
    /// the name
    pub(super) name: &'t str,
    /// the first token of the value
    pub(super) value: usize,
    /// a key of a table or a keyword of a call rather than a variable
    pub(super) key: bool,
}

/// What is given a value at this place.
pub(super) fn given<'t>(code: &Code<'t>, at: usize) -> Option<Given<'t>> {
    let is_text = matches!(code.kind(at)?, Kind::Text(_));
    let name = if is_text { code.inner(at) } else { code.name(at)? };
    if name.contains("://") || name.len() > 80 {
        return None;
    }
    let next = at + 1;
    let plain = |at: usize| code.is(at, b'=') && !code.are(at, "==") && !code.are(at, "=>") && !code.are(at, "=~");
    if plain(next) {
        return Some(Given { name, value: next + 1, key: is_text });
    }
    if code.are(next, "<-") || code.are(next, ":=") {
        return Some(Given { name, value: next + 2, key: false });
    }
    if code.are(next, "=>") {
        return Some(Given { name, value: next + 2, key: true });
    }
    if is_text && code.is(next, b']') && plain(next + 1) {
        return Some(Given { name, value: next + 2, key: false });
    }
    if code.is(next, b':') && !code.are(next, "::") {
        // `name: Type = value`
        let annotated = (next + 1..next + 14)
            .take_while(|at| {
                !matches!(
                    code.kind(*at),
                    None | Some(Kind::Line | Kind::Text(_) | Kind::Sign(b',' | b';' | b')' | b'}' | b'('))
                )
            })
            .find(|at| plain(*at));
        return Some(match annotated {
            Some(equals) => Given { name, value: equals + 1, key: false },
            None => Given { name, value: next + 1, key: true },
        });
    }
    None
}

/// The plain texts that names stand for.
pub(super) fn names(code: &Code<'_>) -> Names {
    let mut names = Names::new();
    for at in 0..code.tokens.len() {
        let Some(given) = given(code, at) else { continue };
        let start = code.skip_lines(given.value);
        if given.key && !matches!(code.kind(start), Some(Kind::Text(_))) {
            continue;
        }
        let (values, _) = Evaluator::new(code, &names).expression(start, false);
        let values: Vec<Value> =
            values.into_iter().filter(|value| value.anchor.is_some() && value.text.len() > 1).collect();
        let known = names.entry(given.name.to_owned()).or_default();
        known.extend(values);
        known.truncate(6);
    }
    names.retain(|_, values| !values.is_empty());
    names
}
