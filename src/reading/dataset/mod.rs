//! Does a file describe data by a standard, does it keep to it, and which files does it name?
//!
//! Data Package 1 and 2, Croissant 1.0 and 1.1, CSV on the Web, and the front matter of dataset and model cards. A file is
//! told by what it holds, not by its name alone. The standards are tables; see `schema/table.rs`.

mod named;

use super::node::{Document, Node, json, yaml_or_place};
use super::schema::{self, Checked, Flaw, Schema};
use crate::phrase::Phrase;
use crate::place::Span;
use crate::repository::RepoPath;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A standard by which data or models are described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standard {
    /// Frictionless Data Package, 1 or 2
    DataPackage,
    /// Croissant, 1.0 or 1.1
    Croissant,
    /// CSV on the Web
    Csvw,
    /// the front matter of a dataset or model card
    Card,
}

impl Standard {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::DataPackage => "Data Package",
            Self::Croissant => "Croissant",
            Self::Csvw => "CSVW",
            Self::Card => "card",
        }
    }

    fn schema(self) -> &'static Schema {
        match self {
            Self::DataPackage => &DATA_PACKAGE,
            Self::Croissant => &CROISSANT,
            Self::Csvw => &CSVW,
            Self::Card => &CARD,
        }
    }
}

/// A file of the repository that a description names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// the key: `resources[0].path`
    pub key: String,
    /// the place of the value
    pub span: Span,
    /// the path as written; foreign
    pub path: String,
}

/// What a description of data says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// what breaks the standard
    pub flaws: Vec<Flaw>,
    /// the local files it names, in the order of the document
    pub files: Vec<NamedFile>,
    /// why nobody here can tell
    pub unknown: Option<Phrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    card: BTreeSet<String>,
    no_card: BTreeSet<String>,
    package: Vec<String>,
    unfilled: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("dataset.toml")).expect("a test parses the table"));

static DATA_PACKAGE: LazyLock<Schema> = LazyLock::new(|| Schema::of(include_str!("data-package.toml")));
static TABLE_SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::of(include_str!("table-schema.toml")));
static CROISSANT: LazyLock<Schema> = LazyLock::new(|| Schema::of(include_str!("croissant.toml")));
static CSVW: LazyLock<Schema> = LazyLock::new(|| Schema::of(include_str!("csvw.toml")));
static CARD: LazyLock<Schema> = LazyLock::new(|| Schema::of(include_str!("card.toml")));

/// A value of a template that is all of a YAML value: `license: {license}`.
static FORM: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^[\w -]*[:-]\s+\{\w+\}\s*(#.*)?$").expect("tested"));

/// Whether a file of this name may describe data by one of the standards.
pub fn may_describe(path: &RepoPath) -> bool {
    let name = path.name_lower();
    let json = name.strip_suffix(".json").or_else(|| name.strip_suffix(".jsonld"));
    is_package(&name)
        || is_card(&name)
        || json.is_some_and(|stem| {
            matches!(stem, "metadata" | "csvw" | "dataset") || stem.ends_with("-metadata") || stem.contains("croissant")
        })
}

fn is_package(name: &str) -> bool {
    matches!(name, "datapackage.json" | "datapackage.yaml" | "datapackage.yml")
}

fn is_card(name: &str) -> bool {
    let stem = name.strip_suffix(".md").map(|stem| stem.replace(['-', ' '], "_"));
    stem.is_some_and(|stem| {
        stem == "readme"
            || ["dataset_card", "datasetcard", "model_card", "modelcard", "data_card"].contains(&stem.as_str())
    })
}

/// Reads a file that [`may_describe`] data; `None` where it follows none of the standards, or is a form that nobody has
/// filled in.
pub fn read(path: &RepoPath, text: &str) -> Option<(Standard, Described)> {
    let name = path.name_lower();
    let text = text.trim_start_matches('\u{feff}');
    if is_card(&name) {
        let front = front_matter(text)?;
        return is_card_front(&name, front).then(|| (Standard::Card, yaml_card(front)));
    }
    if is_unfilled(text) {
        return None;
    }
    if is_package(&name) && !path.extension().starts_with('j') {
        return match yaml_or_place(text) {
            Ok(document) => package(&document).map(|described| (Standard::DataPackage, described)),
            Err(stopped) => Some((Standard::DataPackage, stopped_at(stopped.why, stopped.span, stopped.disputed))),
        };
    }
    let document = match json(text) {
        Ok(document) => document,
        // what it is, is not known; a package is one by its name
        Err(why) if is_package(&name) && text.contains("\"resources\"") => {
            return Some((Standard::DataPackage, stopped_at(why, None, false)));
        }
        Err(_) => return None,
    };
    if is_package(&name) {
        return package(&document).map(|described| (Standard::DataPackage, described));
    }
    let standard = if is_croissant(&document.root) {
        Standard::Croissant
    } else if is_csvw(&document.root) {
        Standard::Csvw
    } else {
        return None;
    };
    Some((standard, checked(standard, &document)))
}

fn stopped_at(why: Phrase, span: Option<Span>, disputed: bool) -> Described {
    if disputed {
        return Described { unknown: Some(why), ..Described::default() };
    }
    Described { flaws: vec![Flaw { key: String::new(), span, why, breaks: true }], ..Described::default() }
}

/// Whether something in a description is still to be filled in.
fn is_unfilled(text: &str) -> bool {
    TABLE.unfilled.iter().any(|mark| text.contains(mark.as_str())) || FORM.is_match(text)
}

/// The front matter of a document from its first byte, so that places stay; without the line that ends it.
fn front_matter(text: &str) -> Option<&str> {
    let mut at = text.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r']))?.find('\n')? + 4;
    loop {
        let line = text.get(at..)?.split_inclusive('\n').next()?;
        if matches!(line.trim_end(), "---" | "...") {
            return text.get(..at);
        }
        at += line.len();
    }
}

/// Whether front matter is that of a card, by the keys at the beginning of its lines.
fn is_card_front(name: &str, front: &str) -> bool {
    let keys: BTreeSet<&str> = front
        .lines()
        .filter(|line| !line.starts_with([' ', '-', '#']))
        .filter_map(|line| line.split_once(':').map(|(key, _)| key.trim()))
        .collect();
    let has = |list: &BTreeSet<String>| list.iter().any(|key| keys.contains(key.as_str()));
    let by_name = name != "readme.md" && (keys.contains("license") || keys.contains("language"));
    (by_name || has(&TABLE.card)) && !has(&TABLE.no_card) && !is_unfilled(front)
}

fn yaml_card(front: &str) -> Described {
    match yaml_or_place(front) {
        Ok(document) => checked(Standard::Card, &document),
        Err(stopped) => stopped_at(stopped.why, stopped.span, stopped.disputed),
    }
}

fn is_croissant(root: &Node) -> bool {
    let conforms = ["conformsTo", "dct:conformsTo", "http://purl.org/dc/terms/conformsTo"];
    let values = conforms.iter().filter_map(|key| root.get(key)).flat_map(Node::list_or_one);
    let text = |node: &Node| node.text().or_else(|| node.get("@id")?.text()).is_some_and(is_its_address);
    values.into_iter().any(text)
}

fn is_its_address(address: &str) -> bool {
    address.contains("mlcommons.org/croissant/1.")
}

fn is_csvw(root: &Node) -> bool {
    let contexts = root.get("@context").map(Node::list_or_one).unwrap_or_default();
    let is_it =
        |node: &Node| node.text().is_some_and(|text| text.trim_end_matches('/').ends_with("www.w3.org/ns/csvw"));
    // a schema or a dialect by itself describes no table
    contexts.iter().any(is_it) && ["url", "tables", "tableSchema"].iter().any(|key| root.get(key).is_some())
}

/// A data package; `None` where the file only shares the name.
fn package(document: &Document<'_>) -> Option<Described> {
    let root = &document.root;
    let profile = ["$schema", "profile"].iter().filter_map(|key| root.get(key)?.text());
    let told = profile.into_iter().any(|profile| profile.contains("data-package") || profile.contains("datapackage"));
    // another standard, with types of its own, that took the name over: OEMetadata
    if root.get("@context").is_some() {
        return None;
    }
    let keys = TABLE.package.iter().filter(|key| root.get(key).is_some()).count();
    let resources = root.get("resources").is_some();
    (resources || told || keys > 1).then(|| checked(Standard::DataPackage, document))
}

fn checked(standard: Standard, document: &Document<'_>) -> Described {
    let Checked { mut flaws, unknown, .. } = schema::check(standard.schema(), document);
    if standard == Standard::DataPackage {
        flaws.extend(schemas(document));
        flaws.truncate(schema::MOST);
    }
    if standard == Standard::Croissant && document.root.get("isLiveDataset").is_some_and(Node::is_true) {
        flaws.retain(|flaw| !flaw.key.ends_with(".sha256"));
    }
    Described { flaws, files: named::files(standard, document), unknown }
}

/// What is wrong with the schemas in a data package.
fn schemas(document: &Document<'_>) -> Vec<Flaw> {
    let resources = document.root.get("resources").map(Node::list).unwrap_or_default();
    let mut flaws = Vec::new();
    let mut part = document.clone();
    for (number, resource) in resources.iter().enumerate() {
        let Some(schema) = resource.get("schema").filter(|schema| !schema.entries().is_empty()) else { continue };
        if flaws.len() >= schema::MOST || schema.get("$ref").is_some() {
            break;
        }
        part.root = schema.clone();
        flaws.extend(
            schema::check(&TABLE_SCHEMA, &part)
                .flaws
                .into_iter()
                .map(|flaw| Flaw { key: format!("resources[{number}].schema.{}", flaw.key), ..flaw }),
        );
    }
    flaws
}

#[cfg(test)]
mod tests;
