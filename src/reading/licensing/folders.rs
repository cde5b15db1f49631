//! Which folders have a licence file of their own, and what do REUSE's files declare?

use super::headers::Own;
use super::placeholders::is_licence_file;
use crate::place::Span;
use crate::reading::licence_text::{self, Place, expression};
use crate::repository::{Class, Counted, File, FileKind, RepoPath, Repository};
use std::collections::{BTreeMap, BTreeSet};

/// Longer files are no licences.
const LARGEST: u64 = 2 << 20;
/// A tree with more of them is a collection of foreign packages.
const MOST: usize = 500;
/// Or so many bytes.
const ALL: u64 = 8 << 20;

/// What is said about parts of the tree, apart from headers.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// folders below the root with a licence file of their own: the file, and the licences it holds
    pub folders: BTreeMap<Vec<u8>, Own>,
    /// folders with a package manifest of their own
    pub packages: BTreeSet<Vec<u8>>,
    /// licences that REUSE.toml or dep5 give to parts
    pub declared: BTreeSet<String>,
}

impl Parts {
    /// Reads the licence files below the root that have no mark, and the declarations of REUSE.
    pub fn of(repo: &Repository) -> Self {
        let plain = |file: &&File| file.marks.none() && file.kind == FileKind::Regular && !file.path.at_root();
        let mut parts = Self { declared: declared(repo), ..Self::default() };
        let (mut read, mut bytes) = (0, 0u64);
        for file in repo.files().iter().filter(plain) {
            let folder = file.path.folder();
            if file.class == Class::Manifest && crate::reading::manifest::is_manifest(file) {
                parts.packages.insert(folder.to_vec());
            }
            let is_text = is_licence_file(&file.path) && file.len.is_none_or(|len| len <= LARGEST);
            if !is_text || folder.starts_with(b"LICENSES") || read >= MOST || bytes > ALL {
                continue;
            }
            read += 1;
            bytes = bytes.saturating_add(file.len.unwrap_or_default());
            let Some(licence) = identify(repo, file) else { continue };
            parts
                .folders
                .entry(folder.to_vec())
                .and_modify(|own| own.expression = expression::join(&[own.expression.clone(), licence.clone()], "OR"))
                .or_insert(Own { path: file.path.clone(), span: Span::on_line(1, 1, 1), expression: licence });
        }
        parts
    }

    /// Whether a file under this licence is declared to be a part of its own: by REUSE, by a licence file in a folder
    /// above it that holds the same licence, or because that folder is a package with a licence file.
    pub fn declares(&self, path: &RepoPath, licence: &str) -> bool {
        let ids = expression::licences(licence);
        if !ids.is_empty() && ids.iter().all(|id| self.declared.contains(id)) {
            return true;
        }
        let folder = path.folder();
        let ends = (1..=folder.len()).filter(|end| *end == folder.len() || folder.get(*end) == Some(&b'/'));
        ends.filter_map(|end| folder.get(..end)).any(|above| {
            self.folders.get(above).is_some_and(|own| {
                let held = expression::licences(&own.expression);
                self.packages.contains(above)
                    || ids.iter().all(|id| held.iter().any(|other| super::family(other) == super::family(id)))
            })
        })
    }

    /// The folders whose own licence stands over source code and that are no package: the part is meant to be combined.
    pub fn combined<'p>(&'p self, repo: &'p Repository) -> impl Iterator<Item = &'p Own> {
        self.folders.iter().filter(|(folder, _)| !self.packages.contains(*folder)).filter_map(|(folder, own)| {
            let below = |file: &&File| {
                file.class == Class::Source
                    && file.marks.none()
                    && file
                        .path
                        .folder()
                        .strip_prefix(folder.as_slice())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
            };
            repo.files().iter().find(below).map(|_| own)
        })
    }
}

fn identify(repo: &Repository, file: &File) -> Option<String> {
    let text = repo.text(file).ok()?;
    repo.count(Counted::LicenceTexts, 1);
    // Several licences one after the other may be those of parts, or of what it may be linked with.
    licence_text::identify(&text, Place::LicenceFile).expression.filter(|found| !found.contains(" AND "))
}

/// The ids that REUSE.toml (wherever it lies) and .reuse/dep5 give to files.
fn declared(repo: &Repository) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in repo.files().iter().filter(|file| file.kind == FileKind::Regular) {
        let is_toml = file.path.name() == b"REUSE.toml";
        if !is_toml && file.path.as_bytes() != b".reuse/dep5" {
            continue;
        }
        let Ok(text) = repo.text(file) else { continue };
        let key = if is_toml { "SPDX-License-Identifier" } else { "License:" };
        for line in text.lines().map(str::trim).filter(|line| line.starts_with(key)) {
            let value = line.get(key.len()..).unwrap_or_default();
            let quoted = |value: &str| value.trim_matches([' ', '=', '"', '\'', '[', ']', ',']).to_owned();
            for part in value.split("\",") {
                found.extend(expression::canonical(&quoted(part)).iter().flat_map(|one| expression::licences(one)));
            }
        }
    }
    found
}
