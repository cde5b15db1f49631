//! Does a project say that it has no versions, because it is a service and what is on its main branch is what runs?
//!
//! Said it must be, of the project itself: a pipeline that deploys is no such word.

use super::document::Document;
use super::manifest::Publiccode;
use super::pattern::Pattern;
use super::patterns::rows;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct Row {
    pattern: String,
    /// words that take it back where one of them follows: "no releases yet"
    #[serde(default)]
    not_before: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

impl super::patterns::Row for Row {
    fn pattern(&self) -> &str {
        &self.pattern
    }
}

static ROWS: LazyLock<Vec<(Row, Pattern)>> = LazyLock::new(|| rows(include_str!("rolling.toml")));

/// One of these stands in every sentence that says so; most documents have none.
const WORDS: [&str; 6] = ["release", "version", "rolling", "deploy", "deliver", "ausge"];

/// Whether a document says it.
pub fn is_said(document: &Document) -> bool {
    document.prose.iter().any(|prose| says(&prose.text))
}

/// Whether publiccode.yml says it in one of its descriptions.
pub fn is_declared(publiccode: &Publiccode) -> bool {
    publiccode.descriptions.iter().flat_map(|one| &one.texts).any(|(_, text)| says(&text.value))
}

fn says(text: &str) -> bool {
    let line = text.replace('\n', " ");
    let lower = line.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word)) && ROWS.iter().any(|(row, pattern)| holds(row, pattern, &line))
}

fn holds(row: &Row, pattern: &Pattern, text: &str) -> bool {
    pattern.find_iter(text).any(|found| {
        let rest = text.get(found.end()..).unwrap_or_default().trim_start().to_lowercase();
        let next = |word: &String| {
            rest.strip_prefix(word.as_str()).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        !row.not_before.iter().any(next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;
    use crate::reading::manifest::publiccode;
    use crate::reading::patterns::Row as _;

    #[test]
    fn every_row_has_its_examples() {
        for (row, pattern) in ROWS.iter() {
            for text in &row.yes {
                assert!(holds(row, pattern, text), "{text}: {}", row.pattern());
                assert!(says(text), "one of the words stands in it: {text}");
            }
            for text in &row.no {
                assert!(!says(text), "{text}");
            }
        }
    }

    #[test]
    fn documents() {
        for (text, yes) in [
            ("# Trees\n\nWe do not tag\nreleases.\n", true),
            ("# Bäume\n\nEs gibt keine Versionen.\n", true),
            ("# Trees\n\n```\nWe do not tag releases.\n```\n", false),
            ("# Trees\n\n## Deployment\n\nThe pipeline deploys to production with ArgoCD.\n", false),
            ("# Trees\n\nSee our releases.\n", false),
            ("", false),
        ] {
            let document = Document::read(&"README.md".into(), Format::Markdown, text);
            assert_eq!(is_said(&document), yes, "{text}");
        }
        let text = "publiccodeYmlVersion: '0.5'\ndescription:\n  de:\n    longDescription: Es gibt keine Versionen.\n";
        assert!(is_declared(&publiccode(&"publiccode.yml".into(), text).unwrap()));
        assert!(!is_declared(&publiccode(&"publiccode.yml".into(), "name: Es gibt keine Versionen\n").unwrap()));
    }
}
