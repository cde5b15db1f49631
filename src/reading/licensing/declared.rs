//! Does a package that is made to be published name its licence?

use crate::phrase::Phrase;
use crate::reading::manifest::{Ecosystem, Manifest};
use crate::repository::Repository;
use std::collections::{BTreeMap, BTreeSet};

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
    let known = Known::of(manifests, has_props(repo));
    let wanted = |manifest: &&Manifest| has_field(manifest.ecosystem);
    manifests
        .iter()
        .filter(wanted)
        .map(|manifest| Package {
            manifest,
            names: known.names(manifest),
            published: is_published(manifest, |name| beside(repo, manifest, name)),
        })
        .collect()
}

/// What manifests state for others.
struct Known<'m> {
    /// folders in which a manifest of this ecosystem states a licence
    folders: BTreeSet<(Ecosystem, &'m [u8])>,
    /// Maven's modules by name: whether one states a licence, and whether it has a parent
    modules: BTreeMap<&'m str, (bool, bool)>,
    /// whether properties for all projects of .NET may state it
    props: bool,
}

impl<'m> Known<'m> {
    fn of(all: &'m [Manifest], props: bool) -> Self {
        let folders = all.iter().filter(|one| states(one)).map(|one| (one.ecosystem, one.path.folder())).collect();
        let poms = all.iter().filter(|one| one.ecosystem == Ecosystem::Maven);
        let modules =
            poms.filter_map(|one| Some((one.name.as_ref()?.value.as_str(), (states(one), one.has_parent)))).collect();
        Self { folders, modules, props }
    }

    fn names(&self, manifest: &Manifest) -> Result<bool, Phrase> {
        if states(manifest) {
            return Ok(true);
        }
        let folder = manifest.path.folder();
        let here = |folder| self.folders.contains(&(manifest.ecosystem, folder));
        match manifest.ecosystem {
            // setup.py, setup.cfg and pyproject.toml beside each other are one package.
            Ecosystem::Python => Ok(here(folder)),
            Ecosystem::Maven if manifest.has_parent => {
                let ends = (0..folder.len()).filter(|end| *end == 0 || folder.get(*end) == Some(&b'/'));
                if ends.filter_map(|end| folder.get(..end)).any(here) {
                    return Ok(true);
                }
                match manifest.parent.as_ref().and_then(|parent| self.modules.get(parent.value.as_str())) {
                    Some((true, _)) => Ok(true),
                    Some((false, false)) => Ok(false),
                    _ => Err(Phrase::new(
                        "its parent lies elsewhere and may name one",
                        "das übergeordnete POM liegt anderswo und kann eine nennen",
                    )),
                }
            }
            // Conventions of a build may lie anywhere in it.
            Ecosystem::Gradle => Ok(self.folders.iter().any(|(ecosystem, _)| *ecosystem == Ecosystem::Gradle)),
            Ecosystem::DotNet => Ok(self.props),
            _ => Ok(false),
        }
    }
}

fn states(manifest: &Manifest) -> bool {
    !manifest.licences.is_empty() || manifest.licence_inherited
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
            assert_eq!(Known::of(&manifests, false).names(&manifests[0]), Ok(names), "{text}");
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
            let all = [child.clone(), parent];
            assert_eq!(Known::of(&all, false).names(&all[0]).ok(), wanted);
        }
    }
}
