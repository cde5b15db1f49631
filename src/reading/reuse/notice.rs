//! Who holds the copyright, by a notice?
//!
//! REUSE 3.3, "Format of Copyright Notices": a prefix, then years and a holder in any order. The canonical form has
//! the years before the holder.

use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A copyright notice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// prefix, years and holder, with single spaces between
    pub text: String,
    /// whether anything follows the prefix: a notice has to name a holder
    pub names_holder: bool,
    /// the same with a hyphen in each span of years, whichever dash is written: what is equal in it says the same
    plain: Box<str>,
}

const FILE_TAG: &str = "SPDX-FileCopyrightText:";
const SNIPPET_TAG: &str = "SPDX-SnippetCopyrightText:";
const WORD: &str = "Copyright";

impl Notice {
    /// Each notice once, sorted; of those that say the same the first is kept.
    pub(super) fn unique(notices: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut known = Notices::default();
        notices.into_iter().for_each(|notice| known.add(notice));
        known.sorted()
    }

    /// A notice of a table or DEP5 file, where the prefix may be left out.
    pub fn of_value(value: &str) -> Self {
        match prefix(value) {
            Some(prefix) => Self::new(prefix.words, value.get(prefix.len..).unwrap_or_default()),
            None => Self::new(FILE_TAG.to_owned(), value),
        }
    }

    /// A notice from its prefix and what follows.
    pub fn new(prefix: String, rest: &str) -> Self {
        let rest = rest.trim();
        let (years, holder) = years(rest);
        let years = if years.is_empty() { String::new() } else { format!(" {}", years.join(", ")) };
        let plain = years.replace("--", "-").replace('–', "-");
        let plain = format!("{prefix}{plain} {holder}").into();
        Self { text: format!("{prefix}{years} {holder}"), names_holder: !rest.is_empty(), plain }
    }
}

/// Notices, each once; as many as people could have written.
#[derive(Default)]
pub(super) struct Notices(BTreeMap<Box<str>, Notice>);

impl Notices {
    /// So many of one file are kept: more would be no statement but an attack, and one is enough.
    const MOST: usize = 10_000;

    /// Keeps a notice, unless one that says the same is there.
    pub(super) fn add(&mut self, notice: Notice) {
        if self.0.len() < Self::MOST {
            self.0.entry(notice.plain.clone()).or_insert(notice);
        }
    }

    /// All of them, sorted.
    pub(super) fn sorted(self) -> Vec<Notice> {
        let mut notices: Vec<Notice> = self.0.into_values().collect();
        notices.sort();
        notices
    }
}

/// The prefix of a notice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Prefix {
    /// in canonical form: `SPDX-FileCopyrightText: Copyright (C)`
    pub(super) words: String,
    /// how many bytes it takes
    pub(super) len: usize,
}

/// The prefix with which a text begins.
pub(super) fn prefix(text: &str) -> Option<Prefix> {
    for tag in [FILE_TAG, SNIPPET_TAG] {
        let Some(rest) = text.strip_prefix(tag) else { continue };
        let after = rest.trim_start();
        let more = word(after).or_else(|| symbol(after));
        let Some((words, left)) = more else { return Some(Prefix { words: tag.to_owned(), len: tag.len() }) };
        return Some(Prefix { words: format!("{tag} {words}"), len: text.len() - left.len() });
    }
    let (words, left) = word(text).or_else(|| text.strip_prefix('©').map(|left| ("©".to_owned(), left)))?;
    Some(Prefix { words, len: text.len() - left.len() })
}

/// `Copyright`, followed by a sign or by space.
fn word(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix(WORD)?;
    match symbol(rest.trim_start()) {
        Some((sign, left)) => Some((format!("{WORD} {sign}"), left)),
        None => rest.starts_with(char::is_whitespace).then(|| (WORD.to_owned(), rest)),
    }
}

/// `©` or `(c)`.
fn symbol(text: &str) -> Option<(String, &str)> {
    if let Some(left) = text.strip_prefix('©') {
        return Some(("©".to_owned(), left));
    }
    let left = text.strip_prefix("(C)").or_else(|| text.strip_prefix("(c)"))?;
    Some(("(C)".to_owned(), left))
}

/// Years and spans of years that stand by themselves, one or several after each other.
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    const YEAR: &str = r"\d{4}(?:(?:--|–|-)\S*|\s+(?:--|–|-)\s+\d{4})?";
    #[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
    Regex::new(&format!(r"(?:^|,?\s+)({YEAR}(?:(?:\s*,\s*|\s+){YEAR})*),?(?:\s+|$)")).expect("a regular expression")
});

/// A span with spaces around its dash, which belongs together.
static SPACED: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
    Regex::new(r"^(\d{4})\s+(--|–|-)\s+(\d{4})$").expect("a regular expression")
});

/// The years of a notice, and what is left without them.
fn years(rest: &str) -> (Vec<String>, String) {
    let mut all = Vec::new();
    let mut holder = String::new();
    let mut end = 0;
    for found in YEARS.captures_iter(rest) {
        let (Some(whole), Some(years)) = (found.get(0), found.get(1)) else { continue };
        holder.push_str(rest.get(end..whole.start()).unwrap_or_default());
        end = years.end();
        split(years.as_str(), &mut all);
    }
    holder.push_str(rest.get(end..).unwrap_or_default());
    // what the years leave at the beginning: `, Jane`
    let left = holder.strip_prefix(',').unwrap_or(&holder);
    let holder = if left.starts_with(char::is_whitespace) { left.trim_start() } else { &holder };
    (all, holder.to_owned())
}

/// Takes a list of years apart at commas, and at spaces that are no part of a span.
fn split(years: &str, all: &mut Vec<String>) {
    for piece in years.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
        let mut words = piece.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let dash = words.next_if(|next| matches!(*next, "--" | "–" | "-"));
            let end = dash.and_then(|_| words.next());
            match (dash, end) {
                (Some(dash), Some(end)) if SPACED.is_match(&format!("{word} {dash} {end}")) => {
                    all.push(format!("{word}{dash}{end}"));
                }
                _ => all.extend([Some(word), dash, end].into_iter().flatten().map(str::to_owned)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms() {
        for (written, text) in [
            ("Copyright (c) 2020, Jane", "Copyright (C) 2020 Jane"),
            ("Copyright 2017-2019,2020 Jane", "Copyright 2017-2019, 2020 Jane"),
            ("© 2020 – 2021 X", "© 2020–2021 X"),
            ("Copyright (C) 1999", "Copyright (C) 1999 "),
            ("SPDX-FileCopyrightText:  ©  2020 A", "SPDX-FileCopyrightText: © 2020 A"),
            ("Copyright(c)2020 B", "Copyright (C) 2020 B"),
            ("Copyright (C) 2019- present Jane", "Copyright (C) 2019- present Jane"),
            ("Copyright 2016, 2018-2019 Joe Anybody", "Copyright 2016, 2018-2019 Joe Anybody"),
            ("Copyright © Foo 2020-present", "Copyright © 2020-present Foo"),
            ("SPDX-FileCopyrightText:2020 - 2022 Z", "SPDX-FileCopyrightText: 2020-2022 Z"),
            ("SPDX-FileCopyrightText: (c) Foo, 2011 - 2013, 2015", "SPDX-FileCopyrightText: (C) 2011-2013, 2015 Foo"),
            ("SPDX-FileCopyrightText: Copyright (c) A", "SPDX-FileCopyrightText: Copyright (C) A"),
            ("SPDX-SnippetCopyrightText: 2022 John", "SPDX-SnippetCopyrightText: 2022 John"),
            ("2019 Translation Company", "SPDX-FileCopyrightText: 2019 Translation Company"),
            ("Team 12345", "SPDX-FileCopyrightText: Team 12345"),
            ("Copyrighted works", "SPDX-FileCopyrightText: Copyrighted works"),
        ] {
            let notice = Notice::of_value(written);
            assert_eq!((notice.text.as_str(), notice.names_holder), (text, true), "{written}");
        }
    }

    #[test]
    fn dashes_make_no_difference() {
        let all = ["© 2020–2022 B", "© 2020-2022 B", "© A–Z", "© A-Z", "© 2020–2022 B"].map(Notice::of_value);
        let texts: Vec<String> = Notice::unique(all).into_iter().map(|notice| notice.text).collect();
        assert_eq!(texts, ["© 2020–2022 B", "© A-Z", "© A–Z"]);
    }

    #[test]
    fn nobody_is_named() {
        for written in ["", "SPDX-FileCopyrightText:", "Copyright (c)", "Copyright ©  ", "©"] {
            assert!(!Notice::of_value(written).names_holder, "{written}");
        }
    }

    #[test]
    fn prefixes() {
        for (text, len) in [
            ("Copyright 2020", Some(9)),
            ("Copyright: 2020", None),
            ("Copyright", None),
            ("(c) Jane", None),
            ("copyright 2020", None),
            ("© Jane", Some(2)),
            ("Copyright\t(C) x", Some(13)),
        ] {
            assert_eq!(prefix(text).map(|prefix| prefix.len), len, "{text}");
        }
    }
}
