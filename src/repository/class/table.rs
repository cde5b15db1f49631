//! What does the table of names, extensions and folders say? `classes.toml`, made ready for looking things up.

use super::Class;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use std::sync::LazyLock;

/// The table that ships.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
    toml::from_str(include_str!("../classes.toml")).expect("classes.toml is what `Table` says")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Table {
    pub(super) names: Classes,
    pub(super) stems: Stems,
    pub(super) extensions: Classes,
    pub(super) perhaps_data: PerhapsData,
    pub(super) perhaps_model: Names,
    pub(super) folders: Folders,
    pub(super) vendored: Foreign,
    pub(super) generated: Written,
    pub(super) test: Test,
    pub(super) example: Example,
    pub(super) build_output: BuildOutput,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stems {
    pub(super) before: Names,
    pub(super) documentation: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PerhapsData {
    pub(super) by_folder: Names,
    pub(super) by_name: Names,
    pub(super) by_size: Names,
    pub(super) words: Names,
    pub(super) bytes: u64,
    pub(super) no_words: Names,
    pub(super) packed: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Folders {
    pub(super) data: Names,
    pub(super) data_sets: Names,
    pub(super) no_data: Names,
    pub(super) translations: Names,
    pub(super) translated: Names,
    pub(super) documents: Names,
    pub(super) documents_there: Names,
    pub(super) models: Names,
    pub(super) page_templates: Names,
    pub(super) forge_templates: Names,
    pub(super) programs: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Foreign {
    pub(super) folders: Names,
    pub(super) names: Names,
    pub(super) paths: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) folders: Names,
    pub(super) names: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Test {
    pub(super) folders: Names,
    pub(super) code_folders: Names,
    pub(super) below_code_folders: Names,
    pub(super) code_but: Names,
    pub(super) names: Names,
    pub(super) cased: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Example {
    pub(super) folders: Names,
    pub(super) not_below_data: Names,
    pub(super) names: Names,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BuildOutput {
    pub(super) folders: Names,
    pub(super) not_below: Names,
    pub(super) always: Names,
}

/// A set of names, some of them with stars.
#[derive(Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(in crate::repository) struct Names {
    exact: FxHashSet<String>,
    patterns: Patterns<()>,
}

impl Names {
    /// Whether a name is in the set without a star's help.
    pub(in crate::repository) fn has_exactly(&self, name: &str) -> bool {
        self.exact.contains(name)
    }

    /// Whether a name is in the set.
    pub(in crate::repository) fn has(&self, name: &str) -> bool {
        self.exact.contains(name) || self.patterns.first(name).is_some()
    }
}

impl From<Vec<String>> for Names {
    fn from(names: Vec<String>) -> Self {
        let (patterns, exact): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name.contains('*'));
        let patterns = Patterns::of(patterns.iter().map(|name| (name.as_str(), ())));
        Self { exact: exact.into_iter().collect(), patterns }
    }
}

/// Names and the class each stands for.
#[derive(Deserialize)]
#[serde(from = "ByClass")]
pub(super) struct Classes {
    exact: FxHashMap<String, Class>,
    patterns: Patterns<Class>,
}

/// As it is written; of two classes that claim the same name by a pattern, the one that stands first here wins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct ByClass {
    manifest: Vec<String>,
    configuration: Vec<String>,
    source: Vec<String>,
    documentation: Vec<String>,
    data: Vec<String>,
    model: Vec<String>,
    asset: Vec<String>,
}

impl Classes {
    /// The class of a name; an exact name goes before a pattern.
    pub(super) fn get(&self, name: &str) -> Option<Class> {
        self.exact.get(name).copied().or_else(|| self.patterns.first(name))
    }
}

impl From<ByClass> for Classes {
    fn from(table: ByClass) -> Self {
        let all = [
            (table.manifest, Class::Manifest),
            (table.configuration, Class::Configuration),
            (table.source, Class::Source),
            (table.documentation, Class::Documentation),
            (table.data, Class::Data),
            (table.model, Class::Model),
            (table.asset, Class::Asset),
        ];
        let all = all.iter().flat_map(|(names, class)| names.iter().map(|name| (name.as_str(), *class)));
        let (patterns, exact): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name.contains('*'));
        let exact = exact.into_iter().map(|(name, class)| (name.to_owned(), class)).collect();
        Self { exact, patterns: Patterns::of(patterns.into_iter()) }
    }
}

/// Names with stars and what they stand for, sorted by the ending that they demand, or else none, and by how they begin:
/// there are many files and many patterns, and most demand what the file does not have.
struct Patterns<T> {
    /// by what follows the last dot
    by_ending: FxHashMap<String, Starts<T>>,
    others: Starts<T>,
}

/// By the first byte, 0 for those that begin with a star; each with its number.
type Starts<T> = FxHashMap<u8, Vec<(usize, Pattern, T)>>;

impl<T> Default for Patterns<T> {
    fn default() -> Self {
        Self { by_ending: FxHashMap::default(), others: FxHashMap::default() }
    }
}

impl<T: Copy> Patterns<T> {
    fn of<'n>(names: impl Iterator<Item = (&'n str, T)>) -> Self {
        let mut patterns = Self::default();
        for (at, (name, value)) in names.enumerate() {
            let pattern = Pattern::of(name);
            let starts = match pattern.last.rsplit_once('.') {
                Some((_, ending)) => patterns.by_ending.entry(ending.to_owned()).or_default(),
                None => &mut patterns.others,
            };
            let start = pattern.first.bytes().next().unwrap_or_default();
            starts.entry(start).or_default().push((at, pattern, value));
        }
        patterns
    }

    /// What the first pattern stands for that a name matches.
    fn first(&self, name: &str) -> Option<T> {
        let ending = name.rsplit_once('.').and_then(|(_, ending)| self.by_ending.get(ending));
        let start = name.bytes().next().unwrap_or_default();
        let starts = ending.into_iter().chain([&self.others]);
        let lists = starts.flat_map(|starts| [starts.get(&start), starts.get(&0)].into_iter().flatten());
        let matching = lists.filter_map(|list| list.iter().find(|(_, pattern, _)| pattern.matches(name)));
        matching.min_by_key(|(at, ..)| *at).map(|(.., value)| *value)
    }
}

/// A name with stars: what comes before the first, between them, and after the last.
struct Pattern {
    first: String,
    between: Vec<String>,
    last: String,
}

impl Pattern {
    fn of(text: &str) -> Self {
        let mut parts: Vec<String> = text.split('*').map(str::to_owned).collect();
        let last = parts.pop().unwrap_or_default();
        let first = if parts.is_empty() { String::new() } else { parts.remove(0) };
        Self { first, between: parts, last }
    }

    fn matches(&self, name: &str) -> bool {
        // nearly every name fails here already
        let (bytes, first, last) = (name.as_bytes(), self.first.as_bytes(), self.last.as_bytes());
        if bytes.len() < first.len() + last.len()
            || first.first().is_some_and(|byte| bytes.first() != Some(byte))
            || last.last().is_some_and(|byte| bytes.last() != Some(byte))
        {
            return false;
        }
        let Some(rest) = name.strip_prefix(self.first.as_str()) else { return false };
        let Some(mut rest) = rest.strip_suffix(self.last.as_str()) else { return false };
        for part in &self.between {
            match rest.split_once(part.as_str()) {
                Some((_, behind)) => rest = behind,
                None => return false,
            }
        }
        true
    }
}
