//! Is a hostile tree survived, and said?

use super::super::testing::without_privileges;
use super::*;

#[test]
fn with_a_git_that_leads_elsewhere() {
    let yard = Yard::new();
    yard.file("a", "");
    yard.link(".git", "../outside");
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["a"]);
    assert!(repository.losses().iter().any(|loss| english(&loss.why).contains("git")));
}

#[test]
fn paths_that_lead_out_are_never_opened() {
    let yard = Yard::new();
    let outside = yard.path("../outside/secret");
    yard.track(&["../outside/secret", "/proc/self/environ", outside.to_str().unwrap(), "ok", ".git/config"]);
    yard.file("ok", "");
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["ok"]);
    assert_eq!(repository.losses().len(), 4);
    for path in ["../outside/secret", "/proc/self/environ", ".git/config"] {
        let file = File { path: RepoPath::from(path), ..repository.file("ok").unwrap().clone() };
        assert!(
            repository.read(&file).is_err() && repository.head(&file, 1).is_err() && repository.text(&file).is_err()
        );
    }
}

#[test]
fn links() {
    let yard = Yard::new();
    yard.track(&[
        "LICENSE",
        "LICENSES/MIT.txt",
        "README.md",
        "CITATION.cff",
        "NOTICE",
        "docs/README.md",
        "folder",
        "notes.md",
        "publiccode.yml",
        "secret",
        "gone.md",
        "private.md",
        "AUTHORS",
    ]);
    yard.file("LICENSES/MIT.txt", "MIT");
    yard.file("untracked/x", "private");
    for (path, target) in [
        ("LICENSE", "LICENSES/MIT.txt"),
        ("README.md", "../outside/secret"),
        ("CITATION.cff", "/proc/self/environ"),
        ("NOTICE", "NOTICE"),
        ("docs/README.md", "../LICENSE"),
        ("folder", "LICENSES"),
        ("notes.md", "../outside/secret"),
        ("publiccode.yml", ".git/config"),
        ("secret", "/etc/passwd"),
        ("gone.md", "nowhere"),
        ("private.md", "untracked/x"),
        ("AUTHORS", "nowhere"),
    ] {
        yard.link(path, target);
    }
    let repository = open(&yard);
    assert_eq!(repository.files().len(), 13);
    assert_eq!(repository.file("LICENSE").unwrap().kind, FileKind::Link);
    let at_once = ["AUTHORS", "CITATION.cff", "NOTICE", "README.md", "publiccode.yml"];
    assert_eq!(lost(&repository), at_once);

    assert_eq!(text(&repository, "LICENSE"), Ok("MIT".into()));
    assert_eq!(text(&repository, "docs/README.md"), Ok("MIT".into()));
    for path in ["folder", "gone.md", "private.md"] {
        assert!(text(&repository, path).is_err(), "{path}");
    }
    assert_eq!(lost(&repository), at_once, "a link to what is not published hides nothing");

    assert!(text(&repository, "notes.md").unwrap_err().contains("leads out"));
    assert!(text(&repository, "secret").is_err());
    assert!(text(&repository, "publiccode.yml").unwrap_err().contains(".git folder"));
    let in_the_end = ["AUTHORS", "CITATION.cff", "NOTICE", "README.md", "notes.md", "publiccode.yml", "secret"];
    assert_eq!(lost(&repository), in_the_end, "each once");
}

#[test]
fn a_folder_swapped_for_a_link() {
    let yard = Yard::new();
    yard.track(&["docs/secret", "docs/x.md", "handbook/x.md", "old/x.md", "new/x.md", "lost/x.md"]);
    yard.file("handbook/x.md", "hello");
    yard.file("new/x.md", "new");
    yard.link("docs", "../outside");
    yard.link("old", "new");
    yard.link("lost", "nowhere");
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["docs/secret", "docs/x.md", "handbook/x.md", "new/x.md", "old/x.md"]);
    assert_eq!(repository.losses(), []);
    assert_eq!(text(&repository, "old/x.md"), Ok("new".into()));
    assert!(text(&repository, "docs/secret").unwrap_err().contains("leads out"));
    assert_eq!(lost(&repository), ["docs/secret"]);
}

#[test]
fn what_is_no_file() {
    let yard = Yard::new();
    yard.track(&["LICENSE", "README.md", "data.csv", "big.csv", "CHANGELOG.md", "publiccode.yml/x", "LICENSES/x"]);
    yard.fifo("LICENSE");
    yard.fifo("data.csv");
    yard.sparse("README.md", 8 << 30);
    yard.sparse("big.csv", 1 << 40);
    yard.file("CHANGELOG.md/inner", "");
    yard.file("publiccode.yml/x", "");
    yard.file("LICENSES/x", "");
    let repository = open(&yard);
    assert_eq!(lost(&repository), ["CHANGELOG.md", "LICENSE", "README.md", "publiccode.yml"]);
    assert!(text(&repository, "data.csv").unwrap_err().contains("named pipe"));
    assert!(text(&repository, "README.md").unwrap_err().contains("is larger than"));
    let big = repository.file("big.csv").unwrap();
    assert_eq!(big.len, Some(1 << 40));
    assert_eq!(repository.head(big, 3), Ok(vec![0; 3]));
    assert_eq!(lost(&repository), ["CHANGELOG.md", "LICENSE", "README.md", "data.csv", "publiccode.yml"]);
}

#[test]
fn what_may_not_be_read() {
    let yard = Yard::new();
    yard.track(&["LICENSE", "shut/a.py", "z"]);
    for path in ["LICENSE", "shut/a.py", "z"] {
        yard.file(path, "");
    }
    yard.permit("LICENSE", 0);
    yard.permit("shut", 0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).start_handler(|_| without_privileges()).build().unwrap();
    let repository = pool.install(|| open(&yard));
    assert_eq!(paths(&repository), ["LICENSE", "shut/a.py", "z"]);
    assert_eq!(lost(&repository), ["LICENSE", "shut"]);
    yard.permit("shut", 0o755);
}

#[test]
fn names_of_any_bytes() {
    let yard = Yard::new();
    let names: [&[u8]; 4] = [b"caf\xe9.yml", b"evil\x1b[2J.md", b"new\nline.csv", b"-rf"];
    yard.index(&IndexFile { files: names.iter().map(Tracked::file).collect(), ..IndexFile::default() });
    for name in names {
        yard.file(name, "x");
    }
    let repository = open(&yard);
    assert_eq!(repository.files().len(), 4);
    for name in names {
        assert_eq!(text(&repository, name), Ok("x".into()));
    }
    assert_eq!(repository.losses(), []);
}

#[test]
fn deeper_than_paths_may_be() {
    let yard = Yard::new();
    yard.track(&["top", &("d/".repeat(3000) + "x"), &"n".repeat(300)]);
    yard.file("top", "");
    let repository = open(&yard);
    assert_eq!(repository.files().len(), 3);
    assert_eq!(repository.losses().len(), 1);
    assert!(text(&repository, "n".repeat(300)).unwrap_err().contains("longer"));
}

#[test]
fn a_file_that_goes_away() {
    let yard = Yard::new();
    yard.track(&["a"]);
    yard.file("a", "");
    let repository = open(&yard);
    yard.remove("a");
    assert!(text(&repository, "a").unwrap_err().contains("not there"));
    assert_eq!(lost(&repository), ["a"]);
}

#[test]
fn attributes_that_cannot_be_read() {
    let yard = Yard::new();
    yard.track(&[".gitattributes", "sub/.gitattributes"]);
    yard.fifo(".gitattributes");
    yard.file("sub/.gitattributes", "*.c linguist-vendored\n".repeat(251));
    assert_eq!(lost(&open(&yard)), [".gitattributes", "sub/.gitattributes"]);
}

#[test]
fn places_that_are_no_repository() {
    let yard = Yard::new();
    yard.file("file", "");
    yard.fifo("pipe");
    let why = |path: &Path| match Repository::open(path, options()) {
        Ok(_) => String::from("opened"),
        Err(error) => english(&error.why),
    };
    for (path, says) in [
        ("nope\x1b[31m", "there is no folder"),
        ("file", "is no folder"),
        ("pipe", "is no folder"),
        ("file/x", "is no folder"),
    ] {
        let why = why(&yard.path(path));
        assert!(why.contains(says), "{path}: {why}");
        assert!(!why.contains('\x1b'), "{why}");
    }
    let why_not = why(Path::new("https://bob:password@example.org/x.git"));
    assert!(why_not.contains("clone the repository first") && !why_not.contains("password"), "{why_not}");
    yard.file("shut/x", "");
    yard.permit("shut", 0);
    let shut = yard.path("shut");
    let why = std::thread::scope(|scope| {
        scope
            .spawn(|| {
                without_privileges();
                why(&shut)
            })
            .join()
            .unwrap()
    });
    assert!(why.contains("may not be read"), "{why}");
    yard.permit("shut", 0o755);
}
