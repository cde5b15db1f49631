//! Rows of the table, names and documents.

use super::*;
use crate::reading::document::Format;

#[test]
fn every_row_has_its_examples() {
    for place in &TABLE.places {
        let path = place.written.example.to_lowercase();
        assert!(place.paths.is_match(&path) && may_name(&path), "{path}");
        for text in &place.written.yes {
            assert!(in_metadata(&path, text), "{path}: {text}");
        }
        for text in &place.written.no {
            assert!(!in_metadata(&path, text), "{path}: {text}");
        }
    }
    assert!(!may_name("src/main.rs"));
}

#[test]
fn nobody_is_somebody() {
    for name in &TABLE.nobody {
        assert!(!is_somebody(name), "{name}");
        assert!(
            name.starts_with("your ") || is_somebody(&format!("{name}sson")) || !name.contains(char::is_alphabetic),
            "{name}"
        );
    }
    for (name, yes) in [
        ("Ada Example", true),
        ("Ada Example <ada@muster.org>", true),
        ("<ada@muster.org>", true),
        ("Office for Trees", true),
        ("@ada", true),
        ("Your Name <you@example.com>", false),
        ("{{ author }}", false),
        ("${project.author}", false),
        ("", false),
        ("1.0", false),
    ] {
        assert_eq!(is_somebody(name), yes, "{name}");
    }
}

#[test]
fn owners() {
    for (name, text, yes) in [
        ("codeowners", "* @ada\n", true),
        ("codeowners", "# all\n*.rs ada@muster.org\n", true),
        ("codeowners", "[Docs] @trees/docs\ndocs/\n", true),
        ("codeowners", "# * @ada\n", false),
        ("codeowners", "* \n", false),
        ("codeowners", "/src # @ada looked here\n", false),
        ("authors", "Ada Example\n", true),
        ("maintainers.md", "# Maintainers\n\n- Ada Example\n", true),
        ("maintainers.md", "# Maintainers\n", false),
        ("authors", "", false),
        ("authors.md", "Authors\n=======\n\n* Your Name\n", false),
    ] {
        assert_eq!(in_owners(name, text), yes, "{name}: {text}");
    }
}

#[test]
fn documents() {
    for (text, yes) in [
        ("# Trees\n\n## Team\n\nAda and Bea\n", true),
        ("# Bäume\n\n## Kontakt\n\nbaeume@amt-muster.de\n", true),
        ("# Trees\n\nIt is maintained by the Office for Trees.\n", true),
        ("# Trees\n\nIt is developed by [ada](https://example.org/ada).\n", true),
        ("# Bäume\n\nDie Anwendung wird vom Grünflächenamt betreut.\n\nSie wird gepflegt vom Grünflächenamt.\n", true),
        ("# Bäume\n\nSchreiben Sie gern an baeume@amt-muster.de.\n", true),
        ("# Trees\n\nThe test user is called trees@amt-muster.de.\n", false),
        ("# Trees\n\n## Contact\n\nOpen an issue.\n", false),
        ("# Trees\n\n## Team\n\n## Licence\n\nMIT\n", false),
        ("# Trees\n\nThe list is maintained by hand.\n", false),
        ("# Trees\n\nData are not maintained by anybody.\n", false),
        ("# Trees\n\n    author: Ada\n", false),
    ] {
        assert_eq!(in_document(&Document::read(&"README.md".into(), Format::Markdown, text)), yes, "{text}");
    }
}

#[test]
fn each_phrase_names_somebody_and_nobody_without_a_name() {
    for phrase in &TABLE.phrases {
        let said = |text: String| in_document(&Document::read(&"README.md".into(), Format::Markdown, &text));
        assert!(said(format!("Trees {phrase} Ada Example")), "{phrase}");
        assert!(!said(format!("Trees {phrase} some of us")), "{phrase}");
    }
}
