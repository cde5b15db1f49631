//! Writes the licence texts of the SPDX list as sorted arrays that are searched where they lie.
//!
//! Arrays of little-endian numbers, all in one file each:
//! - `vocabulary.bin`: u64, the keys of all words, sorted; a word's number is its place
//! - `spellings.bin` and `spelling_ends.bin` (u32): the words themselves, in the same order
//! - `grams.bin`: u64, four words' numbers in one, sorted
//! - `gram_ends.bin`: u32, where the texts of each gram end in `postings.bin`
//! - `postings.bin`: u16, numbers of texts
//! - `words.bin`: u16, the words of all texts, one text after the other
//! - `hashes.bin`: SHA-256 of the words of each text, sorted, each followed by the text's number (u16)
//! - `names.bin`: u64 key and u16 number in `NAMES` for each name, sorted by key; and for each beginning of one

use crate::naming;
use crate::normal;
use crate::weight::weight;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// So many words make a gram.
const GRAM: usize = 4;
/// What stands instead of a number where words only begin a name.
const BEGINNING: u16 = 0x7fff;

struct Text {
    /// the ids that share this text
    ids: Vec<&'static str>,
    exception: bool,
    /// the language of an official text that the list does not have; empty for those of the list
    language: String,
    words: Vec<String>,
}

/// Writes everything into `out`, unless it was written from the same sources before.
pub fn write(out: &Path, names_table: &str, official: &Path, sources: &[&str]) {
    let official = official_texts(official);
    let mut stamp = Sha256::new();
    let own = official.iter().map(|(_, _, text)| text.as_str());
    for source in sources.iter().copied().chain([names_table, spdx::license_version()]).chain(own) {
        stamp.update(source.len().to_le_bytes());
        stamp.update(source);
    }
    let stamp: String = stamp.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if std::fs::read_to_string(out.join("licences.stamp")).is_ok_and(|old| old == stamp) {
        return;
    }
    let texts = texts(&official);
    let mut source = index(out, &texts);
    names(out, names_table, &mut source);
    std::fs::write(out.join("licences.rs"), source).unwrap();
    std::fs::write(out.join("licences.stamp"), stamp).unwrap();
}

/// The files `<id>.<language>.txt` of a folder: id, language and text.
fn official_texts(folder: &Path) -> Vec<(String, String, String)> {
    let mut found: Vec<(String, String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let (id, language) = name.rsplit_once('.').unwrap();
            assert!(spdx::license_id(id).is_some(), "{id} is no id of the SPDX list");
            (id.to_owned(), language.to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}

/// The texts of the list, and official ones that it does not have; ids whose texts have the same words share one.
fn texts(official: &[(String, String, String)]) -> Vec<Text> {
    let deprecated = |id: &str| spdx::license_id(id).is_some_and(|id| id.is_deprecated());
    let mut texts: Vec<Text> = Vec::new();
    let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let licences = spdx::text::LICENSE_TEXTS.iter().map(|(id, text)| (*id, *text, false));
    let exceptions = spdx::text::EXCEPTION_TEXTS.iter().map(|(id, text)| (*id, *text, true));
    for (id, text, exception) in licences.chain(exceptions) {
        if deprecated(id) {
            continue;
        }
        let words: Vec<String> = normal::words(text).iter().map(str::to_owned).collect();
        let alone = alone(id, &words);
        for words in std::iter::once(words).chain(alone) {
            if words.len() < GRAM {
                continue;
            }
            let number = *known.entry(words.clone()).or_insert_with(|| {
                texts.push(Text { ids: Vec::new(), exception, language: String::new(), words });
                texts.len() - 1
            });
            texts[number].ids.push(id);
        }
    }
    for (id, language, text) in official {
        let id = spdx::license_id(id).unwrap().name;
        let words: Vec<String> = normal::words(text).iter().map(str::to_owned).collect();
        texts.push(Text { ids: vec![id], exception: false, language: language.clone(), words });
    }
    for text in &mut texts {
        text.ids.sort_by_key(|id| (id.len(), *id));
    }
    texts
}

/// Texts of the list that hold a second one, which most repositories leave out: the LGPL 3.0 stands there with the
/// GPL 3.0 behind it, the German licence for data with its English translation.
fn alone(id: &str, words: &[String]) -> Vec<Vec<String>> {
    let behind: &[&str] = match id {
        "LGPL-3.0-only" | "LGPL-3.0-or-later" => {
            &["gnu", "general", "public", "license", "version", "3", "29", "june", "2007"]
        }
        "DL-DE-BY-2.0" | "DL-DE-ZERO-2.0" => &["data", "license", "germany"],
        _ => return without_instructions(words),
    };
    let Some(start) = words.windows(behind.len()).position(|window| window == behind) else { return Vec::new() };
    let (first, second) = words.split_at(start);
    let second = if id.starts_with("DL-DE") { second.to_vec() } else { Vec::new() };
    vec![first.to_vec(), second]
}

/// The text without the instructions behind it on how to apply it to one's own program, which many leave out; with
/// them, what is missing would speak for another licence that never had any.
fn without_instructions(words: &[String]) -> Vec<Vec<String>> {
    const BEGINNINGS: &[&[&str]] = &[&["appendix", "how", "to", "apply"], &["how", "to", "apply", "these", "terms"]];
    let starts = BEGINNINGS.iter().filter_map(|beginning| {
        words.windows(beginning.len()).rposition(|window| window == *beginning).filter(|start| *start > words.len() / 2)
    });
    starts.min().map(|start| words[..start].to_vec()).into_iter().collect()
}

fn index(out: &Path, texts: &[Text]) -> String {
    let vocabulary: BTreeMap<u64, &str> = texts
        .iter()
        .flat_map(|text| &text.words)
        .map(|word| (naming::key(std::iter::once(word.as_str())), word.as_str()))
        .collect();
    assert!(vocabulary.len() < usize::from(u16::MAX), "the words of all texts are numbered in 16 bits");
    let numbers: BTreeMap<&str, u16> = vocabulary.values().zip(0u16..).map(|(word, number)| (*word, number)).collect();
    let mut spellings = String::new();
    let mut spelling_ends = Vec::new();
    for word in vocabulary.values() {
        spellings.push_str(word);
        spelling_ends.extend(small(spellings.len()).to_le_bytes());
    }
    let mut words = Vec::new();
    let mut grams: BTreeMap<u64, BTreeSet<u16>> = BTreeMap::new();
    let mut hashes = Vec::new();
    for (text, number) in texts.iter().zip(0u16..) {
        let numbered: Vec<u16> = text.words.iter().map(|word| numbers[word.as_str()]).collect();
        for gram in numbered.windows(GRAM) {
            grams
                .entry(gram.iter().fold(0, |so_far, word| so_far << 16 | u64::from(*word)))
                .or_default()
                .insert(number);
        }
        words.extend(numbered.iter().flat_map(|word| word.to_le_bytes()));
        let hash: [u8; 32] = Sha256::digest(text.words.join(" ").as_bytes()).into();
        hashes.push((hash, number));
    }
    hashes.sort_unstable();
    let mut weights = vec![0; texts.len()];
    for holding in grams.values() {
        for number in holding {
            weights[usize::from(*number)] += weight(texts.len(), holding.len());
        }
    }
    let mut table = String::from("pub(super) static TEXTS: &[Text] = &[\n");
    let mut start = 0;
    for (text, weight) in texts.iter().zip(weights) {
        let (ids, exception, language) = (&text.ids, text.exception, &text.language);
        let end = start + text.words.len();
        writeln!(
            table,
            "    Text {{ ids: &{ids:?}, exception: {exception}, language: {language:?}, words: {start}..{end}, weight: {weight} }},"
        )
        .unwrap();
        start = end;
    }
    table.push_str("];\n");
    let mut postings = Vec::new();
    let mut gram_ends = Vec::new();
    for texts in grams.values() {
        postings.extend(texts.iter().flat_map(|number| number.to_le_bytes()));
        gram_ends.extend(small(postings.len() / 2).to_le_bytes());
    }
    let flat = |numbers: &mut dyn Iterator<Item = u64>| numbers.flat_map(u64::to_le_bytes).collect::<Vec<u8>>();
    let hashes: Vec<u8> = hashes
        .into_iter()
        .flat_map(|(hash, number)| hash.into_iter().chain(number.to_le_bytes()).collect::<Vec<u8>>())
        .collect();
    for (name, bytes) in [
        ("vocabulary.bin", &flat(&mut vocabulary.keys().copied())),
        ("spellings.bin", &spellings.into_bytes()),
        ("spelling_ends.bin", &spelling_ends),
        ("grams.bin", &flat(&mut grams.keys().copied())),
        ("gram_ends.bin", &gram_ends),
        ("postings.bin", &postings),
        ("words.bin", &words),
        ("hashes.bin", &hashes),
    ] {
        std::fs::write(out.join(name), bytes).unwrap();
    }
    table
}

/// The table of names: a line `"id" = ["name", "address", …]` each; the ids and full names of the list are added.
/// A name of one word that is a common word is only a name where a licence is expected: its line is under `[weak]`.
/// Families without a version stand under `[vague]`; their ids are written as `VAGUE <id>`.
fn names(out: &Path, table: &str, source: &mut String) {
    let mut ids: Vec<String> = Vec::new();
    let mut keys: BTreeMap<u64, (u16, bool)> = BTreeMap::new();
    let mut beginnings: BTreeSet<u64> = BTreeSet::new();
    let mut add = |id: &str, name: &str, weak: bool| {
        let number = ids.iter().position(|known| known == id).unwrap_or_else(|| {
            ids.push(id.to_owned());
            ids.len() - 1
        });
        let words = naming::tokens(name);
        if !words.is_empty() {
            let weak = weak || words.len() == 1;
            for length in 1..words.len() {
                beginnings.insert(naming::key(words.iter().take(length).map(|token| token.word.as_str())));
            }
            let key = naming::key(words.iter().map(|token| token.word.as_str()));
            keys.entry(key).or_insert((u16::try_from(number).unwrap(), weak));
        }
    };
    let (mut weak, mut vague) = (false, false);
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('[') {
            weak = line == "[weak]";
            vague = line == "[vague]";
            continue;
        }
        let mut parts = line.split('"').skip(1).step_by(2);
        let id = match (parts.next().unwrap(), vague) {
            (id, true) => format!("VAGUE {id}"),
            (id, false) => id.to_owned(),
        };
        for name in parts {
            add(&id, name, weak || vague);
        }
    }
    for licence in spdx::identifiers::LICENSES {
        let id = licence.name;
        let gnu = ["GPL-", "LGPL-", "AGPL-", "GFDL-"].iter().any(|family| id.starts_with(family));
        if !gnu && spdx::license_id(id).is_some_and(|id| !id.is_deprecated()) {
            add(id, licence.full_name, false);
            add(id, id, true);
        }
    }
    for exception in spdx::identifiers::EXCEPTIONS {
        let id = format!("WITH {}", exception.name);
        add(&id, exception.name, false);
    }
    // Beginnings of names, too, so that a search ends where none goes on.
    for key in beginnings {
        keys.entry(key).or_insert((BEGINNING, false));
    }
    let mut bytes = Vec::new();
    for (key, (number, weak)) in keys {
        bytes.extend(key.to_le_bytes());
        bytes.extend((number | if weak { 0x8000 } else { 0 }).to_le_bytes());
    }
    std::fs::write(out.join("names.bin"), bytes).unwrap();
    writeln!(source, "pub(super) static NAMES: &[&str] = &{ids:?};").unwrap();
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap()
}
