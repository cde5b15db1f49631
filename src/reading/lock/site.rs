//! What does one manifest say of itself and of what it needs?

use super::pins::{self, Pins};
use super::table::{Ecosystem, TABLE};
use super::tree::{Tree, around, is_left_alone, joined};
use super::{Lacks, Manifest};
use crate::reading::pattern::Pattern;
use crate::reading::tree_path;
use crate::repository::{File, FileKind, RepoPath};
use std::sync::Arc;

/// A manifest, held against its row of the table.
pub(super) struct Site<'f> {
    pub path: &'f RepoPath,
    pub row: usize,
    pub ecosystem: &'static Ecosystem,
    /// it asks for a package of others
    pub needs: bool,
    pub application: bool,
    pub library: bool,
    /// it is the root of a workspace
    pub is_root: bool,
    /// for lists that may pin what they name
    pub pins: Option<Pins>,
}

type Text<'t> = &'t dyn Fn(&File) -> Option<Arc<str>>;

/// So many lists that a list includes are read.
const LISTS: usize = 20;

impl<'f> Site<'f> {
    /// `None` where the file is no manifest of the table, is left alone, or locks elsewhere by its own words.
    pub(super) fn of(
        tree: Tree<'f>,
        file: &'f File,
        read: &dyn Fn(&File) -> Option<&'f Manifest>,
        text: Text<'_>,
    ) -> Option<Self> {
        let is_named = |name: &String| name.as_bytes() == file.path.name();
        let (row, ecosystem) =
            TABLE.ecosystems.iter().enumerate().find(|(_, one)| one.written.manifests.iter().any(is_named))?;
        if file.kind != FileKind::Regular || !file.marks.none() || is_left_alone(&file.path) {
            return None;
        }
        let text_of = text;
        let text = text(file)?;
        if ecosystem.elsewhere.as_ref().is_some_and(|pattern| pattern.is_match(&text)) {
            return None;
        }
        let manifest = read(file);
        let folder = file.path.folder();
        let pins = ecosystem.written.pins.then(|| pinned(tree, ecosystem, folder, &text, text_of));
        let needs = match &pins {
            Some(pins) => pins.entries > 0,
            None => needs(ecosystem, manifest, &text),
        };
        let matches = |pattern: &Option<Pattern>| pattern.as_ref().is_some_and(|pattern| pattern.is_match(&text));
        let private = ecosystem.written.private && manifest.is_some_and(|one| one.private);
        let library = !private
            && (matches(&ecosystem.library)
                || manifest.is_some_and(|one| one.published && !one.private)
                || tree.has(folder, &ecosystem.library_beside));
        let application = !library
            && (private
                || ecosystem.written.always
                || matches(&ecosystem.application)
                || tree.has(folder, &ecosystem.application_beside));
        let is_root = matches(&ecosystem.root);
        Some(Self { path: &file.path, row, ecosystem, needs, application, library, is_root, pins })
    }

    /// The folder that it speaks for.
    pub(super) fn folder(&self) -> &'f [u8] {
        let here = self.path.folder();
        let name = here.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        let is_list = self.pins.is_some() && TABLE.lists.contains(String::from_utf8_lossy(name).as_ref());
        if is_list { around(here).nth(1).unwrap_or_default() } else { here }
    }

    /// Whether it is a manifest at all, and no file of settings of the same name.
    pub(super) fn counts(&self) -> bool {
        self.needs || self.application || self.library || !self.ecosystem.locks.is_empty()
    }

    /// Whether a lock file of its ecosystem lies in a folder.
    pub(super) fn is_locked_in(&self, tree: Tree<'_>, folder: &[u8]) -> bool {
        tree.has(folder, &self.ecosystem.locks)
    }

    /// Whether a file in a folder makes it the root of a workspace that this one may belong to.
    pub(super) fn has_root_in(&self, tree: Tree<'_>, folder: &[u8]) -> bool {
        let mut roots = self.ecosystem.written.roots.iter();
        roots.any(|name| tree.file(&joined(folder, name.as_bytes())).is_some())
    }

    pub(super) fn lacks(&self) -> Lacks {
        match &self.pins {
            Some(pins) => Lacks::Versions { entries: pins.entries, loose: pins.loose },
            None => Lacks::File(&self.ecosystem.written.locks),
        }
    }
}

fn needs(ecosystem: &Ecosystem, manifest: Option<&Manifest>, text: &str) -> bool {
    let foreign = |word: &str| !ecosystem.not_needed.as_ref().is_some_and(|pattern| pattern.is_match(word));
    match (&ecosystem.needs, manifest) {
        (Some(pattern), _) => pattern.find_iter(text).any(|found| foreign(found.as_str())),
        (None, Some(manifest)) => manifest
            .dependencies
            .iter()
            .any(|one| foreign(&one.name.value) && (one.wanted.is_empty() || foreign(&one.wanted))),
        (None, None) => false,
    }
}

/// What a list and the lists that it includes pin.
fn pinned(tree: Tree<'_>, ecosystem: &Ecosystem, folder: &[u8], text: &str, text_of: Text<'_>) -> Pins {
    if ecosystem.written.name == "conda" {
        return pins::environment(text);
    }
    let mut all = pins::requirements(text);
    let mut open = all.includes.clone();
    let mut seen = Vec::new();
    let folder = String::from_utf8_lossy(folder);
    while let Some(name) = open.pop() {
        let Some(path) = tree_path::lead(&folder, &name).filter(|path| !seen.contains(path)) else { continue };
        if seen.len() >= LISTS {
            break;
        }
        let inner = tree.file(path.as_bytes()).and_then(text_of).map(|text| pins::requirements(&text));
        seen.push(path);
        let Some(inner) = inner else { continue };
        all.entries += inner.entries;
        all.loose += inner.loose;
        open.extend(inner.includes);
    }
    let constraints = || all.constraints.iter().filter_map(|name| tree_path::lead(&folder, name));
    let constraints = constraints().filter_map(|path| text_of(tree.file(path.as_bytes())?));
    if constraints.map(|text| pins::requirements(&text)).any(|pins| pins.entries > 0 && pins.loose == 0) {
        all.loose = 0;
    }
    all
}
