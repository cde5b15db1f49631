//! Which data sources and models does the code use, and does a document name them?

use super::mention::{self, Wanted};
use super::own::Own;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::address::Address;
use crate::reading::aliases;
use crate::reading::hosts::{self, SourceKind};
use crate::reading::pass::FileScan;
use crate::reading::source::{self, Awaits, Evidence, Is, Needs, Use};
use crate::repository::{Class, File};
use crate::signal::{Observation, Place, Reading, Span, Value};
use crate::untrusted::Untrusted;
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is used under one name, in the order of paths and lines.
struct Found<'r> {
    called: String,
    uses: Vec<(&'r File, &'r Use)>,
}

/// The data sources.
pub(super) fn sources(readings: &Readings<'_>) -> Vec<Observation> {
    let own = Own::of(readings);
    let found = grouped(readings, |used| match used.is {
        Is::Source(kind) => is_store(kind, used) || !own.is_site(&used.address),
        Is::Model => false,
    });
    let wanted: Vec<_> = found.iter().map(source_names).collect();
    let places = mention::places(readings, &wanted);
    let mut seen: Vec<Observation> =
        found.iter().zip(places).filter_map(|(found, places)| source_seen(readings, &own, found, places)).collect();
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

/// The trained models.
pub(super) fn models(readings: &Readings<'_>) -> Vec<Observation> {
    let found = grouped(readings, |used| used.is == Is::Model);
    let wanted: Vec<_> = found.iter().map(|found| model_names(&found.called)).collect();
    let places = mention::places(readings, &wanted);
    let mut seen: Vec<Observation> = found
        .iter()
        .zip(places)
        .filter_map(|(found, places)| {
            let (file, used) = found.uses.first()?;
            Some(
                Observation::new(place(file, used), found.called.as_str())
                    .with_reading("documented", documented(readings, &places))
                    .with("documented-where", listed(places))
                    .with("uses", found.uses.len())
                    .with("evidence", used.evidence.name())
                    .with("host", used.address.host.as_str()),
            )
        })
        .collect();
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

fn is_store(kind: SourceKind, used: &Use) -> bool {
    matches!(kind, SourceKind::ObjectStore | SourceKind::Database) || used.address.is_bucket()
}

/// Uses that count, by what they are called.
fn grouped<'r>(readings: &'r Readings<'_>, wanted: impl Fn(&Use) -> bool) -> Vec<Found<'r>> {
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

fn place(file: &File, used: &Use) -> Place {
    Place::span(&file.path, Span::on_line(used.line, used.column, used.end_column))
}

fn source_seen(readings: &Readings<'_>, own: &Own, found: &Found<'_>, places: Vec<String>) -> Option<Observation> {
    let (file, first) = found.uses.first()?;
    let kind = found.uses.iter().find_map(|(_, used)| match used.is {
        Is::Source(kind) => Some(kind),
        Is::Model => None,
    })?;
    let evidence = found.uses.iter().map(|(_, used)| used.evidence).min().unwrap_or(Evidence::Kept);
    let own_site = is_store(kind, first) && (own.is_store(&found.called) || own.is_site(&first.address));
    let scheme = if first.address.scheme.is_empty() { "https" } else { first.address.scheme.as_str() };
    let seen = Observation::new(place(file, first), found.called.as_str())
        .with_reading("documented", documented(readings, &places))
        .with("documented-where", listed(places))
        .with("uses", found.uses.len())
        .with("host", first.address.host.as_str())
        .with("kind", kind.name())
        .with("scheme", scheme)
        .with("data-set", data_set(&first.address).as_str())
        .with("evidence", evidence.name())
        .with("own-site", own_site);
    Some(seen)
}

/// The path behind the host, with `…` for what is not known.
fn data_set(address: &Address) -> String {
    let path = address.path.replace(crate::reading::address::HOLE, "…");
    path.trim_matches('/').to_owned()
}

fn listed(places: Vec<String>) -> Value {
    Value::List(places.into_iter().map(Untrusted::from).collect())
}

/// Whether a document names it; where the only documents are of a kind that is not read, nobody can tell.
fn documented(readings: &Readings<'_>, places: &[String]) -> Reading {
    let corpus = readings.corpus();
    if places.is_empty() && corpus.documents().next().is_none() && !corpus.unread().is_empty() {
        return Err(Phrase::new(
            "the only documents are in a format that is not read (PDF, office files)",
            "die einzigen Dokumente haben ein Format, das nicht gelesen wird (PDF, Office-Dateien)",
        ));
    }
    Ok(Value::from(!places.is_empty()))
}

/// What names a source in a document.
fn source_names(found: &Found<'_>) -> BTreeSet<Wanted> {
    let mut wanted = BTreeSet::new();
    let called = found.called.as_str();
    let plain = called.rsplit("://").next().unwrap_or(called);
    let (host, rest) = plain.split_once('/').unwrap_or((plain, ""));
    let bucket = called.contains("://");
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let domain = hosts::registrable(bare);
    if bucket {
        wanted.insert(Wanted::Exact(host.to_owned()));
    } else if rest.is_empty() {
        if hosts::is_shared(bare) {
            // The host names nobody; what lies there does.
            let first = found
                .uses
                .iter()
                .filter_map(|(_, used)| first_part(&used.address))
                .map(|part| Wanted::Exact(format!("{bare}/{part}")));
            wanted.extend(first);
        } else {
            wanted.insert(Wanted::Exact(bare.to_owned()));
            if domain != bare && !hosts::is_shared(domain) {
                wanted.insert(Wanted::Domain(domain.to_owned()));
            }
        }
        // A bucket written as a host: `bucket.s3.amazonaws.com`.
        if domain == "amazonaws.com" && bare.matches('.').count() >= 3 {
            wanted.extend(bare.split('.').next().map(|bucket| Wanted::Exact(bucket.to_owned())));
        }
    } else {
        wanted.insert(Wanted::Exact(plain.to_owned()));
        let last = rest.rsplit('/').next().unwrap_or(rest);
        let owned = rest.split('/').rev().take(2).collect::<Vec<_>>();
        if let [name, owner] = owned.as_slice() {
            wanted.insert(Wanted::Exact(format!("{owner}/{name}")));
        }
        if last.len() >= 6 {
            wanted.insert(if last.contains(['.', '-', '_']) {
                Wanted::Exact(last.to_owned())
            } else {
                Wanted::Name(last.to_owned())
            });
        }
    }
    // A hub's name says nothing of the data set that is taken from it.
    let hub = !rest.is_empty() && !bucket && hosts::is_shared(bare);
    let names = aliases::names(plain, host);
    let hub_names = if hub { aliases::names(bare, bare) } else { BTreeSet::new() };
    wanted.extend(names.into_iter().filter(|name| !hub_names.contains(name)).map(Wanted::Name));
    wanted
}

fn first_part(address: &Address) -> Option<&str> {
    address.path.split('/').find(|part| !part.is_empty() && !part.contains(crate::reading::address::HOLE))
}

/// What names a model in a document.
fn model_names(called: &str) -> BTreeSet<Wanted> {
    let name = called.rsplit('/').next().unwrap_or(called);
    let stem =
        name.rsplit_once('.').filter(|(_, end)| end.len() <= 12 && end.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let stem = stem.map_or(name, |(stem, _)| stem);
    let mut wanted = BTreeSet::from([Wanted::Exact(called.to_owned()), Wanted::Exact(name.to_owned())]);
    wanted.insert(if stem.contains(['-', '.', '_']) {
        Wanted::Exact(stem.to_owned())
    } else {
        Wanted::Name(stem.to_owned())
    });
    wanted
}
