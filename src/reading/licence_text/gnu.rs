//! Which GNU licence is named here, in which version, and does the grant go on to later ones?

use super::lists::lists;
use super::naming::Token;

/// A GNU licence as it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gnu {
    /// `GPL`, `LGPL`, `AGPL`, `GFDL`
    pub(super) family: &'static str,
    /// `2.0`; `None` where no version is named
    pub(super) version: Option<&'static str>,
    /// whether later versions are granted, too; `None` where nothing is said
    pub(super) later: Option<bool>,
    /// a second version that is offered beside the first ("version 2 or 3")
    pub(super) also: Option<&'static str>,
    /// what is said on the invariant sections of a document: that there are none, or some
    pub(super) invariants: Option<bool>,
}

impl Gnu {
    /// The SPDX id. Without a grant for later versions it is `-only`, the careful reading; without any version it is
    /// what the licences themselves say of that case: any version ever published.
    pub(super) fn id(&self) -> String {
        let first = match self.family {
            "GPL" => "1.0",
            "LGPL" => "2.0",
            "GFDL" => "1.1",
            _ => "3.0",
        };
        let later = self.version.is_none() || self.later == Some(true);
        let grant = if later { "or-later" } else { "only" };
        let invariants = match self.invariants {
            Some(true) => "invariants-",
            Some(false) => "no-invariants-",
            None => "",
        };
        let id = format!("{}-{}-{invariants}{grant}", self.family, self.version.unwrap_or(first));
        match self.also {
            Some(other) => format!("{id} OR {}-{other}-{grant}", self.family),
            None => id,
        }
    }
}

/// So many words may stand between the name and its version ("as published by the Free Software Foundation; either").
const TO_VERSION: usize = 14;
/// So many words may stand between the version and "later" ("of the License, or (at your option) any").
const TO_LATER: usize = 11;

/// The licence named at word `start`, and the word after the name with all that belongs to it.
pub(super) fn gnu(text: &str, tokens: &[Token], start: usize) -> Option<(Gnu, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let (family, end) = family(&word, start)?;
    let mut gnu = Gnu { family, version: None, later: None, also: None, invariants: None };
    let mut after = end;
    if let Some((version, at)) = version_behind(text, tokens, &word, family, end) {
        gnu.version = Some(version);
        after = at + 1;
    } else if let Some(version) = version_before(text, tokens, &word, family, start) {
        gnu.version = Some(version);
    }
    if gnu.version.is_some() {
        if let Some((other, end)) =
            another(text, tokens, &word, family, after).filter(|(other, _)| gnu.version != Some(*other))
        {
            gnu.also = Some(other);
            after = end;
        }
        let (later, end) = later(&word, after);
        gnu.later = later;
        after = end;
        if family == "GFDL" {
            gnu.invariants = invariants(&word, after);
        }
    }
    Some((gnu, after))
}

fn family<'w>(word: &impl Fn(usize) -> &'w str, start: usize) -> Option<(&'static str, usize)> {
    let mut at = start + usize::from(word(start) == "gnu");
    let mut family = None;
    match word(at) {
        "affero" => family = Some("AGPL"),
        "lesser" | "library" => family = Some("LGPL"),
        _ => {}
    }
    at += usize::from(family.is_some());
    at += usize::from(family.is_some() && word(at) == "gnu");
    if word(at) == "general" && word(at + 1) == "public" && word(at + 2) == "license" {
        return Some((family.unwrap_or("GPL"), at + 3));
    }
    if word(at) == "free" && word(at + 1) == "documentation" && word(at + 2) == "license" {
        return Some(("GFDL", at + 3));
    }
    let short = match word(at) {
        "gpl" => family.unwrap_or("GPL"),
        "lgpl" => "LGPL",
        "agpl" => "AGPL",
        "gfdl" | "fdl" => "GFDL",
        _ => return None,
    };
    Some((short, at + 1))
}

fn version(family: &str, word: &str) -> Option<&'static str> {
    Some(match (family, word) {
        ("GPL" | "AGPL", "1") => "1.0",
        ("GPL" | "LGPL", "2") => "2.0",
        ("LGPL", "2.1") => "2.1",
        ("GPL" | "LGPL" | "AGPL", "3") => "3.0",
        ("GFDL", "1.1") => "1.1",
        ("GFDL", "1.2") => "1.2",
        ("GFDL", "1.3") => "1.3",
        _ => return None,
    })
}

/// Whether the text says `version` or `v` before a number.
fn says_version(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = tokens.get(at).and_then(|token| text.get(..token.at)).unwrap_or_default();
    let tail = before.get(before.len().saturating_sub(24)..).unwrap_or_default().to_lowercase();
    let tail = tail.trim_end_matches(|c: char| !c.is_alphanumeric());
    ["version", "versions", "v", "ver", "versión", "versione", "gplv", "gpl"].iter().any(|word| {
        tail.strip_suffix(word).is_some_and(|rest| word.starts_with("gpl") || !rest.ends_with(char::is_alphanumeric))
    })
}

fn version_behind<'w>(
    text: &str,
    tokens: &[Token],
    word: &impl Fn(usize) -> &'w str,
    family: &str,
    end: usize,
) -> Option<(&'static str, usize)> {
    for at in end..(end + TO_VERSION).min(tokens.len()) {
        let gap = tokens.get(at - 1).zip(tokens.get(at)).and_then(|(before, here)| text.get(before.until..here.at));
        if gap.is_some_and(|gap| gap.starts_with(". ") && !gap.trim_end().ends_with('v') || gap.starts_with(".\n")) {
            return None;
        }
        if let Some(version) = version(family, word(at))
            // `GPL_1_1` is a version of something else.
            && !(word(at) == "1" && (word(at + 1) == "1" || word(at - 1) == "1"))
            && (at <= end + 1 || says_version(text, tokens, at))
        {
            return Some((version, at));
        }
        // Another licence's version, or what stands in the next sentence, is not ours.
        let other = self::family(word, at).is_some_and(|(other, _)| at > end + 2 || other != family);
        if other || matches!(word(at), "without" | "hope" | "more" | "received" | "see") {
            return None;
        }
    }
    None
}

/// "version 3 of the GNU …".
fn version_before<'w>(
    text: &str,
    tokens: &[Token],
    word: &impl Fn(usize) -> &'w str,
    family: &str,
    start: usize,
) -> Option<&'static str> {
    let mut at = start;
    for filler in ["the", "of", "der", "die"] {
        if at > 0 && word(at - 1) == filler {
            at -= 1;
        }
    }
    let at = at.checked_sub(1)?;
    version(family, word(at)).filter(|_| start - at > 1 && says_version(text, tokens, at))
}

/// A second version that may be chosen: "version 2 or 3", "version 2.1 of the License, or (at your option) version 3".
fn another<'w>(
    text: &str,
    tokens: &[Token],
    word: &impl Fn(usize) -> &'w str,
    family: &str,
    start: usize,
) -> Option<(&'static str, usize)> {
    const BETWEEN: &[&str] =
        &["of", "the", "license", "or", "at", "your", "option", "either", "oder", "gnu", "gpl", "lgpl"];
    for at in start..start + 9 {
        if let Some(version) = version(family, word(at)) {
            let or = (start..at).any(|at| matches!(word(at), "or" | "oder"));
            return (or && (at == start + 1 || says_version(text, tokens, at))).then_some((version, at + 1));
        }
        if !BETWEEN.contains(&word(at)) {
            return None;
        }
    }
    None
}

/// Whether a document has invariant sections, said within so many words behind its licence.
fn invariants<'w>(word: &impl Fn(usize) -> &'w str, start: usize) -> Option<bool> {
    const NEAR: usize = 24;
    let at = (start..start + NEAR).find(|at| word(*at) == "invariant" && word(*at + 1).starts_with("section"))?;
    let before = |word_wanted: &[&str]| (at.saturating_sub(2)..at).any(|at| word_wanted.contains(&word(at)));
    Some(!before(&["no", "without", "ohne", "keine"]))
}

/// Whether later versions are granted, said from word `start` on, and the word after that.
fn later<'w>(word: &impl Fn(usize) -> &'w str, start: usize) -> (Option<bool>, usize) {
    const OR: &[&str] = &["or", "oder", "ou", "o", "and", "und", "of", "u"];
    if word(start) == "+" || word(start) == "plus" {
        return (Some(true), start + 1);
    }
    if word(start) == "only" || (word(start) == "license" && word(start + 1) == "only") {
        return (Some(false), start + 1);
    }
    let mut or = false;
    for at in start..start + TO_LATER {
        or |= OR.contains(&word(at)) && word(at) != "of";
        if or && lists().later.contains(word(at)) {
            let denied = at > start && matches!(word(at - 1), "no" | "not" | "keine" | "nicht");
            // "any later version accepted by the membership of …" leaves it to somebody else.
            let by_others = matches!(word(at + 1), "version" | "versions")
                && matches!(word(at + 2), "accepted" | "approved")
                || word(at + 1) == "accepted";
            return (Some(!denied && !by_others), at + 1);
        }
        if word(at).is_empty() || at > start + 1 && family(word, at).is_some() {
            break;
        }
    }
    (None, start)
}

#[cfg(test)]
mod tests {
    use super::super::naming::tokens;
    use super::*;

    fn first(text: &str) -> String {
        let tokens = tokens(text);
        let found = (0..tokens.len()).find_map(|at| gnu(text, &tokens, at));
        found.map(|(gnu, _)| gnu.id()).unwrap_or_default()
    }

    #[test]
    fn names() {
        for (text, wanted) in [
            ("GPLv3", "GPL-3.0-only"),
            ("GPL-2.0+", "GPL-2.0-or-later"),
            ("GPL-3.0-or-later", "GPL-3.0-or-later"),
            ("LGPL v2.1+", "LGPL-2.1-or-later"),
            ("AGPL 3", "AGPL-3.0-only"),
            ("GNU Lesser General Public License (LGPL) version 2.1 only", "LGPL-2.1-only"),
            ("the terms of version 3 of the GNU General Public License as published", "GPL-3.0-only"),
            (
                "the GNU General Public License as published by the Free Software Foundation; either version 2 of the\n * License, \
                 or (at your option) any later version.",
                "GPL-2.0-or-later",
            ),
            (
                "GNU Affero General Public License in Version 3 oder (nach Ihrer Wahl) jeder späteren Version",
                "AGPL-3.0-or-later",
            ),
            ("GNU Library General Public License as published by the FSF; version 2 of the License.", "LGPL-2.0-only"),
            ("GNU Free Documentation License, Version 1.3 or any later version", "GFDL-1.3-or-later"),
            (
                "subject to the GNU General Public License. See the file COPYING, version 3 of this tool",
                "GPL-1.0-or-later",
            ),
            ("GPL. RM7000 version 2.0 implements", "GPL-1.0-or-later"),
            ("GNU General Public License; either version 2 or 3 of the License.", "GPL-2.0-only OR GPL-3.0-only"),
            (
                "GNU Lesser General Public License; either version 2.1 of the License, or (at your option) version 3, or any \
                 later version accepted by the board",
                "LGPL-2.1-only OR LGPL-3.0-only",
            ),
            ("GNU General Public License; version 2 of the License and no later version", "GPL-2.0-only"),
            (
                "GNU Free Documentation License, Version 1.2 or any later version; with no Invariant Sections",
                "GFDL-1.2-no-invariants-or-later",
            ),
            ("public/CDDL+GPL_1_1.html", "GPL-1.0-or-later"),
            ("European Public License 2", ""),
            ("general purpose", ""),
        ] {
            assert_eq!(first(text), wanted, "{text}");
        }
    }
}
