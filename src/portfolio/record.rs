//! What became of one repository of a batch? One line of `journal.jsonl`.

use super::result::Both;
use serde::{Deserialize, Serialize};

/// One line of the journal. Texts of repositories in it have been made visible (no control character is left), and
/// are still theirs: whoever shows them encodes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// the repository as it stood in the list
    pub repo: String,
    /// its place in the list, from 0
    pub at: usize,
    /// the name of its files below `results/`, without an ending: safe in a path and in an address
    pub key: String,
    /// what it is called for people: `group/project`, or the name of its folder
    pub name: String,
    /// whose it is (publisher, group, organisation), where the list says so
    pub owner: Option<String>,
    /// the commit that was looked at, in hexadecimal; `None` where there is none
    pub head: Option<String>,
    /// what came of it
    pub status: Status,
    /// why it is no more than that; `None` for `ok` and `findings`
    pub why: Option<Both>,
    /// the level that holds; `None` where not even the lowest does, or nobody looked
    pub level: Option<String>,
    /// how many of what
    pub counts: Counts,
    /// `software`, `data` or `documentation`; `None` where nobody can tell
    pub kind: Option<String>,
    /// the licence of the whole, an SPDX expression
    pub licence: Option<String>,
    /// the day of the scan, `2026-11-22`
    pub as_of: String,
    /// the day of the run whose result was kept, as neither the commit nor the rules had changed; else `None`
    pub since: Option<String>,
    /// how often it was tried: more than once only where a network failed
    pub attempt: u32,
    /// seconds from the start of looking (without fetching) to its end
    pub wall_s: f64,
    /// the most memory that its process held, in MiB; `None` where nobody could tell
    pub rss_mib: Option<f64>,
}

/// What came of a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// looked at, nothing found
    Ok,
    /// looked at, something found
    Findings,
    /// nothing found, but not everything could be looked at
    Incomplete,
    /// it took too long
    Timeout,
    /// its process came to an unforeseen end
    Crashed,
    /// it took too much memory
    Oom,
    /// it could not be fetched or opened
    Unreachable,
}

impl Status {
    /// All of them, the best first.
    pub const ALL: [Self; 7] =
        [Self::Ok, Self::Findings, Self::Incomplete, Self::Timeout, Self::Crashed, Self::Oom, Self::Unreachable];

    /// The word in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Findings => "findings",
            Self::Incomplete => "incomplete",
            Self::Timeout => "timeout",
            Self::Crashed => "crashed",
            Self::Oom => "oom",
            Self::Unreachable => "unreachable",
        }
    }

    /// Whether somebody looked, so that there is a [`super::RepositoryResult`].
    pub fn is_seen(self) -> bool {
        matches!(self, Self::Ok | Self::Findings | Self::Incomplete)
    }
}

/// How many of what. Of a repository that nobody looked at everything is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// findings of severity `error` that count
    pub errors: usize,
    /// findings of severity `warning` that count
    pub warnings: usize,
    /// findings of severity `note` that count
    pub notes: usize,
    /// rules that hold
    pub ok: usize,
    /// rules that were not asked or could not be answered
    pub skipped: usize,
    /// findings that do not count
    pub waived: usize,
    /// what could not be looked at
    pub losses: usize,
}
