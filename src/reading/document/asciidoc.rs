//! What does an AsciiDoc document say?
//!
//! Sections, delimited blocks, lists, tables and the macros of links and images.
//! Source: AsciiDoc Language Documentation (Eclipse).

use super::builder::Builder;
use super::plain::{is_rule, list_item, with_offsets};
use super::{LinkBy, ProseKind, html};

/// Reads a whole document.
pub(super) fn read(builder: &mut Builder, text: &str) {
    let lines = with_offsets(text);
    let mut state = State::default();
    let mut at = 0;
    while let Some((offset, line)) = lines.get(at).copied() {
        at += 1;
        let said = line.trim();
        if let Some(fence) = Fence::of(said) {
            let end = lines.iter().skip(at).position(|(_, line)| line.trim() == fence.closes(said));
            let end = end.map_or(lines.len(), |end| at + end);
            let from = lines.get(at).map_or(text.len(), |(offset, _)| *offset);
            let to = lines.get(end).map_or(text.len(), |(offset, _)| *offset);
            let body = text.get(from..to).unwrap_or_default();
            match fence {
                Fence::Comment => {}
                Fence::Html => html::read(builder, body, from),
                Fence::Code => {
                    let language = said.trim_start_matches('`');
                    let language = if language.len() < said.len() && said.starts_with('`') { language } else { "" };
                    let named = if language.is_empty() { state.language.as_str() } else { language };
                    builder.code(named, body.trim_end_matches('\n'), from);
                }
            }
            builder.end_block();
            state.language.clear();
            at = (end + 1).min(lines.len());
            continue;
        }
        let next = lines.get(at).map_or("", |(_, next)| next.trim_end());
        at += step(builder, &mut state, offset, line, next);
    }
    builder.end_block();
}

#[derive(Default)]
struct State {
    language: String,
    table: bool,
}

#[derive(Clone, Copy)]
enum Fence {
    Comment,
    Html,
    Code,
}

impl Fence {
    fn of(line: &str) -> Option<Self> {
        if line.starts_with("```") && !line.get(3..).unwrap_or_default().contains('`') {
            return Some(Self::Code);
        }
        let only = |sign: char| line.len() >= 4 && line.chars().all(|letter| letter == sign);
        match line.chars().next()? {
            '-' | '.' if only('-') || only('.') => Some(Self::Code),
            '/' if only('/') => Some(Self::Comment),
            '+' if only('+') => Some(Self::Html),
            _ => None,
        }
    }

    fn closes(self, opened_by: &str) -> &str {
        if opened_by.starts_with('`') { "```" } else { opened_by }
    }
}

/// Reads one line outside of fences; says how many more lines it took.
fn step(builder: &mut Builder, state: &mut State, offset: usize, line: &str, next: &str) -> usize {
    let said = line.trim();
    let sign = said.chars().next().unwrap_or(' ');
    let marks = said.chars().take_while(|letter| *letter == sign).count();
    if said.is_empty() || said == "+" || said.starts_with("//") || is_rule(said) && said != "|===" {
        builder.end_block();
    } else if said.starts_with("|===") {
        builder.end_block();
        state.table = !state.table;
    } else if matches!(sign, '=' | '#') && marks <= 6 && said.get(marks..).is_some_and(|rest| rest.starts_with(' ')) {
        builder.start_heading(marks as u8, offset, "");
        inline(builder, said.get(marks..).unwrap_or_default().trim(), offset);
        builder.end_heading();
    } else if is_rule(next) && next.len().abs_diff(line.chars().count()) <= 1 && next.starts_with(['=', '-', '~', '^'])
    {
        builder.heading(if next.starts_with('=') { 1 } else { 2 }, said, offset);
        return 1;
    } else if sign == ':' && said.get(1..).is_some_and(|rest| rest.contains(':') && !rest.starts_with([' ', ':'])) {
        builder.end_block();
    } else if sign == '[' && said.ends_with(']') && !said.contains("](") {
        builder.end_block();
        attributes(builder, state, said);
    } else if let Some((macro_name, url, inner)) = block_macro(said) {
        builder.end_block();
        match macro_name {
            "image" => builder.image(url, inner.split(',').next().filter(|alt| !alt.is_empty()), "", offset),
            "include" => builder.link(url, url, offset),
            _ => {}
        }
        builder.end_block();
    } else if state.table && said.contains('|') {
        let mut start = offset;
        for cell in line.split('|') {
            if !cell.trim().is_empty() {
                builder.enter(ProseKind::TableCell);
                inline(builder, cell, start);
                builder.leave();
            }
            start += cell.len() + 1;
        }
    } else if let Some(item) = item(line) {
        builder.enter(ProseKind::ListItem);
        inline(builder, item, offset + (line.len() - item.len()));
        builder.leave();
    } else if line.starts_with([' ', '\t']) {
        builder.code("", line, offset);
    } else {
        // A block title is a line of its own.
        let title = sign == '.' && marks == 1;
        inline(builder, if title { said.get(1..).unwrap_or_default() } else { said }, offset);
        builder.soft_break();
        if title {
            builder.end_block();
        }
    }
    0
}

/// `[source,bash]`, `[[id]]`, `[#id]`.
fn attributes(builder: &mut Builder, state: &mut State, said: &str) {
    let inner = said.trim_start_matches('[').trim_end_matches(']');
    let mut parts = inner.split(',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    if said.starts_with("[[") {
        builder.anchor(first);
    } else if let Some((_, id)) = first.split_once('#') {
        builder.anchor(id.split(['.', '%']).next().unwrap_or_default());
    } else if first.is_empty() || first.starts_with("source") || first.starts_with("listing") {
        state.language = parts.next().unwrap_or_default().to_owned();
    }
}

/// `image::a.png[alt]`: name, target, attributes.
fn block_macro(said: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = said.split_once("::")?;
    let known = ["image", "include", "toc", "video", "audio", "ifdef", "ifndef", "endif", "ifeval"].contains(&name);
    let (target, inner) = rest.strip_suffix(']')?.split_once('[')?;
    known.then_some((name, target, inner))
}

/// What follows the signs of a list item: `* x`, `** x`, `. x`, `- x`, `1. x`, `term:: x`.
fn item(line: &str) -> Option<&str> {
    let said = line.trim_start();
    let sign = said.chars().next()?;
    if matches!(sign, '*' | '.' | '-') {
        let rest = said.trim_start_matches(sign);
        if let Some(rest) = rest.strip_prefix(' ').filter(|_| said.len() - rest.len() <= 6) {
            return Some(rest.trim_start());
        }
    }
    list_item(line).or_else(|| said.split_once(":: ").map(|_| said))
}

/// Text with inline markup, which starts at `base` of the source.
fn inline(builder: &mut Builder, text: &str, base: usize) {
    let mut done = 0;
    let mut at = 0;
    // where the word begins that is being read, and how far it was looked for: each sign is looked at once
    let (mut word, mut seen) = (0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(['`', '[', '<'])) {
        let here = at + found;
        let new = text.get(seen..here).unwrap_or_default();
        if let Some((at, sign)) = new.char_indices().rfind(|(_, sign)| ends_word(*sign)) {
            word = seen + at + sign.len_utf8();
        }
        seen = here;
        let rest = text.get(here..).unwrap_or_default();
        at = here + 1;
        if let Some(code) = rest.strip_prefix('`') {
            let Some(end) = code.find('`') else { break };
            builder.flow(text.get(done..here).unwrap_or_default(), base + done, false);
            builder.inline_code(code.get(..end).unwrap_or_default().trim_matches('+'), base + here);
            done = here + end + 2;
            at = done;
        } else if let Some(reference) = rest.strip_prefix("<<") {
            let Some(end) = reference.find(">>") else { break };
            let inner = reference.get(..end).unwrap_or_default();
            let (id, words) = inner.split_once(',').unwrap_or((inner, inner));
            builder.flow(text.get(done..here).unwrap_or_default(), base + done, false);
            builder.link(&format!("#{}", id.trim_start_matches('#')), words.trim(), base + here);
            done = here + 2 + end + 2;
            at = done;
        } else if rest.starts_with('[') {
            let start = word.max(done);
            let Some(target) = text.get(start..here).filter(|word| is_macro(word)) else { continue };
            let Some(end) = rest.find(']') else { break };
            builder.flow(text.get(done..start).unwrap_or_default(), base + done, false);
            let words = rest.get(1..end).unwrap_or_default().trim_end_matches('^');
            let place = base + start;
            if let Some(url) = target.strip_prefix("image:") {
                builder.image(url, words.split(',').next().filter(|alt| !alt.is_empty()), "", place);
            } else {
                let url = target.strip_prefix("link:").or_else(|| target.strip_prefix("xref:")).unwrap_or(target);
                let words = words.split(",window").next().unwrap_or_default().trim_matches('"');
                if let Some(image) = words.strip_prefix("image:") {
                    builder.start_link(url, place);
                    builder.image(image.split('[').next().unwrap_or_default(), None, "", place);
                    builder.end_link();
                } else {
                    builder.start_link(url, place);
                    if target.starts_with("xref:") {
                        builder.link_by(LinkBy::Resource);
                    }
                    builder.text(if words.is_empty() { url } else { words }, place);
                    builder.end_link();
                }
            }
            done = here + end + 1;
            at = done;
        }
    }
    builder.flow(text.get(done..).unwrap_or_default(), base + done, false);
}

fn ends_word(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '(' | '|' | '"')
}

fn is_macro(word: &str) -> bool {
    ["link:", "xref:", "image:", "mailto:", "http://", "https://", "ftp://"].iter().any(|start| word.starts_with(start))
}
