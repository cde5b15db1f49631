//! Does a token or password that was found get into any output?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use std::fs;
use std::process::Command;

const PASSWORD: &str = "Kiesweg-7-Apfelbaum";

#[test]
fn no_output_shows_what_was_found() {
    let token = common::made_up_token();
    let fixture = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(fixture.path().join(name), text).expect("a file");
    write("README.md", format!("# Trees\n\nClone them with {token} in place of a password.\n"));
    write("fetch.py", format!("TOKEN = \"{token}\"; URL = \"https://web:{PASSWORD}@trees.stadt-musterhausen.de/a\"\n"));
    write("app.json", format!("{{\"db\": \"Server=db.stadt-musterhausen.de;Uid=web;Password={PASSWORD};\"}}\n"));
    write(".env", format!("MAIL_TOKEN={token}\nURL=https://web:{PASSWORD}@trees.stadt-musterhausen.de/a\n"));
    write(".npmrc", format!("//packages.stadt-musterhausen.de/:_authToken={token}\n"));
    let built = common::build(fixture.path());
    let formats = ["text", "json", "sarif", "markdown", "github", "gitlab", "junit", "rdjson", "badge", "shields"];
    let mut each: Vec<Vec<&str>> = formats.map(|format| vec!["check", "--format", format]).to_vec();
    each.push(vec!["check", "--lang", "de", "--verbose"]);
    each.push(vec!["facts"]);
    for arguments in &each {
        let output =
            Command::new(env!("CARGO_BIN_EXE_civiclint")).args(arguments).arg(built.path()).output().expect("it runs");
        let told = [output.stdout, output.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        let tells = !arguments.iter().any(|argument| ["badge", "shields"].contains(argument));
        for told_of in ["README.md", "fetch.py", "app.json", ".env", ".npmrc", "github-token"] {
            assert!(told.contains(told_of) || !tells, "{arguments:?} says nothing of {told_of}");
        }
        let more_than_four = token.get(..5).expect("a token");
        for secret in [more_than_four, token.get(4..10).expect("a token"), PASSWORD, "Kiesweg", "web:"] {
            assert!(!told.contains(secret), "{arguments:?} shows {secret}");
        }
    }
}
