//! Manifests of ecosystems that state little: Composer, Ruby, .NET, Julia, Dart, Go.

use super::lenient::{Source, attribute, elements};
use super::{Dependency, Ecosystem, Form, Located, Manifest, Role, Script, UrlKind};
use crate::phrase::Phrase;
use crate::reading::node::{Node, json, toml, yaml};
use crate::repository::RepoPath;
use regex::Regex;
use std::sync::LazyLock;

/// composer.json, as <https://getcomposer.org/doc/04-schema.md> has it: several licences in a list are a choice.
pub(super) fn composer(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = json(text)?;
    let root = &document.root;
    let mut manifest = Manifest::new(path, Ecosystem::Composer);
    manifest.name = document.at(&["name"]);
    manifest.version = document.at(&["version"]);
    manifest.description = document.at(&["description"]);
    let kind = root.get("type").and_then(Node::text);
    manifest.private = kind == Some("project");
    // Without a type it may be an application that somebody only named.
    manifest.published = kind.is_some() && manifest.name.is_some();
    for value in root.get("license").map(Node::list_or_one).unwrap_or_default() {
        let stated = document.located(value);
        let reserved = stated.as_ref().is_some_and(|one| one.value == "proprietary");
        manifest.licence(if reserved { Form::Reserved } else { Form::Expression }, stated);
    }
    for person in root.get("authors").map(Node::list).unwrap_or_default() {
        let part = |key: &str| person.get(key).and_then(|part| document.located(part));
        manifest.person(Role::Author, part("name"), part("email"));
    }
    manifest.url(UrlKind::Homepage, document.at(&["homepage"]));
    manifest.url(UrlKind::Issues, document.at(&["support", "issues"]));
    manifest.url(UrlKind::Repository, document.at(&["support", "source"]));
    manifest.person(Role::Contact, None, document.at(&["support", "email"]));
    for entry in root.get("scripts").map(Node::entries).unwrap_or_default() {
        let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
        let commands: Vec<&str> = entry.value.list_or_one().iter().filter_map(Node::text).collect();
        manifest.scripts.push(Script { name, command: commands.join("\n") });
    }
    for (key, development) in [("require", false), ("require-dev", true)] {
        for entry in root.get(key).map(Node::entries).unwrap_or_default() {
            let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
            let wanted = entry.value.text().unwrap_or_default().to_owned();
            manifest.dependencies.push(Dependency { name, wanted, development });
        }
    }
    Ok(manifest)
}

static GEM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?m)^\s*\w+\.(name|version|licenses?|authors?|email|homepage|summary|description)\s*=\s*(.*)$"#).ok()
});

static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#""([^"\n]*)"|'([^'\n]*)'"#).ok());

/// *.gemspec: assignments of plain strings. Code is not run.
pub(super) fn gemspec(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Ruby);
    let (mut names, mut emails) = (Vec::new(), Vec::new());
    for found in GEM.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let (Some(key), Some(value)) = (found.get(1), found.get(2)) else { continue };
        let quoted = QUOTED.iter().flat_map(|pattern| pattern.captures_iter(value.as_str())).take(super::MOST_LICENCES);
        let mut values = quoted.filter_map(|one| {
            let range = one.get(1).or_else(|| one.get(2))?.range();
            source.located(value.start() + range.start..value.start() + range.end)
        });
        match key.as_str() {
            "name" => manifest.name = values.next(),
            "version" => manifest.version = values.next(),
            "license" | "licenses" => values.for_each(|value| {
                // The word that RubyGems wants for what is on no list.
                let form = if value.value == "Nonstandard" { Form::Name } else { Form::Expression };
                manifest.licence(form, Some(value));
            }),
            "author" | "authors" => names.extend(values),
            "email" => emails.extend(values),
            "homepage" => manifest.url(UrlKind::Homepage, values.next()),
            _ => manifest.description = manifest.description.take().or_else(|| values.next()),
        }
    }
    // An engine inside of an application has a gemspec, too; a page of its own has only what others use.
    manifest.published = manifest.name.is_some() && !manifest.urls.is_empty();
    manifest.private = text.contains("allowed_push_host");
    let mut emails = emails.into_iter();
    for name in names {
        manifest.person(Role::Author, Some(name), emails.next());
    }
    Ok(manifest)
}

/// *.csproj and *.nuspec.
pub(super) fn dotnet(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::DotNet);
    for element in elements(text) {
        let value = source.located(element.text.clone());
        match element.path.rsplit('/').next().unwrap_or_default() {
            "PackageId" | "AssemblyName" | "id" => manifest.name = manifest.name.take().or(value),
            "Version" | "version" => manifest.version = value,
            "Description" | "description" => manifest.description = value,
            "PackageLicenseExpression" => manifest.licence(Form::Expression, value),
            "PackageLicenseFile" => manifest.licence(Form::File, value),
            "PackageLicenseUrl" | "licenseUrl" => manifest.licence(Form::Address, value),
            "license" => {
                let kind = attribute(text, &element, "type").and_then(|range| text.get(range));
                manifest.licence(if kind == Some("file") { Form::File } else { Form::Expression }, value);
            }
            "Authors" | "authors" => manifest.person(Role::Author, value, None),
            "PackageProjectUrl" | "projectUrl" => manifest.url(UrlKind::Homepage, value),
            "RepositoryUrl" => manifest.url(UrlKind::Repository, value),
            "PackageTags" | "GeneratePackageOnBuild" => {
                manifest.published |= value.is_some_and(|value| value.value != "false");
            }
            "metadata" => manifest.published = true,
            "IsPackable" => manifest.private = value.is_some_and(|value| value.value == "false"),
            "PackageReference" => {
                let name = attribute(text, &element, "Include").and_then(|range| source.located(range));
                let wanted = attribute(text, &element, "Version").and_then(|range| text.get(range)).unwrap_or_default();
                let wanted = wanted.to_owned();
                manifest.dependencies.extend(name.map(|name| Dependency { name, wanted, development: false }));
            }
            _ => {}
        }
    }
    Ok(manifest)
}

/// Project.toml of Julia, which has no field for a licence.
pub(super) fn julia(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = toml(text)?;
    let mut manifest = Manifest::new(path, Ecosystem::Julia);
    manifest.name = document.at(&["name"]);
    manifest.version = document.at(&["version"]);
    manifest.licence(Form::Name, document.at(&["license"]));
    for author in document.root.get("authors").map(Node::list).unwrap_or_default() {
        manifest.person_line(Role::Author, document.located(author));
    }
    for entry in document.root.get("deps").map(Node::entries).unwrap_or_default() {
        let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
        manifest.dependencies.push(Dependency { name, wanted: String::new(), development: false });
    }
    Ok(manifest)
}

/// pubspec.yaml of Dart and Flutter, which has no field for a licence.
pub(super) fn pubspec(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = yaml(text)?;
    let mut manifest = Manifest::new(path, Ecosystem::Dart);
    manifest.name = document.at(&["name"]);
    manifest.version = document.at(&["version"]);
    manifest.description = document.at(&["description"]);
    manifest.private = document.at(&["publish_to"]).is_some_and(|to| to.value == "none");
    manifest.url(UrlKind::Homepage, document.at(&["homepage"]));
    manifest.url(UrlKind::Repository, document.at(&["repository"]));
    manifest.url(UrlKind::Issues, document.at(&["issue_tracker"]));
    manifest.url(UrlKind::Documentation, document.at(&["documentation"]));
    for (key, development) in [("dependencies", false), ("dev_dependencies", true)] {
        for entry in document.root.get(key).map(Node::entries).unwrap_or_default() {
            let name = Located { value: entry.key.clone(), span: document.key_span(entry) };
            let wanted = entry.value.scalar().unwrap_or_default().to_owned();
            manifest.dependencies.push(Dependency { name, wanted, development });
        }
    }
    Ok(manifest)
}

/// go.mod, which has no field for a licence.
pub(super) fn go(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Go);
    let (mut at, mut block) = (0, false);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let body = line.trim();
        if let Some(name) = body.strip_prefix("module ") {
            let from = start + line.find(name).unwrap_or_default();
            manifest.name = source.located(from..from + name.len());
        }
        if body.starts_with("require (") {
            block = true;
            continue;
        }
        block &= body != ")";
        let wanted = if block { Some(body) } else { body.strip_prefix("require ") };
        if let Some((name, version)) =
            wanted.and_then(|wanted| wanted.split_once(' ')).filter(|(name, _)| !name.starts_with("//"))
        {
            let from = start + line.find(name).unwrap_or_default();
            let wanted = version.split(' ').next().unwrap_or_default().to_owned();
            let name = source.located(from..from + name.len());
            manifest.dependencies.extend(name.map(|name| Dependency { name, wanted, development: false }));
        }
    }
    Ok(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn licences(manifest: &Manifest) -> Vec<(Form, &str)> {
        manifest.licences.iter().map(|licence| (licence.form, licence.stated.value.as_str())).collect()
    }

    #[test]
    fn what_each_states() {
        let path = &"x".into();
        let read = composer(path, r#"{"name": "a/b", "license": ["MIT", "proprietary"], "support": {"email": "x@example.org"}, "scripts": {"test": ["a", "b"]}}"#).unwrap();
        assert_eq!(licences(&read), [(Form::Expression, "MIT"), (Form::Reserved, "proprietary")]);
        assert_eq!((read.people.len(), read.scripts[0].command.as_str()), (1, "a\nb"));

        let read = gemspec(path, "Gem::Specification.new do |s|\n  s.name = 'x'\n  s.licenses = ['MIT', \"Ruby\"]\n  s.authors = [\"Ada\"]\n  s.email = 'ada@example.org'\nend\n").unwrap();
        assert_eq!(licences(&read), [(Form::Expression, "MIT"), (Form::Expression, "Ruby")]);
        assert_eq!(read.people[0].email.as_ref().unwrap().value, "ada@example.org");

        let read = dotnet(path, "<Project><PropertyGroup><PackageLicenseExpression>MIT</PackageLicenseExpression></PropertyGroup><ItemGroup><PackageReference Include=\"A\" Version=\"1\" /></ItemGroup></Project>").unwrap();
        assert_eq!(licences(&read), [(Form::Expression, "MIT")]);
        assert_eq!(read.dependencies[0].wanted, "1");

        assert_eq!(
            julia(path, "name = \"X\"\nauthors = [\"Ada <a@example.org>\"]\n[deps]\nCSV = \"1\"\n")
                .unwrap()
                .people
                .len(),
            1
        );
        assert!(pubspec(path, "name: x\npublish_to: none\n").unwrap().private);
        let read =
            go(path, "module example.org/x\n\nrequire (\n\ta.b/c v1.0 // indirect\n)\nrequire d.e/f v2\n").unwrap();
        assert_eq!(read.dependencies.iter().map(|d| d.name.value.as_str()).collect::<Vec<_>>(), ["a.b/c", "d.e/f"]);
    }
}
