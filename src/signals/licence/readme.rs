//! Does the README name the licence?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::corpus;
use crate::reading::licensing::stated::in_readme;
use crate::signal::{Kind, Observation, Place, Signal, Span, Subject};

pub(super) const README: Subject = Subject {
    name: "licence-in-readme",
    is: Words::new("README that speaks for the whole", "README, die für das Ganze spricht"),
    none: Words::new("there is no README", "es gibt keine README"),
    signals: &[
        Signal {
            name: "stated",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does it name the licence of the repository, show its badge, or link to its text?",
                "Nennt sie die Lizenz des Repositorys, zeigt sie deren Abzeichen oder verlinkt sie den Text?",
            ),
        },
        Signal {
            name: "names",
            kind: Kind::Text,
            asks: Words::new(
                "Which licence does it name that is not the repository's (`–`: none)?",
                "Welche Lizenz nennt sie, die nicht die des Repositorys ist (`–`: keine)?",
            ),
        },
    ],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let licence = readings.licensing().licence.as_ref().ok().map(|whole| whole.expression.as_str());
    match in_readme(readings.repo, licence) {
        None => Vec::new(),
        Some(Ok(found)) => {
            let place = match found.line {
                Some(line) => Place::span(&found.path, Span::on_line(line, 1, 1)),
                None => Place::file(&found.path),
            };
            let seen = Observation::new(place, &found.path);
            vec![seen.with("stated", found.stated).with("names", found.names.as_deref().unwrap_or("–"))]
        }
        Some(Err(why)) => {
            let file = corpus::readme_files(readings.repo).next();
            let unread = |why: Phrase| {
                file.map(|file| Observation::new(Place::file(&file.path), &file.path))
                    .map(|seen| seen.with_reading("stated", Err(why.clone())).with_reading("names", Err(why)))
            };
            unread(why).into_iter().collect()
        }
    }
}
