//! Is every mistake explained, and does the loader leave good pages alone? With a vocabulary of its own.

use super::*;
use crate::phrase::{Lang, Phrase, Words};
use crate::reading::Readings;
use crate::repository::{Limits, Options};
use crate::signal::{Kind, Observation, Place, Reading, Signal, Span, Whole};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const fn asks(name: &'static str, kind: Kind) -> Signal {
    Signal { name, kind, asks: Words::new("Is it so?", "Ist es so?") }
}

static SUBJECTS: [Subject; 2] = [
    Subject {
        name: "data-source",
        is: Words::new("place that data are read from", "Ort, von dem Daten gelesen werden"),
        none: Words::new("no data are read", "Es werden keine Daten gelesen"),
        signals: &[
            asks("documented", Kind::YesNo),
            asks("own-site", Kind::YesNo),
            asks("uses", Kind::Number),
            asks("host", Kind::Text),
            asks("formats", Kind::List),
        ],
        look: sources,
    },
    Subject {
        name: "manifest",
        is: Words::new("package manifest", "Paketmanifest"),
        none: Words::new("no manifests", "keine Manifeste"),
        signals: &[asks("publishable", Kind::YesNo), asks("ecosystem", Kind::Text)],
        look: |_| Vec::new(),
    },
];

static WHOLES: [Whole; 4] = [
    Whole { signal: asks("kind", Kind::Text), answer: |_| Ok("software".into()) },
    Whole { signal: asks("months-idle", Kind::Number), answer: no_history },
    Whole { signal: asks("adopts-reuse", Kind::YesNo), answer: |_| Ok(false.into()) },
    Whole { signal: asks("languages", Kind::List), answer: |_| Err(Phrase::new("not asked", "nicht gefragt")) },
];

/// Every file `load.txt` is an undocumented source.
fn sources(readings: &Readings<'_>) -> Vec<Observation> {
    let files = readings.repo.files().iter().filter(|file| file.path.name() == b"load.txt");
    files
        .map(|file| {
            Observation::new(Place::span(&file.path, Span::on_line(1, 1, 2)), "opendata.example.org")
                .with("documented", false)
                .with("own-site", false)
                .with("uses", 1_i64)
                .with("host", "opendata.example.org")
                .with_reading("formats", Err(Phrase::new("not asked", "nicht gefragt")))
        })
        .collect()
}

fn no_history(_: &Readings<'_>) -> Reading {
    Err(Phrase::new("this folder has no git history", "Dieser Ordner hat keine Git-Historie"))
}

fn vocabulary() -> Vocabulary {
    Vocabulary { subjects: SUBJECTS.iter().collect(), wholes: WHOLES.iter().collect() }
}

fn bad_rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad-rules")
}

/// The kind of mistake that a fixture is called after: the longest name that its own begins with.
fn wanted(case: &str) -> Wrong {
    let fits =
        |wrong: &&Wrong| case.strip_prefix(wrong.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let found = Wrong::ALL.iter().filter(fits).max_by_key(|wrong| wrong.name().len());
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
    let options = Options { as_of: jiff::civil::date(2026, 11, 22), rev: None, limits: Limits::default() };
    let shipped = ["house/already-there"];
    let mut mistakes = match folder::load_folder(path, &vocabulary(), Norms::shipped(), &shipped) {
        Ok(rules) => check::check_fixtures(path, rules, &options),
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
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/bad-rules"));
    for (case, mistakes) in cases() {
        assert!(!mistakes.is_empty(), "{case} is not refused");
        if case != "several" {
            let wanted = wanted(&case);
            let others: Vec<&Mistake> = mistakes.iter().filter(|mistake| mistake.wrong != wanted).collect();
            assert!(others.is_empty(), "{case} shows more than one kind of mistake: {others:#?}");
        }
        let told = [Lang::En, Lang::De]
            .map(|lang| mistakes.iter().map(|mistake| mistake.render(lang, false)).collect::<Vec<_>>().join("\n\n"));
        settings.bind(|| insta::assert_snapshot!(case, told.join("\n\n")));
    }
}

#[test]
fn every_kind_of_mistake_has_a_page() {
    let shown: BTreeSet<Wrong> = cases().into_values().flatten().map(|mistake| mistake.wrong).collect();
    let missing: Vec<&str> =
        Wrong::ALL.iter().filter(|wrong| !shown.contains(wrong)).map(|wrong| wrong.name()).collect();
    assert!(missing.is_empty(), "no page in fixtures/bad-rules shows {missing:?}");
}
