//! What does a GitHub runner turn into annotations? Workflow commands, one a finding.
//!
//! Source: GitHub's documentation, "Workflow commands for GitHub Actions"; the escapes are those of actions/toolkit
//! (`command.ts`). A runner draws ten annotations of each kind a step and drops the others without a word: the ones
//! that hinder most come first, and a last one says how many are left.

use super::encode::{guard, json_text, plain, terminal_path};
use super::located::{self, Located};
use super::text;
use crate::phrase::{Lang, Phrase};
use crate::report::{Finding, Outcome, Report};
use crate::rule::Severity;
use sha2::{Digest, Sha256};

/// So many annotations of one kind are drawn for a step.
const DRAWN: usize = 10;

/// The annotations, then the summary as text that no runner obeys, with a line break at the end.
pub fn render(report: &Report, lang: Lang) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let all = || located::findings(report).filter(|(outcome, _)| outcome.rule.severity == severity);
        let count = all().count();
        // The last place is kept for the word on the others.
        let shown = if count > DRAWN { DRAWN - 1 } else { count };
        for (outcome, finding) in all().take(shown) {
            out.push_str(&annotation(report, outcome, finding, lang));
        }
        if count > shown {
            out.push_str(&more(severity, count - shown, lang));
        }
    }
    let style = text::Style { lang, quiet: true, ..text::Style::default() };
    let summary = guard(&text::summary(report, &style));
    // Whoever writes a file name cannot know the hash of the report that holds it.
    let token: String = Sha256::digest(&summary).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    out.push_str(&format!("::stop-commands::{token}\n{summary}::{token}::\n"));
    out
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn annotation(report: &Report, outcome: &Outcome, finding: &Finding, lang: Lang) -> String {
    let located = Located::of(report, finding, |_| true);
    let mut properties = vec![format!("file={}", property(&terminal_path(located.file)))];
    if let Some(span) = located.span {
        properties.push(format!("line={},endLine={}", span.line, span.end_line));
        // A runner takes columns only where the annotation is about one line.
        if span.line == span.end_line && span.end_column > span.column {
            properties.push(format!("col={},endColumn={}", span.column, span.end_column - 1));
        }
    }
    let title = format!("{} ({})", plain(&outcome.rule.page(lang).title), outcome.rule.id);
    properties.push(format!("title={}", property(&title)));
    let message = json_text(&located::message(outcome, finding, lang));
    format!("::{} {}::{}\n", command(outcome.rule.severity), properties.join(","), data(&message))
}

fn more(severity: Severity, count: usize, lang: Lang) -> String {
    let words = Phrase::new(
        "{count} more findings of this severity are not shown here; the report of the job lists them all",
        "{count} weitere Befunde dieser Schwere stehen hier nicht; der Bericht des Jobs nennt alle",
    );
    let words = words.with("count", count.to_string());
    format!("::{} title=civiclint::{}\n", command(severity), data(&json_text(&words.message(lang))))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        for (text, as_data, as_property) in [
            ("a:b,c", "a:b,c", "a%3Ab%2Cc"),
            ("100%\r\n::error::x", "100%25%0D%0A::error::x", "100%25%0D%0A%3A%3Aerror%3A%3Ax"),
            ("", "", ""),
        ] {
            assert_eq!((data(text).as_str(), property(text).as_str()), (as_data, as_property));
        }
    }
}
