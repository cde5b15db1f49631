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
