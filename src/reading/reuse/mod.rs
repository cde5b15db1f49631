//! Does every file say who holds its copyright and under which licence it is?
//!
//! The REUSE Specification 3.3, read once for the verdict of `civiclint reuse` and for the rules about covered files.
//! `docs/reuse.md` lists where the reference tool decides otherwise.

mod annotations;
mod covered;
mod dep5;
mod encoding;
mod expression;
mod glob;
mod header;
mod line;
mod notice;
mod pieces;
mod precedence;
mod texts;

pub use covered::is_covered;
pub use expression::Expression;
pub use header::{Flaw, Header, Stated, header};
pub use notice::Notice;
pub use texts::{Name, Text};

use crate::phrase::Phrase;
use crate::place::Place;
use crate::repository::{File, FileKind, Loss, RepoPath, Repository};
use precedence::Tables;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};

/// Larger files are read one at a time.
const LARGE: u64 = 8 << 20;
/// Larger text files are not read; binary ones need not be.
const LARGEST: u64 = 64 << 20;
/// So many bytes tell whether a file is binary.
const HEAD: usize = 2048;

/// Where licensing information comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// the file itself
    Header,
    /// the `.license` file beside it
    DotLicense,
    /// `.reuse/dep5`
    Dep5,
    /// a `REUSE.toml`
    ReuseToml,
}

/// What one place says of copyright and licences.
#[derive(Clone, Debug)]
pub struct Source {
    /// the file that says it
    pub path: RepoPath,
    /// what kind of file that is
    pub kind: SourceKind,
    /// the copyright notices, each once, sorted
    pub notices: Vec<Notice>,
    /// the licence expressions, each once, sorted
    pub expressions: Vec<Stated>,
}

/// What one source says of one file.
#[derive(Clone, Debug)]
pub struct Told {
    source: Arc<Source>,
    copyright: bool,
    licensing: bool,
}

impl Told {
    /// The file that says it.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The notices that count for the file.
    pub fn notices(&self) -> &[Notice] {
        if self.copyright { &self.source.notices } else { &[] }
    }

    /// The expressions that count for the file.
    pub fn expressions(&self) -> &[Stated] {
        if self.licensing { &self.source.expressions } else { &[] }
    }
}

/// A covered file.
#[derive(Clone, Debug)]
pub struct Covered {
    /// where
    pub path: RepoPath,
    /// what is said of it; the reason where it cannot be read
    pub told: Result<Vec<Told>, Phrase>,
    /// what the specification forbids in it, or in the `.license` file beside it
    pub flaws: Vec<Flaw>,
}

impl Covered {
    /// All expressions that count for it.
    pub fn expressions(&self) -> impl Iterator<Item = &Stated> {
        self.told.iter().flatten().flat_map(Told::expressions)
    }

    /// Whether a notice names who holds the copyright; false where it cannot be read.
    pub fn has_copyright(&self) -> bool {
        self.told.iter().flatten().flat_map(Told::notices).any(|notice| notice.names_holder)
    }

    /// Whether a valid expression says the licence; false where it cannot be read.
    pub fn has_licence(&self) -> bool {
        self.expressions().any(|stated| stated.expression.is_valid())
    }
}

/// A licence or exception that covered files refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// where it is named first, by path
    pub first: Place,
    /// how many covered files refer to it
    pub files: usize,
}

/// The licensing information of a repository.
#[derive(Clone, Debug, Default)]
pub struct Reuse {
    /// the covered files, sorted by path
    pub files: Vec<Covered>,
    /// the texts in `LICENSES/`, sorted by path
    pub texts: Vec<Text>,
    /// the licences and exceptions of all valid expressions
    pub references: BTreeMap<String, Reference>,
    /// the identifiers of the texts
    ids: BTreeSet<String>,
}

/// Why nothing can be said of any file: a REUSE.toml or DEP5 file that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// the file
    pub path: RepoPath,
    /// what is wrong with it
    pub why: Phrase,
}

/// Whether the repository may follow REUSE, by the names of its files alone: a `REUSE.toml` at the root, `.reuse/dep5`, or
/// `LICENSES/` where most texts are called as REUSE asks. A folder `LICENSES` with whatever else in it is a collection
/// of the licences of others.
pub fn may_be_adopted(repo: &Repository) -> bool {
    has_table(repo) || {
        let (good, all) = texts::well_named(repo);
        good > 0 && good * 2 >= all
    }
}

/// Whether a file at its place says that the repository follows REUSE.
fn has_table(repo: &Repository) -> bool {
    repo.file("REUSE.toml").is_some() || repo.file(".reuse/dep5").is_some()
}

impl Reuse {
    /// Reads every covered file at most once, in parallel; what cannot be read is among the losses.
    ///
    /// # Errors
    /// Where a REUSE.toml or DEP5 file cannot be understood; it is among the losses too.
    pub fn of(repo: &Repository) -> Result<Self, Broken> {
        let tables = Tables::of(repo).inspect_err(|broken| {
            repo.lose(Loss { path: Some(broken.path.clone()), why: broken.why.clone() });
        })?;
        let large = Mutex::new(());
        let covered = repo.files().par_iter().filter(|file| is_covered(file));
        let files: Vec<Covered> = covered.filter_map(|file| look(repo, file, &tables, &large)).collect();
        let references = references(&files);
        let texts = texts::texts(repo);
        let ids = texts.iter().map(|text| text.id.clone()).collect();
        Ok(Self { files, texts, references, ids })
    }

    /// Whether the repository follows REUSE, or began to: it [may](may_be_adopted), and more than names say so, a table
    /// or the statement of at least one file. Texts that nothing refers to may be there for any reason.
    pub fn is_adopted(&self, repo: &Repository) -> bool {
        has_table(repo) || may_be_adopted(repo) && !self.references.is_empty()
    }

    /// Whether there is a text for a licence; that of a licence is also that of its later versions (`X+`).
    pub fn has_text(&self, id: &str) -> bool {
        self.ids.contains(id) || id.strip_suffix('+').is_some_and(|plain| self.ids.contains(plain))
    }

    /// The licences that are referred to and have no text.
    pub fn missing(&self) -> impl Iterator<Item = (&String, &Reference)> {
        self.references.iter().filter(|(id, _)| !self.has_text(id))
    }

    /// Whether something refers to a text.
    pub fn is_used(&self, text: &Text) -> bool {
        self.references.contains_key(&text.id) || self.references.contains_key(&format!("{}+", text.id))
    }

    /// Whether the repository complies with REUSE 3.3.
    pub fn is_compliant(&self) -> bool {
        let good = |file: &Covered| {
            let valid = file.expressions().all(|stated| stated.expression.is_valid());
            file.told.is_ok() && file.flaws.is_empty() && valid && file.has_copyright() && file.has_licence()
        };
        let sound = |text: &Text| text.name == Name::Good && !text.repeated && self.is_used(text);
        self.files.iter().all(good) && self.texts.iter().all(sound) && self.missing().next().is_none()
    }
}

fn references(files: &[Covered]) -> BTreeMap<String, Reference> {
    let mut all: BTreeMap<String, Reference> = BTreeMap::new();
    for file in files {
        let mut here: BTreeMap<&String, Place> = BTreeMap::new();
        for told in file.told.iter().flatten() {
            for stated in told.expressions() {
                for id in stated.expression.ids() {
                    here.entry(id).or_insert_with(|| Place { path: Some(told.source.path.clone()), span: stated.span });
                }
            }
        }
        for (id, place) in here {
            let known = all.entry(id.clone()).or_insert_with(|| Reference { first: place.clone(), files: 0 });
            known.files += 1;
            if place < known.first {
                known.first = place;
            }
        }
    }
    all
}

/// What is said of a file; `None` where it turns out to be empty, and so not covered.
fn look(repo: &Repository, file: &File, tables: &Tables, large: &Mutex<()>) -> Option<Covered> {
    let covered = |told, flaws| Some(Covered { path: file.path.clone(), told, flaws });
    if std::str::from_utf8(file.path.as_bytes()).is_err() {
        let why = Phrase::new("has a name that is not UTF-8", "hat einen Namen, der nicht UTF-8 ist");
        return covered(Err(why), Vec::new());
    }
    let around = tables.around(&file.path);
    if around.overrides() {
        return covered(Ok(around.without_file()), Vec::new());
    }
    let sidecar =
        repo.file([file.path.as_bytes(), b".license"].concat()).filter(|file| file.kind != FileKind::Submodule);
    // A reader that panics on one file is our mistake and costs that file only.
    let read = std::panic::catch_unwind(AssertUnwindSafe(|| read(repo, sidecar.unwrap_or(file), large)));
    let read = read.unwrap_or_else(|_| {
        let why = Phrase::new(
            "a reader failed on this file; please report it",
            "ein Leser ist an dieser Datei gescheitert; bitte melden Sie das",
        );
        repo.lose(Loss { path: Some(file.path.clone()), why: why.clone() });
        Err(why)
    });
    match read {
        Err(why) => covered(Err(why), Vec::new()),
        Ok(Some(Header { overfull: true, .. })) => {
            let why = Phrase::new(
                "states more licences than are followed here",
                "gibt mehr Lizenzen an, als hier befolgt werden",
            );
            repo.lose(Loss { path: Some(file.path.clone()), why: why.clone() });
            covered(Err(why), Vec::new())
        }
        Ok(None) if sidecar.is_none() && file.len.is_none() => None,
        Ok(found) => {
            let Header { notices, expressions, flaws, .. } = found.unwrap_or_default();
            let path = sidecar.unwrap_or(file).path.clone();
            let kind = if sidecar.is_some() { SourceKind::DotLicense } else { SourceKind::Header };
            covered(Ok(around.with(Source { path, kind, notices, expressions })), flaws)
        }
    }
}

/// The header of a file; `None` where it is empty.
fn read(repo: &Repository, file: &File, large: &Mutex<()>) -> Result<Option<Header>, Phrase> {
    let bytes = match file.len {
        Some(len) if len > LARGE => {
            let start = repo.head(file, HEAD)?;
            if encoding::text(&start).is_none() {
                return Ok(Some(Header::default()));
            }
            if len > LARGEST {
                let why = Phrase::new(
                    "is a text of more than {limit} MiB; put its licensing information into a file {path}.license",
                    "ist ein Text von mehr als {limit} MiB; schreiben Sie die Lizenzangaben in eine Datei {path}.license",
                )
                .with("limit", (LARGEST >> 20).to_string())
                .with("path", file.path.untrusted());
                repo.lose(Loss { path: Some(file.path.clone()), why: why.clone() });
                return Err(why);
            }
            let _one_at_a_time = large.lock().unwrap_or_else(PoisonError::into_inner);
            let bytes = repo.head(file, usize::try_from(LARGEST).unwrap_or(usize::MAX))?;
            return Ok(Some(header(&bytes)));
        }
        _ => repo.read(file)?,
    };
    Ok((!bytes.is_empty()).then(|| header(&bytes)))
}

#[cfg(test)]
mod tests;
