//! May others use it?

mod expressions;
mod files;
mod own;
mod packages;
mod parts;
mod placeholders;
mod readme;
mod references;
mod reserved;
mod reuse;
mod statements;

use super::Room;
use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::signal::{Kind, Reading, Signal, Subject, Value, Whole};

pub(super) const ROOM: Room = Room {
    name: "licence",
    history: &[],
    whole: &[
        Whole {
            signal: Signal {
                name: "licence",
                kind: Kind::Text,
                asks: Words::new(
                    "Under which licence is it, as an SPDX expression, by licence files, README and manifests together?",
                    "Unter welcher Lizenz steht es, als SPDX-Ausdruck, nach Lizenzdateien, README und Manifesten zusammen?",
                ),
            },
            answer: licence,
        },
        Whole {
            signal: Signal {
                name: "has-licence-text",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is there a licence file at the root, or a folder LICENSES?",
                    "Gibt es im Wurzelverzeichnis eine Lizenzdatei oder einen Ordner LICENSES?",
                ),
            },
            answer: has_licence_text,
        },
        Whole {
            signal: Signal {
                name: "licence-files",
                kind: Kind::Number,
                asks: Words::new(
                    "How many licence files are there at the root and in LICENSES?",
                    "Wie viele Lizenzdateien gibt es im Wurzelverzeichnis und in LICENSES?",
                ),
            },
            answer: licence_files,
        },
        Whole {
            signal: Signal {
                name: "licence-open",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is the licence approved by OSI or FSF (software), or conformant to the Open Definition (data, documents)?",
                    "Ist die Lizenz von OSI oder FSF anerkannt (Software) oder nach der Open Definition offen (Daten, Dokumente)?",
                ),
            },
            answer: licence_open,
        },
        Whole {
            signal: Signal {
                name: "licence-grant",
                kind: Kind::Text,
                asks: Words::new(
                    "What is said on later versions of a GNU licence: `or-later`, `only`, `none`, or `not-gnu`?",
                    "Was ist zu späteren Versionen einer GNU-Lizenz gesagt: `or-later`, `only`, `none` oder `not-gnu`?",
                ),
            },
            answer: licence_grant,
        },
        Whole {
            signal: Signal {
                name: "licence-from",
                kind: Kind::List,
                asks: Words::new(
                    "Which files decided which licence it is?",
                    "Welche Dateien haben entschieden, welche Lizenz es ist?",
                ),
            },
            answer: licence_from,
        },
        reuse::ADOPTED,
    ],
    subjects: &[
        Subject {
            name: "licence-file",
            is: Words::new(
                "licence file at the root, or text in LICENSES",
                "Lizenzdatei im Wurzelverzeichnis oder Text in LICENSES",
            ),
            none: Words::new("there is no licence file", "es gibt keine Lizenzdatei"),
            signals: files::SIGNALS,
            look: files::look,
        },
        Subject {
            name: "licence-statement",
            is: Words::new(
                "statement on the licence in a manifest, publiccode.yml, CITATION.cff or codemeta.json",
                "Angabe zur Lizenz in einem Manifest, in publiccode.yml, CITATION.cff oder codemeta.json",
            ),
            none: Words::new("no manifest names a licence", "kein Manifest nennt eine Lizenz"),
            signals: statements::SIGNALS,
            look: statements::look,
        },
        reuse::COVERED_FILE,
        reuse::LICENCE_REFERENCE,
        reuse::LICENCE_TEXT,
        expressions::EXPRESSIONS,
        own::OWN,
        packages::PACKAGES,
        parts::PARTS,
        placeholders::PLACEHOLDERS,
        readme::README,
        references::REFERENCES,
        reserved::RESERVED,
    ],
};

fn licence(readings: &Readings<'_>) -> Reading {
    let whole = readings.licensing().licence.as_ref().map_err(Clone::clone)?;
    Ok(Value::from(whole.expression.as_str()))
}

fn has_licence_text(readings: &Readings<'_>) -> Reading {
    Ok(Value::from(!readings.licensing().files.is_empty()))
}

fn licence_files(readings: &Readings<'_>) -> Reading {
    Ok(Value::from(readings.licensing().files.len()))
}

fn licence_open(readings: &Readings<'_>) -> Reading {
    readings.licensing().is_open(readings.kind()).map(Value::from)
}

fn licence_grant(readings: &Readings<'_>) -> Reading {
    let whole = readings.licensing().licence.as_ref().map_err(Clone::clone)?;
    Ok(Value::from(whole.grant.name()))
}

fn licence_from(readings: &Readings<'_>) -> Reading {
    let whole = readings.licensing().licence.as_ref().map_err(Clone::clone)?;
    Ok(Value::List(whole.from.iter().map(|path| path.untrusted()).collect()))
}

/// A text that may be missing: the reason why.
fn text_or(text: Option<&str>, why: impl FnOnce() -> Phrase) -> Reading {
    text.map(Value::from).ok_or_else(why)
}
