//! Which lines of a program hold a path that exists on one person's machine only?
//!
//! One path of each line is told. Code cells of notebooks and chunks of R Markdown are read, their outputs and prose are
//! not; pages are not, as they hold addresses that look the same.

use super::local_paths::{is_page, is_person};
use super::needles::Needles;
use super::source::notebook;
use crate::repository::RepoPath;
use std::ops::Range;
use std::sync::LazyLock;

/// More than so many in one file are not told.
const MOST: usize = 200;
/// So much of a longer path is shown.
const SHOWN: usize = 80;
/// So many bytes of a line before the path are looked at.
const BEFORE: usize = 200;

/// A path in the home folder of one person.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct PersonalPath {
    /// line, from 1
    pub line: u32,
    /// first column, from 1, in characters
    pub column: u32,
    /// the column after the last character
    pub end_column: u32,
    /// the path, or the beginning of it
    pub path: String,
    /// the name of the person's folder, in lower case
    pub person: String,
    /// whether it lies where services have their folders too: below `/home`
    pub below_home: bool,
}

/// What leads to a home folder, and whether services may have theirs there.
const STARTS: [(&str, bool); 10] = [
    ("/home/", true),
    ("/Users/", false),
    (":/users/", false),
    (":\\Users\\", false),
    (":\\users\\", false),
    (":\\\\Users\\\\", false),
    (":\\\\users\\\\", false),
    (":\\Documents and Settings\\", false),
    (":\\\\Documents and Settings\\\\", false),
    (":\\Dokumente und Einstellungen\\", false),
];

static NEEDLES: LazyLock<Needles> = LazyLock::new(|| Needles::new(STARTS.map(|(start, _)| start)));

/// The personal paths of a file of source, by line.
pub fn find(path: &RepoPath, text: &str) -> Vec<PersonalPath> {
    let end = path.extension();
    if matches!(end.as_str(), "html" | "htm" | "xhtml") || !NEEDLES.is_in(text) {
        return Vec::new();
    }
    let mut found: Vec<PersonalPath> = match end.as_str() {
        "ipynb" => notebook::lines(text)
            .iter()
            .filter_map(|line| {
                let seen = of_line(&line.text, line.number)?;
                Some(PersonalPath {
                    column: line.column(seen.column),
                    end_column: line.column(seen.end_column),
                    ..seen
                })
            })
            .collect(),
        "rmd" | "qmd" | "rnw" => notebook::chunks(text).iter().flat_map(|(_, chunk)| of_text(chunk)).collect(),
        _ => of_text(text),
    };
    found.sort_by_key(|path| (path.line, path.column));
    found.dedup_by_key(|path| path.line);
    found.truncate(MOST);
    found
}

/// The paths of a text, one for each line. Lines are numbered only where a needle is.
fn of_text(text: &str) -> Vec<PersonalPath> {
    let mut found = Vec::new();
    let (mut number, mut counted, mut done) = (1u32, 0usize, 0usize);
    for needle in NEEDLES.each(text) {
        if needle.start() < done || found.len() > MOST {
            continue;
        }
        let start =
            memchr::memrchr(b'\n', text.as_bytes().get(..needle.start()).unwrap_or_default()).map_or(0, |at| at + 1);
        let end = memchr::memchr(b'\n', text.as_bytes().get(needle.start()..).unwrap_or_default());
        let end = end.map_or(text.len(), |at| needle.start() + at);
        let lines = memchr::memchr_iter(b'\n', text.as_bytes().get(counted..start).unwrap_or_default()).count();
        number = number.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        counted = start;
        done = end;
        found.extend(text.get(start..end).and_then(|line| of_line(line, number)));
    }
    found
}

/// The first personal path of a line.
fn of_line(line: &str, number: u32) -> Option<PersonalPath> {
    if is_manual(line) {
        return None;
    }
    NEEDLES.each(line).find_map(|needle| {
        let (_, below_home) = STARTS.get(needle.pattern().as_usize())?;
        let (range, person) = path(line, needle.range(), *below_home)?;
        let whole = line.get(range.clone())?;
        let column =
            |at: usize| u32::try_from(line.get(..at).map_or(0, |lead| lead.chars().count()) + 1).unwrap_or(u32::MAX);
        Some(PersonalPath {
            line: number,
            column: column(range.start),
            end_column: column(range.end),
            path: whole.chars().take(SHOWN).collect(),
            person,
            below_home: *below_home,
        })
    })
}

/// Whether a line is prose for the users of an interface, or says that it is an example.
fn is_manual(line: &str) -> bool {
    let lead = line.trim_start();
    let lower = line.get(..BEFORE * 5).unwrap_or(line).to_lowercase();
    ["*", "///", "//!", "/**", "#'"].iter().any(|start| lead.starts_with(start))
        || ["e.g.", "example", "z. b.", "z.b.", "beispiel", "such as"].iter().any(|word| lower.contains(word))
}

/// The bytes of the path that a needle leads to and the name of its person, where it is one.
fn path(line: &str, needle: Range<usize>, below_home: bool) -> Option<(Range<usize>, String)> {
    let start = start(line, &needle)?;
    let rest = line.get(needle.end..)?;
    let windows = !line.get(needle.clone())?.starts_with('/');
    let slash = |c: char| c == '/' || c == '\\';
    let (name, below) = rest.split_once(slash)?;
    let name = name.to_lowercase();
    let below = below.trim_start_matches(slash);
    if !is_person(&name) || name.contains(' ') && !windows || below_home && is_page(&name) {
        return None;
    }
    let first = below.chars().next()?;
    let goes_on = first.is_alphanumeric() || matches!(first, '.' | '_' | '-');
    // A regular expression, or what a template fills in.
    let open = below.split(['"', '\'', '`', ' ']).next().unwrap_or_default();
    let to_be_replaced = ["...", "path/to", "local/file", "some/"].iter().any(|part| open.contains(part));
    if !goes_on || to_be_replaced {
        return None;
    }
    let stops =
        |c: char| c.is_control() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '|' | ';' | ',' | ')' | ']' | '}' | '*');
    let spaces = |c: char| c == ' ' && !windows;
    let end = rest.find(|c| stops(c) || spaces(c)).unwrap_or(rest.len());
    let end = needle.end + rest.get(..end)?.trim_end().len();
    Some((start..end, name))
}

/// Where a path begins: before its needle stand a drive, `/mnt/c`, `file://`, or nothing that belongs to a path or an
/// address.
fn start(line: &str, needle: &Range<usize>) -> Option<usize> {
    let before = line.get(..needle.start)?;
    if line.get(needle.clone())?.starts_with(':') {
        let drive = before.chars().next_back().filter(char::is_ascii_alphabetic)?;
        let at = needle.start - drive.len_utf8();
        return is_free(before.get(..at)?).then_some(at);
    }
    for lead in ["/mnt/c", "/mnt/d", "/c", "file://"] {
        if let Some(rest) = before.strip_suffix(lead) {
            return is_free(rest).then_some(rest.len());
        }
    }
    let drive = before.strip_suffix(':').filter(|rest| rest.ends_with(|c: char| c.is_ascii_alphabetic()));
    if let Some(at) =
        drive.and_then(|rest| rest.len().checked_sub(1)).filter(|at| before.get(..*at).is_some_and(is_free))
    {
        return Some(at);
    }
    is_free(before).then_some(needle.start)
}

/// Whether what stands before a path cannot belong to it.
fn is_free(before: &str) -> bool {
    let mut last = before.chars().rev();
    match (last.next(), last.next()) {
        (None, _) => true,
        // `-I/home/…`, `-L/Users/…`, and the escapes of a string
        (Some('I' | 'L' | 'R' | 'F'), Some('-')) | (Some('n' | 't'), Some('\\')) => true,
        (Some(c), _) => c.is_whitespace() || "\"'`=([{,:;<>|&!@+?".contains(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(u32, u32, String)> {
        find(&path.into(), text).into_iter().map(|seen| (seen.line, seen.column, seen.path)).collect()
    }

    #[test]
    fn paths_of_one_person() {
        for (line, column, path) in [
            ("x = '/home/klara/messung/a.csv'", 6, "/home/klara/messung/a.csv"),
            ("setwd(\"/Users/klara/Documents/messung\")", 8, "/Users/klara/Documents/messung"),
            (r#"d = "C:\\Users\\Klara Muster\\OneDrive\\a.csv""#, 6, r"C:\\Users\\Klara Muster\\OneDrive\\a.csv"),
            (r"d = r'C:\Users\klara\a.csv'", 7, r"C:\Users\klara\a.csv"),
            ("d = 'D:/Users/klara/a.csv'", 6, "D:/Users/klara/a.csv"),
            ("d = 'c:/users/klara/a.csv'", 6, "c:/users/klara/a.csv"),
            ("cp /mnt/c/Users/klara/a.csv .", 4, "/mnt/c/Users/klara/a.csv"),
            ("open('file:///home/klara/a.csv')", 7, "file:///home/klara/a.csv"),
            ("# data: /home/klara/messung/a.csv", 9, "/home/klara/messung/a.csv"),
            ("gcc -I/home/klara/include a.c", 7, "/home/klara/include"),
            ("scp host:/home/klara/a.csv .", 10, "/home/klara/a.csv"),
        ] {
            assert_eq!(found("a.py", line), [(1, column, path.to_owned())], "{line}");
        }
    }

    #[test]
    fn what_is_left_alone() {
        for line in [
            "x = '/home/user/a.csv'",
            "x = '/home/YOUR_NAME/a.csv'",
            "x = '/Users/<user>/a.csv'",
            "x = f'/home/{name}/a.csv'",
            "x = \"/home/$USER/a.csv\"",
            "x = '/home/%s/a.csv' % name",
            "x = '/home/ubuntu/a.csv'",
            "cd /home/klara",
            "cd /home/klara/",
            "import x from './home/klara/a'",
            "#include <boost/spirit/home/karma/a.hpp>",
            "href='https://www.musterhausen.de/home/klara/a'",
            "router.push('/home/dashboard/a')",
            "re.compile(r'^/Users/[a-z]+/')",
            "re.compile(r'/home/(\\w+)/a')",
            " * \"file:///Users/klara/otp/a.zip\"",
            "/// `/home/klara/a.csv`",
            "# e.g. /home/klara/a.csv",
            r"x = 'C:\Users\Public\a.csv'",
            r"x = 'C:\Users\%USERNAME%\a.csv'",
            "paths: '/Users/{id}/roles'",
            "x = '~/a.csv'",
            "x = 'file:///Users/klara/path/to/a.csv'",
        ] {
            assert_eq!(found("a.py", line), [], "{line}");
        }
        assert_eq!(found("a.html", "x = '/home/klara/messung/a.csv'"), []);
    }

    #[test]
    fn one_of_each_line() {
        let text = "a\nx = ['/home/klara/a', '/home/klara/b']\n\ny = '/home/klara/c'\n";
        let lines: Vec<u32> = found("a.py", text).into_iter().map(|(line, ..)| line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn cells_and_chunks_but_not_what_they_printed() {
        let notebook = r#"{
 "cells": [
  {"cell_type": "code", "source": [
    "x = \"C:\\\\Users\\\\Klara\\\\a.csv\"\n",
    "y = '/home/klara/b'"],
   "outputs": [{"text": ["/home/klara/c\n"]}]},
  {"cell_type": "markdown", "source": ["/home/klara/d"]}
 ]
}"#;
        let seen = found("a.ipynb", notebook);
        assert_eq!(seen.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(seen.last().map(|(_, column, path)| (*column, path.as_str())), Some((11, "/home/klara/b")));
        let older = r#"{"worksheets": [{"cells": [
  {"cell_type": "code", "input": ["x = '/home/klara/a'"], "outputs": [{"text": ["/home/klara/c"]}]},
  {"cell_type": "markdown", "source": ["/home/klara/d"]}
]}]}"#;
        assert_eq!(found("a.ipynb", older), [(2, 41, "/home/klara/a".to_owned())]);
        let document = "Lies in /home/klara/a\n\n```{r}\nsetwd('/home/klara/b')\n```\n";
        assert_eq!(found("a.Rmd", document), [(4, 8, "/home/klara/b".to_owned())]);
    }
}
