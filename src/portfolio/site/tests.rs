#![allow(clippy::disallowed_methods, reason = "what is read is no repository's file, but what the test wrote")]

use super::*;
use crate::portfolio::run::tests::example;
use crate::portfolio::{Both, Counts, FindingResult, LossResult, RuleResult, Status, Summarizer};
use std::fs;

const HOSTILE: &str = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'\u{202e}";

fn record(at: usize, name: &str, status: Status) -> Record {
    Record {
        repo: format!("https://code.example/group/r{at}"),
        at,
        key: format!("r{at}"),
        name: name.to_owned(),
        owner: Some(HOSTILE.to_owned()),
        head: Some("0123abcd".to_owned()),
        status,
        why: (!status.is_seen()).then(|| Both { en: HOSTILE.to_owned(), de: HOSTILE.to_owned() }),
        level: None,
        counts: Counts { warnings: 30, ok: 1, skipped: 1, waived: 2, losses: 1, ..Counts::default() },
        kind: Some("software".to_owned()),
        licence: Some(HOSTILE.to_owned()),
        as_of: "2026-11-22".to_owned(),
        since: None,
        attempt: 1,
        wall_s: 0.5,
        rss_mib: None,
    }
}

fn result() -> RepositoryResult {
    let both = |text: &str| Both { en: text.to_owned(), de: text.to_owned() };
    let finding = |line| FindingResult {
        path: Some(format!("a/{HOSTILE}")),
        line: Some(line),
        called: HOSTILE.to_owned(),
        message: both(HOSTILE),
        fingerprint: line.to_string(),
    };
    let rule = |id: &str, verdict: &str, number: usize| RuleResult {
        id: id.to_owned(),
        level: "publishable".to_owned(),
        severity: "warning".to_owned(),
        verdict: verdict.to_owned(),
        blocks: number > 0,
        reason: (verdict == "skip").then(|| both(HOSTILE)),
        number,
        waived: 2 * usize::from(number > 0),
        findings: (1..=number as u32).map(finding).collect(),
    };
    RepositoryResult {
        schema: crate::portfolio::result::SCHEMA.to_owned(),
        version: "0.1.0".to_owned(),
        as_of: "2026-11-22".to_owned(),
        revision: Some("0123abcd".to_owned()),
        kind: Some("software".to_owned()),
        licence: Some(HOSTILE.to_owned()),
        shallow: true,
        level: None,
        profile: HOSTILE.to_owned(),
        counts: Counts::default(),
        rules: vec![
            rule("data/undocumented-source", "finding", 30),
            rule("nobody/knows-this", "skip", 0),
            rule("licence/missing", "ok", 0),
        ],
        losses: vec![LossResult { path: Some(HOSTILE.to_owned()), message: both(HOSTILE) }],
        publiccode: None,
    }
}

fn written(records: &[Record], lang: Lang) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), records, lang)
}

fn write(dir: &Path, records: &[Record], lang: Lang) -> BTreeMap<String, String> {
    let rules = crate::rule::shipped().expect("rules");
    let mut site = Site::begin(dir, &example(), &rules, lang).expect("begun");
    let mut summarizer = Summarizer::default();
    for record in records {
        let result = record.status.is_seen().then(result);
        summarizer.add(record, result.as_ref());
        site.repository(record, result.as_ref()).expect("written");
    }
    site.finish(&summarizer.finish(Vec::new())).expect("finished");
    let mut pages = BTreeMap::new();
    for folder in ["", "repository", "rule"] {
        for entry in fs::read_dir(dir.join(folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_file() {
                pages.insert(name, fs::read_to_string(entry.path()).expect("text"));
            }
        }
    }
    pages
}

fn three() -> [Record; 3] {
    [
        record(0, "group/b", Status::Findings),
        record(1, HOSTILE, Status::Findings),
        record(2, "group/a", Status::Timeout),
    ]
}

#[test]
fn every_page_is_there_in_both_languages_and_links_to_its_counterpart() {
    let rules = crate::rule::shipped().expect("rules").len();
    let pages = written(&three(), Lang::De);
    assert_eq!(pages.len(), 2 + 2 * 3 + 2 * rules);
    for (page, lang, other) in [
        ("/index.html", "de", "index.en.html"),
        ("/index.en.html", "en", "index.html"),
        ("repository/r0.de.html", "de", "r0.en.html"),
        ("rule/licence-missing.en.html", "en", "licence-missing.de.html"),
    ] {
        let html = pages.get(page).unwrap_or_else(|| panic!("{page} is missing"));
        assert!(html.contains(&format!("<html lang=\"{lang}\">")), "{page}");
        assert!(html.contains(&format!("href=\"{other}\"")), "{page}");
        assert!(html.contains(place::MARK), "{page}");
    }
}

#[test]
fn nothing_foreign_becomes_markup() {
    for (name, html) in written(&three(), Lang::En) {
        let ours = html.replace(look::SCRIPT, "");
        for active in ["<script>alert", "<img", "onerror=alert(1)>", "\u{202e}"] {
            assert!(!ours.contains(active), "{name} holds {active}");
        }
        let scripts = html.matches("<script>").count();
        assert_eq!(scripts, usize::from(name.starts_with('/')), "{name}");
    }
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = write(folder.path(), &three(), Lang::De);
    assert!(first == write(folder.path(), &three(), Lang::De), "written again");
    assert!(first == written(&three(), Lang::De), "written elsewhere");
}

#[test]
fn what_is_no_longer_listed_or_another_language_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), &three(), Lang::De);
    let [_, _, last] = three();
    let pages = write(folder.path(), &[last], Lang::En);
    assert!(!pages.contains_key("repository/r0.de.html") && !pages.contains_key("/index.en.html"));
    assert!(pages.contains_key("repository/r2.de.html") && pages.contains_key("/index.de.html"));
}

#[test]
fn a_page_says_what_is_left_out_and_where_it_is() {
    let pages = written(&three(), Lang::En);
    let page = pages.get("repository/r0.en.html").expect("a page");
    assert!(page.contains("<a href=\"../results/r0.sarif\">and 10 more; all of them are in r0.sarif</a>"), "{page}");
    assert!(page.contains("href=\"https://code.example/group/r0\""));
    let unseen = pages.get("repository/r2.de.html").expect("a page");
    assert!(unseen.contains("ließ sich nicht ansehen") && !unseen.contains("r2.sarif"), "{unseen}");
}

#[test]
fn nobody_is_missing_from_the_index() {
    let pages = written(&three(), Lang::En);
    let index = pages.get("/index.html").expect("the index");
    for key in ["r0", "r1", "r2"] {
        assert!(index.contains(&format!("<tr><th scope=\"row\"><a href=\"repository/{key}.en.html\">")), "{key}");
    }
    let empty = written(&[], Lang::De);
    assert!(empty.get("/index.html").is_some_and(|html| html.contains("In der Liste steht kein Repository.")));
}

#[test]
fn a_long_table_has_several_pages_and_no_row_is_lost() {
    let mut summarizer = Summarizer::default();
    let many = table::ROWS * 2 + 1;
    for at in 0..many {
        summarizer.add(&record(at, &format!("group/r{at:05}"), Status::Timeout), None);
    }
    let summary = summarizer.finish(Vec::new());
    let rules = crate::rule::shipped().expect("rules");
    let about = About { run: example(), lang: Lang::En, rules: Rules::new(&rules) };
    let mut tables = table::Tables::of(&about, &summary, Lang::De);
    let first = tables.take_first().expect("a first page");
    let rest: Vec<(String, String)> = tables.render(&about).collect();
    let names: Vec<&str> = rest.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["repositories-2.de.html", "repositories-3.de.html"]);
    let rows: usize = rest.iter().map(|(_, html)| html.matches("<tr><th scope=\"row\">").count()).sum();
    assert_eq!(first.lines.len() + rows, many);
    assert!(rest.iter().all(|(_, html)| html.contains("index.de.html#all") && html.contains("hreflang=\"en\"")));
}
