//! What stands where in a page? Title, summary, block and sections, with their places.

mod outline;
mod title;

use super::Wrong;
use super::desk::Desk;
use super::nearest::{did_you_mean, listed, meant};
use crate::phrase::{Lang, Phrase, Words};
use outline::{Item, What, closed, first_line, inside, trimmed};
use pulldown_cmark::HeadingLevel;
use std::collections::BTreeMap;
use std::ops::Range;

/// The sections of a page, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Why,
    Mend,
    Example,
}

impl Section {
    pub(super) const ALL: [Self; 3] = [Self::Why, Self::Mend, Self::Example];

    /// The heading.
    pub(super) fn heading(self, lang: Lang) -> &'static str {
        match self {
            Self::Why => Words::new("Why it matters", "Warum das zählt"),
            Self::Mend => Words::new("How to mend it", "So beheben Sie es"),
            Self::Example => Words::new("Example", "Beispiel"),
        }
        .get(lang)
    }

    /// Whether every page has it.
    pub(super) fn required(self) -> bool {
        self != Self::Example
    }
}

/// A page, taken apart; what is missing was refused.
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) title_span: Range<usize>,
    pub(super) summary: String,
    /// the inside of the block
    pub(super) block: Option<Range<usize>>,
    /// heading and text
    pub(super) sections: BTreeMap<Section, (Range<usize>, String)>,
    /// the page without its block
    pub(super) markdown: String,
}

/// Where the block is.
enum Block {
    /// with its fences
    At(Range<usize>),
    /// not where it belongs, and that was said
    Refused,
    Missing,
}

/// Takes a page apart. What does not belong is refused.
pub(super) fn read(desk: &mut Desk, lang: Lang) -> Sheet {
    let text = std::sync::Arc::clone(&desk.text);
    let items = outline::items(&text);
    let mut sheet = Sheet {
        title: String::new(),
        title_span: 0..0,
        summary: String::new(),
        block: None,
        sections: BTreeMap::new(),
        markdown: String::new(),
    };
    let mut rest = items.iter().skip_while(|item| matches!(item.what, What::Html)).peekable();
    match rest.next_if(|item| matches!(item.what, What::Heading(HeadingLevel::H1)) && !item.inner.is_empty()) {
        Some(item) => read_title(desk, &mut sheet, item, lang),
        None => {
            let first = rest.peek().map_or(0..0, |item| first_line(&text, &item.range));
            let reason = Phrase::new("a page begins with its title", "Eine Seite beginnt mit ihrem Titel");
            let help = Phrase::new(
                "the title is a line that begins with `# ` and says what was found",
                "Der Titel ist eine Zeile, die mit `# ` beginnt und sagt, was gefunden wurde",
            );
            desk.refuse(Wrong::NoTitle, first, reason, help);
        }
    }
    let (head, body): (Vec<_>, Vec<_>) = {
        let rest: Vec<&Item<'_>> = rest.collect();
        let at = rest.iter().position(|item| matches!(item.what, What::Heading(HeadingLevel::H2)));
        let (head, body) = rest.split_at(at.unwrap_or(rest.len()));
        (head.to_vec(), body.to_vec())
    };
    let block = read_head(desk, &mut sheet, &head);
    let block = read_body(desk, &mut sheet, &body, block, lang);
    if let Block::At(fence) = &block {
        if !closed(&text, fence) {
            let reason = Phrase::new("the block is not closed", "Der Block ist nicht abgeschlossen");
            let help =
                Phrase::new("close it with a line of three backticks", "Eine Zeile mit drei Backticks schließt ihn");
            desk.refuse(Wrong::OpenBlock, first_line(&text, fence), reason, help);
            return sheet;
        }
        sheet.block = Some(inside(&text, fence));
        let (before, after) = (desk.slice(0..fence.start).trim_end(), desk.slice(fence.end..text.len()).trim());
        sheet.markdown = format!("{before}\n\n{after}\n");
    }
    check_sections(desk, &sheet, lang);
    sheet
}

fn read_title(desk: &mut Desk, sheet: &mut Sheet, item: &Item<'_>, lang: Lang) {
    sheet.title = desk.slice(item.inner.clone()).to_owned();
    sheet.title_span = item.inner.clone();
    if let Some(reason) = title::refused(&sheet.title, lang) {
        let help = Phrase::new(
            "say what was found: it is the headline of every finding",
            "Sagen Sie, was gefunden wurde: Er ist die Überschrift jedes Befunds",
        );
        desk.refuse(Wrong::TitleForm, item.inner.clone(), reason, help);
    }
}

/// Summary and block.
fn read_head(desk: &mut Desk, sheet: &mut Sheet, items: &[&Item<'_>]) -> Block {
    let mut block = Block::Missing;
    let mut other_fence = None;
    for item in items {
        match item.what {
            What::Paragraph if sheet.summary.is_empty() && matches!(block, Block::Missing) => {
                let words: Vec<&str> = desk.slice(item.range.clone()).split_whitespace().collect();
                sheet.summary = words.join(" ");
            }
            What::Fence("toml") if matches!(block, Block::Missing) => {
                block = Block::At(trimmed(&desk.text, &item.range))
            }
            What::Fence("toml") => two_blocks(desk, &item.range),
            What::Fence(_) if matches!(block, Block::Missing) && other_fence.is_none() => {
                other_fence = Some(item.range.clone());
            }
            What::Heading(HeadingLevel::H1) => two_titles(desk, item),
            What::Html => {}
            _ => {
                let reason = Phrase::new(
                    "between the title and the first section stand one paragraph and the block, nothing else",
                    "Zwischen Titel und erstem Abschnitt stehen ein Absatz und der Block, sonst nichts",
                );
                let span = first_line(&desk.text, &item.range);
                desk.refuse(Wrong::StrayText, span, reason, None);
            }
        }
    }
    if sheet.summary.is_empty() && !sheet.title.is_empty() {
        let reason = Phrase::new("the summary is missing", "Die Zusammenfassung fehlt");
        let help = Phrase::new(
            "write one paragraph of one or two sentences between title and block",
            "Schreiben Sie zwischen Titel und Block einen Absatz mit ein oder zwei Sätzen",
        );
        desk.refuse(Wrong::NoSummary, sheet.title_span.clone(), reason, help);
    }
    if let (Block::Missing, Some(other)) = (&block, other_fence) {
        let reason =
            Phrase::new("this block is not marked as `toml`", "Dieser Block ist nicht als `toml` gekennzeichnet");
        let help = Phrase::new("begin it with ```toml", "Beginnen Sie ihn mit ```toml");
        desk.refuse(Wrong::NoBlock, first_line(&desk.text, &other), reason, help);
        block = Block::Refused;
    }
    block
}

fn two_blocks(desk: &mut Desk, range: &Range<usize>) {
    let reason = Phrase::new(
        "a page has one `toml` block; this is another",
        "Eine Seite hat einen `toml`-Block; dies ist ein weiterer",
    );
    let help = Phrase::new(
        "if it is an example, leave out the word `toml` after its fence",
        "Wenn es ein Beispiel ist, lassen Sie das Wort `toml` nach den Backticks weg",
    );
    desk.refuse(Wrong::TwoBlocks, first_line(&desk.text, range), reason, help);
}

fn two_titles(desk: &mut Desk, item: &Item<'_>) {
    let reason =
        Phrase::new("a page has one title; this is another", "Eine Seite hat einen Titel; dies ist ein weiterer");
    let help = Phrase::new("sections begin with `## `", "Abschnitte beginnen mit `## `");
    desk.refuse(Wrong::TwoTitles, item.inner.clone(), reason, help);
}

/// The sections; and the block, which may wrongly stand in one of them.
fn read_body(desk: &mut Desk, sheet: &mut Sheet, items: &[&Item<'_>], mut block: Block, lang: Lang) -> Block {
    for (at, item) in items.iter().enumerate() {
        match item.what {
            What::Heading(HeadingLevel::H1) => two_titles(desk, item),
            What::Heading(HeadingLevel::H2) => {
                let next = items.iter().skip(at + 1).find(|item| matches!(item.what, What::Heading(HeadingLevel::H2)));
                let end = next.map_or(desk.text.len(), |next| next.range.start);
                read_section(desk, sheet, item, end, lang);
            }
            What::Fence("toml") if !matches!(block, Block::Missing) => two_blocks(desk, &item.range),
            What::Fence("toml") => {
                let reason = Phrase::new(
                    "the block stands between the summary and the first section",
                    "Der Block steht zwischen der Zusammenfassung und dem ersten Abschnitt",
                );
                desk.refuse(Wrong::BlockPlace, first_line(&desk.text, &item.range), reason, None);
                block = Block::At(trimmed(&desk.text, &item.range));
            }
            _ => {}
        }
    }
    if matches!(block, Block::Missing) {
        let reason = Phrase::new("the block of the rule is missing", "Der Block der Regel fehlt");
        let help = Phrase::new(
            "it begins with a line ```toml below the summary",
            "Er beginnt unter der Zusammenfassung mit einer Zeile ```toml",
        );
        desk.refuse(Wrong::NoBlock, sheet.title_span.clone(), reason, help);
    }
    block
}

fn read_section(desk: &mut Desk, sheet: &mut Sheet, item: &Item<'_>, end: usize, lang: Lang) {
    let heading = desk.slice(item.inner.clone()).to_owned();
    let span = item.inner.clone();
    let Some(section) = Section::ALL.into_iter().find(|section| section.heading(lang) == heading) else {
        let other = lang.pick(Lang::De, Lang::En);
        let translated = Section::ALL.into_iter().find(|section| section.heading(other) == heading);
        let help = translated
            .map(|section| meant(section.heading(lang)))
            .or_else(|| did_you_mean(&heading, Section::ALL.map(|section| section.heading(lang))))
            .unwrap_or_else(|| {
                Phrase::new("the sections are {names}", "Die Abschnitte heißen {names}")
                    .with("names", listed(Section::ALL.map(|section| section.heading(lang))))
            });
        let reason =
            Phrase::new("unknown section `{heading}`", "Unbekannter Abschnitt `{heading}`").with("heading", heading);
        desk.refuse(Wrong::UnknownSection, span, reason, help);
        return;
    };
    let body = desk.slice(item.range.end..end).trim().to_owned();
    if sheet.sections.contains_key(&section) {
        let reason =
            Phrase::new("the section `{heading}` stands here twice", "Der Abschnitt `{heading}` steht hier zweimal");
        desk.refuse(Wrong::SectionTwice, span, reason.with("heading", heading), None);
        return;
    }
    if body.is_empty() {
        let reason = Phrase::new("the section `{heading}` is empty", "Der Abschnitt `{heading}` ist leer");
        desk.refuse(Wrong::EmptySection, span.clone(), reason.with("heading", heading), None);
    } else if let Some((later, _)) = sheet.sections.last_key_value().filter(|(last, _)| **last > section) {
        let reason = Phrase::new(
            "the section `{heading}` belongs before `{later}`",
            "Der Abschnitt `{heading}` gehört vor `{later}`",
        )
        .with("heading", heading)
        .with("later", later.heading(lang));
        desk.refuse(Wrong::SectionOrder, span.clone(), reason, None);
    }
    sheet.sections.insert(section, (span, body));
}

/// Refuses missing sections, unless one with an unknown name or a wrong mark was probably meant.
fn check_sections(desk: &mut Desk, sheet: &Sheet, lang: Lang) {
    let meant = |wrong: Wrong| matches!(wrong, Wrong::UnknownSection | Wrong::TwoTitles);
    let mut unknown = desk.mistakes.iter().filter(|mistake| meant(mistake.wrong)).count();
    for section in Section::ALL.into_iter().filter(|section| section.required()) {
        if sheet.sections.contains_key(&section) {
            continue;
        }
        if unknown > 0 {
            unknown -= 1;
            continue;
        }
        let reason = Phrase::new("the section `## {heading}` is missing", "Der Abschnitt `## {heading}` fehlt")
            .with("heading", section.heading(lang));
        desk.refuse(Wrong::NoSection, sheet.title_span.clone(), reason, None);
    }
}
