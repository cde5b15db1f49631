//! Does every file say its copyright and licence, and are the texts there? (REUSE 3.3)

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::licence_text::{self, How, Identified};
use crate::reading::licensing::{Content, LicenceFile};
use crate::reading::reuse::{self, Broken, Covered, Name, Reuse, Text, Told};
use crate::repository::RepoPath;
use crate::signal::{Kind, Observation, Place, Reading, Signal, Subject, Value, Whole};
use crate::untrusted::Untrusted;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Why the rules are skipped; one reason for all, as most repositories never meant to follow REUSE.
const NONE: Words = Words::new(
    "the repository does not follow REUSE, or has nothing of the kind",
    "das Repository folgt REUSE nicht oder hat nichts dergleichen",
);

pub(super) const ADOPTED: Whole = Whole {
    signal: Signal {
        name: "adopts-reuse",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does it follow REUSE: a REUSE.toml at the root, .reuse/dep5, or texts in LICENSES called by identifiers and a file that states one?",
            "Folgt es REUSE: eine REUSE.toml im Wurzelverzeichnis, .reuse/dep5 oder nach Kennungen benannte Texte in LICENSES und eine Datei, die eine nennt?",
        ),
    },
    answer: adopted,
};

pub(super) const COVERED_FILE: Subject = Subject {
    name: "covered-file",
    is: Words::new("file that REUSE covers", "Datei, für die REUSE gilt"),
    none: NONE,
    signals: &[
        Signal {
            name: "has-copyright",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does a notice for it name who holds the copyright?",
                "Nennt ein Vermerk für sie, wer das Urheberrecht hat?",
            ),
        },
        Signal {
            name: "has-licence",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does a valid expression say under which licence it is?",
                "Sagt ein gültiger Ausdruck, unter welcher Lizenz sie steht?",
            ),
        },
        Signal {
            name: "licence",
            kind: Kind::List,
            asks: Words::new(
                "Which licence expressions are stated for it?",
                "Welche Lizenzausdrücke sind für sie angegeben?",
            ),
        },
        Signal {
            name: "copyright",
            kind: Kind::List,
            asks: Words::new("Which copyright notices hold for it?", "Welche Urheberrechtsvermerke gelten für sie?"),
        },
        Signal {
            name: "stated-in",
            kind: Kind::List,
            asks: Words::new("Which files state that?", "Welche Dateien geben das an?"),
        },
    ],
    look: covered_files,
};

pub(super) const LICENCE_REFERENCE: Subject = Subject {
    name: "licence-reference",
    is: Words::new(
        "licence or exception that covered files refer to",
        "Lizenz oder Ausnahme, auf die erfasste Dateien verweisen",
    ),
    none: NONE,
    signals: &[
        Signal {
            name: "has-text",
            kind: Kind::YesNo,
            asks: Words::new("Is its text in LICENSES?", "Liegt ihr Text in LICENSES?"),
        },
        Signal {
            name: "files",
            kind: Kind::Number,
            asks: Words::new("How many covered files refer to it?", "Wie viele erfasste Dateien verweisen auf sie?"),
        },
    ],
    look: references,
};

pub(super) const LICENCE_TEXT: Subject = Subject {
    name: "licence-text",
    is: Words::new("file in LICENSES", "Datei in LICENSES"),
    none: NONE,
    signals: &[
        Signal {
            name: "used",
            kind: Kind::YesNo,
            asks: Words::new("Does a covered file refer to it?", "Verweist eine erfasste Datei auf ihn?"),
        },
        Signal {
            name: "well-named",
            kind: Kind::YesNo,
            asks: Words::new(
                "Is it called by the identifier of the licence that it holds, and an ending?",
                "Heißt er nach der Kennung der Lizenz, die er enthält, und hat eine Endung?",
            ),
        },
        Signal {
            name: "expected",
            kind: Kind::Text,
            asks: Words::new("How should it be called?", "Wie sollte er heißen?"),
        },
        Signal {
            name: "licence",
            kind: Kind::Text,
            asks: Words::new("Which licence does its name say?", "Welche Lizenz nennt sein Name?"),
        },
    ],
    look: texts,
};

fn adopted(readings: &Readings<'_>) -> Reading {
    Ok(Value::from(read(readings).is_some()))
}

/// What was read, if the repository follows REUSE; nobody else's files are read for it.
fn read<'r>(readings: &'r Readings<'_>) -> Option<Result<&'r Reuse, &'r Broken>> {
    let read = reuse::may_be_adopted(readings.repo).then(|| readings.reuse())?;
    Some(read).filter(|read| read.is_err() || read.is_ok_and(|reuse| reuse.is_adopted(readings.repo)))
}

/// One observation that answers no question, because a table of licences cannot be understood.
fn broken(broken: &Broken, signals: &[Signal]) -> Vec<Observation> {
    let why = Phrase::new(
        "{path} cannot be understood, so nothing is known of any file",
        "{path} ist nicht zu verstehen, daher ist von keiner Datei etwas bekannt",
    )
    .with("path", broken.path.untrusted());
    let observation = Observation::new(Place::file(&broken.path), broken.path.untrusted());
    vec![signals.iter().fold(observation, |seen, signal| seen.with_reading(signal.name, Err(why.clone())))]
}

fn covered_files(readings: &Readings<'_>) -> Vec<Observation> {
    match read(readings) {
        None => Vec::new(),
        Some(Err(why)) => broken(why, COVERED_FILE.signals),
        Some(Ok(reuse)) => reuse.files.iter().map(covered_file).collect(),
    }
}

fn covered_file(file: &Covered) -> Observation {
    let observation = Observation::new(Place::file(&file.path), file.path.untrusted());
    let told = match &file.told {
        Ok(told) => told,
        Err(why) => {
            let signals = COVERED_FILE.signals.iter();
            return signals.fold(observation, |seen, signal| seen.with_reading(signal.name, Err(why.clone())));
        }
    };
    let list = |texts: BTreeSet<&str>| Value::List(texts.into_iter().map(Untrusted::from).collect());
    let notices = told.iter().flat_map(Told::notices).map(|notice| notice.text.as_str()).collect();
    let sources: BTreeSet<&RepoPath> = told.iter().map(|told| &told.source().path).collect();
    observation
        .with("has-copyright", file.has_copyright())
        .with("has-licence", file.has_licence())
        .with("licence", list(file.expressions().map(|stated| stated.expression.text.as_str()).collect()))
        .with("copyright", list(notices))
        .with("stated-in", Value::List(sources.into_iter().map(Untrusted::from).collect()))
}

fn references(readings: &Readings<'_>) -> Vec<Observation> {
    let reuse = match read(readings) {
        None => return Vec::new(),
        Some(Err(why)) => return broken(why, LICENCE_REFERENCE.signals),
        Some(Ok(reuse)) => reuse,
    };
    let mut all: Vec<Observation> = reuse
        .references
        .iter()
        .map(|(id, reference)| {
            Observation::new(reference.first.clone(), id.as_str())
                .with("has-text", reuse.has_text(id))
                .with("files", reference.files)
        })
        .collect();
    all.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    all
}

fn texts(readings: &Readings<'_>) -> Vec<Observation> {
    let reuse = match read(readings) {
        None => return Vec::new(),
        Some(Err(why)) => return broken(why, LICENCE_TEXT.signals),
        Some(Ok(reuse)) => reuse,
    };
    // a file that cannot be read may refer to any text
    let unread = reuse.files.iter().find_map(|file| file.told.as_ref().err());
    let many = reuse.texts.len() > MOST_TEXTS;
    // Read before the texts are shared out: whoever reads them waits for the same workers.
    let files = readings.licence_files();
    let observe = |text: &Text| {
        let used = match (reuse.is_used(text), unread) {
            (false, Some(why)) => Err(why.clone()),
            (used, _) => Ok(Value::from(used)),
        };
        let observation = Observation::new(Place::file(&text.path), text.path.untrusted())
            .with_reading("used", used)
            .with("licence", text.id.as_str());
        let expected = if many { Err(too_many()) } else { expected(files, text) };
        match expected {
            Ok(Some(name)) => observation.with("well-named", false).with("expected", name.as_str()),
            Ok(None) => observation.with("well-named", true).with("expected", Untrusted::new(text.path.name())),
            Err(why) => observation.with_reading("well-named", Err(why.clone())).with_reading("expected", Err(why)),
        }
    };
    reuse.texts.par_iter().map(observe).collect()
}

/// So many texts are recognised; the SPDX list has fewer.
const MOST_TEXTS: usize = 1_000;

fn too_many() -> Phrase {
    Phrase::new("there are more texts in LICENSES than are read", "in LICENSES liegen mehr Texte, als gelesen werden")
}

/// How a text should be called, where that is not how it is called.
fn expected(files: &[LicenceFile], text: &Text) -> Result<Option<String>, Phrase> {
    // of a name such as `GPL-2.0` the last part is no ending
    let ending = Some(text.path.extension().into_string())
        .filter(|ending| ending.bytes().any(|byte| byte.is_ascii_alphabetic()));
    let ending = ending.unwrap_or_else(|| "txt".to_owned());
    match text.name {
        Name::NoEnding | Name::DeprecatedNoEnding => Ok(Some(format!("{}.txt", text.id))),
        Name::Good | Name::Deprecated => {
            let held = held(files, &text.path)?;
            let other = held.filter(|held| !held.iter().any(|id| is_same(id, &text.id)));
            // a text of one's own may be called as one likes, and an exception stands with the licence it belongs to
            let listed = spdx::license_id(&text.id);
            let Some((other, listed)) = other.zip(listed) else { return Ok(None) };
            // the list has some texts under several names, and some that differ by a word
            let alike = certain(&recognised(listed.text())).is_none_or(|own| own.iter().any(|id| other.contains(id)));
            let id = other.first().filter(|_| !alike);
            Ok(id.map(|id| format!("{id}.{ending}")))
        }
        Name::Bad => {
            let held = held(files, &text.path).ok().flatten().unwrap_or_default();
            let spelled = || {
                let id = spdx::imprecise_license_id(&text.id).filter(|(_, len)| *len == text.id.len());
                id.map(|(id, _)| id.name.to_owned())
            };
            let own = || {
                let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') { c } else { '-' };
                let name: String = text.id.trim_start_matches("LicenseRef-").chars().map(plain).collect();
                format!("LicenseRef-{name}")
            };
            let one = if held.len() == 1 { held.into_iter().next() } else { None };
            Ok(Some(format!("{}.{ending}", one.or_else(spelled).unwrap_or_else(own))))
        }
    }
}

/// The licences whose texts a file of `LICENSES/` holds, if that is certain.
fn held(files: &[LicenceFile], path: &RepoPath) -> Result<Option<Vec<String>>, Phrase> {
    let file = files.iter().find(|file| file.path == *path);
    let file = file.ok_or_else(|| Phrase::new("is not there", "ist nicht vorhanden"))?;
    Ok(match file.content.as_ref().map_err(Clone::clone)? {
        Content::Text(found) => certain(found),
        Content::Pointer(_) | Content::Copyright | Content::Empty => None,
    })
}

/// What the words of a licence file are.
fn recognised(words: &str) -> Identified {
    licence_text::identify(words, licence_text::Place::LicenceFile)
}

/// The licences of a text: word by word, or with differences that change nothing.
fn certain(found: &Identified) -> Option<Vec<String>> {
    /// Percent of a licence's wording below which a text only resembles it.
    const CERTAIN: u8 = 90;
    let certain = matches!(found.how, Some(How::SameText | How::SimilarText))
        && found.texts.iter().all(|held| !held.altered && held.coverage >= CERTAIN);
    let licences = found.texts.iter().filter(|held| !held.exception).map(|held| held.id.clone());
    Some(licences.collect::<Vec<_>>()).filter(|licences| certain && !licences.is_empty())
}

/// Whether two identifiers differ at most in what they say of later versions, which no text decides.
fn is_same(a: &str, b: &str) -> bool {
    let bare = |id: &str| {
        let id = id.strip_suffix("-only").or_else(|| id.strip_suffix("-or-later")).unwrap_or(id);
        id.trim_end_matches('+').to_owned()
    };
    bare(a) == bare(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_versions_are_no_other_licence() {
        for (a, b, same) in [
            ("GPL-3.0-only", "GPL-3.0-or-later", true),
            ("GPL-3.0", "GPL-3.0-only", true),
            ("GPL-3.0+", "GPL-3.0-or-later", true),
            ("GPL-2.0-only", "GPL-3.0-only", false),
            ("MIT", "MIT-0", false),
        ] {
            assert_eq!(is_same(a, b), same, "{a} {b}");
        }
    }

    /// What the list itself has under a name is never called by another name.
    #[test]
    fn official_texts_are_well_named() {
        let wrong: Vec<String> = [
            "MIT",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "ISC",
            "0BSD",
            "MIT-0",
            "CC0-1.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "EUPL-1.2",
            "GPL-2.0-or-later",
            "LGPL-3.0-only",
            "AGPL-3.0-or-later",
            "X11",
            "curl",
            "Zlib",
            "Unlicense",
            "OFL-1.1",
            "MPL-2.0",
            "BSL-1.0",
            "HPND",
            "Spencer-86",
            "BSD-4-Clause-UC",
        ]
        .into_iter()
        .filter_map(|id| {
            let text = spdx::license_id(id)?.text();
            let found = certain(&recognised(text))?;
            let fine = found.iter().any(|held| is_same(held, id));
            (!fine).then(|| format!("{id}: {found:?}"))
        })
        .collect();
        assert_eq!(wrong, Vec::<String>::new());
    }
}
