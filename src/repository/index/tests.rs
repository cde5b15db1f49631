//! Is an index read as git reads it, and survived where git would not write it?

use super::*;
use crate::phrase::Lang;
use crate::repository::testing::{IndexFile, Tracked, Yard, extension};

const SKIP_WORKTREE: u16 = 0x4000;
const INTENT_TO_ADD: u16 = 0x2000;

fn yard_with(index: &IndexFile) -> Yard {
    let yard = Yard::new();
    yard.file("index", index.bytes());
    yard
}

fn few(files: u64) -> Limits {
    let mut limits = Limits::default();
    limits.set(Limit::Files, files);
    limits
}

fn paths(index: &Index) -> Vec<String> {
    index.entries.iter().map(|entry| String::from_utf8_lossy(&entry.path).into_owned()).collect()
}

fn english(phrase: &Phrase) -> String {
    format!("{:?}", phrase.message(Lang::En))
}

fn bitmap(words: &[u64]) -> Vec<u8> {
    let mut bytes = 64_u32.to_be_bytes().to_vec();
    bytes.extend(u32::try_from(words.len()).unwrap().to_be_bytes());
    bytes.extend(words.iter().flat_map(|word| word.to_be_bytes()));
    bytes.extend([0; 4]);
    bytes
}

#[test]
fn versions_and_hashes() {
    let long = "l/".repeat(3000) + "x";
    for version in 2..=4 {
        for hash in [20, 32] {
            let mut files: Vec<_> = ["a", "a/b", "a/bc/d", "b", "z", &long].iter().map(Tracked::file).collect();
            if version > 2 {
                files.push(Tracked { extended: SKIP_WORKTREE, ..Tracked::file("skipped") });
                files.push(Tracked { extended: INTENT_TO_ADD, ..Tracked::file("soon") });
            }
            let index = IndexFile { version, hash, files, extensions: extension(b"TREE", b"whatever") };
            let read = read(&yard_with(&index).root(), hash, &few(100)).unwrap().unwrap();
            let mut expected = vec!["a", "a/b", "a/bc/d", "b", &long];
            if version > 2 {
                expected.extend(["skipped", "soon"]);
            }
            expected.push("z");
            assert_eq!(paths(&read), expected, "version {version}, hash {hash}");
            assert_eq!(read.losses, []);
            assert!(!read.cut);
            for entry in &read.entries {
                assert_eq!(entry.skip_worktree, entry.path == b"skipped");
                assert_eq!(entry.oid.len(), if entry.skip_worktree { hash } else { 0 });
            }
        }
    }
}

#[test]
fn kinds_and_conflicts() {
    let files = vec![
        Tracked { mode: 0o120_000, ..Tracked::file("link") },
        Tracked { mode: 0o160_000, ..Tracked::file("module") },
        Tracked { mode: 0o100_755, ..Tracked::file("run") },
        Tracked { stage: 1, ..Tracked::file("torn") },
        Tracked { stage: 2, ..Tracked::file("torn") },
        Tracked { stage: 3, ..Tracked::file("torn") },
    ];
    let index = IndexFile { files, ..IndexFile::default() };
    let read = read(&yard_with(&index).root(), 20, &few(100)).unwrap().unwrap();
    assert_eq!(paths(&read), ["link", "module", "run", "torn"]);
    let modes: Vec<_> = read.entries.iter().map(|entry| entry.mode).collect();
    assert_eq!(modes, [0o120_000, 0o160_000, 0o100_755, 0o100_644]);
}

#[test]
fn only_so_many() {
    let files = ["a", "b", "c"].iter().map(Tracked::file).collect();
    let yard = yard_with(&IndexFile { files, ..IndexFile::default() });
    assert!(!read(&yard.root(), 20, &few(3)).unwrap().unwrap().cut);
    let read = read(&yard.root(), 20, &few(2)).unwrap().unwrap();
    assert!(read.cut);
    assert_eq!(paths(&read), ["a", "b"]);
}

#[test]
fn paths_that_lead_out_are_losses() {
    let bad = [
        "../x",
        "/abs",
        "/proc/self/environ",
        "a/../../x",
        ".git/config",
        "sub/.GIT/hooks/x",
        "a//b",
        "./a",
        "a/.",
        "x/",
        "git~1/config",
        ".git ",
    ];
    let files = bad.iter().chain(&["ok"]).map(Tracked::file).collect();
    let read = read(&yard_with(&IndexFile { files, ..IndexFile::default() }).root(), 20, &few(100)).unwrap().unwrap();
    assert_eq!(paths(&read), ["ok"]);
    let mut lost: Vec<_> = read.losses.iter().map(|loss| loss.path.as_ref().unwrap().lossy().into_owned()).collect();
    lost.sort();
    let mut bad = bad.to_vec();
    bad.sort_unstable();
    assert_eq!(lost, bad);
}

#[test]
fn sparse_folders() {
    let files =
        vec![Tracked::file("a"), Tracked { mode: 0o040_000, extended: SKIP_WORKTREE, ..Tracked::file("left/out/") }];
    let index = IndexFile { version: 3, files, extensions: extension(b"sdir", b""), ..IndexFile::default() };
    let read = read(&yard_with(&index).root(), 20, &few(100)).unwrap().unwrap();
    assert_eq!(paths(&read), ["a", "left/out"]);
    let folder = read.entries.last().unwrap();
    assert!(folder.is_folder());
    assert_eq!(folder.oid.len(), 20);
    assert_eq!(read.losses, []);
}

#[test]
fn unknown_extensions() {
    for (name, known) in [(b"EVIL", true), (b"evil", false), (b"FSMN", true)] {
        let files = vec![Tracked::file("a")];
        let index = IndexFile { files, extensions: extension(name, b"xxxx"), ..IndexFile::default() };
        let read = read(&yard_with(&index).root(), 20, &few(100)).unwrap().unwrap();
        assert_eq!(paths(&read), ["a"]);
        assert_eq!(read.losses.is_empty(), known);
    }
}

#[test]
fn split_indexes() {
    let base: Vec<_> = ["a", "b", "c", "d"].iter().map(Tracked::file).collect();
    // a literal word each: entry 1 is deleted, entry 2 replaced
    let body = [vec![0xab; 20], bitmap(&[1 << 33, 0b0010]), bitmap(&[1 << 33, 0b0100])].concat();
    let replaced = Tracked { mode: 0o120_000, ..Tracked::file("") };
    let index = IndexFile {
        files: vec![replaced, Tracked::file("bb")],
        extensions: extension(b"link", &body),
        ..IndexFile::default()
    };
    let yard = yard_with(&index);
    let why = read(&yard.root(), 20, &few(100)).unwrap_err();
    assert!(english(&why).contains("git index is split"), "{why:?}");

    let shared = format!("sharedindex.{}", "ab".repeat(20));
    yard.file(&shared, IndexFile { files: base, ..IndexFile::default() }.bytes());
    let read_now = read(&yard.root(), 20, &few(100)).unwrap().unwrap();
    assert_eq!(paths(&read_now), ["a", "bb", "c", "d"]);
    assert_eq!(read_now.entries.iter().filter(|entry| entry.mode == 0o120_000).count(), 1);

    // more replaced than there are replacements
    let body = [vec![0xab; 20], bitmap(&[]), bitmap(&[1 << 33, 0b0111])].concat();
    yard.file("index", IndexFile { extensions: extension(b"link", &body), ..IndexFile::default() }.bytes());
    assert!(read(&yard.root(), 20, &few(100)).is_err());

    // a run of four thousand million words
    let body = [vec![0xab; 20], bitmap(&[u64::MAX >> 31]), bitmap(&[])].concat();
    yard.file("index", IndexFile { extensions: extension(b"link", &body), ..IndexFile::default() }.bytes());
    assert_eq!(paths(&read(&yard.root(), 20, &few(100)).unwrap().unwrap()), [""; 0]);

    // no base at all
    let body = [vec![0; 20], bitmap(&[]), bitmap(&[])].concat();
    let files = vec![Tracked::file("own")];
    yard.file("index", IndexFile { files, extensions: extension(b"link", &body), ..IndexFile::default() }.bytes());
    assert_eq!(paths(&read(&yard.root(), 20, &few(100)).unwrap().unwrap()), ["own"]);
}

#[test]
fn what_cannot_be_read_says_so() {
    let yard = Yard::new();
    assert_eq!(read(&yard.root(), 20, &few(9)).unwrap().map(|index| index.entries), None);
    yard.sparse("index", 12 << 30);
    assert!(english(&read(&yard.root(), 20, &few(9)).unwrap_err()).contains("git index is larger"));
    yard.remove("index");
    yard.fifo("index");
    assert!(english(&read(&yard.root(), 20, &few(9)).unwrap_err()).contains("git index is no regular file"));
    yard.remove("index");
    yard.link("index", "../outside/secret");
    assert!(english(&read(&yard.root(), 20, &few(9)).unwrap_err()).contains("git index is a symbolic link"));
}

#[test]
fn damage_is_seen() {
    let files: Vec<_> = ["a", "b/c", "d"].iter().map(Tracked::file).collect();
    let good = IndexFile { files, ..IndexFile::default() }.bytes();
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        parse::parse(&bytes, 20, 100).map(|parsed| parsed.entries.len())
    };
    assert_eq!(with(&|_| {}), Ok(3));
    assert_eq!(with(&|bytes| bytes[0] = b'x'), Err(Damage::Signature));
    assert_eq!(with(&|bytes| bytes[7] = 9), Err(Damage::Version(9)));
    assert_eq!(with(&|bytes| bytes.truncate(good.len() - 30)), Err(Damage::Short));
    assert_eq!(with(&|bytes| bytes.truncate(3)), Err(Damage::Short));
    assert_eq!(with(&|bytes| bytes[8] = 0xff), Err(Damage::Short));
    assert_eq!(with(&|bytes| bytes[12 + 26] = 0), Err(Damage::Mode));
    assert_eq!(with(&|bytes| bytes[12 + 62] = b'z'), Err(Damage::Order));
}

/// A long path, written with a few bytes each time, must not fill the memory.
#[test]
fn a_bomb_of_prefixes() {
    let files = (0..7_000).map(|at| Tracked::file(format!("{}{at:05}", "x".repeat(10_000)))).collect();
    let bytes = IndexFile { version: 4, files, ..IndexFile::default() }.bytes();
    assert!(bytes.len() < 3 << 20);
    let parsed = parse::parse(&bytes, 20, 200_000).unwrap();
    assert!(parsed.cut);
    assert!(parsed.entries.iter().map(|entry| entry.path.len()).sum::<usize>() <= 64 << 20);
}

/// Whatever happens to an index, it is read without a panic, and no path leads out.
#[test]
fn bytes_that_fell_over() {
    let body = [vec![0; 20], bitmap(&[1 << 33, 2, 7, 3 << 33, 5, 6, 7]), bitmap(&[3])].concat();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for version in 2..=4 {
        let names = ["..a", "a/b", "a/bc", "b/../c", "dir/file.txt", "z"];
        let files =
            names.iter().map(|name| Tracked { extended: if version > 2 { 0x4000 } else { 0 }, ..Tracked::file(name) });
        let extensions = [extension(b"TREE", b"x"), extension(b"link", &body)].concat();
        let good = IndexFile { version, files: files.collect(), extensions, ..IndexFile::default() }.bytes();
        for _ in 0..3_000 {
            let mut bytes = good.clone();
            for _ in 0..=random(4) {
                let at = random(bytes.len());
                bytes[at] = u8::try_from(random(256)).unwrap();
            }
            bytes.truncate(bytes.len() - random(40));
            if let Ok(parsed) = parse::parse(&bytes, 20, 100) {
                let entries = match &parsed.link {
                    Some(link) => split::merge(parsed.entries.clone(), parsed.entries, link).unwrap_or_default(),
                    None => parsed.entries,
                };
                let mut index = Index::default();
                take_sound(entries, &mut index);
                assert!(index.entries.iter().all(|entry| super::super::path::is_sound(&entry.path)));
            }
        }
    }
}
