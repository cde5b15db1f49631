//! How is a forge asked: with which token, how patiently, by which clock?

use crate::phrase::Phrase;
use std::path::Path;
use std::time::Duration;

/// A token. It has neither `Debug` nor `Display`, so that no message can hold it.
pub struct Secret(String);

impl Secret {
    /// Takes a token; `None` where it is empty or holds what no token and no header may hold.
    pub fn new(token: &str) -> Option<Self> {
        let token = token.trim();
        let plain = !token.is_empty() && token.len() <= 4_096 && token.bytes().all(|byte| byte.is_ascii_graphic());
        plain.then(|| Self(token.to_owned()))
    }

    /// The token, for the header of a request and nothing else.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

/// The time, given from outside.
pub trait Clock {
    /// Seconds since 1970.
    fn now(&self) -> i64;
    /// Returns after this time.
    fn wait(&self, time: Duration);
}

/// How a forge is asked.
pub struct Connection<'a> {
    /// the token for the host that is asked; it is sent nowhere else
    pub token: Option<Secret>,
    /// who asks
    pub user_agent: String,
    /// the longest time of one request, from the name of the host to the last byte
    pub timeout: Duration,
    /// the longest time that is spent waiting, where the forge asks for that or does not answer; what was spent is
    /// taken off, so that several owners share it
    pub patience: Duration,
    /// the largest answer, in bytes
    pub most_bytes: u64,
    /// the most pages
    pub most_pages: usize,
    /// the time
    pub clock: &'a dyn Clock,
    /// where answers are kept, so that what has not changed is not sent again
    pub cache: Option<&'a Path>,
    /// whether `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` hold
    pub proxy: bool,
    /// hears what is waited for
    pub tell: &'a mut dyn FnMut(Phrase),
}

impl<'a> Connection<'a> {
    /// The usual bounds: half a minute a request, an hour of waiting, 32 MiB an answer, 1,000 pages of 100.
    pub fn new(clock: &'a dyn Clock, tell: &'a mut dyn FnMut(Phrase)) -> Self {
        Self {
            token: None,
            user_agent: format!("civiclint/{}", env!("CARGO_PKG_VERSION")),
            timeout: Duration::from_secs(30),
            patience: Duration::from_secs(3_600),
            most_bytes: 32 << 20,
            most_pages: 1_000,
            clock,
            cache: None,
            proxy: true,
            tell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        assert!(Secret::new(" token-1 \n").is_some_and(|secret| secret.reveal() == "token-1"));
        for bad in ["", "  ", "a b", "a\r\nX-Header: 1", "ä"] {
            assert!(Secret::new(bad).is_none(), "{bad:?}");
        }
    }
}
