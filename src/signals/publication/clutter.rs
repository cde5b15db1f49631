//! What did machines, editors and build tools leave behind?

use crate::phrase::Words;
use crate::reading::{Readings, clutter};
use crate::repository::{Ignored, RepoPath};
use crate::signal::{Kind, Observation, Place, Signal, Subject};
use std::cell::OnceCell;

pub(super) const SUBJECT: Subject = Subject {
    name: "clutter",
    is: Words::new(
        "file or folder that a machine, an editor or a build tool left behind",
        "Datei oder Ordner, die ein Rechner, ein Editor oder ein Build-Werkzeug hinterlassen hat",
    ),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "maker",
            kind: Kind::Text,
            asks: Words::new(
                "Who made it: `macOS`, `Python`, `Gradle` …?",
                "Wer hat es gemacht: `macOS`, `Python`, `Gradle` …?",
            ),
        },
        Signal {
            name: "files",
            kind: Kind::Number,
            asks: Words::new("How many tracked files is it?", "Aus wie vielen eingecheckten Dateien besteht es?"),
        },
        Signal {
            name: "intended",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it published from the repository on purpose, as the code of a GitHub action or a package?",
                "Wird es mit Absicht aus dem Repository veröffentlicht, als Code einer GitHub-Action oder eines Pakets?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let ignores = OnceCell::new();
    let ignored = |path: &RepoPath| ignores.get_or_init(|| readings.repo.ignores()).of(path.as_bytes()) != Ignored::No;
    clutter::clutter(readings.repo.files(), ignored, |file| readings.repo.text_once(file).ok())
        .into_iter()
        .map(|clutter| {
            Observation::new(Place::file(&clutter.path), &clutter.path)
                .with("maker", clutter.maker)
                .with("files", clutter.files)
                .with("intended", clutter.intended)
        })
        .collect()
}
