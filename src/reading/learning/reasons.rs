//! Does a document say why a model is used, and for what?
//!
//! Nobody can tell a good reason from a bad one by its words; what counts is that a paragraph speaks of the model, or of
//! what it does, and of a reason. That is generous on purpose: it is silence that is looked for.

use crate::reading::document::{Document, ProseKind};
use crate::reading::sections::{Meaning, Rows, folded, is_about};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    model: Vec<String>,
    reason: Vec<String>,
    heads: Vec<String>,
}

struct Table {
    model: Rows,
    reason: Rows,
    heads: Rows,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("reasons.toml")).expect("a test parses the table");
    let rows = |list: &[String]| {
        let mut rows = Rows::default();
        list.iter().for_each(|row| rows.add(row));
        rows
    };
    Table { model: rows(&written.model), reason: rows(&written.reason), heads: rows(&written.heads) }
});

/// Fewer words are a label.
const FEWEST: usize = 6;

/// Sections that tell how something is done, and so no reason for it.
const PRACTICAL: [Meaning; 7] = [
    Meaning::Installation,
    Meaning::Contributing,
    Meaning::Tests,
    Meaning::Release,
    Meaning::Licence,
    Meaning::Contact,
    Meaning::Support,
];

/// The line of the first paragraph that says why a model is used.
pub fn why(document: &Document) -> Option<u32> {
    let mut headings = document.headings.iter().peekable();
    let (mut below_reason, mut practical) = (false, false);
    document.prose.iter().find_map(|prose| {
        while let Some(heading) = headings.next_if(|heading| heading.line <= prose.line) {
            below_reason = TABLE.heads.find(&folded(&heading.text)).is_some();
            practical = PRACTICAL.iter().any(|meaning| is_about(&heading.text, *meaning));
        }
        if practical || matches!(prose.kind, ProseKind::TableCell | ProseKind::Field) {
            return None;
        }
        let mut words = folded(&prose.text);
        words.retain(|(at, _)| !prose.is_code(*at));
        let says = words.len() >= FEWEST
            && TABLE.model.find(&words).is_some()
            && (below_reason || TABLE.reason.find(&words).is_some());
        says.then_some(prose.line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn reasons() {
        for (text, line) in [
            ("# Trees\n\nCounting by hand takes weeks. A neural network counts them instead of us.\n", Some(3)),
            (
                "# Trees\n\n## Why machine learning\n\nRules did not find the trees that a model finds in photos.\n",
                Some(5),
            ),
            ("# Bäume\n\nEin Sprachmodell fasst Vorlagen zusammen, damit alle sie lesen können.\n", Some(3)),
            ("# Trees\n\nA neural network with four layers, written in Python with PyTorch.\n", None),
            ("# Trees\n\nThis project helps people to water the trees of their street.\n", None),
            ("# Trees\n\n## Goals\n\nAI model\n", None),
            ("# Trees\n\n## Installation\n\nDownload the model first, so that the server finds it.\n", None),
            ("# Trees\n\nThe table `model_predictions` is filled every day so that it is new.\n", None),
            ("# Trees\n\nModels are automatically downloaded from the latest release.\n", None),
            ("", None),
        ] {
            let document = Document::read(&"README.md".into(), Format::Markdown, text);
            assert_eq!(why(&document), line, "{text}");
        }
    }
}
