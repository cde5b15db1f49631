//! Which repositories has a group, an organisation or a person on a forge?
//!
//! ```text
//! owner ─► api (address of the first page) ─► ask (limits, tries, redirects, cache) ─► api (read) ─► Listing
//! ```
//!
//! A forge is not trusted further than its own host: it is asked on one host only, over https, with a bound on pages,
//! bytes and seconds, and addresses of repositories that lead elsewhere are left out.

mod api;
mod ask;
mod cache;
mod connection;
mod limit;
mod owner;
mod page;
mod tokens;

pub use connection::{Clock, Connection, Secret};
pub use owner::{Kind, Owner};
pub use tokens::Tokens;

use super::list::location;
use super::{Listed, Location};
use crate::phrase::Phrase;
use api::Project;
use ask::{Client, Stop};
use std::collections::BTreeSet;

/// What is wanted of what a forge lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// repositories that are forks
    pub forks: bool,
    /// repositories that are archived
    pub archived: bool,
}

impl Default for Wanted {
    /// Archived ones belong to the state of things; forks are mostly somebody else's work.
    fn default() -> Self {
        Self { forks: false, archived: true }
    }
}

/// What a forge lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// the repositories, the oldest first
    pub listed: Vec<Listed>,
    /// what was left out, and why
    pub told: Vec<Phrase>,
}

/// Asks a forge for all repositories of an owner: of a group with its subgroups, an organisation, or a person. Without a
/// token these are the public ones, with one those that the token may see. The owner of an entry is where it lies:
/// `group/subgroup`.
///
/// # Errors
/// Where the forge cannot be asked, refuses, answers with something else, or lists more pages than are read: a list that
/// lacks something is none.
pub fn list(owner: &Owner, wanted: Wanted, connection: &mut Connection<'_>) -> Result<Listing, Phrase> {
    let mut client = Client::new(owner, connection);
    let owner = match owner.kind {
        Kind::Unknown => &probe(owner, &mut client)?,
        _ => owner,
    };
    for first in api::first_pages(owner, wanted) {
        match pages(owner, &first, &mut client) {
            Ok(projects) => return Ok(sorted_out(owner, wanted, projects)),
            // no organisation: perhaps a person
            Err(Stop::NotFound) => {}
            Err(Stop::Why(why)) => return Err(why),
        }
    }
    let phrase = if client.has_token() {
        Phrase::new(
            "{host} knows no group, organisation or person {owner}, or the token may not see it",
            "{host} kennt keine Gruppe, Organisation oder Person {owner}, oder das Token darf sie nicht sehen",
        )
    } else {
        Phrase::new(
            "{host} knows no group, organisation or person {owner}; what is not public takes a token",
            "{host} kennt keine Gruppe, Organisation oder Person {owner}; was nicht öffentlich ist, braucht ein Token",
        )
    };
    Err(phrase.with("host", owner.host()).with("owner", owner.path.as_str()))
}

/// All pages from the first.
fn pages(owner: &Owner, first: &str, client: &mut Client<'_, '_>) -> Result<Vec<Project>, Stop> {
    let mut seen = BTreeSet::new();
    let mut projects = Vec::new();
    let mut address = first.to_owned();
    loop {
        if !seen.insert(address.clone()) || seen.len() > client.most_pages() {
            let phrase = Phrase::new(
                "{host} lists {owner} on more than {number} pages; ask for its parts one by one",
                "{host} listet {owner} auf mehr als {number} Seiten auf; fragen Sie die Teile einzeln ab",
            );
            let phrase = phrase.with("host", owner.host()).with("owner", owner.path.as_str());
            return Err(Stop::Why(phrase.with("number", client.most_pages().to_string())));
        }
        let answer = client.get(&address)?;
        let page = api::read(owner, &answer.body).map_err(Stop::Why)?;
        let number = page.len();
        projects.extend(page);
        match page::next(owner, &address, &answer, number, projects.len()) {
            Some(next) => address = next,
            None => return Ok(projects),
        }
    }
}

/// Which software a host runs, asked without the token: nobody has said yet that it is for this host.
fn probe(owner: &Owner, client: &mut Client<'_, '_>) -> Result<Owner, Phrase> {
    let is = |client: &mut Client<'_, '_>, path: &str, right: fn(&serde_json::Value) -> bool| {
        let answer = client.get_without_token(&format!("{}{path}", owner.origin));
        answer.is_ok_and(|answer| serde_json::from_slice(&answer.body).is_ok_and(|value| right(&value)))
    };
    let kind = if is(client, "/api/v4/projects?per_page=1&simple=true", serde_json::Value::is_array) {
        Kind::GitLab
    } else if is(client, "/api/v1/version", |value| value.get("version").is_some()) {
        Kind::Gitea
    } else {
        let phrase = Phrase::new(
            "which software runs on {host} cannot be told; say so: --from gitlab:{address}, github:… or gitea:…",
            "welche Software auf {host} läuft, ist nicht zu erkennen; sagen Sie es: --from gitlab:{address}, \
             github:… oder gitea:…",
        );
        return Err(phrase.with("host", owner.host()).with("address", owner.address()));
    };
    client.knows(kind);
    Ok(Owner { kind, ..owner.clone() })
}

/// What is wanted of the projects, and what is told of the others.
fn sorted_out(owner: &Owner, wanted: Wanted, projects: Vec<Project>) -> Listing {
    let mut listing = Listing::default();
    let mut seen = BTreeSet::new();
    let (mut forks, mut archived, mut empty, mut elsewhere) = (0_usize, 0_usize, 0_usize, 0_usize);
    for project in projects {
        // Paging shifts where something is made or deleted meanwhile.
        if !seen.insert(project.address.clone()) {
            continue;
        }
        if project.fork && !wanted.forks {
            forks += 1;
        } else if project.archived && !wanted.archived {
            archived += 1;
        } else if project.empty {
            empty += 1;
        } else if let Some(entry) = entry(owner, &project) {
            listing.listed.push(entry);
        } else {
            elsewhere += 1;
        }
    }
    let mut tell = |number: usize, phrase: Phrase| {
        if number > 0 {
            listing.told.push(phrase.with("owner", owner.address()).with("number", number.to_string()));
        }
    };
    tell(
        forks,
        Phrase::new(
            "{owner}: forks are left out ({number}); --forks takes them in",
            "{owner}: Forks bleiben aus ({number}); --forks nimmt sie auf",
        ),
    );
    tell(
        archived,
        Phrase::new("{owner}: archived ones are left out ({number})", "{owner}: Archivierte bleiben aus ({number})"),
    );
    tell(
        empty,
        Phrase::new(
            "{owner}: repositories without any content are left out ({number})",
            "{owner}: Repositorys ohne Inhalt bleiben aus ({number})",
        ),
    );
    tell(
        elsewhere,
        Phrase::new(
            "{owner}: repositories whose address leads to another host are left out ({number})",
            "{owner}: Repositorys, deren Adresse auf einen anderen Host führt, bleiben aus ({number})",
        ),
    );
    listing
}

/// The entry of a project; `None` where its address is none, or leads to another host.
fn entry(owner: &Owner, project: &Project) -> Option<Listed> {
    let address = match (owner.is_local(), project.address.strip_prefix("http://")) {
        // a forge behind a proxy that does not know of the https before it
        (false, Some(rest)) => format!("https://{rest}"),
        _ => project.address.clone(),
    };
    let Location::Remote(checked) = location(&address).ok()? else { return None };
    if !owner::host_of(&checked)?.eq_ignore_ascii_case(owner.host()) {
        return None;
    }
    let name = project.name.trim_matches('/').to_owned();
    let group = name.rsplit_once('/').map(|(group, _)| group.to_owned());
    Some(Listed { repo: address, location: Location::Remote(checked), name: Some(name), owner: group })
}

#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;
