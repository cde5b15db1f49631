//! Will it still be there tomorrow?

mod activity;
mod automation;
mod contract;
mod dependencies;
mod notice;
mod security;

use super::Room;
use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject, Whole};

pub(super) const ROOM: Room = Room {
    name: "maintenance",
    history: &["months-idle"],
    whole: &[
        Whole {
            signal: Signal {
                name: "months-idle",
                kind: Kind::Number,
                asks: Words::new(
                    "How many months have begun since the newest commit by a person?",
                    "Wie viele Monate sind seit dem neuesten Commit eines Menschen angebrochen?",
                ),
            },
            answer: activity::months_idle,
        },
        Whole {
            signal: Signal {
                name: "ended-on-purpose",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does README or publiccode.yml say that it is finished, archived, or moved to a successor?",
                    "Sagt README oder publiccode.yml, dass es abgeschlossen, archiviert oder umgezogen ist?",
                ),
            },
            answer: activity::ended_on_purpose,
        },
        Whole {
            signal: Signal {
                name: "has-ci",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does continuous integration build, test or check anything?",
                    "Baut, testet oder prüft Continuous Integration irgendetwas?",
                ),
            },
            answer: automation::has_ci,
        },
        Whole {
            signal: Signal {
                name: "has-tests",
                kind: Kind::YesNo,
                asks: Words::new("Are there tests?", "Gibt es Tests?"),
            },
            answer: automation::has_tests,
        },
        Whole {
            signal: Signal {
                name: "has-security-policy",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does it say how to report a vulnerability?",
                    "Steht irgendwo, wie man eine Sicherheitslücke meldet?",
                ),
            },
            answer: security::has_policy,
        },
    ],
    subjects: &[
        notice::NOTICE,
        contract::CONTRACT,
        Subject {
            name: "installed-dependencies",
            is: Words::new("folder with installed packages of others", "Ordner mit installierten Paketen anderer"),
            none: Words::new("", ""),
            signals: &[
                Signal {
                    name: "manager",
                    kind: Kind::Text,
                    asks: Words::new(
                        "Which package manager installed them?",
                        "Welche Paketverwaltung hat sie installiert?",
                    ),
                },
                Signal {
                    name: "files",
                    kind: Kind::Number,
                    asks: Words::new("How many files lie in it?", "Wie viele Dateien liegen darin?"),
                },
                Signal {
                    name: "intended",
                    kind: Kind::YesNo,
                    asks: Words::new(
                        "Does the package manager mean such folders to be committed?",
                        "Sieht die Paketverwaltung vor, dass solche Ordner eingecheckt werden?",
                    ),
                },
                Signal {
                    name: "test-data",
                    kind: Kind::YesNo,
                    asks: Words::new("Is it part of tests or examples?", "Gehört er zu Tests oder Beispielen?"),
                },
            ],
            look: dependencies::look,
        },
    ],
};
