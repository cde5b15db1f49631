//! Does a document show the commands that get software running?

use super::document::Document;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    install: Vec<String>,
    before: BTreeSet<String>,
}

struct Table {
    /// rows by their first word
    by_word: HashMap<String, Vec<Row>>,
    /// rows whose first word has a `*`
    others: Vec<Row>,
    before: BTreeSet<String>,
}

struct Row {
    /// nothing but options may follow
    whole: bool,
    words: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written =
        toml::from_str(include_str!("commands.toml")).expect("the table is part of the program and tested");
    let mut table = Table { by_word: HashMap::new(), others: Vec::new(), before: written.before };
    for row in &written.install {
        let row = Row::new(row);
        match row.words.first() {
            Some(first) if !first.contains('*') => table.by_word.entry(first.clone()).or_default().push(row),
            _ => table.others.push(row),
        }
    }
    table
});

/// The line of the first such command in a block of code, or in inline code of more than one word.
pub fn installs(document: &Document) -> Option<u32> {
    let in_blocks = document.code_blocks.iter().filter_map(|code| {
        let at = code.text.lines().position(is_install)?;
        Some(code.line.saturating_add(u32::try_from(at).unwrap_or(0)))
    });
    let inline = document.prose.iter().filter_map(|prose| {
        let code = prose.code.iter().find(|range| prose.text.get((*range).clone()).is_some_and(is_install))?;
        Some(prose.line_at(code.start))
    });
    in_blocks.chain(inline).min()
}

/// Whether a line of a shell holds such a command.
pub fn is_install(line: &str) -> bool {
    line.split(['|', ';', '&']).any(|command| {
        let mut words: Vec<&str> = command.split_whitespace().collect();
        while words.first().is_some_and(|first| TABLE.before.contains(*first) || is_assignment(first)) {
            words.remove(0);
        }
        let first = words.first().map_or("", |first| bare(first));
        let by_word = TABLE.by_word.get(first).into_iter().flatten();
        by_word.chain(&TABLE.others).any(|row| row.matches(&words))
    })
}

/// `NODE_ENV=production` before a command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    })
}

/// A word without the call's brackets: `install.packages("x")`.
fn bare(word: &str) -> &str {
    word.split('(').next().unwrap_or_default()
}

impl Row {
    fn new(written: &str) -> Self {
        let (whole, rest) = written.strip_prefix("= ").map_or((false, written), |rest| (true, rest));
        Self { whole, words: rest.split_whitespace().map(str::to_owned).collect() }
    }

    fn matches(&self, words: &[&str]) -> bool {
        let mut rest = words.iter().map(|word| bare(word));
        for (at, wanted) in self.words.iter().enumerate() {
            // Options stand between the words, unless the row asks for one.
            let found =
                if at == 0 || wanted.starts_with('-') { rest.next() } else { rest.find(|word| !word.starts_with('-')) };
            if !found.is_some_and(|word| fits(wanted, word)) {
                return false;
            }
        }
        !self.whole || rest.all(|word| word.starts_with('-'))
    }
}

/// Whether a word is as the row has it; at most one `*` in it.
fn fits(wanted: &str, word: &str) -> bool {
    match wanted.split_once('*') {
        None => wanted == word,
        Some((start, end)) => word.len() >= start.len() + end.len() && word.starts_with(start) && word.ends_with(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn each_row_is_found_and_a_longer_word_is_not() {
        let written: Written = toml::from_str(include_str!("commands.toml")).expect("the table");
        for row in &written.install {
            let command = row.trim_start_matches("= ").replace('*', "x");
            assert!(is_install(&format!("$ sudo {command}")), "{row}");
            assert!(!is_install(&format!("echo {command}")), "{row}");
            assert!(
                !Row::new(row).matches(&format!("z{command}").split_whitespace().collect::<Vec<_>>())
                    || row.starts_with('*')
            );
            if row.starts_with("= ") {
                assert!(
                    !Row::new(row).matches(&format!("{command} test").split_whitespace().collect::<Vec<_>>()),
                    "{row}"
                );
            }
        }
    }

    #[test]
    fn lines() {
        for (line, yes) in [
            ("npm --silent install", true),
            ("NODE_ENV=production npm ci && npm test", true),
            ("curl -sSf https://muster.org/get | sh", true),
            ("install.packages(\"x\")", true),
            ("make test", false),
            ("make -j4", true),
            ("npm test", false),
            ("yarn lint", false),
            ("git clone https://muster.org/a.git", false),
            ("", false),
        ] {
            assert_eq!(is_install(line), yes, "{line}");
        }
    }

    #[test]
    fn places() {
        let read = |text| Document::read(&"README.md".into(), Format::Markdown, text);
        assert_eq!(installs(&read("# x\n\n```sh\ncd x\nnpm ci\n```\n")), Some(5));
        assert_eq!(installs(&read("Then run `docker compose up`.")), Some(1));
        assert_eq!(installs(&read("Then run npm install in your head.")), None);
    }
}
