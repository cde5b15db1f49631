//! How are many repositories looked at, each by itself, so that nothing is lost?
//!
//! ```text
//! list, forge ─► fetch ─► examine (a process for each repository) ─► journal, results
//! ```

pub mod child;
pub mod fetch;
pub mod listed;

pub use listed::{Listed, Location};
