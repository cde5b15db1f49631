//! What was looked at, how far has it come, what stands in the way, and what is to be done first?

use super::flow::{Flow, own};
use super::{anchor, more};
use crate::output::encode::{terminal, terminal_text, visible};
use crate::output::page::{Block, first_step};
use crate::output::text::{head, policy_line, tail};
use crate::phrase::Lang;
use crate::report::{Outcome, Report};
use crate::repository::RepoPath;
use crate::rule::Level;

/// As many rules that stand in the way are named.
const NAMED: usize = 12;

/// What was looked at.
pub(super) struct About {
    /// what it is called, where the path tells
    pub(super) name: Option<String>,
    pub(super) facts: Vec<Fact>,
}

/// A label and what stands beside it.
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) value: String,
    /// foreign, and to be shown letter by letter
    pub(super) code: bool,
}

impl About {
    pub(super) fn of(report: &Report, lang: Lang) -> Self {
        let about = &report.repository;
        let fact = |label, value, code| Fact { label, value, code };
        let mut facts = vec![fact(lang.pick("Path", "Pfad"), terminal_text(&about.path), true)];
        facts.push(match &about.revision {
            Some(revision) => fact("Commit", visible(revision.as_bytes()), true),
            None => fact("Commit", lang.pick("none", "keiner").to_owned(), false),
        });
        facts.push(fact(
            lang.pick("Looked at on", "Angesehen am"),
            visible(day(&report.as_of, lang).as_bytes()),
            false,
        ));
        if about.asked {
            facts.push(fact(lang.pick("Kind", "Art"), head::kind(about.kind.as_deref(), lang), false));
            facts.push(match &about.licence {
                Some(licence) => fact(lang.pick("Licence", "Lizenz"), terminal_text(licence), true),
                None => fact(
                    lang.pick("Licence", "Lizenz"),
                    lang.pick("none recognised", "keine erkannt").to_owned(),
                    false,
                ),
            });
        }
        if about.shallow {
            let words = lang.pick(
                "shallow clone; what needs the history was not judged",
                "flacher Klon; was die Historie braucht, wurde nicht beurteilt",
            );
            facts.push(fact(lang.pick("History", "Historie"), words.to_owned(), false));
        }
        facts.push(fact(lang.pick("Profile", "Profil"), visible(report.profile.as_bytes()), true));
        if let Some(used) = &report.policy {
            facts.push(fact(lang.pick("Policy", "Richtlinie"), terminal(&policy_line(used).message(lang)), false));
        }
        if let Some(words) = head::left_out(report.left_out, lang) {
            facts.push(fact(lang.pick("Left out", "Ausgelassen"), words, false));
        }
        let path = RepoPath::new(about.path.as_bytes());
        let name = path.as_bytes().split(|byte| *byte == b'/').rfind(|name| !name.is_empty());
        let name = name.filter(|name| !matches!(*name, b"." | b".."));
        Self { name: name.map(|name| terminal_text(&RepoPath::new(name).untrusted())), facts }
    }
}

/// A day as people write it.
pub(crate) fn day(iso: &str, lang: Lang) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    match (lang, parts.as_slice()) {
        (Lang::De, [year, month, day]) => {
            format!("{}.{}.{year}", day.trim_start_matches('0'), month.trim_start_matches('0'))
        }
        _ => iso.to_owned(),
    }
}

/// How far the repository has come.
pub(super) struct Standing {
    /// the level in one sentence
    pub(super) sentence: Flow,
    pub(super) steps: Vec<Step>,
    /// how many findings and rules
    pub(super) sums: String,
    /// what the rules below it stand in the way of
    pub(super) next: Option<String>,
    pub(super) blocking: Vec<Blocking>,
    pub(super) more: Option<String>,
    /// what to do first
    pub(super) first: Flow,
}

/// One level.
pub(super) struct Step {
    pub(super) title: &'static str,
    pub(super) means: &'static str,
    pub(super) state: String,
    pub(super) reached: bool,
}

/// A rule that stands in the way.
pub(super) struct Blocking {
    pub(super) anchor: String,
    pub(super) title: String,
    pub(super) count: usize,
    pub(super) lang: Option<&'static str>,
}

impl Standing {
    pub(super) fn of(report: &Report, lang: Lang) -> Self {
        let blocking = || report.outcomes.iter().filter(|outcome| outcome.blocks());
        let goal = blocking().map(|outcome| outcome.rule.level).min();
        let missing: Vec<&Outcome> = blocking().filter(|outcome| Some(outcome.rule.level) == goal).collect();
        let first = missing.first().map(|outcome| first_step(&outcome.rule.page(lang).mend)).unwrap_or_default();
        let first = first.into_iter().next().map(|block| match block {
            Block::Text(text) | Block::Item(text) => own(text.strip_suffix(':').unwrap_or(&text)),
            Block::Code(_) => Flow::new(),
        });
        Self {
            sentence: own(&sentence(report, lang)),
            steps: Level::ALL.into_iter().map(|level| step(report, level, lang)).collect(),
            sums: capital(&tail::sums(report, lang)),
            next: goal.map(|goal| {
                lang.pick("What stands in the way of {level}", "Was der Stufe {level} im Weg steht")
                    .replace("{level}", &quoted(goal, lang))
            }),
            more: more(missing.len().saturating_sub(NAMED), lang),
            blocking: missing
                .into_iter()
                .take(NAMED)
                .map(|outcome| Blocking {
                    anchor: anchor(&outcome.rule.id),
                    title: crate::output::encode::plain(&outcome.rule.page(lang).title),
                    count: outcome.verdict.findings().len(),
                    lang: super::findings::other_language(&outcome.rule, lang),
                })
                .collect(),
            first: first.unwrap_or_default(),
        }
    }
}

/// A level by its name, in quotes.
pub(super) fn quoted(level: Level, lang: Lang) -> String {
    let title = level.title(lang);
    lang.pick(format!("“{title}”"), format!("„{title}“"))
}

/// A sentence begins with a capital.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn sentence(report: &Report, lang: Lang) -> String {
    let asked = report.outcomes.iter().any(|outcome| outcome.rule.level == Level::Publishable);
    match report.level {
        Some(level) => lang
            .pick(
                "The repository has reached the level {level}: {means}.",
                "Das Repository hat die Stufe {level} erreicht: {means}.",
            )
            .replace("{level}", &quoted(level, lang))
            .replace("{means}", head::means(level).get(lang)),
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

/// Whether a level is reached, and how many rules stand in the way where it is not; `asked` is whether any rule of it was.
pub(crate) fn how_far(asked: bool, reached: bool, blocking: usize, lang: Lang) -> String {
    match (reached, blocking) {
        _ if !asked => lang.pick("not asked", "nicht gefragt").to_owned(),
        (true, _) => lang.pick("reached", "erreicht").to_owned(),
        (false, 0) => {
            lang.pick("not reached: a level below is missing", "nicht erreicht: eine Stufe darunter fehlt").to_owned()
        }
        (false, 1) => {
            lang.pick("not reached: 1 rule stands in the way", "nicht erreicht: 1 Regel steht im Weg").to_owned()
        }
        (false, many) => lang
            .pick("not reached: {n} rules stand in the way", "nicht erreicht: {n} Regeln stehen im Weg")
            .replace("{n}", &many.to_string()),
    }
}

fn step(report: &Report, level: Level, lang: Lang) -> Step {
    let of = || report.outcomes.iter().filter(move |outcome| outcome.rule.level == level);
    let blocking = of().filter(|outcome| outcome.blocks()).count();
    let skipped = of().filter(|outcome| outcome.is_skipped()).count();
    let reached = report.level >= Some(level);
    let mut state = how_far(of().next().is_some(), reached, blocking, lang);
    match skipped {
        0 => {}
        1 => state += lang.pick("; 1 rule not judged", "; 1 Regel nicht beurteilt"),
        many => {
            state +=
                &lang.pick("; {n} rules not judged", "; {n} Regeln nicht beurteilt").replace("{n}", &many.to_string())
        }
    }
    Step { title: level.title(lang), means: head::means(level).get(lang), state, reached }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        assert_eq!(day("2026-11-02", Lang::De), "2.11.2026");
        assert_eq!(day("2026-11-02", Lang::En), "2026-11-02");
        assert_eq!(day("", Lang::De), "");
    }
}
