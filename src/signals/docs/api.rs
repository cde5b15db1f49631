//! What does the program offer to other programs, and is that described?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::corpus;
use crate::reading::interfaces;
use crate::reading::sections::{self, Meaning};
use crate::reading::source::serving::Route;
use crate::repository::File;
use crate::signal::{Kind, Observation, Place, Reading, Signal, Span, Subject, Value};

pub(super) const API: Subject = Subject {
    name: "served-api",
    is: Words::new(
        "interface that the program offers to other programs, at its first route",
        "Schnittstelle, die das Programm anderen Programmen bietet, an ihrer ersten Route",
    ),
    none: Words::new(
        "no interface for other programs was found in the code",
        "im Code wurde keine Schnittstelle für andere Programme gefunden",
    ),
    signals: &[
        Signal {
            name: "routes",
            kind: Kind::Number,
            asks: Words::new("How many routes were found in all?", "Wie viele Routen wurden insgesamt gefunden?"),
        },
        Signal {
            name: "documented",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does a description (OpenAPI, AsyncAPI, GraphQL, .proto, Postman), a package that writes one, or a section in a document say what it offers?",
                "Sagt eine Beschreibung (OpenAPI, AsyncAPI, GraphQL, .proto, Postman), ein Paket, das sie erzeugt, oder ein Abschnitt in einem Dokument, was sie bietet?",
            ),
        },
    ],
    look,
};

/// The first route, which stands for all.
pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let routes: Vec<(&File, &Route)> = routes(readings).collect();
    let Some((file, route)) = routes.first() else { return Vec::new() };
    let place = Place::span(&file.path, Span::on_line(route.line, route.column, route.end_column));
    vec![
        Observation::new(place, route.path.as_str())
            .with("routes", routes.len())
            .with_reading("documented", documented(readings)),
    ]
}

/// All routes of programs, in the order of paths and lines.
pub(super) fn routes<'r>(readings: &'r Readings<'_>) -> impl Iterator<Item = (&'r File, &'r Route)> {
    let all = readings.repo.files().iter().zip(readings.scans());
    all.filter(|(file, scan)| file.marks.none() && !scan.generated)
        .flat_map(|(file, scan)| scan.routes.iter().map(move |route| (file, route)))
}

fn documented(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let by_document = corpus.documents().any(|document| {
        let named = sections::is_about(&corpus::stem(&document.path), Meaning::Api);
        named && document.words() > 0
            || sections::about(document, Meaning::Api).next().is_some()
            || document.links.iter().any(|link| !link.image && sections::is_about(&link.text, Meaning::Api))
    });
    if by_document || interfaces::description(readings.repo).is_some() {
        return Ok(Value::from(true));
    }
    if corpus.documents().next().is_none() && !corpus.unread().is_empty() {
        return Err(Phrase::new(
            "the only documents are in a format that is not read (PDF, office files)",
            "die einzigen Dokumente haben ein Format, das nicht gelesen wird (PDF, Office-Dateien)",
        ));
    }
    Ok(Value::from(false))
}
