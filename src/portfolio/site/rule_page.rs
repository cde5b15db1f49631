//! What is said on the page of one rule? Why it matters, how to mend it, and where it is found.

use super::frame::{Frame, finished};
use super::place;
use super::words;
use super::{About, other_language};
use crate::output::html::{Bit, Flow, markdown_flow, own};
use crate::output::text::head::means;
use crate::phrase::Lang;
use crate::portfolio::Summary;
use crate::portfolio::summary::{Hit, Row};
use crate::rule::Rule;
use askama::Template;

/// As many repositories are listed; every one is in the table of all repositories, and on its own page.
const LISTED: usize = 1_000;

#[derive(Template)]
#[template(path = "rule.html", config = "src/portfolio/site/askama.toml")]
struct Page {
    frame: Frame,
    lang: Lang,
    title: Flow,
    /// the language of the rule's own words, where it is another than the page's
    other: Option<&'static str>,
    id: String,
    class: &'static str,
    severity: &'static str,
    level: &'static str,
    means: &'static str,
    found: String,
    summary: Flow,
    why: Flow,
    mend: Flow,
    example: Option<Flow>,
    rows: Vec<Line>,
    more: Option<String>,
}

struct Line {
    key: String,
    name: String,
    owner: Option<String>,
    number: String,
    level: &'static str,
    away: String,
}

/// The page of a rule in one language.
pub(super) fn render(about: &About<'_>, summary: &Summary, rule: &Rule, slug: &str, lang: Lang) -> String {
    let text = rule.page(lang);
    let (class, severity) = words::severity(rule.severity.name(), lang);
    let sum = summary.rules.iter().find(|sum| sum.id == rule.id);
    let hits = sum.into_iter().flat_map(|sum| &sum.hits);
    let mut found: Vec<(&Row, &Hit)> = hits.filter_map(|hit| summary.rows.get(hit.row).map(|row| (row, hit))).collect();
    // Where the rule stands in the way of what comes next, those come first that need least.
    found.sort_by_cached_key(|(row, _)| {
        let next = row.next.as_ref();
        let in_the_way = next.is_some_and(|next| next.rules.iter().any(|id| **id == *rule.id));
        (!in_the_way, next.map_or(usize::MAX, |next| next.findings), row.record.name.clone(), row.record.at)
    });
    let number: usize = found.iter().map(|(_, hit)| hit.number).sum();
    let home = format!("../{}", place::index(lang, about.lang));
    let counterpart = format!("{slug}.{}.html", place::other(lang).tag());
    let page = Page {
        frame: Frame::new(lang, words::foreign(&text.title), &about.run.version, counterpart, Some(home)),
        lang,
        title: own(&text.title),
        other: other_language(rule, lang),
        id: rule.id.clone(),
        class,
        severity,
        level: rule.level.title(lang),
        means: means(rule.level).get(lang),
        found: where_found(found.len(), summary.seen, number, lang),
        summary: section(&text.summary),
        why: section(&text.why),
        mend: section(&text.mend),
        example: text.example.as_deref().map(section),
        more: (found.len() > LISTED).then(|| {
            lang.pick(
                "and {n} more, farther from their next level",
                "und {n} weitere, die weiter von ihrer nächsten Stufe entfernt sind",
            )
            .replace("{n}", &words::number(found.len() - LISTED, lang))
        }),
        rows: found.iter().take(LISTED).map(|(row, hit)| line(row, hit, lang)).collect(),
    };
    finished(page.render())
}

/// A section of the rule's page; its headings come below those of ours.
fn section(markdown: &str) -> Flow {
    let lift = |bit| match bit {
        Bit::Mark("<h5>") => Bit::Mark("<h3>"),
        Bit::Mark("</h5>") => Bit::Mark("</h3>"),
        bit => bit,
    };
    markdown_flow(markdown).into_iter().map(lift).collect()
}

fn where_found(found: usize, seen: usize, number: usize, lang: Lang) -> String {
    match found {
        0 => lang.pick("Found in no repository.", "In keinem Repository gefunden.").to_owned(),
        _ => lang
            .pick(
                "Found in {found} of {seen} repositories that were looked at ({share}): {findings}.",
                "In {found} von {seen} angesehenen Repositorys gefunden ({share}): {findings}.",
            )
            .replace("{found}", &words::number(found, lang))
            .replace("{seen}", &words::number(seen, lang))
            .replace("{share}", &words::percent(found, seen, lang))
            .replace("{findings}", &words::findings(number, lang)),
    }
}

fn line(row: &Row, hit: &Hit, lang: Lang) -> Line {
    Line {
        key: row.record.key.clone(),
        name: words::foreign(&row.record.name),
        owner: row.record.owner.as_deref().map(words::foreign),
        number: words::number(hit.number, lang),
        level: words::level_title(row.level, lang),
        away: match &row.next {
            Some(next) => format!("{}: {}", next.level.title(lang), words::findings(next.findings, lang)),
            None => "–".to_owned(),
        },
    }
}
