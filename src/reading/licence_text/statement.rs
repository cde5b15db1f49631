//! Which licence does a text say applies, without holding it?
//!
//! A name alone is no statement: READMEs compare licences, name those of their dependencies and of their badges'
//! services. What counts is a tag, a name in a sentence that grants something, or one where a licence is expected.

use super::choice;
use super::expression;
use super::lists::lists;
use super::mention::{Mention, Named, mentions};
use super::naming::{self, Token};
use super::place::Place;
use super::section::licence_sections;
use super::sentence::{ends_sentence, is_badge, is_commented, stars_are_bullets};
use super::work;
use std::ops::Range;

/// How a licence was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// by the text, word by word
    SameText,
    /// by the text, with differences that change no sense
    SimilarText,
    /// by the marks of an official translation
    Translation,
    /// by an SPDX tag
    Tag,
    /// by its name or address in a statement
    Name,
}

/// A statement on the licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// the SPDX expression
    pub(super) expression: String,
    /// a tag or names
    pub(super) how: How,
    /// whether it names a GNU licence without a word on later versions
    pub(super) without_grant: bool,
    /// whether it offers a choice, between what it names or beside a text that stands there
    pub(super) choice: bool,
    /// ids that stand for a family named without a version
    pub(super) vague: Vec<&'static str>,
    /// where it is made
    pub(super) at: Vec<Range<usize>>,
}

/// A longer text is not searched for statements.
const MOST_BYTES: usize = 512 << 10;
/// So many statements are heard in one text.
const MOST_STATEMENTS: usize = 60;
/// So many bytes of a line are looked at, before and behind a name.
const AROUND: usize = 500;
/// A licence file with at most so many words states a licence by naming it.
const FEW_WORDS: usize = 90;
/// One with more is a licence itself, or a contract.
const LONG: usize = 250;
/// A source file with its header may be longer.
const LONG_SOURCE: usize = 700;
/// A sentence that grants something has its verb within so many words before the name.
const TO_NAME: usize = 18;

/// Finds what a text states. `covered` are parts that are licence texts themselves and are passed over.
pub(super) fn statement(text: &str, place: Place, covered: &[Range<usize>]) -> Option<Statement> {
    let end = (0..=MOST_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let text = text.get(..end).unwrap_or_default();
    let tagged = tags(text, covered).filter(|_| place != Place::Document);
    if place == Place::Source && tagged.is_some() {
        return tagged;
    }
    // A tag in a licence file may be about that file alone; what its sentences say comes first.
    let mut covered = covered.to_vec();
    covered.extend(tagged.iter().flat_map(|tagged| tagged.at.clone()));
    let tokens: Vec<Token> = naming::tokens(text).into_iter().filter(|token| !within(&covered, token.at)).collect();
    let mentions = mentions(text, &tokens);
    let bullets = stars_are_bullets(text, place);
    let context = Context {
        text,
        tokens: &tokens,
        place,
        bullets,
        commented: is_commented(text),
        sections: sections(text, place),
    };
    let mut stated = vec![false; mentions.len()];
    let mut last = None;
    let parts = parts(text, &covered, place);
    let mut count = 0;
    for (mention, stated) in mentions.iter().zip(&mut stated) {
        work::steps(1);
        let of_parts = last.is_some() && parts.is_some_and(|parts| context.at(mention) > parts);
        if count >= MOST_STATEMENTS || of_parts {
            break;
        }
        if context.states(mention, last) {
            *stated = true;
            last = Some(mention);
            count += 1;
        }
    }
    choice::join_neighbours(&context, &mentions, &mut stated);
    let stated: Vec<&Mention> =
        mentions.iter().zip(stated).filter(|(_, stated)| *stated).map(|(mention, _)| mention).collect();
    choice::combine(&context, &stated).or(tagged)
}

/// What a value names that holds names and nothing else.
pub(super) fn named(value: &str) -> Option<String> {
    /// Words that may stand around names.
    const AROUND_NAMES: &[&str] = &[
        "the", "license", "osi", "approved", "or", "and", "oder", "und", "of", "by", "spdx", "org", "html", "php",
        "txt", "under",
    ];
    let tokens = naming::tokens(value);
    let found = mentions(value, &tokens);
    let named = |at: usize| found.iter().any(|mention| mention.tokens.contains(&at));
    let only_names =
        tokens.iter().enumerate().all(|(at, token)| named(at) || AROUND_NAMES.contains(&token.word.as_str()));
    // A GNU licence without a version says too little.
    let vague = found.iter().any(|mention| match &mention.licence {
        Named::Gnu(gnu) => gnu.version.is_none(),
        Named::Vague(_) => true,
        Named::Listed(_) | Named::Exception(_) => false,
    });
    let mut ids: Vec<String> = Vec::new();
    for mention in &found {
        let id = mention.licence.id();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let or = tokens.iter().enumerate().any(|(at, token)| !named(at) && matches!(token.word.as_str(), "or" | "oder"));
    let slash = value.contains('/') && !value.contains("://");
    (only_names && !vague && !ids.is_empty() && (ids.len() == 1 || or || slash || value.contains("and")))
        .then(|| expression::join(&ids, if or || slash { "OR" } else { "AND" }))
}

fn sections(text: &str, place: Place) -> Vec<Range<usize>> {
    if place != Place::Document {
        return Vec::new();
    }
    licence_sections(text).into_iter().map(|section| section.bytes).take(MOST_STATEMENTS).collect()
}

fn within(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.iter().any(|range| range.contains(&at))
}

/// Where a licence file or header begins to speak of the licences of parts.
fn parts(text: &str, covered: &[Range<usize>], place: Place) -> Option<usize> {
    if place == Place::Document {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let first =
        |words: &String| memchr::memmem::find_iter(lower.as_bytes(), words.as_bytes()).find(|at| !within(covered, *at));
    lists().parts.iter().filter_map(first).min()
}

/// All `SPDX-License-Identifier` tags, joined by AND.
fn tags(text: &str, covered: &[Range<usize>]) -> Option<Statement> {
    const TAG: &str = "SPDX-License-Identifier:";
    let mut parts = Vec::new();
    let mut at = Vec::new();
    for start in memchr::memmem::find_iter(text.as_bytes(), TAG).filter(|start| !within(covered, *start)) {
        let value = text.get(start + TAG.len()..).unwrap_or_default().lines().next().unwrap_or_default();
        let value =
            value.trim().trim_end_matches(['*', '/', '-', '>', '"', '\'', '#', '<', '!', '%', ';', '`', ',']).trim();
        if let Some(expression) = expression::canonical(value) {
            parts.push(expression);
            at.push(start..start + TAG.len() + value.len() + 1);
        }
    }
    let expression = (!parts.is_empty()).then(|| expression::join(&parts, "AND"))?;
    Some(Statement { expression, how: How::Tag, without_grant: false, choice: false, vague: Vec::new(), at })
}

pub(super) struct Context<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) place: Place,
    bullets: bool,
    commented: bool,
    sections: Vec<Range<usize>>,
}

impl Context<'_> {
    /// A word by its number; empty behind the last.
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.word.as_str())
    }

    /// The words of the sentence before a mention.
    pub(super) fn lead(&self, mention: &Mention) -> Vec<&str> {
        (self.sentence(mention.tokens.start)..mention.tokens.start).map(|at| self.word(at)).collect()
    }

    /// The byte at which a mention begins.
    pub(super) fn at(&self, mention: &Mention) -> usize {
        self.tokens.get(mention.tokens.start).map_or(0, |token| token.at)
    }

    /// Whether a mention says that this licence applies here; `before` is the last one that did.
    fn states(&self, mention: &Mention, before: Option<&Mention>) -> bool {
        let start = self.sentence(mention.tokens.start);
        let lead = self.lead(mention);
        if let Named::Exception(_) = mention.licence {
            // An exception is named for its licence, and for nothing else.
            return before.is_some() && !lead.iter().any(|word| matches!(*word, "not" | "nicht" | "no"));
        }
        if let Named::Vague(_) = mention.licence {
            let grants = lead.iter().any(|word| lists().grants.contains(*word));
            return before.is_some() && grants && lead.iter().any(|word| word.starts_with("alternativ"));
        }
        let lead_near = lead.get(lead.len().saturating_sub(TO_NAME)..).unwrap_or_default();
        let after = self.word(mention.tokens.end);
        if lead_near.iter().any(|word| lists().otherwise.contains(*word))
            || matches!(after, "compatible" | "kompatibel")
        {
            return false;
        }
        let near = before.is_some_and(|before| mention.tokens.start - before.tokens.end <= 24);
        let grants =
            lead_near.iter().any(|word| lists().grants.contains(*word)) || matches!(after, "licensed" | "license");
        let directly = lead.last().is_some_and(|word| {
            lists().grants.contains(*word) || matches!(*word, "under" | "unter" | "the" | "a" | "der" | "is")
        });
        let strong = !mention.weak || directly && grants || near && lead.len() <= 6;
        match self.place {
            Place::LicenceFile => {
                let few = self.tokens.len() <= FEW_WORDS;
                let alone =
                    self.tokens.len() <= mention.tokens.len() + 8 && !(mention.weak && self.in_address(mention));
                // In a long text of its own, a name is a statement only at the beginning.
                // "you can redistribute it and/or modify it under the terms of …" is a grant wherever it stands.
                let notice = lead_near.contains(&"redistribute");
                let early = notice
                    || self.tokens.len() <= if self.commented { LONG_SOURCE } else { LONG }
                    || mention.tokens.start < FEW_WORDS;
                few && (strong || alone) || strong && early && (grants || near)
            }
            Place::Source => strong && (grants || near && lead.is_empty() || self.is_under(&lead)),
            Place::Document => {
                let at = self.at(mention);
                let expected = within(&self.sections, at);
                let (line_start, line) = self.line(at);
                if is_badge(line) {
                    return !mention.weak || self.word(mention.tokens.start.wrapping_sub(1)) == "license";
                }
                let before = self.word(mention.tokens.start.wrapping_sub(1));
                let everyday = mention.weak && mention.tokens.len() == 1;
                let beside = after == "license" || matches!(before, "license" | "licensed");
                if mention.weak && self.in_address(mention)
                    || everyday && !beside && !lists().one_word.contains(&mention.licence.id())
                {
                    return false;
                }
                let field = line.trim_start_matches(['*', '-', ' ', '#', '|', '>', ':']).get(..8).is_some_and(|key| {
                    let key = key.to_lowercase();
                    ["license:", "licence:", "lizenz: ", "licensed", "dual-lic"]
                        .iter()
                        .any(|word| key == **word || key.starts_with(word))
                }) && at - line_start < 80;
                let alone = lead.len() <= 2 && (expected || field);
                expected && (strong || near || alone)
                    || field && strong
                    || strong && grants && self.speaks_of_this(start, mention)
            }
        }
    }

    /// "Written by Ada Muster, released under …", "Copyright 2020 Ada Example. Licensed under …".
    fn names_makers(&self, subject: &[&str]) -> bool {
        matches!(subject, ["written" | "created" | "made" | "developed", "by", ..] | ["copyright" | "©" | "c", ..])
            && subject.len() <= 12
    }

    /// "This file is GPLv2", "this code is under the …".
    fn is_under(&self, lead: &[&str]) -> bool {
        let lead = lead.strip_suffix(&["the"]).unwrap_or(lead);
        let lead = lead.strip_suffix(&["under"]).or_else(|| lead.strip_suffix(&["unter"])).unwrap_or(lead);
        let [.., this, work, "is" | "are" | "ist" | "sind"] = lead else { return false };
        lists().this.contains(*this) && (lists().work.contains(*work) || *work == "file")
    }

    /// Whether a mention is a part of an address or a path.
    fn in_address(&self, mention: &Mention) -> bool {
        let start = self.at(mention);
        let end =
            mention.tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |last| last.until);
        let before = self.text.get(..start).unwrap_or_default();
        let behind = self.text.get(end..).unwrap_or_default();
        before.ends_with(['/', '.', '-', '@'])
            || behind.starts_with('.') && behind.get(1..2).is_some_and(|next| next != "\n" && next != " ")
    }

    /// Whether the sentence's subject is this work: "This project is licensed under …", "Licensed under …".
    fn speaks_of_this(&self, start: usize, mention: &Mention) -> bool {
        let verb = (start..mention.tokens.start).find(|at| lists().verbs.contains(self.word(*at)));
        let Some(verb) = verb else { return false };
        let subject: Vec<&str> = (start..verb).map(|at| self.word(at)).collect();
        let license = mention.tokens.start - verb <= 12;
        license
            && (subject.is_empty() && !matches!(self.word(start), "sous" | "bajo" | "unter")
                || self.names_makers(&subject)
                || subject.len() <= 8
                    && subject.iter().any(|word| lists().this.contains(*word))
                    && subject.iter().any(|word| lists().work.contains(*word)))
    }

    /// The first word of the sentence (or list item, or table cell) that word `at` is in.
    fn sentence(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0 && at - start < 60 {
            work::steps(1);
            let (Some(before), Some(here)) = (self.tokens.get(start - 1), self.tokens.get(start)) else { break };
            let gap = self.text.get(before.until..here.at).unwrap_or_default();
            if ends_sentence(self.bullets, gap, self.text.get(here.at..).unwrap_or_default(), &before.word) {
                break;
            }
            start -= 1;
        }
        start
    }

    /// Where the line of a byte begins, and the line; of a very long one the part around that byte.
    fn line(&self, at: usize) -> (usize, &str) {
        let text = self.text;
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (from, to) = (boundary(at.saturating_sub(AROUND)), boundary((at + AROUND).min(text.len())));
        let start = text.get(from..at).and_then(|before| before.rfind('\n')).map_or(from, |lf| from + lf + 1);
        let end = text.get(at..to).and_then(|behind| behind.find('\n')).map_or(to, |lf| at + lf);
        (start, text.get(start..end).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
