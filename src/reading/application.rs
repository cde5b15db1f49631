//! Is this something that people run for others, does it show pages, and what is there to run it with?

use super::corpus;
use super::needles::Needles;
use super::patterns::globs;
use crate::repository::{Class, File, FileKind, Lower, Mark, RepoPath, Repository};
use globset::GlobSet;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    server: Vec<String>,
    front_ends: BTreeSet<String>,
    page_packages: BTreeSet<String>,
    templates: Vec<String>,
    not_pages: Vec<String>,
    apps: Vec<String>,
    operation: Vec<String>,
    not_operation: Vec<String>,
    not_operation_names: Vec<String>,
    accessibility: BTreeSet<String>,
    statements: Vec<String>,
    words: Vec<String>,
}

struct Table {
    written: Written,
    server: GlobSet,
    templates: GlobSet,
    apps: GlobSet,
    operation: GlobSet,
    words: Needles,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("application.toml")).expect("a test parses the table");
    Table {
        server: globs(&written.server),
        templates: globs(&written.templates),
        apps: globs(&written.apps),
        operation: globs(&written.operation),
        words: Needles::new(&written.words),
        written,
    }
});

/// So many templates make a web interface.
const TEMPLATES: usize = 2;

/// Whether a text leads to a statement on accessibility; asked of each program and page in the one pass.
pub fn speaks_of_accessibility(text: &str) -> bool {
    TABLE.words.is_in(text)
}

/// What its files say of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Application {
    /// a server, or pages that are served, begin in one of its files
    pub server: bool,
    /// it shows pages to people
    pub pages: bool,
    /// it is, or also is, an app for phones, desktops or devices
    pub app: bool,
    /// files to run it with: containers, charts, infrastructure, settings of a place where it runs
    pub operation: bool,
    /// something checks or states how people with disabilities can use it
    pub accessibility: bool,
}

/// Looks at the files of a repository.
pub fn application(repo: &Repository) -> Application {
    let own = || repo.files().iter().filter(|file| file.kind == FileKind::Regular && file.marks.none());
    let here: Vec<(&File, Lower<'_>)> = own().map(|file| (file, file.path.lower())).collect();
    let any = |set: &GlobSet| here.iter().any(|(_, path)| set.is_match(path));
    let manifests: Vec<(&Lower<'_>, std::sync::Arc<str>)> = here
        .iter()
        .filter(|(file, _)| file.class == Class::Manifest)
        .filter_map(|(file, path)| Some((path, repo.text(file).ok()?)))
        .collect();
    let has_page = here.iter().any(|(_, path)| is_index(path));
    let front_end = has_page
        && manifests.iter().any(|(path, text)| path.ends_with("package.json") && asks(text, &TABLE.written.front_ends));
    let templates = here.iter().filter(|(_, path)| is_template(path)).count();
    let by_package = manifests.iter().any(|(_, text)| asks(text, &TABLE.written.page_packages));
    let server = any(&TABLE.server) || front_end;
    let shiny = here.iter().any(|(_, path)| matches!(path.as_str(), "ui.r" | "app.r"));
    let pages_by_file = here.iter().any(|(_, path)| is_front_end(path));
    Application {
        server,
        pages: pages_by_file || front_end || shiny || templates >= TEMPLATES || by_package,
        app: any(&TABLE.apps),
        operation: repo.files().iter().any(is_for_operation),
        accessibility: repo.files().iter().any(is_statement)
            || manifests.iter().any(|(_, text)| asks(text, &TABLE.written.accessibility)),
    }
}

/// Whether a word is a program or package that checks accessibility.
pub fn checks_accessibility(command: &str) -> bool {
    words(command).any(|word| TABLE.written.accessibility.contains(word))
}

fn is_index(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name == "index.html" && !path.starts_with("docs/") && !path.contains("/docs/")
}

/// Whether a source file only holds the words of one language: `intl_de.h`, `locales/de.ts`.
pub fn is_translation(path: &RepoPath) -> bool {
    let lower = path.lower();
    let (folder, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = name.split('.').next().unwrap_or_default();
    let kept = ["locales", "locale", "i18n", "translations", "lang", "langs", "languages", "l10n", "intl", "messages"];
    let in_folder = folder.split('/').any(|part| kept.contains(&part));
    let named = stem.split_once(['_', '-']).is_some_and(|(first, end)| {
        let two = end.len() == 2 && end.bytes().all(|byte| byte.is_ascii_lowercase());
        (kept.contains(&first) || matches!(first, "strings" | "translation")) && (two || corpus::is_language(end))
    });
    named || in_folder && (corpus::is_language(stem) || corpus::is_language(&stem.replace('_', "-")))
}

/// The files of front-end frameworks among those with which servers begin.
fn is_front_end(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    TABLE.server.is_match(path)
        && [
            "next.config",
            "nuxt.config",
            "angular.json",
            "gatsby-config",
            "vue.config",
            "app.html",
            "app.vue",
            "app.svelte",
            "app.jsx",
            "app.tsx",
            "remix.config",
            "astro.config",
        ]
        .iter()
        .any(|start| name.starts_with(start))
}

fn is_template(path: &str) -> bool {
    TABLE.templates.is_match(path) && !TABLE.written.not_pages.iter().any(|part| path.contains(part.as_str()))
}

fn is_for_operation(file: &File) -> bool {
    if [Mark::Vendored, Mark::BuildOutput, Mark::Test].iter().any(|mark| file.marks.has(*mark)) {
        return false;
    }
    let path = file.path.lower();
    let foreign = TABLE
        .written
        .not_operation
        .iter()
        .any(|part| path.starts_with(part.as_str()) || path.contains(&format!("/{part}")));
    let name = path.rsplit('/').next().unwrap_or_default();
    let ci = name.split(['.', '-', '_']).any(|part| TABLE.written.not_operation_names.iter().any(|word| word == part));
    !foreign && !ci && TABLE.operation.is_match(&path)
}

/// Whether a file, by its name, states or checks accessibility.
fn is_statement(file: &File) -> bool {
    let foreign = [Mark::Vendored, Mark::BuildOutput];
    let path = file.path.lower();
    // Programs named so do something for it, data is only about it.
    !foreign.iter().any(|mark| file.marks.has(*mark))
        && !matches!(file.class, Class::Data | Class::Model)
        && TABLE.written.statements.iter().any(|part| path.contains(part.as_str()))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '@' | '.')))
        .flat_map(|word| {
            [word, word.rsplit('/').next().unwrap_or_default(), word.split('@').next().unwrap_or_default()]
        })
        .filter(|word| !word.is_empty())
}

/// Whether a manifest asks for one of these packages.
fn asks(manifest: &str, packages: &BTreeSet<String>) -> bool {
    manifest.lines().filter(|line| !line.trim_start().starts_with(['#', '!'])).any(|line| {
        // `"name": "vue"`: what it is called itself.
        let line = line.find("\"name\"").and_then(|at| line.get(at..)?.split_once(',')).map_or(line, |(_, rest)| rest);
        if line.contains("\"name\"") {
            return false;
        }
        let first = words(line.trim_start_matches(['"', '\'', '-', ' ', '\t'])).next();
        let quoted = line.split(['"', '\'']).skip(1).step_by(2).any(|word| {
            let end = word.find(['=', '<', '>', '~', '[', ' ', ';']).unwrap_or(word.len());
            word.get(..end).is_some_and(|word| packages.contains(word))
        });
        first.is_some_and(|word| packages.contains(word)) || quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Marks;

    fn file(path: &str) -> File {
        File { path: path.into(), class: Class::Source, marks: Marks::default(), kind: FileKind::Regular, len: None }
    }

    #[test]
    fn packages() {
        let set = BTreeSet::from(["react-dom".to_owned(), "dash".to_owned()]);
        for (text, yes) in [
            ("  \"react-dom\": \"18\"\n", true),
            ("dash==2.0\n", true),
            ("- dash\n", true),
            ("{\"name\": \"trees\", \"dependencies\": {\"react-dom\": \"18\"}}\n", true),
            ("  \"name\": \"react-dom\"\n", false),
            ("# dash\n", false),
            ("lodash==1\ndash-x\n", false),
            ("  \"description\": \"a dash of salt\"\n", false),
        ] {
            assert_eq!(asks(text, &set), yes, "{text}");
        }
        for package in &TABLE.written.accessibility {
            assert!(checks_accessibility(&format!("npx {package} https://a.test")), "{package}");
        }
        assert!(!checks_accessibility("npm run axes"));
    }

    #[test]
    fn files_to_run_it_with() {
        for (path, yes) in [
            ("Dockerfile", true),
            ("backend/Dockerfile.prod", true),
            ("compose.prod.yaml", true),
            ("charts/trees/Chart.yaml", true),
            ("infra/main.tf", true),
            ("Procfile", true),
            ("ops/trees.service", true),
            ("netlify.toml", true),
            (".github/Dockerfile", false),
            (".devcontainer/Dockerfile", false),
            ("ci/Dockerfile", false),
            ("Dockerfile.ci", false),
            ("src/docker.py", false),
        ] {
            assert_eq!(is_for_operation(&file(path)), yes, "{path}");
        }
    }

    #[test]
    fn translations() {
        for (path, yes) in [
            ("firmware/intl_dk.h", true),
            ("src/locales/de.ts", true),
            ("src/i18n/pt_BR.js", true),
            ("src/lang/messages-en.js", true),
            ("src/i18n/index.ts", false),
            ("src/messages.py", false),
            ("src/de.py", false),
            ("src/lang/parser.py", false),
        ] {
            assert_eq!(is_translation(&path.into()), yes, "{path}");
        }
    }

    #[test]
    fn pages_and_statements() {
        for (path, template, statement) in [
            ("trees/templates/list.html", true, false),
            ("trees/templates/mail/welcome.html", false, false),
            ("app/views/trees/index.html.erb", true, false),
            ("docs/list.html", false, false),
            ("src/pages/barrierefreiheit.vue", false, true),
            ("docs/Accessibility.md", false, true),
            ("src/access.rs", false, false),
        ] {
            assert_eq!(is_template(&path.to_lowercase()), template, "{path}");
            assert_eq!(is_statement(&file(path)), statement, "{path}");
        }
        assert!(speaks_of_accessibility("<a href='/x'>Erklärung zur Barrierefreiheit</a>"));
        assert!(!speaks_of_accessibility("accessible"));
    }
}
