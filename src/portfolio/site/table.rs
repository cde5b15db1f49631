//! How are all repositories listed? One table, and beyond some thousand rows several pages of it.

use super::frame::{Frame, finished};
use super::{About, place, words};
use crate::phrase::Lang;
use crate::portfolio::Summary;
use crate::portfolio::summary::{Licence, Row, Upkeep};
use crate::rule::Level;
use askama::Template;
use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

/// As many rows are on a page: 2,500 rows load within a second.
pub(super) const ROWS: usize = 2_500;

/// As many owners can be chosen from.
const OWNERS: usize = 300;

/// A page of the table.
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) has_owners: bool,
    pub(super) owners: Vec<String>,
    pub(super) statuses: Vec<&'static str>,
    pub(super) upkeeps: [&'static str; 5],
    pub(super) levels: Vec<&'static str>,
    /// the levels in their order, as the script reads it
    pub(super) order: String,
    pub(super) lines: Vec<Line>,
    pub(super) pages: Vec<PageLink>,
}

/// A row.
pub(super) struct Line {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) level: &'static str,
    pub(super) away: String,
    pub(super) findings: String,
    pub(super) licence: String,
    pub(super) kind: &'static str,
    pub(super) owner: String,
    pub(super) upkeep: &'static str,
    pub(super) status: &'static str,
}

/// Another page of the table.
pub(super) struct PageLink {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) here: bool,
}

/// All pages of the table in one language.
pub(super) struct Tables {
    pages: VecDeque<Table>,
    lang: Lang,
}

#[derive(Template)]
#[template(path = "repositories.html", config = "src/portfolio/site/askama.toml")]
struct Page {
    frame: Frame,
    lang: Lang,
    title: String,
    table: Table,
}

impl Tables {
    /// The rows by name, cut into pages.
    pub(super) fn of(about: &About<'_>, summary: &Summary, lang: Lang) -> Self {
        let mut rows: Vec<&Row> = summary.rows.iter().collect();
        rows.sort_by_cached_key(|row| (row.record.name.to_lowercase(), row.record.at));
        let has_owners = rows.iter().any(|row| row.record.owner.is_some());
        let pages = rows.len().div_ceil(ROWS).max(1);
        let range = |page: usize| page * ROWS..((page + 1) * ROWS).min(rows.len());
        let tables = (0..pages).map(|page| {
            let here = rows.get(range(page)).unwrap_or_default();
            let links = (0..pages).map(|other| PageLink {
                name: place::table(other + 1, lang, about.lang),
                label: label(&rows, range(other)),
                here: other == page,
            });
            let links = if pages > 1 { links.collect() } else { Vec::new() };
            table(here, has_owners, page + 1, pages, links, lang)
        });
        Self { pages: tables.collect(), lang }
    }

    /// The page that is part of the index.
    pub(super) fn take_first(&mut self) -> Option<Table> {
        self.pages.pop_front()
    }

    /// The other pages, with the names of their files.
    pub(super) fn render(self, about: &About<'_>) -> impl Iterator<Item = (String, String)> {
        let lang = self.lang;
        self.pages.into_iter().enumerate().map(move |(at, table)| {
            let number = at + 2;
            let title = table.caption.clone();
            let counterpart = place::table(number, place::other(lang), about.lang);
            let home = place::index(lang, about.lang);
            let frame = Frame::new(lang, title.clone(), &about.run.version, counterpart, Some(home)).scripted();
            (place::table(number, lang, about.lang), finished(Page { frame, lang, title, table }.render()))
        })
    }
}

/// From which name to which.
fn label(rows: &[&Row], range: Range<usize>) -> String {
    let name = |at: usize| rows.get(at).map(|row| words::clipped(&row.record.name, 24)).unwrap_or_default();
    format!("{} – {}", name(range.start), name(range.end.saturating_sub(1)))
}

fn table(rows: &[&Row], has_owners: bool, page: usize, pages: usize, links: Vec<PageLink>, lang: Lang) -> Table {
    let caption = match pages {
        1 => lang.pick("All repositories", "Alle Repositorys").to_owned(),
        _ => lang
            .pick("All repositories, part {page} of {pages}", "Alle Repositorys, Teil {page} von {pages}")
            .replace("{page}", &words::number(page, lang))
            .replace("{pages}", &words::number(pages, lang)),
    };
    let owners: BTreeSet<String> = rows.iter().filter_map(|row| row.record.owner.as_deref()).map(owner).collect();
    let statuses: BTreeSet<_> = rows.iter().map(|row| row.record.status).collect();
    let levels: Vec<&str> =
        [None].into_iter().chain(Level::ALL.map(Some)).map(|level| words::level_title(level, lang)).collect();
    Table {
        caption,
        has_owners,
        owners: owners.into_iter().take(OWNERS).collect(),
        statuses: statuses.into_iter().map(|status| words::status(status, lang)).collect(),
        upkeeps: Upkeep::ALL.map(|answer| upkeep(answer, lang)),
        order: levels.join("|"),
        levels,
        lines: rows.iter().map(|row| line(row, lang)).collect(),
        pages: links,
    }
}

fn owner(owner: &str) -> String {
    words::clipped(owner.trim(), 60)
}

fn line(row: &Row, lang: Lang) -> Line {
    let seen = row.record.status.is_seen();
    let known = |text: String| if seen { text } else { "–".to_owned() };
    Line {
        key: row.record.key.clone(),
        name: words::clipped(&row.record.name, 120),
        level: if seen { words::level_title(row.level, lang) } else { "–" },
        away: row.next.as_ref().map_or("–".to_owned(), |next| words::number(next.findings, lang)),
        findings: known(words::number(row.findings(), lang)),
        licence: known(licence(&row.licence, lang)),
        kind: if seen { words::kind(row.record.kind.as_deref(), lang) } else { "–" },
        owner: row.record.owner.as_deref().map(owner).unwrap_or_default(),
        upkeep: if seen { upkeep(row.upkeep, lang) } else { "–" },
        status: words::status(row.record.status, lang),
    }
}

/// A licence, short.
pub(super) fn licence(licence: &Licence, lang: Lang) -> String {
    match licence {
        Licence::Known(expression) => words::clipped(expression, 80),
        Licence::Absent => lang.pick("none", "keine").to_owned(),
        Licence::Unclear => lang.pick("unclear", "unklar").to_owned(),
        Licence::NotAsked => lang.pick("not asked", "nicht gefragt").to_owned(),
    }
}

/// Who still works on it, short.
pub(super) fn upkeep(upkeep: Upkeep, lang: Lang) -> &'static str {
    match upkeep {
        Upkeep::Somebody => lang.pick("yes", "ja"),
        Upkeep::OnePerson => lang.pick("by one person", "von einer Person"),
        Upkeep::Nobody => lang.pick("no longer", "nicht mehr"),
        Upkeep::Ended => lang.pick("ended", "beendet"),
        Upkeep::CannotTell => lang.pick("unclear", "unklar"),
    }
}
