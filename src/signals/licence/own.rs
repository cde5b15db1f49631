//! Which files have a licence of their own, and may they be part of the whole?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::reading::licensing::compatibility::clash;
use crate::reading::licensing::folders::Parts;
use crate::reading::licensing::{Grant, headers};
use crate::signal::{Kind, Observation, Place, Reading, Signal, Subject, Value};

pub(super) const OWN: Subject = Subject {
    name: "own-licence",
    is: Words::new("source file or folder with a licence of its own", "Quelldatei oder Ordner mit eigener Lizenz"),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "licence",
            kind: Kind::Text,
            asks: Words::new("Which, as an SPDX expression?", "Welche, als SPDX-Ausdruck?"),
        },
        Signal {
            name: "clashes",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it certain that it cannot be part of a work under the repository's licence?",
                "Steht fest, dass sie nicht Teil eines Werks unter der Lizenz des Repositorys sein kann?",
            ),
        },
        Signal {
            name: "reason",
            kind: Kind::Text,
            asks: Words::new(
                "Why: `copyleft`, `two-copylefts`, `condition` (`–`: it may)?",
                "Warum: `copyleft`, `two-copylefts`, `condition` (`–`: sie kann)?",
            ),
        },
        Signal {
            name: "declared",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it declared to be a part of its own, by REUSE or by a licence file in its folder?",
                "Ist sie als eigener Teil erklärt, durch REUSE oder eine Lizenzdatei in ihrem Ordner?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let parts = Parts::of(readings.repo);
    let licensing = readings.licensing();
    // Without a word on later versions, GNU licences leave the choice to the user.
    let whole = licensing.licence.as_ref().map(|whole| match whole.grant {
        Grant::None => whole.expression.replace("-only", "-or-later"),
        _ => whole.expression.clone(),
    });
    let observe = |own: &headers::Own, declared: bool| {
        let found = whole.clone().map_err(Clone::clone).map(|whole| clash(&whole, &own.expression));
        let clashes: Reading = found.clone().map(|found| Value::from(found.is_some()));
        let reason: Reading = found.map(|found| Value::from(found.map_or("–", |clash| clash.name())));
        Observation::new(Place::span(&own.path, own.span), &own.path)
            .with("licence", own.expression.as_str())
            .with_reading("clashes", clashes)
            .with_reading("reason", reason)
            .with("declared", declared)
    };
    let files = readings.own_licences().iter().map(|own| observe(own, parts.declares(&own.path, &own.expression)));
    let mut found: Vec<Observation> = files.collect();
    found.extend(parts.combined(readings.repo).map(|own| {
        let ids = crate::reading::licence_text::expression::licences(&own.expression);
        observe(own, ids.iter().all(|id| parts.declared.contains(id)))
    }));
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}
