//! Which licence files are named, and are they there?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::signal::{Kind, Observation, Place, Signal, Subject, Value};

pub(super) const REFERENCES: Subject = Subject {
    name: "licence-file-reference",
    is: Words::new(
        "licence file that a manifest, the README or NOTICE names",
        "Lizenzdatei, die ein Manifest, die README oder NOTICE nennt",
    ),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "there",
            kind: Kind::YesNo,
            asks: Words::new("Does the tree hold that file?", "Gibt es diese Datei im Baum?"),
        },
        Signal {
            name: "meant",
            kind: Kind::Text,
            asks: Words::new(
                "Which licence file with the nearest name lies there (`–`: none)?",
                "Welche Lizenzdatei mit dem ähnlichsten Namen liegt dort (`–`: keine)?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let references = &readings.licensing().references;
    references
        .iter()
        .map(|one| {
            let meant = one.meant.as_ref().map_or(Value::from("–"), |path| Value::Text(path.untrusted()));
            Observation::new(Place::span(&one.path, one.span), one.named.as_str())
                .with("there", one.there)
                .with_reading("meant", Ok(meant))
        })
        .collect()
}
