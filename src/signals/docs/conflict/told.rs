//! What do the files at the root say of the whole?

use crate::reading::Readings;
use crate::reading::manifest::{Ecosystem, Manifest, UrlKind};
use crate::reading::node::{Located, json, yaml};
use crate::repository::RepoPath;

/// Whose word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Publiccode,
    Citation,
    Codemeta,
    Package,
}

/// What one file says.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) source: Source,
    pub(super) path: RepoPath,
    pub(super) name: Option<Located>,
    /// what it says the newest version is; of a package, its own
    pub(super) version: Option<Located>,
    /// when that came out
    pub(super) date: Option<Located>,
    /// where the repository is
    pub(super) address: Option<Located>,
    /// how far it is
    pub(super) status: Option<Located>,
    /// whether it is a package.json, which applications of other languages have for their pages as well
    pub(super) npm: bool,
    /// whether it says that it is never published
    pub(super) private: bool,
}

/// What the files at the root say; test data, vendored files and packages below the root speak for others.
pub(super) fn all(readings: &Readings<'_>) -> Vec<Told> {
    let mut told = Vec::new();
    if let Some(Ok(publiccode)) = readings.publiccode() {
        told.push(Told {
            source: Source::Publiccode,
            path: publiccode.path.clone(),
            name: publiccode.name.clone(),
            version: publiccode.software_version.clone(),
            date: publiccode.release_date.clone(),
            address: publiccode.url.clone(),
            status: publiccode.development_status.clone(),
            npm: false,
            private: false,
        });
    }
    let at_root = readings.manifests().iter().filter(|manifest| manifest.path.at_root());
    told.extend(at_root.filter_map(|manifest| of_manifest(readings, manifest)));
    told
}

fn of_manifest(readings: &Readings<'_>, manifest: &Manifest) -> Option<Told> {
    let source = match manifest.ecosystem {
        Ecosystem::Citation => Source::Citation,
        Ecosystem::Codemeta => Source::Codemeta,
        one if one.is_package() => Source::Package,
        _ => return None,
    };
    let (date, status) = dated(readings, manifest).unwrap_or_default();
    let address = manifest.urls.iter().find(|url| url.kind == UrlKind::Repository).map(|url| url.address.clone());
    Some(Told {
        source,
        path: manifest.path.clone(),
        name: manifest.name.clone(),
        version: manifest.version.clone(),
        date,
        address,
        status,
        npm: manifest.ecosystem == Ecosystem::Npm,
        private: manifest.private || manifest.workspace,
    })
}

/// Date and status, which only descriptions of a work have.
fn dated(readings: &Readings<'_>, manifest: &Manifest) -> Option<(Option<Located>, Option<Located>)> {
    let text = |path: &RepoPath| readings.repo.text(readings.repo.file(path.as_bytes())?).ok();
    match manifest.ecosystem {
        Ecosystem::Citation => {
            let text = text(&manifest.path)?;
            let document = yaml(&text).ok()?;
            Some((document.at(&["date-released"]), None))
        }
        Ecosystem::Codemeta => {
            let text = text(&manifest.path)?;
            let document = json(&text).ok()?;
            Some((document.at(&["dateModified"]), document.at(&["developmentStatus"])))
        }
        _ => None,
    }
}
