//! May this tree be put online?

mod clutter;
mod credential;
mod internal_host;
mod large_file;
mod personal_path;
mod private_dependency;
mod credential;
mod large_file;
mod personal_path;
mod secret_file;

use super::Room;
use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) const ROOM: Room = Room {
    name: "publication",
    history: &[],
    whole: &[],
    subjects: &[
        SECRET_FILE,
        CREDENTIAL,
        private_dependency::SUBJECT,
        internal_host::SUBJECT,
        PERSONAL_PATH,
        large_file::SUBJECT,
        clutter::SUBJECT,
    ],
};

const SECRET_FILE: Subject = Subject {
    name: "secret-file",
    is: Words::new("file that holds credentials by its kind", "Datei, die ihrer Art nach Zugangsdaten enthält"),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "kind",
            kind: Kind::Text,
            asks: Words::new(
                "What kind of file is it: `private-key`, `environment`, `key-store`, `password-hashes` …?",
                "Welcher Art ist sie: `private-key`, `environment`, `key-store`, `password-hashes` …?",
            ),
        },
        Signal {
            name: "secrets",
            kind: Kind::Number,
            asks: Words::new(
                "How many values in it are neither empty, nor placeholders, nor of use on one's own machine only?",
                "Wie viele Werte darin sind weder leer noch Platzhalter noch nur auf dem eigenen Rechner nütze?",
            ),
        },
        Signal {
            name: "test-like",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does its name, its folder or what stands beside it say that it was made for trying things out?",
                "Sagt ihr Name, ihr Ordner oder was daneben steht, dass sie nur zum Ausprobieren da ist?",
            ),
        },
        Signal {
            name: "encrypted",
            kind: Kind::YesNo,
            asks: Words::new("Does a passphrase protect it?", "Schützt sie ein Passwort?"),
        },
    ],
    look: secret_file::look,
};

const CREDENTIAL: Subject = Subject {
    name: "credential",
    is: Words::new(
        "token or password that proves by its form what it is",
        "Token oder Passwort, dessen Form beweist, was es ist",
    ),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "form",
            kind: Kind::Text,
            asks: Words::new(
                "Which form does it have: `github-token`, `slack-webhook`, `url-password`, `connection-password` …?",
                "Welche Form hat es: `github-token`, `slack-webhook`, `url-password`, `connection-password` …?",
            ),
        },
        Signal {
            name: "test-like",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does its path, its line or what stands beside it say that it is made up, or only for trying things out?",
                "Sagt sein Pfad, seine Zeile oder was daneben steht, dass es erfunden oder nur zum Ausprobieren da ist?",
            ),
        },
    ],
    look: credential::look,
};

const PERSONAL_PATH: Subject = Subject {
    name: "personal-path",
    is: Words::new(
        "line of a program that names a folder of one person's machine",
        "Zeile eines Programms, die einen Ordner auf dem Rechner einer einzelnen Person nennt",
    ),
    none: Words::new("", ""),
    signals: &[Signal {
        name: "service",
        kind: Kind::YesNo,
        asks: Words::new(
            "Is it the folder of a service that is called like something in the project, and of no person?",
            "Gehört der Ordner keiner Person, sondern einem Dienst, der so heißt wie etwas im Projekt?",
        ),
    }],
    look: personal_path::look,
        credential::CREDENTIAL,
        large_file::LARGE,
        personal_path::PERSONAL_PATH,
        Subject {
            name: "secret-file",
            is: Words::new("file that holds credentials by its kind", "Datei, die ihrer Art nach Zugangsdaten enthält"),
            none: Words::new("", ""),
            signals: &[
                Signal {
                    name: "kind",
                    kind: Kind::Text,
                    asks: Words::new(
                        "What kind of file is it: `private-key`, `environment`, `key-store`, `password-hashes` …?",
                        "Welcher Art ist sie: `private-key`, `environment`, `key-store`, `password-hashes` …?",
                    ),
                },
                Signal {
                    name: "secrets",
                    kind: Kind::Number,
                    asks: Words::new(
                        "How many values in it are neither empty, nor placeholders, nor of use on one's own machine only?",
                        "Wie viele Werte darin sind weder leer noch Platzhalter noch nur auf dem eigenen Rechner nütze?",
                    ),
                },
                Signal {
                    name: "test-like",
                    kind: Kind::YesNo,
                    asks: Words::new(
                        "Does its name, its folder or what stands beside it say that it was made for trying things out?",
                        "Sagt ihr Name, ihr Ordner oder was daneben steht, dass sie nur zum Ausprobieren da ist?",
                    ),
                },
                Signal {
                    name: "encrypted",
                    kind: Kind::YesNo,
                    asks: Words::new("Does a passphrase protect it?", "Schützt sie ein Passwort?"),
                },
            ],
            look: secret_file::look,
        },
    ],
};
