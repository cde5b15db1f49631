//! What is known of hosts? Which publish data, which are none, which are shared, and what a data service looks like.

use super::address::{Address, HOLE};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

/// What a source is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// files to be downloaded
    File,
    /// a service that answers questions
    Service,
    /// a hub of data sets
    Hub,
    /// an object store
    ObjectStore,
    /// a database
    Database,
    /// a message broker
    Broker,
    /// map tiles
    Tiles,
    /// a service that finds places
    Geocoder,
}

impl SourceKind {
    /// The name in tables and machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Service => "service",
            Self::Hub => "hub",
            Self::ObjectStore => "object-store",
            Self::Database => "database",
            Self::Broker => "broker",
            Self::Tiles => "tiles",
            Self::Geocoder => "geocoder",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        use SourceKind::{Broker, Database, File, Geocoder, Hub, ObjectStore, Service, Tiles};
        [File, Service, Hub, ObjectStore, Database, Broker, Tiles, Geocoder]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How far hosts of a row of `hosts.toml` are kept out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSource {
    /// nothing read from there is data
    Always,
    /// what a call that reads data takes from there is data all the same
    UnlessReadAsData,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoneRow {
    #[serde(rename = "why")]
    _why: String,
    hosts: Vec<String>,
    #[serde(default)]
    strict: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HostsTable {
    none: Vec<NoneRow>,
    pages: Pages,
    placeholder: Placeholders,
    shared: SharedDomains,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    starts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Placeholders {
    words: BTreeSet<String>,
    starts: Vec<String>,
    parts: Vec<String>,
}

impl Placeholders {
    /// Whether a part of a host, in lower case, is meant to be replaced. A letter four times over is one too.
    fn hold(&self, label: &str) -> bool {
        let repeats = |label: &str| {
            label.as_bytes().windows(4).any(|four| {
                four.first().is_some_and(|first| first.is_ascii_alphabetic() && four.iter().all(|byte| byte == first))
            })
        };
        repeats(label)
            || label.split(['-', '_']).any(|word| self.words.contains(word))
            || self.starts.iter().any(|start| label.starts_with(start.as_str()))
            || self.parts.iter().any(|part| label.contains(part.as_str()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedDomains {
    domains: BTreeSet<String>,
    platforms: BTreeSet<String>,
    ends: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortalRow {
    kind: SourceKind,
    hosts: Vec<String>,
    only: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkRow {
    kind: SourceKind,
    #[serde(default)]
    posts: bool,
    #[serde(default)]
    host: Vec<String>,
    path: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PortalsTable {
    portal: Vec<PortalRow>,
    mark: Vec<MarkRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedRow {
    hosts: Vec<String>,
    #[serde(default)]
    under: String,
    parts: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SharedTable {
    shared: Vec<SharedRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProviderRow {
    names: Vec<String>,
    host: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvidersTable {
    provider: Vec<ProviderRow>,
}

struct Hosts {
    none: BTreeMap<String, Vec<(String, NoSource)>>,
    pages: Pages,
    placeholders: Placeholders,
    domains: SharedDomains,
    portals: BTreeMap<String, Vec<(String, usize)>>,
    table: PortalsTable,
    shared: Vec<SharedRow>,
    providers: Vec<ProviderRow>,
}

static HOSTS: LazyLock<Hosts> = LazyLock::new(|| {
    let parsed = "a test parses the table";
    let table: HostsTable = toml::from_str(include_str!("hosts.toml")).expect(parsed);
    let portals: PortalsTable = toml::from_str(include_str!("portals.toml")).expect(parsed);
    let shared: SharedTable = toml::from_str(include_str!("shared-hosts.toml")).expect(parsed);
    let providers: ProvidersTable = toml::from_str(include_str!("providers.toml")).expect(parsed);
    let mut none: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for row in &table.none {
        let how = if row.strict { NoSource::Always } else { NoSource::UnlessReadAsData };
        for host in &row.hosts {
            let (host, path) = parted(host);
            none.entry(host).or_default().push((path, how));
        }
    }
    let mut by_host: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (number, row) in portals.portal.iter().enumerate() {
        for host in &row.hosts {
            let (host, path) = parted(host);
            by_host.entry(host).or_default().push((path, number));
        }
    }
    Hosts {
        none,
        pages: table.pages,
        placeholders: table.placeholder,
        domains: table.shared,
        portals: by_host,
        table: portals,
        shared: shared.shared,
        providers: providers.provider,
    }
});

/// Host and path of a row, in lower case.
fn parted(row: &str) -> (String, String) {
    let row = row.to_ascii_lowercase();
    match row.find('/') {
        Some(slash) => (row[..slash].to_owned(), row[slash..].to_owned()),
        None => (row, String::new()),
    }
}

/// The host and every domain it lies below, the longest first.
fn above(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest))
}

/// Whether the host of an address is left for people to fill in: `your-project.example.de`.
pub fn is_placeholder(address: &Address) -> bool {
    address.host.split('.').any(|label| HOSTS.placeholders.hold(label))
}

/// Whether an address is known to be no data source.
pub fn no_source(address: &Address) -> Option<NoSource> {
    let path = address.path.to_ascii_lowercase();
    let pages = HOSTS.pages.starts.iter().any(|start| address.host.starts_with(start.as_str()));
    above(&address.host)
        .filter_map(|host| HOSTS.none.get(host))
        .flatten()
        .filter(|(under, _)| path.starts_with(under.as_str()))
        .map(|(_, how)| *how)
        .chain(pages.then_some(NoSource::UnlessReadAsData))
        .max_by_key(|how| *how == NoSource::Always)
}

/// What a known publisher of data offers at an address.
pub fn portal(address: &Address) -> Option<SourceKind> {
    if address.is_bucket() {
        return Some(SourceKind::ObjectStore);
    }
    if address.scheme == "mapbox" {
        return Some(SourceKind::Tiles);
    }
    let whole = lower(address);
    let found = above(&address.host)
        .filter_map(|host| HOSTS.portals.get(host))
        .flatten()
        .filter(|(under, _)| whole.starts_with(under.as_str()))
        .filter_map(|(under, row)| HOSTS.table.portal.get(*row).map(|row| (under.len(), row)))
        .filter(|(_, row)| {
            row.only.as_ref().is_none_or(|only| only.iter().any(|part| has_part(address, &whole, part)))
        });
    found.max_by_key(|(len, row)| (*len, row.only.is_some())).map(|(_, row)| row.kind)
}

fn lower(address: &Address) -> String {
    format!("{}?{}", address.path, address.query).to_ascii_lowercase()
}

fn has_part(address: &Address, whole: &str, part: &str) -> bool {
    if part == "@data" {
        let end = super::file_kinds::of(address);
        return end == super::file_kinds::FileKind::Data || is_raw(whole) && end == super::file_kinds::FileKind::Maybe;
    }
    whole.contains(part)
}

/// Whether the path is one of a raw file, which only programs read.
fn is_raw(whole: &str) -> bool {
    [".json", ".xml", ".txt", ".csv"].iter().any(|end| whole.split('?').next().unwrap_or("").ends_with(end))
        && !whole.contains("/blob/")
        && !whole.contains("/archive/")
}

/// What the address of an unknown host looks like.
pub fn mark(address: &Address) -> Option<SourceKind> {
    marked(address).map(|row| row.kind)
}

/// Whether questions are sent to a service of this address as they are sent to write.
pub fn is_asked_by_post(address: &Address) -> bool {
    marked(address).is_some_and(|row| row.posts)
}

fn marked(address: &Address) -> Option<&'static MarkRow> {
    let whole = lower(address).replace(HOLE, "{}");
    HOSTS.table.mark.iter().find(|row| {
        let host = row.host.is_empty()
            || row.host.iter().any(|mark| {
                address.host.starts_with(mark.as_str())
                    || mark.starts_with(['-', '.']) && address.host.contains(mark.as_str())
            });
        host && row.path.iter().any(|mark| whole.contains(mark.as_str()))
    })
}

/// What a source is called: its host, and for shared hosts the parts of the path that tell one from the other.
pub fn group(address: &Address) -> String {
    let host = match address.scheme.as_str() {
        "s3" | "s3a" | "s3n" => return format!("s3://{}", address.host),
        "gs" | "gcs" => return format!("gs://{}", address.host),
        _ => address.host.as_str(),
    };
    let row = HOSTS.shared.iter().find(|row| {
        row.hosts.iter().any(|shared| shared == host.strip_prefix("www.").unwrap_or(host))
            && (row.under.is_empty()
                || address.path.strip_prefix(row.under.as_str()).is_some_and(|rest| rest.starts_with('/')))
    });
    let Some(row) = row else { return host.to_owned() };
    let rest = address.path.strip_prefix(row.under.as_str()).unwrap_or(&address.path);
    let parts: Vec<&str> = rest
        .split('/')
        .filter(|part| !part.is_empty())
        .take(row.parts)
        .take_while(|part| !part.contains(HOLE))
        .collect();
    if parts.is_empty() {
        return host.to_owned();
    }
    let host = match host {
        "raw.githubusercontent.com" | "raw.github.com" | "media.githubusercontent.com" => "raw.githubusercontent.com",
        other => other,
    };
    format!("{host}{}/{}", row.under, parts.join("/"))
}

/// Whether the address is one of a host that many share, without what would tell one from the other.
pub fn is_nobodys(address: &Address) -> bool {
    let host = address.host.strip_prefix("www.").unwrap_or(&address.host);
    let mut rows = HOSTS.shared.iter().filter(|row| row.hosts.iter().any(|shared| shared == host)).peekable();
    if rows.peek().is_none() || address.is_bucket() {
        return false;
    }
    let Some(row) = rows.filter(|row| address.path.starts_with(row.under.as_str())).max_by_key(|row| row.under.len())
    else {
        return true;
    };
    let rest = address.path.get(row.under.len()..).unwrap_or_default();
    let first = rest.split('/').find(|part| !part.is_empty()).unwrap_or_default();
    row.parts > 0 && (first.is_empty() || first.contains([HOLE, '{', '%', '$']))
}

/// Whether many publishers share a domain, so that naming it names nobody.
pub fn is_shared(domain: &str) -> bool {
    HOSTS.domains.domains.contains(domain) || HOSTS.shared.iter().any(|row| row.hosts.iter().any(|host| host == domain))
}

/// The domain that somebody owns: `dwd.de` for `opendata.dwd.de`.
pub fn registrable(host: &str) -> &str {
    let mut domains: Vec<&str> = above(host).collect();
    domains.pop();
    match domains.pop() {
        Some(domain) if HOSTS.domains.ends.contains(domain) => domains.pop().unwrap_or(domain),
        Some(domain) => domain,
        None => host,
    }
}

/// Whether every application has a host of its own under a domain.
pub fn is_platform(domain: &str) -> bool {
    HOSTS.domains.platforms.contains(domain)
}

/// The host of the map provider that a program chooses by this name.
pub fn provider(name: &str) -> Option<&'static str> {
    let name: String = name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    HOSTS
        .providers
        .iter()
        .find(|row| row.names.iter().any(|start| name.starts_with(start.as_str())))
        .map(|row| row.host.as_str())
}

#[cfg(test)]
mod tests;
