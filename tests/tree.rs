//! Is the tree the same wherever its files are kept: in the work tree, in a commit, in a bare repository?

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod common;

use civiclint::phrase::Lang;
use civiclint::repository::{FileKind, Options, Repository};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

const FILES: [&str; 9] = [
    "AUTHORS",
    "LICENSE",
    "LICENSES/MIT.txt",
    "README.md",
    "data/trees.csv",
    "docs",
    "notes.md",
    "src/deep/main.py",
    "src/same.py",
];

/// A work tree with one commit: ordinary files, links that stay inside, and links that lead out.
fn made() -> tempfile::TempDir {
    let top = tempfile::tempdir().expect("a temporary folder");
    let repo = top.path().join("repo");
    for folder in ["LICENSES", "data", "src/deep"] {
        fs::create_dir_all(repo.join(folder)).expect("a new folder");
    }
    fs::write(top.path().join("secret"), "secret").expect("a file");
    for (path, text) in [
        ("LICENSES/MIT.txt", "MIT"),
        ("README.md", "# Trees\n"),
        ("data/trees.csv", "id,kind\n"),
        ("src/deep/main.py", "print()\n"),
        ("src/same.py", "print()\n"),
    ] {
        fs::write(repo.join(path), text).expect("a file");
    }
    for (path, target) in
        [("LICENSE", "LICENSES/MIT.txt"), ("docs", "data"), ("AUTHORS", "../secret"), ("notes.md", "docs/trees.csv")]
    {
        symlink(target, repo.join(path)).expect("a link");
    }
    let git = git2::Repository::init(&repo).expect("a repository");
    let mut index = git.index().expect("an index");
    index.add_all(["*"], git2::IndexAddOption::FORCE, None).expect("files");
    index.write().expect("an index on disk");
    let tree = git.find_tree(index.write_tree().expect("a tree")).expect("a tree");
    let who =
        git2::Signature::new("Ada Example", "ada@example.org", &git2::Time::new(1_700_000_000, 0)).expect("a name");
    git.commit(Some("HEAD"), &who, &who, "first", &tree, &[]).expect("a commit");
    top
}

fn open(path: &Path, rev: Option<&str>) -> Repository {
    let options = Options { rev: rev.map(str::to_owned), ..common::options() };
    Repository::open(path, options).unwrap_or_else(|error| panic!("{:?}", error.why))
}

fn text(repository: &Repository, path: &str) -> Result<String, String> {
    let file = repository.file(path).ok_or("no file")?;
    repository.text(file).map(|text| text.to_string()).map_err(|why| format!("{:?}", why.message(Lang::En)))
}

#[track_caller]
fn is_whole(repository: &Repository) {
    let paths: Vec<_> = repository.files().iter().map(|file| file.path.lossy().into_owned()).collect();
    assert_eq!(paths, FILES);
    assert_eq!(repository.file("LICENSE").expect("a file").kind, FileKind::Link);
    assert_eq!(repository.file("data/trees.csv").expect("a file").len, Some(8));
    assert_eq!(text(repository, "LICENSE"), Ok("MIT".into()));
    assert_eq!(text(repository, "notes.md"), Ok("id,kind\n".into()), "a link through a linked folder");
    assert_eq!(text(repository, "src/same.py"), text(repository, "src/deep/main.py"));
    let file = repository.file("README.md").expect("a file");
    assert_eq!(repository.head(file, 3), Ok(b"# T".to_vec()));
    assert!(text(repository, "docs").expect_err("a folder").contains("folder"));
    assert!(text(repository, "AUTHORS").expect_err("out").contains("leads out"));
    let lost: Vec<_> = repository.losses().into_iter().map(|loss| loss.path.expect("a path")).collect();
    assert_eq!(lost, ["AUTHORS".into()]);
    assert!(repository.revision().is_some());
}

#[test]
fn in_the_work_tree_in_a_commit_and_in_a_bare_repository() {
    let top = made();
    let repo = top.path().join("repo");
    is_whole(&open(&repo, None));

    // what happens in the work tree is nothing to a commit
    fs::write(repo.join("README.md"), "changed").expect("a file");
    fs::remove_file(repo.join("src/same.py")).expect("a file");
    is_whole(&open(&repo, Some("HEAD")));
    let now = open(&repo, None);
    assert_eq!(text(&now, "README.md"), Ok("changed".into()));
    assert_eq!(text(&now, "src/same.py"), Err("no file".into()));

    fs::rename(repo.join(".git"), top.path().join("bare.git")).expect("a new name");
    is_whole(&open(&top.path().join("bare.git"), None));
}

#[test]
fn what_a_sparse_checkout_leaves_out() {
    let top = made();
    let repo = top.path().join("repo");
    let git = git2::Repository::init(&repo).expect("a repository");
    let mut index = git.index().expect("an index");
    for path in ["README.md", "src/same.py"] {
        let mut entry = index.get_path(Path::new(path), 0).expect("an entry");
        entry.flags_extended |= git2::IndexEntryExtendedFlag::SKIP_WORKTREE.bits();
        index.add(&entry).expect("an entry");
        fs::remove_file(repo.join(path)).expect("a file");
    }
    index.write().expect("an index on disk");
    let repository = open(&repo, None);
    assert_eq!(repository.files().len(), FILES.len());
    assert_eq!(text(&repository, "README.md"), Ok("# Trees\n".into()));
    assert_eq!(text(&repository, "src/same.py"), Ok("print()\n".into()));
    assert_eq!(repository.losses().len(), 1, "the link that leads out");
}

#[test]
fn a_revision_that_is_none() {
    let top = made();
    let options = Options { rev: Some("no-such-branch".into()), ..common::options() };
    assert!(Repository::open(&top.path().join("repo"), options).is_err());
}
