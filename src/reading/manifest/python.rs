//! pyproject.toml: the `[project]` table of PEP 621 and 639, and Poetry's own.
//!
//! Source: <https://packaging.python.org/en/latest/specifications/pyproject-toml/>.

use super::{Dependency, Ecosystem, Form, Located, Manifest, Role, Script, UrlKind};
use crate::phrase::Phrase;
use crate::reading::node::{Document, Node, toml};
use crate::repository::RepoPath;

pub(super) fn pyproject(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = toml(text)?;
    let mut manifest = Manifest::new(path, Ecosystem::Python);
    if let Some(project) = document.root.get("project") {
        fill(&mut manifest, &document, project);
        for file in project.get("license-files").map(Node::list_or_one).unwrap_or_default() {
            manifest.licence(Form::File, document.located(file));
        }
        let built = document.root.get("build-system").is_some();
        let described = ["classifiers", "keywords", "urls"].iter().any(|key| project.get(key).is_some());
        manifest.published |= built && described;
        requirements(&mut manifest, &document, project.get("dependencies"), false);
        for group in project.get("optional-dependencies").map(Node::entries).unwrap_or_default() {
            requirements(&mut manifest, &document, Some(&group.value), false);
        }
    }
    for group in document.root.get("dependency-groups").map(Node::entries).unwrap_or_default() {
        requirements(&mut manifest, &document, Some(&group.value), true);
    }
    if let Some(poetry) = document.root.walk(&["tool", "poetry"]) {
        fill(&mut manifest, &document, poetry);
        let keys = ["classifiers", "keywords", "urls", "homepage", "repository", "documentation"];
        manifest.published |= keys.iter().any(|key| poetry.get(key).is_some());
        manifest.private |=
            poetry.get("package-mode").is_some_and(|mode| mode.data == crate::reading::node::Data::Bool(false));
        tables(&mut manifest, &document, poetry);
    }
    Ok(manifest)
}

/// Reads the keys that `[project]` and `[tool.poetry]` have in common; the first table that answers is heard.
fn fill(manifest: &mut Manifest, document: &Document<'_>, table: &Node) {
    let text = |key: &str| table.get(key).and_then(|value| document.located(value));
    manifest.name = manifest.name.take().or_else(|| text("name"));
    manifest.version = manifest.version.take().or_else(|| text("version"));
    manifest.description = manifest.description.take().or_else(|| text("description"));
    let readme = || document.located(table.walk(&["readme", "file"])?);
    manifest.readme = manifest.readme.take().or_else(|| text("readme")).or_else(readme);
    licence(manifest, document, table);
    for (key, role) in [("authors", Role::Author), ("maintainers", Role::Maintainer)] {
        for person in table.get(key).map(Node::list).unwrap_or_default() {
            let part = |key: &str| person.get(key).and_then(|part| document.located(part));
            manifest.person(role, part("name"), part("email"));
            manifest.person_line(role, document.located(person));
        }
    }
    manifest.url(UrlKind::Homepage, text("homepage"));
    manifest.url(UrlKind::Repository, text("repository"));
    manifest.url(UrlKind::Documentation, text("documentation"));
    for entry in table.get("urls").map(Node::entries).unwrap_or_default() {
        manifest.url(url_kind(&entry.key), document.located(&entry.value));
    }
    for entry in table.get("scripts").map(Node::entries).unwrap_or_default() {
        let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
        manifest.scripts.push(Script { name, command: entry.value.text().unwrap_or_default().to_owned() });
    }
}

/// Where a well-known label leads; labels are compared without punctuation and case (PEP 753).
pub(super) fn url_kind(label: &str) -> UrlKind {
    let label: String = label.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    match label.as_str() {
        "homepage" | "home" => UrlKind::Homepage,
        "source" | "repository" | "sourcecode" | "github" | "gitlab" | "code" => UrlKind::Repository,
        "issues" | "bugs" | "issue" | "tracker" | "issuetracker" | "bugtracker" | "bugreports" => UrlKind::Issues,
        "documentation" | "docs" => UrlKind::Documentation,
        _ => UrlKind::Other,
    }
}

/// PEP 639's string, the table of before (`text` may be a name or a whole licence), and classifiers.
fn licence(manifest: &mut Manifest, document: &Document<'_>, table: &Node) {
    if let Some(value) = table.get("license") {
        manifest.licence(Form::Expression, document.located(value));
        let part = |key: &str| value.get(key).and_then(|part| document.located(part));
        manifest.licence(Form::Name, part("text"));
        manifest.licence(Form::File, part("file"));
    }
    for classifier in table.get("classifiers").map(Node::list).unwrap_or_default() {
        let stated = document.located(classifier);
        manifest.private |= stated.as_ref().is_some_and(|one| one.value.starts_with("Private ::"));
        let stated = stated.filter(|one| one.value.starts_with("License ::"));
        manifest.licence(Form::Classifier, stated);
    }
}

fn requirements(manifest: &mut Manifest, document: &Document<'_>, list: Option<&Node>, development: bool) {
    for line in list.map(Node::list).unwrap_or_default() {
        if let Some(line) = document.located(line) {
            manifest.dependencies.extend(requirement(&line, development));
        }
    }
}

/// A requirement as PEP 508 writes it: the name ends where the version, an extra, a marker or an address begins.
pub(super) fn requirement(line: &Located, development: bool) -> Option<Dependency> {
    let end = line.value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
    let (name, wanted) = line.value.split_at(end.unwrap_or(line.value.len()));
    let name = Located { value: name.to_owned(), span: line.span };
    (!name.value.is_empty()).then(|| Dependency { name, wanted: wanted.trim().to_owned(), development })
}

/// Poetry's dependencies: tables from name to version.
fn tables(manifest: &mut Manifest, document: &Document<'_>, poetry: &Node) {
    let main = poetry.get("dependencies").map(|table| (table, false));
    let old = poetry.get("dev-dependencies").map(|table| (table, true));
    let groups = poetry.get("group").map(Node::entries).unwrap_or_default();
    let groups = groups.iter().filter_map(|group| group.value.get("dependencies").map(|table| (table, true)));
    for (table, development) in main.into_iter().chain(old).chain(groups) {
        for entry in table.entries().iter().filter(|entry| entry.key != "python") {
            let wanted = entry.value.scalar().or_else(|| entry.value.get("version")?.scalar()).unwrap_or_default();
            let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
            manifest.dependencies.push(Dependency { name, wanted: wanted.to_owned(), development });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licences(text: &str) -> Vec<(Form, String)> {
        let manifest = pyproject(&"pyproject.toml".into(), text).unwrap();
        manifest.licences.into_iter().map(|licence| (licence.form, licence.stated.value)).collect()
    }

    #[test]
    fn licences_in_every_form() {
        for (text, form, value) in [
            ("[project]\nlicense = \"MIT OR Apache-2.0\"", Form::Expression, "MIT OR Apache-2.0"),
            ("[project]\nlicense = {text = \"MIT License\"}", Form::Name, "MIT License"),
            ("[project]\nlicense = {file = \"LICENCE\"}", Form::File, "LICENCE"),
            ("[tool.poetry]\nlicense = \"EUPL-1.2\"", Form::Expression, "EUPL-1.2"),
            (
                "[project]\nclassifiers = [\"Private :: Do Not Upload\", \"License :: OSI Approved :: MIT License\"]",
                Form::Classifier,
                "License :: OSI Approved :: MIT License",
            ),
        ] {
            assert_eq!(licences(text), [(form, value.to_owned())], "{text}");
        }
        assert_eq!(licences("[project]\nname = \"x\"\n[tool.black]\nlicense = \"x\""), []);
    }

    #[test]
    fn the_rest() {
        let text = "[project]\nname = \"x\"\nauthors = [{name = \"Ada\", email = \"ada@example.org\"}]\ndependencies = [\"pandas>=2\", \"numpy\"]\n\
                    [project.urls]\n\"Bug Tracker\" = \"https://example.org/bugs\"\n[tool.poetry.group.dev.dependencies]\npytest = \"^8\"\n";
        let manifest = pyproject(&"pyproject.toml".into(), text).unwrap();
        assert_eq!(manifest.people[0].email.as_ref().unwrap().value, "ada@example.org");
        assert_eq!(manifest.urls[0].kind, UrlKind::Issues);
        let needs: Vec<_> =
            manifest.dependencies.iter().map(|d| (d.name.value.as_str(), d.wanted.as_str(), d.development)).collect();
        assert_eq!(needs, [("pandas", ">=2", false), ("numpy", "", false), ("pytest", "^8", true)]);
    }
}
