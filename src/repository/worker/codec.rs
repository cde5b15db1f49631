//! How are requests and replies written as bytes?

use super::confine::Confinement;
use super::message::{CommitRecord, Doubt, EntryRecord, Fault, Manner, Reply, Request, Stop, Summary, Walk};
use super::wire::{Packer, Unpacker};

impl Request {
    /// The bytes of one frame.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let mut out = Packer::default();
        match self {
            Self::Open { objects, alternates, cpu_seconds, memory } => {
                out.u8(0);
                out.bytes(objects);
                out.list(alternates, |out, path| out.bytes(path));
                out.u32(*cpu_seconds);
                out.u64(*memory);
            }
            Self::List { of, entries, depth, bytes, sizes, with } => {
                out.u8(1);
                out.id(of);
                out.u32(*entries);
                out.u32(*depth);
                out.u64(*bytes);
                out.u8((*sizes).into());
                with.pack(&mut out);
            }
            Self::Blob { id, limit, first } => {
                out.u8(2);
                out.id(id);
                out.u64(*limit);
                out.u64(*first);
            }
            Self::Peel(id) => {
                out.u8(3);
                out.id(id);
            }
            Self::Find { prefix, digits } => {
                out.u8(4);
                out.id(prefix);
                out.u8(*digits);
            }
            Self::History { of, with } => {
                out.u8(5);
                out.list(&of.heads, Packer::id);
                out.list(&of.tags, Packer::id);
                out.list(&of.shallow, Packer::id);
                out.option(of.since, Packer::i64);
                out.u32(of.least);
                out.i64(of.until);
                out.u32(of.commits);
                out.u32(of.millis);
                with.pack(&mut out);
            }
        }
        out.0
    }

    /// What a frame asks; `None` where it is no request.
    pub(crate) fn unpack(frame: &[u8]) -> Option<Self> {
        let mut input = Unpacker(frame);
        let request = match input.u8()? {
            0 => Self::Open {
                objects: input.bytes()?.to_vec(),
                alternates: input.list(|input| input.bytes().map(<[u8]>::to_vec))?,
                cpu_seconds: input.u32()?,
                memory: input.u64()?,
            },
            1 => Self::List {
                of: input.id()?,
                entries: input.u32()?,
                depth: input.u32()?,
                bytes: input.u64()?,
                sizes: input.u8()? != 0,
                with: Manner::unpack(&mut input)?,
            },
            2 => Self::Blob { id: input.id()?, limit: input.u64()?, first: input.u64()? },
            3 => Self::Peel(input.id()?),
            4 => Self::Find { prefix: input.id()?, digits: input.u8()? },
            5 => Self::History {
                of: Walk {
                    heads: input.list(Unpacker::id)?,
                    tags: input.list(Unpacker::id)?,
                    shallow: input.list(Unpacker::id)?,
                    since: input.option(Unpacker::i64)?,
                    least: input.u32()?,
                    until: input.i64()?,
                    commits: input.u32()?,
                    millis: input.u32()?,
                },
                with: Manner::unpack(&mut input)?,
            },
            _ => return None,
        };
        input.is_empty().then_some(request)
    }
}

impl Manner {
    fn pack(&self, out: &mut Packer) {
        out.list(&self.skip, Packer::id);
        out.u8(self.announce.into());
    }

    fn unpack(input: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self { skip: input.list(Unpacker::id)?, announce: input.u8()? != 0 })
    }
}

impl Reply {
    /// The bytes of one frame.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let mut out = Packer::default();
        match self {
            Self::Stuck(id) => {
                out.u8(0);
                out.id(id);
            }
            Self::Reading(id) => {
                out.u8(1);
                out.id(id);
            }
            Self::Authors(authors) => {
                out.u8(2);
                out.list(authors, |out, (name, email)| {
                    out.bytes(name);
                    out.bytes(email);
                });
            }
            Self::Commits(commits) => {
                out.u8(3);
                out.list(commits, |out, commit| {
                    out.u32(commit.author);
                    out.i64(commit.time);
                    out.u32(commit.parents);
                    out.bytes(&commit.subject);
                });
            }
            Self::Tags(tags) => {
                out.u8(4);
                out.list(tags, |out, (tag, time)| {
                    out.u32(*tag);
                    out.i64(*time);
                });
            }
            Self::Entries(entries) => {
                out.u8(5);
                out.list(entries, |out, entry| {
                    out.bytes(&entry.path);
                    out.u32(entry.mode);
                    out.id(&entry.id);
                    out.option(entry.len, Packer::u64);
                });
            }
            Self::Bytes(bytes) => {
                out.u8(6);
                out.bytes(bytes);
            }
            Self::Found(id) => {
                out.u8(7);
                out.id(id);
            }
            Self::Done(summary) => {
                out.u8(8);
                summary.pack(&mut out);
            }
            Self::Fault(fault) => {
                out.u8(9);
                out.u8(fault.code());
            }
            Self::Confined(confinement) => {
                out.u8(10);
                confinement.pack(&mut out);
            }
        }
        out.0
    }

    /// What a frame answers; `None` where it is no reply.
    pub(crate) fn unpack(frame: &[u8]) -> Option<Self> {
        let mut input = Unpacker(frame);
        let own = |bytes: &[u8]| bytes.to_vec();
        let reply = match input.u8()? {
            0 => Self::Stuck(input.id()?),
            1 => Self::Reading(input.id()?),
            2 => Self::Authors(input.list(|input| Some((input.bytes().map(own)?, input.bytes().map(own)?)))?),
            3 => Self::Commits(input.list(|input| {
                Some(CommitRecord {
                    author: input.u32()?,
                    time: input.i64()?,
                    parents: input.u32()?,
                    subject: input.bytes().map(own)?,
                })
            })?),
            4 => Self::Tags(input.list(|input| Some((input.u32()?, input.i64()?)))?),
            5 => Self::Entries(input.list(|input| {
                Some(EntryRecord {
                    path: input.bytes().map(own)?,
                    mode: input.u32()?,
                    id: input.id()?,
                    len: input.option(Unpacker::u64)?,
                })
            })?),
            6 => Self::Bytes(input.bytes().map(own)?),
            7 => Self::Found(input.id()?),
            8 => Self::Done(Summary::unpack(&mut input)?),
            9 => Self::Fault(Fault::of(input.u8()?)?),
            10 => Self::Confined(Confinement::unpack(&mut input)?),
            _ => return None,
        };
        input.is_empty().then_some(reply)
    }
}

impl Summary {
    fn pack(&self, out: &mut Packer) {
        out.u8(self.stopped.map_or(0, Stop::code));
        out.u32(self.malformed);
        out.u32(self.future);
        out.u32(self.undated);
        out.option(self.first_doubt, |out, (told, doubt)| {
            out.u32(told);
            out.u8(doubt.code());
        });
        out.u32(self.lost_tags);
        out.u32(self.deep);
        out.u32(self.faults);
        out.option(self.first_fault, |out, (id, fault)| {
            out.id(&id);
            out.u8(fault.code());
        });
    }

    fn unpack(input: &mut Unpacker<'_>) -> Option<Self> {
        Some(Self {
            stopped: Stop::of(input.u8()?)?,
            malformed: input.u32()?,
            future: input.u32()?,
            undated: input.u32()?,
            first_doubt: input.option(|input| Some((input.u32()?, Doubt::of(input.u8()?)?)))?,
            lost_tags: input.u32()?,
            deep: input.u32()?,
            faults: input.u32()?,
            first_fault: input.option(|input| Some((input.id()?, Fault::of(input.u8()?)?)))?,
        })
    }
}

impl Fault {
    const ALL: [Self; 7] =
        [Self::Missing, Self::OtherKind, Self::TooLarge, Self::Damaged, Self::Lost, Self::Ambiguous, Self::Memory];

    fn code(self) -> u8 {
        self as u8
    }

    fn of(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

impl Doubt {
    const ALL: [Self; 4] = [Self::Unreadable, Self::Malformed, Self::Future, Self::Undated];

    fn code(self) -> u8 {
        self as u8
    }

    fn of(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

impl Stop {
    fn code(self) -> u8 {
        self as u8 + 1
    }

    /// Nothing stopped it, or one of the reasons; the outer `None` for what is no code.
    fn of(code: u8) -> Option<Option<Self>> {
        match code {
            0 => Some(None),
            1 => Some(Some(Self::Old)),
            2 => Some(Some(Self::Many)),
            3 => Some(Some(Self::Late)),
            4 => Some(Some(Self::Full)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::object_id::ObjectId;
    use super::super::confine::Landlock;
    use super::*;

    fn id(first: u8) -> ObjectId {
        ObjectId::new(&[first; 20]).unwrap()
    }

    fn requests() -> Vec<Request> {
        let with = Manner { skip: vec![id(9)], announce: true };
        vec![
            Request::Open {
                objects: b".".to_vec(),
                alternates: vec![b"../\xff".to_vec()],
                cpu_seconds: 60,
                memory: 1 << 40,
            },
            Request::List { of: id(1), entries: 7, depth: 8, bytes: 1 << 40, sizes: true, with: with.clone() },
            Request::Blob { id: id(2), limit: 1 << 40, first: 3 },
            Request::Peel(id(3)),
            Request::Find { prefix: id(4), digits: 7 },
            Request::History {
                of: Walk {
                    heads: vec![id(5)],
                    tags: vec![id(6), id(7)],
                    shallow: vec![],
                    since: Some(-1),
                    least: 7,
                    until: 5,
                    commits: 10,
                    millis: 20,
                },
                with,
            },
        ]
    }

    fn replies() -> Vec<Reply> {
        let fault = |fault| Summary { faults: 1, first_fault: Some((id(1), fault)), ..Summary::default() };
        let counts = Summary { malformed: 1, future: 2, undated: 4, lost_tags: 3, deep: 5, ..Summary::default() };
        let stop = |stop| Summary { stopped: Some(stop), first_doubt: Some((9, Doubt::Undated)), ..counts.clone() };
        let commit = CommitRecord { author: 1, time: -5, parents: 2, subject: b"x".to_vec() };
        let entry = EntryRecord { path: b"a/b".to_vec(), mode: 0o100_644, id: id(4), len: Some(5) };
        let mut replies = vec![
            Reply::Stuck(id(1)),
            Reply::Reading(id(2)),
            Reply::Authors(vec![(b"Ada".to_vec(), b"ada@example.org".to_vec())]),
            Reply::Commits(vec![commit]),
            Reply::Tags(vec![(3, 4)]),
            Reply::Entries(vec![entry.clone(), EntryRecord { len: None, ..entry }]),
            Reply::Bytes(b"abc".to_vec()),
            Reply::Found(id(5)),
            Reply::Done(Summary::default()),
            Reply::Confined(Confinement::default()),
            Reply::Confined(Confinement { landlock: Landlock::Partly(3), memory: Some(1 << 40), ..Confinement::all() }),
            Reply::Confined(Confinement::all()),
        ];
        replies.extend(Fault::ALL.map(Reply::Fault));
        replies.extend(Fault::ALL.map(|each| Reply::Done(fault(each))));
        replies.extend([Stop::Old, Stop::Many, Stop::Late, Stop::Full].map(|each| Reply::Done(stop(each))));
        replies
    }

    #[test]
    fn there_and_back() {
        for request in requests() {
            assert_eq!(Request::unpack(&request.pack()), Some(request));
        }
        for reply in replies() {
            assert_eq!(Reply::unpack(&reply.pack()), Some(reply));
        }
    }

    #[test]
    fn what_is_cut_or_longer_is_nothing() {
        for frame in requests().iter().map(Request::pack) {
            for end in 0..frame.len() {
                assert_eq!(Request::unpack(&frame[..end]), None, "{frame:?} until {end}");
            }
            assert_eq!(Request::unpack(&[frame, vec![0]].concat()), None);
        }
        for frame in replies().iter().map(Reply::pack) {
            for end in 0..frame.len() {
                assert_eq!(Reply::unpack(&frame[..end]), None, "{frame:?} until {end}");
            }
            assert_eq!(Reply::unpack(&[frame, vec![0]].concat()), None);
        }
        assert_eq!(Reply::unpack(&[99]), None);
        assert_eq!(Request::unpack(&[99]), None);
    }
}
