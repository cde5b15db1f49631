//! Which parts does a document tell, and which does it only announce?

use super::{Part, table};
use crate::reading::document::{Document, Prose, ProseKind};
use std::collections::BTreeSet;

/// Longer words before a colon are a sentence.
const LABEL: usize = 60;

/// What was found in a document, or a part of it.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// what it tells
    pub(super) told: BTreeSet<Part>,
    /// for what it has a heading or label, filled in or not
    pub(super) announced: BTreeSet<Part>,
    /// places are left for a person or program to fill in
    pub(super) template: bool,
}

/// Reads the lines from `line` up to before `end`.
pub(super) fn of(document: &Document, line: u32, end: u32) -> Told {
    let mut found = Told::default();
    // The headings above a line, each with the parts it announces.
    let mut above: Vec<(u8, BTreeSet<Part>)> = Vec::new();
    let mut headings = document.headings.iter().filter(|heading| (line..end).contains(&heading.line)).peekable();
    let prose: Vec<&Prose> = document.prose.iter().filter(|prose| (line..end).contains(&prose.line)).collect();
    let code = document.code_blocks.iter().filter(|code| (line..end).contains(&code.line));
    let mut said: Vec<(u32, Said<'_>)> =
        prose.iter().enumerate().map(|(at, prose)| (prose.line, Said::Prose(at, prose))).collect();
    said.extend(code.map(|code| (code.line, Said::Code(&code.text))));
    said.extend(
        document.images.iter().filter(|image| (line..end).contains(&image.line)).map(|image| (image.line, Said::Image)),
    );
    said.sort_by_key(|(line, _)| *line);
    for (line, piece) in said {
        while let Some(heading) = headings.next_if(|heading| heading.line <= line) {
            announce(&mut found, &mut above, heading.level, &heading.text);
        }
        let here = above.iter().rev().find(|(_, parts)| !parts.is_empty()).map(|(_, parts)| parts.clone());
        read(&mut found, &prose, &piece, &here.unwrap_or_default());
    }
    for heading in headings {
        announce(&mut found, &mut above, heading.level, &heading.text);
    }
    if document.links.iter().any(|link| (line..end).contains(&link.line) && is_contact(&link.url)) {
        found.told.insert(Part::Contact);
    }
    found
}

enum Said<'d> {
    Prose(usize, &'d Prose),
    Code(&'d str),
    Image,
}

fn announce(found: &mut Told, above: &mut Vec<(u8, BTreeSet<Part>)>, level: u8, text: &str) {
    while above.last().is_some_and(|(other, _)| *other >= level) {
        above.pop();
    }
    let parts = table::announced(text);
    found.announced.extend(parts.iter().copied());
    found.template |= text.contains("{{");
    above.push((level, parts));
}

/// Reads one piece, which stands below headings that announce `here`.
fn read(found: &mut Told, all: &[&Prose], piece: &Said<'_>, here: &BTreeSet<Part>) {
    let (at, prose) = match piece {
        Said::Code(text) if text.trim().is_empty() => return,
        Said::Code(text) => {
            // A fence that nobody closed takes the rest of the card with it.
            if text.split_whitespace().any(is_mail) {
                found.told.insert(Part::Contact);
            }
            return found.add(here);
        }
        Said::Image => return found.add(here),
        Said::Prose(at, prose) => (*at, *prose),
    };
    if prose.kind == ProseKind::Field {
        return;
    }
    found.template |= prose.text.contains("{{") || prose.text.to_ascii_lowercase().contains("more information needed]");
    let next = || all.get(at + 1).filter(|next| prose.kind == ProseKind::TableCell && next.line == prose.line);
    if prose.kind == ProseKind::TableCell && next().is_none() && is_label(&prose.text) {
        // The cell beside it is empty.
        found.announced.extend(table::announced(&prose.text));
        return;
    }
    // Whether something is said that no label of its own announces.
    let mut rest = false;
    for line in prose.text.lines() {
        let label = line.split_once(':').filter(|(label, _)| label.chars().count() <= LABEL);
        let parts = label.map(|(label, _)| table::announced(label)).unwrap_or_default();
        let cell = next().map(|_| table::announced(line)).unwrap_or_default();
        found.announced.extend(parts.iter().chain(&cell).copied());
        let value = match (next(), label) {
            (Some(value), _) if !cell.is_empty() => value.text.as_str(),
            (_, Some((_, value))) => value,
            _ => line,
        };
        let own: BTreeSet<Part> = parts.into_iter().chain(cell).collect();
        if table::says_something(value) {
            rest |= own.is_empty();
            found.add(&own);
            found.add(&table::spoken(line));
        }
    }
    if !table::says_something(&prose.text) {
        return;
    }
    if rest {
        found.add(here);
        // A sentence may go on in the next line.
        found.add(&table::spoken(&prose.text));
    }
    if prose.text.split_whitespace().any(is_mail) {
        found.told.insert(Part::Contact);
    }
}

/// Whether a cell only announces what stands beside it.
fn is_label(cell: &str) -> bool {
    cell.split_whitespace().count() <= 5 && !table::announced(cell).is_empty()
}

fn is_mail(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('/'))
}

fn is_contact(url: &str) -> bool {
    url.starts_with("mailto:") || url.trim_end_matches('/').ends_with("/issues") || url.ends_with("/issues/new")
}
