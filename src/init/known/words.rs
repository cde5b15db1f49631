//! What does it say that it is, and what it can do? Its own words, never ours.

use crate::init::clean::{self, first_sentence};
use crate::reading::alike::fold;
use crate::reading::document::{Document, ProseKind};
use crate::reading::manifest::Manifest;
use crate::reading::purpose;

/// publiccode.yml 0.7.0: `shortDescription` has at most so many characters, `longDescription` at least as many.
const SHORT: usize = 150;
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

/// One sentence: the manifest's, or the README's that says what it is; only one that fits. `names` are what it is called.
pub(super) fn short(
    readme: Option<&Document>,
    manifests: &[&Manifest],
    language: Option<&str>,
    names: &[String],
) -> Option<String> {
    let by_manifest = || {
        let told =
            manifests.iter().filter_map(|manifest| clean::line(&manifest.description.as_ref()?.value, 2 * SHORT));
        told.filter(|text| is_own(text)).find_map(|text| fitting(&text))
    };
    let by_readme = || {
        let first = readme.and_then(|readme| paragraphs(readme, names).next())?;
        let (sentence, rest) = first_sentence(&first);
        let second =
            Some(first_sentence(rest).0).filter(|second| !is_named(sentence, names) && is_named(second, names));
        fitting(second.unwrap_or(&first)).filter(|sentence| sentence.split(' ').count() > 3)
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

/// What the README says before it says how to use it: whole paragraphs, until they are long enough.
pub(super) fn long(readme: Option<&Document>, names: &[String]) -> Option<String> {
    let mut text = String::new();
    for paragraph in paragraphs(readme?, names) {
        if text.chars().count() >= SHORT || text.chars().count() + paragraph.chars().count() > LONGEST {
            break;
        }
        text.push_str(if text.is_empty() { "" } else { " " });
        text.push_str(&paragraph);
    }
    (text.chars().count() >= SHORT).then_some(text)
}

/// The paragraphs that say what it is, from the first that does so: captions, mottos and what the world is like may stand
/// before it. One that leads over to a list or a picture says nothing without it.
fn paragraphs<'d>(readme: &'d Document, names: &[String]) -> impl Iterator<Item = String> + use<'d> {
    let own = purpose::statements(readme).filter(|prose| prose.kind == ProseKind::Paragraph);
    let all: Vec<String> = own
        .filter_map(|prose| clean::line(without_label(&prose.text), LONGEST))
        .filter(|text| text.ends_with(['.', '!', '?', ')', '"', '“', '”']) && text.chars().any(char::is_lowercase))
        .filter(|text| is_own(text) && !is_note(text))
        .collect();
    let begins = all.iter().position(|text| {
        let (first, rest) = first_sentence(text);
        is_named(first, names) || is_named(first_sentence(rest).0, names)
    });
    let begins = begins.or_else(|| all.first().filter(|text| !sets_the_scene(text)).map(|_| 0));
    let skip = begins.unwrap_or(all.len());
    all.into_iter().skip(skip)
}

/// A text without a line over it that is only a label: `Summary`.
fn without_label(text: &str) -> &str {
    match text.split_once('\n') {
        Some((label, rest))
            if label.split_whitespace().count() <= 3 && !label.trim_end().ends_with(['.', '!', '?']) =>
        {
            rest
        }
        _ => text,
    }
}

/// Whether a sentence begins with the thing, however it is spelt: one that names it at its end speaks of something else.
fn is_named(sentence: &str, names: &[String]) -> bool {
    const FIRST: usize = 8;
    let said = fold(&sentence.split(' ').take(FIRST).collect::<Vec<_>>().join(" "));
    names
        .iter()
        .map(|name| fold(name.trim_end_matches("-de").trim_end_matches(".js")))
        .any(|name| name.len() > 2 && said.contains(&name))
}

/// Whether a text begins as what the world is like does, and not as what this is.
fn sets_the_scene(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    [
        "the", "in", "with", "since", "when", "as", "for", "every", "many", "most", "it", "we", "our", "you", "if",
        "to", "by", "at", "on", "from", "there", "today", "der", "die", "das", "im", "mit", "seit", "wenn", "als",
        "für", "jede", "jeder", "jedes", "viele", "es", "wir", "unser", "unsere", "sie", "um", "bei", "auf", "aus",
        "am", "heute",
    ]
    .contains(&first.as_str())
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

/// What a section on features lists; `source` is the README as it is written, which alone tells what is only planned.
pub(super) fn features(readme: Option<&Document>, source: &str) -> Vec<String> {
    let lines: Vec<&str> = source.lines().collect();
    let is_planned = |line: u32| {
        let line = usize::try_from(line).ok().and_then(|line| lines.get(line.checked_sub(1)?));
        line.is_some_and(|line| line.trim_start_matches([' ', '\t', '-', '*', '+']).starts_with("[ ]"))
    };
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
    let sections = readme.into_iter().flat_map(Document::sections);
    let section =
        sections.into_iter().find(|section| section.heading.is_some_and(|heading| is_features(&heading.text)));
    let Some((readme, section)) = readme.zip(section) else { return Vec::new() };
    // What stands below a heading of its own is something else.
    let end = readme.headings.iter().map(|heading| heading.line).find(|line| *line > section.line);
    let own = section.prose.iter().filter(|prose| end.is_none_or(|end| prose.line < end));
    let items = own.filter(|prose| prose.kind == ProseKind::ListItem);
    let mut features = Vec::new();
    for item in items {
        let text = clean::line(&item.text, 1_000).filter(|text| is_feature(text));
        let Some(text) = text.filter(|_| !is_planned(item.line)) else { continue };
        let first = first_sentence(&text).0.trim_end_matches(['.', ':', ';', ',']).to_owned();
        if first.chars().count() <= 100 && !features.contains(&first) && features.len() < FEATURES {
            features.push(first);
        }
    }
    features
}

/// Whether an item says something by itself: one that leads over to a list of its own does not, nor does `and`.
fn is_feature(text: &str) -> bool {
    let word = !text.contains(' ') && text.starts_with(char::is_lowercase);
    let last = text.rsplit(' ').next().unwrap_or_default();
    let leads_over =
        ["by", "with", "for", "of", "the", "and", "to", "from", "in", "mit", "von", "für", "und", "aus", "durch"];
    text.chars().any(char::is_alphabetic) && !text.ends_with(':') && !word && !leads_over.contains(&last)
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
        let names = ["baumkarte".to_owned()];
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
            (
                "# A\n\nThe summers are hot and dry.\n\nBaumkarte is a map of trees.",
                "",
                None,
                Some("Baumkarte is a map of trees."),
            ),
            (
                "# A\n\nThe summers are hot. Baumkarte is a map of trees.",
                "",
                None,
                Some("Baumkarte is a map of trees."),
            ),
            (
                "# A\n\nThis picture of a summer in the town was drawn with baumkarte.\n\nBaumkarte maps all trees.",
                "",
                None,
                Some("Baumkarte maps all trees."),
            ),
            ("# A\n\nThe summers are hot and dry in all towns.", "", None, None),
            ("# A\n\nSummary\nA map of all the trees.", "", None, Some("A map of all the trees.")),
            ("# A\n\nNote: this README is being rewritten by us.", "", None, None),
        ] {
            let text = serde_json::json!({ "description": description }).to_string();
            let package = read(&"package.json".into(), &text).expect("JSON");
            assert_eq!(short(Some(&document(readme)), &[&package], language, &names).as_deref(), wanted, "{readme}");
        }
        let long = format!("# A\n\nIt shows all trees. {}", "It says much more than that about them. ".repeat(5));
        assert_eq!(
            short(Some(&document(&long)), &[], None, &["trees".to_owned()]).as_deref(),
            Some("It shows all trees.")
        );
    }

    #[test]
    fn paragraphs_of_the_readme() {
        let sentence = "It shows on a map which of the young trees in the streets of the town need water. ";
        let text =
            format!("# A\n\n{}\n\n{}\n\n## Install\n\n{sentence}\n", sentence.repeat(2), "Made in the town hall.");
        let found = long(Some(&document(&text)), &["map".to_owned()]).expect("long enough");
        assert_eq!(found, sentence.repeat(2).trim());
        assert_eq!(
            long(Some(&document(&format!("# A\n\n{sentence}"))), &["map".to_owned()]),
            None,
            "150 characters are demanded"
        );
    }

    #[test]
    fn features_are_items_of_their_section() {
        let text = "# A\n\n- no\n\n## ✨ Features\n\n- **Map** of trees.\n- [ ] planned\n- [x] Search\n- Search\n- Prints by:\n  - and\n\n### Later\n\n- no\n\n## Use\n\n- no\n";
        assert_eq!(features(Some(&document(text)), text), ["Map of trees", "Search"]);
        assert!(features(Some(&document("# A\n\n## Feature requests\n\n- no\n")), "").is_empty());
        assert!(features(None, "").is_empty());
    }
}
