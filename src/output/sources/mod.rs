//! Which data sources and models does the code use? As text, and as a table or block ready to be pasted.

mod csv;
mod frictionless;
mod markdown;
mod row;
mod text;

use crate::judge::Answers;
use crate::phrase::Lang;
use row::Row;

/// The data sources and the trained models of a repository, in the order of their first use.
#[derive(Clone)]
pub struct Sources {
    sources: Vec<Row>,
    models: Vec<Row>,
}

/// The subjects that have to be asked for.
pub const SUBJECTS: &[&str] = &["data-source", "model"];

impl Sources {
    /// Takes them from what was observed; see [`SUBJECTS`].
    pub fn of(answers: &Answers) -> Self {
        let rows = |subject: &str| answers.subjects().get(subject).into_iter().flatten().map(Row::of).collect();
        Self { sources: rows("data-source"), models: rows("model") }
    }

    /// Those that no document names.
    #[must_use]
    pub fn undocumented(mut self) -> Self {
        for rows in [&mut self.sources, &mut self.models] {
            rows.retain(|row| row.documented == Some(false) && !row.own_site);
        }
        self
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.models.is_empty()
    }

    /// For people, `width` columns wide.
    pub fn text(&self, lang: Lang, width: usize) -> String {
        text::render(self, lang, width)
    }

    /// Two sections with a table each, for a README or a document on data sources.
    pub fn markdown(&self, lang: Lang) -> String {
        markdown::render(self, lang)
    }

    /// Comma-separated values (RFC 4180) with a line of headings, whose names do not depend on the language.
    pub fn csv(&self) -> String {
        csv::render(self)
    }

    /// `{"sources": […]}` as in a Data Package (`datapackage.json`, v1 and v2): title, path.
    pub fn frictionless(&self, lang: Lang) -> String {
        frictionless::render(self, lang)
    }
}
