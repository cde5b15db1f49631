//! Are refs read as git writes them, and nothing else?

use super::super::git_testing::english;
use super::super::limits::Limits;
use super::super::testing::Yard;
use super::*;

const ONE: &str = "1111111111111111111111111111111111111111";
const TWO: &str = "2222222222222222222222222222222222222222";
const THREE: &str = "3333333333333333333333333333333333333333";

fn id(hex: &str) -> ObjectId {
    ObjectId::from_hex(hex.as_bytes()).unwrap()
}

fn yard() -> Yard {
    let yard = Yard::new();
    yard.git();
    yard
}

/// Five of each kind.
fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.set(Limit::Tags, 5);
    limits.set(Limit::Refs, 5);
    limits
}

fn with<T>(yard: &Yard, ask: impl FnOnce(&Refs<'_>) -> T) -> T {
    let git = GitDir::find(&yard.root(), &yard.path(""), &limits()).unwrap().unwrap();
    ask(&Refs::open(&git).unwrap())
}

#[test]
fn heads() {
    let hostile = "\0\u{1b}[31m::error::x\n".to_owned();
    for (head, main, expected) in [
        ("ref: refs/heads/main\n".to_owned(), Some(ONE), Some(Head::At(id(ONE)))),
        (format!("{TWO}\n"), None, Some(Head::At(id(TWO)))),
        ("ref: refs/heads/main".to_owned(), None, Some(Head::Unborn)),
        ("ref: refs/heads/other\n".to_owned(), Some(ONE), Some(Head::Unborn)),
        ("ref: ../../outside/secret\n".to_owned(), None, None),
        ("ref: refs/../../../outside/secret\n".to_owned(), None, None),
        ("ref: config\n".to_owned(), None, None),
        (hostile, None, None),
        (String::new(), None, None),
        (format!("{ONE}x"), None, None),
        ("x".repeat(5000), None, None),
    ] {
        let yard = yard();
        yard.file(".git/HEAD", &head);
        if let Some(main) = main {
            yard.name("refs/heads/main", id(main));
        }
        let found = with(&yard, |refs| refs.head());
        assert_eq!(found.clone().ok(), expected, "{head}");
        assert!(found.is_ok() || english(&found.unwrap_err()).contains("git: HEAD"));
    }
}

#[test]
fn refs_that_name_each_other() {
    let yard = yard();
    yard.file(".git/refs/heads/main", "ref: refs/heads/b\n");
    yard.file(".git/refs/heads/b", "ref: refs/heads/main\n");
    assert!(english(&with(&yard, |refs| refs.head()).unwrap_err()).contains("git"));
    assert!(with(&yard, |refs| refs.revision("main")).is_err());
    yard.file(".git/refs/heads/b", "ref: refs/heads/c\n");
    yard.name("refs/heads/c", id(ONE));
    assert_eq!(with(&yard, |refs| refs.head()).unwrap(), Head::At(id(ONE)));
}

#[test]
fn revisions() {
    let yard = yard();
    yard.name("refs/heads/main", id(ONE));
    yard.name("refs/heads/v1", id(TWO));
    yard.name("refs/tags/v1", id(THREE));
    yard.file(".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/dev\n");
    yard.file(".git/packed-refs", format!("{TWO} refs/remotes/origin/dev\n{THREE} refs/heads/a/b\n"));
    std::fs::create_dir_all(yard.path(".git/refs/heads/a/b")).unwrap();
    for (given, expected) in [
        ("HEAD", Some(ONE)),
        ("@", Some(ONE)),
        (THREE, Some(THREE)),
        ("main", Some(ONE)),
        ("v1", Some(THREE)),
        ("heads/v1", Some(TWO)),
        ("refs/heads/v1", Some(TWO)),
        ("origin/dev", Some(TWO)),
        ("origin", Some(TWO)),
        ("a/b", Some(THREE)),
        ("a", None),
        ("nothing", None),
        ("", None),
        ("HEAD~1", None),
        ("../../outside/secret", None),
        ("-x", None),
        ("\u{1b}[31m", None),
    ] {
        let found = with(&yard, |refs| refs.revision(given));
        assert_eq!(found.ok(), expected.map(|hex| Revision::Id(id(hex))), "{given}");
    }
    assert_eq!(with(&yard, |refs| refs.revision("abcd")).unwrap(), Revision::Prefix(b"abcd".to_vec()));
    assert!(with(&yard, |refs| refs.revision("abc")).is_err());
}

#[test]
fn tags_loose_and_packed() {
    let yard = yard();
    yard.name("refs/tags/loose", id(ONE));
    yard.name("refs/tags/both", id(ONE));
    yard.name("refs/tags/in/folder", id(ONE));
    yard.file(".git/refs/tags/busy.lock", "");
    yard.file(
        ".git/packed-refs",
        format!(
            "# pack-refs with: peeled fully-peeled sorted \n{TWO} refs/heads/x\n{TWO} refs/tags/annotated\n^{THREE}\n\
             {TWO} refs/tags/both\n{TWO} refs/tags/plain\n"
        ),
    );
    let (tags, gap) = with(&yard, |refs| refs.tags());
    let tags: Vec<_> = tags.iter().map(|tag| (std::str::from_utf8(&tag.name).unwrap(), tag.id)).collect();
    let (one, two, three) = (id(ONE), id(TWO), id(THREE));
    assert_eq!(tags, [("annotated", three), ("both", one), ("in/folder", one), ("loose", one), ("plain", two)]);
    assert_eq!(gap, None);

    yard.file(".git/refs/tags/broken", "junk");
    let gap = || with(&yard, |refs| refs.tags()).1.map(|gap| english(&gap)).unwrap_or_default();
    assert!(gap().contains("not all tags"), "{}", gap());
    yard.name("refs/tags/one-more", id(ONE));
    assert!(gap().contains("`--limit tags="), "{}", gap());
}

#[test]
fn a_link_among_the_tags_is_not_followed() {
    let yard = yard();
    yard.link(".git/refs/tags/out", "../../../../outside/secret");
    yard.link(".git/refs/tags/in", "../heads/main");
    assert!(with(&yard, |refs| refs.tags().0.is_empty() && refs.tags().1.is_some()));
    yard.remove(".git/refs/tags");
    yard.link(".git/refs/tags", "../../../outside");
    assert!(with(&yard, |refs| refs.tags().0.is_empty() && refs.tags().1.is_some()));
}

#[test]
fn junk_among_packed_refs_is_passed_over() {
    let text = [
        b"# pack-refs\n\xff\xfe\x00\n^junk\n".as_slice(),
        format!("^{THREE}\n{ONE} refs/heads/a\n^{TWO} \n^{THREE}\n{ONE}refs/heads/b\n{ONE} HEAD\n").as_bytes(),
        format!("{ONE} refs/heads/../x\nzz refs/heads/c\n{TWO} refs/heads/last").as_bytes(),
        &[0xff; 5000],
    ]
    .concat();
    let (refs, cut) = parse_packed(&text, 9);
    assert!(!cut);
    assert_eq!(refs.len(), 1, "{:?}", refs.keys());
    assert_eq!(refs[b"refs/heads/a".as_slice()].peeled, Some(id(TWO)));
}

#[test]
fn a_branch_beyond_the_limit_is_not_taken_for_one_without_commits() {
    let yard = yard();
    yard.file(".git/HEAD", "ref: refs/heads/zzz\n");
    let lines: Vec<String> = (0..6).map(|at| format!("{ONE} refs/heads/b{at}")).collect();
    yard.file(".git/packed-refs", format!("{}\n{ONE} refs/heads/zzz\n", lines.join("\n")));
    let why = with(&yard, |refs| refs.head()).unwrap_err();
    assert!(english(&why).contains("`--limit refs="), "{}", english(&why));
}
