//! Where is the repository that an entry of a list names, and may it be fetched from there?
//!
//! An address is given to the `git` program and stands in reports: what a shell, an option parser or a remote helper of
//! git would take for more than an address is refused, and so is a password, which would end up in the journal.

use crate::batch::Location;
use crate::batch::fetch::LONGEST_ADDRESS;
use crate::phrase::Phrase;
use std::path::{Component, Path, PathBuf};

/// The longest path, in bytes.
const LONGEST: usize = 4_096;

/// Hosts where the first part of a path is an owner and the second a repository.
const TWO_PARTS: [&str; 4] = ["github.com", "codeberg.org", "gitlab.com", "bitbucket.org"];

/// Why an entry is no repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// nothing is there
    Empty,
    /// longer than any address
    TooLong,
    /// it begins with `-`
    Option,
    /// control characters, or characters that hide others
    Unseen,
    /// a blank in an address
    Blank,
    /// a user name or password in an address
    Secret,
    /// `?` or `#` in an address
    Query,
    /// another protocol than https and ssh
    Protocol,
    /// a remote helper of git, `name::…`
    Helper,
    /// no host, or one that is none
    Host,
    /// nothing after the host
    NoPath,
    /// an owner without a repository
    Organisation,
    /// an address without `https://`
    NoScheme,
    /// `host:path`, which could be a path and an address
    Colon,
    /// `~`, which only a shell knows
    Home,
}

impl Wrong {
    /// The sentence for `entry`, without what may be a secret in it.
    pub fn why(self, entry: &str) -> Phrase {
        let phrase = match self {
            Self::Empty => return Phrase::new("the address is missing", "die Adresse fehlt"),
            Self::TooLong => return Phrase::new("this is too long for an address", "das ist zu lang für eine Adresse"),
            Self::Option => Phrase::new(
                "{entry} begins with “-” like an option; write ./… for a folder that is called so",
                "{entry} beginnt mit „-“ wie eine Option; für einen Ordner, der so heißt, schreiben Sie ./…",
            ),
            Self::Unseen => {
                Phrase::new("{entry} holds characters that cannot be seen", "{entry} enthält unsichtbare Zeichen")
            }
            Self::Blank => Phrase::new(
                "{entry} holds a blank; a comment needs a line of its own",
                "{entry} enthält ein Leerzeichen; ein Kommentar braucht eine eigene Zeile",
            ),
            Self::Secret => Phrase::new(
                "{entry} holds a user name or a password; leave both to git's credential helper",
                "{entry} enthält einen Benutzernamen oder ein Passwort; überlassen Sie beides Gits Credential-Helper",
            ),
            Self::Query => Phrase::new(
                "{entry} goes on with “?” or “#”; the address of a repository ends before that",
                "{entry} geht mit „?“ oder „#“ weiter; die Adresse eines Repositorys endet davor",
            ),
            Self::Protocol => Phrase::new(
                "{entry}: repositories are fetched with https:// and ssh:// only",
                "{entry}: Repositorys werden nur mit https:// und ssh:// geholt",
            ),
            Self::Helper => Phrase::new(
                "{entry} would run a remote helper of git; only https:// and ssh:// are fetched",
                "{entry} würde ein Hilfsprogramm von Git starten; geholt wird nur mit https:// und ssh://",
            ),
            Self::Host => Phrase::new("{entry} names no valid host", "{entry} nennt keinen gültigen Host"),
            Self::NoPath => {
                Phrase::new("{entry} names a host and no repository", "{entry} nennt einen Host und kein Repository")
            }
            Self::Organisation => Phrase::new(
                "{entry} names an owner and no repository; --from lists all that an owner has",
                "{entry} nennt einen Eigentümer und kein Repository; --from listet alles auf, was ihm gehört",
            ),
            Self::NoScheme => Phrase::new(
                "{entry} looks like an address; write https:// before it, or ./ for a folder",
                "{entry} sieht wie eine Adresse aus; schreiben Sie https:// davor oder ./ für einen Ordner",
            ),
            Self::Colon => Phrase::new(
                "{entry} could be an address or a folder; write ssh://host/path, user@host:path or ./folder",
                "{entry} könnte eine Adresse oder ein Ordner sein; schreiben Sie ssh://host/pfad, \
                 name@host:pfad oder ./ordner",
            ),
            Self::Home => Phrase::new(
                "{entry}: only a shell knows what “~” is; write the path in full",
                "{entry}: Was „~“ heißt, weiß nur eine Shell; schreiben Sie den ganzen Pfad",
            ),
        };
        phrase.with("entry", without_secrets(entry))
    }
}

/// Where the repository is that `entry` names: an address with `https://` or `ssh://`, `user@host:path`, `file://` or a
/// path. `http://` becomes `https://`: every code host answers there, and nobody can put something else in between.
///
/// # Errors
/// What it is instead.
pub fn location(entry: &str) -> Result<Location, Wrong> {
    let entry = entry.trim();
    if entry.is_empty() {
        return Err(Wrong::Empty);
    }
    if entry.len() > LONGEST {
        return Err(Wrong::TooLong);
    }
    if entry.starts_with('-') {
        return Err(Wrong::Option);
    }
    if entry.chars().any(is_unseen) {
        return Err(Wrong::Unseen);
    }
    let head = entry.split('/').next().unwrap_or_default();
    if head.contains("::") {
        return Err(Wrong::Helper);
    }
    let place = read(entry, head)?;
    match &place {
        Location::Remote(address) if address.len() > LONGEST_ADDRESS => Err(Wrong::TooLong),
        _ => Ok(place),
    }
}

/// Where an entry leads that nothing speaks against at first sight; `head` is what stands before its first slash.
fn read(entry: &str, head: &str) -> Result<Location, Wrong> {
    if let Some((scheme, rest)) = entry.split_once("://").filter(|(scheme, _)| !scheme.contains('/')) {
        return match scheme.to_ascii_lowercase().as_str() {
            "https" | "http" => web(rest).map(|()| Location::Remote(format!("https://{rest}"))),
            "ssh" | "git+ssh" => shell(rest).map(|()| Location::Remote(format!("ssh://{rest}"))),
            "file" => file(rest).map(Location::Folder),
            _ => Err(Wrong::Protocol),
        };
    }
    if entry.starts_with('~') {
        return Err(Wrong::Home);
    }
    if let Some((at, path)) = entry.split_once(':').filter(|(at, _)| !at.contains(['/', '\\'])) {
        let drive = at.len() == 1 && at.starts_with(|c: char| c.is_ascii_alphabetic());
        if !drive {
            let (user, host) = at.split_once('@').ok_or(Wrong::Colon)?;
            return short_form(user, host, path).map(|()| Location::Remote(entry.to_owned()));
        }
    }
    let parts = entry.split('/').filter(|part| !part.is_empty()).count();
    let known = TWO_PARTS.iter().any(|host| head.eq_ignore_ascii_case(host)) || head.starts_with("www.");
    if known && parts > 1 {
        return Err(Wrong::NoScheme);
    }
    Ok(Location::Folder(PathBuf::from(entry)))
}

/// The address of an organisation, as [`Wrong::Organisation`] left it.
pub(super) fn https(address: &str) -> String {
    let rest = address.trim().split_once("://").map_or(address, |(_, rest)| rest);
    format!("https://{}", rest.trim_end_matches('/'))
}

/// What follows `https://`.
fn web(rest: &str) -> Result<(), Wrong> {
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    // A password may hold a slash, and would look like a path then; names such as `@ada` are in use.
    let within = |part: &str| part.find('@').is_some_and(|at| at > 0);
    if authority.contains('@') || path.split('/').any(within) {
        return Err(Wrong::Secret);
    }
    if rest.contains(char::is_whitespace) {
        return Err(Wrong::Blank);
    }
    if rest.contains(['?', '#']) {
        return Err(Wrong::Query);
    }
    let host = host_and_port(authority)?;
    let parts = path.split('/').filter(|part| !part.is_empty()).count();
    match parts {
        0 => Err(Wrong::NoPath),
        1 if TWO_PARTS.iter().any(|known| host.eq_ignore_ascii_case(known)) => Err(Wrong::Organisation),
        _ => Ok(()),
    }
}

/// What follows `ssh://`.
fn shell(rest: &str) -> Result<(), Wrong> {
    if rest.contains(char::is_whitespace) {
        return Err(Wrong::Blank);
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = match authority.rsplit_once('@') {
        Some((user, _)) if user.contains(':') => return Err(Wrong::Secret),
        Some((user, host)) => {
            user_name(user)?;
            host
        }
        None => authority,
    };
    host_and_port(host)?;
    if path.trim_matches('/').is_empty() { Err(Wrong::NoPath) } else { Ok(()) }
}

/// `user@host:path`, as scp and git write it.
fn short_form(user: &str, host: &str, path: &str) -> Result<(), Wrong> {
    if path.contains(char::is_whitespace) {
        return Err(Wrong::Blank);
    }
    user_name(user)?;
    host_name(host)?;
    if path.trim_matches('/').is_empty() {
        return Err(Wrong::NoPath);
    }
    if path.contains("://") {
        // git would take all before that for the name of a protocol
        return Err(Wrong::Protocol);
    }
    if path.starts_with('-') { Err(Wrong::Option) } else { Ok(()) }
}

/// What follows `file://`: a path of this machine, whose `%20` are blanks.
fn file(rest: &str) -> Result<PathBuf, Wrong> {
    let (host, path) = rest.split_once('/').ok_or(Wrong::NoPath)?;
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return Err(Wrong::Host);
    }
    let path = percent_decoded(path).ok_or(Wrong::Unseen)?;
    if path.chars().any(is_unseen) {
        return Err(Wrong::Unseen);
    }
    // file:///C:/repos
    let drive = path.as_bytes().get(1) == Some(&b':') && cfg!(windows);
    Ok(PathBuf::from(if drive { path } else { format!("/{path}") }))
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

fn user_name(user: &str) -> Result<(), Wrong> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let good = !user.is_empty() && !user.starts_with('-') && user.chars().all(plain);
    if good { Ok(()) } else { Err(Wrong::Host) }
}

/// The host of `host`, `host:port` or `[v6]:port`.
fn host_and_port(authority: &str) -> Result<&str, Wrong> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
        return Err(Wrong::Host);
    }
    host_name(host)?;
    Ok(host)
}

fn host_name(host: &str) -> Result<(), Wrong> {
    if let Some(inner) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return inner.parse::<std::net::Ipv6Addr>().map(|_| ()).map_err(|_| Wrong::Host);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let good = !host.is_empty() && host.len() <= 253 && !host.starts_with(['-', '.']) && host.chars().all(plain);
    if good { Ok(()) } else { Err(Wrong::Host) }
}

/// Characters that steer something or hide in a line (as `output::encode` makes them visible).
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// An entry with what stands before an `@` or after a `?` replaced.
fn without_secrets(entry: &str) -> String {
    let (scheme, rest) = entry.split_once("://").map_or(("", entry), |(scheme, rest)| (scheme, rest));
    let shown = match rest.rsplit_once('@') {
        Some((before, after)) if !scheme.is_empty() || before.contains(':') => format!("…@{after}"),
        _ => rest.to_owned(),
    };
    let cut = shown.find(['?', '#']).filter(|_| !scheme.is_empty());
    let shown = cut.and_then(|at| shown.get(..at)).map_or(shown.clone(), |start| format!("{start}…"));
    if scheme.is_empty() { shown } else { format!("{scheme}://{shown}") }
}

/// Two places that are the same have the same text: of addresses without regard to capital letters of the host, the
/// usual ports, `.git` and `/` at the end, and whether ssh is written long or short; of folders without `.` and a
/// `.git` at the end. Links are not followed.
pub(super) fn same_place(location: &Location) -> String {
    match location {
        Location::Folder(path) => folder_place(path),
        Location::Remote(address) => {
            let (scheme, rest) = match address.split_once("://") {
                Some((scheme, rest)) => (scheme.to_owned(), rest.to_owned()),
                None => ("ssh".to_owned(), address.replacen(":/", "/", 1).replacen(':', "/", 1)),
            };
            let (authority, path) = rest.split_once('/').unwrap_or((&rest, ""));
            let authority = authority.to_ascii_lowercase();
            let usual = if scheme == "https" { ":443" } else { ":22" };
            let authority = authority.strip_suffix(usual).unwrap_or(&authority);
            let mut path = path.trim_end_matches('/');
            path = path.strip_suffix(".git").unwrap_or(path).trim_end_matches('/');
            format!("{scheme}://{authority}/{path}")
        }
    }
}

fn folder_place(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if plain.file_name().is_some_and(|name| name == ".git") {
        plain.pop();
    }
    format!("folder {}", plain.as_os_str().as_encoded_bytes().escape_ascii())
}

#[cfg(test)]
#[path = "location_tests.rs"]
mod tests;
