//! Does a metadata file hold what its standard says?
//!
//! One reader for publiccode.yml, CITATION.cff and codemeta.json: the standards are tables, see `table.rs`. Everything
//! that is wrong is told with its place; how much is told of one file is bounded by [`MOST`].

mod flaw;
mod kinds;
mod stream;
mod table;
mod text;

pub use flaw::{Flaw, Named};
pub use table::{CITATION, CODEMETA, PUBLICCODE, Schema};

use super::node::{Data, Document, Entry, Node};
use crate::phrase::Phrase;
use crate::place::Span;
use flaw::Sort;
use kinds::Kind;
use std::collections::BTreeSet;
use table::{Field, Many, Needed};

pub use stream::several_documents;

/// So many flaws of one file are told.
pub const MOST: usize = 100;

/// What a file says, held against its standard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// what is wrong, in the order of the table
    pub flaws: Vec<Flaw>,
    /// the files of the repository it names
    pub names: Vec<Named>,
    /// why nobody here can tell: it follows a version of which the table does not speak
    pub unknown: Option<Phrase>,
}

/// Holds a document against a schema.
pub fn check(schema: &'static Schema, document: &Document<'_>) -> Checked {
    if document.root.data == Data::Null {
        let nothing = Flaw { key: String::new(), span: None, why: flaw::empty(), breaks: true };
        return Checked { flaws: vec![nothing], ..Checked::default() };
    }
    let mut checker = Checker { schema, document, version: String::new(), checked: Checked::default() };
    if checker.version() {
        let whole = Holder { key: String::new(), span: None };
        checker.object(&schema.root, &document.root, &whole);
    }
    checker.checked.flaws.truncate(MOST);
    checker.checked
}

struct Checker<'d> {
    schema: &'static Schema,
    document: &'d Document<'d>,
    version: String,
    checked: Checked,
}

/// What holds a value: its key, and its place for what is missing in it.
struct Holder {
    key: String,
    span: Option<Span>,
}

impl Holder {
    fn inner(&self, key: &str) -> String {
        // keys are foreign, and of any length
        let key: String = key.chars().take(80).collect();
        if self.key.is_empty() { key } else { format!("{}.{key}", self.key) }
    }
}

impl Checker<'_> {
    fn tell(&mut self, key: impl Into<String>, span: Option<Span>, why: Phrase) {
        if self.checked.flaws.len() < MOST {
            self.checked.flaws.push(Flaw { key: key.into(), span, why, breaks: true });
        }
    }

    fn remark(&mut self, key: &str, span: Option<Span>, why: Phrase) {
        if self.checked.flaws.len() < MOST {
            self.checked.flaws.push(Flaw { key: key.to_owned(), span, why, breaks: false });
        }
    }

    /// Looks at the version that the document names; whether the table speaks of it.
    fn version(&mut self) -> bool {
        let Some(version) = &self.schema.version else { return true };
        let Some(entry) = self.document.root.entry(&version.key) else { return true };
        let span = Some(self.document.span(&entry.value));
        let Some(value) = entry.value.scalar().map(str::trim).filter(|value| !value.is_empty()) else { return true };
        if matches!(entry.value.data, Data::Number(_)) {
            self.tell(version.key.as_str(), span, flaw::version_no_text(value));
        }
        value.clone_into(&mut self.version);
        let newest = version.accepted.last().map(String::as_str).unwrap_or_default();
        if version.others.iter().any(|other| other == value) {
            self.checked.unknown = Some(flaw::other_version(value));
            return false;
        }
        let known = version.accepted.iter().any(|accepted| accepted == value);
        if !known && matches!(entry.value.data, Data::Text(_)) {
            self.tell(version.key.as_str(), span, flaw::unknown_version(value, newest));
            return false;
        }
        true
    }

    fn object(&mut self, name: &str, node: &Node, holder: &Holder) {
        let (Data::Map(_) | Data::Null) = node.data else {
            self.tell(holder.key.as_str(), holder.span, flaw::wrong_sort(Sort::Section));
            return;
        };
        let schema = self.schema;
        for (key, field) in schema.object(name) {
            if node.get(key).is_none_or(|value| value.data == Data::Null) {
                self.missing(key, field, node, holder);
            }
        }
        let mut seen = BTreeSet::new();
        for entry in node.entries() {
            if self.checked.flaws.len() >= MOST {
                return;
            }
            let span = Some(self.document.key_span(entry));
            let key = holder.inner(&entry.key);
            if !seen.insert(entry.key.as_str()) {
                self.tell(key, span, flaw::twice());
                continue;
            }
            match schema.field(name, &entry.key) {
                Some(field) => self.field(field, entry, node, Holder { key, span }),
                None if schema.open || entry.key == "<<" => {}
                None if holder.key.is_empty() && self.is_free(&entry.key) => {}
                None => {
                    let near = flaw::nearest(&entry.key, schema.object(name).map(|(key, _)| key));
                    self.tell(key, span, flaw::unknown(near));
                }
            }
        }
    }

    fn is_free(&self, key: &str) -> bool {
        self.schema.free_keys.is_some_and(|kind| kind.holds(key, &[]))
    }

    fn missing(&mut self, key: &str, field: &Field, node: &Node, holder: &Holder) {
        if field.or.iter().any(|other| node.get(other).is_some()) {
            return;
        }
        let place = node.entry(key).map(|entry| self.document.key_span(entry)).or(holder.span);
        let place = place.or_else(|| node.entries().first().map(|first| self.document.key_span(first)));
        if field.needed == Needed::Yes {
            self.tell(holder.inner(key), place, flaw::missing());
        } else if let Some(when) = &field.needed_when
            && let Some(value) =
                node.get(&when.key).and_then(Node::scalar).filter(|value| when.is.iter().any(|is| is == value))
        {
            self.tell(holder.inner(key), place, flaw::missing_where(&holder.inner(&when.key), value));
        }
    }

    fn field(&mut self, field: &'static Field, entry: &Entry, node: &Node, here: Holder) {
        if entry.value.data == Data::Null {
            return;
        }
        if let Some(other) = field.not_beside.as_deref().filter(|other| node.get(other).is_some()) {
            self.tell(here.key.as_str(), here.span, flaw::not_beside(other));
        }
        if let Some(when) = &field.only_when
            && !entry.value.list().is_empty()
            && node.get(&when.key).and_then(Node::scalar).is_some_and(|value| !when.is.iter().any(|is| is == value))
        {
            let parent = here.key.rsplit_once('.').map_or("", |(parent, _)| parent);
            let neighbour = Holder { key: parent.to_owned(), span: None }.inner(&when.key);
            self.tell(here.key.as_str(), here.span, flaw::misplaced(&neighbour, &when.is));
            return;
        }
        if let Some(since) = &field.deprecated {
            self.remark(&here.key, here.span, flaw::deprecated(since, field.instead.as_deref()));
        } else if let Some(since) = field.since.as_ref().filter(|since| is_before(&self.version, since)) {
            self.remark(&here.key, here.span, flaw::newer(since, &self.version.clone()));
        }
        match (field.many, &entry.value.data) {
            (Many::One, _) => self.value(field, &entry.value, &here),
            (Many::ByLanguage, _) => self.languages(field, &entry.value, &here),
            (Many::List | Many::OneOrList | Many::Some, Data::List(list)) => self.list(field, list, &here),
            (Many::List, _) => self.tell(here.key, here.span, flaw::wrong_sort(Sort::List)),
            (Many::OneOrList | Many::Some, _) => self.value(field, &entry.value, &here),
        }
    }

    fn list(&mut self, field: &'static Field, list: &[Node], here: &Holder) {
        if list.is_empty() && (field.needed != Needed::No || field.needed_when.is_some()) {
            self.tell(here.key.as_str(), here.span, flaw::empty());
        }
        let fits = |node: &Node| match (field.is, node.scalar()) {
            (Some(kind), Some(text)) => kind.holds(text, &[]),
            _ => false,
        };
        if field.many == Many::Some && (list.iter().any(fits) || list.is_empty()) {
            return;
        }
        for (number, one) in list.iter().enumerate() {
            if self.checked.flaws.len() >= MOST {
                return;
            }
            let key = format!("{}[{number}]", here.key);
            let span = self.place(one).or(here.span);
            self.value(field, one, &Holder { key, span });
        }
    }

    /// Where a value stands: of a section, its first key; nothing where there is nothing.
    fn place(&self, node: &Node) -> Option<Span> {
        match node.entries().first() {
            Some(first) => Some(self.document.key_span(first)),
            None if node.at.is_empty() => None,
            None => Some(self.document.span(node)),
        }
    }

    fn languages(&mut self, field: &'static Field, node: &Node, here: &Holder) {
        let Data::Map(entries) = &node.data else {
            self.tell(here.key.as_str(), here.span, flaw::wrong_sort(Sort::Section));
            return;
        };
        if entries.is_empty() {
            self.tell(here.key.as_str(), here.span, flaw::empty());
        }
        for entry in entries {
            let span = Some(self.document.key_span(entry));
            let key = here.inner(&entry.key);
            if !Kind::Language.holds(&entry.key, &[]) {
                self.tell(key.as_str(), span, flaw::language(&entry.key));
            }
            self.value(field, &entry.value, &Holder { key, span });
        }
        let schema = self.schema;
        for (name, inner) in field.object.iter().flat_map(|name| schema.object(name)) {
            let filled = |entry: &Entry| match entry.value.get(name).map(|value| &value.data) {
                None | Some(Data::Null) => false,
                // an empty list is told where it stands
                Some(_) => true,
            };
            if inner.needed == Needed::InOneLanguage && !entries.is_empty() && !entries.iter().any(filled) {
                let first = entries.first().map(|entry| (here.inner(&entry.key), self.document.key_span(entry)));
                let (key, span) = first.map_or((here.key.clone(), here.span), |(key, span)| (key, Some(span)));
                self.tell(Holder { key, span }.inner(name), span, flaw::missing());
            }
        }
    }

    /// One value.
    fn value(&mut self, field: &'static Field, node: &Node, here: &Holder) {
        if let [only] = field.object.as_slice() {
            self.object(only, node, here);
        } else if !field.object.is_empty() {
            self.any_object(&field.object, node, here);
        } else {
            self.text(field, node, here);
        }
    }

    /// An object of which there are several forms: what is wrong by the form with the fewest flaws.
    fn any_object(&mut self, names: &'static [String], node: &Node, here: &Holder) {
        let before = self.checked.flaws.len();
        let mut best: Option<Vec<Flaw>> = None;
        for name in names {
            self.object(name, node, here);
            let told = self.checked.flaws.split_off(before);
            if best.as_ref().is_none_or(|best| told.len() < best.len()) {
                best = Some(told);
            }
        }
        self.checked.flaws.extend(best.unwrap_or_default());
    }
}

/// Whether a version is older than another; versions that say nothing finer are not.
fn is_before(version: &str, since: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> { text.split('.').map_while(|part| part.parse().ok()).collect() };
    let version = parts(version);
    version.len() > 1 && version < parts(since)
}

#[cfg(test)]
mod tests;
