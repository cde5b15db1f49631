//! Does it say that nobody looks after it any more, and what to use instead?

use crate::phrase::Words;
use crate::reading::passages::Passages;
use crate::reading::{Readings, ended};
use crate::signal::{Kind, Observation, Place, Signal, Subject};

pub(super) const NOTICE: Subject = Subject {
    name: "end-notice",
    is: Words::new(
        "statement that the project is deprecated, archived or unmaintained",
        "Aussage, dass das Projekt veraltet, archiviert oder nicht mehr gepflegt ist",
    ),
    none: Words::new("", ""),
    signals: &[Signal {
        name: "successor-named",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does it name what to use instead, or where it goes on?",
            "Nennt sie, was stattdessen genommen werden kann oder wo es weitergeht?",
        ),
    }],
    look,
};

/// The first README that says so, else publiccode.yml.
fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let notices = readings.corpus().readmes().filter_map(|readme| Some((readme, ended::notice(readme)?)));
    let notices: Vec<_> = notices.collect();
    let successor = notices.iter().any(|(_, notice)| notice.successor);
    if let Some((readme, notice)) = notices.first() {
        let span = Passages::of(readings.repo, &readme.path).line(notice.line);
        return vec![
            Observation::new(Place::span(&readme.path, span), &readme.path).with("successor-named", successor),
        ];
    }
    let Some(Ok(publiccode)) = readings.publiccode() else { return Vec::new() };
    let status = publiccode.development_status.as_ref().filter(|status| status.value == "obsolete");
    let told = status.map(|status| {
        Observation::new(Place::span(&publiccode.path, status.span), &publiccode.path)
            .with("successor-named", readings.corpus().readmes().any(ended::names_successor))
    });
    told.into_iter().collect()
}
