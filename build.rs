//! Bakes what the binary carries: every page under `rules/`, as one table, and the licence texts, as an index.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a build script reads its own tree and environment, and has nothing better to do than to stop if it cannot"
)]
#![allow(unreachable_pub, dead_code, reason = "modules that the library shares with this script")]

#[path = "build/licences.rs"]
mod licences;
#[path = "src/reading/licence_text/naming.rs"]
mod naming;
#[path = "src/reading/licence_text/normal.rs"]
mod normal;
#[path = "src/reading/licence_text/weight.rs"]
mod weight;

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap());
    println!("cargo::rustc-env=CIVICLINT_BUILD={}", hash_of(&root));
    let mut pages = Vec::new();
    collect(&root.join("rules"), &mut pages);
    pages.sort();
    let mut table = String::from("pub(crate) const PAGES: &[(&str, &str)] = &[\n");
    for page in &pages {
        let name = page.strip_prefix(root.join("rules")).unwrap();
        let name = name.to_str().unwrap().replace('\\', "/");
        writeln!(table, "    ({name:?}, include_str!({:?})),", page.to_str().unwrap()).unwrap();
    }
    table.push_str("];\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
    std::fs::write(out.join("pages.rs"), table).unwrap();

    let sources = [
        include_str!("build/licences.rs"),
        include_str!("src/reading/licence_text/naming.rs"),
        include_str!("src/reading/licence_text/normal.rs"),
        include_str!("src/reading/licence_text/weight.rs"),
    ];
    let official = root.join("src/reading/licence_text/texts");
    licences::write(&out, include_str!("src/reading/licence_text/names.toml"), &official, &sources);
}

/// The SHA-256 of everything that decides what a reader tells: two builds that share it read alike.
fn hash_of(root: &Path) -> String {
    let mut paths: Vec<PathBuf> = ["Cargo.toml", "Cargo.lock", "build.rs"].iter().map(|name| root.join(name)).collect();
    let mut ahead = vec![root.join("src"), root.join("build")];
    while let Some(folder) = ahead.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { ahead.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let mut hash = Sha256::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        let bytes = std::fs::read(path).unwrap();
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        hash.update((name.len() as u64).to_le_bytes());
        hash.update(name);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

/// Pages lie one folder deep: `rules/<chapter>/<rule>.md`. What lies directly in `rules/` is not a rule.
fn collect(folder: &Path, pages: &mut Vec<PathBuf>) {
    if !folder.exists() {
        return;
    }
    for chapter in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if !chapter.is_dir() {
            continue;
        }
        for page in std::fs::read_dir(&chapter).unwrap().map(|entry| entry.unwrap().path()) {
            if page.extension().is_some_and(|end| end == "md") {
                pages.push(page);
            }
        }
    }
}
