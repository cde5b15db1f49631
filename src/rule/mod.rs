//! What is asked? A rule, as it stands in its page, ready to be held against what was observed.

pub(crate) mod block;
mod check;
pub(crate) mod desk;
mod folder;
mod load;
mod mistake;
pub(crate) mod nearest;
mod norms;
mod page;
mod says;
mod vocabulary;

pub mod condition;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use check::check_folder;
pub use condition::{Among, Amount, Asked, Clause, Test};
pub use folder::{from_folder, with_folders};
pub use load::{load, shipped};
pub use mistake::{Mistake, Wrong};
pub use nearest::nearest;
pub use norms::{Binding, Covered, Norm, Norms, Requirement, ToldBy};
pub use vocabulary::Vocabulary;

use crate::phrase::Lang;
use crate::signal::Subject;
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// What a repository may call itself once every rule of this level and below holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// it can be put online
    Publishable,
    /// somebody else can run, understand and build on it
    Reusable,
    /// it will still be alive and shared tomorrow
    Sustained,
}

impl Level {
    /// From the lowest to the highest.
    pub const ALL: [Self; 3] = [Self::Publishable, Self::Reusable, Self::Sustained];

    /// The name in rule pages and machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Publishable => "publishable",
            Self::Reusable => "reusable",
            Self::Sustained => "sustained",
        }
    }

    /// The name people read.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Publishable => lang.pick("publishable", "veröffentlichbar"),
            Self::Reusable => lang.pick("reusable", "nachnutzbar"),
            Self::Sustained => lang.pick("sustained", "nachhaltig"),
        }
    }
}

/// How much a finding hinders reuse. Ordered from the least to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// would help
    Note,
    /// hinders reuse
    Warning,
    /// blocks reuse
    Error,
}

impl Severity {
    /// From the least to the worst.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The name in rule pages and machine formats; SARIF uses the same words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The name people read.
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Note => lang.pick("note", "Hinweis"),
            Self::Warning => lang.pick("warning", "Warnung"),
            Self::Error => lang.pick("error", "Fehler"),
        }
    }
}

/// How often a finding of the rule is right, as measured on labelled repositories. SARIF's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// under 80 %
    Low,
    /// 80 % and more
    Medium,
    /// 90 % and more
    High,
    /// 98 % and more
    VeryHigh,
}

impl Precision {
    /// From the lowest to the highest.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::VeryHigh];

    /// The name in rule pages and SARIF.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::VeryHigh => "very-high",
        }
    }
}

/// A value that a policy may change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    /// `months = 12`
    Number(i64),
    /// `hosts = ["*.bund.local"]`
    List(Vec<String>),
}

/// The page of a rule in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// what was found, as a heading
    pub title: String,
    /// the paragraph below it
    pub summary: String,
    /// the message of a finding, with `{places}`
    pub says: String,
    /// the section "Why it matters"
    pub why: String,
    /// the section "How to mend it"
    pub mend: String,
    /// the section "Example"
    pub example: Option<String>,
    /// the whole page as Markdown, without the block
    pub markdown: String,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `chapter/name`, which is its path
    pub id: String,
    /// the level it belongs to
    pub level: Level,
    /// how much a finding hinders
    pub severity: Severity,
    /// how often a finding is right
    pub precision: Precision,
    /// ids of the norms it answers to
    pub norms: Vec<String>,
    /// what it looks at; `None` is the repository as a whole
    pub looks_at: Option<&'static Subject>,
    /// what a policy may change, with the value in force
    pub settings: BTreeMap<String, Setting>,
    /// the rule is asked only where all of these hold
    pub applies_when: Vec<Clause>,
    /// a finding needs all of these
    pub finding_when: Vec<Clause>,
    /// and none of these
    pub not_when: Vec<Clause>,
    /// the page in English
    pub en: Page,
    /// the page in German; an administration's own rules may leave it out
    pub de: Option<Page>,
}

impl Rule {
    /// The page in a language; English where there is no other.
    pub fn page(&self, lang: Lang) -> &Page {
        match (lang, &self.de) {
            (Lang::De, Some(page)) => page,
            _ => &self.en,
        }
    }

    /// The part of the id before the slash.
    pub fn chapter(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The value of a setting as text, for messages.
    pub fn setting_text(&self, name: &str) -> Option<Untrusted> {
        Some(match self.settings.get(name)? {
            Setting::Number(number) => number.to_string().into(),
            Setting::List(list) => list.join(", ").into(),
        })
    }
}
