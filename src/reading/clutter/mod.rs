//! What did machines, editors and build tools leave behind in the tree?

use super::patterns::globs;
use super::tree_path::below;
use crate::repository::{File, FileKind, Lower, Mark, RepoPath};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct FileRow {
    names: Vec<String>,
    maker: String,
    #[serde(default)]
    beside: Vec<String>,
    inside: Option<String>,
    #[serde(default)]
    anywhere: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct FolderRow {
    names: Vec<String>,
    maker: String,
    proof: Vec<String>,
    #[serde(default)]
    beside: Vec<String>,
    #[serde(default)]
    ignored: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    file: Vec<FileRow>,
    folder: Vec<FolderRow>,
}

struct Folder {
    row: FolderRow,
    proof: GlobSet,
    beside: GlobSet,
}

struct Rows {
    files: Vec<FileRow>,
    file_names: GlobSet,
    /// for each glob of `file_names` the row it stands in
    file_rows: Vec<usize>,
    folders: Vec<Folder>,
    folder_names: GlobSet,
    folder_rows: Vec<usize>,
}

static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("clutter.toml")).expect("a test parses the table");
    let (file_names, file_rows) = numbered(table.file.iter().map(|row| &row.names));
    let (folder_names, folder_rows) = numbered(table.folder.iter().map(|row| &row.names));
    let compiled = |row: FolderRow| Folder { proof: globs(&row.proof), beside: globs(&row.beside), row };
    let folders = table.folder.into_iter().map(compiled).collect();
    Rows { files: table.file, file_names, file_rows, folders, folder_names, folder_rows }
});

fn numbered<'n>(rows: impl Iterator<Item = &'n Vec<String>>) -> (GlobSet, Vec<usize>) {
    let (mut all, mut numbers) = (Vec::new(), Vec::new());
    for (row, names) in rows.enumerate() {
        all.extend(names.iter().cloned());
        numbers.extend(names.iter().map(|_| row));
    }
    (set(&all), numbers)
}

/// Globs that are told apart by their numbers.
fn set(globs: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(GlobBuilder::new(glob).literal_separator(true).build().expect("a test compiles every glob"));
    }
    set.build().expect("a test compiles every glob")
}

/// Something left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clutter {
    /// the folder, or the file where it is one
    pub path: RepoPath,
    /// the program that made it: `macOS`
    pub maker: &'static str,
    /// how many tracked files it is
    pub files: usize,
    /// whether it is published from the repository on purpose: the code of a GitHub action, the files of a package
    pub intended: bool,
}

/// Endings of documents whose `.orig` is what a person writes, and the document what a program makes of it.
const WRITTEN_AS_ORIG: [&str; 2] = [".rmd.orig", ".qmd.orig"];

/// Finds it among the files of a tree, sorted by path. `ignored` says whether the tree's own `.gitignore` names a path,
/// `text` gives the text of a file.
pub fn clutter(
    files: &[File],
    ignored: impl Fn(&RepoPath) -> bool,
    text: impl Fn(&File) -> Option<std::sync::Arc<str>>,
) -> Vec<Clutter> {
    let names = Names::of(files);
    let mut found: Vec<Clutter> = Vec::new();
    for (folder, rows) in candidates(files) {
        let is_inside =
            |outer: &Clutter| folder.strip_prefix(outer.path.as_bytes()).is_some_and(|rest| rest.starts_with(b"/"));
        if found.iter().rev().any(is_inside) {
            continue;
        }
        let here = below(files, &folder);
        let path = RepoPath::new(&folder);
        if let Some(row) = rows.into_iter().find(|row| row.fits(&path, here, &names, &ignored)) {
            let intended = is_published(files, &path, &text) && !here.first().is_some_and(|file| ignored(&file.path));
            found.push(Clutter { path, maker: &row.row.maker, files: here.len(), intended });
        }
    }
    let folders: BTreeSet<Vec<u8>> = found.iter().map(|clutter| clutter.path.as_bytes().to_vec()).collect();
    for file in files.iter().filter(|file| file.kind == FileKind::Regular && !file.marks.has(Mark::Vendored)) {
        if let Some(row) = file_row(file, &names)
            && !folders_of(file.path.as_bytes()).any(|folder| folders.contains(folder))
        {
            found.push(Clutter { path: file.path.clone(), maker: &row.maker, files: 1, intended: false });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The names in every folder, in lower case; worked out where something is met that may be clutter.
struct Names<'f> {
    files: &'f [File],
    by_folder: OnceCell<HashMap<&'f [u8], BTreeSet<Lower<'f>>>>,
}

impl<'f> Names<'f> {
    fn of(files: &'f [File]) -> Self {
        Self { files, by_folder: OnceCell::new() }
    }

    fn of_folder(&self, folder: &[u8]) -> Option<&BTreeSet<Lower<'f>>> {
        let by_folder = self.by_folder.get_or_init(|| {
            let mut names: HashMap<&[u8], BTreeSet<Lower<'_>>> = HashMap::new();
            for file in self.files {
                names.entry(file.path.folder()).or_default().insert(file.path.name_lower());
            }
            names
        });
        by_folder.get(folder)
    }

    fn has(&self, folder: &[u8], name: &str) -> bool {
        self.of_folder(folder).is_some_and(|names| names.contains(name))
    }

    fn matches(&self, folder: &[u8], globs: &GlobSet) -> bool {
        self.of_folder(folder).is_some_and(|names| names.iter().any(|name| globs.is_match(name.as_str())))
    }
}

fn file_row(file: &File, names: &Names<'_>) -> Option<&'static FileRow> {
    let name = file.path.name_lower();
    let of_tests = file.marks.has(Mark::Test) || file.marks.has(Mark::Example);
    let numbers = ROWS.file_names.matches(&name);
    let rows = numbers.into_iter().filter_map(|at| ROWS.files.get(*ROWS.file_rows.get(at)?));
    rows.filter(|row| row.anywhere || !of_tests).find(|row| {
        let folder = file.path.folder();
        let inside = row.inside.as_ref().is_none_or(|inside| RepoPath::new(folder).name() == inside.as_bytes());
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let plain = name.strip_prefix("._").or_else(|| name.strip_suffix('~')).unwrap_or(&name);
        let is_beside = |wanted: &String| {
            let wanted = wanted.replace("{stem}", stem).replace("{name}", plain);
            wanted != name && names.has(folder, &wanted)
        };
        let written = WRITTEN_AS_ORIG.iter().any(|end| name.ends_with(end));
        inside && !written && (row.beside.is_empty() || row.beside.iter().any(is_beside))
    })
}

/// The folders a path lies in, the outer ones first.
fn folders_of(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.iter().enumerate().filter(|(_, byte)| **byte == b'/').filter_map(|(at, _)| path.get(..at))
}

/// Folders whose names are in the table, the outer before the inner.
fn candidates(files: &[File]) -> BTreeMap<Vec<u8>, Vec<&'static Folder>> {
    let mut found = BTreeMap::new();
    let mut known: BTreeSet<&[u8]> = BTreeSet::new();
    for file in files {
        let left_out = [Mark::Vendored, Mark::Test, Mark::Example].iter().any(|mark| file.marks.has(*mark));
        if left_out || !known.insert(file.path.folder()) {
            continue;
        }
        for folder in folders_of(file.path.as_bytes()) {
            if found.contains_key(folder) {
                continue;
            }
            let path = RepoPath::new(folder);
            let name = path.name_lower();
            let numbers = ROWS.folder_names.matches(&name);
            let rows: Vec<_> =
                numbers.into_iter().filter_map(|at| ROWS.folders.get(*ROWS.folder_rows.get(at)?)).collect();
            if !rows.is_empty() {
                found.insert(folder.to_vec(), rows);
            }
        }
    }
    found
}

impl Folder {
    fn fits(
        &self,
        folder: &RepoPath,
        inside: &[File],
        names: &Names<'_>,
        ignored: &impl Fn(&RepoPath) -> bool,
    ) -> bool {
        let from = folder.as_bytes().len() + 1;
        let relative = |file: &File| {
            String::from_utf8_lossy(file.path.as_bytes().get(from..).unwrap_or_default()).to_ascii_lowercase()
        };
        (self.row.beside.is_empty() || names.matches(folder.folder(), &self.beside))
            && inside.iter().any(|file| {
                file.kind == FileKind::Regular
                    && self.proof.is_match(relative(file))
                    && (!self.row.ignored || ignored(&file.path))
            })
    }
}

/// Whether others get the folder from the repository: a GitHub action runs from it, or a package is made of it.
fn is_published(files: &[File], folder: &RepoPath, text: &impl Fn(&File) -> Option<std::sync::Arc<str>>) -> bool {
    let beside = |name: &str| {
        let path = match folder.folder() {
            [] => name.as_bytes().to_vec(),
            above => [above, b"/", name.as_bytes()].concat(),
        };
        files.binary_search_by(|file| file.path.as_bytes().cmp(&path)).ok().and_then(|at| files.get(at))
    };
    let name = String::from_utf8_lossy(folder.name()).into_owned();
    let names_it = |text: &str| {
        [format!("\"{name}/"), format!("\"./{name}/"), format!("\"{name}\""), format!("\"./{name}\"")]
            .iter()
            .any(|wanted| text.contains(wanted.as_str()))
    };
    beside("action.yml").or_else(|| beside("action.yaml")).is_some()
        || beside("package.json").and_then(text).is_some_and(|text| names_it(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::{Class, Marks};

    fn found(paths: &str) -> Vec<Clutter> {
        let mut paths: Vec<&str> = paths.split(' ').collect();
        paths.sort_unstable();
        let file = |path: &&str| {
            let mut marks = Marks::default();
            if path.starts_with("tests/") {
                marks.set(Mark::Test);
            }
            let (class, kind) = (Class::Asset, FileKind::Regular);
            File { path: (*path).into(), class, marks, kind, len: None }
        };
        let files: Vec<File> = paths.iter().map(file).collect();
        let ignored = paths.contains(&".gitignore");
        clutter(&files, |path| ignored && path.name() != b".gitkeep", |_| Some("{\"main\": \"lib/a.js\"}".into()))
    }

    #[test]
    fn every_row_has_its_examples() {
        let files = ROWS.files.iter().map(|row| (&row.maker, &row.yes, &row.no));
        let folders = ROWS.folders.iter().map(|folder| (&folder.row.maker, &folder.row.yes, &folder.row.no));
        for (maker, yes, no) in files.chain(folders) {
            assert!(!yes.is_empty() && !no.is_empty(), "{maker}");
            for paths in yes {
                let found = found(paths);
                let [clutter] = found.as_slice() else { panic!("{paths}: {found:?}") };
                assert_eq!(clutter.maker, maker, "{paths}");
                assert!(!clutter.intended, "{paths}");
            }
            for paths in no {
                assert_eq!(found(paths), [], "{paths}");
            }
        }
    }

    #[test]
    fn the_outermost_folder_counts_once() {
        let found = found("build/.DS_Store build/index.html build/coverage/lcov.info package.json .gitignore");
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((only.path.lossy().as_ref(), only.files), ("build", 3));
    }

    #[test]
    fn tests_may_hold_what_they_like_but_no_litter_of_the_system() {
        assert_eq!(found("tests/a.rej tests/__pycache__/a.pyc"), []);
        assert_eq!(found("tests/.DS_Store").len(), 1);
    }

    #[test]
    fn what_is_published_is_meant() {
        assert!(found("out/_next/a.js package.json action.yml").first().is_some_and(|one| one.intended));
    }
}
