//! Will it still be there tomorrow?

mod activity;
mod automation;
mod contract;
mod dependencies;
mod notice;
mod people;
mod releases;
mod security;

use super::{ReadsHistory, Room};
use crate::phrase::Words;
use crate::repository::Span;
use crate::signal::{Kind, Signal, Subject, Whole};

pub(super) const ROOM: Room = Room {
    name: "maintenance",
    history: &[
        ReadsHistory { question: "months-idle", span: |_| Span::Person },
        ReadsHistory { question: "commits-in-all", span: |enough| enough.map_or(Span::Whole, Span::Commits) },
        ReadsHistory { question: "recent-commits", span: |_| people::LATELY },
        ReadsHistory { question: "main-share", span: |_| people::LATELY },
        ReadsHistory { question: "months-since-version", span: |_| releases::SINCE_VERSION },
        ReadsHistory { question: "commits-since-version", span: |_| releases::SINCE_VERSION },
    ],
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
                name: "version-tags",
                kind: Kind::Number,
                asks: Words::new("How many tags are versions?", "Wie viele Tags sind Versionen?"),
            },
            answer: releases::version_tags,
        },
        Whole {
            signal: Signal {
                name: "commits-in-all",
                kind: Kind::Number,
                asks: Words::new(
                    "How many commits are there, counted no further than a rule needs?",
                    "Wie viele Commits gibt es, höchstens so weit gezählt, wie eine Regel es braucht?",
                ),
            },
            answer: releases::commits,
        },
        Whole {
            signal: Signal {
                name: "recent-commits",
                kind: Kind::Number,
                asks: Words::new(
                    "How many commits have people made in the last 24 months?",
                    "Wie viele Commits haben Menschen in den letzten 24 Monaten gemacht?",
                ),
            },
            answer: people::recent_commits,
        },
        Whole {
            signal: Signal {
                name: "main-share",
                kind: Kind::Number,
                asks: Words::new(
                    "Which percentage of people's commits of the last 24 months has one of them made (rounded up)?",
                    "Welchen Anteil der Commits von Menschen aus den letzten 24 Monaten hat einer von ihnen gemacht (in Prozent, aufgerundet)?",
                ),
            },
            answer: people::main_share,
        },
        Whole {
            signal: Signal {
                name: "months-since-version",
                kind: Kind::Number,
                asks: Words::new(
                    "How many months have begun since the newest tag that is a version?",
                    "Wie viele Monate sind seit dem neuesten Tag, der eine Version ist, angebrochen?",
                ),
            },
            answer: releases::months_since_version,
        },
        Whole {
            signal: Signal {
                name: "commits-since-version",
                kind: Kind::Number,
                asks: Words::new(
                    "How many commits have people made since the newest tag that is a version (merges left out)?",
                    "Wie viele Commits haben Menschen seit dem neuesten Tag, der eine Version ist, gemacht (ohne Merges)?",
                ),
            },
            answer: releases::commits_since_version,
        },
        Whole {
            signal: Signal {
                name: "rolling-service",
                kind: Kind::YesNo,
                asks: Words::new(
                    "Does README or publiccode.yml say that it is a service without versions, where the newest state runs?",
                    "Sagt README oder publiccode.yml, dass es ein Dienst ohne Versionen ist, bei dem der neueste Stand läuft?",
                ),
            },
            answer: releases::rolling_service,
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
