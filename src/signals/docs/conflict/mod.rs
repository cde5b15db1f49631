//! Do the files that describe the whole contradict each other, the tags or the remote?
//!
//! Told are contradictions that a person would call one: two addresses on one host, a version behind the newest tag, a
//! date of long ago. Where several readings are possible (a mirror, a package of another name) nothing is told.

mod addresses;
mod dates;
mod told;
mod versions;
mod words;

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::node::Located;
use crate::repository::RepoPath;
use crate::signal::{Kind, Observation, Place, Reading, Signal};
use crate::untrusted::Untrusted;
use told::Told;

/// What may be asked about each.
pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        name: "contradicts",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does another file, the newest tag or the remote say otherwise?",
            "Sagt eine andere Datei, der neueste Tag oder das Remote etwas anderes?",
        ),
    },
    Signal {
        name: "about",
        kind: Kind::Text,
        asks: Words::new(
            "What is it about: `version`, `date`, `address`, `name`, `licence` or `status`? Empty where all agree.",
            "Worum geht es: `version`, `date`, `address`, `name`, `licence` oder `status`? Leer, wenn alles \
             zusammenpasst.",
        ),
    },
    Signal { name: "problem", kind: Kind::Text, asks: Words::new("What does the other say?", "Was sagt das andere?") },
];

/// A statement that something else contradicts.
struct Conflict {
    path: RepoPath,
    stated: Located,
    about: &'static str,
    why: Phrase,
}

/// Every contradiction; where there is none, the first file that could have had one.
pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let told = told::all(readings);
    let Some(first) = told.first() else {
        // packages below the root speak for themselves only
        let package = readings.manifests().iter().find(|manifest| manifest.ecosystem.is_package());
        return package.into_iter().map(|package| agreed(&package.path, Ok(false.into()))).collect();
    };
    let tags = versions::Tags::of(readings);
    let mut conflicts = Vec::new();
    if let Ok(tags) = &tags {
        conflicts.extend(versions::behind_tags(&told, tags));
        conflicts.extend(dates::conflicts(&told, tags));
        conflicts.extend(words::unborn(&told, tags));
    }
    conflicts.extend(versions::between_files(&told, tags.as_ref().ok()));
    conflicts.extend(addresses::conflicts(&told, readings.repo));
    conflicts.extend(words::names(&told, readings));
    conflicts.extend(words::statuses(&told));
    conflicts.extend(words::licences(readings));
    conflicts.sort_by(|a, b| (&a.path, a.stated.span, a.about).cmp(&(&b.path, b.stated.span, b.about)));
    conflicts.dedup_by(|a, b| a.path == b.path && a.stated.span == b.stated.span && a.about == b.about);
    if conflicts.is_empty() {
        // what would be compared with tags cannot be told without them
        let dated = told.iter().any(|one| one.version.is_some() || one.date.is_some() || words::may_be_unborn(one));
        let reading = match tags {
            Err(why) if dated => Err(why),
            _ => Ok(false.into()),
        };
        return vec![agreed(&first.path, reading)];
    }
    conflicts.into_iter().map(observation).collect()
}

fn observation(conflict: Conflict) -> Observation {
    let place = Place::span(&conflict.path, conflict.stated.span);
    Observation::new(place, Untrusted::from(conflict.stated.value))
        .with("contradicts", true)
        .with("about", conflict.about)
        .with("problem", conflict.why)
}

fn agreed(path: &RepoPath, contradicts: Reading) -> Observation {
    let none = Phrase::new("nothing says otherwise", "nichts sagt etwas anderes");
    Observation::new(Place::file(path), path.untrusted())
        .with_reading("contradicts", contradicts)
        .with("about", "")
        .with("problem", none)
}

impl Conflict {
    fn new(told: &Told, stated: &Located, about: &'static str, why: Phrase) -> Self {
        Self { path: told.path.clone(), stated: stated.clone(), about, why }
    }
}
