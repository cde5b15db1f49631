//! Which licences does a text name, and where?

use super::gnu::{Gnu, gnu};
use super::index::{self, NameOf};
use super::naming::{self, Token};
use super::work;
use std::ops::Range;

/// The longest name of the table has fewer words.
const LONGEST: usize = 20;

/// A licence (or an exception) that is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// which
    pub(super) licence: Named,
    /// the words that name it
    pub(super) tokens: Range<usize>,
    /// whether the name is an everyday word
    pub(super) weak: bool,
}

/// What is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// a licence of the list
    Listed(&'static str),
    /// a GNU licence, perhaps without its version
    Gnu(Gnu),
    /// an exception of the list
    Exception(&'static str),
    /// a family of licences without a version; the id is what it stands for beside a GNU licence that may be chosen
    Vague(&'static str),
}

impl Named {
    /// The SPDX id.
    pub(super) fn id(&self) -> String {
        match self {
            Self::Listed(id) | Self::Exception(id) | Self::Vague(id) => (*id).to_owned(),
            Self::Gnu(gnu) => gnu.id(),
        }
    }
}

/// All licences that are named, in their order. Where names overlap the longest counts.
pub(super) fn mentions(text: &str, tokens: &[Token]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let found = match gnu(text, tokens, at) {
            Some((gnu, end)) => Some(Mention { licence: Named::Gnu(gnu), tokens: at..end, weak: false }),
            None => named(text, tokens, at),
        };
        at = found.as_ref().map_or(at + 1, |mention| mention.tokens.end);
        mentions.extend(found);
    }
    mentions
}

/// The licences that a text names in whatever sentence, and where, in their order. Everyday words that are also names of
/// licences of code (`MIT`, `Apache`) do not count, nor do GNU licences without a version.
pub fn mentioned(text: &str) -> Vec<(Range<usize>, String)> {
    let tokens = naming::tokens(text);
    let named = |mention: &Mention| match &mention.licence {
        Named::Listed(id) => (!mention.weak || is_everyday_for_data(id)).then(|| (*id).to_owned()),
        Named::Gnu(gnu) => gnu.version.is_some().then(|| gnu.id()),
        Named::Exception(_) | Named::Vague(_) => None,
    };
    let place = |words: &Range<usize>| Some(tokens.get(words.start)?.at..tokens.get(words.end.checked_sub(1)?)?.until);
    let mentions = mentions(text, &tokens);
    mentions.iter().filter_map(|mention| Some((place(&mention.tokens)?, named(mention)?))).collect()
}

/// Whether the short name of a licence means nothing else where data is spoken of.
fn is_everyday_for_data(id: &str) -> bool {
    ["CC0-", "ODbL-", "PDDL-"].iter().any(|start| id.starts_with(start))
}

/// The longest name of the table that begins here.
fn named(text: &str, tokens: &[Token], start: usize) -> Option<Mention> {
    let mut key = naming::Key::default();
    let mut longest = None;
    for (length, token) in tokens.get(start..)?.iter().take(LONGEST).enumerate() {
        // A name does not go on behind an empty line.
        let before = start + length;
        if length > 0
            && let Some(gap) = tokens.get(before - 1).and_then(|last| text.get(last.until..token.at))
            && (gap.len() > 40 || gap.split('\n').count() > 2)
        {
            break;
        }
        key.add(&token.word);
        work::steps(1);
        match index::named(key.value()) {
            None => break,
            Some(NameOf::Beginning) => {}
            Some(NameOf::Licence(id, weak)) => {
                let licence = match id.split_once(' ') {
                    Some(("WITH", exception)) => Named::Exception(exception),
                    Some(("VAGUE", id)) => Named::Vague(id),
                    _ => Named::Listed(id),
                };
                if is_path(text, tokens.get(start..(before + 2).min(tokens.len())).unwrap_or_default()) {
                    continue;
                }
                longest = Some(Mention { licence, tokens: start..before + 1, weak });
            }
        }
    }
    longest
}

/// Whether the words, with the one behind them, are those of a path to a file (`doc/LICENSE`, `doc/licenses.md`).
fn is_path(text: &str, words: &[Token]) -> bool {
    let file = |word: &Token| {
        let name = text.get(word.at..word.until).unwrap_or_default();
        let behind = text.get(word.until..).unwrap_or_default();
        matches!(name, "LICENSE" | "LICENCE" | "COPYING" | "README" | "NOTICE")
            || [".md", ".txt", ".rst", ".adoc"].iter().any(|ending| behind.starts_with(ending))
    };
    words.windows(2).any(|two| {
        let [before, last] = two else { return false };
        text.get(before.until..last.at) == Some("/") && file(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_in_passing() {
        for (text, wanted) in [
            ("Daten: CC0, dl-de/by-2-0", "CC0-1.0 DL-DE-BY-2.0"),
            ("written at the MIT with Apache", ""),
            ("The MIT License and GPL 3", "MIT GPL-3.0-only"),
            ("under the GPL or a BSD style license", ""),
        ] {
            let found: Vec<String> = mentioned(text).into_iter().map(|(_, id)| id).collect();
            assert_eq!(found.join(" "), wanted, "{text}");
        }
    }

    fn ids(text: &str) -> Vec<String> {
        mentions(text, &naming::tokens(text)).iter().map(|mention| mention.licence.id()).collect()
    }

    #[test]
    fn names_and_addresses() {
        for (text, wanted) in [
            ("Apache License, Version 2.0", &["Apache-2.0"][..]),
            ("https://www.apache.org/licenses/LICENSE-2.0", &["Apache-2.0"]),
            ("EUPL v1.2", &["EUPL-1.2"]),
            ("European Union Public Licence (EUPL) v1.2", &["EUPL-1.2"]),
            ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", &["CC-BY-SA-4.0"]),
            ("Creative Commons Namensnennung 4.0 International", &["CC-BY-4.0"]),
            ("Datenlizenz Deutschland – Namensnennung – Version 2.0", &["DL-DE-BY-2.0"]),
            ("dl-de/by-2-0", &["DL-DE-BY-2.0"]),
            ("BSD-3-Clause OR GPLv2+", &["BSD-3-Clause", "GPL-2.0-or-later"]),
            ("with the GCC Runtime Library exception 3.1", &["GCC-exception-3.1"]),
            ("MIT\n\n\nLicense", &["MIT"]),
            ("refer to doc/LICENSE for details", &[]),
            ("see [`doc/licenses.md`](doc/licenses.md)", &[]),
            ("permitted to submit", &[]),
            ("", &[]),
        ] {
            assert_eq!(ids(text), wanted, "{text}");
        }
    }

    #[test]
    fn everyday_words_are_weak() {
        let weak = |text: &str| mentions(text, &naming::tokens(text)).iter().all(|mention| mention.weak);
        assert!(weak("MIT") && weak("curl") && weak("Python 2.0"));
        assert!(!weak("MIT License"));
    }
}
