//! Which folders and files of a cache are believed?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

use super::*;
use std::os::unix::fs::{PermissionsExt, symlink};

const MIB: u64 = 1 << 20;

/// A folder with a repository `repo` in it, and place for a cache beside it.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(place.path().join("repo/sub")).expect("made");
    place
}

fn open(place: &Path, cache: &str) -> Result<Cache, Phrase> {
    Cache::open(&place.join(cache), &place.join("repo"), false, MIB)
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

#[test]
fn what_is_stored_is_loaded_by_nobody_else() {
    let place = place();
    let cache = open(place.path(), "a/cache").expect("made");
    assert!(cache.load().is_empty());
    cache.store(b"what was learnt").expect("stored");
    assert_eq!(open(place.path(), "a/cache").expect("there").load(), b"what was learnt");
    cache.store(b"more").expect("stored again");
    assert_eq!(cache.load(), b"more");
    let folder = place.path().join("a/cache");
    assert_eq!(files(&folder).len(), 1, "nothing is left beside it");
    assert_eq!((mode(&folder), mode(&folder.join(&cache.name))), (0o700, 0o600));
    let commit = Cache::open(&folder, &place.path().join("repo"), true, MIB).expect("there");
    assert!(commit.load().is_empty(), "a commit is not its work tree");
}

#[test]
fn whatever_is_not_whole_and_in_its_place_is_not_believed() {
    let place = place();
    let cache = open(place.path(), "cache").expect("made");
    cache.store(b"what was learnt").expect("stored");
    let path = place.path().join("cache").join(&cache.name);
    let whole = fs::read(&path).expect("there");
    for at in 0..whole.len() {
        fs::write(&path, &whole[..at]).expect("cut off");
        assert!(cache.load().is_empty(), "cut off at {at}");
        for bit in 0..8 {
            let mut turned = whole.clone();
            turned[at] ^= 1 << bit;
            fs::write(&path, &turned).expect("turned");
            assert!(cache.load().is_empty(), "bit {bit} of {at}");
        }
    }
    fs::write(&path, [whole.as_slice(), b"x"].concat()).expect("longer");
    assert!(cache.load().is_empty());
    fs::write(&path, &whole).expect("as it was");
    assert_eq!(cache.load(), b"what was learnt");
    fs::create_dir(place.path().join("other")).expect("made");
    let other = Cache::open(&place.path().join("cache"), &place.path().join("other"), false, MIB).expect("there");
    fs::write(place.path().join("cache").join(&other.name), &whole).expect("swapped");
    assert!(other.load().is_empty(), "of another repository");
    // what is not believed is replaced
    other.store(b"its own").expect("stored");
    assert_eq!(other.load(), b"its own");
}

#[test]
fn only_files_of_its_own_count() {
    let place = place();
    let cache = open(place.path(), "cache").expect("made");
    cache.store(b"what was learnt").expect("stored");
    let path = place.path().join("cache").join(&cache.name);
    let elsewhere = place.path().join("elsewhere");
    fs::rename(&path, &elsewhere).expect("moved");
    symlink(&elsewhere, &path).expect("a link");
    assert!(cache.load().is_empty(), "links are not followed");
    cache.store(b"new").expect("stored");
    assert_eq!(cache.load(), b"new");
    assert!(fs::read(&elsewhere).expect("there").ends_with(b"what was learnt"), "nor written through");
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("a folder in its place");
    assert!(cache.load().is_empty());
    assert!(cache.store(b"new").is_err());
    assert_eq!(files(&place.path().join("cache")).len(), 1, "nothing is left beside it");
    fs::remove_dir(&path).expect("removed");
    let sparse = fs::File::create(&path).expect("a file");
    sparse.set_len(1 << 40).expect("as large as it likes");
    assert!(cache.load().is_empty());
}

#[test]
fn folders_that_others_may_write_to_are_refused() {
    let place = place();
    let said = |cache: &str| match open(place.path(), cache) {
        Ok(_) => String::new(),
        Err(why) => format!("{:?}", why.message(crate::phrase::Lang::En)),
    };
    fs::create_dir(place.path().join("own")).expect("made");
    symlink(place.path().join("own"), place.path().join("link")).expect("a link");
    symlink(place.path().join("repo"), place.path().join("around")).expect("a link");
    fs::write(place.path().join("file"), "").expect("written");
    for (cache, word) in [
        ("own", ""),
        ("link", "symbolic link"),
        ("repo", "in the repository"),
        ("repo/sub", "in the repository"),
        ("repo/new/deep", "in the repository"),
        ("around/new", "in the repository"),
        ("file", "cannot be used"),
        ("file/new", "cannot be used"),
    ] {
        let said = said(cache);
        assert!(if word.is_empty() { said.is_empty() } else { said.contains(word) }, "{cache}: {said}");
    }
    assert_eq!(files(&place.path().join("repo")), ["sub"], "nothing was made in the repository");
    for (mode, good) in [(0o700, true), (0o755, true), (0o775, false), (0o757, false), (0o777, false)] {
        fs::set_permissions(place.path().join("own"), fs::Permissions::from_mode(mode)).expect("permitted");
        assert_eq!(said("own").is_empty(), good, "{mode:o}");
    }
}

#[test]
fn what_was_not_used_for_longest_makes_room() {
    let place = place();
    let cache = place.path().join("cache");
    let of = |name: &str, most: u64| {
        fs::create_dir_all(place.path().join(name)).expect("made");
        Cache::open(&cache, &place.path().join(name), false, most).expect("a cache")
    };
    let names = ["a", "b", "c", "d"];
    let all: Vec<Cache> = names.iter().map(|name| of(name, 1000)).collect();
    for (age, one) in all.iter().enumerate().take(3) {
        one.store(&[7; 200]).expect("stored");
        let file = fs::OpenOptions::new().append(true).open(cache.join(&one.name)).expect("open");
        let then = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000 + age as u64);
        file.set_modified(then).expect("aged");
    }
    fs::write(cache.join("notes.txt"), vec![0; 5000]).expect("somebody's");
    let part = format!(".{}.7.0.part", all[0].name);
    fs::write(cache.join(&part), "").expect("left over");
    let file = fs::OpenOptions::new().append(true).open(cache.join(&part)).expect("open");
    file.set_modified(std::time::UNIX_EPOCH).expect("aged");
    assert!(!all[0].load().is_empty(), "used again");
    all[3].store(&[7; 400]).expect("stored");
    let left: Vec<bool> = all.iter().map(|one| !one.load().is_empty()).collect();
    assert_eq!(left, [true, false, true, true], "the second was not used for longest");
    assert!(cache.join("notes.txt").exists() && !cache.join(&part).exists());
    let small = of("a", 100);
    small.store(&[7; 400]).expect("too much is not stored");
    assert_eq!(files(&cache).len(), 4);
}

#[test]
fn a_folder_that_cannot_be_written_to_can_be_read() {
    let place = place();
    open(place.path(), "cache").expect("made").store(b"what was learnt").expect("stored");
    fs::set_permissions(place.path().join("cache"), fs::Permissions::from_mode(0o500)).expect("permitted");
    std::thread::scope(|scope| {
        let look = || {
            crate::repository::testing::without_privileges();
            let cache = open(place.path(), "cache").expect("there");
            assert_eq!(cache.load(), b"what was learnt");
            assert!(cache.store(b"new").is_err());
            assert_eq!(cache.load(), b"what was learnt");
        };
        scope.spawn(look).join().expect("no panic");
    });
}

#[test]
fn many_at_once_leave_one_that_is_whole() {
    let place = place();
    std::thread::scope(|scope| {
        for writer in 0..4_u8 {
            let place = place.path();
            scope.spawn(move || {
                let cache = open(place, "cache").expect("made");
                for _ in 0..20 {
                    cache.store(&vec![writer; 10_000]).expect("stored");
                    let found = cache.load();
                    assert!(found.len() == 10_000 && found.windows(2).all(|two| two[0] == two[1]));
                }
            });
        }
    });
    assert_eq!(files(&place.path().join("cache")).len(), 1);
}
