//! Is an address shown to people, or a name for something, rather than read from?

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    keys: BTreeSet<String>,
    ends: Vec<String>,
    last_words: BTreeSet<String>,
    parts: Vec<String>,
    calls: BTreeSet<String>,
    asks: BTreeSet<String>,
    generic: BTreeSet<String>,
    imported: BTreeSet<String>,
    files: BTreeSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../contexts.toml")).expect("a test parses the table"));

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// Whether what stands under this key, attribute or variable is shown or only names something.
pub(super) fn is_shown_key(written: &str) -> bool {
    let name = plain(written);
    let last = words(written).last().unwrap_or_default().to_lowercase();
    TABLE.keys.contains(&name)
        || TABLE.last_words.contains(&last)
        || TABLE.ends.iter().any(|end| name.ends_with(end.as_str()))
        || names_operator(written)
}

/// Whether a name says that people sign in there, or that visits and mistakes are counted there.
pub(super) fn is_for_the_operator(name: &str) -> bool {
    names_operator(name)
}

/// So short a part has to be a word of its own: "sso" also stands in `wfs_sources`.
const SHORT: usize = 5;

fn names_operator(written: &str) -> bool {
    let name = plain(written);
    TABLE.parts.iter().any(|part| match part.len() {
        0..=SHORT => words(written).any(|word| word.eq_ignore_ascii_case(part)),
        _ => name.contains(part.as_str()),
    })
}

/// The words of a name: `wfs_sources`, `loginUrl`, `SSO_URL`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).flat_map(|word| {
        let starts = word.char_indices().scan(true, |after_big, (at, c)| {
            let starts = c.is_uppercase() && !*after_big;
            *after_big = c.is_uppercase();
            Some((at, starts))
        });
        let mut cuts: Vec<usize> = starts.filter(|(_, starts)| *starts).map(|(at, _)| at).collect();
        cuts.push(word.len());
        let mut from = 0;
        cuts.into_iter().filter_map(move |cut| word.get(std::mem::replace(&mut from, cut)..cut))
    })
}

/// Whether a file stands where people are signed in, so that the addresses in it are asked who somebody is.
pub(super) fn is_sign_in(path: &str) -> bool {
    ["openid", "oauth", "oidc", "keycloak", "saml", "passport-"].iter().any(|part| path.contains(part))
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

/// Whether a common name is looked for all the same where a program imports the file in which it is kept.
pub(super) fn is_imported(name: &str) -> bool {
    let constant = name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    TABLE.imported.contains(&plain(name)) || constant && asks(name)
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
        for part in &TABLE.parts {
            let upper = part.to_uppercase();
            assert!(
                is_for_the_operator(&format!("{upper}_URL")) && is_for_the_operator(&format!("{part}Url")),
                "{part}"
            );
        }
        for end in &TABLE.ends {
            assert!(is_shown_key(&format!("x{end}")), "{end}");
        }
        for word in &TABLE.last_words {
            assert!(is_shown_key(&format!("feature_{word}")) && !is_shown_key(&format!("zz{word}")), "{word}");
        }
        for call in TABLE.calls.iter().filter(|call| call.len() > 1) {
            assert!(is_shown_call(call) && is_shown_call(&format!("x.{call}")), "{call}");
        }
        assert!(TABLE.asks.iter().all(|name| asks(name)));
        assert!(TABLE.imported.iter().all(|name| is_imported(name) && is_generic(name)));
        assert!(is_imported("BASE_URL") && is_imported("URL") && !is_imported("url") && !is_imported("COLOUR"));
    }

    #[test]
    fn keys_and_calls() {
        assert!(is_shown_key("doc_url") && is_shown_key("licenseURL") && is_shown_key("redirect-uri"));
        assert!(!is_shown_key("url") && !is_shown_key("tiles") && !is_shown_key("base_url"));
        assert!(is_shown_key("SSO_URL") && is_shown_key("ssoUrl") && is_shown_key("login-url"));
        assert!(!is_shown_key("WFS_SOURCES") && !is_shown_key("lessonOverview"));
        assert!(is_sign_in("server/passport-openid-connect/a.js") && !is_sign_in("src/stations.js"));
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
