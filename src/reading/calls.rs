//! Which calls read data from outside, and which only pass a text on?

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a call does with its argument.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Reads {
    /// reads data from the address, whatever it is
    Data,
    /// asks a web address
    Web,
    /// asks the server of this name, which stands without a scheme
    Host,
    /// sends something to a web address, which may be how a data service is asked
    Send,
    /// draws map tiles
    Tiles,
    /// finds places by name
    Geocoder,
    /// listens to a message broker
    Broker,
    /// asks a database
    Database,
    /// reads from an object store
    Bucket,
    /// asks a service
    Service,
    /// takes the name of a data set on a hub
    Dataset,
    /// takes the name of a trained model
    Model,
    /// takes the name of a map provider
    Provider,
    /// is itself the name of a source
    Named,
}

/// A row of `calls.toml`: calls that read data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    languages: Vec<String>,
    names: Vec<String>,
    /// what it does with its argument
    pub reads: Reads,
    takes: Option<Vec<String>>,
    #[serde(default)]
    needs: Vec<String>,
    /// the source that the call itself names
    pub means: Option<String>,
    /// what that source is
    pub kind: Option<String>,
}

/// A row of `calls.toml`: calls that pass texts on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gives {
    names: Vec<String>,
    /// what stands between the parts
    #[serde(default)]
    pub separator: String,
    /// the argument it gives; all of them, joined, where there is none
    pub argument: Option<usize>,
    /// the last argument is what the others are joined to
    #[serde(default)]
    pub base_last: bool,
    /// it gives all its arguments, each for itself
    #[serde(default)]
    pub each: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    keys: Vec<String>,
    pins: Vec<String>,
    gives: Vec<Gives>,
    call: Vec<Call>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("calls.toml")).expect("a test parses the table"));

/// Last part of a name → rows and whole names.
type ByLast<R> = HashMap<&'static str, Vec<(&'static R, &'static str)>>;

/// What is asked for every call of every program, so that nothing is copied for an answer.
struct Calls {
    /// by language
    calls: HashMap<&'static str, ByLast<Call>>,
    gives: ByLast<Gives>,
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| {
    let mut known = Calls { calls: HashMap::new(), gives: HashMap::new() };
    for call in &TABLE.call {
        for language in &call.languages {
            let by_last = known.calls.entry(language).or_default();
            for name in &call.names {
                by_last.entry(last(name)).or_default().push((call, name));
            }
        }
    }
    for gives in &TABLE.gives {
        for name in &gives.names {
            known.gives.entry(last(name)).or_default().push((gives, name));
        }
    }
    known
});

/// Whether a call met as `callee` is the one that the table calls `name`.
fn is(callee: &str, name: &str) -> bool {
    callee.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The rows for a call met as `callee` in a program whose words are asked by `has`; the longest name first, and of
/// two of one length the one that needs a word.
pub fn calls(language: &str, callee: &str, has: &dyn Fn(&str) -> bool) -> Option<&'static Call> {
    let found = CALLS.calls.get(language)?.get(last(callee))?;
    let mut rows: Vec<(&Call, &str)> = found.iter().filter(|(_, name)| is(callee, name)).copied().collect();
    // The sort is stable, and the rows stand in the order of the table.
    rows.sort_by_key(|(call, name)| (std::cmp::Reverse(name.len()), call.needs.is_empty()));
    let mut rows = rows.into_iter().map(|(call, _)| call);
    rows.find(|call| call.needs.is_empty() || call.needs.iter().any(|word| has(word)))
}

/// Whether some call of this language ends with this name, so that it is worth a closer look.
pub fn may_read(language: &str, last: &str) -> bool {
    CALLS.calls.get(language).is_some_and(|calls| calls.contains_key(last))
}

/// Whether a call says under this keyword which state of a thing it takes, or by which checksum it knows it.
pub fn pins(keyword: &str) -> bool {
    TABLE.pins.iter().any(|known| known == keyword)
}

/// The row for a call that only passes texts on.
pub fn gives(callee: &str) -> Option<&'static Gives> {
    let found = CALLS.gives.get(last(callee))?;
    found.iter().filter(|(_, name)| is(callee, name)).max_by_key(|(_, name)| name.len()).map(|(gives, _)| *gives)
}

/// A word without which no call of some rows can say anything.
pub struct Telling {
    /// the word
    pub word: &'static str,
    /// whether it is a name, which stands for itself, rather than a part of any text
    pub name: bool,
    /// the languages of the rows
    pub languages: &'static [String],
}

/// Words of calls that say something even without an address beside them: what the prefilter looks for.
pub fn telling() -> impl Iterator<Item = Telling> {
    use Reads::{Broker, Bucket, Dataset, Host, Model, Named, Provider};
    let telling = |call: &&Call| {
        matches!(call.reads, Broker | Bucket | Dataset | Host | Model | Named | Provider) || call.means.is_some()
    };
    TABLE.call.iter().filter(telling).flat_map(|call| {
        let name = call.needs.is_empty();
        let words = if name { &call.names } else { &call.needs };
        // All parts of a name have to be there; the longest is the rarest.
        let longest = |word: &'static str| word.split('.').max_by_key(|part| part.len()).unwrap_or(word);
        words.iter().map(move |word| Telling {
            word: if name { longest(word) } else { word },
            name,
            languages: &call.languages,
        })
    })
}

/// Every row with a language and a name, for tests that walk the table.
#[cfg(test)]
pub(crate) fn rows() -> impl Iterator<Item = (&'static Call, &'static str, &'static str)> {
    TABLE.call.iter().flat_map(|call| {
        let languages = call.languages.iter();
        languages.flat_map(move |language| call.names.iter().map(move |name| (call, language.as_str(), name.as_str())))
    })
}

impl Call {
    /// The first way in which an argument may be given, for tests: a position or a keyword.
    #[cfg(test)]
    pub(crate) fn first_way(&self) -> (usize, Option<&str>) {
        match self.takes.as_ref().and_then(|takes| takes.first()) {
            Some(take) => take.parse().map_or((0, Some(take.as_str())), |position| (position, None)),
            None => (0, None),
        }
    }

    /// The words of which one has to stand in the file, for tests.
    #[cfg(test)]
    pub(crate) fn needed_word(&self) -> &str {
        self.needs.first().map_or("", String::as_str)
    }

    /// Whether an argument at this position, or with this keyword, is where the address stands.
    pub fn takes(&self, position: usize, keyword: Option<&str>) -> bool {
        match (keyword, &self.takes) {
            (Some(keyword), Some(takes)) => {
                takes.iter().any(|take| take == keyword)
                    || takes.iter().all(|take| take.parse::<usize>().is_ok())
                        && TABLE.keys.iter().any(|key| key == keyword)
            }
            (Some(keyword), None) => TABLE.keys.iter().any(|key| key == keyword),
            (None, Some(takes)) => takes.iter().any(|take| take.parse() == Ok(position)),
            (None, None) => position == 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_the_end_of_the_name() {
        let all = |_: &str| true;
        let none = |_: &str| false;
        let reads = |language: &str, callee: &str, has: &dyn Fn(&str) -> bool| {
            calls(language, callee, has).map(|call| call.reads)
        };
        assert_eq!(reads("python", "pd.read_csv", &none), Some(Reads::Data));
        assert_eq!(reads("python", "self.requests.get", &none), Some(Reads::Web));
        assert_eq!(reads("python", "settings.get", &none), None);
        assert_eq!(reads("python", "Nominatim", &none), None);
        assert_eq!(reads("python", "Nominatim", &all), Some(Reads::Named));
        assert_eq!(reads("javascript", "read_csv", &all), None);
        assert_eq!(reads("r", "sf.st_read", &none), Some(Reads::Data));
    }

    #[test]
    fn every_row_says_what_it_needs_to() {
        for call in &TABLE.call {
            let names_source = matches!(call.reads, Reads::Named | Reads::Dataset | Reads::Model);
            assert!(!names_source || call.means.is_some(), "{:?}", call.names);
            assert!(call.reads != Reads::Named || call.kind.is_some(), "{:?}", call.names);
            let mut names = call.names.clone();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), call.names.len(), "{:?}", call.names);
        }
    }

    #[test]
    fn arguments() {
        let none = |_: &str| false;
        let call = calls("python", "pd.read_csv", &none).unwrap();
        assert!(call.takes(0, None) && !call.takes(1, None));
        assert!(call.takes(3, Some("filepath_or_buffer")) && !call.takes(3, Some("storage_options")));
    }
}
