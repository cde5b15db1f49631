//! What happened so far?

use crate::untrusted::Untrusted;

/// One commit.
#[derive(Clone, Debug, Default)]
pub struct Commit {
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
    /// the name of the newest commit, after mailmap
    pub name: Untrusted,
    /// the address of the newest commit, after mailmap
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

/// The history, as far back as one question needs it.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// newest first
    pub commits: Vec<Commit>,
    /// sorted by name; empty where the question needs no tags
    pub tags: Vec<Tag>,
    /// everybody who was met on the way, bots among them, in the order of their newest commits
    pub people: Vec<Person>,
}

/// How far back a question needs the history.
///
/// What it is shown is the beginning of one and the same order of commits, and who is who is told from that alone: a
/// question gets the same answer however far back another one makes us walk.
#[derive(Clone, Copy, Debug)]
pub enum Span {
    /// Back to the first commit.
    Whole,
    /// The commits of so many months before the day of the scan.
    Months(i32),
    /// Back to the newest commit by a person.
    Person,
    /// Until so many people were met.
    People(u32),
    /// So many commits, the newest.
    Commits(u32),
    /// No commits but the newest; all tags.
    Tags,
    /// The commits that are younger than the newest tag of which this is true; all tags.
    Tag(fn(&str) -> bool),
}
