//! Which source files keep all rights?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::licensing::headers;
use crate::repository::{Class, RepoPath};
use crate::signal::{Kind, Observation, Place, Signal, Subject};

pub(super) const RESERVED: Subject = Subject {
    name: "reserved-file",
    is: Words::new(
        "source file whose header keeps all rights, or calls it confidential",
        "Quelldatei, deren Kopf alle Rechte vorbehält oder sie vertraulich nennt",
    ),
    none: Words::new("", ""),
    signals: &[Signal {
        name: "source",
        kind: Kind::YesNo,
        asks: Words::new("Is it source code?", "Ist es Quelltext?"),
    }],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    headers::said(readings.repo.files(), readings.scans())
        .filter(|(file, _)| !is_test_like(&file.path))
        .filter_map(|(file, header)| Some((file, header.reserved?)))
        .map(|(file, span)| {
            Observation::new(Place::span(&file.path, span), &file.path).with("source", file.class == Class::Source)
        })
        .collect()
}

/// Whether a folder is for tests by a part of its name (`nc_test4`, `unittests`): more than the mark `test` covers, for
/// what others contributed as a test is not what users take.
fn is_test_like(path: &RepoPath) -> bool {
    String::from_utf8_lossy(path.folder()).to_lowercase().split('/').any(|folder| folder.contains("test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_for_tests() {
        for (path, yes) in [("nc_test4/a.c", true), ("src/unittests/a.c", true), ("src/test.c", false), ("a.c", false)]
        {
            assert_eq!(is_test_like(&path.into()), yes, "{path}");
        }
    }
}
