//! In which networks does a host lie, and do only their members reach it?

pub mod mentioned;

use super::address::{Address, HOLE};
use super::hosts;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    ends: Vec<String>,
    names: Names,
    addresses: Addresses,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    whole: BTreeSet<String>,
    below: Vec<String>,
    labels: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Addresses {
    whole: BTreeSet<String>,
    below: Vec<String>,
    home: Vec<String>,
    home_numbers: BTreeSet<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("networks.toml")).expect("a test parses the table"));

/// The longest name of a host (RFC 1035, 2.3.4).
const LONGEST: usize = 253;

/// The networks and domains a host lies in, the narrowest first: `db.dmz.stadt.intern`, `dmz.stadt.intern`,
/// `stadt.intern`, `intern`; for a private address the address and its range (RFC 1918, RFC 4193): `10.1.7.5`,
/// `10.0.0.0/8`. A name without a dot lies in none but itself.
pub fn zones(host: &str) -> Vec<String> {
    let host = plain(host);
    if let Some(range) = private_range(&host) {
        return vec![host, range.to_owned()];
    }
    if host.parse::<Ipv4Addr>().is_ok() || host.parse::<Ipv6Addr>().is_ok() {
        return vec![host];
    }
    let above = std::iter::successors(Some(host.as_str()), |host| host.split_once('.').map(|(_, rest)| rest));
    above.map(str::to_owned).collect()
}

/// The host in lower case, without brackets and a dot at its end.
fn plain(host: &str) -> String {
    host.trim_start_matches('[').trim_end_matches([']', '.']).to_ascii_lowercase()
}

/// The range of private addresses (RFC 1918, RFC 4193) that an address lies in.
fn private_range(host: &str) -> Option<&'static str> {
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return match address.octets() {
            [10, ..] => Some("10.0.0.0/8"),
            [172, 16..=31, ..] => Some("172.16.0.0/12"),
            [192, 168, ..] => Some("192.168.0.0/16"),
            _ => None,
        };
    }
    let address = host.parse::<Ipv6Addr>().ok()?;
    (address.octets().first()? & 0xfe == 0xfc).then_some("fc00::/7")
}

/// Whether a host is of a private network by its address or the end of its name, whatever it is used for.
pub fn is_private(host: &str) -> bool {
    let host = plain(host);
    private_range(&host).is_some()
        || TABLE.ends.iter().any(|end| host.strip_suffix(end.as_str()).is_some_and(|rest| rest.ends_with('.')))
}

/// Whether a host means the same on everybody's machine, or was invented to show something: no name and no address of
/// one organisation's network.
pub fn is_everybodys(host: &str) -> bool {
    let host = plain(host);
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        let [first, second, third, last] = address.octets();
        let addresses = &TABLE.addresses;
        let in_home = addresses.home.iter().any(|home| host.starts_with(home.as_str()));
        return matches!(last, 0 | 255)
            // what Docker gives to its networks, one after the other
            || first == 172 && (17..32).contains(&second) && third == 0
            || first == second && second == third && third == last
            || addresses.whole.contains(&host)
            || addresses.below.iter().any(|below| host.starts_with(below.as_str()))
            || in_home && addresses.home_numbers.contains(&last.to_string());
    }
    if let Ok(address) = host.parse::<Ipv6Addr>() {
        return address.segments().iter().filter(|segment| **segment != 0).count() < 3;
    }
    let below = |end: &String| host.strip_suffix(end.as_str()).is_some_and(|rest| rest.ends_with('.'));
    let labels: Vec<&str> = host.split('.').collect();
    let invented = |label: &&str| TABLE.names.labels.contains(*label);
    let address = Address { host: host.clone(), ..Address::default() };
    TABLE.names.whole.contains(&host)
        || TABLE.names.below.iter().any(below)
        || hosts::is_placeholder(&address)
        || labels.split_last().is_some_and(|(_, rest)| rest.iter().any(invented))
        // `printer.local` is found by multicast (RFC 6762) or stands in somebody's own /etc/hosts.
        || labels.len() < 3 && host.ends_with(".local")
}

/// Whether a text is a host: letters, digits and dots, nothing to be filled in.
pub fn is_host(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    text.len() <= LONGEST && !text.contains(HOLE) && text.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_hosts() {
        for (host, wanted) in [
            ("db.intern", &["db.intern", "intern"][..]),
            ("10.1.7.5", &["10.1.7.5", "10.0.0.0/8"]),
            ("172.31.4.9", &["172.31.4.9", "172.16.0.0/12"]),
            ("172.32.4.9", &["172.32.4.9"]),
            ("192.168.7.9", &["192.168.7.9", "192.168.0.0/16"]),
            ("[fd12:3456:789a::7]", &["fd12:3456:789a::7", "fc00::/7"]),
            ("x.DMZ.stadt.de.", &["x.dmz.stadt.de", "dmz.stadt.de", "stadt.de", "de"]),
            ("nexus", &["nexus"]),
        ] {
            assert_eq!(zones(host), wanted, "{host}");
        }
    }

    #[test]
    fn private_or_not() {
        for (host, private) in [
            ("db.intern", true),
            ("nexus.stadt.lan", true),
            ("printer.home.arpa", true),
            ("10.1.7.5", true),
            ("11.1.7.5", false),
            ("169.254.169.254", false),
            ("127.0.0.1", false),
            ("192.0.2.7", false),
            ("host.corp.com", false),
            ("intern", false),
            ("x.intern.nav.no", false),
        ] {
            assert_eq!(is_private(host), private, "{host}");
        }
    }

    #[test]
    fn what_everybody_has() {
        for host in [
            "host.docker.internal",
            "api.default.svc.cluster.local",
            "metadata.google.internal",
            "ip-10-2-5-245.eu-west-1.compute.internal",
            "raspberrypi.local",
            "www.test.local",
            "my-db.intern",
            "db.example.corp",
            "172.17.0.1",
            "172.23.0.1",
            "10.0.2.2",
            "192.168.4.1",
            "192.168.1.1",
            "192.168.0.100",
            "10.10.10.10",
            "192.168.1.0",
            "fd00::1",
        ] {
            assert!(is_everybodys(host), "{host}");
        }
        for host in ["nexus.stadt.intern", "wiki.corp", "10.6.1.117", "192.168.76.95", "dc1.rfor.local", "192.168.1.12"]
        {
            assert!(!is_everybodys(host), "{host}");
        }
    }

    #[test]
    fn hosts_and_what_is_none() {
        for (text, yes) in
            [("a.intern", true), ("a_b.lan", true), ("a..lan", false), ("-a.lan", false), ("${x}.lan", false)]
        {
            assert_eq!(is_host(text), yes, "{text}");
        }
    }
}
