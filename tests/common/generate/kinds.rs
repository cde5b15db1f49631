//! What is in the files of a generated repository?
//!
//! A cycle of kinds: source in several languages with imports and addresses, documents, configuration, data files,
//! manifests. Flaws go into Python files and Markdown documents.

use std::fmt::Write;

/// How many files make up a cycle: each kind that there is, so often as it is in a repository.
pub(crate) const CYCLE: usize = KINDS.len();
/// How many files lie at the root.
pub(crate) const ROOT_FILES: usize = 6;

const KINDS: [Kind; 20] = {
    use Kind::*;
    [
        Python, JavaScript, Markdown, Python, Rust, Csv, TypeScript, Python, Json, Go, Java, Markdown, Python, Rust,
        Yaml, JavaScript, Rst, R, Csv, Gemspec,
    ]
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Python,
    JavaScript,
    TypeScript,
    Rust,
    Go,
    Java,
    R,
    Markdown,
    Rst,
    Json,
    Yaml,
    Csv,
    Gemspec,
}

impl Kind {
    fn has_flaws(self) -> bool {
        matches!(self, Self::Python | Self::Markdown)
    }
}

fn kind(number: usize) -> Kind {
    KINDS[number % CYCLE]
}

/// In how many of so many files flaws may be.
pub(super) fn with_flaws(files: usize) -> usize {
    let of_cycle = |files| (0..files).filter(|number| kind(*number).has_flaws()).count();
    files / CYCLE * of_cycle(CYCLE) + of_cycle(files % CYCLE)
}

/// The files at the root.
pub(super) fn root() -> [(&'static str, String); ROOT_FILES] {
    let readme = "# Street trees\n\nShows where trees stand and how much water each needs, for everybody who looks after \
        one.\nThe tree register comes from [the city](https://daten.stadt.example/baeume), under CC-BY-4.0.\n\n\
        ## Installation\n\n```sh\npip install .\n```\n\n## Usage\n\n```sh\npython -m trees --help\n```\n\n\
        ## Contact\n\nWrite to trees@stadt.example.\n\n## Licence\n\nMIT, see [LICENSE](LICENSE).\n";
    let pyproject = "[project]\nname = \"trees\"\nversion = \"1.0.0\"\ndescription = \"Where trees stand\"\n\
        license = \"MIT\"\ndependencies = [\"requests>=2\"]\n";
    [
        ("CHANGELOG.md", "# Changes\n\n## 1.0.0 – 2026-10-01\n\n- The first release.\n".to_owned()),
        ("CONTRIBUTING.md", "# Contributing\n\nOpen an issue first, then a pull request.\n".to_owned()),
        ("LICENSE", include_str!("../../../fixtures/repositories/stadtgruen/LICENSE").to_owned()),
        ("README.md", readme.to_owned()),
        ("SECURITY.md", "# Security\n\nReport flaws to security@stadt.example.\n".to_owned()),
        ("pyproject.toml", pyproject.to_owned()),
    ]
}

/// A file's name and text; `flaws` tells how many flaws it has, given whether its kind may have any.
pub(super) fn file(number: usize, flaws: impl FnOnce(bool) -> usize) -> (String, String) {
    let kind = kind(number);
    let flaws = flaws(kind.has_flaws());
    let end = match kind {
        Kind::Python => "py",
        Kind::JavaScript => "js",
        Kind::TypeScript => "ts",
        Kind::Rust => "rs",
        Kind::Go => "go",
        Kind::Java => "java",
        Kind::R => "R",
        Kind::Markdown => "md",
        Kind::Rst => "rst",
        Kind::Json => "json",
        Kind::Yaml => "yaml",
        Kind::Csv => "csv",
        Kind::Gemspec => "gemspec",
    };
    let mut text = text(kind, number);
    for flaw in 0..flaws {
        let _ = match (kind, flaw % 2) {
            (Kind::Python, 0) => {
                writeln!(text, "requests.get(\"https://daten-{number}-{flaw}.land-muster.de/trees.csv\", timeout=9)")
            }
            (Kind::Python, _) => writeln!(text, "open(\"/home/klara/baeume/{number}-{flaw}.csv\")"),
            _ => writeln!(text, "\nThe [figure {flaw}](figure-{number}-{flaw}.png) shows the trees of street {flaw}."),
        };
    }
    (format!("tree-{number:07}.{end}"), text)
}

fn text(kind: Kind, number: usize) -> String {
    let block = |comment: &str, lines: [String; 4]| {
        let mut text = format!("{comment} SPDX-License-Identifier: MIT\n\n");
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
        text
    };
    match kind {
        Kind::Python => block(
            "#",
            [
                "import json\n\nimport requests\n".to_owned(),
                format!("def water_{number}(trees, litres={}):", number % 90),
                "    \"\"\"How much water the trees need.\"\"\"\n    need = [tree[\"age\"] * litres for tree in trees]"
                    .to_owned(),
                "    return json.dumps({\"need\": sum(need), \"trees\": len(trees)})\n".to_owned(),
            ],
        ) + "\ndef read(path):\n    return requests.get(path, timeout=9).text\n\n\n",
        Kind::JavaScript => block(
            "//",
            [
                "import { readFile } from 'node:fs/promises';\n".to_owned(),
                format!("export async function trees{number}(path) {{"),
                "  const rows = JSON.parse(await readFile(path, 'utf8'));".to_owned(),
                "  return rows.filter((row) => row.age > 3 && row.species !== 'unknown');\n}".to_owned(),
            ],
        ),
        Kind::TypeScript => block(
            "//",
            [
                "import type { Tree } from './tree';\n".to_owned(),
                format!("export const oldest{number} = (trees: Tree[]): Tree | undefined =>"),
                "  trees.reduce<Tree | undefined>((old, tree) =>".to_owned(),
                "    old === undefined || tree.age > old.age ? tree : old, undefined);".to_owned(),
            ],
        ),
        Kind::Rust => block(
            "//",
            [
                "use std::collections::BTreeMap;\n".to_owned(),
                format!(
                    "/// How many trees of each species.\npub fn count_{number}(trees: &[&str]) -> BTreeMap<String, usize> {{"
                ),
                "    let mut count = BTreeMap::new();\n    for tree in trees {".to_owned(),
                "        *count.entry((*tree).to_owned()).or_default() += 1;\n    }\n    count\n}".to_owned(),
            ],
        ),
        Kind::Go => block(
            "//",
            [
                "package trees\n\nimport \"strings\"\n".to_owned(),
                format!("// Species{number} tells whether a tree is of a species."),
                format!("func Species{number}(name, species string) bool {{"),
                "\treturn strings.EqualFold(strings.TrimSpace(name), species)\n}".to_owned(),
            ],
        ),
        Kind::Java => block(
            "//",
            [
                "package org.example.trees;\n\nimport java.util.List;\n".to_owned(),
                format!("public final class Tree{number} {{"),
                "    public static long old(List<Integer> ages) {".to_owned(),
                "        return ages.stream().filter(age -> age > 40).count();\n    }\n}".to_owned(),
            ],
        ),
        Kind::R => block(
            "#",
            [
                "library(dplyr)\n".to_owned(),
                format!("count_{number} <- function(trees) {{"),
                "  trees |> group_by(species) |> summarise(n = n())".to_owned(),
                "}".to_owned(),
            ],
        ),
        Kind::Markdown => format!(
            "# Street {number}\n\nThe trees of this street were counted by hand in spring and once more in autumn.\n\n\
             ## How they are watered\n\nEach tree gets *ten litres* a week from May to September. See the\n\
             [overview](../README.md) for all streets, and <https://www.stadt.example/streets/{number}> for a map.\n"
        ),
        Kind::Rst => format!(
            "District {number}\n=================\n\nThe district has more lime trees than maples.\n\nCounting\n--------\n\n\
             Counted by hand, see `the map <https://www.stadt.example/districts/{number}>`_.\n"
        ),
        Kind::Json => format!(
            "{{\n  \"street\": {number},\n  \"layers\": [\"trees\", \"water\"],\n  \"zoom\": {},\n  \"centre\": [13.4, 52.5]\n}}\n",
            number % 18
        ),
        Kind::Yaml => format!("street: {number}\nlayers:\n  - trees\n  - water\nzoom: {}\n", number % 18),
        Kind::Csv => (0..12).fold("id;species;age\n".to_owned(), |text, row| {
            text + &format!("{};{};{}\n", number * 100 + row, ["lime", "maple", "oak"][row % 3], row * 7 % 90)
        }),
        Kind::Gemspec => format!(
            "Gem::Specification.new do |s|\n  s.name = \"trees-{number}\"\n  s.version = \"1.0.0\"\n  s.license = \"MIT\"\n\
             \x20 s.summary = \"Trees of street {number}\"\n  s.authors = [\"Ada Example\"]\nend\n"
        ),
    }
}
