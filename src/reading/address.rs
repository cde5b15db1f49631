//! What does an address say? Scheme, host and path of what looks like one, holes of templates included.

/// Stands for a part of an address that is filled in when the program runs.
pub const HOLE: char = '\u{fffc}';

/// An address, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
pub struct Address {
    /// `https`, in lower case; empty where none is written
    pub scheme: String,
    /// the part of the host that is known, in lower case, without rotating parts (`{s}.`, `a.`); empty where it is not
    pub host: String,
    /// the path, with its slash
    pub path: String,
    /// what follows the question mark or hash
    pub query: String,
}

/// Schemes behind which data may lie.
const SCHEMES: &[&str] = &[
    "http",
    "https",
    "ftp",
    "ftps",
    "sftp",
    "s3",
    "s3a",
    "s3n",
    "gs",
    "gcs",
    "az",
    "abfs",
    "abfss",
    "wasb",
    "wasbs",
    "hdfs",
    "hf",
    "mapbox",
    "mqtt",
    "mqtts",
    "ws",
    "wss",
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "mongodb",
    "mongodb+srv",
    "clickhouse",
    "mssql",
    "oracle",
    "rsync",
    "osf",
    "doi",
    "dat",
];

impl Address {
    /// The first address in a text, and where it begins.
    pub fn find(text: &str) -> Option<(usize, Self)> {
        let mut from = 0;
        while let Some(found) = text.get(from..).and_then(|rest| rest.find("://")) {
            let colon = from + found;
            let head = &text.as_bytes()[..colon];
            let scheme_len = head
                .iter()
                .rev()
                .take(24)
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+'))
                .count();
            let start = colon - scheme_len;
            let scheme = text[start..colon].to_ascii_lowercase();
            let plain = scheme.rsplit_once('+').filter(|(_, driver)| *driver != "srv").map(|(_, end)| end.to_owned());
            let base = scheme.split('+').next().unwrap_or_default();
            let known = if SCHEMES.contains(&scheme.as_str()) {
                Some(scheme.clone())
            } else if SCHEMES.contains(&base) {
                Some(base.to_owned())
            } else {
                plain.filter(|plain| SCHEMES.contains(&plain.as_str()))
            };
            if let Some(scheme) = known {
                return Some((start, Self::after_scheme(scheme, &text[colon + 3..])));
            }
            from = colon + 3;
        }
        None
    }

    /// An address without a scheme: `archive.example.de/2020/a.csv`, `//tiles.example.de/`. The text holds nothing else.
    pub fn bare(text: &str) -> Option<Self> {
        let text = text.strip_prefix("//").unwrap_or(text);
        let address = Self::after_scheme(String::new(), text);
        let end = address.host.rsplit('.').next()?;
        let plain = address.host.contains('.')
            && (2..=12).contains(&end.len())
            && end.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !FILE_ENDS.contains(&end)
            && !text.contains(char::is_whitespace);
        plain.then_some(address)
    }

    fn after_scheme(scheme: String, rest: &str) -> Self {
        let authority_end = rest.find(|c: char| !in_authority(c)).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(authority_end);
        let authority = authority.rsplit('@').next().unwrap_or_default();
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if port.chars().all(|c| c.is_ascii_digit() || c == HOLE || c == '{' || c == '}') => host,
            _ => authority,
        };
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`' | '\\' | '|' | '^'));
        let rest = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let rest = rest.trim_end_matches(['.', ',', ';', ')', ']', '!']);
        let (path, query) = match rest.find(['?', '#']) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, ""),
        };
        if scheme == "mapbox" {
            return Self { scheme, host: "api.mapbox.com".into(), path: format!("/{host}{path}"), query: query.into() };
        }
        if scheme == "hf" {
            return Self { scheme, host: "huggingface.co".into(), path: format!("/{host}{path}"), query: query.into() };
        }
        let bucket = matches!(scheme.as_str(), "s3" | "s3a" | "s3n" | "gs" | "gcs" | "az");
        let host = if bucket { whole(host) } else { known(host) };
        Self { scheme, host, path: path.into(), query: query.into() }
    }

    /// Whether the host is an IPv4 address.
    pub fn is_ip(&self) -> bool {
        self.host.split('.').count() == 4 && self.host.split('.').all(|part| part.parse::<u8>().is_ok())
    }

    /// Whether it may lie on the public net: a host with a dot, no private IP, no reserved ending.
    pub fn is_public(&self) -> bool {
        if self.is_bucket() {
            return !self.host.is_empty();
        }
        if self.is_ip() {
            let part: Vec<u8> = self.host.split('.').filter_map(|part| part.parse().ok()).collect();
            return !matches!(
                part.as_slice(),
                [0 | 10 | 127, ..]
                    | [192, 168, ..]
                    | [169, 254, ..]
                    | [172, 16..=31, ..]
                    | [198, 18..=19, ..]
                    | [224..=255, ..]
            );
        }
        self.host.contains('.')
            && self
                .host
                .rsplit('.')
                .next()
                .is_some_and(|end| end.len() >= 2 && !end.bytes().all(|b| b.is_ascii_digit()))
    }

    /// Whether the scheme names a bucket instead of a host.
    pub fn is_bucket(&self) -> bool {
        matches!(self.scheme.as_str(), "s3" | "s3a" | "s3n" | "gs" | "gcs")
    }

    /// Whether the scheme is one of databases.
    pub fn is_database(&self) -> bool {
        matches!(
            self.scheme.as_str(),
            "postgres"
                | "postgresql"
                | "mysql"
                | "mariadb"
                | "mongodb"
                | "mongodb+srv"
                | "clickhouse"
                | "mssql"
                | "oracle"
        )
    }

    /// Whether the scheme is one of message brokers.
    pub fn is_broker(&self) -> bool {
        matches!(self.scheme.as_str(), "mqtt" | "mqtts")
    }

    /// What follows the last dot of the path, in lower case, without compression: `csv` for `a/b.csv.gz`.
    pub fn extension(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let mut parts = name.rsplit('.');
        let last = parts.next().filter(|last| last.len() < name.len()).unwrap_or_default();
        match parts.next() {
            Some(inner)
                if matches!(last, "gz" | "bz2" | "xz" | "zst" | "zip")
                    && !inner.is_empty()
                    && inner.len() <= 8
                    && inner != name
                    && inner.bytes().all(|byte| byte.is_ascii_alphabetic())
                    && name.matches('.').count() > 1 =>
            {
                inner.to_owned()
            }
            _ => last.to_owned(),
        }
    }
}

/// Ends of file names that must not be taken for ends of hosts.
const FILE_ENDS: &[&str] = &[
    "csv", "json", "geojson", "txt", "xml", "py", "sh", "js", "ts", "md", "html", "zip", "gz", "tar", "yml", "yaml",
    "log", "png", "jpg", "pdf", "db", "sql", "java", "css", "tmp", "bak", "conf", "cfg", "ini", "env", "lock", "toml",
    "parquet", "nc", "pbf", "shp", "gpkg", "xlsx", "xls", "rds", "tif", "tiff", "bin", "exe", "jar", "ipynb", "svg",
    "vue", "local",
];

fn in_authority(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '{' | '}' | '%' | '@' | ':' | '$' | '*' | HOLE)
}

fn is_hole(label: &str) -> bool {
    label.contains([HOLE, '{', '}', '%', '$', '*'])
}

/// A bucket's name: known as a whole or not at all.
fn whole(host: &str) -> String {
    if is_hole(host) { String::new() } else { host.to_ascii_lowercase() }
}

/// The known end of a host, without rotating first labels.
fn known(host: &str) -> String {
    let host = host.trim_end_matches('.').to_lowercase();
    // `prefix-{x}.example.de` and `{s}.example.de`: what follows the last hole's label is known.
    let labels: Vec<&str> = host.split('.').collect();
    let from = labels.iter().rposition(|label| is_hole(label)).map_or(0, |at| at + 1);
    let mut labels = labels.get(from..).unwrap_or_default();
    if let [first, rest @ ..] = labels
        && rest.len() >= 3 - usize::from(from > 0)
        && first.len() == 1
        && (matches!(first.as_bytes(), [b'a'..=b'd' | b'0'..=b'9']))
        && !rest.iter().all(|label| label.bytes().all(|byte| byte.is_ascii_digit()))
    {
        labels = rest;
    }
    if labels.len() < 2 && from > 0 { String::new() } else { labels.join(".") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, scheme, host, path, query) in [
            ("https://Opendata.DWD.de/a/b.csv?x=1", "https", "opendata.dwd.de", "/a/b.csv", "x=1"),
            ("see http://a.example.de:8080/x, and", "http", "a.example.de", "/x", ""),
            (
                "https://{s}.tile.openstreetmap.org/{z}/{x}/{y}.png",
                "https",
                "tile.openstreetmap.org",
                "/{z}/{x}/{y}.png",
                "",
            ),
            ("https://c.tile.openstreetmap.org/", "https", "tile.openstreetmap.org", "/", ""),
            ("https://a.example.org", "https", "a.example.org", "", ""),
            ("https://\u{fffc}.example.de/x", "https", "example.de", "/x", ""),
            ("https://api.\u{fffc}/x", "https", "", "/x", ""),
            ("https://\u{fffc}/x", "https", "", "/x", ""),
            ("https://user:pass@h.example.de/x", "https", "h.example.de", "/x", ""),
            ("s3://my-bucket/a.csv", "s3", "my-bucket", "/a.csv", ""),
            ("postgresql+psycopg2://u:p@db.example.de:5432/x", "postgresql", "db.example.de", "/x", ""),
            ("jdbc:postgresql://db.example.de/x", "postgresql", "db.example.de", "/x", ""),
            ("${eurlex.url:https://eur-lex.europa.eu/WS?WSDL}", "https", "eur-lex.europa.eu", "/WS", "WSDL}"),
            ("mapbox://styles/a/b", "mapbox", "api.mapbox.com", "/styles/a/b", ""),
            ("zip:///::hf://datasets/o/d/a.csv", "hf", "huggingface.co", "/datasets/o/d/a.csv", ""),
            ("git+https://x.example.de/y", "https", "x.example.de", "/y", ""),
            ("http://10.0.0.1/x", "http", "10.0.0.1", "/x", ""),
        ] {
            let found = Address::find(text).map(|(_, address)| address);
            let wanted = Address { scheme: scheme.into(), host: host.into(), path: path.into(), query: query.into() };
            assert_eq!(found, Some(wanted), "{text}");
        }
        for text in ["", "://", "foo://x", "a::b", "file:///x", "chrome-extension://x"] {
            assert_eq!(Address::find(text), None, "{text}");
        }
    }

    #[test]
    fn bare_hosts() {
        for (text, host) in [
            ("archive.luftdaten.info/2020", Some("archive.luftdaten.info")),
            ("//tiles.example.de/{z}", Some("tiles.example.de")),
            ("data.csv", None),
            ("a/b.de", None),
            ("1.5", None),
            ("see example.de now", None),
        ] {
            assert_eq!(Address::bare(text).map(|address| address.host).as_deref(), host, "{text}");
        }
    }

    #[test]
    fn public_or_not() {
        for (text, public) in [
            ("https://example.de", true),
            ("http://localhost:3000", false),
            ("http://db/x", false),
            ("http://192.168.1.4/x", false),
            ("http://8.8.8.8/x", true),
            ("http://10.1.2.3", false),
            ("s3://bucket/x", true),
            ("s3://\u{fffc}/x", false),
        ] {
            assert_eq!(Address::find(text).is_some_and(|(_, address)| address.is_public()), public, "{text}");
        }
    }

    #[test]
    fn extensions() {
        for (path, end) in [
            ("https://e.de/a.csv", "csv"),
            ("https://e.de/a.csv.gz", "csv"),
            ("https://e.de/a.zip", "zip"),
            ("https://e.de/v1.2.zip", "zip"),
            ("https://e.de/a.geojson.zip", "geojson"),
            ("https://e.de/a", ""),
            ("https://e.de/a.b/c", ""),
            ("https://e.de/", ""),
        ] {
            assert_eq!(Address::find(path).unwrap().1.extension(), end, "{path}");
        }
    }
}
