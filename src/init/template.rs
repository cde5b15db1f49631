//! How is a text with `{places}` filled in?
//!
//! A line that begins with `?name ` is there where the place has a value, one with `!name ` where it has none; marks may
//! follow each other. Empty lines in a row become one. Values are put in once and never read as a template.

use std::collections::BTreeMap;

/// The values by the names of their places; what has none is not known.
pub(super) type Values = BTreeMap<&'static str, String>;

/// Fills a template of ours.
pub(super) fn fill(template: &str, values: &Values) -> String {
    let mut out = String::with_capacity(template.len());
    for line in template.lines() {
        let Some(line) = wanted(line, values) else { continue };
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        place(&mut out, line, values);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A line without its marks; `None` where one of them does not hold.
fn wanted<'l>(mut line: &'l str, values: &Values) -> Option<&'l str> {
    while let Some((known, rest)) = line.strip_prefix('?').map(|rest| (true, rest)).or_else(|| {
        line.strip_prefix("!")
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
            .map(|rest| (false, rest))
    }) {
        let (name, after) = rest.split_once(' ').unwrap_or((rest, ""));
        if values.contains_key(name) != known {
            return None;
        }
        line = after;
    }
    Some(line)
}

fn place(out: &mut String, line: &str, values: &Values) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}').and_then(|(name, after)| Some((values.get(name)?, after)));
        match found {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_lines() {
        let values = Values::from([("a", "{b}".to_owned()), ("b", "x".to_owned())]);
        for (template, filled) in [
            ("{a} and {b} {c}", "{b} and x {c}\n"),
            ("?a yes\n?c no\n!c none\n!a not", "yes\nnone\n"),
            ("?a !c both\n?a ?c one", "both\n"),
            ("one\n\n?c x\n\ntwo\n\n", "one\n\ntwo\n"),
            ("![image](x.png)", "![image](x.png)\n"),
        ] {
            assert_eq!(fill(template, &values), filled, "{template}");
        }
    }
}
