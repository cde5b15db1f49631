//! How does a portfolio leave for other programs, and for people with two minutes?

pub mod catalogue;
pub mod csv;
pub mod json;
pub mod jsonl;
pub mod markdown;

/// The Markdown summary in an output folder.
pub const MARKDOWN: &str = "portfolio.md";

/// The table of repositories in an output folder.
pub const CSV: &str = "portfolio.csv";
