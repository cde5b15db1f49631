//! Which token is for which host?
//!
//! A token that reaches a host it is not for is a token lost; and which hosts are asked may stand in a list that somebody
//! else wrote. So a token goes to a host only where the user has said so, or where everybody knows that it is for it.

use super::connection::Secret;
use super::owner::{Kind, Owner};
use crate::phrase::Phrase;
use std::collections::BTreeSet;

/// The variable whose token is for the one host that the user names.
const ANY: &str = "CIVICLINT_TOKEN";

/// The tokens in the environment, and the owners that the user has typed.
pub struct Tokens<'a> {
    environment: &'a dyn Fn(&str) -> Option<String>,
    typed: &'a [Owner],
}

impl<'a> Tokens<'a> {
    /// Reads variables by `environment`; `typed` are the owners of `--from`.
    pub fn new(environment: &'a dyn Fn(&str) -> Option<String>, typed: &'a [Owner]) -> Self {
        Self { environment, typed }
    }

    /// The token for an owner: `CIVICLINT_TOKEN` where `--from` names its host and no other; else the variable of its
    /// software, where `--from` names its host and no other one with this software, or names none, and it is the host
    /// that the variable is usually for.
    pub fn of(&self, owner: &Owner) -> Option<Secret> {
        let only = |hosts: BTreeSet<&str>| hosts.len() == 1 && hosts.contains(owner.origin.as_str());
        let hosts = || self.typed.iter().map(|typed| typed.origin.as_str()).collect::<BTreeSet<_>>();
        if only(hosts())
            && let Some(token) = self.variable(ANY)
        {
            return Some(token);
        }
        let same = self.typed.iter().filter(|typed| typed.kind == owner.kind);
        let same: BTreeSet<&str> = same.map(|typed| typed.origin.as_str()).collect();
        let for_it = if same.is_empty() { self.home(owner.kind).as_deref() == Some(&owner.origin) } else { only(same) };
        let names: &[&str] = match owner.kind {
            Kind::GitLab => &["GITLAB_TOKEN"],
            Kind::GitHub => &["GITHUB_TOKEN", "GH_TOKEN"],
            Kind::Gitea => &["GITEA_TOKEN", "FORGEJO_TOKEN"],
            Kind::Unknown => &[],
        };
        names.iter().filter(|_| for_it).find_map(|name| self.variable(name))
    }

    /// What to tell where there is a token that is used for nothing.
    pub fn unused(&self) -> Option<Phrase> {
        let hosts: BTreeSet<&str> = self.typed.iter().map(|typed| typed.origin.as_str()).collect();
        let unclear = hosts.len() != 1 && self.variable(ANY).is_some();
        unclear.then(|| {
            Phrase::new(
                "CIVICLINT_TOKEN is not used: it is for one host, and --from names {number}",
                "CIVICLINT_TOKEN wird nicht benutzt: Es gilt für einen Host, und --from nennt {number}",
            )
            .with("number", hosts.len().to_string())
        })
    }

    /// The host that a token of this software is usually for. In CI that is the one where CI runs.
    fn home(&self, kind: Kind) -> Option<String> {
        let said = |name: &str| (self.environment)(name).map(|url| url.trim().trim_end_matches('/').to_lowercase());
        match kind {
            Kind::GitLab => said("CI_SERVER_URL").or_else(|| Some("https://gitlab.com".to_owned())),
            Kind::GitHub => said("GITHUB_SERVER_URL").or_else(|| Some("https://github.com".to_owned())),
            Kind::Gitea => Some("https://codeberg.org".to_owned()),
            Kind::Unknown => None,
        }
    }

    fn variable(&self, name: &str) -> Option<Secret> {
        Secret::new(&(self.environment)(name)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_where_it_is_meant_for() {
        let both = &[("CIVICLINT_TOKEN", "any"), ("GITLAB_TOKEN", "lab"), ("GITHUB_TOKEN", "hub")][..];
        let lab = &[("GITLAB_TOKEN", "lab")][..];
        let ci = &[("GITLAB_TOKEN", "lab"), ("CI_SERVER_URL", "https://GitLab.example.org/")][..];
        let (ours, theirs, hub) =
            ("gitlab:https://gitlab.example.org/amt", "gitlab:https://gitlab.evil.example/x", "github:amt");
        for (variables, typed, asked, token) in [
            (both, &[ours][..], ours, Some("any")),
            (both, &[ours], "gitlab:https://gitlab.example.org/other", Some("any")),
            (both, &[ours], theirs, None),
            (both, &[ours], hub, Some("hub")),
            (both, &[ours, hub], ours, Some("lab")),
            (both, &[ours, hub], hub, Some("hub")),
            (both, &[ours, theirs], ours, None),
            (lab, &[], ours, None),
            (lab, &[], "gitlab:amt", Some("lab")),
            (lab, &[ours], ours, Some("lab")),
            (lab, &[ours], "gitlab:amt", None),
            (ci, &[], ours, Some("lab")),
            (ci, &[], "gitlab:amt", None),
            (both, &[], "https://git.example.org/amt", None),
            (both, &["https://git.example.org/amt"], "https://git.example.org/amt", Some("any")),
            (&[("GITLAB_TOKEN", "a b")], &[ours], ours, None),
        ] {
            let environment =
                |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            let typed: Vec<Owner> = typed.iter().map(|text| text.parse().unwrap()).collect();
            let tokens = Tokens::new(&environment, &typed);
            let found = tokens.of(&asked.parse().unwrap());
            assert_eq!(found.as_ref().map(Secret::reveal), token, "{variables:?} {typed:?} {asked}");
            let hosts: BTreeSet<&String> = typed.iter().map(|owner| &owner.origin).collect();
            assert_eq!(tokens.unused().is_some(), variables == both && hosts.len() != 1);
        }
    }
}
