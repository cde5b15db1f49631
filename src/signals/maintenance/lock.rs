//! Does a lock file say which versions of other people's packages are meant?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::lock::{self, Lacks, Lockable};
use crate::signal::{Kind, Observation, Place, Reading, Signal, Subject, Value};

pub(super) const SUBJECT: Subject = Subject {
    name: "manifest",
    is: Words::new(
        "package manifest of an ecosystem that has lock files",
        "Paket-Manifest aus einem Ökosystem mit Lock-Dateien",
    ),
    none: Words::new(
        "no manifest of an ecosystem that has lock files",
        "kein Manifest aus einem Ökosystem mit Lock-Dateien",
    ),
    signals: &[
        Signal {
            name: "ecosystem",
            kind: Kind::Text,
            asks: Words::new("Which package manager reads it?", "Welche Paketverwaltung liest es?"),
        },
        Signal {
            name: "needs-packages",
            kind: Kind::YesNo,
            asks: Words::new("Does it ask for packages of others?", "Verlangt es Pakete von anderen?"),
        },
        Signal {
            name: "application",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does it make something that is run, not a package for others?",
                "Entsteht daraus etwas zum Ausführen und kein Paket für andere?",
            ),
        },
        Signal {
            name: "locked",
            kind: Kind::YesNo,
            asks: Words::new(
                "Do a lock file or exact versions say what is installed?",
                "Legen eine Lock-Datei oder genaue Versionen fest, was installiert wird?",
            ),
        },
        Signal {
            name: "lacks",
            kind: Kind::Text,
            asks: Words::new("What is missing where it is not locked?", "Was fehlt, wo nichts festgelegt ist?"),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let repo = readings.repo;
    let found = lock::all(repo.files(), readings.manifests(), &|file| repo.text(file).ok());
    let observation = |one: &Lockable| {
        Observation::new(Place::file(&one.path), &one.path)
            .with("ecosystem", one.ecosystem)
            .with("needs-packages", one.needs)
            .with_reading("application", application(one))
            .with("locked", one.locked)
            .with("lacks", Value::Said(lacks(&one.lacks)))
    };
    found.iter().map(observation).collect()
}

fn application(one: &Lockable) -> Reading {
    one.application.map(Value::from).ok_or_else(|| {
        Phrase::new(
            "whether {path} makes an application or a package for others cannot be told",
            "ob aus {path} eine Anwendung oder ein Paket für andere entsteht, lässt sich nicht erkennen",
        )
        .with("path", &one.path)
    })
}

fn lacks(lacks: &Lacks) -> Phrase {
    match lacks {
        Lacks::File(names) => {
            Phrase::new("no lock file lies beside it ({names})", "daneben liegt keine Lock-Datei ({names})")
                .with("names", plain(names))
        }
        Lacks::Versions { entries, loose } => Phrase::new(
            "{loose} of {entries} entries without an exact version, and no lock file lies beside it",
            "{loose} von {entries} Einträgen ohne genaue Version, und daneben liegt keine Lock-Datei",
        )
        .with("loose", loose.to_string())
        .with("entries", entries.to_string()),
    }
}

/// The names that people know, without folders and wildcards.
fn plain(names: &[String]) -> String {
    let names = names.iter().filter(|name| !name.contains(['*', '/'])).take(NAMES);
    names.map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// So many names of lock files are told.
const NAMES: usize = 5;
