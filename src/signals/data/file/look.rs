//! Which data files are there, and does anything describe them?

use super::super::mention::{self, Wanted};
use super::group::{Group, grouped};
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::data_files;
use crate::reading::document::{self, Document};
use crate::repository::{Class, File, FileKind, RepoPath};
use crate::signal::{Observation, Place, Reading, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeSet;

/// So many bytes tell what a JSON file holds.
const HEAD: usize = 4096;
/// So many descriptions of data are read.
const DESCRIPTIONS: usize = 64;

/// The data files without marks, similar ones of a folder together.
pub(in crate::signals::data) fn groups<'r>(readings: &Readings<'r>) -> Vec<Group<'r>> {
    grouped(data_files_of(readings))
}

/// The data files, and folders of similar ones.
pub(super) fn files(readings: &Readings<'_>) -> Vec<Observation> {
    let groups = groups(readings);
    let descriptions = descriptions(readings);
    let wanted: Vec<_> = groups.iter().map(names).collect();
    let places = mention::places(readings, &wanted);
    let each: Vec<BTreeSet<Wanted>> = groups
        .iter()
        .flat_map(|group| group.files.iter().filter(|_| group.is_folder).map(|file| file_names(file)))
        .collect();
    let mut each_places = mention::places(readings, &each).into_iter();
    let mut seen = Vec::new();
    for (group, mut places) in groups.iter().zip(places) {
        if group.is_folder {
            let of_files: Vec<_> = each_places.by_ref().take(group.files.len()).collect();
            let named = of_files.iter().filter(|places| !places.is_empty()).count();
            if places.is_empty() && named * 2 >= group.files.len() {
                places = of_files.into_iter().flatten().take(3).collect();
            }
        }
        if places.is_empty() {
            places.extend(described(readings, &descriptions, group));
        }
        seen.push(observed(readings, group, places));
    }
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen
}

fn observed(readings: &Readings<'_>, group: &Group<'_>, places: Vec<String>) -> Observation {
    let formats: Vec<&str> = group.formats.iter().map(String::as_str).collect();
    let bytes: Option<u64> = group.files.iter().map(|file| file.len).sum();
    let bytes: Reading = bytes.and_then(|bytes| i64::try_from(bytes).ok()).map(Value::from).ok_or_else(|| {
        Phrase::new(
            "the size is not known without reading the files",
            "die Größe ist nicht bekannt, ohne die Dateien zu lesen",
        )
    });
    let corpus = readings.corpus();
    let documented: Reading = if places.is_empty() && corpus.documents().next().is_none() && !corpus.unread().is_empty()
    {
        Err(Phrase::new(
            "the only documents are in a format that is not read (PDF, office files)",
            "die einzigen Dokumente haben ein Format, das nicht gelesen wird (PDF, Office-Dateien)",
        ))
    } else {
        Ok(Value::from(!places.is_empty()))
    };
    Observation::new(Place::file(&group.path), group.path.untrusted())
        .with_reading("documented", documented)
        .with("documented-where", Value::List(places.into_iter().map(Untrusted::from).collect()))
        .with("format", formats.join(", ").as_str())
        .with("files", group.files.len())
        .with_reading("bytes", bytes)
}

/// The data files without marks, parts of sets and what only looks like data left out; each with its format.
pub(in crate::signals::data) fn data_files_of<'r>(readings: &Readings<'r>) -> Vec<(&'r File, String)> {
    let mut found = Vec::new();
    for file in readings.repo.files() {
        if file.class != Class::Data || !file.marks.none() || file.kind == FileKind::Submodule {
            continue;
        }
        let end = format_of(&file.path);
        let lower = file.path.lower();
        let mut folders: Vec<String> = lower.split('/').map(str::to_owned).collect();
        let name = folders.pop().unwrap_or_default();
        if data_files::is_no_data(&folders, &name, file.len) || data_files::is_description(&name) {
            continue;
        }
        if let Some(main) = data_files::set_of(&end) {
            // `.dbf` may be a table of its own; the other parts mean nothing alone.
            let stem = file.path.as_bytes().strip_suffix(end.as_bytes()).unwrap_or_default();
            let whole = [stem, main.as_bytes()].concat();
            if end != "dbf" || readings.repo.file(&whole).is_some() {
                continue;
            }
        }
        if matches!(end.as_str(), "json" | "jsonld") && is_no_data_json(readings, file) {
            continue;
        }
        found.push((file, end));
    }
    found
}

fn is_no_data_json(readings: &Readings<'_>, file: &File) -> bool {
    readings.repo.head(file, HEAD).is_ok_and(|head| data_files::is_no_data_json(&String::from_utf8_lossy(&head)))
}

/// The format by the name: what is packed counts as what it holds.
fn format_of(path: &RepoPath) -> String {
    let name = path.name_lower();
    let end = path.extension();
    if matches!(end.as_str(), "gz" | "zip" | "bz2" | "xz" | "zst" | "7z") {
        let inner = name.strip_suffix(&format!(".{end}")).unwrap_or_default();
        if let Some((stem, inner)) = inner.rsplit_once('.')
            && !stem.is_empty()
            && inner.len() <= 8
            && inner.bytes().all(|byte| byte.is_ascii_alphabetic())
        {
            return inner.to_owned();
        }
    }
    end
}

/// What names a group in a document.
fn names(group: &Group<'_>) -> BTreeSet<Wanted> {
    let mut wanted = match group.files.first() {
        Some(file) if !group.is_folder => file_names(file),
        _ => BTreeSet::new(),
    };
    let path = group.path.lossy().into_owned();
    let folder = if group.is_folder { path.as_str() } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    wanted.extend(folder_names(folder));
    wanted
}

/// What names a folder: its own name where that says something, else its path.
fn folder_names(folder: &str) -> Vec<Wanted> {
    let mut found = Vec::new();
    let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if let Some(last) = parts.last()
        && !data_files::is_generic_folder(&last.to_lowercase())
    {
        let telling = data_files::is_telling_stem(last);
        found.push(if telling { Wanted::Exact((*last).to_owned()) } else { Wanted::Folder((*last).to_owned()) });
    }
    if parts.len() > 1 {
        found.push(Wanted::Exact(folder.to_owned()));
        // `data/raw` says where; `raw` alone does not.
        let end = parts.get(parts.len() - 2..).unwrap_or_default();
        if end.iter().any(|part| !data_files::is_generic_folder(&part.to_lowercase())) {
            found.push(Wanted::Exact(end.join("/")));
        }
    }
    found
}

/// What names a file.
fn file_names(file: &File) -> BTreeSet<Wanted> {
    let path = file.path.lossy().into_owned();
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let mut wanted = BTreeSet::new();
    if path.contains('/') {
        wanted.insert(Wanted::Exact(path.clone()));
    }
    if data_files::is_telling_name(stem) || !path.contains('/') {
        wanted.insert(Wanted::Exact(name.to_owned()));
    }
    if data_files::is_telling_stem(stem) {
        wanted.insert(Wanted::Exact(stem.to_owned()));
    }
    wanted
}

/// Files that describe data in a standard way: where they lie and what they say.
fn descriptions(readings: &Readings<'_>) -> Vec<(RepoPath, String)> {
    let named = readings.repo.files().iter().filter(|file| {
        file.kind == FileKind::Regular
            && data_files::is_description(&file.path.name_lower())
            && file.class != Class::Source
    });
    named
        .take(DESCRIPTIONS)
        .filter_map(|file| Some((file.path.clone(), readings.repo.text(file).ok()?.to_string())))
        .collect()
}

/// What describes a group besides documents that name it.
fn described(readings: &Readings<'_>, descriptions: &[(RepoPath, String)], group: &Group<'_>) -> Option<String> {
    let folder = if group.is_folder { group.path.as_bytes() } else { group.path.folder() };
    by_description(descriptions, group, folder)
        .or_else(|| by_readme(readings, group, folder))
        .or_else(|| by_sidecar(readings, group))
}

fn by_description(descriptions: &[(RepoPath, String)], group: &Group<'_>, folder: &[u8]) -> Option<String> {
    let names = |text: &str| {
        let named =
            group.files.iter().filter(|file| text.contains(String::from_utf8_lossy(file.path.name()).as_ref())).count();
        named > 0 && named * 2 >= group.files.len()
    };
    descriptions
        .iter()
        .find(|(path, text)| {
            let beside = path.folder() == folder && !folder.is_empty() && text.len() > 40;
            beside || names(text)
        })
        .map(|(path, _)| path.lossy().into_owned())
}

/// A README in the folder, or in a folder of data above it, that speaks of data.
fn by_readme(readings: &Readings<'_>, group: &Group<'_>, folder: &[u8]) -> Option<String> {
    let mut at = folder;
    let mut nearest = true;
    while !at.is_empty() {
        let name = String::from_utf8_lossy(at.rsplit(|byte| *byte == b'/').next().unwrap_or_default()).to_lowercase();
        if nearest || name.contains("data") || name.contains("daten") {
            let beside = readings.corpus().documents().find(|document| {
                document.path.folder() == at && is_readme(&document.path) && speaks_of(document, group)
            });
            if let Some(document) = beside {
                return Some(document.path.lossy().into_owned());
            }
        }
        nearest = false;
        at = at.iter().rposition(|byte| *byte == b'/').and_then(|slash| at.get(..slash)).unwrap_or_default();
    }
    None
}

fn is_readme(path: &RepoPath) -> bool {
    let name = path.name_lower();
    [
        "readme",
        "liesmich",
        "datasheet",
        "dataset_card",
        "dataset-card",
        "data",
        "daten",
        "datenquellen",
        "codebook",
        "metadata",
        "metadaten",
        "about",
    ]
    .iter()
    .any(|start| name.split('.').next() == Some(start))
        || name.starts_with("readme")
}

/// Whether a document beside data speaks of data, in prose.
fn speaks_of(document: &Document, group: &Group<'_>) -> bool {
    let texts = document
        .prose
        .iter()
        .map(|prose| prose.text.as_str())
        .chain(document.headings.iter().map(|heading| heading.text.as_str()));
    let mut words = texts.flat_map(document::tokens).map(|(_, word)| word);
    words.any(|word| {
        group.formats.contains(&word) || data_files::speaks_of_data(&word) && !document_is_about_documents(document)
    })
}

/// Whether a document only introduces other documents, as `docs/README.md` does.
fn document_is_about_documents(document: &Document) -> bool {
    let folder = document.path.folder();
    let name = String::from_utf8_lossy(folder.rsplit(|byte| *byte == b'/').next().unwrap_or_default()).to_lowercase();
    matches!(name.as_str(), "docs" | "doc" | "documentation" | "src" | "scripts" | "app" | "public" | "static")
}

/// A file of the same name beside it that describes it.
fn by_sidecar(readings: &Readings<'_>, group: &Group<'_>) -> Option<String> {
    let beside = |file: &File| {
        let path = file.path.lossy().into_owned();
        let stem = path.rfind('.').map_or(path.as_str(), |dot| &path[..dot]);
        let name = stem.rsplit('/').next().unwrap_or_default();
        let candidates = readings
            .repo
            .files()
            .iter()
            .skip(readings.repo.files().partition_point(|other| other.path.as_bytes() < stem.as_bytes()));
        let mut candidates = candidates.take_while(|other| other.path.as_bytes().starts_with(stem.as_bytes())).take(20);
        let found = candidates.find(|other| {
            let rest = other.path.lossy().get(stem.len()..).unwrap_or_default().to_lowercase();
            let rest = rest.trim_start_matches('.');
            other.path != file.path
                && other.len != Some(0)
                && (data_files::is_sidecar(rest)
                    || rest.rsplit_once('.').is_some_and(|(_, end)| data_files::is_sidecar(end)))
        });
        let manual = || {
            readings
                .repo
                .file(format!("man/{name}.Rd"))
                .filter(|_| matches!(path.rsplit('.').next(), Some("rda" | "rds" | "RData")))
        };
        found.or_else(manual).map(|other| other.path.lossy().into_owned())
    };
    let all: Vec<Option<String>> = group.files.iter().take(200).map(|file| beside(file)).collect();
    let named = all.iter().flatten().count();
    (named > 0 && named * 2 >= all.len()).then(|| all.into_iter().flatten().next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (path, format) in
            [("a.csv", "csv"), ("a.csv.gz", "csv"), ("a.geojson.zip", "geojson"), ("a.zip", "zip"), ("v1.2.zip", "zip")]
        {
            assert_eq!(format_of(&path.into()), format, "{path}");
        }
    }

    #[test]
    fn names_of_folders() {
        let names = |folder: &str| {
            folder_names(folder).into_iter().map(|wanted| format!("{wanted:?}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names("data"), "");
        assert_eq!(names("data/raw"), "Exact(\"data/raw\")");
        assert!(names("data/xml_files").contains("Exact(\"xml_files\")"));
    }
}
