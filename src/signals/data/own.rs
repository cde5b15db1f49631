//! What belongs to the project itself: its site, its API, its repository, its stores?

use crate::reading::Readings;
use crate::reading::address::Address;
use crate::reading::forge_address::ForgeAddress;
use crate::reading::hosts;
use crate::reading::manifest::UrlKind;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    generic: BTreeSet<String>,
    publishes: BTreeSet<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("own.toml")).expect("a test parses the table"));

/// What is known to be the project's own.
#[derive(Debug, Default)]
pub(super) struct Own {
    hosts: BTreeSet<String>,
    domains: BTreeSet<String>,
    repositories: BTreeSet<String>,
    /// names without gaps
    names: BTreeSet<String>,
    /// names of repositories without gaps, however short
    whole: BTreeSet<String>,
    /// words of names of several words
    words: BTreeSet<String>,
    /// whoever owns the repository, without gaps, and the words of that name
    owners: BTreeSet<String>,
}

fn is_telling(word: &str) -> bool {
    word.len() >= 5 && !WORDS.generic.contains(word)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Own {
    /// Reads it from the manifests, publiccode.yml and the README.
    pub(super) fn of(readings: &Readings<'_>) -> Self {
        let mut own = Self::default();
        for manifest in readings.manifests() {
            own.name(manifest.name.as_ref().map(|name| name.value.as_str()));
            for url in &manifest.urls {
                match url.kind {
                    UrlKind::Homepage => own.site(&url.address.value),
                    UrlKind::Repository | UrlKind::Issues => own.repository(&url.address.value),
                    UrlKind::Documentation | UrlKind::Other => {}
                }
            }
        }
        if let Some(Ok(publiccode)) = readings.publiccode() {
            own.name(publiccode.name.as_ref().map(|name| name.value.as_str()));
            publiccode.url.iter().for_each(|url| own.repository(&url.value));
            publiccode.landing_url.iter().for_each(|url| own.site(&url.value));
        }
        if let Some(readme) = readings.corpus().readme() {
            own.name(readme.headings.iter().find(|heading| heading.level == 1).map(|heading| heading.text.as_str()));
            let badges = readme.links.iter().filter(|link| link.image).map(|link| &link.url);
            badges
                .filter(|url| url.contains("/actions") || url.contains("/workflows/"))
                .for_each(|url| own.repository(url));
            // "git clone …" in the README: how people get this very repository.
            let commands = readme.code_blocks.iter().flat_map(|block| block.text.lines());
            let cloned = commands.filter_map(|line| line.trim().trim_start_matches("$ ").strip_prefix("git clone "));
            let address = cloned.filter_map(|rest| rest.split_whitespace().find(|word| !word.starts_with('-'))).next();
            address.into_iter().for_each(|address| own.cloned_from(address));
        }
        readings.repo.remotes().for_each(|remote| own.cloned_from(&String::from_utf8_lossy(remote)));
        own
    }

    /// Where the repository is got from; what is no repository on a code host says nothing.
    fn cloned_from(&mut self, address: &str) {
        if let Some(found) = ForgeAddress::read(address, false) {
            self.repositories.insert(format!("{}/{}", found.owner, found.name));
        }
    }

    /// The words of a name, and the name itself without gaps.
    fn name(&mut self, name: Option<&str>) {
        let Some(name) = name.filter(|name| name.len() < 60) else { return };
        let name = name.rsplit(['/', ':']).next().unwrap_or(name).to_lowercase();
        self.words
            .extend(name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).filter(|word| is_telling(word)));
        self.names.extend(Some(plain(&name)).filter(|word| is_telling(word)));
    }

    fn site(&mut self, url: &str) {
        let Some((_, address)) = Address::find(url) else { return };
        if hosts::no_source(&address).is_some() {
            return self.repository(url);
        }
        let domain = hosts::registrable(&address.host);
        if !hosts::is_shared(domain) && hosts::portal(&address).is_none() {
            self.domains.insert(domain.to_owned());
        }
        self.hosts.insert(address.host);
    }

    fn repository(&mut self, url: &str) {
        let path = match Address::find(url) {
            Some((_, address)) => address.path,
            None => url.rsplit(':').next().unwrap_or_default().to_owned(),
        };
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        if let (Some(owner), Some(name)) = (parts.next(), parts.next()) {
            self.name(Some(name.trim_end_matches(".git")));
            let owner = owner.to_lowercase();
            self.owners.extend(owner.split(['-', '_', '.']).map(str::to_owned).filter(|word| is_telling(word)));
            self.owners.extend(Some(plain(&owner)).filter(|word| is_telling(word)));
            self.whole.insert(plain(&name.trim_end_matches(".git").to_lowercase()));
            self.repositories.insert(format!("{owner}/{}", name.trim_end_matches(".git")).to_lowercase());
        }
    }

    /// Whether an address is the project's own site, API or repository.
    pub(super) fn is_site(&self, address: &Address) -> bool {
        let host = address.host.strip_prefix("www.").unwrap_or(&address.host);
        let below = |domain: &String| host == domain || host.ends_with(&format!(".{domain}"));
        let path = address.path.trim_start_matches('/').to_lowercase();
        let in_repository = self.repositories.iter().any(|repository| {
            path.strip_prefix(repository.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '@']))
                || repository
                    .split_once('/')
                    .is_some_and(|(owner, name)| host == format!("{owner}.github.io") && path.starts_with(name))
        });
        in_repository
            || self.hosts.iter().any(|own| own.strip_prefix("www.").unwrap_or(own) == host)
            || self.domains.iter().any(below)
            || hosts::portal(address).is_none() && (self.is_named_in(host) || self.is_owners(host))
    }

    /// Whether a domain is called like the owner or the whole repository, or a host on a platform for applications
    /// carries a word of the owner's name.
    fn is_owners(&self, host: &str) -> bool {
        let domain = hosts::registrable(host);
        let label = plain(domain.split('.').next().unwrap_or_default());
        // What a city publishes is no part of the application that the same city makes.
        if host.split('.').any(|label| WORDS.publishes.contains(label)) {
            return false;
        }
        if !hosts::is_shared(domain) {
            return self.owners.contains(&label) || self.whole.contains(&label);
        }
        let before = host.strip_suffix(domain).unwrap_or_default();
        hosts::is_platform(domain) && before.split(['.', '-', '_']).any(|word| self.owners.contains(word))
    }

    /// Whether a store or database carries the project's name.
    pub(super) fn is_store(&self, called: &str) -> bool {
        let name: String = called.rsplit("//").next().unwrap_or(called).to_lowercase();
        self.is_named_in(&name)
    }

    /// Whether a part of a host or bucket is called like the project.
    fn is_named_in(&self, host: &str) -> bool {
        let parts = host.split(['.', '/', '_']).filter(|part| part.len() >= 5);
        let mut plain = parts.map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect::<String>());
        plain.any(|part| {
            self.words.contains(&part)
                || self.names.iter().any(|name| part == *name || name.len() >= 6 && part.contains(name.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::find(text).unwrap().1
    }

    #[test]
    fn sites_and_stores() {
        let mut own = Own::default();
        own.name(Some("CargoRocket"));
        own.name(Some("@org/open-data-frontend"));
        own.repository("git+https://github.com/Org/tree-map.git");
        own.repository("https://github.com/Muster-Labs/mt");
        own.site("https://www.baumkarte.example.de/start");
        for (text, yes) in [
            ("https://api.cargorocket.de/v1", true),
            ("https://raw.githubusercontent.com/org/tree-map/main/x.csv", true),
            ("https://raw.githubusercontent.com/org/tree-map-data/main/x.csv", false),
            ("https://org.github.io/tree-map/x.json", true),
            ("https://api.baumkarte.example.de/x", true),
            ("https://frontend.example.com/x", false),
            ("https://opendata.dwd.de/x", false),
            ("https://api.musterlabs.com/x", true),
            ("https://registry.mt.io/x", true),
            ("https://api.muster-1ad.workers.dev/x", true),
            ("https://api.other-1ad.workers.dev/x", false),
            ("https://muster.data.gouv.fr/x", false),
            ("https://muster.de/x", true),
            ("https://api.muster.de/x", true),
            ("https://api.data.muster.de/x", false),
            ("https://mt.muster-stadt.de/x", false),
        ] {
            assert_eq!(own.is_site(&address(text)), yes, "{text}");
        }
        own.cloned_from("git@github.com:Org/tree-facts.git");
        own.cloned_from("/srv/mirror/trees");
        assert!(own.is_site(&address("https://raw.githubusercontent.com/org/tree-facts/main/x.csv")));
        assert!(!own.is_site(&address("https://raw.githubusercontent.com/srv/mirror/main/x.csv")));
        assert!(own.is_store("s3://cargorocket-data") && !own.is_store("s3://noaa-ghcn"));
    }

    #[test]
    fn every_word_of_the_table_says_nothing() {
        for word in &WORDS.generic {
            let mut own = Own::default();
            own.name(Some(word));
            assert!(own.words.is_empty() && own.names.is_empty(), "{word}");
        }
        assert!(!WORDS.publishes.is_empty());
    }
}
