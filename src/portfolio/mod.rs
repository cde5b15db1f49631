//! What state are many repositories in? Made from what `batch` writes down, and from nothing else.
//!
//! ```text
//! batch ─► journal.jsonl (Record) + results/ (RepositoryResult) ─► summary ─► history, exports, site
//! ```

pub mod record;
pub mod result;

pub use record::{Counts, Record, Status};
pub use result::{Both, FindingResult, LossResult, RepositoryResult, RuleResult};
