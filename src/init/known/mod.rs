//! What does the repository say of itself that a document may repeat?
//!
//! Only what its files, its tags and its remote say in public: manifests, README, licence files, publiccode.yml. No
//! address of somebody who committed is read here, and nothing is guessed: what is not known stays empty.

mod address;
mod commands;
mod languages;
mod name;
mod people;
mod words;

pub(super) use people::Someone;

use super::clean;
use super::given::Given;
use crate::phrase::Lang;
use crate::reading::kind::RepositoryKind;
use crate::reading::manifest::{Ecosystem, Manifest, UrlKind};
use crate::reading::releases;
use crate::reading::{Readings, spoken};

/// The name under which the history is asked for tags.
pub(super) const TAGS: &str = "newest-release";

/// What is known.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// the language of the README, of those that civiclint writes
    pub(super) readme_lang: Option<Lang>,
    /// the language its descriptions are in (ISO 639-1)
    pub(super) language: Option<&'static str>,
    pub(super) kind: Option<RepositoryKind>,
    pub(super) name: Option<String>,
    /// the address of the repository for browsers
    pub(super) url: Option<String>,
    pub(super) landing_url: Option<String>,
    /// where issues are opened
    pub(super) issues: Option<String>,
    /// `pull request` or `merge request`, as the forge calls it
    pub(super) merges: Option<bool>,
    pub(super) short: Option<String>,
    pub(super) long: Option<String>,
    pub(super) features: Vec<String>,
    /// an SPDX expression
    pub(super) licence: Option<String>,
    /// the newest release: its version and its day
    pub(super) release: Option<(String, String)>,
    /// who wrote it, by manifests
    pub(super) authors: Vec<Someone>,
    /// who can be asked, by manifests
    pub(super) contacts: Vec<Someone>,
    pub(super) software_type: Option<&'static str>,
    pub(super) platforms: Vec<String>,
    /// the languages it can be used in, where it is translated
    pub(super) languages: Vec<String>,
    /// commands that check a change
    pub(super) commands: Vec<String>,
}

impl Known {
    /// Reads it; what was given wins.
    pub(super) fn of(readings: &Readings<'_>, given: &Given) -> Self {
        let manifests: Vec<&Manifest> =
            readings.manifests().iter().filter(|manifest| manifest.path.at_root()).collect();
        let readme = readings.corpus().readme();
        let language = readme.and_then(spoken::of);
        let source =
            readme.and_then(|readme| readings.repo.text(readings.repo.file(&readme.path)?).ok()).unwrap_or_default();
        let address = address::of(readings, &manifests);
        let url = given.one("url").or(address);
        let kind = readings.kind().ok();
        let names = name::Names::of(readme, &manifests, url.as_deref());
        let best = given.one("name").or_else(|| names.best());
        let all: Vec<String> = names.all().into_iter().chain(best.clone()).collect();
        let mut known = Self {
            readme_lang: match language {
                Some("de") => Some(Lang::De),
                Some("en") => Some(Lang::En),
                _ => None,
            },
            language,
            kind,
            name: best,
            landing_url: given.one("landingURL").or_else(|| landing(&manifests, url.as_deref())),
            issues: address::issues(&manifests, url.as_deref()),
            merges: url.as_deref().and_then(address::merges),
            short: given.one("shortDescription").or_else(|| words::short(readme, &manifests, language, &all)),
            long: given.one("longDescription").or_else(|| words::long(readme, &all)),
            features: Some(given.all("features"))
                .filter(|all| !all.is_empty())
                .unwrap_or_else(|| words::features(readme, &source)),
            licence: given
                .one("license")
                .or_else(|| readings.licensing().licence.as_ref().ok().map(|one| one.expression.clone())),
            release: release(readings),
            authors: people::authors(&manifests),
            contacts: people::contacts(readings, &manifests),
            commands: commands::of(readings, &manifests),
            languages: languages::of(readings.repo),
            url,
            ..Self::default()
        };
        known.run(readings, &manifests);
        known
    }

    /// How it is run, as far as its files leave no doubt.
    fn run(&mut self, readings: &Readings<'_>, manifests: &[&Manifest]) {
        let application = readings.application();
        let package = manifests.iter().any(|manifest| manifest.published && manifest.ecosystem.is_package());
        self.software_type = match (application.pages, application.server, application.app, package) {
            (true, _, false, false) => Some("standalone/web"),
            (false, true, false, false) => Some("standalone/backend"),
            (false, false, false, true) => Some("library").filter(|_| is_library(manifests)),
            _ => None,
        };
        if self.software_type == Some("standalone/web") {
            self.platforms = vec!["web".to_owned()];
        }
    }
}

/// Whether packages at the root are for other programs and not to be run: what brings commands along is a tool.
fn is_library(manifests: &[&Manifest]) -> bool {
    manifests.iter().any(|manifest| manifest.ecosystem == Ecosystem::R)
}

/// The project's page, where that is not the repository.
fn landing(manifests: &[&Manifest], url: Option<&str>) -> Option<String> {
    let homepages = manifests.iter().flat_map(|manifest| &manifest.urls).filter(|url| url.kind == UrlKind::Homepage);
    let mut pages = homepages.filter_map(|page| {
        // R packages list several.
        let first = page.address.value.split([',', ' ', '\n']).next()?.trim();
        Some(first.to_owned()).filter(|page| clean::is_web(page) && address::is_public(page))
    });
    let same = |page: &str| {
        let bare = |text: &str| {
            let text = text.split('#').next().unwrap_or_default().trim_end_matches('/').trim_end_matches(".git");
            text.trim_start_matches("https://").trim_start_matches("http://").to_lowercase()
        };
        url.is_some_and(|url| bare(page).starts_with(&bare(url)))
    };
    pages.find(|page| !same(page) && !address::is_forge(page))
}

/// The newest release, where the tags leave no doubt which one that is.
fn release(readings: &Readings<'_>) -> Option<(String, String)> {
    let history = readings.repo.history(TAGS).ok()?;
    let releases = releases::all(&history);
    let newest = releases::newest(&releases)?;
    let day = jiff::Timestamp::from_second(newest.time).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    let name = newest.name.lossy().into_owned();
    let number = name.find(|c: char| c.is_ascii_digit()).and_then(|at| name.get(at..))?;
    let sound = number.len() <= 40 && number.chars().all(|c| c.is_ascii_alphanumeric() || ".-+_".contains(c));
    let same = crate::reading::version::Version::read(number)?.compare(&newest.version)?.is_eq();
    (sound && same).then(|| (number.to_owned(), day.to_string()))
}
