//! Does every standard name its files and licences?

use super::*;

#[test]
fn every_standard_names_its_files() {
    for (path, text, yes, no) in [
        (
            "datapackage.json",
            r#"{"resources": [{"path": "data/a.csv"}, {"path": ["b.csv", "c.csv"]}]}"#,
            "b.csv",
            "d.csv",
        ),
        ("x/datapackage.yaml", "resources:\n  - path: ../data/*.csv\n", "data/trees.csv", "data/x/trees.csv"),
        (
            "croissant.json",
            r#"{"distribution": [{"@type": "cr:FileObject", "contentUrl": "https://h.de/o/r/raw/main/data/a%20b.csv"}]}"#,
            "data/a b.csv",
            "data/x.csv",
        ),
        (
            "croissant.json",
            r#"{"distribution": [{"@type": "cr:FileSet", "includes": "data/**/*.parquet"}]}"#,
            "data/a/b/1.parquet",
            "x/1.parquet",
        ),
        (
            "csv-metadata.json",
            r#"{"@context": "http://www.w3.org/ns/csvw", "tables": [{"url": "trees.csv"}]}"#,
            "trees.csv",
            "roads.csv",
        ),
        ("t/trees.csv-metadata.json", "{}", "t/trees.csv", "t/roads.csv"),
        ("ro-crate-metadata.json", r#"{"@graph": [{"@id": "lots/", "@type": "Dataset"}]}"#, "lots/1.csv", "few/1.csv"),
        ("dcat.ttl", "<d> dcat:downloadURL <https://h.de/data/trees.csv> .", "data/trees.csv", "data/roads.csv"),
        (
            "dcat.rdf",
            "<dcat:downloadURL rdf:resource=\"https://h.de/data/trees.csv\"/>",
            "data/trees.csv",
            "data/roads.csv",
        ),
        (
            "dcat.jsonld",
            r#"{"dcat:distribution": {"dcat:downloadURL": {"@id": "https://h.de/trees.csv"}}}"#,
            "data/trees.csv",
            "data/roads.csv",
        ),
        (
            "data.json",
            r#"{"dataset": [{"distribution": [{"downloadURL": "https://h.de/trees.csv"}]}]}"#,
            "trees.csv",
            "roads.csv",
        ),
        ("collection.json", r#"{"assets": {"x": {"href": "./a.tif"}}}"#, "a.tif", "b.tif"),
    ] {
        let read = Description::read(&path.into(), text);
        assert!(read.names(yes), "{path} {text} {yes} {read:?}");
        assert!(!read.names(no), "{path} {text} {no}");
        assert!(read.names_files, "{path}");
    }
}

#[test]
fn licences() {
    for (path, text, wanted) in [
        ("datapackage.json", r#"{"licenses": [{"name": "ODC-PDDL-1.0", "path": "x"}]}"#, &["1:24 ODC-PDDL-1.0"][..]),
        (
            "croissant.json",
            r#"{"license": "https://creativecommons.org/licenses/by/4.0/"}"#,
            &["1:13 https://creativecommons.org/licenses/by/4.0/"],
        ),
        ("ro-crate-metadata.json", r#"{"@graph": [{"license": {"@id": "https://x/cc0"}}]}"#, &["1:33 https://x/cc0"]),
        (
            "dcat.ttl",
            "\n<d> dct:license <http://dcat-ap.de/def/licenses/dl-by-de/2.0> .",
            &["2:18 http://dcat-ap.de/def/licenses/dl-by-de/2.0"],
        ),
        ("dcat.rdf", "<dct:license rdf:resource=\"http://x/y\"/>", &["1:28 http://x/y"]),
        ("dataset-metadata.json", r#"{"licenses": [{"name": "CC0-1.0"}]}"#, &["1:24 CC0-1.0"]),
        ("metadata.yaml", "license: cc-by-4.0\n", &["1:10 cc-by-4.0"]),
        ("x.json", "{", &[]),
    ] {
        let read = Description::read(&path.into(), text);
        let found: Vec<String> =
            read.licences.iter().map(|one| format!("{}:{} {}", one.span.line, one.span.column, one.value)).collect();
        assert_eq!(found, wanted, "{path}");
    }
    let text = r#"{"resources": [{"path": "a.csv", "licenses": [{"name": "CC0-1.0"}]}, {"path": "b.csv"}]}"#;
    let read = Description::read(&"d/datapackage.json".into(), text);
    let stated = read.licences.first().expect("one licence");
    assert!(read.gives(stated, "d/a.csv") && !read.gives(stated, "d/b.csv"));
}

#[test]
fn cards() {
    for (text, wanted) in [
        ("---\nlicense: cc0-1.0\npretty_name: Trees\n---\n# Trees\n", Some("2 cc0-1.0")),
        ("---\nlicense:\n- cc-by-nc-4.0\nconfigs: []\n---\n", Some("3 cc-by-nc-4.0")),
        ("---\nlicense: mit\nlibrary_name: x\nconfigs: y\n---\n# Model\n", None),
        ("---\ntitle: Page\n---\n# Page\n", None),
        ("# Page\n", None),
        ("---\nlicense: mit\n", None),
    ] {
        let read = Description::card(&"README.md".into(), text);
        let found = read.as_ref().and_then(|read| read.licences.first());
        let found = found.map(|one| format!("{} {}", one.span.line, one.value));
        assert_eq!(found.as_deref(), wanted, "{text}");
    }
}

#[test]
fn patterns() {
    for (pattern, path, yes) in [
        ("data/*.csv", "data/a.csv", true),
        ("data/*.csv", "data/x/a.csv", false),
        ("data/**/*.csv", "data/x/y/a.csv", true),
        ("data/**/*.csv", "data/a.csv", true),
        ("data/**", "data/x/a.csv", true),
        ("data", "data/x.csv", true),
        ("data", "database.csv", false),
        ("*a*b*.csv", "xaybz.csv", true),
        ("*a*b*.csv", "xbya.csv", false),
    ] {
        assert_eq!(matches(pattern, path), yes, "{pattern} {path}");
    }
    let deep = vec!["**"; 400].join("/");
    assert!(matches(&deep, &vec!["a"; 400].join("/")));
}
