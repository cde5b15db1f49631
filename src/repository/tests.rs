//! Is the publishable tree what git says, and is everything said that cannot be read?

mod hostile;

use super::testing::{IndexFile, Tracked, Yard};
use super::*;
use jiff::civil::date;

fn options() -> Options {
    Options { as_of: date(2026, 11, 22), rev: None, limits: Limits::default(), worker: None }
}

fn open(yard: &Yard) -> Repository {
    Repository::open(&yard.path(""), options()).unwrap()
}

fn paths(repository: &Repository) -> Vec<String> {
    repository.files().iter().map(|file| file.path.lossy().into_owned()).collect()
}

fn english(phrase: &Phrase) -> String {
    format!("{:?}", phrase.message(Lang::En))
}

/// The places of what was lost, the empty string for the repository as a whole.
fn lost(repository: &Repository) -> Vec<String> {
    let losses = repository.losses();
    losses.iter().map(|loss| loss.path.as_ref().map_or(String::new(), |path| path.lossy().into_owned())).collect()
}

fn text(repository: &Repository, path: impl AsRef<[u8]>) -> Result<String, String> {
    let file = repository.file(path).ok_or("no file")?;
    repository.text(file).map(|text| text.to_string()).map_err(|why| english(&why))
}

#[test]
fn tracked_files_that_are_there() {
    let yard = Yard::new();
    yard.track(&["README.md", "a/b.py", "a/gone.py", "gone/x", "z.csv"]);
    for path in ["README.md", "a/b.py", "z.csv", "untracked.txt", "a/untracked.py"] {
        yard.file(path, "text");
    }
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["README.md", "a/b.py", "z.csv"]);
    assert_eq!(repository.losses(), []);
    assert!(repository.has_git());
    assert!(repository.has_folder("a") && !repository.has_folder("gone") && !repository.has_folder("README.md"));
    assert_eq!(repository.root_files().count(), 2);
    assert_eq!(repository.root_file("readme.MD").unwrap().path, RepoPath::from("README.md"));
    assert!(repository.root_file("b.py").is_none());
    let file = repository.file("a/b.py").unwrap();
    assert_eq!((file.class, file.len, &file.kind), (Class::Source, Some(4), &FileKind::Regular));
    assert_eq!(text(&repository, "a/b.py"), Ok("text".into()));
    assert_eq!(repository.head(file, 2), Ok(b"te".to_vec()));
    assert!(repository.file("untracked.txt").is_none());
}

#[test]
fn a_plain_folder() {
    let yard = Yard::new();
    yard.file("a.py", "x");
    yard.file(".gitignore", "*.log");
    yard.file("x.log", "x");
    let repository = open(&yard);
    assert_eq!(paths(&repository), [".gitignore", "a.py"]);
    assert_eq!(repository.losses(), []);
    assert!(!repository.has_git());
    assert_eq!(repository.revision(), None);
    assert!(repository.history("x").is_err() && repository.tag_names().is_err());
}

#[test]
fn an_empty_folder() {
    let repository = open(&Yard::new());
    assert_eq!(paths(&repository), [""; 0]);
    assert_eq!(repository.losses(), []);
}

#[test]
fn without_an_index() {
    let yard = Yard::new();
    yard.track(&["a"]);
    yard.file("a", "");
    yard.file("b", "");
    yard.remove(".git/index");
    // nothing was ever committed: these are the files that would be
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["a", "b"]);
    assert_eq!(repository.losses(), []);

    yard.file(".git/HEAD", "5".repeat(40) + "\n");
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["a", "b"]);
    assert_eq!(lost(&repository), [""]);
    assert!(english(&repository.losses()[0].why).contains("git index is missing"));
}

#[test]
fn with_a_damaged_index() {
    let yard = Yard::new();
    yard.track(&["a"]);
    yard.file("a", "");
    yard.file("b", "");
    yard.file(".git/index", "DIRC\0\0\0\x02\0\0\0\x05");
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["a", "b"]);
    assert!(english(&repository.losses()[0].why).contains("git index is damaged"));
}

#[test]
fn only_so_many_files() {
    let yard = Yard::new();
    yard.track(&["a", "b", "c"]);
    for path in ["a", "b", "c"] {
        yard.file(path, "");
    }
    let mut options = options();
    options.limits.set(Limit::Files, 2);
    for plain in [false, true] {
        if plain {
            yard.remove(".git");
        }
        let repository = Repository::open(&yard.path(""), options.clone()).unwrap();
        assert_eq!(repository.files().len(), 2);
        assert!(english(&repository.losses()[0].why).contains("only the first"), "plain: {plain}");
    }
}

#[test]
fn texts() {
    let yard = Yard::new();
    yard.track(&["empty", "latin.txt", "image.png", "utf16.csv"]);
    yard.file("empty", "");
    yard.file("latin.txt", b"\xdcber");
    yard.file("image.png", b"\x89PNG\r\n\x1a\n\0\0");
    yard.file("utf16.csv", b"\xff\xfea\0");
    let repository = open(&yard);
    assert_eq!(text(&repository, "empty"), Ok(String::new()));
    assert_eq!(text(&repository, "latin.txt"), Ok("Über".into()));
    assert_eq!(text(&repository, "utf16.csv"), Ok("a".into()));
    assert!(text(&repository, "image.png").unwrap_err().contains("is binary"));
    assert_eq!(repository.losses(), [], "that a file is binary is no loss");
    // kept: what is read again is what was read before
    yard.file("latin.txt", "changed");
    assert_eq!(text(&repository, "latin.txt"), Ok("Über".into()));
    let file = |path: &str| repository.file(path).unwrap();
    assert_eq!(repository.text_once(file("latin.txt")).as_deref(), Ok("Über"));
    assert_eq!(repository.read(file("latin.txt")), Ok(b"changed".to_vec()));
    assert!(repository.text_once(file("image.png")).is_err());
}

#[test]
fn sparse_checkouts_and_submodules() {
    let yard = Yard::new();
    let files = vec![
        Tracked::file("a"),
        Tracked { extended: 0x4000, ..Tracked::file("b/skipped.md") },
        Tracked { extended: 0x4000, mode: 0o040_000, ..Tracked::file("left/") },
        Tracked { mode: 0o160_000, ..Tracked::file("module") },
    ];
    yard.index(&IndexFile { version: 3, files, ..IndexFile::default() });
    yard.file("a", "");
    let repository = open(&yard);
    assert_eq!(paths(&repository), ["a", "b/skipped.md", "module"]);
    assert_eq!(repository.file("module").unwrap().kind, FileKind::Submodule);
    assert_eq!(lost(&repository), ["left"]);
    assert!(text(&repository, "module").unwrap_err().contains("another repository"));
    assert!(text(&repository, "b/skipped.md").unwrap_err().contains("sparse checkout"));
    assert_eq!(lost(&repository), ["b/skipped.md", "left"]);
}

#[test]
fn attributes_of_tracked_files_only() {
    let yard = Yard::new();
    yard.track(&[".gitattributes", "a.js", "own/a.js", "site/a.js", "site/.gitattributes", "vendor/a.js", "x/a.js"]);
    for path in ["a.js", "own/a.js", "site/a.js", "vendor/a.js", "x/a.js"] {
        yard.file(path, "");
    }
    yard.file(".gitattributes", "*.js linguist-generated\nown/** -linguist-generated\nvendor/** -linguist-vendored\n");
    yard.file("site/.gitattributes", "*.js linguist-documentation linguist-generated=false\n");
    yard.file("x/.gitattributes", "*.js -linguist-generated\n");
    let repository = open(&yard);
    for (path, generated, vendored, class) in [
        ("a.js", true, false, Class::Source),
        ("own/a.js", false, false, Class::Source),
        ("site/a.js", false, false, Class::Documentation),
        ("vendor/a.js", true, false, Class::Source),
        ("x/a.js", true, false, Class::Source),
    ] {
        let file = repository.file(path).unwrap();
        assert_eq!(
            (file.marks.has(Mark::Generated), file.marks.has(Mark::Vendored), file.class),
            (generated, vendored, class),
            "{path}"
        );
    }
    assert_eq!(repository.losses(), []);
}

#[test]
fn a_revision_without_a_worker() {
    let yard = Yard::new();
    yard.track(&["a"]);
    let options = Options { rev: Some("main".into()), ..options() };
    assert!(Repository::open(&yard.path(""), options).is_err());
}
