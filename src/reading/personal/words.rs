//! What does the header of a column say about persons?

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a column holds, by its header.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Holds {
    #[serde(rename = "e-mail")]
    Email,
    Phone,
    Iban,
    NationalId,
    BirthDate,
    GivenName,
    FamilyName,
    FullName,
    PostCode,
    Street,
    /// a name of whatever it is
    Name,
}

/// What a table is of, by a column beside others.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Beside {
    Attribution,
    PublicRole,
    Historical,
    Organisation,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Headers {
    words: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Synthetic {
    pub(super) values: Vec<String>,
    pub(super) domains: BTreeSet<String>,
    pub(super) paths: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Credit {
    pub(super) paths: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Office {
    pub(super) boxes: BTreeSet<String>,
    pub(super) private: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Words {
    columns: BTreeMap<Holds, Headers>,
    beside: BTreeMap<Beside, List>,
    no_person: List,
    pub(super) synthetic: Synthetic,
    pub(super) credit: Credit,
    pub(super) office: Office,
    no_name: List,
}

pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("personal.toml")).expect("a test parses the table"));

/// Words that are no part of a person's name.
static NO_NAME: LazyLock<BTreeSet<&str>> = LazyLock::new(|| WORDS.no_name.words.iter().map(String::as_str).collect());

/// A text for comparing: small letters without accents, one blank between words, humps of camelCase told apart.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut small = false;
    for c in text.chars() {
        if !c.is_alphanumeric() {
            if !folded.ends_with(' ') && !folded.is_empty() {
                folded.push(' ');
            }
            small = false;
            continue;
        }
        if c.is_uppercase() && small {
            folded.push(' ');
        }
        small = c.is_lowercase() || c.is_ascii_digit();
        for c in c.to_lowercase() {
            match c {
                'ä' => folded.push_str("ae"),
                'ö' => folded.push_str("oe"),
                'ü' => folded.push_str("ue"),
                'ß' => folded.push_str("ss"),
                'à' | 'á' | 'â' | 'ã' | 'å' => folded.push('a'),
                'ç' => folded.push('c'),
                'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
                'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
                'ñ' => folded.push('n'),
                'ò' | 'ó' | 'ô' | 'õ' | 'ø' => folded.push('o'),
                'ù' | 'ú' | 'û' => folded.push('u'),
                c => folded.push(c),
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Whether words stand in a folded text, whole.
pub(super) fn has(folded: &str, words: &str) -> bool {
    folded.match_indices(words).any(|(at, _)| {
        let before = folded.get(..at).is_none_or(|before| before.is_empty() || before.ends_with(' '));
        let after = folded.get(at + words.len()..).is_none_or(|after| after.is_empty() || after.starts_with(' '));
        before && after
    })
}

/// Whether one of these stands in a folded text, whole.
pub(super) fn has_any(folded: &str, list: &[String]) -> bool {
    list.iter().any(|words| has(folded, words))
}

/// The kinds of names of persons.
const NAMES: [Holds; 3] = [Holds::FullName, Holds::FamilyName, Holds::GivenName];

/// What a column holds, by its header as it is written; of several answers the one that says most.
pub(super) fn holds(header: &str) -> Option<Holds> {
    let folded = fold(header);
    let holds = |kind: &Holds| {
        WORDS
            .columns
            .get(kind)
            .is_some_and(|headers| headers.whole.contains(&folded) || has_any(&folded, &headers.words))
    };
    let mut found = WORDS.columns.keys().copied().find(holds)?;
    if NAMES.contains(&found) {
        // "contact person first name", "first and last name": what stands last says it, and the longer of two
        let last = |kind: &Holds| {
            let words = WORDS.columns.get(kind).into_iter().flat_map(|headers| &headers.words);
            words
                .filter(|words| has(&folded, words))
                .filter_map(|words| Some((folded.rfind(words.as_str())? + words.len(), words.len())))
                .max()
        };
        let told = NAMES.into_iter().filter_map(|kind| Some((last(&kind)?, kind)));
        found = told.max().map_or(found, |(_, kind)| kind);
    }
    let is_place = matches!(found, Holds::Street | Holds::PostCode | Holds::NationalId | Holds::Iban);
    if !is_place && has_any(&folded, &WORDS.no_person.words) {
        return None;
    }
    Some(found)
}

/// What a column beside others says that a table is of.
pub(super) fn beside(header: &str) -> BTreeSet<Beside> {
    let folded = fold(header);
    let of = WORDS.beside.iter().filter(|(_, list)| has_any(&folded, &list.words));
    of.map(|(beside, _)| *beside).collect()
}

/// Whether a folded word can be a part of a person's name.
pub(super) fn is_part_of_name(word: &str) -> bool {
    !NO_NAME.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_folded_and_found() {
        for (kind, headers) in &WORDS.columns {
            for words in headers.words.iter().chain(&headers.whole) {
                assert_eq!(&fold(words), words, "not folded");
                let found = holds(words);
                assert_eq!(found, Some(*kind), "{words}");
            }
            for words in &headers.words {
                assert!(holds(&format!("x_{words}_1")).is_some(), "{words} as a part");
            }
            for words in &headers.whole {
                assert_ne!(holds(&format!("xy {words}")), Some(*kind), "{words} as a part");
            }
        }
        for (beside_kind, list) in &WORDS.beside {
            for words in &list.words {
                assert_eq!(&fold(words), words, "not folded");
                assert!(beside(words).contains(beside_kind), "{words}");
                assert!(!beside(&format!("x{words}x")).contains(beside_kind), "{words} inside a word");
            }
        }
        for words in &WORDS.no_person.words {
            assert_eq!(holds(&format!("name {words} email")), None, "{words}");
        }
        for words in &WORDS.no_name.words {
            assert!(!is_part_of_name(words) && is_part_of_name(&format!("{words}xy")), "{words}");
        }
        let lists = [&WORDS.synthetic.values, &WORDS.synthetic.paths, &WORDS.credit.paths];
        for words in lists.into_iter().flatten() {
            assert_eq!(&fold(words), words, "not folded");
        }
    }

    #[test]
    fn headers() {
        for (header, expected) in [
            ("Vorname", Some(Holds::GivenName)),
            ("contactFirstName", Some(Holds::GivenName)),
            ("E-Mail-Adresse", Some(Holds::Email)),
            ("Straße", Some(Holds::Street)),
            ("Ansprechpartner Telefon", Some(Holds::Phone)),
            ("Prénom", Some(Holds::GivenName)),
            ("Nom", Some(Holds::FamilyName)),
            ("nom_commune", None),
            ("street_name", Some(Holds::Street)),
            ("Name", Some(Holds::Name)),
            ("name_of_gene", None),
            ("email_sent", None),
            ("capacity", None),
            ("", None),
        ] {
            assert_eq!(holds(header), expected, "{header}");
        }
    }
}
