//! What does a job summary or a comment on a merge request show? The report as Markdown.
//!
//! GitHub takes 65,536 characters in a comment and 1 MiB in a job summary, GitLab 1,000,000 characters in a note: the
//! report stays below the smallest, and is free of HTML. Rules with findings come first to last; those that no longer fit are named.

use super::encode::{guard, markdown_code, markdown_message, plain};
use super::page::{Block, first_sentence, first_step};
use super::text::{head, policy_line, tail};
use super::{encode, located, waived};
use crate::phrase::{Lang, Phrase};
use crate::report::{Finding, Outcome, Report, Verdict};
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// As many bytes at most, with room for the end.
const BYTES: usize = 60_000;
/// The end, at most.
const TAIL: usize = 8_000;
/// What is said of waived findings, at most.
const WAIVED: usize = 4_000;
/// As many places of a rule are shown.
const PLACES: usize = 10;
/// As many reasons are listed for what was not judged, or not looked at.
const REASONS: usize = 20;

/// The report as Markdown (GitHub and GitLab flavoured), with a line break at its end.
pub fn render(report: &Report, lang: Lang) -> String {
    let mut out = beginning(report, lang);
    let waived = waived(report, lang);
    let mut left_out = Vec::new();
    let mut level = None;
    for outcome in report.outcomes.iter().filter(|outcome| !outcome.verdict.findings().is_empty()) {
        let mut part = String::new();
        if level != Some(outcome.rule.level) {
            part.push_str(&format!("### {}\n\n", outcome.rule.level.title(lang)));
        }
        part.push_str(&rule(outcome, lang));
        if out.len() + part.len() + waived.len() > BYTES - TAIL || !left_out.is_empty() {
            left_out.push(outcome.rule.id.as_str());
            continue;
        }
        level = Some(outcome.rule.level);
        out.push_str(&part);
    }
    if !left_out.is_empty() {
        let names: Vec<String> = left_out.iter().map(|id| format!("`{id}`")).collect();
        let words = lang.pick(
            "More rules with findings, left out here for want of room:",
            "Weitere Regeln mit Befunden, aus Platzgründen hier ausgelassen:",
        );
        out.push_str(&format!("{words} {}\n\n", names.join(", ")));
    }
    out.push_str(&waived);
    let mut end = skipped(report, lang) + &losses(report, lang);
    if end.len() > TAIL {
        end = lang
            .pick(
                "Much was not judged or looked at; the JSON report lists it all.\n\n",
                "Vieles wurde nicht beurteilt oder angesehen; der JSON-Bericht nennt alles.\n\n",
            )
            .to_owned();
    }
    out.push_str(&end);
    if let Some(norm) = &report.norm {
        out.push_str(&super::norm::markdown::section(norm, lang, BYTES.saturating_sub(out.len())));
    }
    guard(&(out.trim_end().to_owned() + "\n"))
}

fn beginning(report: &Report, lang: Lang) -> String {
    let level = match report.level {
        Some(level) => format!("{} – {}", level.title(lang), head::means(level).get(lang)),
        None => lang.pick("no level yet", "noch keine Stufe").to_owned(),
    };
    let mut out = format!("## civiclint: {level}\n\n{}\n\n", tail::sums(report, lang));
    let blocking = || report.outcomes.iter().filter(|outcome| outcome.blocks());
    if let Some(goal) = blocking().map(|outcome| outcome.rule.level).min() {
        let rules = blocking().filter(|outcome| outcome.rule.level == goal);
        let rules: Vec<String> = rules.map(|outcome| format!("`{}`", outcome.rule.id)).collect();
        let words = lang.pick("For the level **{level}** these are missing:", "Zur Stufe **{level}** fehlen:");
        out.push_str(&format!("{} {}\n\n", words.replace("{level}", goal.title(lang)), rules.join(", ")));
    }
    if let Some(used) = &report.policy {
        let label = lang.pick("Policy:", "Richtlinie:");
        out.push_str(&format!("{label} {}\n\n", markdown_message(&policy_line(used).message(lang))));
    }
    if let Some(words) = head::left_out(report.left_out, lang) {
        out.push_str(&format!("{words}.\n\n"));
    }
    if report.repository.shallow {
        out.push_str(lang.pick(
            "The clone is shallow: whatever needs the history was not judged. Fetch it with `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` (GitLab).\n\n",
            "Der Klon ist flach: Was die Historie braucht, wurde nicht beurteilt. Holen Sie sie mit `fetch-depth: 0` (GitHub) oder `GIT_DEPTH: 0` (GitLab).\n\n",
        ));
    }
    out
}

fn rule(outcome: &Outcome, lang: Lang) -> String {
    let rule = &outcome.rule;
    let page = rule.page(lang);
    let findings = outcome.verdict.findings();
    let mut out = format!(
        "#### {}: {} (`{}`, {})\n\n",
        rule.severity.title(lang),
        plain(&page.title).replace('<', "&lt;"),
        rule.id,
        findings.len(),
    );
    let why = [&page.why, &page.summary].map(|text| first_sentence(text)).into_iter().find(|text| !text.is_empty());
    out.push_str(&format!("{}\n\n", why.unwrap_or_default()));
    for finding in findings.iter().take(PLACES) {
        out.push_str(&place(outcome, finding, lang));
    }
    if let Some(more) = findings.len().checked_sub(PLACES).filter(|more| *more > 0) {
        out.push_str(&format!(
            "- {}\n",
            lang.pick("and {n} more", "und {n} weitere").replace("{n}", &more.to_string())
        ));
    }
    out.push_str(&format!("\n**{}:**", lang.pick("Fix", "Abhilfe")));
    for (number, block) in first_step(&page.mend).into_iter().enumerate() {
        match block {
            Block::Text(text) => out.push_str(&format!(" {text}\n")),
            Block::Item(text) => out.push_str(&format!("{}- {text}\n", if number == 0 { "\n\n" } else { "" })),
            Block::Code(lines) => out.push_str(&format!("\n````\n{}\n````\n", lines.join("\n").replace("````", "```"))),
        }
    }
    out.push_str(&format!("\n`civiclint explain {}`\n\n", rule.id));
    out
}

fn place(outcome: &Outcome, finding: &Finding, lang: Lang) -> String {
    let message = markdown_message(&located::message(outcome, finding, lang));
    let Some(path) = &finding.place.path else { return format!("- {message}\n") };
    let shown = match finding.place.span {
        Some(span) => format!("{}:{}", encode::visible(path.as_bytes()), span.line),
        None => encode::visible(path.as_bytes()),
    };
    format!("- {}: {message}\n", markdown_code(&Untrusted::from(shown.as_str())))
}

/// The findings that do not count; those with a reason one by one, where there is room.
fn waived(report: &Report, lang: Lang) -> String {
    let told = listed(report, lang, PLACES);
    if told.len() > WAIVED { listed(report, lang, 0) } else { told }
}

fn listed(report: &Report, lang: Lang, most: usize) -> String {
    let mut out = String::new();
    if let Some(sum) = waived::sum(report, lang) {
        out.push_str(&format!("### {}\n\n{sum}\n\n", lang.pick("Waived", "Ausgenommen")));
        let mut number = 0;
        for (outcome, waived) in waived::with_reason(report) {
            number += 1;
            if number > most {
                continue;
            }
            let place = &waived.finding.place;
            let path = place.path.as_ref().map(|path| match place.span {
                Some(span) => format!("{}:{}", encode::visible(path.as_bytes()), span.line),
                None => encode::visible(path.as_bytes()),
            });
            let path = path.map(|path| markdown_code(&Untrusted::from(path)) + ", ").unwrap_or_default();
            let reason = markdown_message(&Phrase::new("{x}", "{x}").with("x", waived.reason.clone()).message(lang));
            out.push_str(&format!("- {path}`{}`: {reason}{}\n", outcome.rule.id, waived::until(waived, lang)));
        }
        match number.saturating_sub(most) {
            _ if number == 0 => {}
            0 => out.push('\n'),
            more => {
                let words = lang.pick("and {n} more", "und {n} weitere").replace("{n}", &more.to_string());
                out.push_str(&format!("- {words}\n\n"));
            }
        }
    }
    if let Some(gone) = waived::gone(report, lang) {
        out.push_str(&format!("{gone}\n\n"));
    }
    out
}

fn skipped(report: &Report, lang: Lang) -> String {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for outcome in &report.outcomes {
        if let Verdict::Skipped(why) = &outcome.verdict {
            groups.entry(markdown_message(&why.message(lang))).or_default().push(format!("`{}`", outcome.rule.id));
        }
    }
    list(lang.pick("Not judged, and why", "Nicht beurteilt, und warum"), groups, lang)
}

fn losses(report: &Report, lang: Lang) -> String {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for loss in &report.losses {
        let paths = groups.entry(markdown_message(&loss.why.message(lang))).or_default();
        paths.extend(loss.path.as_ref().map(|path| markdown_code(&path.untrusted())));
    }
    let title =
        lang.pick("Could not be looked at; findings may be missing", "Ließ sich nicht ansehen; Befunde können fehlen");
    list(title, groups, lang)
}

fn list(title: &str, groups: BTreeMap<String, Vec<String>>, lang: Lang) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let more = |number: usize| lang.pick("and {n} more", "und {n} weitere").replace("{n}", &number.to_string());
    let mut out = format!("### {title}\n\n");
    let count = groups.len();
    for (why, mut names) in groups.into_iter().take(REASONS) {
        let rest = names.len().saturating_sub(PLACES);
        names.truncate(PLACES);
        if rest > 0 {
            names.push(more(rest));
        }
        let names = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
        out.push_str(&format!("- {why}{names}\n"));
    }
    if count > REASONS {
        out.push_str(&format!("- {}\n", more(count - REASONS)));
    }
    out.push('\n');
    out
}
