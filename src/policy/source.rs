//! Where do the texts of policies come from? Shipped profiles, files of a repository, files of the user.

use super::profile;
use crate::phrase::Phrase;
use crate::repository::{RepoPath, Repository};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The names that a policy may have in a repository.
pub const NAMES: [&str; 3] = ["civiclint.toml", ".civiclint.toml", ".github/civiclint.toml"];
/// The most bytes of one policy.
const BYTES: u64 = 256 << 10;

/// Where one policy is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// it ships
    Profile(&'static str),
    /// a path of the repository
    Repository(String),
    /// a file of the user's
    Disk(PathBuf),
}

impl Spot {
    /// As messages show it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Profile(name) => format!("profiles/{name}.toml"),
            Self::Repository(path) => path.clone(),
            Self::Disk(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// Where it lies in the repository, if it does.
    pub(super) fn in_repository(&self) -> Option<RepoPath> {
        match self {
            Self::Repository(path) => Some(path.as_str().into()),
            _ => None,
        }
    }

    /// What another name means that stands in it: a profile, or a path from its own folder. `None` where there is no
    /// such profile, or the path leads out of the repository.
    pub(super) fn other(&self, name: &str) -> Option<Self> {
        if !is_path(name) {
            return profile::known(name).map(Self::Profile);
        }
        match self {
            Self::Profile(_) => None,
            Self::Repository(here) => {
                let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
                inside(folder, name).map(Self::Repository)
            }
            Self::Disk(here) => Some(Self::Disk(here.parent().unwrap_or(Path::new("")).join(name))),
        }
    }

    /// Its text; `None` where nothing lies there.
    pub(super) fn text(&self, repo: Option<&Repository>) -> Option<Result<String, Phrase>> {
        let bytes = match self {
            Self::Profile(name) => return profile::text(name).map(|text| Ok(text.to_owned())),
            Self::Repository(path) => repo?.named(path, BYTES)?,
            Self::Disk(path) => on_disk(path)?,
        };
        Some(bytes.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| Phrase::new("this text is no UTF-8", "Dieser Text ist nicht in UTF-8"))
        }))
    }
}

/// Whether it is a path, and no name of a profile.
pub(super) fn is_path(name: &str) -> bool {
    name.contains(['/', '\\']) || name.ends_with(".toml")
}

/// A path from a folder of the repository; `None` where it is absolute or leads out.
fn inside(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(['\\', '\0']) {
        return None;
    }
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name),
        }
    }
    (!names.is_empty()).then(|| names.join("/"))
}

#[expect(clippy::disallowed_methods, reason = "a file that the user names on the command line, no repository")]
fn on_disk(path: &Path) -> Option<Result<Vec<u8>, Phrase>> {
    let cannot = |error: std::io::Error| {
        Phrase::new("cannot be read: {why}", "Lässt sich nicht lesen: {why}").with("why", error.to_string())
    };
    match std::fs::metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => return Some(Err(cannot(error))),
        Ok(about) if !about.is_file() => {
            return Some(Err(Phrase::new("this is no regular file", "Das ist keine gewöhnliche Datei")));
        }
        Ok(_) => {}
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(BYTES + 1).read_to_end(&mut bytes));
    Some(match read {
        Err(error) => Err(cannot(error)),
        Ok(_) if bytes.len() as u64 > BYTES => {
            let phrase = Phrase::new("a policy has at most {n} KiB", "Eine Richtlinie hat höchstens {n} KiB");
            Err(phrase.with("n", (BYTES >> 10).to_string()))
        }
        Ok(_) => Ok(bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for (folder, path, wanted) in [
            ("", "base.toml", Some("base.toml")),
            (".github", "../base.toml", Some("base.toml")),
            (".github", "./policies/base.toml", Some(".github/policies/base.toml")),
            ("", "../base.toml", None),
            (".github", "../../base.toml", None),
            ("a/b", "../c/../../d.toml", Some("d.toml")),
            ("", "/etc/passwd.toml", None),
            ("", "a\\b.toml", None),
            ("", "./", None),
        ] {
            assert_eq!(inside(folder, path).as_deref(), wanted, "{folder} {path}");
        }
    }
}
