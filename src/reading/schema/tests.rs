use super::*;
use crate::reading::node::{json, yaml};

/// A file that holds everything the standard asks for, with lines changed or added.
fn publiccode(change: &[(&str, &str)]) -> String {
    let mut text = format!(
        "publiccodeYmlVersion: \"0.7.0\"\nname: Amt\nurl: https://example.org/amt.git\nplatforms:\n  - web\ndevelopmentStatus: stable\nsoftwareType: standalone/web\ndescription:\n  de:\n    shortDescription: Kurz gesagt\n    longDescription: {}\n    features:\n      - eins\nlegal:\n  license: EUPL-1.2\nmaintenance:\n  type: community\n  contacts:\n    - name: Ada Example\nlocalisation:\n  localisationReady: true\n  availableLanguages:\n    - de\n",
        "lang ".repeat(40)
    );
    for (from, to) in change {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

fn told(schema: &'static Schema, document: &Document<'_>) -> Vec<(String, u32)> {
    let checked = check(schema, document);
    let breaking = checked.flaws.into_iter().filter(|flaw| flaw.breaks);
    breaking.map(|flaw| (flaw.key, flaw.span.map_or(0, |span| span.line))).collect()
}

#[test]
fn a_sound_publiccode_has_no_flaw() {
    for change in [
        &[][..],
        &[("\"0.7.0\"", "'0'")],
        &[("name: Amt", "name: 2024\nreleaseDate: 2024-02-29\nlogo: ''\nusedBy: [A, 1]")],
        &[("community", "none"), ("  contacts:\n    - name: Ada Example\n", "")],
        &[
            ("community", "contract"),
            ("contacts:\n    - name: Ada Example", "contractors:\n    - name: Firma\n      until: 2027-01-31"),
        ],
        &[("  de:\n", "  en:\n    shortDescription: Short\n  de:\n")],
        &[("legal:", "isBasedOn: https://example.org/a\nsupports:\n  - id: alias:gdpr\nlegal:")],
        &[("    - de\n", "    - de\n    - no\n")],
        &[("legal:", "de:\n  leika: [{ozg-id: 1}]\nlegal:")],
    ] {
        let text = publiccode(change);
        let document = yaml(&text).unwrap();
        assert_eq!(told(&PUBLICCODE, &document), [], "{change:?}");
    }
}

#[test]
fn flaws_of_publiccode_have_their_lines() {
    for (change, key, line) in [
        (("name: Amt\n", ""), "name", 1),
        (("name: Amt", "name:"), "name", 2),
        (("name: Amt", "name: []"), "name", 2),
        (("name: Amt", "Name: Amt\nname: Amt"), "Name", 2),
        (("name: Amt", "name: Amt\nname: Amt"), "name", 3),
        (("\"0.7.0\"", "0.5"), "publiccodeYmlVersion", 1),
        (("\"0.7.0\"", "\"1\""), "publiccodeYmlVersion", 1),
        (("https://example.org/amt.git", "git@example.org:amt.git"), "url", 3),
        (("platforms:\n  - web", "platforms: web"), "platforms", 4),
        (("stable", "finished"), "developmentStatus", 6),
        (("  de:", "  de_DE:"), "description.de_DE", 9),
        (("Kurz gesagt", "\"\""), "description.de.shortDescription", 10),
        (("    features:\n      - eins\n", ""), "description.de.features", 9),
        (("features:\n      - eins", "features: []"), "description.de.features", 12),
        (("EUPL-1.2", "EUPL 1.2"), "legal.license", 15),
        (("community", "contract"), "maintenance.contractors", 16),
        (("community", "internal\n  contractors:\n    - name: Firma"), "maintenance.contractors", 18),
        (("  contacts:\n    - name: Ada Example\n", ""), "maintenance.contacts", 16),
        (("- name: Ada Example", "- email: ada@example.org"), "maintenance.contacts[0].name", 19),
        (("Ada Example", "Ada\n      email: ada"), "maintenance.contacts[0].email", 20),
        (("localisationReady: true", "localisationReady: yes"), "localisation.localisationReady", 21),
        (("localisationReady: true", "localisationReady: \"true\""), "localisation.localisationReady", 21),
        (("    - de\n", "    - deutsch\n"), "localisation.availableLanguages[0]", 23),
        (("legal:\n", "releaseDate: \"\"\nlegal:\n"), "releaseDate", 14),
        (("legal:\n", "it: {}\nIT: {}\nlegal:\n"), "it", 14),
        (("legal:\n", "supports: [{id: 'alias:nothing'}]\nlegal:\n"), "supports[0].id", 14),
        (("legal:\n  license: EUPL-1.2\n", "legal: []\n"), "legal", 14),
    ] {
        let text = publiccode(&[change]);
        let document = yaml(&text).unwrap();
        assert_eq!(told(&PUBLICCODE, &document), [(key.to_owned(), line)], "{change:?}");
    }
}

#[test]
fn what_is_out_of_date_breaks_nothing() {
    let text = publiccode(&[
        ("\"0.7.0\"", "\"0.4\""),
        ("legal:\n", "monochromeLogo: a.svg\norganisation:\n  uri: urn:a:b\nlegal:\n"),
    ]);
    let checked = check(&PUBLICCODE, &yaml(&text).unwrap());
    let keys: Vec<_> = checked.flaws.iter().map(|flaw| (flaw.key.as_str(), flaw.breaks)).collect();
    assert_eq!(keys, [("monochromeLogo", false), ("organisation", false)]);
    assert_eq!(checked.names[0].value, "a.svg");
}

#[test]
fn citations() {
    let sound = "cff-version: 1.2.0\nmessage: Please cite\ntitle: X\nversion: 1.0\ndate-released: 2026-01-02\nlicense: [MIT, GPL-3.0]\nauthors:\n  - given-names: Ada\n    family-names: Example\n  - name: Amt\nidentifiers:\n  - type: doi\n    value: 10.5281/zenodo.1\n";
    assert_eq!(told(&CITATION, &yaml(sound).unwrap()), []);
    for (from, to, key, line) in [
        ("title: X\n", "", "title", 1),
        ("title: X", "title: 2026", "title", 3),
        ("2026-01-02", "02.01.2026", "date-released", 5),
        ("[MIT, GPL-3.0]", "MIT OR GPL-3.0", "license", 6),
        ("given-names: Ada", "names: Ada", "authors[0].names", 8),
        ("name: Amt", "name: Amt\n    website: amt.example", "authors[1].website", 11),
        ("10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1", "identifiers[0].value", 13),
        ("version: 1.0", "version: 1.0\nrepo: x", "repo", 5),
    ] {
        let text = sound.replace(from, to);
        assert_eq!(told(&CITATION, &yaml(&text).unwrap()), [(key.to_owned(), line)], "{to}");
    }
    let older = check(&CITATION, &yaml("cff-version: 1.1.0\nunheard: of\n").unwrap());
    assert!(older.flaws.is_empty() && older.unknown.is_some());
    assert!(check(&CITATION, &yaml("cff-version: 1.3.0\nunheard: of\n").unwrap()).unknown.is_some());
    for none in ["'1.2'", "1.6.0"] {
        assert_eq!(check(&CITATION, &yaml(&format!("cff-version: {none}\n")).unwrap()).flaws.len(), 1, "{none}");
    }
}

#[test]
fn codemeta() {
    for (text, keys) in [
        (r#"{"@context": "https://w3id.org/codemeta/3.0", "type": "SoftwareSourceCode", "unheard": "of"}"#, &[][..]),
        (
            r#"{"@context": ["https://doi.org/10.5063/schema/codemeta-2.0", "http://schema.org"], "@type": "SoftwareSourceCode", "codeRepository": {"@id": "https://example.org"}, "dateModified": "2026-01-02T10:00"}"#,
            &[],
        ),
        (r#"{"@type": "SoftwareSourceCode"}"#, &["@context"]),
        (r#"{"@context": "http://schema.org"}"#, &["@type", "@context"]),
        (r#"{"@context": "https://w3id.org/codemeta/3.1", "@graph": [], "dateCreated": "May 2026"}"#, &["dateCreated"]),
        ("[]", &[""]),
    ] {
        let document = json(text).unwrap();
        let told: Vec<String> = told(&CODEMETA, &document).into_iter().map(|(key, _)| key).collect();
        assert_eq!(told, keys, "{text}");
    }
}

#[test]
fn what_is_told_is_bounded() {
    let text: String = (0..5_000).map(|n| format!("unheard{n}: of\n")).collect();
    assert_eq!(check(&PUBLICCODE, &yaml(&text).unwrap()).flaws.len(), MOST);
}
