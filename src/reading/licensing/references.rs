//! Which licence files do manifests, README and NOTICE name, and are they there?

use super::is_licence_name;
use super::statements::Statement;
use crate::phrase::Phrase;
use crate::place::Span;
use crate::reading::corpus;
use crate::reading::document::{Document, Format};
use crate::reading::manifest::{Ecosystem, Form};
use crate::repository::{File, FileKind, RepoPath, Repository};
use regex::Regex;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A licence file that is named somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// who names it
    pub path: RepoPath,
    /// where
    pub span: Span,
    /// the file as it is named
    pub named: String,
    /// whether the tree holds it
    pub there: bool,
    /// the licence file that was perhaps meant: one beside it, or at the root, with nearly the same name
    pub meant: Option<RepoPath>,
}

/// Documents of the root are read to this length.
const LARGEST: u64 = 1 << 20;

/// The tree, as references look at it: what is asked for every reference is found out once.
pub(super) struct Tree<'r> {
    repo: &'r Repository,
    licence_files: BTreeMap<&'r [u8], Vec<&'r RepoPath>>,
    patterns: Cell<usize>,
}

/// So many patterns are compared with the tree; each costs a look at every path.
const MOST_PATTERNS: usize = 1_000;

impl<'r> Tree<'r> {
    pub(super) fn new(repo: &'r Repository) -> Self {
        let mut licence_files: BTreeMap<&[u8], Vec<&RepoPath>> = BTreeMap::new();
        for file in repo.files() {
            if is_licence_name(&String::from_utf8_lossy(file.path.name())).is_some() {
                licence_files.entry(file.path.folder()).or_default().push(&file.path);
            }
        }
        Self { repo, licence_files, patterns: Cell::new(0) }
    }

    /// Whether a licence file lies in the folder of a manifest, or in one above it, below the root.
    pub(super) fn has_own(&self, path: &RepoPath) -> bool {
        let folder = path.folder();
        let ends = (1..=folder.len()).filter(|end| *end == folder.len() || folder.get(*end) == Some(&b'/'));
        ends.filter_map(|end| folder.get(..end)).any(|above| self.licence_files.contains_key(above))
    }

    /// The licence file beside, or at the root, whose name is nearest: `LICENSE` for `LICENCE`, `LICENSE.md` for `LICENSE`.
    fn nearly(&self, path: &RepoPath, value: &str) -> Option<RepoPath> {
        let name = value.rsplit(['/', '\\']).next().unwrap_or(value).to_lowercase();
        let name = name.get(..LONGEST_NAME).unwrap_or(&name);
        let beside = |folder: &[u8]| {
            let files = self.licence_files.get(folder)?.iter().take(MOST_BESIDE);
            files.min_by_key(|file| strsim::osa_distance(name, &file.name_lower())).map(|file| (*file).clone())
        };
        beside(path.folder()).or_else(|| beside(b""))
    }

    /// The file, link or folder at a path; the first that a pattern meets.
    fn look(&self, target: &[u8]) -> Option<RepoPath> {
        if let Some(file) = self.repo.file(target) {
            return Some(file.path.clone());
        }
        if !target.is_empty() && self.repo.has_folder(target) {
            return Some(RepoPath::new(target));
        }
        let pattern = std::str::from_utf8(target).ok().filter(|target| target.contains(['*', '?', '[']))?;
        self.patterns.set(self.patterns.get() + 1);
        if self.patterns.get() > MOST_PATTERNS {
            return Some(RepoPath::new(target));
        }
        let matcher = globset::GlobBuilder::new(pattern).literal_separator(true).build().ok()?.compile_matcher();
        let mut files = self.repo.files().iter();
        files.find(|file| matcher.is_match(file.path.lossy().as_ref())).map(|file| file.path.clone())
    }
}

/// Nobody's licence file has a longer name, and no folder more of them.
const LONGEST_NAME: usize = 100;
const MOST_BESIDE: usize = 50;

/// Everything that names a licence file, in the order of the paths.
pub(super) fn all(tree: &Tree<'_>, statements: &[Statement]) -> Vec<Reference> {
    let repo = tree.repo;
    let mut references: Vec<Reference> = statements
        .iter()
        .filter(|one| one.form == Form::File && !one.value.contains(['{', '$', '%']))
        .map(|one| Reference {
            path: one.path.clone(),
            span: one.span,
            named: one.value.clone(),
            there: one.meaning.is_ok(),
            meant: one.meaning.is_err().then(|| tree.nearly(&one.path, &one.value)).flatten(),
        })
        .collect();
    for file in repo.root_files().filter(|file| file.kind == FileKind::Regular && is_document(&file.path)) {
        if file.len.is_some_and(|len| len > LARGEST) {
            continue;
        }
        let Ok(text) = repo.text(file) else { continue };
        references.extend(in_document(tree, file, &text));
    }
    references.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    references.dedup();
    references
}

fn is_document(path: &RepoPath) -> bool {
    let name = path.name_lower();
    corpus::is_readme(path) || matches!(name.as_str(), "notice" | "notice.md" | "notice.txt")
}

/// The file that a manifest names, relative to itself or to the root. A pattern is met by one file.
///
/// # Errors
/// Where there is none.
pub(super) fn target(
    tree: &Tree<'_>,
    path: &RepoPath,
    ecosystem: Option<Ecosystem>,
    value: &str,
) -> Result<RepoPath, Phrase> {
    let value = value.replace('\\', "/");
    let none = || Phrase::new("there is no file `{file}`", "es gibt keine Datei `{file}`").with("file", value.as_str());
    let folder = path.folder();
    let beside = join(folder, &value);
    let at_root = || join(b"", &value).and_then(|target| tree.look(&target));
    let found = beside.and_then(|target| tree.look(&target)).or_else(at_root);
    // A NuGet package names the path inside of the package; the file may lie in any folder above.
    let above = || {
        let name = value.rsplit('/').next()?;
        let mut folder = folder;
        while let Some(end) = folder.iter().rposition(|byte| *byte == b'/') {
            folder = folder.get(..end)?;
            if let Some(found) = join(folder, name).and_then(|target| tree.look(&target)) {
                return Some(found);
            }
        }
        join(b"", name).and_then(|target| tree.look(&target))
    };
    found.or_else(|| (ecosystem == Some(Ecosystem::DotNet)).then(above).flatten()).ok_or_else(none)
}

/// A relative path from a folder; `None` where it leaves the tree.
fn join(folder: &[u8], relative: &str) -> Option<Vec<u8>> {
    let mut parts: Vec<&[u8]> = folder.split(|byte| *byte == b'/').filter(|part| !part.is_empty()).collect();
    for part in relative.as_bytes().split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join(&b'/'))
}

/// A sentence that sends its reader to a file whose name can only be that of a licence file.
static SENTENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let name = r"(?:LICEN[SC]E|COPYING|UNLICENSE|LIZENZ)(?:[-_.][A-Za-z0-9]{1,12}){0,3}";
    Regex::new(&format!(
        r"(?:[Ss]ee|[Ss]iehe|[Vv]gl\.|[Rr]ead|[Ff]ind|in) (?:(?:the|file|our|accompanying|included|attached|die|der|Datei|full) ){{0,3}}[`*_'\x22]{{0,3}}({name})\b[`*_'\x22]{{0,3}}(?: (file|Datei)\b)?"
    ))
    .ok()
});

fn in_document(tree: &Tree<'_>, file: &File, text: &str) -> Vec<Reference> {
    let document = Document::read(&file.path, Format::of(&file.path), text);
    let mut references = Vec::new();
    let lengths: Vec<u32> =
        text.lines().map(|line| u32::try_from(line.chars().take(400).count()).unwrap_or(0)).collect();
    let line = |number: u32| {
        let index = usize::try_from(number).unwrap_or(1).saturating_sub(1);
        Span::on_line(number.max(1), 1, lengths.get(index).copied().unwrap_or(0) + 1)
    };
    for link in &document.links {
        let Some(target) = linked(&link.url) else { continue };
        let there = join(file.path.folder(), &target).is_none_or(|target| tree.look(&target).is_some());
        let meant = (!there).then(|| tree.nearly(&file.path, &target)).flatten();
        references.push(Reference { path: file.path.clone(), span: line(link.line), named: target, there, meant });
    }
    // A link on the same line says which file is meant.
    let taken: Vec<u32> = references.iter().map(|one| one.span.line).collect();
    for prose in &document.prose {
        for found in SENTENCE.iter().flat_map(|pattern| pattern.captures_iter(&prose.text)) {
            let Some(name) = found.get(1) else { continue };
            let at = prose.line_at(name.start());
            // `see LICENSE` may be the word, where no `file` follows and it has no ending.
            let sure = found.get(2).is_some() || name.as_str().contains('.') || prose.is_code(name.start());
            if taken.contains(&at) || prose.is_linked(name.start()) || is_licence_name(name.as_str()).is_none() {
                continue;
            }
            let there = same_stem(tree.repo, name.as_str());
            if there || sure {
                let meant = (!there).then(|| tree.nearly(&file.path, name.as_str())).flatten();
                let (path, span) = (file.path.clone(), line(at));
                references.push(Reference { path, span, named: name.as_str().to_owned(), there, meant });
            }
        }
    }
    references
}

/// The path in the tree that a link to a licence file leads to; `None` where it leads elsewhere.
fn linked(url: &str) -> Option<String> {
    let bare = url.split(['#', '?']).next().unwrap_or_default().trim_start_matches("./");
    let relative = !bare.is_empty() && !bare.contains(':') && !bare.starts_with('/') && !bare.contains(['{', '$', '<']);
    let name = bare.rsplit('/').next().unwrap_or_default();
    (relative && is_licence_name(name).is_some()).then(|| bare.replace("%20", " "))
}

/// Whether a file with this name lies at the root; prose may leave out the ending, case and the spelling of `licence`.
fn same_stem(repo: &Repository, name: &str) -> bool {
    let stem = |name: &str| {
        let lower = name.to_lowercase().replace("licence", "license");
        lower.split('.').next().unwrap_or_default().to_owned()
    };
    let wanted = stem(name);
    repo.has_folder("LICENSES") || repo.root_files().any(|file| stem(&file.path.lossy()).starts_with(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (folder, relative, wanted) in [
            ("a/b", "../LICENSE", Some("a/LICENSE")),
            ("a", "./LICENSE", Some("a/LICENSE")),
            ("", "docs//LICENSE", Some("docs/LICENSE")),
            ("", "../LICENSE", None),
        ] {
            assert_eq!(join(folder.as_bytes(), relative).as_deref(), wanted.map(str::as_bytes), "{folder} {relative}");
        }
    }

    #[test]
    fn links() {
        for (url, wanted) in [
            ("LICENSE", Some("LICENSE")),
            ("./LICENSE.md#mit", Some("LICENSE.md")),
            ("docs/COPYING", Some("docs/COPYING")),
            ("https://example.org/LICENSE", None),
            ("/LICENSE", None),
            ("license.py", None),
            ("{{ url }}/LICENSE", None),
            ("#license", None),
        ] {
            assert_eq!(linked(url).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn sentences() {
        let names = |text: &str| {
            let found = SENTENCE.iter().flat_map(|pattern| pattern.captures_iter(text).map(|one| one[1].to_owned()));
            found.collect::<Vec<_>>()
        };
        for (text, wanted) in [
            ("See the `LICENSE` file for details.", &["LICENSE"][..]),
            ("see LICENSE.txt.", &["LICENSE.txt"]),
            ("Siehe Datei LIZENZ", &["LIZENZ"]),
            ("The LICENSE of others", &[]),
            ("see the license", &[]),
        ] {
            assert_eq!(names(text), wanted, "{text}");
        }
    }

    /// The pattern is linear: a line of five megabytes costs what its length costs, and finds nothing twice.
    #[test]
    fn one_endless_line() {
        let text = "see the see the LICENSE-".repeat(220_000);
        let found = SENTENCE.iter().flat_map(|pattern| pattern.find_iter(&text)).count();
        assert!(found <= 220_000);
    }
}
