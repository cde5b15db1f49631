//! Is what files say read as the specification has it?

use super::*;
use crate::repository::testing::{folder, options};
use std::fs;

/// What these files say, and what could not be read.
fn read(files: &[(&str, &str)]) -> (Result<Reuse, Broken>, Vec<Loss>) {
    let folder = folder(files);
    let repo = Repository::open(folder.path(), options()).unwrap();
    (Reuse::of(&repo), repo.losses())
}

fn reuse(files: &[(&str, &str)]) -> Reuse {
    let (reuse, losses) = read(files);
    assert_eq!(losses, []);
    reuse.unwrap()
}

const HEADER: &str = "# SPDX-FileCopyrightText: 2024 Jane\n# SPDX-License-Identifier: MIT\n";

/// The expressions and notices of the file `d/a.py`.
fn of_file(reuse: &Reuse) -> (Vec<&str>, Vec<&str>) {
    let file = reuse.files.iter().find(|file| file.path.as_bytes() == b"d/a.py").unwrap();
    let told = file.told.as_ref().unwrap();
    let mut licences: Vec<_> =
        told.iter().flat_map(Told::expressions).map(|stated| stated.expression.text.as_str()).collect();
    let notices = told.iter().flat_map(Told::notices).map(|notice| notice.text.rsplit(' ').next().unwrap());
    let mut notices: Vec<_> = notices.collect();
    licences.sort_unstable();
    notices.sort_unstable();
    (licences, notices)
}

fn table(precedence: &str, holder: &str, licence: &str) -> String {
    let holder = if holder.is_empty() { String::new() } else { format!("SPDX-FileCopyrightText = \"{holder}\"\n") };
    let licence = if licence.is_empty() { String::new() } else { format!("SPDX-License-Identifier = \"{licence}\"\n") };
    format!("version = 1\n[[annotations]]\npath = \"**\"\nprecedence = \"{precedence}\"\n{holder}{licence}")
}

#[test]
fn precedence_of_tables() {
    let licence_only = "# SPDX-License-Identifier: MIT\n";
    for (file, outer, inner, licences, notices) in [
        (HEADER, table("closest", "Outer", "X"), String::new(), vec!["MIT"], vec!["Jane"]),
        ("x\n", table("closest", "Outer", "X"), String::new(), vec!["X"], vec!["Outer"]),
        (licence_only, table("closest", "Outer", "X"), String::new(), vec!["MIT"], vec!["Outer"]),
        (HEADER, table("aggregate", "Outer", "X"), String::new(), vec!["MIT", "X"], vec!["Jane", "Outer"]),
        (HEADER, table("override", "Outer", "X"), table("override", "Inner", "Y"), vec!["X"], vec!["Outer"]),
        ("x\n", table("closest", "Outer", "X"), table("closest", "Inner", "Y"), vec!["Y"], vec!["Inner"]),
        // separately for copyright and for licensing, through all folders
        ("x\n", table("closest", "Outer", "X"), table("closest", "", "Y"), vec!["Y"], vec!["Outer"]),
        (licence_only, table("closest", "", "X"), table("closest", "Inner", ""), vec!["MIT"], vec!["Inner"]),
        // an inner `override` leaves nothing of an outer `closest`, and everything of an outer `aggregate`
        (HEADER, table("closest", "Outer", "X"), table("override", "Inner", "Y"), vec!["Y"], vec!["Inner"]),
        (
            HEADER,
            table("aggregate", "Outer", "X"),
            table("override", "Inner", "Y"),
            vec!["X", "Y"],
            vec!["Inner", "Outer"],
        ),
        (
            "x\n",
            table("aggregate", "Outer", "X"),
            table("closest", "Inner", "Y"),
            vec!["X", "Y"],
            vec!["Inner", "Outer"],
        ),
        // an empty notice is none
        (
            "# Copyright \n# SPDX-License-Identifier: MIT\n",
            table("closest", "Outer", "X"),
            String::new(),
            vec!["MIT"],
            vec!["", "Outer"],
        ),
    ] {
        let mut files = vec![("d/a.py", file), ("REUSE.toml", outer.as_str())];
        if !inner.is_empty() {
            files.push(("d/REUSE.toml", inner.as_str()));
        }
        assert_eq!(of_file(&reuse(&files)), (licences, notices), "{file} {outer} {inner}");
    }
}

#[test]
fn sidecars_and_dep5() {
    let dep5 = "Format: x\n\nFiles: *\nCopyright: 2019 Joe\nLicense: CC0-1.0\n";
    let own = "# SPDX-License-Identifier: Apache-2.0\n";
    for (files, licences, notices) in [
        (vec![("d/a.py", own), ("d/a.py.license", HEADER)], vec!["MIT"], vec!["Jane"]),
        (vec![("d/a.py", own), ("d/a.py.license", "")], vec![], vec![]),
        (vec![("d/a.py", "\0\u{1}"), ("d/a.py.license", HEADER)], vec!["MIT"], vec!["Jane"]),
        (vec![("d/a.py", HEADER), (".reuse/dep5", dep5)], vec!["CC0-1.0", "MIT"], vec!["Jane", "Joe"]),
    ] {
        assert_eq!(of_file(&reuse(&files)), (licences, notices), "{files:?}");
    }
}

#[test]
fn verdicts() {
    let text = ("LICENSES/MIT.txt", "text\n");
    for (files, compliant) in [
        (vec![("a.py", HEADER), text], true),
        (vec![], true),
        (vec![text], false),
        (vec![("a.py", HEADER)], false),
        (vec![("a.py", HEADER), text, ("LICENSES/Apache-2.0.txt", "x")], false),
        (vec![("a.py", HEADER), text, ("LICENSES/MIT.md", "x")], false),
        (vec![("a.py", HEADER), ("LICENSES/MIT", "x")], false),
        (vec![("a.py", HEADER), ("b.py", "x\n"), text], false),
        (vec![("a.py", HEADER), ("b.py", ""), text], true),
        (vec![("a.py", "# SPDX-FileCopyrightText:\n# SPDX-License-Identifier: MIT\n"), text], false),
        (vec![("a.py", HEADER), ("b.py", "# © J\n# SPDX-License-Identifier: MIT AND\n"), text], false),
        (vec![("a.py", &format!("{HEADER}# SPDX-License-Identifier: MIT AND\n")), text], false),
        (vec![("a.py", &format!("{HEADER}# SPDX-SnippetBegin\n")), text], false),
        (vec![("a.py", &HEADER.replace("MIT", "MIT+")), text], true),
    ] {
        assert_eq!(reuse(&files).is_compliant(), compliant, "{files:?}");
    }
}

#[test]
fn references_and_texts() {
    let toml = table("closest", "J", "GPL-2.0-only WITH Classpath-exception-2.0");
    let reuse = reuse(&[
        ("a.py", HEADER),
        ("b.py", HEADER),
        ("c", "x\n"),
        ("REUSE.toml", &toml),
        ("LICENSES/CC0-1.0.txt", "x"),
    ]);
    let missing: Vec<_> = reuse.missing().map(|(id, found)| (id.as_str(), found.files)).collect();
    assert_eq!(missing, [("Classpath-exception-2.0", 1), ("GPL-2.0-only", 1), ("MIT", 2)]);
    let first = |id: &str| {
        let place = &reuse.references.get(id).unwrap().first;
        (place.path.clone().unwrap().lossy().into_owned(), place.span.unwrap().line)
    };
    assert_eq!(first("MIT"), ("a.py".to_owned(), 2));
    assert_eq!(first("GPL-2.0-only"), ("REUSE.toml".to_owned(), 6));
    assert!(!reuse.is_used(reuse.texts.first().unwrap()));
}

#[test]
fn what_cannot_be_understood_is_a_loss() {
    let toml = table("closest", "J", "MIT");
    for (files, path) in [
        (vec![("a.py", HEADER), ("d/REUSE.toml", "version = [")], "d/REUSE.toml"),
        (vec![("a.py", HEADER), ("REUSE.toml", "")], "REUSE.toml"),
        (vec![("a.py", HEADER), ("REUSE.toml", &toml), (".reuse/dep5", "Format: x\n")], "REUSE.toml"),
        (vec![("a.py", HEADER), (".reuse/dep5", "")], ".reuse/dep5"),
    ] {
        let (reuse, losses) = read(&files);
        assert_eq!(reuse.unwrap_err().path.lossy(), path);
        assert_eq!(losses.first().and_then(|loss| loss.path.clone()), Some(RepoPath::new(path)));
    }
}

#[test]
fn large_files() {
    let large = usize::try_from(LARGE).unwrap();
    let filler = "some words on a line\n".repeat(large / 20);
    let bytes = format!("\0{}", "x".repeat(large));
    let reuse = reuse(&[("big.csv", &format!("{filler}{HEADER}")), ("big.bin", &bytes)]);
    let licences: Vec<_> = reuse.files.iter().map(Covered::has_licence).collect();
    assert_eq!(licences, [false, true]);
    let folder = tempfile::tempdir().unwrap();
    let file = fs::File::create(folder.path().join("huge.csv")).unwrap();
    std::io::Write::write_all(&mut &file, "a,b\n".repeat(1_000).as_bytes()).unwrap();
    file.set_len(LARGEST + 1).unwrap();
    let repo = Repository::open(folder.path(), options()).unwrap();
    let reuse = Reuse::of(&repo).unwrap();
    assert!(reuse.files.first().unwrap().told.is_err() && !reuse.is_compliant());
    assert_eq!(repo.losses().len(), 1);
}

#[test]
fn who_follows_reuse() {
    let toml = table("closest", "J", "X");
    let ours = ("a.py", HEADER);
    let text = |name: &'static str| (name, "text\n");
    for (files, may, does) in [
        (vec![ours, text("LICENSES/MIT.txt")], true, true),
        (vec![ours, text("LICENSES/MIT")], true, true),
        (vec![ours, text("LICENSES/LicenseRef-Own.txt")], true, true),
        (vec![ours, text("LICENSES/MIT.txt"), text("LICENSES/own.txt")], true, true),
        (vec![text("a.py"), ("REUSE.toml", &toml)], true, true),
        (vec![text("a.py"), (".reuse/dep5", "Format: x\n")], true, true),
        // texts of others, for whatever reason
        (vec![text("a.py"), text("LICENSES/MIT.txt")], true, false),
        (vec![ours, text("LICENSES/MIT.txt"), text("LICENSES/libfoo.txt"), text("LICENSES/bar.txt")], false, false),
        (vec![ours, text("LICENSES/vendor/MIT.txt")], false, false),
        (vec![ours, text("d/LICENSES/MIT.txt")], false, false),
        (vec![ours, ("d/REUSE.toml", &toml)], false, false),
        (vec![ours], false, false),
    ] {
        let folder = folder(&files);
        let repo = Repository::open(folder.path(), options()).unwrap();
        assert_eq!(may_be_adopted(&repo), may, "{files:?}");
        assert_eq!(Reuse::of(&repo).unwrap().is_adopted(&repo), does, "{files:?}");
    }
}

#[test]
fn tables_have_bounds() {
    let folders: Vec<String> = (0..501).map(|number| format!("d{number}/REUSE.toml")).collect();
    let files: Vec<(&str, &str)> = folders.iter().map(|path| (path.as_str(), "version = 1\n")).collect();
    assert!(read(files.get(1..).unwrap()).0.is_ok());
    assert!(read(&files).0.is_err());
    let wild = format!("version = 1\n[[annotations]]\npath = \"{}*\"\n", "a".repeat(200 << 10));
    assert!(read(&[("a/REUSE.toml", &wild)]).0.is_ok());
    assert!(read(&[("a/REUSE.toml", &wild), ("b/REUSE.toml", &wild)]).0.is_err());
}
