//! Which of several sources count for a file?
//!
//! REUSE 3.3, "Order of precedence" and the key `precedence` of "REUSE.toml". The specification, not the reference tool,
//! decides two cases: `closest` of an outer REUSE.toml is ignored where an inner one overrides, and the fallback is
//! looked for separately for copyright and for licensing through all REUSE.toml files.

use super::annotations::{Precedence, ReuseToml, Table};
use super::covered::in_ignored_folder;
use super::dep5::Dep5;
use super::glob::WILD_BYTES;
use super::{Broken, Source, Told};
use crate::phrase::Phrase;
use crate::repository::{File, FileKind, RepoPath, Repository};
use std::sync::Arc;

/// So many REUSE.toml are followed.
const MOST: usize = 500;

/// All REUSE.toml of a repository, those of outer folders first; or its DEP5 file.
#[derive(Debug, Default)]
pub(super) struct Tables {
    tomls: Vec<ReuseToml>,
    dep5: Option<Dep5>,
}

/// The tables that speak of one file, those of outer folders first.
pub(super) struct Around<'t> {
    tables: Vec<&'t Table>,
    dep5: Option<&'t Arc<Source>>,
}

impl Tables {
    /// Reads them.
    ///
    /// # Errors
    /// Where one cannot be understood, or both kinds are there.
    pub(super) fn of(repo: &Repository) -> Result<Self, Broken> {
        let mut files: Vec<&File> = repo
            .files()
            .iter()
            .filter(|file| file.kind == FileKind::Regular && file.path.name() == b"REUSE.toml")
            .filter(|file| !in_ignored_folder(&file.path))
            .collect();
        files.sort_by_key(|file| file.path.folder().len());
        let dep5 = repo.file(".reuse/dep5");
        if let (Some(file), Some(_)) = (files.first(), dep5) {
            let why = Phrase::new(
                "cannot stand beside .reuse/dep5; move what that says into a REUSE.toml and remove it",
                "verträgt sich nicht mit .reuse/dep5; übernehmen Sie dessen Angaben in eine REUSE.toml und löschen Sie es",
            );
            return Err(Broken { path: file.path.clone(), why });
        }
        let mut tomls = Vec::new();
        let mut wild_bytes = 0;
        for file in files {
            let broken = |why| Broken { path: file.path.clone(), why };
            let toml = ReuseToml::read(&file.path, &text(repo, file).map_err(broken)?).map_err(broken)?;
            wild_bytes += toml.wild_bytes();
            if wild_bytes > WILD_BYTES || tomls.len() == MOST {
                return Err(broken(Phrase::new(
                    "is one REUSE.toml more, or has more path patterns, than can be followed here",
                    "ist eine REUSE.toml mehr oder hat mehr Pfadmuster, als hier befolgt werden können",
                )));
            }
            tomls.push(toml);
        }
        let dep5 = dep5.map(|file| {
            let broken = |why| Broken { path: file.path.clone(), why };
            Dep5::read(&file.path, &text(repo, file).map_err(broken)?).map_err(broken)
        });
        Ok(Self { tomls, dep5: dep5.transpose()? })
    }

    /// What they say of a file.
    pub(super) fn around(&self, path: &RepoPath) -> Around<'_> {
        let mut tables: Vec<&Table> = Vec::new();
        for table in self.tomls.iter().filter_map(|toml| toml.table(path)) {
            tables.push(table);
            if table.precedence == Precedence::Override {
                // the one closest to the root is authoritative, and whatever is closer is ignored
                break;
            }
        }
        Around { tables, dep5: self.dep5.as_ref().and_then(|dep5| dep5.of(path)) }
    }
}

fn text(repo: &Repository, file: &File) -> Result<String, Phrase> {
    String::from_utf8(repo.read(file)?).map_err(|_| Phrase::new("is not UTF-8", "ist nicht in UTF-8"))
}

impl Around<'_> {
    /// Whether the file itself does not count.
    pub(super) fn overrides(&self) -> bool {
        self.tables.last().is_some_and(|table| table.precedence == Precedence::Override)
    }

    /// What counts where the file itself does not.
    pub(super) fn without_file(&self) -> Vec<Told> {
        self.of(Precedence::Override).chain(self.of(Precedence::Aggregate)).collect()
    }

    /// What counts together with what the file says itself.
    pub(super) fn with(&self, own: Source) -> Vec<Told> {
        let own = Arc::new(own);
        let copyright = own.notices.iter().any(|notice| notice.names_holder);
        let licensing = !own.expressions.is_empty();
        let mut told: Vec<Told> = self.of(Precedence::Aggregate).collect();
        told.extend(self.dep5.map(whole));
        if !own.notices.is_empty() || licensing {
            told.push(whole(&own));
        }
        // from the innermost outwards
        let closest = || self.of(Precedence::Closest).collect::<Vec<_>>().into_iter().rev();
        if !copyright {
            let found = closest().find(|told| told.source.notices.iter().any(|notice| notice.names_holder));
            told.extend(found.map(|found| Told { licensing: false, ..found }));
        }
        if !licensing {
            let found = closest().find(|told| !told.source.expressions.is_empty());
            let same = |told: &&mut Told| {
                found.as_ref().is_some_and(|found| Arc::ptr_eq(&told.source, &found.source)) && !told.licensing
            };
            match told.iter_mut().find(same) {
                Some(told) => told.licensing = true,
                None => told.extend(found.map(|found| Told { copyright: false, ..found })),
            }
        }
        told
    }

    fn of(&self, precedence: Precedence) -> impl Iterator<Item = Told> {
        self.tables.iter().filter(move |table| table.precedence == precedence).map(|table| whole(&table.source))
    }
}

fn whole(source: &Arc<Source>) -> Told {
    Told { source: source.clone(), copyright: true, licensing: true }
}
