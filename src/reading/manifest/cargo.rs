//! Cargo.toml, as <https://doc.rust-lang.org/cargo/reference/manifest.html> has it.

use super::{Dependency, Ecosystem, Form, Manifest, Role, UrlKind};
use crate::phrase::Phrase;
use crate::reading::node::{Data, Document, Node, toml};
use crate::repository::RepoPath;

pub(super) fn read(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let document = toml(text)?;
    let mut manifest = Manifest::new(path, Ecosystem::Cargo);
    manifest.workspace = document.root.get("workspace").is_some();
    if let Some(package) = document.root.get("package") {
        manifest.name = package.get("name").and_then(|name| document.located(name));
        manifest.private = package.get("publish").is_some_and(never);
        fill(&mut manifest, &document, package);
        // crates.io takes nothing without a description; what never goes there seldom has one.
        manifest.published = package.get("description").is_some();
    }
    for (key, development) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
        let tables = [document.root.get(key), document.root.walk(&["workspace", key])];
        for entry in tables.into_iter().flatten().flat_map(Node::entries) {
            let wanted = entry.value.scalar().or_else(|| entry.value.get("version")?.scalar()).unwrap_or_default();
            let name = super::Located { value: entry.key.clone(), span: document.key_span(entry) };
            manifest.dependencies.push(Dependency { name, wanted: wanted.to_owned(), development });
        }
    }
    if manifest.name.is_none()
        && let Some(shared) = document.root.walk(&["workspace", "package"])
    {
        fill(&mut manifest, &document, shared);
    }
    Ok(manifest)
}

/// `publish = false` and `publish = []` both keep a package at home.
fn never(publish: &Node) -> bool {
    match &publish.data {
        Data::Bool(yes) => !yes,
        Data::List(registries) => registries.is_empty(),
        _ => false,
    }
}

/// Reads the keys that `[package]` and `[workspace.package]` have in common. A key that says `workspace = true` is a
/// table here and so has no text; [`inherit`] fills it.
fn fill(manifest: &mut Manifest, document: &Document<'_>, package: &Node) {
    let text = |key: &str| package.get(key).and_then(|value| document.located(value));
    manifest.version = text("version");
    manifest.description = text("description");
    manifest.readme = text("readme");
    manifest.licence(Form::Expression, text("license"));
    manifest.licence(Form::File, text("license-file"));
    manifest.url(UrlKind::Homepage, text("homepage"));
    manifest.url(UrlKind::Repository, text("repository"));
    manifest.url(UrlKind::Documentation, text("documentation"));
    for author in package.get("authors").map(Node::list).unwrap_or_default() {
        manifest.person_line(Role::Author, document.located(author));
    }
    let inherits = |entry: &&crate::reading::node::Entry| entry.value.get("workspace").is_some_and(Node::is_true);
    manifest.inherits = package.entries().iter().filter(inherits).map(|entry| entry.key.clone()).collect();
}

/// Gives the members of a workspace what they ask it for. The statements keep the place where they stand, which is in
/// the root's manifest; only the version, people and addresses are copied, and a licence is not stated twice.
pub(super) fn inherit(manifests: &mut [Manifest]) {
    let roots: Vec<Manifest> =
        manifests.iter().filter(|one| one.ecosystem == Ecosystem::Cargo && one.workspace).cloned().collect();
    for member in manifests.iter_mut().filter(|one| one.ecosystem == Ecosystem::Cargo && !one.inherits.is_empty()) {
        let folder = member.path.folder().to_vec();
        let root =
            roots.iter().filter(|root| holds(root.path.folder(), &folder)).max_by_key(|root| root.path.folder().len());
        let Some(root) = root else { continue };
        for key in std::mem::take(&mut member.inherits) {
            match key.as_str() {
                "license" | "license-file" => member.licence_inherited |= !root.licences.is_empty(),
                "version" => member.version.clone_from(&root.version),
                "description" => member.description.clone_from(&root.description),
                "authors" => member.people.extend(root.people.iter().cloned()),
                "homepage" => copy_url(member, root, UrlKind::Homepage),
                "repository" => copy_url(member, root, UrlKind::Repository),
                "documentation" => copy_url(member, root, UrlKind::Documentation),
                "publish" => member.private |= root.private,
                _ => {}
            }
        }
    }
}

fn copy_url(member: &mut Manifest, root: &Manifest, kind: UrlKind) {
    member.urls.extend(root.urls.iter().filter(|url| url.kind == kind).cloned());
}

fn holds(root: &[u8], folder: &[u8]) -> bool {
    root.is_empty() || folder.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Span;

    fn manifest(path: &str, text: &str) -> Manifest {
        read(&path.into(), text).unwrap()
    }

    #[test]
    fn a_package() {
        let read = manifest(
            "Cargo.toml",
            "[package]\nname = \"a\"\nversion = \"1.0.0\"\nlicense = \"MIT/Apache-2.0\"\nauthors = [\"Ada <ada@example.org>\"]\n\
             repository = \"https://example.org/a\"\npublish = []\n[dependencies]\nserde = { version = \"1\" }\n[dev-dependencies]\nx = \"2\"\n",
        );
        assert_eq!(read.licences[0].stated.value, "MIT/Apache-2.0");
        assert_eq!(read.licences[0].stated.span, Span::on_line(4, 11, 27));
        assert!(read.private && !read.workspace);
        assert_eq!(read.people.len(), 1);
        assert_eq!(
            read.dependencies
                .iter()
                .map(|d| (d.name.value.as_str(), d.wanted.as_str(), d.development))
                .collect::<Vec<_>>(),
            [("serde", "1", false), ("x", "2", true)]
        );
    }

    #[test]
    fn members_inherit_from_the_nearest_workspace() {
        let mut all = [
            manifest(
                "Cargo.toml",
                "[workspace]\nmembers = [\"a\"]\n[workspace.package]\nlicense = \"MIT\"\nversion = \"2.0.0\"\nauthors = [\"Ada\"]\n",
            ),
            manifest(
                "a/Cargo.toml",
                "[package]\nname = \"a\"\nlicense.workspace = true\nversion = { workspace = true }\nauthors.workspace = true\n",
            ),
        ];
        inherit(&mut all);
        let member = &all[1];
        assert!(member.licences.is_empty() && member.licence_inherited);
        assert_eq!(member.version.as_ref().unwrap().value, "2.0.0");
        assert_eq!(member.people.len(), 1);
        assert_eq!(all[0].licences[0].stated.value, "MIT");
    }
}
