//! Which norms are there, and in which version?

use crate::phrase::Lang;
use serde::Deserialize;
use std::sync::LazyLock;

/// The norms that rules may answer to, each pinned to a version.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norms {
    /// in the order of their ids
    norm: Vec<Norm>,
}

/// One norm.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Norm {
    /// the first part of the ids of its requirements: `osps`
    pub id: String,
    /// its name in English
    pub en: String,
    /// its name in German
    pub de: String,
    /// the version that was read
    pub version: String,
    /// the version in German, where it is said differently
    pub version_de: Option<String>,
    /// where it can be read
    pub url: Option<String>,
    /// the second parts of the ids of its requirements
    pub requirements: Vec<String>,
}

impl Norm {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.de)
    }

    /// Its version.
    pub fn version(&self, lang: Lang) -> &str {
        lang.pick(&self.version, self.version_de.as_ref().unwrap_or(&self.version))
    }
}

static SHIPPED: LazyLock<Norms> =
    LazyLock::new(|| toml::from_str(include_str!("norms.toml")).expect("the table of norms is read by a test"));

impl Norms {
    /// The norms of `norms.toml`.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// All norms, in the order of their ids.
    pub fn all(&self) -> &[Norm] {
        &self.norm
    }

    /// The norm to which a requirement belongs; `None` where there is no such requirement.
    pub fn of(&self, requirement: &str) -> Option<&Norm> {
        let (id, rest) = requirement.split_once('/')?;
        self.norm.iter().find(|norm| norm.id == id && norm.requirements.iter().any(|known| known == rest))
    }

    /// The ids of all requirements.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        self.norm.iter().flat_map(|norm| norm.requirements.iter().map(|rest| format!("{}/{rest}", norm.id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_norm_is_pinned_and_every_id_is_there_once() {
        let norms = Norms::shipped();
        assert!(norms.all().is_sorted_by(|a, b| a.id < b.id), "the norms are sorted");
        for norm in norms.all() {
            assert!(!norm.version.is_empty() && !norm.en.is_empty() && !norm.de.is_empty(), "{}", norm.id);
            assert!(!norm.requirements.is_empty(), "{} has no requirements", norm.id);
            assert!(norm.requirements.is_sorted_by(|a, b| a < b), "the requirements of {} are sorted", norm.id);
            assert!(norm.url.as_ref().is_none_or(|url| url.starts_with("https://")), "{}", norm.id);
        }
        let ids: BTreeSet<String> = norms.ids().collect();
        assert_eq!(ids.len(), norms.all().iter().map(|norm| norm.requirements.len()).sum::<usize>());
        for id in &ids {
            assert!(norms.of(id).is_some_and(|norm| id.starts_with(&norm.id)), "{id}");
            assert!(!id.contains(char::is_whitespace), "{id}");
        }
    }

    #[test]
    fn ids_as_pages_write_them() {
        let norms = Norms::shipped();
        for (id, version) in [
            ("s4pc/document-the-code#2", Some("0.8.1")),
            ("osps/OSPS-LE-02.01", Some("2026.02.19")),
            ("dpg/9a", Some("1.1.7")),
            ("reuse/file-info", Some("3.3")),
            ("publiccode/legal/license", Some("0.7.0")),
            ("opencode/maintained/1a", Some("as found in November 2026")),
            ("civic-coding/5-openness", Some("October 2022")),
            ("civic-coding/5", None),
            ("osps", None),
            ("osps/", None),
            ("unknown/1", None),
        ] {
            assert_eq!(norms.of(id).map(|norm| norm.version(Lang::En)), version, "{id}");
        }
    }
}
