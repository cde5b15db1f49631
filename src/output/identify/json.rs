//! What do other programs read of it?

use super::Told;
use crate::output::encode::{json_text, json_value};
use crate::output::{TOOL, Tool, serialise};
use crate::phrase::Lang;
use crate::reading::licence_text::{Held, Identified};
use crate::untrusted::Untrusted;
use serde::Serialize;

/// The name and version of the format; a change that is not only an addition gets another number.
pub const SCHEMA: &str = "civiclint/identify/1";

#[derive(Serialize)]
struct Document<'t> {
    schema: &'static str,
    tool: Tool,
    files: Vec<File<'t>>,
}

#[derive(Serialize)]
struct File<'t> {
    path: String,
    expression: Option<&'t str>,
    how: &'static str,
    stated: Option<&'t str>,
    without_grant: bool,
    texts: Vec<Text<'t>>,
    notices: &'t [String],
    nearest: Option<Text<'t>>,
    unreadable: Option<String>,
}

#[derive(Serialize)]
struct Text<'t> {
    id: &'t str,
    exception: bool,
    first_line: u32,
    last_line: u32,
    coverage: u8,
    words_changed: usize,
    altered: bool,
    changes: Vec<Change>,
}

#[derive(Serialize)]
struct Change {
    added: String,
    removed: String,
}

impl<'t> Text<'t> {
    fn of(held: &'t Held) -> Self {
        let value = |words: &str| json_value(&Untrusted::from(words));
        let changes =
            held.changes.iter().map(|(added, removed)| Change { added: value(added), removed: value(removed) });
        Self {
            id: &held.id,
            exception: held.exception,
            first_line: held.lines.0,
            last_line: held.lines.1,
            coverage: held.coverage,
            words_changed: held.words_changed,
            altered: held.altered,
            changes: changes.collect(),
        }
    }
}

pub(super) fn render(told: &[Told], lang: Lang) -> String {
    let none = Identified::default();
    let file = |one: &'_ Told| -> (String, Option<String>) {
        (json_value(&one.path), one.identified.as_ref().err().map(|why| json_text(&why.message(lang))))
    };
    let files = told.iter().map(|one| {
        let found = one.identified.as_ref().unwrap_or(&none);
        let (path, unreadable) = file(one);
        File {
            path,
            expression: found.expression.as_deref(),
            how: if unreadable.is_some() { "unreadable" } else { super::method(found) },
            stated: found.stated.as_deref(),
            without_grant: found.without_grant,
            texts: found.texts.iter().map(Text::of).collect(),
            notices: &found.notices,
            nearest: found.nearest.as_ref().map(Text::of),
            unreadable,
        }
    });
    serialise(&Document { schema: SCHEMA, tool: TOOL, files: files.collect() })
}
