//! Can others understand and run it?

mod api;
mod conflict;
mod contact;
mod environment;
mod image;
mod installation;
mod instruction;
mod link;
mod metadata;
mod named_files;
mod placeholder;
mod purpose;
mod readme;
mod running;
mod unrecognised;
mod usage;

use super::{ReadsHistory, Room};
use crate::phrase::Words;
use crate::reading::Readings;
use crate::repository::{Mark, Span};
use crate::signal::{Kind, Reading, Signal, Subject, Value, Whole};

pub(super) const ROOM: Room = Room {
    name: "docs",
    history: &[ReadsHistory { question: "metadata-conflict", span: |_| Span::Tags }],
    whole: &[
        Whole {
            signal: Signal {
                name: "has-readme",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does a README (LIESMICH, LEEME, LISEZMOI) lie at the root, in docs/ or in .github/?",
                    "Liegt eine README (LIESMICH, LEEME, LISEZMOI) im Hauptordner, in docs/ oder in .github/?",
                ),
            },
            answer: readme::has_readme,
        },
        Whole {
            signal: Signal {
                name: "installation-described",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does the README, or a document it leads to, say how to get it running?",
                    "Sagt die README oder ein Dokument, zu dem sie führt, wie man es zum Laufen bringt?",
                ),
            },
            answer: installation::is_described,
        },
        Whole {
            signal: Signal {
                name: "purpose-stated",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does the README say what this is, before the first section on how to use it?",
                    "Sagt die README, was das hier ist, noch vor dem ersten Abschnitt darüber, wie man es benutzt?",
                ),
            },
            answer: purpose::says,
        },
        Whole {
            signal: Signal {
                name: "usage-shown",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does the README, a document it leads to, or the manual show how to use it?",
                    "Zeigt die README, ein Dokument, zu dem sie führt, oder das Handbuch, wie man es benutzt?",
                ),
            },
            answer: usage::is_shown,
        },
        Whole {
            signal: Signal {
                name: "contact-named",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is there a way to reach the people behind it?",
                    "Gibt es einen Weg, die Menschen dahinter zu erreichen?",
                ),
            },
            answer: contact::is_named,
        },
        Whole {
            signal: Signal {
                name: "has-publiccode",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is there a publiccode.yml anywhere in the tree?",
                    "Gibt es irgendwo im Dateibaum eine publiccode.yml?",
                ),
            },
            answer: has_publiccode,
        },
        Whole {
            signal: Signal {
                name: "is-served",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is it a server or web application that somebody has to run for others?",
                    "Ist es ein Server oder eine Webanwendung, die jemand für andere betreiben muss?",
                ),
            },
            answer: running::is_served,
        },
        Whole {
            signal: Signal {
                name: "operation-described",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is there anything to run it with: container files, charts, infrastructure, or a section on deployment and operation?",
                    "Gibt es etwas, womit man es betreiben kann: Container-Dateien, Charts, Infrastruktur oder einen Abschnitt zu Bereitstellung und Betrieb?",
                ),
            },
            answer: running::is_operable,
        },
        Whole {
            signal: Signal {
                name: "source-lines",
                kind: Kind::Number,
                asks: Words::new(
                    "How many lines of source are there, without blank lines, comments, tests, examples and foreign code?",
                    "Wie viele Zeilen Quelltext gibt es, ohne Leerzeilen, Kommentare, Tests, Beispiele und fremden Code?",
                ),
            },
            answer: running::lines,
        },
        Whole {
            signal: Signal {
                name: "architecture-described",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does a document say how it is built, or why it is built so?",
                    "Sagt ein Dokument, wie es aufgebaut ist oder warum es so aufgebaut ist?",
                ),
            },
            answer: running::has_architecture,
        },
        Whole {
            signal: Signal {
                name: "has-web-interface",
                kind: Kind::YesNo,
                asks: Words::new("Does it show web pages to people?", "Zeigt es Menschen Webseiten?"),
            },
            answer: running::has_pages,
        },
        Whole {
            signal: Signal {
                name: "accessibility-considered",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Is there a statement, section or page on accessibility, or does anything check it?",
                    "Gibt es eine Erklärung, einen Abschnitt oder eine Seite zur Barrierefreiheit, oder prüft sie etwas?",
                ),
            },
            answer: running::is_accessible,
        },
    ],
    subjects: &[
        README,
        link::LINKS,
        instruction::INSTRUCTIONS,
        placeholder::PLACEHOLDERS,
        image::IMAGES,
        unrecognised::FILES,
        PUBLICCODE_FLAWS,
        METADATA_CONFLICTS,
        CITATION_FLAWS,
        environment::VARIABLE,
        api::API,
    ],
};

const PUBLICCODE_FLAWS: Subject = Subject {
    name: "publiccode-flaw",
    is: Words::new(
        "thing in publiccode.yml that its standard does not have, or the file where there is none",
        "Stelle in publiccode.yml, die ihrem Standard nicht entspricht, oder die Datei, wenn es keine gibt",
    ),
    none: Words::new("there is no publiccode.yml", "es gibt keine publiccode.yml"),
    signals: metadata::SIGNALS,
    look: metadata::publiccode,
};

const METADATA_CONFLICTS: Subject = Subject {
    name: "metadata-conflict",
    is: Words::new(
        "statement about the whole that another file, the newest tag or the remote contradicts, or the first \
         file where there is none",
        "Angabe zum Ganzen, der eine andere Datei, der neueste Tag oder das Remote widerspricht, oder die erste \
         Datei, wenn es keine gibt",
    ),
    none: Words::new(
        "there is no manifest, publiccode.yml, CITATION.cff or codemeta.json to compare",
        "es gibt weder Manifest noch publiccode.yml, CITATION.cff oder codemeta.json zum Vergleichen",
    ),
    signals: conflict::SIGNALS,
    look: conflict::look,
};

const CITATION_FLAWS: Subject = Subject {
    name: "citation-flaw",
    is: Words::new(
        "thing in CITATION.cff or codemeta.json that its standard does not have, or the file where there is none",
        "Stelle in CITATION.cff oder codemeta.json, die ihrem Standard nicht entspricht, oder die Datei, wenn es \
         keine gibt",
    ),
    none: Words::new(
        "there is neither CITATION.cff nor codemeta.json",
        "es gibt weder CITATION.cff noch codemeta.json",
    ),
    signals: metadata::SIGNALS,
    look: metadata::citation,
};

const README: Subject = Subject {
    name: "readme",
    is: Words::new("README of the repository as a whole", "README, die für das ganze Repository spricht"),
    none: Words::new("there is no README", "es gibt keine README"),
    signals: &[
        Signal {
            name: "words",
            kind: Kind::Number,
            asks: Words::new(
                "How many words of prose does it have, without badges, code, links, HTML and the sentences of a generator's template?",
                "Wie viele Wörter Fließtext hat sie, ohne Badges, Code, Links, HTML und die Sätze einer Generator-Vorlage?",
            ),
        },
        Signal {
            name: "template",
            kind: Kind::Text,
            asks: Words::new(
                "Which generator's template does it still hold sentences of? Empty where it is none.",
                "Von welcher Generator-Vorlage stehen noch Sätze darin? Leer, wenn von keiner.",
            ),
        },
        Signal {
            name: "written-in",
            kind: Kind::List,
            asks: Words::new(
                "In which languages (`de`, `en` …) do READMEs exist?",
                "In welchen Sprachen (`de`, `en` …) gibt es READMEs?",
            ),
        },
    ],
    look: readme::look,
};

/// A file by that name, wherever it lies; `docs/unrecognised-name` speaks of places and endings that nobody reads.
fn has_publiccode(readings: &Readings<'_>) -> Reading {
    let foreign = [Mark::Vendored, Mark::Test, Mark::Example];
    Ok(Value::from(readings.repo.files().iter().any(|file| {
        ["publiccode.yml", "publiccode.yaml"].contains(&file.path.name_lower().as_str())
            && !foreign.iter().any(|mark| file.marks.has(*mark))
    })))
}
