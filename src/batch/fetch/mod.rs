//! stub
use crate::phrase::Phrase;
use crate::portfolio::Status;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;
#[derive(Clone, Copy, Debug, Default)]
#[allow(missing_docs)]
pub struct FetchLimits {
    pub time: Duration,
    pub clone_bytes: u64,
    pub all_bytes: u64,
    pub blob: u64,
}
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Clones;
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Held<'a>(&'a Path);
#[allow(missing_docs)]
pub enum Unfetched {
    Stopped,
    Full(Phrase),
    Failed { status: Status, why: Phrase, attempts: u32 },
}
#[allow(missing_docs, clippy::all)]
impl Clones {
    pub fn open(_: &Path, _: FetchLimits, _: PathBuf, _: PathBuf) -> Result<Self, Phrase> {
        Ok(Self)
    }
    pub fn fetch(&self, _: &str, _: &AtomicBool) -> Result<Held<'_>, Unfetched> {
        Err(Unfetched::Stopped)
    }
}
#[allow(missing_docs)]
impl Held<'_> {
    pub fn path(&self) -> &Path {
        self.0
    }
    pub fn attempts(&self) -> u32 {
        1
    }
}
