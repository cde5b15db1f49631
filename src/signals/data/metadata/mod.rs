//! What is asked of files that describe data by a standard?

mod look;
mod there;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "data-metadata",
    is: Words::new(
        "mistake in a data package, Croissant, CSVW file or card, or the file where there is none",
        "Fehler in einem Datenpaket, einer Croissant- oder CSVW-Datei oder Card; die Datei selbst, wo keiner ist",
    ),
    none: Words::new(
        "no data package, Croissant, CSVW file or card",
        "kein Datenpaket, keine Croissant- oder CSVW-Datei und keine Card",
    ),
    signals: &[
        Signal {
            name: "standard",
            kind: Kind::Text,
            asks: Words::new(
                "Which standard is it: `Data Package`, `Croissant`, `CSVW` or `card`?",
                "Welcher Standard ist es: `Data Package`, `Croissant`, `CSVW` oder `card`?",
            ),
        },
        Signal {
            name: "wrong",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does it break its standard, or name a file that is not there?",
                "Verletzt es seinen Standard, oder nennt es eine Datei, die es nicht gibt?",
            ),
        },
        Signal { name: "problem", kind: Kind::Text, asks: Words::new("What is wrong?", "Was stimmt nicht?") },
    ],
    look: look::descriptions,
};
