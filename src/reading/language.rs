//! In which language is a file written, and what do its comments and strings look like?

use crate::repository::RepoPath;
use memchr::memmem;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A row of `languages.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// its name, in lower case
    pub name: String,
    extensions: Vec<String>,
    names: Vec<String>,
    /// what starts a comment that ends with the line
    pub line: Vec<String>,
    /// pairs that enclose a comment
    pub block: Vec<(String, String)>,
    /// what opens and closes a string, the longest first
    pub strings: Vec<String>,
    /// those of the strings in which a backslash is nothing special
    #[serde(default)]
    pub raw: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    language: Vec<Language>,
}

struct Languages {
    rows: Vec<Language>,
    by_extension: BTreeMap<String, usize>,
    by_name: BTreeMap<String, usize>,
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("languages.toml")).expect("a test parses the table");
    let mut languages = Languages { rows: table.language, by_extension: BTreeMap::new(), by_name: BTreeMap::new() };
    for (row, language) in languages.rows.iter().enumerate() {
        languages.by_extension.extend(language.extensions.iter().map(|end| (end.clone(), row)));
        languages.by_name.extend(language.names.iter().map(|name| (name.clone(), row)));
    }
    languages
});

/// The language of a file, by its name; `None` where the name says nothing.
pub fn of(path: &RepoPath) -> Option<&'static Language> {
    let name = path.name_lower();
    let stem = name.split('.').next().unwrap_or_default();
    let row = LANGUAGES
        .by_extension
        .get(path.extension().as_str())
        .or_else(|| LANGUAGES.by_name.get(name.as_str()))
        .or_else(|| LANGUAGES.by_name.get(stem).filter(|_| matches!(stem, "dockerfile" | "makefile")))?;
    LANGUAGES.rows.get(*row)
}

/// The language of this name.
pub fn named(name: &str) -> Option<&'static Language> {
    LANGUAGES.rows.iter().find(|language| language.name == name)
}

impl Language {
    /// How many lines of a text are code: neither blank nor comment alone. Strings that look like comments are
    /// rare enough at the start of a line to be left out of it.
    pub fn count_lines(&self, text: &str) -> u32 {
        let mut blocks: Vec<Block<'_>> = self.block.iter().map(|(start, _)| Block::new(start, text)).collect();
        let (mut count, mut at) = (0u32, 0);
        // Up to the next block comment no line depends on the one before it.
        while let Some(next) = blocks.iter_mut().filter_map(|block| block.next(text, at)).min() {
            let line = memchr::memrchr(b'\n', text.as_bytes().get(at..next).unwrap_or_default());
            let line = line.map_or(at, |end| at + end + 1);
            count = count.saturating_add(self.plain_lines(text.get(at..line).unwrap_or_default()));
            at = line;
            let mut open = None;
            loop {
                let rest = text.get(at..).unwrap_or_default();
                let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
                count = count.saturating_add(self.count_line(rest.get(..end).unwrap_or_default(), &mut open));
                at += end;
                if open.is_none() || at >= text.len() {
                    break;
                }
            }
        }
        count.saturating_add(self.plain_lines(text.get(at..).unwrap_or_default()))
    }

    /// The same for lines in which no block comment begins or ends.
    fn plain_lines(&self, text: &str) -> u32 {
        let is_code = |line: &[u8]| {
            let first = line.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0x0b);
            let line = first.and_then(|first| line.get(first..)).unwrap_or_default();
            match line.first() {
                None => false,
                Some(byte) if byte.is_ascii() => !self.is_comment(line),
                // what is blank in all of Unicode
                Some(_) => {
                    let line = String::from_utf8_lossy(line);
                    let line = line.trim_start();
                    !line.is_empty() && !self.is_comment(line.as_bytes())
                }
            }
        };
        let mut from = 0;
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
        let lines = ends.map(|end| text.as_bytes().get(std::mem::replace(&mut from, end + 1)..end).unwrap_or_default());
        u32::try_from(lines.filter(|line| is_code(line)).count()).unwrap_or(u32::MAX)
    }

    fn is_comment(&self, line: &[u8]) -> bool {
        let starts = |start: &String| start.as_bytes().first() == line.first() && line.starts_with(start.as_bytes());
        self.line.iter().any(starts)
    }

    /// 1 for a line of code, else 0; `open` is the end of the block comment that is open before it, and behind it.
    fn count_line<'l>(&'l self, line: &str, open: &mut Option<&'l str>) -> u32 {
        let mut rest = line.trim();
        loop {
            if let Some(end) = *open {
                let Some((_, after)) = rest.split_once(end) else { return 0 };
                *open = None;
                rest = after.trim_start();
            }
            if rest.is_empty() {
                return 0;
            }
            if let Some((start, end)) = self.block.iter().find(|(start, _)| rest.starts_with(start.as_str())) {
                *open = Some(end);
                rest = &rest[start.len()..];
                continue;
            }
            if self.is_comment(rest.as_bytes()) {
                return 0;
            }
            *open = self.opened_behind(rest);
            return 1;
        }
    }

    /// The end of a block comment that a line of code opens and does not close.
    fn opened_behind(&self, line: &str) -> Option<&str> {
        self.block.iter().find_map(|(start, end)| {
            let at = line.rfind(start.as_str())?;
            let quoted = line[..at].matches(['"', '\'', '`']).count() % 2 == 1;
            (!quoted && start.len() > 1 && !line[at + start.len()..].contains(end.as_str())).then_some(end.as_str())
        })
    }
}

/// Where a text holds what begins a block comment.
struct Block<'l> {
    start: memmem::Finder<'l>,
    /// the next place that is known; nothing before it
    next: Option<usize>,
}

impl<'l> Block<'l> {
    fn new(start: &'l str, text: &str) -> Self {
        let start = memmem::Finder::new(start);
        let next = start.find(text.as_bytes());
        Self { start, next }
    }

    /// The first place at this byte or behind it; each part of the text is searched once.
    fn next(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.next? < from {
            let rest = text.as_bytes().get(from..).unwrap_or_default();
            self.next = self.start.find(rest).map(|at| from + at);
        }
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_extension_belongs_to_one_language() {
        let rows: usize = LANGUAGES.rows.iter().map(|language| language.extensions.len()).sum();
        assert_eq!(rows, LANGUAGES.by_extension.len());
        for language in &LANGUAGES.rows {
            assert!(language.raw.iter().all(|raw| language.strings.contains(raw)), "{}", language.name);
            assert!(language.strings.is_sorted_by_key(|string| std::cmp::Reverse(string.len())), "{}", language.name);
        }
    }

    #[test]
    fn names() {
        for (path, name) in [
            ("a/b.py", Some("python")),
            ("App.SVELTE", Some("javascript")),
            ("Dockerfile", Some("shell")),
            ("docker/Dockerfile.dev", Some("shell")),
            ("Makefile", Some("shell")),
            ("README.md", None),
            ("py", None),
        ] {
            assert_eq!(of(&RepoPath::from(path)).map(|language| language.name.as_str()), name, "{path}");
        }
    }

    #[test]
    fn lines_of_code() {
        for (name, text, lines) in [
            ("python", "# a\n\nx = 1\n  # b\ny = '#'\n", 2),
            ("c", "/* a\n b\n*/ int x;\n// c\nint y; /* d\n e */\n", 2),
            ("javascript", "let a = 'http://x/*';\nlet b;\n/* c */ let d;\n", 3),
            ("sql", "-- a\nselect 1;\n", 1),
            ("c", "", 0),
            ("c", "/* never closed\nint x;\n", 0),
            ("c", "int a; /*\n*/ int b;\r\n\r\n/* c */\n//\nint d; /* e */ int f; /*", 3),
            ("javascript", "a\n<!-- b\n/* c -->\n/* d */ e\n<!-- f */", 2),
            ("python", "\u{a0}\n\u{a0}# a\n\u{2003}b", 1),
        ] {
            let language = named(name).unwrap();
            assert_eq!(language.count_lines(text), lines, "{text}");
            let mut open = None;
            let each: u32 = text.lines().map(|line| language.count_line(line, &mut open)).sum();
            assert_eq!(each, lines, "{text}");
        }
    }
}
