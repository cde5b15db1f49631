//! Which repository on which code host does an address name?

/// A repository on a code host, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForgeAddress {
    /// the host, without `www.` and port
    pub host: String,
    /// who it belongs to: one or more names, with `/` between them
    pub owner: String,
    /// what it is called, without `.git`
    pub name: String,
}

impl ForgeAddress {
    /// Reads web addresses, `git@host:owner/name.git`, `git+ssh://…`, and the short forms of npm (`github:owner/name`,
    /// `owner/name`) where `short_forms` are allowed; pages inside a repository name it, too. `None` where it is no
    /// repository: too few names, an address of this machine, or a place where examples live.
    pub fn read(address: &str, short_forms: bool) -> Option<Self> {
        const LONGEST: usize = 500;
        let address = address.trim().to_ascii_lowercase();
        if address.len() > LONGEST || address.contains(char::is_whitespace) {
            return None;
        }
        let address = address.strip_prefix("scm:").unwrap_or(&address);
        let address = address.strip_prefix("git:").filter(|rest| !rest.starts_with("//")).unwrap_or(address);
        let (host, path) = match address.split_once("://") {
            Some((scheme, _)) if scheme.ends_with("file") => return None,
            Some((_, rest)) => rest.split_once('/')?,
            None => match address.split_once(':') {
                Some(("github", path)) if short_forms => ("github.com", path),
                Some(("gitlab", path)) if short_forms => ("gitlab.com", path),
                Some(("bitbucket", path)) if short_forms => ("bitbucket.org", path),
                Some((host, path)) if host.contains('@') => (host, path),
                Some(_) => return None,
                None if short_forms && address.matches('/').count() == 1 => ("github.com", address),
                None => return None,
            },
        };
        let host = host.rsplit('@').next()?.split(':').next()?;
        let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("ssh.")).unwrap_or(host);
        if !host.contains('.') || is_elsewhere(host) {
            return None;
        }
        let path = path.split(['?', '#']).next()?;
        let path = path.split("/-/").next()?;
        let mut names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
        // what follows the second name is inside a repository, except where groups lie in groups
        let inside = ["tree", "blob", "issues", "wiki", "releases", "src", "raw", "pulls", "commit", "archive"];
        if let Some(at) = names.iter().skip(2).position(|name| inside.contains(name)) {
            names.truncate(at + 2);
        }
        let two_only = ["github.com", "codeberg.org", "bitbucket.org"].contains(&host);
        if two_only {
            names.truncate(2);
        }
        // A password with a slash in it would look like an owner.
        if names.iter().any(|name| name.contains('@')) {
            return None;
        }
        let (name, owner) = names.split_last()?;
        let name = name.strip_suffix(".git").unwrap_or(name);
        (!owner.is_empty() && !name.is_empty()).then(|| Self {
            host: host.to_owned(),
            owner: owner.join("/"),
            name: name.to_owned(),
        })
    }

    /// Whether both lie on the same host and are not the same.
    pub fn contradicts(&self, other: &Self) -> bool {
        self.host == other.host && self != other
    }
}

/// Hosts that are no code host, or nobody's (RFC 2606).
fn is_elsewhere(host: &str) -> bool {
    let none =
        ["npmjs.com", "pypi.org", "doi.org", "zenodo.org", "crates.io", "readthedocs.io", "github.io", "gitlab.io"];
    let apart = |one: &str| host == one || host.ends_with(&format!(".{one}"));
    none.iter().any(|one| apart(one)) || ["example.com", "localhost"].iter().any(|one| apart(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let read =
            |address| ForgeAddress::read(address, true).map(|one| format!("{}|{}|{}", one.host, one.owner, one.name));
        for (address, expected) in [
            ("https://github.com/Owner/Name.git", Some("github.com|owner|name")),
            ("git+https://www.github.com/owner/name", Some("github.com|owner|name")),
            ("git@gitlab.opencode.de:group/sub/name.git", Some("gitlab.opencode.de|group/sub|name")),
            ("ssh://git@gitlab.example.org:2222/group/name/", Some("gitlab.example.org|group|name")),
            ("https://gitlab.example.org/group/sub/name/-/tree/main", Some("gitlab.example.org|group/sub|name")),
            ("https://github.com/owner/name/tree/v1.0#readme", Some("github.com|owner|name")),
            ("https://token:x@github.com/owner/name", Some("github.com|owner|name")),
            ("scm:git:git@github.com:owner/name.git", Some("github.com|owner|name")),
            ("github:owner/name", Some("github.com|owner|name")),
            ("owner/name", Some("github.com|owner|name")),
            ("https://ada.b:to/ken@github.com/owner/name", None),
            ("https://github.com/owner", None),
            ("/srv/git/name.git", None),
            ("file:///srv/git/name.git", None),
            ("https://www.npmjs.com/package/name", None),
            ("https://owner.github.io/name/x", None),
            ("name", None),
            ("", None),
        ] {
            assert_eq!(read(address).as_deref(), expected, "{address}");
        }
        assert_eq!(ForgeAddress::read("owner/name", false), None);
    }
}
