//! What happened so far?

use crate::untrusted::Untrusted;

/// One commit.
#[derive(Clone, Debug)]
pub struct Commit {
    /// the author, after mailmap
    pub author: Untrusted,
    /// the author's address, after mailmap
    pub email: Untrusted,
    /// when it was committed, in seconds since 1970 UTC, clamped to 1990 … the day of the scan
    pub time: i64,
    /// how many parents it has
    pub parents: u32,
    /// the first line of the message, at most 200 bytes
    pub subject: Untrusted,
    /// whether a program made it: `[bot]`, a known automation name or address, a generated message pattern
    pub bot: bool,
}

/// A tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// without `refs/tags/`
    pub name: Untrusted,
    /// when the tagged commit was made, in seconds since 1970 UTC; `None` where it lies outside of what was walked
    pub time: Option<i64>,
}

/// The history as far as somebody asked for it.
#[derive(Clone, Debug)]
pub struct History {
    /// newest first
    pub commits: Vec<Commit>,
    /// sorted by name
    pub tags: Vec<Tag>,
    /// whether `commits` reaches back to the first commit
    pub complete: bool,
}
