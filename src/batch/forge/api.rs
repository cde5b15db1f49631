//! How does each forge list repositories?
//!
//! - GitLab: <https://docs.gitlab.com/api/groups/#list-projects>, `GET /groups/:id/projects`, of a person
//!   `GET /users/:username/projects`;
//! - GitHub: <https://docs.github.com/en/rest/repos/repos#list-organization-repositories>, `GET /orgs/{org}/repos`, of a
//!   person `GET /users/{username}/repos`;
//! - Gitea, Forgejo: <https://docs.gitea.com/api/>, `GET /orgs/{org}/repos`, `GET /users/{username}/repos`.

use super::page::{GITEA_SIZE, SIZE};
use super::{Kind, Owner, Wanted};
use crate::phrase::Phrase;
use serde::Deserialize;

/// A repository as a forge lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Project {
    /// `group/project`
    pub(super) name: String,
    /// from where it is cloned
    pub(super) address: String,
    /// whether it is a fork
    pub(super) fork: bool,
    /// whether it is archived
    pub(super) archived: bool,
    /// whether nothing is in it, where the forge says so
    pub(super) empty: bool,
}

/// Where the first page may be: for an organisation or group, then for a person. The oldest come first, so that what
/// is made meanwhile does not shift the pages.
pub(super) fn first_pages(owner: &Owner, wanted: Wanted) -> [String; 2] {
    let path = encoded(&owner.path);
    let base = base(owner);
    match owner.kind {
        Kind::GitLab | Kind::Unknown => {
            let archived = if wanted.archived { "" } else { "&archived=false" };
            let sorted = format!("order_by=id&sort=asc&per_page={SIZE}{archived}");
            [
                format!("{base}/groups/{path}/projects?include_subgroups=true&with_shared=false&{sorted}"),
                format!("{base}/users/{path}/projects?{sorted}"),
            ]
        }
        Kind::GitHub => {
            let sorted = format!("sort=created&direction=asc&per_page={SIZE}");
            [
                format!("{base}/orgs/{path}/repos?type=all&{sorted}"),
                format!("{base}/users/{path}/repos?type=owner&{sorted}"),
            ]
        }
        Kind::Gitea => {
            let sorted = format!("limit={GITEA_SIZE}&page=1");
            [format!("{base}/orgs/{path}/repos?{sorted}"), format!("{base}/users/{path}/repos?{sorted}")]
        }
    }
}

fn base(owner: &Owner) -> String {
    let origin = &owner.origin;
    match owner.kind {
        Kind::GitLab | Kind::Unknown => format!("{origin}/api/v4"),
        Kind::Gitea => format!("{origin}/api/v1"),
        Kind::GitHub => match owner.host() {
            "github.com" => "https://api.github.com".to_owned(),
            // GitHub Enterprise Cloud with data residency
            host if host.ends_with(".ghe.com") => format!("https://api.{host}"),
            _ => format!("{origin}/api/v3"),
        },
    }
}

/// A path as one part of an address: GitLab takes `group%2Fsubgroup`.
fn encoded(path: &str) -> String {
    path.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
        text
    })
}

#[derive(Deserialize)]
struct GitLab {
    path_with_namespace: String,
    http_url_to_repo: String,
    #[serde(default)]
    archived: bool,
    /// there where it is a fork; not told to those who may not see the original
    forked_from_project: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    empty_repo: bool,
    repository_access_level: Option<String>,
}

/// GitHub's, Gitea's and Forgejo's.
#[derive(Deserialize)]
struct GitHub {
    full_name: String,
    clone_url: String,
    #[serde(default)]
    archived: bool,
    #[serde(default)]
    fork: bool,
    /// Gitea's
    #[serde(default)]
    empty: bool,
}

/// The repositories of a page.
pub(super) fn read(owner: &Owner, body: &[u8]) -> Result<Vec<Project>, Phrase> {
    let projects = match owner.kind {
        Kind::GitLab | Kind::Unknown => serde_json::from_slice::<Vec<GitLab>>(body).map(|list| {
            let projects = list.into_iter().map(|project| Project {
                empty: project.empty_repo || project.repository_access_level.as_deref() == Some("disabled"),
                name: project.path_with_namespace,
                address: project.http_url_to_repo,
                fork: project.forked_from_project.is_some(),
                archived: project.archived,
            });
            projects.collect()
        }),
        Kind::GitHub | Kind::Gitea => serde_json::from_slice::<Vec<GitHub>>(body).map(|list| {
            let projects = list.into_iter().map(|project| Project {
                name: project.full_name,
                address: project.clone_url,
                fork: project.fork,
                archived: project.archived,
                empty: project.empty,
            });
            projects.collect()
        }),
    };
    projects.map_err(|error| {
        Phrase::new(
            "{host} did not answer with a list of repositories: {why}",
            "{host} hat nicht mit einer Liste von Repositorys geantwortet: {why}",
        )
        .with("host", owner.host())
        .with("why", error.to_string())
    })
}
