//! What is the same around every page?

use super::look;
use super::place::other;
use crate::phrase::Lang;

/// The head and the foot of a page.
pub(super) struct Frame {
    pub(super) lang: Lang,
    pub(super) other: Lang,
    /// what the browser shows in its tab, before the name of the program
    pub(super) title: String,
    pub(super) policy: &'static str,
    pub(super) css: &'static str,
    pub(super) script: Option<&'static str>,
    /// the same page in the other language, as this page links to it
    pub(super) counterpart: String,
    /// the index, as this page links to it; `None` for the index
    pub(super) home: Option<String>,
    /// whether it holds a table that needs the whole width
    pub(super) wide: bool,
    /// the version of civiclint that looked
    pub(super) version: String,
}

impl Frame {
    /// A page without a script.
    pub(super) fn new(lang: Lang, title: String, version: &str, counterpart: String, home: Option<String>) -> Self {
        Self {
            lang,
            other: other(lang),
            title,
            policy: look::policy(false),
            css: &look::STYLE,
            script: None,
            counterpart,
            home,
            wide: false,
            version: version.to_owned(),
        }
    }

    /// The same with the script and with room for a table.
    pub(super) fn scripted(mut self) -> Self {
        self.policy = look::policy(true);
        self.script = Some(look::SCRIPT);
        self.wide = true;
        self
    }
}

/// What is to be written to a file: with a line break at its end, and harmless where a CI runner prints it.
pub(super) fn finished(rendered: askama::Result<String>) -> String {
    // Only writing fails, and this writes to memory.
    let mut html = rendered.unwrap_or_default();
    if !html.ends_with('\n') {
        html.push('\n');
    }
    crate::output::encode::guard(&html)
}
