//! Do publiccode.yml, CITATION.cff and codemeta.json hold what their standards say?

use super::named_files;
use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::node::{json, yaml_or_place};
use crate::reading::schema::{self, CITATION, CODEMETA, Checked, Flaw, PUBLICCODE, Schema};
use crate::repository::{File, FileKind, Mark};
use crate::signal::{Kind, Observation, Place, Reading, Signal, Span, Value};
use crate::untrusted::Untrusted;

/// What may be asked about each flaw.
pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        name: "breaks",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does it break the standard, rather than being out of date?",
            "Verletzt es den Standard, statt nur veraltet zu sein?",
        ),
    },
    Signal { name: "problem", kind: Kind::Text, asks: Words::new("What is wrong with it?", "Was stimmt daran nicht?") },
];

/// What is wrong in every publiccode.yml of the tree; the file itself where nothing is.
pub(super) fn publiccode(readings: &Readings<'_>) -> Vec<Observation> {
    let is_one = |name: &str| matches!(name, "publiccode.yml" | "publiccode.yaml");
    files(readings, is_one).flat_map(|file| look(readings, file, &PUBLICCODE)).collect()
}

/// The same for CITATION.cff and codemeta.json.
pub(super) fn citation(readings: &Readings<'_>) -> Vec<Observation> {
    let schema = |file: &File| if file.path.name_lower() == "citation.cff" { &*CITATION } else { &*CODEMETA };
    let is_one = |name: &str| matches!(name, "citation.cff" | "codemeta.json");
    files(readings, is_one).flat_map(|file| look(readings, file, schema(file))).collect()
}

fn files<'r>(readings: &Readings<'r>, is_one: fn(&str) -> bool) -> impl Iterator<Item = &'r File> {
    let foreign = [Mark::Vendored, Mark::Test, Mark::Example];
    readings.repo.files().iter().filter(move |file| {
        file.kind != FileKind::Submodule
            && is_one(&file.path.name_lower())
            && !foreign.iter().any(|mark| file.marks.has(*mark))
    })
}

fn look(readings: &Readings<'_>, file: &File, schema: &'static Schema) -> Vec<Observation> {
    let bytes = match readings.repo.read(file) {
        Ok(bytes) => bytes,
        Err(why) => return vec![unknown(file, why)],
    };
    let mut flaws = Vec::new();
    let text = match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(_) => {
            flaws.push(whole(Phrase::new(
                "the file is not in UTF-8, the only encoding that the standard allows",
                "die Datei ist nicht in UTF-8, der einzigen Kodierung, die der Standard zulässt",
            )));
            readings.repo.text(file).ok().map(|text| text.to_string())
        }
    };
    let checked = text.map(|text| check(text.trim_start_matches('\u{feff}'), schema)).unwrap_or_default();
    if let Some(why) = checked.unknown {
        return vec![unknown(file, why)];
    }
    flaws.extend(checked.flaws);
    flaws.extend(checked.names.iter().filter_map(|named| named_files::flaw(readings.repo, file, named)));
    flaws.sort_by_key(|flaw| (flaw.span.is_some(), flaw.span));
    let mut seen: Vec<Observation> = flaws.into_iter().map(|flaw| observation(file, flaw)).collect();
    if seen.is_empty() {
        let called = file.path.untrusted();
        let none = Phrase::new("nothing is wrong", "nichts ist falsch");
        seen.push(Observation::new(Place::file(&file.path), called).with("breaks", false).with("problem", none));
    }
    seen
}

fn check(text: &str, schema: &'static Schema) -> Checked {
    let broken = |why, span| Checked { flaws: vec![Flaw { span, ..whole(why) }], ..Checked::default() };
    if std::ptr::eq(schema, &*CODEMETA) {
        return match json(text) {
            Ok(document) => schema::check(schema, &document),
            Err(why) => broken(why, None),
        };
    }
    if let Some(line) = schema::several_documents(text) {
        let why = Phrase::new("a second YAML document begins here", "hier beginnt ein zweites YAML-Dokument");
        return broken(why, Some(Span::on_line(line, 1, 4)));
    }
    match yaml_or_place(text) {
        Ok(document) => schema::check(schema, &document),
        Err(stopped) if stopped.disputed => Checked { unknown: Some(stopped.why), ..Checked::default() },
        Err(stopped) => broken(stopped.why, stopped.span),
    }
}

fn whole(why: Phrase) -> Flaw {
    Flaw { key: String::new(), span: None, why, breaks: true }
}

fn observation(file: &File, flaw: Flaw) -> Observation {
    let place = flaw.span.map_or_else(|| Place::file(&file.path), |span| Place::span(&file.path, span));
    let called = if flaw.key.is_empty() { file.path.untrusted() } else { Untrusted::from(flaw.key) };
    Observation::new(place, called).with("breaks", flaw.breaks).with("problem", flaw.why)
}

fn unknown(file: &File, why: Phrase) -> Observation {
    let reading: Reading = Err(why.clone());
    Observation::new(Place::file(&file.path), file.path.untrusted())
        .with_reading("breaks", reading)
        .with("problem", Value::Said(why))
}
