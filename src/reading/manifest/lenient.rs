//! Readers for manifests that are no documents of a common format: fields line by line, settings in code, XML.

use crate::reading::node::Located;
use crate::reading::position::Lines;
use std::ops::Range;

/// A text whose parts can be located.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    lines: Lines,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, lines: Lines::new(text) }
    }

    /// The trimmed text of a range with its place; `None` where it is empty.
    pub(super) fn located(&self, range: Range<usize>) -> Option<Located> {
        let part = self.text.get(range.clone())?;
        let value = part.trim();
        let start = range.start + (part.len() - part.trim_start().len());
        let span = self.lines.span(self.text, &(start..start + value.len()));
        (!value.is_empty()).then(|| Located { value: value.to_owned(), span })
    }
}

/// A field of a file of fields: its key in lower case, and where its value stands (continued lines included).
pub(super) struct Field<'t> {
    pub(super) section: &'t str,
    pub(super) key: String,
    pub(super) value: Range<usize>,
}

/// The fields of an INI file (`=`) or a Debian control file (`:`). Lines that begin with a blank go on with the value.
pub(super) fn fields(text: &str, separator: char) -> Vec<Field<'_>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut section = "";
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim_end();
        if body.is_empty() || body.starts_with(['#', ';']) {
            continue;
        }
        if body.starts_with([' ', '\t']) {
            if let Some(last) = fields.last_mut() {
                last.value.end = start + body.len();
            }
            continue;
        }
        if let Some(name) = body.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim();
            continue;
        }
        if let Some((key, _)) = body.split_once(separator) {
            let value = start + key.len() + 1..start + body.len();
            fields.push(Field { section, key: key.trim().to_ascii_lowercase(), value });
        }
    }
    fields
}

/// An element of an XML document that holds text, or has attributes.
pub(in crate::reading) struct Element {
    /// the names of the elements it lies in, with its own, joined by `/`
    pub(in crate::reading) path: String,
    /// its attributes as written
    pub(in crate::reading) attributes: Range<usize>,
    /// what stands between its first tag and the next tag
    pub(in crate::reading) text: Range<usize>,
}

/// Elements nested deeper than this are passed over.
const DEEPEST: usize = 64;
/// Nobody's element has a longer name.
const LONGEST: usize = 64;

/// The elements of an XML document in their order. Comments, processing instructions and document types are passed
/// over; nothing is ever fetched or expanded. Tags that do not match end the elements they leave open.
pub(in crate::reading) fn elements(text: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()).map(|next| at + next) {
        let rest = text.get(start..).unwrap_or_default();
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
        if let Some((_, end)) = skipped.iter().find(|(begin, _)| rest.starts_with(begin)) {
            at = memchr::memmem::find(rest.as_bytes(), end.as_bytes())
                .map_or(text.len(), |length| start + length + end.len());
            continue;
        }
        let Some(length) = memchr::memchr(b'>', rest.as_bytes()) else { break };
        let tag = rest.get(1..length).unwrap_or_default();
        at = start + length + 1;
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(depth) = open.iter().rposition(|other| *other == name.trim()) {
                open.truncate(depth);
            }
            continue;
        }
        let closed = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let name = if name.len() > LONGEST { "?" } else { name };
        if open.len() < DEEPEST {
            open.push(name);
            let next = memchr::memchr(b'<', text.as_bytes().get(at..).unwrap_or_default())
                .map_or(text.len(), |next| at + next);
            let attributes = start + 1 + name.len().min(tag.len())..start + 1 + tag.len();
            elements.push(Element { path: open.join("/"), attributes, text: if closed { at..at } else { at..next } });
            if closed {
                open.pop();
            }
        }
    }
    elements
}

/// The value of an attribute, in bytes of the whole text.
pub(in crate::reading) fn attribute(text: &str, element: &Element, name: &str) -> Option<Range<usize>> {
    let attributes = text.get(element.attributes.clone())?;
    let at = attributes.match_indices(name).map(|(at, _)| at).find(|at| {
        attributes.get(..*at).is_some_and(|before| before.ends_with(char::is_whitespace))
            && attributes.get(at + name.len()..).is_some_and(|after| after.trim_start().starts_with('='))
    })?;
    let after = attributes.get(at + name.len()..)?;
    let open = after.find(['"', '\''])?;
    let quote = after.get(open..)?.chars().next()?;
    let value = after.get(open + 1..)?;
    let end = value.find(quote)?;
    let start = element.attributes.start + at + name.len() + open + 1;
    Some(start..start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_on_in_indented_lines() {
        let text = "[metadata]\nname = x\nclassifiers =\n    License :: A\n    B\n# c\n[options]\nkey=1\n";
        let read: Vec<_> = fields(text, '=').into_iter().map(|f| (f.section, f.key, text[f.value].trim())).collect();
        assert_eq!(
            read,
            [
                ("metadata", "name".into(), "x"),
                ("metadata", "classifiers".into(), "License :: A\n    B"),
                ("options", "key".into(), "1")
            ]
        );
    }

    #[test]
    fn xml() {
        let text = "<?xml?><!-- <a> --><p x=\"1\"><a>A</a><b y='2'/><c><d>D</c></p>";
        let read: Vec<_> =
            elements(text).into_iter().map(|e| (e.path.clone(), text[e.text.clone()].to_owned())).collect();
        assert_eq!(
            read,
            [
                ("p".into(), String::new()),
                ("p/a".into(), "A".into()),
                ("p/b".into(), String::new()),
                ("p/c".into(), String::new()),
                ("p/c/d".into(), "D".into())
            ]
        );
        let b = &elements(text)[2];
        assert_eq!(attribute(text, b, "y").map(|range| &text[range]), Some("2"));
        assert_eq!(attribute(text, b, "z"), None);
        assert!(elements(&"<a>".repeat(100_000)).len() <= DEEPEST);
        for hostile in ["<", "<a", "<!--", "</a>", "<a x=", "<>"] {
            let _ = elements(hostile);
        }
    }
}
