//! How is a pattern of a table looked for without being built for nothing?
//!
//! Building a pattern takes longer than looking for it in a small repository, and most texts cannot match most patterns:
//! they lack a word that every match holds. Such words follow from the pattern; where a text has none of them, the
//! pattern is not even built. For short texts it is built without what makes long searches fast and takes most of the
//! time to build (the lazy automaton of each direction, the search for literals).

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_automata::meta::{Builder, Config, Regex};
use regex_automata::util::captures;
use regex_automata::util::syntax;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind};
use std::ops::{Index, Range};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Shorter words stand in every text.
const SHORTEST: usize = 3;
/// More words than these are not looked for.
const MOST: usize = 64;
/// For a longer text the fast search pays off, in bytes.
const LONG: usize = 4 << 10;
/// So much is searched in short texts before it pays off for them too, in bytes.
const MUCH: usize = 64 << 10;
/// What a built pattern may take, in bytes; as in the crate `regex`.
const SIZE: usize = 10 << 20;

/// A pattern of a table that is part of the program, as the crate `regex` writes it.
pub(super) struct Pattern {
    written: String,
    words: Option<AhoCorasick>,
    for_short: OnceLock<Regex>,
    for_long: OnceLock<Regex>,
    /// how much was searched in short texts
    searched: AtomicUsize,
}

/// A place that a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Match<'t> {
    fn new(text: &'t str, (start, end): (usize, usize)) -> Self {
        Self { text, start, end }
    }

    /// Where it begins, in bytes.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Where it ends, in bytes.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// From where to where it reaches, in bytes.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// What stands there.
    pub(super) fn as_str(&self) -> &'t str {
        self.text.get(self.range()).unwrap_or_default()
    }
}

/// A match and its groups.
#[derive(Debug)]
pub(super) struct Captures<'t> {
    text: &'t str,
    groups: captures::Captures,
}

impl<'t> Captures<'t> {
    /// What a group matches; the whole is group 0.
    pub(super) fn get(&self, group: usize) -> Option<Match<'t>> {
        self.groups.get_group(group).map(|span| Match::new(self.text, (span.start, span.end)))
    }

    /// What each group matches, the whole first.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<Match<'t>>> + '_ {
        self.groups.iter().map(|span| span.map(|span| Match::new(self.text, (span.start, span.end))))
    }

    /// What the group of this name matches.
    pub(super) fn name(&self, name: &str) -> Option<Match<'t>> {
        self.groups.get_group_by_name(name).map(|span| Match::new(self.text, (span.start, span.end)))
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    /// What a group matches; empty where it matches nothing.
    fn index(&self, group: usize) -> &str {
        self.groups.get_group(group).and_then(|span| self.text.get(span.range())).unwrap_or_default()
    }
}

impl Pattern {
    /// A pattern, whatever the case of letters; `^` and `$` stand for the ends of the text.
    pub(super) fn new(pattern: &str) -> Self {
        Self::with_flags("i", pattern)
    }

    /// The same, where `^` and `$` stand for the ends of a line.
    pub(super) fn of_lines(pattern: &str) -> Self {
        Self::with_flags("im", pattern)
    }

    /// A pattern that says itself, by the flags it begins with, whether case counts.
    pub(super) fn as_written(pattern: &str) -> Self {
        let flags = pattern.strip_prefix("(?").and_then(|rest| rest.split_once(')'));
        match flags.filter(|(flags, _)| !flags.is_empty() && flags.bytes().all(|byte| b"ims".contains(&byte))) {
            Some((flags, rest)) => Self::with_flags(flags, rest),
            None => Self::with_flags("", pattern),
        }
    }

    fn with_flags(flags: &str, pattern: &str) -> Self {
        // Parsed with regard to case, so that a letter is a letter and not the class of its cases; two signs that fold
        // to ASCII letters (the Kelvin sign and the long s) are no loss in words. Classes of Unicode are not needed for
        // words and take most of the time.
        let mut parser = ParserBuilder::new();
        parser.multi_line(flags.contains('m')).dot_matches_new_line(flags.contains('s'));
        let bytes = parser.clone().unicode(false).utf8(false).build().parse(pattern).ok();
        let parsed = bytes.or_else(|| parser.build().parse(pattern).ok());
        let words = parsed.and_then(|parsed| required(&parsed)).and_then(|words| {
            let mut builder = AhoCorasick::builder();
            builder.ascii_case_insensitive(flags.contains('i')).kind(Some(AhoCorasickKind::NoncontiguousNFA));
            builder.build(words).ok()
        });
        let written = if flags.is_empty() { pattern.to_owned() } else { format!("(?{flags}){pattern}") };
        Self { written, words, for_short: OnceLock::new(), for_long: OnceLock::new(), searched: AtomicUsize::new(0) }
    }

    /// The pattern, if the text may match it.
    fn built(&self, text: &str) -> Option<&Regex> {
        match &self.words {
            Some(words) if !words.is_match(text) => None,
            _ if text.len() > LONG || self.searched.fetch_add(text.len(), Ordering::Relaxed) > MUCH => {
                Some(self.for_long.get_or_init(|| self.build(Config::new())))
            }
            _ => {
                let plain = Config::new().auto_prefilter(false).dfa(false).onepass(false).hybrid(false);
                Some(self.for_short.get_or_init(|| self.build(plain)))
            }
        }
    }

    /// # Panics
    /// Where it is no pattern; a test of each table builds every row.
    fn build(&self, how: Config) -> Regex {
        let mut builder = Builder::new();
        builder.configure(how.nfa_size_limit(Some(SIZE))).syntax(syntax::Config::new());
        builder.build(&self.written).expect("a test builds every row")
    }

    /// Whether it matches anywhere in a text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.built(text).is_some_and(|built| built.is_match(text))
    }

    /// The first match.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.built(text)?.find(text).map(|found| Match::new(text, (found.start(), found.end())))
    }

    /// All matches, none of which overlap.
    pub(super) fn find_iter<'p: 't, 't>(&'p self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        let found = self.built(text).into_iter().flat_map(move |built| built.find_iter(text));
        found.map(move |found| Match::new(text, (found.start(), found.end())))
    }

    /// The groups of the first match.
    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_iter(text).next()
    }

    /// The groups of all matches, none of which overlap.
    pub(super) fn captures_iter<'p: 'i, 't: 'i, 'i>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'t>> + use<'i, 'p, 't> {
        let found = self.built(text).into_iter().flat_map(move |built| built.captures_iter(text));
        found.map(move |groups| Captures { text, groups })
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
        assert!(pattern.find("a living project").is_none() && pattern.for_short.get().is_none());
        assert_eq!(pattern.find("NO LONGER kept").unwrap().as_str(), "NO LONGER kept");
        assert_eq!(&pattern.captures("no longer used").unwrap()[1], "used");
        assert_eq!(pattern.find_iter("no longer a, no longer b").count(), 2);
        assert!(pattern.find("It is no\tlonger here").is_none());
        let lines = Pattern::of_lines(r"^[^#]*\.fit\(");
        assert!(lines.find("# a\nmodel.fit(x)").is_some() && lines.find("# model.fit(x)").is_none());
    }

    #[test]
    fn short_and_long_texts_are_searched_alike() {
        let pattern = Pattern::as_written(r"(?m)^(?<key>\w+): (\d+)$");
        for around in ["", &"nothing of note\n".repeat(LONG / 4)] {
            let text = format!("{around}a: 1\nb: x\nÜbung: 22\n{around}");
            let found: Vec<(&str, &str)> = (pattern.captures_iter(&text))
                .map(|found| (found.name("key").unwrap().as_str(), found.get(2).unwrap().as_str()))
                .collect();
            assert_eq!(found, [("a", "1"), ("Übung", "22")]);
            assert_eq!(pattern.find(&text).map(|found| found.range()), Some(around.len()..around.len() + 4));
            assert!(pattern.is_match(&text) && !pattern.is_match(around));
        }
        assert!(pattern.for_short.get().is_some() && pattern.for_long.get().is_some());
        let often = Pattern::as_written(r"\w+: (\d+)");
        let found = (0..MUCH / 8 + 2).filter(|_| often.is_match("trees: 7")).count();
        assert_eq!(found, MUCH / 8 + 2);
        assert!(often.for_long.get().is_some(), "what is asked often is built for it");
    }

    #[test]
    fn flags_that_stand_in_front() {
        for (pattern, text, yes) in [
            ("(?i)word", "WORD", true),
            ("word", "WORD", false),
            ("(?m)^word$", "a\nword\nb", true),
            ("(?:word)", "word", true),
            ("(?<a>word)", "word", true),
            ("(?mi)^WORD", "a\nword", true),
            ("(?s)a.*wörd", "a\nwörd", true),
        ] {
            assert_eq!(Pattern::as_written(pattern).is_match(text), yes, "{pattern}");
        }
    }
}
