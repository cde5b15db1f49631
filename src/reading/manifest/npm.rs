//! package.json, as <https://docs.npmjs.com/cli/configuring-npm/package-json> has it.

use super::{Dependency, Ecosystem, Form, Located, Manifest, Role, Script, UrlKind};
use crate::phrase::Phrase;
use crate::reading::node::{Data, Document, Node, json};
use crate::repository::RepoPath;

pub(super) fn read(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = json(text)?;
    let root = &document.root;
    let mut manifest = Manifest::new(path, Ecosystem::Npm);
    manifest.name = document.at(&["name"]);
    manifest.version = document.at(&["version"]);
    manifest.description = document.at(&["description"]);
    manifest.readme = document.at(&["readmeFilename"]);
    manifest.private = root.get("private").is_some_and(|value| value.is_true() || value.text() == Some("true"));
    manifest.workspace = root.get("workspaces").is_some();
    manifest.published = FOR_OTHERS.iter().any(|key| root.get(key).is_some())
        || FOR_PUBLISHING.iter().any(|name| root.walk(&["scripts", name]).is_some());
    for key in ["license", "licence", "licenses", "licences"] {
        for value in root.get(key).map(Node::list_or_one).unwrap_or_default() {
            licence(&mut manifest, &document, value);
        }
    }
    for (key, role) in [("author", Role::Author), ("contributors", Role::Author), ("maintainers", Role::Maintainer)] {
        for value in root.get(key).map(Node::list_or_one).unwrap_or_default() {
            person(&mut manifest, &document, value, role);
        }
    }
    manifest.url(UrlKind::Homepage, document.at(&["homepage"]));
    manifest.url(UrlKind::Repository, document.at(&["repository"]).or_else(|| document.at(&["repository", "url"])));
    if let Some(bugs) = root.get("bugs") {
        let address = document.located(bugs).or_else(|| document.located(bugs.get("url")?));
        manifest.url(UrlKind::Issues, address);
        let email = bugs.get("email").and_then(|email| document.located(email));
        manifest.person(Role::Contact, None, email);
    }
    for entry in root.get("scripts").map(Node::entries).unwrap_or_default() {
        let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
        manifest.scripts.push(Script { name, command: entry.value.text().unwrap_or_default().to_owned() });
    }
    for (key, development) in [
        ("dependencies", false),
        ("peerDependencies", false),
        ("optionalDependencies", false),
        ("devDependencies", true),
    ] {
        for entry in root.get(key).map(Node::entries).unwrap_or_default() {
            let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
            let wanted = entry.value.text().unwrap_or_default().to_owned();
            manifest.dependencies.push(Dependency { name, wanted, development });
        }
    }
    Ok(manifest)
}

/// Keys that matter to those who install the package, and that no generator writes into an application.
const FOR_OTHERS: &[&str] = &[
    "exports",
    "module",
    "types",
    "typings",
    "files",
    "bin",
    "publishConfig",
    "peerDependencies",
    "unpkg",
    "jsdelivr",
];
/// Scripts that npm runs when a package is published.
const FOR_PUBLISHING: &[&str] = &["prepublishOnly", "prepublish", "prepack", "postpublish"];

/// A string, or the object `{type, url}` of old (`name` where somebody mistook the key).
fn licence(manifest: &mut Manifest, document: &Document<'_>, value: &Node) {
    let value = match &value.data {
        Data::Map(_) => match ["type", "name", "url"].into_iter().find_map(|key| value.get(key)) {
            Some(inner) => inner,
            None => return,
        },
        _ => value,
    };
    let Some(mut stated) = document.located(value) else { return };
    const SEE: [&str; 2] = ["SEE LICENSE IN ", "SEE LICENCE IN "];
    let file = SEE.iter().find_map(|see| {
        let start = stated.value.get(..see.len())?;
        start.eq_ignore_ascii_case(see).then(|| stated.value.get(see.len()..).unwrap_or_default().trim().to_owned())
    });
    let form = if stated.value == "UNLICENSED" {
        Form::Reserved
    } else if let Some(file) = file {
        stated.value = file.trim_matches(['<', '>', '\'', '"']).to_owned();
        Form::File
    } else if stated.value.starts_with("http") {
        Form::Address
    } else {
        Form::Expression
    };
    manifest.licence(form, Some(stated));
}

fn person(manifest: &mut Manifest, document: &Document<'_>, value: &Node, role: Role) {
    let part = |key: &str| value.get(key).and_then(|part| document.located(part));
    match &value.data {
        Data::Map(_) => manifest.person(role, part("name"), part("email")),
        _ => manifest.person_line(role, document.located(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licences(text: &str) -> Vec<(Form, String)> {
        let manifest = read(&"package.json".into(), text).unwrap();
        manifest.licences.into_iter().map(|licence| (licence.form, licence.stated.value)).collect()
    }

    #[test]
    fn licences_in_every_form() {
        for (text, wanted) in [
            (r#"{"license": "MIT"}"#, vec![(Form::Expression, "MIT")]),
            (r#"{"license": {"type": "MIT", "url": "https://example.org"}}"#, vec![(Form::Expression, "MIT")]),
            (r#"{"licenses": [{"type": "MIT"}, "ISC"]}"#, vec![(Form::Expression, "MIT"), (Form::Expression, "ISC")]),
            (r#"{"license": "SEE LICENSE IN docs/TERMS.md"}"#, vec![(Form::File, "docs/TERMS.md")]),
            (r#"{"license": "UNLICENSED"}"#, vec![(Form::Reserved, "UNLICENSED")]),
            (r#"{"license": "Unlicense"}"#, vec![(Form::Expression, "Unlicense")]),
            (r#"{"license": "https://example.org/terms"}"#, vec![(Form::Address, "https://example.org/terms")]),
            (r#"{"license": null}"#, vec![]),
            (r#"{"license": ""}"#, vec![]),
            (r#"{"license": {}}"#, vec![]),
            (r#"["license"]"#, vec![]),
        ] {
            let wanted: Vec<_> = wanted.into_iter().map(|(form, value)| (form, value.to_owned())).collect();
            assert_eq!(licences(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_rest() {
        let text = r#"{
  "name": "x", "version": "1.2.3", "private": true,
  "author": "Ada <ada@example.org>", "maintainers": [{"name": "Bea"}],
  "repository": {"type": "git", "url": "git+https://example.org/x.git"},
  "bugs": {"email": "bugs@example.org"},
  "scripts": {"test": "vitest"}, "devDependencies": {"vitest": "^1"}
}"#;
        let manifest = read(&"package.json".into(), text).unwrap();
        assert!(manifest.private);
        assert_eq!(manifest.people.len(), 3);
        assert_eq!(manifest.urls.len(), 1);
        assert_eq!((manifest.scripts[0].name.value.as_str(), manifest.scripts[0].command.as_str()), ("test", "vitest"));
        assert_eq!(manifest.scripts[0].name.span.line, 6);
        assert!(manifest.dependencies[0].development);
    }
}
