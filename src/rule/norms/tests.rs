//! Do the tables of norms hold, and do they and the rule pages agree?

use super::*;
use crate::rule::Precision;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// `a#2` before `a#10`, `9` before `ai`: runs of digits are compared as numbers, and come before words.
fn natural(a: &str, b: &str) -> Ordering {
    let parts = |text: &str| {
        let mut parts: Vec<(u64, String)> = Vec::new();
        for c in text.chars() {
            match parts.last_mut() {
                Some((_, run)) if run.ends_with(|end: char| end.is_ascii_digit()) == c.is_ascii_digit() => run.push(c),
                _ => parts.push((0, c.to_string())),
            }
        }
        for (number, run) in &mut parts {
            *number = run.parse().unwrap_or(u64::MAX);
        }
        parts
    };
    parts(a).cmp(&parts(b))
}

#[test]
fn every_norm_is_pinned_and_every_id_is_there_once() {
    let norms = Norms::shipped();
    assert!(norms.all().is_sorted_by(|a, b| a.id < b.id), "the norms are sorted");
    for norm in norms.all() {
        assert!(!norm.version.is_empty() && !norm.en.is_empty() && !norm.de.is_empty(), "{}", norm.id);
        assert!(!norm.requirements.is_empty(), "{} has no requirements", norm.id);
        for pair in norm.requirements.windows(2) {
            let [a, b] = pair else { continue };
            assert_eq!(natural(&a.id, &b.id), Ordering::Less, "{}: `{}` and `{}` are not sorted", norm.id, a.id, b.id);
        }
        assert!(norm.url.as_ref().is_none_or(|url| url.starts_with("https://")), "{}", norm.id);
    }
    let ids: BTreeSet<String> = norms.ids().collect();
    assert_eq!(ids.len(), norms.all().iter().map(|norm| norm.requirements.len()).sum::<usize>());
    for id in &ids {
        assert!(norms.of(id).is_some_and(|norm| id.starts_with(&norm.id)), "{id}");
        assert!(!id.contains(char::is_whitespace), "{id}");
    }
    assert_eq!(natural("a#9", "a#10"), Ordering::Less);
    assert_eq!(natural("9", "9a"), Ordering::Less);
    assert_eq!(natural("9c", "ai"), Ordering::Less);
}

#[test]
fn paraphrases_are_short_and_in_two_languages() {
    for norm in Norms::shipped().all() {
        for requirement in &norm.requirements {
            for text in [&requirement.en, &requirement.de] {
                let id = norm.id_of(requirement);
                assert!((3..=120).contains(&text.chars().count()), "{id}: {text}");
                assert!(!text.ends_with('.') && !text.contains(['`', '|', '<', '\n']), "{id}: {text}");
                let first = text.chars().next().unwrap_or_default();
                let name = ["version", "precedence", "publiccode"].iter().any(|name| text.starts_with(name));
                assert!(first.is_uppercase() || !first.is_alphabetic() || name, "{id}: {text}");
            }
        }
    }
}

/// Requirements, those that files or history decide, those with a hint, those of the forge, those of a person or outside.
const TOTALS: &[(&str, [usize; 5])] = &[
    ("s4pc", [111, 47, 43, 6, 15]),
    ("osps", [64, 29, 26, 9, 0]),
    // Twelve and the clause on AI.
    ("dpg", [13, 2, 10, 0, 1]),
    ("howfairis", [5, 4, 0, 1, 0]),
    ("opencode", [19, 10, 5, 3, 1]),
    ("reuse", [24, 23, 1, 0, 0]),
    ("publiccode", [16, 16, 0, 0, 0]),
];

#[test]
fn classes_add_up() {
    for (id, totals) in TOTALS {
        let norm = Norms::shipped().norm(id).expect("a norm");
        let count = |wanted: &[ToldBy]| norm.requirements.iter().filter(|one| wanted.contains(&one.told_by)).count();
        let counted = [
            norm.requirements.len(),
            count(&[ToldBy::Files, ToldBy::History]),
            count(&[ToldBy::Hint]),
            count(&[ToldBy::Forge]),
            count(&[ToldBy::Person, ToldBy::Outside]),
        ];
        assert_eq!(counted, *totals, "{id}");
    }
}

#[test]
fn tables_and_rule_pages_agree() {
    let rules = crate::rule::shipped().expect("the shipped rules");
    let answering = |id: &str| rules.iter().filter(|rule| rule.norms.iter().any(|one| one == id)).collect::<Vec<_>>();
    for norm in Norms::shipped().all() {
        for requirement in &norm.requirements {
            let id = norm.id_of(requirement);
            let rules = answering(&id);
            let seen = requirement.told_by.is_decidable() || requirement.told_by == ToldBy::Hint;
            assert!(seen || rules.is_empty(), "{id}: no scan sees it, yet {} names it", rules[0].id);
            let claims = !requirement.not_met_by.is_empty() || requirement.covered.is_some();
            assert!(!claims || requirement.told_by.is_decidable(), "{id}: a hint settles nothing");
            assert!(requirement.covered.is_none() || !rules.is_empty(), "{id}: no rule names it");
            assert!(requirement.not_met_by.is_sorted(), "{id}");
            for rule in &requirement.not_met_by {
                let rule =
                    rules.iter().find(|one| one.id == *rule).unwrap_or_else(|| panic!("{id}: {rule} does not name it"));
                assert!(rule.precision >= Precision::High, "{id}: {} is too often wrong to settle anything", rule.id);
            }
        }
    }
    for rule in &rules {
        let mut once = BTreeSet::new();
        assert!(rule.norms.iter().all(|id| once.insert(id)), "{}: a norm is named twice", rule.id);
    }
}

#[test]
fn words_of_levels_and_classes() {
    for norm in Norms::shipped().all() {
        for requirement in &norm.requirements {
            if let Some(level) = requirement.level {
                let read: Binding = toml::Value::String(level.name().to_owned()).try_into().expect("a level");
                assert_eq!(read, level);
            }
        }
    }
    let titles: BTreeSet<&str> = ToldBy::ALL.iter().map(|one| one.title(Lang::De)).collect();
    assert_eq!(titles.len(), ToldBy::ALL.len());
}

#[test]
fn ids_as_pages_write_them() {
    let norms = Norms::shipped();
    for (id, version) in [
        ("s4pc/document-the-code#2", Some("0.8.1")),
        ("osps/OSPS-LE-02.01", Some("2026.02.19")),
        ("dpg/9a", Some("1.1.7")),
        ("reuse/file-info", Some("3.3")),
        ("publiccode/legal/license", Some("0.7.0")),
        ("opencode/maintained/1a", Some("as found in November 2026")),
        ("civic-coding/5-openness", Some("October 2022")),
        ("civic-coding/5", None),
        ("osps", None),
        ("osps/", None),
        ("unknown/1", None),
    ] {
        assert_eq!(norms.of(id).map(|norm| norm.version(Lang::En)), version, "{id}");
    }
}
