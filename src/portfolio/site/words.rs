//! How are numbers, levels and outcomes written for people?

use crate::output::encode::{clip, visible};
use crate::phrase::Lang;
use crate::portfolio::Status;
use crate::rule::Level;

pub(super) use crate::portfolio::numbers::{number, share as percent};

/// "1 finding", "2 findings".
pub(super) fn count(value: usize, one: &str, many: &str, lang: Lang) -> String {
    format!("{} {}", number(value, lang), if value == 1 { one } else { many })
}

/// "1 finding", "2 findings".
pub(super) fn findings(value: usize, lang: Lang) -> String {
    count(value, lang.pick("finding", "Befund"), lang.pick("findings", "Befunde"), lang)
}

/// "1 repository", "2 repositories".
pub(super) fn repositories(value: usize, lang: Lang) -> String {
    count(value, lang.pick("repository", "Repository"), lang.pick("repositories", "Repositorys"), lang)
}

/// The level by its name in machine formats.
pub(super) fn level(name: Option<&str>) -> Option<Level> {
    Level::ALL.into_iter().find(|level| Some(level.name()) == name)
}

/// The name of a level, or that there is none.
pub(super) fn level_title(level: Option<Level>, lang: Lang) -> &'static str {
    level.map_or(lang.pick("none yet", "noch keine"), |level| level.title(lang))
}

/// What came of looking at a repository, short.
pub(super) fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Ok => lang.pick("nothing found", "ohne Befund"),
        Status::Findings => lang.pick("findings", "Befunde"),
        Status::Incomplete => lang.pick("incomplete", "unvollständig"),
        Status::Timeout => lang.pick("took too long", "dauerte zu lange"),
        Status::Crashed => lang.pick("crashed", "abgestürzt"),
        Status::Oom => lang.pick("out of memory", "zu wenig Speicher"),
        Status::Unreachable => lang.pick("unreachable", "nicht erreichbar"),
    }
}

/// `software`, `data` or `documentation`, short.
pub(super) fn kind(kind: Option<&str>, lang: Lang) -> &'static str {
    match kind {
        Some("software") => lang.pick("software", "Software"),
        Some("data") => lang.pick("data", "Daten"),
        Some("documentation") => lang.pick("documents", "Dokumente"),
        _ => lang.pick("unclear", "unklar"),
    }
}

/// The name of a severity in style sheets, and as people read it.
pub(super) fn severity(name: &str, lang: Lang) -> (&'static str, &'static str) {
    match name {
        "error" => ("error", lang.pick("Error", "Fehler")),
        "warning" => ("warning", lang.pick("Warning", "Warnung")),
        _ => ("note", lang.pick("Note", "Hinweis")),
    }
}

/// Foreign text of a file: with everything visible that steers, whoever wrote the file, and short.
pub(super) fn foreign(text: &str) -> String {
    clipped(text, 300)
}

/// The same with at most so many characters.
pub(super) fn clipped(text: &str, most: usize) -> String {
    clip(&visible(text.as_bytes()), most)
}

/// A text in the quotes of the language.
pub(super) fn quoted(text: &str, lang: Lang) -> String {
    lang.pick(format!("“{text}”"), format!("„{text}“"))
}
