//! What is asked of data files?

mod described;
mod find;
mod folder;
mod given;
mod group;
mod look;
mod statement;
mod twin;

pub(super) use folder::SUBJECT as FOLDER;
pub(super) use statement::SUBJECT as LICENCE;

use super::mention;
use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
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
        mention::DOCUMENTED_WHERE,
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
            name: "needs-one-vendor",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it there only in a format that needs the programs of one vendor?",
                "Liegt sie nur in einem Format vor, das die Programme eines Herstellers braucht?",
            ),
        },
        Signal {
            name: "vendor-format",
            kind: Kind::Text,
            asks: Words::new("In which of these formats is it?", "In welchem dieser Formate liegt sie vor?"),
        },
        Signal {
            name: "bytes",
            kind: Kind::Number,
            asks: Words::new("How many bytes do they have in all?", "Wie viele Bytes haben sie zusammen?"),
        },
    ],
    look: look::files,
};
