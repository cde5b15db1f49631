//! What does the comment at the top of a source file say of its licence?
//!
//! Read in the one pass over all files; only places and a number per notice are kept. Notices are told apart by that
//! number, so that a licence is identified once, however many files carry it.

use super::super::licence_text::{self, Place, expression};
use super::header_lines::{Line, header_lines};
use crate::place::Span;
use crate::reading::language;
use crate::reading::node::Located;
use crate::reading::pass::FileScan;
use crate::repository::{Class, Counted, File, RepoPath, Repository};
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// So much of a file may be its header.
pub const LONGEST: usize = 8 << 10;

/// What the header of one file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Header {
    /// the values of `SPDX-License-Identifier`
    pub tags: Vec<Located>,
    /// a notice that may grant a licence: its number, and its first line
    pub notice: Option<(u64, u32)>,
    /// a line that keeps all rights or calls the file a secret, where nothing in the header grants a licence
    pub reserved: Option<Span>,
}

/// A file with a licence of its own in its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// the file
    pub path: RepoPath,
    /// the line that says it
    pub span: Span,
    /// the licence, as an SPDX expression
    pub expression: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    all_rights: Vec<String>,
    secret: Vec<String>,
    perhaps_secret: Vec<String>,
    open: Vec<String>,
    grants: Vec<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("headers.toml")).expect("the table is part of the program and tested")
});

/// A header without any of these says nothing of rights.
static NEEDLES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [
        "licens",
        "licenc",
        "lizenz",
        "copyright",
        "confidential",
        "reserved",
        "proprietary",
        "permission",
        "vorbehalten",
        "vertraulich",
        "spdx-",
        "redistribut",
        "public domain",
        "reserv",
        "internal use",
        "riservati",
        "distribut",
        "dienstgebrauch",
        "internen gebrauch",
        "vervielf",
        "trade secret",
        "unauthori",
        "be copied",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

const TAG: &str = "SPDX-License-Identifier:";

/// Reads the header of a file; `None` where it says nothing of rights.
pub fn read(text: &str) -> Option<Box<Header>> {
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let head = text.get(..end)?;
    // Most files begin with code, or with a comment on what they do: that takes less time to see than the search.
    let lines = header_lines(head);
    let needles = NEEDLES.as_ref()?;
    if !lines.iter().any(|line| needles.is_match(line.whole)) {
        return None;
    }
    let header = Header { tags: tags(&lines), notice: notice(&lines), reserved: reserved(&lines) };
    (header != Header::default()).then(|| Box::new(header))
}

/// The tags of a header. One in the middle of a sentence is what the sentence speaks about.
fn tags(lines: &[Line<'_>]) -> Vec<Located> {
    let mut tags = Vec::new();
    let mut ignored = false;
    for line in lines {
        ignored = (ignored || line.whole.contains("REUSE-IgnoreStart")) && !line.whole.contains("REUSE-IgnoreEnd");
        let Some((before, after)) = line.whole.split_once(TAG).filter(|_| !ignored) else { continue };
        let sentence = before.chars().filter(|c| c.is_alphanumeric()).count() > 0 && !before.contains("opyright");
        let value = without_end(after.trim());
        if sentence || value.is_empty() || value.contains(['{', '$', '<', '%', '[', '"', '\\']) || value.contains("...")
        {
            continue;
        }
        let at = line.whole.len() - after.len() + after.find(value).unwrap_or(0);
        tags.push(Located { value: value.to_owned(), span: line.span(at, at + value.len()) });
    }
    tags
}

/// The value without what ends the comment.
fn without_end(value: &str) -> &str {
    const ENDS: &[&str] =
        &["*/", "-->", "--%>", "*)", "#}", "#>", "-}", "--]]", "]]", "\"\"\"", "'''", "--}}", "*@", "/>"];
    let mut value = value;
    while let Some(shorter) = ENDS.iter().find_map(|end| value.strip_suffix(end)) {
        value = shorter.trim_end();
    }
    value.trim_end_matches(['*', '#', ';', '\'']).trim_end()
}

/// The notice of a header, by the number of its words; copyright lines and what describes the file make no difference.
fn notice(lines: &[Line<'_>]) -> Option<(u64, u32)> {
    let first = lines.iter().position(|line| {
        let lower = line.text.to_lowercase();
        ["licens", "licenc", "permission", "redistribut", "free software"].iter().any(|word| lower.contains(word))
    })?;
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    let said = lines.iter().skip(first).filter(|line| !licence_text::is_copyright_line(line.text));
    for byte in said.flat_map(|line| line.text.bytes().chain([b'\n'])) {
        number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    Some((number, lines.get(first)?.number))
}

/// The line that keeps all rights, where nothing in the header gives any.
fn reserved(lines: &[Line<'_>]) -> Option<Span> {
    let lower: Vec<String> =
        lines.iter().map(|line| line.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()).collect();
    let says = |words: &[String]| lower.iter().position(|line| words.iter().any(|word| line.contains(word.as_str())));
    let copyright = || lower.iter().any(|line| line.contains("copyright") || line.contains('©'));
    let secret = says(&TABLE.secret)
        .or_else(|| says(&TABLE.perhaps_secret).filter(|_| copyright() && says(&TABLE.open).is_none()));
    let found = match secret {
        Some(secret) if says(&TABLE.grants).is_none() && !lower.iter().any(|line| line.contains("spdx-license")) => {
            secret
        }
        Some(_) => return None,
        None if says(&TABLE.open).is_some() => return None,
        None => says(&TABLE.all_rights)?,
    };
    let line = lines.get(found)?;
    let start = line.whole.find(line.text).unwrap_or(0);
    Some(line.span(start, start + line.text.trim_end().len()))
}

/// What one file says, where its header says anything.
pub fn said<'a>(files: &'a [File], scans: &'a [FileScan]) -> impl Iterator<Item = (&'a File, &'a Header)> {
    files.iter().zip(scans).filter_map(|(file, scan)| Some((file, scan.header.as_deref()?)))
}

/// The source files with a licence of their own, in the order of their paths. A tag is heard before a notice. Each
/// notice is identified once: one file of each kind is read again.
pub fn own(repo: &Repository, scans: &[FileScan]) -> Vec<Own> {
    use rayon::prelude::*;
    let untagged = || said(repo.files(), scans).filter(|(file, header)| is_source(file) && header.tags.is_empty());
    let mut kinds: BTreeMap<u64, &File> = BTreeMap::new();
    for (file, header) in untagged() {
        if let Some((number, _)) = header.notice {
            kinds.entry(number).or_insert(file);
        }
    }
    let identified: BTreeMap<u64, String> = kinds
        .into_iter()
        .take(MOST_KINDS)
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter_map(|(number, file)| Some((number, identify(repo, file)?)))
        .collect();
    let mut own: Vec<Own> = Vec::new();
    for (file, header) in said(repo.files(), scans).filter(|(file, _)| is_source(file)) {
        let path = &file.path;
        if let Some(first) = header.tags.first() {
            let parts: Option<Vec<String>> = header.tags.iter().map(|tag| expression::canonical(&tag.value)).collect();
            let Some(parts) = parts else { continue };
            own.push(Own { path: path.clone(), span: first.span, expression: expression::join(&parts, "AND") });
        } else if let Some((number, line)) = header.notice
            && let Some(expression) = identified.get(&number)
        {
            own.push(Own { path: path.clone(), span: Span::on_line(line, 1, 1), expression: expression.clone() });
        }
    }
    own
}

/// Repositories with more kinds of notices are collections of foreign code.
const MOST_KINDS: usize = 2_000;

/// Scripts of a shell run as programs of their own; what they call is not combined with them.
const SHELLS: &[&str] = &["shell", "powershell", "batch"];

fn is_source(file: &File) -> bool {
    let is_shell = language::of(&file.path).is_some_and(|language| SHELLS.contains(&language.name.as_str()));
    file.class == Class::Source && !is_shell
}

fn identify(repo: &Repository, file: &File) -> Option<String> {
    let text = repo.head_text(file, LONGEST).ok()?;
    let lines = header_lines(&text);
    let notice: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let notice = notice.join("\n");
    repo.count(Counted::LicenceTexts, 1);
    let found = licence_text::identify(&notice, Place::Source);
    found.expression.filter(|expression| found.notices.is_empty() && !names_more(&notice, expression))
}

/// Whether a notice says more than was understood: `MIT/GPL2 Licensed` offers both, several licences one after the
/// other may be those it may be linked with, and an exception permits more than its licence.
fn names_more(notice: &str, expression: &str) -> bool {
    let lower = notice.to_lowercase();
    if expression.contains(" AND ") || ["exception", "linked with", "linking"].iter().any(|word| lower.contains(word)) {
        return true;
    }
    let expression = expression.to_lowercase();
    let words = || lower.split(|c: char| !c.is_ascii_alphanumeric());
    ["mit", "bsd", "apache", "mpl", "isc", "dual", "dually"]
        .iter()
        .any(|name| words().any(|word| word == *name) && !expression.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Header {
        read(text).map(|header| *header).unwrap_or_default()
    }

    #[test]
    fn the_tag_of_every_kind_of_comment() {
        for (text, value, line, column) in [
            ("// SPDX-License-Identifier: MIT\n", "MIT", 1, 29),
            ("#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0+\n", "GPL-3.0+", 2, 28),
            ("/* SPDX-License-Identifier: MIT OR Apache-2.0 */\nint a;\n", "MIT OR Apache-2.0", 1, 29),
            ("<!-- SPDX-License-Identifier: EUPL-1.2 -->\n<p>", "EUPL-1.2", 1, 31),
            ("\"\"\"What it does.\n\nSPDX-License-Identifier: MIT\n\"\"\"\nimport os\n", "MIT", 3, 26),
            ("<?php\ndeclare(strict_types=1);\n/**\n * SPDX-License-Identifier: MIT\n */\n", "MIT", 4, 29),
            ("(* SPDX-License-Identifier: LGPL-2.1 *)\n", "LGPL-2.1", 1, 29),
            ("{# SPDX-License-Identifier: MIT #}\n", "MIT", 1, 29),
            ("// Copyright 2026 Amt. SPDX-License-Identifier: Apache 2.0\n", "Apache 2.0", 1, 49),
        ] {
            let header = header(text);
            let tags: Vec<_> =
                header.tags.iter().map(|tag| (tag.value.as_str(), tag.span.line, tag.span.column)).collect();
            assert_eq!(tags, [(value, line, column)], "{text}");
        }
        for text in [
            "x = 'SPDX-License-Identifier: MIT'\n",
            "import os\n# SPDX-License-Identifier: MIT\n",
            "# Add SPDX-License-Identifier: <id> to every file\n",
            "# Writes the line SPDX-License-Identifier: MIT into files\n",
            "# SPDX-License-Identifier: {{ licence }}\n",
            "# SPDX-License-Identifier:\n",
            "# REUSE-IgnoreStart\n# SPDX-License-Identifier: MIT\n# REUSE-IgnoreEnd\n",
        ] {
            assert!(header(text).tags.is_empty(), "{text}");
        }
    }

    #[test]
    fn rights_that_are_kept() {
        for (text, line) in [
            ("// Copyright 2024 Firma GmbH. All rights reserved.\nint a;\n", Some(1)),
            ("/*\n * Copyright Firma\n * Alle Rechte vorbehalten.\n */\n", Some(3)),
            ("# Company Confidential\n", Some(1)),
            ("# Unauthorized copying of this file, via any medium, is strictly prohibited\n", Some(1)),
            // a habit beside a licence, a tag or a pointer
            (
                "// Copyright 2024 X. All rights reserved.\n// Use of this source code is governed by a BSD-style\n",
                None,
            ),
            ("// Copyright X. All rights reserved.\n// SPDX-License-Identifier: MIT\n", None),
            ("/* Copyright X. All rights reserved.\n * See LICENSE for details. */\n", None),
            ("# All rights reserved.\n# Redistribution and use in source and binary forms are permitted\n", None),
            ("# Confidential information of X\n# Permission is hereby granted, free of charge\n", None),
            // not in the header, or not about rights
            ("int a;\n// All rights reserved.\n", None),
            ("footer = 'All rights reserved.'\n", None),
            ("# Keeps confidential data apart from proprietary formats\n", None),
            ("/* NOTE: This file is for internal use only.\n * Do not use it in your own program! */\n", None),
            ("// Copyright X. See COPYRIGHT for license information.\n// For internal use only.\n", None),
            ("/* Copyright X */\n#ifndef A\n#define internal use only flags\n", None),
            (
                "/* Copyright X. All rights reserved. The user is granted the right to use, copy and modify it. */\n",
                None,
            ),
            ("# The format is proprietary to Example Maps\n", None),
            ("# Copyright Firma GmbH\n# For internal use only\n", Some(2)),
            ("# Copyright 2024 Amt\n", None),
        ] {
            assert_eq!(header(text).reserved.map(|span| span.line), line, "{text}");
        }
    }

    #[test]
    fn the_same_notice_has_one_number() {
        let of = |text: &str| header(text).notice.map(|(number, _)| number);
        let one = of("// main.c - draws trees\n// Copyright 2020 A\n// Licensed under the MIT licence.\n");
        let other = of("// leaf.c - draws leaves\n//\n// Copyright 2024 B\n// Licensed under the MIT licence.\n");
        assert!(one.is_some() && one == other);
        assert_ne!(one, of("// Licensed under the ISC licence.\n"));
        assert_eq!(of("// draws trees\n"), None);
    }

    #[test]
    fn half_understood_notices() {
        for (notice, expression, more) in [
            ("MIT/GPL2 Licensed", "GPL-2.0-only", true),
            ("Dual licensed", "GPL-2.0-only", true),
            ("under the GPL; may be linked with components under the MPL and CDDL", "GPL-2.0-only", true),
            ("under the GPL, as a special exception", "GPL-2.0-only", true),
            ("Apache or MPL", "Apache-2.0 AND MPL-2.0", true),
            ("Licensed under the MIT licence", "MIT", false),
            ("under the GNU General Public License, permitted", "GPL-3.0-or-later", false),
        ] {
            assert_eq!(names_more(notice, expression), more, "{notice}");
        }
    }

    /// Only the head is looked at, however long a line is.
    #[test]
    fn one_endless_line() {
        let text = format!("/* {}", "All rights reserved SPDX-License-Identifier: ".repeat(120_000));
        let lines = header_lines(text.get(..LONGEST).unwrap());
        assert_eq!(lines.iter().map(|line| line.whole.len()).sum::<usize>(), LONGEST);
        assert!(header(&text).tags.is_empty());
    }
}
