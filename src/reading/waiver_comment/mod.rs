//! Which comments of a file say that a finding does not count?
//!
//! `civiclint: ignore RULE -- REASON` in a comment of its own is about the line below (and about its own), behind code
//! about the line it stands on; `civiclint: ignore-file RULE -- REASON` is about the file. Whether there is such a
//! rule, and such a finding, is not known here.

mod comments;
mod format;
#[cfg(test)]
mod tests;
mod words;

pub use words::Flaw;

use super::pass::FileScan;
use super::position::Lines;
use crate::phrase::Phrase;
use crate::place::Span;
use crate::repository::{File, FileKind, Loss, RepoPath, Repository};
use crate::untrusted::Untrusted;
use comments::Found;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;

/// Larger files are not read for comments.
const LARGEST: u64 = 8 << 20;
/// More such comments of one file do not count.
const MOST_IN_FILE: usize = 1_000;
/// More such comments in all do not count.
const MOST: usize = 20_000;
/// So many files are read at a time.
const CHUNK: usize = 256;

/// A comment that waives something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverComment {
    /// the file
    pub path: RepoPath,
    /// the words themselves, without the marks of the comment
    pub span: Span,
    /// the findings it is about
    pub covers: Covers,
    /// what it names as rules, as it is written
    pub rules: Vec<Untrusted>,
    /// the last day on which it holds
    pub until: Option<Date>,
    /// why; empty where it has a flaw that says so
    pub reason: Untrusted,
    /// why it does not hold
    pub flaw: Option<Flaw>,
}

/// Which findings of its file a comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// all
    File,
    /// those that touch one of these lines, both included
    Lines(u32, u32),
}

/// Whether a text is worth being read for such comments.
pub(super) fn may_hold(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), words::NEEDLE.as_bytes()).is_some()
}

/// The comments of the files that the pass over all files marked, and of these others. Sorted by place; those beyond
/// what anybody writes by hand are among the losses and do not count.
pub fn all(repo: &Repository, scans: &[FileScan], others: &BTreeSet<RepoPath>) -> Vec<WaiverComment> {
    let wanted = repo.files().iter().enumerate().filter(|(at, file)| {
        let marked = scans.get(*at).and_then(|scan| scan.waives);
        file.kind == FileKind::Regular
            && file.len.is_none_or(|len| len <= LARGEST)
            && marked.unwrap_or_else(|| others.contains(&file.path))
    });
    let wanted: Vec<&File> = wanted.map(|(_, file)| file).collect();
    let mut found = Vec::new();
    for chunk in wanted.chunks(CHUNK) {
        let read: Vec<Vec<WaiverComment>> = chunk.par_iter().map(|file| read(repo, file)).collect();
        found.extend(read.into_iter().flatten());
        if found.len() > MOST {
            found.truncate(MOST);
            lose(repo, None, MOST);
            break;
        }
    }
    found
}

fn lose(repo: &Repository, path: Option<&RepoPath>, most: usize) {
    let why = Phrase::new(
        "holds more than {most} comments with waivers; the others do not count",
        "enthält mehr als {most} Kommentare mit Ausnahmen; die übrigen zählen nicht",
    );
    repo.lose(Loss { path: path.cloned(), why: why.with("most", most.to_string()) });
}

fn read(repo: &Repository, file: &File) -> Vec<WaiverComment> {
    let Ok(text) = repo.text_once(file) else { return Vec::new() };
    if !may_hold(&text) {
        return Vec::new();
    }
    let mut found = std::panic::catch_unwind(AssertUnwindSafe(|| of(file, &text))).unwrap_or_else(|_| {
        let why = Phrase::new(
            "a reader failed on this file; please report it",
            "ein Leser ist an dieser Datei gescheitert; bitte melden Sie das",
        );
        repo.lose(Loss { path: Some(file.path.clone()), why });
        Vec::new()
    });
    if found.len() > MOST_IN_FILE {
        found.truncate(MOST_IN_FILE);
        lose(repo, Some(&file.path), MOST_IN_FILE);
    }
    found
}

/// The comments of one file, in their order; one more than count where there are too many.
fn of(file: &File, text: &str) -> Vec<WaiverComment> {
    let said: Vec<(Found, words::Said)> = comments::find(file, text)
        .into_iter()
        .filter(|found| text.get(found.before.clone()).is_some_and(words::begins))
        .filter_map(|found| {
            let words = text.get(found.at.clone())?.strip_prefix(words::NEEDLE)?;
            Some((found, words::read(words)?))
        })
        .take(MOST_IN_FILE + 1)
        .collect();
    let lines = Lines::new(text);
    let own: BTreeSet<u32> =
        said.iter().filter(|(found, _)| found.alone).map(|(found, _)| lines.place(text, found.at.start).0).collect();
    let blank = |line: u32| {
        let line = lines.line(text, line).and_then(|line| text.get(line));
        line.is_some_and(|line| (1..200).contains(&line.len()) && line.trim().is_empty())
    };
    let comment = |(found, said): (Found, words::Said)| {
        let words = text.get(found.at.clone()).unwrap_or_default().trim_end();
        let span = lines.span(text, &(found.at.start..found.at.start + words.len()));
        let covers = match (said.whole_file, found.alone) {
            (true, _) => Covers::File,
            (false, false) => Covers::Lines(span.line, span.line),
            (false, true) => {
                let mut next = lines.place(text, found.end.saturating_sub(1)).0.saturating_add(1);
                // Several may stand one below the other; formatters part them from what they are about by a blank line.
                while own.contains(&next) {
                    next += 1;
                }
                if blank(next) {
                    next += 1;
                }
                Covers::Lines(span.line, next)
            }
        };
        let words::Said { rules, until, reason, flaw, .. } = said;
        WaiverComment { path: file.path.clone(), span, covers, rules, until, reason, flaw }
    };
    said.into_iter().map(comment).collect()
}
