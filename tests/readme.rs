//! Do the READMEs show what civiclint really prints and checks today?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use civiclint::explain;
use civiclint::phrase::Lang;
use std::fs;
use std::process::Command;

/// What stands between the two markers of this name.
fn between<'p>(page: &'p str, name: &str) -> &'p str {
    let start = format!("<!-- {name} -->\n");
    let end = format!("<!-- /{name} -->");
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no marker {name}"));
    rest.split_once(&end).unwrap_or_else(|| panic!("no end of {name}")).0
}

/// What civiclint says of the invented repository `stadtgruen`.
fn sample(lang: Lang) -> String {
    let built = common::build(&common::root().join("fixtures/repositories/stadtgruen"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_civiclint"));
    command.env_clear().arg("check").arg(".").current_dir(built.path());
    let ran = command.args(["--as-of", common::SCAN_DAY, "--lang", lang.tag()]).output().expect("the binary runs");
    let told = String::from_utf8(ran.stdout).expect("UTF-8");
    let told = shortened(&told, lang);
    // The commit's id hangs on the temporary repository's bytes, which are the same every time.
    format!("```text\n$ civiclint\n{}\n```\n", told.trim_end())
}

/// So many lines show what a list is like.
const LINES: usize = 6;

/// The report with most of what was not judged left out.
fn shortened(told: &str, lang: Lang) -> String {
    let heading = lang.pick("Not judged, and why\n", "Nicht beurteilt, und warum\n");
    let (before, list) = told.split_once(heading).expect("something is never judged");
    let (list, after) = list.split_once("\n\n").expect("the list ends");
    let shown: Vec<&str> = list.lines().take(LINES).collect();
    format!("{before}{heading}{}\n  …\n\n{after}", shown.join("\n"))
}

#[test]
fn the_readmes_are_up_to_date() {
    let rules = civiclint::rule::shipped().expect("the shipped rules");
    for (file, lang) in [("README.md", Lang::En), ("README.de.md", Lang::De)] {
        let path = common::root().join(file);
        let page = fs::read_to_string(&path).expect("a README");
        let mut wanted = page.clone();
        for (name, content) in [("sample", sample(lang)), ("rules", explain::check_table(&rules, lang))] {
            let old = format!("<!-- {name} -->\n{}<!-- /{name} -->", between(&wanted, name));
            wanted = wanted.replace(&old, &format!("<!-- {name} -->\n{}\n<!-- /{name} -->", content.trim_end()));
        }
        if std::env::var_os("UPDATE_INDEX").is_some() {
            fs::write(&path, &wanted).expect("a README");
        }
        let now = fs::read_to_string(&path).expect("a README");
        assert!(now == wanted, "{file} is out of date: run UPDATE_INDEX=1 cargo test --test readme");
    }
}
