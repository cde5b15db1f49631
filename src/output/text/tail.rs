//! What holds, what was not judged, what could not be looked at, and how much of each?

use super::{Page, paragraph};
use crate::output::encode::{terminal, terminal_path, terminal_text};
use crate::output::{Counts, waived};
use crate::phrase::Lang;
use crate::report::{Report, Verdict};
use crate::rule::Level;
use std::collections::BTreeMap;

/// As many names share a line of reasons, unless all are asked for.
const NAMES: usize = 6;

/// As many reasons are listed, unless all are asked for.
const GROUPS: usize = 20;

/// The rules that hold, by level.
pub(super) fn holding(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    let mut groups = Vec::new();
    for level in Level::ALL {
        let names: Vec<String> = report
            .outcomes
            .iter()
            .filter(|outcome| outcome.rule.level == level && matches!(outcome.verdict, Verdict::Ok))
            .map(|outcome| outcome.rule.id.clone())
            .collect();
        if !names.is_empty() {
            groups.push((level.title(lang).to_owned(), names));
        }
    }
    section(page, lang.pick("These rules hold", "Diese Regeln sind erfüllt"), &groups);
}

/// The rules that were skipped, by reason.
pub(super) fn skipped(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    let mut groups = Groups::default();
    for outcome in &report.outcomes {
        if let Verdict::Skipped(why) = &outcome.verdict {
            groups.add(terminal(&why.message(lang)), Some(outcome.rule.id.clone()));
        }
    }
    section(page, lang.pick("Not judged, and why", "Nicht beurteilt, und warum"), &groups.names);
}

/// The findings that do not count: how many, and with `--verbose` each that somebody gave a reason for; that a baseline
/// can be written anew with fewer findings.
pub(super) fn waived(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    let (sum, gone) = (waived::sum(report, lang), waived::gone(report, lang));
    if sum.is_none() && gone.is_none() {
        return;
    }
    let list = page.style.verbose;
    let more = waived::with_reason(report).next().is_some() && !list;
    if let Some(mut sum) = sum {
        if more {
            sum += lang.pick(" (--verbose shows why)", " (--verbose zeigt, warum)");
        }
        bold(page, &sum);
    }
    for (outcome, waived) in waived::with_reason(report).filter(|_| list) {
        let place = &waived.finding.place;
        let path = place.path.as_ref().map(terminal_path).unwrap_or_else(|| ".".to_owned());
        let path = place.span.map_or_else(|| path.clone(), |span| format!("{path}:{}", span.line));
        let until = waived::until(waived, lang);
        let text = format!("{path} {}: {}{until}", outcome.rule.id, terminal_text(&waived.reason));
        paragraph(page, &text, "  ", 4);
    }
    if let Some(gone) = gone {
        paragraph(page, &gone, "", 0);
    }
    page.line("");
}

/// What could not be looked at, by reason.
pub(super) fn losses(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    let mut groups = Groups::default();
    for loss in &report.losses {
        groups.add(terminal(&loss.why.message(lang)), loss.path.as_ref().map(terminal_path));
    }
    section(
        page,
        lang.pick("Could not be looked at; findings may be missing", "Ließ sich nicht ansehen; Befunde können fehlen"),
        &groups.names,
    );
}

/// What held while the repository was read: how git objects were, and which limits somebody moved.
pub(super) fn bounds(page: &mut Page<'_>, report: &Report) {
    let lang = page.style.lang;
    bold(page, lang.pick("How it was read", "Wie gelesen wurde"));
    let how = match &report.confinement {
        Some(confinement) => terminal(&confinement.message(lang)),
        None => lang.pick("No git object was read.", "Es wurde kein Git-Objekt gelesen.").to_owned(),
    };
    paragraph(page, &how, "  ", 2);
    let moved: Vec<String> =
        report.limits.moved().map(|(limit, value)| format!("{} = {}", limit.name(), limit.show(value))).collect();
    if !moved.is_empty() {
        let words = lang.pick("Limits that were moved: ", "Verschobene Grenzen: ");
        paragraph(page, &format!("{words}{}.", moved.join(", ")), "  ", 2);
    }
    page.line("");
}

/// How the requirements of a norm stand, in short.
pub(super) fn norm(page: &mut Page<'_>, report: &Report) {
    let Some(norm) = &report.norm else { return };
    let lang = page.style.lang;
    bold(page, &norm.name(lang));
    for text in crate::output::norm::text::paragraphs(norm, lang) {
        paragraph(page, &text, "  ", 2);
    }
    page.line("");
}

/// Names by what they have in common, in the order in which that was met.
#[derive(Default)]
struct Groups {
    names: Vec<(String, Vec<String>)>,
    places: BTreeMap<String, usize>,
}

impl Groups {
    fn add(&mut self, why: String, name: Option<String>) {
        let place = *self.places.entry(why.clone()).or_insert(self.names.len());
        match self.names.get_mut(place) {
            Some((_, names)) => names.extend(name),
            None => self.names.push((why, name.into_iter().collect())),
        }
    }
}

fn section(page: &mut Page<'_>, title: &str, groups: &[(String, Vec<String>)]) {
    if groups.is_empty() {
        return;
    }
    bold(page, title);
    let (most, most_groups) = if page.style.verbose { (usize::MAX, usize::MAX) } else { (NAMES, GROUPS) };
    for (why, names) in groups.iter().take(most_groups) {
        let mut text = names.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
        if names.len() > most {
            let more = page.style.lang.pick(" and {n} more", " und {n} weitere");
            text += &more.replace("{n}", &(names.len() - most).to_string());
        }
        let text = if text.is_empty() { why.clone() } else { format!("{why}: {text}") };
        paragraph(page, &text, "  ", 4);
    }
    if let Some(rest) = groups.get(most_groups..).filter(|rest| !rest.is_empty()) {
        let more = page.style.lang.pick("and {n} more (--verbose shows all)", "und {n} weitere (--verbose zeigt alle)");
        let number = rest.iter().map(|(_, names)| names.len().max(1)).sum::<usize>();
        paragraph(page, &more.replace("{n}", &number.to_string()), "  ", 4);
    }
    page.line("");
}

/// The last line: how much of what.
pub(super) fn counts(page: &mut Page<'_>, report: &Report) {
    let text = sums(report, page.style.lang);
    bold(page, &text);
}

fn bold(page: &mut Page<'_>, text: &str) {
    for line in super::wrap::wrap(text, "", 0, page.style.width) {
        let line = page.paint.bold(&line);
        page.line(&line);
    }
}

/// How many findings of each severity, and how many rules without, in words.
pub(in crate::output) fn sums(report: &Report, lang: Lang) -> String {
    let counts = Counts::of(report);
    let number = |number: usize, one: (&str, &str), many: (&str, &str)| {
        let (en, de) = if number == 1 { one } else { many };
        (number > 0).then(|| format!("{number} {}", lang.pick(en, de)))
    };
    let found: Vec<String> = [
        number(counts.errors, ("error", "Fehler"), ("errors", "Fehler")),
        number(counts.warnings, ("warning", "Warnung"), ("warnings", "Warnungen")),
        number(counts.notes, ("note", "Hinweis"), ("notes", "Hinweise")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let found = if found.is_empty() { lang.pick("no findings", "keine Befunde").to_owned() } else { found.join(", ") };
    let rules: Vec<String> = [
        number(counts.ok, ("rule holds", "Regel erfüllt"), ("rules hold", "Regeln erfüllt")),
        number(counts.skipped, ("not judged", "nicht beurteilt"), ("not judged", "nicht beurteilt")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let lost = number(
        report.losses.len(),
        ("thing could not be looked at", "Stelle ließ sich nicht ansehen"),
        ("things could not be looked at", "Stellen ließen sich nicht ansehen"),
    );
    let waived =
        number(counts.waived, ("finding waived", "Befund ausgenommen"), ("findings waived", "Befunde ausgenommen"));
    let parts = [found, rules.join(", ")].into_iter().filter(|part| !part.is_empty()).chain(waived).chain(lost);
    parts.collect::<Vec<_>>().join("; ")
}
