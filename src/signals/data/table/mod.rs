//! What is asked of tables?

mod look;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const SUBJECT: Subject = Subject {
    name: "table",
    is: Words::new(
        "table of delimited text, or several with the same header",
        "Tabelle in einer Textdatei oder mehrere mit gleicher Kopfzeile",
    ),
    none: Words::new("no tables of delimited text", "keine Tabellen in Textdateien"),
    signals: &[
        Signal {
            name: "columns",
            kind: Kind::List,
            asks: Words::new("What are its columns called?", "Wie heißen ihre Spalten?"),
        },
        Signal {
            name: "unclear-columns",
            kind: Kind::Text,
            asks: Words::new(
                "Which columns do not say by their name what they hold?",
                "Welche Spalten sagen nicht schon durch ihren Namen, was sie enthalten?",
            ),
        },
        Signal {
            name: "self-explaining",
            kind: Kind::YesNo,
            asks: Words::new(
                "Do the names of nearly all columns say what they hold?",
                "Sagen die Namen fast aller Spalten, was sie enthalten?",
            ),
        },
        Signal {
            name: "rows",
            kind: Kind::Number,
            asks: Words::new(
                "How many rows has it, as far as its beginning tells?",
                "Wie viele Zeilen hat sie, soweit ihr Anfang das zeigt?",
            ),
        },
        Signal {
            name: "tables",
            kind: Kind::Number,
            asks: Words::new(
                "How many files with this header are there?",
                "Wie viele Dateien mit dieser Kopfzeile gibt es?",
            ),
        },
        Signal {
            name: "described",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does a schema, a codebook or a document name at least half of its columns?",
                "Nennt ein Schema, ein Codebuch oder ein Dokument wenigstens die Hälfte ihrer Spalten?",
            ),
        },
        Signal {
            name: "described-where",
            kind: Kind::List,
            asks: Words::new("Which files do?", "Welche Dateien tun das?"),
        },
    ],
    look: look::tables,
};
