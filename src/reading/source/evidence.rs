//! Is an address that stands in a program a source of data, and what speaks for it?

use super::code::Code;
use super::context::{self, Standing};
use super::token::Kind;
use super::walk::{Literal, Walked};
use super::{Awaits, Evidence, Is, Pin, Use, model};
use crate::reading::address::Address;
use crate::reading::calls::{self, Reads};
use crate::reading::file_kinds::{self, FileKind};
use crate::reading::hosts::{self, NoSource, SourceKind};
use std::collections::BTreeSet;

/// What an address is, given how it is read; `None` where it is no source.
pub(super) fn is_source(address: &Address, reads: Option<Reads>) -> Option<(Is, Evidence)> {
    if !address.is_public() || hosts::is_nobodys(address) || hosts::is_placeholder(address) {
        return None;
    }
    let portal = hosts::portal(address);
    let mark = hosts::mark(address);
    let kind = file_kinds::of(address);
    let none = hosts::no_source(address);
    if none == Some(NoSource::Always) && portal.is_none() {
        return None;
    }
    if kind == FileKind::Model {
        return Some((Is::Model, if reads.is_some() { Evidence::Call } else { Evidence::Address }));
    }
    if address.is_database() {
        return matches!(reads, Some(Reads::Database)).then_some((Is::Source(SourceKind::Database), Evidence::Call));
    }
    if address.is_broker() {
        return Some((
            Is::Source(SourceKind::Broker),
            if reads.is_some() { Evidence::Call } else { Evidence::Address },
        ));
    }
    let tiles = matches!(mark, Some(SourceKind::Tiles)) || portal == Some(SourceKind::Tiles);
    if !tiles && matches!(kind, FileKind::Asset | FileKind::Software) && reads != Some(Reads::Data) {
        return None;
    }
    if !tiles && kind == FileKind::Asset && address.extension() != "png" && address.extension() != "jpg" {
        return None;
    }
    let known = portal.or(mark);
    let named = match reads {
        Some(Reads::Tiles) if known.is_none() && kind == FileKind::Unknown => Some(SourceKind::Tiles),
        Some(Reads::Geocoder) => Some(SourceKind::Geocoder),
        Some(Reads::Broker) => Some(SourceKind::Broker),
        Some(Reads::Service) if known.is_none_or(|known| known == SourceKind::File) => Some(SourceKind::Service),
        _ => None,
    };
    let looks = named.or(known).unwrap_or(match kind {
        FileKind::Data | FileKind::Maybe => SourceKind::File,
        _ if matches!(reads, Some(Reads::Data)) => SourceKind::File,
        _ => SourceKind::Service,
    });
    let looks = if known == Some(SourceKind::Service) && kind == FileKind::Data { SourceKind::File } else { looks };
    let strength = match reads {
        Some(Reads::Data | Reads::Tiles | Reads::Geocoder | Reads::Broker | Reads::Service) => Some(Evidence::Call),
        Some(Reads::Web) if none.is_none() || portal.is_some() => Some(Evidence::Call),
        Some(Reads::Send) if portal.is_none() && !hosts::is_asked_by_post(address) => return None,
        Some(Reads::Send) => Some(Evidence::Call),
        _ => None,
    };
    if let Some(strength) = strength {
        return Some((Is::Source(looks), strength));
    }
    // Files of code hosts and package mirrors count where something reads them.
    let only_files = none.is_some() && portal == Some(SourceKind::File);
    if portal.is_some() && !only_files {
        return Some((Is::Source(looks), Evidence::Portal));
    }
    (none.is_none() && (mark.is_some() || kind == FileKind::Data)).then_some((Is::Source(looks), Evidence::Address))
}

/// Judges the texts of a program that stand for themselves: no call is given them directly.
pub(super) fn standing(
    code: &Code<'_>,
    walked: &Walked,
    needed: &BTreeSet<String>,
    given: &BTreeSet<usize>,
) -> Vec<Use> {
    walked
        .literals
        .iter()
        .filter(|literal| !given.contains(&literal.at))
        .filter_map(|literal| judge(code, walked, needed, literal))
        .collect()
}

fn judge(code: &Code<'_>, walked: &Walked, needed: &BTreeSet<String>, literal: &Literal) -> Option<Use> {
    if model::is_path_of_machine(&literal.text) {
        let called = model::kept_elsewhere(&literal.text, &literal.labels)?;
        let address = Address::default();
        return Some(named_at(code, literal.at, called, address, Is::Model, Evidence::Kept, Awaits::Nothing));
    }
    let (start, address) = Address::find(&literal.text).or_else(|| {
        literal.text.starts_with("//").then(|| Address::bare(&literal.text).map(|address| (0, address))).flatten()
    })?;
    if code.dialect.name() == "sql" && !is_read_by_query(code, literal.at) {
        return None;
    }
    let standing = context::standing(&literal.text, start);
    let asked_under = |label: &String| matches!(label.as_str(), "BaseAddress" | "start_urls");
    let flows = literal.labels.iter().any(|label| needed.contains(label) || asked_under(label))
        || code.dialect.name() == "ruby" && is_called_without_brackets(code, literal.at);
    let shown = is_shown(literal, needed);
    // What ends with a hash is the beginning of names.
    if standing == Standing::Among || shown || goes_on(code, literal.at) || literal.text.trim_end().ends_with('#') {
        return None;
    }
    let asked = standing == Standing::Asked;
    if !flows && !asked && literal.within.first().is_some_and(|(callee, _)| compares(callee)) {
        return None;
    }
    let reads = if asked {
        Some(Reads::Data)
    } else if flows {
        Some(Reads::Web)
    } else {
        None
    };
    let named = name_of(literal);
    let (is, evidence, awaits) = match is_source(&address, reads) {
        Some((is, Evidence::Call)) if flows && !asked => (is, Evidence::Flow, Awaits::Nothing),
        Some((is, Evidence::Call)) => (is, Evidence::Call, Awaits::Nothing),
        Some((is, evidence)) => {
            let unused = literal.bound.as_ref().filter(|name| walked.counts.get(*name).copied().unwrap_or(0) <= 1);
            let awaits = unused.map_or(Awaits::Nothing, |name| Awaits::Mention(name.clone()));
            (is, evidence, awaits)
        }
        // Nothing speaks for it but that a program keeps it under a name; a call elsewhere may need that name.
        None => match (is_source(&address, Some(Reads::Web)), named) {
            (Some((is, _)), Some(name)) if context::asks(&name) && !context::is_generic(&name) => {
                (is, Evidence::Kept, Awaits::Need(name))
            }
            (Some((is, _)), Some(name)) if context::is_imported(&name) => (is, Evidence::Kept, Awaits::Imported(name)),
            _ => return None,
        },
    };
    Some(at_token(code, literal.at, &address, is, evidence, awaits))
}

/// `base_uri "https://…"`: whether a call that reads stands before the text at this place, without brackets.
fn is_called_without_brackets(code: &Code<'_>, at: usize) -> bool {
    let callee = code.callee(at);
    let has = |word: &str| memchr::memmem::find(code.text.as_bytes(), word.as_bytes()).is_some();
    !callee.is_empty()
        && calls::calls("ruby", &callee, &has).is_some_and(|call| !matches!(call.reads, Reads::Send | Reads::Named))
}

/// Whether a query reads from the text at this place; other texts of SQL are values.
fn is_read_by_query(code: &Code<'_>, at: usize) -> bool {
    let mut before = at;
    while before > 0 && code.kind(before - 1) == Some(Kind::Line) {
        before -= 1;
    }
    let word = before.checked_sub(1).and_then(|before| code.name(before)).unwrap_or_default().to_ascii_lowercase();
    matches!(word.as_str(), "from" | "join" | "attach" | "database" | "program" | "location" | "import" | "url" | "set")
}

/// Whether a text goes on a sentence: `'see ' + 'https://…'`.
fn goes_on(code: &Code<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|before| code.is(*before, b'+')).and_then(|before| before.checked_sub(1));
    before.is_some_and(|before| code.inner(before).ends_with([' ', ':', '(']))
}

/// The variable or key that names the address.
fn name_of(literal: &Literal) -> Option<String> {
    // `os.getenv("X", "https://…")` and `Field(default="https://…")` give what they are given.
    let gives = |callee: &str| {
        calls::gives(callee).is_some_and(|gives| gives.argument == Some(1))
            || matches!(callee.rsplit('.').next(), Some("Field" | "field" | "freeze"))
    };
    let within = literal.within.iter().all(|(callee, _)| gives(callee));
    within.then(|| literal.labels.iter().find(|label| *label != "default").cloned()).flatten()
}

/// Whether people are shown the address, or it only names something.
fn is_shown(literal: &Literal, needed: &BTreeSet<String>) -> bool {
    let keyed =
        literal.labels.iter().take(2).any(|label| {
            context::is_shown_key(label) && !needed.contains(label) || context::is_for_the_operator(label)
        });
    let called = literal
        .within
        .first()
        .is_some_and(|(callee, keys)| context::is_shown_call(callee) && keys.iter().all(|key| !context::asks(key)));
    keyed || called
}

/// Whether a call only compares or takes apart what it is given.
fn compares(callee: &str) -> bool {
    matches!(
        callee.rsplit('.').next().unwrap_or_default(),
        "startswith" | "startsWith" | "endswith" | "endsWith" | "includes" | "equals" | "eq"
    )
}

/// A use that stands in the text of a token.
pub(super) fn at_token(
    code: &Code<'_>,
    at: usize,
    address: &Address,
    is: Is,
    evidence: Evidence,
    awaits: Awaits,
) -> Use {
    let called = if is == Is::Model { model::weights(address) } else { hosts::group(address) };
    named_at(code, at, called, address.clone(), is, evidence, awaits)
}

/// A use of something that is called so, at a token.
pub(super) fn named_at(
    code: &Code<'_>,
    at: usize,
    called: String,
    address: Address,
    is: Is,
    evidence: Evidence,
    awaits: Awaits,
) -> Use {
    let inner = code.inner(at);
    let (line, column, end_column) = match code.tokens.get(at) {
        Some(token) if inner.is_empty() => place(code.text, token.start, token.end),
        Some(token) => {
            let lead = code.text.get(token.start..token.end).and_then(|whole| whole.find(inner)).unwrap_or(0);
            let skip = Address::find(inner).map_or(0, |(start, _)| start);
            place(code.text, token.start + lead + skip, token.start + lead + inner.len())
        }
        None => (1, 1, 1),
    };
    Use { line, column, end_column, is, called, address, evidence, awaits, pin: Pin::NotAsked }
}

/// Line and columns of a part of a text; what goes on over lines ends with the first.
pub(super) fn place(text: &str, start: usize, end: usize) -> (u32, u32, u32) {
    let before = text.get(..start).unwrap_or_default();
    let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = text.get(line_start..start).unwrap_or_default().chars().count() + 1;
    let part = text.get(start..end).unwrap_or_default();
    let length = part.lines().next().unwrap_or_default().chars().count();
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (small(line), small(column), small(column + length))
}
