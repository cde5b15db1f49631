//! What is told of a source or model?

use crate::phrase::Words;
use crate::reading::address::Address;
use crate::reading::{aliases, terms};
use crate::repository::RepoPath;
use crate::signal::{Observation, Value};
use crate::untrusted::Untrusted;

/// A source or model, as the tables tell it.
#[derive(Clone)]
pub(super) struct Row {
    /// what it is called
    pub(super) called: Untrusted,
    /// who publishes it, where that is known
    pub(super) publisher: Option<&'static str>,
    /// what it is: `file`, `service` …; empty for a model
    pub(super) kind: String,
    /// the address of its first use as far as it is known; empty where it has none
    pub(super) address: String,
    /// the file of its first use
    pub(super) path: Option<RepoPath>,
    /// the line of its first use
    pub(super) line: Option<u32>,
    /// in how many places it is used
    pub(super) uses: i64,
    /// whether a document names it; `None` where nobody can tell
    pub(super) documented: Option<bool>,
    /// where documents name it
    pub(super) named_in: Vec<Untrusted>,
    /// whether terms stand near; `None` for models and where nobody can tell
    pub(super) terms: Option<bool>,
    /// the one licence of its publisher, where there is one for everything
    pub(super) licence: Option<&'static str>,
    /// it is read over an unencrypted connection
    pub(super) insecure: bool,
    /// it takes a key that only some have
    pub(super) keyed: bool,
    /// it is a store that carries the project's own name
    pub(super) own_site: bool,
    /// it is taken as it is on the day
    pub(super) moving: bool,
}

impl Row {
    pub(super) fn of(seen: &Observation) -> Self {
        let text = |name: &str| match seen.readings.get(name) {
            Some(Ok(Value::Text(text))) => text.lossy().into_owned(),
            _ => String::new(),
        };
        let yes = |name: &str| match seen.readings.get(name) {
            Some(Ok(Value::YesNo(yes))) => Some(*yes),
            _ => None,
        };
        let called = seen.called.lossy().into_owned();
        let host = text("host");
        let found =
            Address { scheme: text("scheme"), host, path: format!("/{}", text("data-set")), query: String::new() };
        let kind = text("kind");
        // A broker is named by its host, and a model by its id.
        let has_address = !(kind.is_empty() || kind == "broker" && found.scheme == "https");
        Self {
            called: seen.called.clone(),
            publisher: aliases::publisher(&called, &found.host),
            kind,
            address: if has_address { address(&found) } else { String::new() },
            path: seen.place.path.clone(),
            line: seen.place.span.map(|span| span.line),
            uses: match seen.readings.get("uses") {
                Some(Ok(Value::Number(number))) => *number,
                _ => 1,
            },
            documented: yes("documented"),
            named_in: match seen.readings.get("documented-where") {
                Some(Ok(Value::List(places))) => places.clone(),
                _ => Vec::new(),
            },
            terms: yes("terms"),
            licence: terms::portal(&found).map(|portal| portal.licence.as_str()),
            insecure: yes("insecure") == Some(true),
            keyed: yes("reachable") == Some(false),
            own_site: yes("own-site") == Some(true),
            moving: yes("moving") == Some(true),
        }
    }

    /// What it is, in words.
    pub(super) fn kind_in_words(&self) -> Words {
        match self.kind.as_str() {
            "file" => Words::new("files", "Dateien"),
            "service" => Words::new("web service", "Webdienst"),
            "hub" => Words::new("data set on a hub", "Datensatz auf einer Plattform"),
            "object-store" => Words::new("object store", "Objektspeicher"),
            "database" => Words::new("database", "Datenbank"),
            "broker" => Words::new("message broker", "Message-Broker"),
            "tiles" => Words::new("map tiles", "Kartenkacheln"),
            "geocoder" => Words::new("address search", "Adresssuche"),
            _ => Words::new("trained model", "trainiertes Modell"),
        }
    }

    /// The file and line of the first use, `src/a.py:5`.
    pub(super) fn first_use(&self) -> Untrusted {
        let path = self.path.as_ref().map(|path| path.lossy().into_owned()).unwrap_or_default();
        Untrusted::from(match self.line {
            Some(line) => format!("{path}:{line}"),
            None => path,
        })
    }
}

/// The part of an address that is known: `https://opendata.dwd.de/climate/` of `https://opendata.dwd.de/climate/…/a.zip`.
fn address(found: &Address) -> String {
    if found.host.is_empty() {
        return String::new();
    }
    let path = found.path.split(['…', '{', '$', '%', '<']).next().unwrap_or_default();
    // What is filled in may have been a part of a name: it goes with it.
    let whole = path.len() == found.path.len();
    let path = if whole { path } else { path.rsplit_once('/').map_or("/", |(before, _)| before) };
    let scheme = if found.scheme.is_empty() { "https" } else { found.scheme.as_str() };
    let plain = format!("{scheme}://{}{}", found.host, path.trim_end_matches('/'));
    if whole { plain } else { format!("{plain}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_they_are_no_longer_known() {
        for (scheme, path, wanted) in [
            ("", "/", "https://e.muster.de"),
            ("ftp", "/a/b.csv", "ftp://e.muster.de/a/b.csv"),
            ("https", "/a/b_…_c.csv", "https://e.muster.de/a/"),
            ("https", "/…", "https://e.muster.de/"),
        ] {
            let found =
                Address { scheme: scheme.into(), host: "e.muster.de".into(), path: path.into(), query: String::new() };
            assert_eq!(address(&found), wanted);
        }
        assert_eq!(address(&Address::default()), "");
    }
}
