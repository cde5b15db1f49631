//! Which tracked files are large, without being kept beside git?

use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::repository::{File, FileKind};
use crate::signal::{Kind, Observation, Place, Signal, Subject, Value};

pub(super) const SUBJECT: Subject = Subject {
    name: "large-file",
    is: Words::new("tracked file of at least one mebibyte", "Eingecheckte Datei von mindestens einem Mebibyte"),
    none: Words::new("", ""),
    signals: &[
        Signal {
            name: "size",
            kind: Kind::Number,
            asks: Words::new(
                "How large is it, in mebibytes, rounded up?",
                "Wie groß ist sie, in Mebibyte, aufgerundet?",
            ),
        },
        Signal {
            name: "kept-elsewhere",
            kind: Kind::YesNo,
            asks: Words::new(
                "Does git keep only a reference, as with Git LFS or git-annex?",
                "Hält git nur einen Verweis, wie bei Git LFS oder git-annex?",
            ),
        },
    ],
    look,
};

const MEBIBYTE: u64 = 1 << 20;

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    readings
        .repo
        .files()
        .iter()
        .filter(|file| file.kind == FileKind::Regular)
        .filter_map(|file| seen(readings, file))
        .collect()
}

/// A file that is large, or of which nobody can tell: it is tracked, but neither on disk nor among git's objects.
fn seen(readings: &Readings<'_>, file: &File) -> Option<Observation> {
    let size = match file.len {
        Some(len) if len < MEBIBYTE => return None,
        Some(len) => {
            let mebibytes = i64::try_from(len.div_ceil(MEBIBYTE)).unwrap_or(i64::MAX);
            let is_least = readings.repo.is_least(file);
            Ok(if is_least { Value::AtLeast(mebibytes) } else { Value::Number(mebibytes) })
        }
        None => Err(Phrase::new(
            "{path} is tracked but not there, so its size is unknown",
            "{path} ist eingecheckt, aber nicht da; deshalb ist die Größe unbekannt",
        )
        .with("path", &file.path)),
    };
    let seen = Observation::new(Place::file(&file.path), &file.path).with_reading("size", size);
    let elsewhere = readings.repo.lies_elsewhere(file).map(Into::into).ok_or_else(|| {
        Phrase::new(
            ".gitattributes has more lines on filters, or longer ones, than are followed here",
            ".gitattributes hat mehr oder längere Zeilen zu Filtern, als hier befolgt werden",
        )
    });
    Some(seen.with_reading("kept-elsewhere", elsewhere))
}
