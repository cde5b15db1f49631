//! Rows of the table, and what they leave alone.

use super::*;
use crate::reading::manifest;
use crate::repository::{Class, Marks};

fn file(path: &str) -> File {
    File { path: path.into(), class: Class::Manifest, marks: Marks::default(), kind: FileKind::Regular, len: None }
}

#[test]
fn every_row_has_its_examples() {
    for (rows, what) in [(&TABLE.service, "service"), (&TABLE.needs, "needs")] {
        for row in rows {
            let files = [file(&row.written.example)];
            let said = |text: &str| any(std::slice::from_ref(row), &mut files.iter(), &|_| Ok(text.into())).unwrap();
            for text in &row.written.yes {
                assert!(said(text), "{what} {}: {text}", row.written.name);
            }
            for text in &row.written.no {
                assert!(!said(text), "{what} {}: {text}", row.written.name);
            }
        }
    }
}

#[test]
fn other_places_say_nothing() {
    for path in ["config/dependabot.yml", "app/renovate.json", "src/package.json", "docs/x/readme.md"] {
        let text = "updates:\n- x: y\n{\"renovate\": {}} badges.depfu.com";
        assert_eq!(configured(&[file(path)], &|_| Ok(text.into())), Ok(false), "{path}");
    }
    let mut vendored = file(".github/dependabot.yml");
    vendored.marks.set(Mark::Vendored);
    assert_eq!(configured(&[vendored], &|_| Ok("updates:\n- x: y\n".into())), Ok(false));
}

#[test]
fn what_cannot_be_read_might_have_said_it() {
    let why = Phrase::new("gone", "weg");
    assert_eq!(configured(&[file("renovate.json")], &|_| Err(why.clone())), Err(why));
}

#[test]
fn dependencies() {
    let gradle = "dependencies {\n    implementation 'a.b:oak:1'\n}\n";
    for (path, text, wanted) in [
        ("build.gradle", gradle, true),
        ("examples/build.gradle", gradle, false),
        ("build.gradle", "plugins { id 'java' }\n", false),
        ("DESCRIPTION", "Package: x\nImports: dplyr\n", false),
        ("docs/setup.py", "setup(install_requires=['a'])", false),
        ("setup.py", "setup(install_requires=['a'])", true),
    ] {
        let files = [file(path)];
        let manifests: Vec<Manifest> = manifest::read(&path.into(), text).into_iter().collect();
        let found = has_dependencies(&files, &manifests, &[], &|_| Ok(text.into()));
        assert_eq!(found, Ok(wanted), "{path}: {text}");
    }
    let needs = |needs| Lockable {
        path: "package.json".into(),
        ecosystem: "npm",
        needs,
        application: None,
        locked: false,
        lacks: lock::Lacks::File(&[]),
    };
    assert_eq!(has_dependencies(&[], &[], &[needs(true)], &|_| Ok("".into())), Ok(true));
    assert_eq!(has_dependencies(&[], &[], &[needs(false)], &|_| Ok("".into())), Ok(false));
}
