//! What is asked of trained weights in the tree?

mod look;

use super::mention;
use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "weights",
    is: Words::new(
        "file of trained weights, or folder of such files",
        "Datei mit trainierten Gewichten oder Ordner mit solchen Dateien",
    ),
    none: Words::new("no trained weights in the tree", "keine trainierten Gewichte im Baum"),
    signals: &[
        Signal {
            name: "card",
            kind: Kind::YesNo,
            asks: Words::new("Does a model card belong to them?", "Gehört eine Modellkarte dazu?"),
        },
        Signal {
            name: "card-where",
            kind: Kind::List,
            asks: Words::new("In which documents does it stand?", "In welchen Dokumenten steht sie?"),
        },
        mention::DOCUMENTED_WHERE,
        Signal {
            name: "format",
            kind: Kind::Text,
            asks: Words::new("Which formats do they have?", "Welche Formate haben sie?"),
        },
        Signal { name: "files", kind: Kind::Number, asks: Words::new("How many files?", "Wie viele Dateien?") },
        Signal {
            name: "pointer",
            kind: Kind::YesNo,
            asks: Words::new("Do pointers of Git LFS stand for them?", "Stehen Git-LFS-Zeiger an ihrer Stelle?"),
        },
    ],
    look: look::weights,
};
