//! civiclint looks at a code repository and says whether others may, can and will be able to reuse it.
//!
//! Rooms observe, rules ask, a judge compares, outputs speak; each knows only the one before it:
//!
//! ```text
//! repository ─► reading ─► signals (rooms) ─► judge ─► waiver ─► report ─► output
//!                              rules/*.md ─► rule ─┘
//! ```
//!
//! Many repositories: [`batch`] has each looked at in a process of its own and writes down what came of it; [`portfolio`]
//! makes of that what people read.
//!
//! What somebody accepted is taken out between two steps of the judge; see [`waiver`].
//!
//! The library has no global state: the clock, the environment, printing and exiting live in `main.rs`.

pub mod batch;
pub mod explain;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod fuzzing;
pub mod init;
pub mod judge;
pub mod output;
pub mod phrase;
pub mod place;
pub mod policy;
pub mod portfolio;
pub mod reading;
pub mod report;
pub mod repository;
pub mod rule;
pub mod side_by_side;
pub mod signal;
pub mod signals;
pub mod untrusted;
pub mod waiver;
