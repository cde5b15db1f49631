//! What does a person read? The report for a terminal or a log, in the order of what hinders reuse most.

pub(in crate::output) mod excerpt;
pub(in crate::output) mod findings;
pub(crate) mod head;
mod paint;
mod policy;
pub(in crate::output) mod tail;
mod work;
pub(crate) mod wrap;

use crate::phrase::Lang;
use crate::report::Report;
use paint::Paint;
pub(in crate::output) use policy::policy_line;
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

/// The report as text, with a line break at its end. No line of it is wider than the style says, except for paths and
/// examples that would be of no use in pieces; no line is a command to a CI runner.
pub fn render(report: &Report, style: &Style) -> String {
    let style = Style { width: style.width.clamp(NARROWEST, WIDEST), ..style.clone() };
    let mut page = Page { out: String::new(), paint: Paint::new(&style), style: &style };
    if !style.quiet {
        head::head(&mut page, report);
        page.line("");
    }
    let mut level = None;
    for outcome in report.outcomes.iter().filter(|outcome| !outcome.verdict.findings().is_empty()) {
        if level.replace(outcome.rule.level) != Some(outcome.rule.level) {
            let title = format!("── {} ", outcome.rule.level.title(style.lang));
            let line = page.paint.dim(&format!("{title:─<width$}", width = style.width));
            page.line(&line);
            page.line("");
        }
        findings::rule(&mut page, outcome);
        page.line("");
    }
    if style.verbose {
        tail::holding(&mut page, report);
    }
    if !style.quiet {
        tail::skipped(&mut page, report);
    }
    if !style.quiet {
        tail::waived(&mut page, report);
    }
    tail::losses(&mut page, report);
    if style.verbose {
        tail::bounds(&mut page, report);
        work::work(&mut page, report);
    }
    if !style.quiet {
        tail::norm(&mut page, report);
    }
    tail::counts(&mut page, report);
    super::encode::guard(&page.out)
}

/// Which policy decided, what could not be looked at, and how much of what: where findings are told elsewhere.
pub(in crate::output) fn summary(report: &Report, style: &Style) -> String {
    let mut page = Page { out: String::new(), paint: Paint::new(style), style };
    head::policy(&mut page, report);
    tail::losses(&mut page, report);
    tail::counts(&mut page, report);
    super::encode::guard(&page.out)
}

/// A narrower terminal gets lines that it has to break itself.
const NARROWEST: usize = 60;

/// Longer lines are hard to read, however wide the terminal.
const WIDEST: usize = 120;

/// What is written so far.
struct Page<'s> {
    out: String,
    paint: Paint,
    style: &'s Style,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }
}

/// A wrapped text: the first line begins with `first`, the others are set in by `indent`.
fn paragraph(page: &mut Page<'_>, text: &str, first: &str, indent: usize) {
    for line in wrap::wrap(text, first, indent, page.style.width) {
        page.line(&line);
    }
}
