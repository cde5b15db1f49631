//! How is what a process says taken in, so that it neither waits for us nor fills the memory?

use crate::repository::worker::wire::write_frame;
use std::io::{self, Read};
use std::process::ChildStdin;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What happened to a pipe.
pub(super) enum Event {
    /// its other end was closed
    Closed,
    /// more came than is kept, of what must be kept whole
    TooMuch,
}

/// What came out of a pipe.
#[derive(Clone)]
pub(super) struct Kept(Arc<Mutex<State>>);

struct State {
    bytes: Vec<u8>,
    most: usize,
    /// whether the last bytes are kept and not the first
    last: bool,
    closed: bool,
}

impl Kept {
    /// Keeps the first bytes; more is too much.
    pub(super) fn first(most: usize) -> Self {
        Self(Arc::new(Mutex::new(State { bytes: Vec::new(), most, last: false, closed: false })))
    }

    /// Keeps the last bytes.
    pub(super) fn last(most: usize) -> Self {
        Self(Arc::new(Mutex::new(State { bytes: Vec::new(), most, last: true, closed: false })))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state().closed
    }

    pub(super) fn take(&self) -> Vec<u8> {
        let mut state = self.state();
        state.trim();
        std::mem::take(&mut state.bytes)
    }

    /// Whether it may go on.
    fn add(&self, bytes: &[u8]) -> bool {
        let mut state = self.state();
        if state.last {
            state.bytes.extend_from_slice(bytes);
            // not at each read, as what is kept must be moved
            if state.bytes.len() > state.most.saturating_mul(2) {
                state.trim();
            }
            return true;
        }
        let room = state.most.saturating_sub(state.bytes.len());
        state.bytes.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        bytes.len() <= room
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn trim(&mut self) {
        let more = self.bytes.len().saturating_sub(self.most);
        self.bytes.drain(..more);
    }
}

/// Reads a pipe to its end, on a thread of its own.
pub(super) fn read(mut from: impl Read + Send + 'static, into: Kept, tell: Sender<Event>) -> io::Result<()> {
    let read = move || {
        let mut buffer = [0; 16 << 10];
        loop {
            let event = match from.read(&mut buffer) {
                Ok(0) => Event::Closed,
                Ok(count) if into.add(buffer.get(..count).unwrap_or_default()) => continue,
                Ok(_) => Event::TooMuch,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => Event::Closed,
            };
            into.state().closed = true;
            let _ = tell.send(event);
            return;
        }
    };
    std::thread::Builder::new().name("pipe".to_owned()).spawn(read).map(drop)
}

/// Writes the frame, on a thread of its own, and keeps the pipe open until the other end of `held` is dropped.
pub(super) fn write(mut into: ChildStdin, frame: Vec<u8>, held: Receiver<()>) -> io::Result<()> {
    let write = move || {
        // one that does not read its input is no failure: it may not need it
        let _ = write_frame(&mut into, &frame);
        let _ = held.recv();
    };
    std::thread::Builder::new().name("life line".to_owned()).spawn(write).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_or_the_last_bytes_are_kept() {
        let first = Kept::first(4);
        assert!(first.add(b"abcd"));
        assert!(!first.add(b"e"));
        assert_eq!(first.take(), b"abcd");
        let last = Kept::last(4);
        for byte in b'a'..=b'z' {
            assert!(last.add(&[byte]));
        }
        assert_eq!(last.take(), b"wxyz");
        assert!(last.add(&[7; 100]));
        assert_eq!(last.take(), [7; 4]);
    }
}
