//! What stands in the tables of the first page, beyond what comes first?

use super::chart::{self, Bars, Part, Pattern};
use super::table::licence;
use super::{About, Title, words};
use crate::output::html::{Flow, day, own};
use crate::phrase::Lang;
use crate::portfolio::summary::{Licence, OwnerGroup, Row, RuleSummary};
use crate::portfolio::{Status, Summary, TrendPoint};
use crate::rule::Level;

/// As many licences are named.
pub(super) const LICENCES: usize = 12;
/// As many data sources and models are named.
const SOURCES: usize = 15;
/// As many repositories are named where several share a row.
const TOGETHER: usize = 6;

/// A rule that was asked, whatever came of it.
pub(super) struct AnyRule {
    pub(super) title: Title,
    pub(super) level: &'static str,
    pub(super) severity: &'static str,
    pub(super) class: &'static str,
    pub(super) found: String,
    pub(super) ok: String,
    pub(super) skipped: String,
}

/// A repository and where its page lies.
pub(super) struct Link {
    pub(super) key: String,
    pub(super) name: String,
}

/// A repository and what it lacks.
pub(super) struct NearRow {
    pub(super) link: Link,
    pub(super) level: &'static str,
    pub(super) findings: String,
    pub(super) rules: Vec<Title>,
    pub(super) more: Option<String>,
}

/// A run.
pub(super) struct RunRow {
    pub(super) day: String,
    pub(super) seen: String,
    pub(super) levels: Vec<String>,
    pub(super) errors: String,
    pub(super) warnings: String,
    pub(super) remark: &'static str,
}

/// How many of all.
pub(super) struct Share {
    pub(super) label: String,
    pub(super) code: bool,
    pub(super) number: String,
    pub(super) share: String,
}

/// What is used without a word, and where.
pub(super) struct NamedTable {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) sentence: String,
    pub(super) column: &'static str,
    pub(super) caption: String,
    pub(super) rows: Vec<NamedRow>,
    pub(super) more: Option<String>,
}

/// One of them.
pub(super) struct NamedRow {
    pub(super) called: String,
    pub(super) number: String,
    pub(super) findings: String,
    pub(super) links: Vec<Link>,
    pub(super) more: Option<String>,
}

/// Repositories of one owner.
pub(super) struct OwnerRow {
    pub(super) owner: String,
    pub(super) kind: &'static str,
    pub(super) state: &'static str,
    pub(super) number: String,
    pub(super) links: Vec<Link>,
    pub(super) more: Option<String>,
}

/// A repository that nobody could look at.
pub(super) struct UnseenRow {
    pub(super) link: Link,
    pub(super) status: &'static str,
    pub(super) why: Flow,
}

/// "and 3 more", where there are more than are shown.
pub(super) fn more(number: usize, lang: Lang) -> Option<String> {
    (number > 0).then(|| lang.pick("and {n} more", "und {n} weitere").replace("{n}", &words::number(number, lang)))
}

pub(super) fn licences_chart(summary: &Summary, lang: Lang) -> Bars {
    let parts = summary.licences.iter().take(LICENCES).map(|group| Part {
        label: words::clipped(&licence_label(&group.licence, lang), 34),
        part: group.rows.len(),
        number: words::number(group.rows.len(), lang),
        pattern: if matches!(group.licence, Licence::Known(_)) { Pattern::Full } else { Pattern::Dots },
    });
    let title = lang.pick("Repositories by licence", "Repositorys nach Lizenz").to_owned();
    Bars::new("licences", title, parts.collect(), summary.seen)
}

pub(super) fn licence_label(one: &Licence, lang: Lang) -> String {
    match one {
        Licence::Known(_) => licence(one, lang),
        Licence::Absent => lang.pick("no licence", "keine Lizenz").to_owned(),
        Licence::Unclear => lang.pick("licence unclear", "Lizenz unklar").to_owned(),
        Licence::NotAsked => lang.pick("licence not asked", "Lizenz nicht gefragt").to_owned(),
    }
}

pub(super) fn link(row: &Row) -> Link {
    Link { key: row.record.key.clone(), name: words::clipped(&row.record.name, 80) }
}

/// The first repositories of a list, and how many more there are.
pub(super) fn links(summary: &Summary, rows: &[usize], lang: Lang) -> (Vec<Link>, Option<String>) {
    let shown = rows.iter().take(TOGETHER).filter_map(|at| summary.rows.get(*at)).map(link).collect();
    (shown, more(rows.len().saturating_sub(TOGETHER), lang))
}

pub(super) fn near(about: &About<'_>, row: &Row, lang: Lang) -> Option<NearRow> {
    let next = row.next.as_ref()?;
    Some(NearRow {
        link: link(row),
        level: next.level.title(lang),
        findings: words::findings(next.findings, lang),
        rules: next.rules.iter().take(3).map(|id| about.rules.title(id, lang)).collect(),
        more: more(next.rules.len().saturating_sub(3), lang),
    })
}

pub(super) fn trend(summary: &Summary, lang: Lang) -> Vec<RunRow> {
    let points = &summary.trend;
    let from = points.len().saturating_sub(chart::RUNS);
    let mut before = from.checked_sub(1).and_then(|at| points.get(at));
    let mut rows = Vec::new();
    for point in points.iter().skip(from) {
        let level = |level| {
            let number = point.at_least(level);
            format!("{} ({})", words::number(number, lang), words::percent(number, point.seen(), lang))
        };
        let same = |of: fn(&TrendPoint) -> &String| before.is_none_or(|before| of(before) == of(point));
        rows.push(RunRow {
            day: day(&point.as_of, lang),
            seen: words::number(point.seen(), lang),
            levels: Level::ALL.map(level).to_vec(),
            errors: words::number(point.errors, lang),
            warnings: words::number(point.warnings, lang),
            remark: match (same(|point| &point.rules), same(|point| &point.list)) {
                (true, true) => "",
                (false, true) => lang.pick("other rules than before", "andere Regeln als davor"),
                (true, false) => lang.pick("another list than before", "andere Liste als davor"),
                (false, false) => lang.pick("other rules and another list", "andere Regeln, andere Liste"),
            },
        });
        before = Some(point);
    }
    // What is newest is read first.
    rows.reverse();
    rows
}

pub(super) fn sources(summary: &Summary, lang: Lang) -> Vec<NamedTable> {
    let both = [
        (
            "sources",
            lang.pick("Data sources that no document names", "Datenquellen, die kein Dokument nennt"),
            lang.pick(
                "No repository reads from an undocumented data source.",
                "Kein Repository liest aus einer undokumentierten Datenquelle.",
            ),
            lang.pick(
                "{places} in {repositories} read data from somewhere that no document names.",
                "{places} in {repositories} lesen Daten von einem Ort, den kein Dokument nennt.",
            ),
            lang.pick("Data source", "Datenquelle"),
            &summary.sources,
        ),
        (
            "models",
            lang.pick("Trained models that no document names", "Trainierte Modelle, die kein Dokument nennt"),
            "",
            lang.pick(
                "{places} in {repositories} use a trained model that no document names.",
                "{places} in {repositories} nutzen ein trainiertes Modell, das kein Dokument nennt.",
            ),
            lang.pick("Model", "Modell"),
            &summary.models,
        ),
    ];
    both.into_iter()
        .filter(|(_, _, none, _, _, named)| named.findings > 0 || !none.is_empty())
        .map(|(id, title, none, some, column, named)| {
            let rows = named.list.iter().take(SOURCES).map(|one| {
                let (links, more) = links(summary, &one.rows, lang);
                NamedRow {
                    called: words::clipped(&one.called, 120),
                    number: words::number(one.rows.len(), lang),
                    findings: words::number(one.findings, lang),
                    links,
                    more,
                }
            });
            let places =
                words::count(named.findings, lang.pick("place", "Stelle"), lang.pick("places", "Stellen"), lang);
            let within = words::count(named.repositories, "Repository", lang.pick("repositories", "Repositorys"), lang);
            let within = lang.pick(within.replace("Repository", "repository"), within);
            NamedTable {
                id,
                title,
                sentence: if named.findings == 0 {
                    none.to_owned()
                } else {
                    some.replace("{places}", &places).replace("{repositories}", &within)
                },
                column,
                caption: lang
                    .pick("{what}: in most repositories first", "{what}: in den meisten Repositorys zuerst")
                    .replace("{what}", column),
                rows: rows.collect(),
                more: more(named.list.len().saturating_sub(SOURCES), lang),
            }
        })
        .collect()
}

pub(super) fn abandoned_sentence(summary: &Summary, lang: Lang) -> String {
    let sum = |groups: &[OwnerGroup]| groups.iter().map(|group| group.rows.len()).sum::<usize>();
    let (gone, ended) = (sum(&summary.unmaintained), sum(&summary.ended));
    match (gone, ended) {
        (0, 0) => lang
            .pick(
                "No repository is known to be without a maintainer.",
                "Von keinem Repository \
         ist bekannt, dass es niemand mehr pflegt.",
            )
            .to_owned(),
        _ => lang
            .pick(
                "Nobody works any more on {gone}, and nothing says that this is meant so; {ended} say \
                 themselves that they have ended.",
                "An {gone} arbeitet niemand mehr, und nichts sagt, dass das so gewollt ist; als beendet \
                 gekennzeichnet: {ended}.",
            )
            .replace("{gone}", &words::repositories(gone, lang))
            .replace("{ended}", &words::number(ended, lang)),
    }
}

pub(super) fn owner_row(summary: &Summary, group: &OwnerGroup, state: &'static str, lang: Lang) -> OwnerRow {
    let (links, more) = links(summary, &group.rows, lang);
    OwnerRow {
        owner: group.owner.as_deref().map_or("–".to_owned(), |owner| words::clipped(owner, 60)),
        kind: words::kind(group.kind.as_deref(), lang),
        state,
        number: words::number(group.rows.len(), lang),
        links,
        more,
    }
}

pub(super) fn unseen_sentence(summary: &Summary, unseen: usize, lang: Lang) -> String {
    let incomplete = summary.statuses.iter().find(|(status, _)| *status == Status::Incomplete).map_or(0, |(_, n)| *n);
    let mut said = match unseen {
        0 => lang
            .pick("Every repository in the list was looked at.", "Jedes Repository der Liste wurde angesehen.")
            .to_owned(),
        _ => lang
            .pick(
                "{n} could not be looked at. They count in no share.",
                "{n} ließen sich nicht ansehen. Sie zählen bei keinem Anteil mit.",
            )
            .replace("{n}", &words::repositories(unseen, lang)),
    };
    if incomplete > 0 {
        said += &lang
            .pick(
                " In {n} a part could not be looked at; their pages say which.",
                " In {n} ließ sich ein Teil nicht ansehen; welcher, steht auf ihren Seiten.",
            )
            .replace("{n}", &words::repositories(incomplete, lang));
    }
    said
}

pub(super) fn unseen_row(row: &Row, lang: Lang) -> UnseenRow {
    let why = row.record.why.as_ref().map_or("", |why| lang.pick(&why.en, &why.de));
    UnseenRow { link: link(row), status: words::status(row.record.status, lang), why: own(why) }
}

pub(super) fn any_rule(about: &About<'_>, rule: &RuleSummary, lang: Lang) -> AnyRule {
    let (class, severity) = words::severity(rule.severity.name(), lang);
    AnyRule {
        title: about.rules.title(&rule.id, lang),
        level: rule.level.title(lang),
        severity,
        class,
        found: words::number(rule.hits.len(), lang),
        ok: words::number(rule.ok, lang),
        skipped: words::number(rule.skipped, lang),
    }
}
