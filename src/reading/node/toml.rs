//! TOML with positions.

use super::{DEPTH, Data, Document, Entry, Node, broken, too_deep};
use crate::phrase::Phrase;
use crate::reading::position::Lines;
use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

/// Reads a TOML document.
///
/// # Errors
/// Where it is no TOML, or nested deeper than [`DEPTH`].
pub fn toml(text: &str) -> Result<Document<'_>, Phrase> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = text.len() - body.len();
    if deepest(body) > DEPTH {
        return Err(too_deep());
    }
    match DeTable::parse(body) {
        Ok(table) => Ok(Document::new(text, map(&table, shift))),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start) + shift;
            Err(broken("TOML", &Lines::new(text), text, offset, error.message()))
        }
    }
}

fn map(table: &Spanned<DeTable<'_>>, shift: usize) -> Node {
    let entries = table.get_ref().iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        key_at: moved(key.span(), shift),
        value: node(value, shift),
    });
    Node { data: Data::Map(entries.collect()), at: moved(table.span(), shift) }
}

fn node(value: &Spanned<DeValue<'_>>, shift: usize) -> Node {
    let data = match value.get_ref() {
        DeValue::String(text) => Data::Text(text.to_string()),
        DeValue::Integer(number) => Data::Number(number.as_str().to_owned()),
        DeValue::Float(number) => Data::Number(number.as_str().to_owned()),
        DeValue::Boolean(yes) => Data::Bool(*yes),
        DeValue::Datetime(date) => Data::Number(date.to_string()),
        DeValue::Array(list) => Data::List(list.iter().map(|value| node(value, shift)).collect()),
        DeValue::Table(table) => {
            let table = table.iter().map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_at: moved(key.span(), shift),
                value: node(value, shift),
            });
            Data::Map(table.collect())
        }
    };
    Node { data, at: moved(value.span(), shift) }
}

fn moved(range: std::ops::Range<usize>, by: usize) -> std::ops::Range<usize> {
    range.start + by..range.end + by
}

/// The deepest nesting of brackets and dotted keys, found without recursion. The table a heading names comes on top.
fn deepest(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut open, mut dots, mut depth, mut deepest) = (Vec::new(), 0, 0, 0);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        match byte {
            b'#' => {
                at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                continue;
            }
            b'"' | b'\'' => {
                at += quoted(rest, *byte);
                continue;
            }
            b'.' => dots += 1,
            b'[' | b'{' => {
                open.push(dots + 1);
                depth += dots + 1;
                dots = 0;
            }
            b']' | b'}' => {
                depth -= open.pop().unwrap_or_default();
                dots = 0;
            }
            b'\n' | b',' => dots = 0,
            _ => {}
        }
        deepest = deepest.max(depth + dots);
        at += 1;
    }
    deepest
}

/// How long a string is that begins here; a single-line one ends at the line's end at the latest.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let triple = [quote; 3];
    if rest.starts_with(&triple) {
        let mut at = 3;
        while let Some(next) = memchr::memchr2(quote, b'\\', rest.get(at..).unwrap_or_default()) {
            at += next;
            if rest.get(at) == Some(&b'\\') && quote == b'"' {
                at += 2;
            } else if rest.get(at..).unwrap_or_default().starts_with(&triple) {
                return at + 3;
            } else {
                at += 1;
            }
        }
        return rest.len();
    }
    let mut at = 1;
    loop {
        match rest.get(at) {
            None => return rest.len(),
            Some(b'\n') => return at,
            Some(b'\\') if quote == b'"' => at += 2,
            Some(byte) if *byte == quote => return at + 1,
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Span;

    #[test]
    fn values_and_places() {
        let document = toml("\u{feff}[package]\nname = 'ä'\nversion = 1.0\nx = {y = [true]}\n").unwrap();
        assert_eq!(document.at(&["package", "name"]).unwrap().span, Span::on_line(2, 8, 11));
        assert_eq!(document.at(&["package", "version"]).unwrap().value, "1.0");
        assert!(document.root.walk(&["package", "x", "y"]).unwrap().list().iter().all(Node::is_true));
        assert_eq!(document.key_span(document.root.get("package").unwrap().entry("name").unwrap()).line, 2);
    }

    #[test]
    fn broken_and_deep_documents_are_refused() {
        assert!(toml("a = ").is_err());
        let deep = [
            format!("a = {}", "[".repeat(200_000)),
            format!("a = {}1{}", "[".repeat(70), "]".repeat(70)),
            format!("[{}a]", "a.".repeat(100)),
            format!("{}a = 1", "a.".repeat(100)),
            "a = ".to_owned() + &"{ a.a.a.a = ".repeat(20) + "1" + &"}".repeat(20),
        ];
        for text in deep {
            assert_eq!(toml(&text).unwrap_err(), too_deep(), "{}", &text[..20]);
        }
    }

    #[test]
    fn brackets_and_dots_in_strings_and_comments_are_not_depth() {
        let text = format!("a = '{0}' # {0}\nb = \"\"\"\n{0}\\\"\"\"\"\nc = \"{0}\"", "[.".repeat(100));
        assert!(toml(&text).is_ok(), "{:?}", toml(&text));
        assert!(deepest("[a.b]\nc.d = [{e = 1}]\n[f]") < 8);
    }
}
