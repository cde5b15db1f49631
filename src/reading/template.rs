//! Is a README still what a generator wrote?
//!
//! The table holds fingerprints of the sentences of generators' templates, not the sentences. What a README says
//! besides those sentences is its own.

use super::document::{Document, Prose, ProseKind, tokens};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    template: Vec<Template>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Template {
    name: String,
    speaks_of_itself: bool,
    sentences: Vec<String>,
}

struct Known {
    name: String,
    speaks_of_itself: bool,
}

/// The generator by the fingerprint of a sentence of its template.
static SENTENCES: LazyLock<BTreeMap<u64, Arc<Known>>> = LazyLock::new(|| {
    let written: Written =
        toml::from_str(include_str!("templates.toml")).expect("the table is part of the program and tested");
    let mut sentences = BTreeMap::new();
    for template in written.template {
        let known = Arc::new(Known { name: template.name, speaks_of_itself: template.speaks_of_itself });
        for fingerprint in template.sentences.iter().filter_map(|print| u64::from_str_radix(print, 16).ok()) {
            sentences.entry(fingerprint).or_insert_with(|| known.clone());
        }
    }
    sentences
});

/// What a document says of its own, and which template the rest is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// words of prose that are no template's, as [`Document::words`] counts
    pub words: usize,
    /// the generator whose sentences are in it; the one with the most of them
    pub template: Option<&'static str>,
}

/// Takes the sentences of templates off a document.
pub fn own(document: &Document) -> Own {
    let mut words = 0;
    let mut templates: BTreeMap<&'static str, usize> = BTreeMap::new();
    for prose in document.prose.iter().filter(|prose| prose.kind != ProseKind::Field) {
        let all = prose.words();
        for range in sentences(&prose.text) {
            match known(prose, range.clone()) {
                Some(known) => *templates.entry(&known.name).or_default() += 1,
                None if all > 0 => words += prose.words_in(range),
                None => {}
            }
        }
    }
    let template = templates.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a))).map(|(name, _)| name);
    Own { words, template }
}

/// Takes out of a document what a template says of itself or of its framework: paragraphs of nothing else, and their
/// links. GitLab's advice on how to write about contact is no contact, and Laravel's guide for contributors is not
/// that of a program made with it.
pub fn strip(document: &mut Document) {
    // Sentences that are too short to be told apart go with those around them.
    let is_foreign = |prose: &Prose| {
        let mut told = sentences(&prose.text).filter_map(|range| fingerprint(prose.text.get(range)?)).peekable();
        told.peek().is_some() && told.all(|print| SENTENCES.get(&print).is_some_and(|known| known.speaks_of_itself))
    };
    let foreign: BTreeSet<u32> = document
        .prose
        .iter()
        .filter(|prose| is_foreign(prose))
        .flat_map(|prose| prose.line..=prose.line_at(prose.text.len()))
        .collect();
    if !foreign.is_empty() {
        document.prose.retain(|prose| !is_foreign(prose));
        document.links.retain(|link| !foreign.contains(&link.line));
    }
}

fn known(prose: &Prose, range: Range<usize>) -> Option<&'static Known> {
    let print = fingerprint(prose.text.get(range)?)?;
    SENTENCES.get(&print).map(Arc::as_ref)
}

/// The sentences of a document's prose: what the table of templates is made from.
pub fn sentences_of(document: &Document) -> impl Iterator<Item = &str> {
    let prose = document.prose.iter().filter(|prose| prose.kind != ProseKind::Field);
    prose.flat_map(|prose| sentences(&prose.text).filter_map(|range| prose.text.get(range)))
}

/// The sentences of a text: they end with a full stop, question mark, exclamation mark or colon before white space.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let ends = |(at, sign): (usize, char)| {
            let after = rest.get(at + sign.len_utf8()..).unwrap_or_default();
            let is_end = matches!(sign, '.' | '!' | '?' | ':') && after.starts_with(char::is_whitespace);
            is_end.then_some(at + sign.len_utf8())
        };
        let end = start + rest.char_indices().find_map(ends).unwrap_or(rest.len());
        let range = start..end;
        start = end;
        Some(range)
    })
}

/// FNV-1a, 64 bits, over the words in lower case with one space after each; numbers are left out, so that a version
/// does not make another sentence. `None` where fewer than four words are left.
pub fn fingerprint(sentence: &str) -> Option<u64> {
    let mut count = 0;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (_, word) in tokens(sentence).filter(|(_, word)| !word.bytes().all(|byte| byte.is_ascii_digit())) {
        count += 1;
        for byte in word.bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (count >= 4).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    fn read(text: &str) -> Document {
        Document::read(&"README.md".into(), Format::Markdown, text)
    }

    #[test]
    fn what_generators_write_is_not_ones_own() {
        for (text, template) in [
            ("This project was bootstrapped with [Create React App](https://muster.org).", "Create React App"),
            ("This template should help get you started developing with Vue 3 in Vite.", "create-vue"),
            ("This project was generated with [Angular CLI](https://muster.org) version 12.0.4.", "Angular CLI"),
            ("Everything you need to build a Svelte project, powered by [`sv`](https://muster.org).", "SvelteKit"),
            ("This is a [Next.js](https://muster.org) project bootstrapped with [`create-next-app`](x).", "Next.js"),
            ("This project is a starting point for a Flutter application.", "Flutter"),
            ("To make it easy for you to get started with GitLab, here's a list of recommended next steps.", "GitLab"),
            ("For open source projects, say how it is licensed.", "GitLab"),
            ("TODO: Describe and show how to build your code and run the tests.", "Azure DevOps"),
            ("This is an [Expo](https://muster.org) project created with [`create-expo-app`](x).", "Expo"),
            (
                "This is a new [**React Native**](https://muster.org) project, bootstrapped using [`@react-native-community/cli`](x).",
                "React Native",
            ),
            (
                "Strapi gives you many possible deployment options for your project including [Strapi Cloud](x).",
                "Strapi",
            ),
            ("This project is using Qwik with [QwikCity](https://muster.org).", "Qwik"),
            ("To learn more about Rsbuild, check out the following resources:", "Rsbuild"),
            ("Redwood uses [Prisma](x), a next-gen Node.js and TypeScript ORM, to talk to the database.", "RedwoodJS"),
            ("Take a look at the [Kedro documentation](https://muster.org) to get started.", "Kedro"),
            ("For details and usage information on PyScaffold see https://pyscaffold.org/.", "PyScaffold"),
            ("For further reference, please consider the following sections:", "Spring Initializr"),
        ] {
            let own = own(&read(text));
            assert_eq!((own.words.min(3), own.template), (own.words, Some(template)), "{text}");
        }
    }

    #[test]
    fn ones_own_words_beside_a_template_count() {
        let own = own(&read(
            "Shows where trees need water.

Look at the [Nuxt documentation](x) to learn more.",
        ));
        assert_eq!(own, Own { words: 5, template: Some("Nuxt") });
        assert_eq!(super::own(&read("This template of ours helps you.")).template, None);
        assert_eq!(super::own(&read("Start the development server and open the page.")).template, None);
    }

    #[test]
    fn advice_on_writing_is_taken_out_and_nothing_else() {
        let mut document = read(concat!(
            "## Contributing

State if you are open to contributions and what your requirements are for accepting ",
            "them.

## Support

Tell people where they can go to for help. It can be any combination of an issue ",
            "tracker, a chat room, an email address, etc.

## Usage

Run it. [Manual](m.md)
",
        ));
        strip(&mut document);
        let said: Vec<&str> = document.prose.iter().map(|prose| prose.text.as_str()).collect();
        assert_eq!(said, ["Run it. Manual"]);
        assert_eq!(document.links.len(), 1);
        let mut framework = read("This project was bootstrapped with [Create React App](https://muster.org).");
        strip(&mut framework);
        assert_eq!(framework.prose.len(), 1);
    }

    #[test]
    fn numbers_case_and_short_sentences() {
        assert_eq!(fingerprint("Made with Tool CLI version 1.2.3."), fingerprint("made with tool cli version 17.0"));
        assert_ne!(fingerprint("Made with Tool CLI version"), fingerprint("Made with other CLI version"));
        assert_eq!(fingerprint("Run it now."), None);
    }

    #[test]
    fn the_table_is_whole() {
        let written: Written = toml::from_str(include_str!("templates.toml")).expect("the table");
        for template in &written.template {
            assert!(!template.sentences.is_empty(), "{}", template.name);
            for sentence in &template.sentences {
                assert!(sentence.len() == 16 && u64::from_str_radix(sentence, 16).is_ok(), "{sentence}");
            }
        }
    }
}
