//! What does it say that it is, and what it can do? Its own words, never ours.

use crate::init::clean::{self, first_sentence};
use crate::reading::document::{Document, ProseKind};
use crate::reading::manifest::Manifest;
use crate::reading::purpose;

/// publiccode.yml 0.7.0: `shortDescription` has at most so many characters, `longDescription` at least as many.
const SHORT: usize = 150;
/// Enough for a long description; more is left to the README.
const ENOUGH: usize = 500;
const LONGEST: usize = 2_000;
/// So many features are listed.
const FEATURES: usize = 20;

/// What generators write where a description belongs.
const GENERATED: &[&str] = &[
    "add your description here",
    "project description",
    "description",
    "a next.js project",
    "nuxt.js project",
    "a vue.js project",
    "this project was generated",
    "this project was bootstrapped",
    "demo project for spring boot",
    "spring boot project",
    "created with",
    "starter template",
    "my new",
    "a sample",
    "todo",
    "package description",
    "what the package does",
    "vite + react",
    "react app",
    "default",
    "no description",
];

/// One sentence: the manifest's, or the README's first; only one that fits.
pub(super) fn short(readme: Option<&Document>, manifests: &[&Manifest], language: Option<&str>) -> Option<String> {
    let by_manifest = || {
        let told =
            manifests.iter().filter_map(|manifest| clean::line(&manifest.description.as_ref()?.value, 2 * SHORT));
        told.filter(|text| is_own(text)).find_map(|text| fitting(&text))
    };
    let by_readme = || {
        let first = readme.and_then(|readme| paragraphs(readme).next())?;
        fitting(&first).filter(|sentence| sentence.split(' ').count() > 3)
    };
    // Manifests speak English, whatever the README does; what stands below one language is to be in it.
    match language {
        None | Some("en") => by_manifest().or_else(by_readme),
        Some(_) => by_readme(),
    }
}

/// The whole where it is short enough, else its first sentence where that is.
fn fitting(text: &str) -> Option<String> {
    let whole = Some(text).filter(|text| text.chars().count() <= SHORT);
    whole.or_else(|| Some(first_sentence(text).0).filter(|first| first.chars().count() <= SHORT)).map(str::to_owned)
}

fn is_own(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.split(' ').count() > 2
        && !GENERATED.iter().any(|words| lower == *words || lower.starts_with(words))
        && !text.contains(['{', '}', '<', '>'])
}

/// What the README says before it says how to use it, whole paragraphs.
pub(super) fn long(readme: Option<&Document>) -> Option<String> {
    let mut text = String::new();
    for paragraph in paragraphs(readme?) {
        if text.chars().count() >= ENOUGH || text.chars().count() + paragraph.chars().count() > LONGEST {
            break;
        }
        text.push_str(if text.is_empty() { "" } else { " " });
        text.push_str(&paragraph);
    }
    (text.chars().count() >= SHORT).then_some(text)
}

/// The paragraphs that say what it is. One that leads over to a list or a picture says nothing without it.
fn paragraphs(readme: &Document) -> impl Iterator<Item = String> {
    let own = purpose::statements(readme).filter(|prose| prose.kind == ProseKind::Paragraph);
    own.filter_map(|prose| clean::line(&prose.text, LONGEST))
        .filter(|text| text.ends_with(['.', '!', '?', ')', '"', '“', '”']) && text.chars().any(char::is_lowercase))
        .filter(|text| is_own(text) && !is_note(text))
}

/// A remark on the README or the state of things, not on what it is.
fn is_note(text: &str) -> bool {
    let lower = text.to_lowercase();
    let starts = [
        "note",
        "hinweis",
        "warning",
        "achtung",
        "attention",
        "important",
        "wichtig",
        "for english",
        "english version",
        "deutsche version",
        "click here",
        "see ",
        "siehe ",
        "please ",
        "bitte ",
        "table of",
        "if you",
        "wenn sie",
        "last update",
        "stand:",
        "this readme",
        "diese readme",
        "🚧",
    ];
    starts.iter().any(|start| lower.starts_with(start))
        || lower.contains("this readme")
        || lower.contains("diese readme")
}

/// What a section on features lists.
pub(super) fn features(readme: Option<&Document>) -> Vec<String> {
    let is_features = |heading: &str| {
        let bare: String = heading.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        let lower = bare.trim().to_lowercase();
        [
            "features",
            "key features",
            "main features",
            "core features",
            "feature overview",
            "features overview",
            "funktionen",
            "hauptfunktionen",
            "kernfunktionen",
            "funktionsumfang",
            "merkmale",
            "leistungsumfang",
        ]
        .contains(&lower.as_str())
    };
    let section = readme
        .into_iter()
        .flat_map(Document::sections)
        .find(|section| section.heading.is_some_and(|heading| is_features(&heading.text)));
    let items = section.into_iter().flat_map(|section| section.prose).filter(|prose| prose.kind == ProseKind::ListItem);
    let mut features = Vec::new();
    for item in items {
        let planned = item.text.trim_start().starts_with("[ ]");
        let text = clean::line(item.text.trim_start().trim_start_matches("[x]").trim_start_matches("[X]"), 1_000);
        let Some(text) = text.filter(|text| !planned && text.chars().any(char::is_alphabetic)) else { continue };
        let first = first_sentence(&text).0.trim_end_matches(['.', ':', ';', ',']).to_owned();
        if first.chars().count() <= 100 && !features.contains(&first) && features.len() < FEATURES {
            features.push(first);
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;
    use crate::reading::manifest::read;

    fn document(text: &str) -> Document {
        Document::read(&"README.md".into(), Format::Markdown, text)
    }

    #[test]
    fn one_sentence() {
        for (readme, description, language, wanted) in [
            (
                "# A\n\nShows which trees need water. Made for towns.",
                "",
                None,
                Some("Shows which trees need water. Made for towns."),
            ),
            (
                "# A\n\nShows which trees need water.",
                "A map of thirsty trees",
                Some("en"),
                Some("A map of thirsty trees"),
            ),
            (
                "# A\n\nZeigt, welche Bäume Wasser brauchen.",
                "A map of trees",
                Some("de"),
                Some("Zeigt, welche Bäume Wasser brauchen."),
            ),
            (
                "# A\n\nShows which trees need water.",
                "Add your description here",
                Some("en"),
                Some("Shows which trees need water."),
            ),
            ("# A\n\n## Install\n\nRun this and then run that.", "", None, None),
            ("# A\n\nThe following parts belong to it:\n\n- a\n", "", None, None),
            ("# A\n\nNote: this README is being rewritten by us.", "", None, None),
        ] {
            let text = serde_json::json!({ "description": description }).to_string();
            let package = read(&"package.json".into(), &text).expect("JSON");
            assert_eq!(short(Some(&document(readme)), &[&package], language).as_deref(), wanted, "{readme}");
        }
        let long = format!("# A\n\nIt shows trees. {}", "It says much more than that about them. ".repeat(5));
        assert_eq!(short(Some(&document(&long)), &[], None).as_deref(), Some("It shows trees."));
    }

    #[test]
    fn paragraphs_of_the_readme() {
        let sentence = "It shows on a map which of the young trees in the streets of the town need water. ";
        let text =
            format!("# A\n\n{}\n\n{}\n\n## Install\n\n{sentence}\n", sentence.repeat(2), "Made in the town hall.");
        let found = long(Some(&document(&text))).expect("long enough");
        assert_eq!(found, format!("{}Made in the town hall.", sentence.repeat(2)));
        assert_eq!(long(Some(&document(&format!("# A\n\n{sentence}")))), None, "150 characters are demanded");
    }

    #[test]
    fn features_are_items_of_their_section() {
        let text = "# A\n\n- no\n\n## ✨ Features\n\n- **Map** of trees.\n- [ ] planned\n- [x] Search\n- Search\n\n## Use\n\n- no\n";
        assert_eq!(features(Some(&document(text))), ["Map of trees", "Search"]);
        assert!(features(Some(&document("# A\n\n## Feature requests\n\n- no\n"))).is_empty());
        assert!(features(None).is_empty());
    }
}
