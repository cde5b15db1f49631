//! Is this an official text that the SPDX list does not have: another language of a licence it has?
//!
//! The texts themselves are not carried; they are told by their length and by marks that only they have: the name
//! with its version as the steward writes it, and the headings or phrases of the legal code.

use super::naming;

/// An official text in a language, by its marks.
struct Translation {
    id: &'static str,
    /// the language tag; `mul` where the marks are the same in many
    language: &'static str,
    /// how many words it has, at least and at most
    words: std::ops::RangeInclusive<usize>,
    /// all of these stand in it, in the spelling of [`naming::tokens`]
    all: &'static [&'static str],
    /// and one of these near the beginning
    title: &'static [&'static str],
}

/// So many words belong to the beginning.
const BEGINNING: usize = 160;

const TRANSLATIONS: &[Translation] = &[
    Translation {
        id: "EUPL-1.2",
        language: "mul",
        words: 1_500..=9_000,
        all: &["eupl", "2007 2016"],
        title: &["1.2", "2007 2016"],
    },
    Translation { id: "EUPL-1.1", language: "mul", words: 1_500..=6_000, all: &["eupl", "2007"], title: &["1.1"] },
    Translation {
        id: "CC-BY-4.0",
        language: "de",
        words: 1_500..=5_000,
        all: &["abschnitt 1", "abschnitt 8", "lizenzgeber"],
        title: &["namensnennung 4 international"],
    },
    Translation {
        id: "CC-BY-SA-4.0",
        language: "de",
        words: 1_500..=5_000,
        all: &["abschnitt 1", "abschnitt 8", "lizenzgeber"],
        title: &["namensnennung weitergabe unter gleichen bedingungen 4 international"],
    },
    Translation {
        id: "CC-BY-NC-4.0",
        language: "de",
        words: 1_500..=5_000,
        all: &["abschnitt 1", "abschnitt 8", "lizenzgeber"],
        title: &["namensnennung nicht kommerziell 4 international"],
    },
    Translation {
        id: "CC-BY-ND-4.0",
        language: "de",
        words: 1_500..=5_000,
        all: &["abschnitt 1", "abschnitt 8", "lizenzgeber"],
        title: &["namensnennung keine bearbeitungen 4 international"],
    },
    Translation {
        id: "CC-BY-NC-SA-4.0",
        language: "de",
        words: 1_500..=5_000,
        all: &["abschnitt 1", "abschnitt 8", "lizenzgeber"],
        title: &["namensnennung nicht kommerziell weitergabe unter gleichen bedingungen 4 international"],
    },
    Translation {
        id: "CC-BY-NC-ND-4.0",
        language: "de",
        words: 1_500..=5_000,
        all: &["abschnitt 1", "abschnitt 8", "lizenzgeber"],
        title: &["namensnennung nicht kommerziell keine bearbeitungen 4 international"],
    },
    Translation {
        id: "CC0-1.0",
        language: "de",
        words: 500..=2_500,
        all: &["cc 0 1 universell", "verzicht"],
        title: &["cc 0 1 universell"],
    },
    Translation {
        id: "CECILL-2.1",
        language: "fr",
        words: 2_000..=5_000,
        all: &["cecill", "2.1 du 2013"],
        title: &["contrat de license de logiciel libre cecill"],
    },
    Translation {
        id: "CECILL-2.0",
        language: "fr",
        words: 2_000..=5_000,
        all: &["cecill", "2 du 2006"],
        title: &["contrat de license de logiciel libre cecill"],
    },
    Translation {
        id: "CECILL-B",
        language: "fr",
        words: 2_000..=5_000,
        all: &["cecill b"],
        title: &["contrat de license de logiciel libre cecill b"],
    },
    Translation {
        id: "CECILL-C",
        language: "fr",
        words: 2_000..=5_000,
        all: &["cecill c"],
        title: &["contrat de license de logiciel libre cecill c"],
    },
    Translation {
        id: "etalab-2.0",
        language: "en",
        words: 300..=2_000,
        all: &["reuser", "information", "etalab"],
        title: &["open license 2", "license ouverte 2"],
    },
    Translation {
        id: "NLOD-2.0",
        language: "no",
        words: 300..=2_500,
        all: &["lisensgiver"],
        title: &["norsk lisens for offentlige data nlod 2", "nlod 2"],
    },
    Translation {
        id: "NLOD-1.0",
        language: "no",
        words: 300..=2_500,
        all: &["lisensgiver"],
        title: &["norsk lisens for offentlige data nlod 1", "nlod 1"],
    },
    Translation {
        id: "GPL-3.0-only",
        language: "de",
        words: 3_500..=8_000,
        all: &["quellcode", "gnu general public license"],
        title: &["gnu general public license 3 29 juni 2007", "deutsche übersetzung der gnu general public license 3"],
    },
];

/// The licence that a text is an official translation of, and its language (`mul`: one of many).
pub(super) fn translation(text: &str) -> Option<(&'static str, &'static str)> {
    let tokens = naming::tokens(text);
    let count = tokens.len();
    let possible: Vec<&Translation> = TRANSLATIONS.iter().filter(|one| one.words.contains(&count)).collect();
    if possible.is_empty() {
        return None;
    }
    let join = |tokens: &[naming::Token]| {
        let mut joined = String::from(" ");
        for token in tokens {
            joined.push_str(&token.word);
            joined.push(' ');
        }
        joined
    };
    let whole = join(&tokens);
    let beginning = join(tokens.get(..BEGINNING.min(count)).unwrap_or_default());
    let holds =
        |text: &str, mark: &str| memchr::memmem::find(text.as_bytes(), format!(" {mark} ").as_bytes()).is_some();
    possible
        .into_iter()
        .find(|one| {
            one.all.iter().all(|mark| holds(&whole, mark)) && one.title.iter().any(|mark| holds(&beginning, mark))
        })
        .map(|one| (one.id, one.language))
}
