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

/// Licence and grant of a folder with these files, as `civiclint facts` says them.
fn facts(files: &[(&str, &str)]) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_civiclint"));
    let output = command.env_clear().arg("facts").arg(folder.path()).output().expect("the binary runs");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let of = |name: &str| document["repository"][name].as_str().unwrap_or("unknown").to_owned();
    (of("licence"), of("licence-grant"))
}

#[test]
fn later_versions_are_granted_by_somebody_or_not_at_all() {
    let gpl = spdx::text::LICENSE_TEXTS.iter().find(|(id, _)| *id == "GPL-3.0-only").expect("a text of the list").1;
    let later = "// This program is free software: you can redistribute it and/or modify it under the terms of the GNU\n\
                 // General Public License as published by the Free Software Foundation, either version 3 of the License,\n\
                 // or (at your option) any later version.\nint main(void) { return 0; }\n";
    let only = "// SPDX-License-Identifier: GPL-3.0-only\nint other(void) { return 0; }\n";
    let readme = "# Trees\n\nA map of the trees of the city.\n\n## License\n\nGPL-3.0-or-later\n";
    for (files, licence, grant) in [
        (&[("LICENSE", gpl)][..], "GPL-3.0-only", "none"),
        (&[("LICENSE", gpl), ("README.md", readme)], "GPL-3.0-or-later", "or-later"),
        (&[("LICENSE", gpl), ("src/main.c", later)], "GPL-3.0-or-later", "or-later"),
        (&[("LICENSE", gpl), ("src/main.c", later), ("src/other.c", only)], "GPL-3.0-only", "none"),
        (&[("LICENSE", gpl), ("package.json", "{\"name\": \"a\", \"license\": \"GPL-3.0\"}")], "GPL-3.0-only", "none"),
        (
            &[("LICENSE", gpl), ("package.json", "{\"name\": \"a\", \"license\": \"GPL-3.0-or-later\"}")],
            "GPL-3.0-or-later",
            "or-later",
        ),
    ] {
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        assert_eq!(facts(files), (licence.to_owned(), grant.to_owned()), "{names:?}");
    }
}

#[test]
fn several_files_make_one_expression_where_something_says_how() {
    let text = |id: &str| spdx::text::LICENSE_TEXTS.iter().find(|(other, _)| *other == id).expect("a text").1;
    let (mit, apache, eupl) = (text("MIT"), text("Apache-2.0"), text("EUPL-1.2"));
    let either =
        "# A\n\n## License\n\nLicensed under either of MIT license or Apache License, Version 2.0 at your option.\n";
    let manifest = "[package]\nname = \"a\"\nversion = \"1.0.0\"\nlicense = \"MIT OR Apache-2.0\"\n";
    let states = "Code: EUPL-1.2\nDokumentation: MIT\n";
    for (files, licence) in [
        (&[("LICENSE-MIT", mit), ("LICENSE-APACHE", apache)][..], "unknown"),
        (&[("LICENSE-MIT", mit), ("LICENSE-APACHE", apache), ("README.md", either)], "MIT OR Apache-2.0"),
        (&[("LICENSE-MIT", mit), ("LICENSE-APACHE", apache), ("Cargo.toml", manifest)], "MIT OR Apache-2.0"),
        (&[("COPYING", states), ("LICENSE-EUPL", eupl), ("LICENSE-MIT", mit)], "EUPL-1.2 AND MIT"),
        (&[("LICENSE", eupl), ("LICENSE-docs", mit)], "EUPL-1.2"),
    ] {
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        assert_eq!(facts(files).0, licence, "{names:?}");
    }
}
