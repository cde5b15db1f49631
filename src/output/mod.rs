//! How is a report told? Each output is a function of the report alone.

pub mod badge;
pub mod baseline;
pub mod encode;
pub mod facts;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod identify;
pub mod json;
pub mod junit;
mod located;
pub mod markdown;
mod norm;
pub(crate) mod page;
pub mod policy;
pub mod rdjson;
pub mod reuse;
pub mod sarif;
pub mod sources;
pub mod text;
mod waived;
pub mod write;

use crate::phrase::Lang;
use crate::report::{Report, Verdict};
use crate::rule::Severity;
use serde::Serialize;

/// Who made an output.
#[derive(Clone, Copy, Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

/// How many of what: findings by severity, and the rules without any.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    pub(crate) ok: usize,
    pub(crate) skipped: usize,
    pub(crate) waived: usize,
}

impl Counts {
    pub(crate) fn of(report: &Report) -> Self {
        Self {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            // A rule whose findings are all waived does not hold, nor does it find anything.
            ok: report.outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Ok)).count(),
            skipped: report.skipped(),
            waived: report.waived(),
        }
    }
}

/// Something that could not be looked at, for JSON.
#[derive(Serialize)]
struct Loss {
    path: Option<String>,
    message: String,
}

impl Loss {
    fn of(loss: &crate::repository::Loss, lang: Lang) -> Self {
        Self { path: loss.path.as_ref().map(encode::json_path), message: encode::json_text(&loss.why.message(lang)) }
    }
}

/// JSON for a stream that a CI runner may read along, with a line break at its end.
fn serialise(document: &impl Serialize) -> String {
    // Only maps with keys that are no strings, or a failing `Serialize`, could fail; none of our documents has either.
    let mut json = encode::json_guard(&serde_json::to_string_pretty(document).unwrap_or_default());
    json.push('\n');
    json
}
