//! How do pages become rules?

use super::block::{self, Law};
use super::desk::Desk;
use super::page::{self, Section, Sheet};
use super::{Mistake, Norms, Page, Rule, Vocabulary, Wrong, says};
use crate::phrase::{Lang, Phrase};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// The folder that the shipped pages come from.
const SHIPPED_IN: &str = "rules";

/// The rules that ship with civiclint, sorted by id.
///
/// # Errors
/// Every mistake of every page; a test makes sure that there is none.
pub fn shipped() -> Result<Vec<Rule>, Vec<Mistake>> {
    let pages = PAGES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    load(pages, &Vocabulary::of_rooms(), Norms::shipped(), true).map_err(|mistakes| below(mistakes, SHIPPED_IN))
}

/// The ids of the rules that ship with civiclint.
pub(super) fn shipped_ids() -> impl Iterator<Item = &'static str> {
    PAGES.iter().filter_map(|(path, _)| id_of(path)).filter(|(_, lang)| *lang == Lang::En).map(|(id, _)| id)
}

/// Mistakes with the folder of rules before their paths.
pub(super) fn below(mut mistakes: Vec<Mistake>, folder: &str) -> Vec<Mistake> {
    for mistake in &mut mistakes {
        mistake.path = format!("{}/{}", folder.trim_end_matches('/'), mistake.path);
    }
    mistakes
}

/// The rules of these pages (path below the folder of rules, text), sorted by id. `german_required` is set for rules
/// that ship; those of an administration may leave the German pages out.
///
/// # Errors
/// Every mistake that was found, in the order of paths and lines.
pub fn load(
    pages: Vec<(String, String)>,
    vocabulary: &Vocabulary,
    norms: &Norms,
    german_required: bool,
) -> Result<Vec<Rule>, Vec<Mistake>> {
    let (pairs, mut mistakes) = pair(&pages);
    let loaded: Vec<Result<Rule, Vec<Mistake>>> =
        pairs.into_par_iter().map(|pair| pair.load(vocabulary, norms, german_required)).collect();
    let mut rules = Vec::new();
    for result in loaded {
        match result {
            Ok(rule) => rules.push(rule),
            Err(more) => mistakes.extend(more),
        }
    }
    if mistakes.is_empty() {
        return Ok(rules);
    }
    let start = |mistake: &Mistake| mistake.span.as_ref().map(|span| span.start);
    mistakes.sort_by(|a, b| (&a.path, start(a), a.wrong).cmp(&(&b.path, start(b), b.wrong)));
    Err(mistakes)
}

/// The id and the language of a path `chapter/name.md` or `chapter/name.de.md`.
pub(super) fn id_of(path: &str) -> Option<(&str, Lang)> {
    let stem = path.strip_suffix(".md")?;
    let (id, lang) = match stem.strip_suffix(".de") {
        Some(id) => (id, Lang::De),
        None => (stem, Lang::En),
    };
    let (chapter, name) = id.split_once('/')?;
    (is_kebab(chapter) && is_kebab(name)).then_some((id, lang))
}

/// Whether a name is written in small letters, digits and single hyphens, beginning with a letter.
pub(super) fn is_kebab(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// What is said of a second page with one id.
pub(super) fn second_page(id: &str) -> Phrase {
    Phrase::new("there is a second page with this id: `{id}`", "Diese Kennung hat eine zweite Seite: `{id}`")
        .with("id", id)
}

/// The pages of one rule.
struct Pair<'p> {
    id: &'p str,
    en: Option<(&'p str, &'p str)>,
    de: Option<(&'p str, &'p str)>,
}

/// Sorts pages into pairs by id; what is called otherwise, or is there twice, is refused.
fn pair(pages: &[(String, String)]) -> (Vec<Pair<'_>>, Vec<Mistake>) {
    let mut pairs: BTreeMap<&str, Pair<'_>> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (path, text) in pages {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let Some((id, lang)) = id_of(path) else {
            let reason = Phrase::new(
                "a page is called `chapter/name.md` or `chapter/name.de.md`, in small letters, digits and hyphens",
                "Eine Seite heißt `kapitel/name.md` oder `kapitel/name.de.md`, in Kleinbuchstaben, Ziffern und Bindestrichen",
            );
            mistakes.push(Mistake::new(path, Wrong::Path, reason));
            continue;
        };
        let pair = pairs.entry(id).or_insert(Pair { id, en: None, de: None });
        let page = match lang {
            Lang::En => &mut pair.en,
            Lang::De => &mut pair.de,
        };
        if page.is_some() {
            mistakes.push(Mistake::new(path, Wrong::DuplicateId, second_page(id)));
            continue;
        }
        *page = Some((path, text));
    }
    (pairs.into_values().collect(), mistakes)
}

impl Pair<'_> {
    fn load(self, vocabulary: &Vocabulary, norms: &Norms, german_required: bool) -> Result<Rule, Vec<Mistake>> {
        let Some((path, text)) = self.en else {
            let path = self.de.map_or(self.id, |(path, _)| path);
            let reason =
                Phrase::new("this German page has no English one", "Zu dieser deutschen Seite fehlt die englische");
            let help = Phrase::new("the rule itself stands in `{id}.md`", "Die Regel selbst steht in `{id}.md`")
                .with("id", self.id);
            return Err(vec![Mistake::new(path, Wrong::OnlyGerman, reason).help(help)]);
        };
        let mut en = Desk::new(path, text);
        let sheet = page::read(&mut en, Lang::En);
        let law = sheet.block.clone().and_then(|block| block::read(&mut en, block, vocabulary, norms));
        let mut law = law.unwrap_or_default();
        let places = law.says.clone().map(|says| says::check(&mut en, &says, &mut law, vocabulary));
        let mut de = None;
        match self.de {
            Some((path, text)) => {
                let mut desk = Desk::new(path, text);
                let german = page::read(&mut desk, Lang::De);
                let says = german.block.clone().and_then(|block| block::read_german(&mut desk, block));
                if let (Some(says), Some(places)) = (&says, &places) {
                    says::check_german(&mut desk, says, &mut law, vocabulary, places);
                }
                compare(&mut desk, &sheet, &german);
                de = Some((desk, german, says));
            }
            None if german_required => {
                let reason = Phrase::new("the German page is missing", "Die deutsche Seite fehlt");
                let help = Phrase::new("it is called `{id}.de.md`", "Sie heißt `{id}.de.md`").with("id", self.id);
                en.refuse_page(Wrong::NoGerman, reason, help);
            }
            None => {}
        }
        unused_settings(&mut en, &law);
        let mut mistakes = std::mem::take(&mut en.mistakes);
        mistakes.extend(de.iter_mut().flat_map(|(desk, ..)| std::mem::take(&mut desk.mistakes)));
        let german = de.map(|(_, sheet, says)| sheet.page(says));
        match (mistakes.is_empty(), law.rule(self.id, sheet, german)) {
            (true, Some(rule)) => Ok(rule),
            _ => Err(mistakes),
        }
    }
}

/// Refuses sections that only one of the two pages has.
fn compare(desk: &mut Desk, en: &Sheet, de: &Sheet) {
    for section in Section::ALL.into_iter().filter(|section| !section.required()) {
        match (en.sections.contains_key(&section), de.sections.get(&section)) {
            (true, None) => {
                let reason = Phrase::new(
                    "the English page has a section `{en}`; `{de}` is missing here",
                    "Die englische Seite hat einen Abschnitt `{en}`; hier fehlt `{de}`",
                )
                .with("en", section.heading(Lang::En))
                .with("de", section.heading(Lang::De));
                desk.refuse(Wrong::SectionsDiffer, de.title_span.clone(), reason, None);
            }
            (false, Some((span, _))) => {
                let reason = Phrase::new(
                    "the English page has no section `{en}`",
                    "Die englische Seite hat keinen Abschnitt `{en}`",
                )
                .with("en", section.heading(Lang::En));
                desk.refuse(Wrong::SectionsDiffer, span.clone(), reason, None);
            }
            _ => {}
        }
    }
}

fn unused_settings(desk: &mut Desk, law: &Law) {
    for (name, span) in &law.setting_spans {
        if law.used_settings.contains(name) {
            continue;
        }
        let reason = Phrase::new("nothing uses the setting `{name}`", "Nichts verwendet die Einstellung `{name}`");
        let help = Phrase::new(
            "name it in a test (`more-than = \"{name}\"`) or leave it out",
            "Nennen Sie sie in einer Prüfung (`more-than = \"{name}\"`) oder lassen Sie sie weg",
        );
        desk.refuse(
            Wrong::UnusedSetting,
            span.clone(),
            reason.with("name", name.as_str()),
            help.with("name", name.as_str()),
        );
    }
}

impl Sheet {
    /// The page, once nothing is missing.
    fn page(mut self, says: Option<(String, Range<usize>)>) -> Page {
        let mut section = |section: Section| self.sections.remove(&section).map(|(_, text)| text);
        Page {
            why: section(Section::Why).unwrap_or_default(),
            mend: section(Section::Mend).unwrap_or_default(),
            example: section(Section::Example),
            title: self.title,
            summary: self.summary,
            says: says.map(|(text, _)| text).unwrap_or_default(),
            markdown: self.markdown,
        }
    }
}

impl Law {
    /// The rule; `None` where something is missing, which was refused.
    fn rule(self, id: &str, sheet: Sheet, de: Option<Page>) -> Option<Rule> {
        Some(Rule {
            id: id.to_owned(),
            level: self.level?,
            severity: self.severity?,
            precision: self.precision?,
            norms: self.norms,
            looks_at: self.looks_at?,
            settings: self.settings,
            applies_when: self.applies_when,
            finding_when: self.finding_when,
            not_when: self.not_when,
            en: sheet.page(self.says),
            de,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_pages_hold() {
        let told = shipped().map_err(|mistakes| {
            mistakes.iter().map(|mistake| mistake.render(Lang::En, false)).collect::<Vec<_>>().join("\n\n")
        });
        let rules = told.unwrap_or_else(|told| panic!("\n{told}"));
        assert!(rules.iter().all(|rule| rule.de.is_some()), "every rule that ships speaks German");
        let ids: BTreeSet<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids, shipped_ids().collect());
    }

    #[test]
    fn ids() {
        for (path, id) in [
            ("data/no-licence.md", Some(("data/no-licence", Lang::En))),
            ("data/no-licence.de.md", Some(("data/no-licence", Lang::De))),
            ("data/no-2-things.md", Some(("data/no-2-things", Lang::En))),
            ("data/no-licence.txt", None),
            ("data/no-licence.fr.md", None),
            ("data/No-licence.md", None),
            ("data/no_licence.md", None),
            ("data/no--licence.md", None),
            ("data/-licence.md", None),
            ("data/.md", None),
            ("no-licence.md", None),
            ("a/b/c.md", None),
        ] {
            assert_eq!(id_of(path), id, "{path}");
        }
    }
}
