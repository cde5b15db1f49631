//! What was found in one repository of a batch? `results/<key>.json`, in both languages.

use super::Counts;
use serde::{Deserialize, Serialize};

/// The name and version of the format; a change that is not only an addition gets another number.
pub const SCHEMA: &str = "civiclint/result/1";

/// Findings of one rule that are written down one by one; the SARIF file beside it holds them all.
pub const MOST_FINDINGS: usize = 500;

/// The same words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    /// English
    pub en: String,
    /// German
    pub de: String,
}

/// What was found in one repository. Texts of the repository have been made visible (no control character is left)
/// and are still its own: whoever shows them encodes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepositoryResult {
    /// `civiclint/result/1`
    pub schema: String,
    /// the version of civiclint that looked
    pub version: String,
    /// the day of the scan, `2026-11-22`
    pub as_of: String,
    /// the commit, in hexadecimal
    pub revision: Option<String>,
    /// `software`, `data` or `documentation`; `None` where nobody can tell
    pub kind: Option<String>,
    /// the licence of the whole, an SPDX expression
    pub licence: Option<String>,
    /// whether the clone is shallow
    pub shallow: bool,
    /// the level that holds: `publishable`, `reusable`, `sustained`; `None` where not even the lowest does
    pub level: Option<String>,
    /// what was asked: the name of a profile or policy
    pub profile: String,
    /// how many of what
    pub counts: Counts,
    /// the active rules with their verdicts: by level, then by severity (the worst first), then by id
    pub rules: Vec<RuleResult>,
    /// what could not be looked at
    pub losses: Vec<LossResult>,
    /// the content of publiccode.yml, where there is a valid one
    pub publiccode: Option<serde_json::Value>,
}

/// A rule and its verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleResult {
    /// `data/undocumented-source`
    pub id: String,
    /// `publishable`, `reusable` or `sustained`
    pub level: String,
    /// `note`, `warning` or `error`, as it was in force
    pub severity: String,
    /// `ok`, `finding` or `skip`
    pub verdict: String,
    /// whether its findings stand in the way of its level
    pub blocks: bool,
    /// why it was skipped
    pub reason: Option<Both>,
    /// how many findings count
    pub number: usize,
    /// how many findings are waived
    pub waived: usize,
    /// the findings that count, the first [`MOST_FINDINGS`] of them
    pub findings: Vec<FindingResult>,
}

/// A finding that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingResult {
    /// relative to the root, with `/`; `None` for the repository as a whole
    pub path: Option<String>,
    /// from 1
    pub line: Option<u32>,
    /// what it is about: the address of a data source, the name of a file
    pub called: String,
    /// the sentence
    pub message: Both,
    /// stays the same while the finding stays
    pub fingerprint: String,
}

/// Something that could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LossResult {
    /// relative to the root; `None` for the repository as a whole
    pub path: Option<String>,
    /// what, and why
    pub message: Both,
}
