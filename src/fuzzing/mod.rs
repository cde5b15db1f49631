//! What must hold whatever bytes come in? One function for each door that is open to strangers.
//!
//! Compiled for `cargo fuzz` and for tests only. Each function takes a folder that it may write to and bytes that
//! somebody made up, and panics where something does not hold that is said of it here. That nothing panics, that each
//! input takes less than a second and little memory is what the fuzzer itself watches; see `docs/fuzzing.md`.

mod encoders;
mod markup;
mod metadata;
mod prose;
mod report;
mod runner;
mod tree;

use crate::repository::fuzzing as repository;
use crate::repository::fuzzing::{parts, text};
use std::path::Path;

/// A door: a folder that may be written to, and the bytes.
pub type Door = fn(&Path, &[u8]);

/// All doors, by the name of their target in `fuzz/`.
pub const DOORS: [(&str, Door); 27] = [
    ("citation", metadata::citation),
    ("codemeta_json", metadata::codemeta_json),
    ("commit", repository::commit),
    ("enc_csv", encoders::csv),
    ("enc_github", encoders::github),
    ("enc_html", markup::html),
    ("enc_markdown", markup::markdown),
    ("enc_sarif", encoders::sarif),
    ("enc_text", encoders::text),
    ("gitattributes_codeowners", metadata::gitattributes_codeowners),
    ("gitdir_preflight", repository::gitdir_preflight),
    ("head_refs", repository::head_refs),
    ("index_paths", repository::index_paths),
    ("licence_match", prose::licence_match),
    ("markdown_readme", prose::markdown_readme),
    ("notebook", prose::notebook),
    ("own_config", metadata::own_config),
    ("package_manifests", metadata::package_manifests),
    ("path_rel", repository::path_rel),
    ("publiccode", metadata::publiccode),
    ("source_code", prose::source_code),
    ("spdx_expr", prose::spdx_expr),
    ("tables", prose::tables),
    ("tree", tree::tree),
    ("url_clone", metadata::url_clone),
    ("worker_reply", repository::worker_reply),
    ("workflow_yaml", metadata::workflow_yaml),
];

/// Opens the door of this name.
///
/// # Panics
/// Where there is none, or where something does not hold.
pub fn run(name: &str, scratch: &Path, data: &[u8]) {
    let door = DOORS.iter().find(|(door, _)| *door == name);
    door.expect("targets are named after doors").1(scratch, data);
}

/// One of these, by the first byte, and the rest of the input.
fn choose<'d, T: Copy>(of: &[T], data: &'d [u8]) -> Option<(T, &'d [u8])> {
    let (first, rest) = data.split_first()?;
    Some((*of.get(usize::from(*first) % of.len().max(1))?, rest))
}

#[cfg(test)]
mod tests;
