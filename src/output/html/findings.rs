//! How is a rule with findings shown? What is wrong, why it matters, where, and how to mend it.

use super::flow::{Flow, Room, line, message, own, path};
use super::folders::{self, Folders};
use super::summary::quoted;
use super::{anchor, markdown};
use crate::output::encode::{json_text, terminal_path};
use crate::output::page::first_sentence;
use crate::output::text::{findings::spread, head};
use crate::phrase::Lang;
use crate::report::{Finding, Outcome, Report};
use crate::rule::{Level, Rule, Severity};

/// As many places of a rule are shown; the others are summed up by folder.
const PLACES: usize = 12;

/// As many bytes of places are shown of all rules; what is beyond is summed up too.
const BYTES: usize = 400_000;

/// The rules with findings of one level.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) means: &'static str,
    pub(super) cards: Vec<Card>,
}

/// A rule with findings.
pub(super) struct Card {
    pub(super) id: String,
    pub(super) anchor: String,
    pub(super) title: Flow,
    /// the name of the severity in style sheets
    pub(super) class: &'static str,
    pub(super) severity: &'static str,
    pub(super) count: usize,
    pub(super) why: Flow,
    /// what is the same everywhere
    pub(super) common: Option<Flow>,
    /// whether it is the same but for the name
    pub(super) for_example: bool,
    pub(super) places: Vec<Place>,
    /// what is not among the places
    pub(super) folders: Option<Folders>,
    pub(super) mend: Flow,
    pub(super) example: Option<Flow>,
    /// whether it stands in the way of the next level
    pub(super) first: bool,
    /// the language of the page, where it is another than the report's
    pub(super) lang: Option<&'static str>,
}

/// A finding.
pub(super) struct Place {
    pub(super) at: Option<Flow>,
    pub(super) line: Option<Flow>,
    pub(super) message: Option<Flow>,
}

/// The language of a rule's page, where it is not the one that was asked for.
pub(super) fn other_language(rule: &Rule, lang: Lang) -> Option<&'static str> {
    (lang == Lang::De && rule.de.is_none()).then(|| Lang::En.tag())
}

/// All rules with findings by level.
pub(super) fn groups(report: &Report, lang: Lang) -> Vec<Group> {
    let goal = report.outcomes.iter().filter(|outcome| outcome.blocks()).map(|outcome| outcome.rule.level).min();
    let mut room = Room(BYTES);
    let mut groups = Vec::new();
    for level in Level::ALL {
        let found = report.outcomes.iter().filter(|outcome| !outcome.verdict.findings().is_empty());
        let cards: Vec<Card> = found
            .filter(|outcome| outcome.rule.level == level)
            .map(|outcome| card(outcome, outcome.blocks() && Some(level) == goal, &mut room, lang))
            .collect();
        if !cards.is_empty() {
            groups.push(Group { title: quoted(level, lang), means: head::means(level).get(lang), cards });
        }
    }
    groups
}

fn card(outcome: &Outcome, first: bool, room: &mut Room, lang: Lang) -> Card {
    let rule = &outcome.rule;
    let page = rule.page(lang);
    let why = [&page.why, &page.summary].map(|text| first_sentence(text)).into_iter().find(|text| !text.is_empty());
    let findings = outcome.verdict.findings();
    let mut card = Card {
        id: rule.id.clone(),
        anchor: anchor(&rule.id),
        title: own(&page.title),
        class: rule.severity.name(),
        severity: severity(rule.severity, lang),
        count: findings.len(),
        why: own(&why.unwrap_or_default()),
        common: None,
        for_example: false,
        places: Vec::new(),
        folders: None,
        mend: markdown::flow(&page.mend),
        example: page.example.as_deref().map(markdown::flow),
        first,
        lang: other_language(rule, lang),
    };
    let texts: Vec<String> = findings.iter().map(|finding| json_text(&finding.message(rule, lang))).collect();
    let same = findings.len() > 1 && texts.iter().all(|text| Some(text) == texts.first());
    let summed_up = folders::differ_by_name_only(outcome, lang);
    if same || summed_up {
        card.common = findings.first().map(|finding| message(&finding.message(rule, lang)));
        card.for_example = !same;
    }
    if summed_up {
        card.folders = Some(folders::all(findings, room, lang));
        return card;
    }
    let most = if findings.len() == PLACES + 1 { PLACES + 1 } else { PLACES };
    let chosen = spread(findings, most);
    let mut rest = Vec::new();
    for (number, finding) in findings.iter().enumerate() {
        let place = chosen.contains(&number).then(|| place(outcome, finding, same, lang));
        match place.filter(|place| room.take([&place.at, &place.line, &place.message].into_iter().flatten())) {
            Some(place) => card.places.push(place),
            None => rest.push(finding),
        }
    }
    card.folders = (!rest.is_empty()).then(|| folders::rest(&rest, room, lang));
    card
}

fn place(outcome: &Outcome, finding: &Finding, same: bool, lang: Lang) -> Place {
    let said = finding.message(&outcome.rule, lang);
    // The message may already name the file or folder.
    let named = |name: &str| !same && finding.place.span.is_none() && json_text(&said).contains(name);
    let at = finding.place.path.as_ref().filter(|path| !named(&terminal_path(path)));
    let span = finding.place.span;
    Place {
        at: at.map(|at| path(at, span.map(|span| span.line))),
        line: span.zip(finding.excerpt.as_ref()).map(|(span, text)| line(text, span)).filter(|line| !line.is_empty()),
        message: (!same).then(|| message(&said)),
    }
}

/// The name of a severity as a label.
fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Note => lang.pick("Note", "Hinweis"),
        Severity::Warning => lang.pick("Warning", "Warnung"),
        Severity::Error => lang.pick("Error", "Fehler"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_the_word_of_the_text_report() {
        for value in Severity::ALL {
            for lang in [Lang::En, Lang::De] {
                assert_eq!(severity(value, lang).to_lowercase(), value.title(lang).to_lowercase());
            }
        }
    }
}
