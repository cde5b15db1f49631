//! Where do documents name a source, and do they say there under which terms its data may be used?

use super::super::mention::Mention;
use super::super::source;
use crate::reading::Readings;
use crate::reading::address::Address;
use crate::reading::document::{Document, ProseKind};
use crate::reading::passages::Passages;
use crate::reading::sections::{self, Meaning};
use crate::reading::terms;
use crate::signal::{Observation, Place};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The first place that names each documented source, in the order of documents and lines.
pub(super) fn mentions(readings: &Readings<'_>) -> Vec<Observation> {
    let stated = Terms::of(readings);
    let mut passages: BTreeMap<&[u8], Passages> = BTreeMap::new();
    let mut seen = Vec::new();
    for named in source::named(readings) {
        let documents =
            named.places.iter().filter_map(|place| Some((readings.corpus().document(&place.path)?, place.line)));
        let best = documents
            .filter(|(document, _)| !is_on_people(document))
            .min_by_key(|(document, _)| !(is_on_sources(document) || document.path.name_lower().starts_with("readme")));
        let Some((document, line)) = best else { continue };
        let text =
            passages.entry(document.path.as_bytes()).or_insert_with(|| Passages::of(readings.repo, &document.path));
        let place = Place::span(&document.path, text.span(line, &named.called));
        let known = stated.near(&named.places, &named.address);
        seen.push(Observation::new(place, named.called.as_str()).with("terms", known));
    }
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

/// What the documents say of terms.
pub(in super::super) struct Terms<'r> {
    readings: &'r Readings<'r>,
    /// the documents that were asked about so far
    documents: RefCell<BTreeMap<&'r [u8], Said>>,
    /// a document on data sources speaks of terms
    for_all: bool,
}

impl<'r> Terms<'r> {
    /// Reads the documents.
    pub(in super::super) fn of(readings: &'r Readings<'r>) -> Self {
        let mut on_sources = readings.corpus().documents().filter(|document| is_on_sources(document));
        let for_all = on_sources.any(|document| Said::of(document).between(0, u32::MAX));
        Self { readings, documents: RefCell::default(), for_all }
    }

    /// Whether terms stand near one of the places that name a source; a publisher with one licence for everything
    /// may have it named anywhere.
    pub(in super::super) fn near(&self, places: &[Mention], address: &Address) -> bool {
        let beside = places.iter().any(|place| {
            self.readings.corpus().document(&place.path).is_some_and(|document| {
                let mut documents = self.documents.borrow_mut();
                documents.entry(document.path.as_bytes()).or_insert_with(|| Said::of(document)).near(place.line)
            })
        });
        self.for_all
            || beside
            || terms::portal(address).is_some_and(|portal| {
                self.readings.corpus().documents().any(|document| {
                    document.prose.iter().any(|prose| portal.is_named_in(&prose.text))
                        || document.links.iter().any(|link| portal.is_named_in(&link.url))
                })
            })
    }
}

/// What one document says of terms.
struct Said {
    /// the lines that speak of them, in order
    lines: Vec<u32>,
    /// the lines of the headings, in order
    headings: Vec<u32>,
    /// the sections on data sources: first line, line after the last
    on_sources: Vec<(u32, u32)>,
    /// nothing but metadata, which is one section
    is_metadata: bool,
}

impl Said {
    fn of(document: &Document) -> Self {
        let prose = document.prose.iter().filter(|prose| terms::speaks_of_terms(&prose.text)).map(|prose| prose.line);
        let headings = document.headings.iter();
        let titles =
            headings.clone().filter(|heading| terms::speaks_of_terms(&heading.text)).map(|heading| heading.line);
        let links = document.links.iter().filter(|link| terms::links_to_terms(&link.url)).map(|link| link.line);
        let mut lines: Vec<u32> = prose.chain(titles).chain(links).collect();
        lines.sort_unstable();
        let about = sections::about(document, Meaning::DataSources);
        Self {
            lines,
            on_sources: about.map(|section| (section.line, section.end_line)).collect(),
            is_metadata: document.headings.is_empty()
                && document.prose.iter().all(|prose| prose.kind == ProseKind::Field),
            headings: headings.map(|heading| heading.line).collect(),
        }
    }

    /// Whether terms stand in the section that holds this line: below its own heading, or in what introduces the
    /// section on data sources around it.
    fn near(&self, line: u32) -> bool {
        if self.is_metadata {
            return self.between(0, u32::MAX);
        }
        let next = self.headings.partition_point(|heading| *heading <= line);
        let start = next.checked_sub(1).and_then(|at| self.headings.get(at)).copied().unwrap_or(0);
        let end = self.headings.get(next).copied().unwrap_or(u32::MAX);
        let around =
            self.on_sources.iter().filter(|(first, last)| *first <= line && line < *last).any(|(first, last)| {
                let below = self.headings.get(self.headings.partition_point(|heading| heading <= first)).copied();
                let end = if *first == start { *last } else { below.unwrap_or(*last).min(*last) };
                self.between(*first, end)
            });
        around || self.between(start, end)
    }

    /// Whether terms are spoken of from one line up to before another.
    fn between(&self, start: u32, end: u32) -> bool {
        self.lines.get(self.lines.partition_point(|line| *line < start)).is_some_and(|line| *line < end)
    }
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

/// Whether a document is on how people work together rather than on what the software does: whoever is named there is
/// named for something else.
fn is_on_people(document: &Document) -> bool {
    let name = document.path.name_lower();
    let stem = name.split('.').next().unwrap_or_default().replace('-', "_");
    matches!(
        stem.as_str(),
        "code_of_conduct"
            | "security"
            | "support"
            | "governance"
            | "maintainers"
            | "authors"
            | "contributors"
            | "changelog"
            | "changes"
            | "history"
            | "news"
            | "releases"
            | "agents"
            | "claude"
            | "gemini"
            | "skill"
            | "copilot_instructions"
            | "pull_request_template"
    )
}
