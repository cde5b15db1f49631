//! How are many repositories looked at, each by itself, so that nothing is lost?
//!
//! ```text
//! list, forge ─► fetch ─► examine (a process for each repository) ─► journal, results
//! ```

pub mod begin;
pub mod child;
pub mod entry;
pub mod examine;
pub mod fetch;
pub mod folder;
#[cfg(feature = "forges")]
pub mod forge;
pub mod journal;
pub mod list;
pub mod listed;
pub(crate) mod lock;
pub(crate) mod outcome;
pub mod run;
#[cfg(test)]
pub(crate) mod testing;
pub mod told;

pub use listed::{Listed, Location};
