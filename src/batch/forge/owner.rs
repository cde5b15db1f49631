//! Whose repositories are asked for, and where?

use crate::batch::Location;
use crate::batch::list::{Wrong, location};
use crate::phrase::Phrase;
use std::str::FromStr;

/// The software of a forge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// GitLab
    GitLab,
    /// GitHub, GitHub Enterprise
    GitHub,
    /// Gitea, and Forgejo, whose interface is the same here
    Gitea,
    /// not said; the host is asked
    Unknown,
}

/// A group, an organisation or a person on a forge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// the software
    pub kind: Kind,
    /// `https://host` or `https://host:port`, in small letters
    pub(super) origin: String,
    /// `group/subgroup`
    pub(super) path: String,
}

impl Owner {
    /// The owner at an address, as publishers.yml names it: known hosts and hosts that are called after their software
    /// are told by that, others are asked.
    ///
    /// # Errors
    /// Where it is no `https://` address of an owner.
    pub fn at(address: &str) -> Result<Self, Phrase> {
        let mut owner = parse(Kind::Unknown, address)?;
        owner.kind = kind_of(owner.host());
        Ok(owner)
    }

    /// The host, without a port.
    pub fn host(&self) -> &str {
        host_of(&self.origin).unwrap_or_default()
    }

    /// The whole address.
    pub fn address(&self) -> String {
        format!("{}/{}", self.origin, self.path)
    }

    /// Whether this machine itself is asked, where http is as good as https.
    pub(super) fn is_local(&self) -> bool {
        self.origin.starts_with("http://")
    }
}

/// `KIND:ADDRESS`, `KIND:NAME` for the forges that everybody knows, or an address.
impl FromStr for Owner {
    type Err = Phrase;

    fn from_str(text: &str) -> Result<Self, Phrase> {
        let text = text.trim();
        if has_scheme(text) {
            return Self::at(text);
        }
        let (kind, rest) = text.split_once(':').unwrap_or(("", text));
        let (kind, home) = match kind.to_ascii_lowercase().as_str() {
            "gitlab" => (Kind::GitLab, Some("https://gitlab.com")),
            "github" => (Kind::GitHub, Some("https://github.com")),
            "codeberg" => (Kind::Gitea, Some("https://codeberg.org")),
            "gitea" | "forgejo" => (Kind::Gitea, None),
            _ => {
                let phrase = Phrase::new(
                    "{from} names no forge; examples: gitlab:https://gitlab.example.org/group, github:organisation, \
                     forgejo:https://git.example.org/owner",
                    "{from} nennt keine Forge; Beispiele: gitlab:https://gitlab.example.org/gruppe, \
                     github:organisation, forgejo:https://git.example.org/name",
                );
                return Err(phrase.with("from", without_secrets(text)));
            }
        };
        if has_scheme(rest) {
            return parse(kind, rest);
        }
        let host_first = rest.split_once('/').is_some_and(|(host, _)| host.contains(['.', ':']));
        match home {
            Some(home) if !host_first => parse(kind, &format!("{home}/{rest}")),
            _ => {
                let phrase = Phrase::new(
                    "{from}: write the address with https://",
                    "{from}: Schreiben Sie die Adresse mit https://",
                );
                Err(phrase.with("from", without_secrets(text)))
            }
        }
    }
}

fn has_scheme(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| !scheme.contains(':'))
}

/// What stands before an `@` is nobody's business.
fn without_secrets(text: &str) -> &str {
    text.rsplit_once('@').map_or(text, |(_, rest)| rest)
}

fn parse(kind: Kind, address: &str) -> Result<Owner, Phrase> {
    let address = address.trim().trim_end_matches('/');
    // Only what is typed for this machine itself; `location` makes everything else https.
    let local = address.split_once("://").filter(|(scheme, rest)| {
        scheme.eq_ignore_ascii_case("http") && host_of(&format!("http://{rest}")).is_some_and(is_this_machine)
    });
    let address = match location(address) {
        Ok(Location::Remote(address)) if address.starts_with("https://") => address,
        Err(Wrong::Organisation) => format!("https://{}", address.split_once("://").map_or(address, |(_, rest)| rest)),
        Ok(_) => {
            let phrase = Phrase::new(
                "{address} is no address of a forge; it has to begin with https://",
                "{address} ist keine Adresse einer Forge; sie muss mit https:// beginnen",
            );
            return Err(phrase.with("address", without_secrets(address)));
        }
        Err(wrong) => return Err(wrong.why(address)),
    };
    let rest = address.strip_prefix("https://").unwrap_or(&address);
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let authority = authority.to_ascii_lowercase();
    let authority = authority.strip_prefix("www.").unwrap_or(&authority);
    let scheme = if local.is_some() { "http" } else { "https" };
    // what the web pages of GitLab and GitHub put before the name
    let path = path.strip_prefix("groups/").or_else(|| path.strip_prefix("orgs/")).unwrap_or(path);
    let path = path.split("/-/").next().unwrap_or(path).trim_matches('/');
    let owner = Owner { kind, origin: format!("{scheme}://{authority}"), path: path.to_owned() };
    let several = path.contains('/') && !matches!(kind, Kind::GitLab | Kind::Unknown);
    if several {
        let phrase = Phrase::new(
            "{address} names more than an owner; only GitLab has groups in groups",
            "{address} nennt mehr als einen Eigentümer; Gruppen in Gruppen kennt nur GitLab",
        );
        return Err(phrase.with("address", owner.address()));
    }
    Ok(owner)
}

/// The host of an address, without a port.
pub(super) fn host_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    let authority = rest.split('/').next()?;
    let authority = authority.rsplit('@').next()?;
    match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => authority.split(':').next(),
    }
}

fn is_this_machine(host: &str) -> bool {
    ["localhost", "127.0.0.1", "::1"].iter().any(|local| host.eq_ignore_ascii_case(local))
}

/// What a host is called after tells its software.
fn kind_of(host: &str) -> Kind {
    let first = host.split('.').next().unwrap_or_default();
    match host {
        "github.com" => Kind::GitHub,
        "codeberg.org" => Kind::Gitea,
        _ if host.ends_with(".ghe.com") => Kind::GitHub,
        "gitlab.com" => Kind::GitLab,
        _ if first.contains("gitlab") => Kind::GitLab,
        _ if first.contains("gitea") || first.contains("forgejo") => Kind::Gitea,
        _ => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners() {
        for (text, kind, address) in [
            ("gitlab:https://gitlab.example.org/amt/sub", Kind::GitLab, "https://gitlab.example.org/amt/sub"),
            ("gitlab:https://gitlab.example.org/groups/amt/-/shared", Kind::GitLab, "https://gitlab.example.org/amt"),
            ("GitLab:example/sub", Kind::GitLab, "https://gitlab.com/example/sub"),
            ("gitlab:https://code.example.org:8443/amt/", Kind::GitLab, "https://code.example.org:8443/amt"),
            ("github:example", Kind::GitHub, "https://github.com/example"),
            ("github:https://www.github.com/example/", Kind::GitHub, "https://github.com/example"),
            ("github:https://github.com/orgs/example", Kind::GitHub, "https://github.com/example"),
            ("github:https://ghe.example.org/example", Kind::GitHub, "https://ghe.example.org/example"),
            ("gitea:https://git.example.org/amt", Kind::Gitea, "https://git.example.org/amt"),
            ("forgejo:http://git.example.org/amt", Kind::Gitea, "https://git.example.org/amt"),
            ("gitea:http://127.0.0.1:3000/amt", Kind::Gitea, "http://127.0.0.1:3000/amt"),
            ("codeberg:example", Kind::Gitea, "https://codeberg.org/example"),
            ("https://codeberg.org/example", Kind::Gitea, "https://codeberg.org/example"),
            ("https://gitlab.example.org/amt", Kind::GitLab, "https://gitlab.example.org/amt"),
        ] {
            let owner: Owner = text.parse().unwrap_or_else(|why| panic!("{text}: {why:?}"));
            assert_eq!((owner.kind, owner.address().as_str()), (kind, address), "{text}");
        }
        for text in [
            "",
            "example",
            "gitlab:",
            "gitea:example",
            "gitlab:gitlab.example.org/amt",
            "svn:https://git.example.org/amt",
            "github:https://github.com/example/repository",
            "gitlab:ssh://git@gitlab.example.org/amt",
            "gitlab:https://gitlab.example.org",
            "gitlab:https://ada:geheim@gitlab.example.org/amt",
            "gitlab:../folder",
        ] {
            assert!(text.parse::<Owner>().is_err(), "{text}: {:?}", text.parse::<Owner>());
        }
        assert_eq!(Owner::at("https://git.example.org/amt").unwrap().kind, Kind::Unknown);
    }

    #[test]
    fn no_secret_is_told() {
        for text in ["gitlab:https://ada:geheim@gitlab.example.org/amt", "x:https://ada:geheim@git.example.org/amt"] {
            let why = format!("{:?}", text.parse::<Owner>().unwrap_err());
            assert!(!why.contains("geheim"), "{why}");
        }
    }
}
