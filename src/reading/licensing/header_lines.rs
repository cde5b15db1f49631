//! Which lines of a file are its header: the comments before the first line of code?

use crate::place::Span;

/// A line of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// from 1
    pub(super) number: u32,
    /// as it stands, without its end
    pub(super) whole: &'t str,
    /// without the marks of the comment
    pub(super) text: &'t str,
}

impl Line<'_> {
    /// The part between two bytes of the line.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let column = |at: usize| {
            let characters = self.whole.get(..at).map_or(0, |before| before.chars().count());
            u32::try_from(characters).unwrap_or(u32::MAX).saturating_add(1)
        };
        Span::on_line(self.number, column(start), column(end))
    }
}

/// Comments that go on over lines, in the order in which they are tried.
const BLOCKS: &[(&str, &str)] = &[
    ("/*", "*/"),
    ("<!--", "-->"),
    ("\"\"\"", "\"\"\""),
    ("'''", "'''"),
    ("<%--", "--%>"),
    ("{{!--", "--}}"),
    ("{#", "#}"),
    ("{-", "-}"),
    ("(*", "*)"),
    ("<#", "#>"),
    ("--[[", "]]"),
    ("#|", "|#"),
    ("@*", "*@"),
    ("=begin", "=end"),
    ("=pod", "=cut"),
    ("r\"\"\"", "\"\"\""),
];

/// What starts a comment that ends with its line.
const STARTS: &[&str] =
    &["//", "#", "--", ";", "%", "dnl ", "rem ", "REM ", "::", "!", "'", "..", "*", "\"", "@REM ", "@rem "];

/// Code that may stand before a header.
const BEFORE: &[&str] = &[
    "<?",
    "<!DOCTYPE",
    "<!doctype",
    "#!",
    "package ",
    "\"use strict\"",
    "'use strict'",
    "declare(",
    "---",
    "@echo",
    "<script",
    "<template",
    "<style",
    "from __future__",
    "module ",
    "%YAML",
    "syntax ",
    "<html",
    "<svg",
    "@charset",
    "namespace ",
];

/// What C and its kin write before a header, and what is no comment there.
const PREPROCESSOR: &[&str] = &["#if", "#define", "#pragma", "#endif", "#undef", "#else", "#region"];

/// The lines of comments before the first line of code.
pub(super) fn header_lines(head: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut end: Option<&str> = None;
    for (number, whole) in (1..).zip(head.strip_prefix('\u{feff}').unwrap_or(head).lines()) {
        let trimmed = whole.trim();
        if let Some(mark) = end {
            lines.push(Line { number, whole, text: bare(whole) });
            if trimmed.contains(mark) {
                end = None;
            }
            continue;
        }
        if trimmed.is_empty() {
            continue;
        }
        if PREPROCESSOR.iter().any(|word| trimmed.starts_with(word)) {
            continue;
        }
        if ["#include", "#import"].iter().any(|word| trimmed.starts_with(word)) {
            break;
        }
        let block = BLOCKS.iter().find(|(open, _)| trimmed.starts_with(open));
        if let Some((open, close)) = block {
            lines.push(Line { number, whole, text: bare(whole) });
            end = (!trimmed.get(open.len()..).unwrap_or_default().contains(close)).then_some(*close);
        } else if STARTS.iter().any(|start| trimmed.starts_with(start)) {
            // `'use strict'` is a string, and a comment of Visual Basic for all that can be told by its start
            lines.push(Line { number, whole, text: bare(whole) });
        } else if !BEFORE.iter().any(|start| trimmed.starts_with(start)) {
            break;
        }
    }
    lines
}

/// A line without the marks of a comment around it.
fn bare(whole: &str) -> &str {
    let text =
        whole.trim().trim_start_matches(['/', '*', '#', ';', '%', '!', '-', '<', '{', '"', '\'', ':', '|', ' ', '\t']);
    text.trim_end_matches(['*', '/', '#', '"', '-', '>', ' ', '\t', '|']).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_the_first_line_of_code() {
        for (text, wanted) in [
            ("#!/bin/sh\n# one\n\n# two\necho\n# three\n", &["bin/sh", "one", "two"][..]),
            ("/*\n * one\n * two\n */\nint a; // three\n", &["", "one", "two", ""]),
            ("/* one */ int a;\nint b;\n", &["one */ int a;"]),
            ("\"\"\"one\ntwo\"\"\"\nx = 1\n", &["one", "two"]),
            ("package x;\n// one\n", &["one"]),
            ("#ifndef A_H\n#define A_H\n// one\n#include <a.h>\n// two\n", &["one"]),
            ("int a;\n// one\n", &[]),
            ("\u{feff}// one\n", &["one"]),
            ("", &[]),
        ] {
            assert_eq!(header_lines(text).iter().map(|line| line.text).collect::<Vec<_>>(), wanted, "{text}");
        }
    }

    #[test]
    fn columns_count_characters() {
        let line = header_lines("# ä MIT\n")[0];
        assert_eq!(line.span(5, 8), Span::on_line(1, 5, 8));
    }
}
