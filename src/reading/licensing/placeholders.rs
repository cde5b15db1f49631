//! Does the copyright line of a licence file still say what its template said?

use super::is_licence_name;
use crate::place::Span;
use crate::repository::{File, FileKind, RepoPath, Repository};
use regex::Regex;
use std::sync::LazyLock;

/// A copyright line that nobody filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// the licence file
    pub path: RepoPath,
    /// the words that are to be filled in, from the first to the last of the line
    pub span: Span,
    /// these words
    pub words: String,
}

/// Longer files are no licences.
const LARGEST: u64 = 2 << 20;
/// So much of a line is looked at.
const LONGEST_LINE: usize = 400;

/// What is to be filled in: `<year>`, `[yyyy]`, `{name of copyright owner}`, `YYYY`, `19yy`.
static TO_FILL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = [
        "y{2,4}",
        "years?",
        "year\\(s\\)",
        "dates?",
        "full ?name",
        "(?:your |owner |author )?name",
        "name of (?:the )?(?:copyright )?(?:owner|author|holder)s?",
        "copyright[ _-]?(?:holder|owner)(?:s|\\(s\\))?",
        "(?:the )?(?:owner|holder|author)(?:s|\\(s\\))?",
        "organi[sz]ation",
        "insert [a-z ]{1,30}",
        "jahr",
        "name des (?:rechteinhabers|urhebers|autors)",
        "rechteinhaber",
        "project",
        "your (?:company|organi[sz]ation)",
    ]
    .join("|");
    Regex::new(&format!(r"(?i)[\[<{{]{{1,2}} ?(?:{words}) ?[\]>}}]{{1,2}}|\bYYYY\b|\b19yy\b")).ok()
});

/// From here on a licence shows how to apply it, and its examples are not meant to be filled in.
const HOW_TO_APPLY: &[&str] = &[
    "how to apply",
    "how to use this license",
    "how to use this licence",
    "end of terms and conditions",
    "appendix",
    "replaced with your own identifying information",
    "attach the following notices",
    "addendum",
];

/// Folders whose files are texts to choose from, or those of others.
const FOLDERS: &[&str] = &[
    "licenses",
    "licences",
    "lizenzen",
    "template",
    "templates",
    "third-party",
    "thirdparty",
    "third_party",
    "legal",
    "skeleton",
    "scaffold",
    "boilerplate",
    "archetype",
];

/// Looks through every licence file without marks, except the folder `LICENSES` of REUSE, whose texts are kept as they are.
pub fn placeholders(repo: &Repository) -> Vec<Placeholder> {
    let wanted = |file: &&File| {
        let path = file.path.lossy();
        let mut folders = path.split('/').rev().skip(1);
        file.marks.none()
            && file.kind == FileKind::Regular
            && file.len.is_none_or(|len| len <= LARGEST)
            && is_licence_file(&file.path)
            && !folders
                .any(|folder| FOLDERS.contains(&folder.to_lowercase().as_str()) || folder.contains(['{', '$', '%']))
    };
    let files = repo.files().iter().filter(wanted);
    files
        .filter_map(|file| {
            let text = repo.text(file).ok()?;
            let (span, words) = placeholder(&text)?;
            Some(Placeholder { path: file.path.clone(), span, words })
        })
        .collect()
}

/// Whether it is a licence file by its name. Below the root the name has to begin with the word: `misc/our_license.txt` is
/// what a tool puts at the top of files.
pub(super) fn is_licence_file(path: &RepoPath) -> bool {
    let name = String::from_utf8_lossy(path.name()).to_lowercase();
    let begins = ["licen", "copying", "unlicen", "lizenz", "copyright"].iter().any(|word| name.starts_with(word));
    is_licence_name(&name).is_some() && (path.at_root() || begins)
}

/// The first copyright line with something to fill in. Behind the words on how to apply a licence only a line counts
/// that somebody began to fill in.
fn placeholder(text: &str) -> Option<(Span, String)> {
    let mut examples = false;
    for (number, line) in (1..).zip(text.lines()) {
        let end = (0..=LONGEST_LINE.min(line.len())).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(0);
        let line = line.get(..end)?;
        let lower = line.to_lowercase();
        examples |= HOW_TO_APPLY.iter().any(|words| lower.contains(words));
        if !(lower.contains("copyright") || lower.contains('©') || lower.trim_start().starts_with("(c)")) {
            continue;
        }
        let found: Vec<regex::Match<'_>> = TO_FILL.as_ref()?.find_iter(line).collect();
        let (Some(first), Some(last)) = (found.first(), found.last()) else { continue };
        if examples && !begun(line) {
            continue;
        }
        let words = line.get(first.start()..last.end())?;
        let column = |at: usize| u32::try_from(line.get(..at).map_or(0, |b| b.chars().count()) + 1).unwrap_or(1);
        return Some((Span::on_line(number, column(first.start()), column(last.end())), words.to_owned()));
    }
    None
}

/// Whether the line holds a year that somebody wrote.
fn begun(line: &str) -> bool {
    let digits = line.split(|c: char| !c.is_ascii_digit());
    digits.into_iter().any(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        for (text, words) in [
            ("MIT License\n\nCopyright (c) [year] [fullname]\n", Some("[year] [fullname]")),
            ("Copyright (c) <year> <copyright holders>", Some("<year> <copyright holders>")),
            ("Copyright <YEAR> <COPYRIGHT HOLDER>", Some("<YEAR> <COPYRIGHT HOLDER>")),
            ("Copyright {yyyy} {name of copyright owner}", Some("{yyyy} {name of copyright owner}")),
            ("Copyright (c) 2024 <owner>", Some("<owner>")),
            ("Copyright (c) YYYY Amt", Some("YYYY")),
            ("Copyright (c) <dates>, <Copyright Holder> (<URL|email>)", Some("<dates>, <Copyright Holder>")),
            (
                "APPENDIX: How to apply\n\n   Copyright 2020 [name of copyright owner]\n",
                Some("[name of copyright owner]"),
            ),
            // the unchanged appendix
            ("APPENDIX: How to apply\n\n   Copyright [yyyy] [name of copyright owner]\n", None),
            ("How to Apply These Terms\n    Copyright (C) <year>  <name of author>\n", None),
            ("How to Apply\n    Copyright (C) 19yy  <name of author>\n", None),
            // filled in
            ("Copyright (c) 2024 Amt <amt@example.org>", None),
            ("Copyright (c) 2024 [Amt](https://example.org)", None),
            ("Copyright (c) 2024 The <project> authors", Some("<project>")),
            ("the <year> in which it was made", None),
            ("", None),
        ] {
            assert_eq!(placeholder(text).map(|(_, found)| found).as_deref(), words, "{text}");
        }
        let (span, _) = placeholder("x\n© <year> A\n").unwrap();
        assert_eq!(span, Span::on_line(2, 3, 9));
    }

    #[test]
    fn names() {
        for (path, yes) in [
            ("LICENSE", true),
            ("MIT-LICENSE", true),
            ("packages/a/LICENSE.txt", true),
            ("misc/our_license.txt", false),
            ("src/license.py", false),
        ] {
            assert_eq!(is_licence_file(&path.into()), yes, "{path}");
        }
    }

    /// Of one endless line only the head is looked at.
    #[test]
    fn one_endless_line() {
        let text = format!("Copyright {}", "<year <name [ ".repeat(400_000));
        assert_eq!(placeholder(&text), None);
    }
}
