//! What do GitHub and other viewers read? SARIF 2.1.0, in the shape that GitHub code scanning takes.
//!
//! One run, all active rules, findings only: GitHub shows `kind: pass` as a problem and closes an alert whose rule is
//! there without a result. What was skipped or lost is told in `invocations[0].toolExecutionNotifications`.
//! No `security-severity`: a finding about reuse is no security alert.

mod driver;
mod notification;
mod result;
mod share;

use super::{TOOL, encode};
use crate::phrase::Lang;
use crate::report::Report;
use crate::repository::RepoPath;
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, PropertyBag, Run, RunAutomationDetails, Sarif, Tool, ToolComponent,
};
use std::collections::BTreeMap;

/// The address of the schema that GitHub's documentation gives.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The folder that all paths are relative to, in the words of GitHub.
const ROOT: &str = "%SRCROOT%";

/// What a result is anchored on where there is no file at all.
const NO_FILE: &str = "README.md";

/// The report as SARIF, its messages and help in one language, with a line break at its end.
///
/// `category` tells several analyses of one commit apart on GitHub; without it `upload-sarif` chooses one. Findings that
/// are waived are left out: GitHub takes a suppressed result for an open one.
pub fn render(report: &Report, lang: Lang, category: Option<&str>) -> String {
    log(report, lang, category, false)
}

/// As [`render`], with the findings that are waived as suppressed results, for viewers that know what that is.
pub fn render_with_waived(report: &Report, lang: Lang, category: Option<&str>) -> String {
    log(report, lang, category, true)
}

fn log(report: &Report, lang: Lang, category: Option<&str>, with_waived: bool) -> String {
    let driver = ToolComponent::builder()
        .name(TOOL.name)
        .semantic_version(TOOL.version)
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .language(lang.tag())
        .rules(report.outcomes.iter().map(|outcome| driver::rule(&outcome.rule, lang)).collect::<Vec<_>>())
        .build();
    let invocation = Invocation::builder()
        .execution_successful(report.losses.is_empty())
        .tool_execution_notifications(notification::all(report, lang))
        .build();
    let mut run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![invocation])
        .language(lang.tag())
        .column_kind("unicodeCodePoints")
        .results(result::all(report, lang, with_waived))
        .build();
    // GitHub takes all before the last slash as the category.
    run.automation_details = category.map(|category| {
        let id = format!("{}/", encode::plain(category.trim_end_matches('/')).replace('\n', " "));
        RunAutomationDetails::builder().id(id).build()
    });
    let log = Sarif::builder().schema(SCHEMA).version("2.1.0").runs(vec![run]).build();
    super::serialise(&log)
}

fn artifact(uri: String) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri).uri_base_id(ROOT).build()
}

/// The file that stands for the repository as a whole.
fn anchor(report: &Report) -> String {
    report.repository.anchor.as_ref().map_or_else(|| NO_FILE.to_owned(), address)
}

/// A file's address; [`NO_FILE`] where the path leads out of the repository.
fn address(path: &RepoPath) -> String {
    encode::uri(path).unwrap_or_else(|| NO_FILE.to_owned())
}

fn bag(tags: Vec<String>, more: impl IntoIterator<Item = (&'static str, serde_json::Value)>) -> PropertyBag {
    let additional: BTreeMap<String, serde_json::Value> =
        more.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let mut bag = PropertyBag::builder().additional_properties(additional).build();
    bag.tags = Some(tags).filter(|tags| !tags.is_empty());
    bag
}

/// Whether a text is a log of SARIF 2.1.0, by the types of its parts.
#[cfg(any(test, fuzzing))]
pub(crate) fn is_sarif(text: &str) -> bool {
    serde_json::from_str::<serde_sarif::sarif::Sarif>(text).is_ok()
}
