//! What does the repository itself say about the nature of its files?
//!
//! `.gitattributes` (`gitattributes` in git's documentation), of which only `linguist-vendored`, `linguist-generated`,
//! `linguist-documentation` and `filter` matter here. Patterns are matched by `globset`: git's own matching
//! takes time that is exponential in the stars of a pattern.

use super::class::{Class, Mark};
use super::file::File;
use globset::{Candidate, GlobBuilder, GlobMatcher};

/// The longest pattern that is used. The most wildcards in one, which keeps its automaton small (a few hundred states).
const LONGEST: usize = 512;
const WILDCARDS: usize = 10;
/// How many lines are used at most; and how many bytes of paths are held against lines in all, so that many files and
/// many lines together take no longer than a few seconds.
const LINES: std::ops::RangeInclusive<usize> = 20..=250;
const BYTES: usize = 2_000_000_000;
/// How many lines without wildcards may tell where the content of files lies, and how many of them take as long to be
/// held against a path as one with wildcards.
const LITERALS: usize = 20_000;
const LITERALS_IN_ONE: usize = 10;

/// Something that can be said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attribute {
    Vendored,
    Generated,
    Documentation,
    /// git holds a reference only, the content lies elsewhere: `filter=lfs`, `filter=annex`
    Elsewhere,
}

/// One line: which files, and what of them.
#[derive(Debug)]
struct Line {
    /// the folder of the file it stands in, with a slash at its end, or empty
    below: Vec<u8>,
    shape: Shape,
    /// whether only the name is matched, as for patterns without a slash
    name_only: bool,
    /// `None` makes what was said before unsaid
    says: Vec<(Attribute, Option<bool>)>,
}

/// What a path must be.
#[derive(Debug)]
enum Shape {
    /// these very bytes
    Literal(Vec<u8>),
    Glob(GlobMatcher),
}

/// All that was said, in the order in which the last word counts.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    lines: Vec<Line>,
    /// those that tell where the content lies
    elsewhere: Vec<Line>,
    /// whether there were more of these than are followed
    elsewhere_cut: bool,
    /// whether anything is said by which git writes other bytes to disk than it keeps; ends of lines show in the size
    changing: bool,
    most: usize,
}

impl Attributes {
    /// Nothing yet; `bytes` is the length of all paths together that will be asked for.
    pub(super) fn of(bytes: usize) -> Self {
        let most = BYTES / bytes.max(1);
        Self {
            lines: Vec::new(),
            elsewhere: Vec::new(),
            elsewhere_cut: false,
            changing: false,
            most: most.clamp(*LINES.start(), *LINES.end()),
        }
    }

    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Reads a `.gitattributes` in `folder`; those of outer folders must be read before. The answer is `false` where
    /// lines had to be left out: there are too many, or one has a pattern that is too long or has too many wildcards.
    pub(super) fn read(&mut self, folder: &[u8], text: &str) -> bool {
        let mut below = folder.to_vec();
        if !below.is_empty() {
            below.push(b'/');
        }
        let mut whole = true;
        self.changing |= ["filter", "ident", "working-tree-encoding"].iter().any(|word| text.contains(word));
        for line in text.strip_prefix('\u{feff}').unwrap_or(text).lines() {
            let line = line.trim_matches([' ', '\t', '\r']);
            if !(line.contains("linguist-") || line.contains("filter"))
                || line.starts_with('#')
                || line.starts_with("[attr]")
            {
                continue;
            }
            let Some((pattern, words)) = split_pattern(line) else { continue };
            let says: Vec<_> = words.split_ascii_whitespace().filter_map(statement).collect();
            if says.is_empty() || pattern.ends_with('/') || pattern.starts_with('!') {
                continue;
            }
            let wildcards = pattern.matches(['*', '?', '[', '{']).count();
            let (elsewhere, says): (Vec<_>, Vec<_>) =
                says.into_iter().partition(|(attribute, _)| *attribute == Attribute::Elsewhere);
            let fits = pattern.len() <= LONGEST && wildcards <= WILDCARDS;
            // Who tracks file by file writes thousands of lines.
            let many = match wildcards {
                0 => self.most.saturating_mul(LITERALS_IN_ONE).min(LITERALS),
                _ => self.most,
            };
            let elsewhere_fits = elsewhere.is_empty() || fits && self.elsewhere.len() < many;
            let says_fit = says.is_empty() || fits && self.lines.len() < self.most;
            self.elsewhere_cut |= !elsewhere_fits;
            whole &= says_fit;
            for (lines, says, fits) in
                [(&mut self.lines, says, says_fit), (&mut self.elsewhere, elsewhere, elsewhere_fits)]
            {
                if fits
                    && !says.is_empty()
                    && let Some((shape, name_only)) = matcher(&pattern)
                {
                    lines.push(Line { below: below.clone(), shape, name_only, says });
                }
            }
        }
        whole
    }

    /// Whether git may write other bytes to disk than it keeps, but for the ends of lines.
    pub(super) fn change_content(&self) -> bool {
        self.changing
    }

    /// Whether git holds a reference only to the content of the file at this path; `None` where there are more lines on
    /// that than are followed.
    pub(super) fn lies_elsewhere(&self, path: &[u8]) -> Option<bool> {
        if self.elsewhere_cut {
            return None;
        }
        let last = self.elsewhere.iter().rev().find(|line| line.matches(path));
        Some(last.and_then(|line| line.says.last()).is_some_and(|(_, says)| *says == Some(true)))
    }

    /// Sets marks and class of a file by what was said of it.
    pub(super) fn apply(&self, file: &mut File) {
        let (mut vendored, mut generated, mut documentation) = (None, None, None);
        for line in self.lines.iter().rev() {
            let open = |(attribute, _): &(Attribute, Option<bool>)| match attribute {
                Attribute::Vendored => vendored.is_none(),
                Attribute::Generated => generated.is_none(),
                Attribute::Documentation => documentation.is_none(),
                Attribute::Elsewhere => false,
            };
            if !line.says.iter().any(open) || !line.matches(file.path.as_bytes()) {
                continue;
            }
            for (attribute, says) in line.says.iter().rev() {
                match attribute {
                    Attribute::Vendored => vendored.get_or_insert(*says),
                    Attribute::Generated => generated.get_or_insert(*says),
                    Attribute::Documentation => documentation.get_or_insert(*says),
                    Attribute::Elsewhere => continue,
                };
            }
        }
        for (mark, said) in [(Mark::Vendored, vendored), (Mark::Generated, generated)] {
            match said.flatten() {
                Some(true) => file.marks.set(mark),
                Some(false) => file.marks.unset(mark),
                None => {}
            }
        }
        if documentation.flatten() == Some(true) && file.class == Class::Source {
            file.class = Class::Documentation;
        }
    }
}

impl Line {
    fn matches(&self, path: &[u8]) -> bool {
        let Some(path) = path.strip_prefix(self.below.as_slice()) else { return false };
        let path = match self.name_only {
            true => path.rsplit(|byte| *byte == b'/').next().unwrap_or_default(),
            false => path,
        };
        match &self.shape {
            Shape::Literal(literal) => literal == path,
            Shape::Glob(glob) => glob.is_match_candidate(&Candidate::new(&super::native::path_of(path))),
        }
    }
}

/// The pattern of a line, which may stand in quotes, and the rest.
fn split_pattern(line: &str) -> Option<(String, &str)> {
    let Some(quoted) = line.strip_prefix('"') else {
        let (pattern, words) = line.split_once([' ', '\t'])?;
        return Some((pattern.to_owned(), words));
    };
    let mut pattern = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((pattern, quoted.get(at + 1..)?)),
            '\\' => pattern.push(chars.next()?.1),
            other => pattern.push(other),
        }
    }
    None
}

/// `linguist-vendored`, `-linguist-vendored`, `!linguist-vendored`, `linguist-vendored=false` or `filter=lfs`.
fn statement(word: &str) -> Option<(Attribute, Option<bool>)> {
    if let Some(filter) = word.strip_prefix("filter=") {
        return Some((Attribute::Elsewhere, Some(["lfs", "annex"].contains(&filter))));
    }
    let (name, value) = match word.split_once('=') {
        Some((name, value)) => (name, Some(!value.eq_ignore_ascii_case("false"))),
        None => match (word.strip_prefix('-'), word.strip_prefix('!')) {
            (Some(name), _) => (name, Some(false)),
            (_, Some(name)) => (name, None),
            _ => (word, Some(true)),
        },
    };
    let attribute = match name {
        "linguist-vendored" => Attribute::Vendored,
        "linguist-generated" => Attribute::Generated,
        "linguist-documentation" => Attribute::Documentation,
        "filter" => Attribute::Elsewhere,
        _ => return None,
    };
    Some((attribute, value))
}

/// The pattern for matching, and whether it is meant for names alone; `None` where it is none.
fn matcher(pattern: &str) -> Option<(Shape, bool)> {
    let name_only = !pattern.contains('/');
    let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
    if !pattern.contains(['*', '?', '[', ']', '{', '}', '\\']) {
        return Some((Shape::Literal(pattern.as_bytes().to_vec()), name_only));
    }
    let glob = GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build().ok()?;
    Some((Shape::Glob(glob.compile_matcher()), name_only))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::{FileKind, RepoPath};

    fn file(path: &str, attributes: &Attributes) -> File {
        let path = RepoPath::from(path);
        let (class, marks) = super::super::class::Folder::of(path.folder()).file(&path, None);
        let mut file = File { path, class, marks, kind: FileKind::Regular, len: None };
        attributes.apply(&mut file);
        file
    }

    #[test]
    fn what_is_said() {
        for (text, path, is) in [
            ("*.c linguist-vendored", "a/b.c", true),
            ("\u{feff}*.c linguist-vendored", "a/b.c", true),
            ("*.c linguist-vendored", "b.h", false),
            ("*.c linguist-vendored=true", "b.c", true),
            ("*.c linguist-vendored=false", "vendor/b.c", false),
            ("vendor/** -linguist-vendored", "vendor/a/b.c", false),
            ("vendor/* -linguist-vendored", "vendor/a/b.c", true),
            ("vendor/* -linguist-vendored", "vendor/b.c", false),
            ("vendor/ -linguist-vendored", "vendor/b.c", true),
            ("vendor -linguist-vendored", "vendor/b.c", true),
            ("/a.c linguist-vendored", "a.c", true),
            ("/a.c linguist-vendored", "x/a.c", false),
            ("x/a.c linguist-vendored", "y/x/a.c", false),
            ("**/x/a.c linguist-vendored", "y/x/a.c", true),
            ("lib/** text linguist-vendored eol=lf", "lib/deep/a", true),
            ("*.c linguist-vendored\n*.c -linguist-vendored", "a.c", false),
            ("*.c -linguist-vendored\n*.c linguist-vendored", "a.c", true),
            ("*.c linguist-vendored\na.c !linguist-vendored", "a.c", false),
            ("*.c linguist-generated", "vendor/a.c", true),
            ("\"with blank.c\" linguist-vendored", "with blank.c", true),
            ("# *.c linguist-vendored", "a.c", false),
            ("[attr]x linguist-vendored\n*.c x", "a.c", false),
            ("*.c\tlinguist-vendored\r", "a.c", true),
            ("!*.c linguist-vendored", "a.c", false),
            ("[ linguist-vendored", "a.c", false),
            ("[a-b].c linguist-vendored", "a.c", true),
            ("*.[ch] linguist-vendored", "a.c", true),
            ("linguist-vendored", "a.c", false),
        ] {
            let mut attributes = Attributes::of(1);
            assert!(attributes.read(b"", text), "{text}");
            assert_eq!(file(path, &attributes).marks.has(Mark::Vendored), is, "{text} on {path}");
        }
    }

    #[test]
    fn inner_folders_have_the_last_word() {
        let mut attributes = Attributes::of(1);
        attributes.read(b"", "*.js linguist-generated");
        attributes.read(b"own", "*.js -linguist-generated\n/deep.js linguist-generated");
        for (path, is) in [
            ("a.js", true),
            ("own/a.js", false),
            ("own/x/a.js", false),
            ("own/deep.js", true),
            ("own/x/deep.js", false),
            ("owner/a.js", true),
        ] {
            assert_eq!(file(path, &attributes).marks.has(Mark::Generated), is, "{path}");
        }
    }

    #[test]
    fn documentation_is_code_that_is_told_to_be() {
        let mut attributes = Attributes::of(1);
        attributes.read(b"", "site/** linguist-documentation\nsite/own.js -linguist-documentation");
        for (path, class) in [
            ("site/a.js", Class::Documentation),
            ("site/own.js", Class::Source),
            ("site/trees.csv", Class::Data),
            ("site/a.png", Class::Asset),
            ("a.js", Class::Source),
        ] {
            assert_eq!(file(path, &attributes).class, class, "{path}");
        }
    }

    #[test]
    fn content_that_lies_elsewhere() {
        for (text, path, elsewhere) in [
            ("*.tif filter=lfs diff=lfs merge=lfs -text", "maps/a.tif", true),
            ("*.tif filter=lfs diff=lfs merge=lfs -text", "maps/a.csv", false),
            ("*.tif filter=annex", "a.tif", true),
            ("*.tif filter=indent", "a.tif", false),
            ("*.tif filter=lfs\nmaps/*.tif -filter", "maps/a.tif", false),
            ("*.tif filter=lfs\nmaps/*.tif !filter -diff", "maps/a.tif", false),
            ("*.tif filter=lfs linguist-generated", "a.tif", true),
            ("# *.tif filter=lfs", "a.tif", false),
        ] {
            let mut attributes = Attributes::of(1);
            assert!(attributes.read(b"", text), "{text}");
            assert_eq!(attributes.lies_elsewhere(path.as_bytes()), Some(elsewhere), "{text} on {path}");
        }
    }

    #[test]
    fn bounds() {
        for (bytes, lines) in [(0, 250), (1 << 20, 250), (20_000_000, 100), (usize::MAX, 20)] {
            let mut attributes = Attributes::of(bytes);
            assert!(!attributes.read(b"", &"*.c linguist-vendored\n".repeat(251)));
            assert_eq!(attributes.lines.len(), lines, "{bytes}");
        }
        let mut attributes = Attributes::of(1);
        assert!(attributes.read(b"", &"maps/a.tif filter=lfs\n".repeat(251)));
        assert_eq!(attributes.lies_elsewhere(b"maps/a.tif"), Some(true));
        assert!(attributes.read(b"", &"*.tif filter=lfs\n".repeat(251)));
        assert_eq!(attributes.lies_elsewhere(b"maps/a.tif"), None, "what was left out might say otherwise");
        for (bytes, lines) in [(1, 2_500), (usize::MAX, 200)] {
            let mut attributes = Attributes::of(bytes);
            assert!(attributes.read(b"", &"maps/a.tif filter=lfs\n".repeat(lines + 1)));
            assert_eq!((attributes.elsewhere.len(), attributes.elsewhere_cut), (lines, true), "{bytes}");
        }
        let mut attributes = Attributes::of(1);
        assert!(attributes.read(b"", &format!("{} linguist-vendored", "*a".repeat(WILDCARDS))));
        assert!(!attributes.read(b"", &format!("{} linguist-vendored", "*a".repeat(WILDCARDS + 1))));
        assert!(!attributes.read(b"", &format!("{} linguist-vendored", "?".repeat(WILDCARDS + 1))));
        assert!(!attributes.read(b"", &format!("{} linguist-vendored", "a".repeat(LONGEST + 1))));
        assert_eq!(attributes.lines.len(), 1);
    }

    #[test]
    fn stars_take_no_time() {
        let mut attributes = Attributes::of(1);
        let text = format!("{}b linguist-vendored\n**/a*/**/a*/**/b linguist-vendored", "*a".repeat(10));
        assert!(attributes.read(b"", &text));
        assert_eq!(attributes.lines.len(), 2);
        let path = format!("{}{}", "a/".repeat(60), "a".repeat(240));
        assert!(!file(&path, &attributes).marks.has(Mark::Vendored));
    }
}
