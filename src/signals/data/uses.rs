//! Which uses of sources and models count, and which belong together?

use crate::reading::Readings;
use crate::reading::pass::FileScan;
use crate::reading::source::{self, Awaits, Needs, Use};
use crate::repository::{Class, File};
use crate::signal::{Place, Span};
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is used under one name, in the order of paths and lines.
pub(super) struct Found<'r> {
    /// what it is called
    pub(super) called: String,
    /// where
    pub(super) uses: Vec<(&'r File, &'r Use)>,
}

/// Uses that count, by what they are called.
pub(super) fn grouped<'r>(readings: &'r Readings<'_>, wanted: impl Fn(&Use) -> bool) -> Vec<Found<'r>> {
    let files = readings.repo.files();
    let mut uses: Vec<(usize, &File, &Use)> = Vec::new();
    for (at, (file, scan)) in files.iter().zip(readings.scans()).enumerate() {
        if file.marks.none() && !scan.generated && !is_showcase(file) {
            uses.extend(scan.uses.iter().filter(|used| wanted(used)).map(|used| (at, file, used)));
        }
    }
    let asked = Asked::of(readings, &uses);
    let mut by_name: BTreeMap<&str, Found<'r>> = BTreeMap::new();
    for (at, file, used) in uses {
        if asked.counts(at, &used.awaits) {
            let found = by_name
                .entry(used.called.as_str())
                .or_insert_with(|| Found { called: used.called.clone(), uses: Vec::new() });
            found.uses.push((file, used));
        }
    }
    by_name.into_values().collect()
}

/// All uses of one sort in files that count, in the order of paths and lines.
pub(super) fn all<'r>(readings: &'r Readings<'_>, wanted: impl Fn(&Use) -> bool) -> Vec<(&'r File, &'r Use)> {
    let files = readings.repo.files().iter().zip(readings.scans());
    let counted = files.filter(|(file, scan)| file.marks.none() && !scan.generated && !is_showcase(file));
    counted
        .flat_map(|(file, scan)| scan.uses.iter().filter(|used| wanted(used)).map(move |used| (file, used)))
        .collect()
}

/// Whether a file only shows parts of the interface to its makers.
fn is_showcase(file: &File) -> bool {
    let name = file.path.name_lower();
    name.contains(".stories.") || name.contains(".story.")
}

/// What other files say of names that uses wait for.
#[derive(Default)]
struct Asked {
    needed: BTreeSet<String>,
    /// the files whose code mentions a name
    mentioned: BTreeMap<String, BTreeSet<usize>>,
}

impl Asked {
    fn of(readings: &Readings<'_>, uses: &[(usize, &File, &Use)]) -> Self {
        let names: BTreeSet<String> = uses
            .iter()
            .filter_map(|(_, _, used)| match &used.awaits {
                Awaits::Nothing => None,
                Awaits::Mention(name) | Awaits::Need(name) => Some(name.clone()),
            })
            .collect();
        let mut asked = Self::default();
        let mut passed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (at, needs) in told(readings, &names) {
            asked.needed.extend(needs.needed);
            for name in needs.mentioned {
                asked.mentioned.entry(name).or_default().insert(at);
            }
            for (key, name) in needs.passed {
                passed.entry(key).or_default().insert(name);
            }
        }
        // A name may be given to a function under another name that the function's own file needs.
        let keys: BTreeSet<String> = passed.keys().cloned().collect();
        for (_, needs) in told(readings, &keys) {
            for key in needs.needed {
                asked.needed.extend(passed.get(&key).into_iter().flatten().cloned());
            }
        }
        asked
    }

    fn counts(&self, at: usize, awaits: &Awaits) -> bool {
        match awaits {
            Awaits::Nothing => true,
            Awaits::Need(name) => self.needed.contains(name),
            Awaits::Mention(name) => self.mentioned.get(name).is_some_and(|files| files.iter().any(|file| *file != at)),
        }
    }
}

/// What every program that mentions one of these names does with them.
fn told(readings: &Readings<'_>, names: &BTreeSet<String>) -> Vec<(usize, Needs)> {
    let Some(finder) = AhoCorasick::new(names).ok().filter(|_| !names.is_empty()) else { return Vec::new() };
    let files: Vec<(usize, (&File, &FileScan))> =
        readings.repo.files().iter().zip(readings.scans()).enumerate().collect();
    files
        .into_par_iter()
        .filter(|(_, (file, scan))| file.class == Class::Source && file.marks.none() && !scan.generated)
        .filter_map(|(at, (file, _))| {
            let text = readings.repo.text_once(file).ok().filter(|text| finder.is_match(text.as_bytes()))?;
            Some((at, source::needs(&file.path, &text, names)))
        })
        .collect()
}

/// Where a use stands.
pub(super) fn place(file: &File, used: &Use) -> Place {
    Place::span(&file.path, Span::on_line(used.line, used.column, used.end_column))
}
