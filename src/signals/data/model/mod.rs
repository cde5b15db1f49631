//! What is asked of trained models?

mod look;

use super::{mention, usage};
use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "model",
    is: Words::new("trained model that code loads or asks", "trainiertes Modell, das der Code lädt oder befragt"),
    none: Words::new("no trained models in the code", "keine trainierten Modelle im Code"),
    signals: &[
        Signal {
            name: "documented",
            kind: Kind::YesNo,
            asks: Words::new("Does a document name it?", "Nennt ein Dokument es?"),
        },
        mention::DOCUMENTED_WHERE,
        Signal {
            name: "uses",
            kind: Kind::Number,
            asks: Words::new("In how many places is it used?", "An wie vielen Stellen wird es benutzt?"),
        },
        Signal {
            name: "evidence",
            kind: Kind::Text,
            asks: Words::new(
                "What speaks for it: `call`, `flow`, `portal`, `address` or `setting`?",
                "Was spricht dafür: `call`, `flow`, `portal`, `address` oder `setting`?",
            ),
        },
        Signal {
            name: "host",
            kind: Kind::Text,
            asks: Words::new(
                "Which host is it loaded from, if one is named?",
                "Von welchem Host wird es geladen, falls einer genannt ist?",
            ),
        },
        usage::MOVING,
    ],
    look: look::models,
};
