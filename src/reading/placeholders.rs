//! Which lines of a README or community file are still a template's?

use super::community::{self, Purpose};
use super::corpus::{self, Corpus};
use super::document::{Document, Format, ProseKind};
use super::pattern::Pattern;
use super::patterns;
use super::position::Lines;
use super::sections::{self, Meaning};
use crate::place::Place;
use crate::repository::{RepoPath, Repository};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct Row {
    pattern: String,
    /// the files it is for; all where it is not there
    #[serde(default)]
    only: Option<Only>,
    /// a link's text stands in brackets too
    #[serde(default)]
    bracket: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Only {
    /// CONTRIBUTING, SECURITY and their like
    Community,
    /// documents that no documentation tool fills in
    Plain,
}

impl patterns::Row for Row {
    fn pattern(&self) -> &str {
        &self.pattern
    }
}

static ROWS: LazyLock<Vec<(Row, Pattern)>> = LazyLock::new(|| patterns::rows(include_str!("placeholders.toml")));

/// So many bytes of a line are looked at.
const LONGEST: usize = 4 << 10;
/// More in one document are not told.
const MOST: usize = 100;

/// Text that somebody was meant to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// where
    pub place: Place,
    /// the text
    pub text: String,
}

/// The placeholders of README, CONTRIBUTING, SECURITY, CODE_OF_CONDUCT and SUPPORT; `None` where there is none of these.
pub fn all(repo: &Repository, corpus: &Corpus) -> Option<Vec<Placeholder>> {
    let is_template = repo.root_file("cookiecutter.json").is_some() || repo.root_file("copier.yml").is_some();
    let mut documents = corpus.documents().filter(|document| is_looked_at(&document.path)).peekable();
    documents.peek()?;
    let mut found = Vec::new();
    for document in documents.filter(|_| !is_template) {
        let text = repo.file(&document.path).and_then(|file| repo.text_once(file).ok());
        let Some(text) = text else { continue };
        let lines = Lines::new(&text);
        for (range, words) in of(document, &text).into_iter().take(MOST) {
            found.push(Placeholder { place: Place::span(&document.path, lines.span(&text, &range)), text: words });
        }
    }
    Some(found)
}

fn is_looked_at(path: &RepoPath) -> bool {
    let lower = path.lower();
    let in_template = lower.contains(['{', '}', '$', '%'])
        || lower.split('/').rev().skip(1).any(|folder| folder.contains("template") || folder.contains("boilerplate"));
    !in_template && (corpus::is_readme(path) || is_community(path))
}

fn is_community(path: &RepoPath) -> bool {
    let asked = [Purpose::Contributing, Purpose::Security, Purpose::CodeOfConduct, Purpose::Support];
    community::is_in_place(path) && community::purpose(path).is_some_and(|purpose| asked.contains(&purpose))
}

/// The placeholders of one document: where in the text, and the words.
fn of(document: &Document, text: &str) -> Vec<(Range<usize>, String)> {
    let code = code_lines(document);
    let planned = planned(document);
    let plain =
        document.format == Format::Markdown && !document.prose.iter().any(|prose| prose.kind == ProseKind::Field);
    let mut found = Vec::new();
    let mut at = 0;
    let (mut line, mut in_comment) = (0u32, false);
    for source in text.split_inclusive('\n') {
        line = line.saturating_add(1);
        let start = at;
        at += source.len();
        let visible = visible(source.trim_end(), &mut in_comment);
        if within(&code, line) || visible.trim().is_empty() {
            continue;
        }
        let rows = ROWS.iter().filter(|(row, _)| match row.only {
            None => true,
            Some(Only::Community) => is_community(&document.path),
            Some(Only::Plain) => plain && document.path.at_root(),
        });
        let said = rows.filter_map(|(row, pattern)| met(row, pattern, &visible)).next();
        let Some(range) = said else { continue };
        // Lists of what is to come, and tables of what is ready, are no leftovers.
        let is_plan = within(&planned, line) || visible.trim_start().starts_with('|');
        let words = visible.get(range.clone()).unwrap_or_default().trim().to_owned();
        if is_plan && is_to_do(&words) {
            continue;
        }
        found.push((start + range.start..start + range.end, words));
    }
    found
}

fn met(row: &Row, pattern: &Pattern, line: &str) -> Option<Range<usize>> {
    let range = pattern.find(line)?.range();
    let after = line.get(range.end..).unwrap_or_default();
    let is_link = row.bracket && after.starts_with(['(', '[', ':']);
    // What is given as an example is for the reader to fill in.
    let before = line.get(..range.start).unwrap_or_default().trim_end_matches([' ', ',', '(', '<', '`']).to_lowercase();
    let is_example = ["e.g.", "eg", "e.g", "for example", "such as", "like", "z. b.", "z.b.", "zum beispiel", "etwa"];
    let is_example = is_example
        .iter()
        .any(|words| before.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)));
    (!is_link && !is_example).then_some(range)
}

fn is_to_do(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["todo", "fixme", "tbd", "tba", "to be", "soon", "folgt", "in arbeit"].iter().any(|word| lower.contains(word))
}

/// A line with what is code or comment blanked out, byte for byte.
fn visible(line: &str, in_comment: &mut bool) -> String {
    let mut head = line.len().min(LONGEST);
    while !line.is_char_boundary(head) {
        head -= 1;
    }
    let mut out = String::with_capacity(head);
    let mut rest = line.get(..head).unwrap_or_default();
    let blank = |out: &mut String, bytes: usize| out.extend(std::iter::repeat_n(' ', bytes));
    while !rest.is_empty() {
        let (marks, end) = if *in_comment { ("", "-->") } else { ("`", "<!--") };
        let comment = rest.find(end);
        let code = rest.find('`').filter(|_| !marks.is_empty());
        match (comment, code) {
            (Some(at), code) if code.is_none_or(|code| at < code) => {
                let until = at + end.len();
                if *in_comment {
                    blank(&mut out, until);
                } else {
                    out.push_str(rest.get(..at).unwrap_or_default());
                    blank(&mut out, end.len());
                }
                *in_comment = !*in_comment;
                rest = rest.get(until..).unwrap_or_default();
            }
            (_, Some(at)) => {
                let ticks = rest.get(at..).map_or(1, |rest| rest.bytes().take_while(|byte| *byte == b'`').count());
                let fence = rest.get(at..at + ticks).unwrap_or("`");
                let inside = rest.get(at + ticks..).unwrap_or_default();
                let len = inside.find(fence).map_or(0, |end| end + ticks);
                out.push_str(rest.get(..at).unwrap_or_default());
                blank(&mut out, ticks + len);
                rest = inside.get(len..).unwrap_or_default();
            }
            _ if *in_comment => {
                blank(&mut out, rest.len());
                rest = "";
            }
            _ => {
                out.push_str(rest);
                rest = "";
            }
        }
    }
    out
}

/// The lines of blocks of code, in order.
fn code_lines(document: &Document) -> Vec<Range<u32>> {
    let lines = |text: &str| u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
    let blocks = document.code_blocks.iter().map(|block| block.line..block.line.saturating_add(lines(&block.text)));
    let mut blocks: Vec<_> = blocks.collect();
    blocks.sort_by_key(|range| range.start);
    blocks
}

/// The lines of sections on what is to come, in order.
fn planned(document: &Document) -> Vec<Range<u32>> {
    let is_plan = |heading: &str| {
        let lower = heading.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        sections::is_about(heading, Meaning::Roadmap)
            || words.iter().any(|word| matches!(*word, "todo" | "todos"))
            || lower.contains("to do")
            || lower.contains("to-do")
    };
    let sections = document.sections().filter(|section| section.heading.is_some_and(|heading| is_plan(&heading.text)));
    sections.map(|section| section.line..section.end_line).collect()
}

/// Whether one of the ranges holds the line.
fn within(ranges: &[Range<u32>], line: u32) -> bool {
    let before = ranges.partition_point(|range| range.start <= line);
    ranges.get(..before).and_then(|ranges| ranges.last()).is_some_and(|range| range.contains(&line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let document = Document::read(&path.into(), Format::Markdown, text);
        of(&document, text).into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn each_row_finds_what_it_is_for_and_nothing_near() {
        for (row, pattern) in ROWS.iter() {
            for yes in &row.yes {
                assert!(met(row, pattern, yes).is_some(), "{}: {yes}", row.pattern);
                assert!(
                    !found("SECURITY.md", &format!("# X\n\n{yes}\n")).is_empty() || row.only == Some(Only::Plain),
                    "{yes}"
                );
            }
            for no in &row.no {
                assert!(met(row, pattern, no).is_none(), "{}: {no}", row.pattern);
            }
        }
    }

    #[test]
    fn code_comments_plans_and_links_are_left_alone() {
        for text in [
            "# X\n\n```\nTODO: write this\n```\n",
            "# X\n\nSay `TODO: write this`.\n",
            "# X\n\n<!-- TODO: write\nTODO: this -->\n",
            "# X\n\n## Roadmap\n\nTODO: Write this\n",
            "# X\n\n| Part | State |\n|---|---|\n| a | TODO: Write |\n",
            "# X\n\n[Your Guide](guide.md) and [Your Guide][guide]\n",
        ] {
            assert!(found("README.md", text).is_empty(), "{text}");
        }
        assert_eq!(found("README.md", "# X\n\n<!-- a --> TODO: Write this `x`\n"), ["TODO: Write"]);
        assert!(found("README.md", "# {{ project_name }}\n")[0].contains("project_name"));
    }
}
