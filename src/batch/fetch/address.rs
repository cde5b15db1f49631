//! May an address be fetched, what is its clone called, and what of it must nobody see?

use sha2::{Digest, Sha256};

/// The longest address, in bytes.
pub(crate) const LONGEST_ADDRESS: usize = 2000;
/// How much of an address stays readable in the name of its clone.
const READABLE: usize = 60;

/// Whether git may be given this address: `https://`, `ssh://`, `user@host:path`; `file://` where `local` is set.
/// Everything else that git knows is either not encrypted or runs programs (`ext::`).
pub(crate) fn is_allowed(address: &str, local: bool) -> bool {
    if address.len() > LONGEST_ADDRESS || address.chars().any(|letter| letter.is_control() || letter == ' ') {
        return false;
    }
    if let Some((scheme, rest)) = address.split_once("://") {
        return match scheme {
            "https" | "ssh" => {
                rest.starts_with(|first: char| !matches!(first, '-' | '/')) && !host(rest).starts_with('-')
            }
            "file" => local && rest.len() > 1,
            _ => false,
        };
    }
    // as git tells the short form: a colon before the first slash
    let Some((place, path)) = address.split_once(':') else { return false };
    !place.is_empty() && !place.contains('/') && !path.is_empty() && !path.starts_with(':') && {
        let host = place.rsplit('@').next().unwrap_or(place);
        // one letter without a user is a drive of Windows
        !host.is_empty() && place.len() > 1 && !host.starts_with('-') && !place.starts_with('-')
    }
}

/// Whether this is a folder of this machine.
pub(super) fn is_local(address: &str) -> bool {
    address.starts_with("file://")
}

/// The host of what follows `://`.
fn host(rest: &str) -> &str {
    let authority = rest.split('/').next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority)
}

/// The name of the clone of an address: a readable part, and a hash, so that two addresses never share one.
pub(super) fn key(address: &str) -> String {
    let plain = without_secrets(address);
    let readable = plain.split_once("://").map_or(plain.as_str(), |(_, rest)| rest);
    let readable: String = readable
        .trim_end_matches('/')
        .trim_end_matches(".git")
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '.' { letter } else { '-' })
        .collect();
    let start = readable.len().saturating_sub(READABLE);
    let readable = readable.get(start..).unwrap_or_default().trim_matches(['-', '.']);
    format!("{readable}-{}.git", hash(address).get(..16).unwrap_or_default())
}

/// The whole hash of an address, in hexadecimal.
pub(super) fn hash(address: &str) -> String {
    Sha256::digest(address.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a name is one that [`key`] makes.
pub(super) fn is_key(name: &str) -> bool {
    let hash = name.strip_suffix(".git").and_then(|name| name.rsplit_once('-')).map_or("", |(_, hash)| hash);
    hash.len() == 16 && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

/// A text in which no address holds a name or password any more (`https://***@host/`); `git@` stays, as it is nobody's.
pub fn without_secrets(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        clean.push_str(before);
        let end = after.find(|letter: char| letter == '/' || letter.is_whitespace() || matches!(letter, '\'' | '"'));
        let (authority, after) = after.split_at(end.unwrap_or(after.len()));
        match authority.rsplit_once('@') {
            Some((user, host)) if user != "git" => {
                clean.push_str("***@");
                clean.push_str(host);
            }
            _ => clean.push_str(authority),
        }
        rest = after;
    }
    clean.push_str(rest);
    clean
}

/// The secrets of an address, as they stand in it: whatever stands before the host of a web address, and the part of
/// it after the colon. Short ones are none, as they would be found everywhere.
pub(super) fn secrets(address: &str) -> Vec<&str> {
    let Some((_, rest)) = address.split_once("://") else { return Vec::new() };
    let Some((user, _)) = rest.split('/').next().unwrap_or(rest).rsplit_once('@') else { return Vec::new() };
    let password = user.split_once(':').map(|(_, password)| password);
    [Some(user), password].into_iter().flatten().filter(|secret| secret.len() >= 5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_fetched() {
        for address in [
            "https://example.org/a/b.git",
            "https://user:token@example.org/a",
            "ssh://git@example.org:2222/a/b",
            "git@example.org:a/b.git",
            "example.org:a",
        ] {
            assert!(is_allowed(address, false), "{address}");
        }
        for address in [
            "",
            "http://example.org/a",
            "git://example.org/a",
            "ext::sh -c touch% /tmp/x",
            "ext::sh",
            "file:///srv/a",
            "/srv/a",
            "a/b",
            "C:\\a",
            "ssh://-oProxyCommand=x/a",
            "ssh://git@-oProxyCommand=x/a",
            "-oProxyCommand=x:a",
            "git@-oProxyCommand=x:a",
            "https://example.org/a\n",
            "https:///a",
            "--upload-pack=x",
            "HTTPS+x://example.org",
            "h:a",
            "@:a",
        ] {
            assert!(!is_allowed(address, false), "{address}");
        }
        assert!(is_allowed("file:///srv/a", true));
    }

    #[test]
    fn clones_are_called_after_their_address() {
        let one = key("https://user:pass@example.org/group/project.git");
        assert!(one.contains("example.org-group-project") && !one.contains("pass"), "{one}");
        assert!(is_key(&one));
        assert_eq!(one, key("https://user:pass@example.org/group/project.git"));
        assert_ne!(one, key("https://example.org/group/project.git"));
        assert!(is_key(&key(&format!("https://example.org/{}", "ä/../".repeat(300)))));
        assert!(!key("git@example.org:../../x").contains('/'));
        for name in ["project.git", "a-0123456789abcde.git", "a-0123456789abcdeg.git", "", "a-0123456789abcdef"] {
            assert!(!is_key(name), "{name}");
        }
    }

    #[test]
    fn secrets_stay_secret() {
        for (text, clean) in [
            ("fatal: https://u:p@h/x: 404", "fatal: https://***@h/x: 404"),
            ("'https://token@h/x' and ssh://git@h/y", "'https://***@h/x' and ssh://git@h/y"),
            ("https://u:p@q@h", "https://***@h"),
            ("https://h/a@b", "https://h/a@b"),
            ("://", "://"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(without_secrets(text), clean);
        }
        assert_eq!(secrets("https://u:secret@h/x"), ["u:secret", "secret"]);
        assert!(secrets("git@h:x").is_empty());
    }
}
