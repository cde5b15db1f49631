//! Which files have to say under which licence they are?
//!
//! REUSE 3.3, "Covered and ignored Files". Only names and kinds decide: neither our classes and marks nor what a policy
//! excludes.

use crate::repository::{File, FileKind, RepoPath};

/// Whether a file of the tree is a covered file.
pub fn is_covered(file: &File) -> bool {
    file.kind == FileKind::Regular
        && file.len != Some(0)
        && !is_ignored_name(file.path.name())
        && !in_ignored_folder(&file.path)
}

/// Whether the file lies in a folder of the version control system, of licences, of the REUSE tool, or of a Meson
/// subproject. The specification speaks of `LICENSES/` at the root only; a folder of that name anywhere else belongs to
/// a project inside this one, and holds texts of others that nobody may write headers into.
pub(super) fn in_ignored_folder(path: &RepoPath) -> bool {
    if path.as_bytes().starts_with(b".reuse/") {
        return true;
    }
    let mut folders = path.folder().split(|byte| *byte == b'/').peekable();
    while let Some(name) = folders.next() {
        let meson = name == b"subprojects" && folders.peek().is_some();
        if meson || matches!(name, b".git" | b".hg" | b".sl" | b"LICENSES") {
            return true;
        }
    }
    false
}

/// `COPYING` and `LICENSE` with endings, sidecars, REUSE.toml, SPDX documents, and files of version control systems.
fn is_ignored_name(name: &[u8]) -> bool {
    let licence = [&b"LICENSE"[..], b"LICENCE", b"COPYING"]
        .iter()
        .any(|word| name.strip_prefix(*word).is_some_and(|rest| matches!(rest.first(), None | Some(b'-' | b'.'))));
    let spdx = [&b".spdx"[..], b".spdx.rdf", b".spdx.json", b".spdx.xml", b".spdx.yml", b".spdx.yaml"]
        .iter()
        .any(|end| name.ends_with(end));
    licence || spdx || name.ends_with(b".license") || matches!(name, b".git" | b".hgtags" | b"REUSE.toml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::{Class, Marks};

    fn covered(path: &str, kind: FileKind, len: u64) -> bool {
        let path = RepoPath::new(path);
        is_covered(&File { path, class: Class::Asset, marks: Marks::default(), kind, len: Some(len) })
    }

    #[test]
    fn names() {
        for path in [
            "LICENSE",
            "LICENCE.md",
            "d/COPYING.GPL",
            "COPYING-3.0.txt",
            "LICENSE-MIT",
            "LICENSES/MIT.txt",
            "d/LICENSES/x/y.txt",
            ".reuse/templates/t.jinja2",
            ".hg/store",
            "a.png.license",
            "d/REUSE.toml",
            "sbom.spdx",
            "sbom.spdx.json",
            "subprojects/lib/a.c",
            "d/subprojects/lib/a.c",
            ".hgtags",
            "d/.git",
        ] {
            assert!(!covered(path, FileKind::Regular, 9), "{path}");
        }
        for path in [
            "a.py",
            "LICENSE_MIT",
            "license",
            "UNLICENSE",
            "LICENSES.md",
            "MIT-LICENSE",
            "NOTICE",
            ".gitignore",
            "d/.reuse/x.txt",
            "d/CAL-1.0.txt",
            "SHL-2.1.txt",
            "subprojects/lib.wrap",
            "spdx.json",
            "sbom.spdx.txt",
            "node_modules/a/index.js",
            "reuse.toml",
            ".svn/entries",
            "my.reuse/x",
            "a.png.LICENSE",
        ] {
            assert!(covered(path, FileKind::Regular, 9), "{path}");
        }
    }

    #[test]
    fn kinds() {
        assert!(!covered("a.py", FileKind::Regular, 0));
        assert!(!covered("a.py", FileKind::Link, 9));
        assert!(!covered("a", FileKind::Submodule, 9));
    }
}
