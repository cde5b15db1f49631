//! Which connection strings hold the password of a database that others can reach?
//!
//! `Server=db.muster.de;User Id=web;Password=…` (ADO, ODBC), `host=db.muster.de user=web password=…` (libpq),
//! `jdbc:postgresql://db.muster.de/web?user=web&password=…` (JDBC).

use super::address::{is_password, is_reachable};
use super::{ATTEMPTS, Found, floor};
use crate::repository::Class;
use memchr::memmem::Finder;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// No connection string is longer on either side of its password.
const LONGEST: usize = 400;

static HOST: LazyLock<Regex> = LazyLock::new(|| {
    let keys = "server|host|hostaddr|data source|datasource|addr|address|network address|hostname";
    let pattern = format!(
        r"(?i)(?:^|[;\s?&])(?:{keys})\s*=\s*(?:tcp:)?([^;,:\s&]+)|jdbc:[a-z0-9:]+://(?:[^@/\s]*@)?([^/:;,?\s]+)"
    );
    Regex::new(&pattern).expect("a test compiles it")
});
static USER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[;\s?&])(?:user|uid|user id|username|user name)\s*=\s*([^;\s&]+)")
        .expect("a test compiles it")
});

/// What leads to a password: `password=`, `pwd=`, in one case or the other.
static KEYS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| ["assword=", "ASSWORD=", "wd=", "WD="].map(Finder::new));

/// The passwords in the connection strings of a text.
pub(super) fn passwords(text: &str) -> Vec<Found> {
    let places = |key: &'static Finder<'static>| {
        key.find_iter(text.as_bytes()).take(ATTEMPTS).map(|at| at..at + key.needle().len())
    };
    KEYS.iter().flat_map(places).filter_map(|needle| password(text, needle)).collect()
}

/// The password that a needle (`password=`) leads to, where it is one of a connection string.
fn password(text: &str, needle: Range<usize>) -> Option<Found> {
    let ends = |c: char| matches!(c, '"' | '\'' | '\n' | '<' | '>' | '`' | '\r');
    let before = text.get(floor(text, needle.start.saturating_sub(LONGEST))..needle.start)?;
    let before = before.rsplit(ends).next()?;
    let behind = text.get(needle.end..floor(text, needle.end.saturating_add(LONGEST)))?;
    let behind = behind.split(ends).next()?;
    let secret = behind.split([';', '&', ' ', '\t', ',', ')', '}']).next()?;
    let string = text.get(needle.start - before.len()..needle.end + behind.len())?;
    let host = HOST.captures(string).and_then(|found| found.get(1).or_else(|| found.get(2)))?;
    let user = USER.captures(string)?.get(1)?;
    let key = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let name = text.get(needle.start - key..needle.end)?.to_ascii_lowercase();
    let is_key = ["password=", "passwd=", "pwd="].iter().any(|end| name.ends_with(end));
    let written = is_key && !secret.starts_with(['{', '(', '[', '%', '#', '@', '\\']);
    let opens = written && is_password(Class::Source, user.as_str(), secret) && is_reachable(host.as_str());
    opens.then(|| Found { at: needle.start - key..needle.end, form: "connection-password", begins: String::new() })
}
