//! What is in the licence files?

use super::text_or;
use crate::phrase::{Phrase, Words};
use crate::reading::Readings;
use crate::reading::licence_text::Held;
use crate::reading::licensing::{Content, LicenceFile, open_expression};
use crate::signal::{Kind, Observation, Place, Reading, Signal, Span, Value};
use crate::untrusted::Untrusted;

pub(super) const SIGNALS: &[Signal] = &[
    Signal {
        name: "at-root",
        kind: Kind::YesNo,
        asks: Words::new("Does it lie at the root?", "Liegt sie im Wurzelverzeichnis?"),
    },
    Signal {
        name: "recognised",
        kind: Kind::YesNo,
        asks: Words::new(
            "Is it a licence of the SPDX list, or does it say which one applies?",
            "Ist es eine Lizenz der SPDX-Liste, oder sagt sie, welche gilt?",
        ),
    },
    Signal {
        name: "licence",
        kind: Kind::Text,
        asks: Words::new("Which licence, as an SPDX expression?", "Welche Lizenz, als SPDX-Ausdruck?"),
    },
    Signal {
        name: "open",
        kind: Kind::YesNo,
        asks: Words::new(
            "Is that licence open, for the kind of this repository?",
            "Ist diese Lizenz offen, für die Art dieses Repositorys?",
        ),
    },
    Signal {
        name: "nearest",
        kind: Kind::Text,
        asks: Words::new(
            "Where it is none of the list: which one is nearest (`–`: none)?",
            "Wenn sie keine der Liste ist: Welche ist am nächsten (`–`: keine)?",
        ),
    },
    Signal {
        name: "coverage",
        kind: Kind::Number,
        asks: Words::new(
            "How much of that licence's wording is there, in percent?",
            "Wie viel vom Wortlaut dieser Lizenz steht da, in Prozent?",
        ),
    },
    Signal {
        name: "differs",
        kind: Kind::Number,
        asks: Words::new("How many words differ from it?", "Wie viele Wörter weichen davon ab?"),
    },
    Signal {
        name: "difference",
        kind: Kind::Text,
        asks: Words::new(
            "What differs (`+` added, `−` gone; `–`: nothing to show)?",
            "Was weicht ab (`+` dazugekommen, `−` weggefallen; `–`: nichts zu zeigen)?",
        ),
    },
    Signal {
        name: "comparison",
        kind: Kind::Text,
        asks: Words::new(
            "The nearest licence, how much of it is there and what differs, in short (`–`: none is near)?",
            "Die nächste Lizenz, wie viel von ihr dasteht und was abweicht, in Kürze (`–`: keine ist nah)?",
        ),
    },
    Signal {
        name: "pointer-only",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does it only say in which file of the tree the licence stands?",
            "Sagt sie nur, in welcher Datei des Baums die Lizenz steht?",
        ),
    },
    Signal {
        name: "states-only",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does it only name the licence, without its text?",
            "Nennt sie die Lizenz nur, ohne deren Text?",
        ),
    },
    Signal {
        name: "copyright-only",
        kind: Kind::YesNo,
        asks: Words::new("Does it hold copyright lines only?", "Enthält sie nur Copyright-Zeilen?"),
    },
    Signal {
        name: "translation",
        kind: Kind::YesNo,
        asks: Words::new(
            "Is it another language of a licence that stands recognised beside it?",
            "Ist sie eine andere Sprachfassung einer Lizenz, die erkannt daneben steht?",
        ),
    },
    Signal {
        name: "part",
        kind: Kind::YesNo,
        asks: Words::new(
            "Does its name speak of a part of the repository only (`LICENSE-docs`)?",
            "Spricht ihr Name nur von einem Teil des Repositorys (`LICENSE-docs`)?",
        ),
    },
];

pub(super) fn look(readings: &Readings<'_>) -> Vec<Observation> {
    readings.licensing().files.iter().map(|file| observe(readings, file)).collect()
}

fn observe(readings: &Readings<'_>, file: &LicenceFile) -> Observation {
    let is = |kind: fn(&Content) -> bool| {
        file.content.as_ref().map(|content| Value::from(kind(content))).map_err(Clone::clone)
    };
    let expression = text_or(file.expression(), || match &file.content {
        Err(why) => why.clone(),
        Ok(_) => Phrase::new("it holds no licence of the SPDX list", "sie enthält keine Lizenz der SPDX-Liste"),
    });
    let open = match file.expression() {
        Some(expression) => open_expression(expression, readings.kind()).map(Value::from),
        None => expression.clone(),
    };
    let near = nearest(file);
    let place = match near.filter(|held| held.lines.0 > 1) {
        Some(held) => Place::span(&file.path, Span::on_line(held.lines.0, 1, 1)),
        None => Place::file(&file.path),
    };
    Observation::new(place, &file.path)
        .with("at-root", file.at_root)
        .with_reading("recognised", recognised(file))
        .with_reading("licence", expression)
        .with_reading("open", open)
        .with("nearest", near.map_or("–", |held| held.id.as_str()))
        .with("coverage", near.map_or(0, |held| i64::from(held.coverage)))
        .with("differs", near.map_or(0, |held| held.words_changed))
        .with("difference", difference(near))
        .with("comparison", comparison(near))
        .with_reading("pointer-only", is(|content| matches!(content, Content::Pointer(_))))
        .with("states-only", file.states_only())
        .with_reading("copyright-only", is(|content| matches!(content, Content::Copyright)))
        .with("translation", file.translation)
        .with("part", file.part.is_some())
}

fn recognised(file: &LicenceFile) -> Reading {
    match &file.content {
        Ok(Content::Text(found)) => Ok(Value::from(found.expression.is_some())),
        Ok(Content::Pointer(_)) => Ok(Value::from(true)),
        Ok(Content::Copyright | Content::Empty) => Ok(Value::from(false)),
        Err(why) => Err(why.clone()),
    }
}

fn nearest(file: &LicenceFile) -> Option<&Held> {
    match &file.content {
        Ok(Content::Text(found)) => found.nearest.as_ref(),
        _ => None,
    }
}

/// What changes the sense, in the words of the file (`+`) and of the licence (`−`).
fn difference(near: Option<&Held>) -> Untrusted {
    let parts: Vec<String> = near
        .iter()
        .flat_map(|held| held.changes.iter().take(2))
        .flat_map(|(added, gone)| [("+", added), ("−", gone)])
        .filter(|(_, words)| !words.is_empty())
        .map(|(sign, words)| [sign, " ", words].concat())
        .collect();
    if parts.is_empty() { "–".into() } else { parts.join("; ").into() }
}

/// `MIT, 97 %: + public authority; − person`.
fn comparison(near: Option<&Held>) -> Untrusted {
    let Some(held) = near else { return "–".into() };
    let differs = difference(near);
    let what = if differs.as_bytes() == "–".as_bytes() { String::new() } else { [": ", &differs.lossy()].concat() };
    [held.id.as_str(), ", ", &held.coverage.to_string(), " %", &what].concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_in_both_directions() {
        let held = |changes: &[(&str, &str)]| Held {
            id: "MIT".into(),
            exception: false,
            lines: (1, 2),
            coverage: 90,
            words_changed: 1,
            changes: changes.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            altered: true,
        };
        assert_eq!(difference(Some(&held(&[("only", ""), ("", "sell")]))), "+ only; − sell".into());
        assert_eq!(difference(Some(&held(&[]))), "–".into());
        assert_eq!(difference(None), "–".into());
        assert_eq!(comparison(Some(&held(&[("only", "")]))), "MIT, 90 %: + only".into());
        assert_eq!(comparison(Some(&held(&[]))), "MIT, 90 %".into());
        assert_eq!(comparison(None), "–".into());
    }

    #[test]
    fn nothing_is_recognised_in_an_empty_file() {
        let file =
            |content| LicenceFile { path: "LICENSE".into(), at_root: true, part: None, content, translation: false };
        assert_eq!(recognised(&file(Ok(Content::Empty))), Ok(Value::YesNo(false)));
        assert_eq!(recognised(&file(Ok(Content::Text(Box::default())))), Ok(Value::YesNo(false)));
        assert!(recognised(&file(Err(Phrase::new("a", "a")))).is_err());
    }
}
