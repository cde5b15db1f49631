//! Which copyright lines did nobody fill in?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::licensing::placeholders::placeholders;
use crate::signal::{Kind, Observation, Place, Signal, Subject};

pub(super) const PLACEHOLDERS: Subject = Subject {
    name: "copyright-placeholder",
    is: Words::new(
        "copyright line of a licence file that nobody filled in",
        "Copyright-Zeile einer Lizenzdatei, die niemand ausgefüllt hat",
    ),
    none: Words::new("", ""),
    signals: &[Signal {
        name: "words",
        kind: Kind::Text,
        asks: Words::new("Which words are to be filled in?", "Welche Wörter sind auszufüllen?"),
    }],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    placeholders(readings.repo)
        .into_iter()
        .map(|one| Observation::new(Place::span(&one.path, one.span), &one.path).with("words", one.words.as_str()))
        .collect()
}
