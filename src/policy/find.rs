//! Which policy decides? That of the repository, one that the user names, or a profile.

use super::chain::Chain;
use super::source::{NAMES, Spot};
use super::{Policy, profile};
use crate::phrase::Phrase;
use crate::repository::Repository;
use crate::rule::nearest::listed;
use crate::rule::{Mistake, Rule, Wrong};
use crate::untrusted::Untrusted;
use std::path::Path;

/// A policy and the file that it was read from.
#[derive(Debug)]
pub struct Found {
    /// what it says
    pub policy: Policy,
    /// the file; `None` where there is none, and a profile decides
    pub path: Option<Untrusted>,
}

/// The policy of a repository: the file at its root, else the default profile. `profile` takes the place of what the
/// file builds on.
///
/// # Errors
/// Every mistake in the file and in those that it builds on; and more than one file that could be the policy.
pub fn from_repository(
    repo: &Repository,
    profile: Option<&'static str>,
    rules: &[Rule],
) -> Result<Found, Vec<Mistake>> {
    match own(repo)? {
        Some((spot, text)) => {
            let path = Some(spot.shown().into());
            Ok(Found { policy: Chain::new(Some(repo), rules).load(&spot, text, profile)?, path })
        }
        None => from_profile(profile.unwrap_or(profile::DEFAULT), rules),
    }
}

/// As [`from_repository`]; where the repository's policy is wrong, `profile` decides, else the default one, and the
/// mistakes are handed back. A repository that is looked at can neither keep the report from being made nor switch
/// rules off by a policy that nobody can read.
///
/// # Errors
/// Where the profile says something of a rule that is not among `rules`.
pub fn from_repository_or_profile(
    repo: &Repository,
    profile: Option<&'static str>,
    rules: &[Rule],
) -> Result<(Found, Vec<Mistake>), Vec<Mistake>> {
    match from_repository(repo, profile, rules) {
        Ok(found) => Ok((found, Vec::new())),
        Err(mistakes) => Ok((from_profile(profile.unwrap_or(profile::DEFAULT), rules)?, mistakes)),
    }
}

/// The policy in a file that the user names.
///
/// # Errors
/// As [`from_repository`]; and where the file cannot be read.
pub fn from_file(file: &Path, profile: Option<&'static str>, rules: &[Rule]) -> Result<Found, Vec<Mistake>> {
    let spot = Spot::Disk(file.to_owned());
    let missing = || Phrase::new("there is no such file", "Diese Datei gibt es nicht");
    let text = spot.text(None).unwrap_or_else(|| Err(missing()));
    let text = text.map_err(|why| vec![Mistake::new(spot.shown(), Wrong::File, why)])?;
    let path = Some(spot.shown().into());
    Ok(Found { policy: Chain::new(None, rules).load(&spot, text, profile)?, path })
}

/// A profile that ships, and nothing else.
///
/// # Errors
/// Where it is none, or says something of a rule that is not among `rules`.
pub fn from_profile(name: &'static str, rules: &[Rule]) -> Result<Found, Vec<Mistake>> {
    let spot = Spot::Profile(name);
    let text = profile::text(name).unwrap_or_default().to_owned();
    Ok(Found { policy: Chain::new(None, rules).load(&spot, text, None)?, path: None })
}

/// The policy that a text would be at the root of a repository without other files.
///
/// # Errors
/// Every mistake in it.
#[cfg(any(test, fuzzing))]
pub(crate) fn from_text(text: &str, rules: &[Rule]) -> Result<Policy, Vec<Mistake>> {
    Chain::new(None, rules).load(&Spot::Repository(NAMES[0].to_owned()), text.to_owned(), None)
}

/// Whether a repository has a policy of its own that is not this one: another text, in it or in a file of the
/// repository that it builds on.
pub fn own_differs(repo: &Repository, used: &Found) -> bool {
    let own =
        NAMES.iter().map(|name| Spot::Repository((*name).to_owned())).filter(|spot| spot.text(Some(repo)).is_some());
    let own: Vec<Spot> = own.collect();
    let files = &used.policy.files;
    let root = files.last().map(|(spot, _)| spot);
    let same = |(spot, text): &(Spot, String)| spot.text(Some(repo)).is_some_and(|own| own.as_ref() == Ok(text));
    match (own.as_slice(), root) {
        ([], None | Some(Spot::Disk(_))) => false,
        ([own], Some(root)) => own != root || !files.iter().all(same),
        _ => true,
    }
}

/// The one file that is the policy of a repository, if there is one.
fn own(repo: &Repository) -> Result<Option<(Spot, String)>, Vec<Mistake>> {
    let mut found = Vec::new();
    for name in NAMES {
        let spot = Spot::Repository(name.to_owned());
        if let Some(text) = spot.text(Some(repo)) {
            found.push((spot, text));
        }
    }
    if let [_, (second, _), ..] = found.as_slice() {
        let names: Vec<String> = found.iter().map(|(spot, _)| spot.shown()).collect();
        let reason = Phrase::new(
            "more than one file could be the policy: {names}",
            "Mehr als eine Datei könnte die Richtlinie sein: {names}",
        )
        .with("names", listed(names.iter().map(String::as_str)));
        let help = Phrase::new("keep one of them", "Behalten Sie eine davon");
        return Err(vec![Mistake::new(second.shown(), Wrong::TwoPolicies, reason).help(help)]);
    }
    let Some((spot, text)) = found.pop() else { return Ok(None) };
    let text = text.map_err(|why| vec![Mistake::new(spot.shown(), Wrong::File, why)])?;
    Ok(Some((spot, text)))
}
