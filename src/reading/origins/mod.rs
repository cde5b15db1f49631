//! From where do manifests and lock files take packages?
//!
//! Code is not run: of manifests that are programs only plain strings are read, and nothing that stands under a
//! condition. What only says where a package is published to is none.

mod documents;
mod gradle;
mod images;
mod lines;

use super::{networks, tree_path};
use crate::repository::{File, Mark, RepoPath};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    forges: BTreeSet<String>,
    tried_out: BTreeSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("origins.toml")).expect("a test parses the table"));

/// Larger files are not read.
pub const LARGEST: u64 = 8 << 20;
/// So many origins of one file are looked at.
const MOST: usize = 50_000;

/// What kind of place packages come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OriginKind {
    /// a registry or mirror of packages, or a package at an address of its own
    Registry,
    /// a git repository
    Git,
    /// a folder beside the manifest
    Folder,
    /// a container image
    Image,
}

impl OriginKind {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Git => "git",
            Self::Folder => "folder",
            Self::Image => "image",
        }
    }
}

/// A place that a manifest takes packages from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// what kind of place
    pub kind: OriginKind,
    /// its host; for a folder the path as it is written
    pub called: String,
    /// whether it is asked over ssh, which wants a key
    pub ssh: bool,
    /// whether whoever asks must always show a token, as the settings say
    pub token: bool,
    /// the scope of names (`@stadt`) that alone come from there
    pub scope: Option<String>,
    /// where it is written
    pub at: Range<usize>,
}

/// What a place is, beside the networks it lies in, that keeps the public from it.
pub mod barrier {
    /// It wants a token from everybody, as the settings of the package manager say.
    pub const TOKEN: &str = "token";
    /// It is asked over ssh, and no public forge answers.
    pub const KEY: &str = "ssh-key";
    /// It is a folder outside of the repository.
    pub const OUTSIDE: &str = "outside-tree";
    /// Its name has no domain: only one network knows it.
    pub const NO_DOMAIN: &str = "no-domain";
}

/// Whether a file is a manifest or lock file that is read here, and of this repository's own packages.
pub fn is_read(file: &File) -> bool {
    let foreign =
        [Mark::Vendored, Mark::Test, Mark::Example, Mark::BuildOutput].iter().any(|mark| file.marks.has(*mark));
    let lower = file.path.lower();
    let tried_out = || lower.split('/').any(|part| TABLE.tried_out.contains(part));
    !foreign && file.len.is_none_or(|len| len <= LARGEST) && reader(&lower).is_some() && !tried_out()
}

type Reader = fn(&str) -> Vec<Origin>;

/// Who reads a file, by its path in lower case.
fn reader(path: &str) -> Option<Reader> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    Some(match name {
        "package.json" => documents::package_json,
        ".npmrc" => lines::npmrc,
        ".yarnrc.yml" => documents::yarnrc,
        "package-lock.json" | "npm-shrinkwrap.json" => lines::package_lock,
        "yarn.lock" => lines::yarn_lock,
        "pnpm-lock.yaml" => lines::pnpm_lock,
        "pyproject.toml" => documents::pyproject,
        "pipfile" => documents::pipfile,
        "pipfile.lock" => documents::pipfile_lock,
        "poetry.lock" | "uv.lock" | "pdm.lock" => lines::python_lock,
        "pip.conf" | "pip.ini" => lines::pip_conf,
        "setup.py" | "setup.cfg" => lines::setup_py,
        "cargo.toml" => documents::cargo,
        "cargo.lock" => lines::cargo_lock,
        "config.toml" | "config" if path.ends_with(&format!(".cargo/{name}")) => documents::cargo_config,
        "gemfile" | "gems.rb" => lines::gemfile,
        "gemfile.lock" | "gems.locked" => lines::gemfile_lock,
        "composer.json" => documents::composer,
        "pom.xml" => documents::pom,
        "nuget.config" => documents::nuget,
        "go.mod" => lines::go_mod,
        "package.swift" => lines::package_swift,
        "podfile" => lines::podfile,
        "mix.exs" => lines::mix,
        "pubspec.yaml" => documents::pubspec,
        "chart.yaml" => documents::chart,
        ".gitmodules" => lines::gitmodules,
        "build.sbt" | "plugins.sbt" => lines::sbt,
        ".gitlab-ci.yml" | ".drone.yml" | ".woodpecker.yml" | "bitbucket-pipelines.yml" => images::ci,
        _ if name.ends_with(".gradle") || name.ends_with(".gradle.kts") => gradle::gradle,
        _ if path.starts_with(".github/workflows/") && matches!(end, "yml" | "yaml") => images::ci,
        _ if matches!(end, "yml" | "yaml") && (stem.starts_with("docker-compose") || stem.starts_with("compose")) => {
            images::compose
        }
        _ if name == "dockerfile"
            || name == "containerfile"
            || name.starts_with("dockerfile.")
            || end == "dockerfile" =>
        {
            images::dockerfile
        }
        _ if end == "txt" && (stem.contains("requirements") || stem.starts_with("constraints")) => lines::requirements,
        _ => return None,
    })
}

/// What a manifest or lock file says of where its packages come from, in the order of the file.
pub fn origins(path: &RepoPath, text: &str) -> Vec<Origin> {
    let Some(reader) = reader(&path.lower()) else { return Vec::new() };
    let mut found = reader(text);
    found.truncate(MOST);
    found.sort_by_key(|origin| origin.at.start);
    found
}

/// The networks, domains and services an origin lies in and what else keeps people from it, for a manifest in `folder`;
/// nothing where it lies in the repository or on the own machine.
pub fn behind(origin: &Origin, folder: &str) -> Vec<String> {
    if origin.kind == OriginKind::Folder {
        let path = origin.called.replace('\\', "/");
        let lower = path.to_ascii_lowercase();
        let of_a_person = ["/home/", "/users/", "c:/"].iter().any(|start| lower.starts_with(start));
        let outside =
            of_a_person || !path.starts_with('/') && !path.contains(':') && tree_path::lead(folder, &path).is_none();
        return if outside { vec![barrier::OUTSIDE.to_owned()] } else { Vec::new() };
    }
    let host = origin.called.as_str();
    if is_own_machine(host) || networks::is_private(host) && networks::is_everybodys(host) {
        return Vec::new();
    }
    let mut behind = networks::zones(host);
    behind.extend(service(host));
    if !host.contains('.') && !host.contains(':') && origin.kind != OriginKind::Image {
        behind.push(barrier::NO_DOMAIN.to_owned());
    }
    if origin.token {
        behind.push(barrier::TOKEN.to_owned());
    }
    if origin.ssh && !TABLE.forges.contains(host) {
        behind.push(barrier::KEY.to_owned());
    }
    behind
}

fn is_own_machine(host: &str) -> bool {
    host == "localhost"
        || host.starts_with("127.")
        || host == "::1"
        || host == "0.0.0.0"
        || host.ends_with(".localhost")
}

/// What a host of a cloud is without account and region.
fn service(host: &str) -> Option<String> {
    let labels: Vec<&str> = host.split('.').collect();
    match labels.as_slice() {
        [_, "dkr", "ecr" | "ecr-fips", _, "amazonaws", "com"] => Some("dkr.ecr.amazonaws.com".to_owned()),
        [_, "d", "codeartifact", _, "amazonaws", "com"] => Some("d.codeartifact.amazonaws.com".to_owned()),
        _ => None,
    }
}

/// An origin at an address: `https://…`, `git+ssh://…`, `git@host:…`. `None` where it is none, or its host is filled in
/// later.
fn remote(kind: OriginKind, address: &str, at: Range<usize>) -> Option<Origin> {
    let address = address.trim();
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None => {
            let (user, path) = address.split_once(':')?;
            let (user, host) = user.rsplit_once('@')?;
            let plain =
                !user.is_empty() && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+:/".contains(&byte));
            let ssh = plain && networks::is_host(host) && host.contains('.') && !path.is_empty();
            return ssh.then(|| Origin { kind, called: host.to_ascii_lowercase(), ssh, token: false, scope: None, at });
        }
    };
    if scheme.ends_with("file") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.split_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) || scheme.ends_with("ssh") => name,
        Some(_) => return None,
        None => host,
    };
    let ssh = scheme.ends_with("ssh") || scheme.starts_with("ssh");
    networks::is_host(host).then(|| Origin {
        kind,
        called: host.to_ascii_lowercase(),
        ssh,
        token: false,
        scope: None,
        at,
    })
}

/// A folder, from `file:../x`, `link:../x` or a plain path.
fn folder(path: &str, at: Range<usize>) -> Option<Origin> {
    let path = path.trim();
    let path =
        ["file://", "file:", "link:", "portal:"].iter().find_map(|start| path.strip_prefix(start)).unwrap_or(path);
    let known = !path.is_empty() && !path.contains(['$', '{', '<', '%', '*', '#']) && !path.starts_with('~');
    let (kind, called) = (OriginKind::Folder, path.to_owned());
    known.then_some(Origin { kind, called, ssh: false, token: false, scope: None, at })
}

/// What a package manager takes for an address, a repository or a folder.
fn either(kind: OriginKind, text: &str, at: Range<usize>) -> Option<Origin> {
    let is_folder = ["file:", "link:", "portal:", "../", "./"].iter().any(|start| text.trim().starts_with(start));
    if is_folder { folder(text, at) } else { remote(kind, text, at) }
}

#[cfg(test)]
mod tests;
