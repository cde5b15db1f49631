//! What does a model card in JSON tell?
//!
//! The Model Card Toolkit's schema (version 0.0.2: `model_details`, `model_parameters`, `quantitative_analysis`,
//! `considerations`) and the older `modelcard.json` of transformers; keys are read as headings are.

use super::{Card, Of, Part, parts::Told, table};
use crate::reading::node::{self, Data, Node};
use crate::repository::File;
use std::collections::BTreeSet;

/// The card in a JSON file, if it is one.
pub(super) fn card<'r>(file: &'r File, text: &str) -> Option<Card<'r>> {
    let document = node::json(text).ok()?;
    let root = &document.root;
    let model = ["model_details", "quantitative_analysis", "quantitative_analyses", "considerations", "intended_use"];
    let of = match () {
        () if model.iter().any(|key| root.get(key).is_some()) => Of::Model,
        () => return None,
    };
    let mut found = Told::default();
    read(&mut found, root, &BTreeSet::new());
    Some(Card { file, line: 1, of, template: found.template, told: found.told })
}

/// Trees are at most [`node::DEPTH`] deep.
fn read(found: &mut Told, node: &Node, here: &BTreeSet<Part>) {
    for entry in node.entries() {
        let own = table::announced(&entry.key);
        let parts = if own.is_empty() { here } else { &own };
        read(found, &entry.value, parts);
    }
    for value in node.list() {
        read(found, value, here);
    }
    match &node.data {
        Data::Text(text) => {
            found.template |= text.contains("{{");
            if table::says_something(text) {
                found.told.extend(here.iter().copied());
                found.told.extend(table::spoken(text));
            }
        }
        Data::Number(_) | Data::Bool(_) => found.told.extend(here.iter().copied()),
        Data::Null | Data::List(_) | Data::Map(_) => {}
    }
}

/// Whether a value says something.
pub(super) fn is_filled(node: &Node) -> bool {
    match &node.data {
        Data::Null => false,
        Data::Bool(_) | Data::Number(_) => true,
        Data::Text(text) => table::says_something(text),
        Data::List(list) => list.iter().any(is_filled),
        Data::Map(entries) => entries.iter().any(|entry| is_filled(&entry.value)),
    }
}
