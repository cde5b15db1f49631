//! Which lines of a program name a folder of one person's machine?

use crate::reading::Readings;
use crate::signal::{Observation, Place, Span};
use std::collections::BTreeSet;

pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let scans = readings.scans();
    let found = || scans.iter().flat_map(|scan| &scan.personal_paths);
    let below_home: BTreeSet<&str> = found().filter(|seen| seen.below_home).map(|seen| seen.person.as_str()).collect();
    let services = services(readings, &below_home);
    let files = readings.repo.files().iter().zip(scans);
    let each = files.flat_map(|(file, scan)| scan.personal_paths.iter().map(move |seen| (file, seen)));
    each.map(|(file, seen)| {
        let span = Span { line: seen.line, column: seen.column, end_line: seen.line, end_column: seen.end_column };
        let service = seen.below_home && services.contains(&seen.person);
        Observation::new(Place::span(&file.path, span), seen.path.as_str()).with("service", service)
    })
    .collect()
}

/// Those of the names that are one of the project, too: of a folder or file of it, or of the address it is fetched from.
/// A service that runs under a user of its own is called like that.
fn services(readings: &Readings<'_>, names: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut services = BTreeSet::new();
    if names.is_empty() {
        return services;
    }
    let paths = readings.repo.files().iter().map(|file| file.path.lower());
    let addresses = readings.repo.remotes().map(|address| String::from_utf8_lossy(address).to_lowercase());
    for text in paths.chain(addresses) {
        let parts = text.split(['/', ':', '@']).chain(text.split(|c: char| !c.is_alphanumeric()));
        services.extend(parts.filter(|part| names.contains(part)).map(str::to_owned));
    }
    services
}
