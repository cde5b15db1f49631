//! What does a person read of it?

use super::Told;
use crate::output::encode::{guard, terminal_text};
use crate::output::text::wrap;
use crate::phrase::{Lang, Phrase};
use crate::reading::licence_text::{Held, How, Identified};
use crate::untrusted::Untrusted;

/// More notices of parts are counted, not listed.
const NOTICES: usize = 12;

pub(super) fn render(told: &[Told], lang: Lang, width: usize) -> String {
    let mut lines = Vec::new();
    for (number, one) in told.iter().enumerate() {
        if number > 0 {
            lines.push(String::new());
        }
        lines.push(terminal_text(&one.path));
        match &one.identified {
            Ok(found) => file(&mut lines, found, lang, width),
            Err(why) => {
                let text = Phrase::new("not read: {path} {why}", "nicht gelesen: {path} {why}")
                    .with("path", one.path.clone())
                    .with("why", plain(why, lang));
                lines.extend(paragraph(&text, lang, width));
            }
        }
    }
    lines.push(String::new());
    guard(&lines.join("\n"))
}

fn file(lines: &mut Vec<String>, found: &Identified, lang: Lang, width: usize) {
    let mut add = |phrase: Phrase| lines.extend(paragraph(&phrase, lang, width));
    match (&found.expression, found.how) {
        (Some(expression), Some(how)) => {
            add(by(how).with("licence", expression.as_str()));
            if found.without_grant {
                add(Phrase::new(
                    "It says nothing on later versions; -only is the careful reading.",
                    "Zu späteren Versionen steht nichts da; -only ist die vorsichtige Lesart.",
                ));
            }
        }
        _ if found.nearest.is_some() => add(Phrase::new(
            "No licence can be named: the text is near one of the SPDX list and says something else.",
            "Keine Lizenz lässt sich nennen: Der Text ähnelt einer Lizenz der SPDX-Liste, sagt aber etwas anderes.",
        )),
        _ => add(Phrase::new("No licence can be named.", "Keine Lizenz lässt sich nennen.")),
    }
    for held in found.texts.iter().filter(|held| found.nearest.as_ref() != Some(held)) {
        text(lines, held, false, lang, width);
    }
    if let Some(near) = &found.nearest {
        text(lines, near, true, lang, width);
        let next = if near.altered {
            Phrase::new(
                "Next: replace it by the original text of {id}, or call it a licence of your own (LicenseRef-…).",
                "Nächster Schritt: durch den Originaltext von {id} ersetzen oder als eigene Lizenz benennen (LicenseRef-…).",
            )
        } else {
            Phrase::new(
                "Next: compare it with the original text of {id}.",
                "Nächster Schritt: mit dem Originaltext von {id} vergleichen.",
            )
        };
        lines.extend(paragraph(&next.with("id", near.id.as_str()), lang, width));
    }
    if !found.notices.is_empty() {
        let shown: Vec<&str> = found.notices.iter().take(NOTICES).map(String::as_str).collect();
        let more = found.notices.len() - shown.len();
        let phrase = if more == 0 {
            Phrase::new("Licences of parts: {list}", "Lizenzen von Teilen: {list}")
        } else {
            Phrase::new("Licences of parts: {list} and {more} more", "Lizenzen von Teilen: {list} und {more} weitere")
        };
        let phrase = phrase.with("list", shown.join(", "));
        let phrase = if more == 0 { phrase } else { phrase.with("more", more.to_string()) };
        lines.extend(paragraph(&phrase, lang, width));
    }
}

fn by(how: How) -> Phrase {
    match how {
        How::SameText => Phrase::new("{licence}, word for word", "{licence}, Wort für Wort"),
        How::SimilarText => Phrase::new("{licence}, by its text", "{licence}, am Text erkannt"),
        How::Translation => {
            Phrase::new("{licence}, in an official translation", "{licence}, in einer amtlichen Übersetzung")
        }
        How::Tag => Phrase::new("{licence}, by an SPDX tag", "{licence}, laut SPDX-Angabe"),
        How::Name => Phrase::new("{licence}, by what it states", "{licence}, laut Angabe in der Datei"),
    }
}

/// A text within the file: where, how much of it, and what differs.
fn text(lines: &mut Vec<String>, held: &Held, near: bool, lang: Lang, width: usize) {
    let phrase = if near {
        Phrase::new(
            "nearest: {id}, lines {first}–{last}; {coverage} % of its wording is there, {words} words differ",
            "am ähnlichsten: {id}, Zeilen {first}–{last}; {coverage} % des Wortlauts sind da, {words} Wörter weichen ab",
        )
    } else if held.altered {
        Phrase::new(
            "lines {first}–{last}: near {id}, changed; {coverage} % of its wording is there, {words} words differ",
            "Zeilen {first}–{last}: ähnlich {id}, geändert; {coverage} % des Wortlauts sind da, {words} Wörter weichen ab",
        )
    } else if held.words_changed > 0 {
        Phrase::new(
            "lines {first}–{last}: {id}; {words} words differ, the sense does not",
            "Zeilen {first}–{last}: {id}; {words} Wörter weichen ab, der Sinn nicht",
        )
    } else {
        Phrase::new("lines {first}–{last}: {id}", "Zeilen {first}–{last}: {id}")
    };
    let mut phrase = phrase
        .with("id", held.id.as_str())
        .with("first", held.lines.0.to_string())
        .with("last", held.lines.1.to_string());
    if near || held.altered {
        phrase = phrase.with("coverage", held.coverage.to_string());
    }
    if near || held.altered || held.words_changed > 0 {
        phrase = phrase.with("words", held.words_changed.to_string());
    }
    lines.extend(paragraph(&phrase, lang, width));
    for (added, removed) in &held.changes {
        for (sign, words) in [("+", added), ("-", removed)] {
            if !words.is_empty() {
                let words = terminal_text(&Untrusted::from(words.as_str()));
                lines.extend(wrap::wrap(&words, &format!("    {sign} "), 6, width));
            }
        }
    }
}

fn paragraph(phrase: &Phrase, lang: Lang, width: usize) -> Vec<String> {
    wrap::wrap(&crate::output::encode::terminal(&phrase.message(lang)), "  ", 2, width)
}

/// A reason as a part of another sentence.
fn plain(why: &Phrase, lang: Lang) -> String {
    crate::output::encode::terminal(&why.message(lang))
}
