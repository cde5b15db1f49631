//! Under which keys of a tool's configuration stands what the tool reads?

use super::shell;
use crate::reading::address::Address;
use crate::reading::calls::Reads;
use serde::Deserialize;
use std::sync::LazyLock;

/// A row of `configuration.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyRow {
    #[serde(rename = "why")]
    _why: String,
    names: Vec<String>,
    #[serde(default)]
    below: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    reads: KeyReads,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum KeyReads {
    Data,
    Download,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    key: Vec<KeyRow>,
}

static KEYS: LazyLock<Keys> =
    LazyLock::new(|| toml::from_str(include_str!("configuration.toml")).expect("a test parses the table"));

impl KeyRow {
    fn fits(&self, file: &str, keys: &[String]) -> bool {
        let ends = self.ends.is_empty() || self.ends.iter().any(|end| file.ends_with(end.as_str()));
        let mut above = keys.iter().skip(1);
        ends && keys.first().is_some_and(|key| self.names.contains(key))
            && (self.below.is_empty() || above.any(|key| self.below.contains(key)))
    }
}

/// How the tool that a file belongs to reads what stands below these keys, the nearest first.
pub(super) fn reads(file: &str, keys: &[&str], address: &Address) -> Option<Reads> {
    let keys: Vec<String> = keys.iter().map(|key| key.to_lowercase()).collect();
    let row = KEYS.key.iter().find(|row| row.fits(file, &keys))?;
    (row.reads == KeyReads::Data || shell::is_told_as_data(address)).then_some(Reads::Data)
}

#[cfg(test)]
mod tests {
    use super::super::Evidence;
    use super::super::settings::{syntax, uses};
    use super::*;
    use crate::repository::RepoPath;

    #[test]
    fn every_row_of_the_configuration_is_read_and_only_there() {
        for row in &KEYS.key {
            for name in &row.names {
                let file =
                    row.ends.first().map_or("any.yml".to_owned(), |end| format!("x{end}").replace("xdvc", "dvc"));
                let file = if row.ends.iter().any(|end| end == "dvc.yaml") { "dvc.yaml" } else { file.as_str() };
                let path = RepoPath::from(file);
                let value = "https://muster.de/gtfs/x.zip";
                let below = row.below.iter().find(|below| *below != name).map(String::as_str);
                let json = file.ends_with("json");
                let text = match below {
                    Some(below) if json => format!("{{\"{below}\": [{{\"{name}\": \"{value}\"}}]}}\n"),
                    Some(below) => format!("a:\n  {below}:\n    {name}: {value}\n"),
                    None if json => format!("{{\"{name}\": \"{value}\"}}\n"),
                    None => format!("a:\n  {name}: {value}\n"),
                };
                let syntax = syntax(&path).unwrap();
                let found = uses(&path, syntax, &text);
                assert!(found.iter().any(|used| used.evidence == Evidence::Call), "{file}: {text}");
                let other = uses(&path, syntax, &text.replace(name.as_str(), "zz"));
                let elsewhere = row.names.iter().any(|name| Some(name.as_str()) == below);
                assert!(elsewhere || other.iter().all(|used| used.evidence != Evidence::Call), "{file}: {text}");
            }
        }
    }
}
