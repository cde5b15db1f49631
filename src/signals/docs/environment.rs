//! Which environment variables does the program need, and does anybody name them?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::language;
use crate::reading::needles::Needles;
use crate::reading::pass::FileScan;
use crate::reading::source::environment::{self, Absence, Variable};
use crate::repository::{Class, File, FileKind, Mark, RepoPath};
use crate::signal::{Kind, Observation, Place, Reading, Signal, Span, Subject, Value};
use crate::untrusted::Untrusted;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const VARIABLE: Subject = Subject {
    name: "environment-variable",
    is: Words::new("environment variable that the program reads", "Umgebungsvariable, die das Programm liest"),
    none: Words::new(
        "the program reads no environment variables of its own",
        "das Programm liest keine eigenen Umgebungsvariablen",
    ),
    signals: &[
        Signal {
            name: "required",
            kind: Kind::YesNo,
            asks: Words::new(
                "Can the program not do without it: is there no default, and does nobody ask whether it is set?",
                "Kommt das Programm nicht ohne sie aus: Gibt es keinen Vorgabewert, und fragt niemand, ob sie gesetzt ist?",
            ),
        },
        Signal {
            name: "named",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does a document, an example of settings, or the configuration of containers, deployment or CI name it?",
                "Nennt sie ein Dokument, ein Beispiel für Einstellungen oder die Konfiguration von Containern, Betrieb oder CI?",
            ),
        },
        Signal {
            name: "named-where",
            kind: Kind::List,
            asks: Words::new("Which lines of which files name it?", "Welche Zeilen welcher Dateien nennen sie?"),
        },
        Signal {
            name: "uses",
            kind: Kind::Number,
            asks: Words::new("In how many places is it read?", "An wie vielen Stellen wird sie gelesen?"),
        },
    ],
    look,
};

/// Larger files hold data; nobody names a setting in one.
const LARGEST: u64 = 1 << 20;
/// So many variables are told apart; no program has more.
const MOST: usize = 2_000;
/// So many places that name a variable are listed.
const LISTED: usize = 5;

/// The reads of one variable, in the order of paths and lines.
type Reads<'r> = Vec<(&'r File, &'r Variable)>;

pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let variables = variables(readings);
    let names: Vec<&str> = variables.keys().copied().collect();
    let mut places = named(readings, &names);
    let open: Vec<&str> = variables
        .iter()
        .filter(|(name, reads)| required(reads) == Some(true) && !places.contains_key(**name))
        .map(|(name, _)| *name)
        .collect();
    places.extend(declared(readings, &open));
    let corpus = readings.corpus();
    let unread = corpus.documents().next().is_none() && !corpus.unread().is_empty();
    let mut seen: Vec<Observation> = variables
        .into_iter()
        .filter_map(|(name, reads)| observe(name, &reads, places.remove(name).unwrap_or_default(), unread))
        .collect();
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

fn observe(name: &str, reads: &Reads<'_>, places: Vec<String>, unread: bool) -> Option<Observation> {
    let required = required(reads);
    let first = reads
        .iter()
        .find(|(_, read)| required == Some(true) && read.absence == Absence::Needed)
        .or_else(|| reads.first())?;
    let (file, read) = first;
    let span = Span::on_line(read.line, read.column, read.end_column);
    let named = if places.is_empty() && unread {
        Err(Phrase::new(
            "the only documents are in a format that is not read (PDF, office files)",
            "die einzigen Dokumente haben ein Format, das nicht gelesen wird (PDF, Office-Dateien)",
        ))
    } else {
        Ok(Value::from(!places.is_empty()))
    };
    Some(
        Observation::new(Place::span(&file.path, span), name)
            .with_reading("required", required_or_why(required))
            .with_reading("named", named)
            .with("named-where", Value::List(places.into_iter().map(Untrusted::from).collect()))
            .with("uses", reads.len()),
    )
}

/// Whether the program cannot do without; `None` where that shows elsewhere.
fn required(reads: &Reads<'_>) -> Option<bool> {
    match reads.iter().map(|(_, read)| read.absence).min()? {
        Absence::Handled => Some(false),
        Absence::Needed => Some(true),
        Absence::Unclear => None,
    }
}

fn required_or_why(required: Option<bool>) -> Reading {
    required.map(Value::from).ok_or_else(|| {
        Phrase::new(
            "what becomes of the program without some of its environment variables shows elsewhere than where it reads them",
            "was ohne manche Umgebungsvariablen geschieht, zeigt sich anderswo als dort, wo das Programm sie liest",
        )
    })
}

/// All variables that programs read, without those that everybody has and those of tools.
fn variables<'r>(readings: &'r Readings<'_>) -> BTreeMap<&'r str, Reads<'r>> {
    let mut found: BTreeMap<&str, Reads<'r>> = BTreeMap::new();
    let all = readings.repo.files().iter().zip(readings.scans());
    for (file, scan) in all.filter(|(file, scan)| file.marks.none() && !scan.generated) {
        if scan.variables.is_empty() || environment::is_for_tools(&file.path) {
            continue;
        }
        for read in scan.variables.iter().filter(|read| !environment::is_known(&read.name)) {
            if found.len() < MOST || found.contains_key(read.name.as_str()) {
                found.entry(read.name.as_str()).or_default().push((file, read));
            }
        }
    }
    found
}

/// The places that name a variable: documents, examples of settings, compose files, charts, Dockerfiles, CI, scripts.
fn named(readings: &Readings<'_>, names: &[&str]) -> BTreeMap<String, Vec<String>> {
    search(
        readings,
        names,
        |file, _| names_settings(file),
        |path, before, _| {
            // What fills the settings of a Spring application is no mention.
            !(environment::is_spring(path) && before.ends_with("${"))
        },
    )
}

/// The places in programs that declare a variable without reading it there: schemas, lists, types.
fn declared(readings: &Readings<'_>, names: &[&str]) -> BTreeMap<String, Vec<String>> {
    let is_program = |file: &File, scan: &FileScan| {
        matches!(file.class, Class::Source | Class::Configuration) && file.marks.none() && !scan.generated
    };
    let reads: BTreeSet<&RepoPath> = variables(readings)
        .iter()
        .filter(|(name, _)| names.contains(*name))
        .flat_map(|(_, reads)| reads.iter().map(|(file, _)| &file.path))
        .collect();
    search(readings, names, is_program, |path, before, after| {
        let quoted = before.ends_with(['"', '\'', '`']) && after.starts_with(['"', '\'', '`']);
        let keyed = after.trim_start_matches('?').starts_with(": ") && before.ends_with([' ', '\n', '\t', '{', ',']);
        // `cargo::rustc-env=NAME=…`: the build script sets it.
        let set = before.ends_with("rustc-env=") && after.starts_with('=');
        quoted && !reads.contains(path) || keyed || set
    })
}

/// The places where one of the names stands as a word, by name.
fn search(
    readings: &Readings<'_>,
    names: &[&str],
    wanted: impl Fn(&File, &FileScan) -> bool + Sync,
    counts: impl Fn(&RepoPath, &str, &str) -> bool + Sync,
) -> BTreeMap<String, Vec<String>> {
    let finder = Needles::new(names);
    if finder.is_empty() {
        return BTreeMap::new();
    }
    let files: Vec<(&File, &FileScan)> = readings.repo.files().iter().zip(readings.scans()).collect();
    let found: Vec<(String, String)> = files
        .into_par_iter()
        .filter(|(file, scan)| {
            file.kind == FileKind::Regular && file.len.is_none_or(|len| len <= LARGEST) && wanted(file, scan)
        })
        .filter_map(|(file, _)| Some((file, readings.repo.text_once(file).ok()?)))
        .flat_map_iter(|(file, text)| {
            let mut here: BTreeSet<(usize, String)> = BTreeSet::new();
            let mut met: BTreeSet<usize> = BTreeSet::new();
            for (number, at) in finder.all(&text) {
                let before = text.get(..at.start).unwrap_or_default();
                let after = text.get(at.end..).unwrap_or_default();
                let Some(name) = names.get(number) else { continue };
                let known = met.contains(&number);
                if !known && is_word(before, after) && counts(&file.path, before, after) {
                    met.insert(number);
                    here.insert((at.start, (*name).to_owned()));
                }
            }
            let path = file.path.lossy().into_owned();
            let line = |at: usize| text.get(..at).unwrap_or_default().matches('\n').count() + 1;
            here.into_iter().map(|(at, name)| (name, format!("{path}:{}", line(at)))).collect::<Vec<_>>()
        })
        .collect();
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, place) in found {
        let places = places.entry(name).or_default();
        if places.len() < LISTED {
            places.push(place);
        }
    }
    places
}

fn is_word(before: &str, after: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    !is_part(before.chars().next_back()) && !is_part(after.chars().next())
}

/// Whether people who set a program up look into such a file.
fn names_settings(file: &File) -> bool {
    if [Mark::Vendored, Mark::Generated, Mark::BuildOutput].iter().any(|mark| file.marks.has(*mark)) {
        return false;
    }
    let name = file.path.name_lower();
    match file.class {
        Class::Documentation | Class::Manifest => true,
        // What is configured in a programming language reads variables itself.
        Class::Configuration => language::of(&file.path).is_none_or(|language| language.name != "javascript"),
        Class::Source => {
            let scripts = ["shell", "powershell", "batch", "terraform", "nix"];
            name.ends_with(".d.ts") || language::of(&file.path).is_some_and(|row| scripts.contains(&row.name.as_str()))
        }
        Class::Asset | Class::Data => {
            let end = file.path.extension();
            // What a test reads is made up for it, and there may be very much of it.
            let configures =
                !file.marks.has(Mark::Test) && ["xml", "yaml", "yml", "json", "txt"].contains(&end.as_str());
            let template = ["example", "sample", "dist", "template", "tpl", "j2", "service"].contains(&end.as_str());
            configures || template || name.contains("env")
        }
        Class::Model => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Marks;

    #[test]
    fn files_that_name_settings() {
        for (path, class, yes) in [
            ("README.md", Class::Documentation, true),
            (".env.example", Class::Configuration, true),
            ("compose.yaml", Class::Configuration, true),
            ("Dockerfile", Class::Configuration, true),
            ("package.json", Class::Manifest, true),
            ("run.sh", Class::Source, true),
            ("infra/main.tf", Class::Source, true),
            ("src/env.d.ts", Class::Source, true),
            ("src/trees.ts", Class::Source, false),
            ("vite.config.ts", Class::Configuration, false),
            ("env.sample", Class::Asset, true),
            ("logo.svg", Class::Asset, false),
            ("a.pt", Class::Model, false),
        ] {
            let mut file =
                File { path: path.into(), class, marks: Marks::default(), kind: FileKind::Regular, len: None };
            assert_eq!(names_settings(&file), yes, "{path}");
            file.marks.set(Mark::Vendored);
            assert!(!names_settings(&file), "{path}");
        }
        for (path, yes) in [("tests/data/a.yml", false), ("tests/.env.test", true), ("tests/config.json.dist", true)] {
            let mut marks = Marks::default();
            marks.set(Mark::Test);
            let file = File { path: path.into(), class: Class::Data, marks, kind: FileKind::Regular, len: None };
            assert_eq!(names_settings(&file), yes, "{path}");
        }
    }

    #[test]
    fn words() {
        for (before, after, yes) in [("a ", " b", true), ("${", "}", true), ("A_", "", false), ("", "_B", false)] {
            assert_eq!(is_word(before, after), yes, "{before}|{after}");
        }
    }
}
