//! What do manifests state of the licence?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::licensing::{Meaning, Statement};
use crate::reading::manifest::Form;
use crate::signal::{Kind, Observation, Place, Reading, Signal, Value};

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        name: "names-licence",
        kind: Kind::YesNo,
        asks: Words::new("Does it name a licence, rather than a file?", "Nennt sie eine Lizenz und nicht eine Datei?"),
    },
    Signal {
        name: "licence",
        kind: Kind::Text,
        asks: Words::new(
            "Which licence does it name, as an SPDX expression?",
            "Welche Lizenz nennt sie, als SPDX-Ausdruck?",
        ),
    },
    Signal {
        name: "valid",
        kind: Kind::YesNo,
        asks: Words::new(
            "Is the value an SPDX expression as it stands?",
            "Ist der Wert, so wie er dasteht, ein SPDX-Ausdruck?",
        ),
    },
    Signal {
        name: "contradicts",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does it name a licence that the licence files do not hold?",
            "Nennt sie eine Lizenz, die die Lizenzdateien nicht enthalten?",
        ),
    },
    Signal {
        name: "own-licence-file",
        kind: Kind::YesNo,
        asks: Words::new(
            "Has its package a licence file of its own, below the root?",
            "Hat ihr Paket eine eigene Lizenzdatei, unterhalb des Wurzelverzeichnisses?",
        ),
    },
    Signal {
        name: "files",
        kind: Kind::Text,
        asks: Words::new("Which licences do the licence files hold?", "Welche Lizenzen enthalten die Lizenzdateien?"),
    },
];

/// One observation for each statement; where a file is named instead of a licence there is nothing to contradict.
pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let licensing = readings.licensing();
    let mut held: Vec<&str> = licensing.files.iter().filter_map(|file| file.expression()).collect();
    held.sort_unstable();
    held.dedup();
    let held = held.join(", ");
    licensing.statements.iter().map(|statement| observe(statement, &held)).collect()
}

fn observe(statement: &Statement, held: &str) -> Observation {
    let names = statement.form != Form::File && !statement.of_interface;
    Observation::new(Place::span(&statement.path, statement.span), statement.value.as_str())
        .with("names-licence", names)
        .with_reading("licence", licence(statement))
        .with("valid", statement.valid)
        .with_reading("contradicts", statement.contradicts.clone().map(Value::from))
        .with("own-licence-file", statement.own_file)
        .with("files", if held.is_empty() { "–" } else { held })
}

fn licence(statement: &Statement) -> Reading {
    let none = || Phrase::new("it names no licence of the SPDX list", "sie nennt keine Lizenz der SPDX-Liste");
    match &statement.meaning {
        Ok(Meaning::Licence(expression)) => Ok(Value::from(expression.as_str())),
        Ok(_) => Err(none()),
        Err(why) => Err(why.clone()),
    }
}
