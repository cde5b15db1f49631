//! Do the commands of the README and the set-up documents fit the tree: files, folders, targets, scripts?
//!
//! Only what a command certainly takes from this tree is judged. What an earlier command makes, what git ignores, what a
//! sentence tells to create, what belongs to another repository, and what the reader fills in is left alone.

mod programs;
mod reader;
mod shell;
mod targets;
mod tree;

use super::community::{self, Purpose};
use super::corpus::{self, Corpus};
use super::document::{Document, tokens};
use super::manifest::Manifest;
use super::passages::Passages;
use super::sections::{self, Meaning};
use crate::place::Place;
use crate::repository::{RepoPath, Repository};
use reader::Reader;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use tree::Tree;

/// Something that a command needs of the tree.
#[derive(Clone, Debug)]
pub struct Need {
    /// where the document says so
    pub place: Place,
    /// the command, as far as it matters: `make test`, `cp .env.example`
    pub command: String,
    /// the file, folder or target
    pub what: String,
    /// whether it is there
    pub there: bool,
}

/// The names in `instructions.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    shells: BTreeSet<String>,
    before: BTreeSet<String>,
    runs: BTreeMap<String, Vec<String>>,
    options: BTreeMap<String, Vec<String>>,
    words: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    unfinished: Vec<String>,
    making: BTreeSet<String>,
    telling: BTreeSet<String>,
    makers: BTreeSet<String>,
    composer: BTreeSet<String>,
}

static NAMES: LazyLock<Written> = LazyLock::new(|| {
    toml::from_str(include_str!("instructions.toml")).expect("the table is part of the program and tested")
});

/// So many commands of one document are followed.
const COMMANDS: usize = 2_000;

/// What the commands need, document by document.
pub fn all(repo: &Repository, corpus: &Corpus, manifests: &[Manifest]) -> Vec<Need> {
    let documents: Vec<_> = corpus.documents().filter(|document| is_set_up(&document.path)).collect();
    if documents.is_empty() {
        return Vec::new();
    }
    let tree = Tree::of(repo, names(corpus, manifests));
    grouped(documents.into_iter().flat_map(|document| of_document(repo, &tree, document)).collect())
}

/// From so many documents of one name with the same mistake on, they are taken for copies of one, told once.
const COPIES: usize = 3;

fn grouped(needs: Vec<Need>) -> Vec<Need> {
    let key = |need: &Need| {
        let name = need.place.path.as_ref().map(|path| path.name_lower().into_string()).unwrap_or_default();
        (!need.there).then(|| (name, need.command.clone()))
    };
    let mut documents: BTreeMap<(String, String), BTreeSet<RepoPath>> = BTreeMap::new();
    for need in &needs {
        if let (Some(key), Some(path)) = (key(need), &need.place.path) {
            documents.entry(key).or_default().insert(path.clone());
        }
    }
    let mut told = BTreeSet::new();
    let is_first = |need: &Need| {
        key(need).is_none_or(|key| documents.get(&key).is_none_or(|paths| paths.len() < COPIES) || told.insert(key))
    };
    needs.into_iter().filter(is_first).collect()
}

fn of_document(repo: &Repository, tree: &Tree<'_>, document: &Document) -> Vec<Need> {
    let mut reader = Reader::of(tree, document, told_to_make(document));
    let inline = document.prose.iter().flat_map(|prose| {
        prose.code.iter().filter_map(move |range| {
            let code = prose.text.get(range.clone())?;
            let line = prose.line_at(range.start);
            let said = code.contains(' ') && is_told(prose.text.get(..range.start)?);
            said.then(|| (line, false, shell::line_of(code, line)))
        })
    });
    let blocks = document.code_blocks.iter().map(|block| (block.line, true, shell::commands(block)));
    let mut groups: Vec<_> = blocks.chain(inline).filter(|(.., commands)| !commands.is_empty()).collect();
    groups.sort_by_key(|(line, ..)| *line);
    let mut left = COMMANDS;
    for (_, is_block, commands) in groups {
        reader.start(is_block);
        for command in commands.into_iter().take(left) {
            left = left.saturating_sub(1);
            reader.follow(&command);
        }
    }
    let mut passages = None;
    let needs = std::mem::take(&mut reader.needs);
    let placed = needs.into_iter().map(|(line, command, what, there)| {
        let passages = passages.get_or_insert_with(|| Passages::of(repo, &document.path));
        Need { place: Place::span(&document.path, passages.span(line, &what)), command, what, there }
    });
    placed.collect()
}

/// Whether what stands before code tells to run it; "this includes running `x`" does not.
fn is_told(before: &str) -> bool {
    let before = before.trim_end();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let word = last.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    last.is_empty() || last.ends_with([':', '`']) || NAMES.words.telling.contains(&word)
}

/// README of any folder, and documents on setting up.
fn is_set_up(path: &RepoPath) -> bool {
    let lower = path.lower();
    let is_template = lower.contains(['{', '}', '$', '%']);
    let below_docs = ["docs/", "doc/", "documentation/", "wiki/"].iter().any(|folder| lower.starts_with(folder));
    let stem = corpus::stem(path);
    !is_template
        && (corpus::is_readme(path)
            || matches!(community::purpose(path), Some(Purpose::Install | Purpose::Contributing))
            || below_docs && sections::is_about(&stem, Meaning::Installation))
}

/// What the repository is called: by its manifests and its README.
fn names(corpus: &Corpus, manifests: &[Manifest]) -> BTreeSet<String> {
    let last = |address: &str| address.trim_end_matches('/').rsplit('/').next().map(plain);
    let by_manifest = manifests.iter().flat_map(|manifest| {
        let name = manifest.name.as_ref().and_then(|name| last(&name.value));
        name.into_iter().chain(manifest.urls.iter().filter_map(move |url| last(&url.address.value)))
    });
    let by_title = corpus.readmes().filter_map(|readme| readme.headings.first().map(|heading| plain(&heading.text)));
    by_manifest.chain(by_title).filter(|name| name.len() >= 3).collect()
}

/// Letters and digits in lower case, without `.git`.
fn plain(name: &str) -> String {
    let name = name.strip_suffix(".git").unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The files that a sentence tells to make, or that a command's output is said to be.
fn told_to_make(document: &Document) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    for prose in &document.prose {
        if !tokens(&prose.text).any(|(_, word)| NAMES.words.making.contains(&word)) {
            continue;
        }
        for word in prose.text.split_whitespace() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '/'));
            let name = word.trim_end_matches('.').rsplit('/').next().unwrap_or_default();
            if name.contains('.') || word.contains('/') {
                told.insert(name.to_owned());
            }
        }
    }
    told
}

#[cfg(test)]
mod tests;
