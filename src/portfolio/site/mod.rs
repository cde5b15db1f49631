//! What does an authority open to see the state of its repositories? Pages that open from a file.
//!
//! An index, a page for every repository and a page for every rule, each in German and English. A page loads nothing;
//! its content security policy allows the one style sheet and the one script that are in it, and without the script
//! everything is there as plain tables. Texts of repositories are escaped by the templates; markup can only come from
//! them or from a `&'static str`. Made to meet WCAG 2.2 AA. In their order: `repository`, `rule_page`, `index`.

mod address;
mod chart;
mod frame;
mod index;
mod look;
mod place;
mod repository;
mod rule_page;
mod sections;
mod table;
mod words;

#[cfg(test)]
mod tests;

use crate::output::html::{Flow, own};
use crate::output::write::WriteError;
use crate::phrase::Lang;
use crate::portfolio::{Record, RepositoryResult, Run, Summary};
use crate::rule::Rule;
use place::Place;
use std::collections::BTreeMap;
use std::path::Path;

/// The pages of a portfolio while they are written. Nothing is kept of a repository.
pub struct Site<'r> {
    place: Place,
    about: About<'r>,
}

/// What every page may ask for.
struct About<'r> {
    run: Run,
    /// the language of the first page
    lang: Lang,
    rules: Rules<'r>,
}

impl<'r> Site<'r> {
    /// Begins the pages in the folder of a batch. `rules` are the rules that were asked; `lang` is the language of
    /// `index.html`, the other one is in `index.de.html` or `index.en.html`.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn begin(dir: &Path, run: &Run, rules: &'r [Rule], lang: Lang) -> Result<Self, WriteError> {
        Ok(Self { place: Place::new(dir)?, about: About { run: run.clone(), lang, rules: Rules::new(rules) } })
    }

    /// Writes the pages of the next repository, in the order of the list.
    ///
    /// # Errors
    /// Where a page cannot be written.
    pub fn repository(&mut self, record: &Record, result: Option<&RepositoryResult>) -> Result<(), WriteError> {
        for lang in place::LANGS {
            let html = repository::render(record, result, &self.about, lang);
            self.place.write(place::below("repository", &record.key, lang), &html)?;
        }
        Ok(())
    }

    /// Writes the pages of rules and the index, and removes the pages of repositories that are no longer in the list.
    ///
    /// # Errors
    /// Where a page cannot be written or removed.
    pub fn finish(mut self, summary: &Summary) -> Result<(), WriteError> {
        let about = &self.about;
        for lang in place::LANGS {
            for rule in about.rules.all {
                let Some(slug) = about.rules.slugs.get(&rule.id) else { continue };
                let html = rule_page::render(about, summary, rule, slug, lang);
                self.place.write(place::below("rule", slug, lang), &html)?;
            }
            let mut tables = table::Tables::of(about, summary, lang);
            let first = tables.take_first();
            for (name, html) in tables.render(about) {
                self.place.write(name, &html)?;
            }
            let html = index::render(about, summary, first, lang);
            self.place.write(place::index(lang, about.lang), &html)?;
        }
        self.place.tidy()
    }
}

/// The rules that were asked, with the names of their pages.
struct Rules<'r> {
    all: &'r [Rule],
    slugs: BTreeMap<String, String>,
}

/// The title of a rule and where its page lies.
struct Title {
    text: Flow,
    /// the language of the title, where it is another than the page's
    lang: Option<&'static str>,
    /// the name of its page below `rule/`
    page: Option<String>,
}

impl<'r> Rules<'r> {
    fn new(all: &'r [Rule]) -> Self {
        Self { all, slugs: place::slugs(all.iter().map(|rule| rule.id.as_str())) }
    }

    fn get(&self, id: &str) -> Option<&'r Rule> {
        self.all.iter().find(|rule| rule.id == id)
    }

    /// The title of a rule; its id where the rule is not known here.
    fn title(&self, id: &str, lang: Lang) -> Title {
        let rule = self.get(id);
        Title {
            text: own(rule.map_or(id, |rule| rule.page(lang).title.as_str())),
            lang: rule.and_then(|rule| other_language(rule, lang)),
            page: self.page(id, lang),
        }
    }

    /// The name of the page of a rule below `rule/`.
    fn page(&self, id: &str, lang: Lang) -> Option<String> {
        self.slugs.get(id).map(|slug| format!("{slug}.{}.html", lang.tag()))
    }
}

/// The language of a rule's page, where it is not the one that was asked for.
fn other_language(rule: &Rule, lang: Lang) -> Option<&'static str> {
    (lang == Lang::De && rule.de.is_none()).then(|| Lang::En.tag())
}
