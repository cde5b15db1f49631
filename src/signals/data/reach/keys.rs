//! Which stores are read with a key that not everybody has?

use super::super::own::Own;
use super::super::{source, uses};
use crate::reading::Readings;
use crate::reading::source::Use;
use crate::repository::File;
use std::collections::{BTreeMap, BTreeSet};

/// Uses of a store with somebody's named key. That a store carries the project's name says nothing on who may read it.
pub(in super::super) fn keyed<'r>(readings: &'r Readings<'_>) -> Vec<(&'r File, &'r Use)> {
    let own = Own::of(readings);
    let found = uses::grouped(readings, |used| source::counts(&own, used) && source::is_store_use(used));
    let mut keys: BTreeMap<&[u8], Keys> = BTreeMap::new();
    for (file, _) in found.iter().flat_map(|found| &found.uses) {
        keys.entry(file.path.as_bytes()).or_insert_with(|| Keys::of(readings, file));
    }
    let of = |file: &File| keys.get(file.path.as_bytes());
    let closed =
        found.iter().filter(|found| !found.uses.iter().any(|(file, _)| of(file).is_some_and(|keys| keys.not_needed)));
    let keyed = closed
        .flat_map(|found| &found.uses)
        .filter(|(file, used)| of(file).is_some_and(|keys| keys.named || keys.lines.contains(&used.line)));
    keyed.copied().collect()
}

/// What a program says about the key to a store.
struct Keys {
    /// it needs none
    not_needed: bool,
    /// it takes one that is kept under a name on the computer
    named: bool,
    /// lines of commands that do
    lines: BTreeSet<u32>,
}

impl Keys {
    fn of(readings: &Readings<'_>, file: &File) -> Self {
        let text = readings.repo.text_once(file).map(|text| text.to_string()).unwrap_or_default();
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let lines = text.lines().zip(1..).filter(|(line, _)| line.contains("--profile"));
        Self {
            not_needed: says(&[
                "no-sign-request",
                "signature_version=UNSIGNED",
                "anon=True",
                "anon = True",
                "anonymous = TRUE",
            ]),
            named: says(&["profile_name=", "profile_name =", "AWS_PROFILE=", "Sys.setenv(\"AWS_PROFILE"]),
            lines: lines.map(|(_, number)| number).collect(),
        }
    }
}
