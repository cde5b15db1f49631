//! What is it, all in all?

use super::Room;
use crate::phrase::Words;
use crate::reading::Readings;
use crate::signal::{Kind, Reading, Signal, Value, Whole};

pub(super) const ROOM: Room = Room {
    name: "overview",
    history: &[],
    whole: &[Whole {
        signal: Signal {
            name: "kind",
            kind: Kind::Text,
            asks: Words::new(
                "Is it `software`, `data` or `documentation`?",
                "Ist es Software (`software`), sind es Daten (`data`) oder Dokumentation (`documentation`)?",
            ),
        },
        answer: kind,
    }],
    subjects: &[],
};

fn kind(readings: &Readings<'_>) -> Reading {
    readings.kind().map(|kind| Value::from(kind.name()))
}
