//! What does one line say?

use super::notice::{Notice, prefix};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What a line says. A notice wins over an expression.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Tag<'l> {
    Notice {
        notice: Notice,
        /// whether it has the tag of files
        of_file: bool,
    },
    Licence {
        value: &'l str,
        /// the offset of the value in the line
        at: usize,
    },
    SnippetBegin,
    SnippetEnd,
}

const LICENCE: &str = "SPDX-License-Identifier:";
const FILE: &str = "SPDX-FileCopyrightText:";
const BEGIN: &str = "SPDX-SnippetBegin";
const END: &str = "SPDX-SnippetEnd";

/// The longest first, so that the short ones stand for what none of the others is.
const TAGS: [&str; 8] = [LICENCE, FILE, "SPDX-SnippetCopyrightText:", "Copyright", "©", BEGIN, END, "SPDX-"];

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "it is part of the program, and a test reads it")]
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(TAGS).expect("eight short tags")
});

/// What comments end with, in the styles that the reference tool knows.
const ENDS: [&str; 12] = ["#}", "'/", "*#", "*)", "*/", "--%>", "-->", "--}}", "-/", ":)", "=#", "}"];

/// Reads a line without its end.
pub(super) fn tag(line: &str) -> Option<Tag<'_>> {
    let mut first = None;
    let mut notice = None;
    let mut licence = None;
    let mut run = Run::default();
    for found in FINDER.find_iter(line) {
        let name = TAGS.get(found.pattern().as_usize()).copied().unwrap_or_default();
        let at = found.start();
        match name {
            BEGIN | END if is_alone(line, at, name) => {
                return Some(if name == BEGIN { Tag::SnippetBegin } else { Tag::SnippetEnd });
            }
            BEGIN | END | "SPDX-" => {
                if first.is_none() && run.has_colon_after(line, at + "SPDX-".len() + 1) {
                    first = Some(at);
                }
                continue;
            }
            _ => {}
        }
        first.get_or_insert(at);
        if name == LICENCE {
            licence.get_or_insert(at);
        } else if notice.is_none() && line.get(at..).is_some_and(|rest| prefix(rest).is_some()) {
            notice = Some((at, name == FILE));
        }
        if notice.is_some() {
            break;
        }
    }
    let line = without_mirror(line, first?);
    if let Some((at, of_file)) = notice
        && let Some(rest) = line.get(at..)
        && let Some(found) = prefix(rest)
    {
        let value = without_ends(rest.get(found.len..).unwrap_or_default());
        return Some(Tag::Notice { notice: Notice::new(found.words, value), of_file });
    }
    let after = licence? + LICENCE.len();
    let rest = line.get(after..)?;
    let value = rest.trim_start();
    let at = after + (rest.len() - value.len());
    Some(Tag::Licence { value: without_ends(value), at })
}

/// The characters between two spaces in which a tag was met, as far as they are known: so none is looked at twice.
#[derive(Default)]
struct Run {
    end: usize,
    last_colon: Option<usize>,
}

impl Run {
    /// Whether a colon follows at or after an offset before the next space.
    fn has_colon_after(&mut self, line: &str, from: usize) -> bool {
        if from > self.end {
            let rest = line.get(from..).unwrap_or_default();
            self.end = rest.find(char::is_whitespace).map_or(line.len(), |end| from + end);
            self.last_colon = line.get(from..self.end).and_then(|run| run.rfind(':')).map(|at| from + at);
        }
        self.last_colon.is_some_and(|at| at >= from)
    }
}

/// Whether nothing but marks of a comment stands around a tag.
fn is_alone(line: &str, at: usize, tag: &str) -> bool {
    let before = line.get(..at).unwrap_or_default();
    let after = line.get(at + tag.len()..).unwrap_or_default();
    let marks = |text: &str| !text.contains(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '`'));
    let rem = before.trim().eq_ignore_ascii_case("rem") || before.trim() == "dnl" || before.trim() == "c";
    (marks(before) || rem) && marks(after)
}

/// Without the end of a frame: what stands before the first tag, backwards (`# … #`, `/* … */`).
fn without_mirror(line: &str, first: usize) -> &str {
    let before = line.get(..first).unwrap_or_default().trim();
    let mut left = line.chars().rev();
    let mirrored = !before.is_empty() && before.chars().all(|c| left.next() == Some(c));
    if mirrored { line.get(..line.len() - before.len()).unwrap_or(line) } else { line }
}

/// Without what ends comments, attributes of tags, and attributes of AsciiDoc; as much as can be taken away.
fn without_ends(value: &str) -> &str {
    let value = value.trim_end();
    let mut ahead = BTreeSet::from([value.len()]);
    let mut shortest = value.len();
    while let Some(end) = ahead.pop_last() {
        shortest = end;
        let Some(text) = value.get(..end) else { break };
        ahead.extend(ENDS.iter().filter_map(|mark| text.strip_suffix(mark)).map(str::len));
        if let Some(rest) = text.strip_suffix('>') {
            let rest = rest.trim_end_matches('/').trim_end();
            ahead.extend(rest.strip_suffix(['"', '\'']).map(str::len));
        }
        if let Some(rest) = text.strip_suffix("::") {
            ahead.extend(rest.trim_end().strip_suffix(']').map(str::len));
        }
    }
    value.get(..shortest).unwrap_or(value).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licence(line: &str) -> Option<&str> {
        match tag(line) {
            Some(Tag::Licence { value, at }) => {
                assert!(line.get(at..).is_some_and(|rest| rest.starts_with(value)));
                Some(value)
            }
            _ => None,
        }
    }

    fn notice(line: &str) -> Option<String> {
        match tag(line) {
            Some(Tag::Notice { notice, .. }) => Some(notice.text),
            _ => None,
        }
    }

    #[test]
    fn values_without_comments() {
        let tag = "SPDX-License-Identifier: MIT";
        for line in [
            tag.to_owned(),
            format!("# {tag}"),
            format!("# {tag}  #"),
            format!("/* {tag} */"),
            format!("/* {tag}*/"),
            format!("<!-- {tag} -->"),
            format!("<%-- {tag} --%>"),
            format!("{{{{!-- {tag} --}}}}"),
            format!("{{# {tag} #}}"),
            format!("(* {tag} *)"),
            format!("#= {tag} =#"),
            format!("{{ {tag} }}"),
            format!("<tag value=\"{tag}\"/>"),
            format!("<tag value='{tag}' />"),
            format!("<tag value=\"{tag}\">"),
            format!("[{tag}] ::"),
            format!("-- {tag}"),
            "SPDX-License-Identifier:MIT".to_owned(),
            "x = 1 # SPDX-License-Identifier:   MIT".to_owned(),
            "* SPDX-License-Identifier: MIT *".to_owned(),
        ] {
            assert_eq!(licence(&line), Some("MIT"), "{line}");
        }
        for (line, value) in [
            ("{- SPDX-License-Identifier: MIT -}", "MIT -"),
            ("/* SPDX-License-Identifier: MIT */ int x;", "MIT */ int x;"),
            ("SPDX-License-Identifier:", ""),
            ("- text: 'SPDX-License-Identifier: MIT'", "MIT'"),
            ("SPDX-License-Identifier: MIT }}}", "MIT"),
        ] {
            assert_eq!(licence(line), Some(value), "{line}");
        }
    }

    #[test]
    fn lines_that_say_nothing() {
        for line in [
            "",
            "SPDX-License-Identifier : MIT",
            "spdx-license-identifier: MIT",
            "Copyrighted by nobody",
            "(c) Jane",
            "copyright 2020",
            "SPDX-FileType: SOURCE",
            "SPDX-CopyrightText: 2020 Jane",
            "SPDX-",
            "Copyright",
        ] {
            assert_eq!(tag(line), None, "{line}");
        }
    }

    #[test]
    fn notices() {
        for (line, text) in [
            ("// Copyright (c) 2020 Jane //", "Copyright (C) 2020 Jane"),
            (
                "# SPDX-FileCopyrightText: 2020 Jane Doe <j@example.org>",
                "SPDX-FileCopyrightText: 2020 Jane Doe <j@example.org>",
            ),
            ("<!-- © Jane -->", "© Jane"),
            ("Copyrights and Copyright law", "Copyright law"),
            ("SPDX-License-Identifier: MIT, Copyright 2020 Jane", "Copyright 2020 Jane"),
            ("(* Copyright 2020 Jane *)", "Copyright 2020 Jane"),
        ] {
            assert_eq!(notice(line).as_deref(), Some(text), "{line}");
        }
        let of_file = |line| matches!(tag(line), Some(Tag::Notice { of_file: true, .. }));
        assert!(of_file("SPDX-FileCopyrightText: A") && !of_file("SPDX-SnippetCopyrightText: A") && !of_file("© A"));
    }

    #[test]
    fn snippets() {
        for line in ["# SPDX-SnippetBegin", "SPDX-SnippetBegin", "/* SPDX-SnippetBegin */", "REM SPDX-SnippetBegin"] {
            assert_eq!(tag(line), Some(Tag::SnippetBegin), "{line}");
        }
        assert_eq!(tag("// SPDX-SnippetEnd"), Some(Tag::SnippetEnd));
        for line in ["x = \"SPDX-SnippetBegin\"", "the tag SPDX-SnippetBegin opens one", "`SPDX-SnippetEnd`"] {
            assert_eq!(tag(line), None, "{line}");
        }
    }
}
