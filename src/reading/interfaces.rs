//! Is an interface between programs described, by a file or by a package that writes the description?

use crate::repository::{Class, File, FileKind, Mark, RepoPath, Repository};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    files: Vec<String>,
    beginnings: Vec<String>,
    packages: BTreeSet<String>,
}

struct Table {
    written: Written,
    files: GlobSet,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let written: Written = toml::from_str(include_str!("interfaces.toml")).expect("a test parses the table");
    let mut files = GlobSetBuilder::new();
    for glob in &written.files {
        files.add(GlobBuilder::new(glob).build().expect("a test compiles every glob"));
    }
    Table { files: files.build().expect("a test compiles every glob"), written }
});

/// So many bytes of a file tell whether it is a description.
const HEAD: usize = 512;

/// The first file that describes an interface by its name or its beginning, or that asks for a package which does.
pub fn description(repo: &Repository) -> Option<&File> {
    let foreign = [Mark::Vendored, Mark::BuildOutput];
    let own = || {
        repo.files()
            .iter()
            .filter(|file| file.kind == FileKind::Regular && !foreign.iter().any(|mark| file.marks.has(*mark)))
    };
    own()
        .find(|file| is_description(&file.path))
        .or_else(|| own().find(|file| file.class == Class::Manifest && repo.text(file).is_ok_and(|text| wants(&text))))
        .or_else(|| {
            own()
                .filter(|file| matches!(file.path.extension().as_str(), "yml" | "yaml" | "json"))
                .find(|file| repo.head_text(file, HEAD).is_ok_and(|head| begins_as_description(&head)))
        })
}

fn is_description(path: &RepoPath) -> bool {
    TABLE.files.is_match(path.name_lower())
}

fn begins_as_description(head: &str) -> bool {
    let lines =
        head.lines().map(|line| line.trim_start_matches(['{', ' ', '\t'])).filter(|line| !line.starts_with('#'));
    lines.take(6).any(|line| TABLE.written.beginnings.iter().any(|beginning| line.starts_with(beginning.as_str())))
}

/// Whether a manifest asks for a package that describes interfaces.
fn wants(manifest: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '@' | '.');
    manifest.lines().filter(|line| !line.trim_start().starts_with(['#', '!'])).any(|line| {
        line.split(|c: char| !is_part(c)).any(|word| {
            let word = word.to_lowercase();
            let packages = &TABLE.written.packages;
            let first = word.split('/').find(|part| packages.contains(*part));
            let starting = word.rmatch_indices(['-', '.']).any(|(at, _)| {
                word.get(..at).is_some_and(|start| start.contains("openapi") && packages.contains(start))
                    || word.get(..at).is_some_and(|start| start.contains("swa") && packages.contains(start))
            });
            packages.contains(&word) || first.is_some() || starting
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_describe() {
        for name in &TABLE.written.files {
            assert!(is_description(&format!("api/{}", name.replace('*', "x")).as_str().into()), "{name}");
        }
        for path in ["api.json", "src/trees.graphql", "openapi.py", "proto/README.md"] {
            assert!(!is_description(&path.into()), "{path}");
        }
    }

    #[test]
    fn beginnings() {
        for beginning in &TABLE.written.beginnings {
            assert!(begins_as_description(&format!("{{\n  {beginning} x")), "{beginning}");
        }
        assert!(begins_as_description("# Trees\nopenapi: 3.1.0\n"));
        assert!(!begins_as_description("trees:\n  uses: openapi\n"));
    }

    #[test]
    fn packages() {
        for package in &TABLE.written.packages {
            assert!(wants(&format!("  \"{package}\": \"1.0\"\n")), "{package}");
        }
        assert!(wants("implementation(\"org.springdoc:springdoc-openapi-starter-webmvc-ui:2.0\")"));
        for line in ["# fastapi", "fastapi-users-trees-x\n", "springdocs", "flask==1.0"] {
            assert!(!wants(line), "{line}");
        }
    }
}
