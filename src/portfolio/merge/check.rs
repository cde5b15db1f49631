//! Are these folders all parts of one run, and is none missing?

use super::From;
use crate::phrase::Phrase;
use crate::portfolio::{Run, Shard, Stored, files};
use std::collections::BTreeMap;

/// So many missing parts or repositories are named.
const NAMED: usize = 10;

/// All parts of one run.
#[derive(Debug)]
pub(super) struct Whole<'s> {
    /// in the order of their numbers
    pub(super) shards: Vec<&'s Stored>,
    /// in the order of the list
    pub(super) records: Vec<From<'s>>,
}

/// Holds the parts together.
///
/// # Errors
/// What does not fit, and what to do about it.
pub(super) fn whole(shards: &[Stored]) -> Result<Whole<'_>, Phrase> {
    let Some(first) = shards.first() else {
        return Err(Phrase::new("no shard is named", "es ist kein Teil genannt"));
    };
    let mut parts: BTreeMap<usize, &Stored> = BTreeMap::new();
    for shard in shards {
        let index = part(first, shard)?;
        if let Some(other) = parts.insert(index, shard) {
            let words = Phrase::new(
                "{a} and {b} are both part {index} of the list; name each part once",
                "{a} und {b} sind beide Teil {index} der Liste; nennen Sie jeden Teil einmal",
            );
            let words = words.with("a", files::shown(other.dir())).with("b", files::shown(shard.dir()));
            return Err(words.with("index", index.to_string()));
        }
    }
    let of = first.run().shard.map_or(0, |shard| shard.of);
    let missing: Vec<usize> = (1..=of).filter(|index| !parts.contains_key(index)).take(NAMED + 1).collect();
    if !missing.is_empty() {
        let words = Phrase::new(
            "of the {of} parts of the list these are missing: {missing}. Run them, or name their folders, too",
            "von den {of} Teilen der Liste fehlen diese: {missing}. Lassen Sie sie laufen oder nennen Sie auch ihre Ordner",
        );
        return Err(words.with("of", of.to_string()).with("missing", listed(&missing)));
    }
    let shards: Vec<&Stored> = parts.into_values().collect();
    let records = records(&shards, first.run().repositories)?;
    Ok(Whole { shards, records })
}

/// The number of a part, where it is one of the same run as the first.
fn part(first: &Stored, shard: &Stored) -> Result<usize, Phrase> {
    let dir = || files::shown(shard.dir());
    let Some(Shard { index, of }) = shard.run().shard else {
        let words = Phrase::new(
            "{dir} is no part of a list: it was made without --shard",
            "{dir} ist kein Teil einer Liste: Der Lauf hatte kein --shard",
        );
        return Err(words.with("dir", dir()));
    };
    if !shard.run().complete {
        let words = Phrase::new(
            "{dir} is not complete; run its command again, and it goes on where it stopped",
            "{dir} ist nicht vollständig; derselbe Befehl setzt den Lauf fort",
        );
        return Err(words.with("dir", dir()));
    }
    for (en, de, what) in SAME {
        let (there, here) = (what(first.run()), what(shard.run()));
        if there != here {
            let words = Phrase::new(en, de).with("a", files::shown(first.dir())).with("b", dir());
            return Err(words.with("there", there).with("here", here));
        }
    }
    debug_assert!((1..=of).contains(&index), "Run::read refuses others");
    Ok(index)
}

/// What must not differ: the sentence in English and German where it does, and how it is read.
type Same = (&'static str, &'static str, fn(&Run) -> String);

const SAME: [Same; 7] = [
    (
        "{a} and {b} are parts of different lists ({there}, {here}). Run both with the same list",
        "{a} und {b} sind Teile verschiedener Listen ({there}, {here}). Lassen Sie beide mit derselben Liste laufen",
        |run| run.list.clone(),
    ),
    (
        "{a} and {b} are parts of lists of different length ({there}, {here}). Run both with the same list",
        "{a} und {b} sind Teile verschieden langer Listen ({there}, {here}). Lassen Sie beide mit derselben Liste laufen",
        |run| run.repositories.to_string(),
    ),
    (
        "{a} is one of {there} parts, {b} one of {here}. Run both with the same number of parts (--shard i/n)",
        "{a} ist einer von {there} Teilen, {b} einer von {here}. Lassen Sie beide mit derselben Zahl von Teilen laufen (--shard i/n)",
        |run| run.shard.map_or(0, |shard| shard.of).to_string(),
    ),
    (
        "{a} was looked at as of {there}, {b} as of {here}. Run both with the same --as-of",
        "{a} gilt für den {there}, {b} für den {here}. Lassen Sie beide mit demselben --as-of laufen",
        |run| run.as_of.clone(),
    ),
    (
        "{a} was made by civiclint {there}, {b} by {here}. Run both with the same version",
        "{a} stammt von civiclint {there}, {b} von {here}. Lassen Sie beide mit derselben Version laufen",
        |run| run.version.clone(),
    ),
    (
        "{a} and {b} were judged by different rules or policies ({there}, {here}). Run both with the same ones",
        "{a} und {b} wurden nach verschiedenen Regeln oder Richtlinien beurteilt ({there}, {here}). Lassen Sie beide mit denselben laufen",
        |run| run.rules.clone(),
    ),
    (
        "{a} was asked for the profile {there}, {b} for {here}. Run both with the same profile",
        "{a} wurde nach dem Profil {there} befragt, {b} nach {here}. Lassen Sie beide mit demselben Profil laufen",
        |run| run.profile.clone(),
    ),
];

/// The records of all parts, in the order of the list: every place once.
fn records<'s>(shards: &[&'s Stored], repositories: usize) -> Result<Vec<From<'s>>, Phrase> {
    let mut all: BTreeMap<usize, From<'s>> = BTreeMap::new();
    let mut keys: BTreeMap<&str, &Stored> = BTreeMap::new();
    for shard in shards {
        for record in shard.records() {
            let other = all.insert(record.at, (shard, record)).map(|(other, _)| other);
            if let Some(other) = other.or_else(|| keys.insert(&record.key, shard)) {
                let words = Phrase::new(
                    "{repo} is in {a} and in {b}: they are not parts of one list. Run them again with the same list",
                    "{repo} steht in {a} und in {b}: Das sind nicht Teile einer Liste. Lassen Sie sie mit derselben Liste noch einmal laufen",
                );
                let words = words.with("repo", record.repo.as_str()).with("a", files::shown(other.dir()));
                return Err(words.with("b", files::shown(shard.dir())));
            }
        }
    }
    let missing = (0..repositories).filter(|at| !all.contains_key(at)).map(|at| at + 1);
    let missing: Vec<usize> = missing.take(NAMED + 1).collect();
    if !missing.is_empty() {
        let words = Phrase::new(
            "not every repository of the list has its record; these places of the list are missing: {missing}. Run the parts again",
            "nicht jedes Repository der Liste hat seinen Eintrag; diese Plätze der Liste fehlen: {missing}. Lassen Sie die Teile noch einmal laufen",
        );
        return Err(words.with("missing", listed(&missing)));
    }
    if all.len() > repositories {
        let words = Phrase::new(
            "the parts have {there} repositories, and the list only {here}. Run the parts again with the same list",
            "die Teile haben {there} Repositorys, die Liste nur {here}. Lassen Sie die Teile mit derselben Liste noch einmal laufen",
        );
        return Err(words.with("there", all.len().to_string()).with("here", repositories.to_string()));
    }
    Ok(all.into_values().collect())
}

fn listed(numbers: &[usize]) -> String {
    let mut told: Vec<String> = numbers.iter().take(NAMED).map(ToString::to_string).collect();
    if numbers.len() > NAMED {
        told.push("…".to_owned());
    }
    told.join(", ")
}
