//! What is said on the page of one repository? How far it has come, what stands in the way, and everything found.

use super::address;
use super::frame::{Frame, finished};
use super::place;
use super::words;
use super::{About, Rules, Title};
use crate::output::html::{Bit, Flow, day, how_far, own};
use crate::output::text::head::means;
use crate::phrase::Lang;
use crate::portfolio::summary::in_the_way;
use crate::portfolio::{Both, FindingResult, LossResult, Record, RepositoryResult, RuleResult};
use crate::rule::Level;
use askama::Template;
use std::collections::BTreeMap;

/// As many findings of a rule are shown; the SARIF file holds them all.
const FINDINGS: usize = 20;
/// As many things that could not be looked at are shown.
const LOSSES: usize = 60;

#[derive(Template)]
#[template(path = "repository.html", config = "src/portfolio/site/askama.toml")]
struct Page {
    frame: Frame,
    lang: Lang,
    name: String,
    facts: Vec<Fact>,
    /// the state in a sentence
    sentence: Flow,
    sums: Option<String>,
    steps: Vec<Step>,
    next: Option<String>,
    blocking: Vec<Blocking>,
    found: usize,
    groups: Vec<Group>,
    sarif: Option<String>,
    skipped: Vec<Skipped>,
    unjudged: usize,
    losses: Vec<Loss>,
    losses_more: Option<String>,
    lost: usize,
}

struct Fact {
    label: &'static str,
    value: String,
    /// foreign, and to be shown letter by letter
    code: bool,
    link: Option<String>,
}

struct Step {
    title: &'static str,
    means: &'static str,
    state: String,
    reached: bool,
}

struct Blocking {
    anchor: String,
    title: Title,
    findings: String,
}

struct Group {
    title: String,
    means: &'static str,
    cards: Vec<Card>,
}

struct Card {
    id: String,
    anchor: String,
    title: Title,
    class: &'static str,
    severity: &'static str,
    findings: String,
    waived: Option<String>,
    places: Vec<Found>,
    more: Option<String>,
}

struct Found {
    at: Option<Flow>,
    message: Flow,
}

struct Skipped {
    why: Flow,
    rules: Vec<(String, Option<String>)>,
}

struct Loss {
    at: Option<Flow>,
    message: Flow,
}

/// The page of a repository in one language.
pub(super) fn render(record: &Record, result: Option<&RepositoryResult>, about: &About<'_>, lang: Lang) -> String {
    let counterpart = format!("{}.{}.html", record.key, place::other(lang).tag());
    let home = format!("../{}", place::index(lang, about.lang));
    let frame = Frame::new(lang, words::foreign(&record.name), &about.run.version, counterpart, Some(home));
    let mut page = Page {
        frame,
        lang,
        name: words::foreign(&record.name),
        facts: facts(record, result, lang),
        sentence: unseen(record, lang),
        sums: None,
        steps: Vec::new(),
        next: None,
        blocking: Vec::new(),
        found: 0,
        groups: Vec::new(),
        sarif: None,
        skipped: Vec::new(),
        unjudged: 0,
        losses: Vec::new(),
        losses_more: None,
        lost: 0,
    };
    if let Some(result) = result {
        page.fill(record, result, &about.rules);
    }
    finished(page.render())
}

/// The level that comes next, with how many findings and rules are in the way; nothing where none is.
fn goal(result: &RepositoryResult) -> Option<(Level, Vec<&RuleResult>)> {
    let blocking = || result.rules.iter().filter(|rule| rule.blocks);
    let goal = blocking().filter_map(|rule| words::level(Some(&rule.level))).min()?;
    Some((goal, blocking().filter(|rule| words::level(Some(&rule.level)) == Some(goal)).collect()))
}

impl Page {
    fn fill(&mut self, record: &Record, result: &RepositoryResult, rules: &Rules<'_>) {
        let lang = self.lang;
        let goal = goal(result);
        self.sentence = own(&sentence(result, lang));
        self.sums = Some(sums(record, result, lang));
        self.steps = Level::ALL.into_iter().map(|level| step(result, level, lang)).collect();
        if let Some((level, missing)) = goal {
            self.next = Some(missing_line(level, &missing, lang));
            self.blocking = missing
                .into_iter()
                .map(|rule| Blocking {
                    anchor: anchor(&rule.id),
                    title: rules.title(&rule.id, lang),
                    findings: words::findings(in_the_way(rule), lang),
                })
                .collect();
        }
        let file = format!("{}.sarif", record.key);
        self.found = result.rules.iter().map(|rule| rule.number).sum();
        self.groups = Level::ALL.into_iter().filter_map(|level| group(result, level, rules, &file, lang)).collect();
        let mut skipped: BTreeMap<&str, Vec<&RuleResult>> = BTreeMap::new();
        for rule in result.rules.iter().filter(|rule| rule.verdict == "skip") {
            let why = rule.reason.as_ref().map_or("", |why| text(why, lang));
            skipped.entry(why).or_default().push(rule);
        }
        self.unjudged = skipped.values().map(Vec::len).sum();
        self.skipped = skipped
            .into_iter()
            .map(|(why, of)| Skipped {
                why: own(if why.is_empty() { lang.pick("no reason was given", "kein Grund genannt") } else { why }),
                rules: of.iter().map(|rule| (words::foreign(&rule.id), rules.page(&rule.id, lang))).collect(),
            })
            .collect();
        self.lost = result.losses.len();
        self.losses = result.losses.iter().take(LOSSES).map(|loss| self::loss(loss, lang)).collect();
        self.losses_more = more(self.lost.saturating_sub(LOSSES), &file, lang);
        self.sarif = Some(file);
    }
}

/// A text in one language.
fn text(both: &Both, lang: Lang) -> &str {
    lang.pick(&both.en, &both.de)
}

fn facts(record: &Record, result: Option<&RepositoryResult>, lang: Lang) -> Vec<Fact> {
    let fact = |label, value: String, code| Fact { label, value: words::foreign(&value), code, link: None };
    let mut facts = vec![Fact {
        link: address::link(&record.repo).map(str::to_owned),
        ..fact(lang.pick("Address", "Adresse"), address::shown(&record.repo), true)
    }];
    facts.extend(record.owner.iter().map(|owner| fact(lang.pick("Owner", "Zuständig"), owner.clone(), false)));
    facts.push(match &record.head {
        Some(head) => fact("Commit", head.clone(), true),
        None => fact("Commit", lang.pick("none", "keiner").to_owned(), false),
    });
    let (label, on) = match (&record.since, record.status.is_seen()) {
        (_, false) => (lang.pick("Tried on", "Versucht am"), &record.as_of),
        (Some(since), _) => (lang.pick("Unchanged since", "Unverändert seit"), since),
        (None, _) => (lang.pick("Looked at on", "Angesehen am"), &record.as_of),
    };
    facts.push(fact(label, day(on, lang), false));
    let Some(result) = result else { return facts };
    facts.push(fact(lang.pick("Kind", "Art"), words::kind(result.kind.as_deref(), lang).to_owned(), false));
    facts.push(match &result.licence {
        Some(licence) => fact(lang.pick("Licence", "Lizenz"), licence.clone(), true),
        None => fact(lang.pick("Licence", "Lizenz"), lang.pick("none recognised", "keine erkannt").to_owned(), false),
    });
    if result.shallow {
        let words = lang.pick(
            "shallow clone; what needs the history was not judged",
            "flacher Klon; was die Historie braucht, wurde nicht beurteilt",
        );
        facts.push(fact(lang.pick("History", "Historie"), words.to_owned(), false));
    }
    facts.push(fact(lang.pick("Profile", "Profil"), result.profile.clone(), true));
    facts
}

/// Why nobody could look.
fn unseen(record: &Record, lang: Lang) -> Flow {
    let said = lang.pick("The repository could not be looked at", "Das Repository ließ sich nicht ansehen");
    let why = record.why.as_ref().map(|why| text(why, lang)).filter(|why| !why.is_empty());
    let why = why.unwrap_or_else(|| words::status(record.status, lang));
    own(&format!("{said}: {why}"))
}

fn sentence(result: &RepositoryResult, lang: Lang) -> String {
    let asked = result.rules.iter().any(|rule| rule.level == Level::Publishable.name());
    match words::level(result.level.as_deref()) {
        Some(level) => lang
            .pick(
                "The repository has reached the level {level}: {means}.",
                "Das Repository hat die Stufe {level} erreicht: {means}.",
            )
            .replace("{level}", &words::quoted(level.title(lang), lang))
            .replace("{means}", means(level).get(lang)),
        None if asked => lang
            .pick("The repository has not reached a level yet.", "Das Repository hat noch keine Stufe erreicht.")
            .to_owned(),
        None => lang
            .pick(
                "The level is open: only a part of the rules was asked.",
                "Die Stufe ist offen: Nur ein Teil der Regeln wurde gefragt.",
            )
            .to_owned(),
    }
}

fn sums(record: &Record, result: &RepositoryResult, lang: Lang) -> String {
    let counts = &record.counts;
    let found: usize = result.rules.iter().map(|rule| rule.number).sum();
    let mut parts = vec![match found {
        0 => lang.pick("No findings", "Keine Befunde").to_owned(),
        _ => words::findings(found, lang),
    }];
    let rules = |value| words::count(value, lang.pick("rule", "Regel"), lang.pick("rules", "Regeln"), lang);
    let one = |value: usize, one, many| if value == 1 { one } else { many };
    parts.push(format!(
        "{} {}",
        rules(counts.ok),
        one(counts.ok, lang.pick("holds", "ist erfüllt"), lang.pick("hold", "sind erfüllt"))
    ));
    if counts.skipped > 0 {
        let words = one(
            counts.skipped,
            lang.pick("was not judged", "wurde nicht beurteilt"),
            lang.pick("were not judged", "wurden nicht beurteilt"),
        );
        parts.push(format!("{} {words}", rules(counts.skipped)));
    }
    if counts.waived > 0 {
        let words =
            one(counts.waived, lang.pick("is waived", "ist ausgenommen"), lang.pick("are waived", "sind ausgenommen"));
        parts.push(format!("{} {words}", words::findings(counts.waived, lang)));
    }
    parts.join("; ") + "."
}

fn missing_line(level: Level, missing: &[&RuleResult], lang: Lang) -> String {
    let findings: usize = missing.iter().map(|rule| in_the_way(rule)).sum();
    let title = words::quoted(level.title(lang), lang);
    match missing.len() {
        1 => lang.pick("To reach {level}, mend this: {findings}", "Für {level} ist das zu beheben: {findings}"),
        _ => lang.pick(
            "To reach {level}, mend these: {findings} of {n} rules",
            "Für {level} ist das zu beheben: {findings} aus {n} Regeln",
        ),
    }
    .replace("{level}", &title)
    .replace("{n}", &words::number(missing.len(), lang))
    .replace("{findings}", &words::findings(findings, lang))
}

fn step(result: &RepositoryResult, level: Level, lang: Lang) -> Step {
    let of = || result.rules.iter().filter(move |rule| rule.level == level.name());
    let blocking = of().filter(|rule| rule.blocks).count();
    let reached = words::level(result.level.as_deref()) >= Some(level);
    let state = how_far(of().next().is_some(), reached, blocking, lang);
    Step { title: level.title(lang), means: means(level).get(lang), state, reached }
}

fn group(result: &RepositoryResult, level: Level, rules: &Rules<'_>, file: &str, lang: Lang) -> Option<Group> {
    let shown = |rule: &&RuleResult| rule.level == level.name() && (rule.number > 0 || rule.waived > 0);
    let cards: Vec<Card> = result.rules.iter().filter(shown).map(|rule| card(rule, rules, file, lang)).collect();
    let title = words::quoted(level.title(lang), lang);
    (!cards.is_empty()).then(|| Group { title, means: means(level).get(lang), cards })
}

fn card(rule: &RuleResult, rules: &Rules<'_>, file: &str, lang: Lang) -> Card {
    let (class, severity) = words::severity(&rule.severity, lang);
    let shown: Vec<Found> = rule.findings.iter().take(FINDINGS).map(|finding| found(finding, lang)).collect();
    Card {
        id: words::foreign(&rule.id),
        anchor: anchor(&rule.id),
        title: rules.title(&rule.id, lang),
        class,
        severity,
        findings: words::findings(rule.number, lang),
        waived: (rule.waived > 0)
            .then(|| lang.pick("{n} waived", "{n} ausgenommen").replace("{n}", &words::number(rule.waived, lang))),
        more: more(rule.number.saturating_sub(shown.len()), file, lang),
        places: shown,
    }
}

/// "and 412 more, all of them in x.sarif".
fn more(number: usize, file: &str, lang: Lang) -> Option<String> {
    (number > 0).then(|| {
        lang.pick("and {n} more; all of them are in {file}", "und {n} weitere; alle stehen in {file}")
            .replace("{n}", &words::number(number, lang))
            .replace("{file}", file)
    })
}

fn found(finding: &FindingResult, lang: Lang) -> Found {
    Found { at: finding.path.as_deref().map(|at| path(at, finding.line)), message: own(text(&finding.message, lang)) }
}

fn loss(loss: &LossResult, lang: Lang) -> Loss {
    Loss { at: loss.path.as_deref().map(|at| path(at, None)), message: own(text(&loss.message, lang)) }
}

/// A path that may be broken behind its slashes, with the line where there is one.
fn path(path: &str, line: Option<u32>) -> Flow {
    let mut flow = Vec::new();
    for name in words::foreign(path).split_inclusive('/') {
        if !flow.is_empty() {
            flow.push(Bit::Mark("<wbr>"));
        }
        flow.push(Bit::Text(name.to_owned()));
    }
    flow.extend(line.map(|line| Bit::Text(format!(":{line}"))));
    flow
}

/// What a fragment of the page's address can be.
fn anchor(id: &str) -> String {
    words::foreign(id).split_whitespace().collect::<Vec<_>>().join("-")
}
