//! Which links of the documentation lead to something in the tree?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::links::{self, Target};
use crate::signal::{Kind, Observation, Signal, Subject};

pub(super) const LINKS: Subject = Subject {
    name: "link",
    is: Words::new(
        "relative link, image or anchor in the documentation whose target the tree can show",
        "relativer Link, Bild oder Anker in der Dokumentation, dessen Ziel der Dateibaum zeigen kann",
    ),
    none: Words::new("no relative links in the documentation", "keine relativen Links in der Dokumentation"),
    signals: &[
        Signal {
            name: "leads-somewhere",
            kind: Kind::YesNo,
            asks: Words::new("Is there what it leads to?", "Gibt es, wohin er führt?"),
        },
        Signal {
            name: "missing",
            kind: Kind::Text,
            asks: Words::new(
                "Which file or heading is not there? Empty where it leads somewhere.",
                "Welche Datei oder Überschrift fehlt? Leer, wenn er zu etwas führt.",
            ),
        },
        Signal {
            name: "copies",
            kind: Kind::Number,
            asks: Words::new(
                "In how many documents of the same name does the same link stand?",
                "In wie vielen Dokumenten gleichen Namens steht derselbe Link?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let followed = links::all(readings.repo, readings.corpus()).into_iter();
    followed
        .map(|link| {
            let (there, missing) = match link.target {
                Target::There => (true, String::new()),
                Target::NoFile(path) => (false, path),
                Target::NoHeading(path, anchor) => (false, format!("{path}#{anchor}")),
            };
            Observation::new(link.place, link.url.as_str())
                .with("leads-somewhere", there)
                .with("missing", missing.as_str())
                .with("copies", link.copies)
        })
        .collect()
}
