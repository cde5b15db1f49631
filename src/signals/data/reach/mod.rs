//! What is asked of data that few can reach?

mod ignored;
mod keys;
mod look;

use crate::phrase::Words;
use crate::signal::{Kind, Signal, Subject};

pub(super) use keys::keyed;

pub(super) const SUBJECT: Subject = Subject {
    name: "file-read",
    is: Words::new(
        "place in the code that reads a file by its path, a private network or a store of the project",
        "Stelle im Code, die eine Datei über ihren Pfad, ein privates Netz oder einen Speicher des Projekts liest",
    ),
    none: Words::new("the code reads no data by a path", "der Code liest keine Daten über einen Pfad"),
    signals: &[
        Signal {
            name: "reach",
            kind: Kind::Text,
            asks: Words::new(
                "Who reaches it: all (`in-the-tree`, `explained`) or few (`home`, `drive`, `share`, `mount`, `private-network`, `cloud-folder`, `keyed-store`, `ignored`)?",
                "Wer erreicht es: alle (`in-the-tree`, `explained`) oder wenige (`home`, `drive`, `share`, `mount`, `private-network`, `cloud-folder`, `keyed-store`, `ignored`)?",
            ),
        },
        Signal { name: "why", kind: Kind::Text, asks: Words::new("The same in words", "Dasselbe in Worten") },
    ],
    look: look::unreachable,
};
