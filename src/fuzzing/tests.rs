//! Does each door have a target, and does it hold against what is hostile somewhere?

//! Is every door open to the fuzzer, and does none give way to what is hostile somewhere?

#![expect(clippy::disallowed_methods, reason = "files of this project")]

use super::*;
use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_door_has_a_target_and_every_target_a_door() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let files = fs::read_dir(root.join("fuzz_targets")).unwrap().map(|entry| entry.unwrap().path());
    let files: BTreeSet<String> = files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let doors: BTreeSet<String> = DOORS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, doors);
    for door in &doors {
        let target = format!("[[bin]]\nname = \"{door}\"\npath = \"fuzz_targets/{door}.rs\"\n");
        assert!(manifest.contains(&target), "{door}");
        let source = fs::read_to_string(root.join(format!("fuzz_targets/{door}.rs"))).unwrap();
        assert!(source.contains(&format!("\"{door}\"")), "{door}");
    }
}

/// What is hostile somewhere, for doors that nobody wrote anything of their own for.
const HOSTILE: [&[u8]; 12] = [
    b"",
    b"\0",
    b"\x01\xef\xbb\xbf::error::x\xfe##[add-path]/tmp\xfe\x02\x1b[2J\xe2\x80\xae",
    b"\x01=1+1\xfe@a,\"b\"\xfe-\xfe`|\\` <script> [x](javascript:1) ![y](z) ~~a~~ $x$ #a\xfe\x03</code>",
    b"../../x\0a\0..\0b\0.git",
    b"ref: refs/heads/main\xfe1111111111111111111111111111111111111111 refs/tags/v1\n^22\xferef: refs/heads/../x",
    b"tree 1111111111111111111111111111111111111111\nauthor \xc3\xa4 <a@b> 99999999999999999999 +0000\n\n\n x",
    b"\x03DIRC\0\0\0\x02\0\0\0\x01",
    b"\x02{\"a\": [[[[{\"license\": {\"type\": \"MIT\"}}]]]], \"cells\": [{\"cell_type\": \"code\", \"source\": [\"\\u00e4\"]}]}",
    b"\0a: &a [*a, *a]\nlicense: {type: MIT}\r\njobs:\r\n  x:\r\n    steps: [{run: ls}]\r\n",
    b"https://user:secret@muster.de/a?b#c\xfehttps://muster.de/a/b\n-x\n",
    b"README.md\xff# T\xfesrc/a.py\xffopen('http://a.de/x.csv')\xfe@l\xff../secret\xfeciviclint.toml\xff",
];

#[test]
fn nothing_hostile_opens_a_door() {
    let scratch = tempfile::tempdir().unwrap();
    let mut opened = Vec::new();
    for (name, door) in DOORS {
        for data in HOSTILE {
            if std::panic::catch_unwind(|| door(scratch.path(), data)).is_err() {
                opened.push(format!("{name}: {}", data.escape_ascii()));
            }
        }
    }
    assert!(opened.is_empty(), "{}", opened.join("\n"));
}
