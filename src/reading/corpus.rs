//! What does the repository say about itself? The documentation corpus of the catalogue, and its README.

use super::community;
use super::document::{Document, Format};
use super::pass::has_banner;
use super::template::{self, Own};
use super::tree_path;
use crate::phrase::Phrase;
use crate::repository::{Class, Counted, File, FileKind, Loss, Mark, RepoPath, Repository};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;

/// So many bytes of documentation are read in all, the documents nearest to the root first.
const BYTES_IN_ALL: u64 = 48 << 20;

/// The documentation of a repository. Change logs, licence texts, generated reference, forms, empty files, unedited
/// templates, vendored, generated and test documents are no part of it.
#[derive(Debug, Default)]
pub struct Corpus {
    /// all that were read, sorted by path
    read: Vec<Read>,
    /// the READMEs that speak for the whole, the best first: indices of `read`
    readmes: Vec<usize>,
    unread: Vec<RepoPath>,
}

/// A document that was read.
#[derive(Debug)]
struct Read {
    document: Document,
    /// what it says of its own, where it is a README for the whole
    own: Option<Own>,
}

/// The names in `corpus.toml`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Names {
    readme: BTreeSet<String>,
    readme_places: Vec<String>,
    languages: BTreeSet<String>,
    prose: BTreeSet<String>,
    unread: BTreeSet<String>,
    no_prose: BTreeSet<String>,
    changelog: BTreeSet<String>,
    changelog_folders: BTreeSet<String>,
    licence: Vec<String>,
    licence_folders: BTreeSet<String>,
    generated_folders: BTreeSet<String>,
    forms: Vec<String>,
    fields: BTreeSet<String>,
    fields_endings: Vec<String>,
}

static NAMES: LazyLock<Names> =
    LazyLock::new(|| toml::from_str(include_str!("corpus.toml")).expect("the table is part of the program and tested"));

impl Corpus {
    /// Reads all documentation of a repository.
    pub fn of(repo: &Repository) -> Self {
        let mut unread = Vec::new();
        let mut wanted: Vec<(&File, Format)> = Vec::new();
        for file in repo.files() {
            match reads_as(file) {
                Some(Some(format)) => wanted.push((file, format)),
                Some(None) => unread.push(file.path.clone()),
                None => {}
            }
        }
        within_bounds(repo, &mut wanted);
        let read: Vec<_> = wanted.par_iter().filter_map(|(file, format)| read(repo, file, *format)).collect();
        let mut readmes: Vec<_> =
            read.iter().enumerate().filter_map(|(at, read)| Some((readme_rank(&read.document.path)?, at))).collect();
        readmes.sort();
        Self { readmes: readmes.into_iter().map(|(_, at)| at).collect(), read, unread }
    }

    /// The documents that count, sorted by path.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.read.iter().map(|read| &read.document).filter(|document| !document.is_empty())
    }

    /// The README of the repository as a whole: at the root, else in .github/, else in docs/. Also where it is empty
    /// or a template.
    pub fn readme(&self) -> Option<&Document> {
        self.readmes().next()
    }

    /// All READMEs of the repository as a whole, in every language, the best first.
    pub fn readmes(&self) -> impl Iterator<Item = &Document> {
        self.readmes.iter().filter_map(|at| self.read.get(*at)).map(|read| &read.document)
    }

    /// What a README of the repository as a whole says of its own, without the sentences of a generator's template.
    pub fn own(&self, readme: &Document) -> Option<&Own> {
        self.at(readme.path.as_bytes())?.own.as_ref()
    }

    /// The document at a path, where it was read.
    pub fn document(&self, path: impl AsRef<[u8]>) -> Option<&Document> {
        self.at(path.as_ref()).map(|read| &read.document)
    }

    fn at(&self, path: &[u8]) -> Option<&Read> {
        let at = self.read.binary_search_by(|read| read.document.path.as_bytes().cmp(path)).ok()?;
        self.read.get(at)
    }

    /// Documents in formats that are not read (PDF, word processors): what they say is unknown.
    pub fn unread(&self) -> &[RepoPath] {
        &self.unread
    }

    /// The documents a document links, each once, in the order of the links; itself left out.
    pub fn linked<'c>(&'c self, from: &Document) -> Vec<&'c Document> {
        let mut found: Vec<&Document> = Vec::new();
        for link in &from.links {
            if let Some(document) = self.target(from, &link.url)
                && document.path != from.path
                && !found.iter().any(|known| known.path == document.path)
            {
                found.push(document);
            }
        }
        found
    }

    /// The document an address leads to, seen from another document.
    pub fn target(&self, from: &Document, url: &str) -> Option<&Document> {
        let path = path_of(from, url)?;
        let beside = |end: &str| self.document(format!("{path}{end}"));
        let inside =
            |name: &str| self.document(if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") });
        beside("").or_else(|| [".md", ".mdx", ".rst", ".adoc", ".txt"].iter().find_map(|end| beside(end))).or_else(
            || {
                let names = ["README.md", "readme.md", "Readme.md", "README.rst", "README.adoc", "README", "index.md"];
                names.iter().find_map(|name| inside(name))
            },
        )
    }
}

/// The path in the tree an address leads to: relative ones, and those of a file on a forge.
fn path_of(from: &Document, url: &str) -> Option<String> {
    let url = url.split(['#', '?']).next().unwrap_or_default();
    let (base, relative) = match url.split_once("://") {
        None if url.is_empty() || url.starts_with("mailto:") || url.starts_with("//") => return None,
        None => match url.strip_prefix('/') {
            Some(absolute) => (String::new(), absolute),
            None => (String::from_utf8_lossy(from.path.folder()).into_owned(), url),
        },
        // https://github.com/owner/name/blob/branch/path, https://gitlab.com/group/name/-/blob/branch/path
        Some((_, rest)) => {
            let marks = ["/blob/", "/tree/", "/src/branch/"];
            let after = marks.iter().find_map(|mark| rest.split_once(mark).map(|(_, after)| after))?;
            (String::new(), after.split_once('/').map_or("", |(_, path)| path))
        }
    };
    tree_path::lead(&base, &tree_path::decoded(relative))
}

/// How a file is to be read: `None` where it is no documentation, `Some(None)` where nobody here can read it.
fn reads_as(file: &File) -> Option<Option<Format>> {
    let foreign = [Mark::Vendored, Mark::Generated, Mark::Test, Mark::BuildOutput];
    let is_readme = readme_rank(&file.path).is_some();
    if file.kind == FileKind::Submodule || !is_readme && foreign.iter().any(|mark| file.marks.has(*mark)) {
        return None;
    }
    let names = &*NAMES;
    let name = file.path.name_lower();
    if names.fields.contains(name.as_str()) || names.fields_endings.iter().any(|end| name.ends_with(end)) {
        return Some(Some(Format::Fields));
    }
    let extension = file.path.extension();
    if names.unread.contains(extension.as_str()) {
        return Some(None);
    }
    let is_prose = names.prose.contains(extension.as_str())
        || file.class == Class::Documentation && !names.no_prose.contains(extension.as_str())
        || extension.is_empty() && community::purpose(&file.path).is_some();
    if !is_readme && (!is_prose || is_left_out(&file.path)) {
        return None;
    }
    Some(Some(match Format::of(&file.path) {
        // Configuration and data of documentation tools lie among the documents.
        Format::Fields if !is_readme => return None,
        Format::Fields => Format::Plain,
        format => format,
    }))
}

/// Whether the path says that a document is a change log, licence text, generated reference or form.
fn is_left_out(path: &RepoPath) -> bool {
    let names = &*NAMES;
    let lower = path.lower();
    let mut folders: Vec<&str> = lower.split('/').collect();
    folders.pop();
    let stem = stem(path);
    let is_licence = names.licence.iter().any(|name| {
        stem.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', '.']))
    });
    let within = |these: &BTreeSet<String>| folders.iter().any(|folder| these.contains(*folder));
    is_licence
        || names.changelog.contains(&stem)
        || names.forms.iter().any(|form| lower.contains(form.as_str()))
        || within(&names.changelog_folders)
        || within(&names.licence_folders)
        || within(&names.generated_folders)
}

/// The name without extension and language, in lower case: `readme` of `README.de.md`.
pub fn stem(path: &RepoPath) -> String {
    let name = String::from_utf8_lossy(path.name()).to_lowercase();
    let stem = match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && !NAMES.languages.contains(end) => stem,
        _ => &name,
    };
    for sign in ['.', '_', '-'] {
        if let Some((before, language)) = stem.split_once(sign)
            && NAMES.languages.contains(language)
        {
            return before.to_owned();
        }
    }
    stem.to_owned()
}

/// The READMEs that speak for the whole by their name and place, also those that cannot be read, the best first.
pub fn readme_files(repo: &Repository) -> impl Iterator<Item = &File> {
    let regular = repo.files().iter().filter(|file| file.kind != FileKind::Submodule);
    let mut found: Vec<_> = regular.filter_map(|file| Some((readme_rank(&file.path)?, file))).collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found.into_iter().map(|(_, file)| file)
}

/// Whether an ending says in which language a file is written.
pub fn is_language(ending: &str) -> bool {
    NAMES.languages.contains(ending)
}

/// Whether the file is a README by its name, in whatever folder.
pub fn is_readme(path: &RepoPath) -> bool {
    let name = path.name_lower();
    // Every repository is asked for its READMEs by many: nearly every name can be told without taking it apart.
    let may_be = !name.is_ascii() || NAMES.readme.iter().any(|readme| name.starts_with(readme.as_str()));
    may_be && NAMES.readme.contains(&stem(path))
}

/// How well a README speaks for the whole; the lowest is the best. `None` for other files.
fn readme_rank(path: &RepoPath) -> Option<(usize, bool, u8, RepoPath)> {
    if !is_readme(path) {
        return None;
    }
    let folder = String::from_utf8_lossy(path.folder()).to_lowercase();
    let place = NAMES.readme_places.iter().position(|place| *place == folder)?;
    let format = match Format::of(path) {
        Format::Markdown if path.extension().ends_with("md") && path.extension().len() > 2 => 1,
        Format::Markdown => 0,
        Format::AsciiDoc | Format::Rst => 1,
        _ => 2,
    };
    let plain_name = String::from_utf8_lossy(path.name()).to_lowercase();
    let is_first = plain_name.split('.').next() == Some("readme") && plain_name.matches('.').count() <= 1;
    Some((place, !is_first, format, path.clone()))
}

/// Leaves out what goes beyond [`BYTES_IN_ALL`], and says so.
fn within_bounds(repo: &Repository, wanted: &mut Vec<(&File, Format)>) {
    let depth = |file: &File| file.path.as_bytes().iter().filter(|byte| **byte == b'/').count();
    wanted.sort_by(|(a, _), (b, _)| depth(a).cmp(&depth(b)).then_with(|| a.path.cmp(&b.path)));
    let mut bytes = 0;
    let fits = wanted.iter().take_while(|(file, _)| {
        bytes += file.len.unwrap_or(0).min(super::document::LARGEST as u64);
        bytes <= BYTES_IN_ALL
    });
    let fits = fits.count();
    if fits < wanted.len() {
        wanted.truncate(fits);
        let why = Phrase::new(
            "there is more documentation here than is read; the deepest folders were left out",
            "hier liegt mehr Dokumentation, als gelesen wird; die tiefsten Ordner blieben außen vor",
        );
        repo.lose(Loss { path: None, why });
    }
    wanted.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
}

fn read(repo: &Repository, file: &File, format: Format) -> Option<Read> {
    let text = repo.text_once(file).ok()?;
    let is_readme = is_readme(&file.path);
    if !is_readme && format != Format::Fields && has_banner(&text) {
        return None;
    }
    // A reader that panics on one file is our mistake and costs that file only.
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| Document::read(&file.path, format, &text)));
    repo.count(Counted::Documents, 1);
    let Ok(mut document) = read else {
        let why = Phrase::new(
            "a reader failed on this file; please report it",
            "ein Leser ist an dieser Datei gescheitert; bitte melden Sie das",
        );
        repo.lose(Loss { path: Some(file.path.clone()), why });
        return None;
    };
    let own = readme_rank(&file.path).is_some().then(|| template::own(&document));
    if is_readme || community::purpose(&file.path).is_some() {
        template::strip(&mut document);
    }
    Some(Read { document, own })
}

#[cfg(test)]
mod tests;
