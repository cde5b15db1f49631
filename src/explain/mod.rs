//! What does a rule ask, in plain words? Its page for a terminal, and the index of all rules.

mod index;
mod markdown;
mod words;

pub use index::{check_table, index};

use crate::output::encode;
use crate::phrase::{Lang, Words};
use crate::rule::{Clause, Level, Norms, Rule, Setting};
use markdown::wrap;

/// The widest a line gets, whatever the terminal.
const WIDEST: usize = 80;
/// The narrowest width that text is wrapped at.
const NARROWEST: usize = 20;

/// The page of a rule for a terminal, wrapped at `width` columns (at most 80). Control characters that a page may hold
/// are shown, not sent.
pub fn explain(rule: &Rule, lang: Lang, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let page = rule.page(lang);
    let mut text = format!("{}\n\n", rule.id);
    text += &wrap(&page.title, "", "", width);
    text.push('\n');
    text += &markdown::to_text(&page.summary, 0, width);
    text.push('\n');
    text += &table(&facts(rule, lang), width);
    let sections = [
        (Words::new("Why it matters", "Warum das zählt"), Some(&page.why)),
        (Words::new("How to mend it", "So beheben Sie es"), Some(&page.mend)),
        (Words::new("Example", "Beispiel"), page.example.as_ref()),
    ];
    for (heading, section) in sections {
        if let Some(section) = section {
            text += &format!("\n{}\n\n{}", heading.get(lang), markdown::to_text(section, 2, width));
        }
    }
    encode::plain(&text)
}

/// The rules by level, one a line, for a terminal: id, severity and title, wrapped at `width` columns.
pub fn list(rules: &[Rule], lang: Lang, width: usize) -> String {
    let width = width.clamp(NARROWEST, 200);
    let ids = rules.iter().map(|rule| rule.id.chars().count()).max().unwrap_or_default();
    let severities = rules.iter().map(|rule| rule.severity.title(lang).chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for level in Level::ALL {
        let of_level: Vec<&Rule> = rules.iter().filter(|rule| rule.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text += &format!("{}\n", level.title(lang));
        for rule in of_level {
            let head = format!("  {:ids$}  {:severities$}  ", rule.id, rule.severity.title(lang));
            let blank = " ".repeat(head.chars().count());
            // A narrow terminal gets the title on a line of its own.
            match blank.len() + NARROWEST <= width {
                true => text += &wrap(&rule.page(lang).title, &head, &blank, width),
                false => {
                    text += &format!("{}\n{}", head.trim_end(), wrap(&rule.page(lang).title, "    ", "    ", width))
                }
            }
        }
    }
    encode::plain(&text)
}

/// What stands between summary and sections: a label and one or more paragraphs each.
fn facts(rule: &Rule, lang: Lang) -> Vec<(&'static str, Vec<String>)> {
    let mut facts = vec![
        (lang.pick("Level", "Stufe"), vec![rule.level.title(lang).to_owned()]),
        (lang.pick("Severity", "Schweregrad"), vec![rule.severity.title(lang).to_owned()]),
        (lang.pick("Precision", "Treffsicherheit"), vec![words::precision(rule.precision).get(lang).to_owned()]),
        (lang.pick("Norms", "Normen"), norms(rule, lang)),
        (lang.pick("Looks at", "Betrachtet"), vec![words::looks_at(rule, lang)]),
        (lang.pick("Asked when", "Gefragt, wenn"), clauses(&rule.applies_when, rule, lang)),
        (lang.pick("Found when", "Befund, wenn"), clauses(&rule.finding_when, rule, lang)),
        (lang.pick("and not when", "und nicht, wenn"), clauses(&rule.not_when, rule, lang)),
        (lang.pick("Says", "Meldung"), vec![rule.page(lang).says.clone()]),
    ];
    let setting = |(name, setting): (&String, &Setting)| match setting {
        Setting::Number(number) => format!("{name} = {number}"),
        Setting::List(list) => {
            format!("{name} = [{}]", list.iter().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(", "))
        }
    };
    facts.push((lang.pick("Settings", "Einstellungen"), rule.settings.iter().map(setting).collect()));
    facts.retain(|(_, paragraphs)| !paragraphs.is_empty());
    facts
}

fn clauses(clauses: &[Clause], rule: &Rule, lang: Lang) -> Vec<String> {
    clauses.iter().map(|clause| words::clause(clause, &rule.settings, lang)).collect()
}

/// The norms a rule answers to: each with its version and the requirements, in short.
fn norms(rule: &Rule, lang: Lang) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for id in &rule.norms {
        let Some((norm, requirement)) = Norms::shipped().find(id) else { continue };
        let name = format!("{}, {}", norm.name(lang), norm.version(lang));
        let told = format!("{} ({})", requirement.id, requirement.says(lang));
        match lines.iter_mut().find(|(known, _)| *known == name) {
            Some((_, requirements)) => requirements.push(told),
            None => lines.push((name, vec![told])),
        }
    }
    lines.into_iter().map(|(name, requirements)| format!("{name}: {}", requirements.join("; "))).collect()
}

/// Labels in a column, their paragraphs beside them.
fn table(facts: &[(&str, Vec<String>)], width: usize) -> String {
    let column = facts.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default() + 2;
    let blank = " ".repeat(column);
    let mut text = String::new();
    for (label, paragraphs) in facts {
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let label = if at == 0 { format!("{label:column$}") } else { blank.clone() };
            text += &wrap(paragraph, &label, &blank, width);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::testing::{rules, snapshots, vocabulary};

    #[test]
    fn pages_lists_and_indexes() {
        let rules = rules();
        let settings = snapshots("explain");
        for lang in [Lang::En, Lang::De] {
            let tag = lang.tag();
            let pages: Vec<String> = rules.iter().map(|rule| explain(rule, lang, 80)).collect();
            settings.bind(|| {
                insta::assert_snapshot!(format!("page-{tag}"), pages.join("\n\n"));
                insta::assert_snapshot!(format!("list-{tag}"), list(&rules, lang, 80));
                insta::assert_snapshot!(format!("index-{tag}"), index::index_of(&rules, &vocabulary(), lang));
                insta::assert_snapshot!(format!("table-{tag}"), check_table(&rules, lang));
            });
        }
    }

    #[test]
    fn lines_keep_to_the_width() {
        for lang in [Lang::En, Lang::De] {
            for width in [40, 60, 80, 300] {
                for rule in &rules() {
                    let text = explain(rule, lang, width);
                    let long = text
                        .lines()
                        .find(|line| line.chars().count() > width.min(WIDEST) && !line.starts_with("      "));
                    assert_eq!(long, None, "{width}");
                }
            }
            assert!(list(&rules(), lang, 40).lines().all(|line| line.chars().count() <= 40));
        }
    }

    #[test]
    fn deep_nesting_ends() {
        let mut rules = rules();
        let rule = rules.first_mut().expect("a rule");
        for nested in ["> ", "- ", "*a", "[a](", "`a", "<a", "1. "] {
            rule.en.why = format!("{} the end", nested.repeat(5_000));
            assert!(explain(rule, Lang::En, 80).contains("the end"), "{nested}");
        }
    }

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        let mut rules = rules();
        let rule = rules.first_mut().expect("a rule");
        rule.en.title += " \u{1b}[2J";
        rule.en.why += "\n\n::error::\u{202e}";
        rule.en.says += "\u{9b}";
        let text = explain(rule, Lang::En, 80) + &list(&rules, Lang::En, 80);
        assert!(!text.chars().any(|c| c != '\n' && encode::steers(c)), "{text:?}");
    }
}
