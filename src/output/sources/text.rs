//! What does a person read of the sources in a terminal?

use super::{Row, Sources};
use crate::output::encode::{guard, terminal, terminal_text};
use crate::output::text::wrap;
use crate::phrase::{Lang, Phrase, Words};

pub(super) fn render(sources: &Sources, lang: Lang, width: usize) -> String {
    let mut lines = Vec::new();
    if sources.sources.is_empty() && sources.models.is_empty() {
        let none = Phrase::new(
            "No data sources and no trained models were found in the code.",
            "Im Code wurden keine Datenquellen und keine trainierten Modelle gefunden.",
        );
        lines.extend(paragraph(&none, lang, 0, width));
        return guard(&(lines.join("\n") + "\n"));
    }
    part(&mut lines, &Words::new("Data sources", "Datenquellen"), &sources.sources, lang, width);
    part(&mut lines, &Words::new("Models", "Modelle"), &sources.models, lang, width);
    let open = sources.sources.iter().chain(&sources.models).filter(|row| row.documented == Some(false)).count();
    let next = if open == 0 {
        Phrase::new("Documents name all of them.", "Dokumente nennen sie alle.")
    } else {
        Phrase::new(
            "Next: list the {open} that no document names. A table to paste: civiclint sources --format markdown",
            "Nächster Schritt: die {open} aufführen, die noch in keinem Dokument stehen. Eine Tabelle zum Einfügen: civiclint sources --format markdown",
        )
        .with("open", open.to_string())
    };
    lines.push(String::new());
    lines.extend(paragraph(&next, lang, 0, width));
    guard(&(lines.join("\n") + "\n"))
}

fn part(lines: &mut Vec<String>, title: &Words, rows: &[Row], lang: Lang, width: usize) {
    if rows.is_empty() {
        return;
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!("{} ({})", title.get(lang), rows.len()));
    for row in rows {
        lines.push(String::new());
        source(lines, row, lang, width);
    }
}

fn source(lines: &mut Vec<String>, row: &Row, lang: Lang, width: usize) {
    let called = terminal_text(&row.called);
    let head = row.publisher.map_or(called.clone(), |publisher| format!("{publisher}: {called}"));
    lines.extend(wrap::wrap(&head, "  ", 4, width));
    let mut add = |phrase: Phrase| lines.extend(paragraph(&phrase, lang, 4, width));
    let used = match row.uses {
        ..=1 => Phrase::new("{kind}, used in {place}", "{kind}, benutzt in {place}"),
        2 => {
            Phrase::new("{kind}, used in {place} and 1 more place", "{kind}, benutzt in {place} und 1 weiteren Stelle")
        }
        uses => Phrase::new(
            "{kind}, used in {place} and {more} more places",
            "{kind}, benutzt in {place} und {more} weiteren Stellen",
        )
        .with("more", (uses - 1).to_string()),
    };
    add(used.with("kind", row.kind_in_words().get(lang)).with("place", row.first_use()));
    match (row.documented, row.named_in.first()) {
        (Some(true), Some(place)) => {
            let phrase = match row.terms {
                Some(false) => Phrase::new(
                    "named in {place}, without licence or terms of use",
                    "genannt in {place}, ohne Lizenz oder Nutzungsbedingungen",
                ),
                _ => Phrase::new("named in {place}", "genannt in {place}"),
            };
            add(phrase.with("place", place.clone()));
        }
        (Some(_), _) => add(Phrase::new("named in no document", "in keinem Dokument genannt")),
        (None, _) => add(Phrase::new(
            "whether a document names it cannot be told",
            "ob ein Dokument das nennt, lässt sich nicht sagen",
        )),
    }
    if let Some(licence) = row.licence {
        add(Phrase::new("the publisher's licence: {licence}", "Lizenz des Anbieters: {licence}")
            .with("licence", licence));
    }
    if row.insecure {
        add(Phrase::new("read over an unencrypted connection", "über eine unverschlüsselte Verbindung gelesen"));
    }
    if row.keyed {
        add(Phrase::new("read with a key that only some have", "mit einem Schlüssel gelesen, den nur manche haben"));
    }
    if row.moving {
        add(Phrase::new("taken as it is on the day: no revision", "genommen, was am Tag gerade da ist: ohne Revision"));
    }
}

fn paragraph(phrase: &Phrase, lang: Lang, indent: usize, width: usize) -> Vec<String> {
    wrap::wrap(&terminal(&phrase.message(lang)), &" ".repeat(indent), indent, width)
}
