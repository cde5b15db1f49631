//! What came out? Verdicts, findings and the level, before anything is written down.

use crate::phrase::{Lang, Message, Phrase};
use crate::repository::Loss;
use crate::rule::{Level, Rule, Severity};
use crate::signal::{Place, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// The result of a check.
#[derive(Debug)]
pub struct Report {
    /// the day of the scan, `2026-11-22`
    pub as_of: String,
    /// what was looked at
    pub repository: About,
    /// the active rules with their verdicts: by level, then by severity (the worst first), then by id
    pub outcomes: Vec<Outcome>,
    /// the highest level that holds; `None` where not even the lowest does
    pub level: Option<Level>,
    /// the name of what was asked
    pub profile: String,
    /// what could not be looked at
    pub losses: Vec<Loss>,
}

/// What was looked at.
#[derive(Clone, Debug)]
pub struct About {
    /// as the user wrote it
    pub path: Untrusted,
    /// the commit, in hexadecimal
    pub revision: Option<String>,
    /// `software`, `data` or `documentation`; `None` where nobody can tell
    pub kind: Option<String>,
    /// the licence of the whole, an SPDX expression; `None` where there is none
    pub licence: Option<Untrusted>,
    /// whether the clone is shallow
    pub shallow: bool,
    /// a file of the tree that findings about the whole may be anchored on: README, else a manifest, else any
    pub anchor: Option<crate::repository::RepoPath>,
}

/// A rule and its verdict.
#[derive(Debug)]
pub struct Outcome {
    /// the rule, with the settings in force
    pub rule: Rule,
    /// what the judge says
    pub verdict: Verdict,
}

/// What the judge says of one rule.
#[derive(Debug)]
pub enum Verdict {
    /// looked at, nothing found
    Ok,
    /// at least one
    Findings(Vec<Finding>),
    /// not asked or not answerable, and why
    Skipped(Phrase),
}

impl Verdict {
    /// The word in fixtures, labels and machine formats.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Findings(_) => "finding",
            Self::Skipped(_) => "skip",
        }
    }

    /// The findings; none for other verdicts.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Findings(findings) => findings,
            _ => &[],
        }
    }
}

/// One thing found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// where
    pub place: Place,
    /// what it is called
    pub called: Untrusted,
    /// what the message may say: answers and settings, by the name of the place in `says`
    pub values: BTreeMap<String, Value>,
    /// the line it points at, where there is one and it may be quoted
    pub excerpt: Option<Untrusted>,
    /// GitHub's `primaryLocationLineHash` of that line
    pub line_hash: Option<String>,
    /// stable under moved lines: SHA-256 of rule, path, name and number among equals, in hexadecimal
    pub fingerprint: String,
}

impl Finding {
    /// The message in one language.
    pub fn message(&self, rule: &Rule, lang: Lang) -> Message {
        Message::fill(&rule.page(lang).says, |name| match name {
            "called" => Some(self.called.clone()),
            "path" => self.place.path.as_ref().map(|path| path.untrusted()),
            _ => self.values.get(name).map(|value| show(value, lang)),
        })
    }
}

/// A value as text.
pub fn show(value: &Value, lang: Lang) -> Untrusted {
    match value {
        Value::YesNo(yes) => lang.pick(if *yes { "yes" } else { "no" }, if *yes { "ja" } else { "nein" }).into(),
        Value::Number(number) => number.to_string().into(),
        Value::Text(text) => text.clone(),
        Value::List(list) => {
            let parts: Vec<&[u8]> = list.iter().map(Untrusted::as_bytes).collect();
            Untrusted::new(parts.join(&b", "[..]))
        }
    }
}

impl Report {
    /// The highest level at which no rule of that level or below has a finding that is at least a warning.
    pub fn level_of(outcomes: &[Outcome]) -> Option<Level> {
        let blocked = outcomes
            .iter()
            .filter(|outcome| outcome.rule.severity >= Severity::Warning && !outcome.verdict.findings().is_empty())
            .map(|outcome| outcome.rule.level)
            .min();
        Level::ALL.into_iter().take_while(|level| blocked.is_none_or(|lowest| *level < lowest)).last()
    }

    /// How many findings of each severity: notes, warnings, errors.
    pub fn count(&self, severity: Severity) -> usize {
        self.outcomes
            .iter()
            .filter(|outcome| outcome.rule.severity == severity)
            .map(|outcome| outcome.verdict.findings().len())
            .sum()
    }

    /// How many rules were skipped.
    pub fn skipped(&self) -> usize {
        self.outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Skipped(_))).count()
    }

    /// Whether there is a finding of this severity or worse.
    pub fn has(&self, severity: Severity) -> bool {
        self.outcomes.iter().any(|outcome| outcome.rule.severity >= severity && !outcome.verdict.findings().is_empty())
    }
}

/// GitHub's hash of the first hundred significant characters from the start of a line (1-based) on, followed by
/// `:1`. `None` where the text has no such line. Source: github/codeql-action, `src/fingerprints.ts`.
///
/// A 64-bit rolling hash, modulus 37, over UTF-16 code units without spaces and tabs; line ends count as one LF,
/// the end of the file as 65535, then zeroes.
pub fn line_hash(text: &str, line: u32) -> Option<String> {
    let start = match line.checked_sub(1)? {
        0 => 0,
        before => memchr::memchr_iter(b'\n', text.as_bytes()).nth(before as usize - 1)? + 1,
    };
    let text = text.strip_prefix('\u{feff}').filter(|_| line == 1).unwrap_or(&text[start..]);
    let text = if line == 1 { text } else { &text[..] };
    let folded = text.replace("\r\n", "\n").replace('\r', "\n");
    let units = folded
        .encode_utf16()
        .filter(|unit| *unit != u16::from(b' ') && *unit != u16::from(b'\t'))
        .chain([u16::MAX])
        .chain(std::iter::repeat(0));
    let hash = units.take(100).fold(0u64, |hash, unit| hash.wrapping_mul(37).wrapping_add(u64::from(unit)));
    Some(format!("{hash:x}:1"))
}
