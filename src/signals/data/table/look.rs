//! Which tables are there, and does anything say what their columns mean?

use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::corpus;
use crate::reading::data_files;
use crate::reading::table::explained::{self, Explains, Finder};
use crate::reading::table::scan::Found;
use crate::repository::{Class, File, FileKind, Mark, RepoPath};
use crate::signal::{Observation, Place, Reading, Value};
use crate::untrusted::Untrusted;
use std::collections::{BTreeMap, BTreeSet};

/// So many files that explain columns are read, and so large ones.
const EXPLAINING: usize = 200;
const BYTES: u64 = 1 << 20;
/// Fewer rows than a rule asks for may be all that a beginning holds.
const FEW: usize = 20;
/// So many columns are told in a sentence.
const TOLD: usize = 6;
/// So many files are told that name columns.
const WHERE: usize = 3;

/// Tables with the same header.
struct Alike<'r> {
    first: &'r Found,
    files: usize,
    telling: BTreeSet<String>,
    /// those of them that nobody understands by their name alone
    riddles: BTreeSet<String>,
    rows: usize,
    whole: bool,
}

pub(super) fn tables(readings: &Readings<'_>) -> Vec<Observation> {
    let alike = alike(&readings.tables().files);
    if alike.is_empty() {
        return Vec::new();
    }
    let all = alike.iter().flat_map(|table| table.telling.iter().cloned()).collect();
    let finder = Finder::of(all);
    let named = named(readings, &finder);
    let places: Vec<Vec<String>> = alike.iter().map(|table| places(&named, table)).collect();
    let described: Vec<(&Alike<'_>, &Vec<String>)> =
        alike.iter().zip(&places).filter(|(_, places)| !places.is_empty()).collect();
    // the tables of an archive have a column more or less than those of today, which are described
    let related = |table: &Alike<'_>| {
        let near = |other: &Alike<'_>| {
            let shared = table.telling.intersection(&other.telling).count();
            shared > 1 && shared * 2 >= table.telling.len()
        };
        described.iter().find(|(other, _)| near(other)).map(|(_, places)| (*places).clone())
    };
    let twins = twins(readings);
    let all = alike.iter().zip(&places).map(|(table, places)| {
        let others = || related(table).or_else(|| Some(vec![twins.get(&key(&table.first.path))?.clone()]));
        let places = if places.is_empty() { others().unwrap_or_default() } else { places.clone() };
        observed(readings, &places, table)
    });
    let mut seen: Vec<_> = all.collect();
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen
}

/// The tables by their headers; those without one by their folder.
fn alike(tables: &[Found]) -> Vec<Alike<'_>> {
    let mut groups: BTreeMap<(Vec<String>, Vec<u8>), Alike<'_>> = BTreeMap::new();
    for table in tables {
        if explained::explains(&table.path.name_lower()) != Explains::No
            || data_files::is_description(&table.path.name_lower())
            || table.columns.len() < 2
        {
            continue;
        }
        let key = match table.header {
            Some(_) => (table.columns.iter().map(|name| name.to_lowercase()).collect(), Vec::new()),
            None => (Vec::new(), table.path.folder().to_vec()),
        };
        let alike = groups.entry(key).or_insert_with(|| Alike {
            first: table,
            files: 0,
            telling: explained::telling(table.columns.iter().map(String::as_str)),
            riddles: explained::telling(
                table.columns.iter().map(String::as_str).filter(|name| explained::is_riddle(name)),
            ),
            rows: 0,
            whole: true,
        });
        alike.files += 1;
        if table.rows > alike.rows {
            alike.rows = table.rows;
        }
        alike.whole &= table.whole;
    }
    groups.into_values().collect()
}

/// The texts that may explain columns, each with the columns that it names.
fn named<'f>(readings: &Readings<'_>, finder: &'f Finder) -> Vec<(String, BTreeSet<&'f str>)> {
    let repo = readings.repo;
    let documents: BTreeSet<&[u8]> = readings.corpus().documents().map(|document| document.path.as_bytes()).collect();
    let is_manual = |file: &File| file.path.extension() == "rd" || file.path.as_bytes() == b"R/data.R";
    let explains = |file: &&File| {
        let name = file.path.name_lower();
        let by_name = explained::explains(&name) == Explains::Text || data_files::is_description(&name);
        file.kind == FileKind::Regular
            && !file.marks.has(Mark::Vendored)
            && !file.marks.has(Mark::Test)
            && file.len.is_some_and(|len| len <= BYTES)
            && (by_name || is_manual(file) || is_sidecar(readings, file))
            && !documents.contains(file.path.as_bytes())
    };
    let beside = repo.files().iter().filter(explains).take(EXPLAINING);
    let fits = |file: &&File| file.len.is_none_or(|len| len <= BYTES);
    let of_corpus = documents.iter().filter_map(|path| repo.file(path)).filter(fits);
    of_corpus
        .chain(beside)
        .filter_map(|file| {
            let text = repo.text(file).ok()?;
            let found = finder.found(&text);
            (!found.is_empty()).then(|| (file.path.lossy().into_owned(), found))
        })
        .collect()
}

/// Whether a file is called as a table beside it and describes it: `trees.csv.md`, `trees.meta`.
fn is_sidecar(readings: &Readings<'_>, file: &File) -> bool {
    let path = file.path.lossy();
    let Some((stem, end)) = path.rsplit_once('.') else { return false };
    data_files::is_sidecar(&end.to_lowercase())
        && file.class != Class::Source
        && ["", ".csv", ".tsv"]
            .iter()
            .any(|end| readings.repo.file(format!("{stem}{end}")).is_some_and(|other| other.class == Class::Data))
}

/// By what a document is told to belong to a table: the name without its ending, and that of the folder.
fn key(path: &RepoPath) -> (String, String) {
    let path = path.lower();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let stem = name.split('.').next().unwrap_or_default();
    (stem.to_owned(), folder.rsplit('/').next().unwrap_or_default().to_owned())
}

/// The pages of a reference to data sets, each called as the table it describes: `doc/health/beds.html` for
/// `csv/health/beds.csv`.
fn twins(readings: &Readings<'_>) -> BTreeMap<(String, String), String> {
    let is_page = |file: &&File| {
        file.kind == FileKind::Regular
            && matches!(file.path.extension().as_str(), "html" | "rst" | "md" | "rd" | "adoc")
            && file.path.folder().contains(&b'/')
            && !corpus::is_readme(&file.path)
    };
    let pages = readings.repo.files().iter().filter(is_page);
    pages.map(|file| (key(&file.path), file.path.lossy().into_owned())).collect()
}

/// The texts that name at least half of a table's columns, or of those of them that are riddles.
fn places(named: &[(String, BTreeSet<&str>)], table: &Alike<'_>) -> Vec<String> {
    let half = |found: &BTreeSet<&str>, wanted: &BTreeSet<String>| {
        let count = found.iter().filter(|name| wanted.contains(**name)).count();
        count > 0 && count * 2 >= wanted.len()
    };
    let names = |found: &BTreeSet<&str>| half(found, &table.telling) || half(found, &table.riddles);
    named.iter().filter(|(_, found)| names(found)).map(|(path, _)| path.clone()).take(WHERE).collect()
}

fn observed(readings: &Readings<'_>, places: &[String], table: &Alike<'_>) -> Observation {
    let path = &table.first.path;
    let place = table.first.header.map_or_else(|| Place::file(path), |span| Place::span(path, span));
    let described: Reading = match () {
        () if !places.is_empty() => Ok(Value::from(true)),
        () if table.first.header.is_none() => Err(Phrase::new(
            "{path} has no header, so nobody can tell which columns a text would have to name",
            "{path} hat keine Kopfzeile; welche Spalten ein Text nennen müsste, ist nicht zu erkennen",
        )
        .with("path", path.untrusted())),
        () => match unread(readings, table) {
            Some(unread) => Err(Phrase::new(
                "{unread} may say what the columns of {path} mean, but its format is not read",
                "{unread} sagt vielleicht, was die Spalten von {path} bedeuten; das Format wird aber nicht gelesen",
            )
            .with("unread", unread)
            .with("path", path.untrusted())),
            None => Ok(Value::from(false)),
        },
    };
    let rows: Reading = if table.rows <= FEW && !table.whole {
        Err(Phrase::new(
            "the rows of {path} are too long to count them by its beginning",
            "die Zeilen von {path} sind zu lang, um sie am Anfang der Datei zu zählen",
        )
        .with("path", path.untrusted()))
    } else {
        Ok(Value::from(table.rows))
    };
    let list = |names: &mut dyn Iterator<Item = &str>| Value::List(names.map(Untrusted::from).collect());
    Observation::new(place, path.untrusted())
        .with("columns", list(&mut table.first.columns.iter().map(String::as_str)))
        .with("unclear-columns", unclear(table))
        .with("self-explaining", table.first.header.is_some() && is_clear(table))
        .with_reading("rows", rows)
        .with("tables", table.files)
        .with_reading("described", described)
        .with("described-where", list(&mut places.iter().map(|path| path.as_str())))
        .not_quotable()
}

/// Whether hardly a column is a riddle: fewer than one in five of those that are no commonplace, or fewer than three
/// that are not half of them.
fn is_clear(table: &Alike<'_>) -> bool {
    let (riddles, telling) = (table.riddles.len(), table.telling.len());
    riddles < 2 || riddles * 5 < telling || riddles < 3 && riddles * 2 < telling
}

/// The first columns that need to be explained, in the order of the table and as they are written.
fn unclear(table: &Alike<'_>) -> Untrusted {
    let unclear: Vec<&str> = table
        .first
        .columns
        .iter()
        .map(String::as_str)
        .filter(|name| table.riddles.contains(&name.to_lowercase()))
        .collect();
    let mut told = unclear.iter().take(TOLD).copied().collect::<Vec<_>>().join(", ");
    if unclear.len() > TOLD {
        told.push_str(", …");
    }
    Untrusted::from(told)
}

/// A file in the folder of a table, or above it, that by its name explains columns and cannot be read.
fn unread(readings: &Readings<'_>, table: &Alike<'_>) -> Option<Untrusted> {
    let folder = table.first.path.folder();
    let of_name = |file: &&File| {
        let above = file.path.folder();
        let is_above = above.is_empty()
            || folder == above
            || folder.strip_prefix(above).is_some_and(|rest| rest.starts_with(b"/"));
        is_above && explained::explains(&file.path.name_lower()) == Explains::Unread
    };
    readings.repo.files().iter().find(of_name).map(|file| file.path.untrusted())
}
