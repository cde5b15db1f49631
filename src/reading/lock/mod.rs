//! Which manifests ask for packages of others, and does a lock file say in which versions?

mod pins;
mod site;
mod table;
mod tree;

#[cfg(test)]
mod tests;

use super::manifest::Manifest;
use crate::repository::{File, RepoPath};
use site::Site;
use std::collections::BTreeMap;
use std::sync::Arc;
pub use tree::is_left_alone;
use tree::{Tree, around};

/// A manifest of an ecosystem that has lock files; of several of one family in a folder, the one that speaks for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lockable {
    /// where it lies
    pub path: RepoPath,
    /// `npm`
    pub ecosystem: &'static str,
    /// whether it asks for any package of others
    pub needs: bool,
    /// whether it makes an application; `None` where nobody can tell
    pub application: Option<bool>,
    /// whether a lock file, its own or that of its workspace, says which versions are meant, or a list says it itself
    pub locked: bool,
    /// what is missing where it is not locked
    pub lacks: Lacks,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacks {
    /// a file; the names that were looked for
    File(&'static [String]),
    /// exact versions in a list
    Versions {
        /// how many packages it names
        entries: usize,
        /// how many of them without an exact version
        loose: usize,
    },
}

/// Finds them in a tree (sorted by path), in the order of their paths. `text` gives the text of a file.
pub fn all(files: &[File], manifests: &[Manifest], text: &dyn Fn(&File) -> Option<Arc<str>>) -> Vec<Lockable> {
    let tree = Tree(files);
    let manifests: BTreeMap<&RepoPath, &Manifest> = manifests.iter().map(|one| (&one.path, one)).collect();
    let read = |file: &File| manifests.get(&file.path).copied();
    let mut folders: BTreeMap<(&str, Vec<u8>), Vec<Site>> = BTreeMap::new();
    for site in files.iter().filter_map(|file| Site::of(tree, file, &read, text)) {
        folders.entry((&site.ecosystem.written.family, site.folder().to_vec())).or_default().push(site);
    }
    let roots: Vec<(&str, Vec<u8>)> =
        folders.iter().filter(|(_, sites)| sites.iter().any(|site| site.is_root)).map(|(key, _)| key.clone()).collect();
    let mut found: BTreeMap<(&str, Vec<u8>), Lockable> = BTreeMap::new();
    let mut members = Vec::new();
    for (key, sites) in &folders {
        let Some(lockable) = together(tree, sites) else { continue };
        let outer = around(&key.1).find(|folder| {
            let is_root = roots.binary_search(&(key.0, folder.to_vec())).is_ok();
            is_root || sites.iter().any(|site| site.has_root_in(tree, folder))
        });
        match outer {
            Some(outer) if outer != key.1.as_slice() => {
                let locked = lockable.locked || sites.iter().any(|site| site.is_locked_in(tree, outer));
                members.push((key.clone(), outer.to_vec(), Lockable { locked, ..lockable }));
            }
            _ => {
                found.insert(key.clone(), lockable);
            }
        }
    }
    for (key, outer, member) in members {
        match found.get_mut(&(key.0, outer)) {
            Some(root) if !member.locked && member.needs && !root.locked => {
                root.needs = true;
                if member.application == Some(true) {
                    root.application = Some(true);
                }
            }
            _ => {
                found.insert(key, member);
            }
        }
    }
    let mut found: Vec<Lockable> = found.into_values().collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// What the manifests of one family in one folder come to; `None` where none is a manifest of the family.
fn together(tree: Tree<'_>, sites: &[Site<'_>]) -> Option<Lockable> {
    let mut sorted: Vec<&Site<'_>> = sites.iter().filter(|site| site.counts()).collect();
    sorted.sort_by_key(|site| site.row);
    let needing = || sorted.iter().filter(|site| site.needs);
    let speaker = needing().find(|site| site.application).or_else(|| needing().next()).or_else(|| sorted.first())?;
    let application = if sorted.iter().any(|site| site.library) {
        Some(false)
    } else {
        needing().any(|site| site.application).then_some(true)
    };
    let pinned = sorted.iter().any(|site| site.pins.as_ref().is_some_and(|pins| pins.entries > 0 && pins.loose == 0));
    Some(Lockable {
        path: speaker.path.clone(),
        ecosystem: &speaker.ecosystem.written.name,
        needs: needing().next().is_some(),
        application,
        locked: pinned || sites.iter().any(|site| site.is_locked_in(tree, site.folder())),
        lacks: speaker.lacks(),
    })
}
