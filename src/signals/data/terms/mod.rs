//! What is asked of the places where documents name a source?

mod look;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) use look::Terms;

pub(super) const SUBJECT: Subject = Subject {
    name: "source-mention",
    is: Words::new(
        "place where a document names a data source that the code reads",
        "Stelle, an der ein Dokument eine Datenquelle nennt, die der Code liest",
    ),
    none: Words::new("no document names a data source", "kein Dokument nennt eine Datenquelle"),
    signals: &[Signal {
        name: "terms",
        kind: Kind::YesNo,
        asks: Words::new(
            "Do its licence or terms of use stand near it, or for all sources in one place?",
            "Stehen Lizenz oder Nutzungsbedingungen in der Nähe oder für alle Quellen an einer Stelle?",
        ),
    }],
    look: look::mentions,
};
