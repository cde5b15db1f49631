//! What does a person read? The report for a terminal or a log, in the order of what hinders reuse most.

use crate::phrase::Lang;
use crate::report::Report;
use std::path::PathBuf;

/// How the text is to look.
#[derive(Clone, Debug)]
pub struct Style {
    /// with colours
    pub colour: bool,
    /// paths as hyperlinks (OSC 8) below this folder, which is the absolute path of what was looked at
    pub links: Option<PathBuf>,
    /// columns
    pub width: usize,
    /// the language
    pub lang: Lang,
    /// all places, and the rules that hold
    pub verbose: bool,
    /// findings and the last line only
    pub quiet: bool,
    /// for the log of a GitHub runner; the text is the same, and free of runner commands in any case
    pub github: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, links: None, width: 80, lang: Lang::En, verbose: false, quiet: false, github: false }
    }
}

/// The report as text, with a line break at its end.
pub fn render(report: &Report, style: &Style) -> String {
    let mut out = String::new();
    for outcome in &report.outcomes {
        for finding in outcome.verdict.findings() {
            out.push_str(&format!(
                "{}[{}]: {}\n",
                outcome.rule.severity.title(style.lang),
                outcome.rule.id,
                super::encode::terminal(&finding.message(&outcome.rule, style.lang))
            ));
        }
    }
    super::encode::guard(&out)
}
