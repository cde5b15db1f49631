//! How does a test write a repository? By hand, so that it may be as wrong as it likes.

use super::object_id::ObjectId;
use super::objects::{Launch, Objects, Program};
use super::testing::Yard;
use crate::phrase::{Lang, Phrase, Piece};
use sha1::{Digest, Sha1};

/// A sentence as English text.
pub(crate) fn english(phrase: &Phrase) -> String {
    let text = |piece| match piece {
        Piece::Own(text) => text,
        Piece::Foreign(text) => text.lossy().into_owned(),
    };
    phrase.message(Lang::En).0.into_iter().map(text).collect()
}

/// A commit that a test writes.
#[derive(Clone)]
pub(crate) struct NewCommit<'a> {
    pub(crate) parents: &'a [ObjectId],
    pub(crate) author: &'a str,
    pub(crate) time: &'a str,
    pub(crate) message: &'a str,
}

impl Default for NewCommit<'_> {
    fn default() -> Self {
        Self { parents: &[], author: "Ada Example <ada@example.org>", time: "1700000000 +0000", message: "one\n" }
    }
}

impl Yard {
    /// Makes it a repository without commits.
    pub(crate) fn git(&self) {
        self.file(".git/HEAD", "ref: refs/heads/main\n");
        self.file(".git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
        for folder in ["objects/info", "objects/pack", "refs/heads", "refs/tags"] {
            std::fs::create_dir_all(self.path(format!(".git/{folder}"))).unwrap();
        }
    }

    /// Writes a loose object and says what it is called.
    pub(crate) fn object(&self, kind: &str, data: impl AsRef<[u8]>) -> ObjectId {
        let data = data.as_ref();
        let content = [format!("{kind} {}\0", data.len()).as_bytes(), data].concat();
        let id = ObjectId::new(&Sha1::digest(&content)).unwrap();
        self.loose(id, &deflate(&content));
        id
    }

    /// Writes whatever bytes where the object of this name belongs.
    pub(crate) fn loose(&self, id: ObjectId, bytes: &[u8]) {
        self.file(Self::loose_path(id), bytes);
    }

    pub(crate) fn loose_path(id: ObjectId) -> String {
        let hex = id.to_hex();
        format!(".git/objects/{}/{}", &hex[..2], &hex[2..])
    }

    pub(crate) fn tree(&self, entries: &[(&str, &str, ObjectId)]) -> ObjectId {
        let entry = |(mode, name, id): &(&str, &str, ObjectId)| {
            [format!("{mode} {name}\0").as_bytes(), id.as_bytes().as_slice()].concat()
        };
        self.object("tree", entries.iter().map(entry).collect::<Vec<_>>().concat())
    }

    pub(crate) fn commit(&self, commit: &NewCommit<'_>) -> ObjectId {
        let tree = self.tree(&[]);
        self.object("commit", commit_text(tree, commit))
    }

    /// So many commits, each a day after the one before; the last is the head of `main`.
    pub(crate) fn commits(&self, count: usize) -> Vec<ObjectId> {
        let mut ids: Vec<ObjectId> = Vec::new();
        for day in 0..count {
            let time = format!("{} +0000", 1_700_000_000 + day * 86_400);
            let parents: Vec<_> = ids.last().copied().into_iter().collect();
            ids.push(self.commit(&NewCommit { parents: &parents, time: &time, ..NewCommit::default() }));
        }
        if let Some(last) = ids.last() {
            self.name("refs/heads/main", *last);
        }
        ids
    }

    /// Makes a loose ref.
    pub(crate) fn name(&self, name: &str, id: ObjectId) {
        self.file(format!(".git/{name}"), format!("{}\n", id.to_hex()));
    }

    /// The objects, read by a thread of the test.
    pub(crate) fn objects(&self) -> Objects {
        Objects::new(self.launch())
    }

    pub(crate) fn launch(&self) -> Launch {
        Launch {
            program: Program::Thread,
            objects: self.path(".git/objects"),
            alternates: Vec::new(),
            promised: None,
            limits: super::Limits::default(),
        }
    }
}

/// The text of a commit object.
pub(crate) fn commit_text(tree: ObjectId, commit: &NewCommit<'_>) -> String {
    let parents: String = commit.parents.iter().map(|parent| format!("parent {}\n", parent.to_hex())).collect();
    let NewCommit { author, time, message, .. } = commit;
    format!("tree {}\n{parents}author {author} {time}\ncommitter {author} {time}\n\n{message}", tree.to_hex())
}

/// A zlib stream of blocks that are not compressed (RFC 1950, RFC 1951 3.2.4).
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = if data.is_empty() { vec![data] } else { data.chunks(0xffff).collect() };
    for (at, block) in blocks.iter().enumerate() {
        let len = u16::try_from(block.len()).unwrap();
        out.push(u8::from(at + 1 == blocks.len()));
        out.extend(len.to_le_bytes());
        out.extend((!len).to_le_bytes());
        out.extend(*block);
    }
    let (a, b) = data.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}
