//! Which files does a description of data name, and which licence does it give them?
//!
//! Data Package 1 and 2, Croissant, CSVW, RO-Crate, DCAT and DCAT-AP.de (Turtle, RDF/XML, JSON-LD), DCAT-US `data.json`, STAC, the
//! cards of hubs: all of them name files by path or address under a handful of keys, and licences under others
//! (`keys` in `data-files.toml`). Patterns and folders count for what they match.

use super::TABLE;
use crate::place::Span;
use crate::reading::node::{self, Data, Document, Node};
use crate::reading::tree_path;
use crate::repository::RepoPath;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A description of data, read.
#[derive(Clone, Debug)]
pub struct Description {
    /// where it lies
    pub path: RepoPath,
    /// the licences it states, in its order
    pub licences: Vec<Stated>,
    /// whether it names files at all
    pub names_files: bool,
    /// whole paths in the tree
    paths: BTreeSet<String>,
    /// ends of addresses, each with all its beginnings cut off, and bare names
    ends: BTreeSet<String>,
    /// folders, and patterns
    patterns: Vec<String>,
}

/// A licence that a description states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// as it is written
    pub value: String,
    /// where
    pub span: Span,
    /// the paths it is stated for; empty for all that the description is about
    pub files: Vec<String>,
}

/// So many names are kept of one description.
const MOST_NAMES: usize = 20_000;
/// So many licences.
const MOST_LICENCES: usize = 50;
/// So many patterns are held against every file.
const MOST_PATTERNS: usize = 20;
/// Longer front matter is none.
const LONGEST_CARD: usize = 64 << 10;
/// So many parts of an address may be the path of a file.
const PARTS: usize = 12;

/// A licence in Turtle (`dct:license <…>`) or RDF/XML (`<dct:license rdf:resource="…"/>`).
static IN_TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let key = r"(?:dct|dcterms|dc|schema|sdo|cc|xhv):licen[sc]e";
    Regex::new(&format!(r#"{key}\s+(?:<([^<>\s]{{1,300}})>|"([^"\n]{{1,300}})"|([a-z-]{{1,20}}:[\w/.-]{{1,80}}))|<{key}\s+rdf:resource\s*=\s*"([^"\n]{{1,300}})"|<{key}>([^<\n]{{1,300}})<"#)).ok()
});

impl Description {
    /// Reads a description; `text` may be anything.
    pub fn read(path: &RepoPath, text: &str) -> Self {
        let mut read = Self::empty(path);
        let parsed = match path.extension().as_str() {
            "json" | "jsonld" => node::json(text).ok(),
            "yaml" | "yml" | "cff" => node::yaml(text).ok(),
            _ => None,
        };
        match parsed {
            Some(document) => read.walk(&document, &document.root, false),
            None => read.scan(text),
        }
        // `trees.csv-metadata.json` is about `trees.csv`.
        let name = path.lossy().into_owned();
        let about = ["-metadata.json", ".metadata.json"].iter().find_map(|end| name.strip_suffix(end));
        if let Some(about) = about.filter(|about| about.rsplit('/').next().is_some_and(|name| name.contains('.'))) {
            read.paths.insert(about.to_owned());
            read.names_files = true;
        }
        read
    }

    /// Reads the card of a data set: the front matter of a README. `None` where there is none, or where it is that of
    /// something else: a page of a site, a model.
    pub fn card(path: &RepoPath, text: &str) -> Option<Self> {
        let front = text.strip_prefix('\u{feff}').unwrap_or(text);
        let end = front
            .get(..front.len().min(LONGEST_CARD))
            .or_else(|| front.get(..front.len()))?
            .find("\n---")
            .filter(|_| front.starts_with("---"))?;
        let front = front.get(..end + 1)?;
        let document = node::yaml(front).ok()?;
        let has = |keys: &BTreeSet<String>| document.root.entries().iter().any(|entry| keys.contains(&entry.key));
        if !has(&TABLE.keys.cards) || has(&TABLE.keys.no_cards) {
            return None;
        }
        let mut read = Self::empty(path);
        read.walk(&document, &document.root, false);
        read.names_files = false;
        Some(read)
    }

    fn empty(path: &RepoPath) -> Self {
        Self {
            path: path.clone(),
            licences: Vec::new(),
            names_files: false,
            paths: BTreeSet::new(),
            ends: BTreeSet::new(),
            patterns: Vec::new(),
        }
    }

    /// Whether it names a file, a folder above it or a pattern that it matches.
    pub fn names(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        self.paths.contains(path)
            || self.ends.contains(path)
            || super::is_telling_name(stem) && self.ends.contains(name)
            || self.patterns.iter().any(|pattern| matches(pattern, path))
    }

    /// Whether a licence is stated for a file that the description names.
    pub fn gives(&self, stated: &Stated, path: &str) -> bool {
        stated.files.is_empty() || stated.files.iter().any(|one| one == path || matches(one, path))
    }

    fn folder(&self) -> String {
        String::from_utf8_lossy(self.path.folder()).into_owned()
    }

    /// Every value of the tree; its depth is bounded by the parser.
    fn walk(&mut self, document: &Document<'_>, node: &Node, inner: bool) {
        for child in node.list() {
            self.walk(document, child, true);
        }
        // A resource of a Data Package, or a file of another description, may have a licence of its own.
        let own = |entry: &&node::Entry| TABLE.keys.files.contains(plain(&entry.key));
        let here: Vec<&str> = if inner {
            let named = node.entries().iter().filter(own).flat_map(|entry| entry.value.list_or_one());
            named.filter_map(Node::text).collect()
        } else {
            Vec::new()
        };
        for entry in node.entries() {
            let key = plain(&entry.key);
            if TABLE.keys.files.contains(key) {
                for value in entry.value.list_or_one() {
                    let text = value.text().or_else(|| value.get("@id").and_then(Node::text));
                    if let Some(text) = text {
                        self.name(text);
                    }
                }
            }
            if TABLE.keys.licences.contains(key) {
                for value in entry.value.list_or_one() {
                    self.licence(document, value, &here);
                }
            } else if matches!(entry.value.data, Data::Map(_) | Data::List(_)) {
                self.walk(document, &entry.value, inner);
            }
        }
    }

    fn licence(&mut self, document: &Document<'_>, value: &Node, files: &[&str]) {
        const PARTS: &[&str] = &["name", "id", "@id", "identifier", "title", "path", "url", "@value", "type"];
        let said = document
            .located(value)
            .or_else(|| PARTS.iter().filter_map(|key| value.get(key)).find_map(|part| document.located(part)));
        if let Some(said) = said.filter(|_| self.licences.len() < MOST_LICENCES) {
            let folder = self.folder();
            let files = files.iter().filter_map(|file| tree_path::lead(&folder, file)).collect();
            self.licences.push(Stated { value: said.value, span: said.span, files });
        }
    }

    /// What is no JSON or YAML: every word that may be a path or address is a name.
    fn scan(&mut self, text: &str) {
        let words =
            text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | ';' | ',' | '|' | '`'));
        for word in words.filter(|word| word.len() < 300 && word.contains(['.', '/'])).take(MOST_NAMES) {
            self.name(word);
        }
        for found in IN_TEXT.iter().flat_map(|pattern| pattern.captures_iter(text)).take(MOST_LICENCES) {
            let Some(value) = found.iter().skip(1).flatten().next() else { continue };
            let before = text.get(..value.start()).unwrap_or_default();
            let line = u32::try_from(memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1).unwrap_or(u32::MAX);
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let column = |end: usize| {
                let said = text.get(start..end).unwrap_or_default().chars().count() + 1;
                u32::try_from(said).unwrap_or(u32::MAX)
            };
            let span = Span::on_line(line, column(value.start()), column(value.end()));
            self.licences.push(Stated { value: value.as_str().to_owned(), span, files: Vec::new() });
        }
    }

    /// Keeps a path or address.
    fn name(&mut self, value: &str) {
        let value = value.trim();
        if value.is_empty() || value.len() > 500 || self.paths.len() + self.ends.len() > MOST_NAMES * 4 {
            return;
        }
        let value = value.split(['#', '?']).next().unwrap_or_default();
        let bare = value.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
        if matches!(value, "" | "." | "./") {
            return;
        }
        if value.contains("://") {
            let parts: Vec<&str> = value.split('/').skip(3).filter(|part| !part.is_empty()).collect();
            for start in parts.len().saturating_sub(PARTS)..parts.len() {
                self.ends.insert(tree_path::decoded(&parts.get(start..).unwrap_or_default().join("/")));
            }
            self.names_files |= is_of_data(bare);
            return;
        }
        let Some(path) = tree_path::lead(&self.folder(), value) else { return };
        if path.contains('*') || value.ends_with('/') {
            if self.patterns.len() < MOST_PATTERNS {
                self.patterns.push(path);
                self.names_files = true;
            }
            return;
        }
        self.names_files |= is_of_data(bare);
        if !bare.contains('.') && !path.is_empty() && self.patterns.len() < MOST_PATTERNS {
            self.patterns.push(path.clone());
        }
        self.ends.insert(bare.to_owned());
        self.paths.insert(path);
    }
}

/// Whether a name is that of a data file, packed ones too.
fn is_of_data(name: &str) -> bool {
    let format = super::by_name(name);
    super::is_open_format(&format)
        || super::is_of_one_vendor(&format)
        || matches!(format.as_str(), "zip" | "gz" | "tif" | "txt")
}

/// A key without its prefix: `dct:license`, `http://purl.org/dc/terms/license`.
fn plain(key: &str) -> &str {
    key.rsplit([':', '/', '#']).next().unwrap_or(key)
}

/// Whether a pattern with stars, or a folder, covers a path. A star does not pass a slash, two do.
fn matches(pattern: &str, path: &str) -> bool {
    if !pattern.contains('*') {
        return path.strip_prefix(pattern).is_some_and(|rest| rest.starts_with('/'));
    }
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    // The places in the pattern at which the path may have arrived; at most its length, for every part of the path.
    let mut at: BTreeSet<usize> = BTreeSet::from([0]);
    for part in path {
        let mut next = BTreeSet::new();
        for place in at {
            let mut place = place;
            while pattern.get(place) == Some(&"**") {
                next.insert(place);
                place += 1;
            }
            if pattern.get(place).is_some_and(|one| star(one, part)) {
                next.insert(place + 1);
            }
        }
        at = next;
    }
    at.into_iter().any(|place| pattern.get(place..).is_some_and(|rest| rest.iter().all(|part| *part == "**")))
}

/// Whether a pattern with stars covers a name: the pieces between them stand in their order.
fn star(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').map_or(("", rest), |(middle, end)| (middle, end));
    let Some(body) = left.strip_suffix(end) else { return false };
    left = body;
    middle.split('*').all(|piece| match left.find(piece) {
        Some(at) => {
            left = left.get(at + piece.len()..).unwrap_or_default();
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests;
