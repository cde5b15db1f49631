//! What does one look at every file tell?
//!
//! All that has to be known of many files is learnt here, in one parallel pass in which each file is read at most
//! once and not kept. Readings that need the whole text of few files ask the repository instead.

use super::credential::{self, Credential};
use super::kept::{Kept, Look};
use super::learning::{self, Training};
use super::licensing::headers::{self, Header};
use super::networks::mentioned::{self, Mention};
use super::personal_path::{self, PersonalPath};
use super::source::environment::{self, Variable};
use super::source::serving::{self, Route};
use super::source::{self, Use};
use super::{application, language, secrets, testing, waiver_comment};
use crate::phrase::Phrase;
use crate::repository::{Class, Counted, File, FileKind, Loss, Repository};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::panic::AssertUnwindSafe;

/// Larger files are machine-made or data; nobody writes one by hand.
const LARGEST: u64 = 2 << 20;
/// Notebooks are larger by what they printed.
const LARGEST_NOTEBOOK: u64 = 8 << 20;

/// So many files at most are handed to a thread at once, so that none is left alone with many large ones at the end.
pub(super) const SHARE: usize = 64;

/// What one look at a file told.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct FileScan {
    /// lines of source, blank lines and comments left out; 0 for what is no source
    pub lines: u32,
    /// a banner at the top says that a program wrote it
    pub generated: bool,
    /// it declares a test
    pub tests: bool,
    /// it holds the words that announce a private key
    pub private_key: bool,
    /// what its header says of its licence; `None` where it says nothing
    pub header: Option<Box<Header>>,
    /// what it uses from outside of the repository
    pub uses: Vec<Use>,
    /// the environment variables it reads
    pub variables: Vec<Variable>,
    /// what it offers to other programs
    pub routes: Vec<Route>,
    /// it leads to a statement on accessibility
    pub accessibility: bool,
    /// where it trains a model
    pub training: Option<Training>,
    /// the hosts that stand in it as addresses
    pub hosts: Vec<Mention>,
    /// the tokens and passwords in it that prove by their form what they are; never kept
    #[serde(skip)]
    pub credentials: Vec<Credential>,
    /// the paths in it that exist on one person's machine only
    pub personal_paths: Vec<PersonalPath>,
    /// whether a comment in it may waive something; `None` where it was not read
    pub waives: Option<bool>,
}

/// Looks at every file once; the result has one entry per file of [`Repository::files`], in the same order.
/// What is kept of an earlier look is told again where nothing has changed.
pub fn scan(repo: &Repository, kept: Option<&Kept>) -> Vec<FileScan> {
    match kept {
        None => repo.files().par_iter().with_max_len(SHARE).map(|file| scan_file(repo, file)).collect(),
        Some(kept) => {
            let wanted = |file: &File| worth_a_look(file) || worth_a_search(file);
            kept.scan(repo, wanted, |file, hash| scan_anew(repo, file, hash))
        }
    }
}

/// What one look at a file tells.
fn scan_file(repo: &Repository, file: &File) -> FileScan {
    if !worth_a_look(file) && !worth_a_search(file) {
        return FileScan::default();
    }
    let text = if is_read_again(file) { repo.text(file) } else { repo.text_once(file) };
    text.ok().and_then(|text| scan_text(repo, file, &text)).unwrap_or_default()
}

/// The same for keeping, with the hash of its content where that is asked for. What could not be read, or not be
/// understood, is not for keeping, as that has to be said again.
fn scan_anew(repo: &Repository, file: &File, hash: bool) -> Look {
    let read = repo.text_and_hash(file, is_read_again(file), hash);
    let scan = match &read.text {
        Some(text) => scan_text(repo, file, text),
        // no text tells nothing
        None => Some(FileScan::default()),
    };
    Look { lasts: read.whole && scan.is_some(), scan: scan.unwrap_or_default(), hash: read.hash }
}

/// Documents are read again by others; the rest is not worth keeping.
fn is_read_again(file: &File) -> bool {
    file.class == Class::Documentation
}

/// `None` where a reader failed.
fn scan_text(repo: &Repository, file: &File, text: &str) -> Option<FileScan> {
    repo.count(Counted::Scanned, 1);
    let (worth_a_look, worth_a_search) = (worth_a_look(file), worth_a_search(file));
    // A reader that panics on one file is our mistake and costs that file only.
    let both = || {
        let seen = if worth_a_look { look(file, text) } else { FileScan::default() };
        let seen = if worth_a_search && !seen.generated { search(file, text, seen) } else { seen };
        FileScan { waives: Some(waiver_comment::may_hold(text)), ..seen }
    };
    let seen = std::panic::catch_unwind(AssertUnwindSafe(both));
    if seen.is_err() {
        let why = Phrase::new(
            "a reader failed on this file; please report it",
            "ein Leser ist an dieser Datei gescheitert; bitte melden Sie das",
        );
        repo.lose(Loss { path: Some(file.path.clone()), why });
    }
    seen.ok()
}

/// What one look at a file of this text would tell, whether it is worth one or not.
#[cfg(any(test, fuzzing))]
pub(crate) fn told_by(file: &File, text: &str) -> FileScan {
    FileScan { waives: Some(waiver_comment::may_hold(text)), ..search(file, text, look(file, text)) }
}

fn worth_a_look(file: &File) -> bool {
    let class = file.class;
    let largest = if matches!(class, Class::Source | Class::Configuration) { LARGEST } else { secrets::LARGEST };
    file.marks.none()
        && file.kind == FileKind::Regular
        && file.len.is_none_or(|len| len <= largest)
        && (matches!(class, Class::Source | Class::Configuration) || secrets::may_hold_key(file))
}

/// Whether a file may hold a credential or, where it is source, a personal path.
fn worth_a_search(file: &File) -> bool {
    let largest = match file.class {
        // What a notebook printed is kept in it, pictures too.
        Class::Source if file.path.extension() == "ipynb" => LARGEST_NOTEBOOK,
        Class::Source | Class::Configuration => LARGEST,
        _ => credential::LARGEST,
    };
    file.marks.none()
        && file.kind == FileKind::Regular
        && file.len.is_none_or(|len| len <= largest)
        && credential::may_hold(file)
}

/// Adds what is searched for in more files than the readers of source look at.
fn search(file: &File, text: &str, seen: FileScan) -> FileScan {
    let own = without_unit_tests(file, text);
    let is_source = file.class == Class::Source;
    FileScan {
        credentials: credential::find(file, own),
        personal_paths: if is_source { personal_path::find(&file.path, own) } else { Vec::new() },
        ..seen
    }
}

fn look(file: &File, text: &str) -> FileScan {
    let private_key = secrets::suspect(text);
    if has_banner(text) {
        return FileScan { generated: true, private_key, ..FileScan::default() };
    }
    let language = language::of(&file.path).filter(|_| file.class == Class::Source);
    let own = without_unit_tests(file, text);
    FileScan {
        lines: language.map_or(0, |language| language.count_lines(text)),
        generated: false,
        tests: language.is_some_and(|language| testing::declares(language, text)),
        private_key,
        header: headers::read(text),
        uses: if matches!(file.class, Class::Source | Class::Configuration) {
            source::uses(&file.path, own)
        } else {
            Vec::new()
        },
        variables: if matches!(file.class, Class::Source | Class::Configuration) {
            environment::variables(&file.path, own)
        } else {
            Vec::new()
        },
        accessibility: application::speaks_of_accessibility(text),
        hosts: mentioned::in_file(file, own),
        training: (file.class == Class::Source).then(|| learning::trains(&file.path, text)).flatten(),
        routes: if file.class == Class::Source { serving::routes(&file.path, own) } else { Vec::new() },
        credentials: Vec::new(),
        personal_paths: Vec::new(),
        waives: None,
    }
}

/// The text without the unit tests that Rust keeps at the end of a source file: what they read is invented.
fn without_unit_tests<'t>(file: &File, text: &'t str) -> &'t str {
    if file.path.extension() != "rs" {
        return text;
    }
    let start = memchr::memmem::find(text.as_bytes(), b"\n#[cfg(test)]\nmod ");
    start.and_then(|start| text.get(..start)).unwrap_or(text)
}

/// Whether the first lines say that a program wrote the file and nobody should edit it.
pub fn has_banner(text: &str) -> bool {
    let head = text.lines().take(12).map(|line| line.get(..200).unwrap_or(line).to_ascii_lowercase());
    head.into_iter().any(|line| {
        let says_generated = ["generated", "@generated", "autogenerated"].iter().any(|word| line.contains(word));
        line.contains("@generated")
            || line.contains("code generated by")
            || (line.contains("do not edit") || line.contains("do not modify")) && line.len() < 160
            || says_generated && line.contains("automatically") && line.contains("by")
    })
}

#[cfg(test)]
mod tests {
    use super::{Class, File, FileKind, has_banner};
    use crate::repository::Marks;

    #[test]
    fn unit_tests_are_no_program() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {}\n";
        for (path, left) in [("src/a.rs", "fn a() {}"), ("src/a.py", text)] {
            let file = File {
                path: path.into(),
                class: Class::Source,
                marks: Marks::default(),
                kind: FileKind::Regular,
                len: None,
            };
            assert_eq!(super::without_unit_tests(&file, text), left);
        }
    }

    #[test]
    fn banners() {
        for (text, yes) in [
            ("// Code generated by protoc-gen-go. DO NOT EDIT.\n", true),
            ("/* This file is automatically generated by x */\n", true),
            ("# -*- coding: utf-8 -*-\n# @generated by y\n", true),
            ("// Do not edit this file by hand\n", true),
            ("x = generated_key()\n", false),
            ("# loads the generated report\n", false),
            ("", false),
        ] {
            assert_eq!(has_banner(text), yes, "{text}");
        }
        let far_below = format!("{}// DO NOT EDIT\n", "x = 1\n".repeat(50));
        assert!(!has_banner(&far_below));
    }
}
