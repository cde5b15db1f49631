//! Which text is left from a template?

use crate::phrase::Words;
use crate::reading::{Readings, placeholders};
use crate::signal::{Kind, Observation, Signal, Subject};

pub(super) const PLACEHOLDERS: Subject = Subject {
    name: "placeholder",
    is: Words::new(
        "text in README, CONTRIBUTING, SECURITY, CODE_OF_CONDUCT or SUPPORT that somebody was meant to replace",
        "Text in README, CONTRIBUTING, SECURITY, CODE_OF_CONDUCT oder SUPPORT, den jemand ersetzen sollte",
    ),
    none: Words::new("", ""),
    signals: &[Signal {
        name: "is-left-over",
        kind: Kind::YesNo,
        asks: Words::new(
            "Was it left from a template or a draft?",
            "Ist er aus einer Vorlage oder einem Entwurf stehen geblieben?",
        ),
    }],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let found = placeholders::all(readings.repo, readings.corpus()).unwrap_or_default().into_iter();
    found.map(|found| Observation::new(found.place, found.text.as_str()).with("is-left-over", true)).collect()
}
