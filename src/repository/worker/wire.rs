//! How do bytes pass between the program and its worker?
//!
//! A frame is its length in four bytes, least significant first, and so many bytes. Neither side trusts the other:
//! a length is checked before anything is allocated, and whatever ends too early is `None`.

use super::super::object_id::ObjectId;
use std::io::{self, Read, Write};

/// The most bytes of one frame, and of all the frames of one answer.
pub(crate) const FRAME_BYTES: usize = 64 << 20;

/// How many bytes are copied to be sent together with their length.
const SHORT: usize = 64 << 10;

/// Writes one frame and sends it off.
pub(crate) fn write_frame(out: &mut impl Write, payload: &[u8]) -> io::Result<()> {
    let len = u32::try_from(payload.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    // one system call for what is short, which is nearly everything
    let (first, rest) = payload.split_at_checked(SHORT).unwrap_or((payload, &[]));
    out.write_all(&[&len.to_le_bytes(), first].concat())?;
    out.write_all(rest)?;
    out.flush()
}

/// Reads one frame; `None` where the other side has closed between two frames.
///
/// # Errors
/// Where it ends within a frame, or the frame is longer than [`FRAME_BYTES`].
pub(crate) fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut len = [0; 4];
    match input.read(&mut len) {
        Ok(0) => return Ok(None),
        Ok(got) => input.read_exact(len.get_mut(got..).unwrap_or_default())?,
        Err(error) if error.kind() == io::ErrorKind::Interrupted => input.read_exact(&mut len)?,
        Err(error) => return Err(error),
    }
    let len = u32::from_le_bytes(len) as usize;
    if len > FRAME_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut payload = Vec::with_capacity(len.min(1 << 20));
    input.take(len as u64).read_to_end(&mut payload)?;
    if payload.len() == len { Ok(Some(payload)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Puts a frame together.
#[derive(Default)]
pub(crate) struct Packer(pub(crate) Vec<u8>);

impl Packer {
    pub(crate) fn u8(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(crate) fn u32(&mut self, value: u32) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn i64(&mut self, value: i64) {
        self.0.extend(value.to_le_bytes());
    }

    pub(crate) fn id(&mut self, id: &ObjectId) {
        self.0.extend(id.as_bytes());
    }

    /// Bytes with their length before them; what does not fit into four bytes of length is cut.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.u32(len);
        self.0.extend_from_slice(bytes.get(..len as usize).unwrap_or_default());
    }

    pub(crate) fn option<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) {
        self.u8(value.is_some().into());
        if let Some(value) = value {
            put(self, value);
        }
    }

    pub(crate) fn list<T>(&mut self, values: &[T], mut put: impl FnMut(&mut Self, &T)) {
        let len = u32::try_from(values.len()).unwrap_or(u32::MAX);
        self.u32(len);
        values.iter().take(len as usize).for_each(|value| put(self, value));
    }
}

/// Takes a frame apart; each step is `None` where too little is left.
pub(crate) struct Unpacker<'a>(pub(crate) &'a [u8]);

impl<'a> Unpacker<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    pub(crate) fn i64(&mut self) -> Option<i64> {
        self.take(8)?.try_into().ok().map(i64::from_le_bytes)
    }

    pub(crate) fn id(&mut self) -> Option<ObjectId> {
        ObjectId::new(self.take(ObjectId::LEN)?)
    }

    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = self.u32()?;
        self.take(len as usize)
    }

    pub(crate) fn option<T>(&mut self, get: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.u8()? {
            0 => Some(None),
            _ => get(self).map(Some),
        }
    }

    /// A list; nothing is allocated on the word of its length alone.
    pub(crate) fn list<T>(&mut self, mut get: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let len = self.u32()?;
        (0..len).map(|_| get(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_there_and_back() {
        let mut wire = Vec::new();
        write_frame(&mut wire, b"one").unwrap();
        write_frame(&mut wire, b"").unwrap();
        write_frame(&mut wire, &[7; SHORT + 1]).unwrap();
        let mut input = wire.as_slice();
        assert_eq!(read_frame(&mut input).unwrap().unwrap(), b"one");
        assert_eq!(read_frame(&mut input).unwrap().unwrap(), b"");
        assert_eq!(read_frame(&mut input).unwrap().unwrap(), [7; SHORT + 1]);
        assert!(read_frame(&mut input).unwrap().is_none());
    }

    #[test]
    fn frames_that_lie() {
        for wire in [&b"\x01"[..], b"\x05\0\0\0abc", b"\xff\xff\xff\xff", b"\x01\0\0\x04x"] {
            assert!(read_frame(&mut &*wire).is_err(), "{wire:?}");
        }
    }

    #[test]
    fn lists_that_lie() {
        let mut lie = Unpacker(b"\xff\xff\xff\xff\x01");
        assert_eq!(lie.list(Unpacker::u8), None);
        let mut empty = Unpacker(b"\xff\xff\xff\xff");
        assert_eq!(empty.bytes(), None);
    }

    #[test]
    fn values_there_and_back() {
        let mut packer = Packer::default();
        packer.u64(u64::MAX);
        packer.i64(-7);
        packer.bytes(b"abc");
        packer.option(Some(3), Packer::u32);
        packer.option(None, Packer::u32);
        packer.list(&[1, 2], |packer, value| packer.u8(*value));
        let mut unpacker = Unpacker(&packer.0);
        assert_eq!(unpacker.u64(), Some(u64::MAX));
        assert_eq!(unpacker.i64(), Some(-7));
        assert_eq!(unpacker.bytes(), Some(&b"abc"[..]));
        assert_eq!(unpacker.option(Unpacker::u32), Some(Some(3)));
        assert_eq!(unpacker.option(Unpacker::u32), Some(None));
        assert_eq!(unpacker.list(Unpacker::u8), Some(vec![1, 2]));
        assert!(unpacker.is_empty());
    }
}
