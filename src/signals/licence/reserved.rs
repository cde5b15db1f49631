//! Which source files keep all rights?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::licensing::headers;
use crate::repository::Class;
use crate::signal::{Kind, Observation, Place, Signal, Subject};

pub(super) const RESERVED: Subject = Subject {
    name: "reserved-file",
    is: Words::new(
        "source file whose header keeps all rights, or calls it confidential",
        "Quelldatei, deren Kopf alle Rechte vorbehält oder sie vertraulich nennt",
    ),
    none: Words::new("", ""),
    signals: &[Signal {
        name: "source",
        kind: Kind::YesNo,
        asks: Words::new("Is it source code?", "Ist es Quelltext?"),
    }],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    headers::said(readings.repo.files(), readings.scans())
        .filter_map(|(file, header)| Some((file, header.reserved?)))
        .map(|(file, span)| {
            Observation::new(Place::span(&file.path, span), &file.path).with("source", file.class == Class::Source)
        })
        .collect()
}
