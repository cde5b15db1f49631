//! Rows of the table, and trees.

use super::table::TABLE;
use super::*;
use crate::reading::manifest;
use crate::repository::{Class, FileKind, Mark, Marks};

/// The path and text of each file; a mark before the path: `test!a/package.json`.
fn of(tree: &[(&str, &str)]) -> Vec<Lockable> {
    let mut texts: BTreeMap<Vec<u8>, Arc<str>> = BTreeMap::new();
    let mut files = Vec::new();
    for (path, text) in tree {
        let mut marks = Marks::default();
        let path = path.strip_prefix("test!").inspect(|_| marks.set(Mark::Test)).unwrap_or(path);
        texts.insert(path.as_bytes().to_vec(), Arc::from(*text));
        let (class, kind) = (Class::Manifest, FileKind::Regular);
        files.push(File { path: path.into(), class, marks, kind, len: None });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let text = |file: &File| texts.get(file.path.as_bytes()).cloned();
    let read = |file: &File| manifest::read(&file.path, &text(file)?).ok();
    let manifests: Vec<Manifest> = files.iter().filter_map(read).collect();
    all(&files, &manifests, &text)
}

/// The paths of applications that ask for packages and are not locked.
fn open(tree: &[(&str, &str)]) -> Vec<String> {
    let found = of(tree).into_iter().filter(|one| one.needs && one.application == Some(true) && !one.locked);
    found.map(|one| one.path.lossy().into_owned()).collect()
}

#[test]
fn every_row_has_its_examples() {
    for row in &TABLE.ecosystems {
        for name in &row.written.manifests {
            for text in &row.written.yes {
                assert_eq!(open(&[(name, text)]), [name.as_str()], "{text}");
                for lock in &row.written.locks {
                    let lock = lock.replace('*', "x");
                    assert!(open(&[(name, text), (&lock, "x")]).is_empty(), "{lock}");
                }
            }
            for text in &row.written.no {
                assert!(open(&[(name, text)]).is_empty(), "{name}: {text}");
            }
        }
    }
}

const NPM: &str = r#"{"private": true, "dependencies": {"left": "^1"}}"#;
const CRATE: &str = "[package]\nname = \"x\"\n[dependencies]\nserde = \"1\"\n";

#[test]
fn what_lies_beside() {
    for (tree, wanted) in [
        (&[("package.json", r#"{"dependencies": {"next": "^15"}}"#), ("next.config.mjs", "")][..], "package.json"),
        (&[("Cargo.toml", CRATE), ("src/main.rs", "")], "Cargo.toml"),
        (&[("Cargo.toml", CRATE), ("src/lib.rs", "")], ""),
        (&[("composer.json", r#"{"require": {"a/b": "^1"}}"#), ("artisan", "")], "composer.json"),
        (&[("Gemfile", "gem 'rails'\n"), ("trees.gemspec", "")], ""),
        (
            &[("app/pubspec.yaml", "name: x\ndependencies:\n  http: ^1.0.0\n"), ("app/lib/main.dart", "")],
            "app/pubspec.yaml",
        ),
        (&[("requirements.txt", "pandas\n"), ("setup.py", "setup(name='x')\n")], ""),
        (&[("requirements.txt", "pandas\n"), ("setup.cfg", "[flake8]\nmax-line-length = 100\n")], "requirements.txt"),
        (
            &[("requirements.txt", "pandas\n"), ("pyproject.toml", "[tool.black]\nline-length = 100\n")],
            "requirements.txt",
        ),
        (&[("requirements.txt", "pandas\n"), ("Pipfile", "[packages]\npandas = \"*\"\n"), ("Pipfile.lock", "")], ""),
        (&[("requirements.txt", "pandas==2.1\n"), ("environment.yml", "dependencies: [pandas]\n")], ""),
        (&[("requirements.txt", "trees>=2\n"), ("custom_components/shade/manifest.json", "{}")], ""),
        (&[("requirements/requirements.txt", "pandas\n"), ("setup.py", "setup(name='x')\n")], ""),
        (&[("requirements/requirements.txt", "pandas\n"), ("manage.py", "")], "requirements/requirements.txt"),
        (&[("requirements.txt", "-r lists/base.txt\n"), ("lists/base.txt", "pandas\n")], "requirements.txt"),
        (&[("requirements.txt", "-r lists/base.txt\n"), ("lists/base.txt", "pandas==2.1\n")], ""),
        (&[("requirements.txt", "pandas\n-c pins.txt\n"), ("pins.txt", "pandas==2.1\nsix==1.16\n")], ""),
        (&[("a.txt", "-r requirements.txt\n"), ("requirements.txt", "-r a.txt\n-r requirements.txt\n")], ""),
    ] {
        assert_eq!(open(tree).join(" "), wanted, "{tree:?}");
    }
}

#[test]
fn a_workspace_locks_at_its_root() {
    let npm_root = r#"{"private": true, "workspaces": ["apps/*"]}"#;
    let part = r#"{"type": "project", "require": {"a/b": "^1"}}"#;
    let merging = r#"{"type": "project", "extra": {"merge-plugin": {"include": ["src/*/composer.json"]}}}"#;
    let cargo_root = "[workspace]\nmembers = [\"a\"]\n";
    for (tree, wanted) in [
        (&[("package.json", npm_root), ("apps/a/package.json", NPM), ("yarn.lock", "")][..], ""),
        (&[("package.json", npm_root), ("apps/a/package.json", NPM), ("apps/b/package.json", NPM)], "package.json"),
        (&[("package.json", npm_root), ("apps/a/package.json", NPM), ("apps/a/yarn.lock", "")], ""),
        (&[("pnpm-workspace.yaml", ""), ("pnpm-lock.yaml", ""), ("a/package.json", NPM)], ""),
        (&[("package.json", NPM), ("yarn.lock", ""), ("client/package.json", NPM)], "client/package.json"),
        (&[("composer.json", merging), ("composer.lock", ""), ("src/a/composer.json", part)], ""),
        (&[("composer.json", part), ("composer.lock", ""), ("src/a/composer.json", part)], "src/a/composer.json"),
        (&[("Cargo.toml", cargo_root), ("a/Cargo.toml", CRATE), ("a/src/main.rs", ""), ("Cargo.lock", "")], ""),
        (&[("Cargo.toml", cargo_root), ("a/Cargo.toml", CRATE), ("a/src/main.rs", "")], "Cargo.toml"),
        (&[("Cargo.toml", cargo_root), ("a/Cargo.toml", CRATE), ("a/src/lib.rs", "")], ""),
    ] {
        assert_eq!(open(tree).join(" "), wanted, "{tree:?}");
    }
}

#[test]
fn documentation_examples_and_templates_are_left_alone() {
    for path in
        ["docs/package.json", "Examples/a/package.json", "{{cookiecutter.name}}/package.json", "test!e2e/package.json"]
    {
        assert_eq!(of(&[(path, NPM)]), [], "{path}");
    }
    for word in &TABLE.left_alone_words {
        assert_eq!(of(&[(&format!("x/api-{word}/package.json"), NPM)]), [], "{word}");
        assert_eq!(
            of(&[(&format!("x/{word}x/package.json"), NPM)]).len(),
            usize::from(!TABLE.left_alone.contains(&format!("{word}x"))),
            "{word}"
        );
    }
    for part in &TABLE.left_alone {
        assert_eq!(of(&[(&format!("x/{part}/y/package.json"), NPM)]), [], "{part}");
        assert_eq!(of(&[(&format!("x/x{part}x/package.json"), NPM)]).len(), 1, "{part}");
    }
}

#[test]
fn what_is_missing() {
    let found = of(&[("requirements.txt", "pandas\nsix==1.16\n")]);
    assert_eq!(found[0].lacks, Lacks::Versions { entries: 2, loose: 1 });
    let found = of(&[("go.mod", "module x\n\nrequire a.b/c v1.0.0\n")]);
    assert_eq!(found[0].ecosystem, "Go");
    assert!(matches!(found[0].lacks, Lacks::File([name]) if name == "go.sum"));
    let found = of(&[("package.json", r#"{"name": "x", "dependencies": {"left": "^1"}}"#)]);
    assert_eq!(found[0].application, None);
}
