//! How is each problem said in a line of its own?

use super::Verdict;
use crate::output::encode::{guard, terminal, terminal_path};
use crate::phrase::{Lang, Phrase, Words};
use crate::reading::reuse::Flaw;
use crate::repository::RepoPath;

/// What is said in a line, in the order in which the lines of one file follow each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Bad,
    Deprecated,
    WithoutEnding,
    Repeated,
    Unused,
    Missing,
    Read,
    Invalid,
    Flaw,
    Licence,
    Copyright,
}

/// One line `path: problem` for each problem, sorted by path; nothing where there is none.
pub fn render(verdict: &Verdict<'_>, lang: Lang) -> String {
    let mut lines: Vec<(&RepoPath, Kind, String)> = Vec::new();
    let mut add = |path, kind, phrase: Phrase| lines.push((path, kind, terminal(&phrase.message(lang))));
    for (kind, texts, words) in [
        (Kind::Deprecated, &verdict.deprecated, Words::new("deprecated license", "veraltete Lizenzkennung")),
        (
            Kind::WithoutEnding,
            &verdict.without_ending,
            Words::new("license without file extension", "Lizenz ohne Dateiendung"),
        ),
        (Kind::Unused, &verdict.unused, Words::new("unused license", "Lizenz wird nicht benutzt")),
    ] {
        for text in texts {
            add(&text.path, kind, Phrase::new(words.en, words.de));
        }
    }
    for text in &verdict.bad {
        let phrase = Phrase::new("bad license '{id}'", "keine Lizenzkennung: „{id}“");
        add(&text.path, Kind::Bad, phrase.with("id", text.id.as_str()));
    }
    for text in &verdict.repeated {
        let phrase = Phrase::new("another text for '{id}'", "ein weiterer Text für „{id}“");
        add(&text.path, Kind::Repeated, phrase.with("id", text.id.as_str()));
    }
    for (id, files) in &verdict.missing {
        for path in files {
            let phrase = Phrase::new("missing license '{id}'", "der Text der Lizenz „{id}“ fehlt");
            add(path, Kind::Missing, phrase.with("id", *id));
        }
    }
    for path in &verdict.read_errors {
        add(path, Kind::Read, Phrase::new("read error", "nicht lesbar"));
    }
    for (path, expressions) in &verdict.invalid {
        for expression in expressions {
            let phrase = Phrase::new("invalid SPDX License Expression '{text}'", "kein SPDX-Lizenzausdruck: „{text}“");
            add(path, Kind::Invalid, phrase.with("text", *expression));
        }
    }
    for (path, flaw) in &verdict.flaws {
        add(path, Kind::Flaw, self::flaw(*flaw));
    }
    for path in &verdict.without_licence {
        add(path, Kind::Licence, Phrase::new("no license identifier", "keine Lizenzangabe"));
    }
    for path in &verdict.without_copyright {
        add(path, Kind::Copyright, Phrase::new("no copyright notice", "kein Urheberrechtsvermerk"));
    }
    lines.sort();
    let told: String =
        lines.into_iter().map(|(path, _, words)| format!("{}: {words}\n", terminal_path(path))).collect();
    guard(&told)
}

/// What is wrong within a file.
pub(super) fn flaw(flaw: Flaw) -> Phrase {
    match flaw {
        Flaw::OpenSnippet(line) => Phrase::new(
            "the snippet that begins in line {line} has no SPDX-SnippetEnd",
            "dem Abschnitt, der in Zeile {line} beginnt, fehlt SPDX-SnippetEnd",
        )
        .with("line", line.to_string()),
        Flaw::FileTagInSnippet(line) => Phrase::new(
            "line {line} stands in a snippet and needs SPDX-SnippetCopyrightText",
            "Zeile {line} steht in einem Abschnitt und braucht SPDX-SnippetCopyrightText",
        )
        .with("line", line.to_string()),
    }
}
