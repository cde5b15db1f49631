//! Which values ought to be SPDX expressions, and are they?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::licence_text::expression;
use crate::reading::licensing::{headers, is_deprecated, nearest_expression, today};
use crate::repository::RepoPath;
use crate::signal::{Kind, Observation, Place, Signal, Span, Subject};
use std::collections::BTreeMap;

pub(super) const EXPRESSIONS: Subject = Subject {
    name: "licence-expression",
    is: Words::new(
        "value that ought to be an SPDX expression: in a manifest, or in SPDX-License-Identifier",
        "Wert, der ein SPDX-Ausdruck sein soll: in einem Manifest oder in SPDX-License-Identifier",
    ),
    none: Words::new("nothing states an SPDX expression", "nirgends steht ein SPDX-Ausdruck"),
    signals: &[
        Signal {
            name: "valid",
            kind: Kind::YesNo,
            asks: Words::new("Is it a valid SPDX expression?", "Ist es ein gültiger SPDX-Ausdruck?"),
        },
        Signal {
            name: "deprecated",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does it hold an id that SPDX has deprecated?",
                "Enthält er eine Kennung, die SPDX abgekündigt hat?",
            ),
        },
        Signal {
            name: "nearest",
            kind: Kind::Text,
            asks: Words::new(
                "Which valid expression of today was probably meant (`?`: it is not sure)?",
                "Welcher heute gültige Ausdruck war wohl gemeint (`?`: nicht sicher)?",
            ),
        },
        Signal {
            name: "uses",
            kind: Kind::Number,
            asks: Words::new("In how many files does it stand?", "In wie vielen Dateien steht er?"),
        },
    ],
    look,
};

/// Values of manifests one by one; a tag that stands in many files once, at the first.
fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let licensing = readings.licensing();
    let mut found: Vec<Observation> = licensing
        .statements
        .iter()
        .filter(|one| one.wants_expression)
        .map(|one| observe(&one.path, one.span, &one.value, one.valid, 1))
        .collect();
    let mut tags: BTreeMap<&str, (&RepoPath, Span, usize)> = BTreeMap::new();
    for (file, header) in headers::said(readings.repo.files(), readings.scans()) {
        for tag in &header.tags {
            tags.entry(tag.value.as_str()).or_insert((&file.path, tag.span, 0)).2 += 1;
        }
    }
    found.extend(
        tags.into_iter()
            .filter(|(value, _)| !SPECIAL.contains(value))
            .map(|(value, (path, span, uses))| observe(path, span, value, expression::is_valid(value), uses)),
    );
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}

/// Words that stand where a licence is expected and say that there is none: Solidity and SPDX itself have them.
const SPECIAL: &[&str] = &["UNLICENSED", "NONE", "NOASSERTION"];

fn observe(path: &RepoPath, span: Span, value: &str, valid: bool, uses: usize) -> Observation {
    let old = valid && is_deprecated(value);
    let nearest = if valid { today(value) } else { nearest_expression(value) };
    Observation::new(Place::span(path, span), value)
        .with("valid", valid)
        .with("deprecated", old)
        .with("nearest", nearest.as_deref().unwrap_or("?"))
        .with("uses", uses)
}
