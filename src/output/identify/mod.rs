//! Which licence was told of each file? What `civiclint identify` prints.

mod json;
mod text;

pub use json::SCHEMA;

use super::encode::{json_text, tsv_field};
use crate::phrase::{Lang, Phrase};
use crate::reading::licence_text::{How, Identified};
use crate::untrusted::Untrusted;

/// A file and what was told of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// the path as the user wrote it
    pub path: Untrusted,
    /// the licence and the evidence, or why the file was not read
    pub identified: Result<Identified, Phrase>,
}

impl Told {
    /// The SPDX expression, where the file names a licence.
    pub fn expression(&self) -> Option<&str> {
        self.identified.as_ref().ok().and_then(|found| found.expression.as_deref())
    }
}

/// For people: what each file holds, where, and what differs from the licence it is nearest to.
pub fn text(told: &[Told], lang: Lang, width: usize) -> String {
    text::render(told, lang, width)
}

/// For programs: `civiclint/identify/1`, see `schemas/identify-1.schema.json`.
pub fn json(told: &[Told], lang: Lang) -> String {
    json::render(told, lang)
}

/// For scripts: path, SPDX expression or `NONE`, how it was told, and the nearest licence or the reason, with tabs
/// between.
pub fn tsv(told: &[Told], lang: Lang) -> String {
    let mut lines = String::new();
    for one in told {
        let (expression, how, more) = match &one.identified {
            Ok(found) => (
                found.expression.as_deref().unwrap_or("NONE"),
                method(found),
                found.nearest.as_ref().map_or(String::new(), |near| near.id.clone()),
            ),
            Err(why) => ("NONE", "unreadable", json_text(&why.message(lang))),
        };
        lines += &format!("{}\t{expression}\t{how}\t{}\n", tsv_field(&one.path), more.replace(['\t', '\n'], " "));
    }
    lines
}

/// The name in machine formats for how it was told; `altered` where a text is near a licence and says something else.
fn method(found: &Identified) -> &'static str {
    match found.how {
        Some(How::SameText) => "same-text",
        Some(How::SimilarText) => "similar-text",
        Some(How::Translation) => "translation",
        Some(How::Tag) => "tag",
        Some(How::Name) => "name",
        None if found.nearest.is_some() => "altered",
        None => "none",
    }
}
