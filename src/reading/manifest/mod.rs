//! What does a package manifest say of its package: name, licence, people, addresses, scripts?
//!
//! One file per ecosystem; all of them fill the same [`Manifest`]. Reading is lenient: what a manifest says in a form
//! that its ecosystem does not know is left out, and only a document that cannot be parsed at all is an error.

mod cargo;
mod citation;
mod haskell;
mod jvm;
mod legacy_python;
mod lenient;
mod npm;
mod openapi;
mod others;
mod publiccode;
mod python;
mod r;

pub(in crate::reading) use lenient::{attribute, elements};
pub use publiccode::{Contractor, Description, Publiccode, publiccode};

use super::node::Located;
use crate::phrase::Phrase;
use crate::repository::{Counted, File, FileKind, RepoPath, Repository};

/// Where packages of a kind come from; each has its own manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ecosystem {
    /// Rust: Cargo.toml
    Cargo,
    /// JavaScript and TypeScript: package.json
    Npm,
    /// Python: pyproject.toml, setup.cfg, setup.py
    Python,
    /// Python: requirements.txt, a list of what is needed and no package
    Requirements,
    /// conda: environment.yml, likewise
    Conda,
    /// Java: pom.xml
    Maven,
    /// Java, Kotlin: build.gradle, build.gradle.kts
    Gradle,
    /// PHP: composer.json
    Composer,
    /// R: DESCRIPTION
    R,
    /// Ruby: *.gemspec
    Ruby,
    /// .NET: *.csproj, *.nuspec
    DotNet,
    /// Julia: Project.toml
    Julia,
    /// Dart: pubspec.yaml
    Dart,
    /// Go: go.mod
    Go,
    /// Haskell: *.cabal
    Cabal,
    /// CITATION.cff, which describes the work and no package
    Citation,
    /// codemeta.json, likewise
    Codemeta,
    /// OpenAPI, which describes an interface: its `info.license` is that of the description
    OpenApi,
}

impl Ecosystem {
    /// Whether its manifest makes a package: something that is installed under a name.
    pub fn is_package(self) -> bool {
        !matches!(self, Self::Requirements | Self::Conda | Self::Citation | Self::Codemeta | Self::OpenApi)
    }
}

/// What a manifest says. All texts are foreign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// where it lies
    pub path: RepoPath,
    /// what kind of package
    pub ecosystem: Ecosystem,
    /// the name of the package
    pub name: Option<Located>,
    /// its version
    pub version: Option<Located>,
    /// whether it says that it is never published (`private: true`, `publish = false`)
    pub private: bool,
    /// whether it says of itself that it is made to be published: in keys that only a registry reads
    pub published: bool,
    /// whether it is the root of a workspace of several packages
    pub workspace: bool,
    /// what it says of its licence, in the order of the document
    pub licences: Vec<Licence>,
    /// authors, maintainers and contacts
    pub people: Vec<Person>,
    /// addresses
    pub urls: Vec<Url>,
    /// commands that it gives names to
    pub scripts: Vec<Script>,
    /// one or two sentences
    pub description: Option<Located>,
    /// the README it names
    pub readme: Option<Located>,
    /// what it needs
    pub dependencies: Vec<Dependency>,
    /// whether it has a parent that may state more (Maven)
    pub has_parent: bool,
    /// the name of that parent
    pub parent: Option<Located>,
    /// whether a licence is stated for it elsewhere: in the root of its workspace
    pub licence_inherited: bool,
    /// keys that the root of its workspace answers
    inherits: Vec<String>,
}

/// A statement on the licence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// in which form it is made
    pub form: Form,
    /// the value
    pub stated: Located,
}

/// The form of a statement on the licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// a field that wants an SPDX expression
    Expression,
    /// a field of free text
    Name,
    /// a Trove classifier (`License :: OSI Approved :: MIT License`)
    Classifier,
    /// the path of a licence file
    File,
    /// a web address
    Address,
    /// "nobody may use it" (`UNLICENSED` of npm, `proprietary` of Composer)
    Reserved,
}

/// Somebody named in a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// as what they are named
    pub role: Role,
    /// their name
    pub name: Option<Located>,
    /// their e-mail address
    pub email: Option<Located>,
}

/// As what somebody is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// wrote it
    Author,
    /// looks after it
    Maintainer,
    /// can be asked
    Contact,
}

/// An address in a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    /// where it leads
    pub kind: UrlKind,
    /// the address as written; for repositories it may be a short form such as `github:owner/name`
    pub address: Located,
}

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlKind {
    /// the project's page
    Homepage,
    /// the source
    Repository,
    /// where to report bugs
    Issues,
    /// its documentation
    Documentation,
    /// anywhere else
    Other,
}

/// A command with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// the name, at the place of its key
    pub name: Located,
    /// what is run
    pub command: String,
}

/// A package that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// its name, at the place where it is asked for
    pub name: Located,
    /// the version or address that is asked for, as written; empty where none is
    pub wanted: String,
    /// whether only development needs it
    pub development: bool,
}

/// No manifest states more licences, classifiers and files.
const MOST_LICENCES: usize = 60;

impl Manifest {
    fn new(path: &RepoPath, ecosystem: Ecosystem) -> Self {
        Self {
            path: path.clone(),
            ecosystem,
            name: None,
            version: None,
            private: false,
            published: false,
            workspace: false,
            licences: Vec::new(),
            people: Vec::new(),
            urls: Vec::new(),
            scripts: Vec::new(),
            description: None,
            readme: None,
            dependencies: Vec::new(),
            has_parent: false,
            parent: None,
            licence_inherited: false,
            inherits: Vec::new(),
        }
    }

    fn licence(&mut self, form: Form, stated: Option<Located>) {
        if self.licences.len() < MOST_LICENCES {
            self.licences.extend(stated.map(|stated| Licence { form, stated }));
        }
    }

    fn url(&mut self, kind: UrlKind, address: Option<Located>) {
        self.urls.extend(address.map(|address| Url { kind, address }));
    }

    fn person(&mut self, role: Role, name: Option<Located>, email: Option<Located>) {
        if name.is_some() || email.is_some() {
            self.people.push(Person { role, name, email });
        }
    }

    /// Adds somebody written as `Name <address@example.org> (https://…)`, each part optional.
    fn person_line(&mut self, role: Role, line: Option<Located>) {
        let Some(line) = line else { return };
        let (name, rest) = line.value.split_once('<').unwrap_or((&line.value, ""));
        let email = rest.split_once('>').map_or(rest, |(email, _)| email).trim();
        let name = name.split_once('(').map_or(name, |(name, _)| name).trim().trim_matches(',').trim();
        let (name, email) =
            if email.is_empty() && name.contains('@') && !name.contains(' ') { ("", name) } else { (name, email) };
        let part = |value: &str| (!value.is_empty()).then(|| Located { value: value.to_owned(), span: line.span });
        self.person(role, part(name), part(email));
    }
}

/// A reader of one kind of manifest: its path and text in, what it says out.
type Reader = fn(&RepoPath, &str) -> Result<Manifest, Phrase>;

/// How the manifest at a path is read; `None` where the path is that of no manifest.
fn reader(path: &RepoPath) -> Option<Reader> {
    let name = path.lossy();
    let name = name.rsplit('/').next().unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    Some(match name {
        "Cargo.toml" => cargo::read,
        "package.json" => npm::read,
        "pyproject.toml" => python::pyproject,
        "setup.cfg" => legacy_python::setup_cfg,
        "setup.py" => legacy_python::setup_py,
        "environment.yml" | "environment.yaml" => legacy_python::environment,
        "pom.xml" => jvm::pom,
        "build.gradle" | "build.gradle.kts" => jvm::gradle,
        "composer.json" => others::composer,
        "DESCRIPTION" => r::description,
        "Project.toml" => others::julia,
        "pubspec.yaml" => others::pubspec,
        "go.mod" => others::go,
        "codemeta.json" => citation::codemeta,
        _ if lower == "citation.cff" => citation::cff,
        _ if lower.starts_with("requirements") && lower.ends_with(".txt") => legacy_python::requirements,
        _ if lower.ends_with(".gemspec") => others::gemspec,
        _ if lower.ends_with(".cabal") => haskell::read,
        _ if openapi::is_name(&lower) => openapi::read,
        _ if lower.ends_with(".csproj") || lower.ends_with(".nuspec") => others::dotnet,
        _ => return None,
    })
}

/// Whether a file is a manifest that can be read here.
pub fn is_manifest(file: &File) -> bool {
    file.kind == FileKind::Regular && reader(&file.path).is_some()
}

/// Reads one manifest.
///
/// # Errors
/// The reason, where the document cannot be parsed at all. No manifest at this path is an error, too.
pub fn read(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let reader = reader(path).ok_or_else(|| Phrase::new("it is no package manifest", "es ist kein Paket-Manifest"))?;
    reader(path, text)
}

/// Reads every manifest of the tree that has no mark, in the order of the paths; what cannot be read becomes a loss.
/// Members of a Cargo workspace get what they inherit from its root.
pub(super) fn all(repo: &Repository) -> Vec<Manifest> {
    use rayon::prelude::*;
    let files: Vec<&File> = repo.files().iter().filter(|file| file.marks.none() && is_manifest(file)).collect();
    let mut manifests: Vec<Manifest> = files
        .into_par_iter()
        .filter_map(|file| {
            let text = repo.text(file).ok()?;
            repo.count(Counted::Manifests, 1);
            match read(&file.path, &text) {
                Ok(manifest) => Some(manifest),
                Err(why) => {
                    repo.lose(crate::repository::Loss { path: Some(file.path.clone()), why });
                    None
                }
            }
        })
        .collect();
    cargo::inherit(&mut manifests);
    manifests
}

/// Reads publiccode.yml at the root (or `publiccode.yaml`, which its standard does not know); what cannot be read
/// becomes a loss, too.
pub(super) fn public_code(repo: &Repository) -> Option<Result<Publiccode, Phrase>> {
    let file = ["publiccode.yml", "publiccode.yaml"].into_iter().find_map(|name| repo.file(name))?;
    let read = repo.text(file).and_then(|text| publiccode(&file.path, &text));
    if let Err(why) = &read {
        repo.lose(crate::repository::Loss { path: Some(file.path.clone()), why: why.clone() });
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::Span;

    /// A line of five megabytes gives no more than a manifest may state.
    #[test]
    fn one_endless_line() {
        for (path, part) in [
            ("setup.py", "setup( license='MIT', license_files=['a', 'License :: x' "),
            ("setup.cfg", "[metadata] license = MIT "),
            ("DESCRIPTION", "License: GPL (>= 2) | "),
            ("x.gemspec", " s.licenses = ['MIT', 'ISC', "),
            ("pom.xml", "<project><licenses><license><name>MIT</name>"),
            ("x.csproj", "<PackageLicenseExpression a='x' "),
            ("build.gradle", "licenses { license { name = 'MIT' "),
            ("x.cabal", "license-file: a, b, "),
            ("openapi.yaml", "info: {license: {name: "),
        ] {
            let text = part.repeat((5 << 20) / part.len());
            let stated = read(&path.into(), &text).map_or(0, |manifest| manifest.licences.len());
            assert!(stated <= MOST_LICENCES, "{path}: {stated}");
        }
    }

    #[test]
    fn people_in_one_line() {
        for (line, name, email) in [
            ("Ada Example <ada@example.org> (https://example.org)", "Ada Example", "ada@example.org"),
            ("Ada Example (https://example.org)", "Ada Example", ""),
            ("ada@example.org", "", "ada@example.org"),
            ("<ada@example.org>", "", "ada@example.org"),
            ("Ada <ada@example.org", "Ada", "ada@example.org"),
        ] {
            let mut manifest = Manifest::new(&"x".into(), Ecosystem::Npm);
            manifest.person_line(Role::Author, Some(Located { value: line.into(), span: Span::on_line(1, 1, 2) }));
            let person = &manifest.people[0];
            assert_eq!(person.name.as_ref().map_or("", |n| &n.value), name, "{line}");
            assert_eq!(person.email.as_ref().map_or("", |e| &e.value), email, "{line}");
        }
    }
}
