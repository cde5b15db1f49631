//! What does the table say of each ecosystem with lock files?

use crate::reading::pattern::Pattern;
use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Written {
    pub name: String,
    pub family: String,
    pub manifests: Vec<String>,
    pub locks: Vec<String>,
    needs: Option<String>,
    not_needed: Option<String>,
    #[serde(default)]
    pub private: bool,
    #[serde(default)]
    pub always: bool,
    #[serde(default)]
    pub pins: bool,
    application: Option<String>,
    #[serde(default)]
    application_beside: Vec<String>,
    library: Option<String>,
    #[serde(default)]
    library_beside: Vec<String>,
    elsewhere: Option<String>,
    root: Option<String>,
    #[serde(default)]
    pub roots: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
    pub yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
    pub no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenTable {
    left_alone: BTreeSet<String>,
    left_alone_words: BTreeSet<String>,
    lists: BTreeSet<String>,
    ecosystem: Vec<Written>,
}

/// A name or pattern of a file, seen from a folder.
pub(super) struct FilePattern {
    /// what comes before the first wildcard; all of it where there is none
    pub start: String,
    /// `None` where there is no wildcard
    pub glob: Option<GlobMatcher>,
}

/// A row of the table, ready for use.
pub(super) struct Ecosystem {
    pub written: Written,
    pub locks: Vec<FilePattern>,
    pub application_beside: Vec<FilePattern>,
    pub library_beside: Vec<FilePattern>,
    pub needs: Option<Pattern>,
    pub not_needed: Option<Pattern>,
    pub application: Option<Pattern>,
    pub library: Option<Pattern>,
    pub elsewhere: Option<Pattern>,
    pub root: Option<Pattern>,
}

pub(super) struct Table {
    pub left_alone: BTreeSet<String>,
    pub left_alone_words: BTreeSet<String>,
    pub lists: BTreeSet<String>,
    pub ecosystems: Vec<Ecosystem>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: WrittenTable = toml::from_str(include_str!("lock.toml")).expect("a test parses the table");
    Table {
        left_alone: written.left_alone,
        left_alone_words: written.left_alone_words,
        lists: written.lists,
        ecosystems: written.ecosystem.into_iter().map(ecosystem).collect(),
    }
});

fn ecosystem(written: Written) -> Ecosystem {
    let regex = |pattern: &Option<String>| pattern.as_ref().map(|pattern| Pattern::as_written(pattern));
    Ecosystem {
        locks: patterns(&written.locks),
        application_beside: patterns(&written.application_beside),
        library_beside: patterns(&written.library_beside),
        needs: regex(&written.needs),
        not_needed: regex(&written.not_needed),
        application: regex(&written.application),
        library: regex(&written.library),
        elsewhere: regex(&written.elsewhere),
        root: regex(&written.root),
        written,
    }
}

fn patterns(written: &[String]) -> Vec<FilePattern> {
    let one = |glob: &String| {
        let star = glob.find('*');
        let compiled = || {
            GlobBuilder::new(glob)
                .literal_separator(true)
                .build()
                .expect("a test compiles every glob")
                .compile_matcher()
        };
        FilePattern {
            start: glob.get(..star.unwrap_or(glob.len())).unwrap_or_default().to_owned(),
            glob: star.map(|_| compiled()),
        }
    };
    written.iter().map(one).collect()
}
