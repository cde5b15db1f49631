//! Does the project test itself?
//!
//! Names of files by the conventions of test runners, declarations in source, scripts of manifests and steps of
//! continuous integration; all of them are rows of `testing.toml`.

use super::ci::{CiReading, StepKind};
use super::language::Language;
use super::manifest::Manifest;
use crate::reading::needles::Needles;
use crate::reading::pattern::Pattern;
use crate::reading::patterns::globs;
use crate::repository::RepoPath;
use globset::{Candidate, Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: Vec<NameRow>,
    named: PatternRow,
    folders: Folders,
    declaration: Vec<DeclarationRow>,
    build_file: Vec<BuildFileRow>,
    scripts: ScriptRows,
    ci: CiRow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct NameRow {
    globs: Vec<String>,
    #[serde(default)]
    declared: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct PatternRow {
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Folders {
    names: Vec<String>,
    extensions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct DeclarationRow {
    languages: Vec<String>,
    needles: Vec<String>,
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "a test holds every row against its own examples"))]
struct BuildFileRow {
    paths: Vec<String>,
    pattern: String,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptRows {
    names: Vec<String>,
    empty: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CiRow {
    words: String,
}

/// What a test of one or more languages looks like.
struct Declaration {
    /// one of these stands in the line in which a declaration begins, or in the next
    needles: Needles,
    pattern: Pattern,
}

impl Declaration {
    /// Whether a test is declared where a needle stands, within the lines around it: a pattern that begins with the
    /// space before a declaration is slow on a whole file.
    fn is_in(&self, text: &str) -> bool {
        let line_end = |from: usize| text.get(from..).and_then(|rest| rest.find('\n')).map(|at| from + at + 1);
        let mut from = 0;
        while let Some(found) = self.needles.first(text, from) {
            let before = text.get(..found.start()).unwrap_or_default();
            let line = before.rfind('\n').unwrap_or(0);
            let start = before.get(..line).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let Some(next) = line_end(found.end()) else { return self.matches(text.get(start..)) };
            let end = (0..BEHIND).try_fold(next, |end, _| line_end(end)).unwrap_or(text.len());
            if self.matches(text.get(start..end)) {
                return true;
            }
            from = next;
        }
        false
    }

    fn matches(&self, part: Option<&str>) -> bool {
        part.is_some_and(|part| self.pattern.is_match(part))
    }
}

/// So many lines behind the one with the needle may belong to a declaration.
const BEHIND: usize = 3;

struct Table {
    written: Written,
    /// names that are enough
    sure: GlobSet,
    /// names whose file must declare a test
    named: GlobSet,
    holds: Pattern,
    declarations: Vec<Declaration>,
    /// numbers of the declarations by language
    declared: BTreeMap<String, usize>,
    build_files: Vec<(Vec<String>, Pattern)>,
    scripts: GlobSet,
    empty: Pattern,
    ci: Pattern,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("testing.toml")).expect("a test parses the table");
    let named = |declared: bool| {
        let rows = written.name.iter().filter(move |row| row.declared == declared);
        globs(rows.flat_map(|row| &row.globs))
    };
    let declaration =
        |row: &DeclarationRow| Declaration { needles: Needles::new(&row.needles), pattern: pattern(&row.pattern) };
    let numbered = written.declaration.iter().enumerate();
    let declared = numbered.flat_map(|(at, row)| row.languages.iter().map(move |language| (language.clone(), at)));
    Table {
        sure: named(false),
        named: named(true),
        holds: pattern(&written.named.pattern),
        declarations: written.declaration.iter().map(declaration).collect(),
        declared: declared.collect(),
        build_files: written.build_file.iter().map(|row| (row.paths.clone(), pattern(&row.pattern))).collect(),
        scripts: set(written.scripts.names.iter().map(|name| Glob::new(name).expect("a test builds every row"))),
        empty: pattern(&written.scripts.empty),
        ci: pattern(&written.ci.words),
        written,
    }
});

fn pattern(text: &str) -> Pattern {
    Pattern::as_written(text)
}

fn set(globs: impl Iterator<Item = Glob>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(glob);
    }
    set.build().expect("a test builds every row")
}

/// What the path of a source file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByName {
    /// it is a test by the convention of a test runner, or lies among tests
    Test,
    /// it is one if it declares one
    IfDeclared,
    /// nothing
    Unnamed,
}

/// What the path of a source file says of it.
pub fn by_name(path: &RepoPath) -> ByName {
    let text = path.lossy();
    let candidate = Candidate::new(text.as_ref());
    let folders = &TABLE.written.folders;
    let among_tests = || {
        let lower = path.lower();
        let folder = lower.rsplit_once('/').map_or("", |(folder, _)| folder);
        folder.split('/').any(|part| folders.names.iter().any(|name| name == part))
    };
    if TABLE.sure.is_match_candidate(&candidate)
        || folders.extensions.iter().any(|end| path.extension() == *end) && among_tests()
    {
        ByName::Test
    } else if TABLE.named.is_match_candidate(&candidate) {
        ByName::IfDeclared
    } else {
        ByName::Unnamed
    }
}

/// Whether a source text declares a test. Cheap where it does not.
pub fn declares(language: &Language, text: &str) -> bool {
    let row = TABLE.declared.get(&language.name).and_then(|at| TABLE.declarations.get(*at));
    row.is_some_and(|row| row.is_in(text))
}

/// Whether a source text whose name is [`ByName::IfDeclared`] holds a test.
pub fn holds_test(language: Option<&Language>, text: &str) -> bool {
    TABLE.holds.is_match(text) || language.is_some_and(|language| declares(language, text))
}

/// Whether a file that builds the project is one of those in which tests are declared.
pub fn is_build_file(path: &RepoPath) -> bool {
    build_file(path).is_some()
}

/// Whether such a file declares a test.
pub fn builds_tests(path: &RepoPath, text: &str) -> bool {
    build_file(path).is_some_and(|pattern| pattern.is_match(text))
}

fn build_file(path: &RepoPath) -> Option<&'static Pattern> {
    let name = path.name_lower();
    let fits = |row: &String| if row.starts_with('.') { name.ends_with(row.as_str()) } else { name == *row };
    TABLE.build_files.iter().find(|(rows, _)| rows.iter().any(fits)).map(|(_, pattern)| pattern)
}

/// Whether a manifest has a script that tests something.
pub fn has_test_script(manifest: &Manifest) -> bool {
    manifest.scripts.iter().any(|script| {
        let named = TABLE.scripts.is_match(script.name.value.to_lowercase());
        named && !TABLE.empty.is_match(&script.command)
    })
}

/// Whether a step of continuous integration runs tests, or a file of that name does something.
pub fn runs_in_ci(reading: &CiReading) -> bool {
    reading.files.iter().any(|file| {
        let named = TABLE.ci.is_match(&String::from_utf8_lossy(file.path.name()).replace('_', "-"));
        file.steps.iter().any(|step| match step.kind {
            StepKind::Test => named || TABLE.ci.is_match(&step.text.lossy()),
            StepKind::Build | StepKind::Other => named,
            _ => false,
        })
    })
}

/// A matcher for one glob of a row, for its own examples.
#[cfg(test)]
fn matches(globs: &[String], path: &str) -> bool {
    self::globs(globs).is_match(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::ci::{Ci, Step};
    use crate::reading::language;

    #[test]
    fn every_row_of_names_has_its_examples() {
        for row in &TABLE.written.name {
            for path in &row.yes {
                assert!(matches(&row.globs, path), "{path}");
                let wanted = if row.declared { ByName::IfDeclared } else { ByName::Test };
                assert_eq!(by_name(&path.as_str().into()), wanted, "{path}");
            }
            for path in &row.no {
                assert!(!matches(&row.globs, path), "{path}");
            }
        }
    }

    #[test]
    fn what_a_named_file_must_hold() {
        let row = &TABLE.written.named;
        assert!(row.yes.iter().all(|text| holds_test(None, text)));
        assert!(!row.no.iter().any(|text| holds_test(None, text)));
        assert!(holds_test(language::named("python"), "import pytest"));
    }

    #[test]
    fn folders_of_tests() {
        for (path, wanted) in [
            ("tests/run.py", ByName::Test),
            ("backend/src/test/java/a/Helper.java", ByName::Test),
            ("app/src/androidTest/kotlin/A.kt", ByName::Test),
            ("environments/test/main.tf", ByName::Unnamed),
            ("test/index.html", ByName::Unnamed),
            ("tests/data.json", ByName::Unnamed),
            ("mocks/server.js", ByName::Unnamed),
            ("latest/a.py", ByName::Unnamed),
            ("perl-scripts/test_sensor.pl", ByName::Unnamed),
        ] {
            assert_eq!(by_name(&path.into()), wanted, "{path}");
        }
    }

    #[test]
    fn every_row_of_declarations_has_its_examples() {
        for row in &TABLE.written.declaration {
            for name in &row.languages {
                let language = language::named(name).expect("a language of the table");
                for text in &row.yes {
                    assert!(declares(language, text), "{name}: {text}");
                    let far = format!("{0}{text}{0}", "\n# tests\nx = test(describe)\n".repeat(9));
                    assert!(declares(language, &far), "{name}: {far}");
                }
                for text in &row.no {
                    assert!(!declares(language, text), "{name}: {text}");
                }
            }
        }
        for row in &TABLE.written.build_file {
            for end in &row.paths {
                let path = if end.starts_with('.') { format!("a/x{end}") } else { format!("a/{end}") };
                let path = RepoPath::from(path.as_str());
                assert!(is_build_file(&path), "{path:?}");
                for text in &row.yes {
                    assert!(builds_tests(&path, text), "{path:?}: {text}");
                }
                for text in &row.no {
                    assert!(!builds_tests(&path, text), "{path:?}: {text}");
                }
            }
        }
        assert!(!builds_tests(&"a.txt".into(), "enable_testing()"));
    }

    #[test]
    fn scripts() {
        let manifest = |scripts: &str| {
            let text = format!("{{\"scripts\": {{{scripts}}}}}");
            crate::reading::manifest::read(&"package.json".into(), &text).unwrap()
        };
        for (scripts, yes) in [
            (r#""test": "vitest run""#, true),
            (r#""test:unit": "jest""#, true),
            (r#""e2e": "playwright test""#, true),
            (r#""test": "echo \"Error: no test specified\" && exit 1""#, false),
            (r#""test": "exit 0""#, false),
            (r#""test": """#, false),
            (r#""pretest": "eslint .""#, false),
            (r#""build": "vite build""#, false),
            ("", false),
        ] {
            assert_eq!(has_test_script(&manifest(scripts)), yes, "{scripts}");
        }
    }

    #[test]
    fn steps() {
        for (path, kind, text, yes) in [
            (".gitlab-ci.yml", StepKind::Test, "cargo test --all", true),
            (".gitlab-ci.yml", StepKind::Test, "the usual tests of python", true),
            (".gitlab-ci.yml", StepKind::Test, "make check", true),
            (".gitlab-ci.yml", StepKind::Test, "./scripts/check-links.sh", false),
            (".gitlab-ci.yml", StepKind::Build, "make test-data", false),
            (".gitlab-ci.yml", StepKind::Setup, "pip install pytest", false),
            (".github/workflows/test-harvest.yml", StepKind::Other, "docker compose up", true),
            (".github/workflows/test.yml", StepKind::Echo, "echo hello", false),
            (".github/workflows/latest.yml", StepKind::Build, "make", false),
        ] {
            let step = Step { kind, text: text.into(), line: 1 };
            let file = Ci { path: path.into(), system: "GitLab CI", steps: vec![step] };
            assert_eq!(runs_in_ci(&CiReading { files: vec![file], unread: None }), yes, "{path}: {text}");
        }
    }
}
