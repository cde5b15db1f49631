//! What does git mean when it fails? Read from what it says in the C locale.

use super::address::{secrets, without_secrets};

/// Why git failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// there is no such repository, or none for those who have not signed in
    NotFound,
    /// somebody must sign in, or may not read it
    Denied,
    /// the server does not take part: another try may help
    Network,
    /// there is no room
    DiskFull,
    /// the server does not leave out large files
    NoFilter,
    /// something else, as a clone that is broken
    Other,
}

/// In this order: what stands further up decides.
const SAYINGS: &[(Cause, &[&str])] = &[
    (Cause::DiskFull, &["no space left on device", "disk quota exceeded", "not enough space on the disk"]),
    (
        Cause::Denied,
        &[
            "authentication failed",
            "could not read username",
            "could not read password",
            "terminal prompts disabled",
            "permission denied",
            "host key verification failed",
            "returned error: 401",
            "returned error: 403",
            "access denied",
            "dubious ownership",
            "certificate",
            "not allowed",
        ],
    ),
    (
        Cause::NotFound,
        &[
            "not found",
            "does not exist",
            "does not appear to be a git repository",
            "could not be found",
            "returned error: 404",
            "returned error: 410",
        ],
    ),
    (
        Cause::Network,
        &[
            "could not resolve",
            "timed out",
            "timeout",
            "connection refused",
            "connection reset",
            "connection was reset",
            "connection closed",
            "failed to connect",
            "couldn't connect",
            "could not connect",
            "unable to connect",
            "network is unreachable",
            "no route to host",
            "early eof",
            "rpc failed",
            "unexpected disconnect",
            "hung up",
            "too slow",
            "returned error: 408",
            "returned error: 429",
            "returned error: 5",
            "empty reply",
            "ssl_",
            "ssl ",
            "tls ",
            "gnutls",
            "could not read from remote repository",
        ],
    ),
    (Cause::NoFilter, &["filter"]),
];

impl Cause {
    /// Why git failed that said this.
    pub(super) fn of(said: &str) -> Self {
        let said = said.to_ascii_lowercase();
        let found = SAYINGS.iter().find(|(_, sayings)| sayings.iter().any(|saying| said.contains(saying)));
        found.map_or(Self::Other, |(cause, _)| *cause)
    }
}

/// The longest message that is told, in bytes.
const TOLD: usize = 300;

/// What of it is told to people: the first line in which git gives up, without secrets of the address.
pub(super) fn message(said: &str, address: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let begins = |start: &'static str| lines().find(move |line| line.starts_with(start));
    let line = begins("fatal: ").or_else(|| begins("error: ")).or_else(|| lines().next_back()).unwrap_or_default();
    let mut told = without_secrets(line);
    for secret in secrets(address) {
        told = told.replace(secret, "***");
    }
    let end = told.char_indices().map(|(at, _)| at).take_while(|at| *at <= TOLD).last().unwrap_or(0);
    if told.len() > TOLD {
        told.truncate(end);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes() {
        for (said, cause) in [
            ("remote: Repository not found.\nfatal: repository 'https://h/x/' not found", Cause::NotFound),
            (
                "fatal: '/srv/x' does not appear to be a git repository\nfatal: Could not read from remote",
                Cause::NotFound,
            ),
            ("fatal: could not read Username for 'https://h': terminal prompts disabled", Cause::Denied),
            ("git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.", Cause::Denied),
            ("fatal: unable to access 'https://h/': SSL certificate problem: self-signed certificate", Cause::Denied),
            ("fatal: transport 'git' not allowed", Cause::Denied),
            ("fatal: unable to access 'https://h/': Could not resolve host: h", Cause::Network),
            ("fatal: unable to access 'https://h/': The requested URL returned error: 503", Cause::Network),
            ("error: RPC failed; curl 18\nfatal: early EOF", Cause::Network),
            ("fatal: write error: No space left on device\nfatal: fetch-pack: early EOF", Cause::DiskFull),
            ("fatal: invalid filter-spec 'blob:limit=1'", Cause::NoFilter),
            ("fatal: bad object HEAD", Cause::Other),
            ("", Cause::Other),
        ] {
            assert_eq!(Cause::of(said), cause, "{said}");
        }
    }

    #[test]
    fn what_is_told() {
        let address = "https://u:secret@h/x";
        assert_eq!(
            message("Cloning …\nfatal: 'https://u:secret@h/x' not found: secret\n", address),
            "fatal: 'https://***@h/x' not found: ***"
        );
        assert_eq!(message("a\nb\n", address), "b");
        assert_eq!(message("", address), "");
        assert!(message(&format!("fatal: {}", "ä".repeat(1000)), address).len() <= TOLD + 2);
    }
}
