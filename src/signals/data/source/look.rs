//! Which data sources and models does the code use, and does a document name them?

use super::super::mention::{self, Mention, Wanted};
use super::super::own::Own;
use super::super::reach;
use super::super::terms::Terms;
use super::super::usage;
use super::super::uses::{self, Found};
use crate::reading::Readings;
use crate::reading::address::Address;
use crate::reading::aliases;
use crate::reading::hosts::{self, SourceKind};
use crate::reading::source::{Evidence, Is, Use};
use crate::signal::Observation;
use std::collections::BTreeSet;

/// A source, and the places where documents name it.
pub(in super::super) struct Named {
    /// what it is called
    pub(in super::super) called: String,
    /// the address of its first use
    pub(in super::super) address: Address,
    /// the places
    pub(in super::super) places: Vec<Mention>,
}

/// The sources with the places that name them, by name.
pub(in super::super) fn named(readings: &Readings<'_>) -> Vec<Named> {
    let own = Own::of(readings);
    let found = uses::grouped(readings, |used| counts(&own, used));
    let places = places(readings, &found);
    let with_places = found.into_iter().zip(places);
    with_places
        .map(|(found, places)| {
            let address = found.uses.first().map(|(_, used)| used.address.clone()).unwrap_or_default();
            Named { called: found.called, address, places }
        })
        .collect()
}

fn places(readings: &Readings<'_>, found: &[Found<'_>]) -> Vec<Vec<Mention>> {
    let wanted: Vec<_> = found.iter().map(source_names).collect();
    mention::places(readings, &wanted)
}

/// The data sources.
pub(super) fn sources(readings: &Readings<'_>) -> Vec<Observation> {
    let own = Own::of(readings);
    let terms = Terms::of(readings);
    let keyed: BTreeSet<&str> = reach::keyed(readings).iter().map(|(_, used)| used.called.as_str()).collect();
    let found = uses::grouped(readings, |used| counts(&own, used));
    let places = places(readings, &found);
    let mut seen: Vec<Observation> = found
        .iter()
        .zip(places)
        .filter_map(|(found, places)| {
            let seen = source_seen(readings, &own, &terms, found, places)?;
            Some(seen.with("reachable", !keyed.contains(found.called.as_str())))
        })
        .collect();
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

/// Whether a use is one of a data source: no model, and not the project's own site.
pub(in super::super) fn counts(own: &Own, used: &Use) -> bool {
    match used.is {
        Is::Source(kind) => is_store(kind, used) || !own.is_site(&used.address),
        Is::Model | Is::Path => false,
    }
}

fn is_store(kind: SourceKind, used: &Use) -> bool {
    matches!(kind, SourceKind::ObjectStore | SourceKind::Database) || used.address.is_bucket()
}

/// Whether a use is one of an object store or a database.
pub(in super::super) fn is_store_use(used: &Use) -> bool {
    matches!(used.is, Is::Source(kind) if is_store(kind, used))
}

/// Whether a store carries the project's own name.
fn is_own_store(own: &Own, used: &Use) -> bool {
    match used.is {
        Is::Source(kind) => is_store(kind, used) && (own.is_store(&used.called) || own.is_site(&used.address)),
        Is::Model | Is::Path => false,
    }
}

fn source_seen(
    readings: &Readings<'_>,
    own: &Own,
    terms: &Terms<'_>,
    found: &Found<'_>,
    places: Vec<Mention>,
) -> Option<Observation> {
    let (file, first) = found.uses.first()?;
    let kind = found.uses.iter().find_map(|(_, used)| match used.is {
        Is::Source(kind) => Some(kind),
        Is::Model | Is::Path => None,
    })?;
    let evidence = found.uses.iter().map(|(_, used)| used.evidence).min().unwrap_or(Evidence::Kept);
    let own_site = is_own_store(own, first);
    let scheme = if first.address.scheme.is_empty() { "https" } else { first.address.scheme.as_str() };
    let seen = Observation::new(uses::place(file, first), found.called.as_str())
        .with("terms", terms.near(&places, &first.address))
        .with("insecure", found.uses.iter().any(|(_, used)| usage::is_insecure(used)))
        .with_reading("moving", usage::of_all(found))
        .with_reading("documented", mention::documented(readings, !places.is_empty()))
        .with("documented-where", mention::listed(&places))
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
