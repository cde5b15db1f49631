//! YAML with positions.

use super::{DEPTH, Data, Document, Entry, Node, Stopped, broken, too_deep};
use crate::phrase::Phrase;
use crate::reading::position::Lines;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

/// Reads the first document of a YAML stream. Aliases are followed within the parser's budget against bombs.
///
/// # Errors
/// Where it is no YAML, nested deeper than [`DEPTH`], or over the budget.
pub fn yaml(text: &str) -> Result<Document<'_>, Phrase> {
    yaml_or_place(text).map_err(|stopped| stopped.why)
}

/// The same, for those who show where the document breaks.
///
/// # Errors
/// As [`yaml`], with the place.
pub fn yaml_or_place(text: &str) -> Result<Document<'_>, Stopped> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: DEPTH,
            max_nodes: 200_000,
            max_events: 1_000_000,
            max_documents: 16,
        },
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        with_snippet: false,
    };
    let lines = Lines::new(text);
    match serde_saphyr::from_str_with_options::<Spanned<Tree>>(text, options) {
        Ok(tree) => Ok(Document { text, root: node(tree, text), lines }),
        Err(error) => {
            let said = error.to_string();
            if said.contains("depth") {
                return Err(Stopped { why: too_deep(), span: None, disputed: false });
            }
            let known = error.location();
            let offset = known.as_ref().map_or(0, |location| place_in(location, &lines, text));
            let why = broken("YAML", &lines, text, offset, said.lines().next().unwrap_or_default());
            // forbidden by YAML 1.2 (7.3.1), and taken by libyaml and those made after it
            let disputed = said.contains("invalid indentation in multiline quoted scalar");
            let span = known.map(|_| lines.span(text, &(offset..offset)));
            Err(Stopped { why, span, disputed })
        }
    }
}

/// Where an error is: errors know their line and column better than their offset.
fn place_in(location: &Location, lines: &Lines, text: &str) -> usize {
    let by_line = u32::try_from(location.line()).ok().and_then(|line| lines.line(text, line));
    let Some(range) = by_line else { return start(location, text) };
    let line = text.get(range.clone()).unwrap_or_default().trim_end();
    let column = usize::try_from(location.column()).unwrap_or(1).saturating_sub(1);
    range.start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}

fn start(location: &Location, text: &str) -> usize {
    location.span().byte_offset().and_then(|offset| usize::try_from(offset).ok()).unwrap_or(0).min(text.len())
}

/// The tree as serde builds it; positions are put in afterwards.
enum Tree {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Spanned<Self>>),
    Map(Vec<(Spanned<Self>, Spanned<Self>)>),
}

fn node(tree: Spanned<Tree>, text: &str) -> Node {
    let from = start(&tree.referenced, text);
    let length = tree.referenced.span().byte_len().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
    let to = from.saturating_add(length).min(text.len());
    let written = text.get(from..to).unwrap_or_default();
    let data = match tree.value {
        Tree::Null => Data::Null,
        Tree::Bool(yes) => Data::Bool(yes),
        Tree::Number(number) => {
            let plain = !written.is_empty() && !written.starts_with(['*', '&', '!']);
            Data::Number(if plain { written.to_owned() } else { number })
        }
        Tree::Text(text) => Data::Text(text),
        Tree::List(list) => Data::List(list.into_iter().map(|value| node(value, text)).collect()),
        Tree::Map(map) => Data::Map(map.into_iter().filter_map(|(key, value)| entry(key, value, text)).collect()),
    };
    Node { data, at: from..to }
}

fn entry(key: Spanned<Tree>, value: Spanned<Tree>, text: &str) -> Option<Entry> {
    let key = node(key, text);
    let name = match &key.data {
        Data::Bool(yes) => yes.to_string(),
        _ => key.scalar()?.to_owned(),
    };
    Some(Entry { key: name, key_at: key.at, value: node(value, text) })
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Tree;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(yes))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Tree, E> {
        Ok(Tree::Number(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Tree, E> {
        Ok(Tree::Number(number.to_string()))
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Tree, E> {
        Ok(Tree::Number(number.to_string()))
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Tree, E> {
        Ok(Tree::Number(number.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Tree, E> {
        Ok(Tree::Text(String::from_utf8_lossy(bytes).into_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element()? {
            list.push(value);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Tree::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Span;

    #[test]
    fn values_and_places() {
        let text = "---\nname: Bürger App\nlegal:\n  license: \"EUPL-1.2\"\nversion: 1.10\nusedBy:\n  - A\n  - B\ndate: 2026-01-02\nempty:\n";
        let document = yaml(text).unwrap();
        assert_eq!(document.at(&["legal", "license"]).unwrap().span, Span::on_line(4, 12, 22));
        assert_eq!(document.at(&["name"]).unwrap().span, Span::on_line(2, 7, 17));
        assert_eq!(document.at(&["version"]).unwrap().value, "1.10");
        assert_eq!(document.at(&["date"]).unwrap().value, "2026-01-02");
        assert_eq!(document.root.get("usedBy").unwrap().list().len(), 2);
        assert_eq!(document.root.get("empty").unwrap().data, Data::Null);
        assert_eq!(document.key_span(document.root.entry("legal").unwrap()), Span::on_line(3, 1, 6));
    }

    #[test]
    fn what_stops_it_has_a_place() {
        let stopped = yaml_or_place("a: 1\nb: c: d\n").unwrap_err();
        assert_eq!((stopped.span.map(|span| span.line), stopped.disputed), (Some(2), false));
        assert!(yaml_or_place("a:\n  b: \"one\n  two\"\n").unwrap_err().disputed);
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (key, from) in ["b", "c", "d", "e", "f", "g", "h"].into_iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
            let alias = format!("*{from},").repeat(9);
            bomb.push_str(&format!("{key}: &{key} [{alias}]\n"));
        }
        for bad in [bomb, "[".repeat(200_000), "- ".repeat(5_000), "a: [".to_owned(), "a: b: c".to_owned()] {
            assert!(yaml(&bad).is_err(), "{}", &bad[..bad.len().min(20)]);
        }
    }
}
