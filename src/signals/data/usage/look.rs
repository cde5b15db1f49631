//! Over what, and in which state, is a source or model read at each place?

use super::super::own::Own;
use super::super::source;
use super::super::uses::{self, Found};
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::revisions::{Revision, revision};
use crate::reading::source::{Is, Pin, Use};
use crate::signal::{Observation, Reading, Value};

/// Every use of a source or model, in the order of paths and lines.
pub(super) fn uses(readings: &Readings<'_>) -> Vec<Observation> {
    let own = Own::of(readings);
    let found = uses::grouped(readings, |used| used.is == Is::Model || source::counts(&own, used));
    let mut seen: Vec<Observation> = found
        .iter()
        .flat_map(|found| found.uses.iter().map(|(file, used)| (found.called.as_str(), file, used)))
        .map(|(called, file, used)| {
            Observation::new(uses::place(file, used), called)
                .with("is-model", used.is == Is::Model)
                .with("insecure", is_insecure(used))
                .with_reading("moving", moving(used))
        })
        .collect();
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

/// Whether others on the way can read and change what is read.
pub(in super::super) fn is_insecure(used: &Use) -> bool {
    matches!(used.address.scheme.as_str(), "http" | "ftp")
}

/// Whether what is read may be something else tomorrow although the code stays.
fn moving(used: &Use) -> Reading {
    match (used.pin, revision(&used.address)) {
        (Pin::Named, _) | (_, Revision::Pinned) => Ok(Value::from(false)),
        (_, Revision::Moving(_)) | (Pin::Left, Revision::Unsaid) => Ok(Value::from(true)),
        (_, Revision::Unclear(name)) => Err(Phrase::new(
            "whether `{name}` is a branch or a tag is not known here",
            "ob `{name}` ein Branch oder ein Tag ist, ist hier nicht bekannt",
        )
        .with("name", name)),
        (Pin::NotAsked, Revision::Unsaid) => Ok(Value::from(false)),
    }
}

/// Whether any use of a source or model takes what may be something else tomorrow.
pub(in super::super) fn of_all(found: &Found<'_>) -> Reading {
    let each = found.uses.iter().map(|(_, used)| moving(used));
    each.reduce(either).unwrap_or(Ok(Value::from(false)))
}

/// Yes where one of the two is yes; unknown where one may be.
fn either(one: Reading, other: Reading) -> Reading {
    let yes = Ok(Value::from(true));
    match (one, other) {
        (one, other) if one == yes || other == yes => yes,
        (Err(why), _) | (_, Err(why)) => Err(why),
        (one, Ok(_)) => one,
    }
}
