//! Which packages are published, and do they name their licence?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::licensing::declared::packages;
use crate::signal::{Kind, Observation, Place, Signal, Subject, Value};
use crate::untrusted::Untrusted;

pub(super) const PACKAGES: Subject = Subject {
    name: "package",
    is: Words::new("package manifest with a field for the licence", "Paket-Manifest mit einem Feld für die Lizenz"),
    none: Words::new(
        "there is no package manifest with a field for the licence",
        "es gibt kein Paket-Manifest mit einem Feld für die Lizenz",
    ),
    signals: &[
        Signal {
            name: "names-licence",
            kind: Kind::YesNo,
            asks: Words::new("Does it name a licence, or inherit one?", "Nennt es eine Lizenz oder erbt es eine?"),
        },
        Signal {
            name: "published",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it made to be published: name, version, keys that only a registry reads, and no application?",
                "Ist es zur Veröffentlichung gedacht: Name, Version, Angaben nur für ein Verzeichnis, keine Anwendung?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    packages(readings.repo, readings.manifests())
        .into_iter()
        .map(|package| {
            let path = &package.manifest.path;
            let name = package.manifest.name.as_ref();
            let called = name.map_or_else(|| Untrusted::new(path.as_bytes()), |name| name.value.as_str().into());
            let place = name.map_or_else(|| Place::file(path), |name| Place::span(path, name.span));
            Observation::new(place, called)
                .with_reading("names-licence", package.names.map(Value::from))
                .with("published", package.published)
        })
        .collect()
}
