//! What is wrong with a rule page or a policy, where, and what would be right?

use crate::output::encode;
use crate::phrase::{Lang, Phrase};
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Declares the kinds of mistakes once: the variant, its name, and their list.
macro_rules! wrongs {
    (pages { $($(#[$doc:meta])* $variant:ident = $name:literal,)* }
     policies { $($(#[$own:meta])* $other:ident = $called:literal,)* }) => {
        /// The kinds of mistakes. Each has a page in `fixtures/bad-rules` or a file in `fixtures/policies/bad` that
        /// shows it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Wrong {
            $($(#[$doc])* $variant,)*
            $($(#[$own])* $other,)*
        }

        impl Wrong {
            /// Those that rule pages can have; policies share some of them.
            pub const OF_PAGES: &[Self] = &[$(Self::$variant,)*];

            /// Those that only policies can have.
            pub const OF_POLICIES: &[Self] = &[$(Self::$other,)*];

            /// The name: stable, in kebab-case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    $(Self::$other => $called,)*
                }
            }
        }
    };
}

wrongs! {
    pages {
        /// a folder of rules that is missing, holds no page, or cannot be listed
        Folder = "folder",
        /// a page that cannot be read
        File = "file",
        /// a path that is no `chapter/name.md` in kebab-case
        Path = "path",
        /// two pages with one id
        DuplicateId = "duplicate-id",
        /// a page with the id of a rule that ships
        ShippedId = "shipped-id",
        /// a German page without an English one
        OnlyGerman = "only-german",
        /// an English page without a German one, where both are wanted
        NoGerman = "no-german",
        /// no title
        NoTitle = "no-title",
        /// a second title
        TwoTitles = "two-titles",
        /// a title that asks or commands
        TitleForm = "title-form",
        /// no summary below the title
        NoSummary = "no-summary",
        /// something between title and first section that is neither summary nor block
        StrayText = "stray-text",
        /// no block
        NoBlock = "no-block",
        /// a second block
        TwoBlocks = "two-blocks",
        /// a block that is not closed
        OpenBlock = "open-block",
        /// a block inside a section
        BlockPlace = "block-place",
        /// a section is missing
        NoSection = "no-section",
        /// a section nobody knows
        UnknownSection = "unknown-section",
        /// a section twice
        SectionTwice = "section-twice",
        /// sections in another order
        SectionOrder = "section-order",
        /// a section with nothing in it
        EmptySection = "empty-section",
        /// a section that only one of the two pages has
        SectionsDiffer = "sections-differ",
        /// the block is no TOML
        Toml = "toml",
        /// a word of the block that nobody knows
        UnknownWord = "unknown-word",
        /// a word of the block is missing
        NoWord = "no-word",
        /// a value of the wrong kind
        ValueKind = "value-kind",
        /// an unknown level
        UnknownLevel = "unknown-level",
        /// an unknown severity
        UnknownSeverity = "unknown-severity",
        /// an unknown precision
        UnknownPrecision = "unknown-precision",
        /// an unknown norm
        UnknownNorm = "unknown-norm",
        /// an unknown subject
        UnknownSubject = "unknown-subject",
        /// a rule that can find nothing
        NoFinding = "no-finding",
        /// conditions in single brackets
        SingleBrackets = "single-brackets",
        /// a clause without a signal
        NoSignal = "no-signal",
        /// an unknown signal
        UnknownSignal = "unknown-signal",
        /// a clause without a test
        NoTest = "no-test",
        /// a clause with more than one test
        TwoTests = "two-tests",
        /// a test that does not fit the kind of answer
        TestMisfit = "test-misfit",
        /// a value that does not fit the test
        ValueMisfit = "value-misfit",
        /// a list with nothing in it
        EmptyList = "empty-list",
        /// a pattern that is no regular expression, or too large
        Pattern = "pattern",
        /// a setting whose value is neither number nor list
        SettingKind = "setting-kind",
        /// a setting with a name that means something else, or is not kebab-case
        SettingName = "setting-name",
        /// a setting that does not exist
        UnknownSetting = "unknown-setting",
        /// a setting nobody uses
        UnusedSetting = "unused-setting",
        /// a place in `says` that nothing fills
        UnknownPlace = "unknown-place",
        /// a bracket in `says` without its other half
        OpenPlace = "open-place",
        /// a place that only the German sentence has
        GermanPlace = "german-place",
        /// a word in the German block that belongs to the English one
        GermanWord = "german-word",
        /// a fixture folder that is not called after a verdict, or belongs to no rule
        FixtureName = "fixture-name",
        /// a fixture that cannot be looked at
        Fixture = "fixture",
        /// a fixture that gets another verdict
        FixtureVerdict = "fixture-verdict",
    }
    policies {
        /// more than one file that could be the repository's policy
        TwoPolicies = "two-policies",
        /// a profile or file to build on that does not exist
        UnknownProfile = "unknown-profile",
        /// a file to build on that lies outside of the repository
        ExtendsOutside = "extends-outside",
        /// a policy that builds on itself
        ExtendsCycle = "extends-cycle",
        /// policies that build on each other too deeply, or are too many
        ExtendsDepth = "extends-depth",
        /// a norm in another version than the one known
        NormVersion = "norm-version",
        /// a rule or chapter that does not exist
        UnknownRule = "unknown-rule",
        /// neither a switch nor a table after the name of a rule
        UnknownSwitch = "unknown-switch",
        /// a severity to fail on that does not exist
        UnknownFailOn = "unknown-fail-on",
        /// an unknown kind of repository
        UnknownKind = "unknown-kind",
        /// an unknown state of development
        UnknownLifeCycle = "unknown-life-cycle",
        /// switches without a condition, or without a rule
        EmptyWhen = "empty-when",
        /// a pattern of paths that is none, or too large
        Glob = "glob",
        /// a day that is none
        Date = "date",
        /// a waiver that does not say why
        NoReason = "no-reason",
        /// a waiver for more than one rule
        WideWaiver = "wide-waiver",
        /// more entries than are read
        TooMany = "too-many",
    }
}

/// One thing that is wrong with a rule page or a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// the page, or the folder
    pub path: String,
    /// the bytes of the page that are meant; `None` for all of it
    pub span: Option<Range<usize>>,
    /// which kind
    pub wrong: Wrong,
    /// what is wrong
    pub reason: Phrase,
    /// what would be right
    pub help: Option<Phrase>,
    /// the page's text, for the excerpt
    source: Option<Arc<str>>,
}

impl Mistake {
    /// Something wrong with a page or folder as a whole.
    pub fn new(path: impl Into<String>, wrong: Wrong, reason: Phrase) -> Self {
        Self { path: path.into(), span: None, wrong, reason, help: None, source: None }
    }

    /// Points at bytes of the page. A span that does not fit the text is left out.
    #[must_use]
    pub fn at(mut self, source: &Arc<str>, span: Range<usize>) -> Self {
        if source.get(span.clone()).is_some() {
            self.span = Some(span);
            self.source = Some(Arc::clone(source));
        }
        self
    }

    /// Says what would be right.
    #[must_use]
    pub fn help(mut self, help: impl Into<Option<Phrase>>) -> Self {
        self.help = help.into();
        self
    }

    /// Line and column, both from 1, columns in characters; `None` where the page as a whole is meant.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let before = self.source.as_ref()?.get(..self.span.as_ref()?.start)?;
        let line = before.rsplit('\n').next().unwrap_or_default();
        Some((before.matches('\n').count() + 1, line.chars().count() + 1))
    }

    /// The message as a compiler would print it: reason, place, excerpt with a caret, help; without a line end.
    /// Whatever comes from the page is encoded for terminals.
    pub fn render(&self, lang: Lang, colour: bool) -> String {
        let reason = encode::terminal(&self.reason.message(lang));
        let path = encode::visible(self.path.as_bytes());
        let source = self.source.as_deref().map(harmless);
        let mut group = Level::ERROR.with_name(lang.pick("error", "Fehler")).primary_title(reason).elements(
            match (&source, &self.span) {
                (None, _) | (_, None) => vec![annotate_snippets::Element::from(Origin::path(path))],
                (Some(source), Some(span)) => {
                    let mark = AnnotationKind::Primary.span(span.clone());
                    vec![Snippet::source(source.as_ref()).path(path).annotation(mark).into()]
                }
            },
        );
        if let Some(help) = &self.help {
            let help = encode::terminal(&help.message(lang));
            group = group.element(Level::HELP.with_name(lang.pick("help", "Hilfe")).message(help));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

/// A page with everything that steers replaced by something of the same length, so that spans stay right.
fn harmless(text: &str) -> Cow<'_, str> {
    let leave = |c: char| !encode::steers(c) || matches!(c, '\n' | '\r' | '\t');
    if text.chars().all(leave) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c.len_utf8() {
            _ if leave(c) => safe.push(c),
            1 => safe.push('?'),
            2 => safe.push('¿'),
            3 => safe.push(char::REPLACEMENT_CHARACTER),
            _ => safe.extend([char::REPLACEMENT_CHARACTER, '?']),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let all = || Wrong::OF_PAGES.iter().chain(Wrong::OF_POLICIES);
        let names: std::collections::BTreeSet<&str> = all().map(|wrong| wrong.name()).collect();
        assert_eq!(names.len(), all().count());
    }

    #[test]
    fn nothing_from_a_page_reaches_a_terminal_raw() {
        let source: Arc<str> = "ab \u{1b}[2J\u{9b}2J \u{202e}x \u{61c} \u{e0041} y\n".into();
        assert_eq!(harmless(&source).len(), source.len());
        let reason = Phrase::new("`{it}`", "`{it}`").with("it", "\u{1b}]0;x\u{7}\n\u{202e}");
        let mistake = Mistake::new("a/\u{1b}.md", Wrong::Toml, reason).at(&source, 0..2);
        for lang in [Lang::En, Lang::De] {
            let text = mistake.render(lang, false);
            assert!(!text.chars().any(|c| encode::steers(c) && c != '\n'), "{text:?}");
            assert!(text.contains("\\u{1b}]0;x"), "{text}");
        }
    }

    #[test]
    fn a_span_outside_the_page_is_left_out() {
        let source: Arc<str> = "ä".into();
        for span in [1..2, 0..9, 5..6] {
            let mistake = Mistake::new("a.md", Wrong::Toml, Phrase::new("a", "b")).at(&source, span);
            assert_eq!(mistake.line_column(), None);
            assert_eq!(mistake.render(Lang::De, false), "Fehler: b\n--> a.md");
        }
    }

    #[test]
    fn line_and_column() {
        let source: Arc<str> = "eins\nzwöi drei\n".into();
        let at = source.find("drei").expect("it is there");
        let mistake = Mistake::new("a.md", Wrong::Toml, Phrase::new("a", "b")).at(&source, at..at + 4);
        assert_eq!(mistake.line_column(), Some((2, 6)));
    }
}
