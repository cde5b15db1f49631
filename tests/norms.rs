//! What does a report say of a norm, in every format, and do the pages on norms say what the tables say?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use civiclint::judge::judge;
use civiclint::output::text::Style;
use civiclint::output::{html, json, markdown, text};
use civiclint::phrase::Lang;
use civiclint::reading::Readings;
use civiclint::report::norm::{Answering, NormReport};
use civiclint::report::{Report, Verdict};
use civiclint::rule::{self, Norm, Norms, Requirement, ToldBy};
use civiclint::untrusted::Untrusted;
use std::fmt::Write as _;
use std::fs;

const SCHEMA: &str = include_str!("../schemas/report-1.schema.json");

/// The invented repository `stadtgruen`, held against all rules.
fn report() -> Report {
    let built = common::build(&common::root().join("fixtures/repositories/stadtgruen"));
    let repo = built.open();
    judge(&Readings::new(&repo), rule::shipped().expect("the shipped rules"), Untrusted::from("."), "civic")
}

fn add(report: &mut Report, norm: &'static Norm) {
    let answering = Answering::of(&rule::shipped().expect("the shipped rules"));
    report.norm = Some(NormReport::new(norm, &answering, &report.outcomes, report.repository.kind.as_deref()));
}

fn section<'t>(told: &'t str, from: &str) -> &'t str {
    told.find(from).and_then(|start| told.get(start..)).unwrap_or_else(|| panic!("no {from} in {told}"))
}

#[test]
fn every_norm_is_told_in_every_format() {
    let schema = serde_json::from_str(SCHEMA).expect("a schema");
    let schema = jsonschema::draft202012::new(&schema).expect("a valid schema");
    let mut report = report();
    let without = json::render(&report, Lang::En);
    assert!(!without.contains("\"norm\""), "nothing is said where no norm is named");
    for norm in Norms::shipped().all() {
        add(&mut report, norm);
        for lang in [Lang::En, Lang::De] {
            let told = json::render(&report, lang);
            let document: serde_json::Value = serde_json::from_str(&told).expect("JSON");
            let errors: Vec<String> =
                schema.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{}: {}", norm.id, errors.join("\n"));
            let rows = document["norm"]["requirements"].as_array().expect("requirements");
            assert_eq!(rows.len(), norm.requirements.len());
            let counts = document["norm"]["counts"].as_object().expect("counts");
            let sum: u64 = counts.values().filter_map(serde_json::Value::as_u64).sum();
            assert_eq!(usize::try_from(sum), Ok(rows.len()), "{}", norm.id);
            let page = markdown::render(&report, lang);
            let line = text::render(&report, &Style { lang, ..Style::default() });
            let web = html::render(&report, lang);
            let rows = web.matches("<tr><th scope=\"row\"><code translate=\"no\">").count();
            assert!(rows >= norm.requirements.len(), "{}: {rows} rows", norm.id);
            assert!(web.contains("<a href=\"#norm\">") && web.contains(NormReport::is_not(lang)), "{}", norm.id);
            for told in [&page, &line] {
                let told = section(told, norm.name(lang)).to_lowercase();
                assert!(!["complian", "complies", "konform"].iter().any(|word| told.contains(word)), "{told}");
            }
        }
    }
}

#[test]
fn a_person_reads() {
    let mut report = report();
    let mut told = String::new();
    for id in ["osps", "opencode"] {
        let norm = Norms::shipped().norm(id).expect("a norm");
        add(&mut report, norm);
        for lang in [Lang::En, Lang::De] {
            let page = markdown::render(&report, lang);
            let line = text::render(&report, &Style { lang, ..Style::default() });
            writeln!(
                told,
                "{}\n{}",
                section(&page, &format!("### {}", norm.name(lang))),
                section(&line, norm.name(lang))
            )
            .expect("a string");
        }
    }
    insta::assert_snapshot!("norms", told);
}

#[test]
fn a_comment_has_room_for_the_sums_in_any_case() {
    let mut report = report();
    for outcome in &mut report.outcomes {
        if let Verdict::Findings(findings) = &mut outcome.verdict
            && let Some(first) = findings.first().cloned()
        {
            for finding in &mut *findings {
                finding.called = "x".repeat(5_000).as_str().into();
            }
            findings.resize(100, first);
        }
    }
    for outcome in &mut report.outcomes {
        outcome.rule.en.why = "word ".repeat(2_000);
    }
    add(&mut report, Norms::shipped().norm("s4pc").expect("a norm"));
    for lang in [Lang::En, Lang::De] {
        let page = markdown::render(&report, lang);
        assert!(page.len() < 65_536, "{}", page.len());
        let sums = report.norm.as_ref().expect("a norm").sums_in_words(lang);
        assert!(page.contains(&sums));
    }
}

/// The table of `docs/norms.md`: for each norm its version, how many requirements of each class it has, how many of
/// them a rule answers, and how many a rule can settle.
fn table(lang: Lang) -> String {
    let rules = rule::shipped().expect("the shipped rules");
    let answered = |norm: &Norm, one: &Requirement| rules.iter().any(|rule| rule.norms.contains(&norm.id_of(one)));
    let settled = |one: &Requirement| !one.not_met_by.is_empty() || one.covered.is_some();
    let head = lang.pick(
        "| norm | version | requirements | files | history | a hint | the forge | a person | outside | with a rule | can be settled |",
        "| Norm | Version | Anforderungen | Dateien | Historie | Hinweis | Plattform | Mensch | außerhalb | mit Regel | klärbar |",
    );
    let mut table = format!("{head}\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for norm in Norms::shipped().all() {
        let name = norm.name(lang);
        let name = norm.url.as_ref().map_or_else(|| name.to_owned(), |url| format!("[{name}]({url})"));
        let mut cells = vec![format!("{name} (`{}`)", norm.id), norm.version(lang).to_owned()];
        cells.push(norm.requirements.len().to_string());
        for class in ToldBy::ALL {
            cells.push(norm.requirements.iter().filter(|one| one.told_by == class).count().to_string());
        }
        cells.push(norm.requirements.iter().filter(|one| answered(norm, one)).count().to_string());
        cells.push(norm.requirements.iter().filter(|one| settled(one)).count().to_string());
        writeln!(table, "| {} |", cells.join(" | ")).expect("a string");
    }
    table
}

#[test]
fn the_pages_are_up_to_date() {
    for (file, lang) in [("docs/norms.md", Lang::En), ("docs/norms.de.md", Lang::De)] {
        let path = common::root().join(file);
        let page = fs::read_to_string(&path).expect("a page");
        let (before, rest) = page.split_once("<!-- norms -->\n").expect("a marker");
        let (_, after) = rest.split_once("<!-- /norms -->").expect("the end of the marker");
        let wanted = format!("{before}<!-- norms -->\n{}<!-- /norms -->{after}", table(lang));
        if std::env::var_os("UPDATE_INDEX").is_some() {
            fs::write(&path, &wanted).expect("a page");
        }
        let now = fs::read_to_string(&path).expect("a page");
        assert!(now == wanted, "{file} is out of date: run UPDATE_INDEX=1 cargo test --test norms");
    }
}
