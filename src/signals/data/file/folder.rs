//! Under which licence are the data of a folder?

use super::described::above;
use super::find;
use super::given::{Given, Licences};
use super::group::Group;
use super::look::{MOST_GROUPS, too_many};
use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::data_files;
use crate::repository::{File, RepoPath};
use crate::signal::{Kind, Observation, Place, Reading, Signal, Subject, Value};
use crate::untrusted::Untrusted;
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::signals::data) const SUBJECT: Subject = Subject {
    name: "data-folder",
    is: Words::new("folder with data files", "Ordner mit Datendateien"),
    none: Words::new("no data files", "keine Datendateien"),
    signals: &[
        Signal {
            name: "licence-stated",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does anything say under which licence the data are: REUSE, a data package or card, a licence file for data, or a sentence?",
                "Sagt irgendetwas, unter welcher Lizenz die Daten stehen: REUSE, ein Datenpaket oder eine Card, eine Lizenzdatei für Daten oder ein Satz?",
            ),
        },
        Signal {
            name: "licence",
            kind: Kind::Text,
            asks: Words::new(
                "Which licence is named (empty where none is)?",
                "Welche Lizenz ist genannt (leer, wo keine genannt ist)?",
            ),
        },
        Signal { name: "licence-where", kind: Kind::List, asks: Words::new("Where is it stated?", "Wo steht das?") },
        Signal {
            name: "format",
            kind: Kind::Text,
            asks: Words::new(
                "In which formats are the files (`csv`, `geojson` …)?",
                "In welchen Formaten liegen die Dateien vor (`csv`, `geojson` …)?",
            ),
        },
        Signal {
            name: "files",
            kind: Kind::Number,
            asks: Words::new("How many data files are counted here?", "Wie viele Datendateien sind hier gezählt?"),
        },
    ],
    look,
};

/// So many files of a folder stand for all of them.
const SAMPLE: usize = 50;

/// Data files of a folder.
#[derive(Default)]
struct Folder<'f> {
    files: Vec<&'f File>,
    formats: BTreeSet<String>,
}

/// The folders with data files; those below one folder of data that nothing licenses are one.
fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let groups = find::groups(readings);
    if groups.is_empty() {
        return Vec::new();
    }
    let licences = Licences::of(readings, &groups);
    let (mut licensed, mut bare) = (BTreeMap::new(), BTreeMap::new());
    let mut seen = Vec::new();
    for (number, (path, folder)) in folders(&groups).into_iter().enumerate() {
        if number >= MOST_GROUPS {
            seen.push(observed(&path, &folder, Err(&too_many())));
            continue;
        }
        let sample = folder.files.iter().take(SAMPLE);
        let given: Vec<&Given> = sample.filter_map(|file| licences.given(file)).collect();
        if given.len() * 2 >= folder.files.len().min(SAMPLE) {
            licensed.insert(path, (folder, given));
        } else {
            bare.insert(path, folder);
        }
    }
    together(&mut bare, &licensed.keys().cloned().collect());
    seen.extend(licensed.into_iter().map(|(path, (folder, given))| observed(&path, &folder, Ok(given))));
    let unknown = licences.unknown();
    seen.extend(bare.into_iter().map(|(path, folder)| observed(&path, &folder, unknown.map_or(Ok(Vec::new()), Err))));
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen
}

/// The files by the folder that is reported; those of the root stand for themselves.
fn folders<'g>(groups: &[Group<'g>]) -> BTreeMap<RepoPath, Folder<'g>> {
    let mut found: BTreeMap<RepoPath, Folder<'g>> = BTreeMap::new();
    for group in groups {
        let path = match (group.is_folder, group.path.at_root()) {
            (false, false) => RepoPath::new(group.path.folder()),
            _ => group.path.clone(),
        };
        let folder = found.entry(path).or_default();
        folder.files.extend(&group.files);
        folder.formats.extend(group.formats.iter().cloned());
    }
    found
}

/// Takes two or more folders together that lie below one folder of data with nothing licensed in it.
fn together(bare: &mut BTreeMap<RepoPath, Folder<'_>>, licensed: &BTreeSet<RepoPath>) {
    let mut below: BTreeMap<Vec<u8>, BTreeSet<RepoPath>> = BTreeMap::new();
    for path in bare.keys() {
        for folder in above(path.as_bytes()).filter(|folder| is_of_data(folder)) {
            below.entry(folder.to_vec()).or_default().insert(path.clone());
        }
    }
    let holds_licensed = |folder: &[u8]| {
        let from = RepoPath::new([folder, b"/"].concat());
        licensed.contains(&RepoPath::new(folder))
            || licensed.range(from.clone()..).next().is_some_and(|next| next.as_bytes().starts_with(from.as_bytes()))
    };
    // The outermost folders come first.
    for (folder, paths) in below {
        let here: Vec<&RepoPath> = paths.iter().filter(|path| bare.contains_key(path)).collect();
        if here.len() < 2 || holds_licensed(&folder) {
            continue;
        }
        let mut whole = Folder::default();
        for part in here.into_iter().filter_map(|path| bare.remove(path)) {
            whole.files.extend(part.files);
            whole.formats.extend(part.formats);
        }
        bare.insert(RepoPath::new(&folder), whole);
    }
}

fn is_of_data(folder: &[u8]) -> bool {
    let name = String::from_utf8_lossy(folder.rsplit(|byte| *byte == b'/').next().unwrap_or_default()).to_lowercase();
    // Packages of R keep theirs in `inst`.
    data_files::is_data_folder(&name) || matches!(name.as_str(), "inst" | "extdata")
}

fn observed(path: &RepoPath, folder: &Folder<'_>, given: Result<Vec<&Given>, &crate::phrase::Phrase>) -> Observation {
    let formats: Vec<&str> = folder.formats.iter().map(String::as_str).collect();
    let stated: Reading = given.as_ref().map(|given| Value::from(!given.is_empty())).map_err(|why| (*why).clone());
    let given = given.unwrap_or_default();
    let names: BTreeSet<&str> =
        given.iter().filter_map(|one| Some(one.licence.as_ref()?.name.as_str())).take(50).collect();
    let places: BTreeSet<String> = given.iter().map(|one| one.at()).collect();
    let names: Vec<&str> = names.into_iter().take(3).collect();
    Observation::new(Place::file(path), path.untrusted())
        .with_reading("licence-stated", stated)
        .with("licence", names.join(", ").as_str())
        .with("licence-where", Value::List(places.into_iter().take(3).map(Untrusted::from).collect()))
        .with("format", formats.join(", ").as_str())
        .with("files", folder.files.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_data_are_taken_together() {
        for (bare, licensed, wanted) in [
            (&["data/a", "data/b"][..], &[][..], &["data"][..]),
            (&["data/a", "data/b"], &["data/c"], &["data/a", "data/b"]),
            (&["src/a", "src/b"], &[], &["src/a", "src/b"]),
            (&["data/a"], &[], &["data/a"]),
            (&["x/data/a/b", "x/data/a/c", "x/data"], &[], &["x/data"]),
        ] {
            let mut bare: BTreeMap<RepoPath, Folder<'_>> =
                bare.iter().map(|path| ((*path).into(), Folder::default())).collect();
            together(&mut bare, &licensed.iter().map(|path| (*path).into()).collect());
            let found: Vec<String> = bare.keys().map(|path| path.lossy().into_owned()).collect();
            assert_eq!(found, wanted);
        }
    }
}
