//! Which functions does a program define, and how are their parameters called?

use super::code::Code;
use super::token::Kind;
use std::collections::BTreeMap;

/// The functions of a program and their parameters.
pub(super) fn functions(code: &Code<'_>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for at in 0..code.tokens.len() {
        let (name, open) = match code.name(at) {
            Some("def" | "func" | "fun" | "fn" | "function") if code.is(at + 2, b'(') => (code.name(at + 1), at + 2),
            Some("function") if code.is(at + 1, b'(') => (bound_before(code, at), at + 1),
            Some(_) if code.is(at + 1, b'=') && code.is(at + 2, b'(') => (code.name(at), at + 2),
            Some(_) if code.is(at + 1, b'=') && code.name(at + 2) == Some("async") && code.is(at + 3, b'(') => {
                (code.name(at), at + 3)
            }
            _ => continue,
        };
        let Some(name) = name else { continue };
        if code.is(at + 1, b'=') && !arrow_follows(code, open) {
            continue;
        }
        found.insert(name.to_owned(), parameters(code, open));
    }
    found
}

/// `f <- function(`, `f = function(`
fn bound_before<'t>(code: &Code<'t>, at: usize) -> Option<&'t str> {
    let equals = at.checked_sub(1)?;
    let name = if code.is(equals, b'=') { equals.checked_sub(1)? } else { equals.checked_sub(2)? };
    code.name(name)
}

fn arrow_follows(code: &Code<'_>, open: usize) -> bool {
    let mut depth = 0u32;
    for at in open..open + 60 {
        match code.kind(at) {
            Some(Kind::Sign(b'(')) => depth += 1,
            Some(Kind::Sign(b')')) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return code.are(at + 1, "=>") || code.is(at + 1, b':');
                }
            }
            None => return false,
            _ => {}
        }
    }
    false
}

fn parameters(code: &Code<'_>, open: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut expected = true;
    let mut depth = 0u32;
    for at in open..open + 120 {
        match code.kind(at) {
            Some(Kind::Sign(b'(' | b'[' | b'{')) => depth += 1,
            Some(Kind::Sign(b')' | b']' | b'}')) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            Some(Kind::Sign(b',')) if depth == 1 => expected = true,
            Some(Kind::Name) if depth <= 2 && !matches!(code.name(at), None | Some("self" | "this" | "mut")) => {
                let name = code.name(at).unwrap_or_default().to_owned();
                // Java and C# write the type first.
                if expected {
                    found.push(name);
                } else if matches!(code.dialect.name(), "java" | "csharp" | "dart")
                    && let Some(last) = found.last_mut()
                {
                    *last = name;
                }
                expected = false;
            }
            None => break,
            _ => {}
        }
    }
    found
}
