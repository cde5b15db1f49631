//! Which trained models does the code use, and does a document name them?

use super::super::mention::{self, Wanted};
use super::super::{usage, uses};
use crate::reading::Readings;
use crate::reading::source::Is;
use crate::signal::Observation;
use std::collections::BTreeSet;

/// The trained models.
pub(super) fn models(readings: &Readings<'_>) -> Vec<Observation> {
    let found = uses::grouped(readings, |used| used.is == Is::Model);
    let wanted: Vec<_> = found.iter().map(|found| model_names(&found.called)).collect();
    let places = mention::places(readings, &wanted);
    let mut seen: Vec<Observation> = found
        .iter()
        .zip(places)
        .filter_map(|(found, places)| {
            let (file, used) = found.uses.first()?;
            Some(
                Observation::new(uses::place(file, used), found.called.as_str())
                    .with_reading("documented", mention::documented(readings, !places.is_empty()))
                    .with("documented-where", mention::listed(&places))
                    .with("uses", found.uses.len())
                    .with_reading("moving", usage::of_all(found))
                    .with("evidence", used.evidence.name())
                    .with("host", used.address.host.as_str()),
            )
        })
        .collect();
    seen.sort_by(|a, b| (&a.place, &a.called).cmp(&(&b.place, &b.called)));
    seen
}

/// What names a model in a document: its id, its name with or without owner, ending, tag and date, as people write it.
fn model_names(called: &str) -> BTreeSet<Wanted> {
    let name = called.rsplit('/').next().unwrap_or(called);
    let name = name.split(['@', ':']).next().unwrap_or(name);
    let stem =
        name.rsplit_once('.').filter(|(_, end)| end.len() <= 12 && end.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let stem = without_date(stem.map_or(name, |(stem, _)| stem));
    let mut wanted = BTreeSet::from([Wanted::Exact(called.to_owned()), Wanted::Exact(name.to_owned())]);
    wanted.insert(if stem.contains(['-', '.', '_']) {
        Wanted::Exact(stem.to_owned())
    } else {
        Wanted::Name(stem.to_owned())
    });
    if stem.contains(['-', '_']) {
        let spoken = stem.replace(['-', '_'], " ");
        let numbered = with_points(&spoken);
        wanted.extend([spoken, numbered, stem.replace('_', "-")].map(Wanted::Name));
    }
    wanted
}

/// The name without the day of its version, or the word that stands for the newest: `gpt-4o` of `gpt-4o-2024-08-06`.
fn without_date(name: &str) -> &str {
    let name = name.strip_suffix("-latest").unwrap_or(name);
    let end = name.rfind(|c: char| !(c.is_ascii_digit() || c == '-')).map_or(0, |at| at + 1);
    let tail = name.get(end..).unwrap_or_default();
    let start = [11, 9].into_iter().find_map(|len| {
        let from = tail.len().checked_sub(len)?;
        let date = tail.get(from..)?;
        let digits = date.bytes().filter(u8::is_ascii_digit).count();
        (date.starts_with('-') && digits == 8 && !date.contains("--")).then_some(end + from)
    });
    start.and_then(|start| name.get(..start)).filter(|name| !name.is_empty()).unwrap_or(name)
}

/// `claude 3.5 sonnet` of `claude 3 5 sonnet`.
fn with_points(spoken: &str) -> String {
    let mut text = String::with_capacity(spoken.len());
    let letters: Vec<char> = spoken.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
        let between = *letter == ' ' && is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1));
        text.push(if between { '.' } else { *letter });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (called, wanted, yes) in [
            ("gpt-4o-2024-08-06", Wanted::Exact("gpt-4o".into()), true),
            ("claude-3-5-sonnet-20241022", Wanted::Name("claude 3.5 sonnet".into()), true),
            ("mistral-large-latest", Wanted::Name("mistral large".into()), true),
            ("openai/whisper-small", Wanted::Exact("openai/whisper-small".into()), true),
            ("openai/whisper-small", Wanted::Name("whisper small".into()), true),
            ("llama3:8b", Wanted::Name("llama3".into()), true),
            ("example.org/…/yolov3.weights", Wanted::Name("yolov3".into()), true),
            ("yolov3-tiny.weights", Wanted::Exact("yolov3-tiny".into()), true),
            // The owner alone names no model, nor does the first word of its name.
            ("openai/whisper-small", Wanted::Name("openai".into()), false),
            ("openai/whisper-small", Wanted::Name("whisper".into()), false),
            ("bert-base-2023", Wanted::Exact("bert-base".into()), false),
        ] {
            assert_eq!(model_names(called).contains(&wanted), yes, "{called}: {wanted:?}");
        }
    }

    #[test]
    fn dates() {
        for (name, without) in [
            ("gpt-4o-2024-08-06", "gpt-4o"),
            ("claude-3-haiku-20240307", "claude-3-haiku"),
            ("mistral-large-latest", "mistral-large"),
            ("20240307", "20240307"),
            ("-20240307", "-20240307"),
            ("a-1", "a-1"),
            ("", ""),
        ] {
            assert_eq!(without_date(name), without, "{name}");
        }
    }
}
