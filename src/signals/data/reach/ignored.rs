//! Where is a file that the code reads by a path within the repository: in the tree, made or explained elsewhere, or
//! with nobody but its author?

use super::super::mention::Wanted;
use super::look::is_documented;
use crate::reading::Readings;
use crate::reading::data_files;
use crate::reading::needles::Needles;
use crate::reading::source::Use;
use crate::reading::tree_path;
use crate::repository::{Class, File, Ignored};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// So many files that are read are followed up.
const MOST: usize = 500;

/// Where a file is that is read by a path within the repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// in the tree
    InTheTree,
    /// a document speaks of it, or other code names it and may make or fetch it
    Explained,
    /// git leaves it out
    Ignored,
}

/// Where the files are that are read by a path within the repository. Those that are neither there nor left out by
/// git are not among them: they may come from anywhere.
pub(super) fn whereabouts<'r>(
    readings: &Readings<'_>,
    read: &[(&'r File, &'r Use)],
) -> Vec<(&'r File, &'r Use, Whereabouts)> {
    let ignores = readings.repo.ignores();
    let mut found = Vec::new();
    let mut missing: Vec<(&File, &Use)> = Vec::new();
    for (file, used) in read.iter().copied() {
        let candidates = candidates(file, &used.called);
        if candidates.iter().any(|path| is_there(readings, path)) {
            found.push((file, used, Whereabouts::InTheTree));
        } else if missing.len() < MOST && candidates.iter().any(|path| ignores.of(path.as_bytes()) != Ignored::No) {
            missing.push((file, used));
        }
    }
    let handled = handled_elsewhere(readings, &missing);
    let wanted: Vec<BTreeSet<Wanted>> = missing.iter().map(|(file, used)| names(file, &used.called)).collect();
    let documented = is_documented(readings, &wanted);
    for ((file, used), documented) in missing.into_iter().zip(documented) {
        let explained = documented || handled.contains(name_of(&used.called));
        found.push((file, used, if explained { Whereabouts::Explained } else { Whereabouts::Ignored }));
    }
    found
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The paths in the repository that a program may mean: from its own folder, and from the root.
fn candidates(file: &File, path: &str) -> BTreeSet<String> {
    let folder = String::from_utf8_lossy(file.path.folder()).into_owned();
    [folder.as_str(), ""]
        .iter()
        .filter_map(|from| tree_path::lead(from, path))
        .filter(|path| !path.is_empty())
        .collect()
}

fn is_there(readings: &Readings<'_>, path: &str) -> bool {
    let below = format!("{path}/");
    let files = readings.repo.files();
    let next = files.partition_point(|file| file.path.as_bytes() < path.as_bytes());
    files
        .iter()
        .skip(next)
        .take(2)
        .any(|file| file.path.as_bytes() == path.as_bytes() || file.path.as_bytes().starts_with(below.as_bytes()))
        || readings.repo.file(format!("{path}.dvc")).is_some()
}

/// The names of files that occur in code elsewhere than where they are read: something may make or fetch them.
fn handled_elsewhere(readings: &Readings<'_>, missing: &[(&File, &Use)]) -> BTreeSet<String> {
    let names: BTreeSet<&str> = missing.iter().map(|(_, used)| name_of(&used.called)).collect();
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return BTreeSet::new();
    }
    let finder = Needles::new(&names);
    let files: Vec<&File> = readings
        .repo
        .files()
        .iter()
        .filter(|file| matches!(file.class, Class::Source | Class::Configuration | Class::Manifest))
        .filter(|file| file.path.name() != b".gitignore")
        .collect();
    let met: Vec<usize> = files
        .par_iter()
        .filter_map(|file| readings.repo.text_once(file).ok())
        .flat_map_iter(|text| finder.all(&text).map(|(name, _)| name).collect::<Vec<_>>())
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in met.into_iter().filter_map(|at| names.get(at)) {
        *times.entry(name).or_default() += 1;
    }
    let mut read: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, used) in missing {
        *read.entry(name_of(&used.called)).or_default() += 1;
    }
    names.iter().filter(|name| times.get(*name) > read.get(*name)).map(|name| (*name).to_owned()).collect()
}

/// What names a file that is left out: its name where it tells it, its path, its folder.
fn names(file: &File, path: &str) -> BTreeSet<Wanted> {
    let mut wanted = BTreeSet::new();
    let name = name_of(path);
    let stem = name.split('.').next().unwrap_or_default();
    if data_files::is_telling_name(stem) {
        wanted.insert(Wanted::Exact(name.to_owned()));
    }
    for candidate in candidates(file, path) {
        let mut folder = candidate.as_str();
        while let Some((above, last)) = folder.rsplit_once('/') {
            wanted.insert(Wanted::Exact(folder.to_owned()));
            if folder != candidate && !data_files::is_generic_folder(&last.to_lowercase()) {
                wanted.insert(Wanted::Folder(last.to_owned()));
            }
            folder = above;
        }
        // `data/` in a document may speak of what lies in it, but hardly of what lies in a folder below it.
        if candidate.matches('/').count() == 1 || !data_files::is_generic_folder(&folder.to_lowercase()) {
            wanted.insert(Wanted::Folder(folder.to_owned()));
        }
    }
    wanted
}
