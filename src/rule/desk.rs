//! Where do the mistakes of one page collect, until all of it is read?

use super::{Mistake, Wrong};
use crate::phrase::Phrase;
use std::ops::Range;
use std::sync::Arc;

/// One page and what is wrong with it so far.
pub(super) struct Desk {
    /// below the folder of rules
    pub(super) path: String,
    /// all of it
    pub(super) text: Arc<str>,
    /// in the order in which they were met
    pub(super) mistakes: Vec<Mistake>,
}

impl Desk {
    /// A page of which nothing is read yet.
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.into(), mistakes: Vec::new() }
    }

    /// A part of the page; empty where there is none.
    pub(super) fn slice(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// Keeps a mistake at these bytes.
    pub(super) fn refuse(&mut self, wrong: Wrong, span: Range<usize>, reason: Phrase, help: impl Into<Option<Phrase>>) {
        self.mistakes.push(Mistake::new(&self.path, wrong, reason).at(&self.text, span).help(help));
    }

    /// Keeps a mistake of the page as a whole.
    pub(super) fn refuse_page(&mut self, wrong: Wrong, reason: Phrase, help: impl Into<Option<Phrase>>) {
        self.mistakes.push(Mistake::new(&self.path, wrong, reason).help(help));
    }
}
