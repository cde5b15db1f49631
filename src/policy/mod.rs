//! What does one administration want? Which rules are asked, with which settings, and what it accepts.
//!
//! A policy is a stack of layers: shipped profiles, files that it builds on, the file itself, the command line. Each has
//! the same form, and the later one wins; whoever asks can be told which layer a value comes from.

mod chain;
mod find;
mod layer;
mod origin;
mod profile;
mod read;
pub mod schema;
mod settle;
mod source;
#[cfg(test)]
mod tests;

#[cfg(any(test, fuzzing))]
pub(crate) use find::from_text;
pub use find::{Found, from_file, from_profile, from_repository, from_repository_or_profile, own_differs};
pub use layer::{KINDS, LIFE_CYCLES, names_rule};
pub use origin::{Origin, Said};
pub use profile::{DEFAULT as DEFAULT_PROFILE, known as profile_named, names as profile_names};
pub use settle::{Circumstances, Ruling, Settled};
pub use source::NAMES as FILE_NAMES;

use crate::repository::RepoPath;
use crate::rule::{Level, Norm, Rule, Setting, Severity};
use crate::waiver::Waiver;
use globset::GlobMatcher;
use layer::Layer;
use source::Spot;
use std::collections::BTreeMap;

/// What is asked for: in files, and on the command line.
#[derive(Clone, Debug)]
pub struct Policy {
    /// what reports call it: the profiles that it builds on, else the file
    pub name: String,
    /// only rules of this level and below
    pub level: Option<Level>,
    /// only these rules or chapters; empty means all
    pub select: Vec<String>,
    /// not these rules or chapters
    pub ignore: Vec<String>,
    /// values of settings, by rule, from the command line
    pub settings: BTreeMap<String, BTreeMap<String, Setting>>,
    /// findings that somebody accepted
    pub waivers: Vec<Waiver>,
    /// whether a finding may be waived in the line where it is
    pub inline_waivers: bool,
    /// the weakest first
    layers: Vec<Layer>,
    /// only these rules, chapters or norms; `None` means all
    only: Option<Vec<Said<String>>>,
    /// what was read that does not ship
    files: Vec<(Spot, String)>,
}

impl Policy {
    fn of(name: String, layers: Vec<Layer>, only: Option<Vec<Said<String>>>, files: Vec<(Spot, String)>) -> Self {
        let inline = layers.iter().rev().find_map(|layer| layer.inline_waivers.as_ref());
        Self {
            name,
            level: None,
            select: Vec::new(),
            ignore: Vec::new(),
            settings: BTreeMap::new(),
            waivers: layers.iter().flat_map(|layer| layer.waivers.clone()).collect(),
            inline_waivers: inline.is_none_or(|inline| inline.value),
            layers,
            only,
            files,
        }
    }

    /// The norm it is about; of more than one, that of the strongest layer.
    pub fn norm(&self) -> Option<&'static Norm> {
        self.norms().pop()
    }

    /// The norms it is about, each once.
    pub fn norms(&self) -> Vec<&'static Norm> {
        let mut norms: Vec<&'static Norm> = Vec::new();
        for norm in self.layers.iter().filter_map(|layer| layer.norm) {
            norms.retain(|known| known.id != norm.id);
            norms.push(norm);
        }
        norms
    }

    /// Whether nothing but its rules is of interest, so that kind and licence of the whole need not be looked for.
    pub fn is_narrow(&self) -> bool {
        self.layers.iter().rev().find_map(|layer| layer.overview) == Some(false)
    }

    /// From which severity on a run fails, if a file says so; the inner `None` is "never".
    pub fn fail_on(&self) -> Option<&Said<Option<Severity>>> {
        self.layers.iter().rev().find_map(|layer| layer.fail_on.as_ref())
    }

    /// Whether a file is left out.
    pub fn excludes(&self, path: &RepoPath) -> bool {
        let path = path.lossy();
        self.exclude().any(|matcher| matcher.is_match(&*path))
    }

    /// The patterns of files that are left out.
    pub fn exclude(&self) -> impl Iterator<Item = &GlobMatcher> {
        self.layers.iter().flat_map(|layer| &layer.exclude)
    }

    /// The texts that were read and do not ship: what it says, as far as its name does not.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(_, text)| text.as_str())
    }

    /// The files that it was read from, as messages show them, the weakest first.
    pub fn files(&self) -> impl Iterator<Item = String> {
        self.files.iter().map(|(spot, _)| spot.shown())
    }

    /// The words of `select` and `ignore` that name no rule of these.
    pub fn unknown_names<'p>(&'p self, rules: &[Rule]) -> Vec<&'p str> {
        self.select
            .iter()
            .chain(&self.ignore)
            .filter(|name| !rules.iter().any(|rule| names_rule(name, rule)))
            .map(String::as_str)
            .collect()
    }
}
