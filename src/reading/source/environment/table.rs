//! How do programs of each language read environment variables, and which of them everybody has?

use crate::reading::needles::Needles;
use crate::repository::RepoPath;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// How a variable is read.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Form {
    /// `getenv("NAME")`
    Call,
    /// `environ["NAME"]`
    Index,
    /// `process.env.NAME`
    Member,
    /// `@Value("${NAME}")`
    Placeholder,
}

/// What the program gets where the variable is not set.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Absent {
    /// null or an empty text
    Nothing,
    /// an error
    Fails,
    /// the form itself asks or sets
    Asked,
}

/// A row of `environment.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) languages: Vec<String>,
    pub(super) form: Form,
    pub(super) names: Vec<String>,
    pub(super) absent: Absent,
    pub(super) default: Option<usize>,
    #[serde(default)]
    pub(super) needs: Vec<String>,
    needles: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handles {
    calls: BTreeSet<String>,
    members: BTreeSet<String>,
    words: BTreeSet<String>,
    requires: BTreeSet<String>,
    kinds: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    names: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    files: BTreeSet<String>,
    starts: Vec<String>,
    folders: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    read: Vec<Row>,
    handles: Handles,
    known: Known,
    elsewhere: Elsewhere,
}

pub(super) struct Table {
    written: Written,
    /// by language
    needles: BTreeMap<String, Needles>,
    /// those of all languages
    any: Needles,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("environment.toml")).expect("a test parses the table");
    let mut words: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &written.read {
        for language in &row.languages {
            words.entry(language).or_default().extend(row.needles.iter().map(String::as_str));
        }
    }
    let any = Needles::new(words.values().flatten());
    let needles = words.into_iter().map(|(language, words)| (language.to_owned(), Needles::new(words))).collect();
    Table { written, needles, any }
});

impl Table {
    /// Whether a text may read a variable at all, in this language, or in any where it may hold several.
    pub(super) fn is_worth_it(&self, text: &str, language: Option<&str>) -> bool {
        match language {
            Some(language) => self.needles.get(language).is_some_and(|needles| needles.is_in(text)),
            None => self.any.is_in(text),
        }
    }

    /// The rows of a language whose imports stand in the text.
    pub(super) fn rows<'t>(&'t self, language: &str, text: &str) -> Vec<&'t Row> {
        let rows = self.written.read.iter().filter(|row| row.languages.iter().any(|name| name == language));
        rows.filter(|row| row.needs.is_empty() || row.needs.iter().any(|word| text.contains(word.as_str()))).collect()
    }

    /// All rows.
    #[cfg(test)]
    pub(super) fn rows_of_all(&self) -> &[Row] {
        &self.written.read
    }

    /// Whether a call asks for what it is given, or does not mind its absence.
    pub(super) fn handles(&self, callee: &str) -> bool {
        let last = callee.rsplit('.').next().unwrap_or_default();
        self.written.handles.calls.contains(last)
    }

    /// Whether a call itself reads a variable.
    pub(super) fn reads(&self, callee: &str) -> bool {
        self.written.read.iter().any(|row| row.form == Form::Call && row.names.iter().any(|name| name == callee))
    }

    /// Whether this is asked of a value that may be absent.
    pub(super) fn asks(&self, member: &str) -> bool {
        self.written.handles.members.contains(member)
    }

    /// Whether this word beside a value asks for it.
    pub(super) fn is_asking_word(&self, word: &str) -> bool {
        self.written.handles.words.contains(word)
    }

    /// Whether a call must be given something.
    pub(super) fn requires(&self, callee: &str) -> bool {
        let last = callee.rsplit('.').next().unwrap_or_default();
        self.written.handles.requires.contains(last)
    }

    /// Whether this word declares the kind of a setting.
    pub(super) fn is_kind(&self, word: &str) -> bool {
        self.written.handles.kinds.contains(word)
    }
}

/// Whether the system, a language, a tool or the place where it runs gives a variable, so that nobody has to name it.
pub fn is_known(name: &str) -> bool {
    let known = &TABLE.written.known.names;
    known.contains(name) || known.iter().filter_map(|row| row.strip_suffix('*')).any(|start| name.starts_with(start))
}

/// Whether what a file reads is for releases, tests or the build, not for the program.
pub fn is_for_tools(path: &RepoPath) -> bool {
    let elsewhere = &TABLE.written.elsewhere;
    let lower = path.lower();
    let name = path.name_lower();
    let mut folders: Vec<&str> = lower.split('/').collect();
    folders.pop();
    elsewhere.files.contains(name.as_str())
        || elsewhere.starts.iter().any(|start| name.starts_with(start.as_str()))
        || name.contains(".stories.")
        || folders.iter().any(|folder| elsewhere.folders.contains(*folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::source::dialect;

    #[test]
    fn every_row_is_of_a_language_and_is_looked_for() {
        for row in &TABLE.written.read {
            for language in &row.languages {
                assert!(dialect::of(language).is_some(), "{language}");
                let found = |text: &str| TABLE.is_worth_it(text, Some(language));
                for name in &row.names {
                    let called = name.replace(".get", "().get");
                    let scoped = name.replace('.', "::");
                    let ways = [format!("{name}("), format!("{name}."), format!("{called}("), format!("{name}!(")];
                    let common = row.needs.iter().any(|word| found(word));
                    let plain = ways.iter().any(|text| found(text)) || found(&format!("{scoped}("));
                    assert!(common || plain || found(&format!("@{name}(")), "{language}: {name}");
                }
            }
        }
    }

    #[test]
    fn known_names_and_those_of_a_project() {
        for row in &TABLE.written.known.names {
            assert!(is_known(&row.replace('*', "X")), "{row}");
        }
        for name in ["DATABASE_URL", "TREES_TOKEN", "MAPBOX_TOKEN", "CITY", "PATHS"] {
            assert!(!is_known(name), "{name}");
        }
    }

    #[test]
    fn files_of_tools() {
        for file in &TABLE.written.elsewhere.files {
            assert!(is_for_tools(&format!("app/{file}").as_str().into()), "{file}");
        }
        for folder in &TABLE.written.elsewhere.folders {
            assert!(is_for_tools(&format!("{folder}/a.py").as_str().into()), "{folder}");
        }
        for start in &TABLE.written.elsewhere.starts {
            assert!(is_for_tools(&format!("{start}.js").as_str().into()), "{start}");
        }
        assert!(is_for_tools(&"src/a.stories.tsx".into()));
        assert!(!is_for_tools(&"src/trees.py".into()));
    }
}
