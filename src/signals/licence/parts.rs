//! Which licences must users accept?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::licensing::parts::{accepted_as, parts};
use crate::signal::{Kind, Observation, Place, Signal, Subject, Value};

pub(super) const PARTS: Subject = Subject {
    name: "licence-to-accept",
    is: Words::new(
        "licence of the repository that users must accept, with those they may choose instead",
        "Lizenz des Repositorys, die Nutzende annehmen müssen, mit denen, die sie stattdessen wählen können",
    ),
    none: Words::new("no licence is known", "es ist keine Lizenz bekannt"),
    signals: &[Signal {
        name: "accepted-as",
        kind: Kind::List,
        asks: Words::new(
            "Under which SPDX ids may a list of approved licences name it?",
            "Unter welchen SPDX-Kennungen kann eine Liste erlaubter Lizenzen sie führen?",
        ),
    }],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let licensing = readings.licensing();
    let place = |path: Option<&crate::repository::RepoPath>| path.map_or_else(Place::default, Place::file);
    let unknown = |why: Phrase| {
        let first = licensing.files.iter().map(|file| &file.path).next();
        vec![Observation::new(place(first), "").with_reading("accepted-as", Err(why))]
    };
    let whole = match &licensing.licence {
        Ok(whole) => whole,
        Err(why) => return unknown(why.clone()),
    };
    let Some(found) = parts(whole) else {
        return unknown(Phrase::new("the licence has too many parts", "die Lizenz hat zu viele Teile"));
    };
    found
        .into_iter()
        .map(|choices| {
            let names = choices.iter().flat_map(|one| accepted_as(one, whole.grant)).map(|one| one.as_str().into());
            Observation::new(place(whole.from.first()), choices.join(" OR "))
                .with("accepted-as", Value::List(names.collect()))
        })
        .collect()
}
