//! How are many repositories looked at, each by itself, so that nothing is lost?
//!
//! ```text
//! list, forge ─► fetch ─► examine (a process for each repository) ─► journal, results
//! ```

pub mod begin;
pub mod child;
pub mod entry;
pub mod examine;
pub mod folder;
pub mod journal;
pub mod listed;
#[cfg(test)]
pub(crate) mod testing;

pub use listed::{Listed, Location};
