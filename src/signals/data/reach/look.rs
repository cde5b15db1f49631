//! What does the code read that only its author, or a few, can reach?

use super::super::{mention, uses};
use super::ignored::{self, Whereabouts};
use super::keys;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::local_paths::{self, Reach};
use crate::reading::source::{Is, Use};
use crate::repository::{Class, File};
use crate::signal::{Observation, Value};
use memchr::memmem;
use std::collections::{BTreeMap, BTreeSet};

/// Every place that reads a file by its path, or what few can reach, in the order of paths and lines.
pub(super) fn unreachable(readings: &Readings<'_>) -> Vec<Observation> {
    let paths: Vec<(&File, &Use)> = uses::all(readings, |used| used.is == Is::Path);
    let mut mounts = Mounts { readings, known: BTreeMap::new() };
    let mut seen = Vec::new();
    let mut in_the_tree = Vec::new();
    for (file, used) in paths {
        let address = &used.address;
        let reach = if address.host.is_empty() {
            local_paths::of_path(&used.called)
        } else {
            local_paths::of_host(&address.scheme, &address.host, &address.path)
        };
        match reach {
            Some(Reach::Mount | Reach::Home) if mounts.names(&used.called) => seen.push(explained(file, used)),
            Some(reach) => seen.push(observed(file, used, reach.name(), why(reach))),
            None if address.host.is_empty() => in_the_tree.push((file, used)),
            None => {}
        }
    }
    for (file, used, whereabouts) in ignored::whereabouts(readings, &in_the_tree) {
        seen.push(match whereabouts {
            Whereabouts::InTheTree => {
                let why = Phrase::new("it is in the repository", "das liegt im Repository");
                observed(file, used, "in-the-tree", why)
            }
            Whereabouts::Explained => explained(file, used),
            Whereabouts::Ignored => {
                let why = Phrase::new(
                    "git ignores it, and no document says where to get it",
                    "git lässt das aus, und kein Dokument sagt, woher man es bekommt",
                );
                observed(file, used, "ignored", why)
            }
        });
    }
    seen.extend(keys::keyed(readings).into_iter().map(|(file, used)| {
        let why =
            Phrase::new("it takes a key that not everybody has", "das verlangt einen Schlüssel, den nicht jeder hat");
        observed(file, used, "keyed-store", why)
    }));
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

fn observed(file: &File, used: &Use, reach: &str, why: Phrase) -> Observation {
    Observation::new(uses::place(file, used), used.called.as_str()).with("reach", reach).with("why", Value::Said(why))
}

fn explained(file: &File, used: &Use) -> Observation {
    let why = Phrase::new(
        "a document, a configuration file or other code speaks of it",
        "ein Dokument, eine Konfigurationsdatei oder anderer Code spricht davon",
    );
    observed(file, used, "explained", why)
}

fn why(reach: Reach) -> Phrase {
    match reach {
        Reach::Home => Phrase::new("it is in one person's home folder", "das liegt im Ordner einer einzelnen Person"),
        Reach::Drive => Phrase::new("it is on a drive of one computer", "das liegt auf einem Laufwerk eines Rechners"),
        Reach::Share => Phrase::new("it is on a share of one network", "das liegt auf der Freigabe eines Netzes"),
        Reach::Mount => Phrase::new(
            "it is where one computer has mounted a disk",
            "das liegt da, wo ein Rechner einen Datenträger eingehängt hat",
        ),
        Reach::PrivateNetwork => {
            Phrase::new("the host belongs to a private network", "der Host gehört zu einem privaten Netz")
        }
        Reach::CloudFolder => {
            Phrase::new("it is in a folder of Google Drive", "das liegt in einem Ordner von Google Drive")
        }
    }
}

/// So many folders are looked for in documents and configuration files.
const MOST_FOLDERS: usize = 50;

/// The folders that documents or configuration files name.
struct Mounts<'r> {
    readings: &'r Readings<'r>,
    known: BTreeMap<String, bool>,
}

impl Mounts<'_> {
    /// Whether a configuration file (a volume of a container, a step that makes an image) names the folder below which
    /// a path lies, or a document does. Where more folders are asked for than are looked for, nobody can tell, and
    /// nothing is held against them.
    fn names(&mut self, path: &str) -> bool {
        let start: Vec<&str> = path.split('/').take(3).collect();
        let start = start.join("/");
        if let Some(known) = self.known.get(&start) {
            return *known;
        }
        let named = self.known.len() >= MOST_FOLDERS || is_named(self.readings, &start);
        self.known.insert(start, named);
        named
    }
}

fn is_named(readings: &Readings<'_>, folder: &str) -> bool {
    let finder = memmem::Finder::new(folder);
    let has = |text: &str| finder.find(text.as_bytes()).is_some();
    let named = readings.corpus().documents().any(|document| {
        document.prose.iter().any(|prose| has(&prose.text)) || document.code_blocks.iter().any(|block| has(&block.text))
    });
    let mut settings = readings
        .repo
        .files()
        .iter()
        .filter(|file| file.class == Class::Configuration || file.path.name_lower().contains("dockerfile"));
    named || settings.any(|file| readings.repo.text_once(file).is_ok_and(|text| has(&text)))
}

/// Whether a document names a file or its folder.
pub(super) fn is_documented(readings: &Readings<'_>, wanted: &[BTreeSet<mention::Wanted>]) -> Vec<bool> {
    mention::places(readings, wanted).iter().map(|places| !places.is_empty()).collect()
}
