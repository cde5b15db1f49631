//! What is asked of tables that look as if they were about private persons?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::table::scan::Found;
use crate::signal::{Kind, Observation, Place, Signal, Subject, Value};
use crate::untrusted::Untrusted;

pub(super) const SUBJECT: Subject = Subject {
    name: "personal-data",
    is: Words::new(
        "table, or saved output of a notebook, that holds data on persons",
        "Tabelle oder gespeicherte Ausgabe eines Notebooks mit Angaben zu Personen",
    ),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "evidence",
            kind: Kind::Number,
            asks: Words::new(
                "How many kinds of evidence show private persons, each by the header and by the cells of a column?",
                "Wie viele Arten von Anzeichen für Privatpersonen gibt es, jede in Kopfzeile und Zellen einer Spalte?",
            ),
        },
        Signal {
            name: "kinds",
            kind: Kind::List,
            asks: Words::new(
                "Which kinds: `names`, `e-mail`, `phone`, `birth-date`, `iban`, `national-id`, `address`?",
                "Welche Arten: `names`, `e-mail`, `phone`, `birth-date`, `iban`, `national-id`, `address`?",
            ),
        },
        Signal {
            name: "personal-columns",
            kind: Kind::Text,
            asks: Words::new("Which columns show it?", "Welche Spalten zeigen es?"),
        },
        Signal {
            name: "made-up",
            kind: Kind::YesNo,
            asks: Words::new(
                "Are the persons made up: by the name of the file, or by values such as Mustermann or example.org?",
                "Sind die Personen erfunden: nach dem Namen der Datei oder Werten wie Mustermann oder example.org?",
            ),
        },
        Signal {
            name: "attribution",
            kind: Kind::YesNo,
            asks: Words::new(
                "Are they named for their credit, as authors and contributors are?",
                "Sind sie genannt, um sie zu würdigen, wie Autorinnen und Mitwirkende?",
            ),
        },
        Signal {
            name: "public-role",
            kind: Kind::YesNo,
            asks: Words::new(
                "Do other columns show that they hold a public office or are known to the public?",
                "Zeigen andere Spalten, dass sie ein öffentliches Amt haben oder öffentlich bekannt sind?",
            ),
        },
        Signal {
            name: "historical",
            kind: Kind::YesNo,
            asks: Words::new("Did they live long ago?", "Haben sie vor langer Zeit gelebt?"),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let tables = readings.tables();
    let mut seen: Vec<_> = tables.files.iter().chain(&tables.outputs).filter_map(observed).collect();
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen
}

/// Only names of columns get in, and no output may quote the line: it could be one of data.
fn observed(found: &Found) -> Option<Observation> {
    let evidence = found.personal.as_ref()?;
    let place = found.header.map_or_else(|| Place::file(&found.path), |span| Place::span(&found.path, span));
    let kinds = evidence.kinds.iter().copied().map(Untrusted::from).collect();
    let seen = Observation::new(place, found.path.untrusted())
        .with("evidence", evidence.kinds.len())
        .with("kinds", Value::List(kinds))
        .with("personal-columns", Untrusted::from(evidence.columns.join(", ")))
        .with("made-up", evidence.synthetic)
        .with("attribution", evidence.attribution)
        .with("public-role", evidence.public_role)
        .with("historical", evidence.historical);
    Some(seen.not_quotable())
}
