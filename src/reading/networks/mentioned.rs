//! Which hosts stand in a text as addresses?

use super::{is_everybodys, is_host, is_private};
use crate::reading::needles::Needles;
use crate::repository::{Class, File};
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    keys: BTreeSet<String>,
    key_parts: Vec<String>,
    spoken: Vec<String>,
    try_out: BTreeSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("mentioned.toml")).expect("a test parses the table"));

/// What a host that is worth a look has around it: `://` before any, or how private ones begin and end.
const NEEDLES: [&str; 10] =
    ["://", "10.", "172.", "192.168.", ".intern", ".intranet", ".lan", ".corp", ".local", ".home.arpa"];

static NEEDLE: LazyLock<Needles> = LazyLock::new(|| Needles::new(NEEDLES));

static SPOKEN: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let builder = AhoCorasick::builder().ascii_case_insensitive(true).build(&TABLE.spoken);
    builder.expect("a handful of short needles builds")
});

/// So many bytes of a line are looked at: what is longer was written by a program.
const LONGEST_LINE: usize = 2_000;
/// So many places of one file are looked at.
const PLACES: usize = 20_000;
/// So many hosts of one file are kept.
const HOSTS: usize = 500;

/// A host that stands in a text as an address.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Mention {
    /// the host, in lower case
    pub host: String,
    /// the line where it first stands, from 1
    pub line: u32,
    /// its first column there, from 1, in characters
    pub column: u32,
    /// the column after its last character
    pub end_column: u32,
    /// in how many places of the text it stands
    pub places: usize,
    /// whether a name or password may stand in front of it
    pub after_login: bool,
}

/// The hosts of a file of code or configuration; none where its path says that it is for trying something out.
pub fn in_file(file: &File, text: &str) -> Vec<Mention> {
    let is_read = matches!(file.class, Class::Source | Class::Configuration);
    if !is_read || is_tried_out(&file.path.lossy()) {
        return Vec::new();
    }
    mentions(text, file.path.extension() == "py")
}

/// Whether a file shows by its path that it is for trying something out.
pub fn is_tried_out(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let is_test = |folder: &str| folder.ends_with("test") && folder != "latest" || folder.ends_with("tests");
    lower.split('/').any(is_test) || lower.split(['/', '.', '-', '_']).any(|word| TABLE.try_out.contains(word))
}

/// The hosts of a text, each once, sorted by their places: of addresses with a scheme (`https://…`) all, else those of
/// private networks where a setting (`DB_HOST = …`) holds one. What stands in comments and in lines that only speak of
/// networks, and what means the same on every machine, is left out.
pub fn mentions(text: &str, is_python: bool) -> Vec<Mention> {
    // each with the byte where it first stands
    let mut found: BTreeMap<String, (usize, Mention)> = BTreeMap::new();
    let mut line = LineOf::default();
    let mut quoted = is_python.then(Docstrings::default);
    for hit in NEEDLE.each(text).take(PLACES) {
        let range = line.around(text, hit.start());
        let (number, said) = (line.number, text.get(range.clone()).unwrap_or_default());
        if said.len() > LONGEST_LINE {
            continue;
        }
        let at = hit.start() - range.start;
        let host = if hit.pattern().as_usize() == 0 { after_scheme(said, at) } else { in_setting(said, at) };
        let Some((host, inside)) = host else { continue };
        let starts = range.start + inside.start;
        let host = host.to_ascii_lowercase();
        if let Some((first, known)) = found.get_mut(&host) {
            if *first != starts {
                known.places += 1;
            }
            continue;
        }
        if found.len() >= HOSTS
            || is_everybodys(&host)
            || !host.contains('.') && !host.contains(':')
            || is_comment(said, inside.start)
            || is_private(&host) && SPOKEN.is_match(said)
            || quoted.as_mut().is_some_and(|quoted| quoted.holds(text, range.start))
        {
            continue;
        }
        let after_login = said.get(..inside.start).is_some_and(|before| before.contains('@'));
        let column = |at: usize| {
            let before = said.get(..at).map_or(0, |before| before.chars().count());
            u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
        };
        let (column, end_column) = (column(inside.start), column(inside.end));
        let mention = Mention { host: host.clone(), line: number, column, end_column, places: 1, after_login };
        found.insert(host, (starts, mention));
    }
    let mut found: Vec<(usize, Mention)> = found.into_values().collect();
    found.sort_by_key(|(starts, _)| *starts);
    found.into_iter().map(|(_, mention)| mention).collect()
}

/// The host behind `://`, where it is known as a whole.
fn after_scheme(line: &str, at: usize) -> Option<(&str, Range<usize>)> {
    let from = at + 3;
    let rest = line.get(from..)?;
    let end = rest.find(|c: char| !in_authority(c)).unwrap_or(rest.len());
    let authority = rest.get(..end)?;
    if rest.get(end..).is_some_and(|after| after.starts_with(['{', '$', '%', '<', '*', '('])) {
        return None;
    }
    let start = authority.rfind('@').map_or(0, |at| at + 1);
    let host = authority.get(start..)?;
    if host.starts_with('[') {
        let close = host.find(']')?;
        let inner = host.get(1..close)?;
        return inner.contains(':').then_some((inner, from + start + 1..from + start + close));
    }
    let host = host.split(':').next()?;
    let host = host.trim_end_matches('.');
    is_host(host).then(|| (host, from + start..from + start + host.len()))
}

fn in_authority(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '@' | ':' | '[' | ']' | '~' | '!' | '+')
}

/// The private host that a setting holds as a whole, around a place in its line.
fn in_setting(line: &str, at: usize) -> Option<(&str, Range<usize>)> {
    let in_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let bytes = line.as_bytes();
    let start = at - bytes.get(..at)?.iter().rev().take_while(|byte| in_host(byte)).count();
    let end = at + bytes.get(at..)?.iter().take_while(|byte| in_host(byte)).count();
    let host = line.get(start..end)?;
    if !is_private(host) || !is_host(host) || is_version(host) {
        return None;
    }
    let (before, after) = (line.get(..start)?, line.get(end..)?);
    let port = after.strip_prefix(':').map_or(0, |port| port.bytes().take_while(u8::is_ascii_digit).count() + 1);
    let behind = after.get(port..)?.trim_start();
    let ends = behind.is_empty() || behind.starts_with(['"', '\'', ',', ';', ']', ')', '}', '#', '`']);
    let is_meant = ends && holds_host(before) || is_command(before) && !after.starts_with('/');
    if !is_meant {
        return None;
    }
    Some((host, start..end))
}

/// Whether four numbers are written as a version is: with zeros in front.
fn is_version(host: &str) -> bool {
    let digits = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits && host.parse::<Ipv4Addr>().is_err()
}

/// Whether what stands before a value names a setting that holds hosts: `DB_HOST=`, `"host": "`, `host =>`.
fn holds_host(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(['"', '\'', '`', '[', '(']).trim_end();
    let before = before.trim_end_matches([':', '=', '>']).trim_end();
    // `HOST_CUSTOM[] PROGMEM`: what C writes between a name and its value
    let before = before.strip_suffix("PROGMEM").map_or(before, str::trim_end).trim_end_matches("[]");
    let before = before.trim_end_matches(['"', '\'', ']', ')']);
    let name_from =
        before.rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).map_or(0, |at| at + 1);
    let name = before.get(name_from..).unwrap_or_default();
    let words = words(name);
    words.last().is_some_and(|last| TABLE.keys.contains(last))
        || words.iter().any(|word| TABLE.key_parts.contains(word))
}

/// The words a name is made of, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && before.is_lowercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether what stands before a host is a command that goes there: `ssh deploy@`, `rsync -a out/ web@`.
fn is_command(before: &str) -> bool {
    let goes =
        |word: &str| matches!(word, "ssh" | "scp" | "rsync" | "sftp" | "ping" | "mosquitto_pub" | "psql" | "telnet");
    let words = before.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '(' | ';' | '&' | '|'));
    let (mut command, mut last) = (false, "");
    for word in words {
        command |= goes(word);
        last = word;
    }
    command && (last.is_empty() || last.ends_with('@'))
}

/// Whether a place in a line stands in a comment.
fn is_comment(line: &str, at: usize) -> bool {
    let said = line.trim_start();
    let is_directive = ["#define", "#if", "#elif", "#!"].iter().any(|word| said.starts_with(word));
    let begins = ["//", "#", "*", "/*", "-- ", ";", "<!--", "%", "{{/*", "\"\"\""];
    let before = line.get(..at).unwrap_or_default();
    !is_directive && begins.iter().any(|begin| said.starts_with(begin))
        || [" // ", "\t// ", ";//", " # ", "\t# ", "<!--", "/* "].iter().any(|begin| before.contains(begin))
}

/// The line around a place; places are asked for in their order.
#[derive(Default)]
struct LineOf {
    number: u32,
    start: usize,
    end: usize,
}

impl LineOf {
    fn around(&mut self, text: &str, at: usize) -> Range<usize> {
        if self.number == 0 || at >= self.end {
            let bytes = text.as_bytes();
            let skipped = bytes.get(self.end..at).unwrap_or_default();
            let newlines = u32::try_from(memchr::memchr_iter(b'\n', skipped).count()).unwrap_or(u32::MAX);
            self.number = self.number.saturating_add(newlines).saturating_add(1);
            self.start = memchr::memrchr(b'\n', skipped).map_or(self.end, |found| self.end + found + 1);
            let rest = bytes.get(at..).unwrap_or_default();
            self.end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |found| at + found + 1);
        }
        let line = text.get(self.start..self.end).unwrap_or_default();
        self.start..self.start + line.trim_end_matches(['\n', '\r']).len()
    }
}

/// Where the long strings of a Python text are, in which its documentation stands.
#[derive(Default)]
struct Docstrings {
    read: usize,
    open: bool,
}

impl Docstrings {
    /// Whether a place is inside of one; places are asked for in their order.
    fn holds(&mut self, text: &str, at: usize) -> bool {
        let passed = text.get(self.read..at).unwrap_or_default();
        let marks = passed.matches("\"\"\"").count() + passed.matches("'''").count();
        self.open ^= marks % 2 == 1;
        self.read = at;
        self.open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(text: &str) -> Vec<String> {
        mentions(text, true).into_iter().map(|mention| mention.host).collect()
    }

    #[test]
    fn addresses() {
        for (text, wanted) in [
            ("url: r2dbc:postgresql://10.6.1.117:5432/db", &["10.6.1.117"][..]),
            ("curl -f https://wiki.stadt.intern/x", &["wiki.stadt.intern"]),
            ("a = \"http://user@[fd12:3456:789a::7]:80/\"", &["fd12:3456:789a::7"]),
            ("DB_HOST=10.44.1.9", &["10.44.1.9"]),
            ("\"host\": \"10.44.1.9:5432\",", &["10.44.1.9"]),
            ("static const char HOST_CUSTOM[] PROGMEM = \"192.168.234.1\";", &["192.168.234.1"]),
            ("mqtt_server = 'broker.stadt.lan'", &["broker.stadt.lan"]),
            ("ssh deploy@db.stadt.corp", &["db.stadt.corp"]),
            ("rsync -a out/ web@192.168.77.12:/srv/trees/", &["192.168.77.12"]),
            ("https://opendata.example-stadt.de/x", &["opendata.example-stadt.de"]),
            ("#define MQTT_HOST \"10.44.1.9\"", &["10.44.1.9"]),
            ("smtpHost: mail.amt.home.arpa", &["mail.amt.home.arpa"]),
        ] {
            assert_eq!(hosts(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "version = \"10.1.44.9\"",
            "path d=\"M10.44.1.9 20\"",
            "cidr = \"10.44.0.0/16\"",
            "host: 10.44.0.0/16",
            "nmap 10.44.1.0/24 && ping 10.44.1.9/24",
            "NO_PROXY=10.44.1.9,db.stadt.intern",
            "trusted_proxies: http://10.44.1.9",
            "if host.startswith(\"192.168.7.\"):",
            "// const char* host = \"192.168.7.12\";",
            "# DB_HOST=10.44.1.9",
            "x = 1  # see http://10.44.1.9/x",
            "env(\"local\") || process.env.local",
            "import traffic.settings.local",
            "COPY .env.local /app",
            "-Dmaven.repo.local=/var/maven",
            "author: ada@amt.intern",
            "http://db:5432/x",
            "http://${host}.stadt.intern/x",
            "http://localhost:3000",
            "http://127.0.0.1",
            "example: http://10.44.1.9/logo.jpg",
            "def a():\n    \"\"\"\n    proxies: http://10.44.1.9:3128\n    \"\"\"\n",
            "http://api.default.svc.cluster.local",
            "jdk.internal.ref=ALL",
            "deadline.internal",
        ] {
            let found: Vec<String> = hosts(text).into_iter().filter(|host| is_private(host)).collect();
            assert_eq!(found, [""; 0], "{text}");
        }
    }

    #[test]
    fn each_host_once_with_its_line() {
        let found = mentions("a\nx: http://10.44.1.9/a\n\ny: http://10.44.1.9/b http://10.44.1.8/c\n", false);
        let seen: Vec<_> = found.iter().map(|one| (one.host.as_str(), one.line, one.places)).collect();
        assert_eq!(seen, [("10.44.1.9", 2, 2), ("10.44.1.8", 4, 1)]);
        let place = |one: &Mention| (one.line, one.column, one.end_column);
        assert_eq!(mentions("http://10.44.1.9", false).first().map(place), Some((1, 8, 17)));
        let second = "a\r\nü = 'http://10.44.1.9'\r\n";
        assert_eq!(mentions(second, false).first().map(place), Some((2, 13, 22)));
    }

    #[test]
    fn paths() {
        for (path, yes) in [
            ("deploy/values.yaml", false),
            ("src/contractTest/resources/a.json", true),
            (".env.example", true),
            ("config/application-local.yml", true),
            ("Vagrantfile", true),
            ("config/latest.yml", false),
        ] {
            assert_eq!(is_tried_out(path), yes, "{path}");
        }
    }

    #[test]
    fn endless_lines_and_many_places_are_bounded() {
        let text = "http://10.44.1.9/".repeat(100_000);
        assert!(mentions(&text, true).is_empty());
        let many: String = (0..40_000).map(|n| format!("http://h{n}.stadt.intern\n")).collect();
        assert_eq!(mentions(&many, true).len(), HOSTS);
    }
}
