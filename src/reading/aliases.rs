//! By which names do people write of a publisher, service or host?

use super::hosts;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alias {
    hosts: Vec<String>,
    names: Vec<String>,
    #[serde(default)]
    covers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    generic: BTreeSet<String>,
    packages: BTreeSet<String>,
    alias: Vec<Alias>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("aliases.toml")).expect("a test parses the table"));

/// Whether `place` (a host, with or without a path) is the row's or lies below it.
fn is_below(place: &str, row: &str) -> bool {
    let place = place.strip_prefix("www.").unwrap_or(place);
    match place.len().checked_sub(row.len()) {
        Some(0) => place.eq_ignore_ascii_case(row),
        Some(_) => {
            place.get(..row.len()).is_some_and(|start| start.eq_ignore_ascii_case(row))
                && place.as_bytes()[row.len()] == b'/'
                || !row.contains('/')
                    && host_of(place).to_ascii_lowercase().ends_with(&format!(".{}", row.to_ascii_lowercase()))
        }
        None => false,
    }
}

fn host_of(place: &str) -> &str {
    place.split('/').next().unwrap_or(place)
}

/// The names under which a source is known that is called `called` and lies at `host` (with its path).
pub fn names(called: &str, host: &str) -> BTreeSet<String> {
    let bucket = called.rsplit('/').next().unwrap_or_default();
    let rows = TABLE.alias.iter().filter(|row| {
        row.hosts.iter().chain(&row.covers).any(|place| {
            is_below(called, place) || is_below(host, place) || bucket.contains('.') && is_below(bucket, place)
        })
    });
    let mut names: BTreeSet<String> = rows.flat_map(|row| &row.names).cloned().collect();
    names.extend(labels(host));
    names
}

/// Who publishes a source that is called `called` and lies at `host`; the row that is nearest to it decides, and of its
/// names the first that is no abbreviation.
pub fn publisher(called: &str, host: &str) -> Option<&'static str> {
    let plain = called.rsplit("://").next().unwrap_or(called);
    let rows = TABLE.alias.iter().filter_map(|row| {
        let nearest = row.hosts.iter().filter(|place| is_below(plain, place) || is_below(host, place)).map(String::len);
        Some((nearest.max()?, row))
    });
    let (_, row) = rows.max_by_key(|(length, _)| *length)?;
    row.names.iter().find(|name| !is_exact(name)).or(row.names.first()).map(String::as_str)
}

/// Parts of a host that are somebody's name: `solaranywhere` of `service.solaranywhere.com`.
fn labels(host: &str) -> Vec<String> {
    let host = host_of(host);
    let domain = hosts::registrable(host);
    let end = domain.split('.').next().unwrap_or_default();
    let below = host.strip_suffix(domain).unwrap_or_default().trim_end_matches('.');
    let mut found: Vec<String> = Vec::new();
    if !hosts::is_shared(domain) && end.len() >= 5 && !is_generic(end) {
        found.push(end.to_owned());
    }
    if !hosts::is_shared(domain) && (3..5).contains(&end.len()) && !is_generic(end) {
        found.push(end.to_uppercase());
    }
    found.extend(below.split('.').filter(|label| label.len() >= 6 && !is_generic(label)).map(str::to_owned));
    let spaced: Vec<String> =
        found.iter().filter(|label| label.contains('-')).map(|label| label.replace('-', " ")).collect();
    found.extend(spaced);
    found
}

fn is_generic(label: &str) -> bool {
    TABLE.generic.contains(label)
        || label.bytes().any(|byte| byte.is_ascii_digit()) && label.len() < 8
        || label.split('-').all(|part| part.len() < 4 || TABLE.generic.contains(part))
}

/// Whether a word behind a name makes it the name of a package: "Mapbox GL".
pub fn is_package_word(word: &str) -> bool {
    TABLE.packages.contains(&word.to_lowercase())
}

/// Whether a name is so short that it has to be written exactly like this.
pub fn is_exact(name: &str) -> bool {
    name.chars().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_gives_its_names() {
        assert!(TABLE.alias.len() >= 60);
        for row in &TABLE.alias {
            for host in row.hosts.iter().chain(&row.covers) {
                let below = if host.contains('/') { host.clone() } else { format!("zz.{host}") };
                for place in [host.clone(), below] {
                    let found = names(&place, host_of(&place));
                    assert!(row.names.iter().all(|name| found.contains(name)), "{place}");
                }
                let other = match host.split_once('/') {
                    Some((host, path)) => format!("{host}zz/{path}"),
                    None => format!("{host}zz"),
                };
                assert!(!is_below(&other, host), "{other}");
            }
        }
    }

    #[test]
    fn names_of_hosts() {
        for (host, has, has_not) in [
            ("opendata.dwd.de", "DWD", "opendata"),
            ("service.solaranywhere.com", "solaranywhere", "service"),
            ("overpass-api.de", "OpenStreetMap", "api"),
            ("api.mapbox.com", "Mapbox", "OSM"),
            ("data.open-power-system-data.org", "open power system data", "data"),
            ("gdi.berlin.de", "FIS-Broker", "berlin"),
            ("archive.madflex.de", "madflex", "archive"),
        ] {
            let found = names(host, host);
            assert!(found.contains(has) && !found.contains(has_not), "{host}: {found:?}");
        }
        assert!(names("s3-eu-west-1.amazonaws.com/jamcams.tfl.gov.uk", "s3-eu-west-1.amazonaws.com").contains("TfL"));
    }
}
