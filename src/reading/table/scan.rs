//! Which tables does the repository hold, as files and as saved outputs of notebooks?
//!
//! Each file is read once, its beginning only; of its cells nothing is kept but what they say of persons.

use super::{HEAD, Table, output, read};
use crate::phrase::Phrase;
use crate::place::Span;
use crate::reading::data_files;
use crate::reading::personal::{self, Evidence};
use crate::repository::{Class, File, FileKind, Loss, RepoPath, Repository, decode};
use rayon::prelude::*;
use std::panic::AssertUnwindSafe;

/// So many tables are looked into.
const FILES: usize = 20_000;
/// So many notebooks are.
const NOTEBOOKS: usize = 300;

/// The endings of files of delimited text.
const ENDINGS: [&str; 4] = ["csv", "tsv", "tab", "psv"];

/// A table of the repository.
#[derive(Clone, Debug)]
pub struct Found {
    /// the file
    pub path: RepoPath,
    /// the line of its header; `None` where it has none
    pub header: Option<Span>,
    /// the names of its columns; foreign
    pub columns: Vec<String>,
    /// rows, as far as they were counted
    pub rows: usize,
    /// whether all were counted
    pub whole: bool,
    /// what it holds of persons
    pub personal: Option<Evidence>,
}

/// The tables of the repository.
#[derive(Debug, Default)]
pub struct Tables {
    /// files of delimited text without marks, sorted by path
    pub files: Vec<Found>,
    /// tables that notebooks printed and that hold something of persons, in the order of their places
    pub outputs: Vec<Found>,
}

impl Tables {
    /// Looks into the tables of a repository.
    pub fn of(repo: &Repository) -> Self {
        let files = taken(repo, FILES, is_table);
        let notebooks = taken(repo, NOTEBOOKS, is_notebook);
        let side_by_side = |files: Vec<&File>, look: fn(&Repository, &File) -> Vec<Found>| -> Vec<Found> {
            let one = |file: &&File| {
                std::panic::catch_unwind(AssertUnwindSafe(|| look(repo, file))).unwrap_or_else(|_| {
                    let why = Phrase::new(
                        "reading it as a table failed; this is a fault of civiclint",
                        "die Datei als Tabelle zu lesen, ist gescheitert; das ist ein Fehler in civiclint",
                    );
                    repo.lose(Loss { path: Some(file.path.clone()), why });
                    Vec::new()
                })
            };
            files.par_iter().flat_map_iter(one).collect()
        };
        Self { files: side_by_side(files, of_file), outputs: side_by_side(notebooks, of_notebook) }
    }
}

/// The files to look into; what is too many for that is told.
fn taken(repo: &Repository, most: usize, wanted: fn(&File) -> bool) -> Vec<&File> {
    let mut files: Vec<&File> = repo.files().iter().filter(|file| wanted(file)).collect();
    if files.len() > most {
        let why = Phrase::new(
            "only the first {most} of {all} tables or notebooks were looked into",
            "nur in die ersten {most} von {all} Tabellen oder Notebooks wurde hineingesehen",
        );
        let why = why.with("most", most.to_string()).with("all", files.len().to_string());
        repo.lose(Loss { path: None, why });
        files.truncate(most);
    }
    files
}

fn is_unmarked(file: &File) -> bool {
    file.kind == FileKind::Regular && file.marks.none() && file.len != Some(0)
}

fn is_table(file: &File) -> bool {
    let may_be = file.class == Class::Data && is_unmarked(file);
    if !may_be || !ENDINGS.contains(&file.path.extension().as_str()) {
        return false;
    }
    let mut folders: Vec<String> = file.path.lower().split('/').map(str::to_owned).collect();
    let name = folders.pop().unwrap_or_default();
    !data_files::is_no_data(&folders, &name, file.len)
}

fn is_notebook(file: &File) -> bool {
    is_unmarked(file) && file.path.extension() == "ipynb"
}

fn of_file(repo: &Repository, file: &File) -> Vec<Found> {
    let Ok(bytes) = repo.head(file, HEAD) else { return Vec::new() };
    let whole = bytes.len() < HEAD;
    let Some(text) = text(bytes, whole) else { return Vec::new() };
    // a pointer of Git LFS holds no table; the table itself is not here
    if text.starts_with("version https://git-lfs") || text.starts_with("/annex/objects/") {
        return Vec::new();
    }
    let Some(table) = read(&text, whole) else { return Vec::new() };
    let personal = table.header.and_then(|_| personal::look(&table, &file.path.lossy()));
    vec![found(file, &table, table.header, personal)]
}

/// The text of a beginning; `None` where it is binary. What is cut in two at its end is left out.
fn text(mut bytes: Vec<u8>, whole: bool) -> Option<String> {
    let is_utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if !whole && !is_utf_16 {
        let end = bytes.iter().rposition(|byte| *byte == b'\n')?;
        bytes.truncate(end + 1);
    }
    decode(bytes)
}

fn of_notebook(repo: &Repository, file: &File) -> Vec<Found> {
    let Ok(text) = repo.text_once(file) else { return Vec::new() };
    if !text.contains("\"text/html\"") && !text.contains("\"text/plain\"") {
        return Vec::new();
    }
    let path = file.path.lossy();
    let personal = |(table, at): (Table, Span)| {
        let evidence = personal::look(&table, &path)?;
        Some(found(file, &table, Some(at), Some(evidence)))
    };
    output::tables(&text).into_iter().filter_map(personal).collect()
}

fn found(file: &File, table: &Table, header: Option<Span>, personal: Option<Evidence>) -> Found {
    Found {
        path: file.path.clone(),
        header,
        columns: table.names().map(str::to_owned).collect(),
        rows: table.rows,
        whole: table.whole,
        personal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::testing::{folder, options};

    #[test]
    fn tables_of_a_folder() {
        let held = folder(&[
            ("data/trees.csv", "id,height\n1,2\n"),
            ("data/pointer.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n"),
            ("data/empty.csv", ""),
            ("tests/persons.csv", "id,height\n1,2\n"),
            ("data/latin.csv", "id;gr\u{f6}\u{df}e\n1;2\n"),
        ]);
        std::fs::write(held.path().join("data/wide.csv"), b"\xff\xfei\0d\0,\0h\0\n\x001\0,\x002\0\n\0").unwrap();
        let repo = Repository::open(held.path(), options()).unwrap();
        let tables = Tables::of(&repo);
        let seen: Vec<_> = tables.files.iter().map(|found| found.path.lossy().into_owned()).collect();
        assert_eq!(seen, ["data/latin.csv", "data/trees.csv", "data/wide.csv"]);
        assert!(tables.files.iter().all(|found| found.columns.len() == 2 && found.rows == 1 && found.whole));
        assert_eq!(tables.files[0].columns[1], "gr\u{f6}\u{df}e");
    }

    #[test]
    fn bounds_are_told() {
        let held = folder(&[("a.csv", "a,b\n1,2\n"), ("b.csv", "a,b\n1,2\n")]);
        let repo = Repository::open(held.path(), options()).unwrap();
        assert_eq!(taken(&repo, 1, is_table).len(), 1);
        assert_eq!(repo.losses().len(), 1);
    }
}
