//! Is a text of the kind that a schema asks for?

use crate::phrase::Phrase;
use crate::reading::licence_text::expression;
use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A kind of text; what each is, `kinds.toml` says.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Text,
    TextOrNumber,
    YesNo,
    Address,
    WebAddress,
    CffAddress,
    #[serde(rename = "e-mail")]
    Email,
    #[serde(rename = "e-mail-loose")]
    EmailLoose,
    MediaType,
    Organisation,
    Support,
    Date,
    DateOrTime,
    Licence,
    SpdxId,
    Language,
    Country,
    CountryUpper,
    Path,
    Doi,
    Orcid,
    Swh,
    Isbn,
    Issn,
    Pmcid,
    LanguageCode,
    Month,
    CodemetaContext,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    kind: BTreeMap<Kind, Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    pattern: Option<String>,
    en: String,
    de: String,
}

struct Known {
    pattern: Option<Regex>,
    en: String,
    de: String,
}

static KINDS: LazyLock<BTreeMap<Kind, Known>> = LazyLock::new(|| {
    let kinds: Kinds = toml::from_str(include_str!("kinds.toml")).expect("the table is part of the program and tested");
    let known = |told: Told| Known {
        pattern: told.pattern.map(|pattern| Regex::new(&format!("(?s)^(?:{pattern})$")).expect("tested")),
        en: told.en,
        de: told.de,
    };
    kinds.kind.into_iter().map(|(kind, told)| (kind, known(told))).collect()
});

/// Codes of countries and languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Codes {
    countries: BTreeSet<String>,
    languages: BTreeSet<String>,
    three_letters: String,
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    toml::from_str(include_str!("../codes.toml")).expect("the table is part of the program and tested")
});

static THREE_LETTERS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| CODES.three_letters.split_whitespace().collect());

/// What follows the language in a tag of BCP 47 (RFC 5646, section 2.1), in small letters.
static SUBTAGS: LazyLock<Regex> = LazyLock::new(|| {
    let rest = "(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*";
    let extensions = "(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?";
    Regex::new(&format!("^{rest}{extensions}$")).expect("tested")
});

impl Kind {
    /// What is wrong with a text; `None` where it is of this kind. `aliases` are known to [`Kind::Support`].
    pub(super) fn refuses(self, text: &str, aliases: &[String]) -> Option<Phrase> {
        (!self.holds(text, aliases)).then(|| self.sentence(text))
    }

    /// The sentence on a text that is not of this kind.
    pub(super) fn sentence(self, text: &str) -> Phrase {
        let Some(known) = KINDS.get(&self) else { return Phrase::new("{value}", "{value}").with("value", short(text)) };
        Phrase::new(&known.en, &known.de).with("value", short(text))
    }

    /// Whether a text is of this kind.
    pub(super) fn holds(self, text: &str, aliases: &[String]) -> bool {
        match self {
            Self::Date => is_date(text),
            Self::DateOrTime => text.get(..10).is_some_and(is_date),
            Self::Licence => expression::is_valid(text) || is_expression(text),
            Self::SpdxId => is_id(text),
            Self::Language => is_language(text),
            Self::Country => {
                let upper = text.to_ascii_uppercase();
                is_country(&upper) && (upper == text || text.to_ascii_lowercase() == text)
            }
            Self::CountryUpper => is_country(text),
            Self::Support if text.starts_with("alias:") => {
                text.strip_prefix("alias:").is_some_and(|alias| aliases.iter().any(|known| known == alias))
            }
            _ => KINDS.get(&self).and_then(|known| known.pattern.as_ref()).is_none_or(|known| known.is_match(text)),
        }
    }
}

/// A value as it can stand in a sentence.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.trim().len() {
        short.push('…');
    }
    if short.is_empty() { "\"\"".to_owned() } else { short }
}

fn is_date(text: &str) -> bool {
    let digits = |from: usize, to: usize| text.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let shaped = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let parts = (digits(0, 4), digits(5, 7), digits(8, 10));
    let (Some(year), Some(month), Some(day)) = parts else { return false };
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return false };
    shaped && Date::new(year, month, day).is_ok()
}

/// An expression whose ids are in another case; SPDX ids are compared without regard to it (annex D.2).
fn is_expression(text: &str) -> bool {
    !text.contains('/') && expression::canonical(text).is_some()
}

fn is_id(text: &str) -> bool {
    let known = spdx::identifiers::LICENSES.iter().any(|licence| licence.name == text);
    known || text.strip_suffix('+').is_some_and(|bare| spdx::license_id(bare).is_some() && expression::is_valid(text))
}

fn is_country(text: &str) -> bool {
    CODES.countries.contains(text)
}

fn is_language(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let (language, rest) = text.split_at(text.find('-').unwrap_or(text.len()));
    let known = match language.len() {
        2 => CODES.languages.contains(language),
        3 => THREE_LETTERS.contains(language),
        _ => false,
    };
    known && rest.len() <= 64 && SUBTAGS.is_match(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_in_the_table() {
        assert!(KINDS.contains_key(&Kind::Text) && CODES.countries.len() > 240 && THREE_LETTERS.len() > 7_000);
        assert!(SUBTAGS.is_match(""));
        for known in KINDS.values() {
            assert!(known.en.contains("{value}") && known.de.contains("{value}"), "{}", known.en);
        }
    }

    #[test]
    fn texts_of_each_kind() {
        let aliases = ["gdpr".to_owned()];
        for (kind, good, bad) in [
            (
                Kind::Address,
                &["https://a.example/x y.git", "ssh://git@a.example/x", "urn:a:b", "HTTP://A"][..],
                &["x", "git@a.example:x/y", "https://", "", "???"][..],
            ),
            (
                Kind::WebAddress,
                &["https://a.example", "http://a.example:80/?q#f", "https://u@a.example/"],
                &["ftp://a.example", "https:///x", "a.example", "https:// a"],
            ),
            (Kind::CffAddress, &["sftp://a.example"], &["https://", "git://a.example"]),
            (Kind::Email, &["a.b@c.example"], &["a", "a@b", "@b.example", "a b@c.example", "<a@b.example>"]),
            (Kind::MediaType, &["text/plain", "application/vnd.a+xml"], &["text", "a/b/c", "/x"]),
            (Kind::Organisation, &["urn:x-a:b", "https://a.example"], &["pcm", "1", "urn:", "mailto:a@b.example"]),
            (Kind::Support, &["alias:gdpr", "https://a.example", "urn:a:b"], &["alias:none", "gdpr", ""]),
            (
                Kind::Date,
                &["2024-02-29", "2017-04-15"],
                &["2023-02-29", "2017-4-15", "2011-01-01 20:04:05", "", "foo", "2017-04-1ä", "ä017-04-1"],
            ),
            (Kind::DateOrTime, &["2024-02-29", "2017-04-15T10:00:00Z"], &["15.04.2017", "2017", ""]),
            (
                Kind::Licence,
                &["MIT", "mit", "EUPL-1.2 OR AGPL-3.0-or-later", "GPL-3.0", "LicenseRef-a"],
                &["Invalid License", "MIT/Apache-2.0", "", "EUPL 1.2"],
            ),
            (Kind::SpdxId, &["MIT", "GPL-3.0", "GPL-3.0+"], &["mit", "MIT OR X11", "LicenseRef-a"]),
            (
                Kind::Language,
                &["de", "en-GB", "sl-IT-nedis", "eng", "zh-Hant-TW", "de-DE-u-co-phonebk", "DE", "en-x-a", "nds"],
                &["xxx", "en_GB", "no such language", "", "-", "i", "deutsch", "de-"],
            ),
            (Kind::Country, &["DE", "de"], &["De", "XX", "mouseton", "", "ß"]),
            (Kind::CountryUpper, &["DE"], &["de"]),
            (Kind::Doi, &["10.5281/zenodo.1234567"], &["https://doi.org/10.5281/zenodo.1", "10.5281"]),
            (
                Kind::Orcid,
                &["https://orcid.org/0000-0002-1642-628X"],
                &["0000-0002-1642-628X", "http://orcid.org/0000-0002-1642-6281"],
            ),
            (Kind::Month, &["1", "12"], &["0", "13", "May"]),
            (
                Kind::CodemetaContext,
                &[
                    "https://w3id.org/codemeta/3.0",
                    "https://doi.org/10.5063/schema/codemeta-2.0",
                    "https://doi.org/doi:10.5063/schema/codemeta-2.0",
                    "https://raw.githubusercontent.com/codemeta/codemeta/master/codemeta.jsonld",
                ],
                &["http://schema.org", ""],
            ),
            (Kind::Text, &["x", ""], &[]),
        ] {
            for text in good {
                assert!(kind.holds(text, &aliases), "{kind:?} {text}");
            }
            for text in bad {
                assert!(kind.refuses(text, &aliases).is_some(), "{kind:?} {text}");
            }
        }
    }
}
