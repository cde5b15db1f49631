//! What is this repository, how far has it come, and what is missing?

use super::wrap::wrap;
use super::{Page, paragraph, policy_line};
use crate::output::encode::{terminal, terminal_text, visible};
use crate::phrase::Lang;
use crate::report::Report;
use crate::rule::Level;

/// How much of a commit id people compare.
const REVISION: usize = 12;

pub(super) fn head(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    let about = &report.repository;
    for line in wrap(&terminal_text(&about.path), "", 0, page.style.width) {
        let line = page.paint.bold(&line);
        page.line(&line);
    }
    let kind = kind(about.kind.as_deref(), lang);
    let licence = match &about.licence {
        Some(licence) => terminal_text(licence),
        None => lang.pick("no licence recognised", "keine Lizenz erkannt").to_owned(),
    };
    let mut revision = match &about.revision {
        Some(revision) => {
            let short: String = visible(revision.as_bytes()).chars().take(REVISION).collect();
            lang.pick("commit ", "Commit ").to_owned() + &short
        }
        None => lang.pick("no commit", "kein Commit").to_owned(),
    };
    if about.shallow {
        revision += lang.pick(" (shallow clone)", " (flacher Klon)");
    }
    let known = if about.asked { vec![kind, licence] } else { Vec::new() };
    let all = known.into_iter().chain([revision, report.as_of.clone()]).collect::<Vec<_>>();
    paragraph(page, &all.join(" · "), "", 0);
    policy(page, report);
    page.line("");
    level(page, report);
}

/// What kind of repository it is, in words.
pub(crate) fn kind(kind: Option<&str>, lang: Lang) -> String {
    match kind {
        Some("software") => lang.pick("software", "Software").to_owned(),
        Some("data") => lang.pick("data", "Daten").to_owned(),
        Some("documentation") => lang.pick("documentation", "Dokumentation").to_owned(),
        Some(other) => visible(other.as_bytes()),
        None => lang.pick("kind unclear", "Art unklar").to_owned(),
    }
}

/// Which policy decided, and what it leaves out; nothing where there is no policy file.
pub(super) fn policy(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    if let Some(used) = &report.policy {
        let label = lang.pick("policy: ", "Richtlinie: ");
        paragraph(page, &(label.to_owned() + &terminal(&policy_line(used).message(lang))), "", 2);
    }
    if let Some(words) = left_out(report.left_out, lang) {
        paragraph(page, &words, "", 2);
    }
}

/// How many files the policy leaves out, in a sentence; nothing where it leaves out none.
pub(in crate::output) fn left_out(files: usize, lang: Lang) -> Option<String> {
    match files {
        0 => None,
        1 => Some(lang.pick("1 file is left out by the policy", "1 Datei lässt die Richtlinie aus").to_owned()),
        many => {
            let words = lang.pick("{n} files are left out by the policy", "{n} Dateien lässt die Richtlinie aus");
            Some(words.replace("{n}", &many.to_string()))
        }
    }
}

fn level(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    let (now, next) = (lang.pick("Level", "Stufe"), lang.pick("Next", "Nächste"));
    let indent = next.chars().count().max(now.chars().count()) + 2;
    let label = |label: &str| format!("{label:indent$}");
    match report.level {
        Some(level) => {
            let skipped =
                report.outcomes.iter().filter(|outcome| outcome.rule.level <= level && outcome.is_skipped()).count();
            let mut text = format!("{}: {}", level.title(lang), means(level).get(lang));
            let mut but = Vec::new();
            match skipped {
                0 => {}
                1 => but.push(lang.pick("1 rule not judged", "1 Regel nicht beurteilt").to_owned()),
                many => but.push(
                    lang.pick("{n} rules not judged", "{n} Regeln nicht beurteilt").replace("{n}", &many.to_string()),
                ),
            }
            match report.waived() {
                0 => {}
                1 => but.push(lang.pick("1 finding waived", "1 Befund ausgenommen").to_owned()),
                many => but.push(
                    lang.pick("{n} findings waived", "{n} Befunde ausgenommen").replace("{n}", &many.to_string()),
                ),
            }
            if !report.losses.is_empty() {
                but.push(lang.pick("not everything was looked at", "nicht alles wurde angesehen").to_owned());
            }
            if !but.is_empty() {
                text += &format!(" ({})", but.join("; "));
            }
            labelled(page, &label(now), &text, level.title(lang));
        }
        None if report.outcomes.iter().all(|outcome| outcome.rule.level > Level::Publishable) => {
            let text =
                lang.pick("open: only a part of the rules was asked", "offen: nur ein Teil der Regeln wurde gefragt");
            paragraph(page, text, &label(now), indent);
        }
        None => paragraph(page, lang.pick("none yet", "noch keine"), &label(now), indent),
    }
    let blocking = || report.outcomes.iter().filter(|outcome| outcome.blocks());
    let Some(goal) = blocking().map(|outcome| outcome.rule.level).min() else { return };
    let missing: Vec<_> = blocking().filter(|outcome| outcome.rule.level == goal).collect();
    labelled(page, &label(next), &format!("{}: {}", goal.title(lang), means(goal).get(lang)), goal.title(lang));
    let rules: Vec<String> = missing
        .iter()
        .map(|outcome| match outcome.verdict.findings().len() {
            1 => outcome.rule.id.clone(),
            many => format!("{} ({many}×)", outcome.rule.id),
        })
        .collect();
    let lead = match missing.len() {
        1 => lang.pick("1 rule is in the way: ", "1 Regel steht im Weg: ").to_owned(),
        many => lang.pick("{n} rules are in the way: ", "{n} Regeln stehen im Weg: ").replace("{n}", &many.to_string()),
    };
    paragraph(page, &(lead + &rules.join(", ")), &" ".repeat(indent), indent);
}

/// A labelled paragraph whose first word stands out.
fn labelled(page: &mut Page<'_>, label: &str, text: &str, name: &str) {
    let indent = label.chars().count();
    let lines = wrap(text, label, indent, page.style.width);
    for (number, line) in lines.into_iter().enumerate() {
        let line = if number == 0 { line.replacen(name, &page.paint.good(name), 1) } else { line };
        page.line(&line);
    }
}

/// What a level means.
pub(crate) fn means(level: Level) -> crate::phrase::Words {
    use crate::phrase::Words;
    match level {
        Level::Publishable => Words::new("it can be put online", "es kann online gehen"),
        Level::Reusable => Words::new(
            "somebody else can run, understand and build on it",
            "andere können es betreiben, verstehen und darauf aufbauen",
        ),
        Level::Sustained => {
            Words::new("it will still be alive and shared tomorrow", "es lebt auch morgen noch und wird geteilt")
        }
    }
}
