//! Which data files are there, and does anything describe them?

use super::super::mention::{self, Wanted};
use super::described::Beside;
use super::find;
use super::group::Group;
use super::twin::Twins;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::data_files;
use crate::repository::File;
use crate::signal::{Observation, Place, Reading, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeSet;

/// So many files of a folder stand for all of them where documents may name each.
const SAMPLE: usize = 60;
/// So many files of folders are looked for by name in all.
const MOST_NAMES: usize = 10_000;
/// So many groups are looked for in documents.
pub(super) const MOST_GROUPS: usize = 5_000;

/// The data files, and folders of similar ones.
pub(super) fn files(readings: &Readings<'_>) -> Vec<Observation> {
    let groups = find::groups(readings);
    if groups.is_empty() {
        return Vec::new();
    }
    let beside = Beside::new(readings, &groups);
    let twins = Twins::new(readings, &groups, &beside);
    let wanted: Vec<_> = groups.iter().take(MOST_GROUPS).map(names).collect();
    let places = mention::places(readings, &wanted);
    let mut left = MOST_NAMES;
    let mut each: Vec<BTreeSet<Wanted>> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    for (group, places) in groups.iter().zip(&places) {
        let count = if group.is_folder && places.is_empty() { group.files.len().min(SAMPLE).min(left) } else { 0 };
        left -= count;
        counts.push(count);
        each.extend(group.files.iter().take(count).map(|file| file_names(file)));
    }
    let mut each_places = mention::places(readings, &each).into_iter();
    let mut seen = Vec::new();
    for ((group, mut places), count) in groups.iter().zip(places).zip(counts) {
        let of_files: Vec<_> = each_places.by_ref().take(count).collect();
        let named = of_files.iter().filter(|places| !places.is_empty()).count();
        if named > 0 && named * 2 >= count {
            places = of_files.into_iter().flatten().take(3).collect();
        }
        let mut told: Vec<String> = places.iter().map(mention::Mention::told).collect();
        if told.is_empty() {
            told.extend(beside.describes(group));
        }
        let documented = mention::documented(readings, !told.is_empty());
        seen.push(observed(readings, group, documented, told, &twins));
    }
    for group in groups.iter().skip(MOST_GROUPS) {
        seen.push(observed(readings, group, Err(too_many()), Vec::new(), &twins));
    }
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen
}

/// Why nothing is said of groups beyond the limit.
pub(super) fn too_many() -> Phrase {
    Phrase::new(
        "here lie more separate data files than are looked at one by one",
        "hier liegen mehr einzelne Datendateien, als einzeln angesehen werden",
    )
}

fn observed(
    readings: &Readings<'_>,
    group: &Group<'_>,
    documented: Reading,
    places: Vec<String>,
    twins: &Twins<'_>,
) -> Observation {
    let formats: Vec<&str> = group.formats.iter().map(String::as_str).collect();
    let bytes: Option<u64> = group.files.iter().map(|file| find::bytes(readings, file)).sum();
    let bytes: Reading = bytes.and_then(|bytes| i64::try_from(bytes).ok()).map(Value::from).ok_or_else(|| {
        Phrase::new(
            "the size is not known without reading the files",
            "die Größe ist nicht bekannt, ohne die Dateien zu lesen",
        )
    });
    let without_twin = twins.without(group);
    let vendor: Vec<&str> = without_twin.iter().map(String::as_str).collect();
    Observation::new(Place::file(&group.path), group.path.untrusted())
        .with_reading("documented", documented)
        .with("documented-where", Value::List(places.into_iter().map(Untrusted::from).collect()))
        .with("format", formats.join(", ").as_str())
        .with("files", group.files.len())
        .with("needs-one-vendor", !vendor.is_empty())
        .with("vendor-format", vendor.join(", ").as_str())
        .with_reading("bytes", bytes)
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
    let path = path.strip_suffix(".dvc").unwrap_or(&path).to_owned();
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

#[cfg(test)]
mod tests {
    use super::*;

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
