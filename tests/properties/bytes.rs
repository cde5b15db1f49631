//! Does a verdict depend on how an editor ends lines, or on whether it marks the order of bytes?

use crate::{common, differ, looked, none, part};
use std::fs;
use std::path::Path;

/// Writes every text anew.
fn rewrite(root: &Path, with: impl Fn(&str) -> String) {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("an entry"));
    for entry in entries.filter(|entry| entry.file_type().is_file()) {
        let Ok(text) = String::from_utf8(fs::read(entry.path()).expect("a file")) else { continue };
        if !text.is_empty() && !text.contains(['\0', '\u{feff}']) {
            fs::write(entry.path(), with(&text)).expect("a file");
        }
    }
}

fn windows(root: &Path) {
    rewrite(root, |text| if text.contains('\r') { text.to_owned() } else { text.replace('\n', "\r\n") });
}

#[test]
fn line_ends_change_nothing() {
    let altered =
        |case: &Path, id: &str| looked::look_in(&common::build_as("repo", case, windows).open(), case, looked::one(id));
    none("lines end as on Windows", differ(&part(3), altered));
}

#[test]
fn a_mark_of_the_byte_order_changes_nothing() {
    let altered = |case: &Path, id: &str| {
        let mark = |root: &Path| rewrite(root, |text| format!("\u{feff}{text}"));
        looked::look_in(&common::build_as("repo", case, mark).open(), case, looked::one(id))
    };
    none("texts begin with a mark of the byte order", differ(&part(4), altered));
}
