//! How are the bytes of an index read?

use super::super::state::{Blob, Stamp, State};
use super::split::Link;
use super::{Entry, instead};
use crate::phrase::Phrase;

/// The longest path that is read; the system opens none of this length.
const LONGEST_PATH: usize = 16 << 10;
/// The bytes of all paths together, for each entry that is wanted; version 4 writes a long path with a few bytes.
const ALL_PATHS: usize = 320;
/// So many are read in any case.
const FEW_PATHS: usize = 4 << 20;

/// What an index file holds.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// in the order of the file, conflicting stages of a path among them; `path` is empty where a split index
    /// replaces an entry of its base
    pub(super) entries: Vec<Entry>,
    /// what a split index says of its base
    pub(super) link: Option<Link>,
    /// an extension that changes what the index means in a way not known here
    pub(super) unknown: Option<[u8; 4]>,
    /// whether there were more entries than were asked for
    pub(super) cut: bool,
}

/// What is wrong with an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Damage {
    /// it does not begin as one
    Signature,
    /// a version that is not known
    Version(u32),
    /// it ends too early
    Short,
    /// an entry is of no known type
    Mode,
    /// the entries are not sorted
    Order,
    /// a path is too long, or says it begins like the one before, which is shorter
    Path,
    /// it does not fit the index it is split from
    Split,
}

impl Damage {
    pub(super) fn phrase(self) -> Phrase {
        match self {
            Self::Signature => instead!(
                "the git index is damaged (it does not begin as one)",
                "der Index von Git (git index) ist beschädigt (er fängt nicht wie einer an)"
            ),
            Self::Version(version) => instead!(
                "the git index is of version {version}, which is not known here",
                "der Index von Git (git index) hat die hier unbekannte Version {version}"
            )
            .with("version", version.to_string()),
            Self::Short => instead!(
                "the git index is damaged (it ends too early)",
                "der Index von Git (git index) ist beschädigt (er endet zu früh)"
            ),
            Self::Mode => instead!(
                "the git index is damaged (an entry is of no known type)",
                "der Index von Git (git index) ist beschädigt (ein Eintrag hat keine bekannte Art)"
            ),
            Self::Order => instead!(
                "the git index is damaged (its entries are not sorted)",
                "der Index von Git (git index) ist beschädigt (die Einträge sind nicht sortiert)"
            ),
            Self::Path => instead!(
                "the git index is damaged (a path makes no sense)",
                "der Index von Git (git index) ist beschädigt (ein Pfad ergibt keinen Sinn)"
            ),
            Self::Split => instead!(
                "the git index is damaged (it does not fit its shared part)",
                "der Index von Git (git index) ist beschädigt (er passt nicht zu seinem gemeinsamen Teil)"
            ),
        }
    }
}

/// Reads an index; `hash` is the length of an object id, `most` the number of entries wanted.
pub(super) fn parse(bytes: &[u8], hash: usize, most: usize) -> Result<Parsed, Damage> {
    let end = bytes.len().checked_sub(hash).ok_or(Damage::Short)?;
    let mut rest = Cursor(bytes.get(..end).unwrap_or_default());
    if rest.take(4)? != b"DIRC" {
        return Err(Damage::Signature);
    }
    let version = rest.u32()?;
    if !(2..=4).contains(&version) {
        return Err(Damage::Version(version));
    }
    let count = rest.u32()? as usize;
    let mut parsed = Parsed::default();
    // the smallest entry of version 4 has 40 bytes, its id, two bytes of flags, and two of its path
    parsed.entries.reserve(count.min(most).min(bytes.len() / (hash + 44)));
    let mut path: Vec<u8> = Vec::new();
    let mut before: Option<(Vec<u8>, u16)> = None;
    let mut held = 0_usize;
    for _ in 0..count {
        let (mut entry, stage) = entry(&mut rest, version, hash, &mut path)?;
        let place = (path.clone(), stage);
        if before.as_ref().is_some_and(|before| !before.0.is_empty() && *before >= place) {
            return Err(Damage::Order);
        }
        before = Some(place);
        held = held.saturating_add(path.len());
        if parsed.entries.len() == most || held > most.saturating_mul(ALL_PATHS).max(FEW_PATHS) {
            parsed.cut = true;
            // what follows is only needed by a split index, and there is more than enough without it
            return Ok(parsed);
        }
        entry.path.clone_from(&path);
        parsed.entries.push(entry);
    }
    while !rest.0.is_empty() {
        extension(&mut rest, hash, &mut parsed)?;
    }
    Ok(parsed)
}

/// Reads one entry but its path, which is left in `path`; with it comes the stage of a conflict.
fn entry(rest: &mut Cursor<'_>, version: u32, hash: usize, path: &mut Vec<u8>) -> Result<(Entry, u16), Damage> {
    let whole = rest.0.len();
    let mut stamp = [0; 9];
    // times, device and inode; then, behind the mode, user, group and size
    let (times, owner) = stamp.split_at_mut(6);
    for field in times {
        *field = rest.u32()?;
    }
    let mode = rest.u32()?;
    if !matches!(mode & 0o170_000, 0o100_000 | 0o120_000 | 0o160_000 | 0o040_000) {
        return Err(Damage::Mode);
    }
    for field in owner {
        *field = rest.u32()?;
    }
    let oid = rest.take(hash)?;
    let flags = rest.u16()?;
    let extended = if flags & 0x4000 != 0 && version >= 3 { rest.u16()? } else { 0 };
    let skip_worktree = extended & 0x4000 != 0;
    if version == 4 {
        let keep = path.len().checked_sub(rest.varint()?).ok_or(Damage::Path)?;
        path.truncate(keep);
        path.extend_from_slice(rest.until_nul()?);
    } else {
        path.clear();
        let length = usize::from(flags & 0x0fff);
        if length < 0x0fff {
            path.extend_from_slice(rest.take(length)?);
            rest.take(1)?;
        } else {
            path.extend_from_slice(rest.until_nul()?);
        }
        let used = whole - rest.0.len();
        rest.take(used.next_multiple_of(8) - used)?;
    }
    if path.len() > LONGEST_PATH {
        return Err(Damage::Path);
    }
    let wanted = skip_worktree || mode & 0o170_000 == 0o040_000;
    let stage = (flags >> 12) & 3;
    // one side of a conflict is not what lies there, and what is only intended to be added has no blob yet
    let sure = stage == 0 && extended & 0x2000 == 0;
    let state = State { stamp: Some(Stamp(stamp)), blob: Blob::new(oid).filter(|_| sure) };
    let oid = if wanted { oid.to_vec() } else { Vec::new() };
    Ok((Entry { path: Vec::new(), mode, oid, skip_worktree, state }, stage))
}

/// Reads one extension. Those whose name begins with a capital letter may be ignored, says the format.
fn extension(rest: &mut Cursor<'_>, hash: usize, parsed: &mut Parsed) -> Result<(), Damage> {
    let name = rest.take(4)?;
    let length = rest.u32()? as usize;
    let body = rest.take(length)?;
    match name {
        b"link" => parsed.link = Some(Link::parse(body, hash).ok_or(Damage::Split)?),
        b"sdir" | [b'A'..=b'Z', ..] => {}
        other => parsed.unknown = other.try_into().ok(),
    }
    Ok(())
}

/// What is still to be read.
struct Cursor<'b>(&'b [u8]);

impl<'b> Cursor<'b> {
    fn take(&mut self, n: usize) -> Result<&'b [u8], Damage> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or(Damage::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, Damage> {
        Ok(u32::from_be_bytes(self.take(4)?.try_into().map_err(|_| Damage::Short)?))
    }

    fn u16(&mut self) -> Result<u16, Damage> {
        Ok(u16::from_be_bytes(self.take(2)?.try_into().map_err(|_| Damage::Short)?))
    }

    fn until_nul(&mut self) -> Result<&'b [u8], Damage> {
        let end = memchr::memchr(0, self.0).ok_or(Damage::Short)?;
        let taken = self.take(end)?;
        self.take(1)?;
        Ok(taken)
    }

    /// A number as in the offsets of packs: seven bits a byte, one added for each byte that follows.
    fn varint(&mut self) -> Result<usize, Damage> {
        let mut value = 0_usize;
        for more in 0..8 {
            let byte = self.take(1)?.first().copied().unwrap_or_default();
            value = (value << 7) + usize::from(byte & 0x7f) + usize::from(more > 0) * 128;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Damage::Path)
    }
}
