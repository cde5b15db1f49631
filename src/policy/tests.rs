//! Is every mistake explained, does the right value win, and can a hostile policy do any harm?

use super::*;
use crate::phrase::{Lang, Message, Piece};
use crate::repository::{Repository, testing};
use crate::rule::testing::snapshots;
use crate::rule::{Mistake, Wrong};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn fixtures(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/policies").join(folder)
}

fn rules() -> Vec<Rule> {
    crate::rule::shipped().expect("pages that hold")
}

/// The policies of a folder by name: single files, and folders that stand for repositories.
fn policies(folder: &str) -> BTreeMap<String, Result<Found, Vec<Mistake>>> {
    let rules = rules();
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(fixtures(folder)).expect("the fixtures") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let policy = match path.is_dir() {
            true => from_repository(&open(&path), None, &rules),
            false => from_file(&path, None, &rules),
        };
        found.insert(name, policy);
    }
    found
}

fn open(path: &Path) -> Repository {
    Repository::open(path, testing::options()).expect("a folder")
}

/// The policy of a repository with these files.
fn of(files: &[(&str, &str)]) -> Result<Policy, Vec<Mistake>> {
    let folder = testing::folder(files);
    from_repository(&open(folder.path()), None, &rules()).map(|found| found.policy)
}

fn told(mistakes: &[Mistake], lang: Lang) -> String {
    let root = format!("{}/", env!("CARGO_MANIFEST_DIR"));
    let told: Vec<String> = mistakes.iter().map(|mistake| mistake.render(lang, false).replace(&root, "")).collect();
    told.join("\n\n")
}

fn plain(message: &Message) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Own(text) => text.clone(),
        Piece::Foreign(text) => text.lossy().into_owned(),
    };
    message.0.iter().map(piece).collect()
}

/// What is in force for a rule, in a line: severity, level, settings, each with whoever says so.
fn in_force(policy: &Policy, id: &str, here: &Circumstances) -> String {
    let rules = rules();
    let ruling = policy.ruling(rules.iter().find(|rule| rule.id == id).expect("a rule"), here);
    let by = |origin: &Origin| match plain(&origin.message(Lang::En)) {
        by if by.is_empty() => String::new(),
        by => format!(" ({by})"),
    };
    let asked = match (ruling.asked.value, &ruling.switched_off) {
        (true, None) => "on",
        (true, Some(_)) => "switched off",
        (false, _) => "off",
    };
    let mut told = format!("{asked}{}", by(&ruling.asked.by));
    told += &format!(", {}{}", ruling.severity.value.name(), by(&ruling.severity.by));
    told += &format!(", {}{}", ruling.level.value.name(), by(&ruling.level.by));
    for (name, said) in &ruling.settings {
        told += &match &said.value {
            Setting::Number(number) => format!(", {name} = {number}{}", by(&said.by)),
            Setting::List(list) => format!(", {name} = {list:?}{}", by(&said.by)),
        };
    }
    told
}

fn wanted(case: &str) -> Wrong {
    let fits =
        |wrong: &&Wrong| case.strip_prefix(wrong.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let all = Wrong::OF_POLICIES.iter().chain(Wrong::OF_PAGES);
    let found = all.filter(fits).max_by_key(|wrong| wrong.name().len());
    *found.unwrap_or_else(|| panic!("fixtures/policies/bad/{case}: no mistake is called so"))
}

#[test]
fn every_bad_policy_is_refused_with_a_sentence() {
    let settings = snapshots("policies");
    let mut wrong = String::new();
    let mut shown = BTreeSet::from([Wrong::TooMany]);
    for (case, policy) in policies("bad") {
        let mistakes = policy.err().unwrap_or_default();
        let kinds: BTreeSet<Wrong> = mistakes.iter().map(|mistake| mistake.wrong).collect();
        shown.extend(&kinds);
        let fits = if case == "several" { kinds.len() > 3 } else { kinds.contains(&wanted(&case)) };
        if !fits {
            wrong += &format!("{case}: {kinds:?}\n");
        }
        let told = [Lang::En, Lang::De].map(|lang| told(&mistakes, lang)).join("\n\n");
        settings.bind(|| insta::assert_snapshot!(case, told));
    }
    assert!(wrong.is_empty(), "these policies show other mistakes than their names say:\n{wrong}");
    let missing: Vec<&Wrong> = Wrong::OF_POLICIES.iter().filter(|wrong| !shown.contains(wrong)).collect();
    assert!(missing.is_empty(), "no file in fixtures/policies/bad shows {missing:?}");
}

#[test]
fn good_policies_are_read() {
    for (name, policy) in policies("good") {
        assert!(
            policy.is_ok(),
            "{name}\n{}",
            policy.err().map(|mistakes| told(&mistakes, Lang::En)).unwrap_or_default()
        );
    }
}

#[test]
fn the_design_is_followed() {
    let found = from_file(&fixtures("good/design.toml"), None, &rules()).expect("a policy");
    let mut policy = found.policy;
    let file = found.path.expect("a file").lossy().into_owned();
    let here = Circumstances::default();
    let told = |policy: &Policy, id: &str, here: &Circumstances| in_force(policy, id, here).replace(&file, "F");
    for (id, wanted) in [
        ("maintenance/inactive", "on (profile opencode), note (F:16), sustained, months = 24 (F:16)"),
        (
            "maintenance/unreleased-work",
            "on (profile opencode), note, sustained, commits = 0 (profile opencode), months = 6 (profile opencode)",
        ),
        ("docs/publiccode", "off (F:17), warning, reusable"),
        ("docs/api", "on (F:18), warning, reusable"),
        ("docs/env", "off (profile opencode), warning, reusable"),
        ("docs/language", "off (profile opencode), note, sustained, languages = [\"de\"] (F:3)"),
        (
            "licence/not-approved",
            "on (profile opencode), error, publishable, approved = [\"EUPL-1.2\", \"Apache-2.0\", \"MIT\"] (F:9)",
        ),
        ("data/insecure-source", "off (profile opencode), warning, sustained (F:19)"),
    ] {
        assert_eq!(told(&policy, id, &here), wanted, "{id}");
    }
    assert!(told(&policy, "publication/internal-host", &here).contains("\"home.arpa\", \"stadt.local\"] (F:12)"));
    let private = told(&policy, "publication/private-dependency", &here);
    assert!(private.contains("\"stadt.local\", \"npm.stadt.example\"] (F:13)"), "{private}");
    let ended = Circumstances { kind: Some("data".to_owned()), life_cycle: Some("obsolete".to_owned()) };
    assert!(told(&policy, "maintenance/unreleased-work", &ended).starts_with("switched off"));
    let half = Circumstances { kind: Some("data".to_owned()), life_cycle: None };
    assert!(told(&policy, "maintenance/unreleased-work", &half).starts_with("on"));
    assert_eq!(policy.norm().map(|norm| norm.id.as_str()), Some("opencode"));
    assert_eq!(policy.name, "opencode");
    assert_eq!(policy.fail_on().map(|said| said.value), Some(Some(Severity::Warning)));
    assert!(!policy.inline_waivers && !policy.is_narrow());
    for (path, out) in [("fixtures/a/b.md", true), ("data/old/x.csv", true), ("data/older.csv", false)] {
        assert_eq!(policy.excludes(&path.into()), out, "{path}");
    }
    let [first, second] = policy.waivers.as_slice() else { panic!("{:?}", policy.waivers) };
    assert_eq!((first.rule.as_str(), first.until), ("data/undocumented-file", Some(jiff::civil::date(2027, 6, 30))));
    assert!(
        first.path.as_ref().is_some_and(|path| path.is_match("data/legacy/a/b.csv") && !path.is_match("data/a.csv"))
    );
    assert_eq!((first.place.path.as_ref(), first.place.span.map(|span| span.line)), (None, Some(28)));
    assert_eq!(second.called.as_deref(), Some("https://example.org/gone"));

    policy
        .settings
        .entry("maintenance/inactive".to_owned())
        .or_default()
        .insert("months".to_owned(), Setting::Number(3));
    policy.ignore = vec!["docs".to_owned()];
    policy.select = vec!["maintenance".to_owned(), "docs/publiccode".to_owned(), "norm:dpg".to_owned()];
    for (id, wanted) in [
        ("maintenance/inactive", "on (profile opencode), note (F:16), sustained, months = 3 (--set)"),
        ("maintenance/no-ci", "off (profile opencode), warning, reusable"),
        ("docs/publiccode", "off (--ignore), warning, reusable"),
        ("governance/roadmap", "off (--select), note, sustained"),
    ] {
        assert_eq!(told(&policy, id, &here), wanted, "{id}");
    }
    policy.ignore.clear();
    assert!(told(&policy, "docs/publiccode", &here).starts_with("on (--select)"));
    policy.level = Some(Level::Publishable);
    assert!(told(&policy, "docs/publiccode", &here).starts_with("off (--level)"));
}

#[test]
fn later_wins_over_earlier() {
    let policy = |text: &str, base: &str| of(&[("civiclint.toml", text), ("base.toml", base)]).expect("a policy");
    let here = Circumstances::default();
    let state = |state: &str| Circumstances { life_cycle: Some(state.to_owned()), ..Circumstances::default() };
    let (obsolete, concept) = (state("obsolete"), state("concept"));
    let base = "[rules]\n\"maintenance/inactive\" = { months = 24 }\n\"docs/api\" = \"off\"\n";
    for (text, base, id, circumstances, wanted) in [
        // a file without `extends` builds on the default
        ("", "", "docs/operation", &concept, "switched off, note, reusable"),
        ("", "", "maintenance/no-ci", &obsolete, "on, note (profile civic), reusable"),
        ("extends = []", "", "docs/operation", &concept, "on, note, reusable"),
        (
            "[rules]\n\"docs/operation\" = \"on\"",
            "",
            "docs/operation",
            &concept,
            "on (civiclint.toml:2), note, reusable",
        ),
        // a severity alone does not bring back what is switched off for what has only begun
        (
            "[rules]\n\"docs/operation\" = { severity = \"warning\" }",
            "",
            "docs/operation",
            &concept,
            "switched off, warning (civiclint.toml:2), reusable",
        ),
        (
            "extends = [\"base.toml\"]",
            base,
            "maintenance/inactive",
            &here,
            "on, warning, sustained, months = 24 (base.toml:2)",
        ),
        (
            "extends = [\"base.toml\", \"opencode\"]",
            base,
            "maintenance/inactive",
            &here,
            "on, warning, sustained, months = 6 (profile opencode)",
        ),
        (
            "extends = [\"opencode\", \"base.toml\"]\n[rules]\n\"maintenance/inactive\" = { months = 9 }",
            base,
            "maintenance/inactive",
            &here,
            "on, warning, sustained, months = 9 (civiclint.toml:3)",
        ),
        (
            "extends = [\"base.toml\"]\n[rules]\n\"docs/api\" = { severity = \"note\" }",
            base,
            "docs/api",
            &here,
            "on (civiclint.toml:3), note (civiclint.toml:3), reusable",
        ),
        // what is said of a rule weighs more than what is said of its chapter
        (
            "[rules]\n\"docs/api\" = \"on\"\n\"docs/*\" = \"off\"",
            "",
            "docs/api",
            &here,
            "on (civiclint.toml:2), warning, reusable",
        ),
        (
            "[rules]\n\"docs/api\" = \"on\"\n\"docs/*\" = \"off\"",
            "",
            "docs/env",
            &here,
            "off (civiclint.toml:3), warning, reusable",
        ),
        // two profiles ask what either asks; `only` asks less
        (
            "extends = [\"reuse\", \"minimal\"]",
            "",
            "licence/unused-text",
            &here,
            "on (profile reuse), warning, sustained",
        ),
        (
            "extends = [\"reuse\", \"minimal\"]",
            "",
            "docs/readme-missing",
            &here,
            "on (profile minimal), error, publishable",
        ),
        ("extends = [\"reuse\", \"minimal\"]", "", "docs/api", &here, "off (profile minimal), warning, reusable"),
        (
            "extends = [\"minimal\"]\nonly = [\"licence\"]",
            "",
            "docs/readme-missing",
            &here,
            "off (civiclint.toml:2), error, publishable",
        ),
    ] {
        assert_eq!(in_force(&policy(text, base), id, circumstances), wanted, "{text}");
    }
}

#[test]
fn switches_ask_only_what_they_need() {
    let rules = rules();
    let needs = |name: &'static str, select: &[&str]| {
        let mut policy = from_profile(name, &rules).expect("a profile").policy;
        policy.select = select.iter().map(|name| (*name).to_owned()).collect();
        policy.needs(&policy.candidates(&rules))
    };
    assert_eq!(needs("civic", &[]), ["life-cycle"]);
    assert!(needs("civic", &["licence"]).is_empty());
    assert!(needs("reuse", &[]).is_empty() && needs("osps", &[]).is_empty());
}

#[test]
fn profiles_that_ship() {
    let rules = rules();
    let asked = |name| {
        let policy = from_profile(name, &rules).expect("a profile").policy;
        let on = |rule: &&Rule| policy.ruling(rule, &Circumstances::default()).asked.value;
        (rules.iter().filter(on).map(|rule| rule.id.clone()).collect::<Vec<_>>(), policy)
    };
    assert!(profile_names().skip(1).is_sorted(), "the default, then by name");
    assert_eq!(profile_names().next(), Some(DEFAULT_PROFILE));
    for name in profile_names() {
        let (ids, policy) = asked(name);
        assert!(!ids.is_empty() && policy.waivers.is_empty() && policy.name == name, "{name}");
        assert_eq!(policy.is_narrow(), name == "reuse", "{name}");
        let norm = match name {
            "civic" | "minimal" => None,
            "standard-for-public-code" => Some("s4pc"),
            name => Some(name),
        };
        assert_eq!(policy.norm().map(|norm| norm.id.as_str()), norm, "{name}");
        // The version is that of the table, or the profile would have been refused.
        if let Some(norm) = norm.filter(|norm| *norm != "reuse") {
            let answer = |rule: &&Rule| rule.norms.iter().any(|id| id.starts_with(&format!("{norm}/")));
            let wanted: Vec<String> = rules.iter().filter(answer).map(|rule| rule.id.clone()).collect();
            assert_eq!(ids, wanted, "{name}");
        }
    }
    assert_eq!(asked("civic").0.len(), rules.len());
    assert_eq!(asked("reuse").0.len(), 5);
    assert!(
        asked("minimal")
            .0
            .iter()
            .all(|id| { rules.iter().any(|rule| rule.id == *id && rule.level == Level::Publishable) })
    );
}

#[test]
fn hostile_policies_end_in_a_sentence() {
    let deep = |text: &str| text.repeat(20_000);
    let many = format!("[rules]\n{}", (0..9_000).map(|n| format!("\"a/b{n}\" = \"off\"\n")).collect::<String>());
    let keys: String = (0..9_000).map(|n| format!("key-{n} = 1\n")).collect();
    let globs = format!("exclude = [{}]", "\"{a,b}*/**/*{c,d}\", ".repeat(5_000));
    for text in [
        format!("extends = {}", deep("[")),
        format!("languages = {}", deep("{a=")),
        format!("[{}]", deep("a.")),
        format!("[rules.{}]", deep("a.")),
        format!("{} = 1", deep("k")),
        "fail-on = \"error\"\n\u{1b}]0;x\u{7} = 1\n".to_owned(),
        "\"\u{202e}no-liaf\" = 1\n".to_owned(),
        "fail-on = \"::error::x\"\n".to_owned(),
        "\u{0}".to_owned(),
        "#".repeat(300 << 10),
        many,
        keys,
        globs,
        format!("exclude = [\"{}\"]", deep("{a,")),
    ] {
        let mistakes = of(&[("civiclint.toml", &text)]).err().unwrap_or_default();
        assert!((1..=51).contains(&mistakes.len()), "{} mistakes: {:.60}", mistakes.len(), text);
        for lang in [Lang::En, Lang::De] {
            let told = told(&mistakes, lang);
            assert!(told.len() > 20 && told.len() < 100_000, "{} bytes: {:.60}", told.len(), text);
            let steers = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!told.chars().any(steers), "{told:.300}");
        }
    }
}

#[test]
fn another_policy_of_the_repository_is_noticed() {
    let rules = rules();
    let folder = |files: &[(&str, &str)]| testing::folder(files);
    let base = folder(&[("civiclint.toml", "extends = [\"a.toml\"]\n"), ("a.toml", "fail-on = \"error\"\n")]);
    let used = from_repository(&open(base.path()), None, &rules).expect("a policy");
    for (files, differs) in [
        (&[("civiclint.toml", "extends = [\"a.toml\"]\n"), ("a.toml", "fail-on = \"error\"\n")][..], false),
        (&[("civiclint.toml", "extends = [\"a.toml\"]\n"), ("a.toml", "fail-on = \"never\"\n")], true),
        (&[("civiclint.toml", "extends = []\n"), ("a.toml", "fail-on = \"error\"\n")], true),
        (&[(".civiclint.toml", "extends = [\"a.toml\"]\n"), ("a.toml", "fail-on = \"error\"\n")], true),
        (&[("a.toml", "fail-on = \"error\"\n")], true),
    ] {
        assert_eq!(own_differs(&open(folder(files).path()), &used), differs, "{files:?}");
    }
    let none = from_profile(DEFAULT_PROFILE, &rules).expect("a profile");
    for (files, differs) in [(&[("a.md", "")][..], false), (&[("civiclint.toml", "")], true)] {
        assert_eq!(own_differs(&open(folder(files).path()), &none), differs, "{files:?}");
    }
}
