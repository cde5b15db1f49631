//! How are many objects written at once? As one pack with its index (gitformat-pack), each object whole and stored
//! rather than compressed.

use sha1::{Digest, Sha1};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The name of an object.
pub(super) type Id = [u8; 20];

/// A pack that is being written.
pub(super) struct Pack {
    folder: PathBuf,
    out: BufWriter<File>,
    len: u64,
    objects: Vec<(Id, u32, u32)>,
}

impl Pack {
    /// Begins a pack in the folder `objects/pack`.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let mut open = OpenOptions::new();
        let file = open.read(true).write(true).create(true).truncate(true).open(folder.join("new"))?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        // the number of objects is written over the zero once it is known
        out.write_all(b"PACK\0\0\0\x02\0\0\0\0")?;
        Ok(Self { folder: folder.to_owned(), out, len: 12, objects: Vec::new() })
    }

    /// Adds an object; its name.
    pub(super) fn add(&mut self, kind: &str, data: &[u8]) -> io::Result<Id> {
        let mut hash = Sha1::new();
        hash.update(format!("{kind} {}\0", data.len()));
        hash.update(data);
        let id: Id = hash.finalize().into();
        let mut bytes = header(kind, data.len());
        store(&mut bytes, data);
        let offset = u32::try_from(self.len).ok().filter(|offset| *offset < 1 << 31);
        let offset = offset.ok_or_else(|| io::Error::other("the pack grows beyond 2 GiB"))?;
        self.objects.push((id, crc(&bytes), offset));
        self.len += bytes.len() as u64;
        self.out.write_all(&bytes)?;
        Ok(id)
    }

    /// Writes the sum at its end, and the index.
    pub(super) fn finish(self) -> io::Result<()> {
        let Self { folder, out, mut objects, .. } = self;
        let mut file = out.into_inner()?;
        file.seek(SeekFrom::Start(8))?;
        file.write_all(&number(objects.len())?)?;
        file.rewind()?;
        let (mut hash, mut part) = (Sha1::new(), vec![0; 1 << 20]);
        loop {
            match file.read(&mut part)? {
                0 => break,
                read => hash.update(&part[..read]),
            }
        }
        let sum = hash.finalize();
        file.write_all(&sum)?;
        fs::rename(folder.join("new"), folder.join("pack-0.pack"))?;
        objects.sort_unstable();
        objects.dedup_by_key(|(id, ..)| *id);
        let mut index = Hashed::new(BufWriter::new(File::create(folder.join("pack-0.idx"))?));
        index.write_all(b"\xfftOc\0\0\0\x02")?;
        for first in 0..=u8::MAX {
            index.write_all(&number(objects.partition_point(|(id, ..)| id[0] <= first))?)?;
        }
        for (id, ..) in &objects {
            index.write_all(id)?;
        }
        for (_, crc, _) in &objects {
            index.write_all(&crc.to_be_bytes())?;
        }
        for (.., offset) in &objects {
            index.write_all(&offset.to_be_bytes())?;
        }
        index.write_all(&sum)?;
        index.finish()
    }
}

/// What is written, and the SHA-1 of it at its end.
pub(super) struct Hashed<W> {
    out: W,
    hash: Sha1,
}

impl<W: Write> Hashed<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, hash: Sha1::new() }
    }

    pub(super) fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.out.write_all(bytes)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.write_all(&self.hash.finalize())?;
        self.out.flush()
    }
}

/// A number of four bytes, as git's files have it.
pub(super) fn number(number: usize) -> io::Result<[u8; 4]> {
    u32::try_from(number).map(u32::to_be_bytes).map_err(io::Error::other)
}

fn header(kind: &str, len: usize) -> Vec<u8> {
    let kind = match kind {
        "commit" => 1,
        "tree" => 2,
        _ => 3,
    };
    let mut rest = len >> 4;
    let mut bytes = vec![(kind << 4) | (len & 15) as u8];
    while rest > 0 {
        if let Some(last) = bytes.last_mut() {
            *last |= 128;
        }
        bytes.push((rest & 127) as u8);
        rest >>= 7;
    }
    bytes
}

/// Appends the data as zlib has it (RFC 1950), in blocks that are stored as they are (RFC 1951, 3.2.4).
fn store(bytes: &mut Vec<u8>, data: &[u8]) {
    bytes.extend([0x78, 1]);
    let mut blocks = data.chunks(usize::from(u16::MAX)).peekable();
    if data.is_empty() {
        bytes.extend([1, 0, 0, 255, 255]);
    }
    while let Some(block) = blocks.next() {
        let len = block.len() as u16;
        bytes.push(blocks.peek().is_none().into());
        bytes.extend(len.to_le_bytes());
        bytes.extend((!len).to_le_bytes());
        bytes.extend(block);
    }
    // The sums stay below 2^32 for 5,552 bytes.
    let (mut a, mut b) = (1_u32, 0_u32);
    for part in data.chunks(5552) {
        for byte in part {
            a += u32::from(*byte);
            b += a;
        }
        a %= 65521;
        b %= 65521;
    }
    bytes.extend((b << 16 | a).to_be_bytes());
}

/// CRC-32 as zlib computes it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| CRC[((crc ^ u32::from(*byte)) & 255) as usize] ^ (crc >> 8))
}

const CRC: [u32; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let mut crc = at as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[at] = crc;
        at += 1;
    }
    table
};
