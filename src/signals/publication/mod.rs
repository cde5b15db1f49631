//! May this tree be put online?

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
