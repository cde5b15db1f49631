//! Does the one door stay shut where it must?

use super::*;
use crate::repository::testing::{Yard, without_privileges};

/// By `openat2`, and as on a system that has none.
fn roots(yard: &Yard) -> [SafeRoot; 2] {
    let mut stepwise = yard.root();
    stepwise.0.beneath = false;
    [yard.root(), stepwise]
}

#[test]
fn ordinary_files() {
    let yard = Yard::new();
    yard.file("a/b/c.txt", "hello");
    yard.file("empty", "");
    for root in roots(&yard) {
        assert_eq!(root.read(b"a/b/c.txt", 5), Ok(b"hello".to_vec()));
        assert_eq!(root.read(b"a/b/c.txt", 4), Err(Refusal::TooLarge { limit: 4 }));
        assert_eq!(root.head_unlinked(b"a/b/c.txt", 2), Ok(b"he".to_vec()));
        assert_eq!(root.head_unlinked(b"a/b/c.txt", 9), Ok(b"hello".to_vec()));
        assert_eq!(root.read(b"empty", 0), Ok(Vec::new()));
        let stat = root.stat(b"a/b/c.txt").unwrap();
        assert_eq!((stat.kind, stat.len), (EntryKind::File, 5));
        assert_eq!(root.stat(b"a").map(|stat| stat.kind), Ok(EntryKind::Folder));
        assert_eq!(root.stat(b"").map(|stat| stat.kind), Ok(EntryKind::Folder));
        assert_eq!(root.list(b"a").unwrap(), [(b"b".to_vec(), EntryKind::Folder)]);
        let names: Vec<_> = root.list(b"").unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, [b"a".to_vec(), b"empty".to_vec()]);
        assert_eq!(root.folder(b"a/b").unwrap().read(b"c.txt", 9), Ok(b"hello".to_vec()));
        for gone in ["nope", "a/nope", "empty/below", "nope/nope"] {
            assert!(root.read(gone.as_bytes(), 9).is_err_and(|why| why == Refusal::NotFound), "{gone}");
            assert!(root.stat(gone.as_bytes()).is_err_and(|why| why == Refusal::NotFound), "{gone}");
        }
        assert_eq!(root.read(b"a", 9), Err(Refusal::Kind(EntryKind::Folder)));
        assert_eq!(root.read(b"", 9), Err(Refusal::Kind(EntryKind::Folder)));
        assert!(root.list(b"empty").is_err_and(|why| why == Refusal::NotFound));
    }
}

#[test]
fn paths_that_are_none() {
    let yard = Yard::new();
    yard.file("a/b", "x");
    for root in roots(&yard) {
        for path in ["/etc/passwd", "../outside/secret", "a/../a/b", "a//b", "./a/b", "a/./b", "a/", "/", "..", "a\0b"]
        {
            assert_eq!(root.read(path.as_bytes(), 99), Err(Refusal::BadPath), "{path}");
            assert_eq!(root.head_unlinked(path.as_bytes(), 9), Err(Refusal::BadPath), "{path}");
            assert_eq!(root.stat(path.as_bytes()), Err(Refusal::BadPath), "{path}");
            assert_eq!(root.read_link(path.as_bytes()), Err(Refusal::BadPath), "{path}");
            assert_eq!(root.list(path.as_bytes()), Err(Refusal::BadPath), "{path}");
        }
    }
}

#[test]
fn links() {
    let yard = Yard::new();
    yard.file("LICENSES/MIT.txt", "MIT");
    yard.file(".git/config", "token");
    let absolute = yard.path("LICENSES/MIT.txt");
    for (path, target) in [
        ("inside", "LICENSES/MIT.txt"),
        ("docs/up", "../LICENSES/MIT.txt"),
        ("folder", "LICENSES"),
        ("chain", "folder/../inside"),
        ("out", "../outside/secret"),
        ("outdir", "../outside"),
        ("back", "../repo/LICENSES/MIT.txt"),
        ("absolute", absolute.to_str().unwrap()),
        ("zero", "/dev/zero"),
        ("environ", "/proc/self/environ"),
        ("git", ".git/config"),
        ("GIT", ".GIT/config"),
        ("gitdir", "docs/../.git"),
        ("loop", "pool"),
        ("pool", "loop"),
        ("self", "self"),
        ("gone", "nowhere"),
    ] {
        yard.link(path, target);
    }
    for root in roots(&yard) {
        for path in ["inside", "docs/up", "folder/MIT.txt", "chain"] {
            assert_eq!(root.read(path.as_bytes(), 99), Ok(b"MIT".to_vec()), "{path}");
            assert_eq!(root.head_unlinked(path.as_bytes(), 1), Err(Refusal::LinkLoop), "{path}");
            assert_eq!(root.read_unlinked(path.as_bytes(), 99), Err(Refusal::LinkLoop), "{path}");
        }
        for (path, why) in [
            ("out", Refusal::LeadsOut),
            ("outdir/secret", Refusal::LeadsOut),
            ("back", Refusal::LeadsOut),
            ("absolute", Refusal::LeadsOut),
            ("zero", Refusal::LeadsOut),
            ("environ", Refusal::LeadsOut),
            ("git", Refusal::IntoGit),
            ("GIT", Refusal::IntoGit),
            ("gitdir/config", Refusal::IntoGit),
            ("loop", Refusal::LinkLoop),
            ("self", Refusal::LinkLoop),
            ("gone", Refusal::Dangling),
        ] {
            assert_eq!(root.read(path.as_bytes(), 99), Err(why), "{path}");
        }
        assert_eq!(root.list(b"outdir"), Err(Refusal::LeadsOut));
        assert_eq!(root.list(b"folder").unwrap().len(), 1);
        assert_eq!(root.folder(b"outdir").unwrap_err(), Refusal::LeadsOut);
        assert_eq!(root.stat(b"out").map(|stat| stat.kind), Ok(EntryKind::Link));
        assert_eq!(root.stat(b"outdir/secret"), Err(Refusal::LinkLoop));
        assert_eq!(root.read_link(b"out"), Ok(b"../outside/secret".to_vec()));
        assert_eq!(root.read_link(b"LICENSES"), Err(Refusal::NoLink));
        assert_eq!(root.read_link(b"outdir/secret"), Err(Refusal::LinkLoop));
        assert_eq!(root.list(b"").unwrap().iter().find(|(name, _)| name == b"out").unwrap().1, EntryKind::Link);
    }
}

#[test]
fn a_folder_swapped_for_a_link() {
    let yard = Yard::new();
    yard.file("docs/secret", "harmless");
    let roots = roots(&yard);
    std::fs::rename(yard.path("docs"), yard.path("was")).unwrap();
    yard.link("docs", "../outside");
    for root in roots {
        assert_eq!(root.read(b"docs/secret", 99), Err(Refusal::LeadsOut));
        assert_eq!(root.read_unlinked(b"docs/secret", 99), Err(Refusal::LinkLoop));
    }
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    let yard = Yard::new();
    yard.fifo("pipe");
    std::os::unix::net::UnixListener::bind(yard.path("socket")).unwrap();
    for root in roots(&yard) {
        assert_eq!(root.read(b"pipe", 99), Err(Refusal::Kind(EntryKind::Fifo)));
        assert_eq!(root.head_unlinked(b"pipe", 9), Err(Refusal::Kind(EntryKind::Fifo)));
        assert_eq!(root.probe_unlinked(b"pipe", 9), Err(Refusal::Kind(EntryKind::Fifo)));
        assert_eq!(root.stat(b"pipe").map(|stat| stat.kind), Ok(EntryKind::Fifo));
        assert_eq!(root.read(b"socket", 99), Err(Refusal::Kind(EntryKind::Special)));
    }
    let devices = SafeRoot::open(Path::new("/dev")).unwrap();
    assert_eq!(devices.read(b"zero", 99), Err(Refusal::Kind(EntryKind::Special)));
}

#[test]
fn a_huge_file_costs_nothing() {
    let yard = Yard::new();
    yard.sparse("huge", 1 << 40);
    for root in roots(&yard) {
        assert_eq!(root.read(b"huge", 8 << 20), Err(Refusal::TooLarge { limit: 8 << 20 }));
        assert_eq!(root.head_unlinked(b"huge", 3), Ok(vec![0; 3]));
        assert_eq!(root.probe_unlinked(b"huge", 9), Err(Refusal::TooLarge { limit: 9 }));
    }
}

#[test]
fn more_than_was_announced() {
    let yard = Yard::new();
    yard.file("grows", "x".repeat(200_000));
    let root = SafeRoot::open(&yard.path("")).unwrap();
    let (file, _) = root.0.file(b"grows").unwrap();
    assert_eq!(file.read_up_to(10, 1000).unwrap().len().min(1000), 1000);
    let (file, _) = root.0.file(b"grows").unwrap();
    assert_eq!(file.read_up_to(10, 1 << 20).unwrap().len(), 200_000);
}

#[test]
fn names_of_any_bytes() {
    let yard = Yard::new();
    let name = b"caf\xe9\n\x1b[31m";
    yard.file(name, "x");
    for root in roots(&yard) {
        assert_eq!(root.list(b"").unwrap(), [(name.to_vec(), EntryKind::File)]);
        assert_eq!(root.read(name, 9), Ok(b"x".to_vec()));
    }
}

#[test]
fn too_long() {
    let yard = Yard::new();
    for root in roots(&yard) {
        assert_eq!(root.read(&[b'x'; 300], 9), Err(Refusal::NameTooLong));
    }
    let [root, _] = roots(&yard);
    assert_eq!(root.read(&b"d/".repeat(3000)[..5999], 9), Err(Refusal::NameTooLong));
}

#[test]
fn what_may_not_be_read() {
    let yard = Yard::new();
    yard.file("shut", "x");
    yard.file("folder/x", "x");
    yard.permit("shut", 0);
    yard.permit("folder", 0);
    let roots = roots(&yard);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            without_privileges();
            for root in &roots {
                assert_eq!(root.read(b"shut", 9), Err(Refusal::NotPermitted));
                assert_eq!(root.read(b"folder/x", 9), Err(Refusal::NotPermitted));
                assert_eq!(root.list(b"folder"), Err(Refusal::NotPermitted));
            }
        });
    });
    yard.permit("folder", 0o755);
}

#[test]
fn roots_that_are_none() {
    let yard = Yard::new();
    yard.file("file", "x");
    yard.fifo("pipe");
    for path in ["nope", "file", "pipe"] {
        assert!(SafeRoot::open(&yard.path(path)).is_err(), "{path}");
    }
    yard.link("link", ".");
    assert!(SafeRoot::open(&yard.path("link")).is_ok());
}
