//! Which uses of sources and models belong together?

use crate::reading::Readings;
use crate::reading::source::Use;
use crate::repository::File;
use crate::signal::{Place, Span};
use std::collections::BTreeMap;

/// Everything that is used under one name, in the order of paths and lines.
pub(super) struct Found<'r> {
    /// what it is called
    pub(super) called: String,
    /// where
    pub(super) uses: Vec<(&'r File, &'r Use)>,
}

/// Uses that count, by what they are called.
pub(super) fn grouped<'r>(readings: &'r Readings<'_>, wanted: impl Fn(&Use) -> bool) -> Vec<Found<'r>> {
    let mut by_name: BTreeMap<&str, Found<'r>> = BTreeMap::new();
    for (file, used) in all(readings, wanted) {
        let found = by_name
            .entry(used.called.as_str())
            .or_insert_with(|| Found { called: used.called.clone(), uses: Vec::new() });
        found.uses.push((file, used));
    }
    by_name.into_values().collect()
}

/// All uses of one sort that count, in the order of paths and lines.
pub(super) fn all<'r>(readings: &'r Readings<'_>, wanted: impl Fn(&Use) -> bool) -> Vec<(&'r File, &'r Use)> {
    let (files, scans) = (readings.repo.files(), readings.scans());
    let used = readings
        .counted_uses()
        .iter()
        .filter_map(|(file, used)| Some((files.get(*file)?, scans.get(*file)?.uses.get(*used)?)));
    used.filter(|(_, used)| wanted(used)).collect()
}

/// Where a use stands.
pub(super) fn place(file: &File, used: &Use) -> Place {
    Place::span(&file.path, Span::on_line(used.line, used.column, used.end_column))
}
