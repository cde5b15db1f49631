//! Do the commands of README and set-up documents fit the tree?

use crate::phrase::Words;
use crate::reading::{Readings, instructions};
use crate::signal::{Kind, Observation, Signal, Subject};

pub(super) const INSTRUCTIONS: Subject = Subject {
    name: "instruction",
    is: Words::new(
        "command in a README or set-up document that takes a file, folder, target or script of this repository",
        "Befehl in einer README oder Anleitung, der eine Datei, einen Ordner, ein Ziel oder ein Skript dieses Repositorys benutzt",
    ),
    none: Words::new(
        "no commands in the documents that use something of this repository",
        "keine Befehle in den Dokumenten, die etwas aus diesem Repository benutzen",
    ),
    signals: &[
        Signal {
            name: "there",
            kind: Kind::YesNo,
            asks: Words::new("Is there what it takes?", "Gibt es, was er benutzt?"),
        },
        Signal {
            name: "command",
            kind: Kind::Text,
            asks: Words::new(
                "Which command is it, as far as it matters?",
                "Welcher Befehl ist es, soweit es darauf ankommt?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let mut needs = instructions::all(readings.repo, readings.corpus(), readings.manifests());
    needs.sort_by(|a, b| a.place.cmp(&b.place));
    needs.dedup_by(|a, b| a.place == b.place);
    let seen = needs.into_iter().map(|need| {
        Observation::new(need.place, need.what.as_str())
            .with("there", need.there)
            .with("command", need.command.as_str())
    });
    seen.collect()
}
