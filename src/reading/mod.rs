//! How are files understood? Readings that more than one room needs, made at most once a run.
//!
//! The modules below are pure: text in, structure out. [`Readings`] keeps what was read; a room asks it and never
//! another room.

pub mod address;
pub mod aliases;
pub mod alike;
pub mod application;
pub mod calls;
pub mod card;
pub mod changelog;
pub mod ci;
pub mod clutter;
pub mod commands;
pub mod community;
pub mod contact;
pub mod corpus;
pub mod credential;
pub mod data_files;
pub mod data_licences;
pub mod dataset;
pub mod dependencies;
pub mod document;
pub mod ended;
pub mod file_kinds;
pub mod forge_address;
pub mod hosts;
pub mod instructions;
pub mod interfaces;
pub mod kept;
pub mod kind;
pub mod language;
pub mod learning;
pub mod licence_text;
pub mod licensing;
pub mod links;
pub mod local_paths;
pub mod lock;
pub mod maintainers;
pub mod manifest;
pub mod needles;
pub mod networks;
pub mod node;
pub mod origins;
pub mod pass;
pub mod passages;
mod pattern;
mod patterns;
pub mod personal;
pub mod personal_path;
pub mod placeholders;
pub mod position;
pub mod purpose;
pub mod releases;
pub mod reuse;
pub mod revisions;
pub mod rolling;
pub mod schema;
pub mod secrets;
pub mod sections;
pub mod security;
pub mod source;
pub mod spoken;
pub mod table;
pub mod template;
pub mod terms;
pub mod testing;
pub mod tree_path;
pub mod updates;
pub mod version;
pub mod version_tag;
pub mod waiver_comment;
pub mod weights;

use crate::phrase::Phrase;
use crate::repository::{RepoPath, Repository};
use application::Application;
use ci::CiReading;
use corpus::Corpus;
use kept::Kept;
use kind::RepositoryKind;
use licensing::{LicenceFile, Licensing};
use manifest::{Manifest, Publiccode};
use pass::FileScan;
use reuse::{Broken, Reuse};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};
use table::scan::Tables;
use waiver_comment::WaiverComment;

/// A repository and everything that was understood of it so far.
pub struct Readings<'r> {
    /// what there is
    pub repo: &'r Repository,
    kept: Option<Kept>,
    scans: OnceLock<Vec<FileScan>>,
    counted_uses: OnceLock<Vec<(usize, usize)>>,
    corpus: OnceLock<Corpus>,
    kind: OnceLock<Result<RepositoryKind, Phrase>>,
    manifests: OnceLock<Vec<Manifest>>,
    publiccode: OnceLock<Option<Result<Publiccode, Phrase>>>,
    licence_files: OnceLock<Arc<[LicenceFile]>>,
    licensing: OnceLock<Licensing>,
    own_licences: OnceLock<Vec<licensing::headers::Own>>,
    ci: OnceLock<CiReading>,
    application: OnceLock<Application>,
    reuse: OnceLock<Result<Reuse, Broken>>,
    tables: OnceLock<Tables>,
    waiver_comments: OnceLock<Vec<WaiverComment>>,
}

impl<'r> Readings<'r> {
    /// Nothing is read until somebody asks.
    pub fn new(repo: &'r Repository) -> Self {
        Self {
            repo,
            kept: None,
            scans: OnceLock::new(),
            counted_uses: OnceLock::new(),
            corpus: OnceLock::new(),
            kind: OnceLock::new(),
            manifests: OnceLock::new(),
            publiccode: OnceLock::new(),
            licence_files: OnceLock::new(),
            licensing: OnceLock::new(),
            own_licences: OnceLock::new(),
            ci: OnceLock::new(),
            application: OnceLock::new(),
            reuse: OnceLock::new(),
            tables: OnceLock::new(),
            waiver_comments: OnceLock::new(),
        }
    }

    /// The same, with what an earlier look at the files told.
    pub fn remembering(repo: &'r Repository, kept: Option<Kept>) -> Self {
        Self { kept, ..Self::new(repo) }
    }

    /// What an earlier look told, and this one, where that is to be kept.
    pub fn kept(&self) -> Option<&Kept> {
        self.kept.as_ref()
    }

    /// A shared reading that the first to ask makes, while everybody else who asks waits.
    ///
    /// Whoever makes one may share the work out among the threads of rayon's pool. If one of those asked, it could come
    /// to wait for what itself is about to do, so nothing that runs there may ask: read first, then loop.
    fn once<T>(kept: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
        debug_assert!(
            rayon::current_thread_index().is_none(),
            "a shared reading is asked for inside of a parallel loop"
        );
        kept.get_or_init(make)
    }

    /// What one look at every file told, in the order of [`Repository::files`].
    pub fn scans(&self) -> &[FileScan] {
        Self::once(&self.scans, || pass::scan(self.repo, self.kept.as_ref())).as_slice()
    }

    /// What is in the tables of the repository, and in those that its notebooks printed.
    pub fn tables(&self) -> &Tables {
        Self::once(&self.tables, || Tables::of(self.repo))
    }

    /// The comments that waive something, of all files that one look at every file told, in the order of their places.
    pub fn waiver_comments(&self) -> &[WaiverComment] {
        Self::once(&self.waiver_comments, || waiver_comment::all(self.repo, self.scans(), &BTreeSet::new())).as_slice()
    }

    /// The comments that waive something in these files; of others only where every file was looked at anyway.
    pub fn waiver_comments_in(&self, files: &BTreeSet<RepoPath>) -> Vec<WaiverComment> {
        let scans = self.scans.get().map(Vec::as_slice).unwrap_or_default();
        waiver_comment::all(self.repo, scans, files)
    }

    /// The uses of sources, models and paths that count, as numbers of the file and of the use in its scan.
    pub fn counted_uses(&self) -> &[(usize, usize)] {
        Self::once(&self.counted_uses, || source::counted(self.repo, self.scans(), self.kept.as_ref())).as_slice()
    }

    /// What the repository says about itself.
    pub fn corpus(&self) -> &Corpus {
        Self::once(&self.corpus, || Corpus::of(self.repo))
    }

    /// Whether the repository is software, data or documentation.
    ///
    /// # Errors
    /// Where there is too little to tell by.
    pub fn kind(&self) -> Result<RepositoryKind, Phrase> {
        Self::once(&self.kind, || kind::kind(self.repo.files(), self.scans())).clone()
    }

    /// The package manifests without marks, in the order of their paths.
    pub fn manifests(&self) -> &[Manifest] {
        Self::once(&self.manifests, || manifest::all(self.repo)).as_slice()
    }

    /// publiccode.yml: `None` where there is none, the reason where it cannot be read.
    pub fn publiccode(&self) -> Option<Result<&Publiccode, &Phrase>> {
        Self::once(&self.publiccode, || manifest::public_code(self.repo)).as_ref().map(Result::as_ref)
    }

    /// The licence files of the root and of `LICENSES/`, and what is in each.
    pub fn licence_files(&self) -> &[LicenceFile] {
        self.shared_licence_files().as_ref()
    }

    fn shared_licence_files(&self) -> &Arc<[LicenceFile]> {
        Self::once(&self.licence_files, || licensing::licence_files(self.repo))
    }

    /// The licence of the repository, and all that says something about it.
    pub fn licensing(&self) -> &Licensing {
        Self::once(&self.licensing, || {
            let publiccode = self.publiccode().and_then(Result::ok);
            let licensing = Licensing::of(self.repo, self.shared_licence_files().clone(), self.manifests(), publiccode);
            let open = licensing.leaves_later_versions_open();
            if open { licensing.with_headers(self.own_licences()) } else { licensing }
        })
    }

    /// What its files say of who runs and uses it.
    pub fn application(&self) -> &Application {
        Self::once(&self.application, || application::application(self.repo))
    }

    /// The source files whose header names a licence, in the order of their paths.
    pub fn own_licences(&self) -> &[licensing::headers::Own] {
        Self::once(&self.own_licences, || licensing::headers::own(self.repo, self.scans())).as_slice()
    }

    /// What continuous integration does.
    pub fn ci(&self) -> &CiReading {
        Self::once(&self.ci, || ci::all(self.repo))
    }

    /// What every covered file says of copyright and licence (REUSE 3.3).
    ///
    /// # Errors
    /// Where a REUSE.toml or DEP5 file cannot be understood, so that nothing can be said of any file.
    pub fn reuse(&self) -> Result<&Reuse, &Broken> {
        Self::once(&self.reuse, || Reuse::of(self.repo)).as_ref()
    }
}
