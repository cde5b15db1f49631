//! In which language is a file written, and what do its comments and strings look like?

use crate::repository::RepoPath;
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
        let mut count = 0u32;
        let mut open: Option<&str> = None;
        for line in text.lines() {
            let mut rest = line.trim();
            loop {
                if let Some(end) = open {
                    match rest.split_once(end) {
                        Some((_, after)) => {
                            open = None;
                            rest = after.trim_start();
                        }
                        None => break,
                    }
                }
                if rest.is_empty() {
                    break;
                }
                if let Some((start, end)) = self.block.iter().find(|(start, _)| rest.starts_with(start.as_str())) {
                    open = Some(end);
                    rest = &rest[start.len()..];
                    continue;
                }
                if !self.line.iter().any(|start| rest.starts_with(start.as_str())) {
                    count = count.saturating_add(1);
                    open = self.opened_behind(rest);
                }
                break;
            }
        }
        count
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
        ] {
            assert_eq!(named(name).map(|language| language.count_lines(text)), Some(lines), "{text}");
        }
    }
}
