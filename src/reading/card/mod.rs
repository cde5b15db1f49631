//! Which documents are cards of a model or a data set, and what do they tell?
//!
//! A card is a README with the front matter of the Hugging Face hub, a `MODEL_CARD.md`, a `DATASHEET.md`, a document
//! or a section of a README with the headline of one, or the JSON of the Model Card Toolkit. Templates count as cards.
//! Its parts follow "Model Cards for Model Reporting" (Mitchell and others, 2019) and "Datasheets for Datasets"
//! (Gebru and others, 2021), as far as the rules ask for them.

mod parts;
mod table;
mod toolkit;

use super::corpus::{self, Corpus};
use super::document::{Document, Format};
use super::node;
use crate::repository::{File, FileKind, Repository};
use parts::Told;
use serde::Deserialize;
use std::collections::BTreeSet;
use table::Named;

/// What a card is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// a trained model
    Model,
    /// a data set
    DataSet,
}

impl Of {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::DataSet => "data-set",
        }
    }
}

/// What a card has to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// what it is meant for
    IntendedUse,
    /// what it is not meant for, or where it fails
    Limits,
    /// what it was trained with; of a data set: how it came about
    TrainingData,
    /// how good it is
    Evaluation,
    /// whom it may treat worse than others
    Bias,
    /// what others may do with it
    Licence,
    /// whom to ask
    Contact,
}

impl Part {
    /// All parts, in the order in which people name them.
    pub const ALL: [Self; 7] = [
        Self::IntendedUse,
        Self::Limits,
        Self::TrainingData,
        Self::Evaluation,
        Self::Bias,
        Self::Licence,
        Self::Contact,
    ];

    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::IntendedUse => "intended-use",
            Self::Limits => "limits",
            Self::TrainingData => "training-data",
            Self::Evaluation => "evaluation",
            Self::Bias => "bias",
            Self::Licence => "licence",
            Self::Contact => "contact",
        }
    }

    /// Whether cards of this kind have to tell it: data are not evaluated.
    pub fn is_asked_of(self, of: Of) -> bool {
        of == Of::Model || self != Self::Evaluation
    }
}

/// A card.
#[derive(Clone, Debug)]
pub struct Card<'r> {
    /// the file it is, or stands in
    pub file: &'r File,
    /// the line where it begins
    pub line: u32,
    /// what it is about
    pub of: Of,
    /// whether a person or a program has yet to fill it in
    pub template: bool,
    /// what it tells
    pub told: BTreeSet<Part>,
}

impl Card<'_> {
    /// What it leaves out, in the order in which people name it.
    pub fn left_out(&self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(|part| part.is_asked_of(self.of) && !self.told.contains(part))
    }
}

/// Longer JSON is no card.
const LARGEST: u64 = 1 << 20;
/// Fewer announced parts make neither a section nor a document whose name only holds the word a card.
const FEWEST: usize = 2;

/// All cards of a repository, in the order of their paths; those of tests, examples and others' code left out.
pub fn cards<'r>(repo: &'r Repository, corpus: &Corpus) -> Vec<Card<'r>> {
    let mut cards: Vec<Card<'r>> = corpus
        .documents()
        .filter_map(|document| {
            let file = repo.file(document.path.as_bytes()).filter(|file| file.marks.none())?;
            in_document(repo, file, document)
        })
        .collect();
    let named = |file: &&File| {
        file.kind == FileKind::Regular
            && file.marks.none()
            && file.path.extension() == "json"
            && file.len.is_none_or(|len| len <= LARGEST)
            && table::named(&corpus::stem(&file.path)).is_some()
    };
    cards.extend(repo.files().iter().filter(named).filter_map(|file| {
        let text = repo.text_once(file).ok()?;
        toolkit::card(file, &text)
    }));
    cards.sort_by(|a, b| (&a.file.path, a.line).cmp(&(&b.file.path, b.line)));
    cards
}

/// What a document tells of a model, whether it is a card or not; `told` by headings, labels and sentences.
pub fn told(document: &Document) -> BTreeSet<Part> {
    parts::of(document, 1, u32::MAX).told
}

/// The card that a document is, or that a section of it is.
fn in_document<'r>(repo: &'r Repository, file: &'r File, document: &Document) -> Option<Card<'r>> {
    if matches!(document.format, Format::Fields | Format::Notebook | Format::Html) {
        return None;
    }
    let stem = corpus::stem(&file.path);
    let named = table::named(&stem);
    let is_readme = corpus::is_readme(&file.path);
    let front = if (is_readme || named.is_some()) && document.format == Format::Markdown {
        repo.text_once(file).map_or_else(|_| Front::default(), |text| Front::of(&text))
    } else {
        Front::default()
    };
    // The headline: the first heading, or the second where a template's front matter is read as one.
    let headline = document.headings.iter().take(2).find_map(|heading| {
        let first = document.headings.first().is_some_and(|first| first.line == heading.line);
        table::headed(&heading.text).filter(|_| first || heading.level == 1)
    });
    let whole = || parts::of(document, 1, u32::MAX);
    if named.is_none() && front.of.is_none() && headline.is_none() && !is_readme {
        return None;
    }
    let by_name = || match named? {
        Named::Wholly(of) if !is_device(document, of) && !is_manual(&file.path.lower()) => Some(of),
        Named::Wholly(of) | Named::Partly(of) => {
            (!is_device(document, of) && whole().announced.len() >= FEWEST).then_some(of)
        }
    };
    let found = whole();
    // What only shows how front matter is written is no card.
    let of_front = front.of.filter(|_| !front.placeholders || !found.announced.is_empty());
    let of_headline = headline.filter(|_| named.is_some() || found.announced.len() >= FEWEST);
    let by_name = if front.placeholders && found.announced.is_empty() { None } else { by_name() };
    if let Some(of) = of_front.or(of_headline).or(by_name) {
        let template = found.template || stem.split(['-', '_', '.']).any(|word| matches!(word, "template" | "vorlage"));
        let told = found.told.into_iter().chain(front.told).collect();
        return Some(Card { file, line: 1, of, template, told });
    }
    if !is_readme {
        return None;
    }
    document.sections().skip(1).find_map(|section| {
        let of = table::headed(&section.heading?.text)?;
        let found = parts::of(document, section.line, section.end_line);
        (found.announced.len() >= FEWEST).then_some(Card {
            file,
            line: section.line,
            of,
            template: found.template,
            told: found.told,
        })
    })
}

/// Whether a datasheet is that of a device.
fn is_device(document: &Document, of: Of) -> bool {
    of == Of::DataSet
        && !document.headings.iter().any(|heading| table::speaks_of_data_set(&heading.text))
        && !document.prose.iter().take(40).any(|prose| table::speaks_of_data_set(&prose.text))
}

/// Whether a document lies where a program's manual is: there it may tell how cards are written.
fn is_manual(path: &str) -> bool {
    path.split('/').rev().skip(1).any(|folder| matches!(folder, "docs" | "doc" | "documentation" | "source"))
}

/// What the front matter says.
#[derive(Default)]
struct Front {
    of: Option<Of>,
    /// values are yet to be filled in: `{license}`, `{{ license }}`
    placeholders: bool,
    told: BTreeSet<Part>,
}

impl Front {
    fn of(text: &str) -> Self {
        let Some(fields) = front_matter(text) else { return Self::default() };
        let Ok(read) = node::yaml(fields) else { return Self::default() };
        let mut front = Self { placeholders: fields.contains(": {") || fields.contains("- {"), ..Self::default() };
        for entry in read.root.entries() {
            let of = table::keyed(&entry.key);
            front.of = front.of.or(of);
            if toolkit::is_filled(&entry.value) {
                front.told.extend(match entry.key.as_str() {
                    "license" | "licence" | "license_name" | "license_link" => Some(Part::Licence),
                    "datasets" | "source_datasets" => Some(Part::TrainingData),
                    "model-index" | "model_index" => Some(Part::Evaluation),
                    _ => None,
                });
            }
        }
        front
    }
}

/// What stands between the first line, which is `---`, and the next of these.
fn front_matter(text: &str) -> Option<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rest = text.strip_prefix("---")?.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let end = rest.match_indices("\n---").map(|(at, _)| at + 1).next()?;
    rest.get(..end).filter(|fields| fields.len() <= 64 << 10)
}

impl Told {
    fn add(&mut self, parts: &BTreeSet<Part>) {
        self.told.extend(parts.iter().copied());
    }
}

#[cfg(test)]
mod tests;
