//! What is asked of the worker, and what does it answer?
//!
//! A request is answered by any number of replies, the last of which is [`Reply::Done`] or [`Reply::Fault`].

use super::super::object_id::ObjectId;
use super::confine::Confinement;

/// What the worker is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// The first of all: where the objects are.
    Open {
        /// the `objects` folder
        objects: Vec<u8>,
        /// other folders that hold objects of this repository, as `info/alternates` calls them
        alternates: Vec<Vec<u8>>,
        /// seconds of computing after which the system ends the worker
        cpu_seconds: u32,
        /// how much memory it may have, in bytes
        memory: u64,
    },
    /// All files of a commit or tree.
    List {
        /// a commit, tag or tree
        of: ObjectId,
        /// how many entries at most
        entries: u32,
        /// how many folders inside of each other
        depth: u32,
        /// how many bytes of names and ids at most
        bytes: u64,
        /// with the size of each file
        sizes: bool,
        /// how to go about it
        with: Manner,
    },
    /// The bytes of a file.
    Blob {
        /// which
        id: ObjectId,
        /// a larger one is refused
        limit: u64,
        /// how many of its first bytes are wanted
        first: u64,
    },
    /// Which commit a tag or commit leads to.
    Peel(ObjectId),
    /// Which object begins with these hexadecimal digits.
    Find {
        /// the digits; the rest is zero
        prefix: ObjectId,
        /// how many digits there are
        digits: u8,
    },
    /// The commits from some on, and when tags were made.
    History {
        /// what to read
        of: Walk,
        /// how to go about it
        with: Manner,
    },
}

/// Which part of the history is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Walk {
    /// where it starts
    pub(crate) heads: Vec<ObjectId>,
    /// what tags point to: commits or tag objects
    pub(crate) tags: Vec<ObjectId>,
    /// commits whose parents are not there because the clone is shallow
    pub(crate) shallow: Vec<ObjectId>,
    /// the walk ends where only commits older than this follow; seconds since 1970
    pub(crate) since: Option<i64>,
    /// so many commits are told in any case
    pub(crate) least: u32,
    /// commits later than this are counted, not told; seconds since 1970
    pub(crate) until: i64,
    /// how many commits at most
    pub(crate) commits: u32,
    /// after how many milliseconds to stop
    pub(crate) millis: u32,
}

/// How a longer request is gone about, after the worker was lost over it before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manner {
    /// objects not to be touched again
    pub(crate) skip: Vec<ObjectId>,
    /// to say what is read before it is read
    pub(crate) announce: bool,
}

/// Why an object could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// there is none of this name
    Missing,
    /// it is not what it was taken for
    OtherKind,
    /// it is larger than may be read
    TooLarge,
    /// it cannot be unpacked, or its content does not fit its name
    Damaged,
    /// reading it did not end, or ended the worker
    Lost,
    /// more than one object is meant
    Ambiguous,
    /// reading it takes more memory than the worker may have
    Memory,
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    /// what the worker has given away; the first of all
    Confined(Confinement),
    /// this object has been being read for much too long
    Stuck(ObjectId),
    /// this object is read next
    Reading(ObjectId),
    /// authors not met before; they are numbered in the order in which they come
    Authors(Vec<(Vec<u8>, Vec<u8>)>),
    /// commits, newest first
    Commits(Vec<CommitRecord>),
    /// tags: the number of the asked id, and the time of the commit it leads to
    Tags(Vec<(u32, i64)>),
    /// files
    Entries(Vec<EntryRecord>),
    /// the bytes of a file
    Bytes(Vec<u8>),
    /// an object
    Found(ObjectId),
    /// all is said
    Done(Summary),
    /// nothing can be said
    Fault(Fault),
}

/// A commit as it crosses the pipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CommitRecord {
    /// the number of its author
    pub(crate) author: u32,
    /// when it was committed, as it says itself
    pub(crate) time: i64,
    /// how many parents it has
    pub(crate) parents: u32,
    /// the first line of its message, cut
    pub(crate) subject: Vec<u8>,
}

/// A file as it crosses the pipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryRecord {
    /// from the root, with `/`
    pub(crate) path: Vec<u8>,
    /// the mode of git: 0o100644, 0o100755, 0o120000 or 0o160000
    pub(crate) mode: u32,
    /// the blob; of a submodule, its commit
    pub(crate) id: ObjectId,
    /// the size in bytes, where it was asked for and could be told
    pub(crate) len: Option<u64>,
}

/// What is to be said at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// why it stopped before the end
    pub(crate) stopped: Option<Stop>,
    /// commits that are not written as commits are; names in trees that no tree should hold
    pub(crate) malformed: u32,
    /// commits that bear a date after the day of the scan; they are not told
    pub(crate) future: u32,
    /// commits that bear a date before there was any version control; they are told
    pub(crate) undated: u32,
    /// what first made the order of the commits doubtful, and how many had been told before
    pub(crate) first_doubt: Option<(u32, Doubt)>,
    /// tags of which nobody knows where they lead
    pub(crate) lost_tags: u32,
    /// folders deeper than are followed
    pub(crate) deep: u32,
    /// how many commits or trees could not be read
    pub(crate) faults: u32,
    /// the first of them
    pub(crate) first_fault: Option<(ObjectId, Fault)>,
}

/// Why it is not known which commits there are, or when they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// one cannot be read, and so nothing before it
    Unreadable,
    /// one is not written as commits are
    Malformed,
    /// one is dated after the day of the scan
    Future,
    /// one is dated before there was any version control
    Undated,
}

/// Why a walk stopped before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// older commits were not asked for
    Old,
    /// there are more than may be read
    Many,
    /// there was no more time
    Late,
    /// more than fits into one answer
    Full,
}

impl Summary {
    /// Counts an object that could not be read.
    pub(crate) fn fault(&mut self, id: ObjectId, fault: Fault) {
        self.faults = self.faults.saturating_add(1);
        self.first_fault.get_or_insert((id, fault));
    }

    /// Notes a doubt, if it is the first; `told` commits were told before.
    pub(crate) fn doubt(&mut self, told: u32, doubt: Doubt) {
        self.first_doubt.get_or_insert((told, doubt));
    }
}
