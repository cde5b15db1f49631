//! Is the house built as planned? Who may open a door to whom, and which names live in one file only.

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

use std::fs;
use std::path::Path;

/// Each part of `src/` and the parts it may use. `phrase` and `untrusted` are open to all.
const DOORS: &[(&str, &[&str])] = &[
    ("untrusted", &[]),
    ("side_by_side", &[]),
    ("phrase", &[]),
    ("repository", &[]),
    ("place", &["repository"]),
    ("reading", &["place", "repository"]),
    ("signal", &["place", "reading", "repository"]),
    ("signals", &["signal", "reading", "repository"]),
    ("rule", &["signal", "signals", "reading", "repository", "judge", "report", "output"]),
    ("waiver", &["place", "reading", "report", "repository", "rule", "signal"]),
    ("policy", &["repository", "rule", "waiver", "signal", "report"]),
    ("report", &["repository", "rule", "signal"]),
    ("judge", &["side_by_side", "reading", "report", "repository", "rule", "signal", "signals"]),
    ("explain", &["rule", "signal", "signals", "output"]),
    ("init", &["judge", "output", "reading", "report", "repository", "rule", "signal", "signals"]),
    ("portfolio", &["output", "report", "rule"]),
    ("batch", &["output", "portfolio", "reading", "report", "repository", "rule"]),
    (
        "fuzzing",
        &["batch", "judge", "output", "place", "policy", "reading", "report", "repository", "rule", "signal", "waiver"],
    ),
    ("output", &["judge", "policy", "reading", "report", "repository", "rule", "signal", "waiver"]),
];

/// Names that may be written in these files only.
const HOMES: &[(&str, &[&str])] = &[
    ("serde_sarif", &["src/output/sarif.rs", "src/output/sarif/"]),
    ("rusqlite", &["src/portfolio/history/"]),
    ("git2::", &["src/repository/worker.rs", "src/repository/worker/", "src/repository/walk"]),
    ("process::Command", &["src/batch/child/", "src/repository/objects/", "src/repository/testing.rs"]),
    ("std::env::", &["src/main.rs"]),
    ("println!", &["src/main.rs"]),
    ("Timestamp::now", &["src/main.rs"]),
    ("process::exit", &["src/main.rs", "src/repository/worker/mod.rs"]),
];

/// The paths and texts of all sources, without their unit tests.
fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    walkdir::WalkDir::new(root.join("src"))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source");
            let code = text.split("\n#[cfg(test)]").next().unwrap_or_default().to_owned();
            (path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned(), code)
        })
        .collect()
}

fn part(path: &str) -> &str {
    let rest = path.trim_start_matches("src/");
    rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
}

#[test]
fn every_part_keeps_to_its_doors() {
    let mut wrong = Vec::new();
    for (path, code) in all() {
        let here = part(&path);
        let Some((_, allowed)) = DOORS.iter().find(|(name, _)| *name == here) else {
            assert!(matches!(here, "main" | "cli" | "lib"), "{path}: this part is not in the plan");
            continue;
        };
        for (number, line) in code.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for rest in line.split("crate::").skip(1) {
                let door = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
                let open = door == here || matches!(door, "phrase" | "untrusted") || allowed.contains(&door);
                if !open {
                    wrong.push(format!("{path}:{}: `{here}` opens a door to `{door}`", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_room_knows_no_other_room() {
    let rooms = ["licence", "docs", "data", "maintenance", "governance", "publication", "overview", "waivers"];
    for (path, code) in all().iter().filter(|(path, _)| path.starts_with("src/signals/") && part(path) == "signals") {
        let here = path.trim_start_matches("src/signals/");
        let here = here.split('/').next().unwrap_or(here).trim_end_matches(".rs");
        if here == "mod" {
            continue;
        }
        for room in rooms.iter().filter(|room| **room != here) {
            for door in [format!("signals::{room}"), format!("super::{room}::")] {
                assert!(!code.contains(&door), "{path}: the room `{here}` knows the room `{room}`");
            }
        }
    }
}

#[test]
fn some_names_live_in_one_place() {
    let mut wrong = Vec::new();
    for (path, code) in all() {
        for (name, homes) in HOMES {
            let at_home = homes.iter().any(|home| path.starts_with(home));
            let used = code.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            if used && !at_home {
                wrong.push(format!("{path}: `{name}` belongs to {}", homes.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_short() {
    let long: Vec<String> = all()
        .into_iter()
        .map(|(path, code)| (path, code.lines().count()))
        .filter(|(path, lines)| *lines > 400 && !path.ends_with("tests.rs"))
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split these: {}", long.join(", "));
}

#[test]
fn every_file_says_which_question_it_answers() {
    for (path, code) in all() {
        assert!(code.starts_with("//!"), "{path}: the first line is no //! line");
    }
}
