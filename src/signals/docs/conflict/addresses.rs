//! Do files name different repositories on the same host?

use super::Conflict;
use super::told::{Source, Told};
use crate::phrase::Phrase;
use crate::reading::forge_address::ForgeAddress;
use crate::repository::Repository;

pub(super) fn conflicts(told: &[Told], repo: &Repository) -> Vec<Conflict> {
    let remotes = repo.remotes().filter_map(|remote| ForgeAddress::read(&String::from_utf8_lossy(remote), false));
    against(told, &remotes.collect::<Vec<_>>())
}

fn against(told: &[Told], remotes: &[ForgeAddress]) -> Vec<Conflict> {
    let stated: Vec<(&Told, ForgeAddress)> =
        told.iter().filter_map(|one| Some((one, ForgeAddress::read(&one.address.as_ref()?.value, one.npm)?))).collect();
    let mut conflicts = Vec::new();
    for (one, address) in &stated {
        let Some(written) = &one.address else { continue };
        if remotes.contains(address) {
            continue;
        }
        if let Some((other, _)) =
            stated.iter().find(|(other, named)| address.contradicts(named) && trusted(other, one, remotes, named))
        {
            let why = Phrase::new("{path} says {address}", "{path} sagt {address}")
                .with("path", other.path.untrusted())
                .with("address", other.address.as_ref().map(|address| address.value.clone()).unwrap_or_default());
            conflicts.push(Conflict::new(one, written, "address", why));
        } else if !remotes.is_empty() && remotes.iter().all(|remote| is_another(address, remote)) {
            // not the remote as it is written: it may hold a password
            let remote = remotes.first().map(|one| format!("{}/{}/{}", one.host, one.owner, one.name));
            let why = Phrase::new("the remote is {remote}", "das Remote ist {remote}")
                .with("remote", remote.unwrap_or_default());
            conflicts.push(Conflict::new(one, written, "address", why));
        }
    }
    conflicts
}

/// Of two files that contradict each other, the one that the remote does not confirm is told; without a remote that
/// decides, the one that is read by fewer people: packages before the citation, the citation before publiccode.yml.
fn trusted(other: &Told, one: &Told, remotes: &[ForgeAddress], named: &ForgeAddress) -> bool {
    let rank = |told: &Told| match told.source {
        Source::Publiccode => 0,
        Source::Citation => 1,
        Source::Codemeta => 2,
        Source::Package => 3,
    };
    remotes.contains(named) || rank(other) < rank(one)
}

/// Whether an address is that of another project, and no fork (same name), mirror (other host) or moved project.
fn is_another(address: &ForgeAddress, remote: &ForgeAddress) -> bool {
    address.host == remote.host && address.owner != remote.owner && !alike(&address.name, &remote.name)
}

fn alike(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let (one, other) = (plain(one), plain(other));
    one.contains(&other) || other.contains(&one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::node::Located;
    use crate::signal::Span;

    fn told(source: Source, path: &str, address: &str) -> Told {
        let at = Located { value: address.to_owned(), span: Span::on_line(1, 1, 2) };
        Told {
            source,
            path: path.into(),
            name: None,
            version: None,
            date: None,
            address: Some(at),
            status: None,
            npm: false,
            private: false,
        }
    }

    #[test]
    fn who_is_contradicted() {
        let forge = "https://gitlab.opencode.de";
        for (publiccode, package, remote, found) in [
            ("/a/plan", "/a/plan.git", "", &[][..]),
            ("/a/plan", "/b/plan", "", &["package.json"]),
            ("/a/plan", "/b/plan", "/b/plan", &["publiccode.yml"]),
            ("/a/plan", "/a/plan", "/fork/plan", &[]),
            ("/a/plan", "/a/plan", "/fork/plan-neu", &[]),
            ("/a/template", "/a/template", "/b/water", &["package.json", "publiccode.yml"]),
        ] {
            let both = [
                told(Source::Publiccode, "publiccode.yml", &format!("{forge}{publiccode}")),
                told(Source::Package, "package.json", &format!("{forge}{package}")),
            ];
            let remotes: Vec<_> = ForgeAddress::read(&format!("{forge}{remote}"), false).into_iter().collect();
            let mut paths: Vec<String> =
                against(&both, &remotes).iter().map(|one| one.path.lossy().into_owned()).collect();
            paths.sort();
            assert_eq!(paths, found, "{publiccode} {package} {remote}");
        }
        let mirror = [
            told(Source::Publiccode, "publiccode.yml", "https://gitlab.opencode.de/a/plan"),
            told(Source::Package, "package.json", "https://github.com/b/c"),
        ];
        assert!(against(&mirror, &[]).is_empty());
    }
}
