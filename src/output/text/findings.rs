//! How is a rule with findings shown? What is wrong, why it matters, where, and the next step.

use super::wrap::wrap;
use super::{Page, excerpt, paragraph};
use crate::output::encode::{plain, terminal, terminal_path};
use crate::output::page::{Block, first_sentence, first_step};
use crate::report::{Finding, Outcome};
use crate::repository::RepoPath;
use std::collections::{BTreeMap, BTreeSet};

/// As many places of a rule are shown; the others are summed up.
const PLACES: usize = 5;

/// As many folders are named when places are summed up.
const FOLDERS: usize = 3;

/// Everything below a rule's headline is set in by so much.
const INDENT: &str = "  ";

pub(super) fn rule(page: &mut Page<'_>, outcome: &Outcome) {
    let lang = page.style.lang;
    let rule = &outcome.rule;
    let text = rule.page(lang);
    headline(page, outcome);
    let why = [&text.why, &text.summary].map(|text| first_sentence(text)).into_iter().find(|text| !text.is_empty());
    paragraph(page, &why.unwrap_or_default(), INDENT, INDENT.len());
    page.line("");

    let findings = outcome.verdict.findings();
    let messages: Vec<String> = findings.iter().map(|finding| terminal(&finding.message(rule, lang))).collect();
    let most = if page.style.verbose { findings.len() } else { PLACES };
    // One more than the limit is shown instead of "and 1 more".
    let shown = if findings.len() == most + 1 { findings.len() } else { most.min(findings.len()) };
    // What is the same everywhere is said once.
    let common = messages.first().filter(|first| messages.len() > 1 && messages.iter().all(|other| other == *first));
    if let Some(message) = common {
        paragraph(page, message, INDENT, INDENT.len());
    }
    let chosen = spread(findings, shown);
    let mut rest = Vec::new();
    for (number, (finding, message)) in findings.iter().zip(&messages).enumerate() {
        match chosen.contains(&number) {
            true => place(page, outcome, finding, Some(message.as_str()).filter(|_| common.is_none())),
            false => rest.push(finding),
        }
    }
    if !rest.is_empty() {
        more(page, &rest);
    }
    page.line("");
    next_step(page, outcome);
}

/// Which of the findings to show: the first of each folder, then the second of each, and so on. Five places in five
/// folders say more than five in one.
pub(in crate::output) fn spread(findings: &[Finding], most: usize) -> BTreeSet<usize> {
    let mut seen: BTreeMap<&[u8], usize> = BTreeMap::new();
    let mut order: Vec<(usize, usize)> = Vec::with_capacity(findings.len());
    for (number, finding) in findings.iter().enumerate() {
        let round = seen.entry(finding.place.path.as_ref().map(RepoPath::folder).unwrap_or_default()).or_default();
        order.push((*round, number));
        *round += 1;
    }
    order.sort_unstable();
    order.into_iter().take(most).map(|(_, number)| number).collect()
}

fn headline(page: &mut Page<'_>, outcome: &Outcome) {
    let lang = page.style.lang;
    let rule = &outcome.rule;
    let label = format!("{}[{}]", rule.severity.title(lang), rule.id);
    let title = plain(&rule.page(lang).title);
    for line in wrap(&title, &format!("{label}: "), INDENT.len(), page.style.width) {
        let line = match line.strip_prefix(&label) {
            Some(rest) => page.paint.severity(rule.severity, &label) + &page.paint.bold(rest),
            None => page.paint.bold(&line),
        };
        page.line(&line);
    }
}

/// One finding. A path stands on a line of its own and is never broken: it is there to be clicked or copied.
fn place(page: &mut Page<'_>, outcome: &Outcome, finding: &Finding, message: Option<&str>) {
    let inner = INDENT.len() * 2;
    let Some(path) = &finding.place.path else {
        if let Some(message) = message {
            paragraph(page, message, INDENT, INDENT.len());
        }
        return;
    };
    let shown = terminal_path(path);
    let Some(span) = finding.place.span else {
        match message {
            // The message may already name the path.
            Some(message) if message.contains(&shown) => paragraph(page, message, INDENT, inner),
            Some(message) => {
                located(page, path, &shown);
                paragraph(page, message, &" ".repeat(inner), inner);
            }
            None => located(page, path, &shown),
        }
        return;
    };
    located(page, path, &format!("{shown}:{}:{}", span.line, span.column));
    if let Some(line) = &finding.excerpt {
        let style = page.style;
        let drawn = excerpt::draw(&line.lossy(), span, outcome.rule.severity, style.colour, style.width - inner);
        for line in drawn {
            page.line(&format!("{}{line}", " ".repeat(inner)));
        }
    }
    if let Some(message) = message {
        paragraph(page, message, &" ".repeat(inner), inner);
    }
}

fn located(page: &mut Page<'_>, path: &RepoPath, shown: &str) {
    let link = page.paint.link(path, &page.paint.bold(shown));
    page.line(&format!("{INDENT}{link}"));
}

/// How many more there are, and in which folders most of them lie.
fn more(page: &mut Page<'_>, rest: &[&Finding]) {
    let lang = page.style.lang;
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for path in rest.iter().filter_map(|finding| finding.place.path.as_ref()) {
        *folders.entry(folder(path)).or_default() += 1;
    }
    let mut folders: Vec<(String, usize)> = folders.into_iter().filter(|(_, number)| *number > 1).collect();
    folders.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    folders.truncate(FOLDERS);
    let mut text = lang.pick("and {n} more", "und {n} weitere").replace("{n}", &rest.len().to_string());
    let named: Vec<String> =
        folders.iter().map(|(folder, number)| format!("{number} {} {folder}", lang.pick("in", "in"))).collect();
    if !named.is_empty() {
        text = format!("{text}: {}", named.join(", "));
    }
    text += lang.pick(" (--verbose shows all)", " (--verbose zeigt alle)");
    let lines = wrap(&text, INDENT, INDENT.len() * 2, page.style.width);
    for line in lines {
        let line = page.paint.dim(&line);
        page.line(&line);
    }
}

/// The folder a path is counted under: its first two names.
fn folder(path: &RepoPath) -> String {
    let folder = path.folder();
    if folder.is_empty() {
        return "./".to_owned();
    }
    let names: Vec<&[u8]> = folder.split(|byte| *byte == b'/').take(2).collect();
    terminal_path(&RepoPath::new(names.join(&b'/'))) + "/"
}

fn next_step(page: &mut Page<'_>, outcome: &Outcome) {
    let lang = page.style.lang;
    let (fix, explain) = (lang.pick("Fix", "Abhilfe"), lang.pick("More", "Mehr"));
    let indent = INDENT.len() + fix.chars().count().max(explain.chars().count()) + 2;
    let label = |label: &str| format!("{:indent$}", format!("{INDENT}{label}"));
    let mut lead = label(fix);
    for block in first_step(&outcome.rule.page(lang).mend) {
        match block {
            Block::Text(text) => labelled(page, &text, &lead, indent, fix),
            Block::Item(text) => labelled(page, &text, &format!("{lead}- "), indent + 2, fix),
            Block::Code(lines) => {
                for line in lines {
                    page.line(&format!("{}{line}", " ".repeat(indent + 2)));
                }
            }
        }
        lead = " ".repeat(indent);
    }
    let command = format!("civiclint explain {}", outcome.rule.id);
    labelled(page, &command, &label(explain), indent, explain);
}

/// A paragraph whose label stands out.
fn labelled(page: &mut Page<'_>, text: &str, lead: &str, indent: usize, label: &str) {
    for (number, line) in wrap(text, lead, indent, page.style.width).into_iter().enumerate() {
        let line = match line.strip_prefix(INDENT).and_then(|rest| rest.strip_prefix(label)) {
            Some(rest) if number == 0 => format!("{INDENT}{}{rest}", page.paint.bold(label)),
            _ => line,
        };
        page.line(&line);
    }
}
