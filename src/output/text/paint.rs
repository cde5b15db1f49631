//! What looks how on a terminal? Colours and hyperlinks, or neither.

use super::Style;
use crate::output::encode::percent;
use crate::repository::RepoPath;
use crate::rule::Severity;
use anstyle::{AnsiColor, Effects};

/// Puts colours and links around text that is already encoded.
pub(super) struct Paint {
    colour: bool,
    /// the folder all paths are relative to, as a `file:` URI that ends in a slash
    root: Option<String>,
}

impl Paint {
    pub(super) fn new(style: &Style) -> Self {
        let root = style.links.as_ref().filter(|root| root.is_absolute()).map(|root| {
            let path = percent(root.as_os_str().as_encoded_bytes());
            format!("file://{}/", path.trim_end_matches('/'))
        });
        Self { colour: style.colour, root }
    }

    fn with(&self, style: anstyle::Style, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(super) fn bold(&self, text: &str) -> String {
        self.with(anstyle::Style::new().bold(), text)
    }

    pub(super) fn dim(&self, text: &str) -> String {
        self.with(anstyle::Style::new().effects(Effects::DIMMED), text)
    }

    pub(super) fn good(&self, text: &str) -> String {
        self.with(AnsiColor::Green.on_default().bold(), text)
    }

    pub(super) fn severity(&self, severity: Severity, text: &str) -> String {
        self.with(severity_style(severity), text)
    }

    /// The text as a link to a file of what was looked at.
    pub(super) fn link(&self, path: &RepoPath, text: &str) -> String {
        match (&self.root, crate::output::encode::uri(path)) {
            (Some(root), Some(uri)) => format!("\x1b]8;;{root}{uri}\x1b\\{text}\x1b]8;;\x1b\\"),
            _ => text.to_owned(),
        }
    }
}

/// The colour of a severity.
pub(super) fn severity_style(severity: Severity) -> anstyle::Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Note => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}
