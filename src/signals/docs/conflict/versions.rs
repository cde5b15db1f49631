//! Is a version behind the newest tag, or behind what another file says?

use super::Conflict;
use super::told::{Source, Told};
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::releases::{self, Release};
use crate::reading::version::Version;
use serde::Deserialize;
use std::cmp::Ordering;
use std::sync::LazyLock;

/// The tags that are releases, oldest first.
pub(super) struct Tags {
    pub(super) releases: Vec<Release>,
    automated: bool,
}

impl Tags {
    /// Reads them; of tags younger than what is looked at nothing is known there yet.
    ///
    /// # Errors
    /// Why the tags are not known.
    pub(super) fn of(readings: &Readings<'_>) -> Result<Self, Phrase> {
        let releases = releases::all(&*readings.repo.history("metadata-conflict")?);
        Ok(Self { releases, automated: is_automated(readings) })
    }

    /// The newest release, where it is also the one with the highest version: else there are lines side by side.
    pub(super) fn newest(&self) -> Option<&Release> {
        releases::newest(&self.releases)
    }

    /// The tag of a version.
    pub(super) fn tag_of(&self, version: &Version) -> Option<&Release> {
        self.releases.iter().find(|tag| tag.version == *version)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Automation {
    files: Vec<String>,
    words: Vec<String>,
}

static AUTOMATION: LazyLock<Automation> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../reading/release-automation.toml")).expect("a test parses the table")
});

/// Whether a program sets the version when it releases.
fn is_automated(readings: &Readings<'_>) -> bool {
    let stem = |name: &str| name.trim_end_matches(|c: char| c != '.').trim_end_matches('.').to_owned();
    let named = |name: &str| AUTOMATION.files.iter().any(|file| name == file || stem(name) == *file);
    readings.repo.files().iter().any(|file| {
        let path = file.path.lossy();
        let name = file.path.name_lower();
        if file.path.at_root() && named(&name) {
            return true;
        }
        let ci =
            path.starts_with(".github/workflows/") || path.starts_with(".gitlab/") || path.starts_with(".circleci/");
        let build =
            ["gitlab-ci.yml", "jenkinsfile", ".travis.yml", "makefile", "package.json", "pyproject.toml", "setup.py"];
        let also = ["setup.cfg", "pom.xml", "build.gradle", "build.gradle.kts", "azure-pipelines.yml", "justfile"];
        let told = build.iter().chain(&also).any(|one| name == *one || name.strip_prefix('.') == Some(one));
        let looked_at = ci || file.path.at_root() && told;
        looked_at && readings.repo.text(file).is_ok_and(|text| AUTOMATION.words.iter().any(|word| text.contains(word)))
    })
}

/// The version a file stands for; `None` where nobody has decided on it.
fn stands_for(told: &Told) -> Option<Version> {
    let stated = told.version.as_ref()?;
    Version::read(&stated.value).filter(|version| !version.is_nothing() && !told.private)
}

/// Whether a package's version is that of its generator, or one that releases never followed.
fn is_nobodys(one: &Told, tags: &Tags) -> bool {
    let Some(stated) = one.version.as_ref().filter(|_| one.source == Source::Package) else { return false };
    let followed = Version::read(&stated.value).is_some_and(|version| tags.tag_of(&version).is_some());
    ["1.0.0", "0.1.0", "0.0.1", "0.1", "1.0"].contains(&stated.value.as_str()) || one.npm && !followed
}

/// Versions behind the newest tag. A package that is ahead is on its way to the next release.
pub(super) fn behind_tags(told: &[Told], tags: &Tags) -> Vec<Conflict> {
    let Some(newest) = tags.newest() else { return Vec::new() };
    let behind = |one: &&Told| {
        let by_program = one.source == Source::Package && tags.automated;
        let order = stands_for(one).and_then(|version| version.compare(&newest.version));
        !by_program && order == Some(Ordering::Less) && !is_nobodys(one, tags)
    };
    let conflict = |one: &Told| {
        let stated = one.version.as_ref()?;
        let why = Phrase::new("the newest tag is {tag}", "der neueste Tag ist {tag}").with("tag", newest.name.clone());
        Some(Conflict::new(one, stated, "version", why))
    };
    told.iter().filter(behind).filter_map(conflict).collect()
}

/// Versions behind what another file says, where no tag can decide. Of several packages at the root each may have a
/// version of its own.
pub(super) fn between_files(told: &[Told], tags: Option<&Tags>) -> Vec<Conflict> {
    if tags.is_none_or(|tags| tags.automated || !tags.releases.is_empty()) {
        return Vec::new();
    }
    let stated: Vec<(&Told, Version)> = told.iter().filter_map(|one| Some((one, stands_for(one)?))).collect();
    let packages = stated.iter().filter(|(one, _)| one.source == Source::Package).count();
    let mut conflicts = Vec::new();
    for (one, version) in &stated {
        let other = stated.iter().find(|(other, newer)| {
            let both_packages = one.source == Source::Package && other.source == Source::Package;
            let one_package = packages <= 1 || (one.source != Source::Package && other.source != Source::Package);
            !both_packages && one_package && version.compare(newer) == Some(Ordering::Less)
        });
        if let (Some((other, _)), Some(stated)) = (other, &one.version)
            && let Some(newer) = &other.version
        {
            let why = Phrase::new("{path} says {newer}", "{path} sagt {newer}")
                .with("path", other.path.untrusted())
                .with("newer", newer.value.as_str());
            conflicts.push(Conflict::new(one, stated, "version", why));
        }
    }
    conflicts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert!(AUTOMATION.files.iter().chain(&AUTOMATION.words).all(|one| !one.is_empty()));
    }
}
