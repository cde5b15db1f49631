//! How is a pattern of a table looked for without being built for nothing?
//!
//! Building a pattern takes longer than looking for it in a small repository, and most texts cannot match most patterns:
//! they lack a word that every match holds. Such words follow from the pattern; where a text has none of them, the
//! pattern is not even built.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::{Captures, Match, Regex};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};
use std::sync::OnceLock;

/// Shorter words stand in every text.
const SHORTEST: usize = 3;
/// More words than these are not looked for.
const MOST: usize = 64;

/// A pattern of a table that is part of the program, whatever the case of letters.
pub(super) struct Pattern {
    written: String,
    words: Option<AhoCorasick>,
    built: OnceLock<Regex>,
}

impl Pattern {
    /// A pattern as [`Regex`] writes it; `^` and `$` stand for the ends of the text.
    pub(super) fn new(pattern: &str) -> Self {
        Self::with_flags("i", pattern)
    }

    /// The same, where `^` and `$` stand for the ends of a line.
    pub(super) fn of_lines(pattern: &str) -> Self {
        Self::with_flags("im", pattern)
    }

    fn with_flags(flags: &str, pattern: &str) -> Self {
        // Parsed with regard to case, so that a letter is a letter and not the class of its cases; two signs that fold
        // to ASCII letters (the Kelvin sign and the long s) are no loss in words.
        let parsed = ParserBuilder::new().multi_line(flags.contains('m')).build().parse(pattern);
        let words = parsed.ok().and_then(|parsed| required(&parsed)).and_then(|words| {
            let mut builder = AhoCorasick::builder();
            builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::NoncontiguousNFA));
            builder.build(words).ok()
        });
        Self { written: format!("(?{flags}){pattern}"), words, built: OnceLock::new() }
    }

    /// The pattern, if the text may match it.
    ///
    /// # Panics
    /// Where it is none; a test of each table builds every row.
    fn built(&self, text: &str) -> Option<&Regex> {
        match &self.words {
            Some(words) if !words.is_match(text) => None,
            _ => Some(self.built.get_or_init(|| Regex::new(&self.written).expect("a test builds every row"))),
        }
    }

    /// As [`Regex::find`].
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.built(text)?.find(text)
    }

    /// As [`Regex::find_iter`].
    pub(super) fn find_iter<'p: 't, 't>(&'p self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.built(text).into_iter().flat_map(move |built| built.find_iter(text))
    }

    /// As [`Regex::captures`].
    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.built(text)?.captures(text)
    }
}

/// Words of which one stands in every match; `None` where there are none that help. The tree is as deep as the pattern,
/// which is ours.
fn required(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            // Letters beyond ASCII have cases that a search by bytes does not know.
            let run = literal.0.split(|byte| !byte.is_ascii()).max_by_key(|run| run.len())?;
            (run.len() >= SHORTEST).then(|| vec![run.to_vec()])
        }
        HirKind::Concat(parts) => parts.iter().filter_map(required).max_by_key(|words| {
            let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
            (shortest, std::cmp::Reverse(words.len()))
        }),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(required).collect();
            all.map(|all| all.concat()).filter(|words| words.len() <= MOST)
        }
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Repetition(_) | HirKind::Class(_) | HirKind::Look(_) | HirKind::Empty => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str) -> Option<Vec<String>> {
        let parsed = ParserBuilder::new().build().parse(pattern).unwrap();
        let told = required(&parsed)?;
        Some(told.into_iter().map(|word| String::from_utf8(word).unwrap()).collect())
    }

    #[test]
    fn words_that_every_match_holds() {
        let of = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
        let cases: [(&str, Option<Vec<String>>); 9] = [
            (r"\blorem ipsum\b", of(&["lorem ipsum"])),
            (r"\b(cat|horse)s? (run|sleeps?)", of(&["run", "sleep"])),
            (r"(moved|is now) to \w+", of(&["moved", "is now"])),
            (r"a(longer)?b", None),
            (r"(longer)+", of(&["longer"])),
            (r"\d+|word", None),
            (r"ergänzt werden", of(&["nzt werden"])),
            (r"[Tt]odo", of(&["odo"])),
            (r"^$", None),
        ];
        for (pattern, expected) in cases {
            assert_eq!(words(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_is_built_only_for_a_text_that_may_match() {
        let pattern = Pattern::new(r"\bno longer (\w+)");
        assert!(pattern.find("a living project").is_none() && pattern.built.get().is_none());
        assert_eq!(pattern.find("NO LONGER kept").unwrap().as_str(), "NO LONGER kept");
        assert_eq!(&pattern.captures("no longer used").unwrap()[1], "used");
        assert_eq!(pattern.find_iter("no longer a, no longer b").count(), 2);
        assert!(pattern.find("It is no\tlonger here").is_none());
        let lines = Pattern::of_lines(r"^[^#]*\.fit\(");
        assert!(lines.find("# a\nmodel.fit(x)").is_some() && lines.find("# model.fit(x)").is_none());
    }
}
