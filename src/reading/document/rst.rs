//! What does a reStructuredText document say?
//!
//! Sections, lists, literal blocks, the directives that hold code, images or words, and the inline markup of links.
//! Source: docutils, "reStructuredText Markup Specification".

use super::builder::Builder;
use super::plain::{is_rule, list_item, with_offsets};
use super::rst_lines::{by_role, field, is_border};
use super::{LinkBy, ProseKind, html};
use std::collections::{BTreeMap, BTreeSet};

/// Directives whose body is code.
const CODE: &[&str] =
    &["code-block", "code", "sourcecode", "parsed-literal", "prompt", "console", "doctest", "testcode"];
/// Directives whose body is words that people read.
const WORDS: &[&str] = &[
    "note",
    "warning",
    "tip",
    "hint",
    "important",
    "attention",
    "caution",
    "danger",
    "error",
    "admonition",
    "seealso",
    "topic",
    "sidebar",
    "container",
    "only",
    "figure",
    "epigraph",
    "pull-quote",
    "versionadded",
    "versionchanged",
    "deprecated",
    "tab-item",
    "dropdown",
    "card",
    "grid-item-card",
    "list-table",
    "csv-table",
    "table",
    "rubric",
    "centered",
];

/// Reads a whole document.
pub(super) fn read(builder: &mut Builder, text: &str) {
    let lines = with_offsets(text);
    let mut reader = Reader { text, lines: &lines, names: Names::of(&lines), levels: Vec::new(), at: 0 };
    while reader.at < lines.len() {
        reader.step(builder);
    }
    builder.end_block();
}

/// What `name_` and `|name|` stand for.
struct Names<'t> {
    targets: BTreeMap<String, &'t str>,
    images: BTreeSet<&'t str>,
}

impl<'t> Names<'t> {
    fn of(lines: &[(usize, &'t str)]) -> Self {
        let mut names = Self { targets: BTreeMap::new(), images: BTreeSet::new() };
        for (_, line) in lines {
            let Some(rest) = line.trim_start().strip_prefix(".. ") else { continue };
            if let Some((name, url)) = rest.strip_prefix('_').and_then(|rest| rest.split_once(": ")) {
                names.targets.insert(name.trim_matches('`').to_lowercase(), url.trim());
            } else if let Some((name, rest)) = rest.strip_prefix('|').and_then(|rest| rest.split_once('|'))
                && rest.trim_start().starts_with("image::")
            {
                names.images.insert(name);
            }
        }
        names
    }
}

struct Reader<'t> {
    text: &'t str,
    lines: &'t [(usize, &'t str)],
    names: Names<'t>,
    /// the signs of headings in the order in which they came
    levels: Vec<(char, bool)>,
    at: usize,
}

impl<'t> Reader<'t> {
    fn line(&self, at: usize) -> &'t str {
        self.lines.get(at).map_or("", |(_, line)| *line)
    }

    fn offset(&self, at: usize) -> usize {
        self.lines.get(at).map_or(self.text.len(), |(offset, _)| *offset)
    }

    fn step(&mut self, builder: &mut Builder) {
        let line = self.line(self.at);
        let said = line.trim();
        if said.is_empty() {
            builder.end_block();
            self.at += 1;
        } else if let Some(title) = self.title() {
            let (level, at, skip) = title;
            builder.start_heading(level, self.offset(at), "");
            self.inline(builder, self.offset(at), self.line(at));
            builder.end_heading();
            self.at += skip;
        } else if said == ".." || said.starts_with(".. ") {
            self.explicit(builder);
        } else if said == "__" || said.starts_with("__ ") || is_border(said) {
            builder.end_block();
            self.at += 1;
        } else if said.starts_with(">>>") {
            let end = self.end_of(self.at, |line| line.trim().is_empty());
            builder.code("python", &self.joined(self.at, end), self.offset(self.at));
            self.at = end;
        } else {
            self.paragraph(builder);
        }
    }

    /// A section title here: its level, the line of its text, and how many lines it takes.
    fn title(&mut self) -> Option<(u8, usize, usize)> {
        let (first, second, third) = (self.line(self.at), self.line(self.at + 1), self.line(self.at + 2));
        let long_enough = |rule: &str, title: &str| rule.trim_end().len() + 1 >= title.trim().chars().count();
        let (sign, over) = if is_rule(first) && is_rule(third) && first.chars().next() == third.chars().next() {
            let fits = !second.trim().is_empty() && !is_rule(second) && long_enough(first, second);
            (first.chars().next().filter(|_| fits)?, true)
        } else {
            let fits = is_rule(second)
                && !second.starts_with(' ')
                && !first.starts_with([' ', '\t'])
                && !is_rule(first)
                && !first.starts_with("..")
                && long_enough(second, first);
            (second.chars().next().filter(|_| fits)?, false)
        };
        let level = self.levels.iter().position(|known| *known == (sign, over)).unwrap_or_else(|| {
            self.levels.push((sign, over));
            self.levels.len() - 1
        });
        let level = u8::try_from(level + 1).unwrap_or(6);
        Some(if over { (level, self.at + 1, 3) } else { (level, self.at, 2) })
    }

    /// The first line from `at` on for which this holds.
    fn end_of(&self, at: usize, holds: impl Fn(&str) -> bool) -> usize {
        (at..self.lines.len()).find(|at| holds(self.line(*at))).unwrap_or(self.lines.len())
    }

    /// The line after the indented block that starts after `at`.
    fn end_of_body(&self, at: usize, indent: usize) -> usize {
        let end = self.end_of(at + 1, |line| !line.trim().is_empty() && indent_of(line) <= indent);
        // Blank lines at its end are not part of it.
        (at + 1..end).rev().find(|at| !self.line(*at).trim().is_empty()).map_or(at + 1, |last| last + 1)
    }

    fn joined(&self, from: usize, to: usize) -> String {
        let lines = self.lines.get(from..to).unwrap_or_default();
        lines.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n")
    }

    /// Directives, targets, substitutions, footnotes and comments.
    fn explicit(&mut self, builder: &mut Builder) {
        builder.end_block();
        let (at, line) = (self.at, self.line(self.at));
        let said = line.trim_start().trim_start_matches("..").trim();
        self.at = at + 1;
        if let Some(target) = said.strip_prefix('_') {
            builder.anchor(target.split(':').next().unwrap_or_default().trim_matches('`'));
            return;
        }
        if said.starts_with('[') {
            // A footnote is prose.
            let words = said.split_once(']').map_or("", |(_, words)| words);
            builder.text(words.trim_start(), self.offset(at));
            return;
        }
        let said = said.strip_prefix('|').and_then(|rest| rest.split_once('|')).map_or(said, |(_, rest)| rest.trim());
        match said.split_once("::") {
            Some((name, argument)) => self.directive(builder, name.trim(), argument.trim()),
            None => self.at = self.end_of_body(at, indent_of(line)),
        }
    }

    /// The directive in the line before.
    fn directive(&mut self, builder: &mut Builder, name: &str, argument: &str) {
        let at = self.at.saturating_sub(1);
        let line = self.line(at);
        // Options stand right below, the body after them.
        let body = self.end_of(at + 1, |line| !line.trim_start().starts_with(':'));
        if matches!(name, "image" | "figure") {
            let option = |wanted: &str| {
                (at + 1..body)
                    .find_map(|at| self.line(at).trim().strip_prefix(wanted))
                    .map(|value| value.trim().to_owned())
            };
            let link = option(":target:");
            if let Some(link) = &link {
                builder.start_link(link, self.offset(at));
            }
            builder.image(argument, option(":alt:").as_deref(), "", self.offset(at));
            builder.end_link();
        }
        if WORDS.contains(&name) {
            if name != "figure" && !argument.is_empty() {
                self.inline(builder, self.offset(at) + (line.len() - argument.len()), argument);
                builder.end_block();
            }
            // The body is read as any other text: indentation means nothing to the reader of lines.
            self.at = body;
            return;
        }
        let end = self.end_of_body(at, indent_of(line)).max(body);
        self.at = end;
        match name {
            "toctree" => (body..end).for_each(|at| self.entry(builder, at)),
            "raw" if argument == "html" => {
                let (from, to) = (self.offset(body), self.offset(end));
                html::read(builder, self.text.get(from..to).unwrap_or_default(), from);
                builder.end_block();
            }
            "include" => {
                builder.start_link(argument, self.offset(at));
                builder.text(argument, self.offset(at));
                builder.link_by(LinkBy::File);
                builder.end_link();
            }
            _ if CODE.contains(&name) => {
                let code = self.joined(body, end);
                let blank = self.end_of(body, |line| !line.trim().is_empty());
                builder.code(argument, code.trim_matches('\n'), self.offset(blank.min(end)));
            }
            _ => {}
        }
    }

    /// An entry of a table of contents: `page`, or `Title <page>`.
    fn entry(&self, builder: &mut Builder, at: usize) {
        let said = self.line(at).trim();
        let named = said.rsplit_once('<').and_then(|(text, url)| Some((text.trim(), url.strip_suffix('>')?)));
        let (text, url) = named.unwrap_or((said, said));
        if !said.is_empty() {
            builder.start_link(url, self.offset(at));
            builder.link_by(LinkBy::Page);
            builder.text(text, self.offset(at));
            builder.end_link();
            builder.end_block();
        }
    }

    /// A paragraph, list item, field or row of a table, up to where the next block starts.
    fn paragraph(&mut self, builder: &mut Builder) {
        let (at, line) = (self.at, self.line(self.at));
        let said = line.trim();
        self.at += 1;
        // A row of a table or a line block; `|name|` is neither.
        if said.starts_with("| ") {
            let mut offset = self.offset(at);
            for cell in line.split('|') {
                if !cell.trim().is_empty() {
                    builder.enter(ProseKind::TableCell);
                    self.inline(builder, offset, cell);
                    builder.leave();
                }
                offset += cell.len() + 1;
            }
            return;
        }
        let item = list_item(line).or_else(|| field(line));
        let indent = indent_of(line);
        while let Some((_, more)) = self.lines.get(self.at) {
            let starts_other = more.trim().is_empty()
                || list_item(more).is_some()
                || field(more).is_some()
                || more.trim_start().starts_with(".. ")
                || is_border(more.trim())
                || item.is_some() && indent_of(more) <= indent
                || is_rule(self.line(self.at + 1)) && indent_of(more) == 0;
            if starts_other {
                break;
            }
            self.at += 1;
        }
        let start = self.offset(at) + item.map_or(0, |item| line.len() - item.len());
        let end = self.offset(self.at);
        let words = self.text.get(start..end).unwrap_or_default().trim_end();
        let literal = words.ends_with("::");
        if item.is_some() {
            builder.enter(ProseKind::ListItem);
        }
        self.inline(builder, start, words.strip_suffix("::").unwrap_or(words));
        if item.is_some() {
            builder.leave()
        } else {
            builder.end_block()
        }
        if literal {
            let body = self.end_of(self.at, |line| !line.trim().is_empty());
            if indent_of(self.line(body)) > indent {
                let end = self.end_of_body(self.at.saturating_sub(1), indent);
                builder.code("", &self.joined(body, end), self.offset(body));
                self.at = end.max(self.at);
            }
        }
    }

    /// Text with inline markup, which starts at `base` of the source.
    fn inline(&self, builder: &mut Builder, base: usize, text: &str) {
        let (mut at, mut no_double) = (0, false);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let Some(tick) = rest.find('`') else { break };
            let inside = rest.get(tick + 1..).unwrap_or_default();
            if let Some(code) = inside.strip_prefix('`').filter(|_| !no_double) {
                if let Some(end) = code.find("``") {
                    self.plain(builder, base + at, rest.get(..tick).unwrap_or_default());
                    builder.flow(code.get(..end).unwrap_or_default(), base + at + tick + 2, true);
                    at += tick + 2 + end + 2;
                    continue;
                }
                no_double = true;
            }
            let Some(end) = inside.find('`') else { break };
            let before = rest.get(..tick).unwrap_or_default();
            // A role such as `:ref:` before the tick is no text.
            let role = before.ends_with(':').then(|| before.trim_end_matches(':').rfind(':')).flatten();
            self.plain(builder, base + at, before.get(..role.unwrap_or(tick)).unwrap_or_default());
            let content = inside.get(..end).unwrap_or_default();
            let after = inside.get(end + 1..).unwrap_or_default();
            let named = content.rsplit_once('<').and_then(|(text, url)| Some((text.trim(), url.strip_suffix('>')?)));
            let place = base + at + tick + 1;
            match (named, role) {
                (Some((text, url)), role) => {
                    builder.start_link(&url.split_whitespace().collect::<String>(), place);
                    builder.link_by(role.map_or(LinkBy::Address, |role| by_role(before.get(role..))));
                    builder.flow(if text.is_empty() { url } else { text }, place, false);
                    builder.end_link();
                }
                (None, Some(role)) if by_role(before.get(role..)) != LinkBy::Label => {
                    builder.start_link(content, place);
                    builder.link_by(by_role(before.get(role..)));
                    builder.flow(content, place, true);
                    builder.end_link();
                }
                (None, Some(_)) => builder.flow(content, place, true),
                (None, None) => {
                    let folded = content.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                    let target = self.names.targets.get(&folded).filter(|_| after.starts_with('_'));
                    if let Some(url) = target {
                        builder.start_link(url, place);
                    }
                    builder.flow(content, place, false);
                    builder.end_link();
                }
            }
            at += tick + 1 + end + 1;
            at += text.get(at..).map_or(0, |rest| rest.bytes().take(2).take_while(|byte| *byte == b'_').count());
        }
        self.plain(builder, base + at, text.get(at..).unwrap_or_default());
    }

    /// Text without ticks: `name_` may be a link, `|name|` an image.
    fn plain(&self, builder: &mut Builder, base: usize, text: &str) {
        let mut done = 0;
        for (at, word) in super::words::split(text) {
            let inner = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '_' && c != '|');
            let at = at + (inner.as_ptr() as usize - word.as_ptr() as usize);
            let image = inner.strip_prefix('|').and_then(|inner| inner.split_once('|'));
            let is_image = image.is_some_and(|(name, _)| self.names.images.contains(name));
            let target = inner.strip_suffix('_').and_then(|name| self.names.targets.get(&name.to_lowercase()));
            if is_image || target.is_some() {
                builder.flow(text.get(done..at).unwrap_or_default(), base + done, false);
                done = at + inner.len();
            }
            if let Some(url) = target {
                builder.link(url, inner.trim_end_matches('_'), base + at);
            }
        }
        builder.flow(text.get(done..).unwrap_or_default(), base + done, false);
    }
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
