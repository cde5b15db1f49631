//! Does a package that is made to be published name its licence?

use crate::phrase::Phrase;
use crate::reading::manifest::{Ecosystem, Manifest};
use crate::repository::Repository;

/// What a package manifest says of its licence, and whether anybody else ever reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package<'m> {
    /// the manifest
    pub manifest: &'m Manifest,
    /// whether a licence is named, here or where it is inherited from; or why nobody can tell
    pub names: Result<bool, Phrase>,
    /// whether the package is made to be published
    pub published: bool,
}

/// The manifests whose ecosystem has a field for the licence, in the order of their paths.
pub fn packages<'m>(repo: &Repository, manifests: &'m [Manifest]) -> Vec<Package<'m>> {
    let wanted = |manifest: &&Manifest| has_field(manifest.ecosystem);
    manifests
        .iter()
        .filter(wanted)
        .map(|manifest| Package {
            manifest,
            names: names(manifest, manifests, || has_props(repo)),
            published: is_published(manifest, |name| beside(repo, manifest, name)),
        })
        .collect()
}

/// Julia, Dart and Go have no field; Gradle and .NET only where a package is made.
fn has_field(ecosystem: Ecosystem) -> bool {
    use Ecosystem as E;
    matches!(
        ecosystem,
        E::Cargo | E::Npm | E::Python | E::Maven | E::Gradle | E::Composer | E::R | E::Ruby | E::DotNet | E::Cabal
    )
}

/// Whether .NET's properties for all projects of a folder may name the licence.
fn has_props(repo: &Repository) -> bool {
    let names = ["directory.build.props", "directory.build.targets"];
    repo.files().iter().any(|file| names.contains(&file.path.name_lower().as_str()))
}

fn beside(repo: &Repository, manifest: &Manifest, name: &str) -> bool {
    let folder = String::from_utf8_lossy(manifest.path.folder());
    repo.file(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }).is_some()
}

fn names(manifest: &Manifest, all: &[Manifest], props: impl Fn() -> bool) -> Result<bool, Phrase> {
    let stated = |other: &Manifest| !other.licences.is_empty() || other.licence_inherited;
    if stated(manifest) {
        return Ok(true);
    }
    let folder = manifest.path.folder();
    let same = || all.iter().filter(|other| other.ecosystem == manifest.ecosystem && stated(other));
    match manifest.ecosystem {
        // setup.py, setup.cfg and pyproject.toml beside each other are one package.
        Ecosystem::Python => Ok(same().any(|other| other.path.folder() == folder)),
        Ecosystem::Maven if manifest.has_parent => {
            let parent = manifest.parent.as_ref().map(|parent| &parent.value);
            let in_tree = |other: &&Manifest| {
                other.ecosystem == Ecosystem::Maven
                    && parent.is_some()
                    && other.name.as_ref().map(|name| &name.value) == parent
            };
            if same().any(|other| in_tree(&other) || folder.starts_with(other.path.folder())) {
                return Ok(true);
            }
            match all.iter().find(in_tree) {
                Some(found) if !found.has_parent => Ok(false),
                _ => Err(Phrase::new(
                    "its parent lies elsewhere and may name one",
                    "das übergeordnete POM liegt anderswo und kann eine nennen",
                )),
            }
        }
        // Conventions of a build may lie anywhere in it.
        Ecosystem::Gradle => Ok(same().next().is_some()),
        Ecosystem::DotNet => Ok(props()),
        _ => Ok(false),
    }
}

fn is_published(manifest: &Manifest, beside: impl Fn(&str) -> bool) -> bool {
    let needs = |names: &[&str]| manifest.dependencies.iter().any(|one| names.contains(&one.name.value.as_str()));
    let versioned = manifest.version.is_some() || matches!(manifest.ecosystem, Ecosystem::Python | Ecosystem::Ruby);
    let application = match manifest.ecosystem {
        Ecosystem::Npm => {
            beside("index.html")
                || beside("Dockerfile")
                || needs(&["next", "nuxt", "react-scripts", "expo", "@sveltejs/kit", "gatsby", "electron"])
        }
        Ecosystem::Cargo => !beside("src/lib.rs") && beside("Dockerfile"),
        Ecosystem::Python => beside("manage.py") || beside("Dockerfile"),
        Ecosystem::Composer => beside("public/index.php") || beside("bin/console") || beside("artisan"),
        Ecosystem::Maven => beside("Dockerfile"),
        _ => false,
    };
    manifest.published
        && manifest.name.is_some()
        && versioned
        && !manifest.private
        && !manifest.workspace
        && !application
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::manifest::read;

    #[test]
    fn published_and_named() {
        for (path, text, published, names) in [
            ("package.json", r#"{"name": "a", "version": "1.0.0", "exports": "./a.js"}"#, true, false),
            ("package.json", r#"{"name": "a", "version": "1.0.0", "exports": "./a.js", "license": "MIT"}"#, true, true),
            ("package.json", r#"{"name": "a", "version": "1.0.0", "main": "a.js"}"#, false, false),
            ("package.json", r#"{"name": "a", "version": "1.0.0", "files": ["a"], "private": true}"#, false, false),
            (
                "package.json",
                r#"{"name": "a", "version": "1", "files": [], "dependencies": {"next": "1"}}"#,
                false,
                false,
            ),
            ("Cargo.toml", "[package]\nname = \"a\"\nversion = \"1.0.0\"\ndescription = \"x\"\n", true, false),
            ("Cargo.toml", "[package]\nname = \"a\"\nversion = \"1.0.0\"\n", false, false),
            ("DESCRIPTION", "Package: a\nVersion: 1.0\n", true, false),
            ("pyproject.toml", "[project]\nname = \"a\"\nkeywords = []\n[build-system]\n", true, false),
            ("pyproject.toml", "[project]\nname = \"a\"\nversion = \"1\"\ndependencies = []\n", false, false),
            ("a.gemspec", "s.name = 'a'\ns.version = '1'\ns.homepage = 'https://example.org'\n", true, false),
            ("engines/a/a.gemspec", "s.name = 'a'\ns.version = '1'\n", false, false),
            ("composer.json", r#"{"name": "a/b", "type": "library", "version": "1"}"#, true, false),
            ("composer.json", r#"{"name": "a/b", "type": "project"}"#, false, false),
        ] {
            let manifests = [read(&path.into(), text).unwrap()];
            assert_eq!(is_published(&manifests[0], |_| false), published, "{text}");
            assert_eq!(super::names(&manifests[0], &manifests, || false), Ok(names), "{text}");
        }
        let manifest = read(&"package.json".into(), r#"{"name": "a", "version": "1", "files": []}"#).unwrap();
        assert!(is_published(&manifest, |_| false) && !is_published(&manifest, |name| name == "index.html"));
    }

    #[test]
    fn a_parent_may_name_it() {
        let pom = |path: &str, inside: &str| read(&path.into(), &format!("<project>{inside}</project>")).unwrap();
        let child = pom("a/pom.xml", "<parent><artifactId>p</artifactId></parent><artifactId>a</artifactId>");
        let licence = "<licenses><license><name>MIT</name></license></licenses>";
        for (parent, wanted) in [
            (pom("pom.xml", &format!("<artifactId>p</artifactId>{licence}")), Some(true)),
            (pom("pom.xml", "<artifactId>p</artifactId>"), Some(false)),
            (pom("other/pom.xml", "<artifactId>other</artifactId>"), None),
        ] {
            assert_eq!(super::names(&child, &[child.clone(), parent], || false).ok(), wanted);
        }
    }
}
