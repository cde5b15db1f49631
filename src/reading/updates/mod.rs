//! Is there anything of others to keep up to date, and does anything propose to?

use super::lock::{self, Lockable};
use super::manifest::{Ecosystem, Manifest};
use super::patterns::globs;
use crate::phrase::Phrase;
use crate::reading::pattern::Pattern;
use crate::repository::{File, FileKind, Mark};
use globset::{Candidate, GlobSet};
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct Written {
    #[serde(default)]
    name: String,
    paths: Vec<String>,
    text: Option<String>,
    not: Option<String>,
    example: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table<R> {
    service: Vec<R>,
    needs: Vec<R>,
}

struct Row {
    #[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
    written: Written,
    paths: GlobSet,
    text: Option<Pattern>,
    not: Option<Pattern>,
}

static TABLE: LazyLock<Table<Row>> = LazyLock::new(|| {
    let table: Table<Written> = toml::from_str(include_str!("updates.toml")).expect("a test parses the table");
    Table { service: table.service.into_iter().map(row).collect(), needs: table.needs.into_iter().map(row).collect() }
});

fn row(written: Written) -> Row {
    let regex = |pattern: &Option<String>| pattern.as_ref().map(|pattern| Pattern::as_written(pattern));
    Row { paths: globs(&written.paths), text: regex(&written.text), not: regex(&written.not), written }
}

type Text<'t> = &'t dyn Fn(&File) -> Result<Arc<str>, Phrase>;

impl Row {
    fn says(&self, text: &str) -> bool {
        let text = without_comments(text);
        self.text.as_ref().is_none_or(|pattern| pattern.is_match(&text))
            && !self.not.as_ref().is_some_and(|pattern| pattern.is_match(&text))
    }
}

/// Lines without what follows a `#` at their beginning or behind a blank.
fn without_comments(text: &str) -> String {
    let bare = |line: &str| {
        let comment = if line.starts_with('#') { Some(0) } else { line.find(" #") };
        line.get(..comment.unwrap_or(line.len())).unwrap_or_default().trim_end().to_owned() + "\n"
    };
    text.lines().map(bare).collect()
}

/// Whether one of the files says what one of the rows looks for.
///
/// # Errors
/// Where none says it, and one could not be read.
fn any(rows: &[Row], files: &mut dyn Iterator<Item = &File>, text: Text<'_>) -> Result<bool, Phrase> {
    let mut unread = None;
    for file in files {
        let path = file.path.lower();
        let path = Candidate::new(&path);
        let mut rows = rows.iter().filter(|row| row.paths.is_match_candidate(&path)).peekable();
        if rows.peek().is_none() {
            continue;
        }
        match text(file) {
            Ok(text) if rows.any(|row| row.says(&text)) => return Ok(true),
            Ok(_) => {}
            Err(why) => {
                unread.get_or_insert(why);
            }
        }
    }
    unread.map_or(Ok(false), Err)
}

/// Whether something is configured that proposes newer versions of dependencies.
///
/// # Errors
/// Where nothing is, and a file that might say it cannot be read.
pub fn configured(files: &[File], text: Text<'_>) -> Result<bool, Phrase> {
    let foreign = [Mark::Vendored, Mark::BuildOutput, Mark::Test, Mark::Example];
    let mut own = files
        .iter()
        .filter(|file| file.kind != FileKind::Submodule && !foreign.iter().any(|mark| file.marks.has(*mark)));
    any(&TABLE.service, &mut own, text)
}

/// Whether anything of others is needed that such a service could keep up to date.
///
/// # Errors
/// Where nothing is, and a file that might say it cannot be read.
pub fn has_dependencies(
    files: &[File],
    manifests: &[Manifest],
    lockable: &[Lockable],
    text: Text<'_>,
) -> Result<bool, Phrase> {
    let asks = |manifest: &&Manifest| is_kept_elsewhere(manifest.ecosystem) && !manifest.dependencies.is_empty();
    let by_manifest = manifests.iter().filter(asks).any(|manifest| !lock::is_left_alone(&manifest.path));
    if by_manifest || lockable.iter().any(|one| one.needs) {
        return Ok(true);
    }
    let is_own = |file: &&File| file.kind == FileKind::Regular && file.marks.none() && !lock::is_left_alone(&file.path);
    any(&TABLE.needs, &mut files.iter().filter(is_own), text)
}

/// Ecosystems of which [`lock::all`] knows nothing, and whose versions such services know.
fn is_kept_elsewhere(ecosystem: Ecosystem) -> bool {
    matches!(ecosystem, Ecosystem::Maven | Ecosystem::Gradle | Ecosystem::DotNet | Ecosystem::Python)
}

#[cfg(test)]
mod tests;
