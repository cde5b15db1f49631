//! Which files hold credentials by their kind?
//!
//! Nothing that is found is kept: neither a key nor a password leaves this module, only where it stands and what it
//! is called.

mod base64;
mod environment;
mod key_block;
mod pgp;
mod store;
mod table;
mod value;

use crate::reading::pattern::Captures;
pub use environment::{Secret, is_environment, is_template, secrets as environment_secrets};
pub use key_block::{KeyBlock, LABELS, certificates, key_blocks, suspect};
pub use store::{holds_private_key, is_store};

pub(super) use base64::decode;
pub(super) use value::{Worth, bits, is_local, is_placeholder, is_words, worth};

use crate::repository::{Class, File, RepoPath};
use std::ops::Range;
use table::TABLE;

/// Files of other classes than source and configuration are searched for keys up to this size in bytes.
pub const LARGEST: u64 = 64 << 10;

/// Whether a file that is neither source nor configuration is worth a look for a private key.
pub fn may_hold_key(file: &File) -> bool {
    let end = file.path.extension();
    matches!(file.class, Class::Asset | Class::Data | Class::Manifest) && !TABLE.no_keys.iter().any(|none| *none == end)
}

/// A file that holds credentials by its name, and where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// the kind, a row of the table: `package-token`
    pub kind: &'static str,
    /// the bytes that lead to the first one, on one line
    pub at: Range<usize>,
    /// how many there are
    pub count: usize,
}

/// Whether a file is of a kind that holds credentials, by its name.
pub fn has_form(path: &RepoPath) -> bool {
    table::form(path).is_some()
}

/// The credentials of a file that has one of the names of the table; `None` where it has none, or holds no value
/// that opens anything.
pub fn held(path: &RepoPath, text: &str) -> Option<Held> {
    let form = table::form(path)?;
    if form.unless.as_ref().is_some_and(|unless| unless.is_match(text)) {
        return None;
    }
    let opens = |found: &Captures<'_>| {
        found.name("value").is_none_or(|value| !value::is_placeholder(value.as_str()))
            && found.name("user").is_none_or(|user| !is_made_up(user.as_str()))
    };
    let mut found = form.pattern.captures_iter(text).take(1000).filter(opens).peekable();
    let first = found.peek()?;
    let whole = first.get(0)?;
    // Blanks before the match belong to the pattern, not to the credential.
    let start = whole.start() + whole.as_str().len() - whole.as_str().trim_start().len();
    let end = first.name("value").map_or(whole.end(), |value| value.start());
    let lead = text.get(start..end).unwrap_or_default().lines().next().unwrap_or_default().trim_end();
    Some(Held { kind: form.kind, at: start..start + lead.len(), count: found.count() })
}

/// Whether the words of a path say that what lies there was made for trying things out.
pub fn is_test_like(path: &RepoPath) -> bool {
    has_word(&path.lower(), &TABLE.test_like.key)
}

/// The same for files of settings, whose names say more by themselves: `.env.development`.
pub fn is_test_environment(path: &RepoPath) -> bool {
    has_word(&path.lower(), &TABLE.test_like.environment)
}

/// Whether words beside keys, a README or a comment, say that they were made for trying things out.
pub fn says_test(text: &str) -> bool {
    let text = text.get(..4096).unwrap_or(text).to_lowercase();
    has_word(&text, &TABLE.test_like.beside) || text.contains("self-signed") || text.contains("selbstsigniert")
}

/// Whether the comments of such a file say that what it holds is a sample.
pub fn comments_say_test(text: &str) -> bool {
    let comments = text.lines().take(200).map(str::trim_start).filter(|line| line.starts_with(['#', ';']));
    let comments = comments.collect::<Vec<_>>().join("\n").to_lowercase();
    says_test(&comments) || has_word(&comments, &TABLE.test_like.comment)
}

/// Whether the certificate of a key is for a machine that only its owner reaches.
pub fn is_local_certificate(bytes: &[u8]) -> bool {
    let lower = bytes.to_ascii_lowercase();
    let names = [
        "localhost",
        "localdomain",
        ".local",
        ".test",
        ".invalid",
        "example.com",
        "example.org",
        "example.net",
        "example",
        "snakeoil",
        "dummy",
        "fake",
        "demo",
        "test",
    ];
    names.iter().any(|name| memchr::memmem::find(&lower, name.as_bytes()).is_some())
}

/// Whether a user is called like those that are made up for a trial.
fn is_made_up(user: &str) -> bool {
    has_word(&user.to_lowercase(), &TABLE.test_like.key)
}

fn has_word(text: &str, words: &[String]) -> bool {
    text.split(|character: char| !character.is_alphanumeric()).any(|part| words.iter().any(|word| word == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let hash = "Ab3d".repeat(6);
        let sha = format!("{}=", "Ab3".repeat(9));
        let long = "q7W2e9R4t1Y6u3I8".repeat(6);
        for (path, text, wanted) in [
            (".htpasswd", format!("# people\nada:$apr1$x${hash}\n"), Some(("password-hashes", 2, 1))),
            (
                "web/.htpasswd",
                format!("ada:{{SHA}}{sha}\nbob:$2y$10${}\n", "a".repeat(53)),
                Some(("password-hashes", 1, 2)),
            ),
            (".htpasswd", format!("test:$apr1$x${hash}\n"), None),
            (".htpasswd", format!("test:$apr1$x${hash}\nada:$apr1$x${hash}\n"), Some(("password-hashes", 2, 1))),
            (".htpasswd", "ada:secret\n".into(), None),
            (
                ".npmrc",
                format!("registry=https://registry.npmjs.org/\n//registry.npmjs.org/:_authToken=npm_{hash}\n"),
                Some(("package-token", 2, 1)),
            ),
            (".npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n".into(), None),
            (".npmrc", "engine-strict=true\nalways-auth=true\n".into(), None),
            ("a/.yarnrc.yml", format!("npmAuthToken: \"{hash}\"\n"), Some(("package-token", 1, 1))),
            ("a/.yarnrc.yml", "npmAuthToken: \"${NPM_TOKEN-}\"\n".into(), None),
            (
                ".pypirc",
                format!("[pypi]\nusername = __token__\npassword = pypi-{hash}\n"),
                Some(("package-token", 3, 1)),
            ),
            (".pypirc", "[pypi]\nusername = ada\npassword = <your password>\n".into(), None),
            (".netrc", "machine a.org login ada password Apfelbaum7\n".into(), Some(("login", 1, 1))),
            ("_netrc", "machine a.org\nlogin ada\npassword\n  Apfelbaum7\n".into(), Some(("login", 3, 1))),
            (".netrc", "machine a.org login ada password $PASSWORD\n".into(), None),
            (".git-credentials", "https://ada:Apfelbaum7@a.org\n".into(), Some(("login", 1, 1))),
            (".git-credentials", "https://ada:<token>@a.org\n".into(), None),
            (".pgpass", "db.a.org:5432:*:ada:Apfelbaum7\n".into(), Some(("login", 1, 1))),
            (".pgpass", "localhost:5432:*:ada:Apfelbaum7\n".into(), None),
            (
                ".aws/credentials",
                format!("[default]\naws_access_key_id = A\naws_secret_access_key = {}\n", &long[..40]),
                Some(("cloud-credentials", 3, 1)),
            ),
            (".aws/credentials", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n".into(), None),
            (
                "c/application_default_credentials.json",
                format!("{{\"refresh_token\": \"1//{hash}\"}}"),
                Some(("cloud-credentials", 1, 1)),
            ),
            ("a.PublishSettings", format!("<x userPWD=\"{hash}\" />"), Some(("cloud-credentials", 1, 1))),
            ("azureauth.json", format!("{{\n\"clientSecret\": \"{hash}\"}}"), Some(("cloud-credentials", 2, 1))),
            ("my.azureauth", format!("subscription=x\nkey={hash}\n"), Some(("cloud-credentials", 2, 1))),
            (
                "kubeconfig",
                format!("server: https://k.a.org\nclient-key-data: {long}\n"),
                Some(("cloud-credentials", 2, 1)),
            ),
            ("dev.kubeconfig", format!("server: https://127.0.0.1:6443\nclient-key-data: {long}\n"), None),
            (
                ".docker/config.json",
                format!("{{\"auths\": {{\"a.org\": {{\"auth\": \"{hash}\"}}}}}}"),
                Some(("package-token", 1, 1)),
            ),
            ("terraform.tfstate", "{\n\"version\": 4,\n\"resources\": [\n{}]}".into(), Some(("terraform-state", 3, 1))),
            ("terraform.tfstate", "{\"version\": 4, \"resources\": []}".into(), None),
            ("src/main.rs", format!("_authToken={hash}"), None),
        ] {
            let line = |held: &Held| 1 + text.get(..held.at.start).unwrap().matches('\n').count();
            let found = held(&path.into(), &text).map(|held| (held.kind, line(&held), held.count));
            assert_eq!(found, wanted, "{path}: {text}");
            assert_eq!(has_form(&path.into()), !path.starts_with("src"), "{path}");
        }
    }

    #[test]
    fn files_that_may_hold_a_key() {
        for (path, class, yes) in [
            ("certs/server", Class::Asset, true),
            ("id_rsa", Class::Asset, true),
            ("logo.png", Class::Asset, false),
            ("account.txt", Class::Data, true),
            ("README.md", Class::Documentation, false),
        ] {
            let path = path.into();
            let file =
                File { path, class, marks: Default::default(), kind: crate::repository::FileKind::Regular, len: None };
            assert_eq!(may_hold_key(&file), yes, "{:?}", file.path);
        }
    }

    #[test]
    fn words_of_paths() {
        for (path, key, environment) in [
            ("config/demo_sp.key", true, true),
            ("containers/sp-testenv/idp.key", true, false),
            ("docker-compose-test-secrets/private.pem", true, true),
            ("certs/server.key", false, false),
            ("deploy/latest/server.key", false, false),
            ("contest/server.key", false, false),
            (".env.development", true, true),
            (".env.local", true, false),
            (".env.production", false, false),
        ] {
            assert_eq!((is_test_like(&path.into()), is_test_environment(&path.into())), (key, environment), "{path}");
        }
    }

    #[test]
    fn words_of_texts() {
        for (text, yes) in [
            ("These keys are for development only.", true),
            ("For example, the key of the web server lies here.", false),
            ("A self-signed certificate", true),
            ("The latest keys of the contest", false),
            ("", false),
        ] {
            assert_eq!(says_test(text), yes, "{text}");
        }
    }

    #[test]
    fn words_of_comments() {
        for (text, yes) in [
            ("# this file contains sample users\nada:x\n", true),
            ("; for the tests only\n", true),
            ("# who may see the map\nsample:x\n", false),
            ("", false),
        ] {
            assert_eq!(comments_say_test(text), yes, "{text}");
        }
    }

    #[test]
    fn certificates_of_local_machines() {
        assert!(is_local_certificate(b"0\x82\x01\x00 ... CN=Localhost ..."));
        assert!(!is_local_certificate(b"0\x82\x01\x00 ... CN=baum.musterhausen.de ..."));
    }
}
