//! What does git know about the folder that is looked at?

use super::Options;
use super::git_dir::GitDir;
use super::history::History;
use super::object_id::ObjectId;
use super::objects::{Launch, Objects, Program, Trouble};
use super::past::{Past, Plan, Wanted, Work, trouble};
use super::refs::{Head, Refs, Revision};
use super::safe_root::SafeRoot;
use super::worker::Confinement;
use crate::phrase::Phrase;
use crate::untrusted::Untrusted;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Git's side of a repository.
pub(super) struct Git {
    dir: Option<Arc<GitDir>>,
    objects: Option<Objects>,
    commit: Option<ObjectId>,
    revision: Option<String>,
    past: Past,
    tags: OnceLock<Result<TagNames, Phrase>>,
    losses: Vec<Phrase>,
}

/// The names of the tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagNames {
    /// without `refs/tags/`, sorted
    pub names: Vec<Untrusted>,
    /// why there may be more
    pub gap: Option<Phrase>,
}

impl Git {
    /// Looks for git's folder and the commit to look at. Nothing that is wrong with it is an error: it is lost.
    ///
    /// # Errors
    /// Where a revision was asked for and cannot be found.
    pub(super) fn open(tree: &SafeRoot, path: &Path, options: &Options) -> Result<Self, Phrase> {
        let mut git = Self {
            dir: None,
            objects: None,
            commit: None,
            revision: None,
            past: Past::never(no_git()),
            tags: OnceLock::new(),
            losses: Vec::new(),
        };
        let dir = match GitDir::find(tree, path, &options.limits) {
            Ok(Some(dir)) => Arc::new(dir),
            Ok(None) if options.rev.is_some() => return Err(no_git()),
            Ok(None) => return Ok(git),
            Err(why) if options.rev.is_some() => return Err(why),
            Err(why) => {
                git.lose(why);
                return Ok(git);
            }
        };
        git.losses.extend(dir.oddity().cloned());
        let launch = options.worker.as_ref().map(|program| launch(&dir, program));
        git.objects = launch.clone().map(Objects::new);
        match looked_at(&dir, git.objects.as_ref(), options.rev.as_deref()) {
            Ok(Some(commit)) => {
                git.commit = Some(commit);
                git.revision = Some(commit.to_hex());
                git.past = match launch {
                    None => Past::never(trouble(Trouble::NotStarted, &options.limits)),
                    Some(launch) => {
                        let wanted = Wanted { head: commit, as_of: options.as_of };
                        Past::later(Work { git: Arc::clone(&dir), launch, wanted })
                    }
                };
            }
            Ok(None) => git.past = Past::never(unborn()),
            Err(why) if options.rev.is_some() => return Err(why),
            Err(why) => git.lose(why),
        }
        git.dir = Some(dir);
        Ok(git)
    }

    fn lose(&mut self, why: Phrase) {
        self.losses.push(why.clone());
        self.past = Past::never(why);
    }

    /// Git's folder, where there is one that may be read.
    pub(super) fn dir(&self) -> Option<&GitDir> {
        self.dir.as_deref()
    }

    /// The object database, where there is a worker to read it.
    pub(super) fn objects(&self) -> Option<&Objects> {
        self.objects.as_ref()
    }

    /// The commit that is looked at.
    pub(super) fn commit(&self) -> Option<ObjectId> {
        self.commit
    }

    /// The same in hexadecimal.
    pub(super) fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }

    /// What a worker gave away, if there was one.
    pub(super) fn confinement(&self) -> Option<Confinement> {
        self.objects.as_ref().and_then(Objects::confinement).or_else(|| self.past.confinement())
    }

    /// Whether parents are missing because the clone is shallow.
    pub(super) fn is_shallow(&self) -> bool {
        self.dir.as_ref().is_some_and(|dir| !dir.shallow().is_empty())
    }

    /// Starts reading the history as far back as these questions need; `mailmap` is the text of `.mailmap`.
    pub(super) fn expect_history(&self, plan: Plan, mailmap: impl FnOnce() -> Vec<u8>) {
        self.past.start(plan, mailmap);
    }

    /// Waits for what a question needs of the history.
    pub(super) fn history(
        &self,
        question: &'static str,
        mailmap: impl FnOnce() -> Vec<u8>,
    ) -> Result<Arc<History>, Phrase> {
        self.past.get(question, mailmap)
    }

    /// What the tags are called: read from the names alone, without a worker and without a commit.
    ///
    /// # Errors
    /// Why nobody can tell: there is no git, or its folder cannot be read.
    pub(super) fn tags(&self) -> Result<&TagNames, Phrase> {
        self.tags.get_or_init(|| self.read_tags()).as_ref().map_err(Clone::clone)
    }

    fn read_tags(&self) -> Result<TagNames, Phrase> {
        let Some(dir) = self.dir() else { return Err(self.losses.first().cloned().unwrap_or_else(no_git)) };
        dir.history()?;
        let (tags, gap) = Refs::open(dir)?.tags();
        let gap = if gap.is_some() {
            gap
        } else if self.is_shallow() {
            Some(Phrase::new(
                "the clone is shallow, and tags may be missing; fetch the whole history (`fetch-depth: 0`)",
                "der Klon ist flach (shallow), und Tags können fehlen; holen Sie die ganze Historie (`fetch-depth: 0`)",
            ))
        } else if dir.leaves_tags() {
            Some(Phrase::new(
                "this clone does not fetch tags (`--no-tags`); fetch them with `git fetch --tags`",
                "dieser Klon holt keine Tags (`--no-tags`); holen Sie sie mit `git fetch --tags`",
            ))
        } else {
            None
        };
        Ok(TagNames { names: tags.iter().map(|tag| tag.name.as_slice().into()).collect(), gap })
    }

    /// What was read of git's objects.
    pub(super) fn work(&self) -> [super::work::Work; 2] {
        [self.objects.as_ref().map(|objects| objects.tally.plus(&[])).unwrap_or_default(), self.past.work()]
    }

    /// What could not be looked at: known from the start, and what reading the history told, if it was read.
    pub(super) fn losses(&self) -> Vec<Phrase> {
        self.losses.iter().cloned().chain(self.past.losses()).collect()
    }
}

fn launch(git: &GitDir, program: &Path) -> Launch {
    Launch {
        program: Program::Path(program.to_owned()),
        objects: git.objects().to_owned(),
        alternates: git.alternates().to_vec(),
        promised: git.promised(),
        limits: *git.limits(),
    }
}

/// The commit to look at: `rev` where it is given, else `HEAD`; `None` for a branch without commits.
fn looked_at(git: &GitDir, objects: Option<&Objects>, rev: Option<&str>) -> Result<Option<ObjectId>, Phrase> {
    git.history()?;
    let refs = Refs::open(git)?;
    let Some(rev) = rev else {
        return Ok(match refs.head()? {
            Head::At(id) => Some(id),
            Head::Unborn => None,
        });
    };
    let found = refs.revision(rev)?;
    let objects = objects.ok_or_else(|| trouble(Trouble::NotStarted, git.limits()))?;
    let named = match found {
        Revision::Id(id) => Ok(id),
        Revision::Prefix(digits) => objects.find(&digits),
    };
    let peeled = named.and_then(|id| objects.peel(id));
    peeled.map(Some).map_err(|_| {
        Phrase::new(
            "{given} leads to no commit of this git repository that can be read",
            "{given} führt zu keinem lesbaren Commit dieses Git-Repositorys",
        )
        .with("given", rev)
    })
}

fn unborn() -> Phrase {
    Phrase::new("the branch has no commits yet", "der Branch hat noch keine Commits")
}

fn no_git() -> Phrase {
    Phrase::new("this folder has no git history", "dieser Ordner hat keine Git-Historie")
}
