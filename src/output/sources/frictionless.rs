//! How do the sources become the `sources` of a Data Package?
//!
//! <https://datapackage.org/standard/data-package/#sources>: a list of objects with `title` and `path`; v1 demands the
//! title, v2 allows any of them.

use super::{Row, Sources};
use crate::output::encode::{json_guard, json_value};
use crate::phrase::{Lang, Words};
use crate::untrusted::Untrusted;
use serde::Serialize;

#[derive(Serialize)]
struct Block {
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Source {
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    path: String,
}

pub(super) fn render(sources: &Sources, lang: Lang) -> String {
    let model = Words::new("model", "Modell").get(lang);
    let models =
        sources.models.iter().map(|row| Source { title: format!("{} ({model})", title(row)), path: path(row) });
    let listed = sources.sources.iter().map(|row| Source { title: title(row), path: path(row) }).chain(models);
    let text = serde_json::to_string_pretty(&Block { sources: listed.collect() }).unwrap_or_default();
    json_guard(&(text + "\n"))
}

fn title(row: &Row) -> String {
    let called = json_value(&row.called);
    row.publisher.map_or(called.clone(), |publisher| format!("{publisher}: {called}"))
}

fn path(row: &Row) -> String {
    json_value(&Untrusted::from(row.address.as_str()))
}
