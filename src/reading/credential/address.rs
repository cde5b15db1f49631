//! Which addresses hold the password that opens them?

use super::Found;
use super::check::is_random;
use super::table::TABLE;
use crate::reading::secrets::{Worth, is_local, is_placeholder, worth};
use crate::repository::Class;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The longest part of an address that names user, password and host.
const AUTHORITY: usize = 300;
/// A password that somebody thought up has as many characters at least.
const SHORTEST: usize = 8;

/// Passwords in the addresses of a text.
pub(super) fn passwords(class: Class, text: &str) -> Vec<Found> {
    static START: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));
    START.find_iter(text.as_bytes()).filter_map(|at| password(class, text, at)).collect()
}

/// The password of the address whose scheme ends at a byte.
fn password(class: Class, text: &str, at: usize) -> Option<Found> {
    let rest = text.get(at + 3..)?;
    let stops = |byte: &u8| byte.is_ascii_whitespace() || b"/\"'<>`\\{}()[]|^?#,;*".contains(byte) || !byte.is_ascii();
    let end = rest.bytes().take(AUTHORITY).position(|byte| stops(&byte)).unwrap_or(rest.len().min(AUTHORITY));
    let authority = rest.get(..end)?;
    let (login, host) = authority.rsplit_once('@')?;
    let (user, secret) = login.split_once(':')?;
    let scheme =
        text.get(..at)?.bytes().rev().take(20).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'+');
    let scheme = scheme.count();
    let opens = scheme >= 2 && is_password(class, user, secret) && is_reachable(host) && !is_sentry(user, host);
    opens.then(|| Found { at: at - scheme..at + 3, form: "url-password", begins: String::new() })
}

/// Whether a password is one, and none of those that manuals have.
pub(super) fn is_password(class: Class, user: &str, secret: &str) -> bool {
    let varies = |text: &str| text.contains('$') || text.contains("%s") || text.contains("%(") || text.contains(':');
    if secret.is_empty() || secret == user || varies(secret) || user.contains(['$', '%']) || is_placeholder(secret) {
        return false;
    }
    let known_user = TABLE.hosts.users.iter().any(|known| *known == user.to_lowercase());
    let thought_up = || {
        let letters = secret.bytes().any(|byte| byte.is_ascii_alphabetic());
        let others = secret.bytes().any(|byte| !byte.is_ascii_alphabetic());
        secret.len() >= SHORTEST && letters && others && !known_user && class != Class::Documentation
    };
    match worth(secret) {
        Worth::Nothing => false,
        Worth::Word => thought_up(),
        Worth::Random => is_random(secret) && !known_user,
    }
}

/// Whether a host is one that others can reach, and none of those that manuals have.
pub(super) fn is_reachable(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let named = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    let mut labels = name.rsplit('.');
    let (top, second) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
    let table = &TABLE.hosts;
    let of_a_manual = second.len() < 2 && !second.bytes().all(|byte| byte.is_ascii_digit())
        || table.manual.iter().any(|word| *word == second)
        || table.ends.iter().any(|end| name.ends_with(end.as_str()));
    named
        && top.len() >= 2 - usize::from(top.bytes().all(|byte| byte.is_ascii_digit()))
        && !is_local(&name)
        && !is_placeholder(&name)
        && !of_a_manual
}

/// Where a browser reports its errors to: Sentry's older addresses hold what it once called a secret, for everybody to see.
fn is_sentry(user: &str, host: &str) -> bool {
    host.to_lowercase().contains("sentry") || user.len() == 32 && user.bytes().all(|byte| byte.is_ascii_hexdigit())
}
