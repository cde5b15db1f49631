//! Is every mistake explained, and does the loader leave good pages alone? With a vocabulary of its own.

use super::testing::{PAGE, PAGE_DE, rules, snapshots, vocabulary};
use super::*;
use crate::phrase::Lang;
use crate::repository::testing;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn bad_rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad-rules")
}

/// The kind of mistake that a fixture is called after: the longest name that its own begins with.
fn wanted(case: &str) -> Wrong {
    let fits =
        |wrong: &&Wrong| case.strip_prefix(wrong.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let found = Wrong::OF_PAGES.iter().filter(fits).max_by_key(|wrong| wrong.name().len());
    *found.unwrap_or_else(|| panic!("fixtures/bad-rules/{case}: no mistake is called so"))
}

/// The fixtures: the name, and what is refused there.
fn cases() -> BTreeMap<String, Vec<Mistake>> {
    let mut cases = BTreeMap::new();
    for (name, path) in folder::list(&bad_rules()).expect("the fixtures") {
        if path.is_dir() {
            cases.insert(name, refused_folder(&path));
            continue;
        }
        let stem = name.trim_end_matches(".md").trim_end_matches(".de").to_owned();
        if cases.contains_key(&stem) {
            continue;
        }
        let mut pages = Vec::new();
        for file in [format!("{stem}.md"), format!("{stem}.de.md")] {
            if let Ok(text) = folder::text(&bad_rules().join(&file)) {
                pages.push((format!("bad-rules/{file}"), text));
            }
        }
        if stem.starts_with(Wrong::DuplicateId.name()) {
            pages.extend(pages.clone());
        }
        let german = stem.starts_with(Wrong::NoGerman.name());
        let mistakes = load(pages, &vocabulary(), Norms::shipped(), german).err().unwrap_or_default();
        cases.insert(stem, load::below(mistakes, "fixtures"));
    }
    cases
}

fn refused_folder(path: &Path) -> Vec<Mistake> {
    let shipped = ["house/already-there"];
    let mut mistakes = match folder::load_folder(path, &vocabulary(), Norms::shipped(), &shipped) {
        Ok(rules) => check::check_fixtures(path, rules, &testing::options()),
        Err(mistakes) => mistakes,
    };
    let root = format!("{}/", env!("CARGO_MANIFEST_DIR"));
    for mistake in &mut mistakes {
        mistake.path = mistake.path.replace(&root, "");
    }
    mistakes
}

#[test]
fn every_bad_page_is_refused_with_a_sentence() {
    let settings = snapshots("bad-rules");
    let mut wrong = String::new();
    for (case, mistakes) in cases() {
        let kinds: BTreeSet<Wrong> = mistakes.iter().map(|mistake| mistake.wrong).collect();
        let fits = if case == "several" { kinds.len() > 3 } else { kinds == BTreeSet::from([wanted(&case)]) };
        if !fits {
            wrong += &format!("{case}: {kinds:?}\n");
        }
        let told = [Lang::En, Lang::De]
            .map(|lang| mistakes.iter().map(|mistake| mistake.render(lang, false)).collect::<Vec<_>>().join("\n\n"));
        settings.bind(|| insta::assert_snapshot!(case, told.join("\n\n")));
    }
    assert!(wrong.is_empty(), "these pages show other mistakes than their names say:\n{wrong}");
}

#[test]
fn every_kind_of_mistake_has_a_page() {
    let shown: BTreeSet<Wrong> = cases().into_values().flatten().map(|mistake| mistake.wrong).collect();
    let missing: Vec<&str> =
        Wrong::OF_PAGES.iter().filter(|wrong| !shown.contains(wrong)).map(|wrong| wrong.name()).collect();
    assert!(missing.is_empty(), "no page in fixtures/bad-rules shows {missing:?}");
}

fn one(en: &str, de: Option<&str>) -> Result<Vec<Rule>, Vec<Mistake>> {
    let mut pages = vec![("house/source.md".to_owned(), en.to_owned())];
    pages.extend(de.map(|de| ("house/source.de.md".to_owned(), de.to_owned())));
    load(pages, &vocabulary(), Norms::shipped(), false)
}

#[test]
fn a_page_becomes_a_rule() {
    let rule = rules().into_iter().find(|rule| rule.id == "house/source").expect("the rule of the page");
    assert_eq!(rule.chapter(), "house");
    assert_eq!((rule.level, rule.severity, rule.precision), (Level::Reusable, Severity::Warning, Precision::High));
    assert_eq!(rule.norms, ["civic-coding/5-openness", "osps/OSPS-DO-01.01"]);
    assert_eq!(rule.looks_at.map(|subject| subject.name), Some("data-source"));
    assert_eq!(
        rule.settings,
        BTreeMap::from([
            ("hosts".to_owned(), Setting::List(vec!["localhost".to_owned()])),
            ("most".to_owned(), Setting::Number(3)),
        ])
    );
    let written = |clauses: &[Clause]| clauses.iter().map(|clause| clause.written.clone()).collect::<Vec<_>>();
    assert_eq!(written(&rule.applies_when), ["repository.kind"]);
    assert_eq!(written(&rule.finding_when), ["documented", "uses", "formats"]);
    assert_eq!(written(&rule.not_when), ["own-site", "host"]);
    assert!(matches!(&rule.finding_when[1].test, Test::MoreThan(Amount::Setting(name)) if name == "most"));
    assert!(matches!(&rule.not_when[1].test, Test::OneOf(Among::Setting(name)) if name == "hosts"));
    assert_eq!(rule.en.title, "Code reads data from a place no document names");
    assert_eq!(rule.en.summary, "Somebody who takes over this software cannot tell where its data come from.");
    assert!(rule.en.why.starts_with("Whoever is to trust") && rule.en.mend.starts_with("Name the source"));
    assert!(rule.en.example.as_deref().is_some_and(|text| text.contains("### In a table")));
    assert!(!rule.en.markdown.contains("looks-at") && rule.en.markdown.contains("## Why it matters"));
    let de = rule.de.expect("the German page");
    assert!(de.says.contains("Stellen") && de.why.starts_with("Wer einer Zahl") && de.example.is_some());
}

#[test]
fn pages_from_other_editors_are_read_as_well() {
    for (what, en) in [
        ("a byte order mark", format!("\u{feff}{PAGE}")),
        ("line ends of another system", PAGE.replace('\n', "\r\n")),
        ("a comment above the title", format!("<!-- SPDX-License-Identifier: CC0-1.0 -->\n\n{PAGE}")),
        (
            "a title underlined",
            PAGE.replace(
                "# Code reads data from a place no document names",
                "Code reads data from a place no document names\n===",
            ),
        ),
        ("other fences", PAGE.replace("```", "~~~~")),
        ("no blank line above the block", PAGE.replace("\n\n```toml", "\n```toml")),
        ("no German page", PAGE.to_owned()),
    ] {
        let rules = one(&en, None).unwrap_or_else(|mistakes| panic!("{what}: {mistakes:#?}"));
        let rule = rules.first().expect("a rule");
        assert_eq!(rule.en.title, "Code reads data from a place no document names", "{what}");
        assert!(rule.en.mend.starts_with("Name the source"), "{what}");
        assert!(!rule.en.markdown.contains("looks-at"), "{what}");
    }
    let both = one(&PAGE.replace('\n', "\r\n"), Some(&PAGE_DE.replace('\n', "\r\n")));
    assert!(both.is_ok(), "{both:#?}");
}

#[test]
fn no_page_brings_the_loader_down() {
    for (en, de) in [(PAGE, None), (PAGE, Some(PAGE_DE))] {
        let damaged = de.unwrap_or(en);
        for (at, letter) in damaged.char_indices() {
            let (before, after) = damaged.split_at(at);
            let without = format!("{before}{}", after.get(letter.len_utf8()..).unwrap_or_default());
            for text in [before.to_owned(), without, format!("{before}\"{after}"), format!("{before}\u{0}{after}")] {
                let loaded = if de.is_some() { one(en, Some(&text)) } else { one(&text, None) };
                for mistake in loaded.err().unwrap_or_default() {
                    assert!(mistake.render(Lang::En, false).len() > 20);
                }
            }
        }
    }
}

#[test]
fn deep_nesting_ends() {
    let deep = |text: &str| text.repeat(20_000);
    for block in [format!("level = {}", deep("[")), format!("level = {}", deep("{a=")), format!("[{}]", deep("a."))] {
        let page = PAGE.replace("level     = \"reusable\"", &block);
        assert!(one(&page, None).is_err());
    }
    for text in [deep("> "), deep("- "), deep("*a"), deep("[a]("), deep("`"), deep("<a")] {
        let page = PAGE.replace("Whoever is to trust", &format!("{text} Whoever is to trust"));
        assert!(one(&page, None).map_or_else(|mistakes| !mistakes.is_empty(), |rules| rules.len() == 1));
    }
}
