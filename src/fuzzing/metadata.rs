//! What must hold of metadata, manifests and configuration: of what people fill in, and machines read?

use super::{choose, parts, text};
use crate::batch::fetch::{is_allowed, without_secrets};
use crate::batch::list;
use crate::output::encode::steers;
use crate::phrase::Lang;
use crate::place::Span;
use crate::policy;
use crate::reading::address::Address;
use crate::reading::forge_address::ForgeAddress;
use crate::reading::schema::{self, CITATION, CODEMETA, PUBLICCODE, Schema};
use crate::reading::{ci, dataset, lock, maintainers, manifest, node, updates};
use crate::repository::{Class, File, FileKind, Marks, RepoPath};
use crate::rule::{self, Mistake, Rule};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// A place that a text has: of lines and columns that are there.
pub(super) fn within(text: &str, span: Span) {
    let line = |number: u32| text.split('\n').nth(usize::try_from(number).ok()?.checked_sub(1)?);
    let columns = |number: u32| line(number).map(|line| line.chars().count() + 1);
    let fits = |number: u32, column: u32| {
        column > 0 && columns(number).is_some_and(|most| usize::try_from(column).is_ok_and(|column| column <= most))
    };
    let order = (span.line, span.column) <= (span.end_line, span.end_column);
    assert!(order && fits(span.line, span.column) && fits(span.end_line, span.end_column), "{span:?}");
}

fn file(path: RepoPath) -> File {
    File { path, class: Class::Configuration, marks: Marks::default(), kind: FileKind::Regular, len: None }
}

/// The manifest at this path: all that it says stands where it is said to stand.
fn read_manifest(path: &str, text: &str) {
    let Ok(read) = manifest::read(&path.into(), text) else { return };
    let one = [&read.name, &read.version, &read.description, &read.readme, &read.parent];
    let people = read.people.iter().flat_map(|person| [&person.name, &person.email]);
    let said = one.into_iter().chain(people).flatten();
    let said = said.chain(read.licences.iter().map(|licence| &licence.stated));
    let said = said.chain(read.urls.iter().map(|url| &url.address));
    let said = said.chain(read.scripts.iter().map(|script| &script.name));
    for located in said.chain(read.dependencies.iter().map(|dependency| &dependency.name)) {
        within(text, located.span);
    }
    assert!(read.licences.len() <= 60);
}

/// What a standard says of a document: not more than anybody reads, and of places that are there.
fn held_against(schema: &'static Schema, text: &str, document: &node::Document<'_>) {
    let checked = schema::check(schema, document);
    assert!(checked.flaws.len() <= schema::MOST);
    checked.flaws.iter().filter_map(|flaw| flaw.span).for_each(|span| within(text, span));
    checked.names.iter().for_each(|named| within(text, named.span));
    let _ = schema::several_documents(text);
}

/// publiccode.yml.
pub(super) fn publiccode(_: &Path, data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Ok(read) = manifest::publiccode(&"publiccode.yml".into(), &text) {
        let said = [&read.name, &read.url, &read.release_date, &read.licence, &read.maintenance, &read.roadmap];
        said.into_iter().flatten().chain(&read.used_by).for_each(|located| within(&text, located.span));
    }
    if let Ok(document) = node::yaml(&text) {
        held_against(&PUBLICCODE, &text, &document);
    }
}

/// CITATION.cff.
pub(super) fn citation(_: &Path, data: &[u8]) {
    let Some(text) = text(data) else { return };
    read_manifest("CITATION.cff", &text);
    if let Ok(document) = node::yaml(&text) {
        held_against(&CITATION, &text, &document);
    }
}

/// codemeta.json, and descriptions of data.
pub(super) fn codemeta_json(_: &Path, data: &[u8]) {
    let names = ["codemeta.json", "datapackage.json", "croissant.json", "a-metadata.json", "datapackage.yaml"];
    let Some((name, data)) = choose(&names, data) else { return };
    let Some(text) = text(data) else { return };
    if name == "codemeta.json" {
        read_manifest(name, &text);
        if let Ok(document) = node::json(&text) {
            held_against(&CODEMETA, &text, &document);
        }
    }
    let _ = dataset::read(&name.into(), &text);
}

/// Manifests of all ecosystems, and lists of versions.
const MANIFESTS: [&str; 28] = [
    "Cargo.toml",
    "package.json",
    "pyproject.toml",
    "setup.cfg",
    "setup.py",
    "environment.yml",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "composer.json",
    "DESCRIPTION",
    "Project.toml",
    "pubspec.yaml",
    "go.mod",
    "requirements.txt",
    "a.gemspec",
    "a.cabal",
    "a.csproj",
    "openapi.yaml",
    "openapi.json",
    "Gemfile",
    "Pipfile",
    "renv.lock",
    "package-lock.json",
    "pnpm-workspace.yaml",
    "mix.exs",
    "deno.json",
    "conda-lock.yml",
];

/// A manifest of a package, by its first byte.
pub(super) fn package_manifests(_: &Path, data: &[u8]) {
    let Some((name, data)) = choose(&MANIFESTS, data) else { return };
    let Some(text) = text(data) else { return };
    read_manifest(name, &text);
    let path = RepoPath::from(name);
    let read: Vec<manifest::Manifest> = manifest::read(&path, &text).into_iter().collect();
    let files = [file(path)];
    let told: Arc<str> = text.as_str().into();
    let lockable = lock::all(&files, &read, &|_| Some(told.clone()));
    assert!(lockable.len() <= 1);
}

/// Configurations of continuous integration, and of services that look after dependencies.
const WORKFLOWS: [&str; 10] = [
    ".github/workflows/ci.yml",
    ".gitlab-ci.yml",
    ".travis.yml",
    ".circleci/config.yml",
    "azure-pipelines.yml",
    ".woodpecker.yml",
    "bitbucket-pipelines.yml",
    "Jenkinsfile",
    ".github/dependabot.yml",
    "renovate.json",
];

/// A configuration, by its first byte; every file that it refers to holds the same text.
pub(super) fn workflow_yaml(_: &Path, data: &[u8]) {
    let Some((name, data)) = choose(&WORKFLOWS, data) else { return };
    let Some(text) = text(data) else { return };
    let path = RepoPath::from(name);
    let told: Arc<str> = text.as_str().into();
    let lines = text.split('\n').count();
    if let Some(Ok(read)) = ci::read(&path, &text, &|_| Some(told.clone())) {
        let last = read.steps.iter().map(|step| step.line).max().unwrap_or(1);
        assert!(usize::try_from(last).is_ok_and(|last| last <= lines), "line {last} of {lines}");
    }
    let _ = updates::configured(&[file(path)], &|_| Ok(told.clone()));
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rule::shipped().expect("the rules that ship are sound"));

/// What was told about a text: not more than anybody reads, of places in it, and without anything that steers.
fn told(mistakes: &[Mistake]) {
    assert!(mistakes.len() <= 60, "{}", mistakes.len());
    for mistake in mistakes {
        for lang in [Lang::En, Lang::De] {
            let shown = mistake.render(lang, false);
            assert!(!shown.contains(|c| c != '\n' && steers(c)), "{shown:?}");
        }
        let _ = mistake.line_column();
    }
}

/// A policy or, where the first byte is odd, the page of a rule and its German one.
pub(super) fn own_config(_: &Path, data: &[u8]) {
    let Some((page, data)) = choose(&[false, true], data) else { return };
    if page {
        let names = ["own/rule.md", "own/rule.de.md"];
        let pages = parts(data).map(text).zip(names).filter_map(|(text, name)| Some((name.to_owned(), text?)));
        let read = rule::load(pages.collect(), &rule::Vocabulary::of_rooms(), rule::Norms::shipped(), false);
        told(&read.err().unwrap_or_default());
        return;
    }
    let Some(text) = text(data) else { return };
    match policy::from_text(&text, &RULES) {
        Ok(policy) => {
            let _ = (policy.excludes(&"data/trees.csv".into()), policy.unknown_names(&RULES), policy.is_narrow());
        }
        Err(mistakes) => told(&mistakes),
    }
}

/// Files about who looks after what, and about what git is to do with files.
pub(super) fn gitattributes_codeowners(scratch: &Path, data: &[u8]) {
    let names = ["codeowners", "maintainers", "authors", "contributors.md"];
    if let Some((name, rest)) = choose(&names, data)
        && let Some(text) = text(rest)
    {
        let plain = maintainers::in_owners(name, &text);
        assert_eq!(plain, maintainers::in_owners(name, &text.replace('\n', "\r\n")), "line ends of Windows");
    }
    crate::repository::fuzzing::gitattributes(scratch, data);
}

/// An entry of a list of repositories, or (behind the byte 0xFE) a whole list: git is given nothing but an address, and
/// no secret is told.
pub(super) fn url_clone(_: &Path, data: &[u8]) {
    let mut given = parts(data).map(String::from_utf8_lossy);
    let entry = given.next().unwrap_or_default();
    if let Ok(crate::batch::Location::Remote(address)) = list::location(&entry) {
        let scheme = ["https://", "ssh://"].iter().any(|scheme| address.starts_with(scheme));
        assert!(scheme || address.split_once(':').is_some_and(|(at, _)| at.contains('@')), "{address}");
        assert!(!address.starts_with('-') && !address.contains(|c: char| c.is_control() || c == ' '), "{address}");
        let scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        assert!(!address.trim_start_matches(scheme).starts_with("::"), "{address}");
        assert!(is_allowed(&address, false), "{address}");
        assert!(!address.starts_with("https") || without_secrets(&address) == address, "{address}");
    }
    let hidden = without_secrets(&format!("{entry} https://ada:{SECRET}@muster.de/a {entry}"));
    assert!(!hidden.contains(SECRET), "{hidden}");
    assert_eq!(without_secrets(&hidden), hidden);
    let _ = (ForgeAddress::read(&entry, true), ForgeAddress::read(&entry, false), Address::bare(&entry));
    if let Some((at, _)) = Address::find(&entry) {
        assert!(entry.is_char_boundary(at));
    }
    if let Some(list) = given.next() {
        let kinds = ["list.txt", "list.csv", "list.json", "list.yml", "list.jsonl"];
        for kind in kinds {
            let limits = list::Limits { entries: 1_000, ..list::Limits::default() };
            match list::parse(Path::new(kind), list.as_bytes().to_vec(), &limits) {
                Ok(list) => assert!(list.listed.len() <= 1_000),
                Err(mistakes) => assert!(mistakes.len() <= 100, "{}", mistakes.len()),
            }
        }
    }
}

const SECRET: &str = "hunter2hunter2";
