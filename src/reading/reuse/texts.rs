//! Which licence texts are there, and do their names say which?
//!
//! REUSE 3.3, "License Files": each is called by its SPDX identifier and an ending, and lies in `LICENSES/`.

use crate::repository::{File, FileKind, RepoPath, Repository};
use std::collections::BTreeSet;

/// A file in `LICENSES/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// where
    pub path: RepoPath,
    /// the identifier that its name says; of a bad name, the name without its ending
    pub id: String,
    /// what is to be said of the name
    pub name: Name,
    /// whether an earlier file has the same identifier
    pub repeated: bool,
}

/// How a licence text is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// by an identifier and an ending
    Good,
    /// by an identifier that is not to be used any more
    Deprecated,
    /// by an identifier of the SPDX list, without an ending
    NoEnding,
    /// by an identifier that is not to be used any more, without an ending
    DeprecatedNoEnding,
    /// by no identifier
    Bad,
}

impl Name {
    /// Whether SPDX advises against the identifier.
    pub fn is_deprecated(self) -> bool {
        matches!(self, Self::Deprecated | Self::DeprecatedNoEnding)
    }

    /// Whether the ending is missing.
    pub fn lacks_ending(self) -> bool {
        matches!(self, Self::NoEnding | Self::DeprecatedNoEnding)
    }
}

/// The texts in `LICENSES/`, in the order of their paths.
pub(super) fn texts(repo: &Repository) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    let mut known = BTreeSet::new();
    for file in below(repo) {
        let mut text = text(&file.path);
        text.repeated = !known.insert(text.id.clone());
        texts.push(text);
    }
    texts
}

/// Whether it is neither hidden nor a sidecar nor another repository.
fn is_text(file: &File) -> bool {
    let hidden = file.path.as_bytes().split(|byte| *byte == b'/').any(|name| name.starts_with(b"."));
    file.kind != FileKind::Submodule && !hidden && !file.path.name().ends_with(b".license")
}

/// How many files lie directly in `LICENSES/` and are called like licence texts of REUSE, and how many lie there in all.
pub(super) fn well_named(repo: &Repository) -> (usize, usize) {
    let all: Vec<&File> = below(repo).filter(|file| file.path.folder() == b"LICENSES").collect();
    (all.iter().filter(|file| text(&file.path).name != Name::Bad).count(), all.len())
}

/// The texts below `LICENSES/`.
fn below(repo: &Repository) -> impl Iterator<Item = &File> {
    let files = repo.files();
    let from = files.partition_point(|file| file.path.as_bytes() < b"LICENSES/".as_slice());
    let below = files.iter().skip(from).take_while(|file| file.path.as_bytes().starts_with(b"LICENSES/"));
    below.filter(|file| is_text(file))
}

fn text(path: &RepoPath) -> Text {
    let name = String::from_utf8_lossy(path.name()).into_owned();
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if dot > 0 && dot + 1 < name.len() => name.split_at(dot),
        _ => (name.as_str(), ""),
    };
    let named = |id: &str, good, deprecated| listed(id).map(|old| (id.to_owned(), if old { deprecated } else { good }));
    let found = (!ending.is_empty()).then(|| named(stem, Name::Good, Name::Deprecated)).flatten();
    let found = found.or_else(|| is_reference(stem).then(|| (stem.to_owned(), reference(stem))));
    let found = found.or_else(|| named(&name, Name::NoEnding, Name::DeprecatedNoEnding));
    let (id, name) = found.unwrap_or_else(|| (stem.to_owned(), Name::Bad));
    Text { path: path.clone(), id, name, repeated: false }
}

/// `LicenseRef-Unknown…` is what tools write where they found a text without a name; it names nothing.
fn reference(id: &str) -> Name {
    if id.contains("Unknown") { Name::Bad } else { Name::Good }
}

/// Whether the SPDX list has a licence or an exception of exactly this name, and whether it is deprecated.
fn listed(id: &str) -> Option<bool> {
    // the crate reads any `+` as "or later"; in the list it ends a few old names
    let old_plus = |id: &str| {
        let stem = id
            .strip_suffix('+')
            .filter(|stem| (stem.starts_with("GPL-") || stem.starts_with("LGPL-")) && !stem.contains("with"));
        stem.and_then(spdx::license_id).filter(|licence| Some(licence.name) == stem && licence.is_deprecated())
    };
    let licence = spdx::license_id(id).filter(|licence| licence.name == id).or_else(|| old_plus(id));
    let exception = || spdx::exception_id(id).map(|exception| exception.is_deprecated());
    licence.map(|licence| licence.is_deprecated()).or_else(exception)
}

/// SPDX 2.3, clause 10.1: `LicenseRef-` with letters, digits, `-` and `.`.
pub(super) fn is_reference(id: &str) -> bool {
    id.strip_prefix("LicenseRef-").is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, id, kind) in [
            ("MIT.txt", "MIT", Name::Good),
            ("MIT.md", "MIT", Name::Good),
            ("sub/Apache-2.0.txt", "Apache-2.0", Name::Good),
            ("Classpath-exception-2.0.txt", "Classpath-exception-2.0", Name::Good),
            ("LicenseRef-Own.txt", "LicenseRef-Own", Name::Good),
            ("LicenseRef-Own", "LicenseRef-Own", Name::Good),
            ("GPL-3.0.txt", "GPL-3.0", Name::Deprecated),
            ("GPL-3.0+.txt", "GPL-3.0+", Name::Deprecated),
            ("MIT", "MIT", Name::NoEnding),
            ("Apache-2.0", "Apache-2.0", Name::NoEnding),
            ("GPL-3.0", "GPL-3.0", Name::DeprecatedNoEnding),
            ("mit.txt", "mit", Name::Bad),
            ("My-Licence.txt", "My-Licence", Name::Bad),
            ("README.md", "README", Name::Bad),
            ("LicenseRef-Own_2.txt", "LicenseRef-Own_2", Name::Bad),
            ("LicenseRef-Unknown.txt", "LicenseRef-Unknown", Name::Bad),
            ("Apache-2.0+.txt", "Apache-2.0+", Name::Bad),
            ("AGPL-3.0+.txt", "AGPL-3.0+", Name::Bad),
            ("GPL-2.0-with-GCC-exception+.txt", "GPL-2.0-with-GCC-exception+", Name::Bad),
        ] {
            let text = text(&RepoPath::new(format!("LICENSES/{name}")));
            assert_eq!((text.id.as_str(), text.name), (id, kind), "{name}");
        }
    }
}
