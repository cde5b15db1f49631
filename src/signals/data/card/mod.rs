//! What is asked of the cards of models and data sets?

mod look;
mod words;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "card",
    is: Words::new("card of a model or data set", "Karte eines Modells oder Datensatzes"),
    none: Words::new("no model or dataset cards", "keine Modell- oder Datensatzkarten"),
    signals: &[
        Signal {
            name: "of",
            kind: Kind::Text,
            asks: Words::new("Is it about a `model` or a `data-set`?", "Geht es um `model` oder `data-set`?"),
        },
        Signal {
            name: "template",
            kind: Kind::YesNo,
            asks: Words::new(
                "Are places left for somebody or a program to fill in?",
                "Sind Stellen offen, die jemand oder ein Programm noch ausfüllt?",
            ),
        },
        Signal {
            name: "left-out",
            kind: Kind::List,
            asks: Words::new(
                "Which parts does it leave out: `intended-use`, `limits`, `training-data`, `evaluation`, `bias`, `licence`, `contact`?",
                "Was lässt sie aus: `intended-use`, `limits`, `training-data`, `evaluation`, `bias`, `licence`, `contact`?",
            ),
        },
        Signal {
            name: "parts-left-out",
            kind: Kind::Number,
            asks: Words::new("How many parts does it leave out?", "Wie viele Teile lässt sie aus?"),
        },
        Signal {
            name: "missing",
            kind: Kind::Text,
            asks: Words::new("What does it leave out, in words?", "Was lässt sie aus, in Worten?"),
        },
    ],
    look: look::cards,
};
