//! Where do installed packages of others lie in the tree?

use super::tree_path::below;
use crate::reading::pattern::Pattern;
use crate::reading::patterns::globs;
use crate::repository::{File, FileKind, Mark, RepoPath};
use globset::GlobSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct Written {
    manager: String,
    #[serde(default)]
    folder: String,
    #[serde(default)]
    marker: String,
    proof: Vec<String>,
    text: Option<String>,
    beside: Option<String>,
    inside: Option<String>,
    #[serde(default)]
    intended: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Written>,
}

struct Row {
    written: Written,
    proof: GlobSet,
    text: Option<Pattern>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let table: Table = toml::from_str(include_str!("dependencies.toml")).expect("a test parses the table");
    let compiled = |written: Written| {
        let text = written.text.as_ref().map(|text| Pattern::as_written(text));
        Row { proof: globs(&written.proof), text, written }
    };
    table.row.into_iter().map(compiled).collect()
});

/// So many proofs of one folder are read before it is taken for something else.
const TRIES: usize = 20;

/// A folder with installed packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// the folder
    pub folder: RepoPath,
    /// the program that installed them: `npm`
    pub manager: &'static str,
    /// how many files lie in it
    pub files: usize,
    /// whether its package manager means such folders to be committed
    pub intended: bool,
    /// whether it is part of tests or examples: data for trying a tool on
    pub test_data: bool,
}

/// Finds them among the files of a tree, sorted by path; of folders in each other the outermost. `text` gives the text
/// of a file.
pub fn installed(files: &[File], text: impl Fn(&File) -> Option<std::sync::Arc<str>>) -> Vec<Installed> {
    let mut found: Vec<Installed> = Vec::new();
    for (folder, rows) in candidates(files) {
        let inside =
            |outer: &Installed| folder.strip_prefix(outer.folder.as_bytes()).is_some_and(|rest| rest.starts_with(b"/"));
        if !found.iter().any(inside)
            && let Some(here) = rows.into_iter().find_map(|row| proven(&folder, row, files, &text))
        {
            found.push(here);
        }
    }
    found
}

/// Folders that may be such, with the rows that say so, the outer before the inner.
fn candidates(files: &[File]) -> BTreeMap<Vec<u8>, Vec<&'static Row>> {
    let mut found: BTreeMap<Vec<u8>, Vec<&'static Row>> = BTreeMap::new();
    let mut add = |folder: &[u8], row: &'static Row| {
        let rows = found.entry(folder.to_vec()).or_default();
        if !rows.iter().any(|known| std::ptr::eq(*known, row)) {
            rows.push(row);
        }
    };
    let mut before: Option<&[u8]> = None;
    for file in files {
        let path = file.path.as_bytes();
        // Files of one folder stand one after the other.
        let new = before.replace(file.path.folder()) != Some(file.path.folder());
        for (end, _) in path.iter().enumerate().filter(|(_, byte)| new && **byte == b'/') {
            let folder = path.get(..end).unwrap_or_default();
            for row in ROWS.iter().filter(|row| ends_with(folder, row.written.folder.as_bytes())) {
                add(folder, row);
            }
        }
        for row in ROWS.iter().filter(|row| file.path.name() == row.written.marker.as_bytes()) {
            let here = file.path.folder();
            match &row.written.inside {
                Some(inside) if here.is_empty() => add(inside.as_bytes(), row),
                Some(inside) => add(&[here, b"/", inside.as_bytes()].concat(), row),
                None if here.is_empty() => {}
                None => add(here, row),
            }
        }
    }
    found
}

fn ends_with(folder: &[u8], names: &[u8]) -> bool {
    !names.is_empty() && folder.strip_suffix(names).is_some_and(|before| before.is_empty() || before.ends_with(b"/"))
}

fn proven(
    folder: &[u8],
    row: &'static Row,
    files: &[File],
    text: &impl Fn(&File) -> Option<std::sync::Arc<str>>,
) -> Option<Installed> {
    let inside = below(files, folder);
    // Where the proof is named from: the folder itself, or the one that holds the marker.
    let from = match &row.written.inside {
        Some(name) => folder.len().saturating_sub(name.len()),
        None => folder.len() + 1,
    };
    let relative =
        |file: &File| String::from_utf8_lossy(file.path.as_bytes().get(from..).unwrap_or_default()).into_owned();
    let beside = |wanted: &String| inside.iter().any(|file| relative(file) == *wanted);
    if !row.written.beside.as_ref().is_none_or(beside) {
        return None;
    }
    let proof = inside
        .iter()
        .filter(|file| file.kind == FileKind::Regular && row.proof.is_match(relative(file)))
        .take(TRIES)
        .find(|file| row.text.as_ref().is_none_or(|wanted| text(file).is_some_and(|text| wanted.is_match(&text))))?;
    let before = String::from_utf8_lossy(folder).to_ascii_lowercase();
    let of_tests = ["fixtures", "__fixtures__", "fixture", "testdata"];
    let test_data = proof.marks.has(Mark::Test)
        || proof.marks.has(Mark::Example)
        || before.split('/').any(|part| of_tests.contains(&part));
    Some(Installed {
        folder: RepoPath::new(folder),
        manager: &row.written.manager,
        files: inside.len(),
        intended: row.written.intended,
        test_data,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::{Class, Marks};

    fn tree(paths: &str) -> Vec<File> {
        let mut paths: Vec<&str> = paths.split(' ').collect();
        paths.sort_unstable();
        let file = |path: &str| {
            let mut marks = Marks::default();
            if path.starts_with("tests/") {
                marks.set(Mark::Test);
            }
            File { path: path.into(), class: Class::Asset, marks, kind: FileKind::Regular, len: None }
        };
        paths.into_iter().map(file).collect()
    }

    fn found(paths: &str) -> Vec<Installed> {
        installed(&tree(paths), |_| Some("{\"version\": \"1.0.0\"}".into()))
    }

    #[test]
    fn every_row_has_its_examples() {
        for row in ROWS.iter() {
            for paths in &row.written.yes {
                let found = found(paths);
                let [installed] = found.as_slice() else { panic!("{paths}: {found:?}") };
                assert_eq!(installed.manager, row.written.manager, "{paths}");
                assert_eq!(installed.intended, row.written.intended, "{paths}");
            }
            for paths in &row.written.no {
                assert_eq!(found(paths), [], "{paths}");
            }
        }
    }

    #[test]
    fn the_outermost_folder_counts_once() {
        let found = found(
            "a/node_modules/x/package.json a/node_modules/x/node_modules/y/package.json a/main.js node_modules.md",
        );
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((only.folder.lossy().as_ref(), only.files, only.test_data), ("a/node_modules", 2, false));
    }

    #[test]
    fn an_environment_is_one_folder() {
        let found = found("v/pyvenv.cfg v/bin/activate v/lib/python3/site-packages/a-1.dist-info/METADATA");
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((only.folder.lossy().as_ref(), only.files), ("v", 3));
    }

    #[test]
    fn data_of_tests() {
        assert!(found("tests/node_modules/x/package.json")[0].test_data);
        assert!(found("fixtures/a/node_modules/x/package.json")[0].test_data);
    }

    #[test]
    fn own_modules_have_no_version() {
        let files = tree("src/node_modules/trees/package.json");
        assert_eq!(installed(&files, |_| Some("{\"main\": \"a.js\"}".into())), []);
        assert_eq!(installed(&files, |_| None), []);
    }
}
