//! Where do documents name something, as what it is?
//!
//! A host, a repository or a data set is named wherever its address stands, in code examples too. A name (`DWD`) is
//! named in prose, a list, a table, a heading or a field, but not where it is part of another word, in inline code,
//! or the name of a package (`mapbox-gl`, "Native Mapbox GL").

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::address::Address;
use crate::reading::aliases;
use crate::reading::document::{Document, Prose};
use crate::reading::hosts;
use crate::reading::needles::Needles;
use crate::repository::RepoPath;
use crate::signal::{Kind, Reading, Signal, Value};
use crate::untrusted::Untrusted;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The question that every subject of this room answers.
pub(super) const DOCUMENTED_WHERE: Signal = Signal {
    name: "documented-where",
    kind: Kind::List,
    asks: Words::new("Which lines of which documents name it?", "Welche Zeilen welcher Dokumente nennen es?"),
};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanted {
    /// a host, a bucket, a repository or a path: found wherever it stands
    Exact(String),
    /// a domain whose hosts are others': found where it stands alone or its first page is linked
    Domain(String),
    /// a folder whose name may also be a word: found in code, and where a slash stands beside it
    Folder(String),
    /// a name of somebody or something
    Name(String),
}

impl Wanted {
    fn text(&self) -> &str {
        match self {
            Self::Exact(text) | Self::Domain(text) | Self::Folder(text) | Self::Name(text) => text,
        }
    }
}

/// A place where a document names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// the document
    pub(super) path: RepoPath,
    /// the line, from 1
    pub(super) line: u32,
}

impl Mention {
    /// `README.md:5`
    pub(super) fn told(&self) -> String {
        format!("{}:{}", self.path.lossy(), self.line)
    }
}

/// So many places are kept of each.
const PLACES: usize = 3;

/// For each list of wanted names the places that name one of them, in the order of the documents.
pub(super) fn places(readings: &Readings<'_>, wanted: &[BTreeSet<Wanted>]) -> Vec<Vec<Mention>> {
    // Many sources share a domain or a name: it is looked for once, whoever wants it.
    let mut owners: BTreeMap<&Wanted, Vec<usize>> = BTreeMap::new();
    for (owner, list) in wanted.iter().enumerate() {
        for needle in list.iter().filter(|needle| needle.text().len() > 1) {
            owners.entry(needle).or_default().push(owner);
        }
    }
    let (needles, mut owners): (Vec<&Wanted>, Vec<Vec<usize>>) = owners.into_iter().unzip();
    let mut found: Vec<Vec<Mention>> = vec![Vec::new(); wanted.len()];
    if needles.is_empty() {
        return found;
    }
    let finder = Needles::new(needles.iter().map(|needle| needle.text().to_ascii_lowercase()));
    let documents: Vec<&Document> = readings.corpus().documents().collect();
    let hits: Vec<BTreeSet<(usize, u32)>> =
        documents.par_iter().map(|document| Finder { finder: &finder, needles: &needles }.read(document)).collect();
    for (document, hits) in documents.iter().zip(hits) {
        let mut lines: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
        for (needle, line) in first_places(hits) {
            let Some(owners) = owners.get_mut(needle) else { continue };
            owners.retain(|owner| found.get(*owner).is_some_and(|places| places.len() < PLACES));
            for owner in owners {
                lines.entry(*owner).or_default().insert(line);
            }
        }
        for (owner, lines) in lines {
            if let Some(places) = found.get_mut(owner) {
                let left = PLACES.saturating_sub(places.len());
                places.extend(lines.into_iter().take(left).map(|line| Mention { path: document.path.clone(), line }));
            }
        }
    }
    found
}

/// The first lines at which each needle stands.
fn first_places(hits: BTreeSet<(usize, u32)>) -> impl Iterator<Item = (usize, u32)> {
    let mut before = (usize::MAX, 0);
    hits.into_iter().filter(move |(needle, _)| {
        before = (*needle, if before.0 == *needle { before.1 + 1 } else { 1 });
        before.1 <= PLACES
    })
}

/// Places as a value.
pub(super) fn listed(places: &[Mention]) -> Value {
    Value::List(places.iter().map(|place| Untrusted::from(place.told())).collect())
}

/// Whether a document names it; where the only documents are of a kind that is not read, nobody can tell.
pub(super) fn documented(readings: &Readings<'_>, named: bool) -> Reading {
    let corpus = readings.corpus();
    if !named && corpus.documents().next().is_none() && !corpus.unread().is_empty() {
        return Err(Phrase::new(
            "the only documents are in a format that is not read (PDF, office files)",
            "die einzigen Dokumente haben ein Format, das nicht gelesen wird (PDF, Office-Dateien)",
        ));
    }
    Ok(Value::from(named))
}

struct Finder<'f> {
    /// for small letters
    finder: &'f Needles,
    needles: &'f [&'f Wanted],
}

impl Finder<'_> {
    /// Needles and lines of all mentions in a document.
    fn read(&self, document: &Document) -> BTreeSet<(usize, u32)> {
        let mut hits = BTreeSet::new();
        for prose in &document.prose {
            self.each(&prose.text, |needle, wanted, start, end| {
                if is_named(document, prose, wanted, start, end) {
                    hits.insert((needle, prose.line_at(start)));
                }
            });
        }
        for heading in &document.headings {
            self.each(&heading.text, |needle, wanted, start, end| {
                let folder = matches!(wanted, Wanted::Folder(_)) && !is_slashed(&heading.text, start, end);
                if !folder && stands_alone(&heading.text, wanted, start, end) {
                    hits.insert((needle, heading.line));
                }
            });
        }
        for link in &document.links {
            self.each(&link.url, |needle, wanted, start, end| {
                if !matches!(wanted, Wanted::Name(_) | Wanted::Folder(_)) && stands_alone(&link.url, wanted, start, end)
                {
                    hits.insert((needle, link.line));
                }
            });
        }
        // The code of a report is what is looked at, not what describes it.
        let is_program = matches!(document.path.extension().as_str(), "rmd" | "qmd" | "ipynb");
        for block in document.code_blocks.iter().filter(|_| !is_program) {
            self.each(&block.text, |needle, wanted, start, end| {
                if matches!(wanted, Wanted::Exact(_) | Wanted::Folder(_))
                    && stands_alone(&block.text, wanted, start, end)
                {
                    let lines =
                        memchr::memchr_iter(b'\n', block.text.get(..start).unwrap_or_default().as_bytes()).count();
                    hits.insert((needle, block.line.saturating_add(u32::try_from(lines).unwrap_or(0))));
                }
            });
        }
        hits
    }

    fn each(&self, text: &str, mut hit: impl FnMut(usize, &Wanted, usize, usize)) {
        for (needle, found) in self.finder.all(&text.to_ascii_lowercase()) {
            if let Some(wanted) = self.needles.get(needle) {
                hit(needle, wanted, found.start, found.end);
            }
        }
    }
}

/// Whether a piece of prose names something at this place.
fn is_named(document: &Document, prose: &Prose, wanted: &Wanted, start: usize, end: usize) -> bool {
    if !stands_alone(&prose.text, wanted, start, end) {
        return false;
    }
    match wanted {
        Wanted::Exact(_) | Wanted::Domain(_) => true,
        Wanted::Folder(_) => prose.is_code(start) || is_slashed(&prose.text, start, end),
        Wanted::Name(name) => {
            let written = prose.text.get(start..end).unwrap_or_default();
            let package = || leads_to_package(document, prose.line_at(start), written, name);
            !(prose.is_code(start) || prose.is_linked(start) && package())
        }
    }
}

/// Whether the link around a name leads to a package: its registry, or its code.
fn leads_to_package(document: &Document, line: u32, written: &str, name: &str) -> bool {
    let link = document.links.iter().find(|link| link.line.abs_diff(line) <= 1 && link.text.contains(written));
    link.and_then(|link| Address::find(&link.url)).is_some_and(|(_, address)| {
        hosts::no_source(&address).is_some() && hosts::portal(&address).is_none()
            || address.host.ends_with("github.io") && !address.host.contains(&name.to_lowercase())
    })
}

/// Whether what was found is no part of another word, host or name.
fn stands_alone(text: &str, wanted: &Wanted, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    match wanted {
        Wanted::Exact(_) | Wanted::Folder(_) => is_free(before, after),
        Wanted::Domain(_) => {
            let lead = before.strip_suffix("www.").unwrap_or(before);
            if !is_free(lead, after) {
                return false;
            }
            // In an address only the first page names whoever owns it; other pages are about something else.
            let rest = after.trim_start_matches('/');
            !lead.ends_with("//")
                || rest.is_empty()
                || rest.starts_with(|c: char| !(c.is_alphanumeric() || c == '#' || c == '?'))
        }
        Wanted::Name(name) => {
            let written = text.get(start..end).unwrap_or_default();
            let exact = !aliases::is_exact(name) || written == name;
            exact && is_word(before, after) && !is_package(before, after)
        }
    }
}

/// Whether a host or path neither goes on nor began before.
fn is_free(before: &str, after: &str) -> bool {
    let lead = before.strip_suffix("www.").unwrap_or(before);
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let begun = lead.ends_with(joins) || lead.ends_with('.') && lead.trim_end_matches('.').ends_with(joins);
    let mut next = after.chars();
    let goes_on = match next.next() {
        Some('.') => next.next().is_some_and(char::is_alphanumeric),
        Some(c) => joins(c),
        None => false,
    };
    !begun && !goes_on
}

/// Whether a slash stands beside it, as beside a part of a path.
fn is_slashed(text: &str, start: usize, end: usize) -> bool {
    text.get(..start).is_some_and(|before| before.ends_with('/'))
        || text.get(end..).is_some_and(|after| after.starts_with('/'))
}

/// Whether a name is a word of its own; "OSM-Daten" is one with another.
fn is_word(before: &str, after: &str) -> bool {
    let glued_before = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '@' | '.' | '#'));
    let mut next = after.chars();
    let glued_after = match next.next() {
        Some('-') => !next.next().is_some_and(char::is_uppercase),
        Some('.' | '/') => next.next().is_some_and(|c| c.is_alphanumeric() && c.is_lowercase()),
        Some('_' | '@') => true,
        // The genitive of German and English: "Mapbox' ", "DWDs".
        Some('s') => next.next().is_some_and(char::is_alphanumeric),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    // "IoT/Luftdaten" and "(DWD/OSM)": a slash between two words is no path.
    let slashed = before.ends_with('/') && before.trim_end_matches('/').ends_with(char::is_uppercase);
    (slashed || !glued_before) && !glued_after
}

/// Whether the words around a name make it the name of a package.
fn is_package(before: &str, after: &str) -> bool {
    let next: String = after.trim_start_matches([' ', '-', '.']).chars().take_while(|c| c.is_alphanumeric()).collect();
    let imports = ["import ", "require(", "install ", "library("].iter().any(|word| before.ends_with(word));
    imports || after.starts_with([' ', '-', '.']) && aliases::is_package_word(&next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, wanted: &Wanted) -> bool {
        let lower = text.to_ascii_lowercase();
        lower
            .match_indices(&wanted.text().to_ascii_lowercase())
            .any(|(start, part)| stands_alone(text, wanted, start, start + part.len()))
    }

    #[test]
    fn names() {
        let name = |name: &str| Wanted::Name(name.into());
        for (text, wanted, yes) in [
            ("Data of the DWD is used", name("DWD"), true),
            ("data of the dwd", name("DWD"), false),
            ("DWD-Daten", name("DWD"), true),
            ("OpenStreetMaps Daten", name("OpenStreetMap"), true),
            ("openstreetmap contributors", name("OpenStreetMap"), true),
            ("mapbox-gl", name("Mapbox"), false),
            ("react-native-mapbox-gl", name("Mapbox"), false),
            ("Native Mapbox GL", name("Mapbox"), false),
            ("Mapbox.js", name("Mapbox"), false),
            ("@mapbox/x", name("Mapbox"), false),
            ("a Mapbox account", name("Mapbox"), true),
            ("a map (Mapbox).", name("Mapbox"), true),
            ("import overpass", name("Overpass"), false),
            ("MAPBOX_TOKEN", name("Mapbox"), false),
        ] {
            assert_eq!(found(text, &wanted), yes, "{text}");
        }
    }

    #[test]
    fn a_domain_of_many_is_looked_for_once() {
        use crate::repository::Repository;
        use crate::repository::testing::{Yard, options};
        let yard = Yard::new();
        yard.file(
            "README.md",
            "# Trees\n\nBy dwd.de.\n\nAlso dwd.de and a.dwd.de.\n\nAnd dwd.de, dwd.de.\n\nOf dwd.de.\n",
        );
        yard.file("docs/a.md", "# More\n\nBy dwd.de, and b.dwd.de.\n");
        let repo = Repository::open(&yard.path(""), options()).unwrap();
        let readings = Readings::new(&repo);
        let host =
            |host: &str| BTreeSet::from([Wanted::Exact(format!("{host}.dwd.de")), Wanted::Domain("dwd.de".into())]);
        let told = |places: &[Mention]| places.iter().map(Mention::told).collect::<Vec<_>>();
        let places = places(&readings, &[host("a"), host("b"), BTreeSet::from([Wanted::Exact("b.dwd.de".into())])]);
        assert_eq!(told(&places[0]), ["README.md:3", "README.md:5", "README.md:7"]);
        assert_eq!(told(&places[1]), told(&places[0]));
        assert_eq!(told(&places[2]), ["docs/a.md:3"]);
    }

    #[test]
    fn hosts_and_domains() {
        let exact = |text: &str| Wanted::Exact(text.into());
        let domain = |text: &str| Wanted::Domain(text.into());
        for (text, wanted, yes) in [
            ("see https://opendata.dwd.de/x", exact("opendata.dwd.de"), true),
            ("(opendata.dwd.de)", exact("opendata.dwd.de"), true),
            ("my-opendata.dwd.de", exact("opendata.dwd.de"), false),
            ("opendata.dwd.dev", exact("opendata.dwd.de"), false),
            ("https://github.com/o/r-x", exact("o/r"), false),
            ("https://github.com/o/r.", exact("o/r"), true),
            ("https://blog.madflex.de/x", domain("madflex.de"), false),
            ("https://www.dwd.de/", domain("dwd.de"), true),
            ("https://www.dwd.de", domain("dwd.de"), true),
            ("https://www.dwd.de/DE/x.html", domain("dwd.de"), false),
            ("by dwd.de, hourly", domain("dwd.de"), true),
        ] {
            assert_eq!(found(text, &wanted), yes, "{text}");
        }
    }
}
