//! CITATION.cff and codemeta.json: how a work is to be cited, and what it is.

use super::{Ecosystem, Form, Manifest, Person, Role, UrlKind};
use crate::phrase::Phrase;
use crate::reading::node::{Data, Document, Located, Node, json, yaml};
use crate::repository::RepoPath;

/// CITATION.cff, as the Citation File Format 1.2.0 has it. A list of licences is a choice.
pub(super) fn cff(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = yaml(text)?;
    let root = &document.root;
    let mut manifest = Manifest::new(path, Ecosystem::Citation);
    manifest.name = document.at(&["title"]);
    manifest.version = document.at(&["version"]);
    manifest.description = document.at(&["abstract"]);
    for licence in root.get("license").map(Node::list_or_one).unwrap_or_default() {
        manifest.licence(Form::Expression, document.located(licence));
    }
    manifest.licence(Form::Address, document.at(&["license-url"]));
    for (key, role) in [("authors", Role::Author), ("contact", Role::Contact)] {
        for person in root.get(key).map(Node::list_or_one).unwrap_or_default() {
            let part = |key: &str| person.get(key).and_then(|part| document.located(part));
            manifest.person(
                role,
                whole(part("given-names"), part("family-names")).or_else(|| part("name")),
                part("email"),
            );
        }
    }
    manifest.url(UrlKind::Repository, document.at(&["repository-code"]));
    manifest.url(UrlKind::Homepage, document.at(&["url"]));
    Ok(manifest)
}

/// codemeta.json, as CodeMeta 3.1 has it.
pub(super) fn codemeta(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = json(text)?;
    let root = &document.root;
    let mut manifest = Manifest::new(path, Ecosystem::Codemeta);
    manifest.name = document.at(&["name"]);
    manifest.version = document.at(&["version"]).or_else(|| document.at(&["softwareVersion"]));
    manifest.description = document.at(&["description"]);
    for licence in root.get("license").map(Node::list_or_one).unwrap_or_default() {
        let stated = match &licence.data {
            Data::Map(_) => ["url", "@id", "name"].into_iter().find_map(|key| document.located(licence.get(key)?)),
            _ => document.located(licence),
        };
        let address = stated.as_ref().is_some_and(|one| one.value.contains("://"));
        manifest.licence(if address { Form::Address } else { Form::Expression }, stated);
    }
    for (key, role) in [("author", Role::Author), ("maintainer", Role::Maintainer), ("contributor", Role::Author)] {
        for person in root.get(key).map(Node::list_or_one).unwrap_or_default() {
            manifest.people.extend(somebody(&document, person, role));
        }
    }
    manifest.url(UrlKind::Repository, document.at(&["codeRepository"]));
    manifest.url(UrlKind::Issues, document.at(&["issueTracker"]));
    manifest.url(UrlKind::Homepage, document.at(&["url"]));
    manifest.readme = document.at(&["readme"]);
    Ok(manifest)
}

fn somebody(document: &Document<'_>, person: &Node, role: Role) -> Option<Person> {
    let part = |key: &str| person.get(key).and_then(|part| document.located(part));
    let name =
        whole(part("givenName"), part("familyName")).or_else(|| part("name")).or_else(|| document.located(person));
    let email = part("email");
    (name.is_some() || email.is_some()).then_some(Person { role, name, email })
}

fn whole(given: Option<Located>, family: Option<Located>) -> Option<Located> {
    match (given, family) {
        (Some(given), Some(family)) => {
            let span = given.span.min(family.span);
            Some(Located { value: format!("{} {}", given.value, family.value), span })
        }
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citation_and_codemeta() {
        let path = &"x".into();
        let text = "cff-version: 1.2.0\ntitle: X\nlicense: MIT\nauthors:\n  - given-names: Ada\n    family-names: Example\n    email: ada@example.org\n  - name: Amt\n";
        let read = cff(path, text).unwrap();
        assert_eq!((read.licences[0].stated.value.as_str(), read.licences[0].stated.span.line), ("MIT", 3));
        assert_eq!(read.people[0].name.as_ref().unwrap().value, "Ada Example");
        assert_eq!(read.people[1].name.as_ref().unwrap().value, "Amt");

        let text = r#"{"name": "X", "license": "https://spdx.org/licenses/MIT", "author": {"givenName": "Ada", "familyName": "E"}, "codeRepository": "https://example.org"}"#;
        let read = codemeta(path, text).unwrap();
        assert_eq!(read.licences[0].form, Form::Address);
        assert_eq!(read.people[0].name.as_ref().unwrap().value, "Ada E");
        assert_eq!(read.urls[0].kind, UrlKind::Repository);
    }
}
