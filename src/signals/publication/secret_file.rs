//! Which tracked files hold credentials by their kind?
//!
//! What is found is told by its place and its name; neither a key nor a password gets into an observation.

use crate::phrase::Words;
use crate::reading::position::Lines;
use crate::reading::{Readings, secrets};
use crate::repository::{Class, File, FileKind, Mark, RepoPath};
use crate::signal::{Kind, Observation, Place, Signal, Subject};
use crate::untrusted::Untrusted;
use std::ops::Range;

pub(super) const SUBJECT: Subject = Subject {
    name: "secret-file",
    is: Words::new("file that holds credentials by its kind", "Datei, die ihrer Art nach Zugangsdaten enthält"),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "kind",
            kind: Kind::Text,
            asks: Words::new(
                "What kind of file is it: `private-key`, `environment`, `key-store`, `password-hashes` …?",
                "Welcher Art ist sie: `private-key`, `environment`, `key-store`, `password-hashes` …?",
            ),
        },
        Signal {
            name: "secrets",
            kind: Kind::Number,
            asks: Words::new(
                "How many values in it are neither empty, nor placeholders, nor of use on one's own machine only?",
                "Wie viele Werte darin sind weder leer noch Platzhalter noch nur auf dem eigenen Rechner nütze?",
            ),
        },
        Signal {
            name: "test-like",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does its name, its folder or what stands beside it say that it was made for trying things out?",
                "Sagt ihr Name, ihr Ordner oder was daneben steht, dass sie nur zum Ausprobieren da ist?",
            ),
        },
        Signal {
            name: "encrypted",
            kind: Kind::YesNo,
            asks: Words::new("Does a passphrase protect it?", "Schützt sie ein Passwort?"),
        },
    ],
    look,
};

/// Tests, examples and other people's code are left out, whatever they hold.
const LEFT_OUT: [Mark; 3] = [Mark::Vendored, Mark::Test, Mark::Example];
/// So many files beside a key are looked at.
const BESIDE: usize = 200;
/// So many folders above a file may hold the README that explains it.
const FOLDERS: usize = 4;
/// So many lines above a key are looked at for a comment.
const COMMENT: usize = 3;

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let mut found = Vec::new();
    for (file, scan) in readings.repo.files().iter().zip(readings.scans()) {
        let left_out = LEFT_OUT.iter().any(|mark| file.marks.has(*mark));
        if file.kind != FileKind::Regular || left_out {
            continue;
        }
        found.extend(environment(readings, file));
        found.extend(named(readings, file));
        found.extend(store(readings, file));
        if scan.private_key && file.class != Class::Documentation {
            found.extend(private_keys(readings, file));
        }
    }
    found
}

/// Something found: where in the text of the file, what it is called, its kind and how many there are.
fn observation(
    file: &File,
    at: Option<(&str, &Range<usize>)>,
    called: impl Into<Untrusted>,
    kind: &'static str,
    count: usize,
) -> Observation {
    let place = match at {
        Some((text, range)) => Place::span(&file.path, Lines::new(text).span(text, range)),
        None => Place::file(&file.path),
    };
    Observation::new(place, called).with("kind", kind).with("secrets", count).not_quotable()
}

fn environment(readings: &Readings<'_>, file: &File) -> Option<Observation> {
    if !secrets::is_environment(&file.path) || secrets::is_template(&file.path) {
        return None;
    }
    let text = readings.repo.text(file).ok()?;
    let held = secrets::environment_secrets(&file.path.name_lower(), &text);
    let seen = match held.first() {
        Some(first) => observation(file, Some((&text, &first.at)), first.name.as_str(), "environment", held.len()),
        None => observation(file, None, file.path.name(), "environment", 0),
    };
    Some(seen.with("test-like", secrets::is_test_environment(&file.path)).with("encrypted", false))
}

fn named(readings: &Readings<'_>, file: &File) -> Option<Observation> {
    if !secrets::has_form(&file.path) {
        return None;
    }
    let text = readings.repo.text(file).ok()?;
    let held = secrets::held(&file.path, &text)?;
    let seen = observation(file, Some((&text, &held.at)), file.path.name(), held.kind, held.count);
    let test_like = is_test_like(readings, &file.path) || secrets::comments_say_test(&text);
    Some(seen.with("test-like", test_like).with("encrypted", false))
}

fn store(readings: &Readings<'_>, file: &File) -> Option<Observation> {
    // Every Android project has the first, with a password that everybody knows; JHipster makes the second for a
    // certificate of localhost.
    let of_a_framework = file.path.name_lower() == "debug.keystore"
        || file.path.lower().ends_with("src/main/resources/config/tls/keystore.p12");
    if !secrets::is_store(&file.path.extension()) || of_a_framework {
        return None;
    }
    let bytes = readings.repo.read(file).ok()?;
    if !secrets::holds_private_key(&bytes) {
        return None;
    }
    let seen = observation(file, None, file.path.name(), "key-store", 1);
    Some(seen.with("test-like", is_test_like(readings, &file.path)).with("encrypted", true))
}

fn private_keys(readings: &Readings<'_>, file: &File) -> Option<Observation> {
    let text = readings.repo.text(file).ok()?;
    let blocks = secrets::key_blocks(&text);
    let first = blocks.first()?;
    let above: Vec<&str> = text.get(..first.at.start).unwrap_or_default().lines().rev().take(COMMENT).collect();
    let test_like = is_test_like(readings, &file.path)
        || secrets::says_test(&above.join("\n"))
        || is_of_local_machine(readings, file, &text).unwrap_or(false);
    let encrypted = blocks.iter().all(|block| block.encrypted);
    let seen = observation(file, Some((&text, &first.at)), first.label, "private-key", blocks.len());
    Some(seen.with("test-like", test_like).with("encrypted", encrypted))
}

/// Whether the path says so, or a README in the folder of the file or one above it; the one at the root speaks of
/// something else.
fn is_test_like(readings: &Readings<'_>, path: &RepoPath) -> bool {
    let above =
        std::iter::successors(Some(path.folder().to_vec()), |folder| Some(RepoPath::new(folder).folder().to_vec()));
    let is_readme = |file: &&File| {
        let name = file.path.name_lower();
        name.starts_with("readme") || name.starts_with("liesmich")
    };
    let says_test = |folder: Vec<u8>| {
        let mut texts = beside(readings, &folder).filter(is_readme).filter_map(|file| readings.repo.text(file).ok());
        texts.any(|text| secrets::says_test(&text))
    };
    secrets::is_test_like(path) || above.take_while(|folder| !folder.is_empty()).take(FOLDERS).any(says_test)
}

/// Whether the certificate that belongs to a key is for a machine that only its owner reaches: the one of the same
/// name, else all of the folder. `None` where there is none.
fn is_of_local_machine(readings: &Readings<'_>, file: &File, text: &str) -> Option<bool> {
    let stem = |path: &RepoPath| {
        let name = path.name_lower();
        let words = name
            .split(['.', '-', '_'])
            .filter(|word| !matches!(*word, "key" | "pem" | "crt" | "cer" | "cert" | "private"));
        words.collect::<Vec<_>>().join("-")
    };
    let mut certificates = vec![(true, secrets::certificates(text))];
    for other in beside(readings, file.path.folder()) {
        let is_certificate = matches!(other.path.extension().as_str(), "crt" | "cer" | "cert" | "pem");
        if is_certificate && other.path != file.path && other.len.is_none_or(|len| len <= secrets::LARGEST) {
            let text = readings.repo.text(other).ok();
            let same = stem(&other.path) == stem(&file.path);
            certificates.push((same, text.map(|text| secrets::certificates(&text)).unwrap_or_default()));
        }
    }
    certificates.retain(|(_, found)| !found.is_empty());
    let has_own = certificates.iter().any(|(same, _)| *same);
    certificates.retain(|(same, _)| *same || !has_own);
    let mut all = certificates.iter().flat_map(|(_, found)| found).peekable();
    all.peek()?;
    Some(all.all(|bytes| secrets::is_local_certificate(bytes)))
}

/// The first regular files directly in a folder.
pub(super) fn beside<'r>(readings: &Readings<'r>, folder: &[u8]) -> impl Iterator<Item = &'r File> {
    let files = readings.repo.files();
    let start = if folder.is_empty() { Vec::new() } else { [folder, b"/"].concat() };
    let at = files.partition_point(|file| file.path.as_bytes() < start.as_slice());
    let folder = folder.to_vec();
    files
        .iter()
        .skip(at)
        .take_while(move |file| file.path.as_bytes().starts_with(&start))
        .filter(move |file| file.kind == FileKind::Regular && file.path.folder() == folder)
        .take(BESIDE)
}
