//! Under which licence is the repository, and where does it say so?
//!
//! Licence files, the README and the manifests together make one SPDX expression. Nothing is guessed: where several
//! licences stand side by side and nothing says whether one may be chosen or all apply, the answer is that nobody can
//! tell.

pub mod compatibility;
pub mod declared;
mod files;
pub mod folders;
mod header_lines;
pub mod headers;
mod nearest;
mod open;
pub mod parts;
pub mod placeholders;
mod references;
pub mod stated;
mod statements;
mod whole;

pub use files::{Content, LicenceFile, is_licence_name};
pub use nearest::{is_deprecated, nearest_expression, today};
pub use open::{is_open_for_data, is_open_for_software};
pub use references::Reference;
pub use statements::{Meaning, Statement, meaning};

use super::kind::RepositoryKind;
use super::licence_text::expression;
use super::manifest::{Manifest, Publiccode};
use crate::phrase::Phrase;
use crate::repository::{RepoPath, Repository};
use std::sync::Arc;

/// What was found out about the licence of a repository.
#[derive(Clone, Debug)]
pub struct Licensing {
    /// the licence files of the root and of `LICENSES/`, in the order of their paths
    pub files: Arc<[LicenceFile]>,
    /// what manifests, publiccode.yml and citation files state, in the order of their paths
    pub statements: Vec<Statement>,
    /// the licence files that manifests, README and NOTICE name, in the order of their paths
    pub references: Vec<Reference>,
    /// the licence of the repository as a whole, or why there is none that can be told
    pub licence: Result<Whole, Phrase>,
}

/// The licence of a repository as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// an SPDX expression
    pub expression: String,
    /// the files that decided
    pub from: Vec<RepoPath>,
    /// what is said about later versions of a GNU licence
    pub grant: Grant,
}

/// What is said about later versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// it is no GNU licence
    NotGnu,
    /// nothing is said anywhere: `-only` is the careful reading
    None,
    /// this version only
    Only,
    /// this or any later version
    OrLater,
}

impl Grant {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotGnu => "not-gnu",
            Self::None => "none",
            Self::Only => "only",
            Self::OrLater => "or-later",
        }
    }
}

/// Reads the licence files of the root and of `LICENSES/`, in the order of their paths.
pub(super) fn licence_files(repo: &Repository) -> Arc<[LicenceFile]> {
    files::all(repo).into()
}

impl Licensing {
    /// Reads the README, and puts what it says together with the licence files and the manifests.
    pub fn of(
        repo: &Repository,
        files: Arc<[LicenceFile]>,
        manifests: &[Manifest],
        publiccode: Option<&Publiccode>,
    ) -> Self {
        let tree = references::Tree::new(repo);
        let statements = statements::all(&tree, manifests, publiccode, &files);
        let licence = whole::whole(repo, &files, &statements);
        let references = references::all(&tree, &statements);
        Self { files, statements, references, licence }
    }

    /// Whether a GNU licence is named and nothing that was read so far says whether later versions are granted.
    pub fn leaves_later_versions_open(&self) -> bool {
        self.licence.as_ref().is_ok_and(|whole| whole.grant == Grant::None)
    }

    /// Lets the headers of source files decide what was left open; see [`Licensing::leaves_later_versions_open`].
    pub fn with_headers(self, headers: &[headers::Own]) -> Self {
        Self { licence: self.licence.map(|licence| whole::granted_by_headers(licence, headers)), ..self }
    }

    /// Whether the repository may be used by everybody: by the Open Source Definition or the freedoms of the FSF for
    /// software, by the Open Definition for data and documents. Of several licences that are offered one is enough.
    ///
    /// # Errors
    /// Where the licence, or the kind of the repository where it matters, cannot be told.
    pub fn is_open(&self, kind: Result<RepositoryKind, Phrase>) -> Result<bool, Phrase> {
        let whole = self.licence.as_ref().map_err(Clone::clone)?;
        open_expression(&whole.expression, kind)
    }
}

/// Whether an expression is open for this kind of repository.
///
/// # Errors
/// Where it holds a `LicenseRef-`, or where it depends on a kind that cannot be told.
pub fn open_expression(expression: &str, kind: Result<RepositoryKind, Phrase>) -> Result<bool, Phrase> {
    let own = |name: &str| name.starts_with("LicenseRef-") || name.contains(":LicenseRef-");
    let as_software = expression::satisfied(expression, is_open_for_software);
    let as_data = expression::satisfied(expression, |name| is_open_for_data(name) || is_open_for_software(name));
    let (Some(as_software), Some(as_data)) = (as_software, as_data) else { return Err(unreadable(expression)) };
    // Whatever a text of the repository's own says, another that is offered may be open.
    if !as_data && expression::licences(expression).iter().any(|name| own(name)) {
        return Err(Phrase::new(
            "`{licence}` is a licence of the repository's own; whether it is open, only people can tell",
            "`{licence}` ist eine eigene Lizenz des Repositorys; ob sie offen ist, können nur Menschen beurteilen",
        )
        .with("licence", expression));
    }
    if as_software == as_data {
        return Ok(as_data);
    }
    Ok(match kind? {
        RepositoryKind::Software => as_software,
        RepositoryKind::Data | RepositoryKind::Documentation => as_data,
    })
}

fn unreadable(expression: &str) -> Phrase {
    Phrase::new("`{licence}` is no SPDX expression", "`{licence}` ist kein SPDX-Ausdruck").with("licence", expression)
}

/// The id of a licence without what is said on later versions and exceptions: `GPL-3.0` for all of its forms.
pub fn family(id: &str) -> &str {
    let bare = id.split(" WITH ").next().unwrap_or(id);
    let bare = bare.strip_suffix('+').unwrap_or(bare);
    bare.strip_suffix("-only").or_else(|| bare.strip_suffix("-or-later")).unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_or_not() {
        use RepositoryKind::{Data, Software};
        for (expression, kind, wanted) in [
            ("MIT", Software, Some(true)),
            ("EUPL-1.2", Software, Some(true)),
            ("MPL-2.0", Data, Some(true)),
            ("CC-BY-4.0", Data, Some(true)),
            ("DL-DE-BY-2.0", Data, Some(true)),
            ("DL-DE-BY-2.0", Software, Some(false)),
            ("CC-BY-NC-4.0", Data, Some(false)),
            ("BUSL-1.1", Software, Some(false)),
            ("GPL-3.0-only OR LicenseRef-Commercial", Software, Some(true)),
            ("LicenseRef-Own", Software, None),
            ("MIT AND CC-BY-NC-4.0", Software, Some(false)),
        ] {
            assert_eq!(open_expression(expression, Ok(kind)).ok(), wanted, "{expression}");
        }
        let unknown = || Err(Phrase::new("a", "a"));
        assert_eq!(open_expression("MIT", unknown()), Ok(true));
        assert!(open_expression("DL-DE-BY-2.0", unknown()).is_err());
    }

    #[test]
    fn families() {
        for (id, wanted) in [
            ("GPL-3.0-or-later", "GPL-3.0"),
            ("GPL-2.0-only WITH x", "GPL-2.0"),
            ("MIT", "MIT"),
            ("EUPL-1.2+", "EUPL-1.2"),
        ] {
            assert_eq!(family(id), wanted);
        }
    }
}
