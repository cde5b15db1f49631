//! What can be printed and passed on? The report as one HTML page that needs nothing else.
//!
//! The page loads nothing and holds no script; its content security policy forbids both. The templates beside this file
//! escape whatever is text, and markup can only come from them or from a `&'static str` (see `flow`). In the page's
//! order: `summary`, `findings`, `accepted`, `norm`, `rest`. Made to meet WCAG 2.2 AA.

mod accepted;
mod findings;
mod flow;
mod folders;
mod markdown;
mod norm;
mod rest;
mod style;
mod summary;

use crate::phrase::Lang;
use crate::report::Report;
use askama::Template;

// What the pages of a portfolio are made of, too.
pub(crate) use flow::{Bit, Flow, own};
pub(crate) use markdown::flow as markdown_flow;
pub(crate) use style::{CSS, base64};
pub(crate) use summary::{day, how_far};

/// The whole page. What another part of the report needs is a field here and a section in `page.html`.
#[derive(Template)]
#[template(path = "page.html", config = "src/output/html/askama.toml")]
struct Page {
    lang: Lang,
    version: &'static str,
    policy: String,
    css: &'static str,
    about: summary::About,
    standing: summary::Standing,
    levels: Vec<findings::Group>,
    accepted: Vec<accepted::Group>,
    accepted_more: Option<String>,
    gone: Option<String>,
    norm: Option<norm::Section>,
    holding: Vec<rest::Holding>,
    skipped: Vec<rest::Reason>,
    unjudged: usize,
    losses: Vec<rest::Reason>,
    lost: usize,
}

/// The report as an HTML page, with a line break at its end; below 2 MiB whatever was found, and far less as a rule.
pub fn render(report: &Report, lang: Lang) -> String {
    let (accepted, accepted_more) = accepted::groups(report, lang);
    let page = Page {
        lang,
        version: super::TOOL.version,
        policy: style::policy(),
        css: style::CSS,
        about: summary::About::of(report, lang),
        standing: summary::Standing::of(report, lang),
        levels: findings::groups(report, lang),
        accepted,
        accepted_more,
        gone: super::waived::gone(report, lang),
        norm: norm::section(report, lang),
        holding: rest::holding(report, lang),
        skipped: rest::skipped(report, lang),
        unjudged: report.skipped(),
        losses: rest::losses(report, lang),
        lost: report.losses.len(),
    };
    // Only writing fails, and this writes to memory.
    let mut html = page.render().unwrap_or_default();
    if !html.ends_with('\n') {
        html.push('\n');
    }
    super::encode::guard(&html)
}

impl Page {
    /// The sum of findings, for the list of sections.
    fn found(&self) -> usize {
        self.levels.iter().flat_map(|level| &level.cards).map(|card| card.count).sum()
    }

    /// Whether anything follows the summary.
    fn has_sections(&self) -> bool {
        let [levels, accepted] = [self.levels.is_empty(), self.accepted.is_empty() && self.norm.is_none()];
        !(levels && accepted && self.holding.is_empty() && self.skipped.is_empty() && self.losses.is_empty())
    }

    /// How many rules hold.
    fn holds(&self) -> usize {
        self.holding.iter().map(|level| level.rules.len()).sum()
    }

    /// How many findings were accepted.
    fn waived(&self) -> usize {
        self.accepted.iter().map(|group| group.count).sum()
    }
}

/// "and 3 more", where there are more than are shown.
fn more(number: usize, lang: Lang) -> Option<String> {
    (number > 0).then(|| lang.pick("and {n} more", "und {n} weitere").replace("{n}", &number.to_string()))
}

/// What a fragment of the page's address can be: the id of a rule, which has no blanks as a rule.
fn anchor(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::About;
    use crate::untrusted::Untrusted;

    #[test]
    fn the_policy_stands_before_the_style_it_names() {
        let repository = About {
            path: Untrusted::from("."),
            revision: None,
            kind: None,
            licence: None,
            asked: false,
            shallow: false,
            anchor: None,
        };
        let report = Report {
            as_of: "2026-11-22".to_owned(),
            repository,
            outcomes: Vec::new(),
            level: None,
            profile: "civic".to_owned(),
            policy: None,
            left_out: 0,
            losses: Vec::new(),
            work: Default::default(),
            norm: None,
            baseline: None,
            limits: crate::repository::Limits::default(),
            confinement: None,
        };
        let page = render(&report, Lang::De);
        let policy = page.find(&style::policy().replace('\'', "&#39;")).expect("the policy");
        let sheet = page.find(&format!("<style>{}</style>", style::CSS)).expect("the style sheet, byte for byte");
        assert!(policy < sheet);
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"de\">"), "{}", page.lines().next().unwrap_or_default());
    }

    #[test]
    fn anchors_have_no_blanks() {
        assert_eq!(anchor("licence/missing"), "licence/missing");
        assert_eq!(anchor("our own/rule\t1"), "our-own/rule-1");
    }
}
