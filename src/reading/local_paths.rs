//! Can anybody but its author reach what lies at this path or host?

use super::address::HOLE;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Why only few can reach a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// it is in somebody's home folder
    Home,
    /// it is on a drive that has a letter
    Drive,
    /// it is a share of a Windows network
    Share,
    /// it is where a disk or a network store is mounted
    Mount,
    /// it is a host of a private network
    PrivateNetwork,
    /// it is a folder of Google Drive
    CloudFolder,
}

impl Reach {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Drive => "drive",
            Self::Share => "share",
            Self::Mount => "mount",
            Self::PrivateNetwork => "private-network",
            Self::CloudFolder => "cloud-folder",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    homes: Vec<String>,
    everybody: BTreeSet<String>,
    somebody: Vec<String>,
    pages: BTreeSet<String>,
    mounts: Vec<String>,
    programs: BTreeSet<String>,
    program_ends: BTreeSet<String>,
    intranet: Vec<String>,
    read: BTreeSet<String>,
    write: BTreeSet<String>,
    keys: BTreeSet<String>,
    load: Vec<Load>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Load {
    languages: Vec<String>,
    names: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("local-paths.toml")).expect("a test parses the table"));

/// language → last part of the name → names
static LOADS: LazyLock<BTreeMap<&str, BTreeMap<&str, Vec<String>>>> = LazyLock::new(|| {
    let mut loads: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for load in &TABLE.load {
        for language in &load.languages {
            for name in &load.names {
                loads.entry(language).or_default().entry(last(name)).or_default().push(name.clone());
            }
        }
    }
    loads
});

/// The path with slashes, however a program writes it; `C:\\Users` is `C:/Users`.
pub fn slashed(text: &str) -> String {
    let share = text.starts_with("\\\\");
    let plain = text.replace("\\\\", "/").replace('\\', "/");
    if share { format!("//{}", plain.trim_start_matches('/')) } else { plain }
}

/// Why only few can reach a path, written with slashes; `None` where others can, or where nobody can tell.
pub fn of_path(path: &str) -> Option<Reach> {
    let lower = path.to_lowercase();
    let known = lower.split(HOLE).next().unwrap_or_default();
    if is_replaced(known) || is_program(known) {
        return None;
    }
    if let Some(rest) = TABLE.homes.iter().find_map(|home| known.strip_prefix(home.as_str())) {
        let (person, below) = rest.split_once('/')?;
        let person_known = !person.is_empty() && !TABLE.everybody.contains(person);
        return (person_known && !below.is_empty()).then_some(Reach::Home);
    }
    if let Some(rest) = TABLE.mounts.iter().find_map(|mount| known.strip_prefix(mount.as_str())) {
        return rest.contains(char::is_alphanumeric).then_some(Reach::Mount);
    }
    if let Some(rest) = known.strip_prefix("//") {
        let mut parts = rest.split('/').filter(|part| !part.is_empty());
        let server = parts.next()?;
        let named = server.starts_with(|c: char| c.is_ascii_alphanumeric())
            && server.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
            && !matches!(server, "." | "?" | "wsl$" | "localhost");
        // A host with a known end is an address without its scheme.
        let is_host = super::address::Address::bare(path).is_some();
        return (named && !is_host && parts.count() >= 2).then_some(Reach::Share);
    }
    let mut bytes = known.bytes();
    let drive = matches!((bytes.next(), bytes.next(), bytes.next()), (Some(b'a'..=b'z'), Some(b':'), Some(b'/')));
    (drive && known.get(3..).is_some_and(|rest| rest.split('/').filter(|part| !part.is_empty()).count() >= 2))
        .then_some(Reach::Drive)
}

/// Whether the name of a folder in which home folders lie is one person's, in lower case: neither a user that images and
/// services have, nor one that is meant to be replaced.
pub fn is_person(name: &str) -> bool {
    let named = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ' | '~' | '@');
    name.chars().count() >= 2
        && name.len() <= 40
        && name.starts_with(char::is_alphanumeric)
        && name.contains(char::is_alphabetic)
        && name.chars().all(named)
        && !TABLE.everybody.contains(name)
        && !(name.contains(['-', '_']) && name.split(['-', '_']).any(|part| TABLE.everybody.contains(part)))
        && !TABLE.somebody.iter().any(|part| name.contains(part.as_str()))
}

/// Whether a word stands after `/home/` in the addresses of pages.
pub fn is_page(word: &str) -> bool {
    TABLE.pages.contains(word)
}

/// Whether a part of a path is meant to be replaced.
fn is_replaced(path: &str) -> bool {
    path.contains(['<', '{', '$', '%', '*', '[', '\n', '|', '^'])
        || path.contains("...")
        || path.contains("path/to")
        || path.contains("your")
}

fn is_program(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    TABLE.program_ends.contains(end) || parts.any(|part| TABLE.programs.contains(part))
}

/// Why only few can reach an address.
pub fn of_host(scheme: &str, host: &str, path: &str) -> Option<Reach> {
    if host == "drive.google.com" && (path.starts_with("/drive/folders") || path.starts_with("/drive/u/")) {
        return Some(Reach::CloudFolder);
    }
    if !matches!(scheme, "http" | "https" | "ftp" | "sftp") {
        return None;
    }
    let numbers: Vec<Option<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    let private = match numbers.as_slice() {
        // How the emulator of Android calls the computer it runs on.
        [Some(10), Some(0), Some(2), Some(2)] => false,
        [Some(10), Some(_), Some(_), Some(_)] | [Some(192), Some(168), Some(_), Some(_)] => true,
        [Some(172), Some(second), Some(_), Some(_)] => (16..32).contains(second),
        _ => false,
    };
    let inside = TABLE.intranet.iter().any(|end| host.ends_with(end.as_str()));
    (private || inside).then_some(Reach::PrivateNetwork)
}

/// Whether a call reads a file by the path it is given.
pub fn loads(language: &str, callee: &str) -> bool {
    let names = LOADS.get(language).and_then(|names| names.get(last(callee)));
    names.into_iter().flatten().any(|name| match callee.strip_suffix(name.as_str()) {
        Some("") => true,
        // `open` alone is a call of Python; `webbrowser.open` is another.
        Some(before) => {
            before.ends_with('.') && (name.contains('.') || !matches!(name.as_str(), "open" | "load" | "File" | "cd"))
        }
        None => false,
    })
}

/// Whether a call may read a file by its path, going by the last part of its name.
pub fn may_load(language: &str, last: &str) -> bool {
    LOADS.get(language).is_some_and(|names| names.contains_key(last))
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a call takes a path under this keyword.
pub fn is_key(keyword: &str) -> bool {
    TABLE.keys.contains(keyword)
}

/// Whether a name (`output_dir`, `pd.read_csv`) says that something is read (`Some(true)`) or written or run
/// (`Some(false)`).
pub fn says(name: &str) -> Option<bool> {
    let parts = parts(name);
    if parts.iter().any(|part| TABLE.write.contains(part)) {
        return Some(false);
    }
    parts.iter().any(|part| TABLE.read.contains(part)).then_some(true)
}

/// The words that a name is made of, in lower case.
fn parts(name: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut before = ' ';
    for c in name.chars() {
        let hump = c.is_uppercase() && before.is_lowercase();
        if (hump || !c.is_alphabetic()) && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        if c.is_alphabetic() {
            part.extend(c.to_lowercase());
        }
        before = c;
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (path, reach) in [
            ("/home/klara/messung/a.csv", Some(Reach::Home)),
            ("/Users/klara/messung", Some(Reach::Home)),
            (r"C:\Users\Klara Muster\a.csv", Some(Reach::Home)),
            (r"C:\\Users\\klara\\a.csv", Some(Reach::Home)),
            (r"D:\Projekte\baeume\a.csv", Some(Reach::Drive)),
            (r"\\srv-gis01\daten\2024\a.shp", Some(Reach::Share)),
            ("/mnt/nas/a.csv", Some(Reach::Mount)),
            ("/content/drive/MyDrive/a.csv", Some(Reach::Mount)),
            ("/home/klara", None),
            ("/home/jovyan/work/a.csv", None),
            ("/home/user/a.csv", None),
            ("/Users/<name>/a.csv", None),
            ("/home/klara/miniconda3/bin/python", None),
            ("/home/klara/skript.py", None),
            (r"C:\Program Files\R\R-4\etc", None),
            ("C:/path/to/a.csv", None),
            ("/data/a.csv", None),
            ("data/a.csv", None),
            ("//tiles.muster.de/a/b/c", None),
            ("d:/", None),
            ("/mnt/", None),
            (r"\\d+\\s+\\w", None),
        ] {
            assert_eq!(of_path(&slashed(path)), reach, "{path}");
        }
    }

    #[test]
    fn every_row_of_names_counts() {
        for name in &TABLE.everybody {
            assert!(!is_person(name), "{name}");
        }
        for part in &TABLE.somebody {
            assert!(!is_person(&format!("a{part}b")), "{part}");
        }
        for word in &TABLE.pages {
            assert!(is_page(word), "{word}");
        }
        for (name, person) in [
            ("klara", true),
            ("klara muster", true),
            ("k", false),
            ("govuk-backup", false),
            ("<name>", false),
            ("", false),
            ("12", false),
        ] {
            assert_eq!(is_person(name), person, "{name}");
        }
    }

    #[test]
    fn every_row_of_paths_counts() {
        for home in &TABLE.homes {
            assert_eq!(of_path(&format!("{home}klara/a.csv")), Some(Reach::Home), "{home}");
            for user in &TABLE.everybody {
                assert_eq!(of_path(&format!("{home}{user}/a.csv")), None, "{home}{user}");
            }
        }
        for mount in &TABLE.mounts {
            assert_eq!(of_path(&format!("{mount}nas/a.csv")), Some(Reach::Mount), "{mount}");
        }
        for program in &TABLE.programs {
            assert_eq!(of_path(&format!("/home/klara/{program}/a.csv")), None, "{program}");
        }
        for end in &TABLE.program_ends {
            assert_eq!(of_path(&format!("/home/klara/x/a.{end}")), None, "{end}");
        }
    }

    #[test]
    fn hosts() {
        let of = |host: &str| of_host("https", host, "/x");
        for end in &TABLE.intranet {
            assert_eq!(of(&format!("gis{end}")), Some(Reach::PrivateNetwork), "{end}");
        }
        for (host, reach) in [
            ("10.1.2.3", Some(Reach::PrivateNetwork)),
            ("192.168.0.4", Some(Reach::PrivateNetwork)),
            ("172.20.0.4", Some(Reach::PrivateNetwork)),
            ("172.40.0.4", None),
            ("10.0.2.2", None),
            ("8.8.8.8", None),
            ("backend", None),
            ("api.default.svc.cluster.local", None),
            ("host.docker.internal", None),
            ("drucker.local", None),
            ("opendata.dwd.de", None),
        ] {
            assert_eq!(of(host), reach, "{host}");
        }
        assert_eq!(of_host("https", "drive.google.com", "/drive/folders/1a"), Some(Reach::CloudFolder));
        assert_eq!(of_host("https", "drive.google.com", "/uc"), None);
    }

    #[test]
    fn calls_and_names() {
        for load in &TABLE.load {
            for (language, name) in
                load.languages.iter().flat_map(|language| load.names.iter().map(move |name| (language, name)))
            {
                assert!(loads(language, name), "{language} {name}");
                assert!(may_load(language, name.rsplit('.').next().unwrap()), "{language} {name}");
            }
        }
        assert!(
            !loads("python", "webbrowser.open") && !loads("python", "yaml.load") && loads("python", "pd.read_pickle")
        );
        for word in &TABLE.read {
            assert_eq!(says(word), Some(true), "{word}");
        }
        for word in &TABLE.write {
            assert_eq!(says(&format!("{word}_dir")), Some(false), "{word}");
        }
        for (name, wanted) in
            [("model_checkpoint_dir", Some(true)), ("outputDir", Some(false)), ("x", None), ("pd.read_csv", Some(true))]
        {
            assert_eq!(says(name), wanted, "{name}");
        }
        assert!(is_key("filename") && !is_key("mode"));
    }
}
