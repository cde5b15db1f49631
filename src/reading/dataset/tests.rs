//! Which descriptions keep to their standard, and which do not?

use super::*;

fn keys(path: &str, text: &str) -> Option<(Standard, Vec<String>)> {
    let (standard, described) = read(&path.into(), text)?;
    assert!(described.flaws.iter().all(|flaw| flaw.breaks));
    Some((standard, described.flaws.into_iter().map(|flaw| flaw.key).collect()))
}

#[test]
fn data_packages() {
    let path = "data/datapackage.json";
    for (text, flaws) in [
        (r#"{"resources": [{"name": "a", "path": "a.csv"}]}"#, &[][..]),
        (r#"{"resources": [{"name": "a", "data": [1]}], "sources": [{"path": "x"}], "version": 1}"#, &[]),
        (r#"{"resources": [{"name": "a", "path": ["a.csv", "b.csv"], "schema": "s.json"}], "other": 1}"#, &[]),
        (r#"{"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}"#, &["resources"]),
        (r#"{"title": "a", "licenses": []}"#, &["resources"]),
        (r#"{"resources": []}"#, &["resources"]),
        (r#"{"resources": {"name": "a"}}"#, &["resources"]),
        (r#"{"resources": [{"path": "a.csv"}]}"#, &["resources[0].name"]),
        (r#"{"resources": [{"name": "a"}]}"#, &["resources[0].path"]),
        (r#"{"resources": [{"name": "a", "path": 3}]}"#, &["resources[0].path"]),
        (r#"{"resources": [{"name": "a", "path": "a"}], "licenses": [{"title": "x"}]}"#, &["licenses[0].name"]),
        (r#"{"resources": [{"name": "a", "path": "a"}], "licenses": "CC0-1.0"}"#, &["licenses"]),
        (
            r#"{"resources": [{"name": "a", "path": "a", "schema": {"fields": [{"type": "text"}]}}]}"#,
            &["resources[0].schema.fields[0].name", "resources[0].schema.fields[0].type"],
        ),
        (r#"{"resources": [{"name": "a", "path": "a"}"#, &[""]),
    ] {
        let flaws: Vec<String> = flaws.iter().map(|flaw| (*flaw).to_owned()).collect();
        assert_eq!(keys(path, text), Some((Standard::DataPackage, flaws)), "{text}");
    }
    for other in [
        r#"{"name": "x", "version": "1"}"#,
        r#"{"@context": "https://e.muster/oemetadata.json", "resources": [{"name": "a"}]}"#,
        "[]",
        "{",
        r#"{"resources": [{"name": "{{ name }}"}]}"#,
    ] {
        assert_eq!(keys(path, other), None, "{other}");
    }
    assert_eq!(
        keys("datapackage.yaml", "resources:\n  - name: a\n"),
        Some((Standard::DataPackage, vec!["resources[0].path".to_owned()]))
    );
}

#[test]
fn croissant() {
    let text = |rest: &str| {
        format!(
            r#"{{"@context": {{"sc": "https://schema.org/"}}, "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.1", {rest}}}"#
        )
    };
    for (rest, flaws) in [
        (r#""name": "a""#, &[][..]),
        (
            r#""name": "a", "distribution": [{"@type": "cr:FileObject", "@id": "f", "contentUrl": "f.csv",
            "encodingFormat": "text/csv", "sha256": "0"}, {"@id": "g", "includes": "*.csv", "encodingFormat": "text/csv"}]"#,
            &[],
        ),
        (r#""description": "a""#, &["name"]),
        (
            r#""name": "a", "distribution": [{"@type": "cr:FileObject", "@id": "f", "contentUrl": "f.csv", "sha256": "0"}]"#,
            &["distribution[0].encodingFormat"],
        ),
        (
            r#""name": "a", "isLiveDataset": true, "distribution": [{"@id": "f", "contentUrl": "f.csv",
            "encodingFormat": "text/csv"}]"#,
            &[],
        ),
    ] {
        let flaws: Vec<String> = flaws.iter().map(|flaw| (*flaw).to_owned()).collect();
        assert_eq!(keys("croissant.json", &text(rest)), Some((Standard::Croissant, flaws)), "{rest}");
    }
    assert_eq!(keys("metadata.json", r#"{"name": "a"}"#), None);
}

#[test]
fn csvw() {
    for (text, flaws) in [
        (r#"{"@context": "http://www.w3.org/ns/csvw", "url": "a.csv"}"#, &[][..]),
        (r#"{"@context": ["http://www.w3.org/ns/csvw", {"@language": "de"}], "tables": [{"url": "a.csv"}]}"#, &[]),
        (r#"{"@context": "http://www.w3.org/ns/csvw", "tableSchema": {}}"#, &["url"]),
        (r#"{"@context": "http://www.w3.org/ns/csvw", "tables": [{"tableSchema": {}}]}"#, &["tables[0].url"]),
    ] {
        let flaws: Vec<String> = flaws.iter().map(|flaw| (*flaw).to_owned()).collect();
        assert_eq!(keys("a.csv-metadata.json", text), Some((Standard::Csvw, flaws)), "{text}");
    }
    assert_eq!(keys("metadata.json", r#"{"url": "a.csv", "tables": 3}"#), None);
    assert_eq!(keys("a-metadata.json", r#"{"@context": "http://www.w3.org/ns/csvw", "delimiter": ";"}"#), None);
}

#[test]
fn cards() {
    for (text, flaws) in [
        ("---\nlicense: mit\npretty_name: Trees\n---\n# Trees\n", &[][..]),
        ("---\nlicense: MIT\npretty_name: Trees\n---\n", &["license"]),
        ("---\nlicense: [mit, cc-by-4.0]\nlanguage: no\ntask_ids: x\n---\n", &[]),
        ("---\npipeline_tag: [a]\n---\n", &["pipeline_tag"]),
        (
            "---\nmodel-index:\n- name: a\n  results:\n  - task: {type: x}\n    metrics: [{type: wer, value: 1}]\n---\n",
            &["model-index[0].results[0].dataset"],
        ),
        ("---\npipeline_tag: a\n  b: [\n---\n", &[""]),
    ] {
        let flaws: Vec<String> = flaws.iter().map(|flaw| (*flaw).to_owned()).collect();
        assert_eq!(keys("README.md", text), Some((Standard::Card, flaws)), "{text}");
    }
    for other in [
        "# Trees\n",
        "---\ntitle: Trees\nlicense: MIT\n---\n",
        "---\nlayout: page\nlicense: MIT\npretty_name: x\n---\n",
        "---\nlicense: x\nsdk: gradio\nbase_model: x\n---\n",
        "---\n{{ card_data }}\nlibrary_name: x\nlicense: x\n---\n",
        "---\nlicense: {license}\nlibrary_name: {library_name}\n---\n",
        "---\nlicense: x\nlibrary_name: y\n",
    ] {
        assert_eq!(keys("README.md", other), None, "{other}");
    }
    assert_eq!(keys("MODEL_CARD.md", "---\nlicense: x\n---\n").map(|found| found.1), Some(vec!["license".to_owned()]));
}

#[test]
fn files_that_are_named() {
    let named = |path: &str, text: &str| -> Vec<String> {
        let described = read(&path.into(), text).unwrap().1;
        described.files.into_iter().map(|file| format!("{}:{} {}", file.span.line, file.key, file.path)).collect()
    };
    assert_eq!(
        named(
            "datapackage.json",
            "{\"resources\": [\n{\"name\": \"a\", \"path\": [\"a.csv\",\n\"https://e.muster/b.csv\"], \"schema\": \"s.json\"}]}"
        ),
        ["2:resources[0].path a.csv", "3:resources[0].schema s.json"]
    );
    assert_eq!(
        named("a-metadata.json", r#"{"@context": "http://www.w3.org/ns/csvw", "tables": [{"url": "a.csv"}]}"#),
        ["1:tables[0].url a.csv"]
    );
    assert!(
        named("a-metadata.json", r#"{"@context": ["http://www.w3.org/ns/csvw", {"@base": "x"}], "url": "a"}"#)
            .is_empty()
    );
}

#[test]
fn names_of_files() {
    for (path, yes) in [
        ("data/datapackage.json", true),
        ("croissant.json", true),
        ("trees-croissant.jsonld", true),
        ("metadata.json", true),
        ("a.csv-metadata.json", true),
        ("README.md", true),
        ("model-card.md", true),
        ("package.json", false),
        ("docs/cards.md", false),
    ] {
        assert_eq!(may_describe(&path.into()), yes, "{path}");
    }
}
