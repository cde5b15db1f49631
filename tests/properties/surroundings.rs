//! Does a verdict depend on what has nothing to do with it: another file, the name of the folder, the order of files?

use crate::{common, differ, looked, none, part};
use std::fs;
use std::path::{Path, PathBuf};

/// A picture of one point: no document, no data, no source.
const POINT: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\
\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

/// Every file is related to rules about the notices of all files, but for those without content (REUSE 3.3).
fn add_nothing(root: &Path) {
    fs::create_dir_all(root.join("pictures")).expect("a folder");
    fs::write(root.join("pictures/.gitkeep"), "").expect("a file");
}

fn add_a_point(root: &Path) {
    fs::create_dir_all(root.join("pictures")).expect("a folder");
    fs::write(root.join("pictures/point.png"), POINT).expect("a picture");
}

#[test]
fn an_unrelated_file_changes_nothing() {
    let altered = |case: &Path, id: &str| {
        let add = if id.starts_with("licence/file-without") { add_nothing } else { add_a_point };
        looked::look_in(&common::build_as("repo", case, add).open(), case, looked::one(id))
    };
    none("a picture is added", differ(&part(0), altered));
}

#[test]
fn the_name_of_the_folder_is_nobodys_business() {
    // A name that would mean something were it that of a folder of the repository.
    let altered = |case: &Path, id: &str| {
        looked::look_in(&common::build_as("node_modules", case, |_| {}).open(), case, looked::one(id))
    };
    none("the root is called node_modules", differ(&part(1), altered));
}

/// Writes all files anew, the last first, so that the file system gives them in another order.
fn turn_round(root: &Path) {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files: Vec<PathBuf> =
        entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect();
    for file in files.iter().rev() {
        let bytes = fs::read(file).expect("a file");
        fs::remove_file(file).expect("a file");
        fs::write(file, bytes).expect("a file");
    }
}

#[test]
fn the_order_of_files_is_nobodys_business() {
    let altered = |case: &Path, id: &str| {
        looked::look_in(&common::build_as("repo", case, turn_round).open(), case, looked::one(id))
    };
    none("the files are written the other way round", differ(&part(2), altered));
}
