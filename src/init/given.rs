//! What has somebody told us that no file says? `--contact`, `--organisation`, `--set KEY=VALUE`.

use super::clean;
use crate::phrase::{Phrase, Words};
use crate::reading::licence_text::expression;
use crate::rule::nearest;
use std::collections::BTreeMap;

/// Whom to write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// who reads it, where that was said
    pub name: Option<String>,
    /// an e-mail address or the address of a web page
    pub address: String,
}

impl Contact {
    /// Reads `ADDRESS` or `NAME <ADDRESS>`; the address is an e-mail address or a web page.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, Phrase> {
        let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (clean::line(name, 100), address.trim()),
            None => (None, text.trim()),
        };
        let address = address.strip_prefix("mailto:").unwrap_or(address);
        if !clean::is_mail(address) && !clean::is_web(address) {
            return Err(Phrase::new(
                "`{text}` is neither an e-mail address nor a web page; write ADDRESS or \"NAME <ADDRESS>\"",
                "`{text}` ist weder eine E-Mail-Adresse noch eine Web-Seite; schreiben Sie ADRESSE oder „NAME <ADRESSE>“",
            )
            .with("text", text));
        }
        Ok(Self { name, address: address.to_owned() })
    }

    /// Whether it is an e-mail address.
    pub fn is_mail(&self) -> bool {
        clean::is_mail(&self.address)
    }
}

/// A key of `--set`: those of publiccode.yml have the names they have there.
#[derive(Debug)]
pub struct Key {
    /// what stands before the equals sign
    pub name: &'static str,
    /// what stands behind it, for people
    pub takes: Words,
    /// whether several values may be given: with commas, or by repeating the option
    many: Many,
    most: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Many {
    One,
    /// with commas between them
    Commas,
    /// one each time: a value may hold commas
    Repeated,
}

const fn key(name: &'static str, en: &'static str, de: &'static str, many: Many, most: usize) -> Key {
    Key { name, takes: Words::new(en, de), many, most }
}

/// Every key.
pub const KEYS: &[Key] = &[
    key("name", "what it is called", "wie es heißt", Many::One, 100),
    key("url", "the address of the repository", "die Adresse des Repositorys", Many::One, 300),
    key("landingURL", "the address of its page on the web", "die Adresse seiner Web-Seite", Many::One, 300),
    key("license", "an SPDX expression", "ein SPDX-Ausdruck", Many::One, 200),
    key(
        "developmentStatus",
        "concept, development, beta, stable or obsolete",
        "concept, development, beta, stable oder obsolete",
        Many::One,
        40,
    ),
    key(
        "softwareType",
        "standalone/web, standalone/backend, standalone/desktop, standalone/mobile, standalone/iot, standalone/other, \
         library, addon or configurationFiles",
        "standalone/web, standalone/backend, standalone/desktop, standalone/mobile, standalone/iot, standalone/other, \
         library, addon oder configurationFiles",
        Many::One,
        40,
    ),
    key(
        "platforms",
        "where it runs: web, linux, windows, mac, android, ios",
        "wo es läuft: web, linux, windows, mac, android, ios",
        Many::Commas,
        40,
    ),
    key(
        "shortDescription",
        "what it is for, in at most 150 characters",
        "wozu es da ist, in höchstens 150 Zeichen",
        Many::One,
        150,
    ),
    key(
        "longDescription",
        "what it does and for whom, in at least 150 characters",
        "was es tut und für wen, in mindestens 150 Zeichen",
        Many::One,
        10_000,
    ),
    key(
        "features",
        "one thing it can do; repeat the option for more",
        "etwas, das es kann; für mehr die Option wiederholen",
        Many::Repeated,
        150,
    ),
    key(
        "maintenance",
        "who looks after it: internal, community, contract or none",
        "wer es pflegt: internal, community, contract oder none",
        Many::One,
        40,
    ),
    key("contractor", "the firm that is under contract", "die beauftragte Firma", Many::One, 100),
    key(
        "contractUntil",
        "the last day of the contract, as 2026-01-31",
        "der letzte Tag des Vertrags, als 2026-01-31",
        Many::One,
        40,
    ),
    key(
        "localisationReady",
        "yes or no: can it be translated without changing the code?",
        "yes oder no: lässt es sich übersetzen, ohne den Code zu ändern?",
        Many::One,
        40,
    ),
    key(
        "availableLanguages",
        "the languages its users can choose: de,en",
        "die Sprachen, in denen man es benutzen kann: de,en",
        Many::Commas,
        40,
    ),
    key(
        "organisation.uri",
        "the web address of the organisation behind it",
        "die Web-Adresse der Organisation dahinter",
        Many::One,
        300,
    ),
    key(
        "securityContact",
        "whom to tell of vulnerabilities, where that is somebody else",
        "wer von Schwachstellen erfahren soll, wenn es jemand anderes ist",
        Many::One,
        300,
    ),
    key(
        "conductContact",
        "whom to tell of misconduct, where that is somebody else",
        "wer von Fehlverhalten erfahren soll, wenn es jemand anderes ist",
        Many::One,
        300,
    ),
];

/// The key of this name.
pub fn key_named(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// What was given by `--set`, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given(BTreeMap<&'static str, Vec<String>>);

impl Given {
    /// Reads one `KEY=VALUE`.
    ///
    /// # Errors
    /// What is wrong: no such key, nothing behind it, too long, or given twice.
    pub fn add(&mut self, text: &str) -> Result<(), Phrase> {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let Some(key) = key_named(name.trim()) else { return Err(unknown(name)) };
        let separator = if key.many == Many::Commas { ',' } else { '\0' };
        let parts: Vec<Option<String>> = value.split(separator).map(|part| clean::line(part, key.most)).collect();
        let parts: Option<Vec<String>> = parts.into_iter().collect();
        let Some(parts) = parts else {
            return Err(Phrase::new(
                "`--set {key}=…` wants a value of 1 to {most} characters",
                "`--set {key}=…` braucht einen Wert von 1 bis {most} Zeichen",
            )
            .with("key", key.name)
            .with("most", key.most.to_string()));
        };
        if key.name.ends_with("Contact") {
            Contact::read(value)?;
        }
        let values = self.0.entry(key.name).or_default();
        if key.many == Many::One && !values.is_empty() {
            return Err(
                Phrase::new("`--set {key}=…` is given twice", "`--set {key}=…` steht zweimal da").with("key", key.name)
            );
        }
        values.extend(parts);
        Ok(())
    }

    /// The one value of a key.
    pub(super) fn one(&self, name: &str) -> Option<String> {
        self.0.get(name).and_then(|values| values.first()).cloned()
    }

    /// All values of a key.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// Whether a key was given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

fn unknown(name: &str) -> Phrase {
    match nearest(name, KEYS.iter().map(|key| key.name)) {
        Some(near) => Phrase::new(
            "`--set` knows no key `{name}`; did you mean `{near}`?",
            "`--set` kennt keinen Schlüssel `{name}`; meinten Sie `{near}`?",
        )
        .with("near", near),
        None => Phrase::new(
            "`--set` knows no key `{name}`; it knows {keys}",
            "`--set` kennt keinen Schlüssel `{name}`; es kennt {keys}",
        )
        .with("keys", KEYS.iter().map(|key| key.name).collect::<Vec<_>>().join(", ")),
    }
    .with("name", name)
}

/// The name of an organisation, as one line.
///
/// # Errors
/// Where it is empty or too long.
pub fn organisation(text: &str) -> Result<String, Phrase> {
    clean::line(text, 100).ok_or_else(|| {
        Phrase::new(
            "`--organisation` wants a name of 1 to 100 characters",
            "`--organisation` braucht einen Namen von 1 bis 100 Zeichen",
        )
    })
}

/// Licences for the list of approved ones: ids of the SPDX list.
///
/// # Errors
/// Where one is no id.
pub fn licences(names: &[String]) -> Result<Vec<String>, Phrase> {
    let named = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    named
        .map(|name| match expression::licences(name).into_iter().collect::<Vec<_>>().as_slice() {
            [one] if one == name => Ok(name.to_owned()),
            _ => Err(Phrase::new(
                "`{name}` is no id of the SPDX list (EUPL-1.2, MIT)",
                "`{name}` ist keine Kennung der SPDX-Liste (EUPL-1.2, MIT)",
            )
            .with("name", name)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts() {
        for (text, name, address) in [
            ("trees@stadt-muster.de", None, Some("trees@stadt-muster.de")),
            ("mailto:trees@stadt-muster.de", None, Some("trees@stadt-muster.de")),
            ("Parks office <trees@stadt-muster.de>", Some("Parks office"), Some("trees@stadt-muster.de")),
            ("https://stadt-muster.de/melden", None, Some("https://stadt-muster.de/melden")),
            ("nobody", None, None),
            ("a@b.de\nx: y", None, None),
            ("", None, None),
        ] {
            let read = Contact::read(text).ok();
            assert_eq!(read.as_ref().map(|read| read.address.as_str()), address, "{text}");
            assert_eq!(read.as_ref().and_then(|read| read.name.as_deref()), name, "{text}");
        }
    }

    #[test]
    fn keys_and_values() {
        let mut given = Given::default();
        for text in ["platforms=web, linux", "features=Maps, lists", "features=Search", "developmentStatus=beta"] {
            assert_eq!(given.add(text), Ok(()), "{text}");
        }
        assert_eq!(given.all("platforms"), ["web", "linux"]);
        assert_eq!(given.all("features"), ["Maps, lists", "Search"]);
        assert_eq!(given.one("developmentStatus").as_deref(), Some("beta"));
        let long = format!("shortDescription={}", "x".repeat(151));
        for text in ["developmentStatus=stable", "colour=red", "name", "name=", "name= \u{7}", "platforms=a,,b", &long]
        {
            assert!(given.add(text).is_err(), "{text}");
        }
        let near = format!("{:?}", given.add("developmentstatus=x"));
        assert!(near.contains("did you mean"), "{near}");
    }
}
