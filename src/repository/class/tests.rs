//! Is a file what its name says, and is left alone what must be?

use super::*;
use crate::repository::path::RepoPath;

fn look(path: &str, len: Option<u64>) -> (Class, Marks) {
    let path = RepoPath::from(path);
    Folder::of(path.folder()).file(&path, len)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Cases {
    classes: std::collections::BTreeMap<String, Vec<String>>,
    vendored: Case,
    generated: Case,
    test: Case,
    example: Case,
    build_output: Case,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    yes: Vec<String>,
    no: Vec<String>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("cases.toml")).unwrap()
}

#[test]
fn names_stand_for_classes() {
    let mut seen = std::collections::BTreeSet::new();
    for (class, paths) in cases().classes {
        for path in paths {
            let found = look(&path, None).0;
            assert_eq!(format!("{found:?}").to_lowercase(), class, "{path}");
            seen.insert(found);
        }
    }
    assert_eq!(seen.len(), 7);
}

#[test]
fn sizes_speak_for_data() {
    for (path, len, class) in [
        ("web/trees.json", 1 << 20, Class::Data),
        ("web/trees.xml", 3 << 20, Class::Data),
        ("a.json", (1 << 20) - 1, Class::Configuration),
        ("docs/api/openapi.json", 9 << 20, Class::Configuration),
        ("api-schema.json", 9 << 20, Class::Configuration),
        ("assets/icons.json", 9 << 20, Class::Configuration),
        ("i18n/de.json", 9 << 20, Class::Asset),
        ("notes.txt", 9 << 20, Class::Asset),
    ] {
        assert_eq!(look(path, Some(len)).0, class, "{path}");
    }
}

#[test]
fn names_bear_marks() {
    let cases = cases();
    for (mark, case) in [
        (Mark::Vendored, cases.vendored),
        (Mark::Generated, cases.generated),
        (Mark::Test, cases.test),
        (Mark::Example, cases.example),
        (Mark::BuildOutput, cases.build_output),
    ] {
        for path in &case.yes {
            assert!(look(path, None).1.has(mark), "{path} lacks {mark:?}");
        }
        for path in &case.no {
            assert!(!look(path, None).1.has(mark), "{path} has {mark:?}");
        }
    }
}

#[test]
fn files_at_the_root_are_no_tests_by_folder() {
    for path in ["main.py", "data.csv", "README.md", "tests", "examples"] {
        let marks = look(path, None).1;
        assert!(!marks.has(Mark::Test) && !marks.has(Mark::Example), "{path}");
    }
}

#[test]
fn marks_are_set_and_removed() {
    let mut marks = Marks::default();
    assert!(marks.none());
    marks.set(Mark::Vendored);
    marks.set(Mark::Test);
    marks.unset(Mark::Vendored);
    assert!(marks.has(Mark::Test) && !marks.has(Mark::Vendored) && !marks.none());
}

#[test]
fn names_that_are_hostile() {
    for path in ["", ".", "..", "...", "*", "a\u{202e}b.csv", "İ.CSV", "\u{1f600}"] {
        look(path, Some(u64::MAX));
    }
    let bytes = RepoPath::new(b"d\xff/\xfe.csv");
    assert_eq!(Folder::of(bytes.folder()).file(&bytes, None).0, Class::Data);
}
