//! Rows of the table, names and documents.

use super::*;
use crate::reading::document::Format;
use crate::repository::{Class, Marks};

fn file(path: &str) -> File {
    File { path: path.into(), class: Class::Asset, marks: Marks::default(), kind: FileKind::Regular, len: None }
}

fn found(path: &str, text: &str) -> bool {
    in_tree(&[file(path)], &|_| Ok(text.into())).unwrap()
}

#[test]
fn names() {
    for (path, yes) in [
        ("CHANGELOG.md", true),
        ("ChangeLog", true),
        ("NEWS", true),
        ("inst/NEWS.Rd", true),
        ("HISTORY.rst", true),
        ("CHANGES-1.x.txt", true),
        ("RELEASE_NOTES_2.4", true),
        ("airrohr-firmware/Versions.md", true),
        ("docs/whats-new.md", true),
        ("docs/trees-changelog.md", true),
        ("ÄNDERUNGEN.md", true),
        ("release-notes/v1.2.md", true),
        ("docs/releases/2026.1.rst", true),
        ("newsfragments/12.feature.rst", true),
        ("changelogs/fragments/12.yml", true),
        ("src/history.js", false),
        ("docs/changes-in-climate.md", false),
        ("docs/history-of-trees.md", false),
        ("data/versions.csv", false),
        ("db/changelog.xml", false),
        ("db/changelog/001-trees.sql", false),
        ("app/pages/history.html", false),
        ("news/index.html", false),
        ("templates/CHANGELOG.md", false),
        ("changelog/README.md", false),
        ("README.md", false),
    ] {
        assert_eq!(is_named(&path.into()), yes, "{path}");
    }
}

#[test]
fn each_name_of_the_table_is_found_and_a_longer_one_is_not() {
    for name in TABLE.named.iter().chain(&TABLE.whole) {
        assert!(is_named(&format!("{}.md", name.replace(' ', "_")).as_str().into()), "{name}");
        assert!(!is_named(&format!("{}x.md", name.replace(' ', "_")).as_str().into()), "{name}");
    }
    for folder in &TABLE.folders {
        assert!(is_named(&format!("{folder}/oak.md").as_str().into()), "{folder}");
        assert!(!is_named(&format!("{folder}x/oak.md").as_str().into()), "{folder}");
    }
    for heading in &TABLE.headings {
        assert!(is_heading(heading), "{heading}");
        assert!(!is_heading(&format!("x{heading}x")), "{heading}");
    }
}

#[test]
fn every_row_has_its_examples() {
    for writer in &TABLE.writers {
        for text in &writer.written.yes {
            assert!(found(&writer.written.example, text), "{text}");
        }
        for text in &writer.written.no {
            assert!(!found(&writer.written.example, text), "{text}");
        }
    }
    let mut empty = file("CHANGELOG.md");
    empty.len = Some(0);
    assert_eq!(in_tree(&[empty], &|_| Ok("".into())), Ok(false));
    let mut vendored = file("CHANGELOG.md");
    vendored.marks.set(Mark::Vendored);
    assert_eq!(in_tree(&[vendored], &|_| Ok("".into())), Ok(false));
    let why = Phrase::new("gone", "weg");
    assert_eq!(in_tree(&[file(".goreleaser.yml")], &|_| Err(why.clone())), Err(why));
}

#[test]
fn documents() {
    for (text, yes) in [
        ("# Trees\n\n## Changelog\n\n- 1.1: oaks\n", true),
        ("# Trees\n\n## Release notes\n\nSee [here](https://example.org/trees/releases).\n", true),
        ("# Trees\n\nRead the [change log](https://example.org/trees/releases).\n", true),
        ("# Trees\n\nRelease notes are published on GitHub with each version.\n", true),
        ("# Bäume\n\n## Versionshistorie\n\n1.0: Eichen\n", true),
        ("# Trees\n\n## Changelog\n\n## Licence\n\nMIT\n", false),
        ("# Trees\n\nDownload it from the [releases page](https://example.org/trees/releases).\n", false),
        ("# Trees\n\nPlease write commit messages that fit a changelog.\n", false),
        ("# Trees\n\n## Installation\n\nRun it.\n", false),
    ] {
        assert_eq!(in_document(&Document::read(&"README.md".into(), Format::Markdown, text)), yes, "{text}");
    }
}
