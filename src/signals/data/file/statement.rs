//! Is a licence that somebody gives to data an open one?

use super::find;
use super::given::Licences;
use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::passages::Passages;
use crate::repository::RepoPath;
use crate::signal::{Kind, Observation, Place, Reading, Signal, Subject, Value};
use std::collections::BTreeMap;

pub(in crate::signals::data) const SUBJECT: Subject = Subject {
    name: "data-licence",
    is: Words::new("statement on the licence of data", "Angabe zur Lizenz von Daten"),
    none: Words::new("no licence is stated for data", "für Daten ist keine Lizenz angegeben"),
    signals: &[
        Signal {
            name: "open",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is the licence open by the Open Definition?",
                "Ist die Lizenz offen im Sinn der Open Definition?",
            ),
        },
        Signal {
            name: "licence",
            kind: Kind::Text,
            asks: Words::new("Which licence is stated?", "Welche Lizenz ist angegeben?"),
        },
    ],
    look,
};

/// So many statements are told; those that are not open come first.
const MOST: usize = 200;

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let groups = find::groups(readings);
    if groups.is_empty() {
        return Vec::new();
    }
    let licences = Licences::of(readings, &groups);
    let mut stated = licences.statements();
    stated.sort_by_key(|given| given.licence.as_ref().and_then(|one| one.open) != Some(false));
    let mut documents: BTreeMap<&RepoPath, Passages> = BTreeMap::new();
    let mut seen = Vec::new();
    for given in stated.into_iter().take(MOST) {
        let Some(licence) = &given.licence else { continue };
        let mut place = given.place.clone();
        if let (Some(path), Some(span), Some(words)) = (&given.place.path, given.place.span, &given.words) {
            let document = documents.entry(path).or_insert_with(|| Passages::of(readings.repo, path));
            place = Place::span(path, document.span(span.line, words));
        }
        let open: Reading = licence.open.map(Value::from).ok_or_else(|| {
            Phrase::new(
                "whether `{licence}` is open, only people can tell",
                "ob `{licence}` offen ist, können nur Menschen beurteilen",
            )
            .with("licence", licence.name.as_str())
        });
        seen.push(
            Observation::new(place, licence.name.as_str())
                .with_reading("open", open)
                .with("licence", licence.name.as_str()),
        );
    }
    seen.sort_by(|a, b| a.place.cmp(&b.place));
    seen.dedup_by(|a, b| a.place == b.place);
    seen
}
