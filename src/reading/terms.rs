//! Does a text say under which terms data may be used?

use super::address::Address;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    words: Vec<String>,
    links: Vec<String>,
    portal: Vec<Portal>,
}

/// A publisher with one licence for everything it offers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    hosts: Vec<String>,
    /// the licence: an SPDX id where there is one
    pub licence: String,
    /// how documents name it, in lower case
    names: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("terms.toml")).expect("a test parses the table"));

static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| finder(&TABLE.words));
static LINKS: LazyLock<AhoCorasick> = LazyLock::new(|| finder(&TABLE.links));

fn finder(words: &[String]) -> AhoCorasick {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("words of the table")
}

/// Whether a text speaks of terms: of a licence, of conditions, of who has to be named.
pub fn speaks_of_terms(text: &str) -> bool {
    let stands_alone = |start: usize, end: usize| {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !word(text.get(..start).and_then(|before| before.chars().next_back()))
            && !word(text.get(end..).and_then(|after| after.chars().next()))
    };
    WORDS.find_overlapping_iter(text).any(|found| stands_alone(found.start(), found.end())) || links_to_terms(text)
}

/// Whether an address, or a text with one, leads to the text of terms.
pub fn links_to_terms(text: &str) -> bool {
    LINKS.is_match(text)
}

/// The publisher with one licence for everything, whose host this is.
pub fn portal(address: &Address) -> Option<&'static Portal> {
    let host = address.host.strip_prefix("www.").unwrap_or(&address.host);
    let whole = format!("{host}{}/", address.path.to_lowercase());
    TABLE.portal.iter().find(|portal| {
        portal.hosts.iter().any(|known| match known.split_once('/') {
            Some(_) => whole.starts_with(&format!("{known}/")),
            None => host == known || host.ends_with(&format!(".{known}")),
        })
    })
}

impl Portal {
    /// Whether a text names the licence.
    pub fn is_named_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.names.iter().any(|name| lower.contains(name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_counts_and_stands_alone() {
        for word in &TABLE.words {
            assert!(speaks_of_terms(&format!("See {word}.")), "{word}");
            assert!(
                !speaks_of_terms(&format!("Seex{word}x.").replace(['(', ')', '©', ' ', '-', '/', '.', '\''], "x")),
                "{word}"
            );
        }
        for link in &TABLE.links {
            assert!(links_to_terms(&format!("https://{link}x")), "{link}");
        }
        for portal_row in &TABLE.portal {
            for host in &portal_row.hosts {
                let address = Address::find(&format!("https://{host}/x")).unwrap().1;
                assert_eq!(portal(&address).map(|portal| &portal.licence), Some(&portal_row.licence), "{host}");
            }
            for name in &portal_row.names {
                assert!(portal_row.is_named_in(&format!("Daten: {}", name.to_uppercase())), "{name}");
            }
        }
    }

    #[test]
    fn what_speaks_of_no_terms() {
        for text in ["Daten des DWD", "in the long term", "determs", "open data of the city", "the by-laws"] {
            assert!(!speaks_of_terms(text), "{text}");
        }
        let address = Address::find("https://opendata.muster.de/x").unwrap().1;
        assert!(portal(&address).is_none());
    }
}
