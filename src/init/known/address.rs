//! Where is the repository on the web, and where are its issues?

use crate::init::clean;
use crate::reading::Readings;
use crate::reading::alike::alike;
use crate::reading::forge_address::ForgeAddress;
use crate::reading::manifest::{Ecosystem, Manifest, UrlKind};
use crate::reading::networks;

/// The address of the repository for browsers: what a manifest states, unless that is plainly another project than the
/// remote (left over from a template); else the remote.
pub(super) fn of(readings: &Readings<'_>, manifests: &[&Manifest]) -> Option<String> {
    let remotes: Vec<String> =
        readings.repo.remotes().map(|remote| String::from_utf8_lossy(remote).into_owned()).collect();
    let remotes: Vec<(ForgeAddress, String)> = remotes.iter().filter_map(|remote| browsable(remote, false)).collect();
    let stated = manifests.iter().flat_map(|manifest| {
        let short = manifest.ecosystem == Ecosystem::Npm;
        let urls = manifest.urls.iter().filter(|url| matches!(url.kind, UrlKind::Repository | UrlKind::Homepage));
        urls.filter_map(move |url| {
            let repository = url.kind == UrlKind::Repository;
            browsable(&url.address.value, short && repository)
                .filter(|(address, _)| repository || is_forge_host(&address.host))
        })
    });
    let another = |address: &ForgeAddress| {
        !remotes.is_empty()
            && remotes.iter().all(|(remote, _)| remote.owner != address.owner && !alike(&remote.name, &address.name))
    };
    let mut stated = stated.filter(|(address, _)| !another(address));
    let stated = stated.next().map(|(_, url)| url);
    stated.or_else(|| remotes.first().map(|(_, url)| url.clone()))
}

/// A repository's address as browsers want it, in the letters it is written in; `None` where it is none, or leads into
/// a network of one's own.
fn browsable(address: &str, short_forms: bool) -> Option<(ForgeAddress, String)> {
    let read = ForgeAddress::read(address, short_forms)?;
    // Over SSH forges have one user for all; any other belongs to a machine that need not have pages.
    let ssh = !address.contains("://") && address.contains('@') || address.contains("ssh://");
    if ssh && !address.contains("git@") {
        return None;
    }
    let path = format!("{}/{}", read.owner, read.name);
    let written = address.to_ascii_lowercase().rfind(&path).and_then(|at| address.get(at..at + path.len()));
    let url = format!("https://{}/{}", read.host, written.unwrap_or(&path));
    (clean::is_web(&url) && is_public(&url)).then_some((read, url))
}

/// Whether a web address leads to a host that everybody can reach, by its name.
pub(super) fn is_public(url: &str) -> bool {
    let host = url.split("://").nth(1).unwrap_or_default().split(['/', '?', '#', ':']).next().unwrap_or_default();
    networks::is_host(host) && !networks::is_private(host) && !networks::is_everybodys(host)
}

/// Whether an address leads to a repository on a code host.
pub(super) fn is_forge(url: &str) -> bool {
    ForgeAddress::read(url, false).is_some_and(|address| is_forge_host(&address.host))
}

fn is_forge_host(host: &str) -> bool {
    ["github.com", "codeberg.org", "bitbucket.org"].contains(&host) || is_gitlab(host)
}

fn is_gitlab(host: &str) -> bool {
    host.starts_with("gitlab.")
}

/// Whether the forge calls a change that is proposed a merge request; `None` where the forge is not known.
pub(super) fn merges(url: &str) -> Option<bool> {
    let address = ForgeAddress::read(url, false)?;
    is_forge_host(&address.host).then(|| is_gitlab(&address.host))
}

/// Where issues are opened: what a manifest states for this repository, else where the forge has them.
pub(super) fn issues(manifests: &[&Manifest], url: Option<&str>) -> Option<String> {
    let stated = manifests.iter().flat_map(|manifest| &manifest.urls).filter(|url| url.kind == UrlKind::Issues);
    let ours = |address: &String| {
        let forge = ForgeAddress::read(address, false).filter(|address| is_forge_host(&address.host));
        match (forge, url.and_then(|url| ForgeAddress::read(url, false))) {
            (Some(stated), Some(own)) => stated == own,
            (Some(_), None) => false,
            (None, _) => true,
        }
    };
    let mut stated = stated.map(|url| url.address.value.trim().to_owned());
    stated.find(|url| clean::is_web(url) && is_public(url) && ours(url)).or_else(|| {
        let url = url?;
        let address = ForgeAddress::read(url, false)?;
        let url = url.trim_end_matches('/').trim_end_matches(".git");
        match address.host.as_str() {
            "github.com" | "codeberg.org" => Some(format!("{url}/issues")),
            host if is_gitlab(host) => Some(format!("{url}/-/issues")),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_for_browsers() {
        for (address, url) in [
            ("git@github.com:Stadt/Baum-Karte.git", Some("https://github.com/Stadt/Baum-Karte")),
            ("https://user:word@github.com/Stadt/karte.git", Some("https://github.com/Stadt/karte")),
            ("ssh://git@gitlab.stadt.de:2222/it/karte.git", Some("https://gitlab.stadt.de/it/karte")),
            ("git+https://github.com/a/b.git", Some("https://github.com/a/b")),
            ("ada@server.stadt.de:git/karte", None),
            ("git@gitlab.stadt.intern:it/karte.git", None),
            ("https://10.1.7.5/it/karte.git", None),
            ("/srv/git/karte.git", None),
            ("https://github.com/a\nurl: x/b", None),
            ("https://github.com/a/b\"><x", None),
        ] {
            assert_eq!(browsable(address, true).map(|(_, url)| url).as_deref(), url, "{address}");
        }
    }

    #[test]
    fn where_issues_are() {
        for (url, wanted, merge) in [
            ("https://github.com/a/b", Some("https://github.com/a/b/issues"), Some(false)),
            ("https://gitlab.opencode.de/a/b/c", Some("https://gitlab.opencode.de/a/b/c/-/issues"), Some(true)),
            ("https://git.stadt.de/a/b", None, None),
        ] {
            assert_eq!(issues(&[], Some(url)).as_deref(), wanted, "{url}");
            assert_eq!(merges(url), merge, "{url}");
        }
    }
}
