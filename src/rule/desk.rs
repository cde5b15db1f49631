//! Where do the mistakes of one page or policy collect, until all of it is read?

use super::{Mistake, Wrong};
use crate::phrase::Phrase;
use std::ops::Range;
use std::sync::Arc;

/// One page, or one policy, and what is wrong with it so far.
pub(crate) struct Desk {
    /// as messages show it: of a page, below the folder of rules
    pub(crate) path: String,
    /// all of it
    pub(crate) text: Arc<str>,
    /// in the order in which they were met
    pub(crate) mistakes: Vec<Mistake>,
}

impl Desk {
    /// A page of which nothing is read yet.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.into(), mistakes: Vec::new() }
    }

    /// A part of the page; empty where there is none.
    pub(crate) fn slice(&self, span: Range<usize>) -> &str {
        self.text.get(span).unwrap_or_default()
    }

    /// Keeps a mistake at these bytes.
    pub(crate) fn refuse(&mut self, wrong: Wrong, span: Range<usize>, reason: Phrase, help: impl Into<Option<Phrase>>) {
        self.mistakes.push(Mistake::new(&self.path, wrong, reason).at(&self.text, span).help(help));
    }

    /// Keeps a mistake of the page as a whole.
    pub(crate) fn refuse_page(&mut self, wrong: Wrong, reason: Phrase, help: impl Into<Option<Phrase>>) {
        self.mistakes.push(Mistake::new(&self.path, wrong, reason).help(help));
    }
}
