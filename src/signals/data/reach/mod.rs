//! What is asked of data that few can reach?

mod ignored;
mod look;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "unreachable-read",
    is: Words::new(
        "place in the code that reads what only its author, or a few, can reach",
        "Stelle im Code, die liest, was nur ihr Autor oder wenige erreichen",
    ),
    none: Words::new(
        "nothing is read from where only few can reach it",
        "nichts wird von Orten gelesen, die nur wenige erreichen",
    ),
    signals: &[
        Signal {
            name: "reach",
            kind: Kind::Text,
            asks: Words::new(
                "Why do only few reach it: `home`, `drive`, `share`, `mount`, `private-network`, `cloud-folder`, `own-store` or `ignored`?",
                "Warum erreichen es nur wenige: `home`, `drive`, `share`, `mount`, `private-network`, `cloud-folder`, `own-store` oder `ignored`?",
            ),
        },
        Signal { name: "why", kind: Kind::Text, asks: Words::new("The same in words", "Dasselbe in Worten") },
    ],
    look: look::unreachable,
};
