//! What state are many repositories in? Made from what `batch` writes down, and from nothing else.
//!
//! ```text
//! batch ─► journal.jsonl (Record) + results/ (RepositoryResult) ─► summary ─► history, exports, site
//! ```

pub mod export;
mod files;
pub mod history;
mod make;
pub mod merge;
pub mod numbers;
pub mod record;
pub mod result;
pub mod run;
pub mod site;
pub mod stored;
pub mod summary;
pub mod trend;

pub use make::{Made, make};
pub use merge::merge;
pub use record::{Counts, Record, Status};
pub use result::{Both, FindingResult, LossResult, RepositoryResult, RuleResult};
pub use run::{Run, Shard};
pub use site::Site;
pub use stored::Stored;
pub use summary::{Summarizer, Summary};
pub use trend::TrendPoint;
