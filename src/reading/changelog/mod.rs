//! Where can people read what changed from version to version?

mod place;

pub use place::in_document;

use super::lock::is_left_alone;
use super::patterns::globs;
use crate::phrase::Phrase;
use crate::reading::pattern::Pattern;
use crate::repository::{File, FileKind, Mark, RepoPath};
use globset::GlobSet;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct Written {
    paths: Vec<String>,
    text: Option<String>,
    not: Option<String>,
    example: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTable {
    named: Vec<String>,
    whole: BTreeSet<String>,
    folders: BTreeSet<String>,
    prose: BTreeSet<String>,
    headings: Vec<String>,
    writer: Vec<Written>,
}

struct Writer {
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
    written: Written,
    paths: GlobSet,
    text: Option<Pattern>,
    not: Option<Pattern>,
}

struct Table {
    named: Vec<String>,
    whole: BTreeSet<String>,
    folders: BTreeSet<String>,
    prose: BTreeSet<String>,
    headings: Vec<String>,
    writers: Vec<Writer>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table: WrittenTable = toml::from_str(include_str!("changelog.toml")).expect("a test parses the table");
    let WrittenTable { named, whole, folders, prose, headings, writer } = table;
    Table { named, whole, folders, prose, headings, writers: writer.into_iter().map(compiled).collect() }
});

fn compiled(written: Written) -> Writer {
    let regex = |pattern: &Option<String>| pattern.as_ref().map(|pattern| Pattern::as_written(pattern));
    Writer { paths: globs(&written.paths), text: regex(&written.text), not: regex(&written.not), written }
}

type Text<'t> = &'t dyn Fn(&File) -> Result<Arc<str>, Phrase>;

/// Whether a file of the tree is a change log, belongs to one, or makes some program write one.
///
/// # Errors
/// Where none is, and one that might be cannot be read.
pub fn in_tree(files: &[File], text: Text<'_>) -> Result<bool, Phrase> {
    let foreign = [Mark::Vendored, Mark::BuildOutput, Mark::Test, Mark::Example];
    let own = || {
        files
            .iter()
            .filter(|file| file.kind != FileKind::Submodule && !foreign.iter().any(|mark| file.marks.has(*mark)))
    };
    if own().any(|file| file.len != Some(0) && is_named(&file.path)) {
        return Ok(true);
    }
    let mut unread = None;
    for file in own() {
        let path = file.path.lower();
        let mut writers = TABLE.writers.iter().filter(|writer| writer.paths.is_match(&path)).peekable();
        if writers.peek().is_none() {
            continue;
        }
        match text(file) {
            Ok(text) => {
                let text = without_comments(&text);
                if writers.any(|writer| writer.says(&text)) {
                    return Ok(true);
                }
            }
            Err(why) => {
                unread.get_or_insert(why);
            }
        }
    }
    unread.map_or(Ok(false), Err)
}

impl Writer {
    fn says(&self, text: &str) -> bool {
        self.text.as_ref().is_none_or(|pattern| pattern.is_match(text))
            && !self.not.as_ref().is_some_and(|pattern| pattern.is_match(text))
    }
}

/// Lines without what follows a `#` at their beginning or behind a blank; what begins with `%` or `#` alone goes.
fn without_comments(text: &str) -> String {
    let bare = |line: &str| {
        let comment = if line.trim_start().starts_with('#') { Some(0) } else { line.find(" # ") };
        line.get(..comment.unwrap_or(line.len())).unwrap_or_default().trim_end().to_owned() + "\n"
    };
    text.lines().map(bare).collect()
}

/// Whether a file is a change log by its name, or lies in the folder of one.
fn is_named(path: &RepoPath) -> bool {
    let lower = path.lossy().to_lowercase();
    let (folder, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    // `RELEASE_NOTES_2.4`: what follows the dot is a number.
    let number = ending.bytes().all(|byte| byte.is_ascii_digit());
    if !number && !TABLE.prose.contains(ending) || is_left_alone_but_docs(path) {
        return false;
    }
    let words = words(stem);
    let spaced = format!(" {} ", words.join(" "));
    let in_folder = folder.split('/').rev().take(2).any(|part| TABLE.folders.contains(part));
    let is_site = ending == "yml" || ending == "yaml" || ending == "html";
    if is_site {
        return in_folder && ending != "html" || TABLE.named.iter().any(|named| words.join(" ") == *named);
    }
    TABLE.named.iter().any(|named| spaced.contains(&format!(" {named} ")))
        || words
            .first()
            .is_some_and(|first| TABLE.whole.contains(first) && words.iter().skip(1).all(|word| is_version(word)))
        || in_folder && !matches!(words.first().map(String::as_str), Some("readme" | "index" | "template"))
}

fn is_left_alone_but_docs(path: &RepoPath) -> bool {
    let lower = path.lower();
    let docs = |part: &str| {
        matches!(
            part,
            "docs" | "doc" | "documentation" | "document" | "dokumentation" | ".github" | "archive" | "old" | "legacy"
        )
    };
    let kept: Vec<&str> = lower.split('/').filter(|part| !docs(part)).collect();
    is_left_alone(&RepoPath::new(kept.join("/")))
}

fn words(stem: &str) -> Vec<String> {
    let parts = stem.split(|c: char| !c.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// `1`, `v2`, `x`, `de`: a version, or a language.
fn is_version(word: &str) -> bool {
    let rest = word.strip_prefix('v').unwrap_or(word);
    rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'x')
        || matches!(word, "de" | "en" | "fr" | "it" | "es" | "nl" | "old" | "archive" | "legacy")
}

#[cfg(test)]
mod tests;
