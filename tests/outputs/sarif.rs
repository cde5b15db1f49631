//! What GitHub reads. `.ci/sarif.sh` holds the files that are written here against GitHub's rules.

use crate::sample;
use civiclint::output::sarif::render;
use civiclint::phrase::Lang;
use civiclint::report::{Report, Verdict};
use civiclint::rule::{Level, Severity};
use civiclint::signal::Place;
use serde_json::Value;
use std::path::Path;

fn sarif(report: &Report, lang: Lang) -> Value {
    serde_json::from_str(&render(report, lang, None)).expect("JSON")
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().expect("results")
}

/// The rules of `hostile.py` for addresses: relative, encoded, below the root.
fn assert_address(uri: &str) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
    assert!(uri.chars().all(allowed), "{uri}");
    assert!(!uri.starts_with('/') && !uri.split('/').any(|part| matches!(part, "" | "." | "..")), "{uri}");
}

fn strings<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(list) => list.iter().for_each(|value| strings(value, found)),
        Value::Object(map) => {
            for (key, value) in map {
                found.push(key);
                strings(value, found);
            }
        }
        _ => {}
    }
}

#[test]
fn files_for_the_validator() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sarif");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, report) in [
        ("empty", sample::empty()),
        ("good", sample::good()),
        ("all-chapters", sample::all_chapters()),
        ("partial", sample::partial()),
        ("hostile", sample::hostile()),
    ] {
        for lang in [Lang::En, Lang::De] {
            let file = folder.join(format!("{name}.{}.sarif", lang.tag()));
            std::fs::write(file, render(&report, lang, Some("civiclint"))).expect("written");
        }
    }
}

#[test]
fn all_kinds_of_places() {
    let log = sarif(&sample::all_chapters(), Lang::En);
    let text = render(&sample::all_chapters(), Lang::En, None);
    insta::assert_snapshot!("sarif.all-chapters", sample::timeless(&text));
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"].as_array().expect("rules").len(), 15, "all active rules");
    assert_eq!(results(&log).len(), 23, "findings only");
    for result in results(&log) {
        let place = &result["locations"][0]["physicalLocation"];
        assert_address(place["artifactLocation"]["uri"].as_str().expect("an address"));
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert!(["startLine", "startColumn", "endLine", "endColumn"].iter().all(|key| place["region"][key].is_u64()));
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string());
        let rule = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    }
}

#[test]
fn what_was_not_judged_is_said_and_no_result() {
    let log = sarif(&sample::partial(), Lang::De);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = invocation["toolExecutionNotifications"].as_array().expect("notifications");
    assert_eq!(told.len(), 5);
    assert_eq!(told[1]["message"]["text"], "data/all.csv: ist größer als 8 MiB");
    assert_eq!(told[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "data/all.csv");
    assert!(told[3].get("locations").is_none(), "what leads out of the repository is no address");
    assert_eq!(told[4]["associatedRule"]["id"], "maintenance/inactive");
    assert!(results(&log).is_empty());
    assert_eq!(sarif(&sample::good(), Lang::En)["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn a_category_is_given_only_when_asked_for() {
    let id = |category| {
        let log: Value = serde_json::from_str(&render(&sample::good(), Lang::En, category)).expect("JSON");
        log["runs"][0]["automationDetails"]["id"].clone()
    };
    assert_eq!(id(None), Value::Null);
    assert_eq!(id(Some("web")), "web/");
    assert_eq!(id(Some("web/")), "web/");
}

#[test]
fn without_any_file_there_is_still_an_address() {
    let rule = sample::plain_rule("licence/missing", Level::Publishable, Severity::Error);
    let finding = sample::finding(Place::default(), "");
    let mut report = sample::report(vec![sample::outcome(rule, Verdict::Findings(vec![finding]))], Vec::new());
    report.repository.anchor = None;
    let log = sarif(&report, Lang::En);
    let location = &results(&log)[0]["locations"][0];
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "README.md");
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "repository");
}

#[test]
fn a_message_about_a_folder_names_it() {
    let rule = sample::plain_rule("publication/committed-output", Level::Publishable, Severity::Warning);
    let mut finding = sample::finding(Place::file(&"web/dist".into()), "output of a build");
    finding.stands_for = Some("web/dist/a.js".into());
    let report = sample::report(vec![sample::outcome(rule, Verdict::Findings(vec![finding]))], Vec::new());
    let log = sarif(&report, Lang::En);
    let result = &results(&log)[0];
    assert_eq!(result["message"]["text"], "web/dist: output of a build is off.");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "web/dist/a.js");
    assert_eq!(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "web/dist");
}

#[test]
fn many_findings_are_counted_instead_of_listed() {
    let many = |id: &str, severity, number: usize| {
        let findings = (0..number).map(|number| sample::in_file(&format!("data/{number:05}.csv"))).collect();
        sample::outcome(sample::plain_rule(id, Level::Publishable, severity), Verdict::Findings(findings))
    };
    let report = sample::report(
        vec![
            many("a/one", Severity::Error, 20_000),
            many("a/two", Severity::Warning, 20_000),
            many("a/three", Severity::Warning, 30),
        ],
        Vec::new(),
    );
    let text = render(&report, Lang::En, None);
    let log: Value = serde_json::from_str(&text).expect("JSON");
    let of = |id: &str| results(&log).iter().filter(|result| result["ruleId"] == id).count();
    assert_eq!([of("a/one"), of("a/two"), of("a/three")], [1_001, 1_001, 30]);
    let last = &results(&log)[1_000];
    let said = "19000 more findings of this rule are not listed here; the JSON report holds them all (the limit `findings` \
                is 5000; `--limit findings=…` raises it).";
    assert_eq!(last["message"]["text"], said);
    assert!(text.len() < 10_000_000);
}

#[test]
fn nothing_hostile_gets_through() {
    let text = render(&sample::hostile(), Lang::En, None);
    assert!(!text.contains("##["));
    assert!(text.lines().all(|line| !line.trim_start().starts_with("::")));
    let log: Value = serde_json::from_str(&text).expect("JSON");
    let mut found = Vec::new();
    strings(&log, &mut found);
    for text in found {
        let steers = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2028}\u{200b}".contains(c);
        assert!(!text.contains(steers), "{text:?}");
        assert!(!text.trim_start().starts_with("::"), "{text:?}");
    }
    for result in results(&log) {
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_address(uri.as_str().expect("an address"));
        assert!(!result["message"]["text"].as_str().expect("text").contains("]("), "no links: {result}");
    }
    let files: Vec<&str> = results(&log)
        .iter()
        .filter_map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str())
        .collect();
    for whole in ["caf%E9.yml", "100%25%20%23%3F.yml", "C%3A%5Cx.yml", "%3A%3Aset-output%20name%3Da%3A%3Apwned.yml"] {
        assert!(files.contains(&whole), "{whole} in {files:?}");
    }
}
