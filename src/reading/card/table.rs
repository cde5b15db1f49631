//! Which words make a document a card, and which tell what in it?

use super::{Of, Part};
use crate::reading::sections::{Rows, folded};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    names: Names,
    headlines: Headlines,
    front_matter: Keys,
    data_set_words: Words,
    placeholders: Words,
    part: Vec<WrittenPart>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Names {
    model: Vec<String>,
    data_set: Vec<String>,
    not: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Headlines {
    model: Vec<String>,
    data_set: Vec<String>,
    model_ends: Vec<String>,
    data_set_ends: Vec<String>,
    not: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Keys {
    model: BTreeSet<String>,
    data_set: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    rows: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenPart {
    name: Part,
    heads: Vec<String>,
    not_heads: Vec<String>,
    sentences: Vec<String>,
}

struct Rowed {
    part: Part,
    heads: Rows,
    not_heads: Rows,
    sentences: Rows,
}

struct Table {
    names: Names,
    keys: Keys,
    ends: [(Of, Vec<Vec<String>>); 2],
    not_before: BTreeSet<String>,
    headlines: [(Of, Rows); 2],
    data_set_words: Rows,
    placeholders: Rows,
    parts: Vec<Rowed>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("card.toml")).expect("the table is part of the program");
    let rows = |list: &[String]| {
        let mut rows = Rows::default();
        list.iter().for_each(|row| rows.add(row));
        rows
    };
    let ends = |list: &[String]| list.iter().map(|end| words(end)).collect::<Vec<_>>();
    Table {
        ends: [(Of::Model, ends(&written.headlines.model_ends)), (Of::DataSet, ends(&written.headlines.data_set_ends))],
        headlines: [(Of::Model, rows(&written.headlines.model)), (Of::DataSet, rows(&written.headlines.data_set))],
        not_before: written.headlines.not,
        names: written.names,
        keys: written.front_matter,
        data_set_words: rows(&written.data_set_words.rows),
        placeholders: rows(&written.placeholders.rows),
        parts: written
            .part
            .iter()
            .map(|part| Rowed {
                part: part.name,
                heads: rows(&part.heads),
                not_heads: rows(&part.not_heads),
                sentences: rows(&part.sentences),
            })
            .collect(),
    }
});

fn words(text: &str) -> Vec<String> {
    folded(text).into_iter().map(|(_, word)| word).collect()
}

/// How a file's name makes it a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// it is called so, and nothing else
    Wholly(Of),
    /// the words are a part of its name
    Partly(Of),
}

/// What a name without ending (in lower case) makes a document.
pub(super) fn named(stem: &str) -> Option<Named> {
    let stem = stem.replace(['-', ' ', '.'], "_");
    let names = &TABLE.names;
    if stem.split('_').any(|word| names.not.contains(word)) {
        return None;
    }
    let kinds = [(Of::Model, &names.model), (Of::DataSet, &names.data_set)];
    kinds.into_iter().find_map(|(of, list)| {
        list.iter().find_map(|name| {
            if stem == *name || stem.strip_prefix(name.as_str()) == Some("_template") {
                return Some(Named::Wholly(of));
            }
            let bare = stem.strip_suffix("_template").unwrap_or(&stem);
            let begins = stem.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('_'));
            let ends = bare.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('_'));
            (begins || ends).then_some(Named::Partly(of))
        })
    })
}

/// What a headline makes the document below it.
pub(super) fn headed(headline: &str) -> Option<Of> {
    let found = folded(headline);
    let begun = TABLE.headlines.iter().find(|(_, rows)| rows.find(&found) == found.first().map(|(at, _)| *at));
    if let Some((of, _)) = begun.filter(|_| !found.is_empty()) {
        return Some(*of);
    }
    let words: Vec<String> = found.into_iter().map(|(_, word)| word).collect();
    let closed = TABLE.ends.iter().find(|(_, ends)| ends.iter().any(|end| words.ends_with(end)))?;
    (!words.iter().any(|word| TABLE.not_before.contains(word))).then_some(closed.0)
}

/// What a key of front matter makes the document below it.
pub(super) fn keyed(key: &str) -> Option<Of> {
    match () {
        () if TABLE.keys.model.contains(key) => Some(Of::Model),
        () if TABLE.keys.data_set.contains(key) => Some(Of::DataSet),
        () => None,
    }
}

/// Whether a text speaks of a data set.
pub(super) fn speaks_of_data_set(text: &str) -> bool {
    TABLE.data_set_words.find(&folded(text)).is_some()
}

/// The parts that a heading, label or key announces.
pub(super) fn announced(head: &str) -> BTreeSet<Part> {
    let words = folded(head);
    let fits = |row: &&Rowed| row.heads.find(&words).is_some() && row.not_heads.find(&words).is_none();
    TABLE.parts.iter().filter(fits).map(|row| row.part).collect()
}

/// The parts of which a sentence speaks.
pub(super) fn spoken(text: &str) -> BTreeSet<Part> {
    let words = folded(text);
    TABLE.parts.iter().filter(|row| row.sentences.find(&words).is_some()).map(|row| row.part).collect()
}

/// Whether a text says something: neither nothing, nor that somebody has yet to write it.
pub(super) fn says_something(text: &str) -> bool {
    let mut rest = String::with_capacity(text.len());
    let mut tail = text;
    // What a program fills in counts as said, unless it would fill in that something is to be added.
    while let Some((before, after)) = tail.split_once("{{") {
        rest.push_str(before);
        let (inside, behind) = after.split_once("}}").unwrap_or((after, ""));
        if !is_placeholder(inside) {
            rest.push_str(inside);
        }
        tail = behind;
    }
    rest.push_str(tail);
    rest.chars().any(char::is_alphanumeric) && !is_placeholder(&rest)
}

/// Whether a short text only says that something is to be added.
fn is_placeholder(text: &str) -> bool {
    let words = folded(text);
    words.len() <= 12 && TABLE.placeholders.find(&words).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (stem, wanted) in [
            ("model_card", Some(Named::Wholly(Of::Model))),
            ("modelcard", Some(Named::Wholly(Of::Model))),
            ("model-card", Some(Named::Wholly(Of::Model))),
            ("modelcard_template", Some(Named::Wholly(Of::Model))),
            ("pv_india_model_card_template", Some(Named::Partly(Of::Model))),
            ("model_card_trees", Some(Named::Partly(Of::Model))),
            ("datasheet", Some(Named::Wholly(Of::DataSet))),
            ("dataset-card", Some(Named::Wholly(Of::DataSet))),
            ("model_cards", None),
            ("how-to-write-a-model-card", None),
            ("model", None),
            ("readme", None),
        ] {
            assert_eq!(named(stem), wanted, "{stem}");
        }
    }

    #[test]
    fn headlines() {
        for (text, wanted) in [
            ("Model Card", Some(Of::Model)),
            ("Model Card for Tree Counter", Some(Of::Model)),
            ("Tree Counter – Model Card", Some(Of::Model)),
            ("Modellkarte", Some(Of::Model)),
            ("Dataset Card for Tree Photos", Some(Of::DataSet)),
            ("Datasheet for Datasets", Some(Of::DataSet)),
            ("Model cards", None),
            ("Create a model card", None),
            ("The model card", None),
            ("Model", None),
            ("", None),
        ] {
            assert_eq!(headed(text), wanted, "{text}");
        }
    }

    #[test]
    fn heads_of_parts() {
        for (head, wanted) in [
            ("Intended uses & limitations", &[Part::IntendedUse, Part::Limits][..]),
            ("Out-of-Scope Use", &[Part::Limits]),
            ("Uses", &[Part::IntendedUse]),
            ("Terms of use", &[Part::Licence]),
            ("How to use", &[]),
            ("Bias, Risks, and Limitations", &[Part::Limits, Part::Bias]),
            ("Training Data", &[Part::TrainingData]),
            ("Dataset Description", &[]),
            ("Evaluation data", &[Part::Evaluation]),
            ("Results", &[Part::Evaluation]),
            ("Model Card Contact", &[Part::Contact]),
            ("Einschränkungen", &[Part::Limits]),
            ("Trainingsdaten", &[Part::TrainingData]),
            ("Betroffene Gruppen", &[Part::Bias]),
            ("Lizenz", &[Part::Licence]),
            ("Verwendungszweck", &[Part::IntendedUse]),
            ("Technical Specifications", &[]),
            ("Bias correction", &[]),
            ("Rate limits", &[]),
        ] {
            assert_eq!(announced(head).into_iter().collect::<Vec<_>>(), wanted, "{head}");
        }
    }

    #[test]
    fn sentences() {
        for (text, part, yes) in [
            ("It was trained on photos of street trees.", Part::TrainingData, true),
            ("Das Modell wurde mit Fotos trainiert; die Trainingsdaten sind offen.", Part::TrainingData, true),
            ("The model forecasts solar power.", Part::IntendedUse, false),
            ("The model is intended for planners.", Part::IntendedUse, true),
            ("It should not be used for single trees.", Part::Limits, true),
            ("Its layers have no bias term.", Part::Bias, false),
            ("Conifers are underrepresented.", Part::Bias, true),
        ] {
            assert_eq!(spoken(text).contains(&part), yes, "{text}");
        }
    }

    #[test]
    fn what_is_left_open() {
        for (text, yes) in [
            ("[More Information Needed]", false),
            ("{{ bias | default(\"[More Information Needed]\", true)}}", false),
            ("{{ results }}", true),
            ("TODO", false),
            ("Todo lists of towns", true),
            ("", false),
            ("—", false),
            ("Photos of trees.", true),
        ] {
            assert_eq!(says_something(text), yes, "{text}");
        }
    }
}
