//! What must hold of paths, of git's own files and of what the worker tells, whatever their bytes are?
//!
//! Doors into this module for [`crate::fuzzing`] alone, which says how they are used.

use super::attributes::Attributes;
use super::commit::{CommitHead, SUBJECT, tag_target};
use super::decode;
use super::file::{File, FileKind};
use super::git_dir::GitDir;
use super::ignores::Compiler;
use super::mailmap::Mailmap;
use super::path::{is_dot_git, is_sound};
use super::refs::Refs;
use super::refusal::Refusal;
use super::safe_root::SafeRoot;
use super::worker::message::{Reply, Request};
use super::{Class, Limits, Marks, RepoPath, index, links};
use std::fs;
use std::path::{Component, Path};

/// The parts of an input that stands for several texts: they are divided by the byte 0xFE, which no UTF-8 has.
pub(crate) fn parts(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    data.split(|byte| *byte == 0xfe)
}

/// The text that a file of these bytes is read as, if it is one.
pub(crate) fn text(data: &[u8]) -> Option<String> {
    decode(data.to_vec())
}

/// What no reader may ever return.
const SECRET: &[u8] = b"what lies outside";

/// What only those may read who ask for a file of git's own.
const OWN: &[u8] = b"what is git's own";

/// A path, then pairs of a link and its target, between NULs: none leads out of the folder or into a `.git`.
pub(crate) fn path_rel(scratch: &Path, data: &[u8]) {
    let root = yard(scratch);
    let mut given = data.split(|byte| *byte == 0);
    let path = given.next().unwrap_or_default();
    if is_sound(path) {
        assert!(stays(path), "{}", path.escape_ascii());
    }
    for read in [root.read(path, 1 << 10), root.read_unlinked(path, 1 << 10), root.head_unlinked(path, 40)] {
        let Ok(bytes) = read else { continue };
        assert!(bytes != SECRET, "{}", path.escape_ascii());
        assert!(bytes != OWN || !is_sound(path), "{}", path.escape_ascii());
    }
    let links: Vec<&[u8]> = given.collect();
    let read_link = |path: &[u8]| {
        let at = links.chunks_exact(2).find(|pair| pair.first() == Some(&path));
        at.and_then(|pair| pair.get(1)).map(|target| target.to_vec()).ok_or(Refusal::NoLink)
    };
    if let Ok(reached) = links::resolve(path, read_link) {
        let named = |name: &[u8]| path.split(|byte| *byte == b'/').any(|part| part == name);
        let clean = |name: &[u8]| !matches!(name, b"" | b"." | b"..") && (!is_dot_git(name) || named(name));
        assert!(reached.is_empty() || reached.split(|byte| *byte == b'/').all(clean), "{}", reached.escape_ascii());
    }
}

/// A folder with links in all directions, and what it must not give away beside it.
fn yard(scratch: &Path) -> SafeRoot {
    let root = scratch.join("yard");
    if !root.exists() {
        let make = || -> std::io::Result<()> {
            fs::create_dir_all(scratch.join("outside"))?;
            fs::write(scratch.join("outside/secret"), SECRET)?;
            fs::create_dir_all(root.join("docs/deep"))?;
            fs::create_dir_all(root.join(".git"))?;
            fs::write(root.join(".git/config"), OWN)?;
            fs::write(root.join("docs/a"), "a")?;
            for (link, target) in [
                ("in", "docs"),
                ("out", "../outside"),
                ("docs/deep/out", "../../../outside/secret"),
                ("git", ".git"),
                ("round", "round"),
                ("self", "."),
                ("docs/up", ".."),
            ] {
                symlink(Path::new(target), &root.join(link))?;
            }
            symlink(&scratch.join("outside"), &root.join("absolute"))
        };
        make().expect("a folder for this test");
    }
    SafeRoot::open(&root).expect("the folder was just made")
}

/// A link, where the system has any.
#[cfg(unix)]
pub(crate) fn symlink(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
pub(crate) fn symlink(_: &Path, _: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether a path is one below its folder, as the standard library sees it.
fn stays(path: &[u8]) -> bool {
    let path = super::native::path_of(path);
    path.components().next().is_some() && path.components().all(|part| matches!(part, Component::Normal(_)))
}

/// `config`, `HEAD`, `packed-refs`, `shallow`, `objects/info/alternates` and `commondir` (where not empty), or, where
/// the first byte is odd, a `.git` file: what is found belongs to the folder, and all of it is within its bounds.
pub(crate) fn gitdir_preflight(scratch: &Path, data: &[u8]) {
    let (first, data) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let other = scratch.join("other/.git");
    let tree = scratch.join(if first & 1 == 1 { "gitfile" } else { "gitdir" });
    let git = tree.join(".git");
    let make = || -> std::io::Result<()> {
        for folder in ["objects/info", "objects/pack", "refs/heads", "worktrees/x"] {
            fs::create_dir_all(other.join(folder))?;
        }
        fs::write(other.join("HEAD"), "ref: refs/heads/main\n")?;
        fs::write(other.join("config"), "[remote \"origin\"]\n\turl = what lies outside\n")?;
        fs::create_dir_all(&tree)?;
        if first & 1 == 1 {
            return fs::write(&git, data);
        }
        for folder in ["objects/info", "objects/pack", "refs/heads"] {
            fs::create_dir_all(git.join(folder))?;
        }
        let names = ["config", "HEAD", "packed-refs", "shallow", "objects/info/alternates", "commondir"];
        let mut given = parts(data);
        for name in names {
            let text = given.next().unwrap_or_default();
            if name == "commondir" && text.is_empty() {
                let _ = fs::remove_file(git.join(name));
            } else {
                fs::write(git.join(name), text)?;
            }
        }
        Ok(())
    };
    make().expect("a folder for this test");
    let root = SafeRoot::open(&tree).expect("the folder was just made");
    let Ok(Some(found)) = GitDir::find(&root, &tree, &Limits::default()) else { return };
    assert!(found.remotes().iter().all(|remote| remote != SECRET && remote.len() <= 500));
    assert!(found.remotes().len() <= 16 && found.alternates().len() <= 64 && found.shallow().len() <= 100_000);
    if first & 1 == 0 {
        assert!(found.objects().starts_with(&git), "{:?}", found.objects());
        let _ = (found.history(), found.oddity(), found.promised(), found.leaves_tags(), found.has_grafts());
    }
}

/// `HEAD`, `packed-refs`, a loose tag and a revision that a person gives: reading them ends, and names are sound.
pub(crate) fn head_refs(scratch: &Path, data: &[u8]) {
    let tree = scratch.join("refs");
    let git = tree.join(".git");
    let mut given = parts(data);
    let mut next = || given.next().unwrap_or_default();
    let make = |head: &[u8], packed: &[u8], tag: &[u8]| -> std::io::Result<()> {
        for folder in ["objects", "refs/heads", "refs/tags/v"] {
            fs::create_dir_all(git.join(folder))?;
        }
        fs::write(git.join("config"), "[core]\n")?;
        fs::write(git.join("refs/tags/v/1"), tag)?;
        fs::write(git.join("refs/heads/main"), tag)?;
        fs::write(git.join("packed-refs"), packed)?;
        fs::write(git.join("HEAD"), head)
    };
    make(next(), next(), next()).expect("a folder for this test");
    let root = SafeRoot::open(&tree).expect("the folder was just made");
    let Ok(Some(found)) = GitDir::find(&root, &tree, &Limits::default()) else { return };
    let Ok(refs) = Refs::open(&found) else { return };
    let _ = (refs.head(), refs.has_replacements(), refs.revision(&String::from_utf8_lossy(next())));
    let (tags, _) = refs.tags();
    assert!(tags.iter().all(|tag| stays(&tag.name) && !tag.name.contains(&b'\n')), "{tags:?}");
    assert!(tags.is_sorted_by(|a, b| a.name < b.name), "{tags:?}");
}

/// A commit or tag object, and a `.mailmap` behind the first NUL: what is read is a part of it and within its bounds.
pub(crate) fn commit(_: &Path, data: &[u8]) {
    let (object, mailmap) = data.split_at(memchr::memchr(0, data).unwrap_or(data.len()));
    let head = CommitHead::parse(object);
    assert!(head.parents.len() <= (object.len() + 1) / 48, "each has a line");
    let _ = tag_target(object);
    let mailmap = Mailmap::parse(mailmap.get(1..).unwrap_or_default());
    let Some(made) = head.made else { return };
    assert!(head.tree.is_some());
    for part in [made.subject, made.author.name, made.author.email] {
        assert!(part.len() <= SUBJECT && memchr::memchr(b'\n', part).is_none());
        assert!(std::str::from_utf8(object).is_err() || std::str::from_utf8(part).is_ok(), "half a character");
    }
    let proper = mailmap.proper(made.author.name, made.author.email);
    assert!(proper.0.len() <= 1_000 && proper.1.len() <= 1_000);
}

/// An index, of SHA-256 where the first byte is odd, with the one that it is split from behind it: every path is one
/// below the root, once, in order.
pub(crate) fn index_paths(_: &Path, data: &[u8]) {
    let (first, data) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let hash = if first & 1 == 1 { 32 } else { 20 };
    let base = data.get(1..).and_then(|rest| memchr::memmem::find(rest, b"DIRC")).map_or(data.len(), |at| at + 1);
    let (own, base) = data.split_at(base);
    let Ok(index) = index::of_bytes(own, base, hash, 1_000) else { return };
    assert!(index.entries.iter().all(|entry| is_sound(&entry.path) && stays(&entry.path)), "{index:?}");
    assert!(index.entries.is_sorted_by(|a, b| a.path < b.path), "{index:?}");
    assert!(index.entries.len() <= 2_000);
}

/// Paths that patterns are held against.
const PATHS: [&str; 6] = ["README.md", "src/main.rs", "data/große Bäume.csv", "vendor/a/b/c.js", "a.tif", "x/y/z/.env"];

/// `.gitattributes` and `.gitignore`: what they say of a file does not depend on line ends, a mark of the byte order, or
/// on who asks first.
pub(crate) fn gitattributes(_: &Path, data: &[u8]) {
    let Some(said) = text(data) else { return };
    let of = |text: &str| {
        let mut attributes = Attributes::of(PATHS.iter().map(|path| path.len()).sum());
        let whole = [attributes.read(b"", text), attributes.read(b"data", text)];
        let (rules, all) = Compiler::default().rules(b"", text, None);
        let mut seen = Vec::new();
        for path in PATHS {
            let path = RepoPath::from(path);
            let (class, marks) = class_of(&path);
            let mut file = File { path, class, marks, kind: FileKind::Regular, len: None };
            attributes.apply(&mut file);
            let elsewhere = attributes.lies_elsewhere(file.path.as_bytes());
            let ignored = rules.as_ref().map(|rules| rules.ignore(file.path.as_bytes(), false));
            seen.push((file.class, file.marks, elsewhere, ignored));
        }
        format!("{whole:?} {all} {seen:?}")
    };
    let plain = of(&said);
    assert_eq!(plain, of(&format!("\u{feff}{said}")), "a mark of the byte order");
    if !said.contains('\r') {
        assert_eq!(plain, of(&said.replace('\n', "\r\n")), "line ends of Windows");
    }
}

/// A frame from the worker, which may have been taken over: it is what it says, or nothing.
pub(crate) fn worker_reply(_: &Path, data: &[u8]) {
    let (first, frame) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    if first & 1 == 1 {
        if let Some(request) = Request::unpack(frame) {
            assert_eq!(Request::unpack(&request.pack()), Some(request));
        }
    } else if let Some(reply) = Reply::unpack(frame) {
        assert_eq!(Reply::unpack(&reply.pack()), Some(reply));
    }
    let mut stream = frame;
    while let Ok(Some(payload)) = super::worker::wire::read_frame(&mut stream) {
        assert!(payload.len() < frame.len());
    }
}

/// What a file is for, by its path.
pub(crate) fn class_of(path: &RepoPath) -> (Class, Marks) {
    super::class::Folder::of(path.folder()).file(path, None)
}
