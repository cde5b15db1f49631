//! Do files call it by names that have nothing in common, or say that it is alive and over?

use super::Conflict;
use super::told::{Source, Told};
use super::versions::Tags;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::alike::{alike, fold};
use crate::reading::forge_address::ForgeAddress;
use crate::reading::licence_text::expression;
use crate::reading::licensing::Meaning;
use crate::reading::node::Located;
use std::collections::BTreeSet;

/// A name that nothing else has a word of, where two others agree.
pub(super) fn names(told: &[Told], readings: &Readings<'_>) -> Vec<Conflict> {
    let mut all: Vec<(Option<&Told>, String)> =
        told.iter().filter_map(|one| Some((Some(one), one.name.as_ref()?.value.clone()))).collect();
    let mut addresses: Vec<ForgeAddress> = told
        .iter()
        .filter_map(|one| ForgeAddress::read(&one.address.as_ref()?.value, one.npm))
        .chain(readings.repo.remotes().filter_map(|one| ForgeAddress::read(&String::from_utf8_lossy(one), false)))
        .collect();
    addresses.sort();
    addresses.dedup();
    all.extend(addresses.into_iter().map(|address| (None, address.name)));
    let said = |name: &str| {
        let plain = fold(name);
        readings.corpus().readmes().any(|readme| {
            let headings = readme.headings.iter().map(|heading| heading.text.as_str());
            headings.chain(readme.prose.iter().map(|prose| prose.text.as_str())).any(|text| fold(text).contains(&plain))
        })
    };
    let mut conflicts = Vec::new();
    for (at, (one, name)) in all.iter().enumerate() {
        let Some(one) = one.filter(|one| one.source != Source::Package) else { continue };
        let others: Vec<&String> =
            all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, (_, other))| other).collect();
        let stranger = others.len() > 1 && others.iter().all(|other| !alike(name, other));
        let agree = others.iter().enumerate().all(|(n, a)| others.iter().skip(n + 1).all(|b| alike(a, b)));
        if let (true, true, Some(stated), Some(other)) = (stranger, agree, &one.name, others.first())
            && !said(name)
        {
            let why = Phrase::new("everything else calls it {other}", "sonst heißt es überall {other}")
                .with("other", other.as_str());
            conflicts.push(Conflict::new(one, stated, "name", why));
        }
    }
    conflicts
}

/// Whether a word for the status says that it is over; `None` where it says nothing.
fn is_over(status: &str) -> Option<bool> {
    let word = status.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or_default().to_ascii_lowercase();
    match word.as_str() {
        "obsolete" | "abandoned" | "unsupported" | "moved" => Some(true),
        "concept" | "development" | "beta" | "stable" | "active" | "wip" => Some(false),
        _ => None,
    }
}

/// One file says that it is over, another that it is not.
pub(super) fn statuses(told: &[Told]) -> Vec<Conflict> {
    let stated: Vec<(&Told, &Located, bool)> = told
        .iter()
        .filter_map(|one| {
            let status = one.status.as_ref()?;
            Some((one, status, is_over(&status.value)?))
        })
        .collect();
    let mut conflicts = Vec::new();
    for (one, status, over) in stated.iter().filter(|(_, _, over)| !over) {
        if let Some((other, word, _)) = stated.iter().find(|(_, _, other)| other != over) {
            let why = Phrase::new("{path} says {word}", "{path} sagt {word}")
                .with("path", other.path.untrusted())
                .with("word", word.value.as_str());
            conflicts.push(Conflict::new(one, status, "status", why));
        }
    }
    conflicts
}

/// Whether a file says that there is no more than a concept.
pub(super) fn may_be_unborn(one: &Told) -> bool {
    one.source == Source::Publiccode && one.status.as_ref().is_some_and(|status| status.value == "concept")
}

/// A concept, of which there may be no code yet, with a stable release.
pub(super) fn unborn(told: &[Told], tags: &Tags) -> Vec<Conflict> {
    let Some(newest) = tags.newest().filter(|tag| tag.version.is_stable()) else { return Vec::new() };
    let concepts = told.iter().filter(|one| may_be_unborn(one));
    concepts
        .filter_map(|one| Some((one, one.status.as_ref()?)))
        .map(|(one, status)| {
            let why = Phrase::new(
                "there is a release, the tag {tag}; a concept has none",
                "es gibt eine Veröffentlichung, den Tag {tag}; ein Konzept hat keine",
            );
            Conflict::new(one, status, "status", why.with("tag", newest.name.clone()))
        })
        .collect()
}

/// Licences that files at the root state and that have nothing in common. Where there is a licence text, each statement
/// is held against it elsewhere.
pub(super) fn licences(readings: &Readings<'_>) -> Vec<Conflict> {
    let licensing = readings.licensing();
    if !licensing.files.is_empty() {
        return Vec::new();
    }
    let mut stated = Vec::new();
    for one in licensing.statements.iter().filter(|one| one.path.at_root()) {
        if let Ok(Meaning::Licence(meant)) = &one.meaning {
            let licences: BTreeSet<String> = expression::licences(meant);
            if !licences.is_empty() {
                stated.push((one, licences));
            }
        }
    }
    let mut conflicts = Vec::new();
    for (at, (one, licences)) in stated.iter().enumerate() {
        let before = stated.iter().take(at).find(|(_, other)| licences.is_disjoint(other));
        if let Some((other, _)) = before.filter(|(other, _)| other.path != one.path) {
            let why = Phrase::new("{path} says {licence}", "{path} sagt {licence}")
                .with("path", other.path.untrusted())
                .with("licence", other.value.as_str());
            let stated = Located { value: one.value.clone(), span: one.span };
            conflicts.push(Conflict { path: one.path.clone(), stated, about: "licence", why });
        }
    }
    conflicts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_status() {
        for (word, over) in [
            ("obsolete", Some(true)),
            ("stable", Some(false)),
            ("https://www.repostatus.org/#active", Some(false)),
            ("https://www.repostatus.org/#unsupported", Some(true)),
            ("inactive", None),
            ("", None),
        ] {
            assert_eq!(is_over(word), over, "{word}");
        }
    }
}
