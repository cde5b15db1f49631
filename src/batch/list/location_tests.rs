//! What is a repository to be fetched, what a folder, and what is refused?

use super::*;
use crate::phrase::Lang;

fn remote(address: &str) -> Result<Location, Wrong> {
    Ok(Location::Remote(address.to_owned()))
}

fn folder(path: &str) -> Result<Location, Wrong> {
    Ok(Location::Folder(PathBuf::from(path)))
}

#[test]
fn places() {
    for (entry, place) in [
        ("https://git.example.org/a/b.git", remote("https://git.example.org/a/b.git")),
        ("HTTPS://git.example.org/a/b", remote("https://git.example.org/a/b")),
        ("http://git.example.org/a/b", remote("https://git.example.org/a/b")),
        ("https://git.example.org:8443/b", remote("https://git.example.org:8443/b")),
        ("https://[2001:db8::1]:8443/b", remote("https://[2001:db8::1]:8443/b")),
        ("https://git.example.org/~ada/b", remote("https://git.example.org/~ada/b")),
        ("ssh://git@git.example.org:2222/a/b", remote("ssh://git@git.example.org:2222/a/b")),
        ("git@git.example.org:a/b.git", remote("git@git.example.org:a/b.git")),
        ("git@git.example.org:/srv/b", remote("git@git.example.org:/srv/b")),
        ("file:///srv/my%20repos/b", folder("/srv/my repos/b")),
        ("file://localhost/srv/b", folder("/srv/b")),
        ("  ../b  ", folder("../b")),
        ("/srv/a b#c", folder("/srv/a b#c")),
        ("/srv/x:y", folder("/srv/x:y")),
        ("C:\\repos\\b", folder("C:\\repos\\b")),
        ("github.com", folder("github.com")),
        ("./github.com/a/b", folder("./github.com/a/b")),
        ("a::b/c", Err(Wrong::Helper)),
        ("", Err(Wrong::Empty)),
        ("--upload-pack=x", Err(Wrong::Option)),
        ("ext::sh -c x", Err(Wrong::Helper)),
        ("fd::3", Err(Wrong::Helper)),
        ("https://ada:secret@git.example.org/a", Err(Wrong::Secret)),
        ("https://token@git.example.org/a", Err(Wrong::Secret)),
        ("ssh://git:secret@git.example.org/a", Err(Wrong::Secret)),
        ("https://git.example.org/a?private_token=secret", Err(Wrong::Query)),
        ("https://git.example.org/a#readme", Err(Wrong::Query)),
        ("https://git.example.org/a  # ours", Err(Wrong::Blank)),
        ("https://ada:22/secret@git.example.org/a", Err(Wrong::Secret)),
        ("https://git.example.org/@ada/a", remote("https://git.example.org/@ada/a")),
        ("https://git.example.org/a ours", Err(Wrong::Blank)),
        ("git://git.example.org/a", Err(Wrong::Protocol)),
        ("svn://git.example.org/a", Err(Wrong::Protocol)),
        ("https://-oProxyCommand=x/a", Err(Wrong::Host)),
        ("ssh://-oProxyCommand=x/a", Err(Wrong::Host)),
        ("ssh://-l@git.example.org/a", Err(Wrong::Host)),
        ("-oProxyCommand=x@h:a", Err(Wrong::Option)),
        ("git@-oProxyCommand=x:a", Err(Wrong::Host)),
        ("git@git.example.org:-x", Err(Wrong::Option)),
        ("git@git.example.org:/https://git.example.org/a", Err(Wrong::Protocol)),
        ("git@h:a", remote("git@h:a")),
        ("https:///a", Err(Wrong::Host)),
        ("https://git.example.org:99999/a", Err(Wrong::Host)),
        ("https://git.example.org/", Err(Wrong::NoPath)),
        ("https://github.com/example", Err(Wrong::Organisation)),
        ("github.com/a/b", Err(Wrong::NoScheme)),
        ("www.example.org/a", Err(Wrong::NoScheme)),
        ("git.example.org:a/b", Err(Wrong::Colon)),
        ("~/repos/a", Err(Wrong::Home)),
        ("file://elsewhere/a", Err(Wrong::Host)),
        ("file:///a%00", Err(Wrong::Unseen)),
        ("a\u{202e}b", Err(Wrong::Unseen)),
        ("a\u{1b}[2Jb", Err(Wrong::Unseen)),
    ] {
        assert_eq!(location(entry), place, "{entry}");
    }
    assert_eq!(location(&"a".repeat(5_000)), Err(Wrong::TooLong));
}

#[test]
fn no_secret_is_told() {
    for entry in [
        "https://ada:s3cret@git.example.org/a",
        "https://s3cret@git.example.org/a",
        "https://ada:s3/cret@git.example.org/a",
        "ssh://ada:s3cret@git.example.org/a",
        "https://git.example.org/a?private_token=s3cret",
        "https://ada:x@s3cret@git.example.org/a?s3cret",
        "ada:s3cret@git.example.org/a",
    ] {
        let wrong = location(entry).unwrap_err();
        for lang in [Lang::En, Lang::De] {
            let told = format!("{:?}", wrong.why(entry).message(lang));
            assert!(!told.contains("s3"), "{entry}: {told}");
            assert!(told.contains("git.example.org"), "{entry}: {told}");
        }
    }
}

#[test]
fn same_places() {
    let place = |entry: &str| same_place(&location(entry).unwrap());
    for (one, other) in [
        ("https://git.example.org/a/b", "https://GIT.example.org:443/a/b.git/"),
        ("http://git.example.org/a/b", "https://git.example.org/a/b"),
        ("git@git.example.org:a/b.git", "ssh://git@git.example.org:22/a/b"),
        ("./a", "a/"),
        ("a/.git", "a"),
        ("file:///srv/a", "/srv//a"),
    ] {
        assert_eq!(place(one), place(other));
    }
    for (one, other) in [
        ("https://git.example.org/a/b", "https://git.example.org/a/B"),
        ("https://git.example.org/a/b", "ssh://git.example.org/a/b"),
        ("/srv/a", "/srv/a.git"),
        ("/srv/a/../b", "/srv/b"),
    ] {
        assert_ne!(place(one), place(other));
    }
}

/// What the list takes is what is fetched later.
#[test]
fn addresses_are_as_long_as_those_that_are_fetched() {
    let long = format!("https://git.example.org/{}", "a".repeat(LONGEST_ADDRESS));
    assert_eq!(location(&long), Err(Wrong::TooLong));
    assert_eq!(location(&long[..LONGEST_ADDRESS]), remote(&long[..LONGEST_ADDRESS]));
}
