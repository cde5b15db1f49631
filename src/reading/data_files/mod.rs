//! What do the name and the first bytes of a file say about data in it?

mod description;
mod format;

pub use description::{Description, Stated};
pub use format::{
    HEAD, LONGEST_POINTER, Pointer, by_content, by_name, is_of_one_vendor, is_open, is_open_format, pointer,
};

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    generic_folders: BTreeSet<String>,
    generic_stems: BTreeSet<String>,
    data_folder_words: BTreeSet<String>,
    introductions: BTreeSet<String>,
    no_data: BTreeSet<String>,
    no_data_files: BTreeSet<String>,
    no_data_words: BTreeSet<String>,
    settings: BTreeSet<String>,
    settings_bytes: u64,
    measuring: BTreeSet<String>,
    perhaps_measuring: BTreeSet<String>,
    examples: BTreeSet<String>,
    office: BTreeSet<String>,
    document_folders: BTreeSet<String>,
    programs: BTreeSet<String>,
    short: u64,
    speaks: BTreeSet<String>,
    no_data_json: Vec<Vec<String>>,
    descriptions: Vec<String>,
    sidecars: BTreeSet<String>,
    vendor_formats: BTreeSet<String>,
    open_formats: BTreeSet<String>,
    packed: BTreeSet<String>,
    open_endings: BTreeSet<String>,
    keys: Keys,
    sets: BTreeMap<String, BTreeSet<String>>,
    magic: Vec<format::Magic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Keys {
    files: BTreeSet<String>,
    cards: BTreeSet<String>,
    no_cards: BTreeSet<String>,
    licences: BTreeSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("data-files.toml")).expect("a test parses the table"));

/// Whether a folder's name (in lower case) says nothing of what lies in it; years and numbers neither.
pub fn is_generic_folder(name: &str) -> bool {
    TABLE.generic_folders.contains(name)
        || name.len() < 3
        || name.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// Whether a folder's name (in lower case) says that data lie in it.
pub fn is_data_folder(name: &str) -> bool {
    let words = name.split(['-', '_', ' ', '.']);
    name.contains("daten") || words.into_iter().any(|word| TABLE.data_folder_words.contains(word))
}

/// Whether a document whose name (in lower case) begins so introduces the data beside it, as a README does.
pub fn introduces(stem: &str) -> bool {
    TABLE.introductions.contains(stem)
}

/// Whether JSON is GeoJSON or TopoJSON, by its first bytes.
pub fn is_map(head: &str) -> bool {
    let topology = head.contains("\"Topology\"") && (head.contains("\"arcs\"") || head.contains("\"objects\""));
    head.trim_start().starts_with('{')
        && (head.contains("\"FeatureCollection\"") && head.contains("\"features\"") || topology)
}

/// Whether the beginning of a file's name tells it from the words of any text: `trees_2024`, `berlinBezirke`.
pub fn is_telling_stem(stem: &str) -> bool {
    let lower = stem.to_lowercase();
    let humped = stem.chars().skip(1).any(char::is_uppercase) && stem.chars().any(char::is_lowercase);
    stem.chars().count() >= 6
        && !TABLE.generic_stems.contains(&lower)
        && (humped || stem.contains(['_', '-']) || stem.chars().any(|c| c.is_ascii_digit()))
        && !lower.split(['_', '-']).all(|part| {
            part.is_empty() || TABLE.generic_stems.contains(part) || part.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Whether the whole name of a file is told from others by its beginning: `trees.csv`, not `data.csv`.
pub fn is_telling_name(stem: &str) -> bool {
    stem.chars().count() > 2 && !TABLE.generic_stems.contains(&stem.to_lowercase())
}

/// Whether a file is no data because of its name, where it lies and how short it is. `folders` and `name` in lower case.
pub fn is_no_data(folders: &[String], name: &str, bytes: Option<u64>) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    let short = bytes.is_some_and(|bytes| bytes < TABLE.short)
        && matches!(end, "csv" | "tsv" | "json" | "jsonl" | "tab")
        && folders.iter().any(|folder| TABLE.programs.contains(folder));
    let settings = TABLE.settings.contains(end) && bytes.is_none_or(|bytes| bytes < TABLE.settings_bytes);
    let stem = name.split('.').next().unwrap_or_default();
    let is_test = |name: &str| {
        ["test_", "test-"].iter().any(|start| name.starts_with(start))
            || ["_test", "-test"].iter().any(|end| name.ends_with(end))
    };
    let has = |words: &BTreeSet<String>| {
        folders.iter().any(|folder| folder.split(['_', '-']).any(|word| words.contains(word)))
    };
    let measured =
        has(&TABLE.measuring) || has(&TABLE.perhaps_measuring) && !folders.iter().any(|folder| is_data_folder(folder));
    let document = TABLE.office.contains(end) && folders.iter().any(|one| TABLE.document_folders.contains(one));
    let form =
        stem.split(['_', '-', ' ']).any(|word| TABLE.no_data_words.contains(word) || TABLE.examples.contains(word));
    let test = is_test(stem) || name.contains(".test.") || folders.iter().any(|folder| is_test(folder));
    let test = test || measured || document || has(&TABLE.examples);
    short
        || settings
        || test
        || form
        || bytes == Some(0)
        || TABLE.no_data_files.contains(name)
        || folders.iter().any(|folder| TABLE.no_data.contains(folder))
}

/// Whether JSON is something else than data, by its first bytes: a schema, a style, an animation, settings.
pub fn is_no_data_json(head: &str) -> bool {
    if is_map(head) {
        return false;
    }
    TABLE.no_data_json.iter().any(|row| row.iter().all(|word| head.contains(word.as_str()))) || is_translation(head)
}

/// Whether nearly all that stands behind keys are sentences or words in quotes, and there are many: translations.
fn is_translation(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().map(str::trim).filter(|line| line.starts_with('"')).take(40).collect();
    let sentences = lines.iter().filter(|line| {
        line.split_once("\": \"").is_some_and(|(key, value)| {
            let value = value.trim_end_matches([',', '"']);
            key.contains('.') && value.contains(' ') && value.chars().any(char::is_alphabetic)
        })
    });
    lines.len() >= 5 && sentences.count() * 2 > lines.len()
}

/// Whether a file of this name (in lower case) describes data in a standard way.
pub fn is_description(name: &str) -> bool {
    TABLE.descriptions.iter().any(|row| match row.split_once('*') {
        Some((start, end)) => name.len() > start.len() + end.len() && name.starts_with(start) && name.ends_with(end),
        None => name == row,
    })
}

/// Whether a file with this ending describes the data file of the same name beside it.
pub fn is_sidecar(end: &str) -> bool {
    TABLE.sidecars.contains(end)
}

/// Whether a word (in lower case) shows that a document beside data speaks of data.
pub fn speaks_of_data(word: &str) -> bool {
    TABLE.speaks.contains(word)
}

/// The ending that stands for the set of files to which a file with this ending belongs: `shp` for `dbf`.
pub fn set_of(end: &str) -> Option<&'static str> {
    TABLE.sets.iter().find(|(_, parts)| parts.contains(end)).map(|(main, _)| main.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (stem, telling) in [
            ("weather", false),
            ("weather_light", true),
            ("berlinBezirke", true),
            ("data_2020", false),
            ("trees2024", true),
            ("data", false),
        ] {
            assert_eq!(is_telling_stem(stem), telling, "{stem}");
        }
        assert!(is_telling_name("weather") && !is_telling_name("data"));
        assert!(is_generic_folder("data") && is_generic_folder("2020") && !is_generic_folder("xml_files"));
    }

    #[test]
    fn every_row_of_json_is_no_data() {
        for row in &TABLE.no_data_json {
            let head = format!("{{{}: 1}}", row.join(": 1, "));
            assert!(is_no_data_json(&head), "{head}");
        }
        for head in [
            "[{\"name\": \"Linde\", \"height\": 3}]",
            "{\"type\": \"FeatureCollection\", \"features\": [], \"version\": 1, \"sources\": 2, \"layers\": 3}",
        ] {
            assert!(!is_no_data_json(head), "{head}");
        }
        let translation: String =
            (0..9).map(|number| format!("\"page.key{number}\": \"Some words here\",\n")).collect();
        assert!(is_no_data_json(&translation));
    }

    #[test]
    fn maps() {
        for (head, yes) in [
            ("{\"type\":\"FeatureCollection\",\"features\":[", true),
            ("{\"type\": \"Topology\", \"arcs\": [", true),
            ("{\"default\": \"FeatureCollection\"}", false),
            ("[1, 2]", false),
        ] {
            assert_eq!(is_map(head), yes, "{head}");
        }
    }

    #[test]
    fn folders_of_data() {
        for word in &TABLE.data_folder_words {
            assert!(is_data_folder(word), "{word}");
        }
        assert!(is_data_folder("geodaten") && is_data_folder("open-data") && !is_data_folder("database_tools"));
        for word in &TABLE.introductions {
            assert!(introduces(word), "{word}");
        }
    }

    #[test]
    fn descriptions() {
        for (name, yes) in [
            ("datapackage.json", true),
            ("trees.csv-metadata.json", true),
            ("-metadata.json", false),
            ("package.json", false),
        ] {
            assert_eq!(is_description(name), yes, "{name}");
        }
        assert!(is_sidecar("md") && !is_sidecar("license"));
        assert_eq!((set_of("dbf"), set_of("csv")), (Some("shp"), None));
    }

    #[test]
    fn places() {
        let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_no_data(&folders("src/lists"), "a.csv", Some(300)));
        assert!(!is_no_data(&folders("src/lists"), "a.csv", Some(300_000)));
        assert!(!is_no_data(&folders("data"), "a.csv", Some(300)));
        assert!(is_no_data(&folders("data"), "coco.yaml", Some(900)));
        assert!(!is_no_data(&folders("data"), "gazetteer.yaml", Some(900_000)));
        assert!(is_no_data(&folders("data"), "database_test.sqlite", Some(90_000)));
        assert!(!is_no_data(&folders("data"), "contest.csv", Some(90_000)));
        for (path, name, no_data) in [
            ("h5_test", "a.nc", true),
            ("benchsuite/runs", "a.csv", true),
            ("crates/x_eval", "a.csv", true),
            ("data/eval", "a.csv", false),
            ("docs/manual", "a.xlsx", true),
            ("geo", "example_map.json", true),
            ("data/import-example", "a.csv", true),
            ("docs/manual", "a.geojson", false),
            ("geo", "a.test.geojson", true),
        ] {
            assert_eq!(is_no_data(&folders(path), name, Some(90_000)), no_data, "{path}/{name}");
        }
        for word in &TABLE.no_data_words {
            assert!(is_no_data(&folders("data"), &format!("import_{word}.xlsx"), Some(90_000)), "{word}");
        }
        assert!(is_no_data(&folders("public/fonts"), "a.pbf", Some(300_000)));
        assert!(is_no_data(&folders("data"), "a.csv", Some(0)));
    }
}
