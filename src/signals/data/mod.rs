//! Where do data and models come from, and does anybody say so?

mod file;
mod mention;
mod own;
mod source;

use super::Room;
use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const ROOM: Room = Room { name: "data", history: &[], whole: &[], subjects: &[FILES, SOURCES, MODELS] };

const DOCUMENTED_WHERE: Signal = Signal {
    name: "documented-where",
    kind: Kind::List,
    asks: Words::new("Which lines of which documents name it?", "Welche Zeilen welcher Dokumente nennen es?"),
};

const FILES: Subject = Subject {
    name: "data-file",
    is: Words::new(
        "data file, or folder of similar data files",
        "Datendatei oder Ordner mit gleichartigen Datendateien",
    ),
    none: Words::new("no data files", "keine Datendateien"),
    signals: &[
        Signal {
            name: "documented",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it described: by a data package, a README or another file beside it, or a document that names it?",
                "Ist sie beschrieben: durch ein Datenpaket, eine README oder andere Datei daneben oder ein Dokument, das sie nennt?",
            ),
        },
        DOCUMENTED_WHERE,
        Signal {
            name: "format",
            kind: Kind::Text,
            asks: Words::new(
                "In which format is it (`csv`, `geojson` …)?",
                "In welchem Format liegt sie vor (`csv`, `geojson` …)?",
            ),
        },
        Signal {
            name: "files",
            kind: Kind::Number,
            asks: Words::new(
                "How many files are counted together here?",
                "Wie viele Dateien sind hier zusammengefasst?",
            ),
        },
        Signal {
            name: "bytes",
            kind: Kind::Number,
            asks: Words::new("How many bytes do they have in all?", "Wie viele Bytes haben sie zusammen?"),
        },
    ],
    look: file::files,
};

const SOURCES: Subject = Subject {
    name: "data-source",
    is: Words::new(
        "place outside the repository that code reads data from",
        "Ort außerhalb des Repositorys, von dem der Code Daten liest",
    ),
    none: Words::new("no data sources in the code", "keine Datenquellen im Code"),
    signals: &[
        Signal {
            name: "documented",
            kind: Kind::YesNo,
            asks: Words::new("Does a document name it as what it is?", "Nennt ein Dokument sie als das, was sie ist?"),
        },
        DOCUMENTED_WHERE,
        Signal {
            name: "uses",
            kind: Kind::Number,
            asks: Words::new("In how many places is it used?", "An wie vielen Stellen wird sie benutzt?"),
        },
        Signal {
            name: "host",
            kind: Kind::Text,
            asks: Words::new("Which host or bucket is it on?", "Auf welchem Host oder in welchem Bucket liegt sie?"),
        },
        Signal {
            name: "kind",
            kind: Kind::Text,
            asks: Words::new(
                "Is it `file`, `service`, `hub`, `object-store`, `database`, `broker`, `tiles` or `geocoder`?",
                "Ist es `file`, `service`, `hub`, `object-store`, `database`, `broker`, `tiles` oder `geocoder`?",
            ),
        },
        Signal {
            name: "scheme",
            kind: Kind::Text,
            asks: Words::new(
                "By which scheme is it first read (`https`, `ftp` …)?",
                "Über welches Schema wird sie zuerst gelesen (`https`, `ftp` …)?",
            ),
        },
        Signal {
            name: "data-set",
            kind: Kind::Text,
            asks: Words::new(
                "Which path or data set is read first?",
                "Welcher Pfad oder Datensatz wird zuerst gelesen?",
            ),
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
            name: "own-site",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it a store that carries the project's own name?",
                "Ist es ein Speicher, der den Namen des Projekts selbst trägt?",
            ),
        },
    ],
    look: source::sources,
};

const MODELS: Subject = Subject {
    name: "model",
    is: Words::new("trained model that code loads or asks", "trainiertes Modell, das der Code lädt oder befragt"),
    none: Words::new("no trained models in the code", "keine trainierten Modelle im Code"),
    signals: &[
        Signal {
            name: "documented",
            kind: Kind::YesNo,
            asks: Words::new("Does a document name it?", "Nennt ein Dokument es?"),
        },
        DOCUMENTED_WHERE,
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
    ],
    look: source::models,
};
