//! Where do documents name a source, and do they say there under which terms its data may be used?

use super::super::source;
use crate::reading::Readings;
use crate::reading::address::Address;
use crate::reading::document::{Document, ProseKind};
use crate::reading::passages::Passages;
use crate::reading::sections::{self, Meaning};
use crate::reading::terms;
use crate::signal::{Observation, Place};
use std::collections::BTreeMap;

/// The first place that names each documented source, in the order of documents and lines.
pub(super) fn mentions(readings: &Readings<'_>) -> Vec<Observation> {
    let stated = Terms::of(readings);
    let mut passages: BTreeMap<&[u8], Passages> = BTreeMap::new();
    let mut seen = Vec::new();
    for named in source::named(readings) {
        let Some((path, line)) = named.places.first().and_then(|place| parsed(place)) else { continue };
        let Some(document) = readings.corpus().document(path) else { continue };
        let text =
            passages.entry(document.path.as_bytes()).or_insert_with(|| Passages::of(readings.repo, &document.path));
        let place = Place::span(&document.path, text.span(line, &named.called));
        let known = stated.near(&named.places, &named.address);
        seen.push(Observation::new(place, named.called.as_str()).with("terms", known));
    }
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

/// `README.md:5` as path and line.
fn parsed(place: &str) -> Option<(&str, u32)> {
    let (path, line) = place.rsplit_once(':')?;
    Some((path, line.parse().ok()?))
}

/// What the documents say of terms.
pub(in super::super) struct Terms<'r> {
    readings: &'r Readings<'r>,
    /// a document on data sources speaks of terms
    for_all: bool,
}

impl<'r> Terms<'r> {
    /// Reads the documents.
    pub(in super::super) fn of(readings: &'r Readings<'r>) -> Self {
        let mut documents = readings.corpus().documents();
        let for_all = documents.any(|document| is_on_sources(document) && speaks_between(document, 0, u32::MAX));
        Self { readings, for_all }
    }

    /// Whether terms stand near one of the places that name a source; a publisher with one licence for everything
    /// may have it named anywhere.
    pub(in super::super) fn near(&self, places: &[String], address: &Address) -> bool {
        let corpus = self.readings.corpus();
        let documents = || corpus.documents();
        let beside = places
            .iter()
            .filter_map(|place| parsed(place))
            .any(|(path, line)| corpus.document(path).is_some_and(|document| is_near(document, line)));
        self.for_all
            || beside
            || terms::portal(address).is_some_and(|portal| {
                documents().any(|document| {
                    document.prose.iter().any(|prose| portal.is_named_in(&prose.text))
                        || document.links.iter().any(|link| portal.is_named_in(&link.url))
                })
            })
    }
}

/// Whether terms stand in the section that holds this line: below its own heading, or in what introduces the section
/// on data sources around it; metadata is one section.
fn is_near(document: &Document, line: u32) -> bool {
    if document.headings.is_empty() && document.prose.iter().all(|prose| prose.kind == ProseKind::Field) {
        return speaks_between(document, 0, u32::MAX);
    }
    let next = document.headings.partition_point(|heading| heading.line <= line);
    let start = next.checked_sub(1).and_then(|at| document.headings.get(at)).map_or(0, |heading| heading.line);
    let end = document.headings.get(next).map_or(u32::MAX, |heading| heading.line);
    let around = sections::about(document, Meaning::DataSources)
        .filter(|section| section.line <= line && line < section.end_line)
        .any(|section| {
            let own_end = document.headings.iter().map(|heading| heading.line).find(|below| *below > section.line);
            let whole = section.line == start;
            let end = if whole { section.end_line } else { own_end.unwrap_or(section.end_line) };
            speaks_between(document, section.line, end)
        });
    around || speaks_between(document, start, end)
}

/// Whether a document speaks of terms from one line up to before another.
fn speaks_between(document: &Document, start: u32, end: u32) -> bool {
    let within = |line: u32| start <= line && line < end;
    document.prose.iter().any(|prose| within(prose.line) && terms::speaks_of_terms(&prose.text))
        || document.headings.iter().any(|heading| within(heading.line) && terms::speaks_of_terms(&heading.text))
        || document.links.iter().any(|link| within(link.line) && terms::links_to_terms(&link.url))
}

/// Whether a document is on data sources as a whole, by its name.
fn is_on_sources(document: &Document) -> bool {
    let name = document.path.name_lower();
    let stem = name.split('.').next().unwrap_or_default();
    let plain: String = stem.chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        plain.as_str(),
        "data"
            | "daten"
            | "datasources"
            | "datasource"
            | "datenquellen"
            | "datenquelle"
            | "sources"
            | "quellen"
            | "datalicence"
            | "datalicense"
            | "datalicences"
            | "datalicenses"
            | "datenlizenzen"
            | "attribution"
            | "attributions"
    )
}
