//! build.gradle, settings.gradle and their like in Kotlin.

use super::{Origin, OriginKind, folder, remote};
use regex::Regex;
use std::sync::LazyLock;

static URL: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r#"(?:\burl\s*=?\s*\(?\s*(?:uri\s*\()?|\bsetUrl\s*\(|\bmaven\s*\(\s*(?:url\s*=\s*)?)\s*["']([^"'\s]+)["']"#;
    Regex::new(pattern).expect("a test uses it")
});
static BUILD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^\s*includeBuild\s*\(?\s*["']([^"']+)["']"#).expect("a test uses it"));

/// Blocks in which an address is none that the build takes packages from: it publishes to there, or only does so under
/// a condition.
const ELSEWHERE: [&str; 12] = [
    "publishing",
    "publications",
    "uploadArchives",
    "nexusPublishing",
    "mavenPublishing",
    "if",
    "else",
    "when",
    "let",
    "run",
    "takeIf",
    "pom",
];
/// The deepest nesting that is followed.
const DEPTH: usize = 64;

pub(super) fn gradle(text: &str) -> Vec<Origin> {
    let mut found = Vec::new();
    let mut blocks: Vec<&str> = Vec::new();
    let (mut start, mut in_comment) = (0, false);
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let said = line.trim();
        in_comment |= said.starts_with("/*");
        if in_comment || said.starts_with("//") {
            in_comment &= !said.contains("*/");
            continue;
        }
        // a block may open and close around the address on one line: `maven { url 'https://…' }`
        let opened: Vec<&str> = openers(line).collect();
        let inside = blocks.iter().chain(&opened);
        let elsewhere = inside.clone().any(|block| ELSEWHERE.contains(block)) || said.starts_with("if");
        let takes = inside.clone().any(|block| *block == "repositories");
        if let Some(part) = URL.captures(line).and_then(|caught| caught.get(1)).filter(|_| takes && !elsewhere) {
            found.extend(remote(OriginKind::Registry, part.as_str(), at + part.start()..at + part.end()));
        }
        if let Some(part) = BUILD.captures(line).and_then(|caught| caught.get(1)).filter(|_| !elsewhere) {
            found.extend(folder(part.as_str(), at + part.start()..at + part.end()));
        }
        let mut opened = opened.into_iter();
        for c in line.bytes() {
            match c {
                b'{' if blocks.len() < DEPTH => blocks.push(opened.next().unwrap_or_default()),
                b'}' => {
                    blocks.pop();
                }
                _ => {}
            }
        }
    }
    found
}

/// The names before the opening braces of a line; empty where there is none.
fn openers(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('{').map(move |(at, _)| {
        let before = line.get(..at).unwrap_or_default();
        let before = before.rsplit(['{', '}', ';']).next().unwrap_or_default().trim();
        // `if (x)`, `maven("y")`, `x?.let`
        let head = before.split('(').next().unwrap_or_default().trim();
        head.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
    })
}
