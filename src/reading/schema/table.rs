//! How is a schema written down?
//!
//! A schema is a table: objects with keys, and for each key what may stand there. `../publiccode.toml`,
//! `../citation.toml` and `../codemeta.toml` are such tables; `kinds.toml` holds the kinds of texts they speak of.

use super::kinds::Kind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A schema: what a document of a standard may hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Schema {
    /// the name of the object that a document is
    pub(super) root: String,
    /// whether numbers and truth values are taken where a text is asked for
    #[serde(default)]
    pub(super) lenient_text: bool,
    /// whether keys that are not listed may stand in every object
    #[serde(default)]
    pub(super) open: bool,
    /// keys of this kind may stand in the outermost object, with anything below them
    pub(super) free_keys: Option<Kind>,
    /// where the document says which version it follows
    pub(super) version: Option<Version>,
    /// lists of words, by name
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
    /// objects, by name
    object: BTreeMap<String, BTreeMap<String, Field>>,
}

/// The versions of a standard.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Version {
    /// the key of the outermost object that names the version
    pub(super) key: String,
    /// versions that the table speaks of
    pub(super) accepted: Vec<String>,
    /// versions that there are as well, of which the table does not speak: older ones, and one in preparation
    #[serde(default)]
    pub(super) others: Vec<String>,
}

/// A key: what may stand there. One of `is`, `object` and `words` is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Field {
    /// a kind of text, or `yes-no`
    pub(super) is: Option<Kind>,
    /// an object; of several, any
    #[serde(default)]
    pub(super) object: Vec<String>,
    /// one word of a list
    pub(super) words: Option<String>,
    /// how many
    #[serde(default)]
    pub(super) many: Many,
    /// whether it must be there
    #[serde(default)]
    pub(super) needed: Needed,
    /// it must be there where a neighbour says so
    pub(super) needed_when: Option<When>,
    /// it may be there only where a neighbour says so
    pub(super) only_when: Option<When>,
    /// the neighbour beside which it must not be
    pub(super) not_beside: Option<String>,
    /// neighbours that do instead of it
    #[serde(default)]
    pub(super) or: Vec<String>,
    /// user-perceived characters at least
    pub(super) at_least: Option<usize>,
    /// user-perceived characters at most
    pub(super) at_most: Option<usize>,
    /// whether an empty text is as good as none
    #[serde(default)]
    pub(super) may_be_empty: bool,
    /// of a path: what the file's name may end in, without the dot, lower case
    #[serde(default)]
    pub(super) endings: Vec<String>,
    /// the version that brought it
    pub(super) since: Option<String>,
    /// the version from which on it is better left out
    pub(super) deprecated: Option<String>,
    /// what to use instead
    pub(super) instead: Option<String>,
}

/// How many values a key has.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Many {
    /// one
    #[default]
    One,
    /// a list
    List,
    /// one, or a list
    OneOrList,
    /// one or a list, of which at least one fits
    Some,
    /// one for each language, below the language's tag
    ByLanguage,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Needed {
    /// no
    #[default]
    No,
    /// yes
    Yes,
    /// in one of the languages
    InOneLanguage,
}

/// A neighbour that says something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct When {
    /// its key
    pub(super) key: String,
    /// one of these
    pub(super) is: Vec<String>,
}

impl Schema {
    /// A schema from its table, which is part of the program; see [`Field`].
    ///
    /// # Panics
    /// Where the table is none; whoever bakes one in tests it.
    pub(in crate::reading) fn of(table: &str) -> Self {
        read(table)
    }

    /// The keys of an object, in the order of their names; none where the table has no such object, which a test
    /// rules out.
    pub(super) fn object(&self, name: &str) -> impl Iterator<Item = (&str, &Field)> {
        self.object.get(name).into_iter().flatten().map(|(key, field)| (key.as_str(), field))
    }

    /// What may stand at a key of an object.
    pub(super) fn field(&self, object: &str, key: &str) -> Option<&Field> {
        self.object.get(object)?.get(key)
    }

    /// The words of a list.
    pub(super) fn words(&self, name: &str) -> &[String] {
        self.words.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

fn read(table: &str) -> Schema {
    toml::from_str(table).expect("the table is part of the program and read by a test")
}

/// publiccode.yml, all versions up to 0.7.0.
pub static PUBLICCODE: LazyLock<Schema> = LazyLock::new(|| {
    let mut schema = read(include_str!("../publiccode.toml"));
    schema.words = toml::from_str(include_str!("../publiccode-words.toml"))
        .expect("the table is part of the program and read by a test");
    schema
});

/// CITATION.cff 1.2.0.
pub static CITATION: LazyLock<Schema> = LazyLock::new(|| read(include_str!("../citation.toml")));

/// codemeta.json, versions 2 and 3.
pub static CODEMETA: LazyLock<Schema> = LazyLock::new(|| read(include_str!("../codemeta.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        for schema in [&*PUBLICCODE, &*CITATION, &*CODEMETA] {
            assert!(schema.object.contains_key(&schema.root));
            if let Some(version) = &schema.version {
                assert!(schema.field(&schema.root, &version.key).is_some() && !version.accepted.is_empty());
            }
            let mut used = vec![schema.root.as_str()];
            for (name, fields) in &schema.object {
                for (key, field) in fields {
                    let ways = usize::from(field.is.is_some())
                        + usize::from(!field.object.is_empty())
                        + usize::from(field.words.is_some());
                    assert_eq!(ways, 1, "{name}.{key}");
                    assert!(field.words.iter().all(|words| schema.words.contains_key(words)), "{name}.{key}");
                    assert!(field.object.iter().all(|one| schema.object.contains_key(one)), "{name}.{key}");
                    used.extend(field.object.iter().map(String::as_str));
                    for neighbour in [&field.needed_when, &field.only_when].into_iter().flatten() {
                        assert!(fields.contains_key(&neighbour.key), "{name}.{key}");
                    }
                    assert!(field.endings.is_empty() || field.is == Some(Kind::Path), "{name}.{key}");
                }
            }
            assert!(schema.object.keys().all(|name| used.contains(&name.as_str())), "an object that nothing uses");
        }
    }
}
