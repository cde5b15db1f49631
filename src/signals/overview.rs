//! What is it, all in all?

use super::Room;
use crate::phrase::{Phrase, Words};
use crate::reading::document::Document;
use crate::reading::{Readings, ended};
use crate::signal::{Kind, Reading, Signal, Value, Whole};

pub(super) const ROOM: Room = Room {
    name: "overview",
    history: &[],
    whole: &[
        Whole {
            signal: Signal {
                name: "kind",
                kind: Kind::Text,
                asks: Words::new(
                    "Is it `software`, `data` or `documentation`?",
                    "Ist es Software (`software`), sind es Daten (`data`) oder Dokumentation (`documentation`)?",
                ),
            },
            answer: kind,
        },
        Whole {
            signal: Signal {
                name: "life-cycle",
                kind: Kind::Text,
                asks: Words::new(
                    "How far does it say it has come: `concept`, `development`, `beta`, `stable` or `obsolete`?",
                    "Wie weit ist es nach eigener Aussage: `concept` (Konzept), `development` (in Entwicklung), `beta`, \
                     `stable` (stabil) oder `obsolete` (aufgegeben oder abgeschlossen)?",
                ),
            },
            answer: life_cycle,
        },
    ],
    subjects: &[],
};

fn kind(readings: &Readings<'_>) -> Reading {
    readings.kind().map(|kind| Value::from(kind.name()))
}

/// The words of publiccode.yml's `developmentStatus`.
const STATES: [&str; 5] = ["concept", "development", "beta", "stable", "obsolete"];

/// What publiccode.yml says, unless a README says that it has ended; else the badge of <https://www.repostatus.org>.
fn life_cycle(readings: &Readings<'_>) -> Reading {
    let stated = match readings.publiccode() {
        Some(Err(why)) => return Err(why.clone()),
        Some(Ok(publiccode)) => publiccode.development_status.as_ref().map(|status| status.value.as_str()),
        None => None,
    };
    let corpus = readings.corpus();
    let ended =
        corpus.readmes().any(|readme| ended::says_ended(readme).or(ended::notice(readme).map(|it| it.line)).is_some());
    let badge = || corpus.readmes().find_map(badge);
    match (stated.filter(|stated| STATES.contains(stated)), ended) {
        (Some(stated), true) if stated != "obsolete" => Err(Phrase::new(
            "publiccode.yml says `{stated}`, and a README says that it has ended",
            "publiccode.yml sagt `{stated}`, und ein README sagt, dass es beendet ist",
        )
        .with("stated", stated)),
        (_, true) => Ok("obsolete".into()),
        (Some(stated), false) => Ok(stated.into()),
        (None, false) => badge().map(Value::from).ok_or_else(|| {
            Phrase::new(
                "neither publiccode.yml nor a README says how far it has come",
                "weder publiccode.yml noch ein README sagt, wie weit es ist",
            )
        }),
    }
}

/// What a badge of repostatus.org says in a README. What has ended is read with everything else that says so.
fn badge(readme: &Document) -> Option<&'static str> {
    readme.images.iter().find_map(|image| {
        let (_, rest) = image.url.split_once("repostatus.org/badges/")?;
        match rest.split('/').nth(1)?.split('.').next()? {
            "concept" => Some("concept"),
            "wip" => Some("development"),
            "active" => Some("stable"),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::{Repository, testing};

    fn told(files: &[(&str, &str)]) -> Option<String> {
        let folder = testing::folder(files);
        let repo = Repository::open(folder.path(), testing::options()).expect("a folder");
        let readings = Readings::new(&repo);
        match life_cycle(&readings) {
            Ok(Value::Text(text)) => Some(text.lossy().into_owned()),
            Ok(other) => panic!("{other:?}"),
            Err(_) => None,
        }
    }

    #[test]
    fn states() {
        let status = |status: &str| format!("publiccodeYmlVersion: '0.5'\ndevelopmentStatus: {status}\n");
        let badge = |word: &str| format!("# Trees\n\n![status](https://www.repostatus.org/badges/latest/{word}.svg)\n");
        for state in STATES {
            assert_eq!(told(&[("publiccode.yml", &status(state))]).as_deref(), Some(state));
        }
        for (files, wanted) in [
            (&[("README.md", "# Trees\n\nCounts trees.\n")][..], None),
            (&[("README.md", "> **Archived.** This project was completed.\n")], Some("obsolete")),
            (&[("README.md", "# Trees\n\nThis project is no longer maintained.\n")], Some("obsolete")),
            (&[("README.md", &badge("wip"))], Some("development")),
            (&[("README.md", &badge("concept"))], Some("concept")),
            (&[("README.md", &badge("active"))], Some("stable")),
            (&[("README.md", &badge("unsupported"))], Some("obsolete")),
            (&[("README.md", &badge("suspended"))], None),
            (&[("README.md", &badge("wip")), ("publiccode.yml", &status("beta"))], Some("beta")),
            (
                &[
                    ("README.md", "# Trees\n\nThis project is no longer maintained.\n"),
                    ("publiccode.yml", &status("stable")),
                ],
                None,
            ),
            (&[("publiccode.yml", &status("finished"))], None),
            (&[("publiccode.yml", "developmentStatus: [\n"), ("README.md", &badge("wip"))], None),
        ] {
            assert_eq!(told(files).as_deref(), wanted, "{files:?}");
        }
    }
}
