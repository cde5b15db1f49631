//! Is git's folder found where it belongs to the folder looked at, and nowhere else?

use super::super::git_testing::english;
use super::super::testing::Yard;
use super::*;

fn find(yard: &Yard) -> Result<Option<GitDir>, Phrase> {
    GitDir::find(&yard.root(), &yard.path(""), &Limits::default())
}

fn found(yard: &Yard) -> GitDir {
    find(yard).unwrap().unwrap()
}

/// Why it is not followed at all.
fn refused(yard: &Yard) -> String {
    english(&find(yard).unwrap_err())
}

/// A repository beside the one looked at.
fn other(yard: &Yard) -> PathBuf {
    let git = yard.path("../outside/other/.git");
    for folder in ["objects", "refs", "worktrees/wt", "modules/sub/objects", "modules/sub/refs"] {
        std::fs::create_dir_all(git.join(folder)).unwrap();
    }
    for file in ["HEAD", "worktrees/wt/HEAD", "modules/sub/HEAD"] {
        std::fs::write(git.join(file), "ref: refs/heads/main\n").unwrap();
    }
    git
}

#[test]
fn an_ordinary_folder() {
    let yard = Yard::new();
    assert!(find(&yard).unwrap().is_none());
    yard.git();
    let git = found(&yard);
    assert_eq!((git.history(), git.is_bare()), (Ok(()), false));
    assert!(git.objects().is_absolute() && git.objects().ends_with(".git/objects"));
    assert!(git.shallow().is_empty() && git.oddity().is_none() && git.alternates().is_empty());
}

#[test]
fn a_bare_repository() {
    let yard = Yard::new();
    yard.file("HEAD", "ref: refs/heads/main\n");
    yard.file("objects/x", "");
    assert!(find(&yard).unwrap().is_none(), "no refs");
    yard.file("refs/x", "");
    let git = found(&yard);
    assert!(git.is_bare() && git.history().is_ok());
}

#[test]
fn files_that_are_none() {
    for file in
        ["HEAD", "config", "packed-refs", "shallow", "objects/info/alternates", "objects/pack/x.idx", "objects/ab"]
    {
        type Spoil = fn(&Yard, &str);
        let spoils: [Spoil; 3] = [
            |yard, file| yard.fifo(file),
            |yard, file| yard.link(file, "/dev/zero"),
            |yard, file| yard.link(file, "description"),
        ];
        for spoil in spoils {
            let yard = Yard::new();
            yard.git();
            let path = format!(".git/{file}");
            if yard.path(&path).exists() {
                yard.remove(&path);
            }
            spoil(&yard, &path);
            let git = found(&yard);
            let why = english(&git.history().unwrap_err());
            assert!(why.contains("git") && why.contains(file), "{why}");
        }
    }
    for file in ["packed-refs", "shallow", "config", "HEAD", "objects/info/alternates"] {
        let yard = Yard::new();
        yard.git();
        yard.sparse(format!(".git/{file}"), 12 << 30);
        assert!(english(&found(&yard).history().unwrap_err()).contains("larger"), "{file}");
    }
}

#[test]
fn the_index_does_not_cost_the_history() {
    let yard = Yard::new();
    yard.git();
    yard.fifo(".git/index");
    assert!(found(&yard).history().is_ok());
}

#[test]
fn odd_things_that_nobody_needs_are_said() {
    let yard = Yard::new();
    yard.git();
    yard.fifo(".git/info/exclude");
    let git = found(&yard);
    assert!(git.history().is_ok());
    assert!(english(git.oddity().unwrap()).contains("info/exclude"));
}

#[test]
fn parts_that_are_missing() {
    let yard = Yard::new();
    yard.git();
    yard.remove(".git/objects");
    assert!(english(&found(&yard).history().unwrap_err()).contains("missing"));
    yard.link(".git/objects", "../../outside");
    assert!(english(&found(&yard).history().unwrap_err()).contains("link"));
}

#[test]
fn a_link_is_not_followed() {
    let yard = Yard::new();
    other(&yard);
    yard.link(".git", "../outside/other/.git");
    assert!(refused(&yard).contains("git"));
}

#[test]
fn a_redirect_without_a_way_back() {
    for target in [
        "gitdir: ../outside/other/.git\n",
        "gitdir: ../outside/other/.git/worktrees/wt\n",
        "gitdir: ../outside/other/.git/modules/sub\n",
        "gitdir: /nonexistent",
        "gitdir: ",
        "junk",
        "\0\u{ff}",
    ] {
        let yard = Yard::new();
        let git = other(&yard);
        std::fs::write(git.join("worktrees/wt/commondir"), "../..\n").unwrap();
        std::fs::write(git.join("worktrees/wt/gitdir"), git.join("../.git").to_str().unwrap()).unwrap();
        std::fs::write(git.join("modules/sub/config"), "[core]\n\tworktree = ../../../sub\n").unwrap();
        yard.file(".git", target);
        assert!(refused(&yard).starts_with("git"), "{target}");
    }
}

#[test]
fn a_linked_worktree() {
    let yard = Yard::new();
    let git = other(&yard);
    let own = git.join("worktrees/wt");
    std::fs::write(own.join("commondir"), "../..\n").unwrap();
    std::fs::write(own.join("gitdir"), format!("{}\n", yard.path(".git").display())).unwrap();
    yard.file(".git", format!("gitdir: {}\n", own.display()));
    let found = found(&yard);
    assert_eq!((found.history(), found.is_bare()), (Ok(()), false));
    assert!(same_folder(found.objects(), &git.join("objects")));
    assert!(found.root().stat(b"commondir").is_ok() && found.common().stat(b"worktrees").is_ok());
}

#[test]
fn a_worktree_that_claims_a_place_it_has_not() {
    let yard = Yard::new();
    let git = other(&yard);
    yard.file("fake/HEAD", "ref: refs/heads/main\n");
    yard.file("fake/commondir", format!("{}\n", git.display()));
    yard.file("fake/gitdir", format!("{}\n", yard.path(".git").display()));
    yard.file(".git", "gitdir: fake\n");
    assert!(refused(&yard).contains("belong"));
}

#[test]
fn a_git_folder_that_says_its_data_are_elsewhere() {
    let yard = Yard::new();
    yard.git();
    yard.file(".git/commondir", format!("{}\n", other(&yard).display()));
    assert!(refused(&yard).contains("commondir"));
}

#[test]
fn a_submodule() {
    let yard = Yard::new();
    let git = other(&yard);
    let config = format!("[core]\n\tworktree = {}\n", yard.path("").display());
    std::fs::write(git.join("modules/sub/config"), config).unwrap();
    yard.file(".git", "gitdir: ../outside/other/.git/modules/sub\n");
    assert_eq!(found(&yard).history(), Ok(()));
}

#[test]
fn the_work_tree_named_in_the_config_has_no_say() {
    let yard = Yard::new();
    yard.git();
    yard.file(".git/config", format!("[core]\n\tworktree = {}\n", other(&yard).display()));
    let git = found(&yard);
    assert!(same_folder(git.objects(), &yard.path(".git/objects")));
}

#[test]
fn shallow_clones() {
    let yard = Yard::new();
    yard.git();
    yard.file(".git/shallow", "");
    assert!(found(&yard).shallow().is_empty());
    yard.file(".git/shallow", format!("{}\n{}\n", "1".repeat(40), "2".repeat(40)));
    assert_eq!(found(&yard).shallow().len(), 2);
    yard.file(".git/shallow", "junk\n");
    assert!(english(&found(&yard).history().unwrap_err()).contains("git"));
}

#[test]
fn forms_that_are_not_supported_leave_the_index() {
    let yard = Yard::new();
    yard.git();
    yard.file(".git/config", "[core]\nrepositoryformatversion = 1\n[extensions]\nobjectformat = sha256\n");
    let git = found(&yard);
    assert_eq!(git.object_format(), ObjectFormat::Sha256);
    assert!(english(&git.history().unwrap_err()).contains("SHA-256"));
    yard.file(".git/config", "[core\n");
    assert!(english(&found(&yard).history().unwrap_err()).contains("line 2"));
}

#[test]
fn borrowed_objects() {
    let yard = Yard::new();
    yard.git();
    let other = other(&yard).join("objects");
    std::fs::create_dir_all(other.join("pack")).unwrap();
    yard.file(
        ".git/objects/info/alternates",
        "# a note\n../../../outside/other/.git/objects\n/dev/zero\n/proc\n/nonexistent\n",
    );
    let git = found(&yard);
    assert!(git.history().is_ok());
    assert_eq!(git.alternates().len(), 1, "{:?}", git.alternates());

    std::fs::create_dir_all(other.join("info")).unwrap();
    std::fs::write(other.join("info/alternates"), yard.path(".git/objects").to_str().unwrap()).unwrap();
    assert_eq!(found(&yard).alternates().len(), 1, "a circle ends");
    yard.fifo("../outside/other/.git/objects/info/alternates2");
    assert!(found(&yard).history().is_err(), "what libgit2 would meet there must be files as well");

    yard.file(".git/objects/info/alternates", "./x\n".repeat(1000));
    assert!(found(&yard).history().is_err(), "too many");
}

fn same_folder(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(one).unwrap().ino() == std::fs::metadata(other).unwrap().ino()
}
