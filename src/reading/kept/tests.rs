//! Is it told again what did not change, and looked at again what did? And is nothing believed that makes no sense?

use super::*;
use crate::reading::pass;
use crate::repository::RepoPath;
use crate::repository::testing::{Yard, options};

/// Later than any file of a test can have been changed.
const LATER: i64 = 1 << 40;

const PROGRAM: &str = "\
# SPDX-License-Identifier: MIT
import os, requests
key = os.environ['TREES_KEY']
trees = requests.get('https://opendata.stadt-muster.de/trees.csv')
path = '/home/klara/messung/trees.csv'
";

fn yard() -> Yard {
    let yard = Yard::new();
    yard.file("README.md", "# Trees\n");
    yard.file("trees.py", PROGRAM);
    yard.file("trees/late.py", PROGRAM.replace("trees.csv", "late.csv"));
    yard.file("picture.txt", b"\x00\x01");
    yard
}

/// What is told of the files, what is to be kept, and how many were known.
fn look(yard: &Yard, kept: &[u8], now: i64) -> (String, Option<Vec<u8>>, Count) {
    let repo = Repository::open(&yard.path(""), options()).expect("a folder");
    let kept = Kept::new(kept.to_vec(), now);
    let scans = pass::scan(&repo, Some(&kept));
    assert_eq!(format!("{scans:?}"), format!("{:?}", pass::scan(&repo, None)), "as without anything kept");
    (format!("{scans:?}"), kept.to_keep(&repo), kept.count())
}

fn kept(yard: &Yard) -> Vec<u8> {
    look(yard, b"", LATER).1.expect("all of it is new")
}

#[test]
fn what_is_kept_is_told_again() {
    let yard = yard();
    let (first, bytes, count) = look(&yard, b"", LATER);
    assert_eq!(count, Count { known: 0, all: 4 });
    assert!(first.contains("TREES_KEY") && first.contains("opendata.stadt-muster.de"));
    let (second, again, count) = look(&yard, &bytes.expect("new"), LATER);
    assert_eq!((second, again, count), (first, None, Count { known: 4, all: 4 }));
}

#[test]
fn what_changed_is_read_again() {
    let yard = yard();
    let bytes = kept(&yard);
    yard.file("trees.py", PROGRAM.replace("TREES_KEY", "PLANT_KEY"));
    let (told, again, count) = look(&yard, &bytes, LATER);
    assert!(told.contains("PLANT_KEY"));
    assert_eq!(count, Count { known: 3, all: 4 });
    assert_eq!(look(&yard, &again.expect("changed"), LATER).2, Count { known: 4, all: 4 });
}

#[test]
fn times_that_were_set_back_hide_nothing() {
    let yard = yard();
    let before = std::fs::metadata(yard.path("trees.py")).and_then(|found| found.modified()).expect("a time");
    let bytes = kept(&yard);
    // the clock of a file system goes in steps
    std::thread::sleep(std::time::Duration::from_millis(50));
    yard.file("trees.py", PROGRAM.replace("TREES_KEY", "PLANT_KEY"));
    let file = std::fs::OpenOptions::new().append(true).open(yard.path("trees.py")).expect("open");
    file.set_modified(before).expect("set back");
    assert!(look(&yard, &bytes, LATER).0.contains("PLANT_KEY"));
}

#[test]
fn what_was_only_touched_is_read_and_known() {
    let yard = yard();
    let bytes = kept(&yard);
    std::thread::sleep(std::time::Duration::from_millis(50));
    yard.file("trees.py", PROGRAM);
    let (_, again, count) = look(&yard, &bytes, LATER);
    assert_eq!(count, Count { known: 3, all: 4 });
    assert_eq!(look(&yard, &again.expect("known by a new time"), LATER).2, Count { known: 4, all: 4 });
}

#[test]
fn what_changed_a_moment_ago_is_known_by_its_content_only() {
    let yard = yard();
    let (_, bytes, _) = look(&yard, b"", 0);
    let (_, again, count) = look(&yard, &bytes.expect("new"), 0);
    assert_eq!(count, Count { known: 0, all: 4 }, "everything was read");
    assert_eq!(look(&yard, &again.expect("moved"), LATER).2.known, 0);
}

#[test]
fn a_file_under_another_name_is_another() {
    let yard = yard();
    let bytes = kept(&yard);
    std::fs::rename(yard.path("trees.py"), yard.path("test_trees.py")).expect("renamed");
    yard.file("new.py", PROGRAM);
    look(&yard, &bytes, LATER);
    let other = Yard::new();
    other.file("other.py", PROGRAM);
    assert_eq!(look(&other, &bytes, LATER).2, Count { known: 0, all: 1 }, "kept of another repository");
}

#[test]
fn damaged_bytes_are_as_good_as_none() {
    let yard = yard();
    let bytes = kept(&yard);
    let repo = Repository::open(&yard.path(""), options()).expect("a folder");
    for at in 0..bytes.len() {
        // cut off there, and each bit turned: whatever is told has places that a file can have
        let cut = bytes.get(..at).expect("shorter");
        for end in record::before(cut, repo.files()).into_iter().flatten() {
            assert!(end.told.end <= cut.len());
        }
        for bit in 0..8 {
            let mut turned = bytes.clone();
            turned[at] ^= 1 << bit;
            pass::scan(&repo, Some(&Kept::new(turned, LATER)));
        }
    }
    look(&yard, &bytes[..bytes.len() / 2], LATER);
}

#[test]
fn places_that_no_file_has_are_not_believed() {
    let yard = yard();
    let repo = Repository::open(&yard.path(""), options()).expect("a folder");
    let scan = || {
        let at = repo.files().iter().position(|file| file.path == RepoPath::from("trees.py")).expect("a file");
        pass::scan(&repo, None).swap_remove(at)
    };
    assert!(sound::decode(&postcard::to_stdvec(&scan()).expect("bytes")).is_some());
    let changes: [fn(&mut FileScan); 8] = [
        |scan| scan.uses[0].line = 0,
        |scan| scan.uses[0].end_column = u32::MAX,
        |scan| scan.variables[0].column = 0,
        |scan| scan.personal_paths[0].line = u32::MAX,
        |scan| scan.hosts[0].column = scan.hosts[0].end_column + 1,
        |scan| scan.hosts[0].end_column = u32::MAX,
        |scan| scan.hosts[0].places = 0,
        |scan| scan.header.as_mut().expect("a header").tags[0].span.column = 0,
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut changed = scan();
        change(&mut changed);
        let bytes = postcard::to_stdvec(&changed).expect("bytes");
        assert!(sound::decode(&bytes).is_none(), "change {number}");
    }
    let mut longer = postcard::to_stdvec(&scan()).expect("bytes");
    longer.push(0);
    assert!(sound::decode(&longer).is_none(), "something follows");
}

#[test]
fn no_secret_is_kept() {
    let yard = Yard::new();
    let token = ["gh", "p_", "R7f2Qx9LmZ4tB8nWc3Vd6Ks1Hy5Gj0PaUeXi"].concat();
    yard.file(
        "fetch.py",
        format!("import requests\nrequests.get('https://api.stadt-muster.de/trees.csv?token={token}')\n"),
    );
    yard.file("map.py", "import requests\nrequests.get('https://daten.stadt-muster.de/trees.csv?api_key=0f9d8c')\n");
    yard.file("free.py", "import requests\nrequests.get('https://daten.stadt-muster.de/trees.csv?year=2026')\n");
    let bytes = kept(&yard);
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("year=2026"));
    assert!(!text.contains(&token) && !text.contains("0f9d8c"));
    assert_eq!(look(&yard, &bytes, LATER).2, Count { known: 1, all: 1 });
}

#[test]
fn what_could_not_be_read_is_said_again() {
    let yard = yard();
    let bytes = kept(&yard);
    yard.permit("trees.py", 0o000);
    let lost = std::thread::scope(|scope| {
        let look = || {
            crate::repository::testing::without_privileges();
            let repo = Repository::open(&yard.path(""), options()).expect("a folder");
            // on this thread, as only it is without privileges
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().expect("a pool");
            pool.install(|| pass::scan(&repo, Some(&Kept::new(bytes.clone(), LATER))));
            repo.losses().len()
        };
        scope.spawn(look).join().expect("no panic")
    });
    assert_eq!(lost, 1);
}
