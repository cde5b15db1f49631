//! Which norms are there, in which version, and what does each demand?

use crate::phrase::{Lang, Words};
use serde::Deserialize;
use std::sync::LazyLock;

/// The norms that rules may answer to, each pinned to a version.
#[derive(Debug)]
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
    /// what it demands, in the order of their ids
    #[serde(rename = "requirement")]
    pub requirements: Vec<Requirement>,
}

/// Something that a norm demands, or recommends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Requirement {
    /// the second part of its id: `OSPS-LE-02.01`
    pub id: String,
    /// how much it binds; `None` where the norm has no such levels
    pub level: Option<Binding>,
    /// what can tell whether it is met
    pub told_by: ToldBy,
    /// what it demands, in short and in our words, in English
    pub en: String,
    /// the same in German
    pub de: String,
    /// the rules of which one finding is enough to know that it is not met
    #[serde(default)]
    pub not_met_by: Vec<String>,
    /// the repositories of which it is known to be met where all rules that answer it hold; `None` where the rules look
    /// at only a part of what is demanded
    pub covered: Option<Covered>,
}

/// How much a requirement binds, in the words of the norms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// the norm's MUST
    Must,
    /// its MUST NOT
    MustNot,
    /// SHOULD
    Should,
    /// SHOULD NOT
    ShouldNot,
    /// MAY or OPTIONAL
    May,
    /// what has to stand in a file
    Mandatory,
    /// advice
    Recommended,
    /// binds from the first level of maturity on
    #[serde(rename = "1")]
    First,
    /// from the second
    #[serde(rename = "2")]
    Second,
    /// from the third
    #[serde(rename = "3")]
    Third,
}

impl Binding {
    /// The word in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::MustNot => "must-not",
            Self::Should => "should",
            Self::ShouldNot => "should-not",
            Self::May => "may",
            Self::Mandatory => "mandatory",
            Self::Recommended => "recommended",
            Self::First => "1",
            Self::Second => "2",
            Self::Third => "3",
        }
    }

    /// The word that people read.
    pub fn title(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Must => Words::new("must", "muss"),
            Self::MustNot => Words::new("must not", "darf nicht"),
            Self::Should => Words::new("should", "soll"),
            Self::ShouldNot => Words::new("should not", "soll nicht"),
            Self::May => Words::new("may", "kann"),
            Self::Mandatory => Words::new("mandatory", "Pflicht"),
            Self::Recommended => Words::new("recommended", "empfohlen"),
            Self::First => Words::new("level 1", "Stufe 1"),
            Self::Second => Words::new("level 2", "Stufe 2"),
            Self::Third => Words::new("level 3", "Stufe 3"),
        };
        words.get(lang)
    }
}

/// What can tell whether a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToldBy {
    /// the files of a checkout
    Files,
    /// the history, with or without files
    History,
    /// a person, for whom files or history hold a hint
    Hint,
    /// only what the forge knows: settings, issues, reviews
    Forge,
    /// only a person
    Person,
    /// nothing in or around the repository
    Outside,
}

impl ToldBy {
    /// From what a scan sees best to what it does not see.
    pub const ALL: [Self; 6] = [Self::Files, Self::History, Self::Hint, Self::Forge, Self::Person, Self::Outside];

    /// Whether a scan can decide it at all.
    pub fn is_decidable(self) -> bool {
        matches!(self, Self::Files | Self::History)
    }

    /// The words that people read, as the answer to "told by what?".
    pub fn title(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Files => Words::new("files", "Dateien"),
            Self::History => Words::new("history", "Historie"),
            Self::Hint => {
                Words::new("a person, with hints from the files", "eine Person, mit Hinweisen aus den Dateien")
            }
            Self::Forge => Words::new("the forge", "die Plattform"),
            Self::Person => Words::new("a person", "eine Person"),
            Self::Outside => Words::new("nothing in the repository", "nichts im Repository"),
        };
        words.get(lang)
    }
}

/// For which repositories rules that hold are enough to know that a requirement is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covered {
    /// for all
    All,
    /// for software; what the rules ask of data or documents is something else than what the norm asks
    Software,
}

impl Requirement {
    /// What it demands, in short.
    pub fn says(&self, lang: Lang) -> &str {
        lang.pick(&self.en, &self.de)
    }
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

    /// The whole id of one of its requirements, as rules write it: `osps/OSPS-LE-02.01`.
    pub fn id_of(&self, requirement: &Requirement) -> String {
        format!("{}/{}", self.id, requirement.id)
    }
}

static SHIPPED: LazyLock<Norms> = LazyLock::new(|| {
    let tables = [
        include_str!("norms/civic-coding.toml"),
        include_str!("norms/d3.toml"),
        include_str!("norms/dpg.toml"),
        include_str!("norms/funding-de.toml"),
        include_str!("norms/howfairis.toml"),
        include_str!("norms/opencode.toml"),
        include_str!("norms/osps.toml"),
        include_str!("norms/publiccode.toml"),
        include_str!("norms/reuse.toml"),
        include_str!("norms/s4pc.toml"),
    ];
    let read = |table| toml::from_str(table).expect("the tables of norms are read by a test");
    Norms { norm: tables.into_iter().map(read).collect() }
});

impl Norms {
    /// The norms of `norms/`.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// All norms, in the order of their ids.
    pub fn all(&self) -> &[Norm] {
        &self.norm
    }

    /// The norm with this id: `osps`.
    pub fn norm(&self, id: &str) -> Option<&Norm> {
        self.norm.iter().find(|norm| norm.id == id)
    }

    /// The norm to which a requirement belongs; `None` where there is no such requirement.
    pub fn of(&self, requirement: &str) -> Option<&Norm> {
        self.find(requirement).map(|(norm, _)| norm)
    }

    /// A requirement by its whole id, and the norm it belongs to.
    pub fn find(&self, requirement: &str) -> Option<(&Norm, &Requirement)> {
        let (id, rest) = requirement.split_once('/')?;
        let norm = self.norm(id)?;
        norm.requirements.iter().find(|known| known.id == rest).map(|known| (norm, known))
    }

    /// The ids of all requirements.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        self.norm.iter().flat_map(|norm| norm.requirements.iter().map(|one| norm.id_of(one)))
    }
}

#[cfg(test)]
mod tests;
