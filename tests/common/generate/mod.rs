//! How does a repository come about that has so many files, commits and findings? For benchmarks and for counting work.
//!
//! Deterministic: the same numbers make the same bytes. It holds the kinds of files that a check looks at, in equal
//! shares of a cycle, so that twice the files are twice of everything. Objects are written as one pack by code of its
//! own (`pack`), without git: a million commits take seconds.

#![allow(dead_code, reason = "each test, benchmark and example uses its own part of this module")]

mod kinds;
mod pack;

#[allow(unused_imports, reason = "as above")]
pub(crate) use kinds::{CYCLE, ROOT_FILES};

use pack::{Id, Pack};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter};
use std::path::Path;

/// How many files a folder holds at most.
const IN_FOLDER: usize = 1000;
/// The evening before the day on which tests look, in seconds since 1970.
const LAST_COMMIT: i64 = 1_795_284_000;
/// The seconds over which the commits are spread: ten years.
const YEARS: i64 = 10 * 365 * 86_400;
/// How many people commit.
const PEOPLE: usize = 12;
/// A tag for each so many commits.
const COMMITS_PER_TAG: usize = 100;

/// How much of what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// files beside the [`ROOT_FILES`] of the root; whole cycles ([`CYCLE`]) hold all kinds in equal shares
    pub(crate) files: usize,
    /// commits, the last on the day before the scan, spread over ten years
    pub(crate) commits: usize,
    /// flaws that rules report: a broken link, an address that no document names, a path of one person's machine
    pub(crate) findings: usize,
    /// whether there is no work tree, and the files are in the object database alone
    pub(crate) bare: bool,
}

impl Plan {
    /// Files in a work tree, with a history of ten commits and without flaws.
    pub(crate) fn of(files: usize) -> Self {
        Self { files, commits: 10, findings: 0, bare: false }
    }

    /// Writes the repository to `folder`, which is made if it is not there.
    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        let git = if self.bare { folder.to_owned() } else { folder.join(".git") };
        fs::create_dir_all(git.join("objects/pack"))?;
        fs::create_dir_all(git.join("refs/heads"))?;
        let config = format!("[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = {}\n", self.bare);
        fs::write(git.join("config"), config)?;
        fs::write(git.join("HEAD"), "ref: refs/heads/main\n")?;
        let mut pack = Pack::new(&git.join("objects/pack"))?;
        let folders = self.write_files(&mut pack, folder)?;
        let tree = write_trees(&mut pack, &folders)?;
        let mut refs = String::from("# pack-refs with: peeled fully-peeled sorted\n");
        let mut tags = BTreeMap::new();
        let mut head: Option<Id> = None;
        for number in 0..self.commits {
            let id = pack.add("commit", self.commit(number, tree, head).as_bytes())?;
            if number % COMMITS_PER_TAG == COMMITS_PER_TAG - 1 {
                tags.insert(format!("refs/tags/v0.{}.0", number / COMMITS_PER_TAG), id);
            }
            head = Some(id);
        }
        pack.finish()?;
        if let Some(head) = head {
            tags.insert("refs/heads/main".to_owned(), head);
        }
        for (name, id) in tags {
            refs.push_str(&format!("{} {name}\n", hex(&id)));
        }
        fs::write(git.join("packed-refs"), refs)?;
        if self.bare { Ok(()) } else { write_index(&git.join("index"), &folders) }
    }

    /// Writes the files; what is in each folder, by its name.
    fn write_files(&self, pack: &mut Pack, root: &Path) -> io::Result<BTreeMap<String, Vec<Entry>>> {
        let mut folders: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        let mut add = |folder: String, name: String, text: &str| -> io::Result<()> {
            let id = pack.add("blob", text.as_bytes())?;
            let len = text.len();
            if !self.bare {
                fs::write(root.join(&folder).join(&name), text)?;
            }
            folders.entry(folder).or_default().push(Entry { name, id, len });
            Ok(())
        };
        for (name, text) in kinds::root() {
            add(String::new(), name.to_owned(), &text)?;
        }
        let mut flaws = Flaws { left: self.findings, files: kinds::with_flaws(self.files) };
        for number in 0..self.files {
            let folder = format!("part-{:04}", number / IN_FOLDER);
            if number % IN_FOLDER == 0 && !self.bare {
                fs::create_dir_all(root.join(&folder))?;
            }
            let (name, text) = kinds::file(number, |kind| flaws.of(kind));
            add(folder, name, &text)?;
        }
        for entries in folders.values_mut() {
            entries.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Ok(folders)
    }

    fn commit(&self, number: usize, tree: Id, parent: Option<Id>) -> String {
        let left = i64::try_from(self.commits - 1 - number).unwrap_or(0);
        let step = YEARS / i64::try_from(self.commits).unwrap_or(1).max(1);
        let time = LAST_COMMIT - left * step;
        let person = number % PEOPLE;
        let who = format!("Person {person} <person-{person}@example.org> {time} +0000");
        let parent = parent.map_or_else(String::new, |parent| format!("parent {}\n", hex(&parent)));
        format!("tree {}\n{parent}author {who}\ncommitter {who}\n\nStep {number} of the work\n", hex(&tree))
    }
}

/// A file of a folder.
struct Entry {
    name: String,
    id: Id,
    len: usize,
}

/// Which of the findings are still to be placed, and in how many files.
struct Flaws {
    left: usize,
    files: usize,
}

impl Flaws {
    /// How many the next file gets that may have some: an equal share of those that are left.
    fn of(&mut self, may_have: bool) -> usize {
        if !may_have || self.files == 0 {
            return 0;
        }
        let share = self.left / self.files;
        self.left -= share;
        self.files -= 1;
        share
    }
}

fn write_trees(pack: &mut Pack, folders: &BTreeMap<String, Vec<Entry>>) -> io::Result<Id> {
    // Git sorts a folder as if its name ended in a slash.
    let mut root: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    for (folder, entries) in folders {
        let mut tree = Vec::new();
        for entry in entries {
            let line = [b"100644 ", entry.name.as_bytes(), b"\0", &entry.id].concat();
            if folder.is_empty() {
                root.insert(entry.name.clone().into_bytes(), line);
            } else {
                tree.extend(line);
            }
        }
        if !folder.is_empty() {
            let id = pack.add("tree", &tree)?;
            root.insert(format!("{folder}/").into_bytes(), [b"40000 ", folder.as_bytes(), b"\0", &id].concat());
        }
    }
    pack.add("tree", &root.into_values().flatten().collect::<Vec<u8>>())
}

/// Git's index, version 2, without what it remembers of the disk.
fn write_index(path: &Path, folders: &BTreeMap<String, Vec<Entry>>) -> io::Result<()> {
    let mut entries: Vec<(String, &Entry)> = Vec::new();
    for (folder, files) in folders {
        let full = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        entries.extend(files.iter().map(|entry| (full(&entry.name), entry)));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    let mut out = pack::Hashed::new(BufWriter::new(fs::File::create(path)?));
    out.write_all(b"DIRC\0\0\0\x02")?;
    out.write_all(&pack::number(entries.len())?)?;
    for (path, entry) in entries {
        let mut bytes = vec![0; 24];
        bytes.extend(0o100_644_u32.to_be_bytes());
        bytes.extend([0; 8]);
        bytes.extend(pack::number(entry.len)?);
        bytes.extend(entry.id);
        bytes.extend(u16::try_from(path.len()).map_err(io::Error::other)?.to_be_bytes());
        bytes.extend(path.as_bytes());
        bytes.resize((bytes.len() / 8 + 1) * 8, 0);
        out.write_all(&bytes)?;
    }
    out.finish()
}

fn hex(id: &Id) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}
