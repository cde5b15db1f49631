//! What happened so far?

use crate::phrase::Phrase;
use crate::untrusted::Untrusted;

/// One commit.
#[derive(Clone, Debug, Default)]
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
    /// whose it is: an index into [`History::people`]
    pub person: usize,
}

/// Somebody who committed: all identities that mailmap, address or name show to be the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// the name of the newest commit
    pub name: Untrusted,
    /// the address of the newest commit
    pub email: Untrusted,
    /// whether it is a program, by the newest of its commits
    pub bot: bool,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// without `refs/tags/`
    pub name: Untrusted,
    /// when the tagged commit was made, in seconds since 1970 UTC, clamped as those of commits; `None` where it tags no
    /// commit or its commit could not be read
    pub time: Option<i64>,
}

/// The history as far as somebody asked for it.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// newest first
    pub commits: Vec<Commit>,
    /// sorted by name
    pub tags: Vec<Tag>,
    /// whether `commits` reaches back to the first commit
    pub complete: bool,
    /// why `commits` or `tags` may lack something that was asked for; also among the losses
    pub reason: Option<Phrase>,
    /// everybody who committed, bots among them, in the order of their newest commits
    pub people: Vec<Person>,
    /// how many commits bear a date after the day of the scan; they are not among `commits`
    pub future: u32,
}
