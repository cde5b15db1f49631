//! Are all texts of the SPDX list there, and the official ones beside them, and is a changed one never called by
//! their names?

#![allow(clippy::disallowed_methods, reason = "tests read files of the repository")]

mod common;

use civiclint::reading::licence_text::{How, Place, identify};
use std::collections::BTreeSet;

/// The official texts that the SPDX list does not have: id, language and text.
fn official() -> Vec<(String, String, String)> {
    let folder = common::root().join("src/reading/licence_text/texts");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of texts") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name in UTF-8");
            let (id, language) = name.rsplit_once('.').expect("<id>.<language>.txt");
            let text = std::fs::read_to_string(&path).expect("a text");
            found.push((id.to_owned(), language.to_owned(), text));
        }
    }
    found.sort();
    found
}

/// `GPL-3.0` of `GPL-3.0-only` and `GPL-3.0-or-later`, whose texts are the same.
fn family(id: &str) -> &str {
    id.trim_end_matches("-only")
        .trim_end_matches("-or-later")
        .trim_end_matches("-no-invariants")
        .trim_end_matches("-invariants")
}

#[test]
fn every_text_of_the_list_is_known_by_its_words() {
    let mut wrong = Vec::new();
    for (id, text) in spdx::text::LICENSE_TEXTS {
        let current = spdx::license_id(id).is_some_and(|id| !id.is_deprecated());
        if !current || text.split_whitespace().count() < 8 {
            continue;
        }
        let found = identify(text, Place::LicenceFile);
        let named: BTreeSet<&str> = found.texts.iter().map(|held| held.id.as_str()).collect();
        let same = found.texts.iter().any(|held| {
            family(&held.id) == family(id)
                || spdx::text::LICENSE_TEXTS.iter().any(|(other, words)| *other == held.id && same_words(words, text))
        });
        if !same {
            wrong.push(format!("{id}: {named:?}, {:?}", found.expression));
        }
    }
    assert!(wrong.is_empty(), "{} texts: {}", wrong.len(), wrong.join("\n"));
}

fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    words(one) == words(other)
}

#[test]
fn every_official_text_is_known_in_its_language() {
    let texts = official();
    let languages: BTreeSet<&str> =
        texts.iter().filter(|(id, ..)| id == "EUPL-1.2").map(|(_, language, _)| language.as_str()).collect();
    // The official languages of the Union but English, which the SPDX list has, and Irish, in which there is none.
    let wanted = [
        "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt",
        "ro", "sk", "sl", "sv",
    ];
    assert_eq!(languages, BTreeSet::from(wanted));
    for (id, language, text) in &texts {
        let found = identify(text, Place::LicenceFile);
        assert_eq!(found.expression.as_deref(), Some(id.as_str()), "{id} in {language}");
        assert_eq!(found.how, Some(How::Translation), "{id} in {language}");
    }
}

#[test]
fn a_changed_official_text_is_not_called_by_its_name() {
    for (id, language, text) in official().iter().filter(|(_, language, _)| language == "de") {
        // The first clause loses what it forbids or allows.
        let changed = text.replacen("unentgeltliche", "entgeltliche", 1).replacen("nicht ", "", 3);
        assert_ne!(&changed, text, "{id}");
        let found = identify(&changed, Place::LicenceFile);
        assert_eq!(found.expression, None, "{id} in {language}");
        assert_eq!(found.nearest.map(|near| near.id).as_ref(), Some(id), "{id} in {language}");
    }
}

#[test]
fn work_grows_with_the_text() {
    // Words looked at, not seconds: no text makes the aligner follow more than its bound, whatever it repeats.
    for text in [
        "permission is hereby granted ".repeat(8_000),
        "GNU General Public License ".repeat(8_000),
        "Alternatively ".repeat(16_000),
        "SPDX-License-Identifier: ".repeat(8_000),
        "redistribution and use in source and binary forms with or without modification ".repeat(3_000),
        "%4".repeat(200_000),
        "(".repeat(400_000),
    ] {
        for place in [Place::LicenceFile, Place::Document, Place::Source] {
            let found = identify(&text, place);
            assert!(found.texts.len() <= 40);
        }
    }
}
