//! Which trained models does the code use, and does a document name them?

use super::super::mention::{self, Wanted};
use super::super::uses;
use crate::reading::Readings;
use crate::reading::source::Is;
use crate::signal::Observation;
use std::collections::BTreeSet;

/// The trained models.
pub(super) fn models(readings: &Readings<'_>) -> Vec<Observation> {
    let found = uses::grouped(readings, |used| used.is == Is::Model);
    let wanted: Vec<_> = found.iter().map(|found| model_names(&found.called)).collect();
    let places = mention::places(readings, &wanted);
    let mut seen: Vec<Observation> = found
        .iter()
        .zip(places)
        .filter_map(|(found, places)| {
            let (file, used) = found.uses.first()?;
            Some(
                Observation::new(uses::place(file, used), found.called.as_str())
                    .with_reading("documented", mention::documented(readings, &places))
                    .with("documented-where", mention::listed(places))
                    .with("uses", found.uses.len())
                    .with("evidence", used.evidence.name())
                    .with("host", used.address.host.as_str()),
            )
        })
        .collect();
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
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
