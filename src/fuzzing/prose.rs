//! What must hold of documents, notebooks, licences and source?

use super::metadata::within;
use super::{choose, text};
use crate::reading::document::{Document, Format};
use crate::reading::licence_text::{self, Place, expression};
use crate::reading::reuse::{self, Expression};
use crate::reading::table::{self, explained::Finder};
use crate::reading::{contact, language, learning, pass, security, source};
use crate::repository::{File, FileKind, RepoPath};
use std::path::Path;

/// A document: every place in it is one of its lines.
fn read_document(path: &str, text: &str) {
    let path = RepoPath::from(path);
    let document = Document::read(&path, Format::of(&path), text);
    let last = u32::try_from(text.split('\n').count()).unwrap_or(u32::MAX).max(document.lines);
    let lines = document.headings.iter().map(|heading| heading.line);
    let lines = lines.chain(document.links.iter().map(|link| link.line));
    let lines = lines.chain(document.images.iter().map(|image| image.line));
    let lines = lines.chain(document.code_blocks.iter().map(|block| block.line));
    for line in lines.chain(document.prose.iter().map(|prose| prose.line)) {
        assert!((1..=last + 1).contains(&line), "line {line} of {last}");
    }
    for prose in &document.prose {
        for part in prose.code.iter().chain(&prose.linked) {
            assert!(prose.text.get(part.clone()).is_some(), "{part:?} of {:?}", prose.text);
        }
        assert!(prose.line_at(prose.text.len()) >= prose.line);
    }
    let _ = (document.words(), document.is_empty(), document.introduction().words());
    let _ = document.sections().map(|section| section.words()).sum::<usize>();
    let _ = (contact::ways(&document), security::section(&document));
}

/// A notebook: its prose, its code and what that printed.
pub(super) fn notebook(_: &Path, data: &[u8]) {
    let Some(text) = text(data) else { return };
    read_document("a.ipynb", &text);
    look("notebooks/a.ipynb", &text);
    for (_, span) in table::output::tables(&text) {
        within(&text, span);
    }
}

/// A README in one of the formats that documents have, by the first byte.
pub(super) fn markdown_readme(_: &Path, data: &[u8]) {
    let names = ["README.md", "README.rst", "README.adoc", "README.html", "README", "README.Rmd", "README.yml"];
    let Some((name, data)) = choose(&names, data) else { return };
    let Some(text) = text(data) else { return };
    read_document(name, &text);
    let _ = licence_text::identify(&text, Place::Document);
}

/// A licence expression: what is canonical stays so, and its licences are expressions themselves.
pub(super) fn spdx_expr(_: &Path, data: &[u8]) {
    let Some(text) = text(data) else { return };
    // What is spelt out may become longer than anybody reads.
    if let Some(canonical) = expression::canonical(&text).filter(|canonical| canonical.len() < 1_000) {
        assert_eq!(expression::canonical(&canonical).as_deref(), Some(canonical.as_str()), "{text:?}");
        for licence in expression::licences(&canonical) {
            assert!(expression::canonical(&licence).is_some(), "{licence:?} of {canonical:?}");
        }
        assert_eq!(expression::satisfied(&canonical, |_| true), Some(true), "{canonical:?}");
        assert_eq!(expression::satisfied(&canonical, |_| false), Some(false), "{canonical:?}");
        let joined = expression::join(&[canonical.clone(), "MIT".to_owned()], "AND");
        assert!(expression::canonical(&joined).is_some(), "{joined:?}");
    }
    let (_, _) = (expression::is_valid(&text), expression::has_choice(&text));
    let _ = licence_text::named(&text);
    let parsed = Expression::parse(&text);
    if parsed.is_valid() {
        assert_eq!(Expression::parse(&parsed.text), parsed, "{text:?}");
    }
}

/// A licence text, by its first byte in a file of its own or in a document: every text in it lies in it, and neither
/// line ends nor a mark of the byte order make it another.
pub(super) fn licence_match(_: &Path, data: &[u8]) {
    let Some((place, data)) = choose(&[Place::LicenceFile, Place::Document, Place::Source], data) else { return };
    let Some(text) = text(data) else { return };
    let lines = text.split('\n').count();
    let identified = licence_text::identify(&text, place);
    for held in identified.texts.iter().chain(&identified.nearest) {
        let (first, last) = held.lines;
        assert!(1 <= first && first <= last && usize::try_from(last).is_ok_and(|last| last <= lines), "{held:?}");
        assert!(held.coverage <= 100 && !held.id.is_empty());
    }
    if let Some(expression) = &identified.expression {
        assert!(expression::canonical(expression).is_some(), "{expression:?}");
    }
    if !text.contains('\r') {
        let windows = licence_text::identify(&text.replace('\n', "\r\n"), place);
        assert_eq!(windows.expression, identified.expression, "line ends of Windows");
    }
}

/// One look at a file: what is found in it stands in it.
fn look(path: &str, text: &str) {
    let path = RepoPath::from(path);
    let (class, marks) = crate::repository::fuzzing::class_of(&path);
    let file = File { path, class, marks, kind: FileKind::Regular, len: None };
    let seen = pass::told_by(&file, text);
    let lines = u32::try_from(text.split('\n').count()).unwrap_or(u32::MAX);
    let there = |line: u32| (1..=lines).contains(&line);
    assert!(seen.lines <= lines);
    assert!(seen.uses.iter().all(|used| there(used.line) && used.column <= used.end_column), "{:?}", seen.uses);
    assert!(seen.variables.iter().all(|variable| there(variable.line)), "{:?}", seen.variables);
    assert!(seen.personal_paths.iter().all(|found| there(found.line)), "{:?}", seen.personal_paths);
    seen.credentials.iter().for_each(|found| within(text, found.span));
    assert!(seen.hosts.iter().all(|host| there(host.line) && host.column <= host.end_column), "{:?}", seen.hosts);
    let _ = (learning::trains(&file.path, text), reuse::header(text.as_bytes()));
    if let Some(language) = language::of(&file.path) {
        for comment in source::comments(language, text) {
            assert!(text.get(comment.clone()).is_some(), "{comment:?}");
        }
    }
}

/// Source in a language, or configuration, by its first byte.
pub(super) fn source_code(_: &Path, data: &[u8]) {
    let names = [
        "src/a.py",
        "src/a.R",
        "src/a.js",
        "src/a.ts",
        "src/a.java",
        "src/a.go",
        "src/a.rs",
        "src/a.php",
        "src/a.rb",
        "src/a.sh",
        "src/a.jl",
        "src/a.cs",
        "src/a.sql",
        "src/a.cpp",
        "src/a.kt",
        "src/a.vue",
        "src/a.svelte",
        "src/a.ps1",
        "src/a.m",
        "src/a.scala",
        "src/a.lua",
        "src/a.pl",
        "src/a.dart",
        "src/a.swift",
        "src/a.ex",
        "Dockerfile",
        "Makefile",
        "config/a.yml",
        "config/a.toml",
        "config/a.json",
        ".env",
        "config/a.ini",
        "a.tf",
        "config/a.xml",
        "Snakefile",
        "dvc.yaml",
        "a.Rmd",
        "a.html",
        "a.properties",
        "docker-compose.yml",
    ];
    let Some((name, data)) = choose(&names, data) else { return };
    let Some(text) = text(data) else { return };
    look(name, &text);
}

/// A table, whole or the beginning of one.
pub(super) fn tables(_: &Path, data: &[u8]) {
    let Some((whole, data)) = choose(&[true, false], data) else { return };
    let Some(text) = text(data) else { return };
    let Some(read) = table::read(&text, whole) else { return };
    let names: std::collections::BTreeSet<String> = read.names().map(str::to_owned).collect();
    let _ = Finder::of(names).found(&text);
}
