//! Is a README still what a generator wrote?
//!
//! The table holds fingerprints of the sentences of generators' templates, not the sentences. What a README says
//! besides those sentences is its own.

use super::document::{Document, ProseKind, tokens};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    template: Vec<Template>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    name: String,
    sentences: Vec<String>,
}

/// The generator by the fingerprint of a sentence of its template.
static SENTENCES: LazyLock<BTreeMap<u64, String>> = LazyLock::new(|| {
    let written: Written =
        toml::from_str(include_str!("templates.toml")).expect("the table is part of the program and tested");
    let mut sentences = BTreeMap::new();
    for template in written.template {
        for sentence in template.sentences {
            if let Ok(fingerprint) = u64::from_str_radix(&sentence, 16) {
                sentences.entry(fingerprint).or_insert_with(|| template.name.clone());
            }
        }
    }
    sentences
});

/// What a document says of its own, and which template the rest is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// words of prose that are no template's, as [`Document::words`] counts
    pub words: usize,
    /// the generator whose sentences are in it; the one with the most of them
    pub template: Option<&'static str>,
}

/// Takes the sentences of templates off a document.
pub fn own(document: &Document) -> Own {
    let mut words = 0;
    let mut templates: BTreeMap<&'static str, usize> = BTreeMap::new();
    for prose in document.prose.iter().filter(|prose| prose.kind != ProseKind::Field) {
        let all = prose.words();
        let said: Vec<&str> = sentences(&prose.text).collect();
        let mut known = 0;
        for sentence in &said {
            if let Some(name) = fingerprint(sentence).and_then(|print| SENTENCES.get(&print)) {
                known += sentence.split_whitespace().count();
                *templates.entry(name).or_default() += 1;
            }
        }
        words += all.saturating_sub(known);
    }
    let template = templates.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a))).map(|(name, _)| name);
    Own { words, template }
}

/// The sentences of a text.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '!', '?', ':']).flat_map(|part| part.split("\n\n"))
}

/// FNV-1a, 64 bits, over the words in lower case with one space after each; numbers are left out, so that a version
/// does not make another sentence. `None` where fewer than four words are left.
pub fn fingerprint(sentence: &str) -> Option<u64> {
    let mut count = 0;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (_, word) in tokens(sentence).filter(|(_, word)| !word.bytes().all(|byte| byte.is_ascii_digit())) {
        count += 1;
        for byte in word.bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (count >= 4).then_some(hash)
}
