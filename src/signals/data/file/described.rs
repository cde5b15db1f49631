//! What describes data files besides the documents that name them?

use super::group::Group;
use crate::reading::Readings;
use crate::reading::data_files::{self, Description};
use crate::reading::document::{self, Document, Format, ProseKind};
use crate::repository::{Class, File, FileKind, RepoPath};
use std::collections::{BTreeMap, BTreeSet};

/// So many descriptions of data are read.
const DESCRIPTIONS: usize = 200;
/// Longer ones are not.
const LONGEST: u64 = 4 << 20;
/// So many bytes of descriptions are read in all.
const ALL: u64 = 24 << 20;
/// So many files of a folder stand for all of them.
const SAMPLE: usize = 200;

/// Files that describe data in a standard way, read.
pub(super) fn descriptions(readings: &Readings<'_>) -> Vec<Description> {
    let mut so_far = 0u64;
    let named = readings.repo.files().iter().filter(|file| {
        file.kind == FileKind::Regular
            && file.class != Class::Source
            && (file.marks.none() || file.class == Class::Data)
            && file.len.is_none_or(|len| len <= LONGEST)
            && data_files::is_description(&file.path.name_lower())
    });
    let within = named.take(DESCRIPTIONS).take_while(|file| {
        so_far = so_far.saturating_add(file.len.unwrap_or_default());
        so_far <= ALL
    });
    let read = |file: &File| Some(Description::read(&file.path, &readings.repo.text_once(file).ok()?));
    within.filter_map(read).collect()
}

/// Metadata of the repository as a whole, which in a repository of data speaks of them.
pub(super) fn citations(readings: &Readings<'_>) -> Vec<Description> {
    const NAMES: &[&str] = &["CITATION.cff", ".zenodo.json", "zenodo.json", "codemeta.json"];
    let files = NAMES.iter().filter_map(|name| readings.repo.root_file(name)).filter(|file| file.len <= Some(LONGEST));
    files.filter_map(|file| Some(Description::read(&file.path, &readings.repo.text_once(file).ok()?))).collect()
}

/// The cards of data sets: front matter of READMEs.
pub(super) fn cards(readings: &Readings<'_>) -> Vec<Description> {
    let fields = |document: &&Document| {
        let first = document.prose.first();
        document.format == Format::Markdown && first.is_some_and(|first| first.kind == ProseKind::Field)
    };
    let documents = readings.corpus().documents().filter(|document| introduces(&document.path)).filter(fields);
    let read = |document: &Document| {
        let file = readings.repo.file(document.path.as_bytes()).filter(|file| file.len <= Some(LONGEST))?;
        Description::card(&document.path, &readings.repo.text_once(file).ok()?)
    };
    documents.take(DESCRIPTIONS).filter_map(read).collect()
}

/// What stands beside data: descriptions, READMEs and sidecars.
pub(super) struct Beside<'b, 'r> {
    readings: &'b Readings<'r>,
    descriptions: Vec<Description>,
    readmes: BTreeMap<&'b [u8], Vec<Readme<'b>>>,
}

/// A document that introduces its folder.
struct Readme<'b> {
    document: &'b Document,
    words: BTreeSet<String>,
    of_data: bool,
}

impl<'b, 'r> Beside<'b, 'r> {
    /// Reads what there is once; `groups` say for which folders.
    pub(super) fn new(readings: &'b Readings<'r>, groups: &[Group<'_>]) -> Self {
        let mut folders: BTreeSet<&[u8]> = BTreeSet::new();
        for group in groups {
            for folder in above(folder_of(group)) {
                if !folders.insert(folder) {
                    break;
                }
            }
        }
        let mut readmes: BTreeMap<&[u8], Vec<Readme<'_>>> = BTreeMap::new();
        let introduces = |document: &&Document| folders.contains(document.path.folder()) && introduces(&document.path);
        for document in readings.corpus().documents().filter(introduces) {
            readmes.entry(document.path.folder()).or_default().push(Readme::of(document));
        }
        Self { readings, descriptions: descriptions(readings), readmes }
    }

    /// What describes a group.
    pub(super) fn describes(&self, group: &Group<'_>) -> Option<String> {
        self.by_description(group).or_else(|| self.by_readme(group)).or_else(|| self.by_sidecar(group))
    }

    fn by_description(&self, group: &Group<'_>) -> Option<String> {
        let folder = folder_of(group);
        let files: Vec<String> = sample(group).map(|file| file.path.lossy().into_owned()).collect();
        let describes = |description: &&Description| {
            let named = files.iter().filter(|path| description.names(path)).count();
            // One that names no files speaks of its folder.
            let all = !folder.is_empty() && description.path.folder() == folder && !description.names_files;
            named > 0 && named * 2 >= files.len() || all
        };
        self.descriptions.iter().find(describes).map(|description| description.path.lossy().into_owned())
    }

    /// A README in the folder, or in a folder of data above it, that speaks of data.
    fn by_readme(&self, group: &Group<'_>) -> Option<String> {
        let speaks =
            |readme: &&Readme<'_>| readme.of_data || group.formats.iter().any(|one| readme.words.contains(one));
        above(folder_of(group)).enumerate().find_map(|(distance, folder)| {
            let name = String::from_utf8_lossy(folder.rsplit(|byte| *byte == b'/').next().unwrap_or_default());
            let found = self.readmes.get(folder)?.iter().find(speaks)?;
            let counts = distance == 0 || data_files::is_data_folder(&name.to_lowercase());
            counts.then(|| found.document.path.lossy().into_owned())
        })
    }

    /// Whether the document that introduces its folder names an open format, in which the data are offered, too.
    pub(super) fn names_open_format(&self, group: &Group<'_>) -> bool {
        const FORMATS: &[&str] = &["csv", "tsv", "geojson", "parquet", "geopackage", "gpkg", "ods"];
        let beside = self.readmes.get(folder_of(group)).into_iter().flatten();
        beside.into_iter().any(|readme| FORMATS.iter().any(|format| readme.words.contains(*format)))
    }

    /// A file of the same name beside it that describes it.
    fn by_sidecar(&self, group: &Group<'_>) -> Option<String> {
        let all: Vec<Option<String>> = sample(group).map(|file| self.sidecar(file)).collect();
        let named = all.iter().flatten().count();
        (named > 0 && named * 2 >= all.len()).then(|| all.into_iter().flatten().next()).flatten()
    }

    fn sidecar(&self, file: &File) -> Option<String> {
        let repo = self.readings.repo;
        let path = file.path.lossy().into_owned();
        let stem = path.rfind('.').map_or(path.as_str(), |dot| path.get(..dot).unwrap_or_default());
        let name = stem.rsplit('/').next().unwrap_or_default();
        let from = repo.files().partition_point(|other| other.path.as_bytes() < stem.as_bytes());
        let candidates = repo.files().iter().skip(from);
        let mut candidates = candidates.take_while(|other| other.path.as_bytes().starts_with(stem.as_bytes())).take(20);
        let found = candidates.find(|other| {
            let rest = other.path.lossy().get(stem.len()..).unwrap_or_default().to_lowercase();
            let rest = rest.trim_start_matches('.');
            let end = || rest.rsplit_once('.').is_some_and(|(_, end)| data_files::is_sidecar(end));
            other.path != file.path && other.len != Some(0) && (data_files::is_sidecar(rest) || end())
        });
        let of_r = matches!(path.rsplit('.').next(), Some("rda" | "rds" | "RData"));
        let manual = || repo.file(format!("man/{name}.Rd")).filter(|_| of_r);
        found.or_else(manual).map(|other| other.path.lossy().into_owned())
    }
}

impl<'b> Readme<'b> {
    fn of(document: &'b Document) -> Self {
        let texts = document.prose.iter().map(|prose| prose.text.as_str());
        let texts = texts.chain(document.headings.iter().map(|heading| heading.text.as_str()));
        let words: BTreeSet<String> =
            texts.flat_map(document::tokens).map(|(_, word)| word).filter(|word| word.len() <= 40).collect();
        let of_data = !is_about_documents(document) && words.iter().any(|word| data_files::speaks_of_data(word));
        Self { document, words, of_data }
    }
}

/// Some files of a group that stand for all.
fn sample<'g>(group: &'g Group<'_>) -> impl Iterator<Item = &'g File> {
    group.files.iter().take(SAMPLE).copied()
}

/// The folder in which a group lies, or that it is.
pub(super) fn folder_of<'g>(group: &'g Group<'_>) -> &'g [u8] {
    if group.is_folder { group.path.as_bytes() } else { group.path.folder() }
}

/// A folder and those above it, the root left out.
pub(super) fn above(folder: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = folder;
    std::iter::from_fn(move || {
        let now = at;
        at = now.iter().rposition(|byte| *byte == b'/').and_then(|slash| now.get(..slash)).unwrap_or_default();
        (!now.is_empty()).then_some(now)
    })
}

/// Whether a document introduces what lies beside it.
pub(super) fn introduces(path: &RepoPath) -> bool {
    let name = path.name_lower();
    name.starts_with("readme") || data_files::introduces(name.split('.').next().unwrap_or_default())
}

/// Whether a document only introduces other documents, or a program, as `docs/README.md` does.
pub(super) fn is_about_documents(document: &Document) -> bool {
    let folder = document.path.folder();
    let name = String::from_utf8_lossy(folder.rsplit(|byte| *byte == b'/').next().unwrap_or_default()).to_lowercase();
    matches!(name.as_str(), "docs" | "doc" | "documentation" | "src" | "scripts" | "app" | "public" | "static")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_above() {
        let folders: Vec<_> = above(b"a/b/c").map(|one| String::from_utf8_lossy(one).into_owned()).collect();
        assert_eq!(folders, ["a/b/c", "a/b", "a"]);
        assert_eq!(above(b"").count(), 0);
    }

    #[test]
    fn introductions() {
        for (path, yes) in [
            ("data/README.de.md", true),
            ("data/CODEBOOK.md", true),
            ("data/datenquellen.md", true),
            ("data/trees.md", false),
        ] {
            assert_eq!(introduces(&path.into()), yes, "{path}");
        }
    }
}
