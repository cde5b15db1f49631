//! What does the person read who has two minutes? What state it is in, what to do first, and where to find the rest.

use super::chart::{self, Bars, Part, Pattern, Trend};
use super::frame::{Frame, finished};
use super::sections::{
    AnyRule, LICENCES, NamedTable, NearRow, OwnerRow, RunRow, Share, UnseenRow, abandoned_sentence, any_rule,
    licence_label, licences_chart, more, near, owner_row, sources, trend, unseen_row, unseen_sentence,
};
use super::table::{Table, upkeep};
use super::{About, Title, place, words};
use crate::output::html::{Bit, Flow, day, own};
use crate::output::page::{Block, first_step};
use crate::output::text::head::means;
use crate::phrase::Lang;
use crate::portfolio::Summary;
use crate::portfolio::summary::{Licence, Row, RuleSummary};
use crate::rule::Level;
use askama::Template;

/// As many rules are named that hinder.
const HINDERING: usize = 10;
/// As many repositories are named that are near to their next level.
const NEAREST: usize = 15;
/// As many repositories are named that nobody could look at.
const UNSEEN: usize = 300;
/// As many groups of repositories without a maintainer are named.
const GROUPS: usize = 25;

#[derive(Template)]
#[template(path = "index.html", config = "src/portfolio/site/askama.toml")]
struct Page {
    frame: Frame,
    lang: Lang,
    facts: String,
    notices: Vec<String>,
    sentence: String,
    levels: Vec<LevelRow>,
    levels_chart: String,
    first: Option<First>,
    hindering: Vec<RuleRow>,
    hindering_chart: String,
    nearest: Vec<NearRow>,
    nearest_more: Option<String>,
    trend: Vec<RunRow>,
    trend_chart: String,
    trend_earlier: Option<String>,
    licences: Vec<Share>,
    licences_chart: String,
    licences_more: Option<String>,
    sources: Vec<NamedTable>,
    upkeep: Vec<Share>,
    abandoned: Vec<OwnerRow>,
    abandoned_sentence: String,
    abandoned_more: Option<String>,
    unseen: Vec<UnseenRow>,
    unseen_sentence: String,
    unseen_more: Option<String>,
    rules: Vec<AnyRule>,
    table: Option<Table>,
}

struct LevelRow {
    title: &'static str,
    means: &'static str,
    exactly: String,
    exactly_share: String,
    at_least: String,
}

/// What to do first.
struct First {
    title: Title,
    sentence: String,
    step: Flow,
}

struct RuleRow {
    title: Title,
    id: String,
    level: &'static str,
    next: String,
    share: String,
    alone: String,
}

/// The first page in one language.
pub(super) fn render(about: &About<'_>, summary: &Summary, table: Option<Table>, lang: Lang) -> String {
    let counterpart = place::index(place::other(lang), about.lang);
    let title = lang.pick("What state are the repositories in?", "In welchem Zustand sind die Repositorys?");
    let rule = |at: &usize| summary.rules.get(*at);
    let hindering: Vec<&RuleSummary> = summary.hindering.iter().filter_map(rule).take(HINDERING).collect();
    let unseen: Vec<&Row> = summary.rows.iter().filter(|row| !row.record.status.is_seen()).collect();
    let groups: Vec<_> = summary
        .unmaintained
        .iter()
        .map(|group| (group, lang.pick("given up", "aufgegeben")))
        .chain(summary.ended.iter().map(|group| (group, lang.pick("ended", "beendet"))))
        .collect();
    let page = Page {
        frame: Frame::new(lang, title.to_owned(), &about.run.version, counterpart, None).scripted(),
        lang,
        facts: facts(about, summary, lang),
        notices: notices(about, summary, lang),
        sentence: sentence(summary, lang),
        levels: summary
            .levels
            .iter()
            .map(|count| LevelRow {
                title: words::level_title(count.level, lang),
                means: count.level.map_or(
                    lang.pick(
                        "something stands in the way of going online",
                        "es steht etwas im Weg, bevor es online gehen kann",
                    ),
                    |level| means(level).get(lang),
                ),
                exactly: words::number(count.exactly, lang),
                exactly_share: words::percent(count.exactly, summary.seen, lang),
                at_least: count.level.map_or("–".to_owned(), |_| words::number(count.at_least, lang)),
            })
            .collect(),
        levels_chart: drawn(&chart::levels(&summary.levels, summary.seen, lang)),
        first: hindering.first().map(|rule| first(about, rule, lang)),
        hindering_chart: drawn(&hindering_chart(&hindering, summary.seen, lang)),
        hindering: hindering
            .iter()
            .map(|rule| RuleRow {
                title: about.rules.title(&rule.id, lang),
                id: rule.id.clone(),
                level: rule.level.title(lang),
                next: words::number(rule.next, lang),
                share: words::percent(rule.next, summary.seen, lang),
                alone: words::number(rule.alone, lang),
            })
            .collect(),
        nearest: summary
            .nearest
            .iter()
            .take(NEAREST)
            .filter_map(|at| near(about, summary.rows.get(*at)?, lang))
            .collect(),
        nearest_more: more(summary.nearest.len().saturating_sub(NEAREST), lang),
        trend: trend(summary, lang),
        trend_chart: Trend::new(&summary.trend, |iso| day(iso, lang), lang)
            .map(|chart| drawn(&chart))
            .unwrap_or_default(),
        trend_earlier: more(summary.trend.len().saturating_sub(chart::RUNS), lang)
            .map(|more| format!("{more} {}", lang.pick("runs in history.sqlite", "Läufe in history.sqlite"))),
        licences_chart: drawn(&licences_chart(summary, lang)),
        licences: summary
            .licences
            .iter()
            .take(LICENCES)
            .map(|group| Share {
                label: licence_label(&group.licence, lang),
                code: matches!(group.licence, Licence::Known(_)),
                number: words::number(group.rows.len(), lang),
                share: words::percent(group.rows.len(), summary.seen, lang),
            })
            .collect(),
        licences_more: more(summary.licences.len().saturating_sub(LICENCES), lang),
        sources: sources(summary, lang),
        upkeep: summary
            .upkeep
            .iter()
            .map(|(answer, number)| Share {
                label: upkeep(*answer, lang).to_owned(),
                code: false,
                number: words::number(*number, lang),
                share: words::percent(*number, summary.seen, lang),
            })
            .collect(),
        abandoned_sentence: abandoned_sentence(summary, lang),
        abandoned: groups.iter().take(GROUPS).map(|(group, state)| owner_row(summary, group, state, lang)).collect(),
        abandoned_more: more(groups.len().saturating_sub(GROUPS), lang),
        unseen_sentence: unseen_sentence(summary, unseen.len(), lang),
        unseen: unseen.iter().take(UNSEEN).map(|row| unseen_row(row, lang)).collect(),
        unseen_more: more(unseen.len().saturating_sub(UNSEEN), lang),
        rules: summary.rules.iter().map(|rule| any_rule(about, rule, lang)).collect(),
        table,
    };
    finished(page.render())
}

fn drawn(chart: &impl Template) -> String {
    chart.render().unwrap_or_default()
}

fn facts(about: &About<'_>, summary: &Summary, lang: Lang) -> String {
    lang.pick("{n}, looked at on {day} with the profile {profile}", "{n}, angesehen am {day} mit dem Profil {profile}")
        .replace("{n}", &words::repositories(summary.rows.len(), lang))
        .replace("{day}", &day(&about.run.as_of, lang))
        .replace("{profile}", &words::quoted(&words::foreign(&about.run.profile), lang))
}

/// What a reader has to know before believing any number.
fn notices(about: &About<'_>, summary: &Summary, lang: Lang) -> Vec<String> {
    let mut notices = Vec::new();
    if let Some(shard) = about.run.shard {
        notices.push(
            lang.pick("This is part {part} of {of} of the list.", "Das ist Teil {part} von {of} der Liste.")
                .replace("{part}", &words::number(shard.index, lang))
                .replace("{of}", &words::number(shard.of, lang)),
        );
    }
    if !about.run.complete {
        notices.push(
            lang.pick(
                "The run is not complete: only {n} of {all} repositories have a result so far.",
                "Der Lauf ist nicht vollständig: Bisher haben erst {n} von {all} Repositorys ein Ergebnis.",
            )
            .replace("{n}", &words::number(summary.rows.len(), lang))
            .replace("{all}", &words::number(about.run.repositories, lang)),
        );
    }
    notices
}

/// What state it is in, in one sentence.
fn sentence(summary: &Summary, lang: Lang) -> String {
    let all = summary.rows.len();
    let at_least =
        |level: Level| summary.levels.iter().find(|count| count.level == Some(level)).map_or(0, |count| count.at_least);
    let [publishable, reusable, sustained] = Level::ALL.map(at_least);
    let said = match (all, summary.seen, publishable) {
        (0, ..) => lang.pick("There is no repository in the list.", "In der Liste steht kein Repository.").to_owned(),
        (_, 0, _) => lang.pick("None of {all} could be looked at.", "Von {all} ließ sich keines ansehen.").to_owned(),
        (_, _, 0) => lang
            .pick("None of {all} has reached a level yet.", "Von {all} hat noch keines eine Stufe erreicht.")
            .to_owned(),
        _ => {
            let have = lang
                .pick(if publishable == 1 { "has" } else { "have" }, if publishable == 1 { "hat" } else { "haben" });
            let (en, de) = if reusable == 0 {
                (
                    "{publishable} of {all} {have} reached the level {p}, none of them a higher one.",
                    "{publishable} von {all} {have} die Stufe {p} erreicht, keines davon eine höhere.",
                )
            } else {
                (
                    "{publishable} of {all} {have} reached the level {p}, {reusable} of them {r} as well, \
                     {sustained} even {s}.",
                    "{publishable} von {all} {have} die Stufe {p} erreicht, {reusable} davon auch {r}, \
                     {sustained} sogar {s}.",
                )
            };
            lang.pick(en, de)
                .replace("{have}", have)
                .replace("{publishable}", &words::number(publishable, lang))
                .replace("{reusable}", &words::number(reusable, lang))
                .replace("{sustained}", &words::number(sustained, lang))
                .replace("{p}", &words::quoted(Level::Publishable.title(lang), lang))
                .replace("{r}", &words::quoted(Level::Reusable.title(lang), lang))
                .replace("{s}", &words::quoted(Level::Sustained.title(lang), lang))
        }
    };
    let said = said.replace("{all}", &words::repositories(all, lang));
    match all - summary.seen {
        0 => said,
        _ if summary.seen == 0 => said,
        unseen => format!(
            "{said} {}",
            lang.pick("{n} could not be looked at.", "{n} ließen sich nicht ansehen.")
                .replace(lang.pick("\0", "ließen"), if unseen == 1 { "ließ" } else { "ließen" })
                .replace("{n}", &words::number(unseen, lang))
        ),
    }
}

fn first(about: &About<'_>, rule: &RuleSummary, lang: Lang) -> First {
    let step = about.rules.get(&rule.id).map(|rule| first_step(&rule.page(lang).mend)).unwrap_or_default();
    let step = step.into_iter().next().map(|block| match block {
        Block::Text(text) | Block::Item(text) => own(text.strip_suffix(':').unwrap_or(&text)),
        Block::Code(_) => Flow::new(),
    });
    let mut sentence = lang
        .pick("This keeps {n} from the next level", "Das trennt {n} von der nächsten Stufe")
        .replace("{n}", &words::repositories(rule.next, lang));
    sentence += &match rule.alone {
        0 => lang.pick(", together with other findings.", ", zusammen mit anderen Befunden.").to_owned(),
        alone => lang
            .pick("; for {alone} of them it is the only thing.", "; bei {alone} davon ist es das Einzige.")
            .replace("{alone}", &words::number(alone, lang)),
    };
    First { title: about.rules.title(&rule.id, lang), sentence, step: step.unwrap_or_default() }
}

fn hindering_chart(rules: &[&RuleSummary], seen: usize, lang: Lang) -> Bars {
    let parts = rules.iter().map(|rule| Part {
        label: words::clipped(&rule.id, 34),
        part: rule.next,
        number: words::number(rule.next, lang),
        pattern: Pattern::Lines,
    });
    let title = lang.pick(
        "How many repositories each rule keeps from the next level",
        "Wie viele Repositorys eine Regel von der nächsten Stufe trennt",
    );
    Bars::new("hindering", title.to_owned(), parts.collect(), seen)
}
