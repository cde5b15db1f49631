//! Is an address shown to people, or a name for something, rather than read from?

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    keys: BTreeSet<String>,
    ends: Vec<String>,
    parts: Vec<String>,
    calls: BTreeSet<String>,
    asks: BTreeSet<String>,
    generic: BTreeSet<String>,
    files: BTreeSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../contexts.toml")).expect("a test parses the table"));

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// Whether what stands under this key, attribute or variable is shown or only names something.
pub(super) fn is_shown_key(name: &str) -> bool {
    let name = plain(name);
    TABLE.keys.contains(&name)
        || TABLE.ends.iter().any(|end| name.ends_with(end.as_str()))
        || TABLE.parts.iter().any(|part| name.contains(part.as_str()))
}

/// Whether a name says that people sign in there, or that visits and mistakes are counted there.
pub(super) fn is_for_the_operator(name: &str) -> bool {
    let name = plain(name);
    TABLE.parts.iter().any(|part| name.contains(part.as_str()))
}

/// Whether what is given to this call is shown or only names something.
pub(super) fn is_shown_call(callee: &str) -> bool {
    let callee = callee.to_lowercase();
    let last = callee.rsplit('.').next().unwrap_or_default();
    let two = callee.rmatch_indices('.').nth(1).map_or(callee.as_str(), |(dot, _)| &callee[dot + 1..]);
    TABLE.calls.contains(two)
        || TABLE.calls.contains(last) && last.len() > 1
        || last.ends_with("exception")
        || last.ends_with("error")
}

/// Whether programs keep addresses they read from under such a name.
pub(super) fn asks(name: &str) -> bool {
    let name = plain(name);
    TABLE.asks.contains(&name) || ["url", "uri", "endpoint", "api", "host"].iter().any(|end| name.ends_with(end))
}

/// Whether a key is too common to be looked for in other files.
pub(super) fn is_generic(name: &str) -> bool {
    name.len() < 4 || TABLE.generic.contains(&plain(name))
}

/// Whether the addresses in a configuration file of this name (in lower case) are for people or for tools.
pub(super) fn is_for_tools(file: &str) -> bool {
    TABLE.files.contains(file)
}

/// How an address stands in the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// it is the whole text, but for prefixes of programs
    Alone,
    /// a query or command within the text reads from it
    Asked,
    /// it stands among words or markup
    Among,
}

/// How the address that begins at `start` stands in a text.
pub(super) fn standing(text: &str, start: usize) -> Standing {
    let before = text.get(..start).unwrap_or_default().trim_start();
    let lower = before.to_ascii_lowercase();
    let quoted = lower.trim_end_matches(['\'', '"', '`', ' ', '(']);
    let queried = lower.ends_with(['\'', '"', '`', '<'])
        && [
            "from",
            "read_csv",
            "read_csv_auto",
            "read_parquet",
            "read_json",
            "read_json_auto",
            "st_read",
            "parquet_scan",
            "copy",
            "attach",
            "service",
            "service <",
        ]
        .iter()
        .any(|word| quoted.ends_with(word));
    if queried || ["curl ", "wget ", "!wget ", "!curl ", "ogr2ogr "].iter().any(|word| lower.starts_with(word)) {
        return Standing::Asked;
    }
    let after = text.get(start..).unwrap_or_default();
    let end = after.find(char::is_whitespace).unwrap_or(after.len());
    let words_after = after.get(end..).unwrap_or_default().chars().any(char::is_alphabetic);
    let words_before = before.contains(char::is_whitespace) || before.contains(['<', '>', '(', '[', '&', '"']);
    if words_before || words_after { Standing::Among } else { Standing::Alone }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_plain_and_found() {
        for key in &TABLE.keys {
            assert!(is_shown_key(key) || plain(key) != *key, "{key}");
        }
        for call in TABLE.calls.iter().filter(|call| call.len() > 1) {
            assert!(is_shown_call(call) && is_shown_call(&format!("x.{call}")), "{call}");
        }
        assert!(TABLE.asks.iter().all(|name| asks(name)));
    }

    #[test]
    fn keys_and_calls() {
        assert!(is_shown_key("doc_url") && is_shown_key("licenseURL") && is_shown_key("redirect-uri"));
        assert!(!is_shown_key("url") && !is_shown_key("tiles") && !is_shown_key("base_url"));
        assert!(is_shown_call("console.log") && is_shown_call("tags.a") && is_shown_call("ValueError"));
        assert!(!is_shown_call("fetch") && !is_shown_call("pd.read_csv"));
        assert!(asks("BASE_URL") && asks("api_endpoint") && !asks("colour"));
    }

    #[test]
    fn standings() {
        for (text, wanted) in [
            ("https://e.de/a.csv", Standing::Alone),
            ("WFS:https://e.de/wfs", Standing::Alone),
            ("/vsicurl/https://e.de/a.tif", Standing::Alone),
            ("See https://e.de/a.csv for more", Standing::Among),
            ("<a href='https://e.de/a.csv'>", Standing::Among),
            ("my-app (+https://e.de)", Standing::Among),
            ("select * from read_csv('https://e.de/a.csv')", Standing::Asked),
            ("curl -L https://e.de/a.csv", Standing::Asked),
        ] {
            let start = text.find("https").unwrap();
            assert_eq!(standing(text, start), wanted, "{text}");
        }
    }
}
