//! What is asked of data sources?

mod look;

pub(super) use look::{counts, is_store_use, named};

use super::{mention, usage};
use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
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
        mention::DOCUMENTED_WHERE,
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
        Signal {
            name: "terms",
            kind: Kind::YesNo,
            asks: Words::new(
                "Do its licence or terms of use stand near a place that names it?",
                "Stehen Lizenz oder Nutzungsbedingungen nahe einer Stelle, die sie nennt?",
            ),
        },
        usage::INSECURE,
        Signal {
            name: "reachable",
            kind: Kind::YesNo,
            asks: Words::new(
                "Can others reach it: is it read without a key that only some have?",
                "Erreichen andere sie: Wird sie ohne einen Schlüssel gelesen, den nur manche haben?",
            ),
        },
        usage::MOVING,
    ],
    look: look::sources,
};
