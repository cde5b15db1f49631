//! Manifests in JSON, TOML, YAML and XML.

use super::{Origin, OriginKind, either, folder, remote};
use crate::reading::manifest::{attribute, elements};
use crate::reading::node::{Data, Entry, Node, json, toml, yaml};

/// The entries of a map at a path of keys.
fn entries<'n>(root: &'n Node, path: &[&str]) -> &'n [Entry] {
    root.walk(path).map(Node::entries).unwrap_or_default()
}

/// The origin that a text value names.
fn at(kind: OriginKind, value: Option<&Node>) -> Option<Origin> {
    let value = value?;
    either(kind, value.text()?, value.at.clone())
}

fn folder_at(value: Option<&Node>) -> Option<Origin> {
    let value = value?;
    folder(value.text()?, value.at.clone())
}

/// package.json, as <https://docs.npmjs.com/cli/v11/configuring-npm/package-json#dependencies> has it.
pub(super) fn package_json(text: &str) -> Vec<Origin> {
    let Ok(document) = json(text) else { return Vec::new() };
    let keys = ["dependencies", "devDependencies", "optionalDependencies", "resolutions", "overrides"];
    let needs = keys.iter().flat_map(|key| entries(&document.root, &[key]));
    needs.filter_map(|entry| at(OriginKind::Git, Some(&entry.value))).collect()
}

/// .yarnrc.yml, as <https://yarnpkg.com/configuration/yarnrc> has it.
pub(super) fn yarnrc(text: &str) -> Vec<Origin> {
    let Ok(document) = yaml(text) else { return Vec::new() };
    let server = |node: &Node| at(OriginKind::Registry, node.get("npmRegistryServer"));
    let scopes = entries(&document.root, &["npmScopes"]).iter().filter_map(|entry| {
        let scope = Some(format!("@{}", entry.key));
        server(&entry.value).map(|origin| Origin { scope, ..origin })
    });
    server(&document.root).into_iter().chain(scopes).collect()
}

/// What a table of Python or Rust says of one dependency: a text, a table, or a list of tables for several systems.
fn dependency(value: &Node) -> Vec<Origin> {
    let one = |node: &Node| {
        let git = at(OriginKind::Git, node.get("git"));
        let other = at(OriginKind::Registry, node.get("url").or_else(|| node.get("file")));
        let folder = folder_at(node.get("path"));
        git.into_iter().chain(other).chain(folder).collect::<Vec<_>>()
    };
    match &value.data {
        Data::List(list) => list.iter().flat_map(one).collect(),
        _ => one(value),
    }
}

/// `name @ git+ssh://…` (PEP 508).
fn direct(value: &Node) -> Option<Origin> {
    let (_, address) = value.text()?.split_once('@')?;
    either(OriginKind::Git, address.trim().trim_start_matches("git+"), value.at.clone())
}

pub(super) fn pyproject(text: &str) -> Vec<Origin> {
    let Ok(document) = toml(text) else { return Vec::new() };
    let root = &document.root;
    let mut found = Vec::new();
    for path in [&["tool", "poetry", "source"][..], &["tool", "uv", "index"], &["tool", "pdm", "source"]] {
        let sources = root.walk(path).map(Node::list).unwrap_or_default();
        found.extend(sources.iter().filter_map(|source| at(OriginKind::Registry, source.get("url"))));
    }
    for key in ["index-url", "extra-index-url"] {
        let values = root.walk(&["tool", "uv", key]).map(Node::list_or_one).unwrap_or_default();
        found.extend(values.iter().filter_map(|value| at(OriginKind::Registry, Some(value))));
    }
    for path in
        [&["tool", "poetry", "dependencies"][..], &["tool", "poetry", "dev-dependencies"], &["tool", "uv", "sources"]]
    {
        found.extend(entries(root, path).iter().flat_map(|entry| dependency(&entry.value)));
    }
    for group in entries(root, &["tool", "poetry", "group"]) {
        found.extend(entries(&group.value, &["dependencies"]).iter().flat_map(|entry| dependency(&entry.value)));
    }
    let project = root.walk(&["project", "dependencies"]).into_iter();
    let optional = entries(root, &["project", "optional-dependencies"]).iter().map(|entry| &entry.value);
    let groups = entries(root, &["dependency-groups"]).iter().map(|entry| &entry.value);
    found.extend(project.chain(optional).chain(groups).flat_map(Node::list).filter_map(direct));
    found
}

pub(super) fn pipfile(text: &str) -> Vec<Origin> {
    let Ok(document) = toml(text) else { return Vec::new() };
    let sources = document.root.get("source").map(Node::list).unwrap_or_default();
    let sources = sources.iter().filter_map(|source| at(OriginKind::Registry, source.get("url")));
    let needs = ["packages", "dev-packages"].iter().flat_map(|key| entries(&document.root, &[key]));
    sources.chain(needs.flat_map(|entry| dependency(&entry.value))).collect()
}

pub(super) fn pipfile_lock(text: &str) -> Vec<Origin> {
    let Ok(document) = json(text) else { return Vec::new() };
    let sources = document.root.walk(&["_meta", "sources"]).map(Node::list).unwrap_or_default();
    sources.iter().filter_map(|source| at(OriginKind::Registry, source.get("url"))).collect()
}

/// Cargo.toml, as <https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html> has it.
pub(super) fn cargo(text: &str) -> Vec<Origin> {
    let Ok(document) = toml(text) else { return Vec::new() };
    let root = &document.root;
    let keys = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets = entries(root, &["target"]).iter().map(|entry| &entry.value);
    let tables = [root].into_iter().chain(root.get("workspace")).chain(targets);
    let needs = tables.flat_map(|table| keys.iter().flat_map(|key| entries(table, &[key])));
    let patches = entries(root, &["patch"]).iter().flat_map(|entry| entry.value.entries());
    needs.chain(patches).flat_map(|entry| dependency(&entry.value)).collect()
}

pub(super) fn cargo_config(text: &str) -> Vec<Origin> {
    let Ok(document) = toml(text) else { return Vec::new() };
    let plain = |value: &Node| {
        let address = value.text()?;
        remote(OriginKind::Registry, address.trim_start_matches("sparse+"), value.at.clone())
    };
    let registries = entries(&document.root, &["registries"]).iter().filter_map(|entry| entry.value.get("index"));
    let sources = entries(&document.root, &["source"]).iter().filter_map(|entry| entry.value.get("registry"));
    registries.chain(sources).filter_map(plain).collect()
}

/// composer.json, as <https://getcomposer.org/doc/05-repositories.md> has it.
pub(super) fn composer(text: &str) -> Vec<Origin> {
    let Ok(document) = json(text) else { return Vec::new() };
    let Some(repositories) = document.root.get("repositories") else { return Vec::new() };
    let listed = repositories.list().iter().chain(repositories.entries().iter().map(|entry| &entry.value));
    listed
        .filter_map(|repository| match repository.get("type").and_then(Node::text)? {
            "path" => folder_at(repository.get("url")),
            "composer" => at(OriginKind::Registry, repository.get("url")),
            "vcs" | "git" | "github" | "gitlab" => at(OriginKind::Git, repository.get("url")),
            _ => None,
        })
        .collect()
}

/// pom.xml: repositories and plug-in repositories. Where the package is published to is none, and a profile is only in
/// force when somebody asks for it.
pub(super) fn pom(text: &str) -> Vec<Origin> {
    elements(text)
        .into_iter()
        .filter(|element| {
            let path: Vec<&str> = element.path.split('/').collect();
            matches!(
                path.as_slice(),
                [.., "project", "repositories", "repository", "url"]
                    | [.., "project", "pluginRepositories", "pluginRepository", "url"]
            )
        })
        .filter_map(|element| {
            let address = text.get(element.text.clone())?;
            remote(OriginKind::Registry, address, element.text.clone())
        })
        .collect()
}

/// NuGet.config, as <https://learn.microsoft.com/nuget/reference/nuget-config-file> has it.
pub(super) fn nuget(text: &str) -> Vec<Origin> {
    elements(text)
        .into_iter()
        .filter(|element| element.path.ends_with("/packageSources/add"))
        .filter_map(|element| {
            let range = attribute(text, &element, "value")?;
            let value = text.get(range.clone())?;
            if value.contains("://") {
                remote(OriginKind::Registry, value, range)
            } else {
                folder(&value.replace('\\', "/"), range)
            }
        })
        .collect()
}

/// pubspec.yaml, as <https://dart.dev/tools/pub/dependencies> has it.
pub(super) fn pubspec(text: &str) -> Vec<Origin> {
    let Ok(document) = yaml(text) else { return Vec::new() };
    let keys = ["dependencies", "dev_dependencies", "dependency_overrides"];
    let needs = keys.iter().flat_map(|key| entries(&document.root, &[key]));
    let one = |entry: &Entry| {
        let inner = |key: &str| entry.value.get(key).map(|node| node.get("url").unwrap_or(node));
        let git = at(OriginKind::Git, inner("git"));
        let hosted = at(OriginKind::Registry, inner("hosted"));
        git.into_iter().chain(hosted).chain(folder_at(entry.value.get("path"))).collect::<Vec<_>>()
    };
    needs.flat_map(one).collect()
}

/// Chart.yaml, as <https://helm.sh/docs/topics/charts/#chart-dependencies> has it.
pub(super) fn chart(text: &str) -> Vec<Origin> {
    let Ok(document) = yaml(text) else { return Vec::new() };
    let needs = document.root.get("dependencies").map(Node::list).unwrap_or_default();
    needs.iter().filter_map(|need| at(OriginKind::Registry, need.get("repository"))).collect()
}
